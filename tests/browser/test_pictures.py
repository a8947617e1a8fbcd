"""Pictures in a Chromium: the right file for each screen, nothing that moves, nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = """async () => (await axe.run("article", {resultTypes: ["violations"]})).violations.map(
  (found) => found.id + ": " + found.nodes.map((node) => node.html).join(" | "))"""
#: The boxes of all pictures, the files that were chosen, and whether all have come.
ROOMS = "() => [...document.querySelectorAll('.media img')].map((i) => [i.clientWidth, i.clientHeight])"
CHOSEN = "() => [...document.querySelectorAll('.media img')].map((i) => i.currentSrc.split('/media/')[1])"
COME = "() => [...document.querySelectorAll('.media img')].every((i) => i.complete && i.naturalWidth > 0)"


@pytest.fixture(scope="module")
def place(built_album: Path) -> Iterator[str]:
    yield from served(built_album / "site")


def opened(browser: Browser, url: str, width: int, scheme: str = "light", scale: int = 1) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    page.goto(url, wait_until="load")
    return page


def all_come(page: Page) -> None:
    """Let every picture come, and wait for it."""
    page.evaluate("() => document.querySelectorAll('.media img').forEach((i) => { i.loading = 'eager'; })")
    page.wait_for_function(COME)


@pytest.mark.parametrize("path", ["en/index.html", "fr/ledger/pictures.html"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_a_picture_comes_and_nothing_is_too_wide(
    browser: Browser, place: str, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    held: list[Route] = []
    free: list[bool] = []
    page.route("**/media/**", lambda route: route.continue_() if free else held.append(route))
    page.goto(f"{place}/{path}", wait_until="domcontentloaded")  # scripts and sheets are there, pictures not
    before = page.evaluate(ROOMS)
    free.append(True)
    for route in held:
        route.continue_()
    all_come(page)
    assert page.evaluate(ROOMS) == before
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    assert all(0 < wide <= width - 16 for wide, _ in before)
    page.close()


@pytest.mark.parametrize(
    ("width", "scale", "files"),
    [
        (360, 1, ["m-weir/480.avif", "m-tower/500.avif", "m-boats/480.avif"]),
        (360, 3, ["m-weir/1000.avif", "m-tower/500.avif", "m-boats/700.avif"]),
        (1280, 1, ["m-weir/1000.avif", "m-tower/500.avif", "m-boats/480.avif"]),
        (1280, 2, ["m-weir/1440.avif", "m-tower/500.avif", "m-boats/700.avif"]),
    ],
)
def test_each_screen_takes_the_file_that_fits_it(
    browser: Browser, place: str, width: int, scale: int, files: list[str]
) -> None:
    page = opened(browser, f"{place}/en/index.html", width, scale=scale)
    all_come(page)
    assert page.evaluate(CHOSEN) == files
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_and_what_is_said_of_them_can_be_read_by_everybody(
    browser: Browser, place: str, width: int, scheme: str
) -> None:
    for path in ("en/index.html", "en/ledger/pictures.html"):
        page = opened(browser, f"{place}/{path}", width, scheme)
        all_come(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(AXE_RUN) == []
        page.close()


def test_nothing_of_a_recording_is_loaded_before_it_is_played_and_the_policy_lets_it_play(
    browser: Browser, place: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if "Security" in message.text else None)
    page.goto(f"{place}/en/index.html", wait_until="load")
    assert not [url for url in asked if url.endswith((".wav", ".mp4"))]
    page.evaluate(
        "() => { document.querySelector('audio').load(); document.querySelector('audio').preload = 'auto'; }"
    )
    page.wait_for_function("() => document.querySelector('audio').readyState >= 2")
    assert refused == []
    assert all(url.startswith(place) for url in asked)
    page.close()


def test_a_touch_on_a_picture_shows_it_large(browser: Browser, place: str) -> None:
    page = opened(browser, f"{place}/en/index.html", 360)
    page.click("#media-m-weir .media-large")
    page.wait_for_url("**/media/m-weir/1800.jpg")
    page.close()


#: What names the weir on a page that does not show its picture, and what is said of that picture there.
WEIR = {
    "en": ("Brown water over a weir of stone.", "Picture: By Studio Aune · Archives de l’Aune · CC BY 4.0"),
    "fr": (
        "De l’eau brune sur un barrage de pierre.",
        "Image : Par Studio Aune · Archives de l’Aune · CC BY 4.0",
    ),
}
NAMED = "#e-crest .where a.name"
SMALL = ".card .card-picture img"
SEEN = f"() => {{ const i = document.querySelector('{SMALL}'); return i.complete && i.naturalWidth > 0; }}"


def listened_to(page: Page) -> tuple[list[str], list[str]]:
    """Return what a page asks for of pictures, and what its policy refuses, from now on."""
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/media/" in one.url else None)
    page.on("console", lambda said: refused.append(said.text) if "Security" in said.text else None)
    return asked, refused


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", list(WEIR))
def test_the_card_of_what_has_a_picture_shows_it_small_and_fetches_it_when_it_opens(
    browser: Browser, place: str, code: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}, has_touch=width == 360) as context:
        page = context.new_page()
        asked, refused = listened_to(page)
        held: list[Route] = []
        free: list[bool] = []
        page.route("**/media/**", lambda route: route.continue_() if free else held.append(route))
        page.goto(f"{place}/{code}/ledger/events.html", wait_until="load")
        assert asked == []
        link = page.locator(NAMED)
        (link.tap if width == 360 else link.click)()
        image = page.locator(SMALL)
        image.wait_for()
        alt, credit = WEIR[code]
        assert [image.get_attribute(name) for name in ("alt", "width", "height")] == [alt, "140", "93"]
        assert credit in page.locator(".card").inner_text().replace("\xa0", " ")
        entry = page.locator(".card-picture a").get_attribute("href")
        assert str(entry).endswith(f"/{code}/ledger/pictures.html#m-weir")
        height = page.locator(".card").evaluate("card => card.scrollHeight")
        free.append(True)
        for route in held:
            route.continue_()
        page.wait_for_function(SEEN)
        assert [url.rpartition("/media/")[2] for url in asked] == ["m-weir/480.avif"], "the smallest, alone"
        assert page.locator(".card").evaluate("card => card.scrollHeight") == height, "nothing moves"
        assert image.evaluate("i => i.getBoundingClientRect().width <= i.closest('.card').clientWidth")
        assert refused == []


@pytest.mark.parametrize("code", list(WEIR))
def test_the_picture_of_a_card_comes_from_a_folder_too(
    browser: Browser, built_album: Path, code: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        _, refused = listened_to(page)
        page.goto((built_album / "site" / code / "ledger" / "events.html").as_uri())
        page.locator(NAMED).click()
        page.wait_for_selector(SMALL)
        page.wait_for_function(SEEN)
        assert refused == []


def test_a_small_picture_opens_its_own_card_and_what_is_only_heard_has_none_on_its_card(
    browser: Browser, place: str
) -> None:
    page = opened(browser, f"{place}/en/ledger/places.html", 1280)
    small, sound = (page.locator(f'#p-mill .media-of a[href$="#{ident}"]') for ident in ("m-tower", "m-bell"))
    small.click()
    page.wait_for_selector(SMALL)
    page.wait_for_function(SEEN)
    assert page.locator(SMALL).get_attribute("alt") == "A narrow tower under a bright sky."
    assert page.locator(".card").inner_text().count("public domain") == 1
    page.keyboard.press("Escape")
    sound.click()
    page.locator(".card").get_by_text("The bell of the mill.").wait_for()
    assert page.locator(SMALL).count() == 0
    page.keyboard.press("Escape")
    small.press("Enter")
    page.wait_for_selector(SMALL)
    page.locator(".card-ways a").first.press("Enter")
    page.wait_for_url("**/en/ledger/pictures.html#m-tower")
    page.close()


@pytest.mark.skipif(not AXE.exists(), reason="the Node packages are not installed")
@pytest.mark.parametrize(("code", "scheme"), [("en", "light"), ("fr", "dark")])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_with_the_card_of_a_picture_open(
    browser: Browser, place: str, width: int, code: str, scheme: str
) -> None:
    for path, opener in (
        ("events", NAMED),
        ("places", "#p-mill .media-of a"),
        ("pictures", "article a.name"),
    ):
        page = opened(browser, f"{place}/{code}/ledger/{path}.html", width, scheme)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.locator(opener).first.click()
        page.wait_for_selector(SMALL)
        found = page.evaluate("async () => (await axe.run(document)).violations.map((one) => one.id)")
        assert found == [], path
        page.close()
