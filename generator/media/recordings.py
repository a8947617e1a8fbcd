"""The bytes of a sound or film go in; whether it is what it says, and tells a place, comes out."""

from __future__ import annotations

import re
from typing import Final

#: How much of a file, in bytes, is looked into at its beginning and at its end.
_EDGE: Final = 4 << 20
#: By ending: the signs by which a file of that form is known, and where they stand in it.
_SIGNS: Final = {
    ".mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")),
    ".m4a": ((4, b"ftyp"),),
    ".mp4": ((4, b"ftyp"),),
    ".ogg": ((0, b"OggS"),),
    ".opus": ((0, b"OggS"),),
    ".wav": ((0, b"RIFF"),),
    ".webm": ((0, b"\x1aE\xdf\xa3"),),
}
#: What programs and telephones write before a place: QuickTime's atom and key, XMP's and Matroska's names.
_PLACE: Final = re.compile(
    rb"\0\0..(?:\xa9xyz|loci\0)|com\.(?:apple\.quicktime|android)\.location|GPS(?:Latitude|Coordinates)"
    rb"|RECORDING_LOCATION"
    # The entry of a track of places beside the picture: those of action cameras, and of cameras of streets.
    rb"|(?:gpmd|camm)\0{6}\0\x01",
    re.DOTALL,
)
#: The last bytes of a sound with the oldest form of tags (ID3v1), its first, and where who made it stands.
_OLDEST: Final = (128, b"TAG", slice(33, 63))
#: What a file says beside its sound and picture, and the names under which programs write it: frames of ID3,
#: keys and atoms of QuickTime, words of Ogg and Matroska, chunks of RIFF.
_TOLD: Final = {
    "who made it": re.compile(
        rb"TPE[1-4]\0|TP[1-4]\0[\0-\x02]|TCOM\0|TOPE\0|TOWN\0|TENC\0|APETAGEX.*?Artist\0|\xa9(?:ART|aut|wrt|prd|dir)"
        rb"|com\.apple\.quicktime\.(?:author|artist|publisher|director)|I(?:ART|ENG)..\0\0"
        rb"|(?i:\b(?:artist|author|performer|contact|composer|director)(?==[^=\"'>\s]))|\x45\xa3\x86ARTIST",
        re.DOTALL,
    ),
    "what it was made with": re.compile(
        rb"\xa9(?:mak|mod)|com\.(?:apple\.quicktime|android)\.(?:make|model|software|version|manufacturer)"
    ),
    "a remark": re.compile(
        rb"COMM\0|USLT\0|\xa9(?:cmt|des)|ICMT..\0\0|desc\0\0\0|(?i:\bcomment=)", re.DOTALL
    ),
    "a picture": re.compile(rb"APIC\0|covr\0|METADATA_BLOCK_PICTURE="),
}
#: The media types that a page names, by ending.
TYPES: Final = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


def ending_of(file: str) -> str:
    """Return the ending of a file in lower case, with its full stop."""
    return f".{file.rpartition('.')[2].lower()}"


def is_what_it_says(file: str, raw: bytes) -> bool:
    """Tell whether a file begins as files with its ending do."""
    return any(raw[at : at + len(sign)] == sign for at, sign in _SIGNS.get(ending_of(file), ()))


def tells_place(raw: bytes) -> bool:
    """Tell whether a file says where it was recorded: in its head or at its end, where programs write it."""
    return any(_PLACE.search(part) for part in _edges(raw))


def told_in(raw: bytes) -> list[str]:
    """Return in words what else a file says beside what is heard and seen: who made it, and with what."""
    found = {words for words, names in _TOLD.items() if any(names.search(part) for part in _edges(raw))}
    length, sign, artist = _OLDEST
    tail = raw[-length:]
    if tail.startswith(sign) and len(tail) == length and tail[artist].strip(b"\0 "):
        found.add("who made it")
    return [words for words in _TOLD if words in found]


def _edges(raw: bytes) -> tuple[bytes, bytes]:
    return raw[:_EDGE], raw[-_EDGE:]
