"""The records every kind of figure gives: what it says, once, and how it is drawn at a width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.figures.plotly import Plot

#: The two widths every figure is drawn at, in pixels: for a column of text, and for a telephone.
WIDE, NARROW = 760, 340


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a figure's table, as plain text.

    `record_id` is the id of the record it comes from; `value` is what it says to a machine.
    """

    text: str
    record_id: str = ""
    value: str = ""


#: A row of a figure's table, and all of them.
Row = tuple[Cell, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The head of a figure's table, and its rows."""

    head: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in one language: the same claims as a table, as a sentence, and as a drawing.

    `title`, `alt` and the cells are plain text; whoever writes HTML escapes them.
    `caption` holds inline marks, which `prose.inline` reads. `draw` makes what Plotly draws at a width in
    pixels, `WIDE` or `NARROW`; the texts inside it are escaped, because Plotly reads markup in them.
    Settings are read before: what is here can be drawn.
    """

    id: str
    title: str
    alt: str
    caption: str
    table: Table
    record_ids: tuple[str, ...]
    sources: tuple[str, ...]
    draw: Callable[[int], Plot] = field(repr=False, compare=False)

    @property
    def table_head(self) -> tuple[str, ...]:
        """The head of the table."""
        return self.table.head

    @property
    def table_rows(self) -> Rows:
        """The rows of the table."""
        return self.table.rows
