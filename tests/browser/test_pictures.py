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
