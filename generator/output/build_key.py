"""Files go in; one digest comes out, so that a build that would make the same site need not run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

#: What a site is made of, below the folder of its documentary.
INPUTS = ("data", "docs", "overrides", "mkdocs.yml")

#: Folders that others fill, from what is pinned beside them.
SKIPPED = {"__pycache__", "node_modules"}


def digest(paths: Iterable[Path], words: Iterable[str] = ()) -> str:
    """Return the digest of every file in and below *paths*, by name and content, and of *words*."""
    found = hashlib.sha256()
    for word in words:
        found.update(f"{word}\0".encode())
    for top in paths:
        below = sorted(p for p in top.rglob("*") if p.is_file()) if top.is_dir() else [top]
        for path in below:
            if path.is_file() and not SKIPPED & set(path.parts):
                found.update(f"{path.relative_to(top.parent).as_posix()}\0".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def digest_of_inputs(root: Path, home: Path, words: Iterable[str]) -> str:
    """Return the digest of a documentary, of the generator and its pinned packages, and of *words*."""
    ours = [home / "generator", home / "requirements"]
    return digest([*(root / name for name in INPUTS), *ours], words)
