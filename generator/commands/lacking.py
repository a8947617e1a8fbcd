"""Languages go in; what the generator does not know of each comes out, as sentences that `check` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.language import Language
from generator.language.rules import RULES, base_of
from generator.pages.bibliography import csl_locale
from generator.site.search.index import STEMS


def lacking(languages: Iterable[Language]) -> Iterator[str]:
    """Yield what each language has to do without: none of it stops a build, all of it can be seen."""
    for language in languages:
        code, base = language.code, base_of(language.code)
        name = language.locale.get_display_name("en") or code
        if base not in RULES:
            yield (
                f"{code}: the generator has no rules of its own for {name}: numbers stay digits, a date has "
                "one form in every sentence, spaces stay as they are typed"
            )
        if base not in STEMS:
            yield (
                f"{code}: search finds whole words of {name} and their beginnings, kana and Han by pairs, "
                "and no other forms of a word"
            )
        if not csl_locale(language):
            yield f"{code}: bibliographies say “in” and “edited by” in English, not in {name}"
        if language.locale.text_direction == "rtl":
            yield f"{code}: {name} is written from right to left, and pages are laid out from left to right"
