"""The events of a lane go in; where each stands, its label and its trace come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.months import share_of
from generator.figures.style import (
    LETTER,
    LINE,
    MUTED,
    SIZE,
    Box,
    first_free,
    letters,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.figures.wording import HOVER_LETTERS, provenance, side_name
from generator.language import Language
from generator.model import Event, Ledger

#: How many lines of labels a lane may be high.
MOST_LINES = 24
PAD = 12
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


def is_vague(event: Event) -> bool:
    """Return whether the source leaves open on which day something happened."""
    date = event.date
    return date.fuzzy or (date.kind == "point" and date.earliest != date.latest)


def place_items(
    events: Sequence[Event], days: Days, wide: float, top: float, ledger: Ledger, language: Language
) -> tuple[list[Item], float]:
    """Place events so that none covers another, the important first; return the height they take.

    Only an event of importance 1 is named, and only if its name finds room. Of rival dates only
    the preferred one is named.
    """
    boxes: list[Box] = []
    items: dict[str, Item] = {}
    for event in sorted(events, key=lambda e: e.importance):
        start = max(event.date.earliest, days[0])
        end = min(event.date.latest + dt.timedelta(1), days[1])
        left, right = (share_of(day, *days) * wide for day in (start, end))
        spans = event.date.earliest != event.date.latest
        text = wrapped(language.text(event.title), 24) if _named(event, ledger) else ""
        bar = (left, right) if spans else (left - 8, left + 8)
        line, side = _spot(boxes, bar, text, wide)
        y = top + PAD + line * LINE + LINE / 2
        label = _label(event, text, side, end if spans else start, start, y) if side else None
        stop = end if spans else start
        items[event.id] = Item(event, start.isoformat(), stop.isoformat(), y, is_vague(event), spans, label)
    tall = max((box[3] for box in boxes), default=0) + 2 * PAD
    return [items[event.id] for event in events], max(tall, 48)


def _named(event: Event, ledger: Ledger) -> bool:
    rivals = ledger.rival_events.get(event.topic, ()) if event.topic else ()
    return event.importance == 1 and (len(rivals) <= 1 or event.rank == "preferred")


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
        colour = side.colour or MUTED
        repeats = 3 if spans else 1
        xs = [x for i in group for x in ((i.start, i.end, None) if spans else (i.start,))]
        ys = [y for i in group for y in ((i.y, i.y, None) if spans else (i.y,))]
        hovers = [_hover(i.event, ledger, language) for i in group for _ in range(repeats)]
        about = [name, side_id or "none", "span" if spans else "day", *["pale"] * pale]
        traces.append(
            {
                "type": "scatter",
                "uid": "-".join(about),
                "mode": "lines+markers" if spans else "markers",
                "x": xs,
                "y": ys,
                "opacity": 0.55 if pale else 1,
                "line": {
                    "color": colour,
                    "width": 5 if pale else 9,
                    "dash": "dot" if pale else "solid",
                },
                "marker": {
                    "color": colour,
                    "size": 9 if spans else 13,
                    "symbol": "line-ns" if spans else side.symbol or "circle",
                },
                "hovertext": hovers,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(i.event.id) for i in group for _ in range(repeats)],
            }
        )
    return traces


def _hover(event: Event, ledger: Ledger, language: Language) -> str:
    when = language.date(event.date) + (f", {event.time.replace('/', '–')}" if event.time else "")
    lines = [
        when,
        side_name(ledger, language, event.side),
        language.text(event.text),
        *provenance(event.said, ledger, language),
        language.text(event.reason),
    ]
    head = f"<b>{wrapped(language.text(event.title), HOVER_LETTERS)}</b>"
    return "<br>".join([head, *(wrapped(line, HOVER_LETTERS) for line in lines if line)])
