"""A sheet whose columns are known goes in; rows of the ledger come out, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.intake.cells import Ways, read_cell
from generator.intake.dates import shows_order
from generator.intake.header import Header, SheetColumn
from generator.intake.labels import Labels
from generator.intake.sheets import Doubt, Sheet, SheetCell, Span, address, letters
from generator.ledger.schema import Field, Table, split_ids
from generator.problems import Location, Problem, runs

#: How many remarks of one kind are said one by one.
SAID = 3


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as the ledger has it: its cells by column of the table, and where it stands in the sheet."""

    number: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Rows:
    """The rows that could be read, what to say of how, and what is wrong, by row where it spoils one."""

    rows: list[SheetRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet is read with: its name as problems say it, the table, its columns, and what was said.

    `constants` are the cells that every row has; `fill_merged` repeats what stands in joined cells.
    """

    file: str
    table: Table
    header: Header
    ways: Ways
    labels: Labels
    constants: Mapping[str, str]
    fill_merged: bool = False


def read_sheet(sheet: Sheet, reading: Reading) -> Rows:
    """Read every row below the header. A row with a doubt is not among those that could be read."""
    found, remarks = Rows(), _Remarks()
    _say_hidden(sheet, reading.header, found.remarks)
    for number in sheet.filled_rows():
        if number <= reading.header.row:
            continue
        cells, doubts = dict(reading.constants), []
        for column in reading.header.columns:
            outcome = _cell(sheet, number, column, reading, remarks)
            if isinstance(outcome, str):
                cells[column.field.name] = outcome
            else:
                where = Location(reading.file, number, address(number, column.number))
                doubts.append(
                    Problem(where, outcome.code, f"{column.field.name}: {outcome.message}", outcome.hint)
                )
        found.problems += doubts
        if not doubts and any(cells[column.field.name] for column in reading.header.columns):
            found.rows.append(SheetRow(number, cells))
    found.remarks += remarks.lines()
    found.problems = list(_with_evidence(sheet, reading, found.problems))
    return found


class _Remarks:
    """How cells were read, column by column: some are said one by one, the rest are counted."""

    def __init__(self) -> None:
        self._by_column: dict[str, list[str]] = {}

    def add(self, column: SheetColumn, row: int, text: str) -> None:
        self._by_column.setdefault(column.field.name, []).append(f"{address(row, column.number)}: {text}")

    def lines(self) -> list[str]:
        lines: list[str] = []
        for name, said in self._by_column.items():
            more = f"; and {len(said) - SAID} more" if len(said) > SAID else ""
            lines.append(f"{name}: {'; '.join(said[:SAID])}{more}")
        return lines


def _cell(sheet: Sheet, row: int, column: SheetColumn, reading: Reading, remarks: _Remarks) -> str | Doubt:
    cell = sheet.cell(row, column.number)
    span = _span(sheet, row, column.number)
    if span is not None:
        top, left = span[0], span[1]
        if not reading.fill_merged:
            name = f"{address(top, left)}:{address(span[2], span[3])}"
            hint = f"--fill-merged gives each row what stands in {address(top, left)}; or part the cells"
            return Doubt("unclear-cell", f"a part of the joined cells {name}", hint)
        cell = sheet.cell(top, left) if left == column.number else SheetCell()
    read = read_cell(cell, column.field, reading.ways)
    if isinstance(read, Doubt):
        return read
    if read.remark:
        remarks.add(column, row, read.remark)
    return _as_id(read.text, column.field, reading.labels, lambda said: remarks.add(column, row, said))


def _span(sheet: Sheet, row: int, column: int) -> Span | None:
    """Return the joined cells that a cell is one of, where they reach over several rows of the table."""
    for span in sheet.merged:
        if span[0] <= row <= span[2] and span[1] <= column <= span[3]:
            return span
    return None


def _as_id(text: str, column: Field, labels: Labels, say: Callable[[str], None]) -> str | Doubt:
    """Take a name for the id of the one row that bears it."""
    if not text or not (column.reference or column.references or column.vocabulary):
        return text
    parts, idents = split_ids(text) if column.references else [text], []
    for part in parts:
        meant = labels.meant(part, column)
        if len(meant) > 1:
            return Doubt(
                "unclear-cell", f'"{part}" may be {" or ".join(sorted(meant))}', "write one of these ids"
            )
        ident = next(iter(meant), part)  # what nothing bears is said by the check of the table
        if ident != part:
            say(f"“{part}” read as {ident}, which bears this name")
        idents.append(ident)
    return ";".join(idents) if idents != parts else text


def _say_hidden(sheet: Sheet, header: Header, remarks: list[str]) -> None:
    rows = [number for number in sheet.hidden_rows if number > header.row and number <= len(sheet.rows)]
    if rows:
        remarks.append(f"hidden in the sheet, and read like the others: row {runs(rows)}")
    columns = [c for c in header.columns if c.number in sheet.hidden_columns]
    if columns:
        names = ", ".join(f"{letters(c.number)} ({c.field.name})" for c in columns)
        remarks.append(f"hidden in the sheet, and read like the others: column {names}")


def _with_evidence(sheet: Sheet, reading: Reading, problems: list[Problem]) -> Iterator[Problem]:
    """Add to what is unclear which other cell of the column shows how its dates or numbers are written."""
    columns = {column.number: column for column in reading.header.columns}
    shown: dict[tuple[int, str], str] = {}
    for problem in problems:
        number = next((n for n in columns if problem.location.column == address(problem.location.line, n)), 0)
        if (
            problem.code not in {"unclear-date", "unclear-number"}
            or "may be" not in problem.message
            or not number
        ):
            yield problem
            continue
        key = (number, problem.code)
        if key not in shown:
            shown[key] = _evidence(sheet, reading.header.row, number, problem.code)
        hint = f"{problem.hint}; {shown[key]}" if shown[key] else problem.hint
        yield Problem(problem.location, problem.code, problem.message, hint)


def _evidence(sheet: Sheet, above: int, column: int, code: str) -> str:
    for row in range(above + 1, len(sheet.rows) + 1):
        value = sheet.cell(row, column).value
        if not isinstance(value, str):
            continue
        if shows_order(value) if code == "unclear-date" else _shows_decimal(value):
            return f"{address(row, column)} of the same column is “{value.strip()}”"
    return ""


def _shows_decimal(text: str) -> bool:
    """Whether a number shows by itself what stands before its decimals."""
    tail = text.strip().replace(",", ".").rpartition(".")
    return bool(tail[1]) and tail[2].isdecimal() and len(tail[2]) in {1, 2}
