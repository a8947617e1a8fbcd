"""Macros in pixels and their texts go in; the labels that find room beside them come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.style import LETTER, LINE, SIZE, Box, first_free, letters, note

GAP = 10
#: How far a label may stand over the edge of the drawing.
EDGE = 20
#: How far under it, where the ticks of the axis begin.
BELOW = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: where it is in pixels, where it is on the axes, and the label it would like."""

    px: float
    py: float
    x: float | str
    y: float
    text: str
    colour: str


def fitting_labels(
    marks: Sequence[Mark], width: float, height: float, yref: str = "y", lines: Sequence[Box] = ()
) -> list[dict[str, Any]]:
    """Label marks right, above, left or below, the first place that is free; else not at all.

    A place that crosses none of the *lines* is taken first. The table and the hover text say what
    a crowded drawing leaves out.
    """
    boxes: list[Box] = [(m.px - 8, m.py - 8, m.px + 8, m.py + 8) for m in marks]
    found = []
    for mark in marks:
        if not mark.text:
            continue
        wide = letters(mark.text) * LETTER * (SIZE - 1) / SIZE
        tall = (mark.text.count("<br>") + 1) * LINE / 2
        spots = {
            "left": (mark.px + GAP, mark.py - tall, mark.px + GAP + wide, mark.py + tall),
            "bottom": (
                mark.px - wide / 2,
                mark.py - GAP - 2 * tall,
                mark.px + wide / 2,
                mark.py - GAP,
            ),
            "right": (mark.px - GAP - wide, mark.py - tall, mark.px - GAP, mark.py + tall),
            "top": (
                mark.px - wide / 2,
                mark.py + GAP,
                mark.px + wide / 2,
                mark.py + GAP + 2 * tall,
            ),
        }
        inside = {
            k: b
            for k, b in spots.items()
            if b[0] >= -EDGE and b[2] <= width and b[1] >= -EDGE and b[3] <= height + BELOW
        }
        # Places that cross a line come last, in their order.
        order = sorted(inside, key=lambda k: first_free(list(lines), [inside[k]]) is None)
        chosen = first_free(boxes, [inside[k] for k in order])
        if chosen is not None:
            found.append(_note(mark, order[chosen], yref))
    return found


def _note(mark: Mark, anchor: str, yref: str) -> dict[str, Any]:
    where: dict[str, dict[str, Any]] = {
        "left": {"xanchor": "left", "xshift": GAP, "align": "left"},
        "right": {"xanchor": "right", "xshift": -GAP, "align": "right"},
        "bottom": {"xanchor": "center", "yanchor": "bottom", "yshift": GAP - 4, "align": "center"},
        "top": {"xanchor": "center", "yanchor": "top", "yshift": 4 - GAP, "align": "center"},
    }
    font = {"size": SIZE - 1, "color": mark.colour}
    return note(mark.text, x=mark.x, y=mark.y, xref="x", yref=yref, font=font) | where[anchor]
