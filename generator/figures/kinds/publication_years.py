"""Rival claims go in; who said how many, by the year of publication, comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.figures.assemble import figure_of_claims
from generator.figures.axes import ValueAxis, axis_name, value_axis
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, anchor, reach
from generator.figures.figure import Figure
from generator.figures.labels import LabelField, Mark, fitting_labels
from generator.figures.options import Ids, check_log, claims_on, same_unit
from generator.figures.plotly import Annotation, Plot
from generator.figures.style import legend, look, note, plotted, side_entries
from generator.figures.text import bold, margin_for, safe, wrapped
from generator.figures.time_axis import refuse_ancient
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Claim
from generator.ledger.roles import Rank
from generator.typed import record

#: Pixels: the height of the field; the margins right of it and below; what the axis names takes above.
TALL, RIGHT, BOTTOM, HEAD = 380, 90, 44, 28
MOST_TICKS, MOST_TICKS_NARROW = 7, 4
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
#: Claims with the year in which their source was published.
Dated = Sequence[tuple[Claim, int]]


@record
class PublicationYearsOptions:
    """The questions, and whether the axis of figures is logarithmic."""

    topics: Ids
    log: bool = False


def draw_publication_years(canvas: Canvas, options: PublicationYearsOptions) -> Figure:
    """Draw claims over the years of their sources; the table has those without a year too."""
    claims = claims_on(canvas, options.topics)
    same_unit(canvas, claims)
    years = {claim.id: canvas.ledger.year_of(claim.provenance.source) for claim in claims}
    refuse_ancient(canvas, _published(canvas, claims))
    claims.sort(key=lambda claim: (years[claim.id] or 10_000, claim.id))
    dated = [(claim, year) for claim in claims if (year := years[claim.id]) is not None]
    if not dated:
        raise canvas.empty()
    if log := options.log:
        check_log(canvas, [claim for claim, _ in dated])
    what = canvas.say("Each figure stands at the year in which its source was published.")
    return figure_of_claims(canvas, claims, what, lambda canvas: _plot(canvas, dated, log=log))


def _published(canvas: Canvas, claims: Iterable[Claim]) -> list[HistoricDate]:
    issued = (canvas.ledger.sources[claim.provenance.source].issued for claim in claims)
    return [date for date in issued if isinstance(date, HistoricDate)]


def _plot(canvas: Canvas, dated: Dated, *, log: bool) -> Plot:
    claims = [claim for claim, _ in dated]
    values = value_axis(canvas, all_bounds(claims), log=log)
    years = _year_axis([year for _, year in dated], MOST_TICKS_NARROW if canvas.narrow else MOST_TICKS)
    left, right = margin_for(values.labels, least=48), 14 if canvas.narrow else RIGHT
    keys = legend(side_entries(canvas, canvas.sides(claims)), canvas.width)
    top = keys.height(16) + HEAD
    marks = ClaimMarks(canvas, dated, canvas.spec.id, upright=True)
    name = note(
        safe(axis_name(canvas, claims, log=log)),
        x=0,
        y=1,
        yref="paper",
        yanchor="bottom",
        xshift=4 - left,
        yshift=10,
    )
    margin = {"l": left, "r": right, "t": top, "b": BOTTOM}
    layout = look(canvas, TALL + top + BOTTOM, margin, xaxis=years, yaxis=values.layout())
    labels = _labels(canvas, dated, (years["range"], values), (canvas.width - left - right, right))
    return plotted(marks.traces(), layout, [*keys.notes(left, 40), name, *labels, *marks.arrows(values)])


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
    canvas: Canvas, dated: Dated, axes: tuple[Sequence[float], ValueAxis], room: tuple[float, float]
) -> list[Annotation]:
    """Name the sources, the preferred ones first, as far as there is room.

    *axes* are the ends of the years and the axis of figures, *room* the width and the right margin.
    """
    ((low, high), values), (wide, right) = axes, room
    marks = []
    for claim, year in sorted(dated, key=lambda one: one[0].rank != Rank.PREFERRED):
        text = wrapped(canvas.source_name(claim.provenance.source), 18)
        above, below = reach(claim)
        marks.append(
            Mark(
                px=(year - low) / (high - low) * wide,
                py=(1 - values.share(anchor(claim))) * TALL,
                x=year,
                y=float(values.at(anchor(claim))),
                text=bold(text, when=claim.rank == Rank.PREFERRED),
                colour=canvas.side(claim.side).colour,
                above=above,
                below=below,
            )
        )
    return fitting_labels(marks, LabelField(wide + right, TALL))
