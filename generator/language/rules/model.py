"""What a language does that CLDR does not know is defined here, with what holds where it has no rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

NARROW: Final = "\u202f"
WIDE: Final = "\u00a0"
#: The capitals of the alphabets that have any, as the inside of a class of a regular expression.
CAPITALS: Final = "".join(letter for letter in map(chr, range(0x2C00)) if letter.isupper())


class Case(StrEnum):
    """What a date stands in: a table, a sentence that says when, or words that govern it."""

    PLAIN = "plain"
    WHEN = "when"
    OF = "of"  #: behind "from", "until" and "about"
    TO = "to"  #: the end of "from … to …"


class Gender(StrEnum):
    """The gender of the noun behind a number in words, where that makes it another word."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


class Clash(NamedTuple):
    """What a language cannot say in a row: the end of what is typed, what is written next, and a remedy."""

    typed: str
    written: str
    hint: str


#: The remedies that the clashes of every language share.
BOUND: Final = "the claim is a bound or a range: leave out the words before it"
RANGE: Final = "write between=True, and no word before it"
DATE: Final = "leave article=True out, or the word before it"


_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return a small number in Roman numerals."""
    name, rest = "", number
    for value, letters in _ROMAN:
        name, rest = name + letters * (rest // value), rest % value
    return name


def _as_it_is(text: str) -> str:
    return text


def _in_every_case(text: str, _: Case) -> str:
    return text


def _everywhere(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language. Each default is what holds for a language that nobody gave any.

    Attributes:
        spelled: the whole numbers that running prose writes as words, from zero on; without any, digits.
        genders: those of the same words that are others before a noun of a gender.
        bound: the same words behind "at least", "up to" and "between", where those are others.
        plural_ranges: every range is plural, whatever its end: "0–1 days".
        form: the plural category (CLDR) whose form a unit takes instead, behind a bound or not.
        percent: what sentences have in the place of "%", for a territory; nothing: they have the sign.
        of_millions: a unit behind a word for millions: "d’habitants".
        cased: a date in the case that what governs it asks for.
        joined: words that melt where they meet: "de le" to "du".
        first_day: a day of a month that begins a text, if that is an ordinal.
        century: the number of a century.
        spaces: a text with the spaces that typography asks for; applied twice, it changes nothing.
        raised: an ordinal and its ending, as groups 1 and 2, where the ending is raised.
        quotes: the outer quotation marks, their inner spaces with them.
        inner_quotes: those of a quotation within another.
        calls_before_stop: the call of a note stands before the stop or the comma that follows.
        symbols: the symbols of units that running text may have behind a number, beside those of all.
        vowels: the letters that make a unit a word; a unit without any is a symbol.
        may_repeat: words that may stand twice in a row.
        twice: words of several parts that a macro and a writer may both say.
        uncontracted: what has to be contracted, and what to write for it.
        clashes: what cannot be said in a row.
    """

    spelled: tuple[str, ...] = ()
    genders: Mapping[Gender, Mapping[str, str]] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)
    plural_ranges: bool = False
    form: Callable[[str, bool], str] = lambda category, _: category
    percent: Callable[[str], str] = _everywhere
    of_millions: Callable[[str], str] = _as_it_is
    cased: Callable[[str, Case], str] = _in_every_case
    joined: Callable[[str], str] = _as_it_is
    first_day: Callable[[str], str] = _as_it_is
    century: Callable[[int], str] = str
    spaces: Callable[[str], str] = _as_it_is
    raised: re.Pattern[str] | None = None
    quotes: tuple[str, str] = ("“", "”")
    inner_quotes: tuple[str, str] = ("‘", "’")
    calls_before_stop: bool = False
    symbols: tuple[str, ...] = ()
    vowels: str = "aeiouy"
    may_repeat: frozenset[str] = frozenset()
    twice: tuple[str, ...] = ()
    uncontracted: tuple[tuple[re.Pattern[str], str], ...] = ()
    clashes: tuple[Clash, ...] = ()
