"""Nothing goes in; the pictures that a new documentary begins with come out, drawn here and now."""

from __future__ import annotations

import io
import random
from typing import Final

from PIL import Image, ImageDraw

#: The picture in pixels, and how much larger it is drawn, so that its edges come out smooth.
_WIDTH, _HEIGHT, _TIMES = 1500, 1000, 2
_SKY: Final = ((238, 196, 150), (120, 140, 170))
_STONE, _SHADE, _WATER, _PEOPLE, _SUN = "#8d7f6f", "#5f5549", "#4c6478", "#2d2a2e", "#f6e2b8"
#: The centres of the arches and the breadth of each, in pixels.
_ARCHES, _SPAN = (330, 750, 1170), 330


def pictures() -> dict[str, bytes]:
    """Return two JPEGs by name: a bridge with people on it, and a part of it, larger."""
    whole = _bridge()
    parts = {"bridge.jpg": (0, 0, _WIDTH, _HEIGHT), "crowd.jpg": (640, 330, 1120, 690)}
    return {name: _jpeg(whole, box) for name, box in parts.items()}


def _jpeg(whole: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    """Return a part of the drawing, its corners counted in pixels of the whole picture."""
    left, top, right, bottom = (edge * _TIMES for edge in box)
    part = whole.crop((left, top, right, bottom))
    size = (min(part.width, _WIDTH), round(part.height * min(part.width, _WIDTH) / part.width))
    out = io.BytesIO()
    part.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()


def _bridge() -> Image.Image:
    image = Image.new("RGB", (_WIDTH * _TIMES, _HEIGHT * _TIMES))
    draw = ImageDraw.Draw(image)
    _sky(draw)
    _circle(draw, 1130, 330, 70, _SUN)
    _box(draw, 0, 700, _WIDTH, _HEIGHT, _WATER)
    _stones(draw)
    _crowd(draw)
    _ripples(draw)
    return image


def _sky(draw: ImageDraw.ImageDraw) -> None:
    low, high = _SKY
    for y in range(700):
        share = y / 700
        colour = tuple(round(h + (w - h) * share) for w, h in zip(low, high, strict=True))
        _box(draw, 0, y, _WIDTH, y + 1, "#{:02x}{:02x}{:02x}".format(*colour))


def _stones(draw: ImageDraw.ImageDraw) -> None:
    """Draw the bridge, and through its arches what is behind it."""
    _box(draw, 0, 470, _WIDTH, 700, _STONE)
    _box(draw, 0, 700, _WIDTH, 760, _SHADE)
    _box(draw, 0, 455, _WIDTH, 475, _SHADE)
    for middle in _ARCHES:
        half = _SPAN / 2
        _ellipse(draw, middle - half, 530, middle + half, 1010, "#c3a489")
        _box(draw, middle - half, 770, middle + half, 1010, _WATER)
        _box(draw, middle - half, 760, middle + half, 772, _WATER)
    _box(draw, 0, 800, _WIDTH, _HEIGHT, _WATER)


def _crowd(draw: ImageDraw.ImageDraw) -> None:
    chance = random.Random(1901)  # noqa: S311 - the same crowd each time
    for _ in range(190):
        x = min(max(chance.gauss(760, 300), 20), _WIDTH - 20)
        tall = chance.uniform(34, 46)
        _box(draw, x - 7, 458 - tall * 0.72, x + 7, 458, _PEOPLE)
        _circle(draw, x, 458 - tall * 0.86, 6.5, _PEOPLE)


def _ripples(draw: ImageDraw.ImageDraw) -> None:
    chance = random.Random(14)  # noqa: S311 - the same water each time
    for _ in range(120):
        x, y = chance.uniform(0, _WIDTH), chance.uniform(812, _HEIGHT)
        _box(draw, x, y, x + chance.uniform(30, 130), y + 2, "#6d8496")


def _box(draw: ImageDraw.ImageDraw, x: float, y: float, right: float, bottom: float, colour: str) -> None:
    draw.rectangle([x * _TIMES, y * _TIMES, right * _TIMES - 1, bottom * _TIMES - 1], fill=colour)


def _ellipse(draw: ImageDraw.ImageDraw, x: float, y: float, right: float, bottom: float, colour: str) -> None:
    draw.ellipse([x * _TIMES, y * _TIMES, right * _TIMES - 1, bottom * _TIMES - 1], fill=colour)


def _circle(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    _ellipse(draw, x - radius, y - radius, x + radius, y + radius, colour)
