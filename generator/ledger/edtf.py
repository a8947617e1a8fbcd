"""A date as historians write it (a subset of EDTF) goes in; its parts and its bounds come out."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

#: EDTF seasons, and the months they are read as. Winter is December to February.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d[\dX]|XX))?(?:-(\d[\dX]|XX))?([~?%]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """One date of stated precision. `month` is 21 to 24 for a season; `digits` keeps the X."""

    digits: str
    earliest: dt.date
    latest: dt.date
    approximate: bool = False
    uncertain: bool = False

    @property
    def parts(self) -> list[str]:
        """Year, month and day as written, as far as the source goes."""
        return self.digits.split("-")


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
    def earliest(self) -> dt.date:
        """The first day the date may mean; an open start counts from the known end."""
        return min(p.earliest for p in self.points if p)

    @property
    def latest(self) -> dt.date:
        """The last day the date may mean; an open end counts to the known start."""
        return max(p.latest for p in self.points if p)

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
        """What HTML's `datetime` may say of it: the year, month or day that all its points share, or ""."""
        shared: list[str] = []
        for parts in zip(*(p.parts if p else () for p in self.points), strict=False):
            part = parts[0]
            if len(set(parts)) > 1 or "X" in part or (shared and int(part) > 12 and len(shared) == 1):
                break
            shared.append(part)
        return "-".join(shared)


def meet(one: HistoricDate, other: HistoricDate) -> bool:
    """Tell whether two dates can have a day in common; an open end goes on for ever."""

    def bounds(date: HistoricDate) -> tuple[dt.date, dt.date]:
        start = dt.date.min if date.points[0] is None else date.earliest
        return start, dt.date.max if date.points[-1] is None else date.latest

    (first, last), (since, until) = bounds(one), bounds(other)
    return first <= until and since <= last


class EdtfError(ValueError):
    """The text is not a date of the subset; the message says what was expected."""


def parse(text: str) -> HistoricDate:
    """Read *text*: YYYY[-MM[-DD]] with ~ ? %, X digits, seasons, a/b, ../b, a/.., [a,b].

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
    if first and last and first.earliest > last.latest:
        raise EdtfError(f"the interval ends ({end}) before it starts ({start})")
    return HistoricDate(text, DateKind.INTERVAL, (first, last))


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if text.startswith("-"):
        raise EdtfError(f'"{text}": a year before the year 1 is told in a note; a date here is from 0001 on')
    if match is None:
        raise EdtfError(f'"{text}" is not YYYY, YYYY-MM or YYYY-MM-DD with ~, ? or %')
    year, month, day, mark = match.groups()
    digits = "-".join(part for part in (year, month, day) if part)
    earliest, latest = _bounds(year, month, day)
    return Point(digits, earliest, latest, mark in {"~", "%"}, mark in {"?", "%"})


def _bounds(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date]:
    low_year, high_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low_year == 0:
        raise EdtfError("the ledger knows no year 0")
    if "X" in year and month:
        raise EdtfError("a month needs a whole year")
    if month is None or month == "XX":
        if day and day != "XX":
            raise EdtfError("a day needs a month")
        return dt.date(low_year, 1, 1), dt.date(high_year, 12, 31)
    if "X" in month:
        raise EdtfError("a month is known or XX")
    number = int(month)
    if number in SEASONS and day is None:
        first, last = SEASONS[number]
        end_year = low_year + (last < first)
        if end_year > dt.MAXYEAR:
            raise EdtfError(f"the winter of {year} ends after the last year")
        return dt.date(low_year, first, 1), dt.date(end_year, last, _days(end_year, last))
    if not 1 <= number <= 12:
        raise EdtfError(f"there is no month {month}")
    return _day_bounds(low_year, number, day)


def _day_bounds(year: int, month: int, day: str | None) -> tuple[dt.date, dt.date]:
    last = _days(year, month)
    if day is None or day == "XX":
        return dt.date(year, month, 1), dt.date(year, month, last)
    low, high = max(1, int(day.replace("X", "0"))), min(last, int(day.replace("X", "9")))
    if low > last or int(day.replace("X", "0")) > last or day == "00":
        raise EdtfError(f"month {year}-{month:02} has no day {day}")
    return dt.date(year, month, low), dt.date(year, month, high)


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
