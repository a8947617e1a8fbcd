"""Days in a Chromium: one day at a time, by key, thumb and pointer; all of them without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import listen_for_errors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
CODES = ("fr", "en")
WIDTHS = {360: "narrow", 1280: "wide"}
#: What is shown of the days: the address of each, by its heading or by the place it keeps in a run.
SHOWN = """() => [...document.querySelectorAll(".day")]
  .filter((day) => [...day.children].some((part) => part.getClientRects().length))
  .map((day) => day.querySelector("[id^='1907']").id)"""
CURRENT = (
    '() => [...document.querySelectorAll(".days-list [aria-current=date]")].map((link) => link.hash.slice(1))'
)
AXE_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  (found) => found.id + ": " + found.nodes.map((node) => node.html).join(" | "))"""


@pytest.fixture(params=WIDTHS)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(
        viewport={"width": int(request.param), "height": 800}, has_touch=True, reduced_motion="reduce"
    ) as context:
        yield context


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url, wait_until="load")
    page.wait_for_selector(".days-live .now", state="attached")
    return page


def shows(page: Page, day: str) -> None:
    """Wait until a day is shown alone, is current on the rail, and stands in the address."""
    page.wait_for_function(
        f"(day) => ({SHOWN})().join() === day && ({CURRENT})().join() === day && location.hash === '#' + day",
        arg=day,
    )


