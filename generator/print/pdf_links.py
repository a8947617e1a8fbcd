"""The finished pages and the PDFs go in; the pages come out with what leads to their PDF, and its size."""

from __future__ import annotations

import html
from collections.abc import Mapping

from generator.language import Language
from generator.pages import Site
from generator.prose.links import relative

#: The page that opens the site of a language: it lists every PDF.
_HOME = "index"


def offer_pdfs(
    pages: Mapping[str, bytes], pdfs: Mapping[str, bytes], sites: Mapping[str, Site]
) -> dict[str, bytes]:
    """Return the pages that lead to a PDF, changed; paths count from the site's root."""
    found = {}
    for code, site in sites.items():
        book = f"{code}/pdf/book.pdf"
        printed = [page for page in site.pages if f"{code}/pdf/{page.path}.pdf" in pdfs]
        for page in printed:
            path, own = f"{code}/{page.path}.html", f"{code}/pdf/{page.path}.pdf"
            size, whole = (size_of(pdfs[name], site.language) for name in (own, book))
            said = (
                (own, site.language.say("This page to print (PDF, {size})", size=size)),
                (book, site.language.say("The whole book (PDF, {size})", size=whole)),
            )
            links = " · ".join(_link(path, target, words) for target, words in said)
            text = pages[path].decode("utf-8")
            text = text.replace("</h1>", f'</h1>\n<p class="pdf no-print">{links}</p>', 1)
            if page.path == _HOME:
                text = _with_list(text, path, [(p.path, p.title) for p in printed], pdfs, site.language)
            found[path] = text.encode("utf-8")
    return found


def _with_list(
    text: str,
    path: str,
    printed: list[tuple[str, str]],
    pdfs: Mapping[str, bytes],
    language: Language,
) -> str:
    """Add to the first page the list of every PDF, before its notes."""
    items = []
    for page, title in printed:
        target = f"{language.code}/pdf/{page}.pdf"
        words = f"{title} (PDF, {size_of(pdfs[target], language)})"
        items.append(f"<li>{_link(path, target, words)}</li>")
    heading = html.escape(language.say("To print"))
    block = (
        f'<section class="pdf no-print">\n<h2 id="to-print">{heading}</h2>\n'
        f"<ul>{''.join(items)}</ul>\n</section>\n"
    )
    before = '<div class="footnote">' if '<div class="footnote">' in text else "</article>"
    return text.replace(before, block + before, 1)


def _link(start: str, target: str, words: str) -> str:
    return f'<a href="{html.escape(relative(start, target), quote=True)}" download>{html.escape(words)}</a>'


def size_of(pdf: bytes, language: Language) -> str:
    """Write the size of a file as a person reads it."""
    if len(pdf) < 1_000_000:
        return language.say("{size} kB", size=language.number(round(len(pdf) / 1000)))
    return language.say("{size} MB", size=language.number(round(len(pdf) / 1e6, 1)))
