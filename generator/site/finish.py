"""What the engine built goes in, by language; the whole site comes out, each page parsed and written once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from generator.drawing import PROGRAMS, Drawings
from generator.drawing.minify import minify
from generator.drawing.packed import packed_script
from generator.drawing.render import find_tools
from generator.loading import Inputs
from generator.media import make_shown
from generator.output.memory import Memory
from generator.pages import Site
from generator.pages.card_maps import wordless_map
from generator.problems import Problem
from generator.site import theme
from generator.site.cards import card_scripts, mark_scripts
from generator.site.checks import BuiltPage, check_read
from generator.site.context import Context, make_context
from generator.site.data_files import data_files
from generator.site.database import database
from generator.site.downloads import DATA, archive_of, database_of, left_on_site, offline, workbook_of, zipped
from generator.site.feeds import feed, host_files, sitemap
from generator.site.figure_pages import embedded_pages
from generator.site.head_checks import check_lists
from generator.site.html import PageTree, parse_page
from generator.site.landing import forward_page, missing_page, root_page
from generator.site.layers import late_layers
from generator.site.media import media_files, pictures_on
from generator.site.page_end import citations
from generator.site.page_fonts import cut_fonts, letters_on
from generator.site.page_stages import CLOSING, LINKING, Worn, closing, completing, dressed, joining, mending
from generator.site.pictures import figure_files, late_drawings
from generator.site.project import own_scripts
from generator.site.search.texts import Text
from generator.site.stages import passed, run
from generator.site.style_attributes import SHEET, sheet
from generator.site.style_bundle import Minify, bundle_styles, sheets_of
from generator.site.workbook import workbook

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
    """A site under way: its pages as trees, the files beside them by path from the root, and each context.

    `texts` are what can be found in it, by language.
    """

    pages: tuple[PageTree, ...]
    files: Mapping[str, bytes]
    contexts: Mapping[str, Context]
    texts: Mapping[str, Sequence[Text]]

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
    """Mend every page, and lay the languages side by side with what stands above them.

    Args:
        raw: what the engine built and the pictures for sharing, by language and path.
        inputs: the documentary.
        sites: its pages by language.
        drawings: its figures as they are drawn.
        address: the absolute address of the site's root with a final slash, or "" for none.
        memory: keeps pages, the index of search, and pictures in their widths.
    """
    pages: list[PageTree] = []
    files: dict[str, bytes] = {}
    contexts: dict[str, Context] = {}
    texts: dict[str, list[Text]] = {}
    shown = make_shown(inputs.ledger.media.values(), inputs.files, memory)
    for code, built in raw.items():
        kept = {path: data for path, data in built.items() if not path.startswith(_UNUSED)}
        beside = {path: data for path, data in kept.items() if not path.endswith(".html")}
        context = make_context(inputs, sites[code], address, drawings, frozenset(beside))
        context = contexts[code] = replace(context, shown=shown)
        stage = mending(inputs)
        mended = [
            passed(stage, parse_page(data, code, path), context, memory)
            for path, data in kept.items()
            if path not in beside
        ]
        pages += [page for page, _ in mended]
        texts[code] = [text for _, texts_there in mended for text in texts_there]
        files |= {f"{code}/{path}": data for path, data in {**beside, **_made_from(context)}.items()}
    files |= media_files(shown)
    pages += _pages_above(inputs, sites, address)
    if address:
        documentary = inputs.documentary
        first = contexts[next(iter(sites))]
        listed_in = {path: first.written_in(path) for path in first.pages}
        seen = {path: pictures_on(page, first) for path, page in first.pages.items()}
        seen = {path: pictures for path, pictures in seen.items() if pictures}
        files["sitemap.xml"] = sitemap(listed_in, documentary.dated, address, seen)
    files |= {**host_files(address), **data_files(inputs)}
    return OpenSite(tuple(pages), files, contexts, texts)


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


def _pages_above(inputs: Inputs, sites: Mapping[str, Site], address: str) -> list[PageTree]:
    """Return the pages above all languages: the choice of one, and what is shown for a wrong address."""
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    documentary = inputs.documentary
    languages = {code: site.language for code, site in sites.items()}
    missing = missing_page(languages, documentary.languages, style, address, f"{documentary.home}.html")
    root = _root(inputs, sites, list(sites), address)
    return [parse_page(root, "", "index.html"), parse_page(missing, "", "404.html")]


def _root(inputs: Inputs, sites: Mapping[str, Site], codes: Sequence[str], address: str) -> bytes:
    """Return the page that offers these languages, beneath the ground of the map on their first page."""
    documentary = inputs.documentary
    titles = {code: sites[code].language.text(documentary.title) for code in codes}
    descriptions = {code: sites[code].language.text(documentary.about) for code in codes}
    names = {code: documentary.languages[code] for code in codes}
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    used = [mark for page in sites[codes[0]].pages if page.path == documentary.home for mark in page.used]
    shown = [ident for kind, ident in used if kind == "figure"]
    ground = wordless_map(shown, documentary, inputs.ledger)
    return root_page(titles, names, descriptions, style, address, f"{documentary.home}.html", ground)


@dataclass(frozen=True, slots=True)
class FinishedSite:
    """The whole site as bytes by path from its root, and what the last passes over each language knew."""

    tree: Mapping[str, bytes]
    contexts: Mapping[str, Context]


def close_site(
    site: OpenSite,
    pdfs: Mapping[str, bytes],
    beside: Sequence[Future[dict[str, bytes]]],
    memory: Memory,
    *,
    promised: bool = False,
) -> FinishedSite | list[Problem]:
    """Complete every page, check the whole site, and write it as a tree of bytes, or say what is broken.

    Args:
        site: the site under way.
        pdfs: what was printed of it, by path from the root.
        beside: further files, by path from the root, that are waited for when all else is made.
        memory: keeps pages, fonts, pictures and scripts from one build to the next.
        promised: whether the zips that the site offers of itself are made later: they are empty.
    """
    files = {**site.files, **pdfs}
    sizes = {path: len(raw) for path, raw in pdfs.items()}
    contexts = {code: replace(context, pdfs=sizes) for code, context in site.contexts.items()}
    first, *_ = contexts
    problems: list[Problem] = []
    pages: dict[str, PageTree] = {page.where: page for page in site.of("")}
    worn: dict[str, Worn] = {
        page.where: Worn(letters_on(page), sheets_of(page)) for page in _first_view(site)
    }
    for code, context in contexts.items():
        stage = completing(context)
        for page in site.of(code):
            pages[page.where], worn[page.where] = passed(stage, page, context, memory)
        own = [page for page in pages.values() if page.code == code]
        files[f"{code}/{SHEET}"] = sheet({name: css for page in own for name, css in page.styles.items()})
        files |= card_scripts(context, memory) | mark_scripts(context)
        late = sorted({ident for page in own for ident in page.late})
        fetched = late_drawings(late, context) | late_layers(own, context)
        files |= {f"{code}/{path}": packed_script(drawn) for path, drawn in fetched.items()}
        files |= figure_files(context.site, context.inputs, context.drawings, memory, late)
        if context.documentary.gallery:
            files |= embedded_pages(context.inputs, context.site, context.drawings, context.address)
        above = [page.where for page in _first_view(site)]
        letters = {where: worn[where].letters for where in [*(page.where for page in own), *above]}
        fonts = cut_fonts(letters, context.site, context.drawings, memory)
        if isinstance(fonts, list):
            problems += fonts
            continue
        files |= fonts.files
        contexts[code] = replace(context, fonts=fonts.links)
    if problems:
        return sorted(problems)
    shorten = partial(minify, tools=find_tools(PROGRAMS), memory=memory)
    files |= _scripts(files, list(contexts), shorten)
    site = replace(
        site, pages=tuple(pages[page.where] for page in site.pages), files=files, contexts=contexts
    )
    asked = {
        where: dressed(one, contexts[where.split("/")[0] if "/" in where else first])
        for where, one in worn.items()
    }
    for made in beside:
        files |= made.result()
    sheets, files = bundle_styles(list(asked.values()), files, shorten)
    joined = {code: replace(context, sheets=sheets) for code, context in contexts.items()}
    return _publishable(replace(site, files=files, contexts=joined), asked, memory, promised=promised)


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


def _publishable(
    site: OpenSite, asked: Mapping[str, tuple[str, ...]], memory: Memory, *, promised: bool
) -> FinishedSite | list[Problem]:
    """Link fonts and styles, make the archives, check the whole site, and write it."""
    first, *_ = site.contexts
    joined: dict[str, tuple[PageTree, str]] = {}
    for code, context in site.contexts.items():
        away = left_on_site(code, site.files) if not promised else None
        stage = joining(asked, away)
        for page in site.of(code):
            joined[page.where] = passed(stage, page, context, memory)
    for page in site.of(""):
        passes = LINKING if page.path == "index.html" else ()
        joined[page.where] = run(passes, page, site.contexts[first]), ""
    homes = {where: home for where, (_, home) in joined.items()}
    made = _promises(site) if promised else {**_archives(site, homes, memory), **_ledger_files(site, memory)}
    sizes = {path: len(raw) for path, raw in made.items()}
    weighed = {code: replace(context, archives=sizes) for code, context in site.contexts.items()}
    pages = tuple(joined[page.where][0] for page in site.pages)
    return _checked(replace(site, pages=pages, files={**site.files, **made}, contexts=weighed), memory)


def _promises(site: OpenSite) -> dict[str, bytes]:
    """Return nothing in the place of each file that can be taken away, by path from the root."""
    name = next(iter(site.contexts.values())).inputs.package.name
    each = (path for code in site.contexts for path in (archive_of(code), workbook_of(name, code)))
    return dict.fromkeys([DATA, database_of(name), *each], b"")


def _archives(site: OpenSite, homes: Mapping[str, str], memory: Memory) -> dict[str, bytes]:
    """Return a zip of the site of each language and one of the data, by path from the root.

    *homes* are the pages as they open from a folder, by their path.
    """
    inputs = next(iter(site.contexts.values())).inputs
    dated, name = inputs.documentary.dated, inputs.package.name
    sites = {code: context.site for code, context in site.contexts.items()}
    data = {path.removeprefix("data/"): raw for path, raw in site.files.items() if path.startswith("data/")}
    made = {DATA: zipped(data, f"{name}-data", dated, memory)}
    for code in site.contexts:
        start = _root(inputs, sites, [code], "")
        pages = {page.where: homes[page.where] for page in site.of(code)}
        made[archive_of(code)] = zipped(
            offline(code, site.files, pages, start), f"{name}-{code}", dated, memory
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


def _checked(site: OpenSite, memory: Memory) -> FinishedSite | list[Problem]:
    """Write every page, if nothing on any of them is broken."""
    first, *_ = site.contexts
    codes, context = list(site.contexts), site.contexts[first]
    stages = {code: closing(one, CLOSING) for code, one in site.contexts.items()} | {"": closing(context, ())}
    pages: list[PageTree] = []
    read: dict[str, BuiltPage] = {}
    problems: list[Problem] = []
    for page in site.pages:
        known = site.contexts.get(page.code, context)
        closed, (read[page.where], wrong) = passed(stages[page.code], page, known, memory)
        pages.append(closed)
        problems += wrong
    paths = frozenset({*site.files, *read})
    problems += check_read(read, paths, context.home)
    listed = {page.where: context.written_in(page.path) for page in pages if page.code}
    problems += check_lists(site.files, listed, codes, context.address)
    written = {page.where: page.html.encode("utf-8") for page in pages}
    return sorted(problems) or FinishedSite({**site.files, **written}, site.contexts)
