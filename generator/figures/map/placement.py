"""Texts and what they must not cover go in; where each text of a map finds room comes out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.figures.boxes import Box, about, free
from generator.figures.map.projection import Pixel
from generator.figures.palette import MUTED
from generator.figures.plotly import Annotation, Shape
from generator.figures.style import note
from generator.figures.text import bold, breaks, long

#: The line that joins a text to its point: from the point to the text.
Leader = tuple[Pixel, Pixel]
#: The gaps at which a text is tried beside its point, in pixels.
GAPS = (10.0, 16.0, 24.0, 36.0, 52.0, 70.0, 92.0, 118.0)
#: Where a text is tried about its point, across and down: beside, above and below it, then at the corners.
_SIDES = (
    *((1, 0), (-1, 0), (0, -1), (0, 1)),
    *((1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5), (0.5, -1), (0.5, 1), (-0.5, -1), (-0.5, 1)),
)
#: What it costs to join a text to its point by a line; to run through a symbol or a text; to cross a line.
_JOINED, _THROUGH, _OVER = 25, 60, 6


@dataclass(frozen=True, slots=True)
class Text:
    """A text (escaped, with <br> between lines) that belongs to a point."""

    at: Pixel
    text: str
    size: float
    colour: str
    bold: bool = False

    @property
    def wide(self) -> float:
        """The width of the longest line, in pixels."""
        return long(self.text, self.size) * (1.06 if self.bold else 1)

    @property
    def tall(self) -> float:
        """The height of all lines, in pixels."""
        return (breaks(self.text) + 1) * self.size * 1.3

    def inked(self, box: Box) -> Iterator[Box]:
        """Yield what of the box of the text is covered with letters: a box for each line."""
        lines = self.text.split("<br>")
        middle, row = (box[0] + box[2]) / 2, (box[3] - box[1]) / len(lines)
        for number, line in enumerate(lines):
            yield about(middle, box[1] + row * (number + 0.5), long(line, self.size), row * 0.7)


@dataclass
class FreeSpace:
    """The room of a map: what is taken, and the lines that a text should rather not cross.

    `reserved` is what is taken, and `at_times` the lines that are there, in other drawings only.
    """

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    lines: list[tuple[float, Sequence[Pixel]]] = field(default_factory=list)
    points: list[Pixel] = field(default_factory=list)
    leaders: list[Shape] = field(default_factory=list)
    reserved: list[Box] = field(default_factory=list)
    at_times: list[tuple[float, Sequence[Pixel]]] = field(default_factory=list)

    def take(self, at: Pixel, reach: float) -> None:
        """Keep a square about a point free of texts."""
        self.taken.append(about(*at, 2 * reach, 2 * reach))
        self.points.append(at)

    def avoid(self, line: Sequence[Pixel], cost: float) -> None:
        """Let it cost so much to write across a line."""
        self.lines.append((cost, _dense(line)))

    def reserve(self, line: Sequence[Pixel], reach: float, cost: float) -> None:
        """Keep the ends of a line free, and let it cost so much to write across it, until `release`."""
        self.reserved += [about(*end, 2 * reach, 2 * reach) for end in (line[0], line[-1])]
        self.at_times.append((cost, _dense(line)))

    def release(self) -> None:
        """Give back what was reserved."""
        self.reserved.clear()
        self.at_times.clear()

    def centre(self, text: Text) -> Annotation | None:
        """Write a text about its point, if that is free."""
        box = about(*text.at, text.wide, text.tall)
        return self._written(text, box) if self._free(box) else None

    def upon(self, text: Text) -> Annotation:
        """Write a text about its point, whatever it covers."""
        return self._written(text, about(*text.at, text.wide, text.tall))

    def beside(self, text: Text) -> Annotation | None:
        """Write a text beside its point, where it covers least; `None` if there is no room.

        A text that stands apart, or nearer to another point, is joined to its own by a line.
        """
        return self.best([(0, text)])

    def best(self, texts: Sequence[tuple[float, Text]]) -> Annotation | None:
        """Write the one of several texts that covers least; each brings what it costs to choose it."""
        found: tuple[float, Text, Box, Leader | None] | None = None
        for extra, text in texts:
            for far, box in _spots(text):
                if found and extra + far >= found[0]:
                    continue
                if self._free(box):
                    leader = _leader(text, box) if self._apart(text, box) else None
                    cost = extra + far + self._cost(box) + (self._joined(leader) if leader else 0)
                    if not found or cost < found[0]:
                        found = cost, text, box, leader
        if not found:
            return None
        _, text, box, leader = found
        if leader:
            self.leaders.append(_drawn(leader))
            self.avoid(leader, _OVER)
        return self._written(text, box)

    def _apart(self, text: Text, box: Box) -> bool:
        gap = _gap(text.at, box)
        others = (point for point in self.points if math.dist(point, text.at) > 8)
        return gap > GAPS[1] + 1 or any(_gap(point, box) < gap + 2 for point in others)

    def _joined(self, leader: Leader) -> float:
        """Return what it costs to draw a line: more for each symbol and text that it runs through."""
        own, _ = leader
        dense = _dense(leader, 4)
        through = sum(
            any(_gap(point, box) == 0 for point in dense) for box in self.taken if _gap(own, box) > 0
        )
        return _JOINED + math.dist(*leader) / 4 + _THROUGH * through

    def _written(self, text: Text, box: Box) -> Annotation:
        self.taken.append(box)
        left, top, right, bottom = box
        label = bold(text.text, when=text.bold)
        where = {"x": round((left + right) / 2, 1), "y": round((top + bottom) / 2, 1)}
        font = {"size": text.size, "color": text.colour}
        return note(label, font=font, xref="x", align="center", xanchor="center", **where)

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = box
        if left < 3 or top < 3 or right > self.width - 3 or bottom > self.height - 3:
            return False
        return free(self.taken, box) and free(self.reserved, box)

    def _cost(self, box: Box) -> float:
        left, top, right, bottom = box
        return sum(
            cost
            for cost, line in (*self.lines, *self.at_times)
            for x, y in line
            if left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2
        )


def _spots(text: Text) -> Iterator[tuple[float, Box]]:
    x, y = text.at
    for gap in GAPS:
        for order, (across, down) in enumerate(_SIDES):
            push = gap if not (across and down) else gap * 0.6
            middle_x = x + across * (text.wide / 2 + push)
            middle_y = y + down * (text.tall / 2 + push)
            yield gap * 2 + order, about(middle_x, middle_y, text.wide, text.tall)


def _gap(point: Pixel, box: Box) -> float:
    """Return how far a point is from a box."""
    x, y = point
    left, top, right, bottom = box
    return math.hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom))


def _leader(text: Text, box: Box) -> Leader:
    """Return the line from the point of a text to the nearest of its letters."""
    x, y = text.at

    def nearest(ink: Box) -> Pixel:
        return min(max(x, ink[0]), ink[2]), min(max(y, ink[1]), ink[3])

    end = min((nearest(ink) for ink in text.inked(box)), key=lambda point: math.dist(point, text.at))
    far = math.dist(text.at, end) or 1
    return (x + (end[0] - x) * 6 / far, y + (end[1] - y) * 6 / far), end


def _drawn(leader: Leader) -> Shape:
    (start_x, start_y), (end_x, end_y) = leader
    path = f"M{start_x:.1f},{start_y:.1f}L{end_x:.1f},{end_y:.1f}"
    line = {"color": MUTED, "width": 1, "dash": "solid"}
    return Shape(type="path", layer="above", path=path, line=line)


def _dense(line: Sequence[Pixel], step: float = 6) -> list[Pixel]:
    """Return points along a line, none further than *step* from the next."""
    dense: list[Pixel] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        pieces = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / step))
        dense += [(x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces) for n in range(pieces)]
    return [*dense, *line[-1:]]
