"""The data package and rows of text go in; typed cells come out, or the problems of each cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.ledger import edtf
from generator.ledger.tables import Row
from generator.problems import Location, Problem, did_you_mean

#: The roles of tables whose ids marks in prose can name, so that an id means one row among all.
LINKED = ("claims", "events", "people", "units", "places", "equipment", "glossary", "movements")
#: A cell of text that starts with one of these is a formula for a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What a cell becomes: text, a number, a date, or `None` where it is empty (unknown).
Cell = str | int | Decimal | edtf.HistoricDate | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type and constraints, and what its ids refer to.

    `reference` names the tables in which the id of a cell is looked up; `references` the same for
    a cell that holds several ids joined by ";"; `vocabulary` the list its word stands in.
    """

    name: str
    type: str
    titles: Mapping[str, str]
    required: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_edtf: bool = False
    reference: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One resource of the package: a CSV file and the meaning of its columns."""

    name: str
    path: str
    role: str
    titles: Mapping[str, str]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> list[str]:
        """The header the file must have."""
        return [field.name for field in self.fields]


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row whose cells have their types, and its place."""

    row: Row
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Package:
    """The data package: what it says of itself, and its tables in order."""

    about: Mapping[str, Any]
    tables: tuple[Table, ...]

    def by_role(self, role: str) -> list[Table]:
        """Return the tables that play *role* (claims, events, people, …)."""
        return [table for table in self.tables if table.role == role]


