"""The file of what each translation follows goes in; its records come out, or problems; and back again.

`docs/translation.csv` holds states by their digest; `docs/translation.texts` the texts that had them, one a
line, so that what has changed since can be shown. Both are written by a command.
"""

from __future__ import annotations

import base64
import binascii
import csv
import datetime as dt
import io
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from generator.ledger.tables import Row, read_rows
from generator.problems import Location, Problem

FILE: Final = "docs/translation.csv"
TEXTS: Final = "docs/translation.texts"
_COLUMNS: Final = ("page", "section", "language", "follows", "state", "on")

#: A passage, in any language: the path of its page, and the id of its section.
Key = tuple[str, str]
#: A language, and the one it follows.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Followed:
    """The state of a passage that a translation of it follows, and the day on which that was said."""

    state: str
    on: str


#: What is recorded of each passage: of each language that follows another, the state it follows.
Record = Mapping[Key, Mapping[Pair, Followed]]


def read_record(files: Mapping[str, bytes]) -> tuple[Record | None, list[Problem]]:
    """Return what the files of a documentary record, `None` where they record nothing, and what is wrong."""
    if FILE not in files:
        return None, []
    record: dict[Key, dict[Pair, Followed]] = {}
    problems: list[Problem] = []
    for row in read_rows(FILE, files[FILE], _COLUMNS):
        problem = row if isinstance(row, Problem) else _wrong(row)
        if problem is not None:
            problems.append(problem)
        elif isinstance(row, Row):
            cells = row.cells
            pairs = record.setdefault((cells["page"], cells["section"]), {})
            pairs[cells["language"], cells["follows"]] = Followed(cells["state"], cells["on"])
    return record, problems


def _wrong(row: Row) -> Problem | None:
    """Say that a row is none that the command has written."""
    hint = "take the file as it was; the command translation writes it, nobody else"
    if not re.fullmatch("[0-9a-f]{16}", row.cells["state"]):
        message = f'"{row.cells["state"]}" is no state of a text'
        return Problem(row.location("state"), "bad-translation", message, hint)
    try:
        dt.date.fromisoformat(row.cells["on"])
    except ValueError:
        return Problem(row.location("on"), "bad-translation", f'"{row.cells["on"]}" is no day', hint)
    return None


def written_record(record: Record) -> bytes:
    """Return the file that says what is recorded: a row for each language and the one it follows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for key, pairs in sorted(record.items()):
        for pair, followed in sorted(pairs.items()):
            writer.writerow((*key, *pair, followed.state, followed.on))
    return out.getvalue().encode()


def read_texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the texts that were kept, by digest; a line that cannot be read is as if it were not there."""
    texts = {}
    for line in files.get(TEXTS, b"").splitlines():
        digest, _, packed = line.partition(b" ")
        try:
            texts[digest.decode()] = zlib.decompress(base64.b64decode(packed)).decode()
        except (binascii.Error, zlib.error, UnicodeDecodeError):
            continue
    return texts


def written_texts(texts: Mapping[str, str]) -> bytes:
    """Return the file that keeps texts by digest: one a line, so that two people can add to it."""
    packed = (
        f"{digest} {base64.b64encode(zlib.compress(text.encode(), 9)).decode()}\n"
        for digest, text in sorted(texts.items())
    )
    return "".join(packed).encode()


def states_of(record: Record) -> Iterable[str]:
    """Yield every state that something follows."""
    return (followed.state for pairs in record.values() for followed in pairs.values())


def line_of(raw: bytes, key: Key) -> Location:
    """Return where a passage stands in the file of records."""
    wanted = ",".join(key).encode() + b","
    lines = raw.splitlines()
    return Location(FILE, next((n for n, line in enumerate(lines, 1) if line.startswith(wanted)), 1))
