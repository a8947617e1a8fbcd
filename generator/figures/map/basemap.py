"""Layers of lines and areas go in; what a map draws beneath everything comes out, with its legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Pixel, Projection
from generator.figures.options import ids, one_of, tables
from generator.figures.palette import INK, MUTED, WATER
from generator.figures.plotly import go
from generator.ledger.geography import Layer, Outline
from generator.problems import did_you_mean


@dataclass(frozen=True, slots=True)
class Style:
    """How a layer is drawn: its line, how dense its areas are, and what it costs to write across it."""

    colour: str
    width: float
    dash: str
    cost: float
    opacity: float = 0


STYLES: Mapping[str, Style] = {
    "river": Style(WATER, 2.4, "solid", 5),
    "lake": Style(WATER, 1, "solid", 2, opacity=0.45),
    "coast": Style(WATER, 1.4, "solid", 3),
    "border": Style(MUTED, 1.4, "8px,3px,2px,3px", 4),
    "claimed": Style(MUTED, 3, "dash", 6),
    "railway": Style(INK, 1.8, "solid", 6),
    "area": Style(MUTED, 0, "solid", 0, opacity=0.16),
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """One layer of a map: its outlines, its look, and its name in the legend."""

    layer: Layer
    outlines: tuple[Outline, ...]
    style: Style
    colour: str
    dash: str
    label: str

    def look(self) -> dict[str, Any]:
        """Return the look of the layer, for its lines and for its sample in the legend."""
        line = {"color": self.colour, "width": self.style.width, "dash": self.dash}
        opacity = self.style.opacity
        return {"line": line} | ({"fillcolor": self.colour, "opacity": opacity} if opacity else {})

    def runs(self, projection: Projection) -> list[tuple[list[Pixel], bool]]:
        """Return what is seen of the layer: runs of pixels, and whether each is closed."""
        lines = [(line, outline.is_area) for outline in self.outlines for line in outline.lines]
        return [
            (run, is_area)
            for line, is_area in lines
            for run in ([projection.outline(line)] if is_area else projection.runs(line))
            if run
        ]


def layers_of(canvas: Canvas) -> list[DrawnLayer]:
    """Return the layers that the settings ask for, in their order."""
    return [_layer(canvas, entry) for entry in tables(canvas, "layers")]


def _layer(canvas: Canvas, entry: Mapping[str, Any]) -> DrawnLayer:
    name, layers = str(entry.get("geo", "")), canvas.ledger.layers
    if name not in layers:
        hint = did_you_mean(name, layers, "write geo = the name of a file in data/geo")
        raise canvas.bad(f'layers name "{name}", which does not exist', hint)
    layer = layers[name]
    known = [outline.id for outline in layer.outlines]
    chosen = ids(canvas, "layers.features", entry.get("features"), known) or known
    outlines = tuple(outline for outline in layer.outlines if outline.id in chosen)
    style = STYLES[one_of(canvas, "style", entry.get("style", "border"), list(STYLES))]
    dash = one_of(canvas, "dash", entry.get("dash", style.dash), [*DASHES, style.dash])
    side, label = outlines[0].side, entry.get("label")
    return DrawnLayer(
        layer,
        outlines,
        style,
        canvas.side(side).colour if side else style.colour,
        dash,
        canvas.text(label if isinstance(label, Mapping) else outlines[0].name),
    )


def basemap_shapes(
    layers: Sequence[DrawnLayer], projection: Projection, room: FreeSpace
) -> Iterable[go.layout.Shape]:
    """Draw each layer as one shape, and make it dear to write across its lines."""
    for drawn in layers:
        runs = drawn.runs(projection)
        for run, _ in runs:
            room.avoid(run, drawn.style.cost)
        if runs:
            path = " ".join(svg_path(run, closed=closed) for run, closed in runs)
            yield go.layout.Shape(type="path", path=path, layer="below", **drawn.look())


def svg_path(points: Sequence[Pixel], *, closed: bool = False) -> str:
    """Write points as the path of a shape."""
    text = "L".join(f"{x:g},{y:g}" for x, y in points)
    return f"M{text}Z" if closed else f"M{text}"
