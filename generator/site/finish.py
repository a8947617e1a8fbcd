"""What the engine built goes in, by language; the whole site comes out, each page parsed and written once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.drawing import PROGRAMS, Drawings
from generator.drawing.minify import minify
from generator.drawing.render import find_tools
from generator.language import Language
from generator.loading import Inputs
from generator.media import make_shown
from generator.output.memory import Memory
from generator.pages import Site
from generator.pages.card_data import Named
from generator.problems import Problem
from generator.settings import PageKind
from generator.site import theme
from generator.site.cards import card_scripts, name_cards
from generator.site.checks import check_site
from generator.site.context import Context, make_context
from generator.site.data_files import data_files
from generator.site.database import database
from generator.site.downloads import DATA, archive_of, database_of, offline, workbook_of, zipped
from generator.site.feeds import feed, host_files, sitemap
from generator.site.figure_pages import embedded_pages
from generator.site.head_checks import check_heads
from generator.site.html import PageTree, parse_page
from generator.site.landing import forward_page, missing_page, root_page
from generator.site.layers import show_layers
from generator.site.media import media_files, pictures_on, show_media
from generator.site.mending import (
    announce,
    drop_leftovers,
    frame_tables,
    lead_to_alternates,
    load_lifted_styles,
    name_language,
)
from generator.site.page_end import citations, cite, close, describe, offer_downloads
from generator.site.page_fonts import cut_fonts, link_fonts
from generator.site.pdf_links import list_pdfs, offer_pdf
from generator.site.pictures import figure_files, show_drawings
from generator.site.project import own_scripts
from generator.site.roles import drop_roles, tell_roles
from generator.site.search.index import make_search
from generator.site.search.texts import Names, Text, read_texts
from generator.site.style_attributes import SHEET, lift_styles, sheet
from generator.site.style_bundle import Minify, ask_for_one_sheet, bundle_styles
from generator.site.typesetting import (
    drop_comments,
    number_notes,
    place_notes,
    raise_ordinals,
    set_off_notes,
    set_spaces,
)
from generator.site.workbook import workbook

#: What changes one page in place; what it knows beside the page is the context.
Pass = Callable[[PageTree, Context], None]
#: The passes, in their order. After these a page says all that is read from it: to search, and on paper.
MENDING: tuple[Pass, ...] = (
    tell_roles,
    drop_leftovers,
    name_language,
    lead_to_alternates,
    frame_tables,
    announce,
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

#: What a theme or an engine brings that no page of ours loads, or that we make ourselves.
_UNUSED = (
    "404.html",
    "assets/images/favicon.png",
    "assets/javascripts/",
    "assets/stylesheets/",
    "search.json",
    "search/",
    "sitemap.xml",
)


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site under way: its pages as trees, the files beside them by path from the root, and each context."""

    pages: tuple[PageTree, ...]
    files: Mapping[str, bytes]
    contexts: Mapping[str, Context]

    def of(self, code: str) -> list[PageTree]:
        """Return the pages of one language."""
        return [page for page in self.pages if page.code == code]


def open_site(
    raw: Mapping[str, Mapping[str, bytes]],
    inputs: Inputs,
    sites: Mapping[str, Site],
    drawings: Drawings,
    address: str,
    memory: Memory,
) -> OpenSite:
    """Parse and mend every page, and lay the languages side by side with what stands above them.

    Args:
        raw: what the engine built and the pictures for sharing, by language and path.
        inputs: the documentary.
        sites: its pages by language.
        drawings: its figures as they are drawn.
        address: the absolute address of the site's root with a final slash, or "" for none.
        memory: keeps the index of search, and pictures in their widths.
    """
    pages: list[PageTree] = []
    files: dict[str, bytes] = {}
    contexts: dict[str, Context] = {}
    shown = make_shown(inputs.ledger.media.values(), inputs.files, memory)
    for code, built in raw.items():
        kept = {path: data for path, data in built.items() if not path.startswith(_UNUSED)}
        beside = {path: data for path, data in kept.items() if not path.endswith(".html")}
        context = make_context(inputs, sites[code], address, drawings, frozenset(beside))
        contexts[code] = replace(context, shown=shown)
        trees = [parse_page(data, code, path) for path, data in kept.items() if path not in beside]
        run(MENDING, trees, contexts[code])
        beside |= _made_from(contexts[code])
        pages += trees
        files |= {f"{code}/{path}": data for path, data in beside.items()}
    languages = {code: site.language for code, site in sites.items()}
    listed = {f"{chapter.path}.html" for chapter in inputs.documentary.chapters}
    searched = [page for page in pages if page.path in listed]
    texts = {code: _texts((page for page in searched if page.code == code), contexts[code]) for code in sites}
    files |= make_search(texts, languages, memory)
    files |= media_files(shown)
    pages += _pages_above(inputs, languages, address)
    if address:
        documentary = inputs.documentary
        paths = list(contexts[next(iter(sites))].pages)
        first = contexts[next(iter(sites))]
        seen = {path: pictures_on(page, first) for path, page in first.pages.items()}
        files["sitemap.xml"] = sitemap(
            paths,
            list(documentary.languages),
            documentary.dated,
            address,
            {p: s for p, s in seen.items() if s},
        )
    return OpenSite(tuple(pages), {**files, **host_files(address), **data_files(inputs)}, contexts)


