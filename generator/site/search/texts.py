"""A finished page goes in; the texts that search leads to come out: its sections, and its entries."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from selectolax.lexbor import LexborNode

from generator.site.html import PageTree
from generator.site.roles import find_role

#: How long the beginning of a text may be that stands for its title.
_TITLE = 90
_SKIPPED_TAGS = {"h1", "script", "style", "svg", "nav", "button", "template", "input"}
#: What parts words, and lines may break there; a no-break space holds a number together, here as on its page.
_SPACES = re.compile("[ \t\n\r\f\v]+")
_ENTRIES = {"tr", "li", "div"}
#: What stands in a line of text; between all other elements there is a space.
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
}  # fmt: skip


class Kind(StrEnum):
    """What a text is, which says how much it counts: what is about a thing before what mentions it."""

    CHAPTER = "chapter"
    SECTION = "section"
    REFERENCE = "reference"
    ENTRY = "entry"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Names:
    """Every form of the name of an entry, by its anchor; and which anchors lead to what has a name."""

    forms: Mapping[str, Sequence[str]]
    entities: Container[str]


@dataclass(slots=True)
class Text:
    """What one result leads to: a section of a page, or an entry with an anchor of its own."""

    page: str
    anchor: str
    page_title: str
    title: str
    kind: Kind
    #: What the page says it is about, in one sentence; and its headings. Only where the text is a whole page.
    about: str = ""
    headings: Sequence[str] = ()
    pieces: list[str] = field(default_factory=list)
    names: Sequence[str] = ()
    #: Whether the title was given to it, and is not just how its text begins.
    titled: bool = True

    @property
    def body(self) -> str:
        """What it says, on one line; its no-break spaces stay."""
        return _one_line("".join(self.pieces))


def read_texts(page: PageTree, names: Names, description: str = "", *, prose: bool) -> list[Text]:
    """Return the texts of a page: its sections, and the entries of its lists and tables.

    Args:
        page: a finished page.
        names: what entries are called.
        about: what the page says it is about, in one sentence.
        prose: whether the page was written, and not only made from the data.
    """
    article, heading = page.tree.css_first("article"), page.tree.css_first("article h1")
    if article is None or heading is None:
        return []
    title = _spoken(heading)
    whole = Text(page.path, "", title, title, Kind.CHAPTER if prose else Kind.REFERENCE, about=description)
    reader = _Reader(whole, names)
    reader.walk(article, whole)
    whole.headings = [section.title for section in reader.sections[1:]]
    return [text for text in [*reader.sections, *reader.entries] if text.title]


class _Reader:
    """Goes through an article and lays each piece of text where it belongs."""

    def __init__(self, whole: Text, names: Names) -> None:
        self.names = names
        self.sections = [whole]
        self.entries: list[Text] = []

    def walk(self, node: LexborNode, text: Text) -> Text:
        """Read what is below *node* into *text*; return the text that goes on after it."""
        child = node.child
        while child is not None:
            if child.tag == "-text":
                text.pieces.append(child.text_content or "")
            elif not _skipped(child):
                text = self.visit(child, text)
            child = child.next
        return text

    def visit(self, node: LexborNode, text: Text) -> Text:
        """Read one element; a heading begins the next section, an entry is a text of its own."""
        anchor = node.attributes.get("id") or ""
        if node.tag in {"h2", "h3"}:
            whole = self.sections[0]
            kind = Kind.SECTION if whole.kind is Kind.CHAPTER else Kind.ENTRY
            self.sections.append(Text(whole.page, anchor or text.anchor, whole.title, _spoken(node), kind))
            return self.sections[-1]
        if node.tag in _ENTRIES and anchor and not _is_part(node):
            given = _entry_title(node)
            names = self.names.forms.get(anchor, ())
            kind = Kind.ENTRY if anchor in self.names.entities else Kind.ROW
            entry = Text(text.page, anchor, text.page_title, given, kind, names=names, titled=bool(given))
            self.entries.append(entry)
            self.walk(node, entry)
            entry.title = given or _beginning(entry.body)
            return text
        if find_role(node) == "bold":
            text.pieces += [f" {_spoken(part)} " for part in node.css("b")]
            return text
        text = self.walk(node, text)
        if node.tag not in _INLINE:
            text.pieces.append(" ")
        return text


def _skipped(node: LexborNode) -> bool:
    return node.tag in _SKIPPED_TAGS or find_role(node) == "no"


def _is_part(node: LexborNode) -> bool:
    """Tell whether a row is found with its table: a question is found with all its answers."""
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return node.tag == "tr" and parent is not None and find_role(parent) == "whole"


def _entry_title(node: LexborNode) -> str:
    for selector in ("dt", "strong", "th"):
        element = node.css_first(selector)
        if element is not None:
            return _spoken(element)
    return ""


def _beginning(text: str) -> str:
    """Return the first words of a text that has no title."""
    return textwrap.shorten(text, _TITLE, placeholder=" …")


def _spoken(node: LexborNode) -> str:
    """Return the words of a heading, without the sign that links to it."""
    parts = (part for part in node.iter(include_text=True) if find_role(part) != "no")
    words = "".join(part.text_content or "" if part.tag == "-text" else part.text() for part in parts)
    return _one_line(words)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
