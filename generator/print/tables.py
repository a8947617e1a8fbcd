"""The HTML of a table goes in; its rows come out, and the columns in which they fit on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from selectolax.lexbor import LexborNode

from generator.print.ast import FEWEST, Break, Cell, Inline, Link, Note, Row, Span, Table, Text
from generator.site.roles import print_role

#: How tables are set, from the best to the last resort: points, characters in a line, page turned.
_SETTINGS = ((8.0, 112, False), (7.0, 128, False), (7.5, 184, True), (6.5, 212, True), (5.5, 250, True))
#: A longer word may be hyphenated, and a cell leaves this much at its sides.
_LONGEST_WORD, _GUTTER = 20, 3


#: The measures of a page that stands and of one that is turned, in points: width and height of its text.
_UPRIGHT, _TURNED = (453.5, 697.0), (700.0, 309.0)
#: Parts of the height of a page: of a table that stays whole, and of rows that stay together.
_WHOLE, _TOGETHER = 0.45, 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of columns as shares, the size of type in points, and whether the page is turned."""

    widths: tuple[float, ...]
    size: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Parting:
    """How a table may be parted over pages.

    `groups` are numbers of rows, from the first on: the first and the last group stay together each. Without
    groups the table is parted anywhere, or nowhere if it is `whole`. `tall` are the rows, counted from 0,
    that a page may not hold: they are parted themselves.
    """

    whole: bool
    groups: tuple[int, ...]
    tall: frozenset[int]


def read_table(node: LexborNode, inside: Callable[[LexborNode], tuple[Inline, ...]]) -> Table:
    """Read a table; *inside* reads the words of a cell."""
    caption = node.css_first("caption")
    rows = [(row, _in_head(row)) for row in node.css("tr")]
    return Table(
        caption=inside(caption) if caption else (),
        head=tuple(_row(row, inside) for row, heads in rows if heads),
        body=tuple(_row(row, inside) for row, heads in rows if not heads),
        ident=_attribute(node, "id"),
        titled=caption is not None and print_role(caption) == "titled",
    )


def _in_head(row: LexborNode) -> bool:
    return row.parent is not None and row.parent.tag == "thead"


def _row(row: LexborNode, inside: Callable[[LexborNode], tuple[Inline, ...]]) -> Row:
    return Row(tuple(_cells(row, inside)), _attribute(row, "id"))


def _cells(row: LexborNode, inside: Callable[[LexborNode], tuple[Inline, ...]]) -> Iterator[Cell]:
    for cell in row.css("th, td"):
        across, down = (_attribute(cell, name) or "1" for name in ("colspan", "rowspan"))
        numeric = print_role(cell) == "number" or "text-align: right" in _attribute(cell, "style")
        yield Cell(inside(cell), int(across), int(down), cell.tag == "th", numeric)


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def plain(parts: Sequence[Inline]) -> str:
    """Return the words of a line without what they look like; a break is a line's end."""
    words = []
    for part in parts:
        if isinstance(part, Text):
            words.append(part.text)
        elif isinstance(part, Break):
            words.append("\n")
        elif isinstance(part, Span | Link):
            words.append(plain(part.inside))
        elif isinstance(part, Note):
            words.append("[00]")
    return "".join(words)


def fit_columns(table: Table) -> Columns:
    """Choose the widths of a table's columns, its type, and the way its page is held.

    Each column gets room for its longest word; what is left goes to those that have more to say.
    """
    rows = [*table.head, *table.body]
    number = max((sum(cell.columns for cell in row.cells) for row in rows), default=1)
    words, lengths = [1] * number, [1.0] * number
    for row in rows:
        at = 0
        for cell in row.cells:
            cell_words = plain(cell.inside)
            if cell.columns == 1 and at < number:
                longest = max(map(len, cell_words.replace("-", "- ").split()), default=1)
                words[at] = max(words[at], min(longest, _LONGEST_WORD))
                lengths[at] += sqrt(len(cell_words))
            at += cell.columns
    needed = [word + _GUTTER for word in words]
    size, room, turned = next((s for s in _SETTINGS if sum(needed) <= s[1]), _SETTINGS[-1])
    spare = max(0, room - sum(needed))
    wanted = sum(lengths)
    widths = (need + spare * length / wanted for need, length in zip(needed, lengths, strict=True))
    return Columns(tuple(round(width, 1) for width in widths), size, turned)


def part_rows(table: Table, columns: Columns) -> Parting:
    """Choose where a table may be parted, by how high its rows will be about."""
    heights = [_height(row, columns) for row in table.body]
    page = (_TURNED if columns.turned else _UPRIGHT)[1]
    head = sum(_height(row, columns) for row in table.head)
    tall = frozenset(at for at, height in enumerate(heights) if height + head > _TOGETHER * page)
    if not tall and head + sum(heights) <= _WHOLE * page:
        return Parting(whole=True, groups=(), tall=tall)
    spans = any(cell.rows > 1 for row in table.body for cell in row.cells)
    ends = (head + sum(heights[:FEWEST]), head + sum(heights[-FEWEST:]))
    if spans or len(heights) < 2 * FEWEST or max(ends) > _TOGETHER * page:
        return Parting(whole=False, groups=(), tall=tall)
    middle = len(heights) - 2 * FEWEST
    groups = (FEWEST, middle, FEWEST) if middle >= FEWEST else (FEWEST, FEWEST + middle)
    return Parting(whole=False, groups=groups, tall=tall)


def _height(row: Row, columns: Columns) -> float:
    """Return about how high a row will be, in points."""
    width = (_TURNED if columns.turned else _UPRIGHT)[0]
    share = width / sum(columns.widths)
    highest, at = 1, 0
    for cell in row.cells:
        room = max(10.0, share * sum(columns.widths[at : at + cell.columns]) - 6)
        at += cell.columns
        letters = (len(line) * columns.size * 0.53 for line in plain(cell.inside).split("\n"))
        highest = max(highest, ceil(sum(max(1, ceil(length / room)) for length in letters) / cell.rows))
    return highest * columns.size * 1.4 + 7
