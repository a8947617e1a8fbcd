"""The generator packed as a wheel is whole: installed elsewhere, it makes a documentary and builds it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator.drawing import PROGRAMS
from tests.conftest import HOME, copy_documentary, tree_of

pytestmark = [pytest.mark.engine, pytest.mark.node, pytest.mark.slow]
SKIPPED = {"__pycache__", "node_modules"}


def pip(*words: str) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--disable-pip-version-check",
            *words,
            "--quiet",
            "--no-deps",
            "--no-index",
        ],
        check=True,
    )


def sources() -> dict[str, bytes]:
    """Return the files of the generator by path, without what others fill."""
    paths = (path for path in sorted((HOME / "generator").rglob("*")) if not SKIPPED & set(path.parts))
    return {path.relative_to(HOME).as_posix(): path.read_bytes() for path in paths if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, packed from a copy: what packing leaves behind is not left here."""
    top = tmp_path_factory.mktemp("wheel")
    for path, raw in sources().items():
        (top / "project" / path).parent.mkdir(parents=True, exist_ok=True)
        (top / "project" / path).write_bytes(raw)
    for name in ("pyproject.toml", "LICENSE"):
        (top / "project" / name).write_bytes((HOME / name).read_bytes())
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(top / "made"), str(top / "project"))
    [made] = (top / "made").iterdir()
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is installed, as in an environment of its own."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", str(folder), str(wheel))
    (folder / "generator" / PROGRAMS.relative_to(HOME / "generator") / "node_modules").symlink_to(
        PROGRAMS / "node_modules"
    )
    return folder


def run(elsewhere: Path, folder: Path, *words: str) -> str:
    """Run the installed generator in a folder that knows nothing of this one."""
    environment = {**os.environ, "PYTHONPATH": str(elsewhere)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_generator_and_nothing_of_this_documentary(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
        noted = [name for name in archive.namelist() if ".dist-info/" in name]
    assert held == sources()
    assert not [name for name in noted if "LICENSE-DATA" in name]


def test_an_installed_generator_makes_a_documentary_and_builds_it(
    elsewhere: Path, wheel: Path, tmp_path: Path
) -> None:
    if not (PROGRAMS / "node_modules").is_dir():
        pytest.skip("the Node packages are not installed: run `make setup`")
    said = run(elsewhere, tmp_path, "new", "floods", "--languages", "en", "--title", "Floods")
    assert "next: make -C floods serve" in said
    pins = (tmp_path / "floods" / "requirements.txt").read_text(encoding="utf-8")
    assert f"documentary-generator @ {wheel.as_uri()}" in pins
    assert "\nmkdocs-material==" in pins
    assert "no problem" in run(elsewhere, tmp_path / "floods", "check")
    assert "or run: make preview" in run(elsewhere, tmp_path / "floods", "build", "--no-pdf")
    assert (tmp_path / "floods" / "site" / "en" / "how-many.html").is_file()


def test_the_installed_generator_and_this_one_build_the_same_pages(
    elsewhere: Path, built_tiny: Path, tmp_path: Path
) -> None:
    root = copy_documentary(HOME / "tests" / "datasets" / "tiny", tmp_path / "tiny")
    run(elsewhere, root, "build", "--no-pdf")
    assert tree_of(root / "site") == tree_of(built_tiny / "site")
