"""The events of a lane go in; where each stands, its label and its trace come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.boxes import Box, first_free
from generator.figures.canvas import Canvas
from generator.figures.palette import MUTED
from generator.figures.plotly import Annotation, Scatter
from generator.figures.style import HOVER, hollow, note
from generator.figures.text import LINE, SIZE, bold, breaks, long, safe, tall, wrapped
from generator.figures.time_axis import Window
from generator.figures.wording import event_hover
from generator.ledger.edtf import DateKind
from generator.ledger.model import Event
from generator.ledger.roles import Rank

#: How many lines of labels a lane may be high.
MOST_LINES = 24
#: Pixels: the air above and below a lane; half a mark; the least height of a lane.
PAD, HALF, LEAST = 12, 8, 48
#: A span of fewer pixels is drawn as a mark.
SHORT = 9
#: What part of the time drawn a date may leave open before it looks uncertain.
SHOWN = 1 / 40


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
    label: Annotation | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one lane, the time drawn, its width in pixels, the least importance that is named."""

    canvas: Canvas
    events: Sequence[Event]
    window: Window
    wide: float
    named: int = 1

    def placed(self, top: float) -> tuple[list[Item], float]:
        """Place events so that none covers another, the important first; return the height they take.

        Only an event up to the importance *named* is named, and only if its name finds room. Of rival
        dates only the preferred one is named. What is too short to be seen as a span is a mark.
        """
        boxes: list[Box] = []
        items = {
            event.id: self._item(event, boxes, top)
            for event in sorted(self.events, key=lambda e: e.importance)
        }
        height = max((box[3] for box in boxes), default=0) + 2 * PAD
        return [items[event.id] for event in self.events], max(height, LEAST)

    def _item(self, event: Event, boxes: list[Box], top: float) -> Item:
        start, end = self.window.cut(event.date)
        left, right = (self.window.share(day) * self.wide for day in (start, end))
        spans = right - left >= SHORT and event.date.earliest != event.date.latest
        if not spans:
            start = end = start + (end - dt.timedelta(1) - start) / 2
            left = right = self.window.share(start) * self.wide
        text = wrapped(self.canvas.text(event.title), 24) if self._is_named(event) else ""
        line, side = _spot(boxes, (left, right) if spans else (left - HALF, left + HALF), text, self.wide)
        y = top + PAD + line * LINE + LINE / 2
        label = _label(event, text, side, end if side == "right" else start, y) if side else None
        vague = self._is_vague(event)
        return Item(event, start.isoformat(), end.isoformat(), y, vague, spans, label)

    def _is_named(self, event: Event) -> bool:
        """Return whether an event matters enough, and is the preferred one of the rival dates drawn."""
        rivals = [other for other in self.events if event.topic and other.topic == event.topic]
        return self.named >= event.importance and (len(rivals) <= 1 or event.rank == Rank.PREFERRED)

    def _is_vague(self, event: Event) -> bool:
        """Return whether the source leaves the day open, as far as the scale of the drawing shows it."""
        date, window = event.date, self.window
        is_open = (date.latest - date.earliest) / (window.end - window.start) > SHOWN
        return date.fuzzy or (date.kind is DateKind.POINT and is_open)


def _spot(boxes: list[Box], bar: tuple[float, float], text: str, wide: float) -> tuple[int, str]:
    """Find a line for a bar with its text right or left of it, or else for the bar alone."""
    left, right = bar
    if text:
        both = [
            spot for spot in _beside(left, right, text) if spot[2][0] >= -PAD and spot[2][2] <= wide + PAD
        ]
        chosen = first_free(boxes, [box for *_, box in both])
        if chosen is not None:
            return both[chosen][0], both[chosen][1]
    alone = [(left, line * LINE, right, (line + 1) * LINE) for line in range(MOST_LINES)]
    return first_free(boxes, alone) or 0, ""


def _beside(left: float, right: float, text: str) -> Iterator[tuple[int, str, Box]]:
    """Yield each line on which a bar and its text could stand, and on which side of it."""
    reach = long(text) + 8
    for line in range(MOST_LINES):
        top, bottom = line * LINE, line * LINE + tall(text)
        if bottom <= MOST_LINES * LINE:
            yield line, "right", (left, top, right + reach, bottom)
            yield line, "left", (left - reach, top, right, bottom)


def _label(event: Event, text: str, side: str, day: dt.date, y: float) -> Annotation:
    """Write the name of an event beside its mark, the first line level with it."""
    where: dict[str, Any] = {"xanchor": "left", "align": "left", "xshift": 11}
    if side == "left":
        where = {"xanchor": "right", "align": "right", "xshift": -11}
    label = bold(text, when=event.rank == Rank.PREFERRED)
    y += breaks(text) * LINE / 2
    return note(label, font={"size": SIZE - 1}, x=day.isoformat(), xref="x", y=y, **where)


def event_traces(canvas: Canvas, items: Sequence[Item]) -> list[Scatter]:
    """Draw events of one look in one trace: days as marks, spans as bars, vague ones pale."""
    looks: dict[tuple[str, bool, bool], list[Item]] = {}
    for item in items:
        pale = item.vague or item.event.rank == Rank.DEPRECATED
        looks.setdefault((item.event.side, item.spans, pale), []).append(item)
    return [_trace(canvas, *look, group) for look, group in looks.items()]


def _trace(canvas: Canvas, side_id: str, spans: bool, pale: bool, group: Sequence[Item]) -> Scatter:
    side = canvas.side(side_id)
    colour, symbol = side.colour or MUTED, side.symbol or "circle"
    look = _span_look(colour, pale=pale) if spans else _day_look(colour, symbol, pale=pale)
    # A span has two ends and a gap after them.
    each = 3 if spans else 1
    parts = [canvas.spec.id, side_id or "none", "span" if spans else "day", "pale" if pale else ""]
    return Scatter(
        uid="-".join(filter(None, parts)),
        x=[x for i in group for x in (i.start, i.end, None)[: 3 if spans else 1]],
        y=[y for i in group for y in (i.y, i.y, None)[: 3 if spans else 1]],
        hovertext=[event_hover(canvas, i.event) for i in group for _ in range(each)],
        hovertemplate=HOVER,
        customdata=[safe(i.event.id) for i in group for _ in range(each)],
        **look,
    )


def _span_look(colour: str, *, pale: bool) -> dict[str, Any]:
    line = {"color": colour, "width": 5 if pale else 9, "dash": "dot" if pale else "solid"}
    ends = {"color": colour, "size": 9, "symbol": "line-ns", "line": _edge(colour, pale=pale)}
    opacity = 0.55 if pale else 1
    return {"mode": "lines+markers", "cliponaxis": True, "opacity": opacity, "line": line, "marker": ends}


def _day_look(colour: str, symbol: str, *, pale: bool) -> dict[str, Any]:
    shape = hollow(symbol) if pale else symbol
    marker = {"color": colour, "size": 13, "symbol": shape, "line": _edge(colour, pale=pale)}
    return {"mode": "markers", "cliponaxis": False, "opacity": 0.8 if pale else 1, "marker": marker}


def _edge(colour: str, *, pale: bool) -> dict[str, Any]:
    return {"width": 2 if pale else 0, "color": colour}
