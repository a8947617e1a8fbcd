"""A tree of bytes and a folder go in; the folder holds exactly the tree. The only module that writes."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

Tree = Mapping[str, bytes]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class WriteError(Exception):
    """The disk refuses; the message is one line that says where and why."""


@contextmanager
def _writing() -> Iterator[None]:
    """Turn what the system says of a write that fails into one line."""
    try:
        yield
    except OSError as error:
        raise WriteError(f"cannot write: {error.strerror}: {error.filename}") from None


@_writing()
def write_tree(tree: Tree, folder: Path) -> list[str]:
    """Make *folder* hold exactly *tree*; return the paths that had to change.

    A file that has the wanted bytes is not touched, so that a watcher wakes only for what changed.

    Raises:
        ValueError: a path of the tree leads out of the folder.
        WriteError: the disk refuses.
    """
    for path in tree:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            raise ValueError(f"{path!r} leads out of {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    present, folders = _below(folder)
    changed = sorted(path for path in tree if not _holds(folder, path, tree[path], present.get(path)))
    strays = sorted(present.keys() - tree.keys())
    # Written anew, not into what is there: another name of the same file may be somebody's copy of it.
    for path in [*strays, *(path for path in changed if path in present)]:
        (folder / path).unlink()
    for path in reversed(folders):
        if not any((folder / path).iterdir()):  # a file may want the name
            (folder / path).rmdir()
    for path in changed:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(tree[path])
    return changed + strays


def _below(folder: Path) -> tuple[dict[str, int], list[str]]:
    """Return the size of every file below a folder, by path, and the folders, each before those in it.

    What is no file, a link wherever it leads, has the size -1.
    """
    sizes: dict[str, int] = {}
    folders: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(folder / inside) as found:
            for one in found:
                path = f"{inside}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                else:
                    sizes[path] = one.stat().st_size if one.is_file(follow_symlinks=False) else -1
    return sizes, folders


def _holds(folder: Path, path: str, data: bytes, size: int | None) -> bool:
    """Tell whether a file of this *size* holds these bytes; thousands are asked, most of which do."""
    if size != len(data):
        return False
    with open(f"{folder}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - half the time of a `Path`
        return file.read() == data


@_writing()
def write_new(tree: Tree, folder: Path) -> None:
    """Write *tree* into a folder that is new or empty, but for what version control keeps there.

    Raises:
        WriteError: something stands there already, or the disk refuses. Nothing is ever overwritten.
    """
    if folder.exists() and not folder.is_dir():
        raise WriteError(f"{folder} is no folder: nothing was written; give another name")
    if folder.is_dir() and [path for path in folder.iterdir() if path.name != ".git"]:
        raise WriteError(f"{folder} holds files already: nothing was written; give another name")
    for path, raw in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(raw)


def check_target(target: Path) -> None:
    """Refuse a *target* whose place a new site may not take.

    Raises:
        WriteError: it is a link, which would give way to a folder, or a file.
    """
    if target.is_symlink():
        raise WriteError(
            f"{target} is a link to {target.readlink()}: a new site takes the place of the last one whole, "
            "and would take that of the link: remove the link, build, and copy what is in the folder"
        )
    if target.exists() and not target.is_dir():
        raise WriteError(f"{target} is a file: remove it, the site is a folder of that name")


@_writing()
def publish(fresh: Path, target: Path) -> None:
    """Put the finished folder *fresh* in the place of *target* in one step.

    A reader, and a process killed at any moment, sees the old folder whole or the new one whole. The old one
    stays where the new one was: what comes next differs from it in a few files, and has only these to write.

    Raises:
        WriteError: the disk refuses, or *target* is no folder.
    """
    check_target(target)
    if fresh.stat().st_dev != target.parent.stat().st_dev:
        # Only within one file system can a folder change its place in one step.
        near = target.with_name(f".{target.name}.new")
        shutil.rmtree(near, ignore_errors=True)
        shutil.copytree(fresh, near)
        _take_place(near, target)
        shutil.rmtree(near, ignore_errors=True)
    else:
        _take_place(fresh, target)


def _take_place(fresh: Path, target: Path) -> None:
    """Put one folder in the place of another, and that one, if there is one, in the place of the first."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        # Where the system cannot swap two folders, the old one steps aside for an instant;
        # `recover` puts it back if that instant was the last.
        aside = target.with_name(f"{target.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
        fresh.rename(target)
        aside.rename(fresh)


@_writing()
def recover(target: Path) -> None:
    """Put back a folder that stepped aside for a swap that never came to its end."""
    aside = target.with_name(f"{target.name}.old")
    if aside.exists() and not target.exists():
        aside.rename(target)


def _exchange(one: Path, two: Path) -> bool:
    """Swap two folders atomically, as Linux can; return whether it was done."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    names = (os.fsencode(one), os.fsencode(two))
    done = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    return bool(done == 0)


@_writing()
def write_file(path: Path, data: bytes) -> None:
    """Write one file whole: a reader sees the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may write the same file, and two threads of one.
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    fresh.write_bytes(data)
    fresh.replace(path)


@_writing()
def open_lock(path: Path) -> IO[bytes]:
    """Open the file that stands for a lock; it may stay, what counts is who has locked it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("ab")


@_writing()
def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)
