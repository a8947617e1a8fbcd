"""The tree of a page goes in; its text in Typst's markup comes out, with every link resolved."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from generator.print.ast import (
    Beside,
    Block,
    Box,
    Break,
    Cell,
    Code,
    Entries,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Photograph,
    Picture,
    Quote,
    Span,
    Table,
    Text,
)
from generator.print.tables import fit_columns, part_rows, plain

#: An entry of so many signs of markup at most, some ten lines, stands on one page.
_WHOLE_ENTRY = 1200
#: What Typst's markup could read as markup. A dot ends the number of a list only after digits.
_MARKUP = re.compile(r"[\\#$*_~@<>\[\]\"'`/=+{}|^&-]|(?<=\d)[.)]|\.(?=\.)")
#: Letters raised in print, such as the e of an ordinal, which few faces hold as signs of their own.
_RAISED = re.compile(r"[\u1d2c-\u1d6a\u02b0-\u02b8\u02e1-\u02e4]+")
#: Spaces and hyphens that the text face lacks: drawn with its plain ones, a search would not find words.
_LACKING = re.compile(r"[\u2009\u2010\u2011\u202f]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a label of this document, an address outside it, or nowhere ("" and "")."""

    label: str = ""
    address: str = ""
    heading: bool = False


#: Finds where an address, as it stands on a page, leads.
Resolve = Callable[[str], Target]


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """The file of a figure's drawing, what it says to whoever cannot see it, its width and height.

    `slices` are the top and height of each part of one that is too tall for a page; `head` is the height of
    its legend and axis, which stand above the parts on each page.
    """

    file: str
    alt: str
    width: float
    height: float
    slices: tuple[tuple[float, float], ...] = ()
    head: float = 0


@dataclass(frozen=True, slots=True)
class PrintedPhotograph:
    """A picture on paper: its file ("" for a sound), its alternative text, its width and height in pixels.

    `played` is where the sound or film can be played, `label` what that is called; "" for a picture.
    """

    file: str
    alt: str
    width: int
    height: int
    played: str = ""
    label: str = ""


