"""Points and lines in degrees go in; lengths and areas on the WGS 84 ellipsoid come out, in kilometres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.ledger.geography import Line

#: A point as GeoJSON has it: longitude and latitude in decimal degrees.
Point = tuple[float, float]
#: The ellipsoid: its equatorial radius in kilometres, its flattening, its eccentricity squared.
RADIUS = 6378.137
FLATTENING = 1 / 298.257223563
E2 = FLATTENING * (2 - FLATTENING)
#: How finely a line is walked where its points are compared with another line, in kilometres.
STEP_KM = 0.1


def distance(a: Point, b: Point) -> float:
    """Return the length of the shortest way between two points (Lambert's formula, good to some 10 m)."""
    # reduced latitudes carry the points to a sphere, where the haversine gives their angle
    beta1, beta2 = (math.atan((1 - FLATTENING) * math.tan(math.radians(p[1]))) for p in (a, b))
    turn = math.radians(b[0] - a[0])
    half = math.sin((beta2 - beta1) / 2) ** 2
    half += math.cos(beta1) * math.cos(beta2) * math.sin(turn / 2) ** 2
    sigma = 2 * math.asin(min(1.0, math.sqrt(half)))
    if sigma < 1e-12:
        return 0.0
    p, q = (beta1 + beta2) / 2, (beta2 - beta1) / 2
    x = (sigma - math.sin(sigma)) * (math.sin(p) * math.cos(q) / math.cos(sigma / 2)) ** 2
    y = (sigma + math.sin(sigma)) * (math.cos(p) * math.sin(q) / math.sin(sigma / 2)) ** 2
    return RADIUS * (sigma - FLATTENING / 2 * (x + y))


def length(lines: Iterable[Line]) -> float:
    """Return the length of all the lines together."""
    return sum(distance(a, b) for line in lines for a, b in pairwise(line))


def area(rings: Iterable[Line]) -> float:
    """Return the area of closed rings in km²; rings that run the other way round are holes."""
    return abs(sum(_signed(ring) for ring in rings))


def _signed(ring: Line) -> float:
    """Project equal-area, on the sphere that has the surface of the ellipsoid, and take the plane's area."""
    flat = [(math.radians(lon) * RADIUS, RADIUS / 2 * _authalic(lat)) for lon, lat in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(flat)) / 2


def _authalic(lat: float) -> float:
    """Return Snyder's q of a latitude: what lies below it, as an area for each radian of longitude."""
    sine, e = math.sin(math.radians(lat)), math.sqrt(E2)
    return (1 - E2) * (sine / (1 - E2 * sine**2) + math.atanh(e * sine) / e)


def offset(point: Point, lines: Iterable[Line]) -> tuple[float, float]:
    """Return how far east and north of the nearest point of the lines a point lies, in kilometres."""
    north_km, east_km = _scales(point[1])
    best = (math.inf, 0.0, 0.0)
    for line in lines:
        flat = [((lon - point[0]) * east_km, (lat - point[1]) * north_km) for lon, lat in line]
        for (ax, ay), (bx, by) in pairwise(flat):
            dx, dy = bx - ax, by - ay
            square = dx * dx + dy * dy
            share = min(1.0, max(0.0, -(ax * dx + ay * dy) / square)) if square else 0.0
            x, y = ax + share * dx, ay + share * dy
            best = min(best, (math.hypot(x, y), -x, -y))
    return best[1], best[2]


def nearest(point: Point, lines: Iterable[Line]) -> float:
    """Return the distance from a point to the nearest point of the lines."""
    return math.hypot(*offset(point, lines))


def _scales(lat: float) -> tuple[float, float]:
    """Return how many kilometres a degree is at a latitude, to the north and to the east."""
    bend = 1 - E2 * math.sin(math.radians(lat)) ** 2
    north = RADIUS * (1 - E2) / bend**1.5
    east = RADIUS / math.sqrt(bend) * math.cos(math.radians(lat))
    return math.radians(north), math.radians(east)


def width(lines: Sequence[Line], other: Sequence[Line]) -> float:
    """Return the greatest distance from a point of *lines* to the nearest point of *other*."""
    return max(nearest(point, other) for line in lines for point in _walked(line))


def span(lines: Iterable[Line]) -> float:
    """Return the greatest distance between two points of the lines."""
    points = [point for line in lines for point in line]
    return max(distance(a, b) for a in points for b in points)


def along(lines: Iterable[Line], other: Sequence[Line], within: float = STEP_KM / 2) -> float:
    """Return the length of those pieces of *lines* that lie on *other*, to *within* so many kilometres."""
    walked = ([(point, nearest(point, other) <= within) for point in _walked(line)] for line in lines)
    pieces = (piece for points in walked for piece in pairwise(points))
    return sum(distance(a, b) for (a, a_on), (b, b_on) in pieces if a_on and b_on)


def crossings(lines: Iterable[Line], lat: float) -> list[Point]:
    """Return where the lines cross a parallel, from west to east."""
    longitudes = set()
    for line in lines:
        for (lon1, lat1), (lon2, lat2) in pairwise(line):
            if lat1 != lat2 and min(lat1, lat2) <= lat <= max(lat1, lat2):
                longitudes.add((lon1 + (lon2 - lon1) * (lat - lat1) / (lat2 - lat1), lat))
    return sorted(longitudes)


def _walked(line: Line) -> Iterator[Point]:
    """Yield the points of a line, none farther than a step from the next."""
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        pieces = max(1, math.ceil(distance((lon1, lat1), (lon2, lat2)) / STEP_KM))
        for n in range(pieces):
            yield lon1 + (lon2 - lon1) * n / pieces, lat1 + (lat2 - lat1) * n / pieces
    if line:
        yield line[-1]
