"""Titles and languages go in; the pages above all languages come out: the choice of one, and "not found"."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.language import Language
from generator.pages.card_maps import SmallMap
from generator.prose.links import absolute
from generator.site import theme
from generator.site.bare_page import bare_page, icon
from generator.site.policy import SCHEME

#: These pages follow the paper that the reader has chosen.
_SCHEMES = '<meta name="color-scheme" content="light dark">\n'
#: Goes on in the language read last; `#choose` stays.
_REMEMBER = (
    'try{var l=localStorage.getItem("language")}catch(e){}'
    'var a=l&&location.hash!=="#choose"&&document.querySelector("a[hreflang=\'"+l+"\']");'
    "if(a){location.replace(a.href)}"
)
_CHOSEN = (
    'document.querySelectorAll("a[hreflang]").forEach(function(a){a.addEventListener("click",function(){'
    'try{localStorage.setItem("language",a.hreflang)}catch(e){}})})'
)
#: A page may be missing at any depth; the wrong address itself tells where the site begins.
_FIND = (
    "var m=location.pathname.match(/^(.*?\\/)(?:CODES)\\//);"
    'if(m){document.querySelectorAll("a[hreflang]").forEach(function(a){'
    'a.setAttribute("href",m[1]+a.hreflang+"/HOME")})}'
)


def root_page(
    titles: Mapping[str, str],
    languages: Mapping[str, str],
    descriptions: Mapping[str, str],
    style: str,
    address: str,
    home: str,
    ground: SmallMap | None = None,
) -> bytes:
    """Return the page that offers every language; without script it offers them each time.

    *home* is the path of the home page in the site of a language, *ground* a map without words.
    """
    title = html.escape(" · ".join(dict.fromkeys(titles.values())))
    choices = "\n".join(
        f'<p lang="{code}"><a href="{code}/{html.escape(home)}" hreflang="{code}">'
        f"{html.escape(descriptions[code])} <span>{html.escape(name)}</span></a></p>"
        for code, name in languages.items()
    )
    head = (
        f'<meta name="description" content="{html.escape(" / ".join(descriptions.values()), quote=True)}">\n'
    )
    first = next(iter(languages))
    if address:
        head += f'<link rel="canonical" href="{html.escape(address, quote=True)}">\n'
        for code in languages:
            href = html.escape(absolute(address, f"{code}/{home}"))
            head += f'<link rel="alternate" hreflang="{code}" href="{href}">\n'
        head += f'<link rel="alternate" hreflang="x-default" href="{html.escape(address, quote=True)}">\n'
    body = f'{_picture(ground)}<h1>{title}</h1>\n<div class="languages">\n{choices}\n</div>'
    head = f"<title>{title}</title>\n{icon(f'{first}/{theme.ICON}')}{_SCHEMES}{head}"
    return bare_page(first, head, body, style=style, early=(SCHEME,), late=(_REMEMBER, _CHOSEN))


def _picture(ground: SmallMap | None) -> str:
    """Return a map without words as a drawing that says nothing to who hears the page."""
    if ground is None:
        return ""
    paths = "".join(f'<path class="{style}" d="{path}"/>' for style, path in ground.paths.items())
    return (
        f'<svg class="ground" viewBox="0 0 {ground.width} {ground.height}" '
        f'aria-hidden="true" focusable="false">{paths}</svg>\n'
    )


def missing_page(
    languages: Mapping[str, Language], names: Mapping[str, str], style: str, address: str, home: str
) -> bytes:
    """Return the page of a host that finds nothing; it speaks every language and works at any depth.

    It asks for no file, since it cannot know how far up one lies.
    """
    base = urlsplit(address).path if address else "/"
    parts: list[str] = []
    titles: list[str] = []
    for code, language in languages.items():
        title = html.escape(language.say("This page does not exist"))
        advice = html.escape(language.say("It may have been renamed. The contents are on the first page."))
        level = "h2" if parts else "h1"
        titles.append(title)
        parts.append(
            f'<div lang="{code}">\n<{level}>{title}</{level}>\n<p>{advice}</p>\n'
            f'<p><a href="{html.escape(f"{base}{code}/{home}", quote=True)}" hreflang="{code}">'
            f"<span>{html.escape(names[code])}</span></a></p>\n</div>"
        )
    script = _FIND.replace("CODES", "|".join(json.dumps(code)[1:-1] for code in languages))
    script = script.replace("HOME", json.dumps(home)[1:-1])
    head = f"<title>{' · '.join(titles)}</title>\n{icon('data:,')}{_SCHEMES}"
    head += '<meta name="robots" content="noindex">\n'
    first, body = next(iter(languages)), "\n".join(parts)
    return bare_page(first, head, body, style=style, early=(SCHEME,), late=(script,))


def forward_page(title: str, code: str, home: str, address: str) -> bytes:
    """Return the page that leads from the folder of a language to its home page, without script."""
    there = html.escape(home, quote=True)
    canonical = html.escape(absolute(address, f"{code}/{home}"), quote=True) if address else there
    head = (
        f'<meta http-equiv="refresh" content="0; url={there}">\n<meta name="robots" content="noindex">\n'
        f'<title>{html.escape(title)}</title>\n<link rel="canonical" href="{canonical}">\n{icon(theme.ICON)}'
    )
    return bare_page(code, head, f'<h1><a href="{there}">{html.escape(title)}</a></h1>')
