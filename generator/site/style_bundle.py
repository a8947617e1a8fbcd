"""Pages with many style sheets go in; each page asks for one, which holds them all."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Collection, Mapping

from selectolax.lexbor import LexborNode

from generator.site.context import Context
from generator.site.html import PageTree

#: Takes texts by name, and gives them back without what only people read.
Minify = Callable[[Mapping[str, str]], Mapping[str, str]]
#: Sheets for print alone stay apart: no screen waits for them.
_ON_SCREEN = "head link[rel=stylesheet]:not([media])"


def sheets_of(page: PageTree) -> tuple[str, ...]:
    """Return the style sheets a page waits for before it shows, in their order, from the root of the site."""
    return tuple(_target(page, link) for link in page.tree.css(_ON_SCREEN))


def bundle_styles(
    asked: Collection[tuple[str, ...]], files: Mapping[str, bytes], minify: Minify
) -> tuple[dict[tuple[str, ...], str], dict[str, bytes]]:
    """Join the sheets of one folder that pages ask for together, so that what they name stays where it is.

    Args:
        asked: the sheets that pages ask for, each page's in their order.
        files: the files of the site, by path from its root.
        minify: makes the joined sheets small.

    Returns:
        where the joined sheet of several stands, and the files of the site with the joined sheets in the
        place of those that stand alone on no page.
    """
    alone = {sheets[0] for sheets in asked if len(sheets) == 1}
    joined: dict[tuple[str, ...], str] = {}
    made: dict[str, bytes] = {}
    several = sorted(sheets for sheets in set(asked) if len(sheets) > 1)
    texts = {
        f"{number}.css": "\n".join(files.get(sheet, b"").decode("utf-8") for sheet in sheets)
        for number, sheets in enumerate(several)
    }
    for sheets, text in zip(several, minify(texts).values(), strict=True):
        raw = text.encode()
        name = f"style-{hashlib.sha256(raw).hexdigest()[:10]}.css"
        joined[sheets] = posixpath.join(posixpath.dirname(sheets[0]), name)
        made[joined[sheets]] = raw
    spent = {sheet for sheets in joined for sheet in sheets} - alone
    return joined, {**{path: raw for path, raw in files.items() if path not in spent}, **made}


def ask_for_one_sheet(page: PageTree, context: Context) -> None:
    """Ask for the joined sheet where a page asks for several; it then waits once before it shows."""
    joined = context.sheets.get(sheets_of(page))
    if joined is None:
        return
    first, *others = page.tree.css(_ON_SCREEN)
    first.attrs["href"] = posixpath.relpath(joined, posixpath.dirname(page.where))
    for link in others:
        link.decompose()


def _target(page: PageTree, link: LexborNode) -> str:
    start = posixpath.dirname(page.where)
    return posixpath.normpath(posixpath.join(start, link.attributes.get("href") or ""))
