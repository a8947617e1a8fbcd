"""CSV bytes go in; rows that know the line they start on come out, or the problem in a row's place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.problems import Location, Problem
from generator.typed import decode

#: A table's page is read on a telephone; beyond this a table has to be split.
MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells by column name, and where it starts."""

    file: str
    line: int
    cells: Mapping[str, str]

    def location(self, column: str = "") -> Location:
        """Return the place of the row, or of one of its cells."""
        return Location(self.file, self.line, column)


def read_rows(file: str, raw: bytes, columns: Sequence[str]) -> Iterator[Row | Problem]:
    """Yield the records of *raw* whose header must be *columns*.

    A record may span lines (a quoted note), so the line comes from the reader. After a wrong
    header nothing is read: every cell would be in the wrong column.
    """
    text = decode(file, raw)
    if isinstance(text, Problem):
        yield text
        return
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message, hint = "the file holds a NUL character", 'save the file as "CSV UTF-8"'
        yield Problem(Location(file, line), "not-csv", message, hint)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if header != list(columns):
            yield _header_problem(file, header, columns)
            return
        line = reader.line_num + 1
        for number, cells in enumerate(reader, 1):
            if number > MAX_ROWS:
                yield Problem(
                    Location(file, line),
                    "too-many-rows",
                    f"row {number} is beyond the limit of {MAX_ROWS}",
                    hint="split the table in two resources of the data package",
                )
                return
            if cells:
                yield _row(file, line, cells, columns)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Problem(
            Location(file, line),
            "not-csv",
            str(error),
            hint="look for a quotation mark that opens and does not close",
        )


def _row(file: str, line: int, cells: list[str], columns: Sequence[str]) -> Row | Problem:
    if len(cells) == len(columns):
        return Row(file, line, dict(zip(columns, (" ".join(c.split()) for c in cells), strict=True)))
    return Problem(
        Location(file, line),
        "cell-count",
        f"{len(cells)} cells under {len(columns)} columns",
        hint="put quotation marks round a cell that has a comma in it",
    )


def _header_problem(file: str, header: list[str], columns: Sequence[str]) -> Problem:
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    if missing or extra:
        parts = [f"missing {', '.join(missing)}"] if missing else []
        parts += [f"unknown {', '.join(repr(c) for c in extra)}"] if extra else []
        message = "; ".join(parts)
    else:
        message = "the columns are there but in another order"
    return Problem(Location(file, 1), "wrong-header", message, hint=f"write: {','.join(columns)}")
