"""The name of a file goes in; what a page makes of it comes out: a picture, a sound, a film, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Where the files lie in a documentary.
MEDIA_FOLDER: Final = "docs/media/"
#: The endings of files that pages can show or play, by what they are.
MEDIA_FORMS: Mapping[str, tuple[str, ...]] = {
    "picture": (".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif"),
    "sound": (".mp3", ".m4a", ".ogg", ".opus", ".wav"),
    "film": (".mp4", ".webm"),
}
#: All of them, as a problem lists them.
ENDINGS: Final = ", ".join(ending for endings in MEDIA_FORMS.values() for ending in endings)


def form_of(file: str) -> str:
    """Return what a file is by its ending: "picture", "sound", "film", or "" for none of them."""
    forms = (form for form, endings in MEDIA_FORMS.items() if file.lower().endswith(endings))
    return next(forms, "")
