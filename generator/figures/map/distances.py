"""Claims of distance and the place they start from go in; the lines that a map draws for them come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Row
from generator.figures.map.options import MapOptions
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Projection
from generator.figures.options import known, known_one
from generator.figures.palette import MUTED
from generator.figures.plotly import Shape
from generator.figures.wording import source_cell, value_cell
from generator.ledger.model import Claim
from generator.ledger.positions import Position, locate

#: What it costs to write across such a line.
ACROSS = 3


@dataclass(frozen=True, slots=True)
class Distance:
    """One claim of a distance, the place it starts from, and where it starts and ends."""

    claim: Claim
    start: str
    ends: tuple[Position, Position]


def distances_of(canvas: Canvas, options: MapOptions) -> list[Distance]:
    """Return the distances that the settings ask for: from `origin` to the subject of each claim."""
    ledger = canvas.ledger
    chosen = known(canvas, ("distances",), options.distances, ledger.claims)
    if not chosen:
        return []
    origin = known_one(canvas, ("origin",), options.origin, ledger.entities)
    start = locate(origin, ledger)
    distances = []
    for number, ident in enumerate(chosen):
        claim = ledger.claims[ident]
        end = locate(claim.subject, ledger)
        if start is None or end is None:
            hint = "origin and the subject of the claim are places with a position"
            raise canvas.bad(f'distances names "{ident}", which cannot be drawn', hint, ("distances", number))
        distances.append(Distance(claim, origin, (start, end)))
    return distances


def distance_shapes(
    distances: Sequence[Distance], projection: Projection, room: FreeSpace
) -> Iterable[Shape]:
    """Draw each distance as a thin line, and make it dear to write across it."""
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    for one in distances:
        (x0, y0), (x1, y1) = ends = [projection.pixel(end.lat, end.lon) for end in one.ends]
        room.avoid(ends, ACROSS)
        yield Shape(type="line", layer="below", line=line, x0=x0, y0=y0, x1=x1, y1=y1)


def distance_facts(canvas: Canvas, distances: Sequence[Distance]) -> list[str]:
    """Say each distance in words, for the text that stands for the drawing."""
    claims = [distance.claim for distance in distances]
    return [canvas.pair(canvas.subject_name(claim.subject), canvas.value(claim)) for claim in claims]


def distance_row(canvas: Canvas, distance: Distance) -> Row:
    """Say a distance as a row of the map's table."""
    claim = distance.claim
    way = f"{canvas.subject_name(distance.start)} – {canvas.subject_name(claim.subject)}"
    return (
        value_cell(canvas, claim),
        Cell(""),
        Cell(way),
        Cell(""),
        source_cell(canvas, claim.provenance),
    )
