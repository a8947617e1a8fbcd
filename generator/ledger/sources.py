"""The records of the bibliography: a source, who made it, and when it was published and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.ledger.edtf import EdtfError, HistoricDate, parse
from generator.problems import Location

#: CSL counts the seasons from 1, EDTF from 21.
_SEASONS = {"1": "21", "2": "22", "3": "23", "4": "24"}
#: The name of a person or an institution, part by part, as CSL names them: `family`, `given`, `literal`.
Name = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Own:
    """What a documentary says of a source in CSL's `custom`, apart from what programs export.

    `kind` is the group of the bibliography it stands in, `archive` the address of an archived copy, `oclc`
    its number in a catalogue of libraries, `label` a short name for every language; `encyclopaedia` is not
    empty for an article of one. `labels`, `titles` and `authors` hold what one language says its own way, by
    its code.
    """

    kind: str = ""
    archive: str = ""
    oclc: str = ""
    label: str = ""
    encyclopaedia: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One source of the bibliography.

    `issued` and `accessed` are dates, or the words of a date that is none we can count with, or `None`.
    `people` are names by role (`author`, `editor`, …). `csl` is the item as it was read, cleaned: texts,
    names and dates by CSL's name of the variable, nothing empty, and nothing of ours.
    """

    id: str
    type: str
    title: str
    issued: HistoricDate | str | None
    accessed: HistoricDate | str | None
    people: Mapping[str, tuple[Name, ...]]
    own: Own
    csl: Mapping[str, Any]
    location: Location

    def text(self, variable: str) -> str:
        """Return a variable of CSL that is a text or a number (`publisher`, `volume`), or ""."""
        value = self.csl.get(variable)
        return value if isinstance(value, str) else ""

    @property
    def year(self) -> int | None:
        """The year it was published, or `None` where that is unknown."""
        if not isinstance(self.issued, HistoricDate):
            return None
        return min(point.year for point in self.issued.points if point)

    @property
    def read_on(self) -> HistoricDate | None:
        """The day it was read on the web, where that is a day we can count with."""
        return self.accessed if isinstance(self.accessed, HistoricDate) else None

    @property
    def language(self) -> str:
        """The tag of its language, "ja" or "zh-Hans" (BCP 47), or "" where none or only its name is given."""
        tag = re.fullmatch(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)", self.text("language").strip())
        if not tag:
            return ""
        # A script has four letters and a capital, a region two and capitals; the rest is in small letters.
        forms = {2: str.upper, 4: str.title}
        more = (part for part in re.split("[-_]", tag[2]) if part)
        return "-".join([tag[1].lower(), *(forms.get(len(part), str.lower)(part) for part in more)])

    def remark(self, code: str) -> str:
        """Return what its note says to readers of a language: "fr: … | en: …".

        Any other note is one for whoever keeps the bibliography: it is not published.
        """
        for part in self.text("note").split(" | "):
            language, colon, text = part.partition(": ")
            if colon and language == code:
                return text.strip()
        return ""

    def as_csl(self) -> dict[str, Any]:
        """Return the source as clean CSL-JSON, as a citation processor takes it."""
        return dict(self.csl)


def source_of(csl: Mapping[str, Any], own: Own = Own(), location: Location = Location("")) -> Source:  # noqa: B008 - both are frozen
    """Make a source of clean CSL-JSON: no empty values, names as lists of their parts."""
    people = {
        role: tuple(value)
        for role, value in csl.items()
        if isinstance(value, list) and all(isinstance(name, Mapping) for name in value)
    }
    return Source(
        id=str(csl["id"]),
        type=str(csl.get("type", "")),
        title=str(csl.get("title", "")),
        issued=read_date(csl.get("issued")),
        accessed=read_date(csl.get("accessed")),
        people=people,
        own=own,
        csl=csl,
        location=location,
    )


def read_date(value: object) -> HistoricDate | str | None:
    """Read a date of CSL-JSON: a `HistoricDate`, or the words of a `literal` or `raw` that is none.

    `date-parts` holds one date or two, in numbers or in texts of digits; Crossref writes `[[null]]`
    where it knows none. `edtf`, `season` and `circa` are read too. What says nothing is `None`.
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
    for words in (value.get("edtf"), text, value.get("raw"), value.get("literal")):
        if words:
            return _parsed(str(words).strip())
    return None


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
