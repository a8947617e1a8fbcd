"""A place or a written path goes in; where it is, and how well that is known, comes out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.ledger.model import Entity, Ledger
from generator.problems import Location, Problem, did_you_mean

#: The eight directions a source gives, as degrees clockwise from north.
BEARINGS = {name: 45 * number for number, name in enumerate(("N", "NE", "E", "SE", "S", "SW", "W", "NW"))}
KM_PER_DEGREE = 111.195
_STEP = re.compile(r"(?P<place>[a-z][a-z0-9-]*)(?: (?P<bearing>[NESW]{1,2}) (?P<km>\d+(?:\.\d+)?))?")


class PathError(ValueError):
    """A path that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a path: a place, or a point so many kilometres from it in a direction."""

    place: str
    bearing: str = ""
    km: float = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where something is, and to within how many kilometres that is known."""

    lat: float
    lon: float
    precision_km: float
    described: bool = False


def read_path(text: str) -> tuple[Step, ...]:
    """Read "p-weir NE 4; p-mill": places, each perhaps with a direction and kilometres from it."""
    steps = []
    for part in text.split(";"):
        step = _STEP.fullmatch(part.strip())
        if step is None:
            raise PathError(f'"{part.strip()}" is not a place, or a place with a direction and km')
        bearing = step["bearing"] or ""
        if bearing and bearing not in BEARINGS:
            raise PathError(f'"{bearing}" is none of {", ".join(BEARINGS)}')
        steps.append(Step(step["place"], bearing, float(step["km"] or 0)))
    return tuple(steps)


def steps_of(text: str) -> tuple[Step, ...]:
    """Return the points of a path, or none where it cannot be read: the check says so."""
    try:
        return read_path(text)
    except PathError:
        return ()


def locate(ident: str, ledger: Ledger, seen: tuple[str, ...] = ()) -> Position | None:
    """Return where a place is: its coordinates, or else where it is described to be; else `None`."""
    place = ledger.entities.get(ident)
    if place is None or ident in seen:
        return None
    lat, lon, near = (place.cells.get(column) for column in ("lat", "lon", "precision_km"))
    if isinstance(lat, Decimal) and isinstance(lon, Decimal):
        return Position(float(lat), float(lon), float(near) if isinstance(near, Decimal) else 0)
    description = ledger.positions.get(ident)
    if description is None:
        return None
    point = next((at(step, ledger, (*seen, ident)) for step in steps_of(description.at)), None)
    return point and Position(point.lat, point.lon, float(description.precision_km), described=True)


def at(step: Step, ledger: Ledger, seen: tuple[str, ...] = ()) -> Position | None:
    """Return where a step of a path is. Off its place, it is known no better than it is far."""
    start = locate(step.place, ledger, seen)
    if start is None or not step.bearing:
        return start
    angle = math.radians(BEARINGS[step.bearing])
    north, east = step.km * math.cos(angle), step.km * math.sin(angle)
    lat = start.lat + north / KM_PER_DEGREE
    lon = start.lon + east / KM_PER_DEGREE / math.cos(math.radians(start.lat))
    return Position(lat, lon, max(start.precision_km, step.km), described=True)


def movements(ledger: Ledger) -> list[Entity]:
    """Return the entities that have a path."""
    return [entity for entity in ledger.entities.values() if entity.cells.get("path")]


def check_positions(ledger: Ledger) -> Iterator[Problem]:
    """Described positions and paths can be read, and lead to places whose position is known."""
    for description in ledger.positions.values():
        location = Location(description.location.file, description.location.line, "at")
        yield from _check_path(description.at, location, ledger, most=1)
        place = ledger.entities.get(description.of)
        if place and place.cells.get("lat") is not None:
            spot = Location(description.location.file, description.location.line, "of")
            message = f'"{description.of}" has coordinates already, at {place.location}'
            yield Problem(spot, "bad-path", message, "keep the coordinates or the description")
    for entity in movements(ledger):
        location = Location(entity.location.file, entity.location.line, "path")
        yield from _check_path(str(entity.cells["path"]), location, ledger)


def _check_path(text: str, location: Location, ledger: Ledger, most: int = 99) -> Iterator[Problem]:
    try:
        steps: Sequence[Step] = read_path(text)
    except PathError as error:
        yield Problem(location, "bad-path", str(error), "write p-one; p-two NE 4")
        return
    if len(steps) > most:
        yield Problem(location, "bad-path", f"{len(steps)} points", "a position is one point")
    for step in steps:
        if step.place not in ledger.entities:
            hint = did_you_mean(step.place, ledger.entities)
            yield Problem(location, "bad-path", f'there is no place "{step.place}"', hint)
        elif locate(step.place, ledger) is None:
            hint = "give it coordinates, or a described position"
            yield Problem(location, "bad-path", f'no position is known of "{step.place}"', hint)
