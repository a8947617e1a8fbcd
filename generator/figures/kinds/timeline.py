"""Events go in; marks and spans on lanes over the months come out, with phases as bands behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from generator.figures.assemble import sources_of
from generator.figures.event_traces import Item, event_traces, place_items
from generator.figures.figure import Cell, Figure, Plot
from generator.figures.options import bad, check_options, empty, names, sides_of
from generator.figures.rows import is_narrow, left_margin, row_axis
from generator.figures.style import (
    GRID,
    INK,
    LETTER,
    LINE,
    MUTED,
    SIZE,
    Box,
    first_free,
    layout,
    legend,
    legend_height,
    letters,
    note,
    wrapped,
)
from generator.figures.time_axis import date_axis, share_of, window
from generator.figures.wording import alt
from generator.language import Language
from generator.language.naming import attribution, side_name, word
from generator.ledger.model import Event, Ledger
from generator.settings import Spec

OPTIONS = ("phases", "events", "lanes", "importance", "named", "from", "to")
RIGHT, BOTTOM = 20, 56
Days = tuple[dt.date, dt.date]


def draw_timeline(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the events of some lanes, up to an importance. What is uncertain is pale and dotted."""
    check_options(spec, OPTIONS)
    phases = [ledger.events[id_] for id_ in names(spec, "phases", ledger.events)]
    events = _events(spec, ledger, {phase.id for phase in phases})
    named = _whole(spec, "named", 3 if "events" in spec.options else 1)
    if not events:
        raise empty(spec)
    days = window(spec, [event.date for event in [*phases, *events]])
    events = [e for e in events if e.date.latest >= days[0] and e.date.earliest < days[1]]
    events.sort(key=lambda e: (e.date.earliest, e.time, e.importance, e.id))
    if not events:
        raise empty(spec)
    lanes = [lane for lane in _lanes(spec, ledger) if any(e.lane == lane for e in events)]
    names_ = {lane: wrapped(word(ledger, language, lane), 16) for lane in lanes}
    narrow = is_narrow(width)
    left = left_margin(list(names_.values()), width)
    wide = width - left - RIGHT
    bands, band_notes, y = _bands(phases, days, wide, language)
    items: list[Item] = []
    middles: list[float] = []
    rules: list[float] = []
    lane_notes = []
    for lane in lanes:
        own = [event for event in events if event.lane == lane]
        if narrow:
            font = {"size": SIZE, "color": INK}
            lane_notes.append(note(f"<b>{names_[lane]}</b>", x=0, y=y + LINE, xshift=-6, font=font))
        start = y + (LINE + 8 if narrow else 0)
        placed, tall = place_items(own, days, wide, start, language, named)
        items += placed
        rules.append(y)
        middles.append(y + tall / 2)
        y = start + tall
    keys = legend(sides_of(events, ledger), language, left, width)
    top = legend_height(keys, 8)
    plot = layout(
        language,
        int(y) + top + BOTTOM,
        width=width,
        margin={"l": left, "r": RIGHT, "t": top, "b": BOTTOM},
        xaxis=date_axis(*days, language, 4 if narrow else 8),
        yaxis=row_axis(y, [(at, names_[lane]) for at, lane in zip(middles, lanes, strict=True)], width),
        annotations=[*keys, *band_notes, *lane_notes, *(item.label for item in items if item.label)],
        shapes=[*bands, *map(_rule, rules)],
    )
    drawing = Plot(event_traces(spec.id, items, ledger, language), plot)
    return _figure(spec, drawing, phases, events, ledger, language)


def _events(spec: Spec, ledger: Ledger, phases: set[str]) -> list[Event]:
    most = _whole(spec, "importance", 3)
    lanes = _lanes(spec, ledger)
    chosen = names(spec, "events", ledger.events) or list(ledger.events)
    events = (ledger.events[id_] for id_ in chosen if id_ not in phases)
    return [e for e in events if e.importance <= most and e.lane in lanes]


def _whole(spec: Spec, option: str, default: int) -> int:
    value = spec.options.get(option, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad(spec, f'{option} is "{value}"', "write a whole number")
    return value


def _lanes(spec: Spec, ledger: Ledger) -> list[str]:
    used = dict.fromkeys(event.lane for event in ledger.events.values() if event.lane)
    return names(spec, "lanes", list(used)) or list(used)


def _bands(
    phases: Sequence[Event], days: Days, wide: float, language: Language
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Draw phases as bands; return them, their names and the height that the names take."""
    boxes: list[Box] = []
    bands: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for number, phase in enumerate(phases):
        start, end = (
            max(phase.date.earliest, days[0]),
            min(phase.date.latest + dt.timedelta(1), days[1]),
        )
        if start >= end:
            continue
        left, right = (share_of(day, *days) * wide for day in (start, end))
        text = wrapped(language.text(phase.title), max(9, int((right - left) / LETTER)))
        half, tall = letters(text) * LETTER / 2, (text.count("<br>") + 1) * LINE
        middle = min(max((left + right) / 2, half), wide - half)
        spots = [(middle - half, t * 1.0, middle + half, t + tall) for t in range(0, 400, LINE)]
        top = spots[first_free(boxes, spots) or 0][1]
        font = {"size": SIZE - 1, "color": MUTED}
        where = {
            "x": middle / wide,
            "y": top + tall / 2 + 4,
            "xanchor": "center",
            "align": "center",
        }
        found.append(note(text, font=font, **where))
        bands.append(_band(start, end, number))
    return bands, found, max((box[3] for box in boxes), default=0) + (12 if boxes else 0)


def _band(start: dt.date, end: dt.date, number: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "x0": start.isoformat(),
        "x1": end.isoformat(),
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"width": 0},
        "fillcolor": GRID,
        "opacity": 0.7 if number % 2 else 0.4,
    }


def _rule(y: float) -> dict[str, Any]:
    line = {"color": GRID, "width": 1.5}
    where = {"xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y}
    return {"type": "line", "layer": "below", "line": line} | where


def _figure(
    spec: Spec,
    drawing: Plot,
    phases: Sequence[Event],
    events: Sequence[Event],
    ledger: Ledger,
    language: Language,
) -> Figure:
    records = [*phases, *events]
    first = sorted(events, key=lambda event: event.importance)
    said = [
        language.say("{name}: {figure}", name=language.date(e.date), figure=language.text(e.title))
        for e in first
    ]
    title = language.text(spec.title)
    return Figure(
        id=spec.id,
        title=title,
        alt=alt(title, language.say("Events in the order of their dates, on lanes."), said, language),
        caption=language.text(spec.caption),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=tuple(_head(language)),
        table_rows=tuple(_row(event, ledger, language) for event in records),
        record_ids=tuple(event.id for event in records),
        sources=sources_of(records),
        height=int(drawing.layout["height"]),
        width=int(drawing.layout["width"]),
    )


def _head(language: Language) -> list[str]:
    say = language.say
    return [say("Date"), say("Event"), say("Lane"), say("Side"), say("Source")]


def _row(event: Event, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    said = attribution(event.provenance, ledger, language)
    return (
        Cell(language.date(event.date), event.id, event.date.text),
        Cell(language.text(event.title)),
        Cell(word(ledger, language, event.lane)),
        Cell(side_name(ledger, language, event.side)),
        Cell(language.say("; ").join(said), value=event.provenance.source),
    )
