"""A spreadsheet comes in as its author means it, or says what is unclear; nothing changes in silence."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.__main__ import main
from generator.intake.cells import Ways, plain_number, read_number
from generator.intake.dates import date_of
from generator.intake.proposal import Proposal
from generator.intake.sheets import Doubt, Read, SheetCell, letters
from generator.intake.table_text import read_table_text
from generator.intake.tables import Asked, import_table
from generator.output.read import read_inputs
from tests.sheets import csv_of_excel, ods, ods_cell, xlsx
from tests.test_problems import TINY, copy_tiny

FILES: Mapping[str, bytes] = read_inputs(TINY)
#: What a row of damages needs beside what a case is about.
REST = {"topic": "t-flooded", "side": "upstream", "measure": "houses", "scope": "flooded", "unit": "house"}
REST |= {"nature": "survey", "source": "gazette-1907", "confidence": "low", "rank": "normal"}


def proposed(raw: bytes, table: str = "damages", **asked: Any) -> Proposal:
    """Import a sheet into tiny; what stands in every row is given."""
    outcome = import_table(FILES, table, raw, "sheet.xlsx", Asked(**{"constants": REST, **asked}))
    assert isinstance(outcome, Proposal), [str(problem) for problem in outcome]
    return outcome


def refused(raw: bytes, table: str = "damages", **asked: Any) -> str:
    """Return in one text why a sheet cannot be read at all."""
    outcome = import_table(FILES, table, raw, "sheet.xlsx", Asked(**asked))
    assert not isinstance(outcome, Proposal)
    return "\n".join(str(problem) for problem in outcome)


def cells(proposal: Proposal, *columns: str) -> list[list[str]]:
    """Return some cells of the rows that are new."""
    header, *rows = [record.cells for record in read_table_text(proposal.after).records]
    return [[row[header.index(column)] for column in columns] for row in rows[-len(proposal.added) :]]


def doubts(proposal: Proposal) -> list[str]:
    return [f"{p.location.column} {p.code}: {p.message} | {p.hint}" for p in proposal.problems]


# ---- The same table from three programs ----

HEADER = ("id", "Meilleure estimation", "date", "locator")
BEST = {"columns": {"Meilleure estimation": "best"}}
EXPECTED = [
    ["d-x-1", "9703", "1907-04-03", "p. 12"],
    ["d-x-2", "1234.5", "1907-04-25", "p. 13"],
    ["d-x-3", "", "1899-12", "réf. « a »"],
]


def test_a_workbook_of_excel_comes_in() -> None:
    rows = [
        HEADER,
        ("d-x-1", 9703, dt.datetime(1907, 4, 3), "p. 12"),  # noqa: DTZ001 - a sheet knows no zone
        ("d-x-2", 1234.5, "25/04/1907", "p. 13"),
        ("d-x-3", None, "décembre 1899", "réf.\u00a0« a »"),
    ]
    assert cells(proposed(xlsx(rows), **BEST), "id", "best", "date", "locator") == EXPECTED


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_csv_of_a_french_excel_comes_in_whatever_its_encoding(encoding: str) -> None:
    rows = [
        HEADER,
        ("d-x-1", "9\u00a0703", "03/04/1907", "p. 12"),
        ("d-x-2", "1\u00a0234,5", "25/04/1907", "p. 13"),
        ("d-x-3", "", "déc. 1899", "réf. « a »"),
    ]
    proposal = proposed(csv_of_excel(rows, encoding), ways=Ways(order="day"), **BEST)
    assert cells(proposal, "id", "best", "date", "locator") == EXPECTED
    assert "cells parted by semicolons" in proposal.remarks
    if encoding == "cp1252":
        assert any(r.startswith("text in Windows-1252: “") and "déc" in r for r in proposal.remarks)


def test_a_sheet_of_libreoffice_comes_in_with_its_months_and_without_its_million_empty_rows() -> None:
    rows = [
        HEADER,
        ("d-x-1", 9703, dt.date(1907, 4, 3), "p. 12"),
        ("d-x-2", 1234.5, dt.date(1907, 4, 25), "p. 13"),
        ("d-x-3", None, ods_cell(dt.date(1899, 12, 1), 'table:style-name="ce1"'), "réf. « a »"),
    ]
    proposal = proposed(ods(rows, hidden="Brouillon"), **BEST)
    assert cells(proposal, "id", "best", "date", "locator") == EXPECTED
    assert "sheet “Feuille1”; not read: “Brouillon” (hidden)" in proposal.remarks
    assert "header in row 1, rows down to 4" in proposal.remarks


def test_narrow_and_no_break_spaces_part_thousands() -> None:
    rows = [
        ("id", "best"),
        *((f"d-x-{i}", f"12{space}345") for i, space in enumerate(" \u00a0\u202f\u2009’")),
    ]
    assert cells(proposed(csv_of_excel(rows, "utf-8")), "best") == [["12345"]] * 5


# ---- Columns ----


def test_columns_are_found_by_name_by_title_in_any_language_or_as_said() -> None:
    rows = [
        ("Relevé des dégâts",),
        ("ID", "Estimation", "  Portée ", "Remarques perso"),
        ("d-x-1", 5, "flooded", "?"),
    ]
    proposal = proposed(xlsx(rows), columns={"B": "best"})
    assert cells(proposal, "id", "best", "scope") == [["d-x-1", "5", "flooded"]]
    assert proposal.remarks[0] == "header in row 2, rows down to 3"
    assert "column B “Estimation” goes into best, as you said" in proposal.remarks
    assert "column C “Portée” goes into scope, by its title (fr)" in proposal.remarks
    assert 'column D “Remarques perso” goes nowhere: --column "D=…" says where' in proposal.remarks


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Pertes": "best"}, 'row 1 of the sheet has no column "Pertes"'),
        ({"A": "bests"}, 'damages has no column "bests"'),
        ({"B": "low", "C": "low"}, 'the columns at B1 and C1 both are "low"'),
    ],
)
def test_what_is_said_of_a_column_that_is_not_there_is_refused(columns: dict[str, str], said: str) -> None:
    assert said in refused(xlsx([("id", "x", "y"), ("d-x-1", 5, 6)]), columns=columns)


def test_a_sheet_is_chosen_by_name_or_refused_with_the_names_there_are() -> None:
    raw = ods([("id", "best"), ("d-x-1", 5)], sheet="Pertes", hidden="Sources")
    assert cells(proposed(raw, sheet="Sources"), "best") == [["5"]]
    assert 'there is no sheet "Perte"' in refused(raw, sheet="Perte")
    assert 'did you mean "Pertes"?' in refused(raw, sheet="Perte")


def test_a_name_is_taken_for_the_id_that_bears_it() -> None:
    proposal = proposed(xlsx([("id", "best", "unit", "scope"), ("d-x-1", 5, "maisons", "inondées")]))
    assert cells(proposal, "unit", "scope") == [["house", "flooded"]]
    assert "unit: C2: “maisons” read as house, which bears this name" in proposal.remarks


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("Aval 1930", "downstream-memoir"),
        ("aval, 1930", "downstream-memoir"),
        ("Aval (1930)", "downstream-memoir"),
        ("Relevé des dégâts", "surveyor-1908"),
        ("Géomètre", "surveyor-1908"),
        ("Aval 1931", "Aval 1931"),
    ],
)
def test_a_source_is_known_by_what_people_write_for_it(said: str, ident: str) -> None:
    rest = {key: value for key, value in REST.items() if key != "source"}
    sheet = xlsx([("id", "best", "source", *rest), ("d-x-1", 5, said, *rest.values())])
    assert cells(proposed(sheet, constants={}), "source") == [[ident]]


# ---- What is unclear is asked, never guessed ----


def test_a_point_before_three_digits_is_asked_about_with_what_the_column_shows() -> None:
    raw = csv_of_excel([("id", "best"), ("d-x-1", "1.234"), ("d-x-2", "12,5")])
    assert doubts(proposed(raw)) == [
        (
            'B2 unclear-number: best: "1.234" may be 1234 or 1.234 | '
            "say --decimal ',' (1234) or --decimal '.' (1.234); B3 of the same column is “12,5”"
        )
    ]
    assert cells(proposed(raw, ways=Ways(decimal=",")), "best") == [["1234"], ["12.5"]]
    [doubt] = doubts(proposed(raw, ways=Ways(decimal=".")))
    assert doubt.startswith('B3 unclear-number: best: "12,5" has a comma before its decimals')


def test_a_day_that_may_be_a_month_is_asked_about() -> None:
    raw = xlsx([("id", "date"), ("d-x-1", "03/04/1907"), ("d-x-2", "25.12.1907"), ("d-x-3", "3/4/07")])
    said = doubts(proposed(raw))
    assert said[0] == (
        'B2 unclear-date: date: "03/04/1907" may be 1907-04-03 or 1907-03-04 | '
        "say --day-first (1907-04-03) or --month-first (1907-03-04); B3 of the same column is “25.12.1907”"
    )
    assert said[1].startswith('B4 unclear-date: date: "3/4/07" does not say its century')
    assert cells(proposed(raw, ways=Ways(order="day")), "date") == [["1907-04-03"], ["1907-12-25"]]
    assert (
        '"25.12.1907" has its day first, against --month-first'
        in doubts(proposed(raw, ways=Ways(order="month")))[0]
    )


def percent(sheet: Any) -> None:
    sheet["B2"].number_format = "0%"


def test_a_percentage_is_asked_about() -> None:
    raw = xlsx([("id", "best"), ("d-x-1", 0.73), ("d-x-2", "12,5 %")], percent)
    assert [d.split(" | ")[1] for d in doubts(proposed(raw))] == [
        "say --percent shown (73) or --percent stored (0.73)",
        "say --percent shown (12.5) or --percent stored (0.125)",
    ]
    assert cells(proposed(raw, ways=Ways(percent="shown")), "best") == [["73"], ["12.5"]]
    assert cells(proposed(raw, ways=Ways(percent="stored")), "best") == [["0.73"], ["0.125"]]
    in_ods = ods([("id", "best"), ("d-x-1", ods_cell(0.73).replace('"float"', '"percentage"'))])
    assert cells(proposed(in_ods, ways=Ways(percent="shown")), "best") == [["73"]]


def test_a_truth_needs_its_word() -> None:
    for raw in (xlsx([("id", "locator"), ("d-x-1", True)]), ods([("id", "locator"), ("d-x-1", True)])):
        assert doubts(proposed(raw)) == [
            "B2 unclear-cell: locator: the cell holds TRUE | say the word for it: --true yes"
        ]
        assert cells(proposed(raw, ways=Ways(yes="yes")), "locator") == [["yes"]]


def xlsx_of_excel(formula: str, value: float) -> bytes:
    """A workbook that keeps what a formula made, as Excel saves it and openpyxl cannot."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "best"])
        sheet.write_string(1, 0, "d-x-1")
        sheet.write_formula(1, 1, formula, None, value)
    return out.getvalue()


