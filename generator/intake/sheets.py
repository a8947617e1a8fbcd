"""What a spreadsheet is once it is read: sheets of cells, and what a table program knows of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

#: What a cell holds: a text, a number, a truth, a day with or without an hour, an hour; nothing is `None`.
Value = str | int | float | bool | dt.datetime | dt.date | dt.time | None


class UnreadableError(Exception):
    """A file, or a sheet of it, cannot be read; the message is the fact, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its value, and what its table program knows of it.

    `form` is the number format of Excel by which it is shown ("0%", "mmm yyyy"), "" where there is none.
    `formula` is not empty for a value that was computed; `error` for one that could not be ("#REF!").
    """

    value: Value = None
    form: str = ""
    formula: str = ""
    error: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, or white space only."""
        blank = self.value is None or (isinstance(self.value, str) and not self.value.strip())
        return blank and not self.formula and not self.error


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as the ledger has it, and a remark where it stood otherwise in the sheet."""

    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell was not read: the code of the problem, the fact, and what to do."""

    code: str
    message: str
    hint: str


#: Cells that were joined into one: first row, first column, last row, last column, counted from 1.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows from the first on, and what is hidden or merged in it (counted from 1)."""

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()

    def cell(self, row: int, column: int) -> SheetCell:
        """Return a cell, counted from 1; one beyond the last is empty."""
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1] if column <= len(cells) else SheetCell()

    def filled_rows(self) -> Iterator[int]:
        """Yield the rows in which something stands, counted from 1."""
        for number, cells in enumerate(self.rows, 1):
            if any(not cell.is_empty for cell in cells):
                yield number


@dataclass(frozen=True, slots=True)
class Book:
    """A file of sheets, and how it was read, in words for whoever imports it."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = field(default=())


def letters(column: int) -> str:
    """Name a column, counted from 1, as table programs do: A, B, … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Name a cell, counted from 1, as table programs do: B7."""
    return f"{letters(column)}{row}"


def trimmed(rows: list[tuple[SheetCell, ...]]) -> tuple[tuple[SheetCell, ...], ...]:
    """Leave out the empty rows at the end: whatever was once formatted stands there."""
    while rows and all(cell.is_empty for cell in rows[-1]):
        rows.pop()
    return tuple(rows)
