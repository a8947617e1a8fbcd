"""Claims about several moments go in; for each moment and side a bar with its rivals comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.assemble import axis_name, figure_of_claims
from generator.figures.claim_traces import ENEMY_CLAIM, all_bounds, anchor, arrows, bounds, claim_traces
from generator.figures.figure import Figure, Plot
from generator.figures.options import (
    bad,
    check_options,
    claims_of,
    ids,
    label_of,
    one_of,
    same_unit,
    sides_of,
    tables,
)
from generator.figures.rows import heading_letters, is_narrow, left_margin, row_axis, row_notes
from generator.figures.style import (
    LETTER,
    LINE,
    MUTED,
    SIZE,
    Box,
    first_free,
    fraction,
    layout,
    letters,
    note,
    plain,
    safe,
    side_of,
    value_axis,
    wrapped,
)
from generator.language import Language
from generator.language.naming import side_name
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("moments", "measure")
BAR, STEP, HEADING, RIGHT, BOTTOM, TOP = 24, LINE, 40, 60, 64, 8


@dataclass(frozen=True, slots=True)
class Row:
    """One side at one moment: its claims, the middle of its bar and its top in pixels, its texts."""

    side: str
    claims: Sequence[Claim]
    y: float
    top: float
    label: str
    values: Sequence[dict[str, Any]]


def draw_moments(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the forces of the sides at each moment: a bar, and a dot for each rival."""
    check_options(spec, OPTIONS)
    moments = _moments(spec, ledger, language)
    claims = list({claim.id: claim for _, found in moments for claim in found}.values())
    same_unit(spec, claims)
    if len({claim.measure for claim in claims}) > 1:
        known = sorted({claim.measure for claim in claims})
        raise bad(spec, f"mixes measures: {', '.join(known)}", 'choose one: measure = "…"')
    axis = value_axis(all_bounds(claims), language, ticks=3 if is_narrow(width) else 4)
    sides = sides_of(claims, ledger)
    left = left_margin([wrapped(side_name(ledger, language, s.id), 20) for s in sides], width)
    right = RIGHT // 2 if is_narrow(width) else RIGHT
    rows, headings, height = _rows(moments, axis, width, width - left - right, ledger, language)
    placed = [(claim, row.y) for row in rows for claim in row.claims]
    plot = layout(
        language,
        int(height) + TOP + BOTTOM,
        width=width,
        margin={"l": left, "r": right, "t": TOP, "b": BOTTOM},
        barmode="overlay",
        xaxis=axis | {"title": {"text": safe(axis_name(claims, ledger, language))}},
        yaxis=row_axis(height, [(row.y, row.label) for row in rows], width),
        annotations=[
            *(
                note(f"<b>{text}</b>", x=0, y=y, xshift=4 - left, font={"color": MUTED})
                for y, text in headings
            ),
            *row_notes([(row.top, row.label) for row in rows], width, -LINE),
            *(value for row in rows for value in row.values),
            *arrows(placed, axis, ledger),
        ],
    )
    traces = [
        *_bars(spec.id, rows, ledger),
        *_whiskers(spec.id, rows),
        *claim_traces(spec.id, placed, ledger, language),
    ]
    what = language.say("For each moment and side, a bar to the preferred figure and a dot for each source.")
    return figure_of_claims(spec, Plot(traces, plot), claims, what, ledger, language)


def _moments(spec: Spec, ledger: Ledger, language: Language) -> list[tuple[str, list[Claim]]]:
    known = sorted({claim.measure for claim in ledger.claims.values()})
    measure = one_of(spec, "measure", ["", *known], "")
    entries = tables(spec, "moments")
    if not entries:
        raise bad(spec, 'needs the option "moments"', "write [[figure.moments]] with label and topics")
    found = []
    for about in entries:
        label = language.text(label_of(spec, "moments", about))
        topics = ids(spec, "topics", about.get("topics"), ledger.topics, required=True)
        claims = [c for c in claims_of(topics, ledger) if not measure or c.measure == measure]
        found.append((label, claims))
    return found


