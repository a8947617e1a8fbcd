"""Latitudes and longitudes go in; the pixels of a drawing come out, and how long a kilometre is there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ledger.geography import Line

Pixel = tuple[float, float]
#: South, west, north, east, in decimal degrees.
Frame = tuple[float, float, float, float]
RADIUS_KM = 6371.0
#: How far, in pixels, a line may stray from the one it simplifies.
TOLERANCE = 0.7
#: How far, in pixels, a line is followed beyond the edge of the drawing.
BEYOND = 40.0


@dataclass(frozen=True, slots=True)
class Projection:
    """Azimuthal and equidistant about the middle of a frame: right there, and true in its distances."""

    lat: float
    lon: float
    west_km: float
    north_km: float
    scale: float
    width: float
    height: float

    def pixel(self, lat: float, lon: float) -> Pixel:
        """Return where a point stands, in pixels from the left and from the top."""
        x, y = _plane(self.lat, self.lon, lat, lon)
        return round((x - self.west_km) * self.scale, 1), round((self.north_km - y) * self.scale, 1)

    def inside(self, point: Pixel, margin: float = 0) -> bool:
        """Return whether a pixel lies in the drawing."""
        x, y = point
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def runs(self, line: Line) -> list[list[Pixel]]:
        """Return what is seen of a line (longitude, latitude), simplified, as runs of pixels."""
        points = [self.pixel(lat, lon) for lon, lat in line]
        drawn: list[list[Pixel]] = []
        for start, end in itertools.pairwise(points):
            if not self._meets((start, end), BEYOND):
                continue
            if drawn and drawn[-1][-1] == start:
                drawn[-1].append(end)
            else:
                drawn.append([start, end])
        return [simplified(run) for run in drawn]

    def outline(self, line: Line) -> list[Pixel]:
        """Return the closed line of an area, simplified; empty where none of it is seen."""
        points = [self.pixel(lat, lon) for lon, lat in line]
        seen = self._meets(points, BEYOND)
        # The first and the last point are one, so the line is simplified in two halves.
        half = len(points) // 2
        return simplified(points[: half + 1]) + simplified(points[half:])[1:] if seen else []

    def meets(self, line: Line, *, closed: bool) -> bool:
        """Return whether any of a line, or of the area within it, can lie in the drawing."""
        points = [self.pixel(lat, lon) for lon, lat in line]
        pieces = [points] if closed else itertools.pairwise(points)
        return any(self._meets(piece) for piece in pieces)

    def _meets(self, points: Sequence[Pixel], beyond: float = 0) -> bool:
        """Return whether the box around some points meets the drawing, or so many pixels around it."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        across = min(xs) <= self.width + beyond and max(xs) >= -beyond
        return across and min(ys) <= self.height + beyond and max(ys) >= -beyond


def project(frame: Frame, width: float) -> Projection:
    """Return the projection that fills *width* pixels with a frame; its height follows.

    A frame whose west is greater than its east lies across the 180th meridian.
    """
    south, west, north, east = frame
    east += 360 if east < west else 0
    lat, lon = (south + north) / 2, (west + east) / 2
    share = [step / 20 for step in range(21)]
    edge = [(south + (north - south) * s, x) for s in share for x in (west, east)]
    edge += [(y, west + (east - west) * s) for s in share for y in (south, north)]
    points = [_plane(lat, lon, *point) for point in edge]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    scale = width / (max(xs) - min(xs))
    height = round((max(ys) - min(ys)) * scale)
    return Projection(lat, lon, min(xs), max(ys), scale, width, height)


def _plane(lat0: float, lon0: float, lat: float, lon: float) -> Pixel:
    here, there = math.radians(lat0), math.radians(lat)
    turn = math.radians(lon - lon0)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    angle = math.acos(max(-1.0, min(1.0, cosine)))
    stretch = angle / math.sin(angle) if angle > 1e-9 else 1.0
    east = math.cos(there) * math.sin(turn)
    north = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(turn)
    return RADIUS_KM * stretch * east, RADIUS_KM * stretch * north


def simplified(points: Sequence[Pixel], tolerance: float = TOLERANCE) -> list[Pixel]:
    """Leave out the points of a line that it does without (Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    first, last = points[0], points[-1]
    far = max(range(1, len(points) - 1), key=lambda n: distance(points[n], first, last))
    if distance(points[far], first, last) <= tolerance:
        return [first, last]
    return simplified(points[: far + 1], tolerance)[:-1] + simplified(points[far:], tolerance)


def distance(point: Pixel, start: Pixel, end: Pixel) -> float:
    """Return how far a point is from the piece of line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length if length else 0
    share = max(0.0, min(1.0, share))
    return math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))
