"""What a map shows goes in; its ground and its names come out, laid out, the same for what lies over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.canvas import Canvas
from generator.figures.map.basemap import basemap_shapes
from generator.figures.map.content import MapContent
from generator.figures.map.distances import distance_shapes
from generator.figures.map.movements import Move
from generator.figures.map.names import Names, Spot
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Projection
from generator.figures.map.rings import ring_about
from generator.figures.map.sheet import projection_of
from generator.figures.plotly import Annotation, Shape
from generator.figures.text import safe


@dataclass(frozen=True, slots=True)
class Ground:
    """A map in its pixels but for its arrows, symbols and legend; `room` is what is left to write in.

    `keys` are names that find no room: the number in their place, and the name. `passing` is drawn elsewhere.
    """

    projection: Projection
    room: FreeSpace
    spots: Sequence[Spot]
    moves: Sequence[Move]
    passing: Sequence[Move]
    lines: Sequence[Shape]
    rings: Sequence[Shape]
    notes: Sequence[Annotation]
    keys: Sequence[tuple[str, str]]


def ground_of(canvas: Canvas, content: MapContent) -> Ground:
    """Lay out the lines, the circles and the names of a map."""
    projection = projection_of(canvas, content.frame_narrow if canvas.narrow else content.frame)
    room = FreeSpace(projection.width, projection.height)
    spots = [Spot(one, projection.pixel(one.position.lat, one.position.lon)) for one in content.places]
    moves = [move.placed(projection) for move in content.moves]
    passing = [move.placed(projection) for move in content.passing]
    circles = (ring_about(spot.point, spot.place.position.precision_km, projection, room) for spot in spots)
    rings = [ring for ring in circles if ring]
    lines = [
        *basemap_shapes(content.layers, projection, room),
        *distance_shapes(content.distances, projection, room),
    ]
    lengths = {one.claim.subject: safe(canvas.value(one.claim)) for one in content.distances}
    names = Names(canvas, projection, room, spots, moves, content.words, lengths, passing)
    notes = names.written()
    return Ground(projection, room, spots, moves, passing, lines, rings, notes, names.keys)
