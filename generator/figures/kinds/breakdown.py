"""Claims about the parts of a whole go in; a bar for each part, with its share, comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from generator.figures.assemble import figure_of_claims, unique
from generator.figures.axes import axis_name, value_axis
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, anchor
from generator.figures.figure import Cell, Figure, Table
from generator.figures.options import AnyIds, Ids, claims_on, known, known_one, same_unit
from generator.figures.plotly import Bar, Plot
from generator.figures.rows import Label, RowChart, letters_of_row, row_room, ticks_of
from generator.figures.style import HOVER, note, plain, side_entries
from generator.figures.text import margin_for, safe, wrapped
from generator.figures.wording import hover, share_text, shared_parts
from generator.ledger.model import Claim
from generator.typed import Texts, record

#: The width of the bar of a whole, and of the part before it, in pixels.
WHOLE, PART = 24, 16


@record
class RowOptions:
    """Claims that stand under one name: that of a subject, or a label."""

    claims: Ids
    subject: str = ""
    label: Texts = Field(default_factory=dict)


@record
class BreakdownOptions:
    """The rows, or questions whose claims are rows; the scopes that are wholes; the whole of all parts."""

    rows: Annotated[tuple[RowOptions, ...], Field(description="[[figure.rows]] tables")] = ()
    topics: AnyIds = ()
    whole: AnyIds = ()
    total: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its claim, the whole it is a part of if known, and its label."""

    claim: Claim
    whole: Claim | None
    label: str

    @property
    def share(self) -> Decimal | None:
        """The part over the whole, where one source states both as single figures."""
        part, whole = self.claim, self.whole
        if whole is None or part.best is None or not whole.best or part.unit != whole.unit:
            return None
        return part.best / whole.best if part.provenance.source == whole.provenance.source else None


def draw_breakdown(canvas: Canvas, options: BreakdownOptions) -> Figure:
    """Draw parts as solid bars, each before the pale bar of its whole. We compute the shares."""
    total = None
    if options.total:
        total = canvas.ledger.claims[known_one(canvas, ("total",), options.total, canvas.ledger.claims)]
    rows = _rows(canvas, options, total)
    same_unit(canvas, [row.claim for row in rows])
    claims = unique(claim for row in rows for claim in (row.whole, row.claim) if claim)
    same_unit(canvas, claims)
    what = canvas.say("One bar for each part; a pale bar shows the whole where it is known.")
    figure = figure_of_claims(
        canvas, claims, what, lambda canvas: _plot(canvas, rows, claims, with_wholes=total is None)
    )
    return _with_shares(canvas, figure, rows) if any(row.share for row in rows) else figure


def _plot(canvas: Canvas, rows: Sequence[Row], claims: Sequence[Claim], *, with_wholes: bool) -> Plot:
    labels, height = _stacked(canvas, rows)
    ys = [label.y for label in labels]
    wholes = [row.whole for row in rows] if with_wholes else []
    drawn = [row.claim for row in rows] + [whole for whole in wholes if whole]
    axis = value_axis(canvas, all_bounds(drawn), ticks=ticks_of(canvas))
    values = [] if canvas.narrow else [wrapped(_value(canvas, row), 24) for row in rows]
    chart = RowChart(
        canvas,
        labels,
        height,
        axis,
        axis_name(canvas, claims),
        entries=side_entries(canvas, canvas.sides(claims)),
        right=margin_for(values, most=220),
        more={"barmode": "overlay"},
    )
    parts = [(row.claim, y) for row, y in zip(rows, ys, strict=True)]
    marks = ClaimMarks(canvas, parts, f"{canvas.spec.id}-range")
    behind = list(zip(wholes, ys, strict=False))
    bars = [*_bars(canvas, "whole", behind, WHOLE), *_bars(canvas, "part", parts, PART)]
    spans = (trace for trace in marks.traces() if trace.get("mode") == "lines")
    notes = (note(text, x=1, y=y, xshift=8) for text, y in zip(values, ys, strict=False))
    return chart.plotted([*bars, *spans], [*marks.arrows(axis), *notes])


