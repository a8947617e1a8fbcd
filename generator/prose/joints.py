"""The words before a macro and what it writes go in; what is wrong where they meet comes out, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.language.typography import base_of


class _Clash(NamedTuple):
    """What a language cannot say in a row: the end of what is typed, what is written next, and a remedy."""

    typed: str
    written: str
    hint: str


_BOUND = "the claim is a bound or a range: leave out the words before it"
_RANGE = "write between=True, and no word before it"
_DATE = "leave article=True out, or the word before it"
_CLASHES: Mapping[str, tuple[_Clash, ...]] = {
    "en": (
        _Clash(
            "at (?:least|most)|up to|about|around|some|roughly|nearly|almost|(?:more|fewer|less) than|above",
            "at least|up to|between",
            _BOUND,
        ),
        _Clash("about|around|some|roughly|nearly|almost|at least|up to", "about|roughly", "say it once"),
        _Clash("between|below", "at least|up to|between", _BOUND),
        _Clash("between", r"[\d.,]+ to ", _RANGE),
        _Clash("from|until|since|the|between|during|at", "on|from|until|probably on", _DATE),
    ),
    "fr": (
        _Clash(
            "au (?:moins|plus)|jusqu’à|environ|(?:près|plus|moins|autour|au-dess(?:us|ous)) de|quelque",
            r"au moins|jusqu’(?:à|au|aux|en)|de(?= \d)",
            _BOUND,
        ),
        _Clash("environ|près de|quelque|presque|au moins", "environ|vers", "say it once"),
        _Clash("entre", r"au moins|jusqu’à|de(?= \d)", _BOUND),
        _Clash("entre", r"[\d,\u202f]+ à ", _RANGE),
        _Clash("à", "jusqu’à", _BOUND),
        _Clash("à|vers|de", r"de(?= \d)", "leave between=True out, or the word before it"),
        _Clash(
            "de|le|que|jusque",
            "au moins|environ|août|avril|octobre|été|automne|hiver",
            "elide the word before it: d’, l’, qu’",
        ),
        _Clash(
            "le|les|du|au|en|de|à|jusqu’à",
            r"(?:le|les|du) (?=\d)|sans doute|jusqu’(?:au|aux|en)|vers le|à partir",
            _DATE,
        ),
    ),
}


def clash(before: str, written: str, code: str) -> tuple[str, str] | None:
    """Return what is wrong where *said* follows what is typed *before* it, and what to do about it.

    A macro that writes "at least 20" has no "above" before it, nor "du 3 au 5 mai" a "le".
    """
    before, written = re.sub(r"\s+", " ", before), written.replace("\u00a0", " ")
    for one in _CLASHES.get(base_of(code), ()):
        first = re.search(rf"(?:(?<=\W)|^)(?:{one.typed}) $", before, re.IGNORECASE)
        second = re.match(rf"(?:{one.written})(?![^\W\d_])", written)
        if first and second:
            return f'"{first.group().strip()} {second.group().strip()}"', one.hint
    return None
