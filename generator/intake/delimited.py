"""The bytes of a CSV of whatever program go in; one sheet of texts comes out, with how it was read."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from generator.intake.sheets import Book, Sheet, SheetCell, UnreadableError, trimmed

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DELIMITERS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
#: How many lines are looked at to find what parts the cells.
_LOOKED_AT = 50


def read_delimited(raw: bytes, encoding: str = "", delimiter: str = "") -> Book:
    """Read a table of text: its encoding by its mark, else UTF-8, else Windows-1252, which is said.

    Raises:
        UnreadableError: it is in none of these, or what parts its cells cannot be told.
    """
    text, remarks = decoded(raw, encoding)
    if "\0" in text:
        raise UnreadableError(
            "the file holds NUL characters: it is no text", "save the sheet as .xlsx or CSV UTF-8"
        )
    if text.lower().startswith("sep=") and "\n" in text:
        line, text = text.split("\n", 1)
        delimiter = delimiter or line.strip()[4:] or "\t"
    delimiter = delimiter or _delimiter(text)
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise UnreadableError(f"cells cannot be parted by {delimiter!r}", "say one sign: --delimiter ';'")
    remarks.append(f"cells parted by {_DELIMITERS.get(delimiter, repr(delimiter))}")
    rows = [
        tuple(SheetCell(cell or None) for cell in cells) for cells in _cells(text, delimiter, strict=True)
    ]
    return Book((Sheet("", trimmed(rows)),), tuple(remarks))


def _cells(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    """Yield the cells of each row; a cell of 131 072 characters is one that does not end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    start = 1
    try:
        for cells in reader:
            yield cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"line {start}: {error}", "look for a quotation mark that opens and does not close"
        ) from None


def decoded(raw: bytes, encoding: str = "") -> tuple[str, list[str]]:
    """Return the text, and in which encoding it was read."""
    marked = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "")
    tried = [encoding] if encoding else [marked] if marked else [_without_mark(raw), "cp1252"]
    for name in tried:
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        except LookupError:
            raise UnreadableError(
                f'there is no encoding "{name}"', "say --encoding utf-8, cp1252, mac_roman, cp1251, …"
            ) from None
        remark = f"text in {_NAMES.get(name, name)}"
        if name == "cp1252" and not encoding:
            remark += f": {_sample(text)}; if that looks wrong, say --encoding mac_roman, or another"
        return text, [remark]
    raise UnreadableError(
        f"its text is not in {' or '.join(_NAMES.get(name, name) for name in tried)}",
        "say in which encoding it is (--encoding mac_roman), or save it as CSV UTF-8",
    )


def _without_mark(raw: bytes) -> str:
    """Return UTF-16 for text with a zero byte at every second place, else UTF-8."""
    start = raw[:400]
    if len(start) > 3 and start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    if len(start) > 3 and start[0::2].count(0) > len(start) // 3:
        return "utf-16-be"
    return "utf-8"


def _sample(text: str) -> str:
    """Quote the first word with a letter beyond ASCII, for a person to judge the encoding by."""
    odd = [place for place, sign in enumerate(text) if not sign.isascii()]
    odd = [place for place in odd if text[place].isalpha()][:1] or odd
    return f"“{' '.join(text[max(0, odd[0] - 12) : odd[0] + 12].split())}”"


def _delimiter(text: str) -> str:
    """Return what parts the cells in the most regular way.

    Raises:
        UnreadableError: two ways are equally good.
    """
    widths = {sign: _width(text, sign) for sign in _DELIMITERS}
    best = max(widths.values())
    ways = [sign for sign, width in widths.items() if width == best]
    if best > 1 and len(ways) > 1:
        names = " or by ".join(_DELIMITERS[sign] for sign in ways)
        raise UnreadableError(f"its cells may be parted by {names}", "say which: --delimiter ';'")
    return ways[0]


def _width(text: str, sign: str) -> int:
    """Return how many cells every row has when *sign* parts them: 1 where rows differ and none is short."""
    rows = list(islice(filter(None, _cells(text, sign, strict=False)), _LOOKED_AT))
    if not rows:
        return 1
    head = len(rows[0])
    fitting = sum(len(cells) == head for cells in rows)
    return head if fitting * 10 >= len(rows) * 8 else 1
