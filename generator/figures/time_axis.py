"""The first and last day of a drawing go in; its time axis comes out."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.text import LINE, safe, wrapped
from generator.ledger import edtf
from generator.ledger.edtf import HistoricDate

#: How many months may lie between two ticks.
MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600)
#: About how many ticks a wide and a narrow axis have.
MOST, MOST_NARROW = 8, 4
#: About how wide a letter of a tick is and what parts two, in pixels; the axis' share of a drawing's width.
LETTER, GAP, SHARE = 7.6, 8, 0.8
#: Up to so many days every third may be named.
FEW = 8
#: Up to so many days an axis names days; from so many months between ticks, years.
DAYS, YEAR = 62, 12


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a drawing shows: its first day, and the day after its last.

    `calendar` is whether its axis must say of what calendar its days are, since a date of another is drawn.
    """

    start: dt.date
    end: dt.date
    calendar: bool = False

    @property
    def foot(self) -> int:
        """The room below the ticks that the name of the calendar needs, in pixels."""
        return LINE + 4 if self.calendar else 0

    def share(self, day: dt.date) -> float:
        """Return where a day stands between the ends, from 0 to 1."""
        return (day - self.start).days / (self.end - self.start).days

    def cut(self, date: HistoricDate) -> tuple[dt.date, dt.date]:
        """Return the first day of a date and the day after its last, as far as they are shown."""
        return max(date.earliest, self.start), min(day_after(date.latest), self.end)

    def shows(self, date: HistoricDate) -> bool:
        """Return whether any day that a date may mean is shown."""
        return self.holds(date.earliest) or date.earliest < self.start <= date.latest

    def holds(self, day: dt.date) -> bool:
        """Return whether a day is shown."""
        return self.start <= day < self.end or day == self.end == dt.date.max

    def axis(self, canvas: Canvas) -> dict[str, Any]:
        """Return a time axis as Plotly writes it, with ticks at days, months or years."""
        ticks, letters = self._named(canvas), 7 if canvas.narrow else 9
        return {
            "type": "date",
            "range": [self.start.isoformat(), self.end.isoformat()],
            "tickmode": "array",
            "tickvals": [day.isoformat() for day, _ in ticks],
            "ticktext": [wrapped(text, letters) for _, text in ticks],
            "tickangle": 0,
            **({"title": calendar_title(canvas)} if self.calendar else {}),
        }

    def _named(self, canvas: Canvas) -> list[tuple[dt.date, str]]:
        """Return the ticks with their names: as many as find room beside each other."""
        letters = 7 if canvas.narrow else 9
        ticks: list[tuple[dt.date, str]] = []
        for most in range(MOST_NARROW if canvas.narrow else MOST, 0, -1):
            ticks = [(day, canvas.language.date(edtf.parse(text))) for day, text in self._ticks(most)]
            lines = [line for _, text in ticks for line in wrapped(text, letters).split("<br>")]
            wide = max(map(len, lines), default=0) * LETTER + GAP
            if len(ticks) * wide <= SHARE * canvas.width:
                break
        return ticks

    def _ticks(self, most: int) -> Iterator[tuple[dt.date, str]]:
        """Yield days and how EDTF writes what is named there."""
        days = (self.end - self.start).days
        if days <= DAYS:
            steps = (1, 2, 3, 5, 7) if days <= FEW else (1, 2, 5, 7, 10, 14, 21, 31)
            step = next((n for n in steps if days / n <= most), DAYS)
            for n in range(0, days, step):
                day = self.start + dt.timedelta(n)
                yield day, day.isoformat()
            return
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        step = next((n for n in MONTHS if months / n <= most), MONTHS[-1])
        day = self.start if self.start.day == 1 else month_after(self.start)
        if step >= YEAR:
            # Years that are multiples of the step: 1860, 1880, not 1842, 1862.
            years = step // YEAR
            first = -(-(day.year + (day.month > 1)) // years) * years
            day = dt.date(first, 1, 1) if first <= dt.MAXYEAR else self.end
        while day < self.end:
            yield day, f"{day.year:04}" if step >= YEAR else f"{day.year:04}-{day.month:02}"
            day = month_after(day, step)


def window(canvas: Canvas, first: str, last: str, dates: list[HistoricDate]) -> Window:
    """Return the time from *first* to *last*; where one is "", it is that of whole months around *dates*."""
    ends = [edtf.parse(text) for text in (first, last) if text]
    refuse_ancient(canvas, ends if first else [*ends, *dates])
    start = edtf.parse(first).earliest if first else min(date.earliest for date in dates).replace(day=1)
    end = edtf.parse(last).latest if last else _last_of_month(max(date.latest for date in dates))
    if start >= end:
        raise canvas.bad(f"it ends ({end}) before it starts ({start})", "mend from and to")
    shown = Window(start, day_after(end))
    return replace(shown, calendar=any(date.is_julian and shown.shows(date) for date in dates))


def calendar_title(canvas: Canvas) -> dict[str, Any]:
    """Return the title of an axis beside dates of another calendar: of what calendar its own days are."""
    return {"text": safe(canvas.say("Gregorian calendar")), "standoff": 8}


def refuse_ancient(canvas: Canvas, dates: Iterable[HistoricDate]) -> None:
    """Say that an axis of time has no place for a date before the year 1.

    Raises:
        BadSettingsError: one of the dates is.
    """
    for date in dates:
        if date.is_ancient:
            message = f"{date.text} is before the year 1, and no axis of time goes there"
            raise canvas.bad(message, "begin later (from), or leave out what is older")


def _last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_after(day: dt.date) -> dt.date:
    """Return the day after another; the last day there is has none but itself."""
    return min(day, dt.date.max - dt.timedelta(1)) + dt.timedelta(1)


def month_after(day: dt.date, months: int = 1) -> dt.date:
    """Return the first day of the month so many months after a day's, or the last day there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) if year <= dt.MAXYEAR else dt.date.max


def middle(date: HistoricDate) -> dt.date:
    """Return the day in the middle of what a date may mean."""
    return date.earliest + (date.latest - date.earliest) / 2
