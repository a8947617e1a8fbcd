"""What a map draws goes in; its legend, its scale bar and its north come out, as rows beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.map.basemap import DrawnLayer
from generator.figures.map.movements import Move, line_of
from generator.figures.map.projection import Pixel, Projection
from generator.figures.palette import INK, MUTED
from generator.figures.plotly import Annotation, Shape
from generator.figures.style import GLYPHS, note
from generator.figures.text import LETTER, SIZE, bold, breaks, long, safe, wrapped

#: Pixels: the height of a row; the room for a sample, and its length; the size of letters.
ROW, SAMPLE, REACH, FONT = 22.0, 30.0, 26.0, SIZE - 1.0
#: How long the head of an arrow is in a sample, in pixels.
TIP = 9.0
#: The line of the circle in which a place lies that is known only roughly.
RING = {"color": MUTED, "width": 1.2, "dash": "3px,3px"}


@dataclass
class Legend:
    """The rows beneath a map, laid out in pixels from its lower left corner."""

    width: float
    height: float
    x: float = 0
    y: float = 34
    shapes: list[Shape] = field(default_factory=list)
    notes: list[Annotation] = field(default_factory=list)

    def add_line(self, look: dict[str, Any], text: str) -> None:
        """Add an entry whose sample is a line, or a box where the look has a filling."""
        left, middle = self._next(text)
        right = left + REACH
        if "fillcolor" in look:
            up, down = middle - 6, middle + 6
            self._draw(look, [(left, up), (right, up), (right, down), (left, down)], end="Z")
        else:
            self._draw(look, [(left, middle), (right, middle)])

    def add_arrow(self, look: dict[str, Any], text: str) -> None:
        """Add an entry whose sample is an arrow."""
        left, middle = self._next(text)
        tip = left + REACH
        self._draw(look, [(left, middle), (tip - TIP, middle)])
        head = {"fillcolor": look["line"]["color"], "line": {"width": 0}}
        self._draw(
            head, [(tip, middle), (tip - TIP, middle - TIP / 2), (tip - TIP, middle + TIP / 2)], end="Z"
        )

    def add_ring(self, text: str) -> None:
        """Add the entry of the circle around what is known only roughly."""
        left, middle = self._next(text)
        (x0, y0), (x1, y1) = self._at(left + 5, middle + 8), self._at(left + 21, middle - 8)
        where = {"x0": x0, "x1": x1, "y0": y0, "y1": y1, "xref": "paper", "yref": "paper"}
        self.shapes.append(Shape(type="circle", layer="below", line=RING, **where))

    def add_sign(self, sign: str, text: str) -> None:
        """Add an entry whose sample is a sign."""
        left, middle = self._next(text)
        self._write(sign, left - 2 + SAMPLE / 2, middle, xanchor="center")

    def add_key(self, number: str, name: str) -> None:
        """Add what a number on the map stands for: a name that finds no room there."""
        self.add_sign(bold(safe(number)), name)

    def _next(self, text: str) -> tuple[float, float]:
        """Write the text of an entry, in as many lines as it takes; return where its sample begins."""
        most = int((self.width - SAMPLE - 10) / (LETTER * FONT / SIZE))
        label = wrapped(text, most)
        reach = SAMPLE + 8 + long(label, FONT)
        if self.x and self.x + reach > self.width:
            self.x, self.y = 0, self.y + ROW
        left, middle = self.x + 2, self.y + ROW / 2
        lines = breaks(label)
        self._write(label, self.x + SAMPLE + 6, middle + lines * FONT * 0.65)
        self.x += reach + 18
        if lines:
            self.x, self.y = 0, self.y + ROW + lines * FONT * 1.3
        return left, middle

    @property
    def tall(self) -> float:
        """The height that the rows take."""
        return self.y + (ROW if self.x else 0) + 4

    def scale(self, canvas: Canvas, projection: Projection) -> None:
        """Draw the scale bar and the arrow to the north in the first row."""
        km = _round_length(projection)
        reach = km * projection.scale
        line = {"line": {"color": INK, "width": 2, "dash": "solid"}}
        self._draw(line, [(2, 10), (2, 16), (2 + reach, 16), (2 + reach, 10)])
        length = canvas.say("{n} km", n=canvas.number(Decimal(km)))
        self._write(canvas.language.typeset(length), 10 + reach, 14)
        north = canvas.say("North")
        tip = self.width - long(north, FONT) - 22
        self._draw(line, [(tip, 23), (tip, 5), (tip - 5, 12), (tip, 5), (tip + 5, 12)])
        self._write(north, tip + 10, 14)

    def _draw(self, look: dict[str, Any], points: Sequence[Pixel], end: str = "") -> None:
        path = "L".join(f"{x:g},{y:g}" for x, y in (self._at(*point) for point in points))
        where = {"xref": "paper", "yref": "paper"}
        self.shapes.append(Shape(type="path", path=f"M{path}{end}", **where, **look))

    def _write(self, text: str, x: float, down: float, **where: Any) -> None:
        across, up = self._at(x, down)
        self.notes.append(note(text, font={"size": FONT}, x=across, y=up, yref="paper", **where))

    def _at(self, x: float, down: float) -> Pixel:
        """Return a place beneath the map in shares of the map, which scale with it."""
        return round(x / self.width, 5), round(-down / self.height, 5)


def _round_length(projection: Projection) -> int:
    longest = projection.width / projection.scale / 4
    steps = [factor * tens for tens in (1, 10, 100, 1000, 10_000) for factor in (1, 2, 5)]
    fitting: list[int] = [step for step in steps if step <= max(longest, 1)]
    return fitting[-1]


def legend_of(
    canvas: Canvas,
    projection: Projection,
    layers: Sequence[DrawnLayer],
    moves: Sequence[Move],
    *,
    rough: bool,
) -> Legend:
    """Lay out the legend: what each line, symbol and arrow means, of what passes over the map too."""
    legend = Legend(projection.width, projection.height)
    legend.scale(canvas, projection)
    moving = {move.entity.side for move in moves}
    for side_id in (one for one in canvas.ledger.sides if one in moving):
        side = canvas.side(side_id)
        sign = f'<span style="color:{safe(side.colour)}">{GLYPHS.get(side.symbol, "■")}</span>'
        legend.add_sign(sign, canvas.side_name(side_id))
    for kind in dict.fromkeys(move.entity.kind for move in moves if len(move.points) > 1):
        legend.add_arrow({"line": line_of(canvas, kind, INK)}, canvas.word(kind))
    for drawn in layers:
        if drawn.label:
            legend.add_line(drawn.look(), drawn.label)
    if rough:
        legend.add_ring(canvas.say("position known only to within this circle"))
    return legend
