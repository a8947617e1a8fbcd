"""Nothing goes in; the few kinds of blocks and words that a printed page is made of are named here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: How many rows a table that is parted has at least on each page.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with the spaces of their language already set."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that look or sound otherwise: `style` is a word the template knows, or "" for none.

    `lang` is the language they are in, if not the page's; `ident` is an anchor before them.
    """

    style: str
    inside: tuple[Inline, ...]
    lang: str = ""
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead elsewhere.

    `kind` is "name" for a name mark, "spelled" where paper has to show the address, or "".
    """

    href: str
    inside: tuple[Inline, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The call of a note, with the note itself where it is called first; it is empty afterwards.

    `inside` is its first paragraph, `more` what follows: paragraphs, lists, quotations, tables, code.
    `number` is what the page calls it by, and `shown` how: "[3]", or "[31, " where another call follows.
    """

    ident: str
    inside: tuple[Inline, ...]
    more: tuple[Block, ...] = ()
    number: str = ""
    shown: str = ""


Inline = Text | Break | Span | Link | Note


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the page's title has level 1."""

    level: int
    ident: str
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is a word the template knows, or "" for none."""

    inside: tuple[Inline, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    blocks: tuple[Block, ...]
    ident: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `start` is the number of the first item of a numbered one, 0 for bullets.

    `style` is a word the template knows, or "" for none.
    """

    items: tuple[Item, ...]
    start: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of terms."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A remark set apart, with its title."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that stands alone."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code, as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: how many columns and rows it takes, and whether it heads the others."""

    inside: tuple[Inline, ...]
    columns: int = 1
    rows: int = 1
    heads: bool = False
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `titled` tells that a heading just above says what the caption says."""

    caption: tuple[Inline, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    ident: str = ""
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: the name of its drawing, its title, what is said below it, and its anchor.

    `stays` tells that it is a step of a sequence: it stands where it is, and does not float to the next page.
    `small` tells that it stands at the side of words, which say what it shows.
    """

    name: str
    title: tuple[Inline, ...]
    below: tuple[Paragraph, ...]
    ident: str = ""
    stays: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture that nobody drew here, or the still of a film: its row, what is said below it, its anchor.

    It is `small` where it stands in a list of all of them.
    """

    name: str
    below: tuple[Paragraph, ...]
    ident: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks with something small at their left: a picture, or what they are on, in words.

    `ident` is the anchor of those words.
    """

    picture: Picture | None
    words: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    ident: str = ""


Block = (
    Heading | Paragraph | Items | Entries | Box | Quote | Code | Rule | Table | Picture | Photograph | Beside
)
