"""What a source is while it is imported: an item of CSL-JSON on its way, and what is to say of it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from generator.language.typography import fold, slug
from generator.ledger.csl import DATES, NAMES, TEXTS
from generator.ledger.edtf import EdtfError, parse


@dataclass(slots=True)
class Item:
    """One source as a program exported it: CSL-JSON, the line it begins on, and how it was read."""

    csl: dict[str, Any]
    line: int = 1
    remarks: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id, "" where it has none yet."""
        return str(self.csl.get("id", ""))

    def put(self, variable: str, value: object) -> None:
        """Keep a value under a variable of CSL that holds nothing yet; of nothing, nothing is kept."""
        if value not in (None, "", [], {}) and variable not in self.csl:
            self.csl[variable] = value

    def note(self, text: str) -> None:
        """Add to the note, which is for whoever keeps the bibliography."""
        text = " ".join(text.split())
        if text:
            self.csl["note"] = f"{self.csl['note']}; {text}" if self.csl.get("note") else text


def date_of(text: str) -> dict[str, Any]:
    """Write a date that was typed as CSL does: in parts where it is one, else as it stands."""
    plain = re.sub(r"(?<=\d)[/.](?=\d)", "-", text.strip().rstrip("/-"))
    plain = re.sub(r"-(\d)(?=-|$)", r"-0\1", plain)
    try:
        date = parse(plain if re.fullmatch(r"\d{4}(-\d{2}){0,2}", plain) else text.strip())
    except EdtfError:
        return {"raw": text.strip()}
    points = [point for point in date.points if point]
    if date.fuzzy or len(points) != len(date.points):
        return {"edtf": date.text}
    return {"date-parts": [[int(part) for part in point.parts] for point in points]}


#: What Zotero's field "Extra" names otherwise than CSL does.
_EXTRA = {"place": "publisher-place", "date": "issued", "original-place": "original-publisher-place"}
_LINE = re.compile(r"\s*\{?:?([A-Za-z][A-Za-z. -]*?)\s*:\s*(.*?)\}?\s*$")


def sort_extras(item: Item) -> None:
    """Take the variables out of a note that Zotero keeps in its field "Extra": `original-date: 1907`."""
    note, rest, found = item.csl.pop("note", None), [], []
    if not isinstance(note, str):
        item.put("note", note)
        return
    for line in note.splitlines():
        match = _LINE.fullmatch(line)
        name = _extra_name(match[1]) if match else ""
        if match and name and _taken(item, name, match[2].strip()):
            found.append(name)
        elif line.strip():
            rest.append(line.strip())
    item.put("note", "; ".join(rest))
    if found:
        item.remarks.append(f"out of its note: {', '.join(found)}")


def _extra_name(word: str) -> str:
    """Return the variable of CSL that a line of "Extra" names, or ""."""
    plain = re.sub(r"[ _]+", "-", word.strip().lower())
    names = {name.lower(): name for name in (*TEXTS, *DATES, *NAMES, "oclc", "citation-key", "type")}
    return _EXTRA.get(plain) or names.get(plain, "")


def _taken(item: Item, name: str, text: str) -> bool:
    """Put one line of "Extra" where it belongs, if nothing stands there."""
    if name == "oclc":
        item.csl.setdefault("custom", {}).setdefault("oclc", text)
        return True
    if name in item.csl and name != "type":
        return False
    if name in NAMES:
        family, _, given = text.partition("||")
        item.csl[name] = [{"family": family.strip(), "given": given.strip()} if given else {"literal": text}]
    else:
        item.csl[name] = date_of(text) if name in DATES else text
    return True


def made_id(csl: Mapping[str, Any], taken: set[str]) -> str:
    """Make an id of author and year, as a person would: surveyor-1908, or surveyor-1908-2."""
    people: Any = next((csl[role] for role in ("author", "editor", "translator") if csl.get(role)), [])
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    name = first.get("family") or first.get("literal") or str(csl.get("title", "")).partition(":")[0]
    words = slug(fold(str(name))).split("-")[:3]
    year = re.search(r"\d{4}", str(csl.get("issued", "")))
    stem = "-".join([*words, *([year[0]] if year else [])]).strip("-") or "source"
    return free_ident(stem, taken)


def free_ident(stem: str, taken: Container[str]) -> str:
    """Return an id that is not taken: *stem*, or *stem* with a number from 2 on."""
    endings = (f"{stem}-{number}" for number in count(2))
    return next(ident for ident in chain([stem], endings) if ident not in taken)
