"""The figures that claims state go in; the axis on which they are drawn comes out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.style import plain
from generator.figures.text import safe
from generator.ledger.model import Claim


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """An axis of figures: where it starts and ends (exponents if *log*), its ticks and their texts."""

    low: float
    high: float
    ticks: Sequence[int | float]
    labels: Sequence[str]
    log: bool = False

    def stretched(self, factor: float) -> ValueAxis:
        """Return the axis with more room at its end, for the texts that stand there."""
        return replace(self, high=self.high * factor)

    def at(self, value: Decimal) -> float:
        """Return where a figure stands, as Plotly wants it of an annotation: an exponent if *log*."""
        return math.log10(value) if self.log else plain(value)

    def share(self, value: Decimal) -> float:
        """Return where a figure stands between the ends, from 0 to 1."""
        return (float(self.at(value)) - self.low) / (self.high - self.low)

    def layout(self, title: str = "") -> dict[str, Any]:
        """Return the axis as Plotly writes it, with its *title* as plain text."""
        options = {
            "type": "log" if self.log else "linear",
            "range": [self.low, self.high],
            "tickmode": "array",
            "tickvals": list(self.ticks),
            "ticktext": list(self.labels),
        }
        return options | ({"title": {"text": safe(title)}} if title else {})


def value_axis(canvas: Canvas, values: Sequence[Decimal], *, log: bool = False, ticks: int = 4) -> ValueAxis:
    """Return an axis with about so many *ticks*, in the language; a linear one starts at zero."""
    top = max(values)
    marked = _powers(min(values), top) if log else _steps(top, ticks)
    return ValueAxis(
        low=math.log10(min(values)) - 0.12 if log else 0,
        high=math.log10(top) + 0.12 if log else plain(top) * 1.06 or 1,
        ticks=[plain(tick) for tick in marked],
        labels=[safe(canvas.number(tick)) for tick in marked],
        log=log,
    )


def _steps(top: Decimal, ticks: int) -> list[Decimal]:
    if top <= 0:
        return [Decimal(0)]
    rough = top / ticks
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    return [step * n for n in range(int(top / step) + 1)]


def _powers(low: Decimal, high: Decimal) -> list[Decimal]:
    first, last = low.adjusted(), high.adjusted()
    factors = (1, 2, 5) if last - first <= 1 else (1,)
    ticks = [Decimal(10) ** power * factor for power in range(first, last + 1) for factor in factors]
    inside = [tick for tick in ticks if low * 3 / 4 <= tick <= high * 13 / 10]
    return inside or [low]


def axis_name(canvas: Canvas, claims: Sequence[Claim], *, log: bool = False) -> str:
    """Say what an axis counts: the measure, or the unit where measures differ or need one."""
    measures = {claim.measure for claim in claims}
    measure = canvas.word(measures.pop()) if len(measures) == 1 else ""
    unit = canvas.word(claims[0].unit)
    name = f"{measure} ({unit})" if measure and unit and measure != unit else measure or unit
    return canvas.say("{what}, logarithmic scale", what=name) if log else name
