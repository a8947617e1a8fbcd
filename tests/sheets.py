"""Spreadsheets as people have them, for the tests: of Excel by openpyxl, of LibreOffice by their XML."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, change: Callable[[Any], None] | None = None, title: str = "Feuil1") -> bytes:
    """A workbook of Excel with one sheet; *change* works on the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of_excel(rows: Rows, encoding: str = "cp1252", start: str = "") -> bytes:
    """What a French Excel saves as CSV: semicolons, and quotes round what has one in it."""

    def cell(value: object) -> str:
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if {";", '"', "\n"} & set(text) else text

    text = start + "".join(";".join(map(cell, row)) + "\r\n" for row in rows)
    return text.encode(encoding)


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3">
<office:automatic-styles>
 <number:date-style style:name="N50"><number:month number:textual="true"/><number:text> </number:text>
  <number:year number:style="long"/></number:date-style>
 <style:style style:name="ta1" style:family="table">
  <style:table-properties table:display="true"/></style:style>
 <style:style style:name="ta2" style:family="table">
  <style:table-properties table:display="false"/></style:style>
 <style:style style:name="ce1" style:family="table-cell" style:data-style-name="N50"/>
</office:automatic-styles><office:body><office:spreadsheet>"""
_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def ods_cell(value: object, more: str = "") -> str:
    """One cell as LibreOffice Calc writes it; a text that begins with `<table` is one already."""
    if isinstance(value, str) and value.startswith("<table"):
        return value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, shown = (
            f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"',
            str(value).upper(),
        )
    elif isinstance(value, int | float):
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    elif isinstance(value, dt.date):
        kind, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d/%m/%y}"
    else:
        kind, shown = 'office:value-type="string"', str(value)
    return f"<table:table-cell {more} {kind}><text:p>{escape(shown)}</text:p></table:table-cell>"


def ods(
    rows: Rows, *, sheet: str = "Feuille1", hidden: str = "", row_attributes: Sequence[str] = ()
) -> bytes:
    """A spreadsheet as LibreOffice saves it, a million empty rows after the last; *hidden* is a second."""
    attributes = [*row_attributes, *[""] * len(rows)]
    body = "".join(
        f"<table:table-row {more}>{''.join(map(ods_cell, row))}"
        '<table:table-cell table:number-columns-repeated="16360"/></table:table-row>'
        for row, more in zip(rows, attributes, strict=False)
    )
    body += (
        '<table:table-row table:number-rows-repeated="1048560">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    column = '<table:table-column table:number-columns-repeated="16384"/>'
    content = (
        f'<table:table table:name={quoteattr(sheet)} table:style-name="ta1">{column}{body}</table:table>'
    )
    if hidden:
        content += (
            f'<table:table table:name={quoteattr(hidden)} table:style-name="ta2">{column}{body}</table:table>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + content + _FOOT)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()
