"""A drawing, its title and its sources go in; an SVG that stands alone comes out."""

from __future__ import annotations

import html
import re
import textwrap

from generator.drawing.render import FAMILY, printable
from generator.figures.palette import INK, MUTED, PAPER

#: Sizes in pixels: letters of the title and of the source line, lines, and the edge around all.
TITLE, SOURCE, LEADING, EDGE = 19, 13, 1.35, 16
#: Between the title and the drawing, and between the drawing and its sources, in pixels.
_ABOVE, _BELOW = 8, 4
#: How wide a letter is on average, in parts of its size.
LETTER = 0.55
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def standalone(svg: str, title: str, source: str) -> str:
    """Return a drawing under its title and over its sources, on white, in plain colours.

    Args:
        svg: the drawing as it stands in a page.
        title: what it says; source: one line on who says so.
    """
    wide, tall = size_of(svg)
    head, above = _lines(title, TITLE, wide, EDGE, bold=True)
    top = above + _ABOVE
    foot, _ = _lines(source, SOURCE, wide, top + tall + _BELOW)
    width, height = standalone_size(svg, title, source)
    inner = printable(svg).replace("<svg ", f'<svg x="{EDGE}" y="{top:g}" width="{wide}" height="{tall}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="{FAMILY}, sans-serif">'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{head}{inner}{foot}</svg>\n'
    )


def carrying(alone: str, style: str) -> str:
    """Return a drawing that stands alone with a style sheet in it: that of its letters."""
    return alone.replace("<rect", f"<defs><style>{style}</style></defs><rect", 1)


def standalone_size(svg: str, title: str, source: str) -> tuple[int, int]:
    """Return the width and the height in pixels that a drawing has under its title and over its sources."""
    wide, tall = size_of(svg)
    _, above = _lines(title, TITLE, wide, EDGE)
    _, below = _lines(source, SOURCE, wide, above + _ABOVE + tall + _BELOW)
    return wide + 2 * EDGE, round(below + EDGE)


def size_of(svg: str) -> tuple[int, int]:
    """Return the width and the height of a drawing in pixels."""
    box = _BOX.search(svg)
    return (int(box[1]), int(box[2])) if box else (0, 0)


def _lines(text: str, size: int, wide: int, top: float, *, bold: bool = False) -> tuple[str, float]:
    """Set a text in lines from *top* down; return it and where it ends."""
    lines = textwrap.wrap(text, max(20, int(wide / size / LETTER)), break_on_hyphens=False)
    weight, ink = (' font-weight="600"', INK) if bold else ("", MUTED)
    markup = ""
    for number, line in enumerate(lines):
        y = round(top + size + number * size * LEADING, 1)
        where = f'x="{EDGE}" y="{y:g}" font-size="{size}"{weight} fill="{ink}"'
        markup += f"<text {where}>{html.escape(line)}</text>"
    return markup, round(top + len(lines) * size * LEADING, 1)
