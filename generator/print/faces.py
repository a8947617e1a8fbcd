"""The fonts in a PDF go in; the same letters come out in fewer bytes: outlines without hints for screens.

Paper and the screens of today are fine enough, and most programs that show a PDF do not read them. The
letters of the site have none either.
"""

from __future__ import annotations

import pikepdf
import uharfbuzz as hb

from generator.print.squeeze import squeezed


def drop_hints(pdf: pikepdf.Pdf) -> None:
    """Take the hints out of every TrueType font of a PDF; letters keep their numbers, shapes and widths."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            font = without_hints(thing.FontFile2.read_bytes())
            thing.FontFile2.Length1 = len(font)
            thing.FontFile2.write(squeezed(font), filter=pikepdf.Name.FlateDecode)


def without_hints(font: bytes) -> bytes:
    """Return a TrueType font with all its letters under their numbers, and no hints."""
    face, asked = hb.Face(font), hb.SubsetInput()
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE
    asked.glyph_set.update(range(face.glyph_count))
    return bytes(asked.subset(face).blob.data)
