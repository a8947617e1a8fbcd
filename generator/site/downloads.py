"""Pages and files of a site go in; what can be taken away of it comes out, as zips."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

import deflate

from generator.output.build_key import digest
from generator.output.memory import Memory
from generator.prose.links import absolute, relative
from generator.site.html import PageTree, html_without

#: Where the zip of the data stands.
DATA = "download/data.zip"
#: What leads to nothing but what an archive of a language leaves on the site.
_LED_AWAY = ".pdf, .fig-controls a[href$='.png'], #figure-embed, #figure-embed + div"
#: What a folder does not need: the other languages; fonts asked for beforehand, which a browser refuses for
#: files and takes by the style sheet; the picture of a narrow screen without script, which shows the other.
_UNNEEDED = ".languages, link[rel=preload], .fig-plain source"
#: From so many bytes on a file of a zip is kept by itself, and how hard it is packed (libdeflate's measure).
LARGE: Final = 20_000
_EFFORT: Final = 10
_HREF = re.compile(r'(?<= href=")[^"#?:]+(?=")')
#: A link to another language: what is written of it before its words, and the words.
_TO_ANOTHER = re.compile(r'(<a\b(?=[^>]*\bclass="[^"]*\belsewhere\b)[^>]*>)(.*?)</a>', re.DOTALL)
_ADDRESS = re.compile(r'(?<= href=")[^"#:]+')


def workbook_of(name: str, code: str) -> str:
    """Return where the ledger of a documentary called *name* stands as a workbook in a language."""
    return f"download/{name}-{code}.xlsx"


def database_of(name: str) -> str:
    """Return where the ledger of a documentary called *name* stands as a SQLite database."""
    return f"download/{name}.sqlite"


def archive_of(code: str) -> str:
    """Return where the zip of a language stands."""
    return f"download/{code}.zip"


def left_on_site(code: str, files: Iterable[str]) -> frozenset[str]:
    """Return which files of a language are not in its archive, by path from the root of the site.

    What is printed, and the pictures made of drawings that are in the archive anyway, are three quarters of
    the weight: they stay on the site. So does what others show in a frame.
    """
    return frozenset(path for path in files if path.startswith(f"{code}/") and _stays(path[len(code) + 1 :]))


def _stays(path: str) -> bool:
    if path.startswith("figures/"):
        return path.startswith("figures/embed/") or path.endswith((".png", ".narrow.svg"))
    return path.startswith(("pdf/", "share/"))


def taken_home(page: PageTree, away: Iterable[str], address: str) -> str:
    """Return a page as it opens from a folder.

    What leads to another language goes: it is not in the folder. Links to files that are *away* lead to the
    *address* of the site, or go where it has none.
    """
    gone = _UNNEEDED + ("" if address else f", {_LED_AWAY}")
    written = _TO_ANOTHER.sub(partial(_elsewhere, page.where, address), html_without(page, gone))
    if not address:
        return written
    known = {relative(page.where, path): absolute(address, path) for path in away}
    return _HREF.sub(lambda link: known.get(link[0], link[0]), written)


def _elsewhere(where: str, address: str, link: re.Match[str]) -> str:
    """Lead a link to another language to the site, at its *address*; without one its words alone stay."""
    if not address:
        return link[2]
    folder = posixpath.dirname(where)
    opened = _ADDRESS.sub(
        lambda path: absolute(address, posixpath.normpath(posixpath.join(folder, unquote(path[0])))), link[1]
    )
    return f"{opened}{link[2]}</a>"


def offline(
    code: str, files: Mapping[str, bytes], pages: Mapping[str, str], start: bytes
) -> dict[str, bytes]:
    """Return the files of one language as they open from a folder, *start* being what is opened first.

    Args:
        code: the language.
        files: the files of the site beside its pages, by path from the root.
        pages: its pages as `taken_home` returns them, by path from the root.
        start: the page that is opened first.
    """
    away = left_on_site(code, files)
    kept = {
        path: raw
        for path, raw in files.items()
        if path.startswith((f"{code}/", "assets/", "data/", "media/"))
    }
    written = {path: text.encode("utf-8") for path, text in pages.items()}
    return {
        "index.html": start,
        **{path: raw for path, raw in kept.items() if path not in away},
        **written,
    }


def zipped(files: Mapping[str, bytes], folder: str, dated: str, memory: Memory | None = None) -> bytes:
    """Return a zip whose bytes depend on its files only; every file has the date of the data.

    *memory* keeps what is inside: large files one by one, the small ones of a folder together.
    """
    packed = _packed(files, folder, memory)
    year, month, day = (int(part) for part in dated.split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            _put(archive, entry, files[path], packed[path])
    return out.getvalue()


def _packed(files: Mapping[str, bytes], folder: str, memory: Memory | None) -> dict[str, bytes]:
    """Return each file deflated."""
    if memory is None:
        return _deflated(files)
    together: dict[str, dict[str, bytes]] = {}
    for path, raw in files.items():
        together.setdefault(path if len(raw) >= LARGE else posixpath.dirname(path), {})[path] = raw
    packed: dict[str, bytes] = {}
    for name, some in together.items():
        slot, parts = f"zip {folder}/{name}", {"its files": digest(some)}
        packed |= memory.recall_value(slot, parts, partial(_deflated, some))
    return packed


def _deflated(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: bytes(deflate.deflate_compress(raw, _EFFORT)) for path, raw in files.items()}


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, raw: bytes, packed: bytes) -> None:
    """Put a file that is deflated already into an archive, as `ZipFile` itself writes one."""
    entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(raw), len(raw), len(packed)
    file: Any = archive.fp
    entry.header_offset = file.tell()
    file.write(entry.FileHeader())
    file.write(packed)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    more: Any = archive  # its list of contents is written behind the last file
    more.start_dir, more._didModify = file.tell(), True  # noqa: SLF001 - it has no public way to do this
