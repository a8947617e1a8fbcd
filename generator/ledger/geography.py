"""GeoJSON goes in; layers of named lines and areas come out, with their source, or what is wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.problems import Location, Problem

#: A line, as longitude and latitude in decimal degrees: the order GeoJSON has.
Line = tuple[tuple[float, float], ...]
_PARTS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


@dataclass(frozen=True, slots=True)
class Outline:
    """One feature: its name in every language, and its lines; those of an area are closed."""

    id: str
    name: Mapping[str, str]
    side: str
    is_area: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of features that have source, licence and precision in common."""

    id: str
    outlines: tuple[Outline, ...]
    source: str
    via: str
    licence: str
    precision_km: float
    note: Mapping[str, str]
    file: str


def read_layer(file: str, raw: bytes, languages: Sequence[str]) -> Layer | Problem:
    """Read one GeoJSON file. The collection itself says name, source, licence and precision."""
    try:
        about = json.loads(raw)
        return Layer(
            id=str(about["name"]),
            outlines=tuple(_outline(feature, languages) for feature in about["features"]),
            source=str(about["source"]),
            via=str(about.get("via", "")),
            licence=str(about["licence"]),
            precision_km=float(about["precision_km"]),
            note={code: str(about[f"note_{code}"]) for code in languages},
            file=file,
        )
    except KeyError as error:
        hint = "the collection says name, source, licence, precision_km and a note in every language"
        return Problem(Location(file), "bad-geodata", f"{error} is missing", hint)
    except (ValueError, TypeError, AttributeError) as error:
        return Problem(Location(file), "bad-geodata", str(error), "see geojson.org for the form")


def check_layers(layers: Iterable[Layer], sources: Collection[str]) -> list[Problem]:
    """The sources that geodata name are in the bibliography."""
    return [
        Problem(Location(layer.file), "bad-geodata", f'the source "{name}" is not in the bibliography')
        for layer in layers
        for name in (layer.source, layer.via)
        if name and name not in sources
    ]


def _outline(feature: Mapping[str, Any], languages: Sequence[str]) -> Outline:
    about, shape = feature["properties"], feature["geometry"]
    if shape["type"] not in _PARTS:
        raise ValueError(f"a {shape['type']} is neither a line nor an area")
    return Outline(
        id=str(about["id"]),
        name={code: str(about[f"name_{code}"]) for code in languages},
        side=str(about.get("side", "")),
        is_area=shape["type"].endswith("Polygon"),
        lines=tuple(_lines(shape["coordinates"], _PARTS[shape["type"]])),
    )


def _lines(coordinates: Sequence[Any], depth: int) -> Iterable[Line]:
    if depth > 1:
        for part in coordinates:
            yield from _lines(part, depth - 1)
    else:
        yield tuple((float(point[0]), float(point[1])) for point in coordinates)
