"""The tree of the whole site goes in; the same with zips of it comes out: each language, and the data."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

#: Where the sizes of the downloads go in the pages, once they are known.
SIZE = "\u2060size of {path}\u2060"
DATA = "download/data.zip"


def archive_of(code: str) -> str:
    """Return where the zip of a language stands."""
    return f"download/{code}.zip"


def offline(code: str, tree: Mapping[str, bytes], start: bytes) -> dict[str, bytes]:
    """Return the files of one language as they open from a folder.

    What leads to another language or to a download goes: neither is in the folder. Fonts are not
    asked for beforehand: a browser refuses that for files, and takes them by the style sheet.
    """
    found = {path: raw for path, raw in tree.items() if path.startswith((f"{code}/", "data/"))}
    for path, raw in found.items():
        if path.endswith(".html"):
            page = LexborHTMLParser(raw.decode("utf-8"))
            for node in page.css(".languages, .downloads, link[rel=preload]"):
                node.decompose()
            found[path] = (page.html or "").encode("utf-8")
    return {"index.html": start, **found}


def zipped(files: Mapping[str, bytes], folder: str, dated: str) -> bytes:
    """Return a zip whose bytes depend on its files only; every file has the date of the data."""
    year, month, day = (int(part) for part in dated.split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()


def with_sizes(tree: Mapping[str, bytes], sizes: Mapping[str, str], code: str) -> dict[str, bytes]:
    """Write the sizes of the downloads, as *code* says them, into its pages."""
    marks = {SIZE.format(path=path).encode(): size.encode() for path, size in sizes.items()}
    found = {}
    for path, raw in tree.items():
        if path.startswith(f"{code}/") and path.endswith(".html"):
            for mark, size in marks.items():
                raw = raw.replace(mark, size)  # noqa: PLW2901 - the same page, with one size more
            found[path] = raw
    return found
