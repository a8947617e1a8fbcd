"""What Lighthouse says of a page is read from its report; a run that fails is said, and fails nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import audits


def test_the_figures_are_those_of_the_report_and_one_that_is_lacking_is_left_out() -> None:
    scores = {"performance": 0.985, "accessibility": 1, "best-practices": None, "pwa": 1}
    report = json.dumps({"categories": {name: {"score": score} for name, score in scores.items()}})
    assert audits.figures_of(report) == {"performance": 98, "accessibility": 100}


def test_a_line_says_the_worst_and_the_median_of_its_runs() -> None:
    runs = [{"performance": n, "accessibility": 100, "seo": 100} for n in (99, 91, 100)]
    assert audits.line_of("en/index.html", runs) == "| en/index.html | 91 / 99 | 100 / 100 | – | 100 / 100 |"


@pytest.mark.parametrize("program", ["/nowhere/node", "/bin/false"])
def test_a_run_that_fails_says_so(program: str) -> None:
    assert isinstance(audits.read_once("http://127.0.0.1:9/", "/nowhere/chromium", program), str)


def test_the_pages_read_are_those_that_the_site_has(built_tiny: Path) -> None:
    assert audits.languages_of(built_tiny / "site") == ["en", "fr"]
    pages = audits.pages_of(built_tiny / "site", "en")
    assert pages[0] == "en/index.html"
    assert [page for page in pages if page.startswith("en/figures/")]
    assert all((built_tiny / "site" / page).is_file() for page in pages)
