"""A spreadsheet and the name of a table go in; the table as it would be comes out, with a report of how."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.intake.cells import Ways
from generator.intake.header import Header, find_header
from generator.intake.labels import read_labels
from generator.intake.opening import open_book
from generator.intake.proposal import Proposal, propose
from generator.intake.rows import Reading, read_sheet
from generator.intake.sheets import Book, Sheet, UnreadableError, letters
from generator.ledger.checks import check_ledger
from generator.ledger.package import read_package
from generator.ledger.schema import Package, Table
from generator.loading import load_files
from generator.problems import Location, Problem, did_you_mean
from generator.settings import Documentary, read_documentary

PACKAGE = "data/datapackage.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says of a sheet that is to be imported.

    `columns` are by header or letter of the sheet, `constants` by column of the table; `ids` begins the
    ids of rows that have none; `replace` takes changed values.
    """

    sheet: str = ""
    header: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ways: Ways = field(default_factory=Ways)
    encoding: str = ""
    delimiter: str = ""
    ids: str = ""
    fill_merged: bool = False
    replace: bool = False


def read_schema(files: Mapping[str, bytes]) -> tuple[Package, Documentary] | list[Problem]:
    """Return the data package of a documentary and its settings, or what is wrong with them."""
    if PACKAGE not in files or "data/documentary.toml" not in files:
        missing = next(path for path in (PACKAGE, "data/documentary.toml") if path not in files)
        hint = "go to the folder of a documentary, or say which with --root"
        return [Problem(Location(missing), "missing-file", "there is no such file", hint)]
    documentary = read_documentary("data/documentary.toml", files["data/documentary.toml"])
    if isinstance(documentary, list):
        return documentary
    package = read_package(PACKAGE, files[PACKAGE], tuple(documentary.languages))
    return package if isinstance(package, list) else (package, documentary)


def import_table(
    files: Mapping[str, bytes], name: str, raw: bytes, file: str, asked: Asked
) -> Proposal | list[Problem]:
    """Propose how a table would be with the rows of a spreadsheet; nothing is written.

    Args:
        files: the files of the documentary, by path.
        name: the table, by its name, its file or its title.
        raw: the bytes of the spreadsheet.
        file: its name, as problems say it.
        asked: what was said of it.
    """
    schema = read_schema(files)
    if isinstance(schema, list):
        return schema
    package, documentary = schema
    try:
        table = find_table(package, name)
        book = open_book(raw, encoding=asked.encoding, delimiter=asked.delimiter)
        sheet = _sheet(book, table, asked.sheet)
        constants = _constants(table, asked.constants)
        header = find_header(sheet, table, asked.columns, asked.header)
    except UnreadableError as error:
        return [Problem(Location(file), "unreadable-file", str(error), error.hint)]
    where = f"{file} [{sheet.name}]" if len(book.sheets) > 1 else file
    ways = replace(asked.ways, languages=tuple(documentary.languages))
    labels = read_labels(files, package)
    rows = read_sheet(sheet, Reading(where, table, header, ways, labels, constants, asked.fill_merged))
    before = files.get(f"data/{table.path}", f"{','.join(table.columns)}\n".encode())
    try:
        proposal = propose(before, table, rows.rows, where, replace=asked.replace, prefix=asked.ids)
    except (csv.Error, UnicodeDecodeError) as error:
        message = f"the table cannot be read: {error}"
        return [Problem(Location(f"data/{table.path}"), "not-csv", message, "run a check, and mend it first")]
    proposal.problems = sorted([*rows.problems, *proposal.problems])
    proposal.remarks = [*_about(book, sheet, header), *rows.remarks]
    return proposal


def find_table(package: Package, name: str) -> Table:
    """Find a table of the data package by its name, its file or its title in any language.

    Raises:
        UnreadableError: there is none.
    """
    word = " ".join(name.casefold().split())
    for table in package.tables:
        titles = {title.casefold() for title in table.titles.values()}
        if word in {table.name.casefold(), table.path.casefold(), f"data/{table.path}".casefold(), *titles}:
            return table
    names = [table.name for table in package.tables]
    hint = did_you_mean(name, names, f"the tables are: {', '.join(names)}")
    raise UnreadableError(f'the data package has no table "{name}"', hint)


def _sheet(book: Book, table: Table, asked: str) -> Sheet:
    """Return the sheet that was asked for, or that is called as the table, or the only one that is seen."""
    wanted = (
        {asked.casefold()}
        if asked
        else {table.name.casefold(), *(t.casefold() for t in table.titles.values())}
    )
    named = [sheet for sheet in book.sheets if sheet.name.casefold() in wanted]
    named = named or [s for s in book.sheets if not asked and any(_is_cut(word, s.name) for word in wanted)]
    if len(named) == 1:
        return named[0]
    seen = [sheet for sheet in book.sheets if not sheet.hidden and any(True for _ in sheet.filled_rows())]
    if not asked and (len(seen) == 1 or len(book.sheets) == 1):
        return (seen or list(book.sheets))[0]
    names = ", ".join(f"“{sheet.name}”" + (" (hidden)" if sheet.hidden else "") for sheet in book.sheets)
    if asked:
        message = f'there is no sheet "{asked}"'
        raise UnreadableError(
            message, did_you_mean(asked, [s.name for s in book.sheets], f"there are: {names}")
        )
    raise UnreadableError(
        f"the file has several sheets: {names}", f'say which: --sheet "{seen[0].name if seen else ""}"'
    )


def _is_cut(title: str, name: str) -> bool:
    """Whether a sheet is called by a title, without its long end and signs that no sheet may have."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).casefold().strip()
    name = re.sub("'", " ", name).casefold().strip()
    return plain == name or (len(name) > 15 and plain.startswith(name.rstrip("… ")))


def _constants(table: Table, said: Mapping[str, str]) -> dict[str, str]:
    for name in said:
        if name not in table.columns:
            hint = did_you_mean(name, table.columns, f"the columns are: {', '.join(table.columns)}")
            raise UnreadableError(f'{table.name} has no column "{name}"', hint)
    return dict(said)


def _about(book: Book, sheet: Sheet, header: Header) -> Iterator[str]:
    """Say which sheet was read and how, and which column went where."""
    yield from book.remarks
    if len(book.sheets) > 1 or sheet.hidden:
        others = [f"“{s.name}”" + (" (hidden)" if s.hidden else "") for s in book.sheets if s is not sheet]
        state = " which is hidden" if sheet.hidden else ""
        yield f"sheet “{sheet.name}”{state}; not read: {', '.join(others)}"
    yield f"header in row {header.row}, rows down to {len(sheet.rows)}"
    for column in header.columns:
        yield f"column {letters(column.number)} “{column.header}” goes into {column.field.name}, {column.how}"
    for number, text in header.unknown:
        name = f"“{text}”" if text else "without a header"
        yield f'column {letters(number)} {name} goes nowhere: --column "{letters(number)}=…" says where'
    for number, text in header.left_out:
        yield f"column {letters(number)} “{text}” is left out, as you said"


def problems_of(files: Mapping[str, bytes], paths: Sequence[str]) -> list[Problem]:
    """Return what a check of the data says of some files: of their cells, and of what they refer to."""
    inputs = load_files(files)
    if isinstance(inputs, list):
        found = inputs
    else:
        told = inputs.documentary
        found = list(check_ledger(inputs.ledger, told.theatre, told.pace, told.memory_lanes))
    return sorted({problem for problem in found if problem.location.file in paths})
