"""A number of bytes goes in; how heavy that is comes out, as a reader of one language counts."""

from __future__ import annotations

from decimal import Decimal

from generator.language import Language


def weight(number: int, language: Language) -> str:
    """Say how heavy a file is, in kilobytes or megabytes of the metric kind; "…" before it is made."""
    if number == 0:
        return "…"
    if number < 1_000_000:
        return language.say("{n} kB", n=language.number(max(1, round(number / 1000))))
    return language.say("{n} MB", n=language.number(Decimal(number / 1e6).quantize(Decimal("0.1"))))
