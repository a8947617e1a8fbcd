"""A page goes in; what leads to pages that its language has not leads to them in another, and says so."""

from __future__ import annotations

import html
import posixpath

from selectolax.lexbor import LexborNode

from generator.pages import Page
from generator.pages.elsewhere import only_in
from generator.prose.links import relative
from generator.site.context import Context
from generator.site.html import PageTree, insert_after


def lead_elsewhere(page: PageTree, context: Context) -> None:
    """Lead links to where a page is written; what a reader meets there is said beside each.

    The switch of the language leads to what stands in its place, which says where it is.
    """
    absent = absent_pages(context)
    if not absent:
        return
    for link in page.tree.css("a[href]:not([hreflang])"):
        path, mark, anchor = (link.attributes["href"] or "").partition("#")
        if path and "://" not in path:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
            if target in absent:
                _lead(link, page, absent[target], mark + anchor, context)
    if page.path in absent:
        _name(page, absent[page.path], context)


def absent_pages(context: Context) -> dict[str, Page]:
    """Return what stands in the place of pages that a language has not, by path."""
    return {path: source for path, source in context.pages.items() if source.elsewhere}


def _lead(link: LexborNode, page: PageTree, source: Page, anchor: str, context: Context) -> None:
    """Lead one link to the first language in which a page is written."""
    code = source.elsewhere[0]
    link.attrs["href"] = relative(page.where, f"{code}/{source.path}.html") + anchor
    link.attrs["hreflang"] = code
    link.attrs["class"] = f"{link.attributes.get('class') or ''} elsewhere".strip()
    said = html.escape(only_in(source.elsewhere, context.language, context.documentary))
    if not _split(link, source, said):
        insert_after(link, f'<span class="elsewhere-note"> ({said})</span>')


def _name(page: PageTree, source: Page, context: Context) -> None:
    """Say in which language the title is, in the heading of what stands in the place of a page."""
    said = html.escape(only_in(source.elsewhere, context.language, context.documentary))
    for heading in page.tree.css("h1"):
        _split(heading, source, said)


def _split(node: LexborNode, source: Page, said: str) -> bool:
    """Mark the language of a title that stands with its language in brackets; tell whether it does."""
    whole = html.escape(source.title, quote=False)
    title = whole.removesuffix(f" ({said})")
    inner = node.inner_html or ""
    if title == whole or whole not in inner:
        return False
    marked = f'<span lang="{source.elsewhere[0]}">{title}</span> ({said})'
    node.inner_html = inner.replace(whole, marked, 1)
    return True
