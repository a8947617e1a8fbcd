"""A point and how well it is known go in; the circle in which it lies comes out, if it is wide enough."""

from __future__ import annotations

import math

from generator.figures.map.legend import RING
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Pixel, Projection
from generator.figures.plotly import Shape

#: A circle is drawn where it is wider than the symbol in it, in pixels.
LEAST_RING = 11.0
#: What it costs to write across a circle; and as what it counts then: something with so many corners.
ACROSS_RING, _CORNERS = 3, 36


def ring_about(
    point: Pixel, precision_km: float, projection: Projection, room: FreeSpace, colour: str = ""
) -> Shape | None:
    """Return the circle about a pixel in which it is known to lie, in a *colour* of its own if one is given.

    Without a circle is what is known well enough, and what lies so far off that none of it is seen. It costs
    something to write across it.
    """
    radius = precision_km * projection.scale
    if radius < LEAST_RING or not projection.inside(point, -radius):
        return None
    x, y = point
    turns = [math.tau * step / _CORNERS for step in range(_CORNERS + 1)]
    room.avoid([(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns], ACROSS_RING)
    box = {"x0": x - radius, "x1": x + radius, "y0": y - radius, "y1": y + radius}
    where = {side: round(value, 1) for side, value in box.items()}
    line = {**RING, "color": colour} if colour else RING
    return Shape(type="circle", layer="below", line=line, **where)
