"""Rows of media and the files of a documentary go in; files that are missing or cannot be shown come out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.ledger.media_forms import MEDIA_FOLDER, form_of
from generator.ledger.model import Media
from generator.media.recordings import is_what_it_says, tells_place, told_in
from generator.output.apart import apart
from generator.problems import Location, Problem, did_you_mean

#: The largest file that is taken, in bytes: of a picture, and of a sound or film, which free hosts limit.
_PICTURE, _RECORDING = 64 << 20, 95 << 20
#: So many bytes of pictures are looked at by one process.
_BATCH: Final = 48 << 20
#: What was found in each picture that this process has looked at, by its digest.
_VERDICTS: dict[str, tuple[str, str] | None] = {}


def check_files(media: Iterable[Media], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each file of a row that is not there, or that no page can show as it is.

    Args:
        media: rows whose files have known endings; others are passed over.
        files: the bytes of every file of the documentary, by its path below its folder.
    """
    pictures: list[tuple[Location, str]] = []
    for location, file in _named(media):
        raw = files.get(MEDIA_FOLDER + file)
        if raw is None:
            known = [path.removeprefix(MEDIA_FOLDER) for path in files if path.startswith(MEDIA_FOLDER)]
            hint = did_you_mean(file, known, f"put it into {MEDIA_FOLDER}")
            yield Problem(location, "missing-file", f"{MEDIA_FOLDER}{file} is not there", hint)
        elif len(raw) > (_PICTURE if form_of(file) == "picture" else _RECORDING):
            size = f"{file}: {len(raw) >> 20} MB are too many"
            yield Problem(location, "bad-media", size, "save it smaller")
        elif form_of(file) == "picture":
            pictures.append((location, file))
        else:
            yield from _recording(location, file, raw)
    yield from _pictures(pictures, files)


def unlisted_files(media: Iterable[Media], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each file of media that no row names, and that is no subtitles of one.

    Args:
        media: every row of media.
        files: the bytes of every file of the documentary, by its path below its folder.
    """
    named: set[str] = set()
    for one in media:
        stem = one.file.rpartition(".")[0]
        named |= {one.file, one.still, *(f"{stem}.{code}.vtt" for code in one.caption)}
    for path in files:
        if path.startswith(MEDIA_FOLDER) and path.removeprefix(MEDIA_FOLDER) not in named:
            hint = f"give it a row (generator import pictures {MEDIA_FOLDER} begins it), or take it away"
            yield Problem(Location(path), "unlisted-file", "no row of media names it: no page shows it", hint)


def telling_files(media: Iterable[Media], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a notice for each sound or film that says more than its row: it is published as it is."""
    for one in media:
        told = told_in(files.get(MEDIA_FOLDER + one.file, b"")) if one.form in {"sound", "film"} else []
        if told:
            message = f"{one.file} carries {', '.join(told)}: who saves it sees that"
            hint = f"to take it out: {_cleaned(one.file)}"
            where = Location(one.location.file, one.location.line, "file")
            yield Problem(where, "tells-more", message, hint)


def _cleaned(file: str) -> str:
    """Return the command that takes out of a file what it says beside sound and picture."""
    return f"ffmpeg -i {file} -map_metadata -1 -map 0:a? -map 0:v? -c copy clean-{file.rpartition('/')[2]}"


def _named(media: Iterable[Media]) -> Iterator[tuple[Location, str]]:
    for one in media:
        where = one.location
        if one.form:
            yield Location(where.file, where.line, "file"), one.file
        if one.form == "film" and form_of(one.still) == "picture":
            yield Location(where.file, where.line, "still"), one.still


def _recording(location: Location, file: str, raw: bytes) -> Iterator[Problem]:
    if not is_what_it_says(file, raw):
        message = f"{file} is not what its ending says"
        yield Problem(location, "bad-media", message, "give it the ending of what it is, or save it anew")
    elif tells_place(raw):
        hint = f"take it out: {_cleaned(file)}"
        yield Problem(location, "betrays-place", f"{file} carries the place where it was recorded", hint)


def _pictures(pictures: Iterable[tuple[Location, str]], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Look into the pictures that were not looked into before, in processes that end with them."""
    keys = {file: hashlib.sha256(files[MEDIA_FOLDER + file]).hexdigest() for _, file in pictures}
    new = {key: files[MEDIA_FOLDER + file] for file, key in keys.items() if key not in _VERDICTS}
    if new:
        from generator.media.encoding import check_apart

        batches = list(_batches(new))
        found = apart(check_apart, [[new[key] for key in batch] for batch in batches])
        for batch, verdicts in zip(batches, found, strict=True):
            _VERDICTS.update(zip(batch, verdicts, strict=True))
    for location, file in pictures:
        verdict = _VERDICTS[keys[file]]
        if verdict is not None:
            yield Problem(location, "bad-media", f"{file}: {verdict[0]}", verdict[1])


def _batches(pictures: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Share pictures out among processes: some of them side by side, none with too much to read."""
    batch: list[str] = []
    weight = 0
    for key, raw in pictures.items():
        if batch and weight + len(raw) > _BATCH:
            yield batch
            batch, weight = [], 0
        batch.append(key)
        weight += len(raw)
    if batch:
        yield batch
