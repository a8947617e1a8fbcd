"""A date as historians write it (a subset of EDTF) goes in; its parts and its bounds come out."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import StrEnum

from generator.ledger.calendars import Calendar, days_in, gregorian, number_of

#: EDTF seasons, and the months they are read as. Winter is December to February.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_POINT = re.compile(r"(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d[\dX]|XX))?(?:-(\d[\dX]|XX))?(J?)([~?%]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """One date of stated precision. `month` is 21 to 24 for a season; `digits` keeps the X.

    `first` and `last` are the numbers of the days between which it lies (see `calendars`).
    """

    digits: str
    first: int
    last: int
    approximate: bool = False
    uncertain: bool = False
    calendar: Calendar = Calendar.GREGORIAN

    @property
    def earliest(self) -> dt.date:
        """The first day it may mean, as axes of time take it: none lies before the year 1."""
        return _day(self.first)

    @property
    def latest(self) -> dt.date:
        """The last day it may mean, as axes of time take it."""
        return _day(self.last)

    @property
    def parts(self) -> list[str]:
        """Year, month and day as written, as far as the source goes; a year may have a sign."""
        sign = "-" if self.digits.startswith("-") else ""
        year, *rest = self.digits.removeprefix("-").split("-")
        return [sign + year, *rest]

    @property
    def year(self) -> int:
        """The year as astronomers count: 0 is 1 BC. Of a decade or a century, the first."""
        return int(self.parts[0].replace("X", "0"))

    @property
    def is_julian(self) -> bool:
        """Whether the source gives the day in the Julian calendar."""
        return self.calendar is Calendar.JULIAN


class DateKind(StrEnum):
    """What a date names: one point, the time between two, or one of several points."""

    POINT = "point"
    INTERVAL = "interval"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class HistoricDate:
    """A point, an interval (either end may be open) or a choice of points.

    `None` among the points is an open end of an interval.
    """

    text: str
    kind: DateKind
    points: tuple[Point | None, ...]

    @property
    def first(self) -> int:
        """The number of the first day the date may mean; an open start counts from the known end."""
        return min(p.first for p in self.points if p)

    @property
    def last(self) -> int:
        """The number of the last day the date may mean; an open end counts to the known start."""
        return max(p.last for p in self.points if p)

    @property
    def earliest(self) -> dt.date:
        """The first day the date may mean, as axes of time take it: none lies before the year 1."""
        return _day(self.first)

    @property
    def latest(self) -> dt.date:
        """The last day the date may mean, as axes of time take it."""
        return _day(self.last)

    @property
    def is_ancient(self) -> bool:
        """Whether any of it lies before the year 1, where an axis of time has no place."""
        return self.first < 1

    @property
    def is_julian(self) -> bool:
        """Whether the source gives any of it in the Julian calendar."""
        return any(point is not None and point.is_julian for point in self.points)

    @property
    def fuzzy(self) -> bool:
        """Whether the source leaves the date open: about, uncertain, a season, a missing digit."""
        return self.kind is DateKind.CHOICE or any(
            p is None
            or p.approximate
            or p.uncertain
            or "X" in p.digits
            or (len(p.parts) == 2 and int(p.parts[1]) > 12)
            for p in self.points
        )

    @property
    def machine(self) -> str:
        """What HTML's `datetime` may say of it: the year, month or day that all its points share, or "".

        HTML knows no year before the year 1 and no calendar but the Gregorian.
        """
        if self.is_ancient:
            return ""
        if self.is_julian:
            return self.earliest.isoformat() if self.first == self.last else ""
        shared: list[str] = []
        for parts in zip(*(p.parts if p else () for p in self.points), strict=False):
            part = parts[0]
            if len(set(parts)) > 1 or "X" in part or (shared and int(part) > 12 and len(shared) == 1):
                break
            shared.append(part)
        return "-".join(shared)


def _day(number: int) -> dt.date:
    return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))


def written(number: int) -> str:
    """Write the day of a number as EDTF."""
    year, month, day = gregorian(number)
    return f"{'-' * (year < 0)}{abs(year):04}-{month:02}-{day:02}"


def meet(one: HistoricDate, other: HistoricDate) -> bool:
    """Tell whether two dates can have a day in common; an open end goes on for ever."""

    def bounds(date: HistoricDate) -> tuple[float, float]:
        start = -math.inf if date.points[0] is None else date.first
        return start, math.inf if date.points[-1] is None else date.last

    (first, last), (since, until) = bounds(one), bounds(other)
    return first <= until and since <= last


class EdtfError(ValueError):
    """The text is not a date of the subset; the message says what was expected."""


def parse(text: str) -> HistoricDate:
    """Read *text*: YYYY[-MM[-DD]] with ~ ? %, X digits, seasons, a/b, ../b, a/.., [a,b].

    A year before the year 1 has its sign, as in EDTF: 0000 is 1 BC, -0043 is 44 BC. A day that the source
    gives in the Julian calendar has a J, which is ours: 1917-10-25J.

    Raises:
        EdtfError: the text is none of these, or the day does not exist.
    """
    if text.startswith("[") and text.endswith("]"):
        points = tuple(_point(part) for part in text[1:-1].split(","))
        return HistoricDate(text, DateKind.CHOICE, points)
    start, slash, end = text.partition("/")
    if not slash:
        return HistoricDate(text, DateKind.POINT, (_point(text),))
    first = None if start == ".." else _point(start)
    last = None if end == ".." else _point(end)
    if first is None and last is None:
        raise EdtfError("an interval has at least one end")
    if first and last and first.first > last.last:
        raise EdtfError(f"the interval ends ({end}) before it starts ({start})")
    return HistoricDate(text, DateKind.INTERVAL, (first, last))


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise EdtfError(f'"{text}" is not YYYY, YYYY-MM or YYYY-MM-DD with ~, ? or %')
    year, month, day, julian, mark = match.groups()
    digits = "-".join(part for part in (year, month, day) if part)
    if julian and (day is None or "X" in digits):
        raise EdtfError("the J of the Julian calendar stands behind a whole day")
    calendar = Calendar.JULIAN if julian else Calendar.GREGORIAN
    first, last = _bounds(year, month, day, calendar)
    return Point(digits, first, last, mark in {"~", "%"}, mark in {"?", "%"}, calendar)


def _bounds(year: str, month: str | None, day: str | None, calendar: Calendar) -> tuple[int, int]:
    low_year, high_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if year == "-0000":
        raise EdtfError("there is no year -0000: 1 BC is 0000, 44 BC is -0043")
    if low_year == 0 and "X" in year:
        raise EdtfError("a decade or century before the year 1 is written as an interval")
    if "X" in year and month:
        raise EdtfError("a month needs a whole year")
    if month is None or month == "XX":
        if day and day != "XX":
            raise EdtfError("a day needs a month")
        return number_of(low_year, 1, 1), number_of(high_year, 12, 31)
    if "X" in month:
        raise EdtfError("a month is known or XX")
    number = int(month)
    if number in SEASONS and day is None:
        first, last = SEASONS[number]
        end_year = low_year + (last < first)
        if end_year > dt.MAXYEAR:
            raise EdtfError(f"the winter of {year} ends after the last year")
        return number_of(low_year, first, 1), number_of(end_year, last, days_in(end_year, last))
    if not 1 <= number <= 12:
        raise EdtfError(f"there is no month {month}")
    return _day_bounds(low_year, number, day, calendar)


def _day_bounds(year: int, month: int, day: str | None, calendar: Calendar) -> tuple[int, int]:
    last = days_in(year, month, calendar)
    if day is None or day == "XX":
        return number_of(year, month, 1, calendar), number_of(year, month, last, calendar)
    low, high = max(1, int(day.replace("X", "0"))), min(last, int(day.replace("X", "9")))
    if low > last or int(day.replace("X", "0")) > last or day == "00":
        raise EdtfError(f"month {year:04}-{month:02} has no day {day}")
    return number_of(year, month, low, calendar), number_of(year, month, high, calendar)
