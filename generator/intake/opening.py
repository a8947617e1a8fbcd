"""The bytes of a file that somebody calls a spreadsheet go in; its sheets come out, or why it is none."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from generator.intake.delimited import read_delimited
from generator.intake.ods import read_ods
from generator.intake.sheets import Book, UnreadableError
from generator.intake.xlsx import read_xlsx

#: How large the unpacked files of a workbook may be together, in bytes: ten times a table of 20 000 rows.
LARGEST = 128_000_000
#: How large a text file may be, in bytes.
LARGEST_TEXT = 32_000_000
#: What a broken archive raises, by what is broken in it.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_ZIPS = {
    "xl/workbook.bin": ("a binary workbook of Excel (.xlsb)", "save it as an Excel workbook (.xlsx)"),
    "word/document.xml": ("a document of Word", "copy its table into a sheet, and save that as .xlsx"),
    "Index/Document.iwa": ("a document of Apple's Numbers", "export it as Excel (.xlsx) or CSV"),
}


def open_book(raw: bytes, *, encoding: str = "", delimiter: str = "") -> Book:
    """Read a spreadsheet by what its bytes are, whatever its name says.

    *encoding* and *delimiter* are for files of text: "" finds them out, or refuses to guess.

    Raises:
        UnreadableError: the file is empty, locked, too large, or another kind of file.
    """
    if not raw.strip():
        raise UnreadableError("the file is empty", "save the sheet again, and look whether it holds anything")
    if raw.startswith(b"PK"):
        return _open_zip(raw)
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise UnreadableError("the workbook is locked with a password", "save a copy without password")
        raise UnreadableError(
            "a workbook of Excel 97 (.xls), or another old Office file, whatever its name says",
            "open it in a table program and save it as .xlsx or .ods",
        )
    _refuse_markup(raw)
    if len(raw) > LARGEST_TEXT:
        raise UnreadableError(
            f"the file has {len(raw) / 1e6:.0f} MB", "split it: a table has 20 000 rows at most"
        )
    return read_delimited(raw, encoding, delimiter)


def _refuse_markup(raw: bytes) -> None:
    """Refuse what begins as a web page, as XML or as another known kind of file."""
    start = raw[:2000].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")) or b"<html" in start:
        raise UnreadableError(
            "a web page that was saved under the name of a spreadsheet",
            "open it in a table program and save it as .xlsx, .ods or CSV",
        )
    if start.startswith(b"<"):
        raise UnreadableError(
            "XML, not a spreadsheet (Excel 2003 saved such sheets)",
            "open it in a table program and save it as .xlsx",
        )
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise UnreadableError(
            "a document, not a spreadsheet", "copy its table into a sheet, and save that as .xlsx"
        )


def _open_zip(raw: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            _refuse_bomb(archive)
            if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
                return read_xlsx(raw)
            if "content.xml" in names:
                return read_ods(archive)
    except _BROKEN as error:
        raise UnreadableError(
            f"the file is broken: {error}", "open it in a table program, which may mend it, and save it again"
        ) from None
    for name, (what, hint) in _OTHER_ZIPS.items():
        if name in names:
            raise UnreadableError(what, hint)
    raise UnreadableError("an archive that holds no spreadsheet", "unpack it, and import the file in it")


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is far larger unpacked, or whose files are not as large as it says."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise UnreadableError(
            f"unpacked, the workbook would have {size / 1e6:.0f} MB",
            "keep the sheet that is to be imported, and save that alone",
        )
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise UnreadableError("the archive is locked with a password", "save a copy without password")
    broken = archive.testzip()
    if broken:
        raise UnreadableError(f"the file is broken: {broken} in it cannot be unpacked", "save it again")
