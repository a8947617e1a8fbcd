"""What a figure says and what draws it go in; the whole figure comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.figures.canvas import Canvas
from generator.figures.figure import Figure, Table
from generator.figures.plotly import Plot
from generator.figures.wording import claim_table, claims_alt
from generator.ledger.model import Claim

#: What draws a figure, once all it needs is known: the canvas says at which width.
Draw = Callable[[Canvas], Plot]


def figure(
    canvas: Canvas,
    draw: Draw,
    *,
    alt: str,
    table: Table,
    record_ids: Iterable[str],
    sources: Iterable[str],
) -> Figure:
    """Join what a figure says with what draws it; ids and sources count once, in their order."""
    return Figure(
        id=canvas.spec.id,
        title=canvas.title,
        alt=alt,
        caption=canvas.text(canvas.spec.caption),
        table=table,
        record_ids=tuple(dict.fromkeys(record_ids)),
        sources=tuple(dict.fromkeys(sources)),
        draw=lambda width: draw(canvas.at(width)),
    )


def figure_of_claims(canvas: Canvas, claims: Sequence[Claim], what: str, draw: Draw) -> Figure:
    """Say the same claims three times: as a table, as a text, as a drawing. *what* is a sentence."""
    return figure(
        canvas,
        draw,
        alt=claims_alt(canvas, what, claims),
        table=claim_table(canvas, claims),
        record_ids=(claim.id for claim in claims),
        sources=sources_of(claims),
    )


def sources_of(records: Iterable[Any]) -> list[str]:
    """Return the sources of records, in their order."""
    return [record.provenance.source for record in records if record.provenance.source]


def unique(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims, each once."""
    return list({claim.id: claim for claim in claims}.values())
