"""Claims about several moments go in; for each moment and side a bar with its rivals comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from generator.figures.assemble import figure_of_claims, unique
from generator.figures.axes import ValueAxis, axis_name, value_axis
from generator.figures.boxes import Box, first_free
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, anchor
from generator.figures.figure import Figure
from generator.figures.options import Ids, Some, claims_on, known_one, same_unit
from generator.figures.palette import MUTED
from generator.figures.plotly import Annotation, Bar, Plot, Scatter
from generator.figures.rows import (
    Heading,
    Label,
    RowChart,
    heading_height,
    heading_letters,
    left_margin,
    ticks_of,
)
from generator.figures.style import note, plain
from generator.figures.text import LINE, SIZE, bold, breaks, long, safe, wrapped
from generator.ledger.model import Claim
from generator.ledger.roles import Rank
from generator.typed import Texts, record

#: Pixels: the height of a bar, of a line of figures above it, of the name of a moment, and the margin
#: right of the bars.
BAR, STEP, HEADING, RIGHT = 24, LINE, 40, 60


@record
class MomentOptions:
    """A moment: what it is called, and the questions about it."""

    label: Texts
    topics: Ids


@record
class MomentsOptions:
    """The moments; which of the things counted is drawn, where there are several."""

    moments: Annotated[
        Some[MomentOptions], Field(description="[[figure.moments]] tables with label and topics")
    ]
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that the settings name, and the claims about it."""

    label: str
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Row:
    """One side at one moment: its claims, the middle of its bar and its top in pixels, its texts."""

    side: str
    claims: Sequence[Claim]
    y: float
    top: float
    label: str
    values: Sequence[Annotation]


def draw_moments(canvas: Canvas, options: MomentsOptions) -> Figure:
    """Draw the forces of the sides at each moment: a bar, and a dot for each rival."""
    moments = _moments(canvas, options)
    claims = unique(claim for moment in moments for claim in moment.claims)
    same_unit(canvas, claims)
    measures = sorted({claim.measure for claim in claims})
    if len(measures) > 1:
        raise canvas.bad(f"mixes measures: {', '.join(measures)}", 'choose one: measure = "…"')
    what = canvas.say("For each moment and side, a bar to the preferred figure and a dot for each source.")
    return figure_of_claims(canvas, claims, what, lambda canvas: _plot(canvas, moments, claims))


def _plot(canvas: Canvas, moments: Sequence[Moment], claims: Sequence[Claim]) -> Plot:
    axis = value_axis(canvas, all_bounds(claims), ticks=ticks_of(canvas))
    names = [wrapped(canvas.side_name(side.id), 20) for side in canvas.sides(claims)]
    right = RIGHT // 2 if canvas.narrow else RIGHT
    scale = Scale(axis, canvas.width - left_margin(canvas, names) - right)
    rows, headings, height = _stacked(canvas, moments, scale)
    chart = RowChart(
        canvas,
        [Label(row.top, row.label, -LINE) if canvas.narrow else Label(row.y, row.label) for row in rows],
        height,
        axis,
        axis_name(canvas, claims),
        headings=headings,
        right=right,
        more={"barmode": "overlay"},
    )
    marks = ClaimMarks(canvas, [(claim, row.y) for row in rows for claim in row.claims], canvas.spec.id)
    traces = [*_bars(canvas, rows), *_whiskers(canvas, rows), *marks.traces()]
    return chart.plotted(traces, [*(value for row in rows for value in row.values), *marks.arrows(axis)])


