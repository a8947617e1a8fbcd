"""Each case edits the tiny documentary and states the exact lines a historian then reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator import build as building
from generator.problems import RULES, Location, Problem, did_you_mean, gathered, runs, summary

HERE = Path(__file__).parent
TINY = HERE / "datasets" / "tiny"
CASES = sorted((HERE / "cases" / "problems").glob("*.txt"))


def read_case(text: str) -> tuple[list[tuple[str, str, str]], str]:
    """Return the edits of a case (file, old, new) and the lines it expects."""
    edits_text, expected = text.split("# problems\n")
    edits = []
    for block in re.split(r"^== ", edits_text, flags=re.MULTILINE)[1:]:
        file, *lines = block.rstrip("\n").split("\n")
        old = [line[2:] for line in lines if line.startswith("- ")]
        new = [line[2:] for line in lines if line.startswith("+ ")]
        edits.append((file.strip(), "\n".join(old), "\n".join(new)))
    return edits, expected.rstrip("\n")


def apply_edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace *old* by *new* in a file; without *old* append; without either remove the file."""
    path = root / file
    if not old and not new:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if old:
        assert text.count(old) == 1, f"{file}: {old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    else:
        text += new + "\n"
    path.write_text(text, encoding="utf-8")


def copy_tiny(folder: Path) -> Path:
    """Copy the inputs of the tiny documentary."""
    root = folder / "tiny"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("build", "site"))
    return root


def check_lines(root: Path) -> str:
    """Check a documentary; return its problems as a person reads them."""
    found = building.check(root, lambda _: None)
    return "\n".join(str(p) for p in found) if isinstance(found, list) else ""


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_a_mistake_is_said_with_its_place_and_what_to_do(case: Path, tmp_path: Path) -> None:
    """The whole list is compared, so that a second, unexpected problem fails too."""
    edits, expected = read_case(case.read_text(encoding="utf-8"))
    root = copy_tiny(tmp_path)
    for edit in edits:
        apply_edit(root, *edit)
    assert check_lines(root) == expected


def test_the_tiny_documentary_has_no_problem(tmp_path: Path) -> None:
    """Every case starts from here."""
    assert check_lines(copy_tiny(tmp_path)) == ""


#: Codes that only a built site or the engine can give; `test_site.py` and `test_print.py` have their cases.
OF_THE_SITE = {
    "broken-link",
    "missing-pair",
    "missing-picture",
    "early-script",
    "no-letter",
    "foreign-request",
    "mark-left",
    "duplicate-anchor",
    "weak-policy",
    "one-heading",
    "missing-address",
    "wrong-sitemap",
    "bad-feed",
    "engine-warning",
    "unprintable",
    "print-warning",
}
#: Codes of the catalogues, of bytes that a text case cannot hold, and of every page of a documentary; tested
#: beside their module.
ELSEWHERE = {
    "tells-more",
    "betrays-place",
    "unlisted-file",
    "no-form",
    "not-followed",
    "untranslated",
    "unused-message",
    "placeholders",
    "not-utf8",
    "too-many-rows",
}
#: Codes of what is imported, which no check reads; `test_intake.py` and those beside it have their cases.
OF_IMPORTS = {"unreadable-file", "unclear-number", "unclear-date", "unclear-cell", "no-id"}


def test_every_code_has_a_case() -> None:
    """A rule nobody has seen fail is not a rule."""
    cases = [*CASES, *sorted((HERE / "cases" / "pictures").glob("*.txt"))]
    said = "".join(case.read_text(encoding="utf-8").split("# problems\n")[1] for case in cases)
    shown = {code for code in RULES if f": {code}: " in said}
    assert set(RULES) - shown - OF_THE_SITE - ELSEWHERE - OF_IMPORTS == set()


def test_every_code_in_use_has_a_rule() -> None:
    """A code is a promise to the contributor's page."""
    source = "".join(p.read_text(encoding="utf-8") for p in (HERE.parent / "generator").rglob("*.py"))
    used = set(
        re.findall(
            r'(?:Problem\(\s*(?:[\w.]+|[\w.]+\([^()]*(?:\([^()]*\))?[^()]*\)),\s*)"([a-z0-9-]+)"', source
        )
    )
    assert used - set(RULES) == set()
    assert len(used) > 20


def test_a_problem_for_a_workflow_is_one_line_even_when_its_text_has_more() -> None:
    """A line break would end the annotation."""
    problem = Problem(Location("data/a.csv", 3, "low"), "wrong-type", "100%\nof it", "fix")
    said = problem.as_github()
    assert said == "::error file=data/a.csv,line=3,title=wrong-type::low: 100%25%0Aof it (fix)"


def test_the_summary_counts_problems_and_files() -> None:
    """It is the last line a person sees."""
    one = Problem(Location("a", 1), "required", "x")
    assert summary([one]) == "1 problem in 1 file"
    assert summary([one, Problem(Location("b", 1), "required", "x")]) == "2 problems in 2 files"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("we\u200bir", 'it looks like "weir", but for U+200B ZERO WIDTH SPACE'),
        ("we\u0456r", 'it looks like "weir", but for U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I'),
        ("weir\u00a0", 'it looks like "weir", but for U+00A0 NO-BREAK SPACE'),
        ("e\u0301cluse", 'it looks like "écluse", but for U+0301 COMBINING ACUTE ACCENT'),
        ("old\u2011weir", 'it looks like "old-weir", but for U+2011 NON-BREAKING HYPHEN'),
        ("\uff57eir", 'it looks like "weir", but for U+FF57 FULLWIDTH LATIN SMALL LETTER W'),
        (" weir", 'it looks like "weir", but for a space at its beginning or its end'),
        ("wier", 'did you mean "weir"?'),
        ("dune", "otherwise"),
    ],
)
def test_a_sign_that_cannot_be_seen_is_named_where_it_is_the_cause(word: str, hint: str) -> None:
    assert did_you_mean(word, ["weir", "écluse", "old-weir"], "otherwise") == hint


def test_one_mistake_in_many_rows_is_said_once_with_its_lines() -> None:
    empty = [
        Problem(Location("data/a.csv", line, "unit"), "required", "empty", "fill it") for line in (2, 3, 4, 9)
    ]
    other = Problem(Location("data/a.csv", 4, "side"), "required", "empty", "fill it")
    assert list(gathered([*empty, other])) == [
        "data/a.csv:2:unit: required: empty\n    hint: fill it\n    likewise in 3 more rows: 3–4, 9",
        "data/a.csv:4:side: required: empty\n    hint: fill it",
    ]
    assert list(gathered(empty[:3])) == [str(problem) for problem in empty[:3]]
    cells = [Problem(Location("sheet.xlsx", row, f"AB{row}"), "x", "y") for row in range(1, 7)]
    assert list(gathered(cells)) == ["sheet.xlsx:1:AB1: x: y\n    likewise in 5 more rows: 2–6"]


def test_numbers_that_follow_each_other_are_joined() -> None:
    assert runs([9, 3, 4, 5, 3]) == "3–5, 9"
    assert runs([]) == ""
