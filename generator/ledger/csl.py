"""The bibliography as programs export it (CSL-JSON) goes in; sources come out, or problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator, Field, create_model

from generator.ledger.sources import Name, Own, Source, read_date, source_of
from generator.problems import Location, Problem, did_you_mean
from generator.typed import Document, Locate, inside, read_as, read_json, refused
from generator.typed.shapes import STRICT

FILE = "data/sources.json"
#: Every type and variable of CSL 1.0.2, and of what Zotero adds to it, by what they hold.
_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent
performance periodical personal_communication post post-weblog regulation report review review-book
software song speech standard thesis treaty webpage
"""
_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editor-translator editorial-director executive-producer guest host illustrator interviewer narrator
organizer original-author performer producer recipient reviewed-author script-writer series-creator translator
"""
_DATES = "accessed available-date container event-date issued original-date submitted"
_TEXTS = """
abstract annote archive archive_collection archive_location archive-place authority call-number
chapter-number citation-key citation-label citation-number collection-number collection-title
collection-title-short container-title container-title-short dimensions division DOI edition event
event-place event-title first-reference-note-number genre ISBN ISSN issue journalAbbreviation
jurisdiction keyword language license locator medium note number number-of-pages number-of-volumes
original-publisher original-publisher-place original-title page page-first part part-number part-title
PMCID PMID printing printing-number publisher publisher-place references reviewed-genre reviewed-title
scale section shortTitle source status supplement supplement-number title-short translated-title
URL version volume volume-title volume-title-short year-suffix
"""
#: What Crossref calls types that CSL has under another name.
_OF_CROSSREF = {
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal-article": "article-journal",
    "journal": "periodical",
    "monograph": "book",
    "posted-content": "article",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry",
}
#: The parts of a name and of a date.
_NAME_PARTS = """
family given literal dropping-particle non-dropping-particle suffix comma-suffix static-ordering parse-names
"""
_DATE_PARTS = "date-parts season circa literal raw edtf"
TYPES, NAMES, DATES, TEXTS, NAME_PARTS, DATE_PARTS = (
    tuple(words.split()) for words in (_TYPES, _NAMES, _DATES, _TEXTS, _NAME_PARTS, _DATE_PARTS)
)
#: What is ours, in `custom`; with a language behind it where a language says it its own way.
OWN = ("kind", "camp", "label", "archive", "oclc", "encyclopaedia")
_OWN_BY_LANGUAGE = re.compile(r"(label|title|author)_([a-z]{2,3})")


@dataclass(slots=True)
class Bibliography:
    """The sources by id, what is wrong with others, and the ids of those; "*" where no id can be read."""

    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[str] = field(default_factory=set)


def read_sources(raw: bytes | None, languages: Sequence[str]) -> Bibliography:
    """Read the bibliography; `None` is a file that is not there.

    A text that stands in `custom` for one language stands there for each of *languages*.
    """
    bibliography = Bibliography()
    if raw is None:
        document: Document | list[Problem]
        document = [Problem(Location(FILE), "missing-file", "there is no bibliography", "write []")]
    else:
        document = read_json(FILE, raw, "bad-source")
    if isinstance(document, Document) and not isinstance(document.value, list):
        message = "the bibliography is a list of sources"
        document = [Problem(document.location(), "bad-source", message, "write [ … ] round them")]
    if isinstance(document, list):
        bibliography.problems, bibliography.spoilt = document, {"*"}
        return bibliography
    for number, item in enumerate(document.value):
        _add(bibliography, item, inside(document.location, (number,)), number, languages)
    return bibliography


def _add(
    bibliography: Bibliography, item: Any, locate: Locate, number: int, languages: Sequence[str]
) -> None:
    """Read one source and keep it, or what is wrong with it."""
    ident = item.get("id") if isinstance(item, dict) else None
    known = isinstance(ident, str | int) and not isinstance(ident, bool)
    what = f'source "{ident}"' if known and ident != "" else f"source {number + 1}"
    read = _read_source(item, locate, what, languages)
    if isinstance(read, list):
        bibliography.problems += read
        bibliography.spoilt.add(str(ident) if known else "*")
    elif read.id in bibliography.sources:
        message = f'"{read.id}" stands at {bibliography.sources[read.id].location} already'
        bibliography.problems.append(
            Problem(read.location, "duplicate-id", message, "give one of the two another id")
        )
    else:
        bibliography.sources[read.id] = read


def _read_source(item: Any, locate: Locate, what: str, languages: Sequence[str]) -> Source | list[Problem]:
    """Read one item: what CSL knows by its shape, and `custom` by ours. Empty values say nothing."""
    full = _without_nothing(item) if isinstance(item, dict) else item
    custom = full.pop("custom", {}) if isinstance(full, dict) else {}
    read = read_as(_shape(), full, locate, code="bad-source", what=what)
    additions = _own(custom, inside(locate, ("custom",)), what, languages)
    problems = [
        *(read if isinstance(read, list) else ()),
        *(additions if isinstance(additions, list) else ()),
    ]
    if problems or isinstance(read, list) or isinstance(additions, list):
        return sorted(problems)
    place = locate(("id",))
    csl = read.model_dump(by_alias=True, exclude_unset=True)
    return source_of(csl, additions, Location(place.file, place.line))


def _without_nothing(item: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is null, or an empty text: some programs write every variable."""
    return {key: value for key, value in item.items() if value not in (None, "")}


