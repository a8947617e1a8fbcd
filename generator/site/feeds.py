"""Changes of the data and lists of pages go in; feeds, the sitemap and the files that hosts read come out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

#: Names made from names (RFC 9562) need a place to start from.
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_ATOM = "http://www.w3.org/2005/Atom"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feed(
    code: str, title: str, authors: str, changes: Iterable[tuple[str, Mapping[str, str]]], address: str
) -> bytes:
    """Return the changes of the data as an Atom feed.

    An entry is known by its date and language, not by the address: a site may move, and its readers
    are not told the old news again.
    """
    newest_first = sorted(changes, key=lambda change: change[0], reverse=True)
    base = f"{address}{code}/" if address else ""
    own = f'<link rel="self" href={quoteattr(f"{base}feed.xml")}/>\n' if address else ""
    name = f"urn:uuid:{uuid.uuid5(_SPACE, f'{title}/{code}')}"
    entries = "".join(
        f"<entry>\n<id>urn:uuid:{uuid.uuid5(_SPACE, f'{title}/{code}/{date}')}</id>\n"
        f"<title>{escape(text[code])}</title>\n<updated>{date}T00:00:00Z</updated>\n"
        f'<link rel="alternate" href={quoteattr(f"{base}index.html")}/>\n'
        f"<summary>{escape(text[code])}</summary>\n</entry>\n"
        for date, text in newest_first
    )
    updated = newest_first[0][0] if newest_first else "1970-01-01"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{_ATOM}" xml:lang="{code}">\n<id>{name}</id>\n'
        f"<title>{escape(title)}</title>\n<updated>{updated}T00:00:00Z</updated>\n"
        f"<author><name>{escape(authors)}</name></author>\n{own}"
        f'<link rel="alternate" href={quoteattr(f"{base}index.html")}/>\n{entries}</feed>\n'
    ).encode()


def sitemap(paths: Sequence[str], codes: Sequence[str], dated: str, address: str) -> bytes:
    """Return the list of every page in every language, each with its alternates.

    Args:
        paths: the pages as they are called in each language.
        codes: the languages, the default one first.
        dated: the date of the data.
        address: the absolute address of the site's root, with a final slash.
    """

    def url(code: str, path: str) -> str:
        return quoteattr(f"{address}{code}/{path}")

    rows = []
    for path in paths:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{name}" href={url(code, path)}/>\n'
            for name, code in [*((c, c) for c in codes), ("x-default", codes[0])]
        )
        rows += [
            f"<url>\n<loc>{escape(f'{address}{code}/{path}')}</loc>\n<lastmod>{dated}</lastmod>\n{alternates}</url>\n"
            for code in codes
        ]
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_MAP}" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(rows)}</urlset>\n'
    ).encode()


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
