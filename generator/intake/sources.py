"""A bibliography as programs export it goes in; `data/sources.json` comes out as it would be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.intake.bibtex import read_bibtex
from generator.intake.delimited import decoded
from generator.intake.items import Item, made_id, sort_extras
from generator.intake.proposal import Change, Proposal
from generator.intake.ris import read_ris
from generator.intake.sheets import UnreadableError
from generator.intake.tables import read_schema
from generator.ledger.csl import DATES, FILE, NAMES, OWN, TEXTS, read_sources
from generator.problems import Location, Problem
from generator.settings import Documentary, SourcesOptions
from generator.typed import Document, read_json

_EXPORT = "export it from the program that keeps it as CSL-JSON, BibTeX or RIS"
_OWN_KEY = re.compile(rf"{'|'.join(OWN)}|(?:label|title|author)_[a-z]{{2,3}}")


def import_sources(
    files: Mapping[str, bytes],
    raw: bytes,
    file: str,
    *,
    replace: bool = False,
    twins: bool = False,
    kind: str = "",
) -> Proposal | list[Problem]:
    """Propose how the bibliography would be with the sources of an export.

    Args:
        files: the files of the documentary, by path.
        raw: the export.
        file: its name, as problems say it.
        replace: whether a source whose id is there with other content is taken.
        twins: whether a source is taken that looks like one that is there under another id.
        kind: the heading of the bibliography under which sources stand that say none.
    """
    schema = read_schema(files)
    if isinstance(schema, list):
        return schema
    try:
        items, problems = read_items(raw, file)
        text = _Text(files.get(FILE, b"[]\n"))
    except UnreadableError as error:
        return [Problem(Location(file), "unreadable-file", str(error), error.hint)]
    proposal = Proposal(FILE, files.get(FILE, b""), b"", problems=problems)
    taken = {str(item.get("id")) for item in text.items} | {item.id for item in items}
    languages = list(schema[1].languages)
    for item in items:
        _settle(item, taken, languages)
        if kind and item.id not in {str(there.get("id")) for there in text.items}:
            item.csl["custom"] = {"kind": kind, **item.csl.get("custom", {})}
    good = list(_good(items, file, languages, proposal))
    _join(text, good, proposal, replace=replace, twins=twins)
    proposal.remarks += _homeless(good, proposal.added, schema[1])
    proposal.after = text.written().encode()
    proposal.absent = len({str(item.get("id")) for item in text.items} - {item.id for item in items})
    return proposal


# ---- Reading ----


def read_items(raw: bytes, file: str) -> tuple[list[Item], list[Problem]]:
    """Read an export by what its text is: CSL-JSON, BibTeX or RIS.

    Raises:
        UnreadableError: it is none of these.
    """
    if not raw.strip():
        raise UnreadableError("the file is empty", _EXPORT)
    if raw.startswith((b"PK", b"%PDF", b"\xd0\xcf", b"SQLite")):
        raise UnreadableError("not a bibliography in text", _EXPORT)
    text = decoded(raw)[0].lstrip("\ufeff")
    start = text.lstrip()
    if start.startswith(("[", "{")):
        return _read_csl(text, file)
    if re.search(r"^TY  ?-", text, re.MULTILINE):
        return read_ris(text), []
    if re.search(r"^\s*@\w+\s*[{(]", text, re.MULTILINE):
        return read_bibtex(text, file)
    raise UnreadableError("neither CSL-JSON nor BibTeX nor RIS", _EXPORT)


def _read_csl(text: str, file: str) -> tuple[list[Item], list[Problem]]:
    document = read_json(file, text.encode(), "bad-source")
    if not isinstance(document, Document):
        return [], document
    value = document.value
    if isinstance(value, dict):
        value = value.get("items", [value])  # as Better BibTeX and some services wrap a list
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        message = "not a list of sources"
        return [], [Problem(Location(file), "bad-source", message, "export it as CSL-JSON")]
    return [_csl_item(dict(item), document.location((number,)).line) for number, item in enumerate(value)], []


def _csl_item(csl: dict[str, Any], line: int) -> Item:
    """Take one item of CSL-JSON as it is, without what a check would refuse."""
    item = Item({key: value for key, value in csl.items() if value not in (None, "", [], {})}, line)
    known = {*TEXTS, *NAMES, *DATES, "id", "type", "title", "custom"}
    left = sorted(set(item.csl) - known)
    if "abstract" in item.csl:
        item.csl.pop("abstract")
        item.remarks.append("its abstract is left out: it is somebody else’s text")
    custom = item.csl.get("custom")
    if isinstance(custom, dict):
        left += [f"custom.{key}" for key in custom if not _OWN_KEY.fullmatch(key)]
        item.csl["custom"] = {key: value for key, value in custom.items() if _OWN_KEY.fullmatch(key)}
    for key in left:
        item.csl.pop(key, None)
    if left:
        item.remarks.append(f"left out, as CSL has no place for it: {', '.join(left)}")
    return item


def _settle(item: Item, taken: set[str], languages: Sequence[str]) -> None:
    """Give an item what it lacks: what its note says of it, and an id."""
    ours = tuple(f"{code}: " for code in languages)
    if not str(item.csl.get("note", "")).startswith(ours):  # a remark of ours, by language
        sort_extras(item)
    key = item.csl.pop("citation-key", "")
    ident = item.id
    if (
        isinstance(item.csl.get("id"), str | int)
        and not re.search(r"\s", ident)
        and "://" not in ident
        and ident
    ):
        item.csl["id"] = ident
    else:
        item.csl["id"] = key if key and not re.search(r"\s", str(key)) else made_id(item.csl, taken)
        item.remarks.append(f"its id is {item.csl['id']}" + (f", for “{ident}”" if ident else ""))
        taken.add(item.csl["id"])
    rest = {key: value for key, value in item.csl.items() if key not in {"id", "type"}}
    item.csl = {"id": item.csl["id"], "type": item.csl.get("type", ""), **rest}
    if not item.csl.get("issued"):
        item.remarks.append("it has no date")
    if not any(item.csl.get(role) for role in NAMES):
        item.remarks.append("it names nobody")


def _good(items: Sequence[Item], file: str, languages: Sequence[str], proposal: Proposal) -> Iterator[Item]:
    """Yield the items that the ledger can hold; of the others say what is wrong."""
    seen: dict[str, int] = {}
    for item in items:
        for remark in item.remarks:
            proposal.remarks.append(f"line {item.line}, {item.id}: {remark}")
        if item.id in seen:
            message, hint = (
                f'"{item.id}" stands on line {seen[item.id]} already',
                "give one of the two another id",
            )
            proposal.problems.append(Problem(Location(file, item.line), "duplicate-id", message, hint))
            continue
        seen[item.id] = item.line
        read = read_sources(json.dumps([item.csl]).encode(), languages)
        if read.problems:
            proposal.problems += [
                Problem(
                    Location(file, item.line, re.sub(r"^\[1\]\.?", "", p.location.column)),
                    p.code,
                    p.message,
                    p.hint,
                )
                for p in read.problems
            ]
        else:
            yield item


def _homeless(items: Sequence[Item], added: Sequence[str], documentary: Documentary) -> Iterator[str]:
    """Say of which new sources nobody has said under which heading of the bibliography they stand."""
    pages = (page.options for page in documentary.chapters if isinstance(page.options, SourcesOptions))
    kinds = [kind for options in pages for kind in options.groups]
    new = [item for item in items if item.id in set(added)]
    without = [item.id for item in new if item.csl.get("custom", {}).get("kind", "") not in kinds]
    if kinds and without:
        yield (
            f"to do, by somebody who knows: custom.kind of {len(without)}, one of {', '.join(kinds)}; "
            "--kind says it for all, and without it they stand under other sources"
        )


# ---- Joining ----


def _join(text: _Text, items: Sequence[Item], proposal: Proposal, *, replace: bool, twins: bool) -> None:
    present = {str(item.get("id")): item for item in text.items}
    looks = {look: ident for ident, item in present.items() for look in _looks(item)}
    for item in items:
        there = present.get(item.id)
        twin = next((looks[look] for look in _looks(item.csl) if look in looks), "")
        if there is None and twin and not twins:
            proposal.remarks.append(
                f"line {item.line}, {item.id}: left out, as it looks like {twin}, which is there; "
                "--twins takes both"
            )
            proposal.alike += 1
        elif there is None:
            text.add(item.csl)
            proposal.added.append(item.id)
            looks |= dict.fromkeys(_looks(item.csl), item.id)
        else:
            merged = _merged(there, item.csl)
            changes = list(_changes(item, there, merged))
            proposal.changes += changes
            proposal.alike += not changes
            if changes and replace:
                text.replace(item.id, merged)


def _merged(there: Mapping[str, Any], csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source with what is new of it; what is ours of it, and no program exports, stays."""
    custom = {**there.get("custom", {}), **csl.get("custom", {})}
    return {**there, **csl, **({"custom": custom} if custom else {})}


