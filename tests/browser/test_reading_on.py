"""What comes while one reads on, in a Chromium: drawings far down, steps of a figure, the next page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.site.policy import SPECULATION
from tests.conftest import listen_for_errors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.node]

#: So low that the second figure of the first page is more than a screen away.
WIDTHS = {"telephone": (360, 240, "narrow"), "desk": (1280, 240, "wide")}
LATE = "#fig-ruined .fig-picture"
#: Two frames: in the first, what a page watches for is looked at after it was moved.
FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
#: Whether the picture in the place of a late drawing has come.
COME = f"() => document.querySelector('{LATE} img').naturalWidth > 0"


def opened(context: BrowserContext, address: str, asked: list[str]) -> Page:
    """Open a page that keeps which of its drawings were fetched."""
    context.on("request", lambda one: asked.append(one.url))
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def fetched(asked: list[str]) -> list[str]:
    """Return the names of the drawings that were fetched."""
    return [url.rsplit("/", 1)[-1] for url in asked if url.endswith((".wide.js", ".narrow.js"))]


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("device", WIDTHS)
def test_a_drawing_far_down_comes_at_its_width_before_a_reader_does_and_moves_nothing(
    device: str, code: str, browser: Browser, address: str
) -> None:
    width, height, which = WIDTHS[device]
    asked: list[str] = []
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = opened(context, f"{address}/{code}/index.html", asked)
        assert fetched(asked) == []
        before = page.locator(f"{LATE} .fig-{which}").bounding_box()
        page.locator("#fig-ruined figcaption").scroll_into_view_if_needed()
        page.wait_for_selector(f"{LATE} .fig-{which} svg text", state="attached")
        assert fetched(asked) == [f"ruined.{code}.{which}.js"]
        after = page.locator(f"{LATE} .fig-{which}").bounding_box()
        assert before
        assert after
        assert (before["width"], before["height"]) == (after["width"], after["height"])


@pytest.mark.parametrize("device", WIDTHS)
def test_the_page_of_a_figure_fetches_its_drawing_at_the_width_that_is_seen(
    device: str, browser: Browser, address: str
) -> None:
    width, height, which = WIDTHS[device]
    asked: list[str] = []
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = opened(context, f"{address}/fr/figures/ruined.html", asked)
        page.wait_for_selector(f"figure .fig-{which} svg text")
        assert fetched(asked) == [f"ruined.fr.{which}.js"]


def test_a_window_made_wide_fetches_the_wide_drawing(browser: Browser, address: str) -> None:
    asked: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = opened(context, f"{address}/fr/index.html#fig-ruined", asked)
        page.wait_for_selector(f"{LATE} .fig-narrow svg text")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_selector(f"{LATE} .fig-wide svg text")


def test_a_drawing_that_did_not_come_is_asked_for_again_when_the_line_is_back(
    browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 240}) as context:
        page = opened(context, f"{address}/en/index.html", [])
        context.set_offline(True)
        with page.expect_event("requestfailed", lambda one: one.url.endswith("ruined.en.wide.js")):
            page.locator("#fig-ruined figcaption").scroll_into_view_if_needed()
        context.set_offline(False)
        page.wait_for_selector(f"{LATE} .fig-wide svg text", state="attached")


def test_a_drawing_that_did_not_come_is_asked_for_again_when_the_reader_is_back(
    browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 240}) as context:
        page = opened(context, f"{address}/en/index.html", [])
        caption = page.locator("#fig-ruined figcaption")
        page.route("**/ruined.en.wide.js", lambda one: one.abort())
        with page.expect_event("requestfailed", lambda one: one.url.endswith("ruined.en.wide.js")):
            caption.scroll_into_view_if_needed()
        page.unroute("**/ruined.en.wide.js")
        page.evaluate("scrollTo(0, 0)")
        page.evaluate(FRAMES)
        caption.scroll_into_view_if_needed()
        page.wait_for_selector(f"{LATE} .fig-wide svg text", state="attached")


def test_a_touch_before_a_drawing_is_there_opens_nothing_and_one_after_it_asks_for_cards(
    browser: Browser, address: str
) -> None:
    asked: list[str] = []
    errors: list[str] = []
    held: list[Route] = []
    with browser.new_context(viewport={"width": 1280, "height": 240}) as context:
        context.route("**/ruined.en.wide.js", lambda one: held.append(one))  # noqa: PLW0108  # Playwright writes on it
        page = opened(context, f"{address}/en/index.html", asked)
        listen_for_errors(page, errors)
        drawing = page.locator(f"{LATE} .fig-wide > svg")
        with page.expect_request("**/ruined.en.wide.js"):
            drawing.scroll_into_view_if_needed()
        drawing.click()
        assert not [url for url in asked if "cards" in url]
        held[0].continue_()
        drawing.locator("text").first.wait_for(state="attached")
        with page.expect_request("**/cards.js"):
            drawing.click()
        assert errors == []


@pytest.mark.parametrize("device", WIDTHS)
def test_without_script_the_picture_of_a_late_drawing_stands_in_its_place(
    device: str, browser: Browser, address: str
) -> None:
    width, height, which = WIDTHS[device]
    with browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/fr/index.html#fig-ruined")
        picture = page.locator(f"{LATE} img")
        assert picture.is_visible()
        assert page.locator(f"{LATE} > div").first.is_hidden()
        assert picture.get_attribute("alt")
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
        shown = picture.evaluate("one => one.currentSrc")
        assert shown.endswith("narrow.svg") is (which == "narrow")


def test_from_a_folder_a_late_drawing_comes_too(browser: Browser, built_tiny: Path) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{(built_tiny / 'site/fr/index.html').as_uri()}#fig-ruined")
        page.wait_for_selector(f"{LATE} .fig-narrow svg text")


def test_paper_has_the_picture_of_a_drawing_that_never_came(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 240}) as context:
        for which in ("wide", "narrow"):
            context.route(f"**/*.{which}.js", lambda one: one.abort())
        page = context.new_page()
        page.goto(f"{address}/en/index.html")
        page.emulate_media(media="print")
        page.locator("#fig-ruined").evaluate("figure => figure.scrollIntoView()")
        page.locator(f"{LATE} img").wait_for()
        page.wait_for_function(COME)
        assert page.locator(f"{LATE} .fig-wide").is_hidden()
        page.emulate_media(media="screen")
        assert page.locator(f"{LATE} img").is_hidden()


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("touch", [True, False], ids=["touch", "keyboard"])
def test_numbered_steps_show_which_one_is_on(
    code: str, browser: Browser, address: str, *, touch: bool
) -> None:
    size: Any = {"width": 360 if touch else 1280, "height": 740}
    with browser.new_context(viewport=size, has_touch=touch) as context:
        page = context.new_page()
        page.goto(f"{address}/{code}/{STEPS}")
        links = page.locator(".stepper-nav a")
        links.first.scroll_into_view_if_needed()
        page.wait_for_selector(".stepper-nav li:nth-child(1) a[aria-current=step]")
        if touch:
            links.nth(1).tap()
        else:
            links.nth(1).focus()
            page.keyboard.press("Enter")
        page.wait_for_selector(".stepper-nav li:nth-child(2) a[aria-current=step]")
        assert page.locator(".stepper-nav a[aria-current]").count() == 1
        on, off = (links.nth(n).evaluate("a => getComputedStyle(a).backgroundColor") for n in (1, 0))
        assert on != off


#: The page of the tiny documentary that shows a figure in steps.
STEPS = "ledger/movements.html"


def rules_of(page: Page) -> list[str | None]:
    """Return what a page asks its browser to open before a reader asks for it."""
    return page.eval_on_selector_all(
        "script[type=speculationrules]", "all => all.map(one => one.textContent)"
    )


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_next_page_is_made_before_it_is_asked_for_but_never_on_a_metered_line(
    code: str, browser: Browser, address: str
) -> None:
    refused: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda one: refused.append(one.text) if one.type == "error" else None)
        page.goto(f"{address}/{code}/index.html")
        # The policy knows these words by their hash: a letter changed would be refused.
        assert rules_of(page) == [SPECULATION]
        assert refused == []
    for line in ("{saveData: true}", "{type: 'cellular'}", "{effectiveType: '3g'}"):
        with browser.new_context() as context:
            context.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {line}}})")
            page = context.new_page()
            page.goto(f"{address}/{code}/index.html")
            assert rules_of(page) == [], line


def test_a_page_made_before_it_was_asked_for_wears_the_paper_chosen_since(
    browser: Browser, address: str
) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{address}/en/index.html")
        page.evaluate("localStorage.setItem('scheme', 'slate')")
        page.evaluate("document.dispatchEvent(new Event('prerenderingchange'))")
        assert page.get_attribute("html", "data-md-color-scheme") == "slate"


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_pages_change_softly_where_motion_is_welcome(
    code: str, motion: Any, browser: Browser, address: str
) -> None:
    with browser.new_context(reduced_motion=motion) as context:
        page = context.new_page()
        page.goto(f"{address}/{code}/index.html")
        name = page.locator(".md-header").evaluate("head => getComputedStyle(head).viewTransitionName")
        assert (name == "head") is (motion == "no-preference")
        page.evaluate("addEventListener('pageswap', e => sessionStorage.setItem('soft', !!e.viewTransition))")
        turn = page.locator("nav.turn a").last
        following = turn.evaluate("link => link.href")
        turn.click()
        page.wait_for_url(following)
        assert page.evaluate("sessionStorage.getItem('soft')") == str(motion == "no-preference").lower()


@pytest.mark.parametrize("old", [False, True], ids=["of today", "from before 2023"])
def test_what_scripts_bring_is_opened_in_a_browser(old: bool, browser: Browser, built_tiny: Path) -> None:
    """From a folder, too: a drawing, a card, an answer and a chart."""
    asked: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        if old:
            context.add_init_script("delete window.DecompressionStream")
        page = opened(context, (built_tiny / "site" / "en" / "index.html").as_uri(), asked)
        page.locator("#fig-ruined figcaption").scroll_into_view_if_needed()
        page.wait_for_selector(f"{LATE} .fig-wide svg text")
        page.locator('article .claim > a[href$="#d-level"]').first.click()
        page.locator(".card").wait_for()
        page.keyboard.press("Escape")
        page.locator("#fig-ruined .fig-explore").click()
        page.wait_for_selector("#fig-ruined .fig-chart .main-svg")
        page.locator("[data-search]").first.click()
        page.locator("dialog.search input").fill("flood")
        page.wait_for_selector(".search-results a")
    assert any(url.endswith("inflate.js") for url in asked) == old