def test_a_formula_counts_by_the_value_that_was_saved_and_is_said_when_there_is_none() -> None:
    raw = xlsx([("id", "best"), ("d-x-1", "=40+2"), ("d-x-2", "#REF!")])
    assert (
        "B2 unclear-cell: best: a formula, =40+2, whose value the file does not hold"
        in doubts(proposed(raw))[0]
    )
    assert "B3 unclear-cell: best: the cell holds #REF!" in doubts(proposed(raw))[1]
    in_ods = ods([("id", "best"), ("d-x-1", ods_cell(42, 'table:formula="of:=40+2"'))])
    for kept, formula in ((in_ods, "of:=40+2"), (xlsx_of_excel("=40+2", 42), "=40+2")):
        proposal = proposed(kept)
        assert cells(proposal, "best") == [["42"]]
        assert f"best: B2: 42, made by {formula} when the sheet was last saved" in proposal.remarks


def joined(sheet: Any) -> None:
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True


def test_joined_cells_are_asked_about_and_what_is_hidden_is_said() -> None:
    raw = xlsx([("id", "date", "best"), ("d-x-1", "1907", 5), ("d-x-2", None, 6)], joined)
    assert [d.split(" | ")[0] for d in doubts(proposed(raw))] == [
        "B2 unclear-cell: date: a part of the joined cells B2:B3",
        "B3 unclear-cell: date: a part of the joined cells B2:B3",
    ]
    proposal = proposed(raw, fill_merged=True)
    assert cells(proposal, "date", "best") == [["1907", "5"], ["1907", "6"]]
    assert "hidden in the sheet, and read like the others: row 3" in proposal.remarks
    assert "hidden in the sheet, and read like the others: column C (best)" in proposal.remarks


