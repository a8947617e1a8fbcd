"""A site that is built on what an earlier build kept is the site of a build from nothing, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import build as building
from generator.__main__ import main
from generator.output.memory import Made
from tests.series import made_once
from tests.sharing import build_cold, copy_documentary

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


def followed_before(root: Path) -> None:
    """Record that all agree, then change one language."""
    done = CliRunner().invoke(
        main, ["translation", "--done", "all", "--on", "2027-05-12", "--root", str(root)]
    )
    assert done.exit_code == 0, done.output
    replaced("docs/en/index.md", "It lasted", "The flood lasted")(root)


#: A catalogue of a documentary's own: of a page it words the very end, and a source without a date.
WORDS = """msgid ""
msgstr "Language: fr"

msgid "The data"
msgstr "Données {words}"

msgid "n.d."
msgstr "sans date {words}"
"""


def words_of_its_own(root: Path) -> None:
    """Build with words of its own, then change nothing but these."""
    sources = json.loads((root / "data/sources.json").read_text(encoding="utf-8"))
    del next(source for source in sources if source["id"] == "downstream-memoir")["issued"]
    (root / "data/sources.json").write_text(json.dumps(sources), encoding="utf-8")
    catalogue = root / "locale/fr.po"
    catalogue.parent.mkdir()
    catalogue.write_text(WORDS.format(words="ouvertes"), encoding="utf-8")
    build_cold(root)
    catalogue.write_text(WORDS.format(words="libres"), encoding="utf-8")


@pytest.fixture(autouse=True, scope="module")
def _once() -> Iterator[None]:
    """Let the builds from nothing draw a figure once: what is asked here is what they keep."""
    with made_once():
        yield


@pytest.fixture(scope="module")
def kept(printed_tiny: Path) -> Path:
    """The tiny documentary, built and printed, with all that its builds kept."""
    return printed_tiny


@pytest.mark.engine
@pytest.mark.parametrize(
    ("edit", "pdf"),
    [
        pytest.param(
            replaced("docs/en/index.md", "It lasted", "The flood lasted"), True, id="a word, printed"
        ),
        pytest.param(replaced("data/damages.csv", "1234", "1235"), False, id="a cell"),
        pytest.param(followed_before, True, id="what a translation follows"),
        pytest.param(words_of_its_own, False, id="words of its own"),
    ],
)
def test_a_build_on_what_was_kept_is_a_build_from_nothing(
    edit: Edit, pdf: bool, kept: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    shutil.copytree(kept, again)
    edit(again)
    clean = copy_documentary(again, tmp_path / "clean")
    assert site_of(build_cold(again, pdf=pdf)) == site_of(build_cold(clean, pdf=pdf))


@pytest.mark.engine
def test_what_is_damaged_in_memory_changes_no_byte(kept: Path, tmp_path: Path) -> None:
    again = shutil.copytree(kept, tmp_path / "again")
    things = sorted(path for path in (again / "build" / "memory").rglob("*") if path.is_file())
    assert len(things) > 100
    for number, path in enumerate(things):
        whole = path.read_bytes()
        path.write_bytes((b"", whole[: len(whole) // 2], b"garbage" * 99, things[0].read_bytes())[number % 4])
    (again / "build" / "stamp.json").write_bytes(b"garbage")
    assert site_of(build_cold(again, pdf=True)) == site_of(kept)


@pytest.mark.engine
def test_what_nothing_changes_is_not_made_again(kept: Path, tmp_path: Path) -> None:
    again = shutil.copytree(kept, tmp_path / "again")
    (again / "build" / "stamp.json").unlink()
    made: list[Made] = []
    building.build(again, engine="mkdocs", address="", announce=lambda _: None, made=made)
    assert made == []
    assert site_of(again) == site_of(kept)
