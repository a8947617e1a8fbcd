"""The finished site and its address go in; what its pages and lists fail to tell machines comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from generator.problems import Location, Problem

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


def check_heads(tree: Mapping[str, bytes], codes: Sequence[str], address: str) -> Iterator[Problem]:
    """Yield what is wrong with the heads of the pages, the sitemap and the feeds.

    Args:
        tree: the whole site by path.
        codes: its languages, the default one first.
        address: the absolute address of its root with a final slash, or "" for none.
    """
    pages = [path for path in tree if path.endswith(".html")]
    for path in pages:
        page = LexborHTMLParser(tree[path].decode("utf-8"))
        yield from check_policy(path, page)
        yield from check_heading(path, page)
        if address and "/" in path:
            yield from check_address(path, page, codes, address)
    if address:
        yield from check_sitemap(tree, [path for path in pages if "/" in path], codes, address)
    for code in codes:
        yield from check_feed(tree, f"{code}/feed.xml")


def check_policy(path: str, page: LexborHTMLParser) -> Iterator[Problem]:
    """Every page has a strict policy before all it rules, and no style or script in an attribute."""
    found = page.css('head meta[http-equiv="Content-Security-Policy"]')
    ruled = page.css_first("head > meta[charset] + meta[http-equiv]")
    rules = (found[0].attributes.get("content") or "") if found else ""
    if ruled is None or len(found) != 1:
        yield Problem(Location(path), "weak-policy", "no policy right after the encoding")
    elif "default-src 'none'" not in rules or "'unsafe-" in rules:
        yield Problem(Location(path), "weak-policy", f"{rules[:60]}…")
    for node in page.css("[style], [onclick], [onload], [onerror]"):
        yield Problem(Location(path), "weak-policy", f"<{node.tag}> has a style or a script in an attribute")


def check_heading(path: str, page: LexborHTMLParser) -> Iterator[Problem]:
    """Every page has exactly one first heading."""
    number = len(page.css("h1"))
    if number != 1:
        yield Problem(Location(path), "one-heading", f"{number} first headings", "sections begin with ##")


def check_address(path: str, page: LexborHTMLParser, codes: Sequence[str], address: str) -> Iterator[Problem]:
    """Every page announces its own absolute address and those of its alternates."""
    own = path.split("/", 1)[1]
    wanted = {code: f"{address}{code}/{own}" for code in codes}
    wanted["x-default"] = wanted[codes[0]]
    found = {
        node.attributes.get("hreflang") or "": node.attributes.get("href") or ""
        for node in page.css("head link[rel=alternate][hreflang]")
    }
    if found != wanted:
        yield Problem(Location(path), "missing-address", f"its alternates are {found}")
    canonical = [node.attributes.get("href") for node in page.css("head link[rel=canonical]")]
    if canonical != [f"{address}{path}"]:
        yield Problem(Location(path), "missing-address", f"its own address is {canonical}")


def check_sitemap(
    tree: Mapping[str, bytes], pages: Sequence[str], codes: Sequence[str], address: str
) -> Iterator[Problem]:
    """The sitemap lists exactly the pages, each with all its alternates."""
    location = Location("sitemap.xml")
    rows = ET.fromstring(tree["sitemap.xml"]).iter(f"{_MAP}url")  # noqa: S314 - we wrote it
    found = {row.findtext(f"{_MAP}loc") or "": len(row.findall(_ALTERNATE)) for row in rows}
    wanted = {f"{address}{path}" for path in pages}
    for url in sorted(wanted ^ set(found)):
        what = "is not a page" if url in found else "is missing"
        yield Problem(location, "wrong-sitemap", f"{url} {what}")
    for url, alternates in sorted(found.items()):
        if alternates != len(codes) + 1:
            yield Problem(location, "wrong-sitemap", f"{url} has {alternates} alternates")


def check_feed(tree: Mapping[str, bytes], path: str) -> Iterator[Problem]:
    """Every language has a feed that can be read, whose entries have an id, a title and a date."""
    try:
        feed = ET.fromstring(tree.get(path, b""))  # noqa: S314 - we wrote it
    except ET.ParseError as error:
        yield Problem(Location(path), "bad-feed", str(error))
        return
    for entry in [feed, *feed.iter(f"{_ATOM}entry")]:
        for name in ("id", "title", "updated"):
            if not (entry.findtext(f"{_ATOM}{name}") or "").strip():
                yield Problem(Location(path), "bad-feed", f"{entry.tag.removeprefix(_ATOM)} without {name}")
