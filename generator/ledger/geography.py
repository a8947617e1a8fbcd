"""GeoJSON goes in; layers of named lines and areas come out, with their source, or what is wrong."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.problems import Location, Problem, did_you_mean
from generator.typed import Document, Path, read_json

#: A line, as longitude and latitude in decimal degrees: the order GeoJSON has.
Line = tuple[tuple[float, float], ...]
#: South, west, north, east, in decimal degrees.
Bounds = tuple[float, float, float, float]
#: How deep the lines of each form of GeoJSON stand in its lists.
_PARTS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_HEAD = ("name", "source", "licence", "precision_km")


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
    licence: Mapping[str, str]
    precision_km: float
    note: Mapping[str, str]
    file: str


class _GeoError(ValueError):
    """What is wrong with a part of a file, where, and what to do."""

    def __init__(self, message: str, hint: str = "", path: Path = ()) -> None:
        super().__init__(message)
        self.hint, self.path = hint, path


def read_layer(file: str, raw: bytes, languages: Sequence[str]) -> Layer | list[Problem]:
    """Read one GeoJSON file. The collection itself says name, source, licence and precision.

    A licence is one name; where it has words, each language has its own (`licence_en`).

    Coordinates are longitudes and latitudes (WGS 84). What is wrong is said once for each feature.
    """
    document = read_json(file, raw, "bad-geodata")
    if isinstance(document, list):
        return document
    problems: list[Problem] = []
    try:
        features = _features(document.value, languages)
    except _GeoError as error:
        return [_problem(document, error)]
    outlines: dict[str, Outline] = {}
    for number, feature in enumerate(features):
        try:
            outline = _outline(feature, ("features", number), languages)
        except _GeoError as error:
            problems.append(_problem(document, error))
            continue
        if outline.id in outlines:
            twice = _GeoError(f'the feature "{outline.id}" stands twice', "", ("features", number))
            problems.append(_problem(document, twice))
        outlines[outline.id] = outline
    if problems:
        return problems
    collection = document.value
    return Layer(
        id=collection["name"],
        outlines=tuple(outlines.values()),
        source=collection["source"],
        via=str(collection.get("via", "")),
        licence={code: str(collection.get(f"licence_{code}") or collection["licence"]) for code in languages},
        precision_km=float(collection["precision_km"]),
        note={code: collection[f"note_{code}"] for code in languages},
        file=file,
    )


def _problem(document: Document, error: _GeoError) -> Problem:
    return Problem(document.location(error.path), "bad-geodata", str(error), error.hint)


def _features(collection: Any, languages: Sequence[str]) -> list[Any]:
    """Check what the collection says of itself; return its features."""
    if not isinstance(collection, dict):
        raise _GeoError("not a collection of features", "see geojson.org for the form")
    notes = [f"note_{code}" for code in languages]
    for key in (*_HEAD, *notes):
        if not collection.get(key) and collection.get(key) != 0:
            hint = "the collection says name, source, licence, precision_km and a note in every language"
            raise _GeoError(f'"{key}" is missing', hint)
        if key != "precision_km" and not isinstance(collection[key], str):
            raise _GeoError(f'"{key}" is not a text', "", (key,))
    near = collection["precision_km"]
    if not is_number(near) or near < 0:
        raise _GeoError(f'the precision "{near}" is not a number of kilometres', "", ("precision_km",))
    licences = [f"licence_{code}" for code in languages]
    if any(collection.get(key) is not None for key in licences):
        for key in licences:
            if not isinstance(collection.get(key), str) or not collection[key].strip():
                raise _GeoError(f'"{key}" is missing', "say the licence in every language, or in none")
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise _GeoError("the collection has no features", "see geojson.org for the form", ("features",))
    return features


def _outline(feature: Any, path: Path, languages: Sequence[str]) -> Outline:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(properties.get("id"), str):
        hint = "a feature has properties: id, and a name in every language"
        raise _GeoError("a feature has no id", hint, path)
    ident = properties["id"]
    for key in (f"name_{code}" for code in languages):
        if not isinstance(properties.get(key), str) or not properties[key].strip():
            raise _GeoError(f'the feature "{ident}" has no {key}', "", path)
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        hint = "draw it, or leave the feature out"
        raise _GeoError(f'the feature "{ident}" has no geometry', hint, path)
    form = geometry.get("type")
    if not isinstance(form, str) or form not in _PARTS:
        hint = f"write one of {', '.join(_PARTS)}"
        raise _GeoError(f'the feature "{ident}" is a {form}, neither a line nor an area', hint, path)
    is_area = form.endswith("Polygon")
    try:
        lines = tuple(_lines(geometry.get("coordinates"), _PARTS[form], 4 if is_area else 2))
    except _GeoError as error:
        raise _GeoError(f'the feature "{ident}": {error}', error.hint, path) from None
    name = {code: properties[f"name_{code}"] for code in languages}
    return Outline(ident, name, str(properties.get("side") or ""), is_area, lines)


def _lines(coordinates: Any, depth: int, least: int) -> Iterator[Line]:
    if not isinstance(coordinates, list) or not coordinates:
        raise _GeoError("its coordinates are empty", "draw it, or leave the feature out")
    if depth > 1:
        for part in coordinates:
            yield from _lines(part, depth - 1, least)
        return
    if len(coordinates) < least:
        raise _GeoError(f"a line of it has {len(coordinates)} points", f"it needs {least} at least")
    yield tuple(_point(point) for point in coordinates)


def _point(point: Any) -> tuple[float, float]:
    """Read longitude and latitude in degrees; a height after them is left alone."""
    if not isinstance(point, list) or len(point) < 2 or not all(map(is_number, point[:2])):
        raise _GeoError(f"{point} is not a pair of numbers", "write [longitude, latitude]")
    lon, lat = point[:2]
    if abs(lon) > 180 or abs(lat) > 90:
        hint = "save the file in WGS 84 (EPSG:4326), in decimal degrees"
        if abs(lon) <= 90 and abs(lat) <= 180:
            hint = "are latitude and longitude swapped? GeoJSON writes the longitude first"
        raise _GeoError(f"{lon}, {lat} is no longitude and latitude", hint)
    return float(lon), float(lat)


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number that can stand in coordinates."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def check_layers(layers: Iterable[Layer], sources: Collection[str]) -> list[Problem]:
    """The sources that geodata name are in the bibliography."""
    return [
        Problem(
            Location(layer.file),
            "bad-geodata",
            f'the source "{name}" is not in the bibliography',
            did_you_mean(name, sources),
        )
        for layer in layers
        for name in (layer.source, layer.via)
        if name and name not in sources
    ]


def check_outlines(layer: Layer, sides: Collection[str], theatre: Bounds) -> Iterator[Problem]:
    """The sides that features name exist; none lies in the theatre only if it is turned over."""
    for outline in layer.outlines:
        if outline.side and outline.side not in sides:
            message = f'the feature "{outline.id}" names the side "{outline.side}", which does not exist'
            yield Problem(Location(layer.file), "bad-geodata", message, did_you_mean(outline.side, sides))
        points = [point for line in outline.lines for point in line]
        if not meets(points, theatre) and meets([(lat, lon) for lon, lat in points], theatre):
            message = f'the feature "{outline.id}" lies outside the theatre'
            hint = "are latitude and longitude swapped? GeoJSON writes the longitude first"
            yield Problem(Location(layer.file), "bad-geodata", message, hint)


def meets(points: Sequence[Sequence[float]], bounds: Bounds) -> bool:
    """Return whether the box around some points (longitude, latitude) meets another."""
    south, west, north, east = bounds
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    across = min(lons) <= east and max(lons) >= west
    return across and min(lats) <= north and max(lats) >= south