def run(passes: Sequence[Pass], pages: Iterable[PageTree], context: Context) -> None:
    """Run the passes over each page."""
    for page in pages:
        for change in passes:
            change(page, context)


def _texts(pages: Iterable[PageTree], context: Context) -> list[Text]:
    """Return what search can find on the mended pages of a language."""
    ledger = context.inputs.ledger
    names = Names(names_of(context.inputs), {**ledger.entities, **ledger.media})
    prose = {f"{one.path}.html" for one in context.documentary.chapters if one.kind is PageKind.PROSE}
    descriptions = {path: page.description for path, page in context.pages.items()}
    read = (
        read_texts(page, names, descriptions.get(page.path, ""), prose=page.path in prose) for page in pages
    )
    return [text for texts in read for text in texts]


def _made_from(context: Context) -> dict[str, bytes]:
    """Return what is made for a language beside its pages: citations, the feed, a way home."""
    language = context.language
    title = language.say("{title}: changes of the data", title=context.title)
    changes = context.documentary.changes
    return {
        **citations(context),
        "feed.xml": feed(context.code, title, context.authors, changes, context.address, context.home),
        **_way_home(context),
    }


def _way_home(context: Context) -> dict[str, bytes]:
    """Return what stands at the address of a language's folder, where no page does."""
    if "index.html" in context.pages:
        return {}
    return {"index.html": forward_page(context.title, context.code, context.home, context.address)}


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


def _pages_above(inputs: Inputs, languages: Mapping[str, Language], address: str) -> list[PageTree]:
    """Return the pages above all languages: the choice of one, and what is shown for a wrong address."""
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    documentary = inputs.documentary
    missing = missing_page(languages, documentary.languages, style, address, f"{documentary.home}.html")
    root = _root(inputs, languages, list(languages), address)
    return [parse_page(root, "", "index.html"), parse_page(missing, "", "404.html")]


def _root(inputs: Inputs, languages: Mapping[str, Language], codes: Sequence[str], address: str) -> bytes:
    """Return the page that offers these languages."""
    documentary = inputs.documentary
    titles = {code: languages[code].text(documentary.title) for code in codes}
    descriptions = {code: languages[code].text(documentary.about) for code in codes}
    names = {code: documentary.languages[code] for code in codes}
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    return root_page(titles, names, descriptions, style, address, f"{documentary.home}.html")


@dataclass(frozen=True, slots=True)
class FinishedSite:
    """The whole site as bytes by path from its root, and what the last passes over each language knew.

    `named` is what pages name of the ledger, by language and by the script that holds the cards of it.
    """

    tree: Mapping[str, bytes]
    contexts: Mapping[str, Context]
    named: Mapping[str, Mapping[str, Named]]


def finish_alone(raw: bytes, path: str, context: Context) -> PageTree:
    """Finish one page of a site that is finished otherwise: *context* is that of its `FinishedSite`."""
    page = parse_page(raw, context.code, path)
    run((*MENDING, *COMPLETING, *LINKING, *JOINING, *CLOSING), [page], context)
    return page


def close_site(
    site: OpenSite, pdfs: Mapping[str, bytes], memory: Memory, *, archives: bool = True
) -> FinishedSite | list[Problem]:
    """Complete every page, check the whole site, and write it as a tree of bytes, or say what is broken.

    Args:
        site: the site under way.
        pdfs: what was printed of it, by path from the root.
        memory: keeps fonts, pictures and scripts from one build to the next.
        archives: whether the site offers itself as zips, too.
    """
    files = {**site.files, **pdfs}
    sizes = {path: len(raw) for path, raw in pdfs.items()}
    contexts = {code: replace(context, pdfs=sizes) for code, context in site.contexts.items()}
    problems: list[Problem] = []
    for code, context in contexts.items():
        run(COMPLETING, site.of(code), context)
        styles = {name: css for page in site.of(code) for name, css in page.styles.items()}
        files[f"{code}/{SHEET}"] = sheet(styles)
        files |= card_scripts(_named(site.of(code)), context)
        files |= figure_files(context.site, context.inputs, context.drawings, memory)
        if context.documentary.gallery:
            files |= embedded_pages(context.inputs, context.site, context.drawings, context.address)
        fonts = cut_fonts([*site.of(code), *_first_view(site)], context.site, context.drawings, memory)
        if isinstance(fonts, list):
            problems += fonts
            continue
        files |= fonts.files
        contexts[code] = replace(context, fonts=fonts.links)
    if problems:
        return sorted(problems)
    shorten = partial(minify, tools=find_tools(PROGRAMS), memory=memory)
    files |= _scripts(files, list(contexts), shorten)
    return _publishable(replace(site, files=files, contexts=contexts), shorten, memory if archives else None)


