"""A figure's settings, the ledger and a language go in; the figure comes out, or problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from generator.figures.canvas import BadSettingsError, Canvas
from generator.figures.figure import NARROW, WIDE, Cell, Figure
from generator.figures.kinds.breakdown import draw_breakdown
from generator.figures.kinds.clock import draw_clock
from generator.figures.kinds.comparison import draw_comparison
from generator.figures.kinds.map import draw_map
from generator.figures.kinds.moments import draw_moments
from generator.figures.kinds.publication_years import draw_publication_years
from generator.figures.kinds.ranges import draw_ranges
from generator.figures.kinds.stages import draw_stages
from generator.figures.kinds.time_series import draw_time_series
from generator.figures.kinds.timeline import draw_timeline
from generator.figures.kinds.tree import draw_tree
from generator.figures.kinds.waterfall import draw_waterfall
from generator.language import Language
from generator.ledger.model import Ledger
from generator.problems import Problem, did_you_mean
from generator.settings import Spec

__all__ = ["KINDS", "NARROW", "WIDE", "Cell", "Figure", "Spec", "draw_figure"]

#: Every kind of figure, by the name the settings give it. A kind reads its options and the ledger, and
#: returns what the figure says with what will draw it, or raises `BadSettingsError`.
KINDS: Final[Mapping[str, Callable[[Canvas], Figure]]] = {
    "ranges": draw_ranges,
    "moments": draw_moments,
    "timeline": draw_timeline,
    "time-series": draw_time_series,
    "publication-years": draw_publication_years,
    "breakdown": draw_breakdown,
    "waterfall": draw_waterfall,
    "tree": draw_tree,
    "stages": draw_stages,
    "clock": draw_clock,
    "comparison": draw_comparison,
    "map": draw_map,
}
#: Names that kinds had before; settings may still say them.
FORMER_KINDS: Final[Mapping[str, str]] = {
    "balance": "waterfall",
    "duel": "comparison",
    "growth": "time-series",
    "hours": "clock",
    "years": "publication-years",
}


def draw_figure(spec: Spec, ledger: Ledger, language: Language) -> Figure | list[Problem]:
    """Make one figure in one language; it is drawn when its `draw` is called with a width.

    Wrong settings and a figure without rows are problems.
    """
    draw = KINDS.get(FORMER_KINDS.get(spec.kind, spec.kind))
    if draw is None:
        said = f'figure "{spec.id}": there is no kind of figure "{spec.kind}"'
        hint = did_you_mean(spec.kind, KINDS, f"write one of {', '.join(KINDS)}")
        return [Problem(spec.location, "bad-figure", said, hint)]
    try:
        return draw(Canvas(spec, ledger, language))
    except BadSettingsError as wrong:
        return wrong.problems
