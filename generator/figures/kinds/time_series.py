"""Dated claims go in; how a quantity grew comes out, one panel for each measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field

from generator.figures.assemble import figure_of_claims, unique
from generator.figures.axes import ValueAxis, axis_name, value_axis
from generator.figures.boxes import Box
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, anchor, reach
from generator.figures.figure import Figure
from generator.figures.labels import LabelField, Mark, fitting_labels
from generator.figures.options import Day, Ids, claims_on, known
from generator.figures.plotly import Annotation, Plot, Scatter
from generator.figures.style import legend, look, note, plain, plotted, side_entries
from generator.figures.text import bold, margin_for, safe, tall, wrapped
from generator.figures.time_axis import Window, middle, window
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Claim
from generator.typed import Texts, record

#: Pixels: the height of a panel and of what stands over it; the margins right of all and below.
TALL, HEAD, RIGHT, BOTTOM = 250, 62, 120, 56
#: How many panels are seen at once.
MOST_ON_SCREEN = 2
#: A claim with its date.
Dated = tuple[Claim, HistoricDate]


@record
class SeriesOptions:
    """Claims that a line joins, and what it is called."""

    label: Texts
    claims: Ids


@record
class TimeSeriesOptions:
    """The questions; what is joined by lines; the time drawn, where it is not that of the claims."""

    topics: Ids
    series: Annotated[tuple[SeriesOptions, ...], Field(description="[[figure.series]] tables")] = ()
    start: Day = Field(default="", alias="from")
    end: Day = Field(default="", alias="to")


@dataclass(frozen=True, slots=True)
class Series:
    """Claims that the settings join by a line, and what the line is called."""

    label: str
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a drawing: its claims, its series, its axis of figures, the time and width drawn."""

    canvas: Canvas
    number: int
    dated: Sequence[Dated]
    series: Sequence[Series]
    axis: ValueAxis
    window: Window
    wide: float

    @property
    def axes(self) -> tuple[str, str]:
        """What Plotly calls the two axes of the panel."""
        number = "" if self.number == 1 else str(self.number)
        return f"x{number}", f"y{number}"

    def pixel(self, claim: Claim, date: HistoricDate) -> tuple[float, float]:
        """Return where a claim stands in the panel, in pixels from its upper left corner."""
        across = self.window.share(middle(date)) * self.wide
        return across, (1 - self.axis.share(anchor(claim))) * TALL


def draw_time_series(canvas: Canvas, options: TimeSeriesOptions) -> Figure:
    """Draw claims at the middle of their dates. Only claims that the settings join share a line."""
    series = _series(canvas, options)
    joined = [claim for one in series for claim in one.claims]
    claims = unique([*claims_on(canvas, options.topics), *joined])
    dated = [(claim, claim.date) for claim in claims if claim.date]
    if not dated:
        raise canvas.empty()
    time = window(canvas, options.start, options.end, [date for _, date in dated])
    panels: dict[tuple[str, str], list[Dated]] = {}
    for claim, date in dated:
        if time.holds(middle(date)):
            panels.setdefault((claim.measure, claim.unit), []).append((claim, date))
    if not panels:
        raise canvas.empty()
    what = canvas.say("Each figure stands in the middle of its date; lines join one series only.")
    return figure_of_claims(
        canvas, claims, what, lambda canvas: _plot(canvas, list(panels.values()), series, time)
    )


def _series(canvas: Canvas, options: TimeSeriesOptions) -> list[Series]:
    claims = canvas.ledger.claims
    return [
        Series(
            canvas.text(one.label),
            [claims[id_] for id_ in known(canvas, ("series", number, "claims"), one.claims, claims)],
        )
        for number, one in enumerate(options.series)
    ]


def _plot(canvas: Canvas, groups: Sequence[Sequence[Dated]], series: Sequence[Series], time: Window) -> Plot:
    claims = [claim for group in groups for claim, _ in group]
    values = [value_axis(canvas, all_bounds([claim for claim, _ in group])) for group in groups]
    left = margin_for([text for axis in values for text in axis.labels], least=48)
    right = 20 if canvas.narrow else RIGHT
    keys = legend(side_entries(canvas, canvas.sides(claims)), canvas.width)
    axis_of_time = time.axis(canvas)
    # A screen shows two panels: of more, each has the days beneath it.
    named = len(groups) > MOST_ON_SCREEN
    apart = HEAD + (max(map(tall, axis_of_time["ticktext"]), default=0) + time.foot if named else 0)
    top, height = keys.height() + HEAD, len(groups) * (TALL + apart) - apart
    bottom = BOTTOM + time.foot
    layout = look(canvas, top + height + bottom, {"l": left, "r": right, "t": top, "b": bottom})
    traces: list[Scatter] = []
    notes = [*keys.notes(left, HEAD + 10)]
    wide = canvas.width - left - right
    for number, (group, axis) in enumerate(zip(groups, values, strict=True), 1):
        shown = {claim.id for claim, _ in group}
        lines = [Series(one.label, [c for c in one.claims if c.id in shown]) for one in series]
        panel = Panel(canvas, number, group, lines, axis, time, wide)
        marks = _marks(panel)
        traces += [*_lines(panel), *marks.traces()]
        layout |= _axes(panel, len(groups), apart / height, axis_of_time, named=named)
        notes += [_name(panel, left), *_labels(panel, right), *marks.arrows(axis)]
    return plotted(traces, layout, notes)


