"""Claims and where they stand go in; the dots, ranges and arrows that draw them come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.figures.axes import ValueAxis
from generator.figures.canvas import Canvas
from generator.figures.palette import MUTED
from generator.figures.plotly import Annotation, Scatter
from generator.figures.style import HOVER, PALE, Coordinate, hollow, plain
from generator.figures.text import safe
from generator.figures.wording import hover
from generator.ledger.model import Claim
from generator.ledger.roles import Rank

#: The length of an arrow, in pixels.
ARROW = 30
Placed = Sequence[tuple[Claim, Coordinate]]


def anchor(claim: Claim) -> Decimal:
    """Return the figure a claim is sorted by: its best, or else the bound it states."""
    return next((x for x in (claim.best, claim.low, claim.high) if x is not None), Decimal(0))


def bounds(claim: Claim) -> list[Decimal]:
    """Return every figure a claim states."""
    return [x for x in (claim.low, claim.best, claim.high) if x is not None]


def all_bounds(claims: Sequence[Claim]) -> list[Decimal]:
    """Return every figure these claims state."""
    return [value for claim in claims for value in bounds(claim)]


def reach(claim: Claim) -> tuple[int, int]:
    """Return how far the arrow of a claim leads above and below its mark, in pixels, where figures go up."""
    above = claim.low is not None and claim.high is None
    below = claim.high is not None and claim.low is None
    return ARROW * above, ARROW * below


@dataclass(frozen=True, slots=True)
class ClaimMarks:
    """Claims where they stand across the axis of figures, which runs along x, or along y if *upright*.

    `name` begins the names of the traces; `axes` are the two axes of the plot.
    """

    canvas: Canvas
    placed: Placed
    name: str
    upright: bool = False
    axes: tuple[str, str] = ("x", "y")

    def traces(self) -> list[Scatter]:
        """Draw claims as dots (best) and lines (low to high), one pair of traces for each look.

        A claim of one side about the other is hollow and dotted; one that is set aside is pale.
        """
        looks: dict[tuple[str, bool, bool], list[tuple[Claim, Coordinate]]] = {}
        for claim, place in self.placed:
            look = (claim.side, claim.apart, claim.rank == Rank.DEPRECATED)
            looks.setdefault(look, []).append((claim, place))
        return [trace for look, group in looks.items() for trace in self._of_look(*look, group)]

    def _of_look(self, side_id: str, apart: bool, aside: bool, group: Placed) -> list[Scatter]:
        side = self.canvas.side(side_id)
        colour, symbol = side.colour or MUTED, side.symbol or "circle"
        parts = [self.name, side_id or "none", "apart" if apart else "", "aside" if aside else ""]
        name = "-".join(filter(None, parts))
        shared: dict[str, Any] = {
            "opacity": PALE if aside else 1,
            "xaxis": self.axes[0],
            "yaxis": self.axes[1],
        }
        line = {"color": colour, "width": 3, "dash": "dot" if apart else "solid"}
        spans = self._spans(group)
        traces = []
        if spans["x"]:
            spans |= {"uid": f"{name}-spans", "mode": "lines", "line": line, "hoverinfo": "skip"}
            traces.append(Scatter(**shared, **spans))
        dots = self._dots(group, hollow(symbol) if apart else symbol, colour)
        return [*traces, Scatter(**shared, **dots, uid=f"{name}-dots", mode="markers")]

    def _spans(self, group: Placed) -> dict[str, Any]:
        along: list[Any] = []
        across: list[Any] = []
        for claim, place in group:
            low, high = claim.bottom, claim.top
            if low is not None and high is not None and low != high:
                along += [plain(low), plain(high), None]
                across += [place, place, None]
        return self._xy(along, across)

    def _dots(self, group: Placed, symbol: str, colour: str) -> dict[str, Any]:
        tick = "line-ew-open" if self.upright else "line-ns-open"
        dots = [
            (plain(value), place, claim)
            for claim, place in group
            for value in ([claim.best] if claim.best is not None else bounds(claim))
        ]
        return self._xy([value for value, *_ in dots], [place for _, place, _ in dots]) | {
            "marker": {
                "color": colour,
                "size": 13,
                "symbol": [symbol if claim.best is not None else tick for *_, claim in dots],
                "line": {"width": 2.5, "color": colour},
            },
            # A mark at the end of the axis is drawn whole.
            "cliponaxis": False,
            "hovertext": [hover(self.canvas, claim) for *_, claim in dots],
            "hovertemplate": HOVER,
            "customdata": [safe(claim.id) for *_, claim in dots],
        }

    def _xy(self, along: list[Any], across: list[Any]) -> dict[str, Any]:
        return {"x": across, "y": along} if self.upright else {"x": along, "y": across}

    def arrows(self, axis: ValueAxis) -> list[Annotation]:
        """Draw an arrow out of each end that a claim leaves open: "at least", "up to"."""
        arrows = []
        for claim, place in self.placed:
            above, below = reach(claim)
            if above:
                arrows.append(self._arrow(claim, place, axis.at(claim.top or anchor(claim)), 1))
            elif below:
                arrows.append(self._arrow(claim, place, axis.at(claim.bottom or anchor(claim)), -1))
        return arrows

    def _arrow(self, claim: Claim, place: Coordinate, value: float, way: int) -> Annotation:
        if self.upright:
            move = {"x": place, "y": value, "yshift": way * ARROW, "ax": 0, "ay": way * ARROW}
        else:
            move = {"x": value, "y": place, "xshift": way * ARROW, "ax": -way * ARROW, "ay": 0}
        return Annotation(
            text="",
            showarrow=True,
            arrowhead=2,
            arrowwidth=2.5,
            arrowcolor=self.canvas.side(claim.side).colour or MUTED,
            opacity=PALE if claim.rank == Rank.DEPRECATED else 1,
            xref=self.axes[0],
            yref=self.axes[1],
            **move,
        )
