"""A site that is built on what an earlier build kept is the site of a build from nothing, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TINY, build, copy_documentary

Edit = Callable[[Path], None]


def site_of(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def replaced(path: str, old: str, new: str) -> Edit:
    """Return an edit that replaces some text of a file."""

    def edit(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} does not say {old}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary, built once, with all that the build kept."""
    return build(copy_documentary(TINY, tmp_path_factory.mktemp("kept") / "tiny"))


@pytest.mark.engine
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(replaced("docs/en/index.md", "It lasted", "The flood lasted"), id="a word"),
        pytest.param(replaced("data/damages.csv", "1234", "1235"), id="a cell"),
        pytest.param(replaced("docs/fr/index.md", "title:", "title: Encore"), id="a title"),
    ],
)
def test_a_build_on_what_was_kept_is_a_build_from_nothing(edit: Edit, kept: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(kept, again)
    edit(again)
    clean = copy_documentary(again, tmp_path / "clean")
    assert site_of(build(again)) == site_of(build(clean))