# ---- Shapes -----------------------------------------------------------------------------------


def _text(value: Any) -> Any:
    """Take a number for the text it is written as: Zotero writes one, Better BibTeX the other."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _ident(value: str) -> str:
    if re.search(r"\s", value):
        raise refused(f'the id "{value}" has a space in it', "links lead to it: leave the space out")
    return value


def _kind(value: str) -> str:
    if value not in TYPES:
        hint = did_you_mean(value, TYPES, 'write "book", "article-journal", "webpage", …')
        if value in _OF_CROSSREF:
            hint = f'write "{_OF_CROSSREF[value]}", as CSL calls what Crossref calls so'
        raise refused(f'CSL has no type "{value}"', hint)
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise refused(f'"{value}" is not an address', "write it whole: https://…")
    return value


def _names(value: Any) -> list[dict[str, str]]:
    """Read names: a list of parts, or, as some write them, of texts; or one text."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise refused("names are a list", 'write [{"family": "…", "given": "…"}]')
    return [_name(one) for one in value if one not in (None, "", {})]


def _name(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"literal": value}
    if not isinstance(value, dict):
        raise refused("a name is a table of its parts", 'write {"family": "…", "given": "…"}')
    parts = _without_nothing(value)
    for part, text in parts.items():
        if part not in NAME_PARTS and not part.startswith("custom"):
            raise refused(f'a name has no part "{part}"', did_you_mean(part, NAME_PARTS))
        if not isinstance(text, str | int | float):
            raise refused(f'the part "{part}" of a name is not a text')
    if not {"family", "given", "literal"} & set(parts):
        raise refused("a name has neither family nor literal", 'write {"literal": "…"} for an institution')
    return {part: str(text) for part, text in parts.items() if part in NAME_PARTS}


def _date(value: Any) -> dict[str, Any]:
    """Read a date as CSL and programs write it; one that says nothing is left empty."""
    form = 'write {"date-parts": [[1907, 4, 5]]}, or {"raw": "…"} for what is no date of the calendar'
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, dict):
        raise refused("this is not a date of CSL", form)
    if wrong := sorted(set(value) - set(DATE_PARTS)):
        raise refused(f'a date has no "{wrong[0]}"', did_you_mean(wrong[0], DATE_PARTS, form))
    parts = value.get("date-parts") or []
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise refused("date-parts is a list of dates, each a list", form)
    if len(parts) > 2 or not all(_counts(number) for part in parts for number in part):
        raise refused("date-parts holds one date or two, each up to three whole numbers", form)
    for key in set(value) - {"date-parts"}:
        if not isinstance(value[key], str | int | None):
            raise refused(f'"{key}" of a date is a text', form)
    read = read_date({**value, "raw": None, "literal": None, "edtf": None})
    if isinstance(read, str):
        raise refused(f"the calendar has no {read}", form)
    return _without_nothing(value)