def _moments(canvas: Canvas, options: MomentsOptions) -> list[Moment]:
    measure = options.measure
    if measure:
        known_one(canvas, ("measure",), measure, {claim.measure for claim in canvas.ledger.claims.values()})
    moments = []
    for number, moment in enumerate(options.moments):
        claims = claims_on(canvas, moment.topics, ("moments", number, "topics"))
        counted = [claim for claim in claims if measure in {"", claim.measure}]
        moments.append(Moment(canvas.text(moment.label), counted))
    return moments


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of figures, and its width in pixels."""

    axis: ValueAxis
    wide: float

    def pixel(self, claim: Claim) -> float:
        """Return how far right of the axis a claim stands, in pixels."""
        return self.axis.share(anchor(claim)) * self.wide


def _stacked(
    canvas: Canvas, moments: Sequence[Moment], scale: Scale
) -> tuple[list[Row], list[Heading], float]:
    """Stack moments and their sides from the top down; return them with their height."""
    rows: list[Row] = []
    headings: list[Heading] = []
    y = 0.0
    for moment in moments:
        if not moment.claims:
            continue
        lines = wrapped(moment.label, heading_letters(canvas))
        height = heading_height(lines, HEADING)
        headings.append(Heading(y + height / 2, lines))
        y += height
        order = {side.id: n for n, side in enumerate(canvas.sides(moment.claims))}
        for side in sorted({claim.side for claim in moment.claims}, key=lambda s: (order.get(s, 99), s)):
            row = _row(canvas, [claim for claim in moment.claims if claim.side == side], scale, y)
            rows.append(row)
            more = 0 if canvas.narrow else max(0, breaks(row.label) - 1) * STEP
            y = row.y + BAR / 2 + 10 + more
    return rows, headings, y


def _row(canvas: Canvas, claims: Sequence[Claim], scale: Scale, top: float) -> Row:
    """Return the row of one side at one moment, whose claims these are; it begins at *top*."""
    side = claims[0].side
    name = wrapped(canvas.side_name(side), heading_letters(canvas) if canvas.narrow else 20)
    values = _values(canvas, claims, scale)
    above = (max((level for _, level, _ in values), default=0) + 1) * STEP + (LINE if canvas.narrow else 0)
    y = top + 4 + above + BAR / 2
    return Row(side, claims, y, top, name, [_value(*value, y, scale) for value in values])


def _values(canvas: Canvas, claims: Sequence[Claim], scale: Scale) -> list[tuple[Claim, int, str]]:
    """Stack the figures above the bar so that none covers another; the same figure is said once.

    Returns the claims whose figure is written, on which line from below, and the figure.
    """
    boxes: list[Box] = []
    values: dict[tuple[float, str], tuple[Claim, int, str]] = {}
    for claim in sorted(claims, key=lambda c: (c.rank != Rank.PREFERRED, anchor(c), c.id)):
        text, x = safe(canvas.language.claim(claim)), scale.pixel(claim)
        if (x, text) in values:
            continue
        half = long(text) / 2 + 5
        level = first_free(boxes, [(x - half, n, x + half, n + 1) for n in range(len(claims))]) or 0
        values[x, text] = (claim, level, bold(text, when=claim.rank == Rank.PREFERRED))
    return list(values.values())


def _value(claim: Claim, level: int, text: str, y: float, scale: Scale) -> Annotation:
    shift = BAR / 2 + STEP / 2 + level * STEP
    # A figure near zero would run into the names of the sides.
    near = scale.pixel(claim) < long(text) / 2
    where = {"x": plain(anchor(claim)), "xref": "x", "xanchor": "left" if near else "center"}
    return note(text, y=y - shift, font={"size": SIZE - 1}, **where)


def _bar_end(claims: Sequence[Claim]) -> Claim | None:
    counted = [claim for claim in claims if claim.stands]
    preferred = [claim for claim in counted if claim.rank == Rank.PREFERRED]
    return min(preferred or counted, key=lambda c: (anchor(c), c.id), default=None)


def _bars(canvas: Canvas, rows: Sequence[Row]) -> Iterable[Bar]:
    for number, row in enumerate(rows, 1):
        end = _bar_end(row.claims)
        if end is None:
            continue
        side = canvas.side(row.side)
        yield Bar(
            uid=f"{canvas.spec.id}-bar-{number}",
            orientation="h",
            x=[plain(anchor(end))],
            y=[row.y],
            width=[BAR],
            hoverinfo="skip",
            marker={
                "color": side.colour,
                "opacity": 0.3,
                "pattern": {"shape": side.pattern, "fgcolor": side.colour},
            },
        )


def _whiskers(canvas: Canvas, rows: Sequence[Row]) -> Iterable[Scatter]:
    """Where no figure is preferred, draw a line from the lowest to the highest."""
    xs: list[Any] = []
    ys: list[Any] = []
    for row in rows:
        counted = [claim for claim in row.claims if claim.stands]
        if len(counted) > 1 and not any(claim.rank == Rank.PREFERRED for claim in counted):
            values = all_bounds(counted)
            xs += [plain(min(values)), plain(max(values)), None]
            ys += [row.y, row.y, None]
    if xs:
        line = {"color": MUTED, "width": 1.5}
        yield Scatter(uid=f"{canvas.spec.id}-whiskers", mode="lines", x=xs, y=ys, hoverinfo="skip", line=line)
