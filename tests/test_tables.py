"""Bytes of a table become rows that know the line they start on, or one problem with its place."""

from __future__ import annotations

import pytest

from generator.ledger.schema import meant
from generator.ledger.tables import MAX_ROWS, Row, decode, read_rows
from generator.problems import Location, Problem

COLUMNS = ["id", "note"]


def read(raw: bytes) -> list[Row | Problem]:
    return list(read_rows("data/t.csv", raw, COLUMNS))


def row(line: int, ident: str, note: str) -> Row:
    return Row("data/t.csv", line, {"id": ident, "note": note})


def problem(line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(Location("data/t.csv", line), code, message, hint)


READ = {
    "plain": (b"id,note\na,b\nc,d\n", [row(2, "a", "b"), row(3, "c", "d")]),
    "no line break at the end": (b"id,note\na,b", [row(2, "a", "b")]),
    "a byte-order mark": (b"\xef\xbb\xbfid,note\na,b\n", [row(2, "a", "b")]),
    "line breaks of Windows": (b"id,note\r\na,b\r\nc,d\r\n", [row(2, "a", "b"), row(3, "c", "d")]),
    "a quoted line break": (b'id,note\na,"b\nc\nd"\ne,f\n', [row(2, "a", "b c d"), row(5, "e", "f")]),
    "a quoted line break of Windows": (
        b'id,note\r\na,"b\r\nc"\r\ne,f\r\n',
        [row(2, "a", "b c"), row(4, "e", "f")],
    ),
    "empty lines": (b"id,note\n\na,b\n\n\nc,d\n", [row(3, "a", "b"), row(6, "c", "d")]),
    "quotes and commas": (b'id,note\na,"b, ""c"""\n', [row(2, "a", 'b, "c"')]),
    "spaces at the ends and in a row": (
        "id,note\n a ,b\u00a0 \t c \n".encode(),
        [row(2, "a", "b c")],
    ),
    "empty cells": (b"id,note\n,\n", [row(2, "", "")]),
    "markup stays as it is written": (
        b"id,note\na,<script>alert(1)</script>\nb,{{ n(1) }}\n",
        [row(2, "a", "<script>alert(1)</script>"), row(3, "b", "{{ n(1) }}")],
    ),
    "every script": ("id,note\na,ハルハ河\n".encode(), [row(2, "a", "ハルハ河")]),
    "a header alone": (b"id,note\n", []),
}

COMMA = "put quotation marks round a cell that has a comma in it"
QUOTE = "look for a quotation mark that opens and does not close"
UTF8 = 'save the file as "CSV UTF-8"'
HEAD = "write: id,note"
REFUSED = {
    "one comma too many": (
        b'id,note\na,"b\nc"\na,b,c\nd,e\n',
        [
            row(2, "a", "b c"),
            problem(4, "cell-count", "3 cells under 2 columns", COMMA),
            row(5, "d", "e"),
        ],
    ),
    "a cell too few": (b"id,note\na\n", [problem(2, "cell-count", "1 cells under 2 columns", COMMA)]),
    "a quote that stays open": (
        b'id,note\na,b\nc,"d\ne,f\n',
        [row(2, "a", "b"), problem(3, "not-csv", "unexpected end of data", QUOTE)],
    ),
    "a quote inside a quoted cell": (
        b'id,note\na,"b"c\n',
        [problem(2, "not-csv", "',' expected after '\"'", QUOTE)],
    ),
    "a byte of another encoding": (
        "id,note\na,b\nc,\u00e9\n".encode("latin-1"),
        [problem(3, "not-utf8", "byte 0xe9 is not UTF-8", UTF8)],
    ),
    "sixteen bits a character": (
        "id,note\n".encode("utf-16"),
        [problem(1, "not-utf8", "byte 0xff is not UTF-8", UTF8)],
    ),
    "a NUL": (
        b"id,note\na,b\nc,d\x00\n",
        [problem(3, "not-csv", "the file holds a NUL character", UTF8)],
    ),
    "nothing at all": (b"", [problem(1, "wrong-header", "missing id, note", HEAD)]),
    "a column too few": (b"id\na\n", [problem(1, "wrong-header", "missing note", HEAD)]),
    "a column nobody knows": (
        b"id,note,extra\na,b,c\n",
        [problem(1, "wrong-header", "unknown 'extra'", HEAD)],
    ),
    "columns in another order": (
        b"note,id\nb,a\n",
        [problem(1, "wrong-header", "the columns are there but in another order", HEAD)],
    ),
    "semicolons": (
        b"id;note\na;b\n",
        [problem(1, "wrong-header", "missing id, note; unknown 'id;note'", HEAD)],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), READ.values(), ids=READ)
def test_a_table_is_read_with_the_line_of_each_row(raw: bytes, expected: list[Row]) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_spoilt_table_is_refused_with_its_place(raw: bytes, expected: list[Row | Problem]) -> None:
    assert read(raw) == expected


def test_the_greatest_number_of_rows_is_read_whole() -> None:
    raw = b"id,note\n" + b"".join(b"r%d,x\n" % number for number in range(MAX_ROWS))
    assert MAX_ROWS == 20_000
    assert read(raw) == [row(number + 2, f"r{number}", "x") for number in range(MAX_ROWS)]


def test_one_row_more_is_refused_with_its_place() -> None:
    raw = b"id,note\n" + b"".join(b"r%d,x\n" % number for number in range(MAX_ROWS + 2))
    hint = "split the table in two resources of the data package"
    found = read(raw)
    assert found[MAX_ROWS - 1] == row(20_001, "r19999", "x")
    assert found[MAX_ROWS:] == [
        problem(20_002, "too-many-rows", "row 20001 is beyond the limit of 20000", hint)
    ]


def test_a_place_names_the_file_the_line_and_the_column() -> None:
    places = [str(row(7, "a", "b").location()), str(row(7, "a", "b").location("note"))]
    assert places == ["data/t.csv:7", "data/t.csv:7:note"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\xef\xbb\xbfa", "a"),
        ("é\u202f!".encode(), "é\u202f!"),
        (b"a\nb\n\xff", problem(3, "not-utf8", "byte 0xff is not UTF-8", UTF8)),
        (b"a\r\nb\xc3", problem(2, "not-utf8", "byte 0xc3 is not UTF-8", UTF8)),
    ],
)
def test_text_is_utf8_with_or_without_a_byte_order_mark(raw: bytes, expected: str | Problem) -> None:
    assert decode("data/t.csv", raw) == expected


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("4,75", ["4.75"]),
        ("0,004", ["0.004"]),
        ("1 234", ["1234"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1,234,567", ["1234567"]),
        ("1.234,5", ["1234.5"]),
        ("1,234", ["1234", "1.234"]),
        ("1'234", ["1234"]),
        ("\u22125", ["-5"]),
        ("1.5E+06", ["1500000"]),
        ("2e-3", ["0.002"]),
        ("1e999", []),
        ("+4", ["4"]),
        (",5", ["0.5"]),
        ("-.25", ["-0.25"]),
        ("\u0664\u0662", ["42"]),
        ("\uff11\uff12", ["12"]),
        ("12,34.5", []),
        ("4 75", []),
        ("about 4", []),
    ],
)
def test_a_number_written_otherwise_is_read_as_what_it_may_mean_and_as_no_other(
    text: str, readings: list[str]
) -> None:
    assert meant(text) == readings
