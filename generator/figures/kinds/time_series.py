"""Dated claims go in; how a quantity grew comes out, one panel for each measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.figures.assemble import axis_name, figure_of_claims
from generator.figures.claim_traces import ARROW, all_bounds, anchor, arrows, claim_traces
from generator.figures.figure import Figure, Plot
from generator.figures.labels import Mark, fitting_labels
from generator.figures.options import (
    check_options,
    claims_of,
    empty,
    ids,
    label_of,
    names,
    sides_of,
    tables,
)
from generator.figures.rows import is_narrow
from generator.figures.style import (
    Box,
    fraction,
    layout,
    legend,
    legend_height,
    margin_for,
    note,
    plain,
    safe,
    side_of,
    value_axis,
    wrapped,
)
from generator.figures.time_axis import date_axis, middle, share_of, window
from generator.language import Language
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("topics", "series", "from", "to")
TALL, HEAD, RIGHT, BOTTOM = 250, 62, 120, 56
Series = Sequence[tuple[str, Sequence[Claim]]]


def draw_time_series(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw claims at the middle of their dates. Only claims that the settings join share a line."""
    check_options(spec, OPTIONS)
    topics = names(spec, "topics", ledger.topics, required=True)
    series = _series(spec, ledger, language)
    joined = [claim for _, claims in series for claim in claims]
    claims = list({claim.id: claim for claim in [*claims_of(topics, ledger), *joined]}.values())
    dates = [claim.date for claim in claims if claim.date]
    if not dates:
        raise empty(spec)
    start, end = window(spec, dates)
    panels: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.date and start <= middle(claim.date) < end:
            panels.setdefault((claim.measure, claim.unit), []).append(claim)
    if not panels:
        raise empty(spec)
    shown = list(panels.values())
    axes = [value_axis(all_bounds(panel), language) for panel in shown]
    left = margin_for([text for axis in axes for text in axis["ticktext"]], least=48)
    narrow = is_narrow(width)
    right = 20 if narrow else RIGHT
    total = len(shown) * (TALL + HEAD)
    sides = sides_of([claim for panel in shown for claim in panel], ledger)
    keys = legend(sides, language, left, width)
    top_margin = legend_height(keys)
    plot = layout(
        language,
        total + top_margin + BOTTOM,
        width=width,
        margin={"l": left, "r": right, "t": top_margin, "b": BOTTOM},
        xaxis=date_axis(start, end, language, 4 if narrow else 8) | {"anchor": _y(len(shown))},
        annotations=list(keys),
    )
    traces: list[dict[str, Any]] = []
    for number, (panel, axis) in enumerate(zip(shown, axes, strict=True), 1):
        y, top = _y(number), (number - 1) * (TALL + HEAD) + HEAD
        domain = [max(0.0, 1 - (top + TALL) / total), 1 - top / total]
        plot["yaxis" + y[1:]] = axis | {"domain": domain}
        name = note(f"<b>{safe(axis_name(panel, ledger, language))}</b>", x=0, y=domain[1], yref="paper")
        placed = [(claim, middle(claim.date).isoformat()) for claim in panel if claim.date]
        lines = [(label, [c for c in members if c in panel]) for label, members in series]
        plot["annotations"] += [
            name | {"yanchor": "bottom", "xshift": 4 - left, "yshift": 8},
            *_labels(panel, lines, axis, (start, end), width - left - right, right, y, ledger, language),
            *arrows(placed, axis, ledger, upright=True, axes=("x", y)),
        ]
        traces += _lines(f"{spec.id}-{number}", lines, y, ledger)
        uid = f"{spec.id}-{number}"
        traces += claim_traces(uid, placed, ledger, language, upright=True, axes=("x", y))
    what = language.say("Each figure stands in the middle of its date; lines join one series only.")
    return figure_of_claims(spec, Plot(traces, plot), claims, what, ledger, language)


def _y(number: int) -> str:
    return "y" if number == 1 else f"y{number}"


def _series(spec: Spec, ledger: Ledger, language: Language) -> Series:
    found = []
    for about in tables(spec, "series"):
        label = language.text(label_of(spec, "series", about))
        members = ids(spec, "claims", about.get("claims"), ledger.claims, required=True)
        found.append((label, [ledger.claims[id_] for id_ in members]))
    return found


def _lines(name: str, series: Series, y: str, ledger: Ledger) -> list[dict[str, Any]]:
    """Join the best figures of each series in the order of their dates."""
    traces = []
    for number, (_, claims) in enumerate(series, 1):
        known = sorted(
            (middle(c.date), c.id, c.best, c.side) for c in claims if c.date and c.best is not None
        )
        if len(known) > 1:
            colour = side_of(ledger, known[0][3]).colour
            traces.append(
                {
                    "type": "scatter",
                    "uid": f"{name}-line-{number}",
                    "mode": "lines",
                    "x": [day.isoformat() for day, *_ in known],
                    "y": [plain(best) for _, _, best, _ in known],
                    "xaxis": "x",
                    "yaxis": y,
                    "hoverinfo": "skip",
                    "line": {"color": colour, "width": 2},
                }
            )
    return traces


def _labels(
    panel: Sequence[Claim],
    series: Series,
    axis: Mapping[str, Any],
    days: tuple[dt.date, dt.date],
    wide: float,
    right: float,
    y: str,
    ledger: Ledger,
    language: Language,
) -> list[dict[str, Any]]:
    """Say the values and each series' name at its end, as far as there is room."""
    ends: dict[str, str] = {}
    for label, claims in series:
        dated = [claim for claim in claims if claim.date]
        if dated:
            ends[max(dated, key=lambda c: (middle(c.date) if c.date else days[0], c.id)).id] = label
    members = {claim.id for _, claims in series for claim in claims}
    marks = []
    shown = [claim for claim in panel if claim.date]
    shown.sort(key=lambda c: (c.id not in ends, c.id not in members))
    for claim in shown:
        if claim.date is None:
            continue
        height = fraction(anchor(claim), axis)
        text = safe(language.claim(claim))
        if claim.id in ends:
            text = f"<b>{text}</b><br>{wrapped(ends[claim.id], 16)}"
        px = share_of(middle(claim.date), *days) * wide
        value = axis["range"][1] * height
        colour = side_of(ledger, claim.side).colour
        marks.append(Mark(px, (1 - height) * TALL, middle(claim.date).isoformat(), value, text, colour))
    places = {claim.id: (mark.px, mark.py) for claim, mark in zip(shown, marks, strict=True)}
    return fitting_labels(marks, wide + right, TALL, y, _obstacles(shown, series, places))


def _obstacles(
    shown: Sequence[Claim], series: Series, places: Mapping[str, tuple[float, float]]
) -> list[Box]:
    """Return small boxes along the lines and arrows of a panel, which labels keep clear of."""
    boxes: list[Box] = []
    for _, claims in series:
        known = sorted(places[c.id] for c in claims if c.id in places and c.best is not None)
        for (x0, y0), (x1, y1) in pairwise(known):
            steps = max(1, int(abs(x1 - x0) + abs(y1 - y0)) // 8)
            for n in range(steps + 1):
                x, y = x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps
                boxes.append((x - 2, y - 2, x + 2, y + 2))
    for claim in shown:
        x, y = places[claim.id]
        if claim.high is None and claim.low is not None:
            boxes.append((x - 6, y - ARROW - 8, x + 6, y))
        elif claim.low is None and claim.high is not None:
            boxes.append((x - 6, y, x + 6, y + ARROW + 8))
    return boxes
