"""Boxes that are taken and boxes that a text would like go in; the one that is free comes out."""

from __future__ import annotations

from collections.abc import Sequence

#: Left, top, right, bottom, in pixels; y goes down.
Box = tuple[float, float, float, float]


def free(boxes: Sequence[Box], wanted: Box) -> bool:
    """Return whether a box touches none of the *boxes*."""
    left, top, right, bottom = wanted
    return all(left >= r or right <= x or top >= b or bottom <= y for x, y, r, b in boxes)


def first_free(boxes: list[Box], wanted: Sequence[Box]) -> int | None:
    """Return which of the *wanted* boxes is free of *boxes*, and take it; `None` if none is."""
    for index, box in enumerate(wanted):
        if free(boxes, box):
            boxes.append(box)
            return index
    return None


def about(x: float, y: float, wide: float, tall: float) -> Box:
    """Return the box of a size whose middle is a point."""
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2
