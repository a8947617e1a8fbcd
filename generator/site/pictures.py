"""Figures and drawings go in; each page gets its drawings, and the files a reader can take home come out."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from generator.drawing import PROGRAMS, Drawings, palette_of, sides_in
from generator.drawing.carried import carried
from generator.drawing.export import carrying, size_of, standalone
from generator.drawing.fonts import KANA, sources
from generator.drawing.render import data_script
from generator.figures import Figure
from generator.figures.palette import SANS
from generator.language import Language
from generator.loading import Inputs
from generator.output.memory import Memory
from generator.pages import Site
from generator.pages.figure_block import words
from generator.prose.links import relative
from generator.raster import pictures
from generator.settings import FIGURE_PAGES
from generator.site.context import Context
from generator.site.html import PageTree

#: The folder of what pages of every language fetch.
SHARED: Final = "assets"
_PACKAGES = PROGRAMS / "node_modules"
#: How many letters a page may say before its first figure that a first view still shows of it.
_FIRST: Final = 1000
#: A page of so many letters of HTML has room for no drawing in its first view, but the one that is seen.
_HEAVY: Final = 120_000


def show_drawings(page: PageTree, context: Context) -> None:
    """Put the drawings of each figure into the room that its block keeps for them.

    The first of a page stands in it where a first view may show it, and so does what others lie over.
    The others are fetched, at the width that is seen, when a reader comes near; without script, and on paper,
    the picture that can be taken home stands in their place. So is that of a figure's own page: who comes
    from where it is shown has it already.
    """
    own = page.path.startswith(f"{FIGURE_PAGES}/")
    here = "" if own or len(page.html) > _HEAVY else _in_first_view(page)
    grounds = {node.attributes["data-ground"] for node in page.tree.css("[data-ground]")}
    for room in page.tree.css("[data-picture]"):
        ident = room.attributes["data-picture"] or ""
        if ident == here or ident in grounds:
            _put(room, {width: drawn[context.code, ident] for width, drawn in _widths(context.drawings)})
        else:
            _put_late(room, page, context)


def _widths(drawings: Drawings) -> tuple[tuple[str, Mapping[tuple[str, str], str]], ...]:
    return ("wide", drawings.wide), ("narrow", drawings.narrow)


def _put(room: LexborNode, drawn: Mapping[str, str], more: str = "") -> None:
    # Set inside the page, not brought from elsewhere: that would lose the capitals of SVG's names.
    room.inner_html = "".join(f'<div class="fig-{width}">{svg}</div>' for width, svg in drawn.items()) + more


def _in_first_view(page: PageTree) -> str:
    """Return the id of the figure before which little is said, "" where a page begins with much text."""
    said = 0
    for node in page.tree.css("article :is(p, li, [data-picture])"):
        if "data-picture" in node.attributes:
            return node.attributes["data-picture"] or ""
        said += len(node.text(deep=True))
        if said > _FIRST:
            return ""
    return ""


def _put_late(room: LexborNode, page: PageTree, context: Context) -> None:
    """Keep the places of a figure's two drawings, say where each is, and put its picture beside them."""
    ident, code = room.attributes["data-picture"] or "", context.code
    page.late.append(ident)
    figure, base = context.site.figures[ident], relative(page.path, f"{FIGURE_PAGES}/{ident}.{code}")
    title, alt = html.escape(figure.title), html.escape(figure.alt)
    picture = (
        f'<picture class="fig-plain"><source media="(max-width: 619px)" srcset="{base}.narrow.svg">'
        f'<img src="{base}.svg" alt="{alt}" loading="lazy"></picture>'
    )
    sizes = {width: size_of(drawn[code, ident]) for width, drawn in _widths(context.drawings)}
    script = f"{'../' * page.path.count('/')}{FIGURE_PAGES}/{ident}.{code}"
    holders = "".join(
        f'<div class="fig-{width}" data-drawing="{script}.{width}.js">'
        f'<svg role="img" aria-label="{title}" viewBox="0 0 {wide} {tall}" width="100%"></svg></div>'
        for width, (wide, tall) in sizes.items()
    )
    room.inner_html = holders + picture
    room.attrs["class"] = f"{room.attributes.get('class') or ''} fig-late".strip()


