"""Claims about the parts of a whole go in; a bar for each part, with its share, comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.figures.assemble import axis_name, figure_of_claims
from generator.figures.claim_traces import all_bounds, anchor, arrows, claim_traces
from generator.figures.figure import Cell, Figure, Plot
from generator.figures.options import (
    bad,
    check_options,
    claims_of,
    ids,
    names,
    same_unit,
    sides_of,
    tables,
)
from generator.figures.rows import is_narrow, left_margin, letters_of_row, row_axis, row_notes, row_room
from generator.figures.style import (
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
from generator.figures.wording import hover, share_text, shared_parts
from generator.language import Language
from generator.language.naming import describe, source_name, subject_name, value_text
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("rows", "topics", "whole", "total")
BAR, BOTTOM = 24, 64


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its claim, the whole it is a part of if known, its label, its middle in pixels."""

    claim: Claim
    whole: Claim | None
    label: str
    y: float = 0.0

    @property
    def share(self) -> Decimal | None:
        """The part over the whole, where one source states both as single figures."""
        part, whole = self.claim, self.whole
        if whole is None or part.best is None or not whole.best or part.unit != whole.unit:
            return None
        return part.best / whole.best if part.provenance.source == whole.provenance.source else None


def draw_breakdown(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw parts as solid bars, each before the pale bar of its whole. We compute the shares."""
    check_options(spec, OPTIONS)
    rows, height = _stacked(_rows(spec, ledger, language), ledger, language, width)
    same_unit(spec, [row.claim for row in rows])
    wholes = [row.whole for row in rows if row.whole]
    claims = list({c.id: c for row in rows for c in (row.whole, row.claim) if c}.values())
    same_unit(spec, claims)
    behind = [] if "total" in spec.options else wholes
    ticks = 3 if is_narrow(width) else 4
    axis = value_axis(all_bounds([row.claim for row in rows] + behind), language, ticks=ticks)
    values = [] if is_narrow(width) else [wrapped(_value(row, ledger, language), 24) for row in rows]
    labels = [(row.y, row.label) for row in rows]
    left = left_margin([row.label for row in rows], width)
    right = margin_for(values, most=220)
    keys = legend(sides_of(claims, ledger), language, left, width)
    top = legend_height(keys, 8)
    placed = [(row.claim, row.y) for row in rows]
    plot = layout(
        language,
        int(height) + top + BOTTOM,
        width=width,
        margin={"l": left, "r": right, "t": top, "b": BOTTOM},
        barmode="overlay",
        xaxis=axis | {"title": {"text": safe(axis_name(claims, ledger, language))}},
        yaxis=row_axis(height, labels, width),
        annotations=[
            *keys,
            *arrows(placed, axis, ledger),
            *row_notes(labels, width),
            *(note(text, x=1, y=row.y, xshift=8) for row, text in zip(rows, values, strict=False)),
        ],
    )
    traces = [] if "total" in spec.options else _bars(spec.id, rows, ledger, language, whole=True)
    traces += _bars(spec.id, rows, ledger, language, whole=False)
    ranges = claim_traces(f"{spec.id}-range", placed, ledger, language)
    traces += [trace for trace in ranges if trace["mode"] == "lines"]
    what = language.say("One bar for each part; a pale bar shows the whole where it is known.")
    figure = figure_of_claims(spec, Plot(traces, plot), claims, what, ledger, language)
    return _with_shares(figure, rows, language) if any(row.share for row in rows) else figure


def _rows(spec: Spec, ledger: Ledger, language: Language) -> list[Row]:
    scopes = sorted({claim.scope for claim in ledger.claims.values()} | set(ledger.words))
    whole = names(spec, "whole", scopes)
    total = spec.options.get("total")
    if total is not None:
        ids(spec, "total", [total], ledger.claims)
    if "rows" not in spec.options:
        claims = claims_of(names(spec, "topics", ledger.topics, required=True), ledger)
        return _grouped(claims, "", whole, str(total or ""), ledger, language)
    if "topics" in spec.options:
        raise bad(spec, "has both rows and topics", "keep one of them")
    rows: list[Row] = []
    for about in tables(spec, "rows"):
        members = ids(spec, "claims", about.get("claims"), ledger.claims, required=True)
        subject = str(about.get("subject", ""))
        if subject:
            ids(spec, "subject", [subject], ledger.entities)
        name = language.text(about["label"]) if "label" in about else ""
        name = name or (subject_name(ledger, language, subject) if subject else "")
        claims = [ledger.claims[id_] for id_ in members]
        rows += _grouped(claims, name, whole, str(total or ""), ledger, language)
    return rows


def _grouped(
    claims: Sequence[Claim],
    name: str,
    whole: Sequence[str],
    total: str,
    ledger: Ledger,
    language: Language,
) -> list[Row]:
    """Pair each part with the whole of the same subject, side and source."""
    found = {(c.subject, c.side, c.provenance.source): c for c in claims if c.scope in whole}
    parts = [c for c in claims if c.scope not in whole and c.id != total]
    common = shared_parts(parts)
    if len({claim.scope for claim in parts}) <= 1 and (name or "subject" not in common):
        common.add("scope")
    several = len({claim.provenance.source for claim in parts}) > 1
    rows = []
    for claim in parts:
        about = [name] if name else []
        text = describe(claim, ledger, language, common | ({"subject"} if name else set()))
        about += [text] if text else []
        about += [source_name(ledger, language, claim.provenance.source)] if several or not about else []
        pair = found.get((claim.subject, claim.side, claim.provenance.source))
        if total and claim.part_of == total:
            pair = ledger.claims[total]
        rows.append(Row(claim, pair, " · ".join(about)))
    return rows


def _stacked(rows: Sequence[Row], ledger: Ledger, language: Language, width: int) -> tuple[list[Row], float]:
    """Stack the rows from the top down, their labels set; a narrow one says its value too."""
    y = 0.0
    stacked = []
    for row in rows:
        name = row.label
        if is_narrow(width):
            name = language.say("{name}: {figure}", name=name, figure=_value(row, ledger, language))
        label = wrapped(name, letters_of_row(width))
        tall, middle = row_room(width, label)
        stacked.append(replace(row, y=y + middle, label=label))
        y += tall
    return stacked, y


def _value(row: Row, ledger: Ledger, language: Language) -> str:
    figure = value_text(row.claim, ledger, language)
    share = row.share
    return figure if share is None else f"{figure} ({share_text(share, language)})"


def _bars(
    name: str, rows: Sequence[Row], ledger: Ledger, language: Language, *, whole: bool
) -> list[dict[str, Any]]:
    traces = []
    for number, row in enumerate(rows, 1):
        claim = row.whole if whole else row.claim
        if claim is None:
            continue
        side = side_of(ledger, claim.side)
        traces.append(
            {
                "type": "bar",
                "uid": f"{name}-{'whole' if whole else 'part'}-{number}",
                "orientation": "h",
                "x": [plain(anchor(claim))],
                "y": [row.y],
                "width": [BAR if whole else BAR - 8],
                "marker": {"color": side.colour, "opacity": 0.28 if whole else 1},
                "hovertext": [hover(claim, ledger, language)],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(claim.id)],
                "textposition": "none",
            }
        )
    return traces


def _with_shares(figure: Figure, rows: Sequence[Row], language: Language) -> Figure:
    """Add the column of shares to the table, and say in the caption that they are ours."""
    shares = {row.claim.id: row.share for row in rows if row.share is not None}
    table = []
    for cells in figure.table_rows:
        share = shares.get(next(cell.record_id for cell in cells if cell.record_id))
        value = "" if share is None else f"{share.quantize(Decimal('0.0001')):f}"
        table.append((*cells, Cell("" if share is None else share_text(share, language), value=value)))
    said = language.say("The shares are computed here from the figures shown.")
    return replace(
        figure,
        caption=" ".join(text for text in (figure.caption, said) if text),
        table_head=(*figure.table_head, language.say("Share (computed)")),
        table_rows=tuple(table),
    )
