"""The stages of a page: the passes over it in their order, and what of the documentary each stage knows.

What a stage knows is the key under which the page it leaves is kept: a pass that asks the context for
something new must have it named there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from generator.drawing.fonts import Letters
from generator.loading import Inputs
from generator.output.build_key import digest
from generator.problems import Problem
from generator.settings import PageKind
from generator.site.cards import name_cards
from generator.site.checks import BuiltPage, read_page
from generator.site.context import Context
from generator.site.downloads import taken_home
from generator.site.elsewhere import absent_pages, lead_elsewhere
from generator.site.head_checks import check_page
from generator.site.html import PageTree, parse_page
from generator.site.layers import late_layers, show_layers
from generator.site.media import show_media
from generator.site.mending import (
    announce,
    drop_leftovers,
    drop_needless_styles,
    frame_tables,
    lead_to_alternates,
    load_lifted_styles,
    name_language,
)
from generator.site.page_end import cite, close, describe, downloads_of, offer_downloads, picture_of
from generator.site.page_fonts import letters_on, link_fonts
from generator.site.pdf_links import list_pdfs, offer_pdf
from generator.site.pictures import late_drawings, show_drawings
from generator.site.roles import drop_roles, tell_roles
from generator.site.search.texts import Names, Text, read_texts
from generator.site.stages import Pass, Stage, run
from generator.site.style_attributes import lift_styles
from generator.site.style_bundle import ask_for_one_sheet, sheets_of
from generator.site.typesetting import (
    drop_comments,
    number_notes,
    place_notes,
    raise_ordinals,
    set_off_notes,
    set_spaces,
)
from generator.site.weights import weight

#: The passes, in their order. After these a page says all that is read from it: to search, and on paper.
MENDING: tuple[Pass, ...] = (
    tell_roles,
    drop_leftovers,
    name_language,
    lead_to_alternates,
    lead_elsewhere,
    frame_tables,
    announce,
    drop_needless_styles,
    load_lifted_styles,
    drop_comments,
    number_notes,
    place_notes,
    set_off_notes,
    set_spaces,
    raise_ordinals,
)
#: After these it holds all that a reader sees but what weighs itself.
COMPLETING: tuple[Pass, ...] = (
    describe,
    cite,
    close,
    offer_pdf,
    list_pdfs,
    show_drawings,
    show_layers,
    show_media,
    name_cards,
    lift_styles,
    drop_roles,
)
#: Those that need to know the letters, the style sheets and the archives of all pages follow, one by one.
LINKING: tuple[Pass, ...] = (link_fonts,)
JOINING: tuple[Pass, ...] = (ask_for_one_sheet,)
CLOSING: tuple[Pass, ...] = (offer_downloads,)

#: Where a page has room for a picture or a recording, and for a drawing.
_MEDIA = re.compile(r'data-media-(?:room|thumb)="([^"]+)"')
_ROOM = re.compile(r'data-(?:picture|layer|ground)="([^"]+)"')


def finish_alone(raw: bytes, path: str, context: Context) -> PageTree:
    """Finish one page of a site that is finished otherwise: *context* is that of its `FinishedSite`."""
    page = parse_page(raw, context.code, path)
    for passes in (MENDING, COMPLETING, (*LINKING, *JOINING), CLOSING):
        page = run(passes, page, context)
    return page


def mending(inputs: Inputs) -> Stage[list[Text]]:
    """Return the stage after which a page says all that is read from it, its texts for search first."""
    names = Names(names_of(inputs), {**inputs.ledger.entities, **inputs.ledger.media})
    listed = {f"{one.path}.html": one.kind is PageKind.PROSE for one in inputs.documentary.chapters}
    data = inputs.data

    def description(page: PageTree, context: Context) -> str:
        source = context.pages.get(page.path)
        return source.description if source else ""

    def knows(page: PageTree, context: Context) -> dict[str, str | bytes]:
        return {
            "the data": data,
            "the address": context.address,
            "its description": description(page, context),
            "pages in other languages": repr(
                [(path, one.title, one.elsewhere) for path, one in absent_pages(context).items()]
            ),
        }

    def read(page: PageTree, context: Context) -> list[Text]:
        if page.path not in listed:
            return []
        return read_texts(page, names, description(page, context), prose=listed[page.path])

    return Stage("mended page", MENDING, knows, read)


def names_of(inputs: Inputs) -> dict[str, list[str]]:
    """Return every form of every name, in every language, by the anchor of its entry."""
    ledger = inputs.ledger
    titles = {ident: entity.name for ident, entity in ledger.entities.items()}
    titles |= {ident: event.title for ident, event in ledger.events.items()}
    titles |= {ident: media.caption for ident, media in ledger.media.items()}
    names: dict[str, list[str]] = {}
    for ident, title in titles.items():
        forms = [*title.values(), *(form.name for form in ledger.other_names.get(ident, ()))]
        names[ident] = list(dict.fromkeys(form for form in forms if form))
    return names


@dataclass(frozen=True, slots=True)
class Worn:
    """What a completed page asks of all: its letters, and the style sheets it waits for."""

    letters: Letters
    sheets: tuple[str, ...]


def completing(context: Context) -> Stage[Worn]:
    """Return the stage after which a page holds all that a reader sees but what weighs itself."""
    data, code = context.inputs.data, context.code
    weights = {path: weight(size, context.language) for path, size in context.pdfs.items()}
    seen = {ident: repr(replace(one, paper=b"", files={})) for ident, one in context.shown.items()}

    def knows(page: PageTree, context: Context) -> dict[str, str | bytes]:
        source = context.pages.get(page.path)
        about = (source.path, source.title, source.description, source.used) if source else ()
        stem = page.path.removesuffix(".html")
        printed = {path: weights.get(path) for path in (f"{code}/pdf/{stem}.pdf", f"{code}/pdf/book.pdf")}
        listed = [(one.path, one.title) for one in context.site.pages] if page.path == context.home else []
        return {
            "the data": data,
            "the address": context.address,
            "its title and description": repr(about),
            "its drawings": repr(_drawn_on(page, context)),
            "its pictures and recordings": repr(
                [(i, seen[i]) for i in _media_on(page, context) if i in seen]
            ),
            "its picture for sharing": picture_of(page.path, context),
            "the PDFs": repr((printed, listed, weights if listed else ())),
        }

    def read(page: PageTree, context: Context) -> Worn:
        late = late_drawings(page.late, context) | late_layers([page], context)
        drawn = [svg for drawings in late.values() for svg in drawings.values()]
        return Worn(letters_on(page, drawn), sheets_of(page))

    return Stage("complete page", COMPLETING, knows, read)


def _media_on(page: PageTree, context: Context) -> list[str]:
    """Return the rows of media that a page has room for, or names."""
    source = context.pages.get(page.path)
    named = {ident for _, ident in source.used} if source else set()
    return sorted(named | media_in(page.html))


def media_in(text: str) -> set[str]:
    """Return the rows of media that a page, or its Markdown, has room for."""
    return set(_MEDIA.findall(text))


def _drawn_on(page: PageTree, context: Context) -> list[tuple[str, str]]:
    """Return the drawings that a page has room for, each with the digest of what is drawn there."""
    drawn, code = context.drawings, context.code
    idents = sorted(set(_ROOM.findall(page.html)))
    return [
        (
            ident,
            digest(
                {}, [drawn.wide[code, ident], drawn.narrow[code, ident], repr(drawn.marks.get((code, ident)))]
            ),
        )
        for ident in idents
        if (code, ident) in drawn.wide
    ]


def dressed(worn: Worn, context: Context) -> tuple[str, ...]:
    """Return the style sheets that a page waits for once that of the fonts is named before them."""
    return (context.fonts.sheet, *worn.sheets) if context.fonts else worn.sheets


def joining(asked: Mapping[str, tuple[str, ...]], away: frozenset[str] | None) -> Stage[str]:
    """Return the stage in which pages ask for fonts and one style sheet; what an archive holds is read.

    Without an archive *away*, which is what it leaves on the site, is `None`.
    """
    left = repr(away and sorted(away))

    def knows(page: PageTree, context: Context) -> dict[str, str | bytes]:
        fonts = context.fonts
        return {
            "the fonts": repr(fonts and (fonts.sheet, fonts.early, fonts.own.get(page.where))),
            "the style sheets": repr(context.sheets.get(asked[page.where])),
            "the address": context.address,
            "what the archive leaves on the site": left,
        }

    def read(page: PageTree, context: Context) -> str:
        return "" if away is None else taken_home(page, away, context.address)

    return Stage("dressed page", (*LINKING, *JOINING), knows, read)


def closing(context: Context, passes: Sequence[Pass]) -> Stage[tuple[BuiltPage, list[Problem]]]:
    """Return the last stage; what is checked of all pages, and what is wrong with one by itself, is read."""
    base = urlsplit(context.address).path or "/"
    offered = repr(downloads_of(context))

    def knows(page: PageTree, context: Context) -> dict[str, str | bytes]:
        return {
            "what can be taken away": offered,
            "whether it is listed": repr(page.path in context.pages),
            "the languages": repr(context.written_in(page.path)),
            "the address": context.address,
        }

    def read(page: PageTree, context: Context) -> tuple[BuiltPage, list[Problem]]:
        return read_page(page, base), list(check_page(page, context.written_in(page.path), context.address))

    return Stage("finished page", passes, knows, read)
