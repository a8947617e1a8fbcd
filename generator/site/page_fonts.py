"""The pages of one language go in; the fonts cut to their letters come out, and each page asks for them."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.drawing import PROGRAMS, Drawings
from generator.drawing.fonts import Letters, dress
from generator.output.memory import Memory
from generator.pages import Site
from generator.problems import Problem
from generator.prose.links import relative
from generator.site.context import Context, FontLinks
from generator.site.html import PageTree, append, insert_before
from generator.site.policy import admit_style


@dataclass(frozen=True, slots=True)
class CutFonts:
    """The fonts of a language: their files by path from the root, and how a page asks for them."""

    files: Mapping[str, bytes]
    links: FontLinks


#: What of a text nobody reads, and code, which has the letters of the reader's own machine; tags of a page.
_UNREAD = re.compile(r"<(script|style|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
#: What stands in italics: in the text as its tags say, in a drawing as its attribute does.
_ITALIC = re.compile(r"<(i|em|cite|dfn|var)\b[^>]*>(.*?)</\1>", re.DOTALL)
_LABEL = re.compile(r'<(text|tspan)\b[^>]*\bfont-style="italic"[^>]*>(.*?)</\1>', re.DOTALL)


def letters_on(page: PageTree, late: Iterable[str] = ()) -> Letters:
    """Return what a page and the drawings that come *late* to it are written with.

    What its attributes say counts, since some are shown; of ASCII only letters, since tags are full of signs.
    """
    read = _UNREAD.sub("", "".join((page.html, *late)))
    shown = {letter for letter in html.unescape(read) if letter.isalnum() or not letter.isascii()}
    return Letters(
        _each_once([*shown, _TAG.sub("", read)]),
        _each_once(_TAG.sub("", found[2]) for found in _ITALIC.finditer(read)),
        _each_once(_TAG.sub("", found[2]) for found in _LABEL.finditer(read)),
    )


def _each_once(texts: Iterable[str]) -> str:
    return "".join(sorted(set(html.unescape("".join(texts)))))


def cut_fonts(
    pages: Mapping[str, Letters], site: Site, drawings: Drawings, memory: Memory
) -> CutFonts | list[Problem]:
    """Cut the fonts to the letters of some pages, and of the figures of a language; *memory* keeps them.

    Args:
        pages: the letters on each page, by its path from the root of the whole site.
        site: the pages and figures of the language.
        drawings: its figures as they are drawn.
        memory: keeps what was cut before.
    """
    letters = dict(pages)
    for ident in site.figures:
        plot = drawings.plots[site.language.code, ident]
        texts = (str(trace.get("hovertext", "")) for trace in plot["data"])
        letters[f"figures/{ident}"] = Letters(_each_once(_TAG.sub("", text) for text in texts))
    fonts = dress(letters, PROGRAMS / "node_modules", memory)
    if isinstance(fonts, list):
        return fonts
    folder = f"{site.language.code}/assets"
    sheet = f"{folder}/fonts-{hashlib.sha256(fonts.sheet).hexdigest()[:10]}.css"
    files = {sheet: fonts.sheet, **{f"{folder}/fonts/{name}": raw for name, raw in fonts.files.items()}}
    early = tuple(f"{folder}/fonts/{name}" for name in fonts.early)
    italic = f"{folder}/fonts/{fonts.italic}" if fonts.italic else ""
    return CutFonts(files, FontLinks(sheet, early, fonts.own, italic))


#: The italics of a page that has more than this share of them (a bibliography) belong to its first view.
_MANY_ITALICS = 0.05


def _italics(page: PageTree, fonts: FontLinks) -> Iterator[str]:
    """Name the italics if a page has many: what comes late is not taken for that page."""
    read = _UNREAD.sub("", page.html)
    sloped = sum(len(_TAG.sub("", found[2])) for found in _ITALIC.finditer(read))
    if fonts.italic and sloped > _MANY_ITALICS * len(_TAG.sub("", read)):
        yield fonts.italic


def link_fonts(page: PageTree, context: Context) -> None:
    """Name the style sheet of the fonts before all other styles, and the fonts of the first view."""
    first = page.tree.css_first("head link[rel=stylesheet]") or page.tree.css_first("head style")
    if first is None or context.fonts is None:
        return
    early = "".join(
        f'<link rel="preload" href="{relative(page.where, font)}" as="font" type="font/woff2" crossorigin>'
        for font in [*context.fonts.early, *_italics(page, context.fonts)]
    )
    sheet = f'<link rel="stylesheet" href="{relative(page.where, context.fonts.sheet)}">'
    insert_before(first, early + sheet, "head")
    own = context.fonts.own.get(page.where)
    if own:
        # Rules that come later go first: the sheet has the same letters for what a card may say besides.
        folder = relative(page.where, posixpath.dirname(context.fonts.sheet))
        rules = own.replace("url(fonts/", f"url({folder}/fonts/")
        append(page, "head", f"<style>{rules}</style>")
        admit_style(page, rules)
