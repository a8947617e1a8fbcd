"""A ledger goes in; movements that contradict their events, the ground or each other come out as problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from generator.ledger import geodesy
from generator.ledger.edtf import HistoricDate, written
from generator.ledger.geography import Line
from generator.ledger.model import Entity, Ledger
from generator.ledger.positions import Position, at, locate, movements, steps_of
from generator.ledger.schema import split_ids
from generator.problems import Location, Problem, did_you_mean

#: The line of a movement that was planned, and perhaps never made: it puts a unit nowhere.
PLANNED = "dot"
#: Which of east and north counts for a direction, and with which sign.
DIRECTIONS = {"E": (0, 1), "W": (0, -1), "N": (1, 1), "S": (1, -1)}


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a unit was: the points of one movement, and when.

    `precision_km` is that of the least known place its path is told from. How far a point is drawn from
    its place adds nothing to it: that is what the row chose to say.
    """

    entity: Entity
    path: tuple[Position, ...]
    date: HistoricDate
    precision_km: float

    @property
    def line(self) -> Line:
        """The points as longitude and latitude."""
        return tuple((one.lon, one.lat) for one in self.path)


def check_movements(ledger: Ledger, pace: float | None) -> Iterator[Problem]:
    """Yield what movements contradict. *pace* is the most that a unit covers in a day, in kilometres."""
    for entity in movements(ledger):
        yield from _check_events(entity, ledger)
        yield from _check_bank(entity, ledger)
    yield from _check_places(ledger, pace)


def _check_events(entity: Entity, ledger: Ledger) -> Iterator[Problem]:
    """A movement lies within the dates of the events it belongs to."""
    dates = [ledger.events[ident].date for ident in split_ids(str(entity.cells.get("events") or ""))]
    date = entity.cells.get("date")
    if dates and isinstance(date, HistoricDate):
        first, last = min(one.first for one in dates), max(one.last for one in dates)
        if date.first < first or date.last > last:
            message = f"{date.text} is outside its events, {days(first, last)}"
            hint = "correct the date, or name the events it belongs to"
            yield Problem(_location(entity, "date"), "outside-event", message, hint)


def _check_bank(entity: Entity, ledger: Ledger) -> Iterator[Problem]:
    """A path lies on the side of a line on which its row puts it; or starts on one, and ends on the other."""
    outlines = {one.id: one for layer in ledger.layers.values() for one in layer.outlines}
    path = [(text.strip(), point) for text, point in _points(entity, ledger)]
    for part in split_ids(str(entity.cells.get("bank") or "")):
        name, *sides = part.split()
        if name not in outlines or not 1 <= len(sides) <= 2 or not set(sides) <= set(DIRECTIONS):
            message = f'"{part}" is not a line of data/geo with one or two of {", ".join(DIRECTIONS)}'
            yield Problem(_location(entity, "bank"), "wrong-bank", message, did_you_mean(name, outlines))
            continue
        ends = [path[0], path[-1]] if len(sides) == 2 and path else path
        for (step, point), side in zip(ends, sides if len(sides) == 2 else sides * len(ends), strict=False):
            axis, sign = DIRECTIONS[side]
            if geodesy.offset((point.lon, point.lat), outlines[name].lines)[axis] * sign < 0:
                message = f'"{step}" does not lie {side} of {name}'
                yield Problem(
                    _location(entity, "path"), "wrong-bank", message, "correct the path, or the bank"
                )


def _points(entity: Entity, ledger: Ledger) -> list[tuple[str, Position]]:
    """Return each step of a path as written, and where it is; none if one of them cannot be found."""
    text = str(entity.cells["path"])
    points = [at(step, ledger) for step in steps_of(text)]
    known = [point for point in points if point]
    return list(zip(text.split(";"), known, strict=True)) if known and len(known) == len(points) else []


def _check_places(ledger: Ledger, pace: float | None) -> Iterator[Problem]:
    """A unit is in one place at a time: what it held it did not leave, and it is no faster than the pace."""
    by_unit: dict[str, list[Presence]] = {}
    for entity in movements(ledger):
        unit, date = entity.cells.get("unit"), entity.cells.get("date")
        path = tuple(point for _, point in _points(entity, ledger))
        word = ledger.words.get(entity.kind)
        is_made = word is None or word.line != PLANNED
        if unit and path and isinstance(date, HistoricDate) and is_made:
            by_unit.setdefault(str(unit), []).append(Presence(entity, path, date, _precision(entity, ledger)))
    for unit, movements_of_unit in by_unit.items():
        for one, other in combinations(movements_of_unit, 2):
            apart = distance_apart(one, other)
            room = one.precision_km + other.precision_km
            reach = reach_km(one, other, pace)
            if reach is not None and apart > room + reach:
                message = (
                    f"{unit} is {apart:.0f} km away in {one.entity.id}, {one.date.text}: "
                    f"precision leaves {room:.0f} km, its pace {reach:.0f}"
                )
                hint = "correct a path or a date, or name the part of the unit that it was"
                yield Problem(_location(other.entity, "path"), "two-places", message, hint)


def _precision(entity: Entity, ledger: Ledger) -> float:
    places = {step.place for step in steps_of(str(entity.cells["path"]))}
    return max(place.precision_km for name in places if (place := locate(name, ledger)))


def distance_apart(one: Presence, other: Presence) -> float:
    """Return how near two movements come: a place held, to the whole path; else end to start."""
    if one.date.last < other.date.first:
        return geodesy.distance(one.line[-1], other.line[0])
    if other.date.last < one.date.first:
        return geodesy.distance(other.line[-1], one.line[0])
    if len(one.path) == 1 or len(other.path) == 1:
        held, way = (one, other) if len(one.path) == 1 else (other, one)
        line = way.line if len(way.path) > 1 else way.line * 2
        return geodesy.nearest(held.line[0], [line])
    ends = ((one.line[-1], other.line[0]), (other.line[-1], one.line[0]))
    return min(geodesy.distance(*pair) for pair in ends)


def reach_km(one: Presence, other: Presence, pace: float | None) -> float | None:
    """Return how far the unit can have gone between two movements; `None` where nobody can tell.

    Nowhere, in the days in which it held a place. Else as far as it marches from the first day of one to
    the last day of the other, if the documentary says how far that is in a day.
    """
    overlap = one.date.first <= other.date.last and other.date.first <= one.date.last
    if overlap and 1 in (len(one.path), len(other.path)):
        return 0
    if pace is None:
        return None
    first, last = sorted((one, other), key=lambda presence: presence.date.first)
    return pace * max(1, last.date.last - first.date.first + 1)


def days(first: int, last: int) -> str:
    """Write a span of days as EDTF."""
    return written(first) if first == last else f"{written(first)}/{written(last)}"


def _location(entity: Entity, column: str) -> Location:
    return Location(entity.location.file, entity.location.line, column)
