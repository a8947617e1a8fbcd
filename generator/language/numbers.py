"""How a number is written: its separators and decimals, the words for small ones, the form of its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from generator.language.typography import WIDE, base_of, fold

#: The whole numbers that running prose writes as words, from zero on, as printers of each language advise:
#: to nine in English, to ten in French. A language that is not here writes digits.
SPELLED: Mapping[str, tuple[str, ...]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
}
#: The same before a feminine noun, where that is another word.
FEMININE: Mapping[str, Mapping[str, str]] = {"fr": {"un": "une"}}

#: The number from which sentences may count in millions.
MILLION = 1_000_000


def written(value: Decimal | float, locale: Locale) -> str:
    """Write a number with the locale's separators and every decimal it states: 4.50 keeps its zero.

    A `float` is a number that we computed: it has the decimals of its shortest form, and none for .0.
    """
    exact = Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)
    if isinstance(value, float) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return _formatted(str(exact), locale)


@lru_cache(maxsize=1 << 14)
def _formatted(digits: str, locale: Locale) -> str:
    """Write a number by its digits: as numbers, 4.5 and 4.50 are one, and would be remembered as one."""
    exact = Decimal(digits)
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=max(28, exact.adjusted() + decimals + 2)):  # as many figures as the number has
        return str(format_decimal(exact, format=form, locale=locale, decimal_quantization=False))


def in_millions(value: Decimal | None, locale: Locale) -> tuple[str, str]:
    """Write a number that is whole millions, or tenths of one, as sentences do: ("30", " millions").

    CLDR has the words; nothing is rounded, and the space is one that does not part.

    Returns:
        the figure and what follows it; two empty texts where the number or the language has no such form.
    """
    if value is None or value < MILLION:
        return "", ""
    power = min(value.adjusted() // 3 * 3, 9)  # a billion more is not the same number everywhere
    scaled = value.scaleb(-power).normalize()
    formats = locale.compact_decimal_formats.get("long") or {}
    forms = formats.get(str(locale.plural_form(scaled))) or formats.get("other") or {}
    pattern = str(getattr(forms.get(str(10**power)), "pattern", "")).replace("'", "")
    exact = scaled * 10 == (scaled * 10).to_integral_value()
    match = re.fullmatch(r"0(\D+)", pattern)
    return (written(scaled, locale), match.group(1).replace(" ", WIDE)) if match and exact else ("", "")


def category(low: Decimal, high: Decimal, locale: Locale) -> str:
    """Return the plural category (CLDR: one, few, many, other …) of a number, or of a range of two.

    CLDR's rule for ranges is the category of the end, but for English, where every range is plural.
    """
    if low != high and locale.language == "en":
        return "other"
    return str(locale.plural_form(abs(high)))


def spelled(value: Decimal | None, code: str, *, feminine: bool = False) -> str:
    """Return the word for a small whole number, or "" where the language writes digits."""
    words = SPELLED.get(base_of(code), ())
    if value is None or value != value.to_integral_value() or not 0 <= value < len(words):
        return ""
    word = words[int(value)]
    return FEMININE.get(base_of(code), {}).get(word, word) if feminine else word


def is_symbol(unit: str) -> bool:
    """Whether a unit is a symbol (km, °C, %), which wants digits, and no word (days, men)."""
    return bool(unit) and (len(unit) < 3 or not any(vowel in fold(unit) for vowel in "aeiouy"))
