"""A note in which a date stands, in whatever language, goes in; it comes out with the date written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

from generator.language.typography import fold
from generator.ledger import edtf
from generator.ledger.edtf import HistoricDate

#: The languages in which a source's date may be noted, whatever the languages of a documentary.
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru")
#: Where a date may stand in a longer note: alone between commas or semicolons.
_START, _END = r"(?:(?<=^)|(?<=[,;]\s))", r"(?=$|[,;])"
_DAY, _TH = r"\d{4}-\d{2}-\d{2}J?[~?%]?", r"(?:er|re|ᵉʳ|\.|st|nd|rd|th|º)?"
_MONTH, _YEAR = r"(?P<month>[^\W\d_]+)\.?", r"(?P<year>\d{4})(?:\s(?:г\.|года?\b))?"
_DAYS = rf"(?:(?P<day>\d{{1,2}}){_TH}(?:\s?[-–]\s?(?P<last>\d{{1,2}}){_TH})?\s+(?:de\s+)?)?"
_FORMS = tuple(
    re.compile(_START + form + _END)
    for form in (
        rf"(?P<edtf>{_DAY}(?:/{_DAY})?)",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_TH},?\s+{_YEAR}",
        rf"{_DAYS}{_MONTH}\s+(?:de\s+)?{_YEAR}",
    )
)


@cache
def months(languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return the number of each month by its folded names in these languages; one of two is none."""
    numbers: dict[str, set[int]] = {}
    for code in languages:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                try:
                    names = get_month_names(width, context, code)
                except (UnknownLocaleError, ValueError):
                    continue
                for number, name in names.items():
                    numbers.setdefault(fold(name), set()).add(number)
    return {name: str(min(found)) for name, found in numbers.items() if len(found) == 1}


def rewritten(text: str, write: Callable[[HistoricDate], str]) -> str:
    """Write each date that stands in a note anew; what is no date, or a day that never was, stays."""

    def date(match: re.Match[str]) -> str:
        known = _read(match.groupdict())
        return write(known) if known else match.group()

    for form in _FORMS:
        text = form.sub(date, text)
    return text


def _read(parts: Mapping[str, str | None]) -> HistoricDate | None:
    """Return the date that the parts of a form make, or nothing."""
    try:
        if whole := parts.get("edtf"):
            return edtf.parse(whole)
        month = months(LANGUAGES).get(fold(parts["month"] or ""))
        if month is None:
            return None
        days = [day for key in ("day", "last") if (day := parts.get(key))]
        made = f"{parts['year']}-{int(month):02}"
        return edtf.parse("/".join(f"{made}-{int(day):02}" for day in days) or made)
    except edtf.EdtfError:
        return None
