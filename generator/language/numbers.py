"""How a number is written: its separators and decimals, the words for small ones, the form of its unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from babel import Locale
from babel.numbers import format_decimal

from generator.language.typography import base_of, fold

#: The whole numbers that running prose writes as words, from zero on, as printers of each language advise:
#: to nine in English, to ten in French. A language that is not here writes digits.
SPELLED: Mapping[str, tuple[str, ...]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
}
#: The same before a feminine noun, where that is another word.
FEMININE: Mapping[str, Mapping[str, str]] = {"fr": {"un": "une"}}


def written(value: Decimal | float, locale: Locale) -> str:
    """Write a number with the locale's separators and every decimal it states: 4.50 keeps its zero.

    A `float` is a number that we computed: it has the decimals of its shortest form, and none for .0.
    """
    exact = Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)
    if isinstance(value, float) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=max(28, exact.adjusted() + decimals + 2)):  # as many figures as the number has
        return str(format_decimal(exact, format=form, locale=locale, decimal_quantization=False))


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
