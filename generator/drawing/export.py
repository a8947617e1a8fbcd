"""A drawing, its title and its sources go in; an SVG that stands alone and pictures in PNG come out."""

from __future__ import annotations

import base64
import functools
import html
import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.drawing.render import FAMILY, printable
from generator.figures.palette import INK, MUTED, PAPER
from generator.output.apart import apart
from generator.output.build_key import makers
from generator.output.memory import Memory, Parts

#: Sizes in pixels: letters of the title and of the source line, lines, and the edge around all.
TITLE, SOURCE, LEADING, EDGE = 19, 13, 1.35, 16
#: Between the title and the drawing, and between the drawing and its sources, in pixels.
_ABOVE, _BELOW = 8, 4
#: How wide a letter is on average, in parts of its size.
LETTER = 0.55
#: PNGs have twice the pixels of the drawing, which has 96 to the inch.
PPI = 192
#: How many pictures one process draws: all of them stand in memory, pixel by pixel, until it ends.
AT_ONCE = 24
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def standalone(svg: str, title: str, source: str, fonts: str = "") -> str:
    """Return a drawing under its title and over its sources, on white, in plain colours.

    Args:
        svg: the drawing as it stands in a page.
        title: what it says; source: one line on who says so.
        fonts: a style sheet with the letters it needs, or nothing.
    """
    wide, tall = size_of(svg)
    head, above = _lines(title, TITLE, wide, EDGE, bold=True)
    top = above + _ABOVE
    foot, _ = _lines(source, SOURCE, wide, top + tall + _BELOW)
    width, height = standalone_size(svg, title, source)
    inner = printable(svg).replace("<svg ", f'<svg x="{EDGE}" y="{top:g}" width="{wide}" height="{tall}" ', 1)
    style = f"<defs><style>{fonts}</style></defs>" if fonts else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="{FAMILY}, sans-serif">{style}'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{head}{inner}{foot}</svg>\n'
    )


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


def face_rules(faces: Mapping[tuple[str, int, bool], bytes]) -> str:
    """Return a style sheet that carries WOFF2 files, by family, weight and slope, in itself."""
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"font-style:{'italic' if italic else 'normal'};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(raw).decode()})format('woff2')}}"
        for (family, weight, italic), raw in faces.items()
    )


def pictures(svgs: Mapping[str, str], font_folders: Sequence[Path], memory: Memory) -> dict[str, bytes]:
    """Return each SVG as PNG, by its name, drawn by Typst with the fonts of these folders."""
    slots = {f"picture {name}": svg for name, svg in svgs.items()}

    def made(missing: Sequence[str]) -> dict[str, bytes]:
        drawings = [slots[slot] for slot in missing]
        batches = [
            _Batch(tuple(drawings[first : first + AT_ONCE]), tuple(font_folders))
            for first in range(0, len(drawings), AT_ONCE)
        ]
        drawn = [_drawn(batches[0])] if len(batches) == 1 else apart(_drawn, batches)
        return dict(zip(missing, (png for batch in drawn for png in batch), strict=True))

    wanted: dict[str, Parts] = {slot: {"drawing": svg} for slot, svg in slots.items()}
    drawn = memory.recall_all(wanted, made, _makers(tuple(font_folders)))
    return {name: drawn[f"picture {name}"] for name in svgs}


@functools.cache
def _makers(font_folders: Sequence[Path]) -> str:
    """Name what a picture owes its bytes to, beside its SVG: this module, Typst and the fonts."""
    fonts = [path for folder in font_folders for path in sorted(folder.glob("*.ttf"))]
    return makers([Path(__file__), *fonts], ["pillow", "typst"])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pictures that one process draws: their SVGs, and the folders of their fonts."""

    svgs: tuple[str, ...]
    font_folders: tuple[Path, ...]


def _drawn(batch: _Batch) -> list[bytes]:
    """Return SVGs as PNG, one page of one document each."""
    import typst

    svgs = batch.svgs
    pages = "#pagebreak()\n".join(f'#image("{number}.svg")\n' for number in range(len(svgs)))
    files = {f"{number}.svg": svg.encode() for number, svg in enumerate(svgs)}
    files["main"] = f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}".encode()
    folders = [str(folder) for folder in batch.font_folders]
    # Typst takes a folder of files as a mapping too; its types do not say so yet.
    drawn = typst.compile(files, format="png", ppi=PPI, font_paths=folders, ignore_system_fonts=True)  # type: ignore[call-overload]
    return [_indexed(png) for png in (drawn if isinstance(drawn, list) else [drawn])]


def _indexed(png: bytes) -> bytes:
    """Return a picture with its colours in a palette, which weighs half.

    A drawing has a dozen colours and the shades between them and the paper: 256 are nearly always all it has.
    """
    from PIL import Image

    few = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        colours = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        colours.save(few, "PNG", compress_level=9)
    return few.getvalue()
