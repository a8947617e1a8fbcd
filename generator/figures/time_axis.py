"""The first and last day of a drawing go in; its time axis comes out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from generator.figures.options import bad
from generator.figures.style import wrapped
from generator.language import Language
from generator.ledger import edtf
from generator.ledger.edtf import HistoricDate
from generator.settings import Spec

#: How many months, or days, may lie between two ticks.
MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600)
MOST_TICKS = 8
#: Up to so many days an axis names days; from so many months between ticks, years.
DAYS, YEAR = 62, 12


def window(spec: Spec, dates: list[HistoricDate]) -> tuple[dt.date, dt.date]:
    """Return the days between which to draw: as the settings say, else whole months around all."""
    first, last = (_bound(spec, option) for option in ("from", "to"))
    start = first.earliest if first else min(date.earliest for date in dates).replace(day=1)
    end = last.latest if last else month_after(max(date.latest for date in dates)) - dt.timedelta(1)
    if start >= end:
        raise bad(spec, f"it ends ({end}) before it starts ({start})", "mend from and to")
    return start, end + dt.timedelta(1)


def _bound(spec: Spec, option: str) -> HistoricDate | None:
    value = spec.options.get(option)
    if value is None:
        return None
    try:
        return edtf.parse(str(value))
    except edtf.EdtfError as error:
        raise bad(spec, f"{option} is no date: {error}", f'write {option} = "YYYY-MM-DD"') from error


def month_after(day: dt.date, months: int = 1) -> dt.date:
    """Return the first day of the month so many months after a day's."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def date_axis(start: dt.date, end: dt.date, language: Language, most: int = MOST_TICKS) -> dict[str, Any]:
    """Return a time axis with at most about so many ticks: days, months or years."""
    ticks = _ticks(start, end, most)
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickmode": "array",
        "tickvals": [day.isoformat() for day, _ in ticks],
        "ticktext": [
            wrapped(language.date(edtf.parse(text)), 7 if most < MOST_TICKS else 9) for _, text in ticks
        ],
        "tickangle": 0,
    }


def _ticks(start: dt.date, end: dt.date, most: int) -> list[tuple[dt.date, str]]:
    days = (end - start).days
    if days <= DAYS:
        step = next(n for n in (1, 2, 5, 7, 10, 14, 21) if days / n <= most)
        found = [start + dt.timedelta(n) for n in range(0, days, step)]
        return [(day, day.isoformat()) for day in found]
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next((n for n in MONTHS if months / n <= most), MONTHS[-1])
    day = start if start.day == 1 else month_after(start)
    if step >= YEAR:
        # Years that are multiples of the step: 1860, 1880, not 1842, 1862.
        years = step // YEAR
        day = dt.date(-(-(day.year + (day.month > 1)) // years) * years, 1, 1)
    ticks = []
    while day < end:
        ticks.append((day, f"{day.year:04}" if step >= YEAR else f"{day.year:04}-{day.month:02}"))
        day = month_after(day, step)
    return ticks


def middle(date: HistoricDate) -> dt.date:
    """Return the day in the middle of what a date may mean."""
    return date.earliest + (date.latest - date.earliest) / 2


def share_of(day: dt.date, start: dt.date, end: dt.date) -> float:
    """Return where a day stands between two others, from 0 to 1."""
    return (day - start).days / (end - start).days
