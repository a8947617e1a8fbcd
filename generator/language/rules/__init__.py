"""The code of a language goes in; its rules come out: spaces, words for numbers, cases of dates.

Each language that has rules has a module here, which defines them. A language without one has what CLDR says
of it, and the defaults of `Rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.language.rules.english import ENGLISH
from generator.language.rules.french import FRENCH
from generator.language.rules.model import Rules
from generator.language.rules.russian import RUSSIAN

#: The rules of the languages that have any, by the language part of a code.
RULES: Final[Mapping[str, Rules]] = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}
_NONE: Final = Rules()


def base_of(code: str) -> str:
    """Return the language part of a code: "fr" of "fr-CA". What a language does, its regions do."""
    return code.split("-", maxsplit=1)[0]


def rules_of(code: str) -> Rules:
    """Return the rules of a language; what it does, its regions do."""
    return RULES.get(base_of(code), _NONE)
