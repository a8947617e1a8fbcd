"""Somebody who has never seen the site looks for three things, by what a visitor sees, in a Chromium.

Who says that 25,655 Soviets were lost, and who says otherwise; where a division stood on a day; and how
to cite both. Each walk begins at the first page, and takes four touches at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.battle, pytest.mark.slow]

SIZES: dict[str, Any] = {
    "telephone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 900},
}
#: What a visitor types and looks for, and what the site is to answer.
WORDS = {
    "en": {
        "asked": "25,655",
        "question": "Total Soviet losses",
        "figure": "25,655",
        "cite": "Cite",
        "read": "read in SankeiBiz 2014",
        "days": "The battle, day by day",
        "heading": "24 August 1939",
        "stood": r"23rd Division: no position is recorded for this day.*Hill 733.*20 August",
    },
    "fr": {
        "asked": "25 655",
        "question": "Pertes soviétiques totales",
        "figure": "25 655",
        "cite": "Citer",
        "read": "lu dans SankeiBiz 2014",
        "days": "La bataille jour par jour",
        "heading": "24 août 1939",
        "stood": r"23e division : aucune position n’est consignée pour ce jour.*20 août",
    },
}


def plain(text: str) -> str:
    """Return a text with ordinary spaces, and letters that stand high on the line."""
    return re.sub(r"\s+", " ", text.replace("\u2011", "-"))


@pytest.fixture(scope="module")
def real_address(built_real: Path) -> Iterator[str]:
    """Where the documentary of this repository is served."""
    yield from served(built_real / "site")


@pytest.fixture(params=WORDS)
def code(request: pytest.FixtureRequest) -> str:
    """A language."""
    return str(request.param)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """What the site is read on."""
    return str(request.param)


#: So many touches lead from the first page to each answer.
TOUCHES = 4


class Reader:
    """Somebody at a page: touches with a finger where there is a telephone, and counts."""

    def __init__(self, page: Page, size: str) -> None:
        self.page = page
        self.finger = size == "telephone"
        self.touches = 0

    def touch(self, target: Locator) -> None:
        """Touch what is there, and can be seen."""
        self.touches += 1
        assert self.touches <= TOUCHES
        if self.finger:
            target.tap()
        else:
            target.click()


@pytest.fixture
def page(code: str, size: str, browser: Browser, real_address: str) -> Iterator[Page]:
    """The first page of a language, on a screen."""
    with browser.new_context(viewport=SIZES[size], has_touch=size == "telephone") as context:
        page = context.new_page()
        page.goto(f"{real_address}/{code}/index.html")
        yield page


@pytest.fixture
def reader(page: Page, size: str) -> Reader:
    """Somebody who has the first page before them."""
    return Reader(page, size)


def follow(reader: Reader, words: dict[str, str], about: str = "") -> None:
    """Search by the sign of it, and follow the first answer, or the first that is *about* something."""
    page = reader.page
    reader.touch(page.locator(".search-button"))
    page.locator(".search input").wait_for()
    page.keyboard.type(words["asked"])
    answer = page.locator(".search-results a", has_text=about).first
    before = page.url.partition("#")[0]
    reader.touch(answer)
    page.wait_for_url(lambda url: url.partition("#")[0] != before)


def test_who_says_so_and_who_says_otherwise_is_two_touches_away(reader: Reader, code: str) -> None:
    words, page = WORDS[code], reader.page
    follow(reader, words, about=words["question"])
    assert reader.touches == 2
    page.wait_for_url("**/casualties.html#t-c-soviet-total")
    article = page.locator("article")
    for figure in (words["figure"], *(("9,284", "24,903") if code == "en" else ("9 284", "24 903"))):
        expect(article).to_contain_text(figure)
    row = page.locator("#c-su-total-hata")
    row.scroll_into_view_if_needed()
    expect(row).to_be_visible()
    expect(row).to_contain_text("Hata")


def test_the_number_in_the_text_says_whose_it_is_and_how_to_cite_it(reader: Reader, code: str) -> None:
    words, page = WORDS[code], reader.page
    follow(reader, words)
    reader.touch(page.locator('article .claim > a[href$="#c-su-total-hata"]').first)
    card = page.locator(".card")
    card.wait_for()
    said = plain(card.inner_text())
    assert words["figure"] in said
    assert "Hata" in said
    assert words["read"] in said
    assert card.locator(".card-line circle").count() >= 3
    reader.touch(card.get_by_role("button", name=words["cite"], exact=True))
    cited = card.locator(".card-cited")
    cited.wait_for()
    sentence = plain(cited.inner_text())
    assert words["figure"] in sentence
    assert "Hata" in sentence
    assert "casualties.html#c-su-total-hata" in sentence


def test_where_a_division_stood_on_a_day_is_read_off_the_rail_and_can_be_cited(
    reader: Reader, code: str
) -> None:
    words, page = WORDS[code], reader.page
    if reader.finger:
        reader.touch(page.locator(".menu-button"))
    reader.touch(page.get_by_role("link", name=words["days"], exact=True).first)
    page.wait_for_url("**/days.html")
    reader.touch(page.locator('.days-list a[href="#1939-08-24"]'))
    day = page.locator("section.day:has([id='1939-08-24'])")
    day.wait_for()
    said = plain(day.inner_text())
    assert words["heading"] in said
    assert re.search(words["stood"], said), said
    assert page.url.endswith("#1939-08-24"), "the day's own address, to be cited with the page"
    reader.touch(page.locator("a[href$='#cite']").first)
    cited = plain(page.locator("#cite").locator("xpath=..").inner_text())
    assert words["days"] in cited
