"""A documentary's folder goes in; every file it is made of comes out, by path, read once."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
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
            f"{name}{path[len(str(root / name)) :]}".replace(os.sep, "/"): _read(path)
            for name in INPUTS
            for path in _files_in(root / name)
        }
    except OSError as error:
        raise ReadError(f"cannot read: {error.strerror}: {error.filename}") from None


def files_in(top: Path) -> Iterator[Path]:
    """Yield the file *top*, or the files below the folder *top*, sorted; nothing where there is neither.

    A linked folder is read as if it stood there. What programs leave beside a file for themselves
    (`.#index.md`, `._index.md`, `index.md~`, `#index.md#`) and links to nowhere are passed over.
    """
    yield from map(Path, _files_in(top))


def _files_in(top: Path) -> Iterator[str]:
    yield from _below(str(top), frozenset()) if top.is_dir() else [str(top)] if top.is_file() else ()


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - of hundreds of files, a `Path` for each takes longer
        return file.read()


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


def _below(folder: str, above: frozenset[str]) -> Iterator[str]:
    """Yield the files below *folder*, which stands in the real folders *above*: a circle of links ends."""
    real = os.path.realpath(folder)
    if real in above:
        return
    with os.scandir(folder) as there:
        entries = sorted(there, key=lambda entry: entry.name)
    for entry in entries:
        if _left_by_a_program(entry.name):
            continue
        if _is(entry.is_dir):
            yield from _below(entry.path, above | {real})
        elif _is(entry.is_file):
            yield entry.path


def _is(kind: Callable[[], bool]) -> bool:
    """Tell whether an entry is of a kind; a link that leads to itself is of none."""
    try:
        return kind()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return False
        raise


def _left_by_a_program(name: str) -> bool:
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
