"""A few laws that hold for every input Hypothesis can think of."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from generator import build as building
from generator.language.typography import typeset
from generator.ledger.edtf import EdtfError, parse
from generator.ledger.tables import Row, read_rows
from generator.problems import Problem

TINY = Path(__file__).parent / "datasets" / "tiny"
CSV_FILES = sorted(path.name for path in (TINY / "data").glob("*.csv"))
COLUMNS = ["id", "note", "more"]

lawful = settings(deadline=None, derandomize=True, max_examples=60)

# ---- Tables ------------------------------------------------------------------------------------

pieces = st.sampled_from(["a", "é", "ハ", "1", " ", ",", ";", '"', "'", "\n", "\r\n", "<b>", "{{"])
cells = st.lists(pieces, max_size=6).map("".join)
records = st.lists(st.tuples(cells, cells, cells), max_size=8)


@given(records=records, ending=st.sampled_from(["\n", "\r\n"]), mark=st.booleans())
@lawful
def test_records_come_back_from_the_line_they_start_on(
    records: list[tuple[str, str, str]], ending: str, mark: bool
) -> None:
    expected, text = [], ",".join(COLUMNS) + ending
    for record in records:
        tidy = (" ".join(cell.split()) for cell in record)
        line = text.count("\n") + 1
        expected.append(Row("t.csv", line, dict(zip(COLUMNS, tidy, strict=True))))
        out = io.StringIO()
        csv.writer(out, lineterminator=ending, quoting=csv.QUOTE_ALL).writerow(record)
        text += out.getvalue()
    raw = text.encode("utf-8-sig" if mark else "utf-8")
    assert list(read_rows("t.csv", raw, COLUMNS)) == expected


@given(raw=st.binary(max_size=60))
@lawful
def test_any_bytes_are_rows_or_problems_of_lines_that_exist(raw: bytes) -> None:
    found = list(read_rows("t.csv", b"id,note,more\n" + raw, COLUMNS))
    lines = [item.line if isinstance(item, Row) else item.location.line for item in found]
    last = len(re.findall(rb"\r\n|\r|\n", raw)) + 2
    assert [line for line in lines if not 1 <= line <= last] == []


# ---- Dates and typography ----------------------------------------------------------------------


@given(text=st.text(alphabet="0123456789X-/~?%[],.", max_size=24))
@example("9999-24")
@example("1907-04-X3")
@lawful
def test_any_text_is_a_date_with_ordered_bounds_or_is_refused(text: str) -> None:
    try:
        date = parse(text)
    except EdtfError:
        return
    assert (date.text, min(date.earliest, date.latest)) == (text, date.earliest)


typed = st.lists(
    st.sampled_from(
        [" ", "\u00a0", "\u202f", ";", "!", "?", ":", "«", "»", "%", "1", "23", "456", "km", "a",
         "p.", "n°", "no", "\n", ".", ","]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(text=typed | st.text(max_size=20))
@example("1 234 567")
@settings(lawful, max_examples=400)
def test_setting_spaces_twice_is_setting_them_once(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@given(text=typed)
@settings(lawful, max_examples=200)
def test_setting_spaces_changes_nothing_but_spaces_and_the_sign_of_a_number(text: str) -> None:
    def bare(said: str) -> str:
        return "".join(re.sub(r"\bn[°ºo](?=\s*\d)", "nº", said).split())

    assert bare(typeset(text, "fr")) == bare(text)


# ---- A whole documentary -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny() -> Iterator[Path]:
    """Return a copy of the tiny documentary, for every example to spoil and to mend."""
    with tempfile.TemporaryDirectory() as folder:
        ignored = shutil.ignore_patterns("build", "site")
        yield Path(shutil.copytree(TINY, Path(folder) / "tiny", ignore=ignored))


def check_with(
    root: Path, name: str, raw: bytes, *, formatted: bool = False
) -> building.Checked | list[Problem]:
    """Check the documentary with other bytes in one file, and put the file back."""
    path = root / "data" / name
    before = path.read_bytes()
    path.write_bytes(raw)
    try:
        return building.check(root, lambda _: None, formatted=formatted)
    finally:
        path.write_bytes(before)


def claim_rows(checked: building.Checked | list[Problem]) -> dict[str, set[str]]:
    """Return the rows of every table of claims, by language and page, without their order."""
    assert isinstance(checked, building.Checked)
    return {
        f"{code}/{page.path}": set(re.findall(r"<tr id=.*?</tr>", page.markdown, re.DOTALL))
        for code, site in checked.sites.items()
        for page in site.pages
        if page.path in {"index", "ledger/damages"}
    }


DAMAGES = (TINY / "data" / "damages.csv").read_text(encoding="utf-8").splitlines()


@given(rows=st.permutations(DAMAGES[1:]))
@settings(lawful, max_examples=6)
def test_the_order_of_rows_changes_no_row_that_a_reader_sees(tiny: Path, rows: list[str]) -> None:
    raw = "\n".join([DAMAGES[0], *rows]).encode() + b"\n"
    shown = claim_rows(check_with(tiny, "damages.csv", raw, formatted=True))
    counts = {page: len(found) for page, found in shown.items()}
    assert counts == {"fr/index": 3, "fr/ledger/damages": 8, "en/index": 3, "en/ledger/damages": 8}
    assert shown == claim_rows(building.check(tiny, lambda _: None, formatted=True))


def test_checking_twice_renders_the_same_pages(tiny: Path) -> None:
    one, two = (building.check(tiny, lambda _: None) for _ in range(2))
    assert isinstance(one, building.Checked)
    assert isinstance(two, building.Checked)
    assert one.sites["fr"].pages == two.sites["fr"].pages
    assert one.sites["en"].pages == two.sites["en"].pages


def well_formed(found: building.Checked | list[Problem]) -> bool:
    """Whether a check passed, or gave problems that name a file of the documentary and a line."""
    return isinstance(found, building.Checked) or (
        found == sorted(found)
        and all(p.location.line >= 1 and p.location.file.startswith(("data/", "docs/")) for p in found)
    )


edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 4),
        st.binary(max_size=3) | st.sampled_from([b",", b'"', b"\n", b"\r", b"\x00", b";", b"\xff"]),
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.slow
@given(name=st.sampled_from(CSV_FILES), edits=edits)
@settings(lawful, max_examples=80)
def test_no_mistake_in_the_bytes_of_a_table_stops_the_check(
    tiny: Path, name: str, edits: list[tuple[float, int, bytes]]
) -> None:
    raw = (tiny / "data" / name).read_bytes()
    for where, length, new in edits:
        start = int(where * len(raw))
        raw = raw[:start] + new + raw[start + length :]
    assert well_formed(check_with(tiny, name, raw))


#: Cells that people and spreadsheets write, and worse.
ODD = [
    "", "0", "-1", "1e9", "1E400", "NaN", "#REF!", "01/04/1907", "1907-24", "9999-24", "1907-04-1X",
    "1907-04-X3", "[1907,1908]", "../1907", "25:99", "5:45", "05:45/", "a;b", ";", "high", "survey",
    "t-level", "d-level", "upstream", "keeper-anne", "<script>", "{{ n(1) }}", "{%", "{#", "{}",
    "%s", "=1+1", "fr: a | en: b", "fr: ", "|", "'", '"', "١", "²", "é" * 300, "\u2028", "\u202e",
    "99999999999999999999999999999999", "0.00000000000000000001", "-0",
]  # fmt: skip


@pytest.mark.slow
@given(
    name=st.sampled_from(CSV_FILES),
    where=st.integers(0, 30),
    column=st.integers(0, 30),
    cell=st.sampled_from(ODD),
)
@settings(lawful, max_examples=80)
def test_no_cell_stops_the_check(tiny: Path, name: str, where: int, column: int, cell: str) -> None:
    text = (tiny / "data" / name).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    assume(len(rows) > 1)  # a table may be empty
    row = rows[1 + where % (len(rows) - 1)]
    row[column % len(row)] = cell
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert well_formed(check_with(tiny, name, out.getvalue().encode()))


@given(name=st.sampled_from(CSV_FILES), line=st.integers(0, 30), twice=st.booleans())
@settings(lawful, max_examples=30)
def test_no_row_lost_or_doubled_stops_the_check(tiny: Path, name: str, line: int, twice: bool) -> None:
    lines = (tiny / "data" / name).read_bytes().splitlines(keepends=True)
    place = line % len(lines)
    lines[place : place + 1] = [lines[place]] * (2 if twice else 0)
    assert well_formed(check_with(tiny, name, b"".join(lines)))
