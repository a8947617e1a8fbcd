"""Two checkers of accessible PDFs that know nothing of ours read what we print."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest

pytestmark = [pytest.mark.node, pytest.mark.engine]

#: What `outloud` says of a printed page, and why it stays as it is.
EXPLAINED: Mapping[str, str] = {
    "TAG-002": "running heads are artifacts, as ISO 32000 wants them; their section changes with the "
    "page, so that they do not look like running heads to it",
    "TAG-030": "a drawing cut into slices lies whole behind each window; none is a scan",
    "TBL-014": "the grid of a chart is a drawing, whose alternative text and table say what it shows",
    "ORD-001": "notes and floats are painted where they stand and tagged where they are called",
    "PAG-001": "notes at the foot of three pages that name one source are notes, not running feet",
}
#: What `pdfua` cannot read: it takes the names of a font's encoding for numbers.
UNREADABLE = {"UA-14-001"}


@pytest.fixture(scope="module")
def pdfs(printed_tiny: Path) -> list[Path]:
    return sorted((printed_tiny / "site").glob("*/pdf/**/*.pdf"))


def test_outloud_finds_nothing_that_is_not_explained(pdfs: list[Path]) -> None:
    found = {
        f"{path.parent.parent.name}/{path.stem}: {finding.rule} {finding.message}"
        for path in pdfs
        for finding in outloud.check(str(path)).findings
        if finding.severity != "info" and finding.rule not in EXPLAINED
    }
    assert len(pdfs) > 10
    assert sorted(found) == []


def test_pdfua_finds_nothing(pdfs: list[Path]) -> None:
    for path in pdfs:
        report = pdfua.validate(str(path))
        assert [str(finding) for finding in report.findings] == [], path.name
        skipped = {outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason}
        assert skipped <= UNREADABLE
        assert len(report.outcomes) > 10


def test_the_checkers_see_a_pdf_without_title_language_or_tags(pdfs: list[Path], tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdfs[0].read_bytes())) as pdf:
        for name in ("/Lang", "/StructTreeRoot", "/MarkInfo"):
            del pdf.Root[name]
        pdf.save(tmp_path / "bare.pdf")
    assert outloud.check(str(tmp_path / "bare.pdf")).errors > 0
    assert list(pdfua.validate(str(tmp_path / "bare.pdf")).findings) != []
