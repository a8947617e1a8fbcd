"""Marks in pixels and their texts go in; the labels that find room beside them come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.boxes import Box, about, first_free, free
from generator.figures.plotly import Annotation
from generator.figures.style import note
from generator.figures.text import SIZE, long, tall

#: Pixels: between a mark and its label; how far a label may stand over the edge of the drawing;
#: and how far under it, where the ticks of the axis begin.
GAP, EDGE, BELOW = 10, 20, 6
#: Where a label stands, by the side of it that is next to its mark.
_WHERE: dict[str, dict[str, Any]] = {
    "left": {"xanchor": "left", "xshift": GAP, "align": "left"},
    "right": {"xanchor": "right", "xshift": -GAP, "align": "right"},
    "bottom": {"xanchor": "center", "yanchor": "bottom", "yshift": GAP - 4, "align": "center"},
    "top": {"xanchor": "center", "yanchor": "top", "yshift": 4 - GAP, "align": "center"},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: where it is in pixels, where it is on the axes, and the label it would like."""

    px: float
    py: float
    x: float | str
    y: float
    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class LabelField:
    """Where labels may stand: the size of the field in pixels, its axes, the lines to keep clear of."""

    width: float
    height: float
    axes: tuple[str, str] = ("x", "y")
    lines: Sequence[Box] = ()


def fitting_labels(marks: Sequence[Mark], field: LabelField) -> list[Annotation]:
    """Label marks right, above, left or below, the first place that is free; else not at all.

    A place that crosses none of the lines is taken first. The table and the hover text say what
    a crowded drawing leaves out.
    """
    taken: list[Box] = [about(mark.px, mark.py, 16, 16) for mark in marks]
    placed = []
    for mark in marks:
        if not mark.text:
            continue
        inside = {side: box for side, box in _boxes(mark).items() if _inside(box, field)}
        # Places that cross a line come last, in their order.
        order = sorted(inside, key=lambda side: not free(field.lines, inside[side]))
        chosen = first_free(taken, [inside[side] for side in order])
        if chosen is not None:
            placed.append(_note(mark, order[chosen], field.axes))
    return placed


def _boxes(mark: Mark) -> dict[str, Box]:
    wide, half = long(mark.text, SIZE - 1), tall(mark.text) / 2
    x, y = mark.px, mark.py
    return {
        "left": (x + GAP, y - half, x + GAP + wide, y + half),
        "bottom": (x - wide / 2, y - GAP - 2 * half, x + wide / 2, y - GAP),
        "right": (x - GAP - wide, y - half, x - GAP, y + half),
        "top": (x - wide / 2, y + GAP, x + wide / 2, y + GAP + 2 * half),
    }


def _inside(box: Box, field: LabelField) -> bool:
    left, top, right, bottom = box
    return left >= -EDGE and right <= field.width and top >= -EDGE and bottom <= field.height + BELOW


def _note(mark: Mark, side: str, axes: tuple[str, str]) -> Annotation:
    font = {"size": SIZE - 1, "color": mark.colour}
    where = {"x": mark.x, "y": mark.y, "xref": axes[0], "yref": axes[1]}
    return note(mark.text, font=font, **where, **_WHERE[side])
