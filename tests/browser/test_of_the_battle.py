"""What only a whole documentary has, in a Chromium: offices, units, terms, a timeline, a first page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_opening_cards import DESK, TELEPHONE, Reader, beside, plain
from tests.test_browser import CODES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.battle, pytest.mark.slow]

#: What is named on a page, and what its card says of it: its side, its dates, who led it at that moment.
NAMED = {
    "may.html#feklenko": {
        "fr": (
            "URSS",
            "12 décembre 1901 – 12 octobre 1951",
            "Dirige à cette date (27 mai) : 57e corps spécial",
        ),
        "en": (
            "USSR",
            "12 December 1901 – 12 October 1951",
            "Leads on this date (27 May): 57th Special Corps",
        ),
    },
    "may.html#u-57-special-corps": {
        "fr": (
            "Relève de : District militaire",
            "Chef à cette date (27 mai) : Nikolaï Feklenko",
            "Effectif du 57e",
        ),
        "en": (
            "Part of: Transbaikal",
            "Led on this date (27 May) by: Nikolai Feklenko",
            "Strength of the 57th",
        ),
    },
    "index.html#obo": {
        "fr": ("Tas de pierres ou de branches élevé par les Mongols",),
        "en": ("Heap of stones or branches raised by Mongols",),
    },
    "index.html#p-khalkhin-gol": {
        "fr": ("47,80° N, 118,57° E, à 3 km près",),
        "en": ("47.80° N, 118.57° E",),
    },
}


@pytest.fixture(params=["telephone", "desk"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Reader]:
    """Somebody with a telephone and a finger, or with a desk and a pointer."""
    finger = request.param == "telephone"
    with browser.new_context(viewport=TELEPHONE if finger else DESK, has_touch=finger) as context:
        yield Reader(context.new_page(), "about:blank", finger=finger)


@pytest.mark.parametrize("code", CODES)
def test_a_person_a_unit_a_term_and_a_place_say_on_their_cards_what_they_were_on_that_day(
    code: str, reader: Reader, real_address: str
) -> None:
    for way, said in NAMED.items():
        path, _, ident = way.partition("#")
        reader.page.goto(f"{real_address}/{code}/{path}")
        link = reader.page.locator(f'article a.name[href$="#{ident}"]').first
        card = reader.open(link)
        text = " ".join(plain(card.inner_text()).split())
        assert [part for part in said[code] if part not in text] == [], way
        assert beside(card, link), way
    assert reader.card.locator(".card-map .here").count() == 1
    assert reader.errors == []


@pytest.mark.parametrize("code", CODES)
def test_a_mark_of_a_timeline_says_what_it_is_when_it_is_touched(
    code: str, reader: Reader, real_address: str
) -> None:
    reader.page.goto(f"{real_address}/{code}/figures/chronology-may.html")
    drawing = reader.page.locator("article .fig-picture > div:visible > svg")
    drawing.locator("text").first.wait_for(state="attached")
    place = drawing.bounding_box()
    assert place
    # Where nothing is drawn a touch opens nothing; from then on marks are known as such.
    reader.press_at(place["x"] + 2, place["y"] + 2)
    mark = drawing.locator(".mark").first
    mark.wait_for(state="attached")
    assert reader.card.count() == 0
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    reader.press_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.card.wait_for()
    row = str(reader.card.locator(".card-ways a").first.get_attribute("href"))
    assert re.search(r"/ledger/chronology[\w-]*\.html#e-", row)
    assert re.search(r"\b1939\b", reader.card.locator(".card-head").inner_text())
    assert reader.errors == []


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
@pytest.mark.parametrize("code", CODES)
def test_the_first_page_tells_the_story_in_three_sentences_then_the_ground_three_doors_and_key_figures(
    code: str, size: Any, browser: Browser, real_address: str
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{real_address}/{code}/index.html")
        parts = page.locator("article > h1, article > h1 ~ :is(p:not(.pdf), figure, div, h2)").all()[:6]
        assert [(one.get_attribute("class") or one.evaluate("e => e.localName")) for one in parts] == [
            "h1", "p", "fig", "doors", "h2", "cards",
        ]  # fmt: skip
        story = re.sub(r"\u2060?\[\d+\]", "", parts[1].inner_text())
        assert len(re.findall(r"\.(?=\s|$)", story)) == 3
        drawn = parts[2].locator(".fig-picture :is(svg, img):visible").first.bounding_box()
        column = page.locator("article").bounding_box()
        assert drawn
        assert column
        assert drawn["width"] >= 0.99 * column["width"], "drawn as large as there is room"
        assert parts[3].locator("li").count() == 3
        assert parts[5].locator(".claim > a:visible").count() >= 8


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_the_page_above_the_languages_shows_the_ground_and_every_language_at_a_glance(
    size: Any, browser: Browser, real_address: str
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{real_address}/")
        ground = page.locator("svg.ground").bounding_box()
        assert ground
        assert ground["width"] >= 0.9 * min(size["width"], 728), "drawn as large as there is room"
        assert page.locator("svg.ground").get_attribute("aria-hidden") == "true"
        assert page.locator("svg.ground text").count() == 0
        for code in CODES:
            box = page.locator(f'a[hreflang="{code}"]').bounding_box()
            assert box
            assert box["y"] + box["height"] <= size["height"], code
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
