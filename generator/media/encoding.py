"""The bytes of a picture go in; it comes out in the widths and formats that pages ask for, as bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

from generator.media.opening import bound_memory, check_picture, open_picture

#: The widths that pages ask for, in pixels: a telephone, a page, a page on a fine screen.
WIDTHS: Final = (480, 1000, 1440)
#: The width of the JPEG for browsers that know no AVIF, that of paper, and that of the enlargement.
PLAIN: Final = 1000
PAPER: Final = 1440
LARGEST: Final = 2400
#: No rendition is taller than so many times its width's limit: a tall scroll is no page.
_TALLEST: Final = 2.5
_AVIF: Final[dict[str, Any]] = {"quality": 60, "speed": 6, "max_threads": 1, "autotiling": False}
_JPEG: Final[dict[str, Any]] = {"quality": 80, "optimize": True, "progressive": True}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A rendition: its width and height in pixels, its format ("avif", "jpg") and its bytes."""

    width: int
    height: int
    format: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """All of one picture: AVIF from narrow to wide, a plain JPEG, the enlargement, and that for paper."""

    avif: Sequence[Encoded]
    plain: Encoded
    large: Encoded
    paper: Encoded


def encode(raw: bytes) -> Renditions:
    """Return the renditions of a picture, none wider than the picture is.

    Raises:
        PictureError: it cannot be shown.
    """
    image = open_picture(raw)
    widths = [width for width in WIDTHS if width < 0.8 * image.width]
    if len(widths) < len(WIDTHS):
        widths.append(min(image.width, WIDTHS[-1]))
    return Renditions(
        avif=tuple(_encoded(image, width, "avif") for width in widths),
        plain=_encoded(image, PLAIN, "jpg"),
        large=_encoded(image, LARGEST, "jpg"),
        paper=_encoded(image, PAPER, "jpg"),
    )


def _encoded(image: Image.Image, width: int, kind: str) -> Encoded:
    tallest = round(width * _TALLEST)
    share = min(1.0, width / image.width, tallest / image.height)
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    small = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    if kind == "avif":
        small.save(out, "AVIF", **_AVIF)
    else:
        small.save(out, "JPEG", **_JPEG)
    return Encoded(*size, kind, out.getvalue())


def encode_apart(raw: bytes) -> Renditions:
    """Do what `encode` does, as the one task of a process of its own."""
    bound_memory()
    return encode(raw)


def check_apart(raws: Sequence[bytes]) -> list[tuple[str, str] | None]:
    """Return what is wrong with each picture and what to do, or `None`, in a process of its own."""
    bound_memory()
    return [check_picture(raw) for raw in raws]
