"""Search in a Chromium: by touch, pointer and keyboard, in both languages, from a folder, without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.test_browser import CODES, DESK, TELEPHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
#: A slip, what the page says of it, and what is found.
SLIPS = {
    "fr": ("barrrage", "Rien pour « barrrage » ; résultats pour « barrage ».", "Barrage du Haut"),
    "en": ("weiir", "Nothing found for “weiir”; results for “weir”.", "Upper Weir"),
}
#: A question with a number, and what is marked of it in excerpts: no small words, nor what begins like one.
ASKED = {"fr": ("la crue de 1 234", {"1\u202f234", "crue"}), "en": ("the flood of 1,234", {"1,234", "flood"})}
#: Where the pages stand: at an address, and in a folder.
PLACES = ("served", "folder")


@pytest.fixture(params=[TELEPHONE, DESK], ids=["telephone", "desk"])
def size(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, address: str, built_tiny: Path) -> str:
    """Where the first pages are."""
    return address if request.param == "served" else (built_tiny / "site").as_uri()


@pytest.fixture
def seen(size: Any, browser: Browser) -> Iterator[Visit]:
    """A page in a window: on a telephone with touch."""
    with browser.new_context(viewport=size, has_touch=size is TELEPHONE) as context:
        yield Visit(context.new_page())


@pytest.mark.parametrize("code", CODES)
def test_a_slip_finds_what_was_meant_says_so_and_a_touch_leads_there(
    code: str, size: Any, seen: Visit, place: str
) -> None:
    typed, said, meant = SLIPS[code]
    page = seen.page
    page.goto(f"{place}/{code}/index.html")
    sign = page.locator(".search-button")
    if size is TELEPHONE:
        sign.tap()
    else:
        sign.click()
    page.locator(".search input").fill(typed)
    found = page.locator(".search-results a", has_text=meant).first
    found.wait_for()
    expect(page.get_by_role("status")).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wanted = str(found.get_attribute("href")).rpartition("/")[2]
    if size is TELEPHONE:
        found.tap()
    else:
        found.click()
    page.wait_for_url(f"**/{code}/**/{wanted}")
    assert seen.errors == []


@pytest.mark.parametrize("code", CODES)
def test_the_number_that_was_asked_for_is_marked_and_small_words_are_not(
    code: str, seen: Visit, address: str
) -> None:
    asked, marks = ASKED[code]
    page = seen.page
    page.goto(f"{address}/{code}/index.html")
    page.keyboard.press("/")
    page.locator(".search input").fill(asked)
    page.locator(".search-text mark").first.wait_for()
    marked = {text.lower() for text in page.locator(".search-text mark").all_inner_texts()}
    assert marks <= marked
    assert not {"la", "le", "les", "de", "the", "there", "of"} & marked


@pytest.mark.parametrize("code", CODES)
def test_the_field_has_room_for_its_words_and_who_finds_nothing_is_led_to_the_names(
    code: str, seen: Visit, place: str
) -> None:
    page = seen.page
    page.goto(f"{place}/{code}/index.html")
    page.keyboard.press("/")
    field = page.locator(".search input")
    field.wait_for()
    room = """input => {
        const style = getComputedStyle(input), brush = document.createElement("canvas").getContext("2d");
        brush.font = style.font;
        const inner = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return inner - brush.measureText(input.placeholder).width;
    }"""
    assert field.evaluate(room) >= 0
    help_ = page.locator(".search-help")
    field.fill(SLIPS[code][2])
    page.locator(".search-results a").first.wait_for()
    expect(help_).to_be_hidden()
    field.fill("xqzzvw")
    expect(help_).to_be_visible()
    names = help_.locator("a").first
    wanted = str(names.get_attribute("href")).rpartition("/")[2]
    names.click()
    page.wait_for_url(f"**/{code}/ledger/{wanted}")
    assert page.locator("article dt").first.is_visible()
    assert seen.errors == []


@pytest.mark.parametrize("code", CODES)
def test_without_script_the_sign_of_search_leads_to_a_page_of_names(
    code: str, size: Any, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/{code}/index.html")
        page.locator(".search-button").click()
        page.wait_for_url(f"{address}/{code}/ledger/*.html")
        assert page.locator("article dt").first.is_visible()


@pytest.mark.skipif(not AXE.exists(), reason="the Node packages are not installed")
@pytest.mark.parametrize(("code", "scheme"), [("fr", "light"), ("en", "dark")])
def test_axe_finds_nothing_with_search_open(
    code: str, scheme: Literal["light", "dark"], size: Any, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        context.add_init_script(path=str(AXE))
        page = context.new_page()
        page.goto(f"{address}/{code}/index.html")
        page.keyboard.press("/")
        page.locator(".search input").fill(SLIPS[code][0])
        page.locator(".search-results a").first.wait_for()
        look = {"rules": {"target-size": {"enabled": True}}}
        heard = page.evaluate("look => axe.run('.search', look).then((said) => said.violations)", look)
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in heard] == []
