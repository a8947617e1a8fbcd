"""Figures and drawings go in; each page gets its drawings, and the files a reader can take home come out."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from generator.drawing import PROGRAMS, Drawings, palette_of, sides_in
from generator.drawing.export import face_rules, pictures, standalone
from generator.drawing.fonts import FACES, KANA, cut, sources
from generator.drawing.render import data_script
from generator.figures import Figure
from generator.figures.palette import SANS
from generator.language import Language
from generator.loading import Inputs
from generator.output.memory import Memory
from generator.pages import Site
from generator.pages.figure_block import words
from generator.site.context import Context
from generator.site.html import PageTree

_PACKAGES = PROGRAMS / "node_modules"


def show_drawings(page: PageTree, context: Context) -> None:
    """Put the drawings of each figure into the room that its block keeps for them."""
    for room in page.tree.css("[data-picture]"):
        key = context.code, room.attributes["data-picture"] or ""
        # Set inside the page, not brought from elsewhere: that would lose the capitals of SVG's names.
        room.inner_html = (
            f'<div class="fig-wide">{context.drawings.wide[key]}</div>'
            f'<div class="fig-narrow">{context.drawings.narrow[key]}</div>'
        )


def figure_files(site: Site, inputs: Inputs, drawings: Drawings, memory: Memory) -> dict[str, bytes]:
    """Return the script, the SVG and the PNG of each figure, and the script that draws them live."""
    code, language = site.language.code, site.language
    tree: dict[str, bytes] = {}
    if not site.figures or drawings.plotly is None:
        return tree
    plotly = f"assets/{drawings.plotly.name}"
    tree[f"{code}/{plotly}"] = drawings.plotly.read_bytes()
    shown = {
        ident: (figure.title, sources_line(figure, inputs, language))
        for ident, figure in site.figures.items()
    }
    fonts = face_rules(_carried(shown, drawings, code, memory))
    for ident in site.figures:
        stem = f"{code}/figures/{ident}.{code}"
        tree[f"{stem}.svg"] = standalone(drawings.wide[code, ident], *shown[ident], fonts).encode()
        if inputs.documentary.gallery:  # only a page for a narrow frame shows it
            tree[f"{stem}.narrow.svg"] = standalone(
                drawings.narrow[code, ident], *shown[ident], fonts
            ).encode()
        tree[f"{stem}.js"] = data_script(
            ident,
            drawings.plots[code, ident],
            palette_of(inputs.ledger),
            drawings.narrow_plots[code, ident],
            plotly=plotly,
            sides=sides_in(drawings.plots[code, ident], inputs.ledger, language),
            words=words(language),
        ).encode()
    plain = {
        f"{code}/figures/{ident}.{code}.png": standalone(drawings.wide[code, ident], *texts)
        for ident, texts in shown.items()
    }
    return tree | pictures(plain, sources(_PACKAGES, (SANS, KANA)), memory)


def sources_line(figure: Figure, inputs: Inputs, language: Language) -> str:
    """Return the line below a figure that stands alone: who says so, and where it is from."""
    named = (language.source_label(inputs.ledger.sources[source]) for source in figure.sources)
    label, title = language.say("Sources:"), language.text(inputs.documentary.title)
    parts = [f"{label} {', '.join(named)}.", title]
    return language.typeset(" ".join(parts))


def _carried(
    shown: Mapping[str, Sequence[str]], drawings: Drawings, code: str, memory: Memory
) -> dict[tuple[str, int, bool], bytes]:
    """Return the fonts that an SVG carries in itself: the letters of all the figures of a language."""
    text = [word for texts in shown.values() for word in texts]
    text += [html.unescape(drawings.wide[code, ident]) for ident in shown]
    letters = frozenset("".join(text))
    return {
        (face.family, face.weight, face.italic): cut(face.path(_PACKAGES), letters, memory)
        for face in FACES
        if face.family in (SANS, KANA) and not face.italic
    }
