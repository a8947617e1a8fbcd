"""A sheet, a table and what a person said of its columns go in; which column goes where comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.intake.sheets import Sheet, UnreadableError, address, letters
from generator.ledger.schema import Field, Table
from generator.problems import did_you_mean

#: In how many rows the header is looked for: titles and remarks stand above some.
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet and the column of the table it goes into; `how` says by what they were matched."""

    number: int
    header: str
    field: Field
    how: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, the columns that are read, and those that nobody knows."""

    row: int
    columns: tuple[SheetColumn, ...]
    unknown: tuple[tuple[int, str], ...]
    left_out: tuple[tuple[int, str], ...] = ()

    def of(self, name: str) -> SheetColumn | None:
        """Return the column of the sheet that goes into the column *name* of the table."""
        return next((column for column in self.columns if column.field.name == name), None)


def find_header(sheet: Sheet, table: Table, said: Mapping[str, str], row: int = 0) -> Header:
    """Match the columns of a sheet with those of a table: by name, by title in any language, or as said.

    Args:
        sheet: the sheet.
        table: the table.
        said: by the header of a column of the sheet, or its letter, the name or title of one of the table;
            "" leaves it out.
        row: the row of the header, 0 for the first row among the first twenty in which most columns match.

    Raises:
        UnreadableError: no column matches, two match the same, or what was said names nothing.
    """
    known = _known(table)
    wanted = {_plain(header): _target(name, table, known) for header, name in said.items()}
    rows = [row] if row else [number for number in sheet.filled_rows() if number <= _LOOKED_AT]
    if not rows:
        raise UnreadableError("the sheet is empty", "choose another with --sheet")
    headers = [_matched(sheet, number, known, wanted) for number in rows]
    best = max(headers, key=lambda header: len(header.columns))
    if not best.columns:
        raise UnreadableError(
            f"no column of the sheet is called as a column of {table.name}",
            f"the columns are: {', '.join(table.columns)}; "
            f'say which is which: --column "Their header={table.columns[-1]}"',
        )
    _refuse_unused(best, said, sheet)
    _refuse_twice(best)
    return best


def _known(table: Table) -> dict[str, list[tuple[Field, str]]]:
    """Return what each word may mean in a header: a name first, else titles, in whatever language."""
    words: dict[str, list[tuple[Field, str]]] = {}
    for field in table.fields:
        for code, title in field.titles.items():
            words.setdefault(_plain(title), []).append((field, f"by its title ({code})"))
            words.setdefault(_plain(f"{title} ({field.name})"), []).append((field, "by its title and name"))
    named = {_plain(field.name): [(field, "by its name")] for field in table.fields}
    return words | named


def _plain(text: str) -> str:
    """Return a header as it is compared: without accents, capitals, line breaks and underscores."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("_", " ").replace("’", "'"))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).strip(" :*").split())


def _target(name: str, table: Table, known: Mapping[str, list[tuple[Field, str]]]) -> Field | None:
    """Return the column of the table that a person means, `None` for none."""
    if not name.strip():
        return None
    fields = list({field.name: field for field, _ in known.get(_plain(name), ())}.values())
    if len(fields) == 1:
        return fields[0]
    hint = (
        f"those called so are {', '.join(field.name for field in fields)}: write one of these"
        if fields
        else ""
    )
    raise UnreadableError(
        f'{table.name} has no column "{name}"',
        hint or did_you_mean(name, table.columns, f"the columns are: {', '.join(table.columns)}"),
    )


def _matched(
    sheet: Sheet,
    row: int,
    known: Mapping[str, list[tuple[Field, str]]],
    wanted: Mapping[str, Field | None],
) -> Header:
    columns, unknown, left_out = [], [], []
    for number, text in _headers(sheet, row):
        keys = [key for key in (_plain(text), _plain(letters(number))) if key in wanted]
        field = wanted[keys[0]] if keys else None
        meanings = list(
            {field.name: (field, how) for field, how in reversed(known.get(_plain(text), ()))}.values()
        )
        if keys and field is None:
            left_out.append((number, text))
        elif field is not None:
            columns.append(SheetColumn(number, text, field, "as you said"))
        elif len(meanings) == 1:
            columns.append(SheetColumn(number, text, *meanings[0]))
        elif text or any(not sheet.cell(r, number).is_empty for r in range(row + 1, len(sheet.rows) + 1)):
            unknown.append((number, text))
    return Header(row, tuple(columns), tuple(unknown), tuple(left_out))


def _headers(sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    width = max((len(cells) for cells in sheet.rows), default=0)
    for number in range(1, width + 1):
        value = sheet.cell(row, number).value
        yield number, "" if value is None else " ".join(str(value).split())


def _refuse_unused(header: Header, said: Mapping[str, str], sheet: Sheet) -> None:
    """Refuse an option that names a column which the sheet has not."""
    used = {c.number: c.header for c in header.columns} | dict(header.unknown) | dict(header.left_out)
    present = {_plain(text) for text in used.values()} | {_plain(letters(number)) for number in used}
    for name in said:
        if _plain(name) not in present:
            texts = [text for _, text in _headers(sheet, header.row) if text]
            raise UnreadableError(
                f'row {header.row} of the sheet has no column "{name}"',
                did_you_mean(name, texts, f"it has: {', '.join(texts)}"),
            )


def _refuse_twice(header: Header) -> None:
    seen: dict[str, SheetColumn] = {}
    for column in header.columns:
        first = seen.setdefault(column.field.name, column)
        if first is not column:
            places = f"{address(header.row, first.number)} and {address(header.row, column.number)}"
            raise UnreadableError(
                f'the columns at {places} both are "{column.field.name}"',
                f'leave one out: --column "{letters(column.number)}="',
            )
