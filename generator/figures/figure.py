"""Settings and drawn parts go in; the records every kind of figure takes and gives come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in one language: the plot, and the same figures as a table and as a sentence.

    `title`, `alt`, `caption` and the cells are plain text; whoever writes HTML escapes them. The
    texts inside `plot` are escaped, because Plotly reads markup in them.
    """

    id: str
    title: str
    alt: str
    caption: str
    plot: Mapping[str, Any]
    table_head: tuple[str, ...]
    table_rows: tuple[tuple[Cell, ...], ...]
    record_ids: tuple[str, ...]
    sources: tuple[str, ...]
    height: int
    width: int = WIDE


@dataclass(frozen=True, slots=True)
class Plot:
    """What a kind makes itself: Plotly's traces and layout."""

    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]
