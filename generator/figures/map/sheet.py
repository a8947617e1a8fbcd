"""The projection of a map goes in; the layout of the sheet it is drawn on comes out, in pixels."""

from __future__ import annotations

from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.map.projection import Frame, Projection, project
from generator.figures.palette import MUTED
from generator.figures.style import look

#: Room for the line about the map, in pixels.
EDGE = 1


def projection_of(canvas: Canvas, frame: Frame) -> Projection:
    """Return the projection that fills the width of a canvas with a frame."""
    return project(frame, canvas.width - 2 * EDGE)


def sheet(canvas: Canvas, projection: Projection, below: float = 0, *, lined: bool = True) -> dict[str, Any]:
    """Return the layout of a map with so much room *below* it, with a line about it if it is *lined*."""
    return look(
        canvas,
        round(projection.height + below) + EDGE,
        {"l": EDGE, "r": EDGE, "t": EDGE, "b": round(below), "pad": 0},
        xaxis=_axis([0, projection.width], lined=lined),
        yaxis=_axis([projection.height, 0], lined=lined),
    )


def _axis(span: list[float], *, lined: bool) -> dict[str, Any]:
    quiet = {"showgrid": False, "showticklabels": False, "zeroline": False, "automargin": False}
    line = {"mirror": True, "showline": True, "linecolor": MUTED} if lined else {}
    return {"range": span, **line, **quiet}
