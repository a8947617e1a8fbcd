"""Changes of the data and lists of pages go in; feeds, the sitemap and the files that hosts read come out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from generator.prose.links import absolute

#: Names made from names (RFC 9562) need a place to start from.
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_ATOM = "http://www.w3.org/2005/Atom"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feed(
    code: str,
    title: str,
    authors: str,
    changes: Iterable[tuple[str, Mapping[str, str]]],
    address: str,
    home: str,
) -> bytes:
    """Return the changes of the data as an Atom feed.

    An entry is known by its date and language, not by the address: a site may move, and its readers
    are not told the old news again. They are led to *home*, the path of the home page in its language.
    """
    newest_first = sorted(changes, key=lambda change: change[0], reverse=True)
    href = absolute(address, f"{code}/{home}") if address else home
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": code})
    _add(root, "id", f"urn:uuid:{uuid.uuid5(_SPACE, f'{title}/{code}')}")
    _add(root, "title", title)
    _add(root, "updated", f"{newest_first[0][0] if newest_first else '1970-01-01'}T00:00:00Z")
    _add(_add(root, "author"), "name", authors)
    if address:
        _add(root, "link", rel="self", href=absolute(address, f"{code}/feed.xml"))
    _add(root, "link", rel="alternate", href=href)
    for date, text in newest_first:
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:uuid:{uuid.uuid5(_SPACE, f'{title}/{code}/{date}')}")
        _add(entry, "title", text[code])
        _add(entry, "updated", f"{date}T00:00:00Z")
        _add(entry, "link", rel="alternate", href=href)
        _add(entry, "summary", text[code])
    return _written(root)


def sitemap(
    pages: Mapping[str, Sequence[str]],
    dated: str,
    address: str,
    pictures: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """Return the list of every page in every language it has, each with its alternates.

    Args:
        pages: the languages of each page, the default one first, by what it is called in each of them.
        dated: the date of the data.
        address: the absolute address of the site's root, with a final slash.
        pictures: the paths of the pictures on each page, from the root of the site.
    """
    names = {"xmlns": _MAP, "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}
    root = ET.Element("urlset", names | ({"xmlns:image": _IMAGES} if pictures else {}))
    for path, codes in pages.items():
        urls = {code: absolute(address, f"{code}/{path}") for code in codes}
        for url in urls.values():
            row = _add(root, "url")
            _add(row, "loc", url)
            _add(row, "lastmod", dated)
            for name, other in [*urls.items(), ("x-default", urls[codes[0]])]:
                _add(row, "xhtml:link", rel="alternate", hreflang=name, href=other)
            for picture in (pictures or {}).get(path, ()):
                _add(_add(row, "image:image"), "image:loc", absolute(address, picture))
    return _written(root)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element with its text to another; return it."""
    made = ET.SubElement(parent, name, attributes)
    made.text = text or None
    return made


def _written(root: ET.Element) -> bytes:
    """Write a document, one element a line, so that a difference shows what changed."""
    ET.indent(root, space="")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def host_files(address: str) -> dict[str, bytes]:
    """Return what hosts and search engines look for beside the pages.

    A domain of one's own is named in `CNAME`, where some hosts look for it; a project page has a path.
    """
    parts = urlsplit(address)
    files = {".nojekyll": b"", "robots.txt": b"User-agent: *\nAllow: /\n"}
    if address:
        files["robots.txt"] += f"Sitemap: {address}sitemap.xml\n".encode()
    if parts.hostname and parts.path == "/" and not parts.hostname.endswith((".github.io", ".pages.dev")):
        files["CNAME"] = f"{parts.hostname}\n".encode()
    return files
