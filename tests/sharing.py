"""What several tests need built is built once in a run, by whichever of its processes asks first."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import build as building
from generator.output.lock import alone_in
from generator.output.read import INPUTS

HOME = Path(__file__).parent.parent
TINY = HOME / "tests" / "datasets" / "tiny"


def brought(script: bytes) -> Any:
    """Return what a script brings to a page, as `loadOnce` in `site.js` hands it over."""
    packed = re.fullmatch(rb'packed\((?:"([A-Za-z0-9+/]+=*)"|([{[].*))\);\n', script)
    assert packed, script[:60]
    return json.loads(packed[2] or zlib.decompress(base64.b64decode(packed[1])))


def said_in(file: Path) -> str:
    """Return the text of a published file; of a script that brings data, these as JSON."""
    raw = file.read_bytes()
    return json.dumps(brought(raw), ensure_ascii=False) if raw.startswith(b"packed(") else raw.decode()


class Shared:
    """The folder that all processes of a run share; a fixture of the session says which."""

    folder: Path


def copy_documentary(source: Path, target: Path) -> Path:
    """Copy the parts of a documentary, and nothing that was built from them."""
    target.mkdir(parents=True)
    for name in INPUTS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy(source / name, target / name)
    return target


def build_cold(root: Path, *, pdf: bool = False, address: str = "") -> Path:
    """Build a documentary that must have no problem, on nothing but what its folder holds."""
    found = building.build(root, engine="mkdocs", address=address, announce=lambda _: None, pdf=pdf)
    assert isinstance(found, building.Built), "\n".join(map(str, found))
    return root


def build(root: Path, *, pdf: bool = False, address: str = "") -> Path:
    """Build a documentary that must have no problem, on what the build of the tiny one kept.

    What is tested is the site: that a memory changes no byte of it, test_incremental and test_series say.
    """
    return build_cold(remember(root), pdf=pdf, address=address)


def remember(root: Path, other: Path | None = None) -> Path:
    """Give a documentary the memory of *other*, a built one; without it that of the tiny one."""
    memory = root / "build" / "memory"
    if not memory.exists():
        kept = (other or built_tiny()) / "build" / "memory"
        memory.parent.mkdir(exist_ok=True)
        # Linked, not copied: things in a memory are replaced, never written to.
        shutil.copytree(kept, memory, copy_function=os.link)
    return root


def built_tiny() -> Path:
    """Return the tiny documentary, built without PDFs. Read it; do not change it."""
    return built_once("tiny", lambda root: build_cold(copy_documentary(TINY, root)))


def printed_tiny() -> Path:
    """Return the tiny documentary, built with its PDFs. Read it; do not change it."""
    return built_once("tiny-printed", lambda root: build(copy_documentary(TINY, root), pdf=True))


def built_real() -> Path:
    """Return the documentary of this repository, built with its PDFs. Read it; do not change it."""
    return built_once("real", lambda root: build(copy_documentary(HOME, root), pdf=True))


def built_once(name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder called *name*, unless a process of this run has; one that makes it now is waited for."""
    root, lock = Shared.folder / name, Shared.folder / f"{name}.lock"
    with alone_in(lock, lambda: None):
        if not (lock / "made").exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root)
            (lock / "made").touch()
    return root