def _rows(
    moments: Sequence[tuple[str, list[Claim]]],
    axis: Mapping[str, Any],
    width: int,
    wide: float,
    ledger: Ledger,
    language: Language,
) -> tuple[list[Row], list[tuple[float, str]], float]:
    """Stack moments and their sides from the top down; return them with their height."""
    rows: list[Row] = []
    headings: list[tuple[float, str]] = []
    y = 0.0
    narrow = is_narrow(width)
    for label, claims in moments:
        if not claims:
            continue
        lines = wrapped(label, heading_letters(width))
        tall = HEADING + lines.count("<br>") * STEP
        headings.append((y + tall / 2, lines))
        y += tall
        order = {side.id: n for n, side in enumerate(sides_of(claims, ledger))}
        for side in sorted({claim.side for claim in claims}, key=lambda s: (order.get(s, 99), s)):
            own = [claim for claim in claims if claim.side == side]
            name = wrapped(side_name(ledger, language, side), heading_letters(width) if narrow else 20)
            levels = _levels(own, axis, wide, language)
            above = (max((level for level, _ in levels.values()), default=0) + 1) * STEP
            above += LINE if narrow else 0
            middle = y + 4 + above + BAR / 2
            values = [_value(claim, middle, levels, axis, wide) for claim in own if claim.id in levels]
            rows.append(Row(side, own, middle, y, name, values))
            y = middle + BAR / 2 + 10 + (0 if narrow else max(0, name.count("<br>") - 1) * STEP)
    return rows, headings, y


def _levels(
    claims: Sequence[Claim], axis: Mapping[str, Any], wide: float, language: Language
) -> dict[str, tuple[int, str]]:
    """Stack the figures above the bar so that none covers another; the same figure is said once."""
    boxes: list[Box] = []
    levels: dict[str, tuple[int, str]] = {}
    said: set[tuple[float, str]] = set()
    for claim in sorted(claims, key=lambda c: (c.rank != "preferred", anchor(c), c.id)):
        text = safe(language.claim(claim))
        x = fraction(anchor(claim), axis) * wide
        if (x, text) in said:
            continue
        said.add((x, text))
        half = letters(text) * LETTER / 2 + 5
        spots = [(x - half, n * 1.0, x + half, n + 1.0) for n in range(len(claims))]
        level = first_free(boxes, spots)
        levels[claim.id] = (level or 0, f"<b>{text}</b>" if claim.rank == "preferred" else text)
    return levels


def _value(
    claim: Claim, y: float, levels: Mapping[str, tuple[int, str]], axis: Mapping[str, Any], wide: float
) -> dict[str, Any]:
    level, text = levels[claim.id]
    x = plain(anchor(claim))
    shift = BAR / 2 + STEP / 2 + level * STEP
    # A figure near zero would run into the names of the sides.
    near = fraction(anchor(claim), axis) * wide < letters(text) * LETTER / 2
    return note(
        text,
        x=x,
        xref="x",
        y=y - shift,
        xanchor="left" if near else "center",
        font={"size": SIZE - 1},
    )


def _counted(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims a bar may follow: not what the other side says, nor what is set aside."""
    return [c for c in claims if c.nature != ENEMY_CLAIM and c.rank != "deprecated"]


def _bar_end(claims: Sequence[Claim]) -> Claim | None:
    counted = _counted(claims)
    preferred = [claim for claim in counted if claim.rank == "preferred"]
    return min(preferred or counted, key=lambda c: (anchor(c), c.id), default=None)


def _bars(name: str, rows: Sequence[Row], ledger: Ledger) -> list[dict[str, Any]]:
    traces = []
    for number, row in enumerate(rows, 1):
        end = _bar_end(row.claims)
        if end is None:
            continue
        side = side_of(ledger, row.side)
        traces.append(
            {
                "type": "bar",
                "uid": f"{name}-bar-{number}",
                "orientation": "h",
                "x": [plain(anchor(end))],
                "y": [row.y],
                "width": [BAR],
                "hoverinfo": "skip",
                "marker": {
                    "color": side.colour,
                    "opacity": 0.3,
                    "pattern": {"shape": side.pattern, "fgcolor": side.colour},
                },
            }
        )
    return traces


def _whiskers(name: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Where no figure is preferred, draw a line from the lowest to the highest."""
    xs: list[Any] = []
    ys: list[Any] = []
    for row in rows:
        counted = _counted(row.claims)
        if len(counted) > 1 and not any(claim.rank == "preferred" for claim in counted):
            values = [value for claim in counted for value in bounds(claim)]
            xs += [plain(min(values)), plain(max(values)), None]
            ys += [row.y, row.y, None]
    line = {"color": MUTED, "width": 1.5}
    trace = {"type": "scatter", "uid": f"{name}-whiskers", "mode": "lines", "x": xs, "y": ys}
    return [trace | {"hoverinfo": "skip", "line": line}] if xs else []
