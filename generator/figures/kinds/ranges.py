"""Rival claims go in; one row for each comes out: a dot for the best, a line for the range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.assemble import axis_name, figure_of_claims
from generator.figures.claim_traces import ENEMY_CLAIM, all_bounds, anchor, arrows, claim_traces
from generator.figures.figure import Figure, Plot
from generator.figures.options import (
    check_options,
    claims_of,
    log_axis,
    names,
    one_of,
    same_unit,
    sides_of,
)
from generator.figures.rows import (
    heading_letters,
    is_narrow,
    left_margin,
    letters_of_row,
    row_axis,
    row_notes,
    row_room,
)
from generator.figures.style import (
    GRID,
    LINE,
    MUTED,
    layout,
    legend,
    legend_height,
    margin_for,
    note,
    safe,
    value_axis,
    wrapped,
)
from generator.figures.wording import row_labels, shared_parts
from generator.language import Language
from generator.language.naming import side_name, value_text
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

HEADING = 38
OPTIONS = ("topics", "group_by", "log")


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, the middle of its row in pixels from the top, and the texts beside it."""

    claim: Claim
    y: float
    label: str
    value: str


def draw_ranges(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the rival answers to some questions. Claims about the other side stand apart, below."""
    check_options(spec, OPTIONS)
    topics = names(spec, "topics", ledger.topics, required=True)
    claims = claims_of(topics, ledger)
    same_unit(spec, claims)
    log = log_axis(spec, claims)
    group_by = one_of(spec, "group_by", ("topic", "side", "none"), "topic" if len(topics) > 1 else "none")
    blocks = _blocks(claims, group_by, ledger, language)
    rows, headings, height = _rows(blocks, ledger, language, width)
    labels = [(row.y, row.label) for row in rows]
    left = left_margin([row.label for row in rows], width)
    right = margin_for((row.value for row in rows), most=200) + 6
    axis = value_axis(all_bounds(claims), language, log=log, ticks=3 if is_narrow(width) else 4)
    placed = [(row.claim, row.y) for row in rows]
    keys = legend([] if group_by == "side" else sides_of(claims, ledger), language, left, width)
    top = legend_height(keys)
    drawn = layout(
        language,
        int(height) + top + 64,
        width=width,
        margin={"l": left, "r": right, "t": top, "b": 64},
        xaxis=axis | {"title": {"text": safe(axis_name(claims, ledger, language, log=log))}},
        yaxis=row_axis(height, labels, width),
        annotations=[
            *keys,
            *(
                note(f"<b>{text}</b>", x=0, y=y, xshift=4 - left, font={"color": MUTED})
                for y, text, _ in headings
            ),
            *row_notes(labels, width),
            *(note(row.value, x=1, y=row.y, xshift=8) for row in rows if row.value),
            *arrows(placed, axis, ledger),
        ],
        shapes=[_rule(y) for y, _, apart in headings if apart],
    )
    drawing = Plot(claim_traces(spec.id, placed, ledger, language), drawn)
    what = language.say("One row for each source, with its figure or its range.")
    return figure_of_claims(spec, drawing, [row.claim for row in rows], what, ledger, language)


def _blocks(
    claims: Sequence[Claim], group_by: str, ledger: Ledger, language: Language
) -> list[tuple[str, list[Claim], bool]]:
    """Sort claims under headings, the highest first; what a side says of the other is last."""
    blocks: dict[str, list[Claim]] = {}
    enemy = sorted((c for c in claims if c.nature == ENEMY_CLAIM), key=_order)
    own = [c for c in claims if c.nature != ENEMY_CLAIM]
    if group_by == "side":
        rank = {side.id: n for n, side in enumerate(sides_of(own, ledger))}
        own.sort(key=lambda claim: rank.get(claim.side, len(rank)))
    for claim in own:
        heading = {
            "topic": language.text(ledger.topics[claim.topic].title),
            "side": side_name(ledger, language, claim.side),
            "none": "",
        }[group_by]
        blocks.setdefault(heading, []).append(claim)
    found = [(heading, sorted(rows, key=_order), False) for heading, rows in blocks.items()]
    if enemy:
        found.append((language.say("What one side claims of the other"), enemy, bool(own)))
    return found


def _order(claim: Claim) -> tuple[Any, ...]:
    return -anchor(claim), claim.id


def _rows(
    blocks: Sequence[tuple[str, list[Claim], bool]], ledger: Ledger, language: Language, width: int
) -> tuple[list[Row], list[tuple[float, str, bool]], float]:
    """Stack headings and rows from the top down; return them with the height they take."""
    rows: list[Row] = []
    headings: list[tuple[float, str, bool]] = []
    y = 0.0
    common = shared_parts([claim for _, claims, _ in blocks for claim in claims])
    for heading, claims, apart in blocks:
        # A question or a side says in its heading what its rows share; the last block does not.
        known = common if apart else shared_parts(claims)
        labels = row_labels(claims, ledger, language, known)
        if heading:
            lines = wrapped(heading, heading_letters(width))
            tall = HEADING + lines.count("<br>") * LINE + (14 if apart else 0)
            headings.append((y + tall / 2 + (7 if apart else 0), lines, apart))
            y += tall
        for claim in claims:
            mark = "<b>{}</b>" if claim.rank == "preferred" else "{}"
            name, said = labels[claim.id], value_text(claim, ledger, language)
            if is_narrow(width):
                name, said = language.say("{name}: {figure}", name=name, figure=said), ""
            label = mark.format(wrapped(name, letters_of_row(width)))
            value = mark.format(wrapped(said, 20)) if said else ""
            room, middle = row_room(width, label, value)
            rows.append(Row(claim, y + middle, label, value))
            y += room
    return rows, headings, y


def _rule(y: float) -> dict[str, Any]:
    """Return the line above the block that stands apart."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": y - 24,
        "y1": y - 24,
        "line": {"color": GRID, "width": 2},
    }
