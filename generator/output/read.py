"""A documentary's folder goes in; every file it is made of comes out, by path, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

#: What a site is made of, below the folder of its documentary.
INPUTS = ("data", "docs", "overrides", "locale", "mkdocs.yml", "LICENSE-DATA.md")


class ReadError(Exception):
    """A file is there and cannot be read; the message is one line that names it."""


def read_inputs(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file of the documentary in *root*, by its path below it.

    Everything later is made from these: what is saved while a build runs is for the next one.

    Raises:
        ReadError: a file or folder may not be read.
    """
    try:
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for name in INPUTS
            for path in files_in(root / name)
        }
    except OSError as error:
        raise ReadError(f"cannot read: {error.strerror}: {error.filename}") from None


def files_in(top: Path) -> Iterator[Path]:
    """Yield the file *top*, or the files below the folder *top*, sorted; nothing where there is neither.

    A linked folder is read as if it stood there. What programs leave beside a file for themselves
    (`.#index.md`, `._index.md`, `index.md~`, `#index.md#`) and links to nowhere are passed over.
    """
    yield from _below(top, frozenset()) if top.is_dir() else [top] if top.is_file() else ()


def links_in(tops: Iterable[Path]) -> set[Path]:
    """Return what the links in and among *tops* lead to: a watcher does not follow them by itself."""
    steps = {
        step
        for top in tops
        for file in files_in(top)
        for step in (file, *file.parents)
        if step == top or top in step.parents
    }
    return {step.resolve() for step in steps if step.is_symlink()}


def _below(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """Yield the files below *folder*, which stands in the real folders *above*: a circle of links ends."""
    real = folder.resolve()
    if real in above:
        return
    for path in sorted(folder.iterdir()):
        if _left_by_a_program(path.name):
            continue
        if path.is_dir():
            yield from _below(path, above | {real})
        elif path.is_file():
            yield path


def _left_by_a_program(name: str) -> bool:
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
