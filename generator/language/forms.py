"""A ledger and a language go in; the units that lack a form that its numbers ask for come out as problems."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from babel import Locale

from generator.language import Language
from generator.language.numbers import category, is_symbol
from generator.ledger.model import Ledger
from generator.ledger.roles import FORMS
from generator.problems import Problem

#: Whole numbers among which each form that a language has for them is met, and one with decimals.
_SOME = (*map(Decimal, range(201)), Decimal("1.5"))


@cache
def _asked(locale: Locale) -> frozenset[str]:
    """Return the forms that the numbers of a language ask for."""
    return frozenset(category(n, n, locale, bound=bound) for n in _SOME for bound in (False, True))


def check_forms(ledger: Ledger, language: Language) -> Iterator[Problem]:
    """Yield a problem for each unit that claims count in and that lacks a form of the language.

    The form of `one` may be that of all, as ever; a symbol (km, %) has one form.
    """
    needed = [form for form in FORMS[1:] if form in _asked(language.locale)]
    if not needed:
        return
    for unit in dict.fromkeys(claim.unit for claim in ledger.claims.values()):
        word = ledger.words.get(unit)
        if word is None or is_symbol(language.text(word.label), language.code):
            continue
        for form in needed:
            if not word.forms[form].get(language.code):
                column = f"{form}_{language.code}"
                message = (
                    f'the unit "{unit}" has no form for "{form}", which numbers ask for in {language.code}'
                )
                hint = f"fill in {column}, in the table and in datapackage.json"
                yield Problem(word.location, "no-form", message, hint)