def _axes(panel: Panel, panels: int, apart: float, time: Mapping[str, Any], *, named: bool) -> dict[str, Any]:
    """Return the two axes of a panel: all share the days of the lowest, which names them, or each does.

    Args:
        panel: the panel; panels: how many there are.
        apart: how far one is from the next, in parts of the height of all.
        time: the axis of time; named: whether each panel has the days beneath it.
    """
    (across, up), tall = panel.axes, (1 - apart * (panels - 1)) / panels
    begins = (panels - panel.number) * (tall + apart)
    shared = {} if panel.number == panels else {"matches": f"x{panels}", "showticklabels": named}
    said = {name: value for name, value in time.items() if named or not shared or name != "title"}
    return {
        f"xaxis{across[1:]}": {**said, "anchor": up, "domain": [0.0, 1.0], **shared},
        f"yaxis{up[1:]}": {**panel.axis.layout(), "anchor": across, "domain": [begins, begins + tall]},
    }


def _name(panel: Panel, left: int) -> Annotation:
    """Say over a panel what its axis counts."""
    name = bold(safe(axis_name(panel.canvas, [claim for claim, _ in panel.dated])))
    over = {"yref": f"{panel.axes[1]} domain", "yanchor": "bottom", "yshift": 8}
    return note(name, x=0, y=1, xshift=4 - left, **over)


def _marks(panel: Panel) -> ClaimMarks:
    placed = [(claim, middle(date).isoformat()) for claim, date in panel.dated]
    name = f"{panel.canvas.spec.id}-{panel.number}"
    return ClaimMarks(panel.canvas, placed, name, upright=True, axes=panel.axes)


def _lines(panel: Panel) -> Iterable[Scatter]:
    """Join the best figures of each series in the order of their dates."""
    xaxis, yaxis = panel.axes
    for number, series in enumerate(panel.series, 1):
        known = sorted(
            (middle(claim.date), claim.id, claim)
            for claim in series.claims
            if claim.date and claim.best is not None
        )
        if len(known) > 1:
            yield Scatter(
                uid=f"{panel.canvas.spec.id}-{panel.number}-line-{number}",
                mode="lines",
                x=[day.isoformat() for day, *_ in known],
                y=[plain(anchor(claim)) for *_, claim in known],
                xaxis=xaxis,
                yaxis=yaxis,
                hoverinfo="skip",
                line={"color": panel.canvas.side(known[0][2].side).colour, "width": 2},
            )


def _labels(panel: Panel, right: float) -> list[Annotation]:
    """Say the values and each series' name at its end, as far as there is room."""
    ends = _ends(panel.series)
    members = {claim.id for series in panel.series for claim in series.claims}
    marks, places = [], {}
    for claim, date in sorted(panel.dated, key=lambda c: (c[0].id not in ends, c[0].id not in members)):
        text = safe(panel.canvas.language.claim(claim))
        if claim.id in ends:
            text = f"{bold(text)}<br>{wrapped(ends[claim.id], 16)}"
        places[claim.id] = px, py = panel.pixel(claim, date)
        day, value = middle(date).isoformat(), float(panel.axis.at(anchor(claim)))
        marks.append(Mark(px, py, day, value, text, panel.canvas.side(claim.side).colour, *reach(claim)))
    return fitting_labels(marks, LabelField(panel.wide + right, TALL, panel.axes, _obstacles(panel, places)))


def _ends(series: Sequence[Series]) -> Mapping[str, str]:
    """Return the label of each series, by its last claim."""
    ends = {}
    for one in series:
        dated = [(middle(claim.date), claim.id) for claim in one.claims if claim.date]
        if dated:
            ends[max(dated)[1]] = one.label
    return ends


def _obstacles(panel: Panel, places: Mapping[str, tuple[float, float]]) -> list[Box]:
    """Return small boxes along the lines of a panel, which labels keep clear of."""
    boxes: list[Box] = []
    for series in panel.series:
        known = sorted(places[c.id] for c in series.claims if c.id in places and c.best is not None)
        for (x0, y0), (x1, y1) in pairwise(known):
            steps = max(1, int(abs(x1 - x0) + abs(y1 - y0)) // 8)
            for n in range(steps + 1):
                x, y = x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps
                boxes.append((x - 2, y - 2, x + 2, y + 2))
    return boxes
