"""A page that is not written in a language goes in; the Markdown comes out that says there where it is."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from generator.language import Language
from generator.language.naming import language_name
from generator.prose.links import relative
from generator.prose.source import Prose
from generator.settings import Documentary


def only_in(languages: Sequence[str], language: Language, documentary: Documentary) -> str:
    """Return what stands in brackets behind the title of a page that is written in other languages only."""
    return language.say("only in {language}", language=_named(languages, language, documentary))


def where_written(languages: Sequence[str], language: Language, documentary: Documentary) -> str:
    """Return the sentence that stands in the place of such a page."""
    return language.say("This page is only in {language}.", language=_named(languages, language, documentary))


def _named(languages: Sequence[str], language: Language, documentary: Documentary) -> str:
    return language.list([language_name(code, language, documentary.languages) for code in languages])


def stand_in(prose: Prose, path: str, languages: Sequence[str], language: Language, told: Documentary) -> str:
    """Return the Markdown of what stands in the place of a page that is written in other languages only.

    Each of its sections has its id here, too, so that what leads to one lands on the way to it.

    Args:
        prose: the page in the first of those languages.
        path: its path without ending.
        languages: the languages in which it is written.
        language: the one in which it is not.
        told: the documentary.
    """
    said = where_written(languages, language, told)
    links = (_link(prose.meta.title, path, code, language) for code in languages)
    parts = [
        f'<p class="elsewhere-said">{html.escape(said)}</p>',
        f'<p class="elsewhere-title">{"<br>".join(links)}</p>',
        f'<p lang="{languages[0]}">{html.escape(prose.meta.description)}</p>',
        *_sections(prose, path, languages[0], language),
    ]
    return "\n\n".join(parts) + "\n"


def _sections(prose: Prose, path: str, code: str, language: Language) -> Iterator[str]:
    """Yield the list of the sections of a page, if it has any."""
    rows = "\n".join(
        f'<li id="{html.escape(ident)}">{_link(_words(text), path, code, language, ident)}</li>'
        for ident, text in prose.reading.headings
    )
    if rows:
        yield f'<ul class="elsewhere-sections">\n{rows}\n</ul>'


def _words(heading: str) -> str:
    """Return a heading without the letters that stand for its macros."""
    return " ".join("".join(c for c in heading if not "\ue000" <= c <= "\uf8ff").split())


def _link(words: str, path: str, code: str, language: Language, ident: str = "") -> str:
    href = relative(f"{language.code}/{path}.html", f"{code}/{path}.html") + (f"#{ident}" if ident else "")
    return (
        f'<a class="elsewhere" href="{html.escape(href)}" hreflang="{code}" lang="{code}">'
        f"{html.escape(words)}</a>"
    )
