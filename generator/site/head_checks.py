"""The finished pages, lists and feeds go in; what they fail to tell machines comes out as problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from generator.problems import Location, Problem
from generator.prose.links import absolute
from generator.site.html import PageTree

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


def check_heads(
    pages: Collection[PageTree],
    files: Mapping[str, bytes],
    codes: Sequence[str],
    address: str,
) -> Iterator[Problem]:
    """Yield what is wrong with the heads of the pages, the sitemap and the feeds.

    Args:
        pages: every page.
        files: what stands beside them, by path from the root.
        codes: the languages, the default one first.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    for page in pages:
        yield from check_page(page, codes, address)
    yield from check_lists(files, {page.where: codes for page in pages if page.code}, codes, address)


def check_lists(
    files: Mapping[str, bytes], pages: Mapping[str, Sequence[str]], codes: Sequence[str], address: str
) -> Iterator[Problem]:
    """Yield what is wrong with the sitemap and the feeds.

    *pages* has the languages in which each page is written, by path from the root of the site: what stands in
    the place of a page in another language is not listed.
    """
    if address:
        listed = {where: there for where, there in pages.items() if where.split("/")[0] in there}
        yield from check_sitemap(files, listed, address)
    for code in codes:
        yield from check_feed(files, f"{code}/feed.xml")


def check_page(page: PageTree, codes: Sequence[str], address: str) -> Iterator[Problem]:
    """Yield what is wrong with one page by itself."""
    yield from check_policy(page.where, page.tree)
    yield from check_heading(page.where, page.tree)
    if address and page.code:
        yield from check_address(page, codes, address)


def check_policy(path: str, page: LexborHTMLParser) -> Iterator[Problem]:
    """Every page has a strict policy before all it rules, and no style or script in an attribute."""
    policies = page.css('head meta[http-equiv="Content-Security-Policy"]')
    ruled = page.css_first("head > meta[charset] + meta[http-equiv]")
    rules = (policies[0].attributes.get("content") or "") if policies else ""
    if ruled is None or len(policies) != 1:
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


def check_address(page: PageTree, codes: Sequence[str], address: str) -> Iterator[Problem]:
    """Every page announces its own absolute address and those of its alternates."""
    location = Location(page.where)
    wanted = {code: absolute(address, f"{code}/{page.path}") for code in codes}
    wanted["x-default"] = wanted[codes[0]]
    alternates = {
        node.attributes.get("hreflang") or "": node.attributes.get("href") or ""
        for node in page.tree.css("head link[rel=alternate][hreflang]")
    }
    if alternates != wanted:
        yield Problem(location, "missing-address", f"its alternates are {alternates}")
    canonical = [node.attributes.get("href") for node in page.tree.css("head link[rel=canonical]")]
    there = page.code if page.code in codes else codes[0]
    if canonical != [absolute(address, f"{there}/{page.path}")]:
        yield Problem(location, "missing-address", f"its own address is {canonical}")


def check_sitemap(
    tree: Mapping[str, bytes], pages: Mapping[str, Sequence[str]], address: str
) -> Iterator[Problem]:
    """The sitemap lists exactly the pages, each with all its alternates; *pages* has their languages."""
    location = Location("sitemap.xml")
    rows = ET.fromstring(tree["sitemap.xml"]).iter(f"{_MAP}url")  # noqa: S314 - we wrote it
    listed = {row.findtext(f"{_MAP}loc") or "": len(row.findall(_ALTERNATE)) for row in rows}
    wanted = {absolute(address, path): len(codes) + 1 for path, codes in pages.items()}
    for url in sorted(set(wanted) ^ set(listed)):
        what = "is not a page" if url in listed else "is missing"
        yield Problem(location, "wrong-sitemap", f"{url} {what}")
    for url, alternates in sorted(listed.items()):
        if alternates != wanted.get(url, alternates):
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