def _counts(number: Any) -> bool:
    """Whether a part of a date is a number, in digits or as text, or nothing."""
    if isinstance(number, str):
        return not number.strip() or number.strip().isdecimal()
    return number is None or (isinstance(number, int) and not isinstance(number, bool) and number >= 0)


Text = Annotated[str, BeforeValidator(_text), Field(description="a text")]
Names = Annotated[Any, BeforeValidator(_names)]
Date = Annotated[Any, BeforeValidator(_date)]


@cache
def _shape() -> type[Any]:
    """Return the shape of an item of CSL-JSON: every variable it knows, and no other."""
    optional: dict[str, Any] = {
        **dict.fromkeys(TEXTS, Text),
        **dict.fromkeys(NAMES, Names),
        **dict.fromkeys(DATES, Date),
        "URL": Annotated[Text, AfterValidator(_address)],
    }
    fields: dict[str, Any] = {
        name.replace("-", "_"): (kind, Field(default=None, alias=name)) for name, kind in optional.items()
    }
    ident = Annotated[Text, AfterValidator(_ident), Field(description="a text without spaces")]
    fields |= {"id": ident, "type": Annotated[Text, AfterValidator(_kind)], "title": Text}
    return cast("type[Any]", create_model("CslItem", __config__=STRICT, **fields))


def _own(custom: Any, locate: Locate, what: str, languages: Sequence[str]) -> Own | list[Problem]:
    """Read what is ours of a source; what one language has its own word for, every language has."""
    if not isinstance(custom, dict):
        message = f'{what}: "custom" is a table of keys'
        return [Problem(locate(()), "bad-source", message, f"its keys are {', '.join(OWN)}")]
    problems = list(_own_problems(custom, locate, what, languages))
    if problems:
        return problems
    by_language: dict[str, dict[str, Any]] = {"label": {}, "title": {}, "author": {}}
    for key, value in custom.items():
        if match := _OWN_BY_LANGUAGE.fullmatch(key):
            by_language[match[1]][match[2]] = value
    texts = {key: str(custom.get(key) or "") for key in ("kind", "archive", "oclc", "label", "encyclopaedia")}
    authors: dict[str, tuple[Name, ...]]
    authors = {code: tuple(_names(value)) for code, value in by_language["author"].items()}
    return Own(**texts, labels=by_language["label"], titles=by_language["title"], authors=authors)


def _own_problems(
    custom: Mapping[str, Any], locate: Locate, what: str, languages: Sequence[str]
) -> Iterator[Problem]:
    for key, value in custom.items():
        match = _OWN_BY_LANGUAGE.fullmatch(key)
        if not match and key not in OWN:
            known = [*OWN, *(f"{stem}_{code}" for stem in ("label", "title", "author") for code in languages)]
            hint = did_you_mean(key, known, f"the keys are: {', '.join(known)}")
            yield Problem(locate((key,)), "bad-source", f'{what}: there is no key "{key}" in custom', hint)
        elif not isinstance(value, str | int | None) or isinstance(value, bool):
            yield Problem(locate((key,)), "bad-source", f'{what}: "{key}" is a text', "put it in quotes")
        elif match and value:
            lacking = [code for code in languages if not custom.get(f"{match[1]}_{code}")]
            message = f"{what}: no {match[1]}_{' and no '.join(lacking)}"
            if lacking:
                yield Problem(locate((key,)), "one-language", message, "say it in every language, or in none")