@pytest.mark.parametrize("code", CODES)
def test_the_address_opens_its_day_with_its_drawing(code: str, context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-05")
    shows(page, "1907-04-05")
    width = page.viewport_size
    assert width
    drawing = page.locator(f".now .fig-{WIDTHS[width['width']]} > svg")
    assert drawing.is_visible()
    assert "1907" in (drawing.get_attribute("aria-label") or "")
    shown = drawing.locator("use, svg").evaluate_all("all => all.map((one) => one.getBBox().width > 0)")
    assert shown == [True, True], "the ground, and the layer over it: held by the ground, or cut at its edges"
    assert not page.locator(".days-ground figure").is_visible()


@pytest.mark.parametrize("code", CODES)
def test_without_a_day_in_the_address_the_first_is_shown_over_the_bare_ground(
    code: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html")
    assert page.evaluate(SHOWN) == ["1907-04-01"]
    assert page.evaluate(CURRENT) == ["1907-04-01"]
    assert page.locator(".days-ground figure").is_visible()


@pytest.mark.parametrize("code", CODES)
def test_keys_lead_along_the_rail(code: str, context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    page.locator(".days-list [aria-current]").focus()
    for key, day in [
        ("ArrowRight", "1907-04-04"),
        ("ArrowLeft", "1907-04-03"),
        ("PageDown", "1907-04-10"),
        ("End", "1907-04-12"),
        ("ArrowRight", "1907-04-12"),
        ("PageUp", "1907-04-05"),
        ("Home", "1907-04-01"),
    ]:
        page.keyboard.press(key)
        shows(page, day)
        assert page.evaluate("document.activeElement.hash") == f"#{day}"
    in_reach = "[...document.querySelectorAll('.days-list a')].filter((link) => link.tabIndex === 0).length"
    assert page.evaluate(in_reach) == 1


#: What has the focus: its text, its top and bottom, and where the page stands.
FOCUSED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return [document.activeElement.textContent.trim(), box.top, box.bottom, scrollY];
}"""


@pytest.mark.parametrize("code", CODES)
def test_the_key_tab_leads_from_the_rail_to_the_day_and_the_page_does_not_jump(
    code: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    stands = page.evaluate("scrollY")
    for text in ("←", "3", "→"):
        page.keyboard.press("Tab")
        said, _, _, scrolled = page.evaluate(FOCUSED)
        assert (said, scrolled) == (text, stands)
    rail = page.locator(".days-rail").bounding_box()
    assert rail
    for link in page.locator(".now a").all()[:6]:
        page.keyboard.press("Tab")
        said, top, bottom, _ = page.evaluate(FOCUSED)
        assert said == link.inner_text().strip()
        assert 0 <= top < bottom <= rail["y"], f"{said} is seen whole, above the rail"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_day_of_the_rail_looks_otherwise_when_it_has_the_focus(
    scheme: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/en/ledger/days.html#1907-04-03")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ground = "() => getComputedStyle(document.querySelector('.days-list [aria-current]')).backgroundColor"
    before = page.evaluate(ground)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#1907-04-03"
    assert page.evaluate(ground) != before


@pytest.mark.parametrize("code", CODES)
def test_a_thumb_that_is_drawn_along_the_rail_moves_it(code: str, browser: Browser, address: str) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    ) as context:
        page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
        rail = page.locator(".days-list").bounding_box()
        assert rail
        before = page.evaluate("document.querySelector('.days-list').scrollLeft")
        thumb, x, y = context.new_cdp_session(page), rail["x"] + rail["width"] - 20, rail["y"] + 30
        for step in range(12):
            kind = "touchMove" if step else "touchStart"
            point = {"x": x - 12 * step, "y": y}
            thumb.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        thumb.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_function(
            "(before) => document.querySelector('.days-list').scrollLeft > before", arg=before
        )
        assert page.evaluate(SHOWN) == ["1907-04-03"]


@pytest.mark.parametrize("code", CODES)
def test_the_name_of_a_month_is_no_wider_than_a_day_so_that_the_edge_does_not_cut_it(
    code: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    name, day = (page.locator(where).first.bounding_box() for where in (".days-month", ".days-list a"))
    assert name
    assert day
    assert name["width"] <= day["width"]


@pytest.mark.parametrize("code", CODES)
def test_a_thumb_chooses_a_day_and_steps_on(code: str, context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    page.locator(".days-list a[href='#1907-04-05']").tap()
    shows(page, "1907-04-05")
    page.locator(".days-step[data-step='1']").tap()
    shows(page, "1907-04-06")
    page.locator(".days-step[data-step='-1']").tap()
    shows(page, "1907-04-05")


@pytest.mark.parametrize("code", CODES)
def test_the_rail_keeps_its_day_in_the_middle_and_in_view(
    code: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-09")
    link, screen = page.locator(".days-list [aria-current]").bounding_box(), page.viewport_size
    assert link
    assert screen
    assert 0 <= link["x"] <= screen["width"] - link["width"]
    assert link["y"] + link["height"] <= screen["height"]
    assert link["width"] >= 44
    assert link["height"] >= 44


@pytest.mark.parametrize("code", CODES)
def test_a_mouse_that_is_drawn_along_the_rail_goes_from_day_to_day(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
        start, end = (page.locator(f".days-list a[href='#1907-04-0{n}']").bounding_box() for n in (3, 6))
        assert start
        assert end
        page.mouse.move(start["x"] + 10, start["y"] + 10)
        page.mouse.down()
        page.mouse.move(end["x"] + 10, end["y"] + 10, steps=12)
        shows(page, "1907-04-06")
        page.mouse.up()


@pytest.mark.parametrize("code", CODES)
def test_a_day_that_was_chosen_can_be_taken_back(code: str, context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    page.locator(".days-list a[href='#1907-04-06']").click()
    shows(page, "1907-04-06")
    page.go_back()
    shows(page, "1907-04-03")


@pytest.mark.parametrize("code", CODES)
def test_the_head_of_a_day_leads_to_its_counts_and_the_address_of_a_part_opens_its_day(
    code: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    link = page.locator(".now .day-jump a").last
    part = link.get_attribute("href") or ""
    assert part.startswith("#1907-04-03-")
    link.click()
    page.wait_for_url(f"**/days.html{part}")
    assert page.evaluate(SHOWN) == ["1907-04-03"]
    again = opened(context, f"{address}/{code}/ledger/days.html{part}")
    assert again.evaluate(SHOWN) == ["1907-04-03"]
    assert again.evaluate(CURRENT) == ["1907-04-03"]
    counted, rail = (again.locator(where).bounding_box() for where in (f"[id='{part[1:]}']", ".days-rail"))
    assert counted
    assert rail
    assert 0 <= counted["y"] < rail["y"]


@pytest.mark.parametrize("code", CODES)
def test_the_other_language_opens_at_the_same_day(code: str, context: BrowserContext, address: str) -> None:
    [other] = set(CODES) - {code}
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    page.locator(".days-list [aria-current]").focus()
    page.keyboard.press("ArrowRight")
    shows(page, "1907-04-04")
    page.locator(f".md-header a[hreflang={other}]").click()
    page.wait_for_url(f"**/{other}/ledger/days.html#1907-04-04")
    shows(page, "1907-04-04")


@pytest.mark.parametrize("code", CODES)
def test_a_chapter_leads_to_its_day_and_the_day_back(
    code: str, context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/{code}/index.html")
    page.locator(".chapter-days a", has_text="3").click()
    shows(page, "1907-04-03")
    page.locator(".day.now .told a").click()
    page.wait_for_url(f"**/{code}/index.html")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", WIDTHS)
def test_without_script_every_day_stands_below_the_other_with_its_drawing(
    code: str, width: int, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/{code}/ledger/days.html")
        assert page.locator(".day h2:visible").count() == 11
        assert page.locator(".day-still:visible").count() == 1
        assert page.locator(".day .fig-narrow > svg:visible").count() == 10
        assert page.locator(".days-ground figure").is_visible()
        assert page.locator(".days-step:visible").count() == 0
        tops = [box["y"] for node in page.locator(".day h2").all() if (box := node.bounding_box())]
        assert tops == sorted(tops)
        page.locator(".days-list a[href='#1907-04-09']").click()
        page.wait_for_url("**/days.html#1907-04-09")


@pytest.mark.parametrize("code", CODES)
def test_wide_drawings_come_together_in_one_script_to_who_has_room_for_them(
    code: str, context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    context.on("request", lambda one: asked.append(one.url.rpartition("/")[2]))
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    drawing = page.locator(f".now .fig-{WIDTHS[page.viewport_size['width']]} > svg")  # type: ignore[index]
    # A wide layer comes with its paths; a narrow one is shown from the ground, which holds it.
    layer = drawing.locator("path, use:not([href^='#ground-'])")
    layer.first.wait_for(state="attached")
    page.keyboard.press("End")
    page.locator(".days-step[data-step='1']").click()
    shows(page, "1907-04-04")
    assert layer.count() > 0
    wide = "wide" in WIDTHS[page.viewport_size["width"]]  # type: ignore[index]
    assert [name for name in asked if "wide" in name] == ["days.wide.js"] * wide
    assert page.locator(".fig-over").count() == (0 if wide else 10)


@pytest.mark.parametrize("code", CODES)
def test_what_is_printed_before_wide_drawings_have_come_has_the_narrow_ones(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
        page.emulate_media(media="print")
        assert page.locator(".day .fig-narrow > svg:visible").count() == 10
        assert page.locator(".day .fig-wide > svg:visible").count() == 0


@pytest.mark.parametrize("code", CODES)
def test_it_works_from_a_folder_and_complains_of_nothing(
    code: str, context: BrowserContext, built_tiny: Path
) -> None:
    page = context.new_page()
    heard: list[str] = []
    listen_for_errors(page, heard)
    page.on("console", lambda said: heard.append(said.text) if "Security" in said.text else None)
    page.goto(f"{(built_tiny / 'site' / code / 'ledger' / 'days.html').as_uri()}#1907-04-07")
    shows(page, "1907-04-07")
    page.locator(".days-step[data-step='1']").click()
    shows(page, "1907-04-08")
    assert heard == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("day", ["1907-04-01", "1907-04-03"])
def test_axe_finds_nothing_on_a_day(
    code: str, scheme: str, day: str, context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#{day}")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    shows(page, day)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(AXE_RUN) == []


def test_the_ground_is_seen_beneath_a_day_though_its_own_figure_is_out_of_sight(
    context: BrowserContext, address: str
) -> None:
    page = opened(context, f"{address}/en/ledger/days.html#1907-04-03")
    page.evaluate("document.fonts.ready.then(() => true)")
    drawing = page.locator(".now .fig-picture")
    with_river = drawing.screenshot()
    gone = "document.querySelectorAll('.days-ground g[id] [clip-path] path').forEach((line) => line.remove())"
    page.evaluate(gone)
    assert drawing.screenshot() != with_river


@pytest.mark.parametrize("code", CODES)
def test_no_day_is_wider_than_the_screen(code: str, context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/{code}/ledger/days.html#1907-04-03")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
