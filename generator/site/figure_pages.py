"""The page of all figures as the engine built it goes in; the page of each figure, in its frame, comes out.

The engine need not make them: all that is theirs is the article. Each can also be shown in a page of somebody
else, by a page that is the figure, its sources, and nothing around them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from generator.drawing import Drawings
from generator.drawing.export import standalone_size
from generator.language import Language
from generator.loading import Inputs
from generator.pages import Site
from generator.prose.links import absolute
from generator.settings import FIGURE_PAGES, Documentary
from generator.site import theme
from generator.site.bare_page import bare_page, icon
from generator.site.html import parse_page
from generator.site.pictures import sources_line

#: Where the page stands that another page shows in a frame.
EMBEDDED = f"{FIGURE_PAGES}/embed"
#: What a host may add to the address of such a page: without it the system of the reader decides.
_PAPER = "paper"
_CHOOSE = (
    f'const paper=new URLSearchParams(location.search).get("{_PAPER}");'
    'if(["light","dark"].includes(paper))document.documentElement.dataset.paper=paper'
)
_STYLE = (
    "html{color-scheme:light dark}[data-paper=light]{color-scheme:light}[data-paper=dark]{color-scheme:dark}"
    "body{margin:0}img{display:block;max-width:100%;height:auto;margin:auto}"
)
# The drawing is on white paper. On a dark page it is turned, its hues turned back: red stays red.
_DARK = "{0} body{{background:#141414}}{0} a{{color:#9db8e8}}{0} img{{filter:invert(.92) hue-rotate(180deg)}}"
_STYLE += f"@media(prefers-color-scheme:dark){{{_DARK.format(':root:not([data-paper=light])')}}}"
_STYLE += _DARK.format("[data-paper=dark]")
# The drawing has its title in it: the heading is for who hears the page.
_STYLE += "h1{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%)}"
_STYLE += "a{display:block;padding:0 16px 8px;font:13px/1.4 sans-serif;text-align:right}"
_ARTICLE, _TITLE, _ABOUT = "@article@", "@title@", "@about@"


def with_figure_pages(
    raw: Mapping[str, Mapping[str, bytes]], documentary: Documentary, sites: Mapping[str, Site], address: str
) -> dict[str, dict[str, bytes]]:
    """Return what the engine built, by language and path, with the page of each figure."""
    gallery, built = documentary.gallery, {code: dict(files) for code, files in raw.items()}
    for code in built if gallery else ():
        files = built[code]
        built[code] |= figure_pages(files[f"{gallery}.html"], documentary, sites[code], address)
    return built


def figure_pages(raw: bytes, documentary: Documentary, site: Site, address: str) -> dict[str, bytes]:
    """Return the page of each figure as the engine would have built it, by path in the site of its language.

    Args:
        raw: the page of all figures, as the engine built it.
        documentary: the settings.
        site: the pages and figures of the language.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    frame, title = _frame(raw, site.language.code), site.language.text(documentary.title)
    pages: dict[str, bytes] = {}
    for ident, figure in site.figures.items():
        parts = {
            _TITLE: html.escape(f"{figure.title} · {title}"),
            _ABOUT: html.escape(figure.alt),
            _ARTICLE: site.figure_article(ident) + _offer(ident, figure.title, site.language, address),
        }
        pages[f"{FIGURE_PAGES}/{ident}.html"] = "".join(parts.get(part, part) for part in frame).encode()
    return pages


def _frame(raw: bytes, code: str) -> list[str]:
    """Return the page of all figures, taken apart, with signs where the parts of each stand."""
    page = parse_page(raw, code, "").tree
    for selector, sign in (("article", _ARTICLE), ("head title", _TITLE)):
        for node in page.css(selector):
            node.inner_html = sign
    for node in page.css('head meta[name="description"]'):
        node.attrs["content"] = _ABOUT
    for node in page.css("nav.turn, head link[rel=prev], head link[rel=next]"):
        node.decompose()
    for node in page.css("a.md-skip"):
        node.attrs["href"] = "#figure"
    for node in page.css('a[aria-current="page"]'):
        node.attrs["aria-current"] = "true"
    return re.split(f"({_ARTICLE}|{_TITLE}|{_ABOUT})", page.html or "")


def _offer(ident: str, title: str, language: Language, address: str) -> str:
    """Say how to show the figure on another page: a line of HTML, and what makes it light or dark there."""
    say = language.say
    path = f"{EMBEDDED}/{ident}.html"
    bare = say("The figure without our frame")
    link = f'<p><a href="embed/{ident}.html">{html.escape(bare)}</a></p>\n'
    where = absolute(address, f"{language.code}/{path}") if address else f"…/{language.code}/{path}"
    more = f'title="{html.escape(title)}" loading="lazy" width="100%" height="600"'
    line = f'<iframe src="{html.escape(where)}" {more}></iframe>'
    words = say("One line of HTML shows it, with its sources:")
    if not address:
        words = say(
            "One line of HTML shows it, with its sources; the address of this site goes in place of the dots:"
        )
    paper = say(
        "It is light or dark as the reader’s system asks. To choose, add {light} or {dark} to the address.",
        light=f"?{_PAPER}=light",
        dark=f"?{_PAPER}=dark",
    )
    said = f"<p>{html.escape(words)}</p>\n<pre><code>{html.escape(line)}</code></pre>\n"
    return f"<div>\n{said}<p>{html.escape(paper)}</p>\n{link}</div>\n"


def embedded_pages(inputs: Inputs, site: Site, drawings: Drawings, address: str) -> dict[str, bytes]:
    """Return for each figure a page that others can show in a frame, by path from the root of the whole site.

    It shows the SVG that stands alone: the wide drawing, or the narrow one where the frame is narrow.
    """
    code, say = site.language.code, site.language.say
    pages: dict[str, bytes] = {}
    for ident, figure in site.figures.items():
        title, name = html.escape(figure.title), f"../{ident}.{code}"
        shown = figure.title, sources_line(figure, inputs, site.language)
        width, height = standalone_size(drawings.wide[code, ident], *shown)
        narrow_width, narrow_height = standalone_size(drawings.narrow[code, ident], *shown)
        source = html.escape(
            say("This figure on “{title}”", title=site.language.text(inputs.documentary.title))
        )
        page_address = (
            absolute(address, f"{code}/{FIGURE_PAGES}/{ident}.html") if address else f"../{ident}.html"
        )
        body = (
            f"<h1>{title}</h1>\n<picture>"
            f'<source media="(max-width: {width - 1}px)" srcset="{name}.narrow.svg" '
            f'width="{narrow_width}" height="{narrow_height}">'
            f'<img src="{name}.svg" alt="{html.escape(figure.alt)}" width="{width}" height="{height}">'
            "</picture>\n"
            f'<a href="{html.escape(page_address)}" target="_blank" rel="noopener">{source}</a>'
        )
        head = f'<meta name="robots" content="noindex">\n<title>{title}</title>\n'
        head += icon(f"../../{theme.ICON}")
        pages[f"{code}/{EMBEDDED}/{ident}.html"] = bare_page(code, head, body, style=_STYLE, early=[_CHOOSE])
    return pages
