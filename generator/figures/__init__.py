"""A figure's settings, the ledger and a language go in; the figure comes out, or problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from generator.figures.balance import draw_balance
from generator.figures.breakdown import draw_breakdown
from generator.figures.choose import BadSettingsError
from generator.figures.duel import draw_duel
from generator.figures.figure import NARROW, WIDE, Cell, Figure, Spec
from generator.figures.gazetteer import path_text
from generator.figures.growth import draw_growth
from generator.figures.hours import draw_hours
from generator.figures.map import draw_map
from generator.figures.moments import draw_moments
from generator.figures.ranges import draw_ranges
from generator.figures.stages import draw_stages
from generator.figures.timeline import draw_timeline
from generator.figures.tree import draw_tree
from generator.figures.years import draw_years
from generator.language import Language
from generator.model import Ledger
from generator.problems import Problem, did_you_mean

__all__ = ["KINDS", "NARROW", "WIDE", "Cell", "Figure", "Spec", "draw_figure", "path_text"]

_Draw = Callable[[Spec, Ledger, Language, int], Figure]
_Report = Callable[[Spec, Ledger, Language, int], Figure | list[Problem]]


def _reporting(draw: _Draw) -> _Report:
    def drawn(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure | list[Problem]:
        try:
            return draw(spec, ledger, language, width)
        except BadSettingsError as wrong:
            return wrong.problems

    return drawn


#: Every kind of figure, by the name the settings give it.
KINDS: Final[Mapping[str, _Report]] = {
    "ranges": _reporting(draw_ranges),
    "moments": _reporting(draw_moments),
    "timeline": _reporting(draw_timeline),
    "growth": _reporting(draw_growth),
    "years": _reporting(draw_years),
    "breakdown": _reporting(draw_breakdown),
    "balance": _reporting(draw_balance),
    "tree": _reporting(draw_tree),
    "stages": _reporting(draw_stages),
    "hours": _reporting(draw_hours),
    "duel": _reporting(draw_duel),
    "map": _reporting(draw_map),
}


def draw_figure(spec: Spec, ledger: Ledger, language: Language, width: int = WIDE) -> Figure | list[Problem]:
    """Draw one figure in one language at one *width*, `WIDE` or `NARROW`.

    Wrong settings and a figure without rows are problems.
    """
    draw = KINDS.get(spec.kind)
    if draw is None:
        said = f'figure "{spec.id}": there is no kind of figure "{spec.kind}"'
        hint = did_you_mean(spec.kind, KINDS, f"write one of {', '.join(KINDS)}")
        return [Problem(spec.place, "bad-figure", said, hint)]
    return draw(spec, ledger, language, width)