def _changes(item: Item, there: Mapping[str, Any], merged: Mapping[str, Any]) -> Iterator[Change]:
    for key, value in merged.items():
        if _plain(value) != _plain(there.get(key)):
            yield Change(item.id, key, _said(there.get(key)), _said(value), 0, item.line)


def _plain(value: Any) -> Any:
    """Return a value as it is compared: a number and its text are one."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part not in (None, "", [])}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return "" if value is None else str(value).strip()


def _said(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _looks(csl: Mapping[str, Any]) -> list[str]:
    """Return by what two items can be seen to be one: a DOI; an ISBN, a kind, a title and a year together."""
    looks = [f"doi {str(csl['DOI']).lower()}"] if csl.get("DOI") else []
    title = re.sub(r"\W+", " ", str(csl.get("title", "")).lower()).strip()
    year = re.search(r"\d{4}", str(csl.get("issued", "")))
    people = csl.get("author") or csl.get("editor") or [{}]
    first = people[0] if isinstance(people, list) and isinstance(people[0], dict) else {}
    name = str(first.get("family") or first.get("literal") or "").lower()
    if title and year and name:
        looks.append(f"{csl.get('type')} {name} {year[0]} {title}")
    return looks


@dataclass(slots=True)
class _Span:
    """Where an item stands in the text."""

    start: int
    end: int
    text: str


class _Text:
    """The bibliography as it is written: what does not change keeps every byte."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._text = raw.decode("utf-8-sig")
            self._mark = raw.startswith(b"\xef\xbb\xbf")
            self._spans, self.items = _spans(self._text)
        except ValueError as error:
            raise UnreadableError(
                f"{FILE} cannot be read: {error}", "run a check, and mend it first"
            ) from None
        self._added: list[str] = []
        first = re.search(r"\n([ \t]*)\S", self._text[: self._spans[0].start + 1]) if self._spans else None
        inner = re.search(r"\{\n([ \t]*)\"", self._text)
        self._edge = first[1] if first else "  " if not self._spans else ""
        self._step = (inner[1].removeprefix(self._edge) if inner else "  ") or "  "

    def add(self, csl: Mapping[str, Any]) -> None:
        """Put an item at the end of the list."""
        self._added.append(self._form(csl))

    def replace(self, ident: str, csl: Mapping[str, Any]) -> None:
        """Put an item in the place of that with its id."""
        for span, item in zip(self._spans, self.items, strict=True):
            if str(item.get("id")) == ident:
                span.text = self._form(csl)

    def _form(self, csl: Mapping[str, Any]) -> str:
        lines = json.dumps(csl, indent=self._step, ensure_ascii=False).split("\n")
        return f"\n{self._edge}".join(lines)

    def written(self) -> str:
        """Return the whole text."""
        parts, place = [], 0
        for span in self._spans:
            parts += [self._text[place : span.start], span.text]
            place = span.end
        rest = self._text[place:]
        if self._added:
            joint = f",\n{self._edge}"
            start = joint if self._spans else f"[\n{self._edge}"
            ending = rest[rest.index("]") :] if "]" in rest else "]\n"
            parts += [start + joint.join(self._added) + "\n", ending]
        else:
            parts.append(rest)
        return ("\ufeff" if self._mark else "") + "".join(parts)


def _spans(text: str) -> tuple[list[_Span], list[Any]]:
    """Return where each item of a list in JSON stands, and the items.

    Raises:
        ValueError: it is no list of objects.
    """
    decoder = json.JSONDecoder()
    spans: list[_Span] = []
    items: list[Any] = []
    place = len(text) - len(text.lstrip())
    if not text[place:].startswith("["):
        raise ValueError("it is no list")
    while True:
        match = re.compile(r"[\[,\s]*").match(text, place)
        place = match.end() if match else place
        if text[place : place + 1] in {"]", ""}:
            return spans, items
        value, end = decoder.raw_decode(text, place)
        if not isinstance(value, dict):
            raise ValueError("an item of it is no object")  # noqa: TRY004 - of a text
        spans.append(_Span(place, end, text[place:end]))
        items.append(value)
        place = end
