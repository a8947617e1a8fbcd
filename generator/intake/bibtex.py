"""BibTeX goes in, as LaTeX's users and Zotero write it; items of CSL-JSON come out, or what is wrong."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.items import Item, date_of
from generator.problems import Location, Problem

#: Types of BibTeX and BibLaTeX, by what CSL calls them.
_TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book",
    "booklet": "pamphlet",
    "collection": "book", "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage",
    "image": "graphic", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia", "legislation": "legislation", "letter": "personal_communication",
    "manual": "book", "map": "map", "mastersthesis": "thesis", "misc": "document", "movie": "motion_picture",
    "mvbook": "book", "mvcollection": "book", "mvreference": "book", "newspaper": "article-newspaper",
    "online": "webpage", "patent": "patent", "periodical": "periodical", "phdthesis": "thesis",
    "proceedings": "book", "reference": "book", "report": "report", "software": "software",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture",
    "www": "webpage",
}  # fmt: skip
#: Fields that go as they are, by variable of CSL; the first that is filled counts.
_TEXTS = {
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "container-title-short": ("shortjournal", "journalabbrev"),
    "collection-title": ("series",),
    "publisher": ("publisher", "institution", "school", "organization",
                  "howpublished"),
    "publisher-place": ("location", "address"), "volume": ("volume",), "edition": ("edition",),
    "chapter-number": ("chapter",), "number-of-pages": ("pagetotal",), "number-of-volumes": ("volumes",),
    "ISBN": ("isbn",), "ISSN": ("issn",), "language": ("language", "langid"), "genre": ("type",),
    "version": ("version",),
    "title-short": ("shorttitle",), "call-number": ("library",),
    "keyword": ("keywords",),
    "event-title": ("eventtitle",), "event-place": ("venue",), "original-title": ("origtitle",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "section": ("section",),
}  # fmt: skip
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "director": "director", "holder": "author",
}  # fmt: skip
_DATES = {"issued": "date", "original-date": "origdate", "accessed": "urldate", "event-date": "eventdate"}
_NUMBERED = dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "issue")
_NUMBERED |= {"book": "collection-number"}
_NOTES = ("note", "addendum", "annote", "annotation", "usera")
#: What says nothing of a source to its readers, or is somebody else's text.
_PASSED_OVER = {
    "abstract", "file", "owner", "timestamp", "date-added", "date-modified", "bdsk-url-1", "groups",
    "sortname",
    "label", "options", "crossref", "xdata", "ids", "xref", "related", "hyphenation",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_bibtex(text: str, file: str) -> tuple[list[Item], list[Problem]]:
    """Read every entry; what a `crossref` names lends it what it lacks, `@string` is put in its place."""
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is said by us
    library = parse_string(text)
    problems = [
        Problem(
            Location(file, (block.start_line or 0) + 1), "bad-source",
            f"not BibTeX: {' '.join(str(block.error).split())[:200]}",
            "look for a brace or a quotation mark that is not closed, or for a key that stands twice",
        )
        for block in library.failed_blocks
    ]  # fmt: skip
    entries = {
        entry.key: {field.key.lower(): str(field.value) for field in entry.fields}
        for entry in library.entries
    }
    by_plain = {key.lower(): fields for key, fields in entries.items()}
    items: list[Item] = []
    for entry in library.entries:
        item = Item({"id": entry.key}, (entry.start_line or 0) + 1)
        fields = _inherited(entries[entry.key], by_plain, item)
        _fill(item, entry.entry_type.lower(), fields)
        items.append(item)
    return items, problems


def _inherited(
    fields: Mapping[str, str], entries: Mapping[str, Mapping[str, str]], item: Item
) -> dict[str, str]:
    """Add what an entry takes from the book or the volume that it names."""
    name = fields.get("crossref", "").strip()
    if not name:
        return dict(fields)
    parent = entries.get(name.lower())
    if parent is None:
        item.remarks.append(f"it takes from “{name}”, which is not in the file")
        return dict(fields)
    lent = {
        key: value for key, value in parent.items() if key not in {"title", "subtitle", "author", "crossref"}
    }
    titles = {"booktitle": parent.get("title", ""), "booksubtitle": parent.get("subtitle", "")}
    titles |= {"bookauthor": parent.get("author", "")}
    item.remarks.append(f"what it lacks is taken from “{name}”")
    return {**{key: value for key, value in titles.items() if value}, **lent, **fields}


def _fill(item: Item, kind: str, fields: Mapping[str, str]) -> None:
    """Put the fields of one entry where CSL has them."""
    used = {
        "title",
        "subtitle",
        "titleaddon",
        "booksubtitle",
        "year",
        "month",
        "day",
        "pages",
        "number",
        "issue",
    }
    used |= {"doi", "url", "entrysubtype", "eprint", "eprinttype", *_PASSED_OVER, *_NOTES, *_DATES.values()}
    item.csl["type"] = _type(item, kind, fields)
    title = ": ".join(_plain(fields[key], item) for key in ("title", "subtitle") if fields.get(key))
    item.put("title", title)
    for field, role in _NAMES.items():
        item.put(role, list(_names(fields.get(field, ""), item)))
        used.add(field)
    for variable, names in _TEXTS.items():
        item.put(variable, next((_plain(fields[name], item) for name in names if fields.get(name)), ""))
        used.update(names)
    if fields.get("booksubtitle") and "container-title" in item.csl:
        item.csl["container-title"] += f": {_plain(fields['booksubtitle'], item)}"
    number = _plain(fields.get("issue") or fields.get("number", ""), item)
    item.put(_NUMBERED.get(item.csl["type"], "number"), number)
    item.put("page", re.sub(r"\s*(?:-{1,3}|–|—)\s*", "–", _plain(fields.get("pages", ""), item)))
    item.put("DOI", re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", _bare(fields.get("doi", ""))))
    item.put("URL", _address(fields, item))
    if kind in {"phdthesis", "mastersthesis"}:
        item.put("genre", {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}[kind])
    for variable, field in _DATES.items():
        item.put(variable, date_of(_bare(fields[field])) if fields.get(field) else None)
    item.put("issued", _year(fields, item))
    for field in _NOTES:
        item.note(_plain(fields.get(field, ""), item))
    left = sorted(set(fields) - used)
    if left:
        item.remarks.append(f"left out, as CSL has no place for it: {', '.join(left)}")
    if fields.get("abstract"):
        item.remarks.append("its abstract is left out: it is somebody else’s text")


def _type(item: Item, kind: str, fields: Mapping[str, str]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if kind == "article" and subtype in {"newspaper", "magazine"}:
        return f"article-{subtype}"
    if kind == "misc" and (fields.get("url") or "\\url" in fields.get("howpublished", "")):
        return "webpage"
    if kind not in _TYPES:
        item.remarks.append(f"@{kind} is no type we know: taken for a document")
    return _TYPES.get(kind, "document")


def _year(fields: Mapping[str, str], item: Item) -> dict[str, Any] | None:
    """Read year, month and day, the month as a number or as a word of three letters in any spelling."""
    year = _plain(fields.get("year", ""), item)
    if not re.fullmatch(r"\d{4}", year):
        return date_of(year) if year else None
    month = _bare(fields.get("month", "")).strip(' ".#').lower()
    number = (
        int(month) if month.isdecimal() else next((i for i, m in enumerate(_MONTHS, 1) if month[:3] == m), 0)
    )
    if month and not 1 <= number <= 12:
        item.remarks.append(f"its month “{month}” is not one we know: left out")
        number = 0
    day = _bare(fields.get("day", ""))
    parts = [int(year), *([number] if number else []), *([int(day)] if number and day.isdecimal() else [])]
    return {"date-parts": [parts]}


def _names(text: str, item: Item) -> Iterator[dict[str, str]]:
    """Yield the names of a field: people by their parts, with their particles, institutions whole."""
    from bibtexparser.middlewares.names import (
        InvalidNameError,
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    for name in split_multiple_persons_names(text) if text else ():
        if name.strip().lower() == "others":
            item.remarks.append("“and others” is left out: name them, or say it in a note")
            continue
        whole = re.fullmatch(r"\{(.*)\}", name.strip(), re.DOTALL)
        if whole and _balanced(whole[1]):
            yield {"literal": _plain(whole[1], item)}
            continue
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except InvalidNameError:
            item.remarks.append(f"the name “{name}” is kept whole")
            yield {"literal": _plain(name, item)}
            continue
        words = {
            "family": parts.last,
            "given": parts.first,
            "non-dropping-particle": parts.von,
            "suffix": parts.jr,
        }
        made = {part: _plain(" ".join(value), item) for part, value in words.items() if value}
        yield made if "family" in made else {"literal": " ".join(made.values())}


def _balanced(text: str) -> bool:
    """Whether braces round a text would be one pair: not so for `{A} and {B}`."""
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _bare(text: str) -> str:
    """Return an address or a number without the braces and backslashes that LaTeX asks for."""
    return re.sub(r"\\([_%&#~$])", r"\1", text.replace("{", "").replace("}", "")).strip()


def _address(fields: Mapping[str, str], item: Item) -> str:
    found = re.search(r"\\url\{(.+?)\}", fields.get("howpublished", ""))
    address = _bare(fields.get("url", "") or (found[1] if found else ""))
    if found:
        item.csl.pop("publisher", None)
    if address and not re.match(r"https?://", address):
        item.remarks.append(f"“{address}” is no address: left out")
        return ""
    return address


def _plain(text: str, item: Item) -> str:
    """Return a text without LaTeX: accents as letters, mathematics as it reads; what stays unread is said."""
    from pylatexenc.latex2text import LatexNodes2Text

    if not re.search(r"[\\{}$~]|--|``|''", text):
        return " ".join(text.split())
    try:
        plain = LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(text)
    except Exception:  # noqa: BLE001 - of LaTeX that is none, the parser raises what it likes
        plain = text
    plain = " ".join(plain.split())
    if "$" in text or "\\" in plain or "{" in plain:
        item.remarks.append(f"“{' '.join(text.split())}” read as “{plain}”")
    return plain
