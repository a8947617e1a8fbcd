"""The words, movements and places of a map go in; their names come out, each where it finds room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.figures.canvas import Canvas
from generator.figures.map.content import Place, Words
from generator.figures.map.movements import Move, smooth
from generator.figures.map.placement import FreeSpace, Text
from generator.figures.map.projection import Pixel, Projection
from generator.figures.palette import INK, MUTED
from generator.figures.plotly import Annotation
from generator.figures.text import SIZE, safe, wrapped

#: What it costs to write across an arrow: more than to stand apart, at the end of a line.
ACROSS_ARROW = 200
#: The same of one that is there on some days only.
ACROSS_PASSING = 12
#: What it costs to name a movement where others start too, on its way, or at its end.
AT_START, ON_THE_WAY, AT_END = 30, 14, 34
#: Pixels that a place, the start and the end of a movement keep free about them.
PLACE, START, END = 7, 11, 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, and in which pixel."""

    place: Place
    point: Pixel


@dataclass(frozen=True, slots=True)
class Names:
    """All that is written on a map: in its pixels, in the room that is free there.

    `lengths` are what is written under the name of a place, escaped, by its id. `passing` are movements
    that are drawn over the map elsewhere: nothing is written where they start or end. `keys` gathers, as the
    names are written, those that find no room: the number in their place, and the name.
    """

    canvas: Canvas
    projection: Projection
    room: FreeSpace
    spots: Sequence[Spot]
    moves: Sequence[Move]
    words: Sequence[Words]
    lengths: Mapping[str, str]
    passing: Sequence[Move] = ()
    keys: list[tuple[str, str]] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of letters."""
        return SIZE - 2 if self.canvas.narrow else SIZE - 1

    @property
    def most(self) -> int:
        """How many letters a line may have."""
        return 14 if self.canvas.narrow else 22

    def written(self) -> list[Annotation]:
        """Write what lies beyond the edge, then the words, the movements and the places of the map."""
        self._keep_free()
        beyond = (spot for spot in self.spots if not self.projection.inside(spot.point))
        here = (spot for spot in self.spots if self.projection.inside(spot.point))
        notes: list[Annotation | None] = [self._beyond(spot) for spot in beyond]
        notes += [self.room.centre(text) for text in self._words()]
        # Of several movements with one name, the first is named; what stands still chooses before what moves.
        names = {self._name(move.entity.name): move for move in reversed(self.moves)}
        by_choice = sorted(names.items(), key=lambda named: len(named[1].points) > 1)
        notes += [self._movement(name, move) for name, move in by_choice]
        notes += [self._place(spot) for spot in here]
        return [note for note in notes if note is not None]

    def _keep_free(self) -> None:
        for move in self.passing:
            self.room.reserve(smooth(move.points), START, ACROSS_PASSING)
        for spot in self.spots:
            self.room.take(spot.point, PLACE)
        for move in self.moves:
            self.room.take(move.points[0], START)
            if len(move.points) > 1:
                self.room.take(move.points[-1], END)
                self.room.avoid(smooth(move.points), ACROSS_ARROW)

    def _name(self, name: Mapping[str, str]) -> str:
        return wrapped(self.canvas.text(name), self.most)

    def _movement(self, name: str, move: Move) -> Annotation | None:
        """Write the name of a movement at its start, on its way or at its end, wherever it covers least.

        Where several start, its way says better which is meant.
        """
        start, *on = move.points
        shared = sum(math.dist(start, other.points[0]) < 2 * START for other in self.moves) > 1
        places = [(AT_START if shared and on else 0, start)]
        if on:
            way = smooth(move.points)
            places += [(ON_THE_WAY, way[len(way) // 2]), (AT_END, on[-1])]
        colour = move.colour(self.canvas)
        bold = not move.is_last_known
        return self.room.best([(cost, Text(at, name, self.size, colour, bold)) for cost, at in places])

    def _place(self, spot: Spot) -> Annotation | None:
        length = "" if self.canvas.narrow else self.lengths.get(spot.place.entity.id, "")
        name = "<br>".join(filter(None, [wrapped(spot.place.name, self.most), length]))
        return self.room.beside(Text(spot.point, name, self.size, INK)) or self._numbered(spot)

    def _numbered(self, spot: Spot) -> Annotation | None:
        """Write a number in the place of a name that finds no room; the legend says the name."""
        if not spot.place.name:
            return None
        number = self.canvas.number(Decimal(len(self.keys) + 1))
        self.keys.append((number, spot.place.name))
        text = Text(spot.point, safe(number), self.size, INK, bold=True)
        return self.room.beside(text) or self.room.upon(text)

    def _words(self) -> Iterator[Text]:
        width = "narrow" if self.canvas.narrow else "wide"
        for words in self.words:
            if words.only in {"", width}:
                text = f"<i>{wrapped(words.text, self.most)}</i>"
                yield Text(self.projection.pixel(words.lat, words.lon), text, self.size, MUTED)

    def _beyond(self, spot: Spot) -> Annotation | None:
        """Name a place beyond the edge where one would leave for it, or a little up or down of there."""
        (x, y), middle = spot.point, (self.projection.width / 2, self.projection.height / 2)
        dx, dy = x - middle[0], y - middle[1]
        text = Text((0, 0), f"{_way(dx, dy)} {safe(spot.place.name)}", self.size, MUTED)
        reach_x, reach_y = middle[0] - text.wide / 2 - 5, middle[1] - text.tall / 2 - 5
        share = min(reach_x / abs(dx) if dx else 1, reach_y / abs(dy) if dy else 1)
        edge = middle[0] + dx * share, middle[1] + dy * share
        moved = (replace(text, at=(edge[0], edge[1] + text.tall * step)) for step in (0, 1, -1, 2, -2))
        return next((note for one in moved if (note := self.room.centre(one))), None)


def _way(dx: float, dy: float) -> str:
    signs = "→↘↓↙←↖↑↗"
    return signs[round(math.atan2(dy, dx) / (math.pi / 4)) % len(signs)]
