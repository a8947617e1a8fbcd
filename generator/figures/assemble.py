"""A drawing and the claims in it go in; the whole figure comes out, with its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.figures.figure import Figure, Plot
from generator.figures.wording import claim_table, claims_alt
from generator.language import Language
from generator.language.naming import word
from generator.ledger.model import Claim, Event, Ledger
from generator.settings import Spec


def figure_of_claims(
    spec: Spec,
    drawing: Plot,
    claims: Sequence[Claim],
    what: str,
    ledger: Ledger,
    language: Language,
) -> Figure:
    """Say the same claims three times: as a plot, as a table, as a text. *what* is a sentence."""
    head, rows = claim_table(claims, ledger, language)
    title = language.text(spec.title)
    return Figure(
        id=spec.id,
        title=title,
        alt=claims_alt(title, what, claims, ledger, language),
        caption=language.text(spec.caption),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=head,
        table_rows=rows,
        record_ids=tuple(claim.id for claim in claims),
        sources=sources_of(claims),
        height=int(drawing.layout["height"]),
        width=int(drawing.layout["width"]),
    )


def sources_of(records: Iterable[Claim | Event]) -> tuple[str, ...]:
    """Return the sources that speak, each once, in the order of the records."""
    return tuple(dict.fromkeys(record.provenance.source for record in records))


def axis_name(claims: Sequence[Claim], ledger: Ledger, language: Language, *, log: bool = False) -> str:
    """Say what an axis counts: the measure, or the unit where measures differ or need one."""
    measures = {claim.measure for claim in claims}
    measure = word(ledger, language, measures.pop()) if len(measures) == 1 else ""
    unit = word(ledger, language, claims[0].unit)
    name = f"{measure} ({unit})" if measure and unit and measure != unit else measure or unit
    return language.say("{what}, logarithmic scale", what=name) if log else name
