"""CSL-JSON sources go in; the bibliography of one language comes out, as HTML by source."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.language import Language
from generator.language.dates import N_
from generator.ledger.edtf import HistoricDate
from generator.ledger.sources import Name, Source, read_date

#: How an entry reads: a small style of CSL's, the same in every language.
STYLE = Path(__file__).with_suffix(".csl")
#: What the style prints of a source as it stands. Dates, publisher and pages are put in words before.
_PRINTED = (
    "archive", "archive_location", "collection-number", "collection-title", "container-title", "edition",
    "event-place", "genre", "issue", "number", "page", "title", "type", "volume",
)  # fmt: skip
#: Who is named beside the author, and who is not named in an author's place.
_BESIDE = ("editor", "illustrator", "translator")
_NEVER_FIRST = ("illustrator", "interviewer", "recipient", "reviewed-author", "translator")
#: What stands behind the title and the kind of a source, in this order, as it states it.
_FURTHER = ("event-title", "event", "authority", "jurisdiction", "section", "scale", "medium", "version")
_NAME = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
#: Types whose date is the day they were read, when they state none of their own.
_UNDATED = {"dataset", "post", "post-weblog", "software", "webpage"}
#: Markup that CSL allows within a text.
_MARKUP = re.compile(r"&lt;(/?(?:i|b|sup|sub))&gt;")
#: What stands between the ends of a range, as programs write it.
_RANGE = re.compile(r"(?<=\d)\s*[-–—‑]+\s*(?=\d)")
#: A stop or a comma behind a closing sign of the title, which has said it already.
_DOUBLED = re.compile(r"([.?!…？！。]((?:</\w+>|[ \u202f\u00a0]?»|[”’])*))\.(?!\w)")
_SPACES = " \u00a0\u202f"
#: A quotation within a quoted title, by the outer marks of a language.
_QUOTED = {
    "“": re.compile("(“[^“”]*)“([^“”]*)”([^“”]*”)"),
    "«": re.compile("(«[^«»]*)«([^«»]*)»([^«»]*»)"),
}
_RAISED = {"ᵉ": "<sup>e</sup>", "ᵒ": "<sup>o</sup>", "º": "<sup>o</sup>", "ʳ": "<sup>r</sup>"}


def bibliography(sources: Mapping[str, Source], language: Language) -> dict[str, str]:
    """Format every source by CSL in the language; the key is the source's id.

    The processor takes what stands in a source for HTML, so it is escaped before; it folds the case of
    ids, so it is given numbers.
    """
    # Loaded where entries are made: a check makes none, and would wait for it.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = [{"id": str(number), **_item(source, language)} for number, source in enumerate(sources.values())]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle(str(STYLE), locale=csl_locale(language) or "en-US", validate=False)
        book = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
        for item in items:
            book.register(Citation([CitationItem(item["id"])]))
        entries = dict(zip(book.keys, (str(entry) for entry in book.bibliography()), strict=True))
    return {
        ident: language.typeset(_inner(_clean(entries[str(number)]), language))
        for number, ident in enumerate(sources)
    }


def csl_locale(language: Language) -> str:
    """Return the CSL locale of a language: its region's, else the one the language is named after, or ""."""
    package = find_spec("citeproc")
    folder = Path(package.origin).parent if package and package.origin else STYLE.parent
    known = {path.stem.removeprefix("locales-") for path in folder.glob("data/locales/locales-*.xml")}
    tag = language.locale.language
    wanted = (str(language.locale).replace("_", "-"), f"{tag}-{tag.upper()}", tag)
    others = sorted(name for name in known if name.startswith(f"{tag}-"))
    return next((name for name in (*wanted, *others) if name in known), "")


