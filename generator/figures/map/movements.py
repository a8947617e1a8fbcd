"""Movements and their paths go in; the arrows and symbols that draw them come out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.map.projection import Pixel, Projection
from generator.figures.palette import MUTED
from generator.figures.plotly import Scatter, Shape
from generator.figures.style import HOVER
from generator.figures.text import safe
from generator.figures.wording import hover_text
from generator.ledger.model import Entity
from generator.ledger.positions import Position, at, steps_of

#: How wide the lines are that the vocabulary gives to kinds of movement, in pixels.
WIDTHS = {"solid": 4.0, "dash": 3.0, "dot": 2.6}
#: Pixels: the length of an arrow's head; the room between a symbol and the line that starts there.
HEAD, OFF = 13.0, 9.0
#: How much of its colour the symbol of a position has that is only the last known.
PALE = 0.45


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement and where its path leads; a path of one point is a position held.

    `is_last_known` says that the position is not of the time that is drawn, but of some days before.
    """

    entity: Entity
    path: tuple[Position, ...]
    is_last_known: bool = False

    @property
    def precision_km(self) -> float:
        """How well the least known point of the path is known."""
        return max((one.precision_km for one in self.path), default=0)

    def placed(self, projection: Projection) -> Move:
        """Return the movement in the pixels of a map."""
        points = tuple(projection.pixel(one.lat, one.lon) for one in self.path)
        return Move(self.entity, points, self.is_last_known)


@dataclass(frozen=True, slots=True)
class Move:
    """One movement with the points of its path in pixels."""

    entity: Entity
    points: tuple[Pixel, ...]
    is_last_known: bool = False

    def colour(self, canvas: Canvas) -> str:
        """Return the colour of the movement's side."""
        return canvas.side(self.entity.side).colour or MUTED


def movement(canvas: Canvas, ident: str) -> Movement:
    """Find where the path of a movement leads; the check has seen that each point has a position."""
    entity = canvas.ledger.entities[ident]
    points = (at(step, canvas.ledger) for step in steps_of(str(entity.cells["path"])))
    return Movement(entity, tuple(point for point in points if point))


def last_position(canvas: Canvas, entity: Entity) -> Movement:
    """Find where a movement ends, as the last that is known of a unit."""
    return Movement(entity, movement(canvas, entity.id).path[-1:], is_last_known=True)


def kind_of(canvas: Canvas, move: Movement | Move) -> str:
    """Say of which kind a movement is; of what is only the last known, that it is."""
    return canvas.say("last known position") if move.is_last_known else canvas.word(move.entity.kind)


def line_of(canvas: Canvas, kind: str, colour: str) -> dict[str, Any]:
    """Return the line that the vocabulary gives to a kind of movement, solid where it gives none."""
    word = canvas.ledger.words.get(kind)
    dash = (word and word.line) or "solid"
    return {"color": colour, "width": WIDTHS[dash], "dash": dash}


def arrow(canvas: Canvas, move: Move) -> Iterable[Shape]:
    """Draw the arrow of a movement: a smooth line through its points, and a head."""
    if len(move.points) < 2:
        return
    colour = move.colour(canvas)
    line = smooth(_shortened(move.points))
    tip, back = line[-1], next((p for p in reversed(line) if math.dist(p, line[-1]) >= HEAD), line[0])
    neck = _towards(tip, back, HEAD * 0.7)
    shaft = [point for point in line if math.dist(point, tip) > HEAD * 0.7]
    yield Shape(
        type="path", layer="above", path=_path([*shaft, neck]), line=line_of(canvas, move.entity.kind, colour)
    )
    head = f"{_path(_head(tip, back))}Z"
    yield Shape(type="path", layer="above", path=head, fillcolor=colour, line={"width": 0})


def smooth(points: Sequence[Pixel], pieces: int = 8) -> list[Pixel]:
    """Return a line through all the points that turns gently (Catmull and Rom)."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    curve = [points[0]]
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for n in range(1, pieces + 1):
            t = n / pieces
            curve.append(
                (
                    _spline(t, p0[0], p1[0], p2[0], p3[0]),
                    _spline(t, p0[1], p1[1], p2[1], p3[1]),
                )
            )
    return curve


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _shortened(points: Sequence[Pixel]) -> list[Pixel]:
    return [_towards(points[0], points[1], OFF), *points[1:]]


def _towards(start: Pixel, end: Pixel, length: float) -> Pixel:
    far = math.dist(start, end) or 1
    share = min(1.0, length / far)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _head(tip: Pixel, back: Pixel) -> list[Pixel]:
    angle = math.atan2(tip[1] - back[1], tip[0] - back[0])
    turned = [angle + turn for turn in (2.68, -2.68)]
    return [tip, *((tip[0] + HEAD * math.cos(a), tip[1] + HEAD * math.sin(a)) for a in turned)]


def _path(points: Iterable[Pixel]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def symbols(canvas: Canvas, moves: Sequence[Move]) -> Iterable[Scatter]:
    """Draw where each movement starts as the symbol of its side, a trace for each; paler if last known."""
    for side_id, is_last in dict.fromkeys((move.entity.side, move.is_last_known) for move in moves):
        of_side = [move for move in moves if (move.entity.side, move.is_last_known) == (side_id, is_last)]
        colour = of_side[0].colour(canvas)
        yield Scatter(
            uid=f"{canvas.spec.id}-{side_id or 'none'}{'-last' if is_last else ''}",
            mode="markers",
            x=[move.points[0][0] for move in of_side],
            y=[move.points[0][1] for move in of_side],
            marker={
                "color": colour,
                "size": 13,
                "symbol": canvas.side(side_id).symbol or "circle",
                "line": {"width": 2, "color": colour},
                **({"opacity": PALE} if is_last else {}),
            },
            hovertext=[_hover(canvas, move) for move in of_side],
            hovertemplate=HOVER,
            customdata=[safe(move.entity.id) for move in of_side],
        )


def _hover(canvas: Canvas, move: Move) -> str:
    entity = move.entity
    lines = [
        f"{canvas.side_name(entity.side)} · {kind_of(canvas, move)}",
        canvas.bare(entity.text("note", canvas.language.code)),
        *canvas.attribution(entity.provenance),
    ]
    return hover_text(canvas.text(entity.name), lines, between="<br>")
