"""The events of a lane go in; where each stands, its label and its trace come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.style import (
    LETTER,
    LINE,
    MUTED,
    SIZE,
    Box,
    first_free,
    hollow,
    letters,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.figures.time_axis import share_of
from generator.figures.wording import HOVER_LETTERS, LINES
from generator.language import Language
from generator.language.naming import attribution, side_name
from generator.ledger.model import Event, Ledger

#: How many lines of labels a lane may be high.
MOST_LINES = 24
PAD = 12
#: A span of fewer pixels is drawn as a mark.
SHORT = 9
#: What part of the time drawn a date may leave open before it looks uncertain.
SHOWN = 1 / 40
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Item:
    """One event: its first and last moment as Plotly writes them, its height, its label if any.

    `vague` is an event whose day the source leaves open; `spans` one drawn as a bar.
    """

    event: Event
    start: str
    end: str
    y: float
    vague: bool
    spans: bool
    label: dict[str, Any] | None


def is_vague(event: Event, days: Days) -> bool:
    """Return whether the source leaves the day open, as far as the scale of the drawing shows it."""
    date = event.date
    open_ = (date.latest - date.earliest) / (days[1] - days[0]) > SHOWN
    return date.fuzzy or (date.kind == "point" and open_)


def place_items(
    events: Sequence[Event],
    days: Days,
    wide: float,
    top: float,
    language: Language,
    named: int = 1,
) -> tuple[list[Item], float]:
    """Location events so that none covers another, the important first; return the height they take.

    Only an event up to the importance *named* is named, and only if its name finds room. Of rival
    dates only the preferred one is named. What is too short to be seen as a span is a mark.
    """
    boxes: list[Box] = []
    items: dict[str, Item] = {}
    for event in sorted(events, key=lambda e: e.importance):
        start = max(event.date.earliest, days[0])
        end = min(event.date.latest + dt.timedelta(1), days[1])
        left, right = (share_of(day, *days) * wide for day in (start, end))
        spans = right - left >= SHORT and event.date.earliest != event.date.latest
        if not spans:
            start = end = start + (end - dt.timedelta(1) - start) / 2
            left = right = share_of(start, *days) * wide
        text = (
            wrapped(language.text(event.title), 24)
            if named >= event.importance and _alone(event, events)
            else ""
        )
        line, side = _spot(boxes, (left, right) if spans else (left - 8, left + 8), text, wide)
        y = top + PAD + line * LINE + LINE / 2
        label = _label(event, text, side, end, start, y) if side else None
        vague = is_vague(event, days)
        items[event.id] = Item(event, start.isoformat(), end.isoformat(), y, vague, spans, label)
    tall = max((box[3] for box in boxes), default=0) + 2 * PAD
    return [items[event.id] for event in events], max(tall, 48)


def _alone(event: Event, events: Sequence[Event]) -> bool:
    """Return whether no rival date is drawn beside this one, or this is the preferred one."""
    rivals = [other for other in events if event.topic and other.topic == event.topic]
    return len(rivals) <= 1 or event.rank == "preferred"


def _spot(boxes: list[Box], bar: tuple[float, float], text: str, wide: float) -> tuple[int, str]:
    """Find a line for a bar with its text right or left of it, or else for the bar alone."""
    left, right = bar
    if text:
        long, tall = letters(text) * LETTER + 8, (text.count("<br>") + 1) * LINE
        both = [
            (line, side, box)
            for line in range(MOST_LINES)
            for side, box in (
                ("right", (left, line * LINE * 1.0, right + long, line * LINE + tall * 1.0)),
                ("left", (left - long, line * LINE * 1.0, right, line * LINE + tall * 1.0)),
            )
            if box[0] >= -PAD and box[2] <= wide + PAD and box[3] <= MOST_LINES * LINE
        ]
        found = first_free(boxes, [box for _, _, box in both])
        if found is not None:
            return both[found][0], both[found][1]
    spots = [(left, line * LINE * 1.0, right, (line + 1) * LINE * 1.0) for line in range(MOST_LINES)]
    found = first_free(boxes, spots)
    return (0 if found is None else found), ""


def _label(event: Event, text: str, side: str, right: dt.date, left: dt.date, y: float) -> dict[str, Any]:
    day = right if side == "right" else left
    shift = 11 if side == "right" else -11
    anchor = (
        {"xanchor": "left", "align": "left"} if side == "right" else {"xanchor": "right", "align": "right"}
    )
    # The mark stands beside the first line of its name.
    lower = text.count("<br>") * LINE / 2
    bold = text if event.rank != "preferred" else f"<b>{text}</b>"
    where = {"x": day.isoformat(), "xref": "x", "xshift": shift, "y": y + lower}
    return note(bold, font={"size": SIZE - 1}, **where) | anchor


def event_traces(
    name: str, items: Sequence[Item], ledger: Ledger, language: Language
) -> list[dict[str, Any]]:
    """Draw events of one look in one trace: days as marks, spans as bars, vague ones pale."""
    looks: dict[tuple[str, bool, bool], list[Item]] = {}
    for item in items:
        aside = item.vague or item.event.rank == "deprecated"
        looks.setdefault((item.event.side, item.spans, aside), []).append(item)
    traces = []
    for (side_id, spans, pale), group in looks.items():
        side = side_of(ledger, side_id)
        colour, symbol = side.colour or MUTED, side.symbol or "circle"
        repeats = 3 if spans else 1
        xs = [x for i in group for x in ((i.start, i.end, None) if spans else (i.start,))]
        ys = [y for i in group for y in ((i.y, i.y, None) if spans else (i.y,))]
        hovers = [event_hover(i.event, ledger, language) for i in group for _ in range(repeats)]
        about = [name, side_id or "none", "span" if spans else "day", *["pale"] * pale]
        traces.append(
            {
                "type": "scatter",
                "uid": "-".join(about),
                "mode": "lines+markers" if spans else "markers",
                "cliponaxis": spans,
                "x": xs,
                "y": ys,
                "opacity": (0.55 if spans else 0.8) if pale else 1,
                "line": {
                    "color": colour,
                    "width": 5 if pale else 9,
                    "dash": "dot" if pale else "solid",
                },
                "marker": {
                    "color": colour,
                    "size": 9 if spans else 13,
                    "symbol": "line-ns" if spans else hollow(symbol) if pale else symbol,
                    "line": {"width": 2 if pale else 0, "color": colour},
                },
                "hovertext": hovers,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(i.event.id) for i in group for _ in range(repeats)],
            }
        )
    return traces


def event_hover(event: Event, ledger: Ledger, language: Language) -> str:
    """Return a whole event as the lines of a hover text, escaped."""
    when = language.date(event.date) + (f", {event.time.replace('/', '–')}" if event.time else "")
    lines = [
        when,
        side_name(ledger, language, event.side),
        language.text(event.text),
        *attribution(event.provenance, ledger, language),
        language.text(event.reason),
    ]
    head = f"<b>{wrapped(language.text(event.title), HOVER_LETTERS)}</b>"
    return LINES.join([head, *(wrapped(line, HOVER_LETTERS) for line in lines if line)])
