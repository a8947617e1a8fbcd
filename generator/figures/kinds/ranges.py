"""Rival claims go in; one row for each comes out: a dot for the best, a line for the range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from generator.figures.assemble import figure_of_claims
from generator.figures.axes import axis_name, value_axis
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, anchor
from generator.figures.figure import Figure
from generator.figures.options import Ids, check_log, claims_on, same_unit
from generator.figures.plotly import Plot
from generator.figures.rows import (
    Heading,
    Label,
    RowChart,
    heading_height,
    heading_letters,
    letters_of_row,
    row_room,
    ticks_of,
)
from generator.figures.style import note, rule, side_entries
from generator.figures.text import bold, margin_for, wrapped
from generator.figures.wording import row_labels, shared_parts
from generator.ledger.model import Claim
from generator.ledger.roles import Rank
from generator.typed import record

#: Pixels: the least height of a heading, and the air above a block that stands apart.
HEADING, APART = 38, 14


@record
class RangesOptions:
    """The questions; what stands over the rows: their question, their side, nothing."""

    topics: Ids
    group_by: Literal["topic", "side", "none"] | None = None
    log: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Claims under a heading; `apart` is what one side says of the other."""

    heading: str
    claims: Sequence[Claim]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, the middle of its row in pixels from the top, and the texts beside it."""

    claim: Claim
    y: float
    label: str
    value: str


def draw_ranges(canvas: Canvas, options: RangesOptions) -> Figure:
    """Draw the rival answers to some questions. Claims about the other side stand apart, below."""
    claims = claims_on(canvas, options.topics)
    same_unit(canvas, claims)
    if log := options.log:
        check_log(canvas, claims)
    group_by = options.group_by or ("topic" if len(options.topics) > 1 else "none")
    blocks = _blocks(canvas, claims, group_by)
    what = canvas.say("One row for each source, with its figure or its range.")
    ordered = [claim for block in blocks for claim in block.claims]
    by_side = group_by == "side"
    return figure_of_claims(
        canvas, ordered, what, lambda canvas: _plot(canvas, blocks, log=log, by_side=by_side)
    )


def _plot(canvas: Canvas, blocks: Sequence[Block], *, log: bool, by_side: bool) -> Plot:
    rows, headings, rules, height = _stacked(canvas, blocks)
    claims = [row.claim for row in rows]
    axis = value_axis(canvas, all_bounds(claims), log=log, ticks=ticks_of(canvas))
    chart = RowChart(
        canvas,
        [Label(row.y, row.label) for row in rows],
        height,
        axis,
        axis_name(canvas, claims, log=log),
        headings=headings,
        entries=[] if by_side else side_entries(canvas, canvas.sides(claims)),
        least=12,
        right=margin_for((row.value for row in rows), most=200) + 6,
    )
    marks = ClaimMarks(canvas, [(row.claim, row.y) for row in rows], canvas.spec.id)
    values = (note(row.value, x=1, y=row.y, xshift=8) for row in rows if row.value)
    lines = (rule(y, 2) for y in rules)
    return chart.plotted(marks.traces(), [*values, *marks.arrows(axis)], lines)


def _blocks(canvas: Canvas, claims: Sequence[Claim], group_by: str) -> list[Block]:
    """Sort claims under headings, the highest first; what a side says of the other is last."""
    apart = sorted((c for c in claims if c.apart), key=_order)
    not_apart = [c for c in claims if not c.apart]
    if group_by == "side":
        rank = {side.id: n for n, side in enumerate(canvas.sides(not_apart))}
        not_apart.sort(key=lambda claim: rank.get(claim.side, len(rank)))
    blocks: dict[str, list[Claim]] = {}
    for claim in not_apart:
        heading = {
            "topic": canvas.text(canvas.ledger.topics[claim.topic].title),
            "side": canvas.side_name(claim.side),
            "none": "",
        }[group_by]
        blocks.setdefault(heading, []).append(claim)
    sorted_ = [Block(heading, sorted(rows, key=_order)) for heading, rows in blocks.items()]
    if apart:
        heading = canvas.say("What one side claims of the other")
        sorted_.append(Block(heading, apart, apart=bool(not_apart)))
    return sorted_


def _order(claim: Claim) -> tuple[Any, ...]:
    return -anchor(claim), claim.id


def _stacked(canvas: Canvas, blocks: Sequence[Block]) -> tuple[list[Row], list[Heading], list[float], float]:
    """Stack headings and rows from the top down; return them, the lines between, and the height."""
    rows: list[Row] = []
    headings: list[Heading] = []
    rules: list[float] = []
    y = 0.0
    common = shared_parts([claim for block in blocks for claim in block.claims])
    for block in blocks:
        # A question or a side says in its heading what its rows share; the last block does not.
        labels = row_labels(canvas, block.claims, common if block.apart else shared_parts(block.claims))
        if block.heading:
            lines, air = wrapped(block.heading, heading_letters(canvas)), APART if block.apart else 0
            height = heading_height(lines, HEADING) + air
            headings.append(Heading(y + (height + air) / 2, lines))
            rules += [y + height / 2 - 17] if block.apart else []
            y += height
        for claim in block.claims:
            label, value = _texts(canvas, claim, labels[claim.id])
            room, middle = row_room(canvas, label, value)
            rows.append(Row(claim, y + middle, label, value))
            y += room
    return rows, headings, rules, y


def _texts(canvas: Canvas, claim: Claim, name: str) -> tuple[str, str]:
    """Return what stands beside a claim: left of it, and right of it where there is room."""
    preferred, value = claim.rank == Rank.PREFERRED, canvas.value(claim)
    if canvas.narrow:
        return bold(wrapped(canvas.pair(name, value), letters_of_row(canvas)), when=preferred), ""
    label = bold(wrapped(name, letters_of_row(canvas)), when=preferred)
    return label, bold(wrapped(value, 20), when=preferred)
