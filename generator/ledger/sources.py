"""The bibliography: what a source in CSL-JSON says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.ledger.edtf import EdtfError, HistoricDate, parse

#: CSL counts the seasons from 1, EDTF from 21.
_SEASONS = {"1": "21", "2": "22", "3": "23", "4": "24"}


def accessed(source: Mapping[str, Any]) -> str:
    """Return the day a source was read as YYYY-MM-DD, or less where less is known, or ""."""
    date = read_date(source.get("accessed"))
    return date.text if isinstance(date, HistoricDate) else ""


def read_date(value: object) -> HistoricDate | str | None:
    """Read a date of CSL-JSON: a `HistoricDate`, or the words of a `literal` or `raw` that is none.

    `date-parts` holds one date or two, in numbers or in texts of digits; Crossref writes `[[null]]`
    where it knows none. `season` and `circa` are read too. What says nothing is `None`.
    """
    if isinstance(value, str | int):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    dates = [_edtf(part) for part in parts if isinstance(part, list)] if isinstance(parts, list) else []
    text = "/".join(date for date in dates[:2] if date)
    season = _SEASONS.get(str(value.get("season")), "")
    if season and len(text) == len("YYYY"):
        text += f"-{season}"
    if text and value.get("circa") not in (None, False, "", "false"):
        text = "/".join(f"{date}~" for date in text.split("/"))
    for words in (text, value.get("raw"), value.get("literal")):
        if words:
            return _parsed(str(words).strip())
    return None


def remark(source: Mapping[str, Any], code: str) -> str:
    """Return what the note of a source says to readers of a language: "fr: … | en: …".

    Any other note is one for whoever keeps the bibliography: it is not published.
    """
    for part in str(source.get("note") or "").split(" | "):
        language, colon, text = part.partition(": ")
        if colon and language == code:
            return text.strip()
    return ""


def _edtf(parts: list[object]) -> str:
    """Write year, month and day as EDTF, up to the first that is no number; "" where there is no year.

    A month from 13 on is a season: some programs count them on after the months, some from 21.
    """
    known: list[str] = []
    for part, width in zip(parts, (4, 2, 2), strict=False):
        if isinstance(part, bool) or not str(part).strip().isdecimal():
            break
        known.append(f"{int(str(part)):0{width}}")
    return "-".join(known)


def _parsed(text: str) -> HistoricDate | str:
    try:
        return parse(text)
    except EdtfError:
        return text
