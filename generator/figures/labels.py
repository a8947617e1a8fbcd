"""Marks in pixels and their texts go in; the labels that find room beside them come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.boxes import Box, about, first_free, free
from generator.figures.plotly import Annotation
from generator.figures.style import note
from generator.figures.text import SIZE, long, tall

#: Pixels: between a mark and its label; how far a label may stand over the edge of the drawing;
#: and how far under it, where the ticks of the axis begin.
GAP, EDGE, BELOW = 10, 20, 6
#: Pixels to spare at the end of a label: digits are wider than a mean letter, and two labels must not touch.
SPARE = 5
#: Where a label stands, by the side of it that is next to its mark.
_WHERE: dict[str, dict[str, Any]] = {
    "left": {"xanchor": "left", "xshift": GAP, "align": "left"},
    "right": {"xanchor": "right", "xshift": -GAP, "align": "right"},
    "bottom": {"xanchor": "center", "yanchor": "bottom", "yshift": GAP - 4, "align": "center"},
    "top": {"xanchor": "center", "yanchor": "top", "yshift": 4 - GAP, "align": "center"},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: where it is in pixels, where it is on the axes, and the label it would like.

    An arrow that leads out of it reaches *above* or *below* it, in pixels.
    """

    px: float
    py: float
    x: float | str
    y: float
    text: str
    colour: str
    above: float = 0
    below: float = 0

    @property
    def boxes(self) -> Iterator[Box]:
        """What no label may cover: the mark, and its arrow if it has one."""
        yield about(self.px, self.py, 16, 16)
        if self.above or self.below:
            yield self.px - 6, self.py - self.above, self.px + 6, self.py + self.below


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
    taken = [box for mark in marks for box in mark.boxes]
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
    wide, half = long(mark.text, SIZE - 1) + SPARE, tall(mark.text) / 2
    x, y = mark.px, mark.py
    over, under = y - mark.above - GAP, y + mark.below + GAP
    return {
        "left": (x + GAP, y - half, x + GAP + wide, y + half),
        "bottom": (x - wide / 2, over - 2 * half, x + wide / 2, over),
        "right": (x - GAP - wide, y - half, x - GAP, y + half),
        "top": (x - wide / 2, under, x + wide / 2, under + 2 * half),
    }


def _inside(box: Box, field: LabelField) -> bool:
    left, top, right, bottom = box
    return left >= -EDGE and right <= field.width and top >= -EDGE and bottom <= field.height + BELOW


def _note(mark: Mark, side: str, axes: tuple[str, str]) -> Annotation:
    font = {"size": SIZE - 1, "color": mark.colour}
    where = {"x": mark.x, "y": mark.y, "xref": axes[0], "yref": axes[1]}
    # Plotly counts upwards: over an arrow's head, or under it.
    beyond = {"bottom": mark.above, "top": -mark.below}.get(side, 0)
    at = _WHERE[side] | ({"yshift": _WHERE[side]["yshift"] + beyond} if beyond else {})
    return note(mark.text, font=font, **where, **at)