def _item(source: Source, language: Language) -> dict[str, Any]:
    """Return what the style prints of a source, in the words of the language."""
    additions = source.own
    item = {key: text for key in _PRINTED if (text := source.text(key))}
    item["title"] = additions.titles.get(language.code) or source.title
    place, publisher = (source.text(key) for key in ("publisher-place", "publisher"))
    if place and publisher:
        publisher = language.say("{place}: {publisher}", place=place, publisher=publisher)
    item["publisher"] = publisher or place
    item |= _numbers(item, language)
    further = (source.text(key) for key in ("genre", *_FURTHER))
    item["genre"] = ", ".join(filter(None, further))
    item["dimensions"] = _size(source, language)
    names = _names(source, language)
    texts = {key: _escaped(value) for key, value in item.items() if value}
    date = _issued(source, language)
    return {**texts, **names, **({"issued": {"literal": _escaped(date)}} if date else {})}


def _numbers(item: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Name the numbers of a source, where they are numbers: "vol. 50", "no. 1–2"."""
    texts = {key: _RANGE.sub("–", str(item.get(key) or "")) for key in ("volume", "issue", "number", "page")}
    for key, label in (
        ("volume", N_("vol. {number}")),
        ("issue", N_("no. {number}")),
        ("number", N_("no. {number}")),
    ):
        text = texts[key]
        if text[:1].isdecimal() and " " not in text and not (key == "number" and item.get("genre")):
            texts[key] = language.say(label, number=text)
    return texts


def _size(source: Source, language: Language) -> str:
    """Say how large a source is, and when it came out first: "3 vols, 312 pp., first published in 1901"."""
    sizes = []
    for key, form in (("number-of-volumes", N_("{n} vols")), ("number-of-pages", N_("{n} pp."))):
        text = source.text(key)
        sizes.append(language.say(form, n=text) if text.isdecimal() else text)
    first = read_date(source.csl.get("original-date"))
    if first:
        date = language.date(first) if isinstance(first, HistoricDate) else first
        sizes.append(language.say("first published {date}", date=date))
    return ", ".join(filter(None, sizes))


def _names(source: Source, language: Language) -> dict[str, list[dict[str, str]]]:
    """Return who made a source, by the roles the style prints.

    Without author and editor whoever is named first stands in the author's place: a director, a composer.
    """
    names = {role: _people(source.people[role]) for role in _BESIDE if role in source.people}
    made_by = [people for role, people in source.people.items() if role not in _NEVER_FIRST]
    if language.code in source.own.authors:
        names["author"] = _people(source.own.authors[language.code])
    elif author := source.people.get("author"):
        names["author"] = _people(author)
    elif made_by and "editor" not in names:
        names["author"] = _people(made_by[0])
    return names


def _issued(source: Source, language: Language) -> str:
    """Write when a source was published; "n.d." where that is unknown and nothing else dates it."""
    if isinstance(source.issued, HistoricDate):
        return language.date(source.issued)
    if source.issued:
        return source.issued
    return "" if source.accessed or source.type in _UNDATED else language.say("n.d.")


def _people(people: Iterable[Name]) -> list[dict[str, str]]:
    """Return names as the processor takes them."""
    names = ({part: _escaped(name[part]) for part in _NAME if name.get(part)} for name in people)
    return [name for name in names if name]


def _escaped(value: object) -> str:
    """Escape a text for HTML, but for the few elements that CSL allows in a title."""
    return _MARKUP.sub(r"<\1>", html.escape(str(value), quote=False))


def _inner(entry: str, language: Language) -> str:
    """Give a quotation within a quoted title the inner marks of the language."""
    form, inner = _QUOTED[language.rules.quotes[0][0]], language.rules.inner_quotes
    return form.sub(lambda match: f"{match[1]}{inner[0]}{match[2].strip(_SPACES)}{inner[1]}{match[3]}", entry)


def _clean(entry: str) -> str:
    """Mend what the processor leaves: doubled stops and spaces, raised letters without their element."""
    text = re.sub(r"\s+", " ", entry).strip()
    for letter, element in _RAISED.items():
        text = text.replace(letter, element)
    text = text.replace("\u2011", "–")  # the processor's hyphen in a range of pages
    return _DOUBLED.sub(r"\1", text)
