"""What something is made from goes in; what was made of it before comes out, if it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from generator.output.build_key import installed
from generator.output.write import note_use, remove, write_file


def makers(code: Iterable[Path], packages: Iterable[str] = ()) -> str:
    """Return a name for those who make something: the bytes of modules and files, the versions of packages.

    What another version made is not what this one would make.
    """
    mixed = hashlib.sha256()
    for path in code:
        mixed.update(hashlib.sha256(path.read_bytes()).digest())
    for package in packages:
        mixed.update(f"{package} {installed(package)}\0".encode())
    return mixed.hexdigest()


class Cache:
    """A folder of files, each named by the digest of all it was made from."""

    def __init__(self, folder: Path, ending: str, made_by: str) -> None:
        """Keep files with this *ending* in *folder*; *made_by* is a name that `makers` gives."""
        self._folder = folder
        self._ending = ending
        self._made_by = made_by

    def find(self, *made_from: str) -> bytes | None:
        """Return what was made from these texts, or nothing."""
        path = self._path(made_from)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        note_use(path)
        return data or None

    def keep(self, data: bytes, *made_from: str) -> None:
        """Keep what was made from these texts."""
        write_file(self._path(made_from), data)

    def _path(self, made_from: Iterable[str]) -> Path:
        mixed = hashlib.sha256(self._made_by.encode())
        for text in made_from:
            mixed.update(hashlib.sha256(text.encode()).digest())
        return self._folder / f"{mixed.hexdigest()}{self._ending}"


def prune(folder: Path, since: int) -> None:
    """Remove what is longest unused from a folder of files, until the rest weighs as much as what is used.

    Args:
        folder: the folder of a cache.
        since: what was made or found since then (nanoseconds, as files count them) is used, and stays.
    """
    files = [(path.stat(), path) for path in folder.rglob("*") if path.is_file()]
    spare = sum(stat.st_size for stat, _ in files if stat.st_mtime_ns >= since)
    idle = [(stat.st_mtime_ns, stat.st_size, path) for stat, path in files if stat.st_mtime_ns < since]
    for _, size, path in sorted(idle, reverse=True):
        spare -= size
        if spare < 0:
            remove(path)
