"""Drawings as SVG go in; pictures in PNG come out, drawn by Typst, with their colours in a palette.

A room of its own: the processes that draw import it, and would wait for all that other rooms import.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.output.apart import apart
from generator.output.build_key import makers
from generator.output.memory import Memory, Parts
from generator.raster.packing import indexed

#: PNGs have twice the pixels of the drawing, which has 96 to the inch.
PPI = 192
#: How many pixels a picture is tall at most: on a page of A4, 250 to the inch; a slide shows fewer.
TALLEST = 2400
#: What draws one of them, in Typst: a taller one as tall as that.
_FITTED = f"""#let fitted(name) = context {{
  let tallest = {TALLEST} / {PPI} * 1in
  if measure(image(name)).height > tallest {{ image(name, height: tallest) }} else {{ image(name) }}
}}"""
#: How many pictures one process draws: all of them stand in memory, pixel by pixel, until it ends.
AT_ONCE = 12


def pictures(svgs: Mapping[str, str], font_folders: Sequence[Path], memory: Memory) -> dict[str, bytes]:
    """Return each SVG as PNG, by its name, drawn with the fonts of these folders."""
    slots = {f"picture {name}": svg for name, svg in svgs.items()}

    def made(missing: Sequence[str]) -> dict[str, bytes]:
        # Dealt out like cards: batches of one size, with early and late drawings in each.
        many = -(-len(missing) // AT_ONCE)
        parts = [missing[first::many] for first in range(many)]
        batches = [_Batch(tuple(slots[slot] for slot in part), tuple(font_folders)) for part in parts]
        drawn = [_drawn(batches[0])] if many == 1 else apart(_drawn, batches)
        return {
            slot: png
            for part, batch in zip(parts, drawn, strict=True)
            for slot, png in zip(part, batch, strict=True)
        }

    wanted: dict[str, Parts] = {slot: {"drawing": svg} for slot, svg in slots.items()}
    drawn = memory.recall_all(wanted, made, _makers(tuple(font_folders)))
    return {name: drawn[f"picture {name}"] for name in svgs}


@functools.cache
def _makers(font_folders: Sequence[Path]) -> str:
    """Name what a picture owes its bytes to, beside its SVG: this room, what it calls, and the fonts."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    fonts = [path for folder in font_folders for path in sorted(folder.glob("*.ttf"))]
    return makers([*code, *fonts], ["deflate", "numpy", "pillow", "typst"])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pictures that one process draws: their SVGs, and the folders of their fonts."""

    svgs: tuple[str, ...]
    font_folders: tuple[Path, ...]


def _drawn(batch: _Batch) -> list[bytes]:
    """Return SVGs as PNG, one page of one document each."""
    import typst

    svgs = batch.svgs
    pages = "#pagebreak()\n".join(f'#fitted("{number}.svg")\n' for number in range(len(svgs)))
    files = {f"{number}.svg": svg.encode() for number, svg in enumerate(svgs)}
    files["main"] = f"#set page(width: auto, height: auto, margin: 0pt)\n{_FITTED}\n{pages}".encode()
    folders = [str(folder) for folder in batch.font_folders]
    # Typst takes a folder of files as a mapping too; its types do not say so yet.
    drawn = typst.compile(files, format="png", ppi=PPI, font_paths=folders, ignore_system_fonts=True)  # type: ignore[call-overload]
    return [indexed(png) for png in (drawn if isinstance(drawn, list) else [drawn])]
