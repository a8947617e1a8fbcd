"""Claims and where they stand go in; the dots, ranges and arrows that draw them come out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.figures.style import MUTED, hollow, plain, safe, side_of
from generator.figures.wording import hover
from generator.language import Language
from generator.ledger.model import Claim, Ledger

#: The nature of a claim that one side makes about the other's losses or forces.
ENEMY_CLAIM = "enemy-claim"
ARROW = 30
Coordinate = float | str
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


def claim_traces(
    name: str,
    placed: Placed,
    ledger: Ledger,
    language: Language,
    *,
    upright: bool = False,
    axes: tuple[str, str] = ("x", "y"),
) -> list[dict[str, Any]]:
    """Draw claims as dots (best) and lines (low to high), one pair of traces for each look.

    The figures lie along x, or along y when *upright*. A claim of one side about the other is
    hollow and dotted; one that is set aside is pale.
    """
    looks: dict[tuple[str, bool, bool], list[tuple[Claim, Coordinate]]] = {}
    for claim, place in placed:
        look = (claim.side, claim.nature == ENEMY_CLAIM, claim.rank == "deprecated")
        looks.setdefault(look, []).append((claim, place))
    traces = []
    for (side_id, enemy, aside), group in looks.items():
        side = side_of(ledger, side_id)
        colour = side.colour or MUTED
        about = "-".join([name, side_id or "none", *["enemy"] * enemy, *["aside"] * aside])
        shared: dict[str, Any] = {
            "type": "scatter",
            "opacity": 0.45 if aside else 1,
            "xaxis": axes[0],
            "yaxis": axes[1],
        }
        line = {"color": colour, "width": 3, "dash": "dot" if enemy else "solid"}
        spans = _spans(group, upright=upright)
        if spans["x"]:
            traces.append(
                shared | spans | {"uid": f"{about}-spans", "mode": "lines", "line": line, "hoverinfo": "skip"}
            )
        symbol = hollow(side.symbol or "circle") if enemy else side.symbol or "circle"
        dots = _dots(group, symbol, colour, ledger, language, upright=upright)
        traces.append(shared | dots | {"uid": f"{about}-dots", "mode": "markers"})
    return traces


def _spans(group: Placed, *, upright: bool) -> dict[str, Any]:
    along: list[Any] = []
    across: list[Any] = []
    for claim, place in group:
        low, high = claim.bottom, claim.top
        if low is not None and high is not None and low != high:
            along += [plain(low), plain(high), None]
            across += [place, place, None]
    return _xy(along, across, upright=upright)


def _dots(
    group: Placed, symbol: str, colour: str, ledger: Ledger, language: Language, *, upright: bool
) -> dict[str, Any]:
    along: list[Any] = []
    across: list[Any] = []
    symbols, owners = [], []
    tick = "line-ew-open" if upright else "line-ns-open"
    for claim, place in group:
        values = [claim.best] if claim.best is not None else bounds(claim)
        for value in values:
            along.append(plain(value))
            across.append(place)
            symbols.append(symbol if claim.best is not None else tick)
            owners.append(claim)
    return _xy(along, across, upright=upright) | {
        "marker": {
            "color": colour,
            "size": 13,
            "symbol": symbols,
            "line": {"width": 2.5, "color": colour},
        },
        "hovertext": [hover(claim, ledger, language) for claim in owners],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [safe(claim.id) for claim in owners],
    }


def _xy(along: list[Any], across: list[Any], *, upright: bool) -> dict[str, Any]:
    return {"x": across, "y": along} if upright else {"x": along, "y": across}


def arrows(
    placed: Placed,
    axis: Mapping[str, Any],
    ledger: Ledger,
    *,
    upright: bool = False,
    axes: tuple[str, str] = ("x", "y"),
) -> list[dict[str, Any]]:
    """Draw an arrow out of each end that a claim leaves open: "at least", "up to"."""
    found = []
    for claim, place in placed:
        if claim.low is not None and claim.high is None:
            found.append(_arrow(claim, place, claim.top, 1, axis, ledger, axes, upright=upright))
        elif claim.high is not None and claim.low is None:
            found.append(_arrow(claim, place, claim.bottom, -1, axis, ledger, axes, upright=upright))
    return [arrow for arrow in found if arrow]


def _arrow(
    claim: Claim,
    place: Coordinate,
    end: Decimal | None,
    way: int,
    axis: Mapping[str, Any],
    ledger: Ledger,
    axes: tuple[str, str],
    *,
    upright: bool,
) -> dict[str, Any]:
    start = end if end is not None else anchor(claim)
    # Plotly wants the place of an annotation on a logarithmic axis as an exponent.
    value = math.log10(start) if axis["type"] == "log" else plain(start)
    shift = -way * ARROW if upright else way * ARROW
    move = {"yshift": -shift, "ax": 0, "ay": -shift} if upright else {"xshift": shift, "ax": -shift, "ay": 0}
    return {
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2.5,
        "arrowcolor": side_of(ledger, claim.side).colour or MUTED,
        "opacity": 0.45 if claim.rank == "deprecated" else 1,
        "x": place if upright else value,
        "y": value if upright else place,
        "xref": axes[0],
        "yref": axes[1],
    } | move