def is_late_drawing(path: str) -> bool:
    """Tell whether a file of the site is the script with a drawing that a page fetches."""
    return path.endswith((".wide.js", ".narrow.js"))


def late_drawings(idents: Iterable[str], context: Context) -> dict[str, dict[str, str]]:
    """Return what the scripts with the drawings of these figures bring, by path in the site of the language.

    Each brings one, at one of both widths, by "": the address that asks for it has nothing behind the path.
    """
    code = context.code
    return {
        f"{FIGURE_PAGES}/{ident}.{code}.{width}.js": {"": drawn[code, ident]}
        for ident in idents
        for width, drawn in _widths(context.drawings)
    }


def figure_files(
    site: Site, inputs: Inputs, drawings: Drawings, memory: Memory, late: Collection[str] = ()
) -> dict[str, bytes]:
    """Return the script and the SVG of each figure, and the script that draws them live.

    *late* are the figures whose drawings pages fetch: without script they show the SVG, at each width.
    """
    code, language = site.language.code, site.language
    tree: dict[str, bytes] = {}
    if not site.figures or drawings.plotly is None:
        return tree
    tree[_plotly(drawings)] = drawings.plotly.read_bytes()
    alone = {width: _alone(drawn, site, inputs) for width, drawn in _widths(drawings)}
    letters = carried(
        {ident: [drawn[ident] for drawn in alone.values()] for ident in site.figures}, _PACKAGES, memory
    )
    for ident in site.figures:
        stem = f"{code}/figures/{ident}.{code}"
        tree[f"{stem}.svg"] = carrying(alone["wide"][ident], letters[ident]).encode()
        if inputs.documentary.gallery or ident in late:
            tree[f"{stem}.narrow.svg"] = carrying(alone["narrow"][ident], letters[ident]).encode()
        tree[f"{stem}.js"] = _live(ident, inputs, drawings, language, memory)
    return tree


def figure_pictures(
    sites: Mapping[str, Site], inputs: Inputs, drawings: Drawings, memory: Memory
) -> dict[str, bytes]:
    """Return the PNG of each figure of every language, by path from the root of the site."""
    plain = {
        f"{code}/figures/{ident}.{code}.png": svg
        for code, site in sites.items()
        for ident, svg in _alone(drawings.wide, site, inputs).items()
    }
    return pictures(plain, sources(_PACKAGES, (SANS, KANA)), memory)


def _alone(drawn: Mapping[tuple[str, str], str], site: Site, inputs: Inputs) -> dict[str, str]:
    """Return the drawings of a language at one width as they stand alone, by figure."""
    language = site.language
    return {
        ident: standalone(drawn[language.code, ident], figure.title, sources_line(figure, inputs, language))
        for ident, figure in site.figures.items()
    }


def _plotly(drawings: Drawings) -> str:
    """Return where the script stands that draws figures live: all languages share it."""
    return f"{SHARED}/{drawings.plotly.name}" if drawings.plotly else ""


def _live(ident: str, inputs: Inputs, drawings: Drawings, language: Language, memory: Memory) -> bytes:
    """Return the script that draws a figure live, remembered by the data that its drawing is made from."""
    code, said, plotly = language.code, words(language), f"../{_plotly(drawings)}"

    def made() -> bytes:
        return data_script(
            drawings.plots[code, ident],
            palette_of(inputs.ledger),
            drawings.narrow_plots[code, ident],
            plotly=plotly,
            sides=sides_in(drawings.plots[code, ident], inputs.ledger, language),
            words=said,
        )

    parts = {"the data": inputs.data, "the words": repr(said), "the script of charts": plotly}
    return memory.recall(f"live {code}/{ident}", parts, made)


def sources_line(figure: Figure, inputs: Inputs, language: Language) -> str:
    """Return the line below a figure that stands alone: who says so, and where it is from."""
    named = (language.source_label(inputs.ledger.sources[source]) for source in figure.sources)
    label, title = language.say("Sources:"), language.text(inputs.documentary.title)
    parts = [f"{label} {', '.join(named)}.", title]
    return language.typeset(" ".join(parts))
