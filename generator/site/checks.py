"""The finished pages of every language go in; what is broken in them comes out as problems."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.figures import NARROW, WIDE
from generator.pages.figure_block import DOWNLOADS
from generator.problems import Location, Problem
from generator.site.html import SWITCHES, PageTree

#: Every figure is drawn at each of these.
WIDTHS = (WIDE, NARROW)
#: What makes a browser fetch: the element and the attribute that holds the address.
_FETCHES = (
    ("script", "src"),
    ("img", "src"),
    ("link[rel=stylesheet]", "href"),
    ("link[rel=preconnect]", "href"),
    ("link[rel=icon]", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "poster"),
    ("track", "src"),
)


#: The page that a host shows where it finds nothing, in the place of any address.
MISSING = "404.html"


@dataclass(frozen=True, slots=True)
class BuiltFigure:
    """A figure on a built page: the script with its data, and what a reader finds there."""

    ident: str
    source: str
    drawings: int
    table: bool
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A finished page: its anchors, its links, what it fetches, and its figures."""

    path: str
    anchors: tuple[str, ...]
    links: tuple[str, ...]
    fetches: tuple[str, ...]
    switches: Mapping[str, str]
    figures: tuple[BuiltFigure, ...]
    leftover: str


def read_page(page: PageTree, base: str = "/") -> BuiltPage:
    """Read what leads on from a finished page, and what it fetches and shows.

    A link of a page that a host shows at any depth begins with *base*, the path of the site's root; it
    is read as what the page would say from its own place.
    """
    tree = page.tree
    start = base if page.where == MISSING else ""
    text = tree.body.text(separator=" ") if tree.body else ""
    leftover = re.search(r"\{\{.{0,40}|\[\^c\d+\]", text)
    return BuiltPage(
        path=page.where,
        anchors=tuple(_values(tree, "[id]", "id")),
        links=tuple(link.removeprefix(start) for link in _values(tree, "a[href]", "href")),
        fetches=(
            *(value for s, a in _FETCHES for value in _values(tree, f"{s}[{a}]", a)),
            *(part.split()[0] for value in _values(tree, "[srcset]", "srcset") for part in value.split(", ")),
        ),
        switches={
            node.attributes.get("hreflang") or "": (node.attributes.get("href") or "").removeprefix(start)
            for node in tree.css(SWITCHES)
        },
        figures=tuple(_figure(node) for node in tree.css("figure[data-figure]")),
        leftover=leftover.group(0) if leftover else "",
    )


def _values(tree: LexborHTMLParser, selector: str, attribute: str) -> Iterator[str]:
    return (node.attributes.get(attribute) or "" for node in tree.css(selector))


def _figure(node: LexborNode) -> BuiltFigure:
    return BuiltFigure(
        node.attributes.get("data-figure") or "",
        node.attributes.get("data-src") or "",
        len(node.css('.fig-picture svg[role="img"]')),
        bool(node.css("details table tbody tr")),
        tuple(link.attributes.get("href") or "" for link in node.css("a[download]")),
    )


def check_site(
    pages: Iterable[PageTree], files: frozenset[str], home: str, address: str = ""
) -> Iterator[Problem]:
    """Yield everything that is broken in the finished site.

    Args:
        pages: every page.
        files: every path of the site.
        home: the path of the home page in the site of a language.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    base = urlsplit(address).path or "/"
    yield from check_read({page.where: read_page(page, base) for page in pages}, files, home)


def check_read(read: Mapping[str, BuiltPage], files: frozenset[str], home: str) -> Iterator[Problem]:
    """Yield everything that is broken in finished pages, by what was read of each, by its path."""
    anchors = {path: frozenset(page.anchors) for path, page in read.items()}
    for page in read.values():
        yield from check_links(page, anchors, files)
        yield from check_fetches(page, files)
        yield from check_alternates(page, read, home)
        yield from check_figures(page, files)
        yield from check_anchors(page)
        if page.leftover:
            yield Problem(Location(page.path), "mark-left", f'"{page.leftover}" is still on the page')


def check_links(
    page: BuiltPage, anchors: Mapping[str, frozenset[str]], files: frozenset[str]
) -> Iterator[Problem]:
    """Every internal link and anchor of the built site lands."""
    for link in sorted(set(page.links)):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or link.startswith(("javascript:", "mailto:")):
            continue
        target = resolve(page.path, parts.path)
        anchor = unquote(parts.fragment)
        if target not in files:
            yield Problem(Location(page.path), "broken-link", f'"{link}" leads to no page')
        elif anchor and target in anchors and anchor not in anchors[target]:
            yield Problem(Location(page.path), "broken-link", f'"{link}": no such anchor there')


@cache
def resolve(page: str, address: str) -> str:
    """Return the file an address on *page* means."""
    if not address:
        return page
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
    return posixpath.join(target, "index.html") if address.endswith("/") else target


def check_fetches(page: BuiltPage, files: frozenset[str]) -> Iterator[Problem]:
    """No page asks another host for anything, and what it asks for is there."""
    for address in sorted(set(page.fetches)):
        parts = urlsplit(address)
        if parts.scheme not in {"", "data"} or parts.netloc:
            yield Problem(Location(page.path), "foreign-request", f'"{address}"')
        elif not parts.scheme and resolve(page.path, parts.path) not in files:
            yield Problem(Location(page.path), "broken-link", f'"{address}" is not there')


def check_alternates(page: BuiltPage, read: Mapping[str, BuiltPage], home: str) -> Iterator[Problem]:
    """Every page has its alternate in every language, and links to it."""
    codes = {path.split("/")[0] for path in read if "/" in path}
    # What stands above the languages leads to their home pages.
    code, rest = page.path.split("/", 1) if "/" in page.path else ("", home)
    for other in sorted(codes - {code} - set(page.switches)):
        yield Problem(Location(page.path), "missing-pair", f"no link to its alternate in {other}")
    for other, address in page.switches.items():
        target = resolve(page.path, urlsplit(address).path)
        wanted = f"{other}/{rest}"
        if target not in read or target != wanted:
            yield Problem(Location(page.path), "missing-pair", f"no alternate in {other}: {target}")


def check_figures(page: BuiltPage, files: frozenset[str]) -> Iterator[Problem]:
    """Every figure of a built page carries its drawings, its table and its files."""
    for figure in page.figures:
        offered = {posixpath.splitext(address)[1].removeprefix(".") for address in figure.files}
        lacking = [kind.upper() for kind in DOWNLOADS if kind not in offered]
        if figure.drawings != len(WIDTHS):
            lacking.append("drawing for each width")
        if not figure.table:
            lacking.append("table")
        if resolve(page.path, figure.source) not in files:
            lacking.append("data to explore")
        for what in lacking:
            yield Problem(Location(page.path), "missing-picture", f"figure {figure.ident} has no {what}")
    for address in page.fetches:
        if posixpath.basename(urlsplit(address).path).startswith("plotly"):
            yield Problem(Location(page.path), "early-script", f'"{address}" is loaded with the page')


def check_anchors(page: BuiltPage) -> Iterator[Problem]:
    """An anchor stands once on a built page."""
    seen: set[str] = set()
    for anchor in page.anchors:
        if anchor in seen:
            yield Problem(Location(page.path), "duplicate-anchor", f'"{anchor}" stands twice')
        seen.add(anchor)
