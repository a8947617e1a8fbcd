"""The maps of a documentary and a place go in; the small map on which a card shows that place comes out.

The same ground without a word, as wide as a page, serves where every language is spoken at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from generator.figures.map.options import LayerOptions, MapOptions
from generator.figures.map.projection import Frame, Pixel, Projection, project, simplified
from generator.ledger.geography import Layer
from generator.ledger.model import Ledger
from generator.ledger.positions import locate
from generator.settings import Documentary

#: The width of a small map in pixels, and how near its edge a place may lie.
WIDE: Final = 240
MARGIN: Final = 12
#: A map that covers less than so many times another's area shows the same ground.
ALIKE: Final = 2.5
#: How far, in pixels, a line may stray from the one it simplifies: a small map keeps the large bends.
TOLERANCE: Final = 1.5
#: The styles of layers that tell a reader where he is; a map that says nothing else shows what is disputed.
_SHOWN: Final = ("river", "lake", "coast", "border")
_WORDLESS: Final = ("area", "lake", "coast", "river", "border", "claimed")
#: The width of a map without words in pixels, as wide as it is shown on a desk.
BROAD: Final = 720


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A frame drawn small: its size in pixels, and the path of what each style draws in it."""

    projection: Projection
    paths: Mapping[str, str]

    @property
    def width(self) -> int:
        """The width of the map in pixels."""
        return round(self.projection.width)

    @property
    def height(self) -> int:
        """The height of the map in pixels."""
        return round(self.projection.height)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place stands on a small map, in pixels, and within which circle it lies; 0 for a point."""

    on: SmallMap
    x: int
    y: int
    radius: int


def small_maps(documentary: Documentary, ledger: Ledger) -> list[SmallMap]:
    """Return the frames of the maps of a documentary drawn small, the narrowest first.

    Of several frames that are nearly as wide, the first of the settings stands for all.
    """
    options = (spec.read(MapOptions) for spec in documentary.figures.values() if spec.kind == "map")
    maps = sorted((one for one in options if isinstance(one, MapOptions)), key=lambda one: _area(one.frame))
    kept: list[MapOptions] = []
    for one in maps:
        if not kept or _area(one.frame) >= ALIKE * _area(kept[-1].frame):
            kept.append(one)
    return [_drawn(one, ledger.layers, WIDE, _SHOWN) for one in kept]


def wordless_map(figures: Iterable[str], documentary: Documentary, ledger: Ledger) -> SmallMap | None:
    """Return the ground of the first map among *figures*, by id, without a word; `None` if there is none.

    A map to be walked through has one ground for all its steps.
    """
    for ident in figures:
        stepper = documentary.steppers.get(ident)
        spec = documentary.figures[stepper.figures[0] if stepper else ident]
        options = spec.read(MapOptions) if spec.kind == "map" else None
        if isinstance(options, MapOptions):
            drawn = _drawn(options, ledger.layers, BROAD, _WORDLESS)
            return drawn if drawn.paths else None
    return None


def spot_of(ident: str, maps: Iterable[SmallMap], ledger: Ledger) -> Spot | None:
    """Return where a place stands on the first of *maps* in which it lies; `None` where there is none."""
    where = locate(ident, ledger)
    for one in maps if where else ():
        x, y = one.projection.pixel(where.lat, where.lon) if where else (0, 0)
        if where and one.projection.inside((x, y), MARGIN):
            radius = round(where.precision_km * one.projection.scale)
            return Spot(one, round(x), round(y), radius if radius < WIDE else 0)
    return None


def _area(frame: Frame) -> float:
    south, west, north, east = frame
    return (north - south) * ((east - west) % 360)


def _drawn(options: MapOptions, layers: Mapping[str, Layer], width: int, styles: Iterable[str]) -> SmallMap:
    projection = project(options.frame, width)
    paths = dict.fromkeys(styles, "")
    for option in options.layers:
        if option.style in paths and option.geo in layers:
            paths[option.style] += _path(option, layers[option.geo], projection)
    return SmallMap(projection, {style: path for style, path in paths.items() if path})


def _path(option: LayerOptions, layer: Layer, projection: Projection) -> str:
    outlines = [one for one in layer.outlines if not option.features or one.id in option.features]
    drawn = ""
    for outline in outlines:
        for line in outline.lines:
            runs = [projection.outline(line)] if outline.is_area else projection.runs(line)
            drawn += "".join(_run(run) + ("z" if outline.is_area else "") for run in runs if run)
    return drawn


def _run(points: list[Pixel]) -> str:
    """Write a run of points in whole pixels, each after the first as a step from the one before."""
    # A closed run has one point at both ends, from which no other is far: it is simplified in two halves.
    half = len(points) // 2
    kept = simplified(points[: half + 1], TOLERANCE)[:-1] + simplified(points[half:], TOLERANCE)
    whole = [(round(x), round(y)) for x, y in kept]
    (x, y), *rest = whole
    steps = f"M{x} {y}"
    for number, (right, down) in enumerate(rest):
        dx, dy = right - whole[number][0], down - whole[number][1]
        steps += f"l{dx} {dy}" if (dx, dy) != (0, 0) else ""
    return steps
