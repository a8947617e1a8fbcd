"""A PDF goes in; the same comes out in fewer bytes: its objects in a few streams, those of a kind together.

What qpdf packs it parts into streams of a hundred objects in the order of pages. A tagged book has fifty
thousand, nearly alike where they are of a kind: links, elements of tags. In streams of two thousand, kind by
kind, they weigh three fifths.
"""

from __future__ import annotations

import io
import os
import re
import struct
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

import pikepdf

from generator.print.squeeze import squeezed

#: How many objects one stream holds: more weigh no less, and a reader unpacks a stream whole.
_TOGETHER: Final = 2000
#: What tells the kinds of objects that are many.
_KINDS: Final = (b"/Type /StructElem", b"/Type /Annot", b"/Type /Font")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER: Final = re.compile(rb"trailer << (.*?)/Size \d+ (.*?)>>\nstartxref\n", re.DOTALL)
#: A line of the table of places: kind, place or stream, number in the stream; and how many bytes it has.
_LINE: Final = struct.Struct(">BIH")
_WIDTHS: Final = b"[ 1 4 2 ]"
#: How long a line of the table is that qpdf writes.
_LISTED: Final = 20


def packed(pdf: pikepdf.Pdf) -> bytes:
    """Return a PDF with its objects in streams of `_TOGETHER`, the same bytes each time."""
    return _repacked(_saved(pdf, pikepdf.ObjectStreamMode.disable))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a PDF as qpdf packs it: quickly, for what is no file of its own yet."""
    return _saved(pdf, pikepdf.ObjectStreamMode.generate)


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    file = io.BytesIO()
    pdf.save(file, object_stream_mode=mode, deterministic_id=True, fix_metadata_version=False)
    return file.getvalue()


def _repacked(plain: bytes) -> bytes:
    """Return a file as qpdf writes it, with its objects in streams."""
    start = int(plain[plain.rindex(b"startxref") :].split()[1])
    objects = _objects(plain, start)
    whole = {number: body for number, body in objects.items() if body.endswith(b"endstream")}
    small = sorted(objects.keys() - whole.keys(), key=lambda number: (_kind(objects[number]), number))
    out = io.BytesIO()
    out.write(plain[: plain.index(b"1 0 obj\n")])
    lines = [_LINE.pack(0, 0, 0)] * (len(objects) + 1)
    for number, body in whole.items():
        lines[number] = _LINE.pack(1, out.tell(), 0)
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    batches = [small[at : at + _TOGETHER] for at in range(0, len(small), _TOGETHER)]
    together = [_together(some, objects) for some in batches]
    # libdeflate lets Python go on meanwhile, and it is the longest of all that is done to a book.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        squeezes = list(pool.map(squeezed, [data for _, data in together]))
    for some, (said, _), inside in zip(batches, together, squeezes, strict=True):
        stream = len(lines)
        for at, number in enumerate(some):
            lines[number] = _LINE.pack(2, stream, at)
        lines.append(_LINE.pack(1, out.tell(), 0))
        out.write(_stream(stream, said, inside))
    place = out.tell()
    lines.append(_LINE.pack(1, place, 0))
    out.write(_table(lines, plain[start:]))
    out.write(b"startxref\n%d\n%%%%EOF\n" % place)
    return out.getvalue()


def _objects(plain: bytes, start: int) -> dict[int, bytes]:
    """Return the objects of a file, by number, from the places that its table at *start* names."""
    table = _known(_TABLE.match(plain, start), "table of places")
    # The first line of the table is of no object.
    listed = (table.end() + _LISTED * number for number in range(1, int(table[1])))
    places = [int(plain[at : at + 10]) for at in listed]
    objects: dict[int, bytes] = {}
    for number, (place, end) in enumerate(pairwise([*places, start]), 1):
        first = place + len(b"%d 0 obj\n" % number)
        objects[number] = plain[first : end - len(b"\nendobj\n")]
    return objects


def _known(found: re.Match[bytes] | None, what: str) -> re.Match[bytes]:
    """Return what was found of the one form that is read here: another qpdf may write another."""
    if found is None:
        message = f"qpdf wrote a {what} that is not known"
        raise ValueError(message)
    return found


def _kind(body: bytes) -> int:
    """Return the number of an object's kind: those of one stand together."""
    return next((number for number, kind in enumerate(_KINDS) if kind in body), len(_KINDS))


def _together(numbers: Sequence[int], objects: Mapping[int, bytes]) -> tuple[bytes, bytes]:
    """Return what a stream of objects says of itself, and what is in it."""
    heads, at = [], 0
    for number in numbers:
        heads.append(b"%d %d" % (number, at))
        at += len(objects[number]) + 1
    head = b" ".join(heads) + b"\n"
    said = b"/Type /ObjStm /N %d /First %d" % (len(numbers), len(head))
    return said, head + b"\n".join(objects[number] for number in numbers)


def _table(lines: Sequence[bytes], end: bytes) -> bytes:
    """Return the table of the places of all objects, with what the old one says of the file."""
    said = b"".join(_known(_TRAILER.search(end), "trailer").groups())
    size, width = len(lines), _LINE.size
    # Each line as its difference from the one before: most lie side by side.
    pairs = pairwise([bytes(width), *lines])
    steps = b"".join(
        b"\2" + bytes((new - old) % 256 for old, new in zip(*pair, strict=True)) for pair in pairs
    )
    form = b"/DecodeParms << /Columns %d /Predictor 12 >>" % width
    head = b"/Type /XRef %b %b /Size %d /W %b" % (form, said.strip(), size, _WIDTHS)
    return _stream(size - 1, head, squeezed(steps))


def _stream(number: int, said: bytes, inside: bytes) -> bytes:
    """Write an object that is a stream, squeezed already."""
    head = b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>" % (number, said, len(inside))
    return b"%b\nstream\n%b\nendstream\nendobj\n" % (head, inside)
