"""A folder of pictures, sounds and films goes in; the table of media comes out as it would be."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.intake.items import free_ident
from generator.intake.proposal import Proposal
from generator.intake.sheets import UnreadableError
from generator.intake.table_text import read_table_text
from generator.intake.tables import read_schema
from generator.language.typography import slug
from generator.ledger.edtf import EdtfError, parse
from generator.ledger.media_forms import ENDINGS, MEDIA_FOLDER, form_of
from generator.ledger.roles import Role
from generator.ledger.schema import Table
from generator.problems import Location, Problem

#: The tags of EXIF: when a picture was taken; where that stands; where on the earth it was taken.
_TAKEN, _EXIF, _GPS = 36867, 0x8769, 0x8825


@dataclass(slots=True)
class PicturesProposal(Proposal):
    """A proposal that brings files, too: the bytes of each by its path in the documentary."""

    copies: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a file says of itself: its form and size in words, and its date by its camera, as EDTF."""

    words: str
    date: str = ""
    warning: str = ""


def import_pictures(
    files: Mapping[str, bytes], found: Iterable[tuple[str, bytes]], folder: str, kind: str = ""
) -> PicturesProposal | list[Problem]:
    """Propose how the table of media would be with the files of a folder; nothing is written.

    Only what a file says is taken: its name, and the date that a camera put into it. What a picture shows,
    who made it and how it may be used is for a person to say.

    Args:
        files: the files of the documentary, by path.
        found: the files of the folder: path below it, bytes.
        folder: its name, as problems say it; "" where it lies below `docs/media/`.
        kind: a word of the vocabulary for all of them.
    """
    schema = read_schema(files)
    if isinstance(schema, list):
        return schema
    table = next((table for table in schema[0].tables if table.role is Role.MEDIA), None)
    if table is None:
        hint = "add the table of media first: the handbook's page on pictures says how"
        return [
            Problem(Location("data/datapackage.json"), "missing-file", "there is no table of media", hint)
        ]
    before = files.get(f"data/{table.path}", f"{','.join(table.columns)}\n".encode())
    proposal = PicturesProposal(f"data/{table.path}", before, before)
    _Importer(files, table, proposal, kind).run(found, folder)
    return proposal


class _Importer:
    """Looks at one file after the other, and keeps what is known of those before."""

    def __init__(
        self, files: Mapping[str, bytes], table: Table, proposal: PicturesProposal, kind: str
    ) -> None:
        self._files, self._table, self._proposal, self._kind = files, table, proposal, kind
        self._text = read_table_text(proposal.before)
        header = self._text.records[0].cells
        rows = [dict(zip(header, record.cells, strict=False)) for record in self._text.records[1:]]
        self._ids = {row.get("id", "") for row in rows}
        self._listed = {row.get("file", "") for row in rows}
        self._digests = {
            _digest(raw): path.removeprefix(MEDIA_FOLDER)
            for path, raw in files.items()
            if path.startswith(MEDIA_FOLDER)
        }

    def run(self, found: Iterable[tuple[str, bytes]], folder: str) -> None:
        """Look at every file, and say what is to do for the new ones."""
        added = [row for name, raw in found for row in self._rows(name, raw, folder)]
        self._proposal.after = self._text.written({}, added)
        self._proposal.absent = len(self._listed) - len(added) - self._proposal.alike
        if added:
            languages = [name.removeprefix("alt_") for name in self._table.columns if name.startswith("alt_")]
            texts = ", ".join(f"{stem}_{code}" for stem in ("caption", "alt") for code in languages)
            kind = "" if self._kind else "kind, "
            self._proposal.remarks.append(
                f"to do, row by row, by somebody who knows: {kind}{texts}, author or source, licence"
            )

    def _rows(self, name: str, raw: bytes, folder: str) -> Iterator[list[str]]:
        """Yield the row of one file, if it is new and can be shown."""
        where = Location(f"{folder}/{name}" if folder else f"{MEDIA_FOLDER}{name}")
        if not form_of(name):
            hint = f"save it as one of these, or take it out of the folder: {ENDINGS}"
            self._proposal.problems.append(
                Problem(where, "unreadable-file", "not a form that a page can show", hint)
            )
            return
        twin = self._digests.get(_digest(raw), "")
        path = twin if twin and (not folder or twin in self._listed) else name
        if path in self._listed:
            self._proposal.alike += 1
            if path != name:
                self._proposal.remarks.append(f"{name}: the same file as {path}, which is listed")
            return
        try:
            facts = _facts(name, raw)
        except UnreadableError as error:
            self._proposal.problems.append(Problem(where, "unreadable-file", str(error), error.hint))
            return
        if folder and self._files.get(f"{MEDIA_FOLDER}{name}", raw) != raw:
            hint = "give the file another name"
            self._proposal.problems.append(
                Problem(where, "duplicate-id", f"{MEDIA_FOLDER}{name} is another file", hint)
            )
            return
        yield self._row(name, raw, folder, facts)

    def _row(self, name: str, raw: bytes, folder: str, facts: _Facts) -> list[str]:
        ident = self._ident(name)
        self._ids.add(ident)
        self._listed.add(name)
        self._digests.setdefault(_digest(raw), name)
        self._proposal.added.append(ident)
        if folder:
            self._proposal.copies[f"{MEDIA_FOLDER}{name}"] = raw
        date = (
            f", date {facts.date} as its camera wrote it: that of the scan, if it is one"
            if facts.date
            else ""
        )
        self._proposal.remarks.append(f"{name}: {facts.words}{date}")
        if facts.warning:
            self._proposal.remarks.append(f"{name}: {facts.warning}")
        cells = {"id": ident, "file": name, "kind": self._kind, "date": facts.date}
        return [cells.get(column, "") for column in self._table.columns]

    def _ident(self, name: str) -> str:
        """Make an id of the name of a file: m-old-bridge; with a number where that is taken."""
        stem = name.rsplit("/", 1)[-1].rpartition(".")[0]
        return free_ident(f"m-{slug(stem) or 'file'}", self._ids)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _facts(name: str, raw: bytes) -> _Facts:
    """Read what a file says of itself.

    Raises:
        UnreadableError: it is empty, or broken.
    """
    if not raw:
        raise UnreadableError("the file is empty", "copy it again")
    size = f"{max(1, round(len(raw) / 1000))} kB"
    if form_of(name) != "picture":
        return _Facts(f"{form_of(name)}, {size}")
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of one that is huge: the build refuses it by name
            with Image.open(io.BytesIO(raw)) as picture:
                exif = picture.getexif()
                taken = exif.get_ifd(_EXIF).get(_TAKEN, "")
                place = bool(exif.get_ifd(_GPS))
                words = f"{picture.format} of {picture.width} × {picture.height} pixels, {size}"
    except Exception as error:  # noqa: BLE001 - of a broken file, a decoder raises what it likes
        message = f"the picture cannot be read ({str(error)[:100]})"
        raise UnreadableError(message, "open it in a program for pictures, and save it again") from None
    warning = (
        "it holds the place where it was taken: no published picture does, but your repository will"
        if place
        else ""
    )
    return _Facts(words, _date(str(taken)), warning)


def _date(text: str) -> str:
    """Read the date of a camera, 1907:04:03 10:20:30; "" for none, and for a clock that was never set."""
    match = re.match(r"(\d{4}):(\d{2}):(\d{2})", text)
    if not match:
        return ""
    try:
        return parse("-".join(match.groups())).text
    except EdtfError:
        return ""
