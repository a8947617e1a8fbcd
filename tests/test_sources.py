"""The bibliography is read as programs export it; what is wrong in it is said at its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.ledger.csl import read_sources
from generator.ledger.edtf import HistoricDate
from tests.conftest import sources_of

#: As Zotero, Better BibTeX and Crossref write them: all of these are read.
EXPORTS: list[dict[str, Any]] = [
    {"id": "http://zotero.org/users/1/items/ABC", "type": "book", "title": "T"},
    {"id": 5, "type": "book", "title": "T"},
    {"volume": 5, "issue": "2–3", "page": "1-9", "edition": 2, "number-of-pages": "300"},
    {"author": [{"family": "Gaulle", "given": "C.", "non-dropping-particle": "de", "suffix": "Jr."}]},
    {"author": [{"family": "Beethoven", "dropping-particle": "van", "comma-suffix": True}]},
    {"author": [{"literal": "La Commune"}], "editor": [{"given": "Plato"}, {"family": "Géomètre"}]},
    {"author": None, "issued": None, "custom": None, "publisher": "", "note": None},
    {"author": "Anna Amont", "editor": ["Ben Blanc", "La Commune"]},
    {"author": []},
    {"issued": {"date-parts": [[None]]}},
    {"issued": {"date-parts": [[]]}},
    {"issued": {"date-parts": []}},
    {"issued": "1908"},
    {"issued": 1908},
    {"issued": {"raw": "Pâques 1907"}},
    {"issued": {"literal": "vers 1907"}},
    {"issued": {"date-parts": [["1907", "4"]], "circa": True}},
    {"issued": {"date-parts": [[1907]], "season": "3"}},
    {"issued": {"date-parts": [[1907, 4, 1], [1907, 4, 9]]}},
    {"title": "<i>Anatomy</i> of a flood", "shortTitle": "Anatomy", "citation-key": "a2020"},
]


@pytest.mark.parametrize("item", EXPORTS)
def test_what_programs_export_is_read(item: dict[str, Any]) -> None:
    [source] = sources_of(item).values()
    assert source.title
    assert None not in source.csl.values()


@pytest.mark.parametrize("item", EXPORTS)
def test_a_source_goes_back_to_clean_csl_and_is_read_from_it_the_same(item: dict[str, Any]) -> None:
    [source] = sources_of(item).values()
    [again] = sources_of(source.as_csl()).values()
    assert again == source


def test_numbers_become_texts_and_names_lists() -> None:
    [source] = sources_of({"id": 5, "volume": 5, "author": "Anna Amont"}).values()
    assert (source.id, source.text("volume")) == ("5", "5")
    assert source.people["author"] == ({"literal": "Anna Amont"},)
    assert source.text("author") == ""


def test_ids_may_differ_by_case_only() -> None:
    assert list(sources_of({"id": "Weir"}, {"id": "weir"})) == ["Weir", "weir"]


def test_a_date_that_is_none_of_the_calendar_keeps_its_words() -> None:
    [source] = sources_of({"issued": {"raw": "Pâques 1907"}, "accessed": "2026-01-02"}).values()
    assert (source.issued, source.year) == ("Pâques 1907", None)
    assert isinstance(source.read_on, HistoricDate)


LANGUAGE_TAGS = [
    ("fr", "fr"), ("en-GB", "en-GB"), ("zh_Hans", "zh-Hans"), ("ZH-hant-tw", "zh-Hant-TW"),
    ("es-419", "es-419"), ("RU", "ru"), ("français", ""), ("en; fr", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "tag"), LANGUAGE_TAGS)
def test_a_source_has_the_whole_tag_of_its_language_and_none_for_words(written: str, tag: str) -> None:
    [source] = sources_of({"language": written}).values()
    assert source.language == tag


#: One thing wrong in a source, and the place and the words of its problem.
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, '2:[1]: ~: "title" is missing | add title: a text'),
    ({"type": "bok"}, '4:[1].type: ~: CSL has no type "bok" | did you mean "book"?'),
    ({"type": "journal-article"}, '4:[1].type: ~: CSL has no type "journal-article" | write "article-j'),
    ({"id": "a b"}, '3:[1].id: bad-source: source "a b": the id "a b" has a space in it | links lead'),
    ({"id": ["a"]}, "3:[1].id: bad-source: source 1: expected a text without spaces, found a list of 1"),
    ({"id": True}, "3:[1].id: bad-source: source 1: expected a text without spaces, found true"),
    ({"autor": []}, '6:[1].autor: ~: there is no key "autor" | did you mean "author"?'),
    ({"publisher": ["a"]}, "6:[1].publisher: ~: expected a text, found a list of 1"),
    ({"author": 5}, "6:[1].author: ~: names are a list | write"),
    ({"author": [{"fam": "A"}]}, '6:[1].author: ~: a name has no part "fam" | did'),
    ({"author": [{"suffix": "Jr"}]}, "6:[1].author: ~: a name has neither family"),
    ({"author": [{"family": ["A"]}]}, '6:[1].author: ~: the part "family" of a name is not'),
    ({"author": [5]}, "6:[1].author: ~: a name is a table of its parts | write"),
    ({"issued": []}, "6:[1].issued: ~: this is not a date of CSL | write"),
    ({"issued": {"dateparts": []}}, '6:[1].issued: ~: a date has no "dateparts" | did you'),
    ({"issued": {"date-parts": 5}}, "6:[1].issued: ~: date-parts is a list of dates"),
    ({"issued": {"date-parts": [["2020", 1, "x"]]}}, "6:[1].issued: ~: date-parts holds"),
    ({"issued": {"date-parts": [[1907, 2, 31]]}}, "6:[1].issued: ~: the calendar has no"),
    ({"issued": {"raw": []}}, '6:[1].issued: ~: "raw" of a date is a text | write'),
    ({"URL": "x.example/a"}, '6:[1].URL: ~: "x.example/a" is not an address | write it'),
    ({"URL": "javascript:alert(1)"}, '6:[1].URL: ~: "javascript:alert(1)" is not an'),
    ({"custom": []}, '6:[1].custom: ~: "custom" is a table of keys | its keys are'),
    ({"custom": {"knd": "a"}}, '7:[1].custom.knd: ~: there is no key "knd" in custom'),
    ({"custom": {"kind": ["a"]}}, '7:[1].custom.kind: ~: "kind" is a text | put it'),
    ({"custom": {"title_fr": "T"}}, '7:[1].custom.title_fr: one-language: source "x": no title_en | say it'),
]  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), MISTAKES)
def test_a_mistake_in_a_source_is_said_at_its_line(item: dict[str, Any], expected: str) -> None:
    whole = {"id": "x", "type": "book", "title": "T", **item}
    found = read_sources(json.dumps([whole], indent=1).encode(), ("fr", "en"))
    [problem] = found.problems
    expected = expected.replace("~", 'bad-source: source "x"')
    assert str(problem).replace("\n    hint:", " |").startswith(f"data/sources.json:{expected}")
    assert found.spoilt


def test_a_bibliography_that_is_no_list_is_one_problem() -> None:
    for raw in (b"{}", b"5", b"null", b'"x"'):
        assert [str(p).split("\n")[0] for p in read_sources(raw, ()).problems] == [
            "data/sources.json:1: bad-source: the bibliography is a list of sources"
        ]


def test_an_id_that_stands_twice_is_said_with_the_line_of_the_first() -> None:
    raw = b'[{"id": "a", "type": "book", "title": "T"},\n {"id": "a", "type": "book", "title": "U"}]'
    [problem] = read_sources(raw, ()).problems
    assert str(problem).startswith(
        'data/sources.json:2: duplicate-id: "a" stands at data/sources.json:1 already'
    )