def test_a_page_that_excel_took_for_a_date_is_no_page() -> None:
    raw = xlsx([("id", "locator"), ("d-x-1", dt.date(2026, 4, 3))])
    assert "the sheet took what was typed for a date, 2026-04-03" in doubts(proposed(raw))[0]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("?", "leave the cell empty"),
        ("300-400", "write the two ends into the columns low and high"),
        ("env. 500", "write digits alone"),
    ],
)
def test_what_is_no_number_says_what_to_do(text: str, hint: str) -> None:
    [doubt] = doubts(proposed(xlsx([("id", "best"), ("d-x-1", text)])))
    assert hint in doubt


# ---- Dates ----


@pytest.mark.parametrize(
    ("value", "form", "date"),
    [
        (dt.datetime(1907, 4, 3), "dd/mm/yyyy", "1907-04-03"),  # noqa: DTZ001 - a sheet knows no zone
        (dt.datetime(1907, 4, 1), "mmm\\ yyyy", "1907-04"),  # noqa: DTZ001
        (dt.datetime(1907, 1, 1), "yyyy", "1907"),  # noqa: DTZ001
        (dt.datetime(1907, 4, 3), "[$-40C]d mmmm yyyy;@", "1907-04-03"),  # noqa: DTZ001
        (1907, "", "1907"),
        (1907.0, "", "1907"),
        ("12/07/1899", "", ""),
        ("14 juillet 1899", "", "1899-07-14"),
        ("1er août 1899", "", "1899-08-01"),
        ("July 14, 1899", "", "1899-07-14"),
        ("14th of", "", ""),
        ("07/1899", "", "1899-07"),
        ("1899-07-14 00:00:00", "", "1899-07-14"),
        ("1899~", "", "1899~"),
        ("1899-07-14/1899-07-20", "", "1899-07-14/1899-07-20"),
        ("31/02/1899", "", ""),
        (14440, "", ""),
        (dt.datetime(1907, 4, 3, 14, 30), "", ""),  # noqa: DTZ001
    ],
)
def test_a_date_is_taken_as_far_as_its_sheet_shows_it(value: Any, form: str, date: str) -> None:
    read = date_of(SheetCell(value, form), "", ("fr", "en"))
    assert (read.text if isinstance(read, Read) else "") == date


