"""The inputs go in; every table of the ledger comes out row by row as it is written, the bibliography too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.ledger.csl import FILE
from generator.ledger.schema import Field, Table
from generator.ledger.sources import Source
from generator.ledger.tables import Row, read_rows
from generator.loading import Inputs


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A table as it goes out: its columns, and the cells of each row as they stand in the CSV."""

    table: Table
    rows: Sequence[Mapping[str, str]]


def ledger_tables(inputs: Inputs) -> list[LedgerTable]:
    """Return the tables of the data package, in its order."""
    return [
        LedgerTable(table, [row.cells for row in _rows(inputs, table)]) for table in inputs.package.tables
    ]


def _rows(inputs: Inputs, table: Table) -> Iterator[Row]:
    file = f"data/{table.path}"
    for row in read_rows(file, inputs.files[file], table.columns):
        if isinstance(row, Row):  # what has a problem is not among inputs
            yield row


#: The columns of the bibliography, which is no CSV, by what CSL calls them.
SOURCE_COLUMNS = (
    "id",
    "type",
    "title",
    "people",
    "issued",
    "container",
    "publisher",
    "url",
    "language",
    "csl",
)


def source_rows(inputs: Inputs) -> list[dict[str, str]]:
    """Return the bibliography as rows; `csl` is the whole item as JSON."""
    items = {str(item["id"]): item for item in json.loads(inputs.files[FILE].decode("utf-8-sig"))}
    return [
        {
            "id": source.id,
            "type": source.type,
            "title": source.title,
            "people": "; ".join(_people(source)),
            "issued": _date(source),
            "container": source.text("container-title"),
            "publisher": source.text("publisher"),
            "url": source.text("URL"),
            "language": source.language,
            "csl": json.dumps(items.get(source.id, {}), ensure_ascii=False),
        }
        for source in inputs.ledger.sources.values()
    ]


def _people(source: Source) -> Iterator[str]:
    """Yield the names of those who made a source, family name first."""
    for names in source.people.values():
        for name in names:
            parts = (name.get("non-dropping-particle"), name.get("family"))
            family = " ".join(part for part in parts if part)
            yield name.get("literal") or ", ".join(part for part in (family, name.get("given")) if part)


def _date(source: Source) -> str:
    issued = source.issued
    return "" if issued is None else issued if isinstance(issued, str) else issued.text


def is_number(field: Field) -> bool:
    """Whether the cells of a column are numbers."""
    return field.type in {"integer", "number"} and not field.is_edtf
