"""The words of another go in, with who says them and where; the HTML that sets them apart comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from generator.language import Language
from generator.language.typography import capital

#: What a historian writes who has translated the words himself.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that stand apart: `text` is what the reader reads, in the language of the page.

    `lang` is the language in which they were said, "" for that of the page; `original` says them in it, and
    `translator` is who put them into the page's language, "own" for the author of the page.
    """

    text: str
    source: str
    locator: str = ""
    by: str = ""
    lang: str = ""
    original: str = ""
    translator: str = ""

    def fault(self, language: Language) -> tuple[str, str] | None:
        """Return what a quotation on a page in *language* lacks or has too much, and what to do."""
        code = language.code
        if not self.text.strip():
            return "it has no words", "write them first, in quotes"
        if not self.source:
            return "it has no source", 'write source="…", an id of sources, and perhaps locator="p. 33"'
        if self.lang and not _language_name(self.lang, language):
            return f'"{self.lang}" is no code of a language', "write ru, ja, en, …"
        if self.lang in {"", code}:
            if self.original or self.translator:
                hint = 'give its language, lang="…", or leave out original and translator'
                return f"its words are in {code} already, which needs no translation", hint
        elif not self.translator:
            hint = f'write translator="…" with a name, or translator="{OWN}" if you did'
            return f"it does not say who translated it from {self.lang}", hint
        return None

    def identity(self, code: str) -> str:
        """Return what the pages of a pair share: where it was read, and the words as they were said."""
        lang = self.lang or code
        said = self.text if lang == code else self.original
        return f"{self.source} {self.locator} ({lang}): {' '.join(said.split())}".replace("  ", " ")


def quotation_html(quotation: Quotation, language: Language, author: str, source: str, place: str) -> str:
    """Return the block; *author*, *source* and *place* are the HTML of who says it and where."""
    foreign = bool(quotation.translator)
    parts = [f"<blockquote>{_paragraphs(language.typeset(quotation.text))}</blockquote>"]
    if quotation.original:
        said = _paragraphs(quotation.original, quotation.lang)
        parts.append(f'<blockquote class="original">{said}</blockquote>')
    where = [part for part in (author, source, place) if part]
    below = f"{', '.join(where)}."
    if foreign:
        below += f" {capital(_translated(quotation, language))}."
    caption = f"<figcaption>{below}</figcaption>"
    return f'\n<figure class="quotation" data-print="quotation">{"".join(parts)}{caption}</figure>\n'


def _translated(quotation: Quotation, language: Language) -> str:
    name = _language_name(quotation.lang, language)
    if quotation.translator == OWN:
        return escape(language.say("original in {language}, our translation", language=name))
    who = quotation.translator
    return escape(language.say("original in {language}, translated by {who}", language=name, who=who))


def _language_name(code: str, language: Language) -> str:
    return str(language.locale.languages.get(code.partition("-")[0], ""))


def _paragraphs(text: str, lang: str = "") -> str:
    return "".join(_paragraph(" ".join(part.split()), lang) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    for part in text.strip().split("\n\n"):
        if part.strip():
            yield part


def _paragraph(text: str, lang: str) -> str:
    if not lang:
        return f"<p>{escape(text)}</p>"
    return f'<p data-print="muted"><span lang="{escape(lang)}">{escape(text)}</span></p>'
