"""Rival claims go in; who said how many, by the year of publication, comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.figures.assemble import axis_name, figure_of_claims
from generator.figures.claim_traces import all_bounds, anchor, arrows, claim_traces
from generator.figures.figure import Figure, Plot
from generator.figures.labels import Mark, fitting_labels
from generator.figures.options import (
    check_options,
    claims_of,
    empty,
    log_axis,
    names,
    same_unit,
    sides_of,
)
from generator.figures.rows import is_narrow
from generator.figures.style import (
    fraction,
    layout,
    legend,
    legend_height,
    margin_for,
    note,
    safe,
    side_of,
    value_axis,
    wrapped,
)
from generator.language import Language
from generator.language.naming import source_name
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("topics", "log")
TALL, RIGHT, BOTTOM = 380, 90, 44
MOST_TICKS = 7
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def draw_publication_years(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw claims over the years of their sources; the table has those without a year too."""
    check_options(spec, OPTIONS)
    claims = claims_of(names(spec, "topics", ledger.topics, required=True), ledger)
    same_unit(spec, claims)
    years = {claim.id: ledger.year_of(claim.provenance.source) for claim in claims}
    claims.sort(key=lambda claim: (years[claim.id] or 10_000, claim.id))
    placed = [(claim, year) for claim in claims if (year := years[claim.id]) is not None]
    if not placed:
        raise empty(spec)
    drawn = [claim for claim, _ in placed]
    log = log_axis(spec, drawn)
    axis = value_axis(all_bounds(drawn), language, log=log)
    narrow = is_narrow(width)
    time = _year_axis([year for _, year in placed], 4 if narrow else MOST_TICKS)
    left = margin_for(axis["ticktext"], least=48)
    right = 14 if narrow else RIGHT
    keys = legend(sides_of(drawn, ledger), language, left, width)
    top = legend_height(keys, 16) + 28
    name = note(safe(axis_name(drawn, ledger, language, log=log)), x=0, y=1, yref="paper")
    plot = layout(
        language,
        TALL + top + BOTTOM,
        width=width,
        margin={"l": left, "r": right, "t": top, "b": BOTTOM},
        xaxis=time,
        yaxis=axis,
        annotations=[
            *({**one, "yshift": one["yshift"] + 30} for one in keys),
            name | {"yanchor": "bottom", "xshift": 4 - left, "yshift": 10},
            *_labels(placed, time, axis, width - left - right, right, ledger, language),
            *arrows(placed, axis, ledger, upright=True),
        ],
    )
    traces = claim_traces(spec.id, placed, ledger, language, upright=True)
    what = language.say("Each figure stands at the year in which its source was published.")
    return figure_of_claims(spec, Plot(traces, plot), claims, what, ledger, language)


def _year_axis(years: Sequence[int], most: int) -> dict[str, Any]:
    first, last = min(years), max(years)
    room = max(1.0, (last - first) * 0.05)
    step = next((n for n in STEPS if (last - first) / n <= most), 1000)
    ticks = list(range(first - first % step, last + 1, step))
    return {
        "type": "linear",
        "range": [first - room, last + room],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [str(year) for year in ticks],
    }


def _labels(
    placed: Sequence[tuple[Claim, int]],
    time: dict[str, Any],
    axis: dict[str, Any],
    wide: float,
    right: float,
    ledger: Ledger,
    language: Language,
) -> list[dict[str, Any]]:
    """Name the sources, the preferred ones first, as far as there is room."""
    low, high = time["range"]
    marks = []
    for claim, year in sorted(placed, key=lambda one: one[0].rank != "preferred"):
        height = fraction(anchor(claim), axis)
        text = wrapped(source_name(ledger, language, claim.provenance.source), 18)
        low_value, span = axis["range"][0], axis["range"][1] - axis["range"][0]
        marks.append(
            Mark(
                px=(year - low) / (high - low) * wide,
                py=(1 - height) * TALL,
                x=year,
                y=low_value + height * span,
                text=f"<b>{text}</b>" if claim.rank == "preferred" else text,
                colour=side_of(ledger, claim.side).colour,
            )
        )
    return fitting_labels(marks, wide + right, TALL)
