"""A drawing in PNG goes in; the same comes out with its colours in a palette, which weighs half."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import deflate

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

#: How many colours a palette holds.
_COLOURS: Final = 256
#: How hard libdeflate tries: a twentieth smaller than zlib's hardest, in a tenth of a second for a picture.
_LEVEL: Final = 10
#: How PNG names lines of which only the difference to the line above is written.
_AS_ABOVE: Final = 2
#: What a colour's red, green and blue are worth in the number that stands for it.
_WORTH: Final = (1, 1 << 8, 1 << 16)


def indexed(png: bytes) -> bytes:
    """Return a picture without transparency with its colours in a palette, the same bytes each time.

    A drawing has a dozen colours and the shades between them and the paper: where they are more than 256,
    the rarest, which a few pixels have, become the nearest of the others.
    """
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        whole = picture.convert("RGBA")
    pixels, palette = _in_palette(whole)
    head = struct.pack(">2I5B", whole.width, whole.height, 8, 3, 0, 0, 0)
    chunks = {b"IHDR": head, b"PLTE": palette, b"IDAT": bytes(deflate.zlib_compress(pixels, _LEVEL))}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, chunks.get(kind, b"")) for kind in (*chunks, b"IEND"))


def _in_palette(picture: Image) -> tuple[bytes, bytes]:
    """Return the lines of a picture as PNG has them, a byte for each pixel, and the palette."""
    import numpy as np

    wide, tall = picture.size
    counted: Any = picture.getcolors(wide * tall)
    colours = np.array([colour[:3] for _, colour in sorted(counted, reverse=True)], np.int32)
    palette = colours[:_COLOURS]
    places = np.zeros(1 << 24, np.uint8)
    places[colours @ _WORTH] = _nearest(colours, palette)
    # Pixel after pixel has the colour of the one before: each run of them is looked up once.
    values = np.frombuffer(picture.tobytes(), "<u4")
    starts = np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1))
    pixels = np.repeat(places[values[starts] & 0xFFFFFF], np.diff(starts, append=values.size))
    lines = np.pad(pixels.reshape(tall, wide), ((0, 0), (1, 0)))
    # A line like the one above it says only that: nothing differs.
    same = np.flatnonzero((lines[1:] == lines[:-1]).all(axis=1)) + 1
    lines[same] = 0
    lines[same, 0] = _AS_ABOVE
    return lines.tobytes(), palette.astype(np.uint8).tobytes()


def _nearest(colours: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Return the place in a palette of what is nearest to each colour."""
    away = ((colours[:, None] - palette[None]) ** 2).sum(axis=-1)
    nearest: np.ndarray = away.argmin(axis=1)
    return nearest


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
