"""The rules of English are defined here."""

from __future__ import annotations

from generator.language.rules.model import BOUND, DATE, RANGE, Clash, Rules


def _century(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending}"


def _percent(territory: str) -> str:
    """Prose has "60 per cent" (one word in the United States), and its tables 60%."""
    return "percent" if territory == "US" else "per cent"


ENGLISH = Rules(
    spelled=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    plural_ranges=True,
    percent=_percent,
    century=_century,
    symbols=("per cent",),
    may_repeat=frozenset({"had", "that", "very"}),
    twice=("at least", "up to"),
    clashes=(
        Clash(
            "at (?:least|most)|up to|about|around|some|roughly|nearly|almost|(?:more|fewer|less) than|above",
            "at least|up to|between",
            BOUND,
        ),
        Clash("about|around|some|roughly|nearly|almost|at least|up to", "about|roughly", "say it once"),
        Clash("between|below", "at least|up to|between", BOUND),
        Clash("between", r"[\d.,]+ to ", RANGE),
        Clash("from|until|since|the|between|during|at", "on|from|until|probably on", DATE),
    ),
)
