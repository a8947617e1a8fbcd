r"""A text of a cell or a caption goes in; the HTML of its inline Markdown, or its words alone, come out.

The marks are `*emphasis*`, `**strong**`, `[text](https://…)` and `[text](id)` for the entry with that id.
`\*` is an asterisk; all else stands for itself, HTML too. A text without marks is what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import (
    ESCAPE_RE,
    EscapeInlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry
from markupsafe import Markup, escape

from generator.ledger.model import Claim, Entity, Event, Ledger
from generator.problems import Location, Problem, did_you_mean
from generator.prose.links import Links
from generator.settings import Documentary

#: What says where an entry stands, by its id.
Address = Callable[[str], str]

_MARK = re.compile(r"[*\[\\]")
#: What may be escaped: whatever can be a mark.
_ESCAPED = ["\\", "*", "[", "]", "(", ")"]
#: The signs between which Python-Markdown keeps what it has read; no cell holds them.
_KEPT = re.compile("[\u0002\u0003]")
_WEB = re.compile(r"https://[^\s<>\"'`\\*\[\]\u0002\u0003]+")
_ID = re.compile(r"[a-z][a-z0-9-]*")
#: The columns in which no marks are read: names.
_NAMES = {"name", "term"}
#: The longest text that is read for marks, in characters: brackets take the square of their number.
_LONGEST: Final = 2000


class _Link(LinkInlineProcessor):
    """A link to the web or to an entry; one that leads elsewhere, or has a title, is no link."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, markdown: Markdown, entries: Container[str]) -> None:
        super().__init__(r"(?<!!)\[", markdown)
        self.entries = entries

    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown calls it so
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return the link, or nothing where none is."""
        link, start, end = super().handleMatch(m, data)
        if not isinstance(link, Element) or link.get("title") is not None or not (link.text or "").strip():
            return None, None, None
        target = link.get("href", "")
        leads = _WEB.fullmatch(target) or (_ID.fullmatch(target) and target in self.entries)
        return (link, start, end) if leads else (None, None, None)


class _Everything(Container[str]):
    """Holds every id: what a text names is asked before it is known whether it is there."""

    def __contains__(self, _: object) -> bool:
        return True


def inline_html(text: str, entries: Container[str], address: Address) -> Markup:
    """Return the HTML of *text*; *address* says where each of the *entries* stands."""
    read = _read(text, entries)
    return escape(text) if read is None else Markup("").join(_html(read, address))


def linked_html(text: str, entities: Mapping[str, Entity], links: Links, page: str) -> Markup:
    """Return the HTML of *text*, whose names lead to their entries as seen from *page*."""
    return inline_html(text, entities, lambda ident: links.to(entities[ident].table, ident, page))


def inline_text(text: str, entries: Container[str]) -> str:
    """Return the words of *text* without its marks."""
    read = _read(text, entries)
    return text if read is None else "".join(read.itertext())


def escape_inline(text: str) -> str:
    """Return *text* so that nothing in it is a mark."""
    return re.sub(r"[\\*\[\]()]", r"\\\g<0>", text) if _MARK.search(text) else text


def check_entries(ledger: Ledger, documentary: Documentary) -> Iterator[Problem]:
    """Yield a problem for each link of a cell or a caption that names no entry."""
    for text, location in (*_cells(ledger), *_captions(documentary)):
        read = _read(text, _Everything())
        for link in read.iter("a") if read is not None else ():
            target = link.get("href", "")
            if _ID.fullmatch(target) and target not in ledger.entities:
                hint = did_you_mean(target, ledger.entities, r"write the id of an entry, or \[ for a bracket")
                yield Problem(location, "unknown-name", f'"{target}"', hint)


def _cells(ledger: Ledger) -> Iterator[tuple[str, Location]]:
    """Yield every text of the ledger in which marks are read, and its place."""

    def at(location: Location, column: str) -> Location:
        return Location(location.file, location.line, column)

    rows: list[Claim | Event] = [*ledger.claims.values(), *ledger.events.values()]
    for row in rows:
        yield from ((text, at(row.location, "reason")) for text in row.reason.values())
    texts = [("note", c.note, c.location) for c in ledger.claims.values()]
    texts += [("text", e.text, e.location) for e in ledger.events.values()]
    texts += [("note", t.note, t.location) for t in ledger.topics.values()]
    texts += [("note", p.note, p.location) for p in ledger.positions.values()]
    for stem, translations, location in texts:
        yield from ((text, at(location, f"{stem}_{code}")) for code, text in translations.items())
    for entity in (*ledger.entities.values(), *ledger.corrections):
        for code in ledger.languages:
            columns = (column for column in entity.cells if column.endswith(f"_{code}"))
            for column in columns:
                if column.removesuffix(f"_{code}") not in _NAMES:
                    yield str(entity.cells[column] or ""), at(entity.location, column)


def _captions(documentary: Documentary) -> Iterator[tuple[str, Location]]:
    """Yield every caption and its place; what a figure in steps says of all stands with its first step."""
    figures = documentary.figures
    for spec in figures.values():
        yield from ((text, spec.location) for text in spec.caption.values())
    for stepper in documentary.steppers.values():
        yield from ((text, figures[stepper.figures[0]].location) for text in stepper.caption.values())


def _read(text: str, entries: Container[str]) -> Element | None:
    """Return the elements of *text*, or `None` where nothing in it can be a mark."""
    if not _MARK.search(text) or _KEPT.search(text) or len(text) > _LONGEST:
        return None
    parser = Markdown()
    parser.ESCAPED_CHARS = _ESCAPED
    patterns = parser.inlinePatterns = Registry()
    patterns.register(EscapeInlineProcessor(ESCAPE_RE, parser), "escape", 180)
    patterns.register(_Link(parser, entries), "link", 160)
    patterns.register(SimpleTagInlineProcessor(_emphasis(r"\*"), "em"), "em", 70)
    patterns.register(SimpleTagInlineProcessor(_emphasis(r"\*\*"), "strong"), "strong", 60)
    root = Element("div")
    SubElement(root, "p").text = text
    parser.treeprocessors.register(InlineProcessor(parser), "inline", 20)  # it takes the patterns it finds
    for step in ("inline", "unescape"):
        parser.treeprocessors[step].run(root)
    return root[0]


def _emphasis(sign: str) -> str:
    """Match whole words between two signs: "300* and 500*" and "5*6*7" hold none.

    The emphasis of Python-Markdown 3.11.3 also stands inside words, and loses letters in "*[**a*b".
    """
    return rf"(?<![\w*])({sign})(?![\s*])([^*]+)(?<![\s*]){sign}(?![\w*])"


def _html(element: Element, address: Address) -> Iterator[Markup]:
    """Yield what is inside *element*, every text and address escaped."""
    yield escape(element.text or "")
    for child in element:
        target = child.get("href")
        if target is None:
            before = Markup("<{}>").format(child.tag)
        elif _WEB.fullmatch(target):
            before = Markup('<a href="{}" rel="external">').format(target)
        else:
            before = Markup('<a class="name" data-print="name" href="{}">').format(address(target))
        yield before
        yield from _html(child, address)
        yield Markup("</{}>").format(child.tag)
        yield escape(child.tail or "")
