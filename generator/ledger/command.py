"""A unit and a day go in; who commanded it comes out, and who acts before birth or after death."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.ledger.edtf import HistoricDate, meet
from generator.ledger.model import Entity, Ledger
from generator.ledger.roles import Rank
from generator.ledger.schema import split_ids
from generator.problems import Location, Problem


def commanders(unit: Entity, ledger: Ledger, day: HistoricDate | None) -> list[Entity]:
    """Return those of a unit's commanders who can have commanded it on a day; all of them without one."""
    known = split_ids(str(unit.cells.get("commander") or ""))
    people = [ledger.entities[ident] for ident in known if ident in ledger.entities]
    return [one for one in people if day is None or not why_not(one, unit, ledger, day)]


def why_not(person: Entity, unit: Entity, ledger: Ledger, day: HistoricDate) -> str:
    """Say why a person cannot have commanded a unit on a day; "" if he can."""
    lifeless = not_alive(person, day)
    if lifeless:
        return lifeless
    dates = [one.date for one in ledger.commands if (one.unit, one.person) == (unit.id, person.id)]
    if dates and not any(meet(date, day) for date in dates):
        return f"commanded it {', '.join(date.text for date in dates)}"
    return ""


def not_alive(person: Entity, day: HistoricDate) -> str:
    """Say that a person was dead or not born on the whole of a day or a period; "" if he may have lived."""
    birth, death = person.cells.get("birth"), person.cells.get("death")
    open_start, open_end = day.points[0] is None, day.points[-1] is None
    if isinstance(death, HistoricDate) and death.last < day.first and not open_start:
        return f"died {death.text}"
    if isinstance(birth, HistoricDate) and birth.first > day.last and not open_end:
        return f"was born {birth.text}"
    return ""


def check_lives(ledger: Ledger, memory_lanes: Collection[str] = ()) -> Iterator[Problem]:
    """Nobody acts in an event, and nobody commands a unit, before birth or after death.

    Events in *memory_lanes* remember people: the dead may be named there.
    """
    for event in ledger.events.values():
        acting = event.rank != Rank.DEPRECATED and event.lane not in memory_lanes
        for actor in event.actors if acting else ():
            why = not_alive(ledger.entities[actor], event.date)
            if why:
                yield _problem(event.location, "actors", f"{actor} {why}; the event is of {event.date.text}")
    yield from _check_commands(ledger)
    for unit in ledger.entities.values():
        date = unit.cells.get("date")
        for person in commanders(unit, ledger, None) if isinstance(date, HistoricDate) else ():
            if isinstance(date, HistoricDate) and not_alive(person, date):
                message = f"{person.id} {not_alive(person, date)}, and the unit was there {date.text}"
                yield _problem(unit.location, "commander", message)


def _check_commands(ledger: Ledger) -> Iterator[Problem]:
    for command in ledger.commands:
        unit, person = ledger.entities[command.unit], ledger.entities[command.person]
        death = person.cells.get("death")
        if isinstance(death, HistoricDate) and command.date.last > death.last:
            yield _problem(command.location, "date", f"{person.id} died {death.text}")
        elif not_alive(person, command.date):
            yield _problem(command.location, "date", f"{person.id} {not_alive(person, command.date)}")
        if person.id not in split_ids(str(unit.cells.get("commander") or "")):
            location = Location(command.location.file, command.location.line, "person")
            message = f"{person.id} is not among the commanders of {unit.id}"
            yield Problem(location, "unknown-key", message, f"write him into the cell at {unit.location}")


def _problem(location: Location, column: str, message: str) -> Problem:
    where = Location(location.file, location.line, column)
    return Problem(where, "after-death", message, "correct the date, or name another person")
