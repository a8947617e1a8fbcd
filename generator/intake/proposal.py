"""Rows that were read and a table of the ledger go in; the table comes out as it would be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.intake.rows import SheetRow
from generator.intake.table_text import Record, read_table_text
from generator.ledger.schema import Table
from generator.problems import Location, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """A value that the ledger has otherwise: the row's id, the column, both values, and where each stands."""

    ident: str
    column: str
    before: str
    after: str
    line: int
    row: int


@dataclass(slots=True)
class Proposal:
    """A file of the documentary as it is and as it would be, and what changes in it.

    `alike` counts what is there already, `absent` the rows of the table that the sheet has not.
    """

    path: str
    before: bytes
    after: bytes
    added: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    alike: int = 0
    absent: int = 0
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def diff(self) -> str:
        """Return what would change, as a unified diff; "" for nothing."""
        old, new = (raw.decode("utf-8-sig").splitlines(keepends=True) for raw in (self.before, self.after))
        lines = difflib.unified_diff(old, new, self.path, f"{self.path} (as proposed)", n=1)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def propose(
    raw: bytes, table: Table, rows: Sequence[SheetRow], file: str, *, replace: bool, prefix: str = ""
) -> Proposal:
    """Join rows to a table. A row whose id is there changes nothing, unless *replace* is true.

    Args:
        raw: the CSV of the table.
        table: its schema.
        rows: what was read.
        file: the sheet, as problems name it.
        replace: whether values that differ are taken from the sheet.
        prefix: rows without an id get one that begins so; "" refuses them.
    """
    path = f"data/{table.path}"
    text = read_table_text(raw)
    place = table.columns.index("id")
    present = {_cells(r)[place]: r for r in text.records[1:] if len(r.cells) == len(table.columns)}
    proposal = Proposal(path, raw, raw)
    seen: dict[str, int] = {}
    changed: dict[int, list[str]] = {}
    added: list[list[str]] = []
    for row, ident in _with_ids(rows, table, present, prefix, proposal, file):
        if ident in seen:
            message = f'"{ident}" stands in row {seen[ident]} already'
            proposal.problems.append(
                _problem(file, row.number, "duplicate-id", message, "keep one of the two rows")
            )
            continue
        seen[ident] = row.number
        if ident not in present:
            cells = {**row.cells, "id": ident}
            added.append([cells.get(column, "") for column in table.columns])
            proposal.added.append(ident)
            continue
        changes = list(_changes(ident, present[ident], table, row))
        proposal.changes += changes
        proposal.alike += not changes
        if changes and replace:
            new = {change.column: change.after for change in changes}
            record = present[ident]
            changed[record.line] = [
                new.get(column, cell) for column, cell in zip(table.columns, record.cells, strict=True)
            ]
    proposal.absent = len(set(present) - set(seen))
    proposal.after = text.written(changed, added)
    return proposal


def _problem(file: str, row: int, code: str, message: str, hint: str) -> Problem:
    return Problem(Location(file, row), code, message, hint)


def _cells(record: Record) -> list[str]:
    """Return the cells of a record as the ledger reads them: white space is one space."""
    return [" ".join(cell.split()) for cell in record.cells]


def _changes(ident: str, record: Record, table: Table, row: SheetRow) -> Iterator[Change]:
    for column, before in zip(table.columns, _cells(record), strict=False):
        after = " ".join(row.cells.get(column, before).split())
        if after != before and not _same_number(before, after, table, column):
            yield Change(ident, column, before, after, record.line, row.number)


def _same_number(before: str, after: str, table: Table, column: str) -> bool:
    """Whether two texts are one number: a table program forgets the last zero of 1.50."""
    kind = next(field.type for field in table.fields if field.name == column)
    if kind not in {"number", "integer"} or not (before and after):
        return False
    forms = [re.sub(r"(\.\d*?)0+$", r"\1", text).rstrip(".") for text in (before, after)]
    return forms[0] == forms[1]


def _with_ids(
    rows: Sequence[SheetRow],
    table: Table,
    present: Mapping[str, Record],
    prefix: str,
    proposal: Proposal,
    file: str,
) -> Iterator[tuple[SheetRow, str]]:
    """Yield each row with its id; one without gets the next of *prefix*, unless it is there under another."""
    named = {row.cells.get("id", "") for row in rows}
    taken, free = {*present, *named}, {ident: one for ident, one in present.items() if ident not in named}
    number = 0
    for row in rows:
        ident = row.cells.get("id", "")
        if ident:
            yield row, ident
            continue
        twin = _twin(row, table, free) if prefix else ""
        if twin:
            del free[twin]  # two rows alike in a sheet are two in the table
            yield row, twin
            continue
        if not prefix:
            stem = f"--ids {table.name} makes “{table.name}-1”, “{table.name}-2”, …"
            hint = f"write one into the sheet, or let them be made: {stem}"
            proposal.problems.append(_problem(file, row.number, "no-id", "the row has no id", hint))
            continue
        number += 1
        while f"{prefix}-{number}" in taken:
            number += 1
        yield row, f"{prefix}-{number}"


def _twin(row: SheetRow, table: Table, present: Mapping[str, Record]) -> str:
    """Return the id of the row of the table that has all the cells of *row* that hold something, or ""."""
    given = {column: text for column, text in row.cells.items() if text and column != "id"}
    for ident, record in present.items():
        cells = dict(zip(table.columns, _cells(record), strict=False))
        if all(cells.get(column) == " ".join(text.split()) for column, text in given.items()):
            return ident
    return ""
