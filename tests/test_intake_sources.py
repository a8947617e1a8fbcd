"""A bibliography comes in as its program exported it: right, or named with what is odd in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.intake.proposal import Proposal
from generator.intake.sources import import_sources, read_items
from generator.ledger.csl import FILE, read_sources
from generator.output.read import read_inputs
from tests.test_problems import TINY, copy_tiny

FILES: Mapping[str, bytes] = read_inputs(TINY)


def proposed(raw: str | bytes, **asked: bool) -> Proposal:
    raw = raw.encode() if isinstance(raw, str) else raw
    outcome = import_sources(FILES, raw, "library", **asked)
    assert isinstance(outcome, Proposal), [str(problem) for problem in outcome]
    return outcome


def added(proposal: Proposal) -> dict[str, Any]:
    """Return the sources that are new, by id; the whole bibliography can be read."""
    assert read_sources(proposal.after, ["fr", "en"]).problems == []
    return {item["id"]: item for item in json.loads(proposal.after) if item["id"] in proposal.added}


def said(proposal: Proposal, ident: str) -> list[str]:
    return [r.partition(f", {ident}: ")[2] for r in proposal.remarks if f", {ident}: " in r]


# ---- BibTeX ----

BIBTEX = r"""
@string{ap = "Annals of Potamology"}
@comment{jabref-meta: something}
@Article{meer1907,
  author  = {van der Meer, Jan and M{\"u}ller, Jos\'e and {{League of Rivers}} and de la Fontaine, Jr, Anne},
  title   = {On the {\v C}esk\'y flood of $\alpha$--type},
  journal = ap, volume = 3, number = {2}, pages = {10--20}, year = 1907, month = mar,
  doi = {https://doi.org/10.1000/aune\_7}, note = {Read in a copy},
  abstract = {Somebody's text}, file = {:/home/x.pdf:PDF}, oddfield = {x}
}
@incollection{chapter, author = "Anna Dupont", title = "The weir", pages = {5}, crossref = {Whole}}
@book{whole, editor = {Gr{\o}n, O. and others}, title = {Floods}, subtitle = {A history}, date = {1908-04},
  publisher = {River \& Sons}, location = {Paris}}
@misc{page, title = {A page}, howpublished = {\url{https://example.org/a_b}}, urldate = {2026-11-02}}
@thesis{undated, author = {Ann}, title = {Undated}, type = {phdthesis}}
@pocketbook{pocket, title = {Pocket}, year = {about 1910}, month = {smarch}}
"""


def test_bibtex_comes_in_with_accents_particles_institutions_strings_and_crossrefs() -> None:
    proposal = proposed(BIBTEX)
    items = added(proposal)
    assert proposal.problems == []
    meer = items["meer1907"]
    assert meer["author"] == [
        {"family": "Meer", "given": "Jan", "non-dropping-particle": "van der"},
        {"family": "Müller", "given": "José"},
        {"literal": "League of Rivers"},
        {"family": "Fontaine", "given": "Anne", "non-dropping-particle": "de la", "suffix": "Jr"},
    ]
    assert meer["title"] == "On the Český flood of α–type"
    assert (meer["container-title"], meer["volume"], meer["issue"], meer["page"]) == (
        "Annals of Potamology", "3", "2", "10–20",
    )  # fmt: skip
    assert meer["issued"] == {"date-parts": [[1907, 3]]}
    assert meer["DOI"] == "10.1000/aune_7"
    assert "abstract" not in meer
    assert said(proposal, "meer1907") == [
        r"“On the {\v C}esk\'y flood of $\alpha$--type” read as “On the Český flood of α–type”",
        "left out, as CSL has no place for it: oddfield",
        "its abstract is left out: it is somebody else’s text",
    ]
    chapter = items["chapter"]
    assert (chapter["type"], chapter["container-title"]) == ("chapter", "Floods: A history")
    assert chapter["publisher"] == "River & Sons"
    assert chapter["issued"] == {"date-parts": [[1908, 4]]}
    assert said(proposal, "chapter") == [
        "what it lacks is taken from “Whole”",
        "“and others” is left out: name them, or say it in a note",
    ]
    assert items["page"]["URL"] == "https://example.org/a_b"
    assert items["page"]["accessed"] == {"date-parts": [[2026, 11, 2]]}
    assert (items["page"]["type"], items["undated"]["type"]) == ("webpage", "thesis")
    assert "it has no date" in said(proposal, "undated")
    assert "@pocketbook is no type we know: taken for a document" in said(proposal, "pocket")
    assert items["pocket"]["issued"] == {"raw": "about 1910"}


def test_bibtex_that_is_broken_or_stands_twice_is_named_with_its_line() -> None:
    proposal = proposed(
        "@book{a, title={A}, year=1907}\n\n@book{a, title={B}}\n@book{c, title={C}, year = {19\n"
    )
    assert [(p.location.line, p.code) for p in proposal.problems] == [(3, "bad-source"), (4, "bad-source")]
    assert "a" in added(proposal)


# ---- RIS ----

RIS = """TY  - JOUR
AU  - van der Meer, Jan
AU  - Dupont, Anna, Jr
AU  - League of Rivers
TI  - A title that goes
on in a second line
T2  - Annals of Potamology
PY  - 1907
DA  - 1907/04/03/spring
VL  - 3
IS  - 2
SP  - 10
EP  - 20
SN  - 1234-5678
KW  - flood
KW  - weir
N1  - first note
N1  - second <b>note</b>
UR  - https://example.org/1
UR  - https://example.org/2
AB  - Somebody's text
XX  - odd
ER  -

TY  - BOOK
ID  - dupont 1908
A2  - Editor, Ed
T1  - Floods
T2  - A series
PY  - 1908///
SN  - 978-3-16-148410-0
TY  - NEWS
TI  - No end
DA  - 1907/04/
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_ris_comes_in_with_repeated_tags_and_any_line_end(ending: str) -> None:
    proposal = proposed(RIS.replace("\n", ending).encode("utf-8-sig"))
    items = added(proposal)
    assert proposal.problems == []
    assert list(items) == ["van-der-meer-1907", "dupont-1908", "no-end-1907"]
    first = items["van-der-meer-1907"]
    assert first["author"] == [
        {"family": "van der Meer", "given": "Jan"},
        {"family": "Dupont", "given": "Anna", "suffix": "Jr"},
        {"literal": "League of Rivers"},
    ]
    assert first["title"] == "A title that goes on in a second line"
    assert first["issued"] == {"date-parts": [[1907, 4, 3]]}
    assert (first["page"], first["ISSN"], first["keyword"]) == ("10–20", "1234-5678", "flood; weir")
    assert first["note"] == "first note; second note"
    assert said(proposal, "van-der-meer-1907") == [
        "it has 2 addresses: the first is kept",
        "left out, as CSL has no place for it: XX",
        "its abstract is left out: it is somebody else’s text",
        "its id is van-der-meer-1907",
    ]
    assert items["dupont-1908"]["collection-title"] == "A series"
    assert items["dupont-1908"]["ISBN"] == "978-3-16-148410-0"
    assert items["dupont-1908"]["issued"] == {"date-parts": [[1908]]}
    assert any("has no end (ER)" in remark for remark in said(proposal, "no-end-1907"))


# ---- CSL-JSON of Zotero ----

ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD1234",
        "type": "book",
        "title": "Floods",
        "citation-key": "gron1908",
        "author": [{"family": "Grøn", "given": "O.", "non-dropping-particle": "van"}],
        "note": "doi: 10.1000/aune\noriginal-date: 1899\nOCLC: 12345\nRead in the archive",
        "abstract": "Somebody's text",
        "issued": {"date-parts": [["1908", 4]]},
        "system_id": "zotero|1",
    },
    {"id": 77, "type": "webpage", "title": "A page", "URL": "https://example.org", "issued": ""},
    {"id": "spaced id", "type": "book", "author": [{"literal": "League of Rivers"}], "title": "Spaced"},
]


def test_csl_json_of_zotero_comes_in_with_what_its_field_extra_says() -> None:
    proposal = proposed(json.dumps(ZOTERO))
    items = added(proposal)
    assert list(items) == ["gron1908", "77", "league-of-rivers"]
    gron = items["gron1908"]
    assert (gron["original-date"], gron["custom"], gron["note"]) == (
        {"date-parts": [[1899]]}, {"oclc": "12345"}, "Read in the archive",
    )  # fmt: skip
    assert said(proposal, "gron1908") == [
        "its abstract is left out: it is somebody else’s text",
        "left out, as CSL has no place for it: system_id",
        "out of its note: DOI, original-date, oclc",
        "its id is gron1908, for “http://zotero.org/users/1/items/ABCD1234”",
    ]
    assert "it has no date" in said(proposal, "77")
    assert "it names nobody" in said(proposal, "77")


@pytest.mark.parametrize(
    ("family", "ident"),
    [("Grøn", "gron-1908"), ("O’Néill", "oneill-1908"), ("Łódź Press", "lodz-press-1908")],
)
def test_an_id_that_is_made_keeps_every_letter_of_a_name(family: str, ident: str) -> None:
    item = {"type": "book", "title": "Floods", "author": [{"family": family}], "issued": "1908"}
    assert list(added(proposed(json.dumps([item])))) == [ident]


def test_our_own_bibliography_comes_back_as_it_is() -> None:
    proposal = proposed(FILES[FILE], replace=True)
    assert (proposal.problems, proposal.changes, proposal.added) == ([], [], [])
    assert proposal.after == FILES[FILE]


def test_a_source_that_is_there_otherwise_stays_unless_it_is_to_be_replaced() -> None:
    there = json.loads(FILES[FILE])[0]
    other = json.dumps([{**there, "title": "Another title"}])
    kept, taken = proposed(other), proposed(other, replace=True)
    assert [(c.ident, c.column, c.after) for c in kept.changes] == [(there["id"], "title", "Another title")]
    assert kept.after == FILES[FILE]
    assert json.loads(taken.after) == [{**there, "title": "Another title"}, *json.loads(FILES[FILE])[1:]]
    assert taken.diff().count("\n+") == 2  # the name of the file, and the one line


def test_a_source_that_looks_like_one_under_another_id_is_left_out_and_named() -> None:
    item = {
        "id": "a",
        "type": "book",
        "title": "Floods",
        "author": [{"family": "Grøn"}],
        "issued": {"raw": "1908"},
    }
    twin = {**item, "id": "b", "title": "floods."}
    proposal = proposed(json.dumps([item, twin]))
    assert proposal.added == ["a"]
    assert "left out, as it looks like a, which is there; --twins takes both" in said(proposal, "b")
    assert proposed(json.dumps([item, twin]), twins=True).added == ["a", "b"]


def test_what_the_ledger_cannot_hold_is_a_problem_at_its_line() -> None:
    raw = '[\n {"id": "a", "type": "livre", "title": "A"},\n {"id": "b", "type": "book"}\n]'
    assert [str(p).split("\n")[0] for p in proposed(raw).problems] == [
        'library:2:type: bad-source: source "a": CSL has no type "livre"',
        'library:3: bad-source: source "b": "title" is missing',
    ]


@pytest.mark.parametrize("text", ["[]\n", "[]", "[\n]\n", ""])
def test_a_bibliography_that_is_empty_gets_its_first_source(text: str) -> None:
    outcome = import_sources({**FILES, FILE: text.encode()}, b"@book{a, title={A}, year=1907}", "x.bib")
    assert isinstance(outcome, Proposal) or text == ""
    if isinstance(outcome, Proposal):
        assert [item["id"] for item in json.loads(outcome.after)] == ["a"]


@pytest.mark.parametrize("raw", [b"", b"   ", b"PK\x03\x04", b"%PDF-1.7", b"just words", b"<html></html>"])
def test_what_is_no_bibliography_is_named(raw: bytes) -> None:
    outcome = import_sources(FILES, raw, "library")
    assert not isinstance(outcome, Proposal)
    assert [p.code for p in outcome] == ["unreadable-file"]


@pytest.mark.parametrize(
    "raw", ["{", '[{"id": 1}, 2]', '{"items": 3}', "@book{", "TY  - ", "@book{a,\n title = {\\", "[[]]"]
)
def test_nothing_odd_is_a_traceback(raw: str) -> None:
    import_sources(FILES, raw.encode(), "library")


def test_every_entry_knows_its_line() -> None:
    assert [item.line for item in read_items(BIBTEX.encode(), "x")[0]] == [4, 11, 12, 14, 15, 16]
    assert [item.line for item in read_items(RIS.encode(), "x")[0]] == [1, 25, 32]


def test_the_command_writes_only_when_asked(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    library = tmp_path / "library.bib"
    library.write_text("@book{gron1908, author={Grøn, O.}, title={Floods}, year=1908}\n", encoding="utf-8")
    before = (root / FILE).read_bytes()
    words = ["import", "sources", str(library), "--root", str(root)]
    shown = CliRunner().invoke(main, words, catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    assert '+    "id": "gron1908",' in shown.output
    assert (root / FILE).read_bytes() == before
    done = CliRunner().invoke(main, [*words, "--write"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    written = (root / FILE).read_bytes()
    assert written.startswith(before.rstrip()[:-1].rstrip())
    assert json.loads(written)[-1]["id"] == "gron1908"
