"""What a page is goes in; what machines read about it comes out: pictures for sharing, and schema.org."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.ledger.schema import Package
from generator.prose.links import absolute

#: The size that services which show a shared link ask for.
PICTURE = (1200, 630)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """A page, as its head describes it. Addresses are absolute; without one, `address` is ""."""

    path: str
    code: str
    title: str
    description: str
    site: str
    authors: str
    dated: str
    licence: str
    address: str
    picture: str
    home: str
    alternates: Sequence[str]
    figures: Sequence[tuple[str, str]]
    media: Sequence[Mapping[str, Any]] = ()

    @property
    def is_home(self) -> bool:
        """Whether it is the home page of its language."""
        return self.path == self.home

    def url(self, code: str = "", path: str = "") -> str:
        """Return the absolute address of a page of the site, this one if nothing is asked."""
        return absolute(self.address, f"{code or self.code}/{path or self.path}")


def sharing(page: PageMetadata) -> str:
    """Return the elements that say how a link to the page is shown elsewhere (Open Graph)."""
    properties = {
        "og:type": "website" if page.is_home else "article",
        "og:title": page.title,
        "og:description": page.description,
        "og:site_name": page.site,
        "og:locale": page.code.replace("-", "_"),
    }
    if page.address:
        properties["og:url"] = page.url()
        if page.picture:
            properties["og:image"] = absolute(page.address, page.picture)
            properties["og:image:width"], properties["og:image:height"] = map(str, PICTURE)
            properties["og:image:alt"] = page.title
    metas = [f'<meta property="{key}" content="{html.escape(text)}">' for key, text in properties.items()]
    metas += [
        f'<meta property="og:locale:alternate" content="{alternate.replace("-", "_")}">'
        for alternate in page.alternates
    ]
    card = "summary_large_image" if "og:image" in properties else "summary"
    return "".join([*metas, f'<meta name="twitter:card" content="{card}">'])


def structured(page: PageMetadata, data: Mapping[str, Any]) -> str:
    """Return what the page is in the words of schema.org; nothing where the site has no address.

    Args:
        about: the page.
        data: the dataset of the whole site, told on its first page and named on the others.
    """
    if not page.address:
        return ""
    # JSON inside a script ends at the first "</", whatever stands around it.
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": _graph(page, data)},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def _graph(described: PageMetadata, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    author = {"@type": "Organization", "name": described.authors}
    page: dict[str, Any] = {
        "@type": "WebSite" if described.is_home else "Article",
        "@id": described.url(),
        "url": described.url(),
        "headline": described.title,
        "name": described.title,
        "description": described.description,
        "inLanguage": described.code,
        "dateModified": described.dated,
        "author": author,
        "publisher": author,
        "license": described.licence,
        "isBasedOn": {"@id": f"{described.address}data/datapackage.json"},
    }
    if described.picture:
        page["image"] = absolute(described.address, described.picture)
    if described.alternates:
        # Neither is the original: the pages of a pair are written side by side.
        page["workTranslation"] = [
            {"@id": described.url(alternate), "inLanguage": alternate} for alternate in described.alternates
        ]
        page["translationOfWork"] = [{"@id": described.url(alternate)} for alternate in described.alternates]
    parts = [_figure(described, ident, title, author) for ident, title in described.figures]
    if parts or described.media:
        page["hasPart"] = [*parts, *described.media]
    if described.is_home:
        return [page, {**data, "creator": author, "license": described.licence, "inLanguage": described.code}]
    return [page, _crumbs(described)]


def _figure(page: PageMetadata, ident: str, title: str, author: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": f"{page.url()}#fig-{ident}",
        "name": title,
        "description": f"{title}. {page.title}, {page.site}.",
        "creator": author,
        "license": page.licence,
        "inLanguage": page.code,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": page.url(path=f"figures/{ident}.{page.code}.csv"),
        },
    }


def _crumbs(page: PageMetadata) -> dict[str, Any]:
    steps = [(page.site, page.url(path=page.home)), (page.title, page.url())]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": url}
            for n, (name, url) in enumerate(steps, 1)
        ],
    }


def dataset(package: Package, code: str, address: str, files: Sequence[str]) -> dict[str, Any]:
    """Return the data package as a dataset of schema.org, with where its files can be had."""
    kinds = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}
    return {
        "@type": "Dataset",
        "@id": f"{address}data/datapackage.json",
        "name": package.titles.get(code, ""),
        "description": package.descriptions.get(code, ""),
        "version": package.version,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kinds[file.rsplit(".", 1)[1]],
                "contentUrl": absolute(address, file),
            }
            for file in files
        ],
    }
