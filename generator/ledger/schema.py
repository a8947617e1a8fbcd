"""The data package and rows of text go in; typed cells come out, or the problems of each cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal

from generator.ledger import edtf
from generator.ledger.roles import LINKED, Role
from generator.ledger.tables import Row
from generator.problems import Location, Problem, did_you_mean, odd_signs
from generator.typed import UNFIT, some

#: A cell of text that starts with one of these is a formula for a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What a cell becomes: text, a number, a date, or `None` where it is empty (unknown).
Cell = str | int | Decimal | edtf.HistoricDate | None


#: The columns, without their language, that hold the name of a row; the first that a table has.
NAME_STEMS = ("name", "term")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type and constraints, and what its ids refer to.

    `reference` names the tables in which the id of a cell is looked up; `references` the same for
    a cell that holds several ids joined by ";"; `vocabulary` the list its word stands in; `shown` tells
    whether the page of a table prints a date or a text of it.
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
    shown: bool = True
    descriptions: Mapping[str, str] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One resource of the package: a CSV file and the meaning of its columns."""

    name: str
    path: str
    role: Role
    titles: Mapping[str, str]
    fields: tuple[Field, ...]
    descriptions: Mapping[str, str] = default(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The header the file must have."""
        return [field.name for field in self.fields]

    def texts(self, language: str) -> list[str]:
        """Name the texts that are shown below the name of a row, without their language; notes come apart."""
        ending = f"_{language}"
        names = [field.name for field in self.fields if field.shown and field.name.endswith(ending)]
        stems = [name.removesuffix(ending) for name in names]
        return [stem for stem in stems if stem not in (*NAME_STEMS, "note")]


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row whose cells have their types, and its place."""

    row: Row
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Licence:
    """What the data may be used for: the licence's name, its title and its address; "" where not said."""

    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """The data package: what it says of itself, and its tables in order.

    `titles` and `descriptions` are by language.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str
    licences: tuple[Licence, ...]
    tables: tuple[Table, ...]


def type_row(row: Row, table: Table) -> TypedRow | list[Problem]:
    """Give every cell of *row* its type; return all the problems of the row if there is one."""
    cells: dict[str, Cell] = {}
    problems: list[Problem] = []
    for field in table.fields:
        text = row.cells[field.name]
        value = _cell(text, field, row.location(field.name))
        if isinstance(value, Problem):
            problems.append(value)
        else:
            cells[field.name] = value
    return problems or TypedRow(row, cells)


def _cell(text: str, field: Field, location: Location) -> Cell | Problem:
    if not text:
        if field.required:
            hint = f"every row has a value here{_which(field)}"
            return Problem(location, "required", "the cell is empty", hint)
        return None
    if field.is_edtf:
        return _date(text, location)
    if field.type in {"integer", "number"}:
        return _number(text, field, location)
    return _word(text, field, location)


def _which(field: Field) -> str:
    """Say what a column takes, where it takes no free words."""
    if field.enum:
        return f": one of {some(field.enum)}"
    if field.vocabulary:
        return f": a word of the list {field.vocabulary}"
    named = field.reference or field.references
    return f": an id of {' or '.join(named)}" if named else ""


def _word(text: str, field: Field, location: Location) -> Cell | Problem:
    if len(text) > 1 and text.startswith(FORMULA):
        hint = "write another sign or a word first: readers open these tables in a spreadsheet"
        return Problem(location, "formula", f'"{text}" would be run by a spreadsheet', hint)
    if UNFIT.search(text):
        hint = "take it out: no page can show it"
        return Problem(location, "wrong-type", "the cell holds a character of control", hint)
    if field.pattern and not re.fullmatch(field.pattern, text):
        odd = odd_signs(text)
        hint = f"it holds {odd}" if odd else ""
        return Problem(location, "wrong-pattern", f'"{text}" is not of the form {field.pattern}', hint)
    if field.enum and text not in field.enum:
        hint = did_you_mean(text, field.enum, f"use one of: {some(field.enum)}")
        return Problem(location, "not-allowed", f'"{text}"', hint=hint)
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
        readings = [value for value in meant(text) if re.fullmatch(form, value, re.ASCII)]
        hint = f"write {' or '.join(readings)}, as the source means it" if readings[1:] else ""
        hint = hint or "".join(f"write {value}" for value in readings)
        return Problem(location, "wrong-type", f'"{text}" is not {wanted}', hint=hint)
    value = int(text) if field.type == "integer" else Decimal(text)
    if field.minimum is not None and value < field.minimum:
        return Problem(location, "out-of-range", f"{text} is below {field.minimum}")
    if field.maximum is not None and value > field.maximum:
        return Problem(location, "out-of-range", f"{text} is above {field.maximum}")
    return value


def meant(text: str) -> list[str]:
    """Return the numbers that a cell may mean which is written with other separators than ours.

    A comma or a point before three digits parts thousands in one language and decimals in another: then
    both readings are returned, and it is for the historian to say. A hint never changes a figure.
    """
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())
    plain = plain.replace("\u2212", "-").removeprefix("+")
    if re.fullmatch(r"-?\d+(\.\d+)?[eE][+-]?\d{1,2}", plain, re.ASCII):  # as spreadsheets shorten numbers
        return [f"{Decimal(plain):f}"]
    plain = re.sub(r"^(-?)[.,](?=\d+$)", r"\g<1>0.", plain)
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))", "", plain)
    match = re.fullmatch(r"(-?)(\d{1,3}(?:([.,])\d{3})*|\d+)(?:([.,])(\d+))?", bare, re.ASCII)
    if match is None:
        return []
    sign, whole, group, point, decimals = match.groups()
    digits = re.sub(r"[.,]", "", whole)
    if point is None:
        readings = [] if group and digits.startswith("0") else [f"{sign}{digits}"]
        if group and whole.count(group) == 1:
            readings.append(f"{sign}{whole.replace(group, '.')}")
        return readings
    if point == group:
        return []
    return [f"{sign}{digits}.{decimals}"]


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
    lists = [table.name for table in tables if table.role is Role.VOCABULARY]
    known: dict[str, set[str]] = {name: {str(r.cells["id"]) for r in typed} for name, typed in rows.items()}
    known["sources"] = set(sources)
    excused = {word for name in lists for word in spoilt.get(name, ())}
    for name, idents in spoilt.items():
        known.setdefault(name, set()).update(idents)
    kinds = {str(r.cells["id"]): str(r.cells["kind"]) for name in lists for r in rows[name]}
    yield from _duplicates([r for table in tables if table.role in LINKED for r in rows[table.name]])
    for table in tables:
        if table.role not in LINKED:
            yield from _duplicates(rows[table.name])
        for typed in rows[table.name]:
            for field in table.fields:
                yield from _look_up(typed, field, known)
                yield from _look_up_word(typed, field, kinds, excused)


def _duplicates(rows: Sequence[TypedRow]) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    for typed in rows:
        ident = str(typed.cells["id"])
        if ident in first:
            message = f'"{ident}" stands at {first[ident]} already'
            hint = "give one of the two rows another id"
            yield Problem(typed.row.location("id"), "duplicate-id", message, hint=hint)
        first.setdefault(ident, typed.row.location())


def _look_up(typed: TypedRow, field: Field, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Yield a problem for each id of a cell that no row of the tables it may name has."""
    value, targets = typed.cells.get(field.name), field.reference or field.references
    if not isinstance(value, str) or not targets:
        return
    for ident in split_ids(value) if field.references else [value]:
        if not any({ident, "*"} & known.get(target, set()) for target in targets):
            near = sorted(i for target in targets for i in known.get(target, ()))
            hint = did_you_mean(ident, near, "add a row with this id, or correct it")
            message = f'"{ident}" is not in {" or ".join(targets)}'
            yield Problem(typed.row.location(field.name), "unknown-key", message, hint=hint)


def _look_up_word(
    typed: TypedRow, field: Field, kinds: Mapping[str, str], excused: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for a word that is not in the list of its column.

    Args:
        typed: the row.
        field: the column.
        kinds: the list that each word of the vocabulary stands in.
        excused: the words whose own rows have a problem; "*" for all of them.
    """
    value = typed.cells.get(field.name)
    if not isinstance(value, str) or not field.vocabulary or kinds.get(value) == field.vocabulary:
        return
    if "*" in excused or value in excused:
        return
    words = sorted(word for word, kind in kinds.items() if kind == field.vocabulary)
    code = "wrong-list" if value in kinds else "unknown-key"
    hint = did_you_mean(value, words) or f"the list {field.vocabulary} holds: {', '.join(words)}"
    message = f'"{value}" is not in the list {field.vocabulary}'
    yield Problem(typed.row.location(field.name), code, message, hint=hint)
