"""A figure's settings, the ledger and a language go in; the figure comes out, or problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from generator.figures.canvas import BadSettingsError, Canvas
from generator.figures.figure import NARROW, WIDE, Cell, Figure
from generator.figures.kinds.breakdown import BreakdownOptions, draw_breakdown
from generator.figures.kinds.clock import ClockOptions, draw_clock
from generator.figures.kinds.comparison import ComparisonOptions, draw_comparison
from generator.figures.kinds.map import draw_map
from generator.figures.kinds.moments import MomentsOptions, draw_moments
from generator.figures.kinds.publication_years import PublicationYearsOptions, draw_publication_years
from generator.figures.kinds.ranges import RangesOptions, draw_ranges
from generator.figures.kinds.stages import StagesOptions, draw_stages
from generator.figures.kinds.time_series import TimeSeriesOptions, draw_time_series
from generator.figures.kinds.timeline import TimelineOptions, draw_timeline
from generator.figures.kinds.tree import TreeOptions, draw_tree
from generator.figures.kinds.waterfall import WaterfallOptions, draw_waterfall
from generator.figures.map.options import MapOptions
from generator.language import Language
from generator.ledger.model import Ledger
from generator.problems import Problem, did_you_mean
from generator.settings import Spec

__all__ = ["KINDS", "NARROW", "WIDE", "Cell", "Figure", "Spec", "draw_figure"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of figure: what its options are, and what makes a figure of them and the ledger.

    `make` returns what the figure says with what will draw it, or raises `BadSettingsError`.
    """

    options: type[T]
    make: Callable[[Canvas, T], Figure]

    def figure(self, canvas: Canvas) -> Figure | list[Problem]:
        """Read the options of a figure and make it; wrong settings are problems."""
        options = canvas.spec.read(self.options)
        if isinstance(options, list):
            return options
        try:
            return self.make(canvas, options)
        except BadSettingsError as wrong:
            return wrong.problems


#: Every kind of figure, by the name the settings give it.
KINDS: Final[Mapping[str, Kind[Any]]] = {
    "ranges": Kind(RangesOptions, draw_ranges),
    "moments": Kind(MomentsOptions, draw_moments),
    "timeline": Kind(TimelineOptions, draw_timeline),
    "time-series": Kind(TimeSeriesOptions, draw_time_series),
    "publication-years": Kind(PublicationYearsOptions, draw_publication_years),
    "breakdown": Kind(BreakdownOptions, draw_breakdown),
    "waterfall": Kind(WaterfallOptions, draw_waterfall),
    "tree": Kind(TreeOptions, draw_tree),
    "stages": Kind(StagesOptions, draw_stages),
    "clock": Kind(ClockOptions, draw_clock),
    "comparison": Kind(ComparisonOptions, draw_comparison),
    "map": Kind(MapOptions, draw_map),
}
#: Names that kinds had before; settings may still say them.
FORMER_KINDS: Final[Mapping[str, str]] = {
    "balance": "waterfall",
    "duel": "comparison",
    "growth": "time-series",
    "hours": "clock",
    "years": "publication-years",
}


def draw_figure(
    spec: Spec, ledger: Ledger, language: Language, passing: tuple[str, ...] = ()
) -> Figure | list[Problem]:
    """Make one figure in one language; it is drawn when its `draw` is called with a width.

    Wrong settings and a figure without rows are problems. *passing* are movements that are drawn over a map
    elsewhere: its names keep off them.
    """
    kind = KINDS.get(FORMER_KINDS.get(spec.kind, spec.kind))
    canvas = Canvas(spec, ledger, language, passing=passing)
    if kind is None:
        hint = did_you_mean(spec.kind, KINDS, f"write one of {', '.join(KINDS)}")
        return [canvas.problem(f'there is no kind of figure "{spec.kind}"', hint)]
    return kind.figure(canvas)
