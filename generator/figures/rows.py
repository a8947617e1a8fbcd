"""The rows of a chart and what it draws in them go in; the Plotly figure comes out, laid out in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.figures.axes import ValueAxis
from generator.figures.canvas import Canvas
from generator.figures.palette import INK, MUTED
from generator.figures.plotly import Annotation, Plot, Shape
from generator.figures.style import Entry, legend, look, note, plotted
from generator.figures.text import LINE, SIZE, bold, breaks, margin_for, tall

#: Pixels: the least height of a row; the edge of a narrow drawing, in which a label stands above its
#: row; the row itself there, and the air around it.
ROW = 36
EDGE, BAND, AIR = 10, 26, 10
#: From so many pixels of rows on, a screen does not show them with the axis below: it stands above them too.
TALL = 600


def letters_of_row(canvas: Canvas) -> int:
    """Return how many letters a line of a row's label may have."""
    return 40 if canvas.narrow else 28


def heading_letters(canvas: Canvas) -> int:
    """Return how many letters a line above the drawing may have."""
    return 38 if canvas.narrow else 76


def ticks_of(canvas: Canvas, wide: int = 4) -> int:
    """Return about how many ticks an axis of figures has room for."""
    return 3 if canvas.narrow else wide


def left_margin(canvas: Canvas, labels: Iterable[str]) -> int:
    """Return the margin left of the rows: room for their labels, or only an edge."""
    return EDGE if canvas.narrow else margin_for(labels, least=60)


def row_room(canvas: Canvas, label: str, *beside: str) -> tuple[float, float]:
    """Return the height of a row, and how far below its top its marks stand."""
    if not canvas.narrow:
        height = max(ROW, max(map(tall, (label, *beside))) + 14)
        return height, height / 2
    return tall(label) + BAND + AIR, tall(label) + BAND / 2


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a row: where its marks stand, and how far up they reach where it stands above them."""

    y: float
    text: str
    half: float = BAND / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over a block of rows, escaped, and the height of its middle."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class RowChart:
    """A chart of rows, before it is laid out: all heights in pixels from the top of the rows.

    `lift` is how far the legend stands above the rows, `least` the margin there without one.
    """

    canvas: Canvas
    labels: Sequence[Label]
    height: float
    axis: ValueAxis | dict[str, Any]
    title: str = ""
    headings: Sequence[Heading] = ()
    entries: Sequence[Entry] = ()
    lift: int = 10
    least: int = 8
    right: int = 20
    bottom: int = 64
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """The margin left of the rows."""
        return left_margin(self.canvas, (label.text for label in self.labels))

    def plotted(
        self,
        traces: Iterable[Any],
        notes: Iterable[Annotation] = (),
        shapes: Iterable[Shape] = (),
    ) -> Plot:
        """Lay the traces, notes and shapes of the rows out, with labels, headings, legend and axis."""
        canvas, left = self.canvas, self.left
        keys = legend(self.entries, canvas.width)
        axis = self.axis.layout(self.title) if isinstance(self.axis, ValueAxis) else self.axis
        above = ticks_above(canvas, axis, self.lift - 4) if self.height > TALL else []
        lift = self.lift + max((tall(tick["text"]) + 4 for tick in above), default=0)
        top = keys.height(self.least) + lift - 10
        layout = look(
            canvas,
            int(self.height) + top + self.bottom,
            {"l": left, "r": self.right, "t": top, "b": self.bottom},
            xaxis=axis,
            yaxis=row_axis(canvas, self.height, self.labels),
            **self.more,
        )
        words = [
            *keys.notes(left, lift),
            *above,
            *headings(self.headings, left),
            *row_notes(canvas, self.labels),
            *notes,
        ]
        return plotted(traces, layout, words, shapes)


def ticks_above(canvas: Canvas, axis: Mapping[str, Any], lift: int) -> list[Annotation]:
    """Write the ticks of an axis a second time, so many pixels above the rows."""
    # Of an annotation on a logarithmic axis, Plotly wants the exponent.
    places = [math.log10(tick) if axis.get("type") == "log" else tick for tick in axis.get("tickvals", ())]
    # A day at the left end has no room before it where rows are not named beside; a number there is short.
    begins = axis["range"][0] if canvas.narrow and axis.get("type") == "date" else None
    font, over = {"color": MUTED, "size": SIZE - 1}, {"yref": "y domain", "yanchor": "bottom", "yshift": lift}
    return [
        note(text, x=place, xref="x", y=1, font=font, xanchor=anchor, align=anchor, **over)
        for place, text in zip(places, axis.get("ticktext", ()), strict=True)
        for anchor in ["left" if place == begins else "center"]
    ]


def row_axis(canvas: Canvas, height: float, labels: Sequence[Label]) -> dict[str, Any]:
    """Return the axis of rows, which names them where there is room beside."""
    named = [] if canvas.narrow else labels
    return {
        "range": [height, 0],
        "tickmode": "array",
        "tickvals": [label.y for label in named],
        "ticktext": [label.text for label in named],
        "showgrid": False,
        # A mark where the axis begins stands half before it.
        "ticklabelstandoff": 11,
        "tickfont": {"size": SIZE, "color": INK},
    }


def row_notes(canvas: Canvas, labels: Sequence[Label]) -> list[Annotation]:
    """Name rows above their marks, where there is no room beside."""
    if not canvas.narrow:
        return []
    return [
        note(label.text, x=0, y=label.y - label.half, yanchor="bottom", xshift=-2)
        for label in labels
        if label.text
    ]


def headings(rows: Iterable[Heading], left: int) -> list[Annotation]:
    """Write headings from the left edge of the drawing."""
    return [note(bold(row.text), x=0, y=row.y, xshift=4 - left, font={"color": MUTED}) for row in rows]


def heading_height(text: str, least: int) -> int:
    """Return the height of a heading of these lines, *least* where it is one line."""
    return least + breaks(text) * LINE