def read_package(file: str, raw: bytes) -> Package | list[Problem]:
    """Read a Data Package v2 descriptor. Titles in a language stand in `title@xx`; `title` is English."""
    try:
        about = json.loads(raw)
        tables = tuple(_table(resource) for resource in about["resources"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", 1)
        said = f"missing {error}" if isinstance(error, KeyError) else str(error)
        return [Problem(Location(file, line), "bad-package", said, hint="see datapackage.org for the form")]
    return Package(about, tables)


def localised(about: Mapping[str, Any], key: str) -> dict[str, str]:
    """Collect `key` (English) and `key@xx` into one mapping by language code."""
    found = {"en": str(about[key])} if key in about else {}
    prefix = f"{key}@"
    return found | {k.removeprefix(prefix): str(v) for k, v in about.items() if k.startswith(prefix)}


def _table(resource: Mapping[str, Any]) -> Table:
    return Table(
        name=resource["name"],
        path=resource["path"],
        role=resource.get("role", ""),
        titles=localised(resource, "title"),
        fields=tuple(_field(field) for field in resource["schema"]["fields"]),
    )


def _field(about: Mapping[str, Any]) -> Field:
    rules = about.get("constraints", {})
    return Field(
        name=about["name"],
        type=about.get("type", "string"),
        titles=localised(about, "title"),
        required=bool(rules.get("required")),
        pattern=rules.get("pattern", ""),
        enum=tuple(rules.get("enum", ())),
        minimum=_bound(rules.get("minimum")),
        maximum=_bound(rules.get("maximum")),
        is_edtf=bool(about.get("edtf")),
        reference=tuple(about.get("reference", ())),
        references=tuple(about.get("references", ())),
        vocabulary=about.get("vocabulary", ""),
    )


def _bound(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def type_row(row: Row, table: Table) -> TypedRow | list[Problem]:
    """Give every cell of *row* its type; return all the problems of the row if there is one."""
    cells: dict[str, Cell] = {}
    problems: list[Problem] = []
    for field in table.fields:
        text = row.cells[field.name]
        found = _cell(text, field, row.location(field.name))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            cells[field.name] = found
    return problems or TypedRow(row, cells)


def _cell(text: str, field: Field, location: Location) -> Cell | Problem:
    if not text:
        if field.required:
            return Problem(location, "required", "the cell is empty", hint="every row has a value here")
        return None
    if field.is_edtf:
        return _date(text, location)
    if field.type in {"integer", "number"}:
        return _number(text, field, location)
    return _word(text, field, location)


def _word(text: str, field: Field, location: Location) -> Cell | Problem:
    if len(text) > 1 and text.startswith(FORMULA):
        hint = "write another sign or a word first: readers open these tables in a spreadsheet"
        return Problem(location, "formula", f'"{text}" would be run by a spreadsheet', hint)
    if field.pattern and not re.fullmatch(field.pattern, text):
        return Problem(location, "wrong-pattern", f'"{text}" is not of the form {field.pattern}')
    if field.enum and text not in field.enum:
        return Problem(location, "not-allowed", f'"{text}"', hint=f"use one of: {', '.join(field.enum)}")
    return text


def _date(text: str, location: Location) -> Cell | Problem:
    try:
        return edtf.parse(text)
    except edtf.EdtfError as error:
        return Problem(
            location,
            "bad-date",
            str(error),
            hint="write 1907-04-03, 1907-04, 1907~ or 1907-04/1907-10",
        )


def _number(text: str, field: Field, location: Location) -> Cell | Problem:
    form = r"-?\d+" if field.type == "integer" else r"-?\d+(\.\d+)?"
    if not re.fullmatch(form, text, re.ASCII):
        wanted = "a whole number" if field.type == "integer" else "a number"
        bare = re.sub(r"[\s,\u00a0\u202f]", "", text)
        hint = f"write {bare}" if re.fullmatch(form, bare, re.ASCII) else ""
        return Problem(location, "wrong-type", f'"{text}" is not {wanted}', hint=hint)
    value = int(text) if field.type == "integer" else Decimal(text)
    if field.minimum is not None and value < field.minimum:
        return Problem(location, "out-of-range", f"{text} is below {field.minimum}")
    if field.maximum is not None and value > field.maximum:
        return Problem(location, "out-of-range", f"{text} is above {field.maximum}")
    return value


def split_ids(text: str) -> list[str]:
    """Split a cell of several ids joined by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def check_references(
    rows: Mapping[str, Sequence[TypedRow]],
    tables: Sequence[Table],
    sources: Mapping[str, object],
    spoilt: Mapping[str, set[str]],
) -> Iterator[Problem]:
    """Yield a problem for each id that no row has twice or that names nothing.

    Args:
        rows: typed rows by table name.
        tables: their schemas.
        sources: the ids of the bibliography, which is not a CSV table.
        spoilt: ids of rows that have a problem of their own, by table; "*" for all of a table.
    """
    known: dict[str, set[str]] = {name: {str(r.cells["id"]) for r in typed} for name, typed in rows.items()}
    known["sources"] = set(sources)
    for name, idents in spoilt.items():
        known.setdefault(name, set()).update(idents)
    kinds = {str(r.cells["id"]): str(r.cells["kind"]) for r in rows.get("vocabulary", ())}
    yield from _duplicates([r for table in tables if table.role in LINKED for r in rows[table.name]])
    for table in tables:
        if table.role not in LINKED:
            yield from _duplicates(rows[table.name])
        for typed in rows[table.name]:
            for field in table.fields:
                yield from _look_up(typed, field, known, kinds)


def _duplicates(rows: Sequence[TypedRow]) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    for typed in rows:
        ident = str(typed.cells["id"])
        if ident in first:
            said = f'"{ident}" stands at {first[ident]} already'
            hint = "give one of the two rows another id"
            yield Problem(typed.row.location("id"), "duplicate-id", said, hint=hint)
        first.setdefault(ident, typed.row.location())


def _look_up(
    typed: TypedRow,
    field: Field,
    known: Mapping[str, set[str]],
    kinds: Mapping[str, str],
) -> Iterator[Problem]:
    value = typed.cells.get(field.name)
    if not isinstance(value, str):
        return
    location = typed.row.location(field.name)
    excused = value in known.get("vocabulary", set()) - set(kinds) or "*" in known.get("vocabulary", ())
    if field.vocabulary and kinds.get(value) != field.vocabulary and not excused:
        words = sorted(word for word, kind in kinds.items() if kind == field.vocabulary)
        code = "wrong-list" if value in kinds else "unknown-key"
        hint = did_you_mean(value, words) or f"the list {field.vocabulary} holds: {', '.join(words)}"
        yield Problem(location, code, f'"{value}" is not in the list {field.vocabulary}', hint=hint)
    targets = field.reference or field.references
    if targets:
        for ident in split_ids(value) if field.references else [value]:
            if not any({ident, "*"} & known.get(target, set()) for target in targets):
                near = sorted(i for target in targets for i in known.get(target, ()))
                hint = did_you_mean(ident, near, "add a row with this id, or correct it")
                yield Problem(
                    location, "unknown-key", f'"{ident}" is not in {" or ".join(targets)}', hint=hint
                )
