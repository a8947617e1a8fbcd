"""Pages and drawings go in; the pictures shown where somebody shares a link come out."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping

from generator.drawing import PROGRAMS, Drawings
from generator.drawing.fonts import sources
from generator.drawing.render import FAMILY, printable
from generator.figures.palette import ACCENT, INK, MUTED, PAGE, SANS
from generator.loading import Inputs
from generator.output.memory import Memory
from generator.pages import Page, Site
from generator.raster import pictures

#: Half of what services ask for (1200 by 630), since pictures have two pixels for one.
WIDE, TALL = 600, 315
EDGE = 20


def share_pictures(
    sites: Mapping[str, Site], inputs: Inputs, drawings: Drawings, memory: Memory
) -> dict[str, dict[str, bytes]]:
    """Return for each language its pictures by path: that of the site, and of each page with a figure."""
    folders = sources(PROGRAMS / "node_modules", (SANS,))
    wanted: dict[tuple[str, str], str] = {}
    for code, site in sites.items():
        documentary, language = inputs.documentary, site.language
        title, description = language.text(documentary.title), language.text(documentary.about)
        wanted[code, "share/site.png"] = card(title, description, title)
        for page in site.pages:
            ident = first_figure(page)
            if ident and (code, ident) in drawings.wide:
                drawing = drawings.wide[code, ident]
                finding = site.figures[ident].title
                wanted[code, f"share/{page.path}.png"] = card(page.title, finding, title, drawing)
    made = pictures({f"{code}/{path}": svg for (code, path), svg in wanted.items()}, folders, memory)
    shared: dict[str, dict[str, bytes]] = {code: {} for code in sites}
    for code, path in wanted:
        shared[code][path] = made[f"{code}/{path}"]
    return shared


def first_figure(page: Page) -> str:
    """Return the first figure a page shows; "" for none."""
    return next((ident for kind, ident in page.used if kind == "figure"), "")


def card(title: str, description: str, site: str, drawing: str = "") -> str:
    """Return a picture as SVG: a title, a sentence, a drawing if there is one, and the site's name.

    A drawing that is too tall is cut below: its first rows can be read, all of them could not.
    """
    top, lines = (EDGE + 6.0, "") if drawing else (EDGE * 3.0, "")
    head, text_size = (24, 15) if drawing else (40, 20)
    for text, size, colour, weight in ((title, head, INK, 600), (description, text_size, MUTED, 400)):
        for line in textwrap.wrap(text, int((WIDE - 2 * EDGE) / size / 0.53))[: 2 if drawing else 4]:
            top += size
            lines += _text(line, EDGE, top, size, colour, weight)
            top += size * 0.3
        top += 4
    room = TALL - top - 2 * EDGE
    inner = ""
    if drawing:
        where = f'x="{EDGE}" y="{top:g}" width="{WIDE - 2 * EDGE}" height="{room:g}"'
        inner = printable(drawing).replace("<svg ", f'<svg {where} preserveAspectRatio="xMidYMin slice" ', 1)
    name = "" if title == site else _text(site, EDGE, TALL - 12, 13, ACCENT, 600)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" height="{TALL}" '
        f'font-family="{FAMILY}, sans-serif"><rect width="{WIDE}" height="{TALL}" fill="{PAGE}"/>'
        f'<rect width="6" height="{TALL}" fill="{ACCENT}"/>{lines}{inner}'
        f'<rect x="6" y="{TALL - 30}" width="{WIDE}" height="30" fill="{PAGE}"/>{name}</svg>\n'
    )


def _text(text: str, x: float, y: float, size: int, colour: str, weight: int) -> str:
    where = f'x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
    return f"<text {where}>{html.escape(text)}</text>"
