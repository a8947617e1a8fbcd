"""The bytes of a picture go in; it comes out upright, in colours of screens, with no word about itself.

Runs in a process of its own, whose memory is bounded: how much a file unpacks to is seen only then.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import Final

from PIL import Image, ImageCms, ImageOps

#: The formats that are read, as Pillow names them; a JPEG may turn out to be what cameras call MPO.
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF")
#: The most pixels that a picture may have, and the least on each side.
MOST: Final = 120_000_000
LEAST: Final = 16
#: The memory that a process may take, in bytes: enough for the largest picture in all its forms.
MEMORY: Final = 3 << 30
_WHITE: Final = (255, 255, 255)


class PictureError(Exception):
    """A picture that cannot be shown; the message says what is wrong, and the hint what to do."""


def bound_memory() -> None:
    """Let this process take no more memory than `MEMORY`, where the system knows how to."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def check_picture(raw: bytes) -> tuple[str, str] | None:
    """Return what is wrong with a picture and what to do, or `None`; all of it is read."""
    try:
        with _opened(raw) as image:
            if image.format in {"JPEG", "MPO"}:
                image.draft(None, (image.width // 8, image.height // 8))  # all is read, little is computed
            _loaded(image)
            _known_mode(image)
    except PictureError as error:
        message, hint = error.args
        return message, hint
    return None


def open_picture(raw: bytes) -> Image.Image:
    """Return a picture as it is seen: upright, in sRGB or grey, eight bits deep, on white, without metadata.

    Raises:
        PictureError: it cannot be shown.
    """
    with _opened(raw) as image:
        _loaded(image)
        _known_mode(image)
        profile = image.info.get("icc_profile")
        seen = _in_screen_colours(_eight_bits(ImageOps.exif_transpose(image)), profile)
    bare = Image.new(seen.mode, seen.size)  # a new one carries nothing over: no place, no name, no thumbnail
    bare.paste(seen)
    return bare


def _opened(raw: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # how large it may be is ours to say
            Image.MAX_IMAGE_PIXELS = None
            image = Image.open(io.BytesIO(raw), formats=_FORMATS)
    except Exception as error:  # noqa: BLE001 - whatever a library says of bytes that are no picture
        raise PictureError(f"no picture can be read in it: {_cause(error)}", _ANEW) from None
    width, height = image.size
    if width * height > MOST:
        size = f"{width} × {height} pixels are more than {MOST // 1_000_000} million"
        raise PictureError(size, "save it smaller; a page shows at most 2,400 pixels across")
    if min(width, height) < LEAST:
        raise PictureError(f"{width} × {height} pixels are no picture", "take the whole picture")
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format != "MPO":
        what = f"it holds {frames} pictures, and a page shows one that stands still"
        raise PictureError(what, "save the one that you mean, or publish it as a film")
    return image


_ANEW: Final = "open it in a program for pictures and save it anew as JPEG or PNG"


def _loaded(image: Image.Image) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
    except MemoryError:
        raise PictureError("it takes more memory than there is", "save it smaller") from None
    except Exception as error:  # noqa: BLE001 - whatever a library says of a broken file
        raise PictureError(f"it is broken: {_cause(error)}", _ANEW) from None


def _cause(error: Exception) -> str:
    text = str(error).split(" <_io")[0]
    return text.splitlines()[0] if text else type(error).__name__


def _known_mode(image: Image.Image) -> None:
    """Refuse grey that is measured, not seen: floating point, or whole numbers beyond sixteen bits."""
    beyond = image.mode == "F" or (image.mode == "I" and not 0 <= _highest(image) < 1 << 16)
    if beyond:
        raise PictureError("its grey is measured in numbers that no screen shows", _ANEW)


def _highest(image: Image.Image) -> float:
    low, high = image.getextrema()
    return float(high) if isinstance(low, int | float) and isinstance(high, int | float) and low >= 0 else -1


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring sixteen bits of grey down to eight, one bit up to them, and colours of a list to their own."""
    if image.mode == "I" or image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "PA" or (image.mode in {"P", "L", "RGB"} and "transparency" in image.info):
        return image.convert("RGBA")
    if image.mode == "P":
        return image.convert("RGB")
    return image


def _in_screen_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Turn the colours of a scanner or a press into those of a screen; the transparent stands on white."""
    if image.mode in {"RGBA", "LA", "La", "RGBa"}:
        alpha = image.convert("RGBA").getchannel("A")
        paper = Image.new("RGB", image.size, _WHITE)
        paper.paste(_in_screen_colours(image.convert("RGBA").convert("RGB"), profile), mask=alpha)
        return paper
    if profile and image.mode in {"RGB", "CMYK", "L", "LAB"}:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
    return image if image.mode == "L" else image.convert("RGB")
