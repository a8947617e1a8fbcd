"""A page of the site as a tree: parsed when something is asked of it, changed in place, and written once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: The links that switch the language of a page; others that lead to another language have the class.
SWITCHES: Final = "a[hreflang]:not(.elsewhere)"

_INDENT: Final = re.compile(r"\n\s+")


@dataclass(slots=True)
class PageTree:
    """One page: its language ("" above all languages), its path in the site of that language, and its text.

    It becomes a tree when that is asked for; from then on its text is what is written of the tree.

    `styles` are the declarations that stood in its style attributes, by the class that stands there now;
    `late` are the figures whose drawings it fetches when a reader comes near; `over` has the ground of each
    drawing that lies over one, of which it fetches the wide ones.
    """

    code: str
    path: str
    text: str
    styles: dict[str, str] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    over: dict[str, str] = field(default_factory=dict)
    _tree: LexborHTMLParser | None = field(default=None, compare=False, repr=False)

    @property
    def tree(self) -> LexborHTMLParser:
        """The page as a tree, which passes change in place."""
        if self._tree is None:
            self._tree = LexborHTMLParser(self.text)
        return self._tree

    @property
    def where(self) -> str:
        """Its path from the root of the whole site."""
        return f"{self.code}/{self.path}" if self.code else self.path

    @property
    def html(self) -> str:
        """What is written of it; spaces that do not break are written as themselves, in fewer bytes."""
        return self.text if self._tree is None else (self._tree.html or "").replace("&nbsp;", "\u00a0")

    def hand_on(self) -> PageTree:
        """Return a page with the tree of this one, which is text from now on.

        Whoever changes it lets the tree go when that is done: those of a whole site are most of a gigabyte.
        """
        self.text, tree, self._tree = self.html, self._tree, None
        styles, late, over = dict(self.styles), list(self.late), dict(self.over)
        return PageTree(self.code, self.path, self.text, styles, late, over, tree)


def parse_page(raw: bytes, code: str, path: str) -> PageTree:
    """Return a whole page as it came from the engine; what is asked of it first makes a tree of it.

    The indents and blank lines of its template go: its frame has some hundred of them on every page.
    """
    text = raw.decode("utf-8")
    before, start, rest = text.partition("<article")
    inside, end, after = rest.rpartition("</article>")
    if not end:
        return PageTree(code, path, text)
    before, after = (_INDENT.sub("\n", part) for part in (before, after))
    return PageTree(code, path, f"{before}{start}{inside}{end}{after}")


def elements(markup: str, inside: str = "div") -> list[LexborNode]:
    """Parse some elements as they would be read *inside* another; they can then be put into a page."""
    root = LexborHTMLParser(markup, is_fragment=True, fragment_tag=inside).root
    return list(_siblings(root)) if root else []


def _siblings(node: LexborNode | None) -> Iterable[LexborNode]:
    while node is not None:
        yield node
        node = node.next


def insert_before(node: LexborNode, markup: str, inside: str = "div") -> None:
    """Put elements before *node*, in their order."""
    for element in elements(markup, inside):
        node.insert_before(element)


def insert_after(node: LexborNode, markup: str, inside: str = "div") -> None:
    """Put elements after *node*, in their order."""
    for element in reversed(elements(markup, inside)):
        node.insert_after(element)


def append(page: PageTree, selector: str, markup: str) -> None:
    """Put elements at the end of the first element of the page that matches; nowhere if none does."""
    place = page.tree.css_first(selector)
    if place is not None:
        for element in elements(markup, place.tag or "div"):
            place.insert_child(element)


def html_without(page: PageTree, selector: str) -> str:
    """Return what is written of a page without the elements that match; the page keeps them."""
    away = page.tree.create_node("div")
    taken = []
    for node in page.tree.css(selector):
        taken.append((node, node.prev, node.parent))
        away.insert_child(node, move=True)
    written = page.html
    for node, before, parent in reversed(taken):
        if before is not None:
            before.insert_after(node, move=True)
        elif parent is not None and parent.first_child is not None:
            parent.first_child.insert_before(node, move=True)
        elif parent is not None:
            parent.insert_child(node, move=True)
    return written
