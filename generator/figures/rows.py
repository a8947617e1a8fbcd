"""The labels of rows and a width go in; where each row and its label stand comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.figures.figure import WIDE
from generator.figures.style import INK, LINE, SIZE, margin_for, note, row_height

#: In a narrow drawing a label stands above its row: the edge, the row itself, the air around it.
EDGE, BAND, AIR = 10, 26, 10


def is_narrow(width: int) -> bool:
    """Return whether a drawing has no room for labels beside its rows."""
    return width < WIDE


def letters_of_row(width: int) -> int:
    """Return how many letters a line of a row's label may have."""
    return 40 if is_narrow(width) else 28


def left_margin(labels: Sequence[str], width: int) -> int:
    """Return the margin left of the rows: room for their labels, or only an edge."""
    return EDGE if is_narrow(width) else margin_for(labels, least=60)


def row_room(width: int, label: str, *beside: str) -> tuple[float, float]:
    """Return the height of a row, and how far below its top its marks stand."""
    if not is_narrow(width):
        tall = row_height(label, *beside)
        return tall, tall / 2
    above = (label.count("<br>") + 1) * LINE
    return above + BAND + AIR, above + BAND / 2


def row_axis(height: float, rows: Sequence[tuple[float, str]], width: int) -> dict[str, Any]:
    """Return the axis of rows `(y, label)`, which names them where there is room beside."""
    named = [] if is_narrow(width) else list(rows)
    return {
        "range": [height, 0],
        "tickmode": "array",
        "tickvals": [y for y, _ in named],
        "ticktext": [label for _, label in named],
        "showgrid": False,
        "tickfont": {"size": SIZE, "color": INK},
    }


def row_notes(rows: Sequence[tuple[float, str]], width: int, half: float = BAND / 2) -> list[dict[str, Any]]:
    """Name rows `(y, label)` above their marks, which reach *half* their height up."""
    if not is_narrow(width):
        return []
    return [note(label, x=0, y=y - half, yanchor="bottom", xshift=-2) for y, label in rows if label]


def heading_letters(width: int) -> int:
    """Return how many letters a line above the drawing may have."""
    return 38 if is_narrow(width) else 76
