"""A page as the engine built it goes in; it loses leftovers and gains alternates and policy."""

from __future__ import annotations

import html

from selectolax.lexbor import LexborNode

from generator.prose.links import absolute, relative
from generator.site import theme
from generator.site.context import Context
from generator.site.html import SWITCHES, PageTree, elements, insert_after
from generator.site.policy import SCHEME, SPECULATION, policy
from generator.site.style_attributes import SHEET

#: What the theme leaves for scripts of its own that we do not load.
_LEFTOVERS = (
    "input.md-toggle, label.md-overlay, [data-md-component=announce], .md-dialog, "
    "script:not([src]):not([type]), meta[name=generator], "
    "link[rel=alternate][hreflang], link[rel=canonical]"
)


def drop_leftovers(page: PageTree, _: Context) -> None:
    """Take away what the theme leaves for scripts of its own."""
    for node in page.tree.css(_LEFTOVERS):
        node.decompose()
    if page.tree.body:
        for name in [name for name in page.tree.body.attributes if name.startswith("data-md-")]:
            del page.tree.body.attrs[name]


def name_language(page: PageTree, context: Context) -> None:
    """Say the language of the page as the settings do: the theme may know only a wider one."""
    root = page.tree.root
    if root is not None:
        root.attrs["lang"] = context.code


def lead_to_alternates(page: PageTree, context: Context) -> None:
    """Lead the switch to the same page in the other language."""
    for link in page.tree.css(SWITCHES):
        other = link.attributes["hreflang"] or context.code
        link.attrs["href"] = relative(page.where, f"{other}/{page.path}")


def frame_tables(page: PageTree, _: Context) -> None:
    """Frame each table written in prose, so that it scrolls by itself where the screen is narrow.

    The frame can be reached with the keyboard, and is named after the heading above the table.
    """
    heading = ""
    for node in page.tree.css("h1, h2, h3, h4, table"):
        if node.tag != "table":
            heading = node.text(deep=True).replace("¶", "").strip()
        elif "class" not in node.attributes and not node.css_matches(".table-wrap *"):
            _name_heads(node)
            named = html.escape(heading, quote=True)
            insert_after(
                node, f'<div class="table-scroll" role="group" tabindex="0" aria-label="{named}"></div>'
            )
            if node.next is not None:
                node.next.insert_child(node, move=True)


def _name_heads(table: LexborNode) -> None:
    """Say what each head of a table is the head of.

    A blank cell is the head of nothing; under a blank corner, the first cell of a row is the row's head.
    """
    for number, cell in enumerate(table.css("thead th")):
        if cell.text(deep=True).strip():
            cell.attrs["scope"] = "col"
            continue
        if number == 0:
            for row in table.css("tbody tr"):
                _become(row.css_first("td"), "th", scope="row")
        _become(cell, "td")


def _become(cell: LexborNode | None, tag: str, **more: str) -> None:
    """Make a cell of a table another kind of cell, with what it holds and what is said of it."""
    if cell is None:
        return
    [made] = elements(f"<{tag}></{tag}>", "tr")
    for name, value in {**cell.attributes, **more}.items():
        made.attrs[name] = value or ""
    made.inner_html = cell.inner_html or ""
    cell.replace_with(made)


def announce(page: PageTree, context: Context) -> None:
    """Put policy, the script of the paper and the page's addresses after the statement of the encoding."""
    encoding = page.tree.css_first("head meta[charset]")
    if encoding is not None:
        insert_after(encoding, announcements(page, context), "head")


def announcements(page: PageTree, context: Context) -> str:
    """Return the policy, the script of the paper, and the page's own address and its alternates'.

    Search engines want addresses absolute; without the site's address there are none. What stands in the
    place of a page that is not written in the language leads them to it.
    """
    links = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy((SCHEME, SPECULATION))}">',
        '<meta name="color-scheme" content="light dark">',
        f"<script>{SCHEME}</script>",
    ]
    codes = context.written_in(page.path)
    there = context.code if context.code in codes else codes[0]
    if there != context.code:
        links.append('<meta name="robots" content="noindex">')
    if context.address:
        url = html.escape(absolute(context.address, f"{there}/{page.path}"))
        links.append(f'<link rel="canonical" href="{url}">')
        for other, target in [*((c, c) for c in codes), ("x-default", codes[0])]:
            href = html.escape(absolute(context.address, f"{target}/{page.path}"))
            links.append(f'<link rel="alternate" hreflang="{other}" href="{href}">')
    return "".join(links)


def drop_needless_styles(page: PageTree, _: Context) -> None:
    """Ask for no sheet of what this page does not have."""
    for sheet, use in theme.STYLES_OF_FEW.items():
        if page.tree.css_first(use) is None:
            for link in page.tree.css(f'head link[rel=stylesheet][href$="{sheet}"]'):
                link.decompose()


def load_lifted_styles(page: PageTree, _: Context) -> None:
    """Load the sheet of lifted style attributes after all others."""
    sheets = page.tree.css("head link[rel=stylesheet]")
    if sheets:
        insert_after(sheets[-1], f'<link rel="stylesheet" href="{relative(page.path, SHEET)}">', "head")
