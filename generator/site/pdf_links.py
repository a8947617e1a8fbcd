"""A page and the sizes of the PDFs go in; the page gains what leads to its PDF, the first page to all."""

from __future__ import annotations

import html
from collections.abc import Sequence

from generator.language.typography import slug
from generator.pages import Page
from generator.prose.links import relative
from generator.site.context import Context
from generator.site.html import PageTree, append, insert_after, insert_before
from generator.site.weights import weight


def offer_pdf(page: PageTree, context: Context) -> None:
    """Offer a printed page as PDF below its title, and the whole book beside it."""
    heading = page.tree.css_first("h1")
    chapter, book = (f"{context.code}/pdf/{name}.pdf" for name in (page.path.removesuffix(".html"), "book"))
    if heading is None or chapter not in context.pdfs:
        return
    say, title = context.language.say, context.pages[page.path].title
    to_print = say("This page to print (PDF, {size})", size=_size(chapter, context))
    whole = say("The whole book (PDF, {size})", size=_size(book, context))
    links = " · ".join(
        (
            _link(page, chapter, to_print, _file(context, title, page.path)),
            _link(page, book, whole, _file(context, say("whole book"), "book")),
        )
    )
    insert_after(heading, f'\n<p class="pdf no-print">{links}</p>')


def list_pdfs(page: PageTree, context: Context) -> None:
    """List every PDF on the first page, before its notes."""
    if page.path != context.home:
        return
    printed = [(_pdf_of(source, context), source) for source in context.site.pages]
    items = "".join(
        f"<li>{_listed(page, path, source, context)}</li>" for path, source in printed if path in context.pdfs
    )
    if not items:
        return
    heading = html.escape(context.language.say("To print"))
    block = (
        f'<section class="pdf no-print">\n<h2 id="to-print">{heading}</h2>\n<ul>{items}</ul>\n</section>\n'
    )
    notes = page.tree.css_first("article div.footnote")
    if notes is not None:
        insert_before(notes, block)
    else:
        append(page, "article", block)


def _pdf_of(source: Page, context: Context) -> str:
    """Return where the PDF of a page stands: in the language in which it is written."""
    code = source.elsewhere[0] if source.elsewhere else context.code
    return f"{code}/pdf/{source.path}.pdf"


def _listed(page: PageTree, path: str, source: Page, context: Context) -> str:
    words = f"{source.title} (PDF, {_size(path, context)})"
    return _link(page, path, words, _file(context, source.title, source.path), source.elsewhere)


def _file(context: Context, title: str, path: str) -> str:
    """Return the name under which a PDF is kept: what it is, where its address says "index"."""
    site, own = slug(context.title) or context.inputs.package.name, slug(title) or slug(path)
    return f"{site}.pdf" if own == site else f"{site}-{own}.pdf"


def _size(path: str, context: Context) -> str:
    return weight(context.pdfs[path], context.language)


def _link(page: PageTree, target: str, words: str, file: str, elsewhere: Sequence[str] = ()) -> str:
    href = html.escape(relative(page.where, target), quote=True)
    there = f' class="elsewhere" hreflang="{elsewhere[0]}"' if elsewhere else ""
    return f'<a href="{href}"{there} download="{file}">{html.escape(words)}</a>'
