"""The calls of a formula and the ledger go in; the number they make comes out, or `FormulaError`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.ledger import geodesy
from generator.ledger.formulas import Argument, Call, FormulaError
from generator.ledger.geography import Line
from generator.ledger.model import Event, Ledger
from generator.ledger.positions import locate
from generator.problems import did_you_mean

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """What a formula may call: what its arguments are, the last of them perhaps often, and what it makes."""

    kinds: tuple[str, ...]
    make: Callable[..., float | Decimal]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Computer:
    """What computes the *bound* of a claim: `low`, `best` or `high` of every claim its formula names."""

    ledger: Ledger
    bound: str

    def number(self, call: Call) -> Decimal:
        """Compute a call.

        Raises:
            FormulaError: it calls what there is not, or gives it what it cannot work with.
        """
        function = FUNCTIONS.get(call.name)
        if function is None:
            hint = did_you_mean(call.name, FUNCTIONS, f"there are {', '.join(FUNCTIONS)}")
            raise FormulaError(f'there is no function "{call.name}"', hint)
        given, kinds = call.arguments, function.kinds
        if function.many:
            kinds += kinds[-1:] * (len(given) - len(kinds))
        if len(given) != len(kinds):
            form = f"write {call.name}({', '.join(function.kinds)}{', …' if function.many else ''})"
            raise FormulaError(f"{call.name} is given {len(given)} arguments", form)
        values = [_READERS[kind](self, argument) for kind, argument in zip(kinds, given, strict=True)]
        try:
            return Decimal(function.make(*values))
        except (ArithmeticError, ValueError) as error:
            raise FormulaError(f"{call.name} makes no number of these") from error


def _number(computer: Computer, argument: Argument) -> Decimal:
    if isinstance(argument, Decimal):
        return argument
    if isinstance(argument, Call):
        return computer.number(argument)
    claim = computer.ledger.claims.get(argument)
    if claim is None:
        raise FormulaError(f'there is no claim "{argument}"', did_you_mean(argument, computer.ledger.claims))
    value = claim.at(computer.bound)
    if value is None:
        raise FormulaError(f'the claim "{argument}" states no {computer.bound}')
    return value


def _lines(computer: Computer, argument: Argument) -> Lines:
    """Find a file of lines and areas by its name, or one of its features by its id."""
    layers = computer.ledger.layers
    if argument in layers and isinstance(argument, str):
        return tuple(line for outline in layers[argument].outlines for line in outline.lines)
    named = [one for layer in layers.values() for one in layer.outlines if one.id == argument]
    if len(named) == 1:
        return named[0].lines
    if named:
        raise FormulaError(f'"{argument}" stands in several files of data/geo', "name the file")
    names = [*layers, *(one.id for layer in layers.values() for one in layer.outlines)]
    raise FormulaError(f'there is no line "{argument}" in data/geo', did_you_mean(str(argument), names))


def _where(computer: Computer, argument: Argument) -> geodesy.Point | Lines:
    """Find a place that has a position; a line is as good, for the distance to it."""
    if isinstance(argument, str) and argument in computer.ledger.entities:
        position = locate(argument, computer.ledger)
        if position is not None:
            return position.lon, position.lat
    try:
        return _lines(computer, argument)
    except FormulaError:
        known = computer.ledger.entities
        message, hint = f'no position is known of "{argument}"', did_you_mean(str(argument), known)
        raise FormulaError(message, hint) from None


def _event(computer: Computer, argument: Argument) -> Event:
    event = computer.ledger.events.get(str(argument))
    if event is None:
        hint = did_you_mean(str(argument), computer.ledger.events)
        raise FormulaError(f'there is no event "{argument}"', hint)
    return event


def _record(computer: Computer, argument: Argument) -> str:
    ledger = computer.ledger
    known = {**ledger.claims, **ledger.events, **ledger.entities}
    if argument not in known:
        raise FormulaError(f'there is no row "{argument}"', did_you_mean(str(argument), known))
    return str(argument)


_READERS: Mapping[str, Callable[[Computer, Argument], Any]] = {
    "number": _number,
    "line": _lines,
    "area": _lines,
    "place": _where,
    "event": _event,
    "row": _record,
}


def _distance(a: Any, b: Any) -> float:
    """Measure between two points, or from a point to the nearest point of a line."""
    if isinstance(a[0], float) and isinstance(b[0], float):
        return geodesy.distance(a, b)
    if isinstance(a[0], float) or isinstance(b[0], float):
        return geodesy.nearest(a, b) if isinstance(a[0], float) else geodesy.nearest(b, a)
    raise ValueError("two lines")


def _crossing(lines: Lines, lat: Decimal) -> geodesy.Point:
    longitudes = geodesy.crossings(lines, float(lat))
    if len(longitudes) != 1:
        raise FormulaError(
            f"the line crosses {lat}° {len(longitudes)} times", "name a parallel it crosses once"
        )
    return longitudes[0]


def _chord(a: Lines, b: Lines, lat: Decimal) -> float:
    return geodesy.distance(_crossing(a, lat), _crossing(b, lat))


def _across(a: Lines, b: Lines, lat: Decimal) -> float:
    return geodesy.nearest(_crossing(a, lat), b)


def _product(*factors: Decimal) -> Decimal:
    return math.prod(factors, start=Decimal(1))


def _days(event: Event) -> int:
    return event.date.last - event.date.first + 1


def _hours(start: Event, end: Event) -> float:
    """Measure from the beginning of one event to the beginning of another."""
    return _moment(end) - _moment(start)


def _moment(event: Event) -> float:
    """Return the hours from the day before day 1 to the beginning of an event."""
    if not event.time:
        raise FormulaError(f'the event "{event.id}" states no time')
    hour, minute = event.time[:5].split(":")
    return 24 * event.date.first + int(hour) + int(minute) / 60


#: Every function, by the name a formula gives it. Lengths are kilometres, areas square kilometres.
FUNCTIONS: Mapping[str, Function] = {
    "sum": Function(("number",), lambda *parts: sum(parts), many=True),
    "difference": Function(("number", "number"), lambda a, b: a - b),
    "product": Function(("number",), _product, many=True),
    "ratio": Function(("number", "number"), lambda a, b: a / b),
    "share": Function(("number", "number"), lambda part, whole: 100 * part / whole),
    "least": Function(("number",), lambda *parts: min(parts), many=True),
    "greatest": Function(("number",), lambda *parts: max(parts), many=True),
    "count": Function(("row",), lambda *rows: len(set(rows)), many=True),
    "days": Function(("event",), _days),
    "hours": Function(("event", "event"), _hours),
    "distance": Function(("place", "place"), _distance),
    "length": Function(("line",), geodesy.length),
    "along": Function(("line", "line"), geodesy.along),
    "span": Function(("area",), geodesy.span),
    "area": Function(("area",), geodesy.area),
    "width": Function(("line", "line"), geodesy.width),
    "chord": Function(("line", "line", "number"), _chord),
    "across": Function(("line", "line", "number"), _across),
}
