"""A date as people type it, or as a table program holds it, goes in; EDTF comes out, or why it is unclear."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from generator.intake.sheets import Doubt, Read, SheetCell
from generator.language.noted import months
from generator.language.typography import fold
from generator.ledger import edtf

_FORMS = "write 1907-04-03, 1907-04, 1907~ or 1907-04/1907-10"
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{2}|\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_DAY_MONTH_YEAR = re.compile(
    r"(?:(\d{1,2})(?:er|re|\.|st|nd|rd|th|º|o)?\s+(?:de\s+)?)?([^\W\d_]+)\.?\s+(?:de\s+)?(\d{4})"
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def date_of(cell: SheetCell, order: str, languages: Sequence[str]) -> Read | Doubt:
    """Read a cell as a date, in EDTF.

    Args:
        cell: the cell.
        order: "day" or "month", whichever stands first in 03/04/1907; "" where that was not said.
        languages: codes of the languages in which months may be named.
    """
    value = cell.value
    if isinstance(value, bool | dt.time):
        return _unclear("not a date", _FORMS)
    if isinstance(value, dt.datetime) and (value.hour, value.minute, value.second) != (0, 0, 0):
        return _unclear(f"a date with an hour, {value:%H:%M}", "put the hour into a column of its own")
    if isinstance(value, dt.date):
        return _shown(value, cell.form)
    if isinstance(value, int | float):
        return _number(value)
    return _text(unicodedata.normalize("NFKC", str(value or "")).strip(), order, languages)


def _unclear(message: str, hint: str) -> Doubt:
    return Doubt("unclear-date", message, hint)


def _shown(day: dt.date, form: str) -> Read:
    """Take a day of a table program only as far as its sheet shows it."""
    signs = set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form.lower()))
    whole = f"{day.year:04}-{day.month:02}-{day.day:02}"
    if not form or "d" in signs or "j" in signs or "t" in signs or not signs & {"y", "a"}:
        return Read(whole)
    if "m" in signs:
        return Read(whole[:7], f"shown as month and year: read as {whole[:7]}")
    return Read(whole[:4], f"shown as a year: read as {whole[:4]}")


def _number(value: float) -> Read | Doubt:
    if float(value).is_integer() and 1 <= value <= 9999:
        return Read(f"{int(value):04}")
    hint = "give the cell the format of a date in the sheet, or write the date as text"
    return _unclear(f"the number {value:g} is no year; it may be how the sheet counts a day", hint)


def _text(text: str, order: str, languages: Sequence[str]) -> Read | Doubt:
    midnight = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?", text)
    text = midnight[1] if midnight else " ".join(text.split())
    try:
        return Read(edtf.parse(text).text)
    except edtf.EdtfError as error:
        why = str(error)
    if match := _NUMERIC.fullmatch(text):
        return _numeric(text, match, order)
    if match := _MONTH_YEAR.fullmatch(text):
        return _made(text, match[2], match[1], None)
    known = months(tuple(languages))
    if (match := _MONTH_DAY_YEAR.fullmatch(text)) and fold(match[1]) in known:
        return _made(text, match[3], known[fold(match[1])], match[2])
    if (match := _DAY_MONTH_YEAR.fullmatch(text)) and fold(match[2]) in known:
        return _made(text, match[3], known[fold(match[2])], match[1])
    return _unclear(why if re.match(r"\d{4}-", text) else f'"{text}" is not a date that can be read', _FORMS)


def _numeric(text: str, match: re.Match[str], order: str) -> Read | Doubt:
    """Read 03/04/1907: the day is told from the month by what was said, or where one is above twelve."""
    one, other, year = match[1], match[3], match[4]
    if len(year) == 2:
        return _unclear(f'"{text}" does not say its century', "write the year with four digits")
    orders = ["day"] if int(one) > 12 else ["month"] if int(other) > 12 else ["day", "month"]
    if order and order not in orders:
        return _unclear(
            f'"{text}" has its {orders[0]} first, against --{order}-first', "look at the other rows"
        )
    if not order and len(orders) > 1 and int(one) != int(other):
        day, month = (f"{year}-{m:>02}-{d:>02}" for d, m in ((one, other), (other, one)))
        return _unclear(
            f'"{text}" may be {day} or {month}', f"say --day-first ({day}) or --month-first ({month})"
        )
    chosen = order or orders[0]
    return _made(text, year, *((other, one) if chosen == "day" else (one, other)))


def _made(text: str, year: str, month: str, day: str | None) -> Read | Doubt:
    made = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    try:
        return Read(edtf.parse(made).text, f"“{text}” read as {made}")
    except edtf.EdtfError as error:
        return _unclear(f'"{text}": {error}', _FORMS)


def shows_order(text: str) -> bool:
    """Whether a text shows by itself whether day or month stands first."""
    match = _NUMERIC.fullmatch(text.strip())
    return match is not None and (int(match[1]) > 12) != (int(match[3]) > 12)
