"""A drawing too tall for a page goes in; the heights come out at which it can be cut between its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

#: The height of a line of text in a drawing, and how much of it stands above the line it is written on.
_LINE, _ABOVE = 20.0, 13.0
_SHIFT = re.compile(r"translate\([-\d.]+[ ,]+([-\d.]+)\)")
#: How far from the wanted height a better place for a cut is looked for, as a share of a slice.
_SEARCH = 0.35


def slices(svg: str, height: float, tallest: float) -> tuple[tuple[float, float], ...]:
    """Return the top and height of each slice of a drawing that is *height* tall.

    A slice is at most about *tallest*. A cut goes through the middle of the widest band near it that
    no text stands in.
    """
    number = -(-int(height) // int(tallest))
    taken = sorted(_texts(ET.fromstring(svg), 0))  # noqa: S314 - drawn by ourselves
    cuts = [0.0]
    for part in range(1, number):
        wanted = height * part / number
        reach = _SEARCH * height / number
        cuts.append(_free(taken, wanted, wanted - reach, wanted + reach))
    ends = [*cuts[1:], height]
    return tuple((round(top, 1), round(end - top, 1)) for top, end in zip(cuts, ends, strict=True))


def _texts(node: ET.Element, shift: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each text reaches."""
    shift += sum(float(y) for y in _SHIFT.findall(node.get("transform", "")))
    if node.tag.endswith("}text"):
        top = shift + float(node.get("y", 0)) - _ABOVE
        # The first line has no shift of its own.
        lines = 1 + sum(1 for child in node if child.tag.endswith("}tspan") and child.get("dy"))
        yield top, top + lines * _LINE
        return
    for child in node:
        yield from _texts(child, shift)


def _free(taken: list[tuple[float, float]], wanted: float, low: float, high: float) -> float:
    """Return the middle of the best band between *low* and *high*; *wanted* where there is none."""
    bands, reached = [], low
    for top, end in taken:
        if end < low or top > high:
            continue
        if top > reached:
            bands.append((reached, top))
        reached = max(reached, end)
    if high > reached:
        bands.append((reached, high))
    if not bands:
        return wanted
    # A wide band is worth a way, but not any.
    best = max(bands, key=lambda b: min(b[1] - b[0], 2 * _LINE) - abs((b[0] + b[1]) / 2 - wanted) / 8)
    return (best[0] + best[1]) / 2
