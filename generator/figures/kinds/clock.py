"""Events with an hour go in; each comes out along a clock, with how long sources say it lasted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from generator.figures.assemble import figure, sources_of
from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Figure, Table
from generator.figures.figure import Row as TableRow
from generator.figures.options import Ids, known, known_one
from generator.figures.palette import GRID, MUTED
from generator.figures.plotly import Annotation, Plot, Scatter
from generator.figures.rows import Label, RowChart, letters_of_row, row_room
from generator.figures.style import HOVER, band, note, side_entries
from generator.figures.text import LINE, SIZE, safe, wrapped
from generator.figures.time_axis import calendar_title, refuse_ancient
from generator.figures.wording import alt, event_hover, hover, source_cell, value_cell
from generator.ledger import edtf
from generator.ledger.model import Claim, Event
from generator.typed import record

#: The minutes of a day; pixels: the margins right and below, and the line of the days above.
DAY, RIGHT, BOTTOM, HEAD = 1440, 16, 40, 22
#: What part of the width the name of a day needs.
ROOM = 0.25
#: From what part of the width on a text stands left of its mark.
LATE = 0.62
#: How many minutes may lie between two ticks, and how many ticks there are.
STEPS = (15, 30, 60, 120, 180, 360, 720, 1440)
MOST_TICKS, MOST_TICKS_NARROW = 9, 5


@record
class LastingOptions:
    """A claim of how long an event lasted; how many minutes make one unit of it."""

    event: str
    claim: str
    minutes: float = Field(description="a number of minutes")


@record
class ClockOptions:
    """The events; how long sources say they lasted."""

    events: Ids
    lasting: Annotated[tuple[LastingOptions, ...], Field(description="[[figure.lasting]] tables")] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One event, or one claim of how long it lasted, in minutes from the first midnight drawn."""

    event: Event
    claim: Claim | None
    start: float
    end: float
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The first and last minute drawn, and the minutes of the ticks."""

    start: float
    end: float
    ticks: Sequence[int]

    def share(self, minute: float) -> float:
        """Return where a minute stands between the ends, from 0 to 1."""
        return (minute - self.start) / (self.end - self.start)

    def axis(self, canvas: Canvas) -> dict[str, Any]:
        """Return the axis as Plotly writes it."""
        return {
            "range": [self.start, self.end],
            "tickmode": "array",
            "tickvals": list(self.ticks),
            "ticktext": [safe(canvas.language.clock(_clock_text(tick))) for tick in self.ticks],
        }

    @property
    def midnights(self) -> list[int]:
        """The midnights between the ends."""
        return [n * DAY for n in range(1, int(self.end // DAY) + 1) if self.start < n * DAY < self.end]


def draw_clock(canvas: Canvas, options: ClockOptions) -> Figure:
    """Draw events at their hours; below one, each duration that a source gives for it."""
    every = canvas.ledger.events
    events = [every[id_] for id_ in known(canvas, ("events",), options.events, every)]
    refuse_ancient(canvas, [event.date for event in events])
    first = min(event.date.earliest for event in events)
    rows = _rows(canvas, events, _lasting(canvas, options), first)
    say = canvas.say
    records: list[Claim | Event] = [row.claim or row.event for row in rows]
    head = (say("Hour"), say("Event"), say("Side"), say("Source"))
    return figure(
        canvas,
        lambda canvas: _plot(canvas, rows, first),
        alt=alt(canvas, say("Events in the order of their hours."), [_said(canvas, row) for row in rows]),
        table=Table(head, tuple(_table_row(canvas, row) for row in rows)),
        record_ids=(record.id for record in records),
        sources=sources_of(records),
    )


def _plot(canvas: Canvas, rows: Sequence[Row], first: dt.date) -> Plot:
    labels, height = _stacked(canvas, rows)
    clock = _clock(rows, MOST_TICKS_NARROW if canvas.narrow else MOST_TICKS)
    # Only the names of days above the drawing are those of a calendar.
    named = bool(clock.midnights) and any(row.event.date.is_julian for row in rows)
    chart = RowChart(
        canvas,
        labels,
        height,
        clock.axis(canvas) | ({"title": calendar_title(canvas)} if named else {}),
        entries=side_entries(canvas, canvas.sides([row.event for row in rows])),
        lift=10 + (HEAD if clock.midnights else 0),
        right=RIGHT,
        bottom=BOTTOM + (LINE + 4 if named else 0),
    )
    ys = [label.y for label in labels]
    texts = (_text(row, y, clock) for row, y in zip(rows, ys, strict=True) if row.text)
    line = {"color": GRID, "width": 3}
    lines = (band(minute, minute, type="line", line=line) for minute in clock.midnights)
    return chart.plotted(_traces(canvas, rows, ys), [*texts, *_days(canvas, first, clock)], lines)


def _rows(
    canvas: Canvas,
    events: Sequence[Event],
    lasting: Mapping[str, Sequence[tuple[Claim, float]]],
    first: dt.date,
) -> list[Row]:
    """Return the rows of the events in the order of their hours, each before those of its claims."""
    spans = {event.id: _span(canvas, event, first) for event in events}
    rows = []
    for event in sorted(events, key=lambda event: (spans[event.id][0], event.id)):
        start, end = spans[event.id]
        hour = safe(canvas.language.clock(event.time))
        rows.append(Row(event, None, start, end, canvas.text(event.title), hour))
        claims = lasting.get(event.id, [])
        sources = [claim.provenance.source for claim, _ in claims]
        for claim, minutes in claims:
            who = canvas.source_name(claim.provenance.source)
            if sources.count(claim.provenance.source) > 1:
                who = f"{who}, {canvas.word(claim.nature)}"
            until = canvas.language.clock(_clock_text(start + minutes))
            figure = canvas.value(claim)
            label = canvas.say("{source}: {figure}, until {hour}", source=who, figure=figure, hour=until)
            rows.append(Row(event, claim, start, start + minutes, label, ""))
    return rows


def _lasting(canvas: Canvas, options: ClockOptions) -> Mapping[str, list[tuple[Claim, float]]]:
    """Return the claims of how long each event lasted, in minutes."""
    lasting: dict[str, list[tuple[Claim, float]]] = {}
    claims = canvas.ledger.claims
    for number, entry in enumerate(options.lasting):
        event = known_one(canvas, ("lasting", number, "event"), entry.event, options.events)
        where = ("lasting", number, "claim")
        claim = claims[known_one(canvas, where, entry.claim, claims)]
        if claim.best is None:
            message = f'"{claim.id}" gives no single figure of how long it lasted'
            raise canvas.bad(message, "choose another claim", where)
        lasting.setdefault(event, []).append((claim, float(claim.best) * entry.minutes))
    return lasting


def _span(canvas: Canvas, event: Event, first: dt.date) -> tuple[float, float]:
    """Return when an event began and ended; the end is the beginning where it has only one hour."""
    if not event.time or event.date.earliest != event.date.latest:
        raise canvas.bad(f'"{event.id}" has no hour', "leave it out, or fill its time")
    days = (event.date.earliest - first).days * DAY
    hours = [part.split(":") for part in event.time.split("/")]
    minutes = [days + int(h) * 60 + int(m) for h, m in hours]
    end = minutes[-1] if minutes[-1] >= minutes[0] else minutes[-1] + DAY
    return minutes[0], end


def _stacked(canvas: Canvas, rows: Sequence[Row]) -> tuple[list[Label], float]:
    y = 0.0
    labels = []
    for row in rows:
        label = wrapped(row.label, letters_of_row(canvas))
        room, middle = row_room(canvas, label)
        labels.append(Label(y + middle, label))
        y += room
    return labels, y


def _clock(rows: Sequence[Row], most: int) -> Clock:
    """Return a clock around all rows, with at most about so many ticks."""
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    step = next((n for n in STEPS if (last - first) / n <= most - 2), STEPS[-1])
    start = (first // step) * step
    end = max(-(-last // step), first // step + 1) * step
    return Clock(start - step * 0.1, end + step * 0.1, range(int(start), int(end) + 1, step))


def _clock_text(minute: float) -> str:
    whole = round(minute) % DAY
    return f"{whole // 60:02}:{whole % 60:02}"


def _text(row: Row, y: float, clock: Clock) -> Annotation:
    """Write what a row says right of its mark, or left of it where there is no room."""
    where: dict[str, Any] = {"x": row.end, "xshift": 11}
    if clock.share(row.end) > LATE:
        where = {"x": row.start, "xanchor": "right", "xshift": -11, "align": "right"}
    return note(row.text, xref="x", y=y, font={"size": SIZE - 1}, **where)


def _days(canvas: Canvas, first: dt.date, clock: Clock) -> Iterable[Annotation]:
    """Name the days above the drawing, where there is more than one and each has room."""
    minutes = [minute for minute in clock.midnights if 1 - clock.share(minute) > ROOM]
    for number, minute in enumerate([None, *minutes] if minutes else []):
        day = edtf.parse((first + dt.timedelta(number)).isoformat())
        where = {"x": minute, "xref": "x", "xshift": 4} if minute else {"x": 0}
        font = {"size": SIZE - 1, "color": MUTED}
        label = safe(canvas.language.date(day))
        yield note(label, y=1, yref="paper", yanchor="bottom", yshift=4, font=font, **where)


def _traces(canvas: Canvas, rows: Sequence[Row], ys: Sequence[float]) -> Iterable[Scatter]:
    """Hours are marks, spans bars; what a source says of the length is a pale, thinner bar."""
    for number, (row, y) in enumerate(zip(rows, ys, strict=True), 1):
        side = canvas.side(row.event.side)
        ends = [row.start, row.end] if row.end > row.start else [row.start]
        text = hover(canvas, row.claim) if row.claim else event_hover(canvas, row.event)
        symbol = "line-ns-open" if row.claim else side.symbol or "circle"
        yield Scatter(
            uid=f"{canvas.spec.id}-{number}",
            mode="lines+markers" if len(ends) > 1 else "markers",
            x=ends,
            y=[y] * len(ends),
            line={"color": side.colour, "width": 4, "dash": "dot" if row.claim else "solid"},
            marker={
                "color": side.colour,
                "size": 13,
                "symbol": symbol,
                "line": {"width": 2.5, "color": side.colour},
            },
            cliponaxis=False,
            hovertext=[text] * len(ends),
            hovertemplate=HOVER,
            customdata=[safe((row.claim or row.event).id)] * len(ends),
        )


def _said(canvas: Canvas, row: Row) -> str:
    if row.claim:
        return canvas.pair(canvas.source_name(row.claim.provenance.source), canvas.value(row.claim))
    return canvas.pair(_when(canvas, row), canvas.text(row.event.title))


def _when(canvas: Canvas, row: Row) -> str:
    return f"{canvas.language.date(row.event.date)}, {canvas.language.clock(row.event.time)}"


def _table_row(canvas: Canvas, row: Row) -> TableRow:
    claim, event = row.claim, row.event
    side = Cell(canvas.side_name(event.side))
    if claim:
        what = Cell(canvas.describe(claim, {"side"}))
        return value_cell(canvas, claim), what, side, source_cell(canvas, claim.provenance)
    hour = Cell(_when(canvas, row), event.id, f"{event.date.text}T{event.time}")
    return hour, Cell(canvas.text(event.title)), side, source_cell(canvas, event.provenance)