def since_1904(sheet: Any) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    sheet.parent.epoch = CALENDAR_MAC_1904


def test_the_calendar_of_old_macintoshes_is_read_as_it_counts() -> None:
    rows = [("id", "date"), ("d-x-1", dt.date(1907, 4, 3))]
    for change in (None, since_1904):
        proposal = proposed(xlsx(rows, change))
        assert cells(proposal, "date") == [["1907-04-03"]]
        assert any("from 1904" in remark for remark in proposal.remarks) == (change is not None)


# ---- What is there already ----


def test_a_changed_value_is_shown_and_stays_unless_it_is_to_be_replaced() -> None:
    raw = xlsx(
        [("id", "best", "note_en"), ("d-flooded-claim", 5001, "Written after a lawsuit."), ("d-x-1", 7, None)]
    )
    kept, taken = proposed(raw, constants={}), proposed(raw, constants={}, replace=True)
    [change] = kept.changes
    assert (change.ident, change.column, change.before, change.after) == (
        "d-flooded-claim",
        "best",
        "5000",
        "5001",
    )
    assert b",5000," in kept.after
    assert b",5001," not in kept.after
    assert b",5001," in taken.after
    assert taken.after.count(b"\n") == kept.after.count(b"\n") == FILES["data/damages.csv"].count(b"\n") + 1


