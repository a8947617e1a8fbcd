"""A page goes in; its description for machines, its citation and its foot are put into it."""

from __future__ import annotations

import html

from generator.ledger import edtf
from generator.pages import Page
from generator.prose.links import absolute, relative
from generator.site.cite import Citation, cite_block, cite_files
from generator.site.context import Context
from generator.site.downloads import DATA, archive_of, database_of, workbook_of
from generator.site.html import PageTree, append, insert_after
from generator.site.media_metadata import media_objects
from generator.site.metadata import PageMetadata, dataset, sharing, structured
from generator.site.weights import weight

#: A picture of the whole site for sharing, where a page has none of its own.
SITE_PICTURE = "share/site.png"


def describe(page: PageTree, context: Context) -> None:
    """Say in the head of the page what it is: to services that show a link to it, and to search engines."""
    source, title = context.pages.get(page.path), page.tree.css_first("head title")
    if source is None or title is None or source.elsewhere:
        return
    details = metadata(source, page.path, context)
    data = dataset(context.inputs.package, context.code, context.address, _data_files(context))
    feed = html.escape(context.language.say("Changes of the data"))
    link = (
        f'<link rel="alternate" type="application/atom+xml" title="{feed}" '
        f'href="{relative(page.path, "feed.xml")}">'
    )
    insert_after(title, sharing(details) + link + structured(details, data), "head")


def metadata(source: Page, path: str, context: Context) -> PageMetadata:
    """Gather what the head of a page tells machines."""
    shown = list(dict.fromkeys(ident for kind, ident in source.used if kind == "figure"))
    licences = context.inputs.package.licences
    figures = context.site.figures
    return PageMetadata(
        path=path,
        code=context.code,
        title=source.title,
        description=source.description,
        site=context.title,
        authors=context.authors,
        dated=context.documentary.dated,
        licence=licences[0].path if licences else "",
        address=context.address,
        picture=picture_of(path, context),
        home=context.home,
        alternates=[other for other in context.written_in(path) if other != context.code],
        figures=[(ident, figures[ident].title) for ident in shown if ident in figures],
        media=media_objects(source, context),
    )


def picture_of(path: str, context: Context) -> str:
    """Return where the picture for sharing stands, from the root of the site; "" for none."""
    picture = f"share/{path.removesuffix('.html')}.png"
    existing = next((file for file in (picture, SITE_PICTURE) if file in context.files), "")
    return f"{context.code}/{existing}" if existing else ""


def _data_files(context: Context) -> list[str]:
    """Name the files in which the data can be had, from the root of the site."""
    tables = [f"data/{table.path}" for table in context.inputs.package.tables]
    return [DATA, "data/datapackage.json", *tables]


def cite(page: PageTree, context: Context) -> None:
    """Say at the end of the article how to cite it."""
    source = context.pages.get(page.path)
    if source is not None and not source.elsewhere:
        append(page, "article", cite_block(_citation(source, context), page.path, context.language))


def citations(context: Context) -> dict[str, bytes]:
    """Return how to cite each page, for reference managers, by path in the site of the language."""
    files: dict[str, bytes] = {}
    for path, source in ((path, page) for path, page in context.pages.items() if not page.elsewhere):
        files |= cite_files(_citation(source, context), path)
    return files


def _citation(source: Page, context: Context) -> Citation:
    name = context.inputs.package.name
    path = f"{context.code}/{source.path}.html"
    return Citation(
        key=f"{name}-{source.path.replace('/', '-')}-{context.code}",
        title=source.title,
        site=context.title,
        authors=context.authors,
        dated=context.documentary.dated,
        code=context.code,
        url=absolute(context.address, path) if context.address else "",
    )


def close(page: PageTree, context: Context) -> None:
    """Say in the foot of the page how old the data are, and what leads on from here."""
    if page.path not in context.pages:
        return
    say = context.language.say
    date = context.language.date(edtf.parse(context.documentary.dated))
    more = [] if context.pages[page.path].elsewhere else [("#cite", say("Cite this page"))]
    more.append((relative(page.path, "feed.xml"), say("Changes of the data")))
    if context.documentary.repository:
        more.append((context.documentary.repository, say("Source of this site")))
    links = "".join(
        f'<li><a href="{html.escape(href)}">{html.escape(words)}</a></li>' for href, words in more
    )
    append(page, ".colophon", f"<p>{html.escape(say('Data of {date}.', date=date))}</p><ul>{links}</ul>")


def downloads_of(context: Context) -> list[tuple[str, str]]:
    """Return the path of each file that a page offers to take away, from the root, and what it says of it."""
    if not context.archives:
        return []
    name, code, say = context.inputs.package.name, context.code, context.language.say
    files = (
        (archive_of(code), say("This site as a folder"), "zip"),
        (DATA, say("The data"), "zip"),
        (workbook_of(name, code), say("The data as a workbook"), "xlsx"),
        (database_of(name), say("The data as a database"), "SQLite"),
    )
    return [
        (file, f"{words} ({kind}, {weight(context.archives[file], context.language)})")
        for file, words, kind in files
    ]


def offer_downloads(page: PageTree, context: Context) -> None:
    """Offer at the very end what can be taken away, with its size; a page in such an archive does not."""
    downloads = downloads_of(context)
    if page.path not in context.pages or not downloads:
        return
    links = "".join(
        f'<li><a href="{relative(page.where, file)}" download>{html.escape(words)}</a></li>'
        for file, words in downloads
    )
    append(page, ".colophon", f'<ul class="downloads">{links}</ul>')