def _rows(canvas: Canvas, options: BreakdownOptions, total: Claim | None) -> list[Row]:
    claims, entities = canvas.ledger.claims, canvas.ledger.entities
    scopes = sorted({claim.scope for claim in claims.values()} | set(canvas.ledger.words))
    whole = known(canvas, ("whole",), options.whole, scopes)
    if not options.rows:
        return _paired(canvas, claims_on(canvas, options.topics), "", whole, total)
    if options.topics:
        raise canvas.bad("has both rows and topics", "keep one of them", ("topics",))
    rows: list[Row] = []
    for number, row in enumerate(options.rows):
        members = known(canvas, ("rows", number, "claims"), row.claims, claims)
        name = canvas.text(row.label)
        if row.subject:
            subject = known_one(canvas, ("rows", number, "subject"), row.subject, entities)
            name = name or canvas.subject_name(subject)
        rows += _paired(canvas, [claims[id_] for id_ in members], name, whole, total)
    return rows


def _paired(
    canvas: Canvas, claims: Sequence[Claim], name: str, whole: Sequence[str], total: Claim | None
) -> list[Row]:
    """Pair each part with the whole of the same subject, side and source, and name it."""
    wholes = {_alike(claim): claim for claim in claims if claim.scope in whole}
    parts = [claim for claim in claims if claim.scope not in whole and claim is not total]
    common = shared_parts(parts) | ({"subject"} if name else set())
    if len({claim.scope for claim in parts}) <= 1 and (name or "subject" not in common):
        common.add("scope")
    several = len({claim.provenance.source for claim in parts}) > 1
    rows = []
    for claim in parts:
        descriptions = [text for text in (name, canvas.describe(claim, common)) if text]
        if several or not descriptions:
            descriptions.append(canvas.source_name(claim.provenance.source))
        of_total = total is not None and claim.part_of == total.id
        rows.append(Row(claim, total if of_total else wholes.get(_alike(claim)), " · ".join(descriptions)))
    return rows


def _alike(claim: Claim) -> tuple[str, str, str]:
    return claim.subject, claim.side, claim.provenance.source


def _stacked(canvas: Canvas, rows: Sequence[Row]) -> tuple[list[Label], float]:
    """Stack the rows from the top down, their labels set; a narrow one says its value too."""
    y = 0.0
    labels = []
    for row in rows:
        name = canvas.pair(row.label, _value(canvas, row)) if canvas.narrow else row.label
        text = wrapped(name, letters_of_row(canvas))
        room, middle = row_room(canvas, text)
        labels.append(Label(y + middle, text))
        y += room
    return labels, y


def _value(canvas: Canvas, row: Row) -> str:
    figure, share = canvas.value(row.claim), row.share
    return figure if share is None else f"{figure} ({share_text(canvas, share)})"


def _bars(
    canvas: Canvas, name: str, placed: Sequence[tuple[Claim | None, float]], width: int
) -> Iterable[Bar]:
    """Draw a bar of a width for each claim at its height; a whole is pale."""
    for number, (claim, y) in enumerate(placed, 1):
        if claim:
            yield Bar(
                uid=f"{canvas.spec.id}-{name}-{number}",
                orientation="h",
                x=[plain(anchor(claim))],
                y=[y],
                width=[width],
                marker={"color": canvas.side(claim.side).colour, "opacity": 0.28 if name == "whole" else 1},
                hovertext=[hover(canvas, claim)],
                hovertemplate=HOVER,
                customdata=[safe(claim.id)],
                textposition="none",
            )


def _with_shares(canvas: Canvas, figure: Figure, rows: Sequence[Row]) -> Figure:
    """Add the column of shares to the table, and say in the caption that they are ours."""
    shares = {row.claim.id: row.share for row in rows if row.share is not None}
    table = []
    for cells in figure.table.rows:
        share = shares.get(next(cell.record_id for cell in cells if cell.record_id))
        share_cell = Cell("")
        if share is not None:
            share_cell = Cell(share_text(canvas, share), value=f"{share.quantize(Decimal('0.0001')):f}")
        table.append((*cells, share_cell))
    computed = canvas.say("The shares are computed here from the figures shown.")
    return replace(
        figure,
        caption=" ".join(text for text in (figure.caption, computed) if text),
        table=Table((*figure.table.head, canvas.say("Share (computed)")), tuple(table)),
    )
