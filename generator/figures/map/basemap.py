"""Layers of lines and areas go in; what a map draws beneath everything comes out, with its legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.map.options import LayerOptions
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Pixel, Projection
from generator.figures.options import known, known_one
from generator.figures.palette import INK, MUTED, WATER
from generator.figures.plotly import Shape
from generator.ledger.geography import Layer, Outline


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


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """One layer of a map: its outlines, its look, and its name in the legend, if it stands there."""

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

    def is_in(self, projection: Projection) -> bool:
        """Return whether any of the layer lies in the frame of a map."""
        return any(
            projection.meets(line, closed=outline.is_area)
            for outline in self.outlines
            for line in outline.lines
        )

    def runs(self, projection: Projection) -> list[tuple[list[Pixel], bool]]:
        """Return what is seen of the layer: runs of pixels, and whether each is closed."""
        lines = [(line, outline.is_area) for outline in self.outlines for line in outline.lines]
        return [
            (run, is_area)
            for line, is_area in lines
            for run in ([projection.outline(line)] if is_area else projection.runs(line))
            if run
        ]


def layers_of(canvas: Canvas, options: Sequence[LayerOptions]) -> list[DrawnLayer]:
    """Return the layers that the settings ask for, in their order."""
    return [_layer(canvas, number, option) for number, option in enumerate(options)]


def _layer(canvas: Canvas, number: int, option: LayerOptions) -> DrawnLayer:
    layers = canvas.ledger.layers
    layer = layers[known_one(canvas, ("layers", number, "geo"), option.geo, layers)]
    every = {outline.id: outline for outline in layer.outlines}
    chosen = known(canvas, ("layers", number, "features"), option.features, every) or every
    outlines = tuple(outline for ident, outline in every.items() if ident in chosen)
    style, side = STYLES[option.style], outlines[0].side
    return DrawnLayer(
        layer,
        outlines,
        style,
        canvas.side(side).colour if side else style.colour,
        option.dash or style.dash,
        canvas.text(option.label or outlines[0].name) if option.legend else "",
    )


def basemap_shapes(layers: Sequence[DrawnLayer], projection: Projection, room: FreeSpace) -> Iterable[Shape]:
    """Draw each layer as one shape, and make it dear to write across its lines."""
    for drawn in layers:
        runs = drawn.runs(projection)
        for run, _ in runs:
            room.avoid(run, drawn.style.cost)
        if runs:
            path = " ".join(svg_path(run, closed=closed) for run, closed in runs)
            yield Shape(type="path", path=path, layer="below", **drawn.look())


def svg_path(points: Sequence[Pixel], *, closed: bool = False) -> str:
    """Write points as the path of a shape."""
    text = "L".join(f"{x:g},{y:g}" for x, y in points)
    return f"M{text}Z" if closed else f"M{text}"
