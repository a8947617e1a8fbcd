"""How a number is written: its separators and decimals, the words for small ones, the form of its unit."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from generator.language.rules import rules_of
from generator.language.rules.model import WIDE, Gender
from generator.language.typography import fold

#: The power of ten of a number of four digits.
THOUSANDS = 3
#: The languages, and the countries of some, that part thousands from five digits on:
#: CLDR's minimumGroupingDigits (48), which Babel does not carry.
FOUR_ANYWHERE = frozenset({"be", "bg", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl", "sl", "sq"})
FOUR = {
    "es": (None, "EA", "ES", "GQ", "IC", "PH"),
    "pt": ("CH", "CV", "GQ", "GW", "LU", "MO", "MZ", "PT", "ST", "TL"),
    "ru": ("UA",),
}
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
    groups = "0" if exact.adjusted() == THOUSANDS and _leaves_four(locale) else "#,##0"
    form = groups + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=max(28, exact.adjusted() + decimals + 2)):  # as many figures as the number has
        return str(format_decimal(exact, format=form, locale=locale, decimal_quantization=False))


def _leaves_four(locale: Locale) -> bool:
    """Whether a language parts thousands only from five digits on: 1234, but 12 345."""
    return locale.territory in FOUR.get(locale.language, ()) or locale.language in FOUR_ANYWHERE


def in_millions(value: Decimal | None, locale: Locale, *, bound: bool = False) -> tuple[str, str]:
    """Write a number that is whole millions, or tenths of one, as sentences do: ("30", " millions").

    CLDR has the words, in the form that a unit would have behind a *bound* or not; nothing is rounded, and
    the space is one that does not part.

    Returns:
        the figure and what follows it; two empty texts where the number or the language has no such form.
    """
    if value is None or value < MILLION:
        return "", ""
    power = min(value.adjusted() // 3 * 3, 9)  # a billion more is not the same number everywhere
    scaled = value.scaleb(-power).normalize()
    formats = locale.compact_decimal_formats.get("long") or {}
    forms = formats.get(category(scaled, scaled, locale, bound=bound)) or formats.get("other") or {}
    pattern = str(getattr(forms.get(str(10**power)), "pattern", "")).replace("'", "")
    exact = scaled * 10 == (scaled * 10).to_integral_value()
    match = re.fullmatch(r"0(\D+)", pattern)
    return (written(scaled, locale), match.group(1).replace(" ", WIDE)) if match and exact else ("", "")


def category(low: Decimal, high: Decimal, locale: Locale, *, bound: bool = False) -> str:
    """Return the plural category (CLDR: one, few, many, other …) that a unit agrees with.

    CLDR's rule for ranges is the category of the end; in English every range is plural. Behind a *bound*
    ("at least", "between") a language may want the form of another category.
    """
    rules = rules_of(locale.language)
    if low != high and rules.plural_ranges:
        return "other"
    return rules.form(str(locale.plural_form(abs(high))), bound)


def spelled(
    value: Decimal | None, code: str, gender: Gender = Gender.MASCULINE, *, bound: bool = False
) -> str:
    """Return the word for a small whole number, or "" where the language writes digits.

    The word is as before a noun of this *gender*, and as it stands behind a *bound* ("at least", "between").
    """
    rules = rules_of(code)
    if value is None or value != value.to_integral_value() or not 0 <= value < len(rules.spelled):
        return ""
    word = rules.spelled[int(value)]
    word = rules.genders.get(gender, {}).get(word, word)
    return rules.bound.get(word, word) if bound else word


def is_symbol(unit: str, code: str) -> bool:
    """Whether a unit is a symbol (km, °C, %), which wants digits, and no word (days, men)."""
    vowels = rules_of(code).vowels
    return bool(unit) and (len(unit) < 3 or not any(vowel in fold(unit) for vowel in vowels))
