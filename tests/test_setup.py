"""`make` keeps an environment as its lock files say: what they have new is installed, what left them goes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import HOME

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine"),
]


def pack(shelf: Path, name: str, version: str) -> str:
    """Put a package of one module on the shelf; return its line in a lock file."""
    path, info = shelf / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(zipfile.ZipInfo(file), text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Checkout:
    """A folder with our Makefile and lock files of its own, and a shelf in the place of an index."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelf = folder, folder / "shelf"
        self.shelf.mkdir()
        (folder / "requirements").mkdir()
        for path in ("Makefile", "requirements/prune.py"):
            shutil.copy(HOME / path, folder / path)

    def lock(self, name: str, *packages: tuple[str, str]) -> None:
        lines = "".join(pack(self.shelf, *one) for one in packages)
        (self.folder / "requirements" / f"{name}.txt").write_text(lines, encoding="utf-8")
        stamp = self.folder / ".venv" / f"{name}.stamp"
        if stamp.exists():  # older than the lock, however coarse the clock of the disk
            os.utime(stamp, (0, 0))

    def make(self, target: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "MAKE"))}
        index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.shelf), "PIP_NO_CACHE_DIR": "1"}
        done = subprocess.run(
            ["make", "--no-print-directory", f"PYTHON={sys.executable}", f".venv/{target}.stamp"],  # noqa: S607
            cwd=self.folder,
            env={**kept, **index},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def modules(self) -> dict[str, str]:
        """What is installed, with its version."""
        [site] = (self.folder / ".venv" / "lib").glob("python*/site-packages")
        return {
            path.stem: path.read_text().split("'")[1]
            for path in site.glob("*.py")
            if "VERSION" in path.read_text()
        }

    def file_of(self, name: str) -> int:
        """Return the number that the disk gave to a module's file: another once it was installed anew."""
        [path] = (self.folder / ".venv" / "lib").glob(f"python*/site-packages/{name}.py")
        return path.stat().st_ino


def test_a_changed_lock_file_installs_what_is_other_in_it_and_removes_what_left_it(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.lock("site", ("stays", "1.0"), ("grows", "1.0"), ("leaves", "1.0"), ("moves", "1.0"))
    checkout.lock("dev", ("stays", "1.0"), ("tests", "1.0"))
    checkout.make("site")
    assert checkout.modules == {"stays": "1.0", "grows": "1.0", "leaves": "1.0", "moves": "1.0"}
    checkout.make("dev")
    assert set(checkout.modules) == {"stays", "grows", "leaves", "moves", "tests"}
    before = checkout.file_of("stays")

    checkout.lock("site", ("stays", "1.0"), ("grows", "2.0"))
    checkout.lock("dev", ("stays", "1.0"), ("grows", "2.0"), ("moves", "1.0"))
    checkout.make("dev")
    assert checkout.modules == {"stays": "1.0", "grows": "2.0", "moves": "1.0"}
    assert checkout.file_of("stays") == before


def test_what_packs_the_wheel_is_installed_without_what_the_site_is_built_with(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.lock("site", ("stays", "1.0"))
    checkout.lock("wheel", ("packs", "1.0"))
    checkout.make("wheel")
    assert checkout.modules == {"packs": "1.0"}
    checkout.make("site")
    assert checkout.modules == {"packs": "1.0", "stays": "1.0"}


def test_the_wheel_is_packed_by_what_is_locked_for_it() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["build-system"]["requires"]
    assert project["dependency-groups"]["wheel"] == asked
    for name in ("wheel", "dev"):
        assert all(f"{one} \\\n" in (HOME / "requirements" / f"{name}.txt").read_text() for one in asked)
