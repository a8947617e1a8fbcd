"""A fork that tells another story passes the tests of the tool: those of this battle's rows are apart."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.drawing import PROGRAMS
from generator.new import make_documentary
from generator.new.answers import SIDES, TITLE, read_answers
from generator.new.origin import Origin
from tests.conftest import HOME

KEPT = ("generator", "tests", ".github", "handbook", "requirements")
#: Tests that read the data of the repository, and are quick.
ASKED = ("tests/test_docs.py", "tests/test_ledger.py", "tests/test_maps.py", "tests/test_bibliography.py")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """This repository with what `new` makes in the place of its data and prose."""
    ignored = shutil.ignore_patterns("node_modules", "__pycache__", "golden")
    for name in KEPT:
        shutil.copytree(HOME / name, tmp_path / name, ignore=ignored)
    for path in HOME.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
    (tmp_path / PROGRAMS.relative_to(HOME) / "node_modules").symlink_to(PROGRAMS / "node_modules")
    answers = read_answers(TITLE, "fr,en", SIDES, "2026-11-27")
    made = make_documentary(answers, origin=Origin("x", local=False), pins=[])
    for path, raw in made.items():
        if path.startswith(("data/", "docs/", "mkdocs.yml")):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(raw)
    assert CliRunner().invoke(main, ["published", "--root", str(tmp_path)]).exit_code == 0
    return tmp_path


@pytest.mark.battle
@pytest.mark.slow
def test_a_fork_with_other_data_passes(fork: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own tests
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow and not browser",
            *ASKED,
        ],
        cwd=fork,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"\[\d+\] tests/\S+: asks for the data of khalkhin-gol; these are those of", done.stdout)
