"""The bytes of a workbook of Excel go in; its sheets come out, each cell with its format and its formula."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import TYPE_CHECKING, Any

from generator.intake.sheets import Book, Sheet, SheetCell, Span, UnreadableError, Value, address, trimmed

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Beyond these nothing of a table of ours stands.
_MOST_ROWS, _MOST_COLUMNS = 200_000, 1024


def read_xlsx(raw: bytes) -> Book:
    """Read every sheet. A computed cell has the value that Excel kept of it, `None` where it kept none.

    Raises:
        UnreadableError: the workbook is not as Excel or LibreOffice write it.
    """
    formulas, values = _loaded(raw, values=False), _loaded(raw, values=True)
    sheets = tuple(
        _sheet(sheet, values[sheet.title])
        for sheet in formulas.worksheets
        if sheet.title in values.sheetnames
    )
    if not sheets:
        raise UnreadableError("the workbook has no sheet of cells", "charts alone cannot be imported")
    remarks = []
    if formulas.epoch != dt.datetime(1899, 12, 30):  # noqa: DTZ001 - a sheet knows no time zone
        remarks.append("the workbook counts its days from 1904, as old Macintoshes did: they are read so")
    return Book(sheets, tuple(remarks))


def _loaded(raw: bytes, *, values: bool) -> Workbook:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not keep: nothing is written back
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)
    except Exception as error:  # noqa: BLE001 - a broken workbook raises whatever its parts raise
        raise UnreadableError(
            f"the workbook cannot be read ({type(error).__name__}: {str(error)[:120]})",
            "open it in a table program, save it again as .xlsx, and import that",
        ) from None


def _sheet(formulas: Worksheet, values: Worksheet) -> Sheet:
    spans: tuple[Span, ...]
    spans = tuple((r.min_row, r.min_col, r.max_row, r.max_col) for r in formulas.merged_cells.ranges)
    rows = _rows(formulas, values)
    hidden = (number for number, row in formulas.row_dimensions.items() if row.hidden)
    columns = (
        number
        for column in formulas.column_dimensions.values()
        if column.hidden and column.min and column.max
        for number in range(column.min, min(column.max, formulas.max_column) + 1)
    )
    return Sheet(
        name=formulas.title,
        rows=trimmed(rows),
        hidden=formulas.sheet_state != "visible",
        hidden_rows=frozenset(hidden),
        hidden_columns=frozenset(columns),
        merged=spans,
    )


def _rows(formulas: Worksheet, values: Worksheet) -> list[tuple[SheetCell, ...]]:
    """Return the rows down to the last value: formats reach to the edge of a sheet, a million rows away."""
    # The cells that are there, by row and column: `iter_rows` would make those between, too.
    filled = {place: cell for place, cell in formulas._cells.items() if cell.value is not None}  # noqa: SLF001
    by_row: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in filled.items():
        if row > _MOST_ROWS or column > _MOST_COLUMNS:
            raise UnreadableError(
                f"{address(row, column)} of the sheet {formulas.title} is far from everything else",
                "delete what is no part of the table, and save again",
            )
        computed = values._cells.get((row, column), cell)  # noqa: SLF001
        by_row.setdefault(row, {})[column] = _cell(cell, computed)
    return [
        tuple(
            by_row.get(row, {}).get(column, SheetCell())
            for column in range(1, max(by_row.get(row, {0: 0})) + 1)
        )
        for row in range(1, max(by_row, default=0) + 1)
    ]


def _cell(cell: Any, computed: Any) -> SheetCell:
    """Join what a cell is with what Excel kept of its formula."""
    form = str(cell.number_format or "") if cell.value is not None else ""
    form = "" if form == "General" else form
    if cell.data_type != "f":
        return _plain(cell.value, cell.data_type, form, "")
    formula = cell.value if isinstance(cell.value, str) else str(getattr(cell.value, "text", "") or "={…}")
    return _plain(computed.value, computed.data_type, form, formula)


def _plain(value: object, kind: str, form: str, formula: str) -> SheetCell:
    if kind == "e":
        return SheetCell(error=str(value), formula=formula)
    if isinstance(value, dt.timedelta):
        return SheetCell(error=f"a duration, {value}", formula=formula)
    plain: Value = value if isinstance(value, str | int | float | bool | dt.date | dt.time) else None
    return SheetCell(plain, form, formula)
