"""Layers of lines and areas go in; what a map draws beneath everything comes out, with its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Pixel, Projection
from generator.figures.options import bad, ids, one_of, tables
from generator.figures.style import INK, MUTED, side_of
from generator.language import Language
from generator.ledger.geography import Layer, Outline
from generator.ledger.model import Ledger
from generator.problems import did_you_mean
from generator.settings import Spec

WATER = "#5b93b5"
#: How each style draws: colour, width, dash, and how dear it is to write across.
STYLES: Mapping[str, tuple[str, float, str, float]] = {
    "river": (WATER, 2.4, "solid", 5),
    "lake": (WATER, 1, "solid", 2),
    "coast": (WATER, 1.4, "solid", 3),
    "border": (MUTED, 1.4, "8px,3px,2px,3px", 4),
    "claimed": (MUTED, 3, "dash", 6),
    "railway": (INK, 1.8, "solid", 6),
    "area": (MUTED, 0, "solid", 0),
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """One layer of a map: its outlines, its look, and its name in the key."""

    layer: Layer
    outlines: tuple[Outline, ...]
    style: str
    colour: str
    dash: str
    label: str


def layers_of(spec: Spec, ledger: Ledger, language: Language) -> list[DrawnLayer]:
    """Return the layers that the settings ask for, in their order."""
    found = []
    for about in tables(spec, "layers"):
        name = str(about.get("geo", ""))
        if name not in ledger.layers:
            hint = did_you_mean(name, ledger.layers, "write geo = the name of a file in data/geo")
            raise bad(spec, f'layers name "{name}", which does not exist', hint)
        layer = ledger.layers[name]
        known = [outline.id for outline in layer.outlines]
        chosen = ids(spec, "layers.features", about.get("features"), known) or known
        outlines = tuple(outline for outline in layer.outlines if outline.id in chosen)
        option = Spec(spec.id, spec.kind, {}, {}, about, spec.location)
        style = one_of(option, "style", list(STYLES), "border")
        side = outlines[0].side
        colour = side_of(ledger, side).colour if side else STYLES[style][0]
        dash = one_of(option, "dash", [*DASHES, STYLES[style][2]], STYLES[style][2])
        label = about.get("label")
        said = language.text(label) if isinstance(label, Mapping) else language.text(outlines[0].name)
        found.append(DrawnLayer(layer, outlines, style, colour, dash, said))
    return found


def basemap_shapes(
    layers: Sequence[DrawnLayer], projection: Projection, room: FreeSpace
) -> list[dict[str, Any]]:
    """Draw each layer as one shape, and make it dear to write across its lines."""
    shapes = []
    for drawn in layers:
        parts = []
        for outline in drawn.outlines:
            for line in outline.lines:
                runs = [projection.outline(line)] if outline.is_area else projection.runs(line)
                for run in filter(None, runs):
                    parts.append(svg_path(run, closed=outline.is_area))
                    room.avoid(run, STYLES[drawn.style][3])
        if parts:
            shapes.append(look(drawn) | {"type": "path", "path": " ".join(parts)})
    return shapes


def look(drawn: DrawnLayer) -> dict[str, Any]:
    """Return the look of a layer, for its lines and for its sample in the key."""
    width = STYLES[drawn.style][1]
    line = {"color": drawn.colour, "width": width, "dash": drawn.dash}
    areas = {"lake": 0.45, "area": 0.16}
    filled = {"fillcolor": drawn.colour, "opacity": areas[drawn.style]} if drawn.style in areas else {}
    return {"line": line, "layer": "below", "xref": "x", "yref": "y"} | filled


def svg_path(points: Sequence[Pixel], *, closed: bool = False) -> str:
    """Write points as the path of a shape."""
    (x, y), *others = points
    text = f"M{x:g},{y:g}" + "".join(f"L{x:g},{y:g}" for x, y in others)
    return f"{text}Z" if closed else text
