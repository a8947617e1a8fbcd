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

    @property
    def is_home(self) -> bool:
        """Whether it is the home page of its language."""
        return self.path == self.home

    def url(self, code: str = "", path: str = "") -> str:
        """Return the absolute address of a page of the site, this one if nothing is asked."""
        return absolute(self.address, f"{code or self.code}/{path or self.path}")


def sharing(about: PageMetadata) -> str:
    """Return the elements that say how a link to the page is shown elsewhere (Open Graph)."""
    found = {
        "og:type": "website" if about.is_home else "article",
        "og:title": about.title,
        "og:description": about.description,
        "og:site_name": about.site,
        "og:locale": about.code.replace("-", "_"),
    }
    if about.address:
        found["og:url"] = about.url()
        if about.picture:
            found["og:image"] = absolute(about.address, about.picture)
            found["og:image:width"], found["og:image:height"] = map(str, PICTURE)
            found["og:image:alt"] = about.title
    metas = [f'<meta property="{key}" content="{html.escape(text)}">' for key, text in found.items()]
    metas += [
        f'<meta property="og:locale:alternate" content="{alternate.replace("-", "_")}">'
        for alternate in about.alternates
    ]
    card = "summary_large_image" if "og:image" in found else "summary"
    return "".join([*metas, f'<meta name="twitter:card" content="{card}">'])


def structured(about: PageMetadata, data: Mapping[str, Any]) -> str:
    """Return what the page is in the words of schema.org; nothing where the site has no address.

    Args:
        about: the page.
        data: the dataset of the whole site, told on its first page and named on the others.
    """
    if not about.address:
        return ""
    # JSON inside a script ends at the first "</", whatever stands around it.
    said = json.dumps(
        {"@context": "https://schema.org", "@graph": _graph(about, data)},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("</", "<\\/")
    return f'<script type="application/ld+json">{said}</script>'


def _graph(about: PageMetadata, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    author = {"@type": "Organization", "name": about.authors}
    page: dict[str, Any] = {
        "@type": "WebSite" if about.is_home else "Article",
        "@id": about.url(),
        "url": about.url(),
        "headline": about.title,
        "name": about.title,
        "description": about.description,
        "inLanguage": about.code,
        "dateModified": about.dated,
        "author": author,
        "publisher": author,
        "license": about.licence,
        "isBasedOn": {"@id": f"{about.address}data/datapackage.json"},
    }
    if about.picture:
        page["image"] = absolute(about.address, about.picture)
    if about.alternates:
        # Neither is the original: the pages of a pair are written side by side.
        page["workTranslation"] = [
            {"@id": about.url(alternate), "inLanguage": alternate} for alternate in about.alternates
        ]
        page["translationOfWork"] = [{"@id": about.url(alternate)} for alternate in about.alternates]
    if about.figures:
        page["hasPart"] = [_figure(about, ident, title, author) for ident, title in about.figures]
    if about.is_home:
        return [page, {**data, "creator": author, "license": about.licence, "inLanguage": about.code}]
    return [page, _crumbs(about)]


def _figure(about: PageMetadata, ident: str, title: str, author: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": f"{about.url()}#fig-{ident}",
        "name": title,
        "description": f"{title}. {about.title}, {about.site}.",
        "creator": author,
        "license": about.licence,
        "inLanguage": about.code,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": about.url(path=f"figures/{ident}.{about.code}.csv"),
        },
    }


def _crumbs(about: PageMetadata) -> dict[str, Any]:
    steps = [(about.site, about.url(path=about.home)), (about.title, about.url())]
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
