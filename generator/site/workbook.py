"""The inputs and a language go in; the ledger comes out as a workbook, a sheet for each table."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.language import Language
from generator.ledger import edtf
from generator.ledger.schema import FORMULA, Table
from generator.loading import Inputs
from generator.site.ledger_tables import LedgerTable, is_number, ledger_tables, source_rows

#: Excel keeps fifteen digits of a number: one with more goes as text.
_DIGITS = 15
#: The longest text of a cell of Excel, in characters.
_LONGEST = 32_767
#: Widths of columns, in characters.
_NARROW, _WIDE, _TEXT = 12, 28, 60


def workbook(inputs: Inputs, language: Language) -> bytes:
    """Return the ledger as a workbook (xlsx) whose bytes depend on the data and the language only.

    The first sheet says what it is, its licence and its date; the second explains every column. No cell is
    a formula: a text is a text, whatever it begins with.
    """
    import xlsxwriter

    year, month, day = (int(part) for part in inputs.documentary.dated.split("-"))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    title = language.text(inputs.package.titles)
    licence = ", ".join(one.title for one in inputs.package.licences)
    book.set_properties(
        {"title": title, "comments": licence, "created": dt.datetime(year, month, day, tzinfo=dt.UTC)}
    )
    writer = _Writer(book, language, _sheet_names(inputs, language))
    tables = ledger_tables(inputs)
    writer.about(inputs, tables)
    writer.columns(tables)
    for table in tables:
        writer.table(table)
    writer.sources(source_rows(inputs))
    book.close()
    return out.getvalue()


def _sheet_names(inputs: Inputs, language: Language) -> dict[str, str]:
    """Name the sheets by the titles of their tables: short, without some signs, each once."""
    say = language.say
    titles = {"": say("About this workbook"), "*": say("Columns")}
    titles |= {table.name: language.text(table.titles) for table in inputs.package.tables}
    titles["sources"] = say("Sources")
    names: dict[str, str] = {}
    for key, title in titles.items():
        plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ") or key
        plain = plain if len(plain) <= 31 else f"{plain[:31].rpartition(' ')[0] or plain[:30]}…"
        taken = {name.casefold() for name in names.values()}
        number = 1
        while plain.casefold() in taken:
            number += 1
            plain = f"{plain[:27]} {number}"
        names[key] = plain
    return names


def headers(table: Table, language: Language) -> list[str]:
    """Return the titles of the columns; one that two of them have is followed by the name of each."""
    titles = [language.text(field.titles) for field in table.fields]
    return [
        f"{title} ({field.name})" if titles.count(title) > 1 else title
        for title, field in zip(titles, table.fields, strict=True)
    ]


@dataclass(slots=True)
class _Formats:
    """How cells look."""

    plain: Any
    number: Any
    head: Any
    title: Any
    link: Any
    quoted: Any


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, language: Language, names: Mapping[str, str]) -> None:
        base = {"valign": "top", "text_wrap": True, "font_name": "Arial", "font_size": 10}
        self._language, self._names = language, names
        self._formats = _Formats(
            plain=book.add_format(base),
            number=book.add_format({**base, "text_wrap": False}),
            head=book.add_format({**base, "bold": True, "bg_color": "#e8e4da", "bottom": 1}),
            title=book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False}),
            link=book.add_format({**base, "font_color": "#1f5f8b", "underline": 1, "text_wrap": False}),
            quoted=book.add_format({**base, "quote_prefix": True}),
        )
        self._sheets = {key: book.add_worksheet(name) for key, name in names.items()}

    def about(self, inputs: Inputs, tables: Sequence[LedgerTable]) -> None:
        """Say what the workbook is, of when, under which licence, and what its sheets hold."""
        sheet, language, formats = self._sheets[""], self._language, self._formats
        say, package = language.say, inputs.package
        sheet.set_column(0, 0, _TEXT)
        sheet.set_column(1, 1, _NARROW)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, language.text(package.titles), formats.title)
        date = language.date(edtf.parse(inputs.documentary.dated))
        lines = [language.text(package.descriptions), say("Data of {date}.", date=date)]
        lines += [say("Version {n}", n=package.version)] if package.version else []
        lines += [f"{one.title} {one.path}".strip() for one in package.licences]
        lines += [inputs.documentary.address] if inputs.documentary.address else []
        lines.append(
            say("Each sheet is a table. An empty cell is unknown; zero is a number. Dates are EDTF.")
        )
        row = 2
        for line in filter(None, lines):
            sheet.write_string(row, 0, line, formats.plain)
            row += 1
        row += 1
        sheet.write_string(row, 0, say("Table"), formats.head)
        sheet.write_string(row, 1, say("Rows"), formats.head)
        counts = {"*": sum(len(one.table.fields) for one in tables)}
        counts |= {one.table.name: len(one.rows) for one in tables}
        counts["sources"] = len(inputs.ledger.sources)
        for key, count in counts.items():
            row += 1
            name = self._names[key]
            sheet.write_url(row, 0, "internal:'{}'!A1".format(name.replace("'", "''")), formats.link, name)
            sheet.write_number(row, 1, count, formats.number)

    def columns(self, tables: Sequence[LedgerTable]) -> None:
        """Explain every column of every table."""
        say, language = self._language.say, self._language
        heads = [say("Table"), say("Column"), say("Name in the data"), say("Description")]
        rows = [
            [language.text(one.table.titles), header, field.name, language.text(field.descriptions)]
            for one in tables
            for header, field in zip(headers(one.table, language), one.table.fields, strict=True)
        ]
        self._grid("*", heads, rows, [_WIDE, _WIDE, _WIDE, _TEXT])

    def table(self, one: LedgerTable) -> None:
        """Write one table: numbers as numbers, all else as text."""
        fields = one.table.fields
        rows = [[row[field.name] for field in fields] for row in one.rows]
        numbers = frozenset(place for place, field in enumerate(fields) if is_number(field))
        widths = [
            _NARROW
            if place in numbers
            else min(_TEXT, max(_NARROW, *(len(row[place]) for row in rows), 0) + 2)
            for place in range(len(fields))
        ]
        heads = headers(one.table, self._language)
        self._grid(one.table.name, heads, rows, widths, numbers)
        for place, field in enumerate(fields):
            about = self._language.text(field.descriptions)
            self._sheets[one.table.name].write_comment(0, place, f"{field.name}. {about}".strip())

    def sources(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Write the bibliography, as far as it fits in cells."""
        say = self._language.say
        heads = [
            say("Identifier"),
            say("Type"),
            say("Title"),
            say("People"),
            say("Date"),
            say("Published in"),
        ]
        heads += [say("Publisher"), say("Address"), say("Language")]
        keys = ("id", "type", "title", "people", "issued", "container", "publisher", "url", "language")
        widths = [_WIDE, _WIDE, _TEXT, _WIDE, _NARROW, _WIDE, _WIDE, _WIDE, _NARROW]
        self._grid("sources", heads, [[row[key] for key in keys] for row in rows], widths)

    def _grid(
        self,
        key: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        numbers: frozenset[int] = frozenset(),
    ) -> None:
        """Write a header that stays in sight, rows that can be filtered, and columns wide enough."""
        sheet, formats = self._sheets[key], self._formats
        for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, formats.head)
        for number, cells in enumerate(rows, 1):
            for place, text in enumerate(cells):
                if not text:
                    continue
                if place in numbers and sum(map(str.isdecimal, text)) <= _DIGITS:
                    sheet.write_number(number, place, float(text), formats.number)
                else:
                    form = formats.quoted if text.startswith(FORMULA) else formats.plain
                    sheet.write_string(number, place, text[:_LONGEST], form)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
