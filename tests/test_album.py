"""Pictures: what their rows must say, and each mistake with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.album import album
from tests.test_problems import HERE, apply_edit, check_lines, read_case

CASES = sorted((HERE / "cases" / "pictures").glob("*.txt"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return album(tmp_path / "album")


def test_a_documentary_with_pictures_has_no_problem(root: Path) -> None:
    assert check_lines(root) == ""


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_mistake_about_a_picture_is_said_with_its_place_and_what_to_do(case: Path, root: Path) -> None:
    edits, expected = read_case(case.read_text(encoding="utf-8"))
    for edit in edits:
        apply_edit(root, *edit)
    assert check_lines(root) == expected
