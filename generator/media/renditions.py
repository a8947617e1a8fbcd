"""Rows of media and their files go in; what pages show and play of them comes out, with sizes and paths."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.ledger.media_forms import MEDIA_FOLDER, form_of
from generator.ledger.model import Media
from generator.media.recordings import TYPES, ending_of
from generator.output.apart import apart
from generator.output.build_key import makers
from generator.output.memory import Memory

#: The folder of the site in which renditions and recordings stand, beside the languages.
PLACE: Final = "media"


if TYPE_CHECKING:  # Pillow is loaded where there are pictures
    from generator.media.encoding import Encoded, Renditions


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one width: its path from the root of the site, its width and height in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What pages show of a row: a picture, or that of a film, in its widths; and what is played.

    `paper` is the JPEG that is printed, `paper_size` its width and height in pixels. `recording` is the path
    of what is played, "" for a picture, and `type` its media type. `captions` are the paths of subtitles by
    language. `files` are the bytes of all that is published, by path from the root of the site.
    """

    avif: Sequence[Rendition] = ()
    plain: Rendition | None = None
    large: Rendition | None = None
    paper: bytes = b""
    paper_size: tuple[int, int] = (0, 0)
    recording: str = ""
    type: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def make_shown(media: Iterable[Media], files: Mapping[str, bytes], memory: Memory | None) -> dict[str, Shown]:
    """Return what pages show of each row, by its id; pictures that were made before come from memory.

    Args:
        media: rows that have passed the checks.
        files: the bytes of every file of the documentary, by its path below its folder.
        memory: keeps the renditions from one build to the next.
    """
    rows = {one.id: one for one in media if MEDIA_FOLDER + one.file in files}
    pictures = {
        ident: _picture_of(one) for ident, one in rows.items() if MEDIA_FOLDER + _picture_of(one) in files
    }
    made = _made({file: files[MEDIA_FOLDER + file] for file in set(pictures.values())}, memory)
    return {ident: _shown(one, made.get(pictures.get(ident, "")), files) for ident, one in rows.items()}


def _picture_of(media: Media) -> str:
    """Name the file that is seen: that of a picture, the still of a film."""
    return media.file if media.form == "picture" else media.still if form_of(media.still) == "picture" else ""


def _made(pictures: Mapping[str, bytes], memory: Memory | None) -> dict[str, Renditions]:
    """Return the renditions of each picture, each made by a process of its own where none is remembered."""
    if not pictures:
        return {}
    from generator.media.encoding import encode_apart

    names = sorted(pictures)
    if memory is None:
        return dict(zip(names, apart(encode_apart, [pictures[name] for name in names]), strict=True))

    def make(slots: Sequence[str]) -> dict[str, bytes]:
        made = apart(encode_apart, [pictures[slot.partition(" ")[2]] for slot in slots])
        return {slot: pickle.dumps(one) for slot, one in zip(slots, made, strict=True)}

    wanted = {f"picture {name}": {"its file": pictures[name]} for name in names}
    kept = memory.recall_all(wanted, make, _makers())
    return {
        slot.partition(" ")[2]: pickle.loads(raw)  # noqa: S301 - sealed, and written by ourselves
        for slot, raw in kept.items()
    }


@cache
def _makers() -> str:
    """Name what a rendition owes its bytes to beside the file: our modules, and Pillow."""
    here = Path(__file__).parent
    return makers([here / "encoding.py", here / "opening.py"], ["pillow"])


def _shown(media: Media, made: Renditions | None, files: Mapping[str, bytes]) -> Shown:
    published: dict[str, bytes] = {}

    def put(one: Encoded, name: str) -> Rendition:
        path = f"{PLACE}/{media.id}/{name}.{one.format}"
        published[path] = one.raw
        return Rendition(path, one.width, one.height)

    avif = [put(one, str(one.width)) for one in made.avif] if made else []
    plain = put(made.plain, str(made.plain.width)) if made else None
    large = put(made.large, str(made.large.width)) if made else None
    recording, kind, captions = "", "", {}
    if media.form in {"sound", "film"}:
        ending = ending_of(media.file)
        recording, kind = f"{PLACE}/{media.id}/{media.form}{ending}", TYPES[ending]
        published[recording] = files[MEDIA_FOLDER + media.file]
        captions = _captions(media, files, published)
    return Shown(
        avif=tuple(avif),
        plain=plain,
        large=large,
        paper=made.paper.raw if made else b"",
        paper_size=(made.paper.width, made.paper.height) if made else (0, 0),
        recording=recording,
        type=kind,
        captions=captions,
        files=published,
    )


def _captions(media: Media, files: Mapping[str, bytes], published: dict[str, bytes]) -> dict[str, str]:
    """Return the path of the subtitles of a recording in each language that has them: `bridge.fr.vtt`."""
    stem = MEDIA_FOLDER + media.file.rpartition(".")[0]
    paths = {}
    for code in media.caption:
        raw = files.get(f"{stem}.{code}.vtt")
        if raw is not None:
            paths[code] = f"{PLACE}/{media.id}/{code}.vtt"
            published[paths[code]] = raw
    return paths
