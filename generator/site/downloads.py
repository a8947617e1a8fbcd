"""Pages and files of a site go in; what can be taken away of it comes out, as zips."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import partial

from generator.prose.links import absolute, relative
from generator.site.html import PageTree, html_without

#: Where the zip of the data stands.
DATA = "download/data.zip"
#: What leads to nothing but what an archive of a language leaves on the site.
_LED_AWAY = ".pdf, .fig-controls a[href$='.png']"
_HREF = re.compile(r'(?<= href=")[^"#?:]+(?=")')
#: A link to another language: what stands before its address, the address, what follows, and its words.
_TO_ANOTHER = re.compile(r'(<a\b[^>]*\bclass="elsewhere"[^>]*?\bhref=")([^":]*)("[^>]*>)(.*?)</a>', re.DOTALL)


def workbook_of(name: str, code: str) -> str:
    """Return where the ledger of a documentary called *name* stands as a workbook in a language."""
    return f"download/{name}-{code}.xlsx"


def database_of(name: str) -> str:
    """Return where the ledger of a documentary called *name* stands as a SQLite database."""
    return f"download/{name}.sqlite"


def archive_of(code: str) -> str:
    """Return where the zip of a language stands."""
    return f"download/{code}.zip"


def offline(
    code: str, files: Mapping[str, bytes], pages: Iterable[PageTree], start: bytes, address: str
) -> dict[str, bytes]:
    """Return the files of one language as they open from a folder, *start* being what is opened first.

    What leads to another language goes: it is not in the folder. What is printed, and the pictures made of
    drawings that are in the folder anyway, are three quarters of the weight: they stay on the site, and the
    links to them lead to its *address*, or go where it has none. Fonts are not asked for beforehand: a
    browser refuses that for files, and takes them by the style sheet.
    """
    files_there = {
        path: raw for path, raw in files.items() if path.startswith((f"{code}/", "data/", "media/"))
    }
    away = {path for path in files_there if _stays(path.removeprefix(f"{code}/"))}
    kept = {path: raw for path, raw in files_there.items() if path not in away}
    gone = ".languages, link[rel=preload]" + ("" if address else f", {_LED_AWAY}")
    for page in pages:
        written = _TO_ANOTHER.sub(partial(_elsewhere, page.where, address), html_without(page, gone))
        kept[page.where] = (_led(written, page.where, away, address) if address else written).encode("utf-8")
    return {"index.html": start, **kept}


def _stays(path: str) -> bool:
    """Tell whether a file is left on the site: a PDF, or a picture of what the folder holds as a drawing."""
    return path.startswith(("pdf/", "share/")) or (path.startswith("figures/") and path.endswith(".png"))


def _led(written: str, where: str, away: Iterable[str], address: str) -> str:
    """Lead the links of the page at *where* to files that are *away* to the *address* of the site."""
    known = {relative(where, path): absolute(address, path) for path in away}
    return _HREF.sub(lambda link: known.get(link[0], link[0]), written)


def _elsewhere(where: str, address: str, link: re.Match[str]) -> str:
    """Lead a link to another language to the site, at its *address*; without one its words alone stay."""
    if not address:
        return link[4]
    path, mark, anchor = link[2].partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(where), path))
    return f"{link[1]}{absolute(address, target)}{mark}{anchor}{link[3]}{link[4]}</a>"


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