def test_what_is_the_same_changes_nothing() -> None:
    table = [record.cells for record in read_table_text(FILES["data/damages.csv"]).records]
    outcome = import_table(FILES, "damages", csv_of_excel(table, "utf-16"), "x.csv", Asked(replace=True))
    assert isinstance(outcome, Proposal)
    assert (outcome.problems, outcome.changes, outcome.added) == ([], [], [])
    assert outcome.after == FILES["data/damages.csv"]


def test_rows_without_an_id_are_refused_or_given_one_once() -> None:
    raw = xlsx([("best", "date"), (5, "1907"), (6, "1907"), (6, "1907")])
    assert [p.code for p in proposed(raw).problems] == ["no-id"] * 3
    proposal = proposed(raw, ids="d-flooded-paper")
    assert proposal.added == ["d-flooded-paper-1", "d-flooded-paper-2", "d-flooded-paper-3"]
    again = import_table(
        {**FILES, "data/damages.csv": proposal.after},
        "damages",
        raw,
        "x",
        Asked(constants=REST, ids="d-flooded-paper"),
    )
    assert isinstance(again, Proposal)
    assert again.problems == []
    assert again.after == proposal.after


def test_an_id_that_stands_twice_in_a_sheet_is_refused() -> None:
    proposal = proposed(xlsx([("id", "best"), ("d-x-1", 5), ("d-x-1", 6)]))
    assert [str(p).splitlines()[0] for p in proposal.problems] == [
        'sheet.xlsx:3: duplicate-id: "d-x-1" stands in row 2 already'
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_file_keeps_its_own_way_of_writing(mark: bytes, ending: str, end: bool, quoted: bool) -> None:
    first, second = ('"id","a"', '"x","1,5"') if quoted else ("id,a", 'x,"1,5"')
    text = f"{first}{ending}{second}" + (ending if end else "")
    raw = mark + text.encode()
    new = '"y","b"' if quoted else "y,b"
    table = read_table_text(raw)
    assert table.written({}, []) == raw
    assert table.written({}, [["y", "b"]]) == mark + f"{first}{ending}{second}{ending}{new}{ending}".encode()
    changed = '"x","2"' if quoted else "x,2"
    assert table.written({2: ["x", "2"]}, []).startswith(mark + f"{first}{ending}{changed}{ending}".encode())


# ---- Files that are no spreadsheet ----


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), raw)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ODS_LOCKED = zipped(content_xml=b"x", **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"})
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b"\r\n \r\n", "the file is empty"),
        (OLE + "Workbook".encode("utf-16-le"), "a workbook of Excel 97 (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (ODS_LOCKED, "locked with a password"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "a web page that was saved under the name"),
        ("<html><table>".encode("utf-16"), "a web page that was saved under the name"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "XML, not a spreadsheet",
        ),
        (b"%PDF-1.7 ", "a document, not a spreadsheet"),
        (zipped(xl__workbook_bin=b"x"), "a binary workbook of Excel (.xlsb)"),
        (zipped(word__document_xml=b"x"), "a document of Word"),
        (zipped(a=b"x"), "an archive that holds no spreadsheet"),
        (zipped(xl__workbook_xml=b"<workbook/>"), "the workbook cannot be read"),
        (zipped(content_xml=ENTITIES), "the file declares entities"),
        (zipped(content_xml=b"<a>"), "the file is broken"),
        (zipped(content_xml=b"<a/>"), "a document of LibreOffice without a sheet"),
        (xlsx([("id",)])[:-40], "the file is broken"),
        (b"PK\x03\x04 and nothing more", "the file is broken"),
        (b'id;best\n"d-x-1;5\n', "line 2: unexpected end of data"),
        (b'id;best\nd-x-1;"5\n' + b"d-x-2;6\n" * 20_000, "line 2: field larger than field limit"),
        (b"binary \x00 data", "the file holds NUL characters"),
        (xlsx([]), "the sheet is empty"),
        (xlsx([("a", "b"), (1, 2)]), "no column of the sheet is called as a column of damages"),
    ],
)
def test_what_is_no_spreadsheet_is_named_with_what_to_do(raw: bytes, said: str) -> None:
    text = refused(raw)
    assert text.startswith("sheet.xlsx:1: unreadable-file: ")
    assert said in text
    assert "\n    hint: " in text


