"""Events with an hour go in; each comes out along a clock, with how long sources say it lasted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.assemble import sources_of
from generator.figures.event_traces import event_hover
from generator.figures.figure import Cell, Figure, Plot
from generator.figures.options import bad, check_options, empty, ids, names, sides_of, tables
from generator.figures.rows import is_narrow, left_margin, letters_of_row, row_axis, row_notes, row_room
from generator.figures.style import (
    GRID,
    MUTED,
    SIZE,
    layout,
    legend,
    legend_height,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.figures.wording import alt, hover
from generator.language import Language
from generator.language.naming import (
    attribution,
    describe,
    machine_value,
    side_name,
    source_name,
    value_text,
    word,
)
from generator.ledger import edtf
from generator.ledger.model import Claim, Event, Ledger
from generator.settings import Spec

OPTIONS = ("events", "lasting")
DAY, RIGHT, BOTTOM = 1440, 16, 40
#: What part of the width the name of a day needs.
ROOM = 0.25
#: How many minutes may lie between two ticks.
STEPS = (15, 30, 60, 120, 180, 360, 720, 1440)


@dataclass(frozen=True, slots=True)
class Row:
    """One event, or one claim of how long it lasted, in minutes from the first midnight drawn."""

    event: Event
    claim: Claim | None
    start: float
    end: float
    label: str
    text: str
    y: float = 0.0


def draw_clock(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw events at their hours; below one, each duration that a source gives for it."""
    check_options(spec, OPTIONS)
    events = [ledger.events[id_] for id_ in names(spec, "events", ledger.events)]
    if not events:
        raise empty(spec)
    first = min(event.date.earliest for event in events)
    rows, height = _stacked(_rows(spec, events, first, ledger, language), width)
    labels = [(row.y, row.label) for row in rows]
    left = left_margin([row.label for row in rows], width)
    start, end, ticks = _clock(rows, 5 if is_narrow(width) else 9)
    keys = legend(sides_of(events, ledger), language, left, width)
    midnights = [n * DAY for n in range(1, int(end // DAY) + 1) if start < n * DAY < end]
    top = legend_height(keys, 8) + (22 if midnights else 0)
    plot = layout(
        language,
        int(height) + top + BOTTOM,
        width=width,
        margin={"l": left, "r": RIGHT, "t": top, "b": BOTTOM},
        xaxis={
            "range": [start, end],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [safe(language.clock(_clock_text(tick))) for tick in ticks],
        },
        yaxis=row_axis(height, labels, width),
        annotations=[
            *({**one, "yshift": 10 + (22 if midnights else 0)} for one in keys),
            *row_notes(labels, width),
            *(_text(row, start, end) for row in rows if row.text),
            *_days(first, [n for n in midnights if (end - n) / (end - start) > ROOM], language),
        ],
        shapes=[_midnight(minute) for minute in midnights],
    )
    traces = _traces(spec.id, rows, ledger, language)
    return _figure(spec, Plot(traces, plot), rows, ledger, language)


def _rows(
    spec: Spec, events: Sequence[Event], first: dt.date, ledger: Ledger, language: Language
) -> list[Row]:
    lasting: dict[str, list[tuple[Claim, float]]] = {}
    for about in tables(spec, "lasting"):
        lasted = ids(spec, "event", [about.get("event")], [e.id for e in events])[0]
        claim = ledger.claims[ids(spec, "claim", [about.get("claim")], ledger.claims)[0]]
        minutes = about.get("minutes")
        if not isinstance(minutes, int | float) or isinstance(minutes, bool) or claim.best is None:
            raise bad(spec, f'how long "{claim.id}" lasted is not known in minutes', "write minutes = 60")
        lasting.setdefault(lasted, []).append((claim, float(claim.best) * minutes))
    rows = []
    for event in events:
        start, end = _span(spec, event, first)
        title, hour = language.text(event.title), safe(language.clock(event.time))
        rows.append(Row(event, None, start, end, title, hour))
        own = lasting.get(event.id, [])
        for claim, long in own:
            who = source_name(ledger, language, claim.provenance.source)
            if [other.provenance.source for other, _ in own].count(claim.provenance.source) > 1:
                who = f"{who}, {word(ledger, language, claim.nature)}"
            until = language.clock(_clock_text(start + long))
            figure = value_text(claim, ledger, language)
            label = language.say("{source}: {figure}, until {hour}", source=who, figure=figure, hour=until)
            rows.append(Row(event, claim, start, start + long, label, ""))
    order = {event.id: _span(spec, event, first)[0] for event in events}
    return sorted(rows, key=lambda row: (order[row.event.id], row.event.id, row.claim is not None))


def _span(spec: Spec, event: Event, first: dt.date) -> tuple[float, float]:
    """Return when an event began and ended; the end is the beginning where it has only one hour."""
    if not event.time or event.date.earliest != event.date.latest:
        raise bad(spec, f'"{event.id}" has no hour', "leave it out, or fill its time")
    days = (event.date.earliest - first).days * DAY
    hours = [part.split(":") for part in event.time.split("/")]
    minutes = [days + int(h) * 60 + int(m) for h, m in hours]
    end = minutes[-1] if minutes[-1] >= minutes[0] else minutes[-1] + DAY
    return minutes[0], end


def _stacked(rows: Sequence[Row], width: int) -> tuple[list[Row], float]:
    y = 0.0
    stacked = []
    for row in rows:
        label = wrapped(row.label, letters_of_row(width))
        tall, middle = row_room(width, label)
        stacked.append(Row(row.event, row.claim, row.start, row.end, label, row.text, y + middle))
        y += tall
    return stacked, y


def _clock(rows: Sequence[Row], most: int) -> tuple[float, float, list[int]]:
    """Return the first and last minute to draw and the minutes of the ticks."""
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    step = next((n for n in STEPS if (last - first) / n <= most - 2), STEPS[-1])
    start = (first // step) * step
    end = max(-(-last // step), first // step + 1) * step
    return start - step * 0.1, end + step * 0.1, list(range(int(start), int(end) + 1, step))


def _clock_text(minute: float) -> str:
    whole = round(minute) % DAY
    return f"{whole // 60:02}:{whole % 60:02}"


def _text(row: Row, start: float, end: float) -> dict[str, Any]:
    """Write what a row says right of its mark, or left of it where there is no room."""
    late = (row.end - start) / (end - start) > 0.62
    font = {"size": SIZE - 1}
    if late:
        where = {"x": row.start, "xanchor": "right", "xshift": -11, "align": "right"}
    else:
        where = {"x": row.end, "xshift": 11}
    return note(row.text, xref="x", y=row.y, font=font, **where)


def _days(first: dt.date, midnights: Sequence[int], language: Language) -> list[dict[str, Any]]:
    """Name the days above the drawing, where there is more than one."""
    if not midnights:
        return []
    font = {"size": SIZE - 1, "color": MUTED}
    named = []
    for number, minute in enumerate([None, *midnights]):
        day = edtf.parse((first + dt.timedelta(number)).isoformat())
        where = {"x": minute, "xref": "x", "xshift": 4} if minute else {"x": 0}
        text = safe(language.date(day))
        named.append(note(text, y=1, yref="paper", yanchor="bottom", yshift=4, font=font, **where))
    return named


def _midnight(minute: int) -> dict[str, Any]:
    where = {"x0": minute, "x1": minute, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "layer": "below", "line": {"color": GRID, "width": 3}} | where


def _traces(name: str, rows: Sequence[Row], ledger: Ledger, language: Language) -> list[dict[str, Any]]:
    """Hours are marks, spans bars; what a source says of the length is a pale, thinner bar."""
    traces = []
    for number, row in enumerate(rows, 1):
        side = side_of(ledger, row.event.side)
        spans = row.end > row.start
        text = hover(row.claim, ledger, language) if row.claim else event_hover(row.event, ledger, language)
        ident = row.claim.id if row.claim else row.event.id
        ends = [row.start, row.end] if spans else [row.start]
        symbol = "line-ns-open" if row.claim else side.symbol or "circle"
        trace: Mapping[str, Any] = {
            "type": "scatter",
            "uid": f"{name}-{number}",
            "mode": "lines+markers" if spans else "markers",
            "x": ends,
            "y": [row.y] * len(ends),
            "line": {"color": side.colour, "width": 4, "dash": "dot" if row.claim else "solid"},
            "marker": {
                "color": side.colour,
                "size": 13,
                "symbol": symbol,
                "line": {"width": 2.5, "color": side.colour},
            },
            "cliponaxis": False,
            "hovertext": [text] * len(ends),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "customdata": [safe(ident)] * len(ends),
        }
        traces.append(dict(trace))
    return traces


def _figure(spec: Spec, drawing: Plot, rows: Sequence[Row], ledger: Ledger, language: Language) -> Figure:
    say = language.say
    title = language.text(spec.title)
    records: list[Claim | Event] = [row.claim or row.event for row in rows]
    said = [_said(row, ledger, language) for row in rows]
    return Figure(
        id=spec.id,
        title=title,
        alt=alt(title, say("Events in the order of their hours."), said, language),
        caption=language.text(spec.caption),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=(say("Hour"), say("Event"), say("Side"), say("Source")),
        table_rows=tuple(_row(row, ledger, language) for row in rows),
        record_ids=tuple(record.id for record in records),
        sources=sources_of(records),
        height=int(drawing.layout["height"]),
        width=int(drawing.layout["width"]),
    )


def _said(row: Row, ledger: Ledger, language: Language) -> str:
    if row.claim is None:
        name, figure = _when(row, language), language.text(row.event.title)
    else:
        name = source_name(ledger, language, row.claim.provenance.source)
        figure = value_text(row.claim, ledger, language)
    return language.say("{name}: {figure}", name=name, figure=figure)


def _when(row: Row, language: Language) -> str:
    return f"{language.date(row.event.date)}, {language.clock(row.event.time)}"


def _row(row: Row, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    claim, event = row.claim, row.event
    said = language.say("; ").join(attribution((claim or event).provenance, ledger, language))
    if claim:
        hour = Cell(value_text(claim, ledger, language), claim.id, machine_value(claim))
        what = describe(claim, ledger, language, {"side"})
    else:
        hour = Cell(_when(row, language), event.id, f"{event.date.text}T{event.time}")
        what = language.text(event.title)
    side = side_name(ledger, language, event.side)
    return hour, Cell(what), Cell(side), Cell(said, value=(claim or event).provenance.source)
