"""The finished pages of every language go in; what is broken in them comes out as problems."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.figures import NARROW, WIDE
from generator.pages.figure_block import DOWNLOADS
from generator.problems import Location, Problem

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
    """A parsed page: its anchors, its links, what it fetches, and its figures."""

    path: str
    anchors: tuple[str, ...]
    links: tuple[str, ...]
    fetches: tuple[str, ...]
    switches: Mapping[str, str]
    figures: tuple[BuiltFigure, ...]
    leftover: str


def read_page(path: str, raw: bytes, base: str = "/") -> BuiltPage:
    """Parse one finished page; `path` counts from the root of the whole site.

    A link of a page that a host shows at any depth begins with *base*, the path of that root; it is
    read as what the page would say from its own place.
    """
    tree = LexborHTMLParser(raw.decode("utf-8"))
    if path == MISSING:
        for node in tree.css(f'a[href^="{base}"]'):
            node.attrs["href"] = (node.attributes["href"] or "").removeprefix(base)
    found = [n.attributes.get("id") or "" for n in tree.css("[id]")]
    text = tree.body.text(separator=" ") if tree.body else ""
    leftover = re.search(r"\{\{.{0,40}|\[\^c\d+\]", text)
    return BuiltPage(
        path=path,
        anchors=tuple(found),
        links=tuple(n.attributes.get("href") or "" for n in tree.css("a[href]")),
        fetches=tuple(n.attributes.get(a) or "" for s, a in _FETCHES for n in tree.css(f"{s}[{a}]")),
        switches={
            n.attributes.get("hreflang") or "": n.attributes.get("href") or ""
            for n in tree.css("a[hreflang]")
        },
        figures=tuple(
            BuiltFigure(
                n.attributes.get("data-figure") or "",
                n.attributes.get("data-src") or "",
                len(n.css('.fig-picture svg[role="img"]')),
                bool(n.css("details table tbody tr")),
                tuple(a.attributes.get("href") or "" for a in n.css("a[download]")),
            )
            for n in tree.css("figure[data-figure]")
        ),
        leftover=leftover.group(0) if leftover else "",
    )


def check_site(pages: Mapping[str, bytes], files: frozenset[str], address: str = "") -> Iterator[Problem]:
    """Yield everything that is broken in the finished site.

    Args:
        pages: the HTML of each page by its path from the root ("fr/index.html").
        files: every path of the site.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    base = urlsplit(address).path or "/"
    read = {path: read_page(path, raw, base) for path, raw in pages.items()}
    anchors = {path: frozenset(page.anchors) for path, page in read.items()}
    for page in read.values():
        yield from check_links(page, anchors, files)
        yield from check_fetches(page, files)
        yield from check_alternates(page, read)
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


def check_alternates(page: BuiltPage, read: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    """Every page has its alternate in every language, and links to it."""
    codes = {path.split("/")[0] for path in read if "/" in path}
    # What stands above the languages leads to their first pages.
    own, rest = page.path.split("/", 1) if "/" in page.path else ("", "index.html")
    for other in sorted(codes - {own} - set(page.switches)):
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