@dataclass
class Writer:
    """Writes one page. `page` goes before every anchor, so that two pages can have the same.

    `wanted` holds the labels that something leads to; no other anchor is written. `shown` are the labels of
    the drawings that earlier pages of the same document have shown, by their file.
    """

    page: str
    resolve: Resolve
    drawings: Mapping[str, DrawnPicture]
    wanted: frozenset[str]
    entities: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    photographs: Mapping[str, PrintedPhotograph] = field(default_factory=dict)
    #: What was written: the words of what a list may name, and the places elsewhere whose page is said.
    titles: dict[str, str] = field(default_factory=dict)
    asks: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Write blocks, one below the other."""
        return "\n\n".join(part for block in blocks for part in self._block(block) if part)

    def line(self, parts: Sequence[Inline]) -> str:
        """Write words; they can stand in a paragraph, a cell or a heading."""
        return "".join(self._inline(part) for part in parts)

    def title(self, parts: Sequence[Inline]) -> str:
        """Write the words of a title as a list names it: without its links and notes."""
        return self.line(tuple(_unlinked(parts)))

    def anchor(self, ident: str) -> str:
        """Write an anchor, if something leads to it."""
        label = label_of(self.page, ident)
        return f"#anchor({quoted(label)});" if ident and label in self.wanted else ""

    def _inline(self, part: Inline) -> str:
        match part:
            case Text(text):
                return escaped(text)
            case Break():
                return " \\ "
            case Span():
                return self._span(part)
            case Link():
                return self._link(part)
            case Note():
                return self._note(part)

    def _note(self, note: Note) -> str:
        label = quoted(label_of(self.page, note.ident))
        # Typst would count a note that is called from a note before the next one of the text.
        numbers = f"numbering: (..n) => called({quoted(note.number)}, {quoted(note.shown)})"
        if not note.inside and not note.more:
            return f"#footnote({numbers}, label({label}));"
        below = f"\n\n{self.blocks(note.more)}\n" if note.more else ""
        return f"#footnote({numbers})[{self.line(note.inside)}{below}]#label({label});"

    def _span(self, span: Span) -> str:
        inside = self.line(span.inside)
        if span.style == "code":
            inside = f"#code({quoted(plain(span.inside))});"
        elif span.style and inside:
            inside = f"#{span.style}[{inside}];"
        if span.lang and inside:
            inside = f"#foreign({quoted(span.lang)})[{inside}];"
        return self.anchor(span.ident) + inside

    def _link(self, link: Link) -> str:
        inside, target = self.line(link.inside), self.resolve(link.href)
        marked = ""
        if link.kind == "name" and (entity := self.entities.get(link.href.split("/")[-1])):
            marked = f"#mention({quoted(entity)});"
        if target.label and target.heading:
            if not target.label.startswith(f"{self.page}#"):
                self.asks.add(target.label)
            return f"#see({quoted(target.label)})[{inside}];"
        if target.label:
            return f"{marked}#to({quoted(target.label)})[{inside}];"
        if target.address and link.kind == "spelled":
            return f"#spelled({quoted(target.address)})[{inside}];"
        if target.address:
            return f"{marked}#link({quoted(target.address)})[{inside}];"
        return marked + inside

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(inside, style):
                words = self.line(inside)
                yield f"#{style}[{words}]" if style else words
            case Items():
                yield self._items(block)
            case Entries(entries):
                for entry in entries:
                    term = self.anchor(entry.ident) + self.line(entry.term)
                    content = self.blocks(entry.blocks)
                    whole = ", whole: true" if len(content) <= _WHOLE_ENTRY else ""
                    yield f"#entry([{term}]{whole})[\n{content}\n]"
            case Table():
                yield self._table(block)
            case Picture():
                yield self._picture(block)
            case Photograph():
                yield self._photograph(block)
            case Beside(picture, words, blocks, ident):
                side = self.blocks([picture]) if picture else self.anchor(ident) + self.line(words)
                yield f"#{'beside' if picture else 'row'}[\n{side}\n][\n{self.blocks(blocks)}\n]"
            case _:
                yield self._plain_block(block)

    def _plain_block(self, block: Block) -> str:
        match block:
            case Heading(level, ident, inside):
                label = label_of(self.page, ident)
                self.titles[label] = self.title(inside)
                return f"#heading(level: {level})[{self.line(inside)}]#label({quoted(label)})"
            case Box(title, blocks):
                return f"#remark[{self.line(title)}][\n{self.blocks(blocks)}\n]"
            case Quote(blocks):
                return f"#quotation[\n{self.blocks(blocks)}\n]"
            case Code(text):
                return f"#listing({quoted(text)})"
        return "#separator()"

    def _items(self, items: Items) -> str:
        written = []
        for item in items.items:
            content = self.blocks(item.blocks)
            content = f"#foreign({quoted(item.lang)})[{content}]" if item.lang else content
            written.append(f"[{self.anchor(item.ident)}{content}]")
        kind = f"enum(start: {items.start}, " if items.start else f"{items.style or 'list'}("
        inside = ",\n".join(written)
        return f"#{kind}\n{inside}\n)"

    def _table(self, table: Table) -> str:
        columns = fit_columns(table)
        parting = part_rows(table, columns)
        head = ", ".join(self._cell(cell) for row in table.head for cell in row.cells)
        starts = dict(zip(accumulate(parting.groups, initial=0), parting.groups, strict=False))
        rows = []
        for at, row in enumerate(table.body):
            first, *others = (self._cell(cell, tall=at in parting.tall) for cell in row.cells)
            guard = [_guard(starts[at], free=0 < at < len(table.body) - starts[at])] if at in starts else []
            rows.append(", ".join([self._anchored(row.ident, first), *others, *guard]))
        caption = f"[{self.line(table.caption)}]" if table.caption and not table.titled else "none"
        shares = ", ".join(f"{width}fr" for width in columns.widths) + (", 0pt" if parting.groups else "")
        flags = {"turned": columns.turned, "whole": parting.whole}
        options = f"columns: ({shares},), size: {columns.size}pt, "
        options += ", ".join(f"{name}: {str(flag).lower()}" for name, flag in flags.items())
        if head and parting.groups:
            head += f", table.cell(rowspan: {len(table.head)}, inset: 0pt)[]"
        options += f", head: ({head},)" if head else ""
        if caption != "none" or table.ident:
            label = label_of(self.page, table.ident or f"table-{len(self.titles)}")
            self.titles[label] = self.title(table.caption)
            options += f", label: {quoted(label)}"
        body = ",\n".join(rows)
        return f"#tabular(caption: {caption}, {options},\n{body},\n)"

    def _anchored(self, ident: str, cell: str) -> str:
        anchor = self.anchor(ident)
        return cell.replace("[", f"[{anchor}", 1) if anchor else cell

    def _cell(self, cell: Cell, *, tall: bool = False) -> str:
        options = [f"colspan: {cell.columns}"] if cell.columns > 1 else []
        options += [f"rowspan: {cell.rows}"] if cell.rows > 1 else []
        options += ["align: right"] if cell.numeric else []
        options += ["breakable: true"] if tall else []
        words = self.line(cell.inside)
        return f"table.cell({', '.join(options)})[{words}]" if options else f"[{words}]"

    def _picture(self, picture: Picture) -> str:
        drawn = self.drawings[picture.name]
        below = self.blocks(picture.below)
        label = label_of(self.page, picture.ident or f"fig-{picture.name}")
        if picture.small:
            return f"#small-drawing({quoted(drawn.file)}, alt: {quoted(drawn.alt)}, label: {quoted(label)})"
        if before := self.shown.get(drawn.file):
            anchor = f"#anchor({quoted(label)});" if label in self.wanted else ""
            self.asks.add(before)
            title = self.line(picture.title)
            return f"{anchor}#shown-before({quoted(before)}, title: [{title}])[\n{below}\n]"
        self.titles[label] = self.title(picture.title)
        stays = "floats: false, tallest: 80mm, " if picture.stays else ""
        return (
            f"#drawing({stays}{quoted(drawn.file)}, alt: {quoted(drawn.alt)}, width: {drawn.width:g}, "
            f"height: {drawn.height:g}, head: {drawn.head:g}, slices: {_pairs(drawn.slices)}, "
            f"label: {quoted(label)}, title: [{self.line(picture.title)}])"
            f"[\n{below}\n]"
        )

    def _photograph(self, photograph: Photograph) -> str:
        printed = self.photographs[photograph.name]
        below = self.blocks(photograph.below)
        if printed.label:
            address = f" #link({quoted(printed.played)});" if printed.played else ""
            below += f"\n\n#source[{escaped(printed.label)}{address}]"
        anchor = self.anchor(photograph.ident)
        return (
            f"#photograph({quoted(printed.file)}, alt: {quoted(printed.alt)}, width: {printed.width}, "
            f"height: {printed.height}, small: {str(photograph.small).lower()})[\n{anchor}\n{below}\n]"
        )


def _unlinked(parts: Iterable[Inline]) -> Iterator[Inline]:
    for part in parts:
        if isinstance(part, Link):
            yield from _unlinked(part.inside)
        elif isinstance(part, Span):
            yield replace(part, inside=tuple(_unlinked(part.inside)), ident="")
        elif not isinstance(part, Note):
            yield part


def _guard(rows: int, *, free: bool) -> str:
    """Write a cell without width beside some rows: unless they are *free*, it keeps them together."""
    return f"table.cell(rowspan: {rows}, inset: 0pt, breakable: {str(free).lower()})[]"


def _pairs(slices: Iterable[tuple[float, float]]) -> str:
    return f"({''.join(f'({top:g}, {height:g}), ' for top, height in slices)})"


def label_of(page: str, ident: str) -> str:
    """Return the name of an anchor in a document that may hold several pages."""
    return f"{page}#{ident}"


@lru_cache(1 << 15)
def escaped(text: str) -> str:
    """Make *text* plain for Typst's markup: nothing in it is markup."""
    escaped_text = _MARKUP.sub(lambda match: f"\\{match[0]}", text)
    escaped_text = _LACKING.sub(lambda match: f"#spare[{match[0]}];", escaped_text)
    return _RAISED.sub(lambda match: f"#super[{unicodedata.normalize('NFKC', match[0])}];", escaped_text)


def quoted(text: str) -> str:
    """Return *text* as a string of Typst's code."""
    return json.dumps(text, ensure_ascii=False)