def test_an_archive_that_would_fill_the_memory_is_not_unpacked() -> None:
    bomb = zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=bytes(140_000_000))
    assert len(bomb) < 1_000_000
    assert "unpacked, the workbook would have 140 MB" in refused(bomb)


def far(sheet: Any) -> None:
    sheet["XFD1048576"] = "x"


def test_a_cell_at_the_edge_of_the_world_is_named() -> None:
    assert "XFD1048576 of the sheet Feuil1 is far from everything else" in refused(xlsx([("id",)], far))


def test_a_csv_that_may_be_parted_in_two_ways_is_asked_about() -> None:
    raw = b"id;best,date\nd-x-1;5,1907\n"
    assert "its cells may be parted by semicolons or by commas" in refused(raw)
    assert cells(proposed(b"sep=;\r\n" + raw, columns={"B": "locator"}), "locator") == [["5,1907"]]
    assert "cells cannot be parted by ';;'" in refused(raw, delimiter=";;")


def test_a_table_that_is_not_there_is_named() -> None:
    assert 'the data package has no table "damage"' in refused(b"id\n", "damage")
    assert cells(proposed(xlsx([("id", "best"), ("d-x-1", 5)]), table="data/damages.csv"), "best") == [["5"]]


def test_digits_that_a_computation_left_over_are_no_figure() -> None:
    proposal = proposed(ods([("id", "best"), ("d-x-1", 0.1 + 0.2)]))
    assert cells(proposal, "best") == [["0.3"]]
    assert "best: B2: 0.30000000000000004 read as 0.3: of fifteen digits a sheet is sure" in proposal.remarks


def test_the_line_by_which_excel_says_what_parts_cells_is_no_row() -> None:
    proposal = proposed(b"sep=;\r\nid;best\r\nd-x-1;5\r\n")
    assert "header in row 1, rows down to 2" in proposal.remarks


# ---- Laws ----


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_survives_a_sheet(number: int) -> None:
    assert plain_number(number) == plain_number(float(number)) == str(number)
    assert read_number(f"{number:,}".replace(",", "\u202f"), "") in {
        Read(str(number)),
        Read(str(number), f"“{number:,}” read as {number}".replace(",", "\u202f")),
    }


@given(st.text(max_size=12), st.sampled_from(["", ",", "."]))
def test_any_text_is_a_number_or_a_doubt(text: str, decimal: str) -> None:
    assert isinstance(read_number(text, decimal), Read | Doubt)


@given(st.text(max_size=14), st.sampled_from(["", "day", "month"]))
def test_any_text_is_a_date_or_says_why_not(text: str, order: str) -> None:
    read = date_of(SheetCell(text), order, ("fr", "en"))
    assert read.text if isinstance(read, Read) else read.message and read.hint