def _scripts(files: Mapping[str, bytes], codes: Sequence[str], shorten: Minify) -> dict[str, bytes]:
    """Return our own scripts, and the sheets that come with some of them, minified, by path.

    Those of a documentary are published as they are.
    """
    names = [*(f"assets/{name}" for name in own_scripts()), *theme.LATE_STYLES]
    paths = [f"{code}/{name}" for code in codes for name in names]
    texts = {path: files[path].decode("utf-8") for path in paths if path in files}
    return {path: text.encode() for path, text in shorten(texts).items()}


def _first_view(site: OpenSite) -> list[PageTree]:
    """Return the page that offers the languages, which has the fonts of the first."""
    return [page for page in site.pages if page.where == "index.html"]


def _publishable(site: OpenSite, shorten: Minify, memory: Memory | None) -> FinishedSite | list[Problem]:
    """Link fonts and styles, make the archives if there is a memory, check the whole site, and write it."""
    first, *_ = site.contexts
    for code, context in site.contexts.items():
        above = _first_view(site) if code == first else []
        run(LINKING, [*site.of(code), *above], context)
    sheets, files = bundle_styles(site.pages, site.files, shorten)
    joining = {code: replace(context, sheets=sheets) for code, context in site.contexts.items()}
    site = replace(site, files=files, contexts=joining)
    for code, context in joining.items():
        run(JOINING, site.of(code), context)
    made = {} if memory is None else {**_archives(site), **_ledger_files(site, memory)}
    sizes = {path: len(raw) for path, raw in made.items()}
    closing = {code: replace(context, archives=sizes) for code, context in joining.items()}
    for code, context in closing.items():
        run(CLOSING, site.of(code), context)
    return _checked(replace(site, files={**files, **made}, contexts=closing))


def _named(pages: Iterable[PageTree]) -> dict[str, Named]:
    """Return what pages name of the ledger, by the script that holds the cards of it."""
    return {path: named for page in pages for path, named in page.named.items()}


def _archives(site: OpenSite) -> dict[str, bytes]:
    """Return a zip of the site of each language and one of the data, by path from the root."""
    inputs = next(iter(site.contexts.values())).inputs
    dated, name = inputs.documentary.dated, inputs.package.name
    languages = {code: context.language for code, context in site.contexts.items()}
    data = {path.removeprefix("data/"): raw for path, raw in site.files.items() if path.startswith("data/")}
    made = {DATA: zipped(data, f"{name}-data", dated)}
    for code, context in site.contexts.items():
        start = _root(inputs, languages, [code], "")
        made[archive_of(code)] = zipped(
            offline(code, site.files, site.of(code), start, context.address), f"{name}-{code}", dated
        )
    return made


def _ledger_files(site: OpenSite, memory: Memory) -> dict[str, bytes]:
    """Return the ledger as a workbook in each language, and as a database, by path from the root."""
    inputs = next(iter(site.contexts.values())).inputs
    name, parts = inputs.package.name, {"data": inputs.data, "SQLite": sqlite3.sqlite_version}
    made = {database_of(name): memory.recall("database", parts, lambda: database(inputs))}
    for code, context in site.contexts.items():
        make = partial(workbook, inputs, context.language)
        made[workbook_of(name, code)] = memory.recall(f"workbook {code}", {"data": inputs.data}, make)
    return made


def _checked(site: OpenSite) -> FinishedSite | list[Problem]:
    """Write every page, if nothing on any of them is broken."""
    codes, context = list(site.contexts), next(iter(site.contexts.values()))
    address = context.address
    paths = frozenset({*site.files, *(page.where for page in site.pages)})
    problems = [
        *check_site(site.pages, paths, context.home, address),
        *check_heads(site.pages, site.files, codes, address),
    ]
    written = {page.where: page.html.encode("utf-8") for page in site.pages}
    named = {code: _named(site.of(code)) for code in codes}
    return sorted(problems) or FinishedSite({**site.files, **written}, site.contexts, named)
