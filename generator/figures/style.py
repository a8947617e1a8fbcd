"""The look that all figures share: the template, the notes in a drawing, the legend above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from generator.figures.canvas import Canvas
from generator.figures.palette import CLEAR, FONT, GRID, INK, MUTED, PAPER
from generator.figures.plotly import Annotation, Plot, Shape, plot
from generator.figures.text import LETTER, LINE, SIZE, safe
from generator.ledger.model import Side

#: A place on an axis: a number, or a day as Plotly writes it.
Coordinate = float | str
#: The room for the sign before a name in the legend, and for the air after it, in pixels.
SIGN = 19
#: The signs of the legend, for the symbols of Plotly that sides may have.
GLYPHS = {
    "circle": "●",
    "circle-open": "○",
    "square": "■",
    "square-open": "□",
    "diamond": "◆",
    "diamond-open": "◇",
    "triangle-up": "▲",
    "triangle-up-open": "△",
    "triangle-down": "▼",
    "triangle-down-open": "▽",
    "star": "★",
    "star-open": "☆",
    "cross": "+",
    "x": "×",
}
#: What a trace says of a mark under the pointer: nothing but its own text.
HOVER = "%{hovertext}<extra></extra>"
#: How much of a claim is seen that is set aside.
PALE = 0.45


@cache
def template() -> dict[str, Any]:
    """Return the look of all figures, as a template of Plotly."""
    axis = {
        "gridcolor": GRID,
        "linecolor": GRID,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": MUTED, "size": SIZE - 1},
        "automargin": True,
        "ticklabelstandoff": 6,
        "title": {"font": {"color": MUTED, "size": SIZE - 1}},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": SIZE, "color": INK},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "align": "left",
                "bgcolor": PAPER,
                "bordercolor": MUTED,
                "font": {"family": FONT, "size": SIZE - 1, "color": INK},
            },
            "xaxis": axis,
            "yaxis": axis,
        }
    }


def look(canvas: Canvas, height: float, margin: Mapping[str, float], **more: Any) -> dict[str, Any]:
    """Return the layout that gives a figure the shared look and its size in pixels, and *more*."""
    locale = canvas.language.locale
    return {
        "template": template(),
        "width": canvas.width,
        "height": int(height),
        "separators": get_decimal_symbol(locale) + get_group_symbol(locale),
        "margin": dict(margin),
        **more,
    }


def plotted(
    traces: Iterable[Any],
    layout: Mapping[str, Any],
    notes: Iterable[Annotation],
    shapes: Iterable[Shape] = (),
) -> Plot:
    """Join traces, a layout, and the notes and shapes over the traces."""
    over = {"annotations": list(notes), "shapes": list(shapes)}
    return plot(traces, {**layout, **{name: parts for name, parts in over.items() if parts}})


def rule(y: float, width: float, **more: Any) -> Shape:
    """Return a faint line across the whole drawing at a height."""
    line = {"color": GRID, "width": width}
    return Shape(type="line", xref="x domain", x0=0, x1=1, y0=y, y1=y, line=line, **more)


def band(start: Coordinate, end: Coordinate, **more: Any) -> Shape:
    """Return a faint band, or a line where it starts and ends in one place, down the whole drawing."""
    return Shape(layer="below", yref="y domain", y0=0, y1=1, x0=start, x1=end, **more)


def note(text: str, **where: Any) -> Annotation:
    """Return an annotation without an arrow: a text that is part of the drawing."""
    shared = {"showarrow": False, "xref": "paper", "yref": "y", "align": "left"}
    return Annotation(text=text, **{**shared, "xanchor": "left", "yanchor": "middle", **where})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the legend: its sign, what it means, and the colour of both."""

    sign: str
    name: str
    colour: str


def side_entries(canvas: Canvas, sides: Sequence[Side]) -> list[Entry]:
    """Return the entries that name sides, where there are two of them or more."""
    if len(sides) <= 1:
        return []
    named = [(side, canvas.text(side.short) or canvas.text(side.name)) for side in sides]
    # A dash stands for no side.
    return [
        Entry(GLYPHS.get(side.symbol, "■"), name, side.colour)
        for side, name in named
        if any(map(str.isalnum, name))
    ]


@dataclass(frozen=True, slots=True)
class Legend:
    """Signs and what they mean, in lines above a drawing: `(x, line, entry)`, x in pixels."""

    placed: Sequence[tuple[float, int, Entry]]
    lines: int

    def height(self, least: int = 12) -> int:
        """Return the margin above the drawing that the legend needs, or *least* without one."""
        return self.lines * LINE + 24 if self.lines else least

    def notes(self, left: float, lift: int = 10) -> Iterable[Annotation]:
        """Write the legend above the drawing from the left edge, so many pixels over the axis."""
        for x, line, entry in self.placed:
            where: dict[str, Any] = {
                "x": 0,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": lift + (self.lines - 1 - line) * LINE,
                "font": {"color": entry.colour},
            }
            # The sign is a text of its own: it comes from another font than the name.
            yield note(entry.sign, xshift=4 - left + x, **where)
            yield note(safe(entry.name), xshift=4 - left + x + SIGN, **where)


def legend(entries: Sequence[Entry], width: int) -> Legend:
    """Lay out the entries of a legend in as many lines as it takes."""
    placed: list[tuple[float, int, Entry]] = []
    x, line = 0.0, 0
    for entry in entries:
        needs = SIGN + len(entry.name) * LETTER + SIGN
        if x and x + needs > width:
            x, line = 0.0, line + 1
        placed.append((x, line, entry))
        x += needs
    return Legend(placed, line + 1 if placed else 0)


def hollow(symbol: str) -> str:
    """Return the open form of a symbol."""
    return symbol if symbol.endswith("-open") else f"{symbol}-open"


def plain(value: Decimal) -> int | float:
    """Return a number as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)
