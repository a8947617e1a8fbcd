"""The inputs go in; the ledger comes out as a SQLite database, typed, keyed and explained in itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from generator.ledger.roles import Role
from generator.ledger.schema import Field, Package, Table, split_ids
from generator.loading import Inputs
from generator.site.ledger_tables import SOURCE_COLUMNS, LedgerTable, is_number, ledger_tables, source_rows

#: The columns that every table of claims has, as the view of all claims shows them.
_CLAIM_COLUMNS = (
    "id", "topic", "side", "measure", "scope", "low", "best", "high", "unit", "date", "nature", "source",
    "locator", "confidence", "rank",
)  # fmt: skip


def database(inputs: Inputs) -> bytes:
    """Return the ledger as a SQLite database.

    Its pages follow from the statements, which follow from the data: with one version of SQLite, which
    writes its number into the header, the bytes are the same each time.
    """
    tables = ledger_tables(inputs)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        for statement in _schema(inputs.package):
            connection.execute(statement)
        _fill(connection, "sources", SOURCE_COLUMNS, source_rows(inputs))
        for one in tables:
            _fill_table(connection, one)
        _explain(connection, inputs)
        connection.commit()
        return connection.serialize()


# ---- The schema ----


def _schema(package: Package) -> Iterator[str]:
    """Yield what makes the tables, those first that others refer to, and the views."""
    columns = ",\n".join(
        f"  {_name(name)} TEXT" + (" PRIMARY KEY" if name == "id" else "") for name in SOURCE_COLUMNS
    )
    yield f"CREATE TABLE sources (\n{columns}\n)"
    words = next((table.name for table in package.tables if table.role is Role.VOCABULARY), "")
    for table in package.tables:
        yield _table(table, words)
        for field in _lists(table):
            yield _list_table(table, field)
    yield 'CREATE TABLE _about ("key" TEXT PRIMARY KEY, "value" TEXT)'
    yield (
        'CREATE TABLE _columns ("table" TEXT, "column" TEXT, "language" TEXT, '
        '"title" TEXT, "description" TEXT, '
        'PRIMARY KEY ("table", "column", "language"))'
    )
    yield from _views(package)


def _table(table: Table, words: str) -> str:
    """Return the statement for one table; each column says in a comment what it is."""
    lines, keys = [], []
    for field in table.fields:
        kind = {"integer": "INTEGER", "number": "NUMERIC"}[field.type] if is_number(field) else "TEXT"
        rules = " PRIMARY KEY" if field.name == "id" else " NOT NULL" if field.required else ""
        lines.append((f"  {_name(field.name)} {kind}{rules}", _comment(field.titles, field.descriptions)))
        target = field.reference[0] if len(field.reference) == 1 else words if field.vocabulary else ""
        if target:
            keys.append((f"  FOREIGN KEY ({_name(field.name)}) REFERENCES {_name(target)} (id)", ""))
    parts = [*lines, *keys]
    body = "\n".join(
        text + ("," if number < len(parts) else "") + (f" -- {about}" if about else "")
        for number, (text, about) in enumerate(parts, 1)
    )
    return f"CREATE TABLE {_name(table.name)} ( -- {_comment(table.titles, table.descriptions)}\n{body}\n)"


def _comment(titles: Mapping[str, str], descriptions: Mapping[str, str]) -> str:
    """Say what a table or a column is, in English where there is some."""
    code = "en" if "en" in titles else next(iter(titles), "")
    return " ".join(f"{titles.get(code, '')}: {descriptions.get(code, '')}".strip(": ").split())


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _lists(table: Table) -> list[Field]:
    """Return the columns whose cells hold several ids."""
    return [field for field in table.fields if field.references]


def _list_table(table: Table, field: Field) -> str:
    """Return the statement for the ids of a column that holds several: one row for each."""
    one = field.references[0] if len(field.references) == 1 else ""
    key = f",\n  FOREIGN KEY (value) REFERENCES {_name(one)} (id)" if one else ""
    return (
        f"CREATE TABLE {_name(f'{table.name}_{field.name}')} ( "
        f"-- the ids in {table.name}.{field.name}, one a row\n"
        f"  row TEXT NOT NULL REFERENCES {_name(table.name)} (id),\n  place INTEGER NOT NULL,\n"
        f"  value TEXT NOT NULL{key}\n)"
    )


def _views(package: Package) -> Iterator[str]:
    """Yield a view of all claims with their questions and sources, where no table has its name."""
    claims = [table for table in package.tables if table.role is Role.CLAIMS]
    topics = next((table for table in package.tables if table.role is Role.TOPICS), None)
    if not claims or topics is None or any(table.name == "claims" for table in package.tables):
        return
    columns = [name for name in _CLAIM_COLUMNS if all(name in table.columns for table in claims)]
    titles = [field.name for field in topics.fields if field.name.startswith("title_")]
    own = ", ".join(f"c.{_name(name)}" for name in columns)
    asked = ", ".join(f"t.{_name(name)} AS {_name(f'question_{name}')}" for name in titles)
    parts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS \"table\", {own}, {asked}, s.title AS source_title "  # noqa: S608 - ours
        f"FROM {_name(table.name)} c LEFT JOIN {_name(topics.name)} t ON t.id = c.topic "
        "LEFT JOIN sources s ON s.id = c.source"
        for table in claims
    )
    yield f"CREATE VIEW claims AS {parts}"


# ---- The rows ----


def _fill_table(connection: sqlite3.Connection, one: LedgerTable) -> None:
    table = one.table
    _fill(connection, table.name, table.columns, [_typed(row, table) for row in one.rows])
    for field in _lists(table):
        rows = [
            {"row": row["id"], "place": place, "value": ident}
            for row in one.rows
            for place, ident in enumerate(split_ids(row[field.name]), 1)
        ]
        _fill(connection, f"{table.name}_{field.name}", ("row", "place", "value"), rows)


def _typed(row: Mapping[str, str], table: Table) -> dict[str, str | int | float | None]:
    """Give each cell its type; an empty one is unknown."""
    cells: dict[str, str | int | float | None] = {}
    for field in table.fields:
        text = row[field.name]
        if not text:
            cells[field.name] = None
        elif is_number(field):
            cells[field.name] = float(text) if "." in text else int(text)
        else:
            cells[field.name] = text
    return cells


def _fill(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    names = ", ".join(map(_name, columns))
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {_name(table)} ({names}) VALUES ({marks})",  # noqa: S608 - names of the data package, quoted
        [tuple(row[column] for column in columns) for row in rows],
    )


def _explain(connection: sqlite3.Connection, inputs: Inputs) -> None:
    """Write into the database what it is, and what each column is in every language."""
    package, languages = inputs.package, list(inputs.documentary.languages)
    about = {
        **{f"title@{code}": package.titles.get(code, "") for code in languages},
        **{f"description@{code}": package.descriptions.get(code, "") for code in languages},
        "date": inputs.documentary.dated,
        "version": package.version,
        "licence": ", ".join(f"{one.title} {one.path}".strip() for one in package.licences),
        "address": inputs.documentary.address,
    }
    rows = [{"key": key, "value": value} for key, value in about.items() if value]
    _fill(connection, "_about", ("key", "value"), rows)
    columns = ("table", "column", "language", "title", "description")
    explained = [
        (table.name, name, code, titles.get(code, ""), descriptions.get(code, ""))
        for table in package.tables
        for name, titles, descriptions in (
            ("", table.titles, table.descriptions),
            *((field.name, field.titles, field.descriptions) for field in table.fields),
        )
        for code in languages
    ]
    _fill(connection, "_columns", columns, [dict(zip(columns, row, strict=True)) for row in explained])
