"""What blocks are to search and to the printer: `data-find` and `data-print`, set where a block is made.

`data-find` is "no" for what is not found, "bold" for a list of which only what is bold is found, and "whole"
for a table whose rows are found with it.
`data-print` is "no" for what stands on the screen only, or the name of a form on paper. Our own blocks carry
both as they are written; what Markdown and people write gets them here. No reader needs them: they are not
published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from generator.site.context import Context
from generator.site.html import PageTree

FIND: Final = "data-find"
PRINT: Final = "data-print"

#: What Markdown makes, and the classes that people may write.
_WRITTEN: Final[Mapping[str, Mapping[str, str]]] = {
    "a.headerlink": {FIND: "no", PRINT: "no"},
    "div.footnote": {FIND: "no", PRINT: "notes"},
    "a.footnote-ref": {FIND: "no", PRINT: "call"},
    "a.footnote-backref": {FIND: "no", PRINT: "no"},
    ".admonition": {PRINT: "box"},
    ".admonition-title": {PRINT: "title"},
    "a[rel=external]": {PRINT: "spelled"},
    ".lead": {PRINT: "lead"},
    ".note": {PRINT: "muted"},
    ".no-print": {PRINT: "no"},
}


def tell_roles(page: PageTree, _: Context) -> None:
    """Say of what Markdown made and people wrote what it is; what was said where it was made stays."""
    for selector, roles in _WRITTEN.items():
        for node in page.tree.css(selector):
            for name, role in roles.items():
                if name not in node.attributes:
                    node.attrs[name] = role


def drop_roles(page: PageTree, _: Context) -> None:
    """Take the roles away, and what stood there for them alone: they are for our own programs, and weigh."""
    for node in page.tree.css(f"[{FIND}], [{PRINT}]"):
        for name in (FIND, PRINT):
            if name in node.attributes:
                del node.attrs[name]
        if node.tag == "span" and not node.attributes:
            node.unwrap()


def find_role(node: LexborNode) -> str:
    """Return what a block is to search, "" for text like any other."""
    return _role(node, FIND)


def print_role(node: LexborNode) -> str:
    """Return what a block is to the printer, "" where its element says all."""
    return _role(node, PRINT)


def _role(node: LexborNode, name: str) -> str:
    return "" if node.tag == "-text" else node.attributes.get(name) or ""
