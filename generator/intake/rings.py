"""A geometry of GeoJSON goes in; it comes out flat, closed and turned as it must be, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.ledger.geography import Bounds, is_number, meets

Ring = list[list[float]]
#: How deep the lines of each form stand in its lists.
_DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


class GeometryError(ValueError):
    """What is wrong with a feature; `hint` is what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class Mended:
    """How many parts were mended, and how."""

    heights: int = 0
    closed: int = 0
    turned: int = 0
    swapped: int = 0
    outside: int = 0

    def said(self) -> Iterator[str]:
        """Yield what was done, in words."""
        if self.heights:
            yield f"heights are left out, of {self.heights} points"
        if self.closed:
            yield f"outlines that did not end where they begin are closed: {self.closed}"
        if self.turned:
            yield f"outlines are turned the way GeoJSON asks (anticlockwise, holes clockwise): {self.turned}"
        if self.swapped:
            yield f"latitude and longitude are swapped, as you said, of {self.swapped} features"
        if self.outside:
            yield f"features that lie outside the region of the documentary: {self.outside}"


def mended(geometry: Any, what: str, theatre: Bounds, counts: Mended, *, swap: bool) -> dict[str, Any]:
    """Return a geometry as our layers have it.

    Args:
        geometry: of GeoJSON, read.
        what: the feature, as problems call it.
        theatre: the region of the documentary: south, west, north, east.
        counts: what is mended is counted there.
        swap: whether latitude and longitude are to change places.

    Raises:
        GeometryError: it is none, a point, or lies where only its mirror would be right.
    """
    if not isinstance(geometry, dict):
        raise GeometryError(f"{what} has no geometry", "draw it in QGIS, or delete the row")
    form, coordinates = geometry.get("type"), geometry.get("coordinates")
    if form in {"Point", "MultiPoint"}:
        raise GeometryError(f"{what} is a point", "a place is a row of the table of places, with lat and lon")
    if form not in _DEPTHS:
        hint = f"a layer holds {', '.join(_DEPTHS)}: part it in QGIS (Multipart to singleparts)"
        raise GeometryError(f"{what} is a {form}", hint)
    closing = str(form).endswith("Polygon")
    made = _walk(coordinates, _DEPTHS[str(form)], what, counts, closing=closing, swap=swap)
    counts.swapped += swap
    _check_place([point for line in _lines(made) for point in line], what, theatre, counts)
    return {"type": form, "coordinates": made}


def _walk(part: Any, depth: int, what: str, counts: Mended, *, closing: bool, swap: bool) -> Any:
    if not isinstance(part, list) or not part:
        raise GeometryError(f"{what} has empty coordinates", "draw it in QGIS, or delete the row")
    if depth > (1 if closing else 0):
        return [_walk(inner, depth - 1, what, counts, closing=closing, swap=swap) for inner in part]
    if not closing:
        return _line(part, what, counts, swap=swap)
    rings = [_closed(_line(ring, what, counts, swap=swap), what, counts) for ring in part]
    return [_turned(ring, counts, outer=number == 0) for number, ring in enumerate(rings)]


def _line(points: Any, what: str, counts: Mended, *, swap: bool) -> Ring:
    line: Ring = []
    for point in points if isinstance(points, list) else ():
        if not isinstance(point, list) or len(point) < 2 or not all(map(is_number, point[:2])):
            raise GeometryError(f"{what}: {str(point)[:60]} is no point", "save the layer again as GeoJSON")
        counts.heights += len(point) > 2
        lon, lat = (point[1], point[0]) if swap else (point[0], point[1])
        if abs(lon) > 180 or abs(lat) > 90:
            metres = abs(lon) > 360 or abs(lat) > 360
            hint = (
                "they look like metres: save the layer in EPSG:4326"
                if metres
                else "are they swapped? say --swap"
            )
            raise GeometryError(f"{what}: {lon}, {lat} is no longitude and latitude", hint)
        line.append([lon, lat])
    if len(line) < 2:
        raise GeometryError(f"{what} has a line of {len(line)} points", "draw it again, or delete it")
    return line


def _closed(ring: Ring, what: str, counts: Mended) -> Ring:
    if ring[0] != ring[-1]:
        ring = [*ring, ring[0]]
        counts.closed += 1
    if len(ring) < 4:
        raise GeometryError(f"{what} has an outline of {len(ring) - 1} points", "an area has three at least")
    return ring


def _turned(ring: Ring, counts: Mended, *, outer: bool) -> Ring:
    """Turn an outline anticlockwise, a hole clockwise (RFC 7946, 3.1.6)."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    if area and (area > 0) != outer:
        counts.turned += 1
        return ring[::-1]
    return ring


def _lines(part: Any) -> Iterator[Ring]:
    """Yield the lines of coordinates of any depth."""
    if isinstance(part[0][0], list):
        for inner in part:
            yield from _lines(inner)
    else:
        yield part


def _check_place(points: Sequence[Sequence[float]], what: str, theatre: Bounds, counts: Mended) -> None:
    """Refuse what lies in the region of the documentary only if it is mirrored."""
    if meets(points, theatre):
        return
    if meets([(lat, lon) for lon, lat in points], theatre):
        raise GeometryError(
            f"{what} lies in the region of the documentary only with latitude and longitude swapped",
            "GeoJSON has the longitude first: say --swap, or save the layer again",
        )
    counts.outside += 1
