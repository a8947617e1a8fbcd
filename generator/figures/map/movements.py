"""Movements and their paths go in; the arrows and symbols that draw them come out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.map.projection import Pixel, Projection
from generator.figures.style import MUTED, safe, side_of, wrapped
from generator.figures.wording import HOVER_LETTERS
from generator.language import Language
from generator.language.naming import attribution, side_name, word
from generator.ledger.model import Entity, Ledger
from generator.ledger.positions import Position, at, steps_of

#: How a kind of movement is drawn: width and dash. Any other kind is drawn as the first.
LOOKS = {"attack": (4.0, "solid"), "intended": (2.6, "dot"), "retreat": (3.0, "dash")}
HEAD = 13.0
#: Room between a symbol and the line that starts there.
OFF = 9.0


@dataclass(frozen=True, slots=True)
class Move:
    """One movement with the points of its path; a path of one point is a position held."""

    entity: Entity
    points: tuple[Pixel, ...]
    precision_km: float


def place_move(entity: Entity, projection: Projection, ledger: Ledger) -> Move:
    """Find the points of a movement in pixels; the check has seen that each has a position."""
    found: list[Position] = []
    for step in steps_of(str(entity.cells["path"])):
        position = at(step, ledger)
        if position:
            found.append(position)
    points = tuple(projection.pixel(one.lat, one.lon) for one in found)
    return Move(entity, points, max((one.precision_km for one in found), default=0))


def arrow(move: Move, ledger: Ledger) -> list[dict[str, Any]]:
    """Draw the arrow of a movement: a smooth line through its points, and a head."""
    if len(move.points) < 2:
        return []
    colour = side_of(ledger, move.entity.side).colour or MUTED
    width, dash = LOOKS.get(move.entity.kind, LOOKS["attack"])
    line = smooth(_shortened(move.points))
    tip, back = line[-1], next((p for p in reversed(line) if math.dist(p, line[-1]) >= HEAD), line[0])
    neck = _towards(tip, back, HEAD * 0.7)
    shaft = [point for point in line if math.dist(point, tip) > HEAD * 0.7]
    text = "".join(f"{'L' if n else 'M'}{x:.1f},{y:.1f}" for n, (x, y) in enumerate([*shaft, neck]))
    shared = {"type": "path", "xref": "x", "yref": "y", "layer": "above"}
    return [
        shared | {"path": text, "line": {"color": colour, "width": width, "dash": dash}},
        shared | {"path": _head(tip, back), "fillcolor": colour, "line": {"width": 0}},
    ]


def smooth(points: Sequence[Pixel], pieces: int = 8) -> list[Pixel]:
    """Return a line through all the points that turns gently (Catmull and Rom)."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    found = [points[0]]
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for n in range(1, pieces + 1):
            t = n / pieces
            found.append(
                (
                    _spline(t, p0[0], p1[0], p2[0], p3[0]),
                    _spline(t, p0[1], p1[1], p2[1], p3[1]),
                )
            )
    return found


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _shortened(points: Sequence[Pixel]) -> list[Pixel]:
    return [_towards(points[0], points[1], OFF), *points[1:]]


def _towards(start: Pixel, end: Pixel, length: float) -> Pixel:
    far = math.dist(start, end) or 1
    share = min(1.0, length / far)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _head(tip: Pixel, back: Pixel) -> str:
    angle = math.atan2(tip[1] - back[1], tip[0] - back[0])
    turned = [angle + turn for turn in (2.68, -2.68)]
    corners = [tip, *((tip[0] + HEAD * math.cos(a), tip[1] + HEAD * math.sin(a)) for a in turned)]
    return "".join(f"{'L' if n else 'M'}{x:.1f},{y:.1f}" for n, (x, y) in enumerate(corners)) + "Z"


def symbols(name: str, moves: Sequence[Move], ledger: Ledger, language: Language) -> list[dict[str, Any]]:
    """Draw where each movement starts as the symbol of its side, one trace for each side."""
    traces = []
    for side_id in dict.fromkeys(move.entity.side for move in moves):
        side = side_of(ledger, side_id)
        own = [move for move in moves if move.entity.side == side_id]
        traces.append(
            {
                "type": "scatter",
                "uid": f"{name}-{side_id or 'none'}",
                "mode": "markers",
                "x": [move.points[0][0] for move in own],
                "y": [move.points[0][1] for move in own],
                "marker": {
                    "color": side.colour or MUTED,
                    "size": 13,
                    "symbol": side.symbol or "circle",
                    "line": {"width": 2, "color": side.colour or MUTED},
                },
                "hovertext": [_hover(move, ledger, language) for move in own],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(move.entity.id) for move in own],
            }
        )
    return traces


def _hover(move: Move, ledger: Ledger, language: Language) -> str:
    entity = move.entity
    lines = [
        f"{side_name(ledger, language, entity.side)} · {word(ledger, language, entity.kind)}",
        language.typeset(entity.text("note", language.code)),
        *attribution(entity.provenance, ledger, language),
    ]
    head = f"<b>{wrapped(language.text(entity.name), HOVER_LETTERS)}</b>"
    return "<br>".join([head, *(wrapped(line, HOVER_LETTERS) for line in lines if line)])
