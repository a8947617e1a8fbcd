"""The ledger goes out as a workbook and as a database, the same bytes each time, and comes back as it was."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.intake.proposal import Proposal
from generator.intake.table_text import read_table_text
from generator.intake.tables import Asked, import_table
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.loading import Inputs, load, load_files
from generator.output.read import read_inputs
from generator.site.database import database
from generator.site.workbook import headers, workbook
from tests.conftest import HOME
from tests.test_problems import TINY
from tests.third_language import add_language, catalogue

CODES = ["fr", "en"]


def language(code: str) -> Language:
    [one] = load_languages([code])
    assert isinstance(one, Language)
    return one


@pytest.fixture(scope="module")
def tiny() -> Inputs:
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    return inputs


# ---- There and back ----


@pytest.mark.parametrize(
    ("root", "code"),
    [(TINY, "fr"), (TINY, "en"), pytest.param(HOME, "fr", marks=[pytest.mark.slow, pytest.mark.battle])],
)
def test_a_workbook_that_comes_back_proposes_no_change(root: Path, code: str) -> None:
    inputs = load(root)
    assert isinstance(inputs, Inputs)
    raw = workbook(inputs, language(code))
    # Each is read out of the whole workbook again: of a large one, a table of claims stands for all.
    tables = [table for table in inputs.package.tables if root == TINY or table.role == "claims"]
    for table in tables if root == TINY else tables[:1]:
        outcome = import_table(inputs.files, table.name, raw, "x.xlsx", Asked(replace=True))
        assert isinstance(outcome, Proposal), [table.name, *map(str, outcome)]
        assert (outcome.problems, outcome.changes, outcome.added) == ([], [], []), table.name
        assert outcome.after == inputs.files[f"data/{table.path}"]


# ---- The workbook ----


@pytest.mark.parametrize("code", CODES)
def test_a_workbook_says_first_what_it_is_and_has_a_sheet_for_each_table(tiny: Inputs, code: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(tiny, language(code))))
    titles = [language(code).text(table.titles) for table in tiny.package.tables]
    first, columns, *sheets = book.sheetnames
    assert first == {"fr": "À propos de ce classeur", "en": "About this workbook"}[code]
    assert all(title.startswith(name.rstrip("…")) for name, title in zip(sheets, titles, strict=False))
    assert len(sheets) == len(titles) + 1
    assert max(map(len, book.sheetnames)) <= 31
    about = "\n".join(str(row[0].value) for row in book[first].iter_rows() if row[0].value)
    assert language(code).text(tiny.package.titles) in about
    assert "https://creativecommons.org/licenses/by/4.0/" in about
    assert "EDTF" in about
    assert {row[2].value for row in book[columns].iter_rows(min_row=2)} >= {"best", "locator"}


def test_a_sheet_has_its_titles_above_filters_and_numbers_as_numbers(tiny: Inputs) -> None:
    [table] = [table for table in tiny.package.tables if table.name == "damages"]
    book = openpyxl.load_workbook(io.BytesIO(workbook(tiny, language("fr"))))
    sheet = book[language("fr").text(table.titles)]
    assert [cell.value for cell in sheet[1]] == headers(table, language("fr"))
    assert sheet.freeze_panes == "B2"
    assert str(sheet.auto_filter.ref).startswith("A1:")
    best = table.columns.index("best") + 1
    assert sheet.cell(2, best).value == 1234
    assert sheet.cell(1, best).comment is not None
    dates = [cell.value for cell in sheet["J"]]
    assert "1907-04-01/1907-04-09" in dates


def with_formula() -> Inputs:
    """Tiny with a title that a table program would run."""
    files = dict(read_inputs(TINY))
    name = "data/sources.json"
    files[name] = files[name].replace(b'"title": "', b'"title": "=HYPERLINK(1) ', 1)
    inputs = load_files(files)
    assert isinstance(inputs, Inputs)
    return inputs


def test_a_text_that_begins_as_a_formula_is_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(with_formula(), language("en"))))
    [cell] = [cell for cell in book["Sources"]["C"] if str(cell.value).startswith("=")]
    assert cell.data_type == "s" or cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(workbook(with_formula(), language("en")))) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)
    assert b"<f>" not in sheets
    assert b"HYPERLINK" not in sheets  # it stands among the shared texts


def test_a_workbook_has_the_date_of_the_data_and_no_other(tiny: Inputs) -> None:
    raw = workbook(tiny, language("en"))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count(f"{tiny.documentary.dated}T00:00:00Z") == 2


# ---- The database ----


def opened(raw: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(raw)
    return connection


def test_a_database_has_every_row_typed_and_every_key_lands(tiny: Inputs) -> None:
    with closing(opened(database(tiny))) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in tiny.package.tables:
            [_, *rows] = read_table_text(tiny.files[f"data/{table.path}"]).records
            [(count,)] = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchall()  # noqa: S608
            assert count == sum(any(row.cells) for row in rows), table.name
        row = connection.execute("SELECT best, low, typeof(best) FROM damages WHERE id = 'd-flooded-survey'")
        assert row.fetchone() == (1234, None, "integer")
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (len(tiny.ledger.sources),)
        keys = {(key[2], key[3]) for key in connection.execute('PRAGMA foreign_key_list("damages")')}
        assert {("topics", "topic"), ("sources", "source"), ("vocabulary", "unit")} <= keys


def test_a_database_says_what_it_is_and_what_its_columns_are(tiny: Inputs) -> None:
    with closing(opened(database(tiny))) as connection:
        about = dict(connection.execute("SELECT key, value FROM _about"))
        assert about["date"] == tiny.documentary.dated
        assert "creativecommons.org" in about["licence"]
        query = 'SELECT title FROM _columns WHERE "table" = ? AND "column" = ? AND language = ?'
        assert connection.execute(query, ("damages", "scope", "fr")).fetchone() == ("Portée",)
        [(sql,)] = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'damages'").fetchall()
        assert '"scope" TEXT, -- Scope' in sql


def test_a_view_holds_all_claims_with_their_questions_and_sources(tiny: Inputs) -> None:
    with closing(opened(database(tiny))) as connection:
        rows = connection.execute('SELECT "table", question_title_en, source_title FROM claims').fetchall()
    assert len(rows) == len(tiny.ledger.claims)
    assert all(question and source for _, question, source in rows)


def test_an_id_in_a_list_is_a_row_of_its_own(tiny: Inputs) -> None:
    with closing(opened(database(tiny))) as connection:
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    lists = {f"{t.name}_{f.name}" for t in tiny.package.tables for f in t.fields if f.references}
    assert lists
    assert lists <= names


@pytest.mark.parametrize("make", [database, lambda inputs: workbook(inputs, language("fr"))])
def test_the_bytes_depend_on_the_data_alone(make: object, tiny: Inputs) -> None:
    again = load(TINY)
    assert isinstance(again, Inputs)
    assert callable(make)
    assert make(tiny) == make(again)


# ---- The command ----


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path) -> None:
    files = [tmp_path / "floods.xlsx", tmp_path / "floods.sqlite"]
    words = ["export", "--root", str(TINY), "--language", "en"]
    done = CliRunner().invoke(main, [*words, "--xlsx", str(files[0]), "--sqlite", str(files[1])])
    assert done.exit_code == 0, done.output
    assert [file.read_bytes()[:6] for file in files] == [b"PK\x03\x04\x14\x00", b"SQLite"]
    nothing = CliRunner().invoke(main, words)
    assert (nothing.exit_code, "say what to write" in nothing.output) == (2, True)
    other = CliRunner().invoke(main, ["export", "--root", str(TINY), "--language", "xx", "--xlsx", "x.xlsx"])
    assert (other.exit_code, 'no language "xx"' in other.output) == (2, True)


def test_the_command_speaks_a_language_whose_catalogue_the_documentary_brings(tmp_path: Path) -> None:
    root = add_language(TINY, tmp_path / "floods", "sv", "Svenska")
    book = tmp_path / "floods.xlsx"
    words = ["export", "--root", str(root), "--language", "sv", "--xlsx", str(book)]
    lacking = CliRunner().invoke(main, words)
    assert (lacking.exit_code, "no catalogue of sv" in lacking.output) == (1, True)
    (root / "locale").mkdir()
    (root / "locale" / "sv.po").write_text(catalogue("sv", translated=True), encoding="utf-8")
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert openpyxl.load_workbook(book).sheetnames[0] == "About this workbook"
