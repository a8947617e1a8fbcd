"""A ledger, a first and a last day go in; what the ledger says of each day between them comes out."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from generator.ledger.chronology import chronological
from generator.ledger.edtf import DateKind, HistoricDate
from generator.ledger.model import Claim, Entity, Event, Ledger
from generator.ledger.positions import movements

#: The longest time, in days, of which a day is still a part worth naming: more is a matter of chapters.
LONGEST = 14
#: For how many days the last position of a unit is still shown: of an older one only its date is said.
LAST_KNOWN_FOR: Final = 14
#: How many parts a date has that names a day, or some days of a month.
_TO_THE_DAY: Final = 3
#: What has a date.
_Record = TypeVar("_Record", Claim, Entity, Event)


@dataclass(frozen=True, slots=True)
class Day:
    """What the ledger says of one day.

    `events` happened on it or begin on it, `claims` count it alone, `movements` are the positions held and
    the ways gone on it. `around` are events that go on, or may have happened on any of several days, and
    `unplaced` movements of which that is so. `counted` are claims over several days that end on this one.
    `weather` is said by events too. `phase` is a word of the vocabulary, "" where no event says it.
    """

    date: dt.date
    phase: str = ""
    movements: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    counted: tuple[Claim, ...] = ()
    around: tuple[Event, ...] = ()
    unplaced: tuple[Entity, ...] = ()
    weather: tuple[Event, ...] = ()

    @property
    def ident(self) -> str:
        """The address of the day on its page: 1907-04-03."""
        return self.date.isoformat()

    @property
    def is_told(self) -> bool:
        """Whether the ledger says something of this day, and not only of a longer time it lies in."""
        return bool(self.movements or self.events or self.claims or self.counted)


@dataclass(frozen=True, slots=True)
class LastKnown:
    """The last position of a *unit* before a day: the *movement* that says it, and the last *date* it has."""

    unit: Entity
    movement: Entity
    date: dt.date
    is_recent: bool


def days_of(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    *,
    tables: Collection[str] = (),
    weather: Collection[str] = (),
) -> tuple[Day, ...]:
    """Return every day from the *first* to the *last*.

    Claims are those of the *tables*, of all if none is named; the events named in *weather* tell the weather.
    """

    def is_between(date: HistoricDate) -> bool:
        return date.earliest <= last and date.latest >= first

    events = chronological(event for event in ledger.events.values() if is_between(event.date))
    skies = [event for event in events if event.id in weather]
    others = [event for event in events if event.id not in weather]
    moving = [one for one in movements(ledger) if (date := _date_of(one)) and is_between(date)]
    claims = (claim for claim in ledger.claims.values() if not tables or claim.table in tables)
    counts = [claim for claim in claims if claim.date and is_between(claim.date)]

    held, begun, alone = _by_day(moving, _held), _by_day(events, _begun), _by_day(counts, _alone)
    ended, skies_of = _by_day(counts, _ended), _by_day(skies, _touched)
    around, unplaced = _by_day(others, _going_on), _by_day(moving, _unplaced)
    every = [first + dt.timedelta(number) for number in range((last - first).days + 1)]
    return tuple(
        Day(
            date=day,
            movements=held(day),
            events=begun(day),
            claims=alone(day),
            counted=ended(day),
            around=around(day),
            unplaced=unplaced(day),
            weather=skies_of(day),
        )
        for day in every
    )


def _by_day(
    records: Iterable[_Record], days_named: Callable[[HistoricDate], Iterable[dt.date]]
) -> Callable[[dt.date], tuple[_Record, ...]]:
    """Sort dated records under the days that their date names, and return those of a day in their order."""
    sorted_in: dict[dt.date, list[_Record]] = defaultdict(list)
    for record in records:
        date = _date_of(record)
        for day in days_named(date) if date else ():
            sorted_in[day].append(record)
    return lambda day: tuple(sorted_in.get(day, ()))


def with_phases(days: Sequence[Day], order: Iterable[str]) -> tuple[Day, ...]:
    """Say of each day in which phase it lies: as most of its events say, or the told days on both sides.

    Of two phases that as many events name, the first in the *order* is taken.
    """
    ranks = {phase: number for number, phase in enumerate(order)}
    named = [_phase(day.events, ranks) for day in days]
    before, after = _carried(named), [*reversed(_carried([*reversed(named)]))]
    return tuple(
        replace(day, phase=named_phases or (left if left == right else ""))
        for day, named_phases, left, right in zip(days, named, before, after, strict=True)
    )


def _phase(events: Sequence[Event], ranks: dict[str, int]) -> str:
    counts = Counter(event.phase for event in events if event.phase in ranks)
    return min(counts, key=lambda phase: (-counts[phase], ranks[phase]), default="")


def _carried(named: Sequence[str]) -> list[str]:
    """Return for each day the last phase that was named up to it."""
    carried, last = [], ""
    for phase in named:
        last = phase or last
        carried.append(last)
    return carried


def last_known(day: Day, days: Sequence[Day], ledger: Ledger) -> tuple[LastKnown, ...]:
    """Return the units that act on a day without a position on it, each with its last on the *days* before.

    It is recent if it is no older than `LAST_KNOWN_FOR`.
    """
    placed = {_unit_of(movement) for movement in day.movements}
    last = {
        _unit_of(movement): (before.date, movement)
        for before in days
        for movement in before.movements
        if before.date < day.date
    }
    actors = dict.fromkeys(actor for event in day.events for actor in event.actors)
    return tuple(
        LastKnown(ledger.entities[actor], movement, date, (day.date - date).days <= LAST_KNOWN_FOR)
        for actor in actors
        if actor not in placed and actor in last
        for date, movement in [last[actor]]
    )


def _unit_of(movement: Entity) -> str:
    return str(movement.cells.get("unit") or "")


def runs_of(days: Sequence[Day]) -> Iterator[tuple[Day, ...]]:
    """Yield each told day alone, and days of which nothing is said together, if all else is the same."""
    run: list[Day] = []
    for day in days:
        if run and (day.is_told or run[-1].is_told or _surroundings(run[-1]) != _surroundings(day)):
            yield tuple(run)
            run = []
        run.append(day)
    if run:
        yield tuple(run)


def _surroundings(day: Day) -> tuple[object, ...]:
    return day.phase, day.around, day.unplaced, day.weather


def _date_of(record: Entity | Event | Claim) -> HistoricDate | None:
    date = record.cells.get("date") if isinstance(record, Entity) else record.date
    return date if isinstance(date, HistoricDate) else None


def _to_the_day(date: HistoricDate) -> bool:
    """Whether a date is told to the day, or to some days of a month; a month or a year is not."""
    return all(point is not None and len(point.parts) == _TO_THE_DAY for point in date.points)


def _is_exact(date: HistoricDate) -> bool:
    """Whether both ends of a date are days, and not days among others."""
    return (
        date.kind is not DateKind.CHOICE
        and _to_the_day(date)
        and all(point is not None and point.earliest == point.latest for point in date.points)
    )


def _alone(date: HistoricDate) -> list[dt.date]:
    """Return the day that a date is, if it is one."""
    first = date.earliest
    return [first] if first == date.latest and _is_exact(date) else []


def _begun(date: HistoricDate) -> list[dt.date]:
    """Return the day on which a date begins, if that is known."""
    return [date.earliest] if _is_exact(date) else []


def _held(date: HistoricDate) -> Iterable[dt.date]:
    """Return the days on which a date says that something was so, the first and the last included."""
    return _each(date) if _is_exact(date) else []


def _ended(date: HistoricDate) -> list[dt.date]:
    """Return the last day of a date that is a time of several days, not too long."""
    return [date.latest] if not _alone(date) and _is_near(date) else []


def _touched(date: HistoricDate) -> Iterable[dt.date]:
    """Return the days that lie in a date that is not too long, or of which it may mean one."""
    return _each(date) if _is_near(date) else []


def _going_on(date: HistoricDate) -> list[dt.date]:
    """Return the days of a date that is not too long, but for that on which it begins."""
    return [day for day in _touched(date) if day not in _begun(date)]


def _unplaced(date: HistoricDate) -> Iterable[dt.date]:
    """Return the days of a date that is not too long and does not say which of them it means."""
    return [] if _is_exact(date) else _touched(date)


def _each(date: HistoricDate) -> Iterator[dt.date]:
    """Yield every day from the first that a date may mean to the last."""
    first = date.earliest
    return (first + dt.timedelta(number) for number in range((date.latest - first).days + 1))


def _is_near(date: HistoricDate) -> bool:
    return _to_the_day(date) and (date.latest - date.earliest).days < LONGEST
