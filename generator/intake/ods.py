"""An OpenDocument spreadsheet goes in; its sheets come out, each cell with its kind and its formula.

Read from its XML: no kept library tells a percentage from a number, or says what is merged or hidden.
"""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.intake.sheets import Book, Sheet, SheetCell, Span, UnreadableError, trimmed

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
#: A row or a cell may be repeated a million times to the edge of the sheet; more than this says nothing.
_MOST_COLUMNS = 1024
_MOST_ROWS = 200_000
_BROKEN = "open it in a table program, save it again, and import that"


def read_ods(archive: zipfile.ZipFile) -> Book:
    """Read every sheet.

    Raises:
        UnreadableError: the file is locked, or not as a table program writes it.
    """
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise UnreadableError("the workbook is locked with a password", "save a copy without password")
    root = _parsed(archive.read("content.xml"))
    tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    if not tables:
        raise UnreadableError(
            "a document of LibreOffice without a sheet", "copy its table into a sheet of Calc"
        )
    styles = _Styles(root)
    return Book(tuple(_sheet(table, styles) for table in tables))


def _parsed(raw: bytes) -> ET.Element:
    if b"<!DOCTYPE" in raw[:2000] or b"<!ENTITY" in raw:
        raise UnreadableError("the file declares entities, which no table program does", _BROKEN)
    try:
        return ET.fromstring(raw)  # noqa: S314 - it declares no entity
    except (ET.ParseError, ValueError, RecursionError) as error:
        raise UnreadableError(f"the file is broken: {error}", _BROKEN) from None


class _Styles:
    """What the styles of a file say: which tables are hidden, and how a date is shown."""

    def __init__(self, root: ET.Element) -> None:
        automatic = root.find(f"{_OFFICE}automatic-styles")
        self.hidden: set[str] = set()
        self.forms: dict[str, str] = {}
        dates: dict[str, str] = {}
        for style in () if automatic is None else automatic:
            name = style.get(f"{_STYLE}name", "")
            if style.tag == f"{_NUMBER}date-style":
                parts = {"day": "d", "month": "m", "year": "yyyy", "hours": "h"}
                dates[name] = " ".join(
                    sign for part, sign in parts.items() if style.find(f"{_NUMBER}{part}") is not None
                )
            properties = style.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                self.hidden.add(name)
            self.forms[name] = style.get(f"{_STYLE}data-style-name", "")
        self.forms = {name: dates.get(data, "") for name, data in self.forms.items()}


@dataclass(slots=True)
class _Rows:
    """The rows of a sheet while it is read."""

    cells: list[tuple[SheetCell, ...]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)


def _sheet(table: ET.Element, styles: _Styles) -> Sheet:
    rows = _Rows()
    defaults = list(_default_forms(table, styles.forms))
    for row in _rows_of(table):
        _add_row(rows, row, styles.forms, defaults)
    columns = (
        number
        for number, column in enumerate(_repeated(table.iter(f"{_TABLE}table-column")), 1)
        if column.get(f"{_TABLE}visibility", "visible") != "visible"
    )
    kept = trimmed(rows.cells)
    return Sheet(
        name=table.get(f"{_TABLE}name", ""),
        rows=kept,
        hidden=table.get(f"{_TABLE}style-name", "") in styles.hidden,
        hidden_rows=frozenset(number for number in rows.hidden if number <= len(kept)),
        hidden_columns=frozenset(columns),
        merged=tuple(rows.merged),
    )


def _default_forms(table: ET.Element, forms: Mapping[str, str]) -> Iterator[str]:
    """Yield how each column shows its dates."""
    for column in _repeated(table.iter(f"{_TABLE}table-column")):
        yield forms.get(column.get(f"{_TABLE}default-cell-style-name", ""), "")


def _repeated(elements: Iterator[ET.Element]) -> Iterator[ET.Element]:
    """Yield each column as often as it stands, up to the widest table that makes sense."""
    number = 0
    for element in elements:
        for _ in range(_count(element, "number-columns-repeated")):
            if (number := number + 1) > _MOST_COLUMNS:
                return
            yield element


def _count(element: ET.Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else 1


def _rows_of(table: ET.Element) -> Iterator[ET.Element]:
    """Yield the rows, those too that are grouped or repeated at the head of each page."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in {f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows"}:
            yield from _rows_of(child)


def _add_row(rows: _Rows, row: ET.Element, forms: Mapping[str, str], defaults: list[str]) -> None:
    number = len(rows.cells) + 1
    cells: list[SheetCell] = []
    for element in row:
        if element.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        column = len(cells) + 1
        style = element.get(f"{_TABLE}style-name")
        form = forms.get(style, "") if style else (defaults[column - 1] if column <= len(defaults) else "")
        down, across = _count(element, "number-rows-spanned"), _count(element, "number-columns-spanned")
        if down * across > 1:
            rows.merged.append((number, column, number + down - 1, column + across - 1))
        times = min(_count(element, "number-columns-repeated"), _MOST_COLUMNS - len(cells))
        cells += [_cell(element, form)] * times
    while cells and cells[-1].is_empty:
        cells.pop()
    times = _count(row, "number-rows-repeated")
    times = times if cells or times < _MOST_ROWS else 1
    if number + times > _MOST_ROWS:
        times = max(0, _MOST_ROWS - number)
    if row.get(f"{_TABLE}visibility", "visible") != "visible":
        rows.hidden.update(range(number, number + times))
    rows.cells += [tuple(cells)] * times


def _cell(element: ET.Element, form: str) -> SheetCell:
    if element.tag == f"{_TABLE}covered-table-cell":
        return SheetCell()
    formula = element.get(f"{_TABLE}formula", "")
    kind = element.get(f"{_OFFICE}value-type", "")
    shown = "\n".join(_paragraph(part) for part in element.findall(f"{_TEXT}p"))
    if formula and shown.startswith(("#", "Err:")) and kind in {"", "string", "float"}:
        return SheetCell(error=shown, formula=formula)
    try:
        return _typed(element, kind, shown, form, formula)
    except ValueError:
        return SheetCell(error=f"a value that cannot be read ({shown})", formula=formula)


def _typed(element: ET.Element, kind: str, shown: str, form: str, formula: str) -> SheetCell:
    if kind in {"float", "currency", "percentage"}:
        number = float(element.get(f"{_OFFICE}value", ""))
        return SheetCell(number, "0%" if kind == "percentage" else "", formula)
    if kind == "date":
        text = element.get(f"{_OFFICE}date-value", "")
        day = dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
        return SheetCell(day, form, formula)
    if kind == "boolean":
        return SheetCell(element.get(f"{_OFFICE}boolean-value") == "true", "", formula)
    if kind == "time":
        hours, minutes = element.get(f"{_OFFICE}time-value", "")[2:].split("H")
        return SheetCell(dt.time(int(hours), int(minutes.split("M")[0])), "", formula)
    return SheetCell(element.get(f"{_OFFICE}string-value") or shown or None, "", formula)


def _paragraph(element: ET.Element) -> str:
    """Return the text of a paragraph: without remarks beside it, with its spaces and line breaks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append(" ")
        else:
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
