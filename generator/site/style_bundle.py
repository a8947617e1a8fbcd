"""The tree of the whole site goes in; the same comes out, each page with one style sheet instead of many."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def bundle_styles(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """Join the style sheets of each page; a page then waits once, and not six times, before it shows.

    Sheets for print alone stay apart. What stands alone in no page any more is left out.
    """
    found, joined, spent = dict(tree), dict[tuple[str, ...], str](), set[str]()
    alone: set[str] = set()
    for path in [path for path in tree if path.endswith(".html")]:
        page = LexborHTMLParser(tree[path].decode("utf-8"))
        links = page.css("head link[rel=stylesheet]:not([media])")
        sheets = tuple(_target(path, link) for link in links)
        if len(sheets) < 2:
            alone |= set(sheets)
            continue
        if sheets not in joined:
            raw = _joined([tree.get(sheet, b"").decode("utf-8") for sheet in sheets])
            name = f"style-{hashlib.sha256(raw).hexdigest()[:10]}.css"
            joined[sheets] = posixpath.join(posixpath.dirname(sheets[0]), name)
            found[joined[sheets]] = raw
        spent |= set(sheets)
        start = posixpath.dirname(path)
        links[0].attrs["href"] = posixpath.relpath(joined[sheets], start)
        for link in links[1:]:
            link.decompose()
        found[path] = (page.html or "").encode("utf-8")
    return {path: raw for path, raw in found.items() if path not in spent - alone}


def _target(path: str, link: LexborNode) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link.attributes.get("href") or ""))


def _joined(sheets: list[str]) -> bytes:
    """Join sheets of one folder, so that what they name stays where it is; drop comments and indents."""
    return "\n".join(_SPACE.sub("\n", _COMMENT.sub("", sheet)).strip() for sheet in sheets).encode()
