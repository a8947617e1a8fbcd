"""What a map draws goes in; its key, its scale bar and its north come out, as rows beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.figures.map.basemap import DrawnLayer, look
from generator.figures.map.movements import LOOKS, Move
from generator.figures.map.projection import Pixel, Projection
from generator.figures.style import (
    GLYPHS,
    INK,
    LETTER,
    MUTED,
    SIZE,
    letters,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.language import Language
from generator.language.naming import side_name, word
from generator.ledger.model import Ledger

ROW = 22.0
SAMPLE = 30.0
FONT = SIZE - 1.0


@dataclass
class Legend:
    """The rows beneath a map, laid out in pixels from its lower left corner."""

    width: float
    height: float
    x: float = 0
    y: float = 34
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def add(self, sample: dict[str, Any] | None, sign: str, text: str) -> None:
        """Add an entry: a sample drawn as a shape, or a sign, and a text that may take lines."""
        most = int((self.width - SAMPLE - 10) / (LETTER * FONT / SIZE))
        said = wrapped(text, most)
        long = SAMPLE + 8 + letters(said) * LETTER * FONT / SIZE
        if self.x and self.x + long > self.width:
            self.x, self.y = 0, self.y + ROW
        middle = self.y + ROW / 2
        if sample is not None:
            self._sample(sample, middle)
        else:
            self._write(sign, self.x + SAMPLE / 2, middle, xanchor="center")
        lines = said.count("<br>")
        self._write(said, self.x + SAMPLE + 6, middle + lines * FONT * 0.65)
        self.x += long + 18
        if lines:
            self.x, self.y = 0, self.y + ROW + lines * FONT * 1.3

    @property
    def tall(self) -> float:
        """The height that the rows take."""
        return self.y + (ROW if self.x else 0) + 4

    def scale(self, projection: Projection, language: Language) -> None:
        """Draw the scale bar and the arrow to the north in the first row."""
        km = _round_length(projection)
        long = km * projection.scale
        line = {"line": {"color": INK, "width": 2, "dash": "solid"}}
        self._draw(line, [(2, 10), (2, 16), (2 + long, 16), (2 + long, 10)])
        length = language.say("{n} km", n=language.number(Decimal(km)))
        self._write(language.typeset(length), 10 + long, 14)
        north = language.say("North")
        tip = self.width - letters(north) * LETTER * FONT / SIZE - 22
        self._draw(line, [(tip, 23), (tip, 5), (tip - 5, 12), (tip, 5), (tip + 5, 12)])
        self._write(north, tip + 10, 14)

    def _sample(self, drawn: dict[str, Any], middle: float) -> None:
        left, right = self.x + 2, self.x + 28
        shown = {key: value for key, value in drawn.items() if key in {"line", "fillcolor", "opacity"}}
        if "fillcolor" in drawn:
            up, down = middle - 6, middle + 6
            self._draw(shown, [(left, up), (right, up), (right, down), (left, down)], end="Z")
        elif drawn.get("type") == "circle":
            (x0, y0), (x1, y1) = self._at(left + 5, middle + 8), self._at(left + 21, middle - 8)
            box = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
            self.shapes.append(RING | box | {"xref": "paper", "yref": "paper"})
        else:
            self._draw(shown, [(left, middle), (right, middle)])

    def _draw(self, shown: dict[str, Any], points: Sequence[Pixel], end: str = "") -> None:
        places = [self._at(*point) for point in points]
        path = "".join(f"{'L' if n else 'M'}{x:g},{y:g}" for n, (x, y) in enumerate(places))
        self.shapes.append({"type": "path", "path": path + end, "xref": "paper", "yref": "paper"} | shown)

    def _write(self, text: str, x: float, down: float, **where: object) -> None:
        across, up = self._at(x, down)
        self.notes.append(note(text, font={"size": FONT}, x=across, y=up, yref="paper", **where))

    def _at(self, x: float, down: float) -> Pixel:
        """Return a place beneath the map in shares of the map, which scale with it."""
        return round(x / self.width, 5), round(-down / self.height, 5)


#: The circle in which a place lies that is known only roughly.
RING: dict[str, Any] = {
    "type": "circle",
    "layer": "below",
    "line": {"color": MUTED, "width": 1.2, "dash": "3px,3px"},
}


def _round_length(projection: Projection) -> int:
    longest = projection.width / projection.scale / 4
    steps = [factor * tens for tens in (1, 10, 100, 1000, 10_000) for factor in (1, 2, 5)]
    fitting: list[int] = [step for step in steps if step <= max(longest, 1)]
    return fitting[-1]


def legend_of(
    projection: Projection,
    layers: Sequence[DrawnLayer],
    moves: Sequence[Move],
    ledger: Ledger,
    language: Language,
    *,
    rough: bool,
) -> Legend:
    """Lay out the key: what each line, symbol and arrow of the map means."""
    key = Legend(projection.width, projection.height)
    key.scale(projection, language)
    for side_id in dict.fromkeys(move.entity.side for move in moves):
        side = side_of(ledger, side_id)
        sign = f'<span style="color:{safe(side.colour)}">{GLYPHS.get(side.symbol, "■")}</span>'
        key.add(None, sign, side_name(ledger, language, side_id))
    for kind in dict.fromkeys(m.entity.kind for m in moves if len(m.points) > 1):
        width, dash = LOOKS.get(kind, LOOKS["attack"])
        key.add({"line": {"color": INK, "width": width, "dash": dash}}, "", word(ledger, language, kind))
    for drawn in layers:
        if drawn.label:
            key.add(look(drawn), "", drawn.label)
    if rough:
        key.add(RING, "", language.say("position known only to within this circle"))
    return key
