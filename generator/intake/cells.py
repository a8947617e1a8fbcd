"""A cell and the column it goes into go in; the text of the ledger comes out, or why it is unclear."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.intake.dates import date_of
from generator.intake.sheets import Doubt, Read, SheetCell
from generator.ledger.schema import Field, meant

_MARKS = {".": "point", ",": "comma"}


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person says that what is unclear is meant; "" where nothing was said.

    `decimal` is "," or "."; `order` "day" or "month"; `percent` "shown" (73 % is 73) or "stored" (0.73);
    `yes` and `no` the words for a truth. `languages` are those in which months may be named.
    """

    decimal: str = ""
    order: str = ""
    percent: str = ""
    yes: str = ""
    no: str = ""
    languages: Sequence[str] = ()


def read_cell(cell: SheetCell, field: Field, ways: Ways) -> Read | Doubt:
    """Read one cell for the column *field*. An empty one is empty."""
    if cell.error:
        hint = "mend it in the sheet, or empty it where the value is unknown"
        return Doubt("unclear-cell", f"the cell holds {cell.error}", hint)
    if cell.formula and (cell.value is None or cell.value == ""):
        hint = "open the sheet in a table program and save it: it then keeps what the formula makes"
        return Doubt("unclear-cell", f"a formula, {cell.formula}, whose value the file does not hold", hint)
    if cell.is_empty:
        return Read("")
    read = _read(cell, field, ways)
    if isinstance(read, Read) and cell.formula:
        remark = f"{read.text}, made by {cell.formula} when the sheet was last saved"
        return Read(read.text, remark)
    return read


def _read(cell: SheetCell, field: Field, ways: Ways) -> Read | Doubt:
    if isinstance(cell.value, bool):
        return _truth(cell.value, field, ways)
    if field.is_edtf:
        return date_of(cell, ways.order, ways.languages)
    if field.type in {"integer", "number"}:
        return _number(cell, ways)
    return _word(cell, ways)


def _truth(value: bool, field: Field, ways: Ways) -> Read | Doubt:
    word = "TRUE" if value else "FALSE"
    text = ways.yes if value else ways.no
    if text == "empty":
        return Read("", f"{word} read as an empty cell")
    if text:
        return Read(text, f"{word} read as “{text}”")
    allowed = f" (the column allows: {', '.join(field.enum)})" if field.enum else ""
    option = "--true yes" if value else "--false no, or --false empty"
    return Doubt("unclear-cell", f"the cell holds {word}{allowed}", f"say the word for it: {option}")


def _number(cell: SheetCell, ways: Ways) -> Read | Doubt:
    value = cell.value
    if isinstance(value, dt.date | dt.time):
        hint = (
            "give the cell the format of a number in the sheet, and look whether it is the one that was typed"
        )
        return Doubt("unclear-number", f"the sheet took what was typed for a date, {value}", hint)
    if isinstance(value, int | float):
        text = plain_number(value)
        if text is None:
            return Doubt(
                "unclear-number", f"{value} is not a number that can be written", "mend it in the sheet"
            )
        if _is_percent(cell):
            return _of_percent(Decimal(text), shown=Decimal(text) * 100, ways=ways)
        exact = Decimal(text) == Decimal(repr(value))
        return Read(text, "" if exact else f"{value!r} read as {text}: of fifteen digits a sheet is sure")
    text = unicodedata.normalize("NFC", str(value)).strip().replace("\u2009", "\u202f")
    percent = re.fullmatch(r"(.*?)[\s\u202f\u00a0]*%", text)
    read = read_number(percent[1] if percent else text, ways.decimal)
    if isinstance(read, Doubt) or not percent:
        return read
    return _of_percent(Decimal(read.text) / 100, shown=Decimal(read.text), ways=ways)


def _is_percent(cell: SheetCell) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", cell.form)


def _of_percent(stored: Decimal, shown: Decimal, ways: Ways) -> Read | Doubt:
    """A percentage is 73 to who reads the sheet, and 0.73 to the program."""
    forms = {"shown": _written(shown), "stored": _written(stored)}
    if ways.percent:
        return Read(forms[ways.percent], f"{forms['shown']} % read as {forms[ways.percent]}")
    hint = f"say --percent shown ({forms['shown']}) or --percent stored ({forms['stored']})"
    return Doubt("unclear-number", f"{forms['shown']} % may be {forms['shown']} or {forms['stored']}", hint)


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_number(value: float) -> str | None:
    """Write a number of a table program, which is sure to fifteen digits: 0.30000000000000004 is 0.3."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    text = _written(number)
    return "0" if text == "-0" else text


def read_number(text: str, decimal: str) -> Read | Doubt:
    """Read a number that was typed, with whatever parts its thousands and its decimals.

    *decimal* is what stands before decimals, "" where that was not said: then 1.234 is unclear.
    """
    readings = meant(text)
    if not readings:
        return Doubt("unclear-number", f'"{text}" is not a number', _no_number(text))
    marks = [sign for sign in ".," if sign in text]
    if len(readings) > 1 and decimal:
        readings = [readings[1] if marks == [decimal] else readings[0]]
    if len(readings) > 1:
        other = {".": ",", ",": "."}[marks[0]]
        hint = f"say --decimal '{other}' ({readings[0]}) or --decimal '{marks[0]}' ({readings[1]})"
        return Doubt("unclear-number", f'"{text}" may be {readings[0]} or {readings[1]}', hint)
    [number] = readings
    mark = text[max(text.rfind("."), text.rfind(","))]
    if decimal and marks and "." in number and "e" not in text.lower() and mark != decimal:
        hint = f"look at it again: --decimal '{decimal}' says that a {_MARKS[decimal]} stands there"
        return Doubt("unclear-number", f'"{text}" has a {_MARKS[mark]} before its decimals', hint)
    return Read(number, "" if number == text else f"“{text}” read as {number}")


def _no_number(text: str) -> str:
    if re.fullmatch(r"[?–—\-./]|n\.? ?[ad]\.?|n/a|unknown|inconnue?s?", text.strip(), re.IGNORECASE):
        return "leave the cell empty: empty is unknown"
    if re.search(r"\d\s*[-–—]\s*\d", text):
        return "write the two ends into the columns low and high"
    return "write digits alone; what is said of them (about, at least) goes into a note or other columns"


def _word(cell: SheetCell, ways: Ways) -> Read | Doubt:
    value = cell.value
    if isinstance(value, dt.time):
        return Read(f"{value:%H:%M}")
    if isinstance(value, dt.date):
        hint = "type it again with an apostrophe before it ('3-4), as it stands in the source"
        return Doubt("unclear-cell", f"the sheet took what was typed for a date, {value:%Y-%m-%d}", hint)
    if isinstance(value, int | float):
        if _is_percent(cell):
            return _number(cell, ways)
        text = plain_number(value)
        return (
            Read(text)
            if text
            else Doubt("unclear-cell", f"{value} cannot be written", "mend it in the sheet")
        )
    return Read(" ".join(str(value).split()))
