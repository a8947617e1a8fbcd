"""The bytes of a sound or film go in; whether it is what it says, and tells a place, comes out."""

from __future__ import annotations

import re
from typing import Final

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
    rb"|RECORDING_LOCATION",
    re.DOTALL,
)
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
    edge = 4 << 20
    return any(_PLACE.search(part) for part in (raw[:edge], raw[-edge:]))
