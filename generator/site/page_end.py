"""A mended page and the documentary go in; its description, citation and foot are put into it."""

from __future__ import annotations

import html
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from generator.language import Language
from generator.ledger import edtf
from generator.loading import Inputs
from generator.pages import Page, Site
from generator.prose.links import relative
from generator.site.cite import Citation, cite_block, cite_files
from generator.site.downloads import DATA, SIZE, archive_of
from generator.site.html import announce
from generator.site.metadata import PageMetadata, dataset, sharing, structured

#: A picture of the whole site for sharing, where a page has none of its own.
SITE_PICTURE = "share/site.png"


class Dresser:
    """Knows one language of a documentary, and dresses its pages one by one."""

    def __init__(self, inputs: Inputs, site: Site, address: str, files: Mapping[str, bytes]) -> None:
        """Keep what every page needs; *files* are those of the language's site, by path."""
        self.inputs = inputs
        self.language: Language = site.language
        self.address = address
        self.files = files
        self.pages: dict[str, Page] = {f"{page.path}.html": page for page in site.pages}
        self.figures = site.figures
        first = inputs.documentary.chapters[0].path
        self.home = f"{first}.html"
        self.title = site.language.text(inputs.documentary.title)
        self.authors = site.language.text(inputs.documentary.authors)

    def dress(self, tree: LexborHTMLParser, path: str) -> dict[str, bytes]:
        """Complete the page at *path*; return the files that go with it, by path."""
        page = self.pages.get(path)
        if page is None:
            return {}
        about, citation = self.about(page, path), self.citation(page, path)
        data = dataset(self.inputs.package.about, self.language.code, self.address, self.data_files())
        announce(tree, sharing(about) + self._feed_link(path) + structured(about, data), "title")
        _append(tree, "article", cite_block(citation, path, self.language))
        _append(tree, ".colophon", self.foot(path))
        return cite_files(citation, path)

    def about(self, page: Page, path: str) -> PageMetadata:
        """Gather what the head of a page tells machines."""
        code = self.language.code
        shown = list(dict.fromkeys(ident for kind, ident in page.used if kind == "figure"))
        licences = self.inputs.package.about.get("licenses") or [{}]
        return PageMetadata(
            path=path,
            code=code,
            title=page.title,
            description=page.description,
            site=self.title,
            authors=self.authors,
            dated=self.inputs.documentary.dated,
            licence=licences[0].get("path", ""),
            address=self.address,
            picture=self.picture(path),
            is_home=path == self.home,
            alternates=[other for other in self.inputs.documentary.languages if other != code],
            figures=[(ident, self.figures[ident].title) for ident in shown if ident in self.figures],
        )

    def picture(self, path: str) -> str:
        """Return where the picture for sharing stands, from the root of the site; "" for none."""
        own = f"share/{path.removesuffix('.html')}.png"
        found = next((file for file in (own, SITE_PICTURE) if file in self.files), "")
        return f"{self.language.code}/{found}" if found else ""

    def citation(self, page: Page, path: str) -> Citation:
        """Gather what is needed to cite a page."""
        code = self.language.code
        name = str(self.inputs.package.about.get("name", "page"))
        return Citation(
            key=f"{name}-{page.path.replace('/', '-')}-{code}",
            title=page.title,
            site=self.title,
            authors=self.authors,
            dated=self.inputs.documentary.dated,
            code=code,
            url=f"{self.address}{code}/{path}" if self.address else "",
        )

    def data_files(self) -> list[str]:
        """Name the files in which the data can be had, from the root of the site."""
        tables = [f"data/{table.path}" for table in self.inputs.package.tables]
        return [DATA, "data/datapackage.json", *tables]

    def foot(self, path: str) -> str:
        """Return the last lines of a page: the date of the data, and what can be taken away."""
        say, code = self.language.say, self.language.code
        date = self.language.date(edtf.parse(self.inputs.documentary.dated))
        here = f"{code}/{path}"
        downloads = [(archive_of(code), say("This site as a folder")), (DATA, say("The data"))]
        links = [
            f'<li><a href="{relative(here, file)}" download>{html.escape(words)} '
            f"(zip, {SIZE.format(path=file)})</a></li>"
            for file, words in downloads
        ]
        more = [("#cite", say("Cite this page")), (relative(path, "feed.xml"), say("Changes of the data"))]
        if self.inputs.documentary.repository:
            more.append((self.inputs.documentary.repository, say("Source of this site")))
        others = "".join(
            f'<li><a href="{html.escape(href)}">{html.escape(words)}</a></li>' for href, words in more
        )
        dated = html.escape(say("Data of {date}.", date=date))
        return f'<p>{dated}</p><ul>{others}</ul><ul class="downloads">{"".join(links)}</ul>'

    def _feed_link(self, path: str) -> str:
        title = html.escape(self.language.say("Changes of the data"))
        href = relative(path, "feed.xml")
        return f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{href}">'


def _append(tree: LexborHTMLParser, selector: str, said: str) -> None:
    """Put elements at the end of the first element that matches."""
    place, body = tree.css_first(selector), LexborHTMLParser(said).body
    if place is not None and body is not None:
        for node in list(body.iter(include_text=False)):
            place.insert_child(node)
