"""A long chronology may be told in parts: one page lists every event, and each leads to its row in full."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.loading import Inputs, load
from generator.pages import make_links
from tests.conftest import TINY, build, copy_documentary
from tests.sharing import said_in

PART = """[[page]]
path = "ledger/spring"
kind = "events"
phases = ["spring-flood"]
group.fr = "Registre"
group.en = "Ledger"

"""
CODES = ("fr", "en")


def in_parts(folder: Path) -> Path:
    """Copy the tiny documentary, and tell its spring on a page of its own."""
    root = copy_documentary(TINY, folder)
    settings = root / "data/documentary.toml"
    before = settings.read_text(encoding="utf-8")
    where = '[[page]]\npath = "ledger/damages"'
    assert before.count(where) == 1
    settings.write_text(before.replace(where, PART + where), encoding="utf-8")
    for code in CODES:
        text = '---\ntitle: "Spring 1907"\ndescription: "Spring."\n---\nThe spring.\n'
        (root / f"docs/{code}/ledger/spring.md").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary with its spring apart, built."""
    return build(in_parts(tmp_path_factory.mktemp("parts") / "tiny"))


def page(root: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((root / f"site/{path}.html").read_text(encoding="utf-8"))


def rows(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    return {row.id or "": row for row in tree.css("table.events tr[id]")}


def test_what_leads_to_an_event_leads_to_the_page_that_tells_it_in_full(tmp_path: Path) -> None:
    inputs = load(in_parts(tmp_path / "tiny"))
    assert isinstance(inputs, Inputs)
    links = make_links(inputs)
    assert links.to("events", "e-crest", "ledger/places.html") == "spring.html#e-crest"
    assert links.to("events", "phase-spring-flood", "may.html") == "ledger/spring.html#phase-spring-flood"
    assert links.to("events", "e-autumn", "ledger/places.html") == "events.html#e-autumn"


@pytest.mark.parametrize("code", CODES)
def test_every_event_keeps_its_address_on_the_page_of_all_and_leads_on_from_there(
    code: str, parted: Path
) -> None:
    listed, told = (rows(page(parted, f"{code}/ledger/{name}")) for name in ("events", "spring"))
    assert set(told) == {"e-flood", "e-crest", "e-crest-press", "e-boats"}
    assert set(listed) == {*told, "e-autumn"}
    for ident in told:
        leads = [link.attributes["href"] for link in listed[ident].css("a")]
        assert leads == [f"spring.html#{ident}"]
        assert listed[ident].css_first(".note") is not None, "whose date it is"
        assert told[ident].css_first('td a[href^="sources.html#"]') is not None
    assert listed["e-autumn"].css_first("strong") is not None, "no other page tells it"


def test_a_mark_in_the_text_and_an_entry_lead_to_the_whole_row(parted: Path) -> None:
    entry = page(parted, "en/ledger/places").css_first("#p-weir")
    assert entry is not None
    assert "spring.html#e-crest" in {link.attributes["href"] for link in entry.css("a")}


def test_search_finds_an_event_once_and_leads_to_its_row_in_full(parted: Path) -> None:
    index = "".join(said_in(file) for file in sorted((parted / "site/en/search").glob("*.js")))
    assert "ledger/spring.html" in index
    assert index.count("e-boats") == 1
