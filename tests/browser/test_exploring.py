"""A figure in a page, in a Chromium: there without script, awake when asked, and put back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"telephone": (360, "narrow"), "desk": (1280, "wide")}


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/en/index.html")
        yield page


def wake(page: Page) -> Locator:
    """Ask for the live chart by keyboard alone."""
    page.locator("#fig-flooded .fig-explore").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#fig-flooded.fig-awake svg.main-svg")
    return page.locator("#fig-flooded")


@pytest.mark.parametrize("device", WIDTHS)
def test_without_script_the_picture_that_fits_and_the_table_are_there(
    device: str, browser: Browser, address: str
) -> None:
    width, which = WIDTHS[device]
    size = {"width": width, "height": 900}
    with browser.new_context(java_script_enabled=False, viewport=size) as context:
        page = context.new_page()
        page.goto(f"{address}/fr/index.html")
        seen = [n for n in ("wide", "narrow") if page.locator(f"#fig-flooded .fig-{n} > svg").is_visible()]
        assert seen == [which]
        box = page.locator(f"#fig-flooded .fig-{which} > svg").bounding_box()
        assert box
        assert box["height"] > box["width"] / 4
        rows = page.locator("#fig-flooded details tbody tr")
        assert rows.count() == 6
        page.locator("#fig-flooded summary").click()
        assert rows.first.is_visible()
        assert not page.locator("#fig-flooded .fig-explore").is_visible()


@pytest.mark.parametrize("device", WIDTHS)
def test_no_letter_of_a_drawing_is_smaller_than_twelve_pixels(
    device: str, browser: Browser, address: str
) -> None:
    width, which = WIDTHS[device]
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}/fr/index.html")
    sizes = page.locator(f"#fig-flooded .fig-{which} > svg").evaluate(
        "svg => [...svg.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize)"
        " * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
    )
    page.close()
    assert min(sizes) >= 12


def test_a_chart_wakes_in_the_place_of_its_picture_and_is_put_back(page: Page) -> None:
    before = page.locator("#fig-flooded .fig-wide > svg").bounding_box()
    figure = wake(page)
    after = figure.locator("svg.main-svg").first.bounding_box()
    assert before
    assert after
    # The page may have scrolled to the button; the picture keeps its size and its left edge.
    for side in ("x", "width", "height"):
        assert abs(before[side] - after[side]) < 1, side
    page.keyboard.press("Escape")
    assert figure.locator(".fig-live").count() == 0
    assert figure.locator(".fig-wide > svg").is_visible()
    assert page.evaluate("document.activeElement.className").startswith("fig-explore")


def test_arrow_keys_say_the_whole_claim_of_each_mark(page: Page) -> None:
    figure = wake(page)
    said = []
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        said.append(figure.locator(".fig-status").inner_text())
    assert [text.split(".")[0] for text in said] == [f"{n} of 6" for n in range(1, 7)]
    assert any("1,234" in text and "Géomètre 1908, p.\u00a012" in text for text in said)
    assert figure.locator(".hoverlayer .hovertext").count() == 1
    page.keyboard.press("Home")
    assert figure.locator(".fig-status").inner_text() == said[0]


def test_a_chart_zooms_and_goes_back_to_the_whole(page: Page) -> None:
    figure = wake(page)
    ends = "() => document.querySelector('.fig-chart').layout.xaxis.range"
    whole = page.evaluate(ends)
    page.keyboard.press("+")
    page.wait_for_function(f"whole => ({ends})()[1] < whole[1]", arg=whole)
    figure.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"whole => ({ends})()[1] === whole[1]", arg=whole)


def test_a_side_can_be_left_out_and_taken_in_again(page: Page) -> None:
    figure = wake(page)
    shown = figure.locator(".scatterlayer .trace path.point")
    all_marks = shown.count()
    side = figure.locator(".fig-sides button").first
    side.click()
    assert side.get_attribute("aria-pressed") == "false"
    assert shown.count() < all_marks
    side.click()
    assert shown.count() == all_marks


def test_what_a_reader_presses_is_large_enough_for_a_thumb(page: Page) -> None:
    figure = wake(page)
    boxes = [button.bounding_box() for button in figure.locator("button:visible").all()]
    assert len(boxes) >= 4
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 44


def test_print_shows_the_picture_even_of_a_chart_that_is_awake(page: Page) -> None:
    figure = wake(page)
    page.emulate_media(media="print")
    assert not figure.locator(".fig-live").is_visible()
    assert figure.locator(".fig-picture > div > svg:visible").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("awake", [False, True], ids=["asleep", "awake"])
def test_axe_finds_nothing_on_a_page_with_a_figure(
    scheme: str, awake: bool, browser: Browser, address: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    # The policy of the page keeps out what is not its own: also the script that examines it.
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{address}/en/index.html")
        if awake:
            wake(page)
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document.querySelector('#fig-flooded'))")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found["violations"]] == []
