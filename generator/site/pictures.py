"""Finished pages and drawings go in; the pages with their pictures, fonts and downloads come out."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.drawing import PROGRAMS, Drawings, palette_of, sides_in
from generator.drawing.export import face_rules, pictures, standalone
from generator.drawing.fonts import FACES, KANA, SANS, Fonts, cut, dress
from generator.drawing.render import data_script
from generator.figures import Figure
from generator.language import Language
from generator.loading import Inputs
from generator.pages import Site
from generator.pages.figure_block import words
from generator.problems import Problem
from generator.prose.links import relative

Tree = dict[str, bytes]
#: The room that the block of a figure keeps for its drawings.
_ROOM = re.compile(r'<div class="fig-picture" data-picture="([^"]+)"></div>')
_PACKAGES = PROGRAMS / "node_modules"


def dress_site(
    tree: Mapping[str, bytes], sites: Mapping[str, Site], inputs: Inputs, drawings: Drawings, work: Path
) -> Tree | list[Problem]:
    """Give every page its drawings and its fonts, and lay what a reader can take home beside them."""
    dressed = dict(tree)
    for code, site in sites.items():
        for path in _pages(tree, code):
            page = tree[path].decode()
            dressed[path] = fill_pictures(page, code, drawings).encode()
        dressed |= figure_files(site, inputs, drawings, work)
    problems: list[Problem] = []
    for code, site in sites.items():
        found = dress(_letters(dressed, site, drawings), _PACKAGES, work / "fonts")
        if isinstance(found, list):
            problems += found
            continue
        dressed |= _with_fonts(dressed, code, found, first=code == next(iter(sites)))
    return problems or dressed


def _pages(tree: Mapping[str, bytes], code: str) -> list[str]:
    return [path for path in tree if path.startswith(f"{code}/") and path.endswith(".html")]


def fill_pictures(page: str, code: str, drawings: Drawings) -> str:
    """Put the drawings of each figure into the room that its block keeps for them."""

    def filled(room: re.Match[str]) -> str:
        key = code, room.group(1)
        return (
            f'<div class="fig-picture" data-picture="{key[1]}"><div class="fig-wide">{drawings.wide[key]}'
            f'</div><div class="fig-narrow">{drawings.narrow[key]}</div></div>'
        )

    return _ROOM.sub(filled, page)


def figure_files(site: Site, inputs: Inputs, drawings: Drawings, work: Path) -> Tree:
    """Return the script, the SVG and the PNG of each figure, and the script that draws them live."""
    code, language = site.language.code, site.language
    tree: Tree = {}
    if not site.figures or drawings.plotly is None:
        return tree
    plotly = f"assets/{drawings.plotly.name}"
    tree[f"{code}/{plotly}"] = drawings.plotly.read_bytes()
    shown = {
        ident: (figure.title, _sources(figure, inputs, language)) for ident, figure in site.figures.items()
    }
    fonts = face_rules(_carried(shown, drawings, code, work))
    for ident in site.figures:
        stem = f"{code}/figures/{ident}.{code}"
        tree[f"{stem}.svg"] = standalone(drawings.wide[code, ident], *shown[ident], fonts).encode()
        tree[f"{stem}.js"] = data_script(
            ident,
            drawings.plots[code, ident],
            palette_of(inputs.ledger),
            drawings.narrow_plots[code, ident],
            plotly=plotly,
            sides=sides_in(drawings.plots[code, ident], inputs.ledger, language),
            words=words(language),
        ).encode()
    plain = [standalone(drawings.wide[code, ident], *said) for ident, said in shown.items()]
    folders = {face.path(_PACKAGES).parent for face in FACES if face.family in (SANS, KANA)}
    for ident, raw in zip(shown, pictures(plain, sorted(folders), work / "pictures"), strict=True):
        tree[f"{code}/figures/{ident}.{code}.png"] = raw
    return tree


def _sources(figure: Figure, inputs: Inputs, language: Language) -> str:
    named = (language.source_label(inputs.ledger.sources[source]) for source in figure.sources)
    label, title = language.say("Sources:"), language.text(inputs.documentary.title)
    parts = [f"{label} {', '.join(named)}.", title]
    return language.typeset(" ".join(parts))


def _carried(
    shown: Mapping[str, Sequence[str]], drawings: Drawings, code: str, work: Path
) -> dict[tuple[str, int, bool], bytes]:
    """Return the fonts that an SVG carries in itself: the letters of all the figures of a language."""
    text = [word for said in shown.values() for word in said]
    text += [html.unescape(drawings.wide[code, ident]) for ident in shown]
    letters = frozenset("".join(text))
    return {
        (face.family, face.weight, face.italic): cut(face.path(_PACKAGES), letters, work / "fonts")
        for face in FACES
        if face.family in (SANS, KANA) and not face.italic
    }


def _letters(tree: Mapping[str, bytes], site: Site, drawings: Drawings) -> dict[str, str]:
    """Return what stands on each page of a language, and on the page that offers the languages."""
    found = {path: html.unescape(tree[path].decode()) for path in _pages(tree, site.language.code)}
    found["index.html"] = html.unescape(tree.get("index.html", b"").decode())
    for ident in site.figures:
        plot = drawings.plots[site.language.code, ident]
        texts = (str(trace.get("hovertext", "")) for trace in plot["data"])
        found[f"figures/{ident}"] = html.unescape("".join(texts))
    return found


def _with_fonts(tree: Mapping[str, bytes], code: str, fonts: Fonts, *, first: bool) -> Tree:
    """Return the font files, their style sheet, and every page with a link to it."""
    mixed = hashlib.sha256(fonts.sheet).hexdigest()[:10]
    sheet = f"{code}/assets/fonts-{mixed}.css"
    early = [f"{code}/assets/fonts/{name}" for name in fonts.early]
    changed = {sheet: fonts.sheet}
    changed |= {f"{code}/assets/fonts/{name}": raw for name, raw in fonts.files.items()}
    paths = [*_pages(tree, code), *(["index.html"] if first and "index.html" in tree else [])]
    for path in paths:
        changed[path] = link_fonts(tree[path].decode(), path, sheet, early).encode()
    return changed


def link_fonts(page: str, path: str, sheet: str, early: Iterable[str]) -> str:
    """Name the style sheet of the fonts before all others, and the fonts of the first view.

    All paths count from the root of the site.
    """
    links = "".join(
        f'<link rel="preload" href="{relative(path, font)}" as="font" type="font/woff2" crossorigin>'
        for font in early
    )
    links += f'<link rel="stylesheet" href="{relative(path, sheet)}">'
    first = '<link rel="stylesheet"' if '<link rel="stylesheet"' in page else "<style"
    return page.replace(first, f"{links}{first}", 1)
