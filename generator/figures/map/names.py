"""The words, movements and places of a map go in; their names come out, each where it finds room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.figures.figure import WIDE
from generator.figures.map.movements import Move, smooth
from generator.figures.map.placement import FreeSpace, Text
from generator.figures.map.projection import Pixel, Projection
from generator.figures.options import tables
from generator.figures.style import INK, MUTED, SIZE, safe, side_of, wrapped
from generator.language import Language
from generator.ledger.model import Entity, Ledger
from generator.ledger.positions import Position
from generator.settings import Spec

#: How dear it is to write across an arrow.
ACROSS_ARROW = 9
#: A map narrower than this is for a telephone.
SMALL = WIDE - 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: where it is, and in which pixel."""

    entity: Entity
    position: Position
    point: Pixel


def is_small(projection: Projection) -> bool:
    """Return whether a map is drawn for a telephone."""
    return projection.width < SMALL


def written(
    spec: Spec,
    projection: Projection,
    spots: Sequence[Spot],
    moves: Sequence[Move],
    lengths: Mapping[str, str],
    room: FreeSpace,
    ledger: Ledger,
    language: Language,
) -> list[dict[str, Any]]:
    """Write what lies beyond the edge, then the words, the movements and the places of a map."""
    for spot in spots:
        room.take(spot.point, 6)
    for move in moves:
        room.take(move.points[0], 9)
        if len(move.points) > 1:
            room.take(move.points[-1], 8)
            room.avoid(smooth(move.points), ACROSS_ARROW)
    small = is_small(projection)
    size, most = (SIZE - 2, 14) if small else (SIZE - 1, 22)
    beyond = (spot for spot in spots if not projection.inside(spot.point))
    here = (spot for spot in spots if projection.inside(spot.point))
    found = [_beyond(room, _pointer(spec, spot, projection, language, size)) for spot in beyond]
    found += [room.centre(text) for text in _words(spec, projection, language, size, most)]
    # Of several movements with one name, the first is named.
    names = {wrapped(language.text(m.entity.name), most): m for m in reversed(moves)}
    for name, move in names.items():
        colour = side_of(ledger, move.entity.side).colour or MUTED
        wanted = (Text(point, name, size, colour, bold=True) for point in _anchors(move))
        found.append(next((text for one in wanted if (text := room.beside(one))), None))
    for spot in here:
        length = "" if small else lengths.get(spot.entity.id, "")
        lines = [wrapped(_label(spec, spot.entity, language), most), length]
        name = "<br>".join(filter(None, lines))
        found.append(room.beside(Text(spot.point, name, size, INK)))
    return [text for text in found if text]


def _beyond(room: FreeSpace, text: Text) -> dict[str, Any] | None:
    """Write a text at the edge, or a little up or down of where it belongs."""
    x, y = text.at
    moved = (replace(text, at=(x, y + text.tall * step)) for step in (0, 1, -1, 2, -2))
    return next((found for one in moved if (found := room.centre(one))), None)


def _words(spec: Spec, projection: Projection, language: Language, size: float, most: int) -> Iterator[Text]:
    width = "narrow" if is_small(projection) else "wide"
    for about in tables(spec, "words"):
        if about.get("only", width) == width:
            lat, lon = about.get("at", (0, 0))
            words = wrapped(language.text(about.get("text", {})), most)
            yield Text(projection.pixel(float(lat), float(lon)), f"<i>{words}</i>", size, MUTED)


def _anchors(move: Move) -> list[Pixel]:
    """Return where the name of a movement may stand: at its start, else on its way, else at its end."""
    way = smooth(move.points)
    return [move.points[0], way[len(way) // 2], move.points[-1]]


def _label(spec: Spec, entity: Entity, language: Language) -> str:
    """Return the short name that the settings give a place on this map, or else its name."""
    labels = spec.options.get("labels", {})
    about = labels.get(entity.id) if isinstance(labels, Mapping) else None
    return language.text(about) if isinstance(about, Mapping) else language.text(entity.name)


def _pointer(spec: Spec, spot: Spot, projection: Projection, language: Language, size: float) -> Text:
    """Name a place that lies beyond the edge of the map there where one would leave for it."""
    (x, y), middle = spot.point, (projection.width / 2, projection.height / 2)
    dx, dy = x - middle[0], y - middle[1]
    text = Text((0, 0), f"{_way(dx, dy)} {safe(_label(spec, spot.entity, language))}", size, MUTED)
    reach_x, reach_y = middle[0] - text.wide / 2 - 5, middle[1] - text.tall / 2 - 5
    share = min(reach_x / abs(dx) if dx else 1, reach_y / abs(dy) if dy else 1)
    return Text((middle[0] + dx * share, middle[1] + dy * share), text.text, size, MUTED)


def _way(dx: float, dy: float) -> str:
    signs = "→↘↓↙←↖↑↗"
    return signs[round(math.atan2(dy, dx) / (math.pi / 4)) % len(signs)]
