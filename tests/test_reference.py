"""Generated pages lead from a row to the story and back, and compare only what counts the same thing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.estimates import disputed
from generator.ledger.model import Formula, Ledger
from generator.loading import Inputs, load
from generator.pages import make_links
from generator.pages.backlinks import Mention, mentions
from generator.pages.formula_text import formula_html
from generator.pages.reference import Reference
from generator.pages.reference_data import Knowledge, letters
from generator.problems import Location
from tests.conftest import TINY

#: Question, scope, how many answers stand, the lowest and the highest figure.
EXPECTED = [
    ("t-level", "", 2, Decimal(1), Decimal("4.75")),
    ("t-flooded", "flooded", 2, Decimal(1234), Decimal(2000)),
]
MAY, JUNE = Mention("may", "May"), Mention("june", "June")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    checked = building.check(TINY, lambda _: None)
    assert isinstance(checked, building.Checked)
    return checked.inputs.ledger


def test_a_row_knows_the_pages_that_name_it_each_once_and_in_order() -> None:
    used = [("claim", "c-1"), ("name", "anna"), ("claim", "c-1"), ("source", "book p. 3"), ("figure", "f-1")]
    found = mentions([(MAY, used), (JUNE, [("name", "anna"), ("table", "t-1")])])
    assert found == {"c-1": (MAY,), "anna": (MAY, JUNE), "book": (MAY,)}


def test_only_answers_of_two_sources_that_count_the_same_thing_are_a_dispute(ledger: Ledger) -> None:
    assert [(a.topic, a.scope, a.claims, a.lowest, a.highest) for a in disputed(ledger)] == EXPECTED


def test_a_doubtful_event_or_place_says_so_and_no_other_does(ledger: Ledger) -> None:
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    language = next(x for x in load_languages(["en"]) if isinstance(x, Language))
    boats = ledger.events["e-boats"]
    doubted = replace(boats, provenance=replace(boats.provenance, confidence="low"))
    known = Knowledge(replace(ledger, events={**ledger.events, "e-boats": doubted}), language, dict)
    pages = {page.path: page for page in inputs.documentary.chapters}
    marked = {}
    for path, rows in {"ledger/events": "tr", "ledger/places": "dl > div"}.items():
        page = pages[path]
        tree = LexborHTMLParser(Reference(known, make_links(inputs)).page(page.kind, path, page.options))
        marked[path] = [row.id for row in tree.css(rows) if "confidence: low" in row.text()]
    assert marked == {"ledger/events": ["e-boats"], "ledger/places": ["p-mill"]}


def test_a_computed_row_says_how_it_was_made(ledger: Ledger) -> None:
    formula = Formula("f", "d-ruined-all", "best", "sum(d-ruined-spring, 9)", Location("data/formulas.csv"))
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    language = next(x for x in load_languages(["en"]) if isinstance(x, Language))
    known = Knowledge(replace(ledger, formulas=(formula,)), language, dict)
    page = next(one for one in inputs.documentary.chapters if one.table == "damages")
    body = Reference(known, make_links(inputs)).page(page.kind, page.path, page.options)
    assert len(re.findall(r'Computed: <a [^>]*#d-ruined-spring">21</a> \+ 9<', body)) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("difference(d-flooded-survey, sum(d-ruined-spring, 51))", "1,234 − (SPRING + 51)"),
        ("share(d-ruined-spring, d-flooded-survey)", "100 × SPRING ÷ 1,234"),
        ("least(d-flooded-survey, 2)", "the lowest of 1,234, 2"),
        ("count(p-weir, p-mill)", "how many these are: Upper Weir, Mill"),
        ("length(aune)", "<code>length(aune)</code>"),
        ("sum(length(aune), 1)", "<code>sum(length(aune), 1)</code>"),
    ],
)
def test_a_formula_is_read_as_arithmetic_and_one_that_measures_a_map_as_it_is_written(
    written: str, said: str, ledger: Ledger
) -> None:
    english = next(x for x in load_languages(["en"]) if isinstance(x, Language))
    formula = Formula("f", "d-ruined-all", "best", written, Location("data/formulas.csv"))
    found = formula_html(formula, ledger, english, lambda table, ident: f"{table}.html#{ident}")
    spring = str(ledger.claims["d-ruined-spring"].best)
    assert re.sub(r"</?a\b[^>]*>", "", found) == said.replace("SPRING", spring)
    assert found.count("#d-ruined-spring") == said.count("SPRING")


def test_the_page_of_questions_leads_to_all_answers(built_tiny: Path) -> None:
    page = LexborHTMLParser((built_tiny / "site/en/ledger/questions.html").read_text(encoding="utf-8"))
    links = [a.attributes["href"] for a in page.css("table.questions th a")]
    assert links == [f"damages.html#{topic}" for topic, *_ in EXPECTED]


def test_an_entry_leads_to_its_events_its_figures_and_the_pages_that_tell_of_it(built_tiny: Path) -> None:
    page = LexborHTMLParser((built_tiny / "site/en/ledger/places.html").read_text(encoding="utf-8"))
    entry = page.css_first("#p-weir")
    assert entry is not None
    links = [a.attributes["href"] for a in entry.css("a")]
    assert {"../index.html", "damages.html#d-level", "events.html#e-crest"} <= set(links)


def test_a_row_that_the_prose_does_not_use_says_nothing_of_it(built_tiny: Path) -> None:
    page = LexborHTMLParser((built_tiny / "site/en/ledger/damages.html").read_text(encoding="utf-8"))
    told = {row.attributes["id"] for row in page.css("tr[id]") if row.css_first(".told")}
    assert "d-flooded-survey" in told
    assert "d-flooded-claim" not in told


@pytest.mark.parametrize(("hidden", "printed"), [((), 1), (("role_en",), 0)])
def test_the_data_package_decides_which_texts_of_a_row_its_page_prints(
    hidden: tuple[str, ...], printed: int, ledger: Ledger
) -> None:
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    language = next(x for x in load_languages(["en"]) if isinstance(x, Language))
    tables = tuple(
        replace(t, fields=tuple(replace(f, shown=f.name not in hidden) for f in t.fields))
        for t in ledger.tables
    )
    page = next(one for one in inputs.documentary.chapters if one.table == "witnesses")
    known = Knowledge(replace(ledger, tables=tables), language, dict)
    body = Reference(known, make_links(inputs)).page(page.kind, page.path, page.options)
    role = ledger.entities["keeper-anne"].text("role", "en")
    assert role
    assert body.count(role) == printed


def test_a_long_list_of_names_has_the_letters_with_which_they_begin() -> None:
    names = ["1er", "23e", "Anne", "Élan", "Erle", "Ōta", *(f"Quai {n}" for n in range(20))]
    entries = [(f"x-{n}", name) for n, name in enumerate(names)]
    wanted = [("0–9", "x-0"), ("A", "x-2"), ("E", "x-3"), ("O", "x-5"), ("Q", "x-6")]
    assert letters(entries) == wanted
    assert letters(entries[:10]) == [], "a short list is seen at once"
