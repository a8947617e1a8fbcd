"""A check on what a build has kept says what one from nothing says: the same problems, in the same order."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import checking, loading
from generator.ledger.tables import Row
from generator.loading import Inputs, load_files
from generator.output.build_key import maker
from generator.output.memory import Memory
from generator.output.read import read_inputs
from generator.pages import Kept
from generator.problems import Problem
from tests.fuzz import change_of
from tests.test_problems import CASES, TINY, apply_edit, check_lines, copy_tiny, read_case

#: How many documentaries are changed at random, each of them in several places.
SERIES, CHANGES = 8, 3


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a build of the tiny documentary has kept what it made of its pages."""
    memory = Memory(tmp_path_factory.mktemp("kept") / "memory", maker(checking.HOME))
    found = checking.check_read(read_inputs(TINY), lambda _: None, formatted=True, memory=memory)
    assert isinstance(found, checking.Checked)
    memory.close()
    return memory.folder


def remember(root: Path, kept: Path) -> None:
    """Let a check of *root* ask what a build has kept; it writes nothing there."""
    (root / "build").mkdir(exist_ok=True)
    (root / "build" / "memory").symlink_to(kept, target_is_directory=True)


def forget(root: Path) -> None:
    """Let it ask no more."""
    shutil.rmtree(root / "build")


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_a_mistake_is_said_whether_or_not_its_page_is_remembered(
    case: Path, tmp_path: Path, kept: Path
) -> None:
    edits, expected = read_case(case.read_text(encoding="utf-8"))
    root = copy_tiny(tmp_path)
    remember(root, kept)
    for edit in edits:
        apply_edit(root, *edit)
    assert check_lines(root) == expected


@pytest.mark.parametrize("seed", range(SERIES))
def test_changes_at_random_are_judged_alike_with_and_without_a_memory(
    seed: int, tmp_path: Path, kept: Path
) -> None:
    chance, root = random.Random(seed), copy_tiny(tmp_path)
    for _ in range(CHANGES):
        change = change_of(root, chance)
        before = (root / change.file).read_bytes()
        (root / change.file).write_bytes(change.raw)
        remember(root, kept)
        on_memory = checking.check(root, lambda _: None)
        forget(root)
        from_nothing = checking.check(root, lambda _: None)
        assert said(on_memory) == said(from_nothing), f"{change.file}: {change.what}"
        if isinstance(from_nothing, list):  # what is refused would hide what comes after
            (root / change.file).write_bytes(before)


@pytest.mark.parametrize("seed", range(SERIES))
def test_changes_at_random_are_judged_alike_with_and_without_what_was_read_before(
    seed: int, tmp_path: Path
) -> None:
    chance, root = random.Random(seed), copy_tiny(tmp_path)
    last = load_files(read_inputs(root))
    assert isinstance(last, Inputs)
    kept = {code: Kept() for code in last.documentary.languages}
    for _ in range(CHANGES):
        change = change_of(root, chance)
        before = (root / change.file).read_bytes()
        (root / change.file).write_bytes(change.raw)
        files = read_inputs(root)
        read, fresh = load_files(files, last), load_files(files)
        if isinstance(read, list) or isinstance(fresh, list):
            assert read == fresh, f"{change.file}: {change.what}"
        else:
            assert read.ledger == fresh.ledger, f"{change.file}: {change.what}"
            kept |= {code: Kept() for code in read.documentary.languages if code not in kept}
            found = checking.check_inputs(read, lambda _: None, formatted=False, kept=kept)
            clean = checking.check_inputs(fresh, lambda _: None, formatted=False)
            assert said(found) == said(clean), f"{change.file}: {change.what}"
            last = read if isinstance(found, checking.Checked) else last
        if last is not read:  # what is refused would hide what comes after
            (root / change.file).write_bytes(before)


def test_only_what_has_changed_since_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above compares two that read everything."""
    root = copy_tiny(tmp_path)
    before = load_files(read_inputs(root))
    assert isinstance(before, Inputs)
    kept = {code: Kept() for code in before.documentary.languages}
    checking.check_inputs(before, lambda _: None, formatted=False, kept=kept)
    apply_edit(root, "data/damages.csv", ",level,,,4.75,,metre", ",level,,,4.85,,metre")
    rows = loading.read_rows
    read: list[str] = []

    def note(file: str, *others: Any) -> Iterator[Row | Problem]:
        read.append(file)
        return rows(file, *others)

    def proofread(*_: object) -> tuple[Problem, ...]:
        read.append("sentences")
        return ()

    monkeypatch.setattr(loading, "read_rows", note)
    monkeypatch.setattr(loading, "read_sources", lambda *_: read.append("sources"))
    monkeypatch.setattr("generator.prose.source.read_markdown", lambda *_: read.append("a page"))
    monkeypatch.setattr("generator.pages.proofreading.check_style", proofread)
    after = load_files(read_inputs(root), before)
    assert isinstance(after, Inputs)
    checking.check_inputs(after, lambda _: None, formatted=False, kept=kept)
    assert read == ["data/damages.csv", "sentences", "sentences"]


def said(found: checking.Checked | list[checking.Problem]) -> list[str]:
    """Return what a check says: its problems or, where there is none, the pages and what is behind."""
    if isinstance(found, list):
        return [str(problem) for problem in found]
    pages = [
        f"{code}/{page.path} {page.used} {page.links}" for code, s in found.sites.items() for page in s.pages
    ]
    return [*pages, *(str(notice) for notice in found.notices)]


def test_a_page_that_has_not_changed_is_read_from_memory(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the tests above compare two checks from nothing: for a cell, no text is read again."""
    root = copy_tiny(tmp_path)
    remember(root, kept)
    apply_edit(root, "data/damages.csv", ",level,,,4.75,,metre", ",level,,,4.85,,metre")
    read: list[str] = []
    monkeypatch.setattr("generator.prose.source.read_markdown", lambda body, *_: read.append(body[:40]))
    checking.check(root, lambda _: None)
    assert read == []
