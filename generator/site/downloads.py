"""Pages and files of a site go in; what can be taken away of it comes out, as zips."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from generator.site.html import PageTree, html_without

#: Where the zip of the data stands.
DATA = "download/data.zip"


def archive_of(code: str) -> str:
    """Return where the zip of a language stands."""
    return f"download/{code}.zip"


def offline(
    code: str, files: Mapping[str, bytes], pages: Iterable[PageTree], start: bytes
) -> dict[str, bytes]:
    """Return the files of one language as they open from a folder, *start* being what is opened first.

    What leads to another language goes: it is not in the folder. Fonts are not asked for beforehand: a
    browser refuses that for files, and takes them by the style sheet.
    """
    kept = {path: raw for path, raw in files.items() if path.startswith((f"{code}/", "data/"))}
    for page in pages:
        kept[page.where] = html_without(page, ".languages, link[rel=preload]").encode("utf-8")
    return {"index.html": start, **kept}


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
