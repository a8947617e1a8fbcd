"""A documentary's folder goes in; what the last build made of it comes out, if it would make the same again.

Asked before anything else is loaded, so that a build that has nothing to do is done at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.output.build_key import build_key
from generator.output.write import write_file


def last_build(
    root: Path, files: Mapping[str, bytes], home: Path, words: Iterable[str]
) -> dict[str, int] | None:
    """Return what the last build counted, or `None` where inputs, generator, options or site are others now.

    Args:
        root: the folder of the documentary.
        files: its files, by path.
        home: the folder of the generator.
        words: the options of the build.
    """
    try:
        note = json.loads(_note(root).read_bytes())
        same = note["inputs"] == build_key(files, home, words) and note["site"] == _listing(root / "site")
        return {str(name): int(count) for name, count in note["built"].items()} if same else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def note_build(
    root: Path, files: Mapping[str, bytes], home: Path, words: Iterable[str], built: Mapping[str, int]
) -> None:
    """Note what a build has made of what, for `last_build`."""
    note = {
        "inputs": build_key(files, home, words),
        "site": _listing(root / "site"),
        "built": dict(built),
    }
    write_file(_note(root), json.dumps(note).encode())


def _note(root: Path) -> Path:
    return root / "build" / "stamp.json"


def _listing(folder: Path) -> str:
    """Return the digest of names, sizes and times of all files below a folder."""
    said: list[str] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for one in found:
                state = one.stat(follow_symlinks=False)
                if stat.S_ISDIR(state.st_mode):
                    waiting.append(one.path)
                else:
                    said.append(f"{one.path[len(str(folder)) :]} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\0".join(sorted(said)).encode()).hexdigest()