def test_columns_are_called_as_table_programs_call_them() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


# ---- The command ----


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["import", *words], catch_exceptions=False)


def test_the_command_shows_a_diff_and_writes_only_when_asked(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    table = root / "data" / "damages.csv"
    sheet = tmp_path / "pertes.xlsx"
    sheet.write_bytes(xlsx([("id", "best", *REST), ("d-x-1", 5, *REST.values())]))
    before = table.read_bytes()
    shown = run("damages", str(sheet), "--root", str(root))
    assert shown.exit_code == 0, shown.output
    assert "+d-x-1,t-flooded,upstream,houses,flooded,,5,,house,,,,survey,,gazette-1907" in shown.output
    assert "nothing is written: say --write to write it" in shown.output
    assert table.read_bytes() == before
    written = run("damages", str(sheet), "--root", str(root), "--write")
    assert written.exit_code == 0, written.output
    assert table.read_bytes().startswith(before)
    assert table.read_bytes() != before
    again = run("damages", str(sheet), "--root", str(root), "--write")
    assert "nothing to write: the data have all of it" in again.output


def test_the_command_writes_nothing_while_something_is_unclear(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    sheet = tmp_path / "pertes.csv"
    sheet.write_bytes(
        csv_of_excel(
            [("id", "best", *REST), ("d-x-1", "1.234", *REST.values()), ("d-x-2", 5, *REST.values())]
        )
    )
    before = (root / "data" / "damages.csv").read_bytes()
    done = run("damages", str(sheet), "--root", str(root), "--write")
    assert done.exit_code == 1
    assert "pertes.csv:2:B2: unclear-number: best:" in done.output
    assert (root / "data" / "damages.csv").read_bytes() == before
    partly = run("damages", str(sheet), "--root", str(root), "--write", "--leave-out")
    assert partly.exit_code == 0, partly.output
    assert b"d-x-2" in (root / "data" / "damages.csv").read_bytes()
    assert b"d-x-1" not in (root / "data" / "damages.csv").read_bytes()


def test_the_command_says_what_a_check_finds_in_what_it_would_write(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    sheet = tmp_path / "pertes.csv"
    sheet.write_bytes(b"id;best;unit\nd-x-1;5;maison-forte\n")
    done = run("damages", str(sheet), "--root", str(root))
    assert done.exit_code == 1
    assert "data/damages.csv:10:topic: required: the cell is empty" in done.output


def test_what_is_unclear_and_what_a_check_would_find_are_said_together_each_once(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    sheet = tmp_path / "pertes.csv"
    rows = "".join(f"d-x-{n};5;{n}/2/1907\n" for n in range(1, 6))
    sheet.write_bytes(f"id;best;date\nd-x-0;5;1907-02-03J/..\n{rows}".encode())
    done = run(
        "damages",
        str(sheet),
        "--root",
        str(root),
        "--write",
        *(f"--set={k}={v}" for k, v in REST.items() if k != "nature"),
    )
    assert done.exit_code == 1
    assert "a check would find in data/damages.csv, as it would be:" in done.output
    assert "data/damages.csv:10:nature: required" in done.output
    assert "pertes.csv:3:C3: unclear-date" in done.output
    assert (root / "data" / "damages.csv").read_bytes() == FILES["data/damages.csv"]
    sheet.write_text("best;date\n" + "5;1907\n" * 6, encoding="utf-8")
    none = run("damages", str(sheet), "--root", str(root))
    assert none.output.count("the row has no id") == 1
    assert "likewise in 5 more rows: 3–7" in none.output
    assert "--ids damages makes “damages-1”" in none.output


def test_a_folder_or_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    for path, said in ((tmp_path, "is a folder: name the file in it"), (tmp_path / "no", "No such file")):
        done = run("damages", str(path), "--root", str(root))
        assert done.exit_code == 2
        assert said in done.output
        assert len(done.output.splitlines()) == 1
