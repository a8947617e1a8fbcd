"""Events go in; marks and spans on lanes over the months come out, with phases as bands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from generator.figures.assemble import figure, sources_of
from generator.figures.boxes import Box, first_free
from generator.figures.canvas import Canvas
from generator.figures.event_traces import Item, Lane, event_traces
from generator.figures.figure import Cell, Figure, Row, Table
from generator.figures.options import AnyIds, Day, known
from generator.figures.palette import GRID, INK, MUTED
from generator.figures.plotly import Annotation, Plot, Shape
from generator.figures.rows import Label, RowChart, left_margin
from generator.figures.style import band, note, rule, side_entries
from generator.figures.text import LETTER, LINE, SIZE, bold, letters, tall, wrapped
from generator.figures.time_axis import Window, window
from generator.figures.wording import SAID, alt, source_cell
from generator.ledger.chronology import chronological
from generator.ledger.model import Event
from generator.typed import record

RIGHT, BOTTOM = 20, 56


@record
class TimelineOptions:
    """Phases; events, or those of some lanes up to an importance; which are named; the time drawn."""

    phases: AnyIds = ()
    events: AnyIds = ()
    lanes: AnyIds = ()
    importance: int = 3
    named: int | None = None
    start: Day = Field(default="", alias="from")
    end: Day = Field(default="", alias="to")


@dataclass(frozen=True, slots=True)
class Content:
    """What a timeline shows: phases, events and lanes in their order, in a window of time.

    `named` is the least importance of an event whose name is written.
    """

    phases: Sequence[Event]
    events: Sequence[Event]
    lanes: Sequence[str]
    window: Window
    named: int


def draw_timeline(canvas: Canvas, options: TimelineOptions) -> Figure:
    """Draw the events of some lanes, up to an importance. What is uncertain is pale and dotted."""
    content = _content(canvas, options)
    records = [*content.phases, *content.events]
    # The most important ones are said, in the order of their dates; the others are counted after them.
    weighed = sorted(content.events, key=lambda event: event.importance)
    first = sorted(weighed[:SAID], key=content.events.index)
    told = [
        canvas.pair(canvas.language.date(e.date), canvas.text(e.title)) for e in [*first, *weighed[SAID:]]
    ]
    say = canvas.say
    head = (say("Date"), say("Event"), say("Lane"), say("Side"), say("Source"))
    return figure(
        canvas,
        lambda canvas: _plot(canvas, content),
        alt=alt(canvas, say("Events in the order of their dates, on lanes."), told),
        table=Table(head, tuple(_row(canvas, event) for event in records)),
        record_ids=(event.id for event in records),
        sources=sources_of(records),
    )


def _content(canvas: Canvas, options: TimelineOptions) -> Content:
    every = canvas.ledger.events
    phases = [every[id_] for id_ in known(canvas, ("phases",), options.phases, every)]
    chosen = [every[id_] for id_ in known(canvas, ("events",), options.events, every) or every]
    used = list(dict.fromkeys(event.lane for event in every.values() if event.lane))
    lanes = known(canvas, ("lanes",), options.lanes, used) or used
    named = options.named if options.named is not None else 3 if options.events else 1
    events = [
        event
        for event in chosen
        if event not in phases and event.importance <= options.importance and event.lane in lanes
    ]
    if not events:
        raise canvas.empty()
    time = window(canvas, options.start, options.end, [event.date for event in [*phases, *events]])
    shown = {event.id for event in events if time.shows(event.date)}
    if not shown:
        raise canvas.empty()
    events = [event for event in chronological(every.values()) if event.id in shown]
    drawn = {event.lane for event in events}
    return Content(phases, events, [lane for lane in lanes if lane in drawn], time, named)


def _plot(canvas: Canvas, content: Content) -> Plot:
    labels = {lane: wrapped(canvas.word(lane), 16) for lane in content.lanes}
    left = left_margin(canvas, labels.values())
    wide = canvas.width - left - RIGHT
    bands = _bands(canvas, content, wide)
    y = max((one.box[3] for one in bands), default=0) + (12 if bands else 0)
    items: list[Item] = []
    rows: list[Label] = []
    rules: list[float] = []
    for lane in content.lanes:
        events = [event for event in content.events if event.lane == lane]
        # In a narrow drawing the name of a lane stands above it.
        start = y + LINE + 8 if canvas.narrow else y
        placed, height = Lane(canvas, events, content.window, wide, content.named).placed(start)
        items += placed
        rules.append(y)
        rows.append(Label(y + height / 2, labels[lane]))
        y = start + height
    over = zip(rules, labels.values(), strict=True) if canvas.narrow else ()
    font = {"size": SIZE, "color": INK}
    names_ = (note(bold(text), x=0, y=at + LINE, xshift=-6, font=font) for at, text in over)
    chart = RowChart(
        canvas,
        [] if canvas.narrow else rows,
        y,
        content.window.axis(canvas),
        entries=side_entries(canvas, canvas.sides(content.events)),
        right=RIGHT,
        bottom=BOTTOM + content.window.foot,
    )
    notes = [*(one.note(wide) for one in bands), *names_, *(item.label for item in items if item.label)]
    lines = (rule(at, 1.5, layer="below") for at in rules)
    return chart.plotted(event_traces(canvas, items), notes, [*(one.shape() for one in bands), *lines])


@dataclass(frozen=True, slots=True)
class Band:
    """A phase as a band behind the lanes: its days, how strong it is, its name and the box of that."""

    start: str
    end: str
    opacity: float
    text: str
    box: Box

    def shape(self) -> Shape:
        """Draw the band."""
        look = {"fillcolor": GRID, "opacity": self.opacity, "line": {"width": 0}}
        return band(self.start, self.end, type="rect", **look)

    def note(self, wide: float) -> Annotation:
        """Write the name in a drawing *wide* pixels wide."""
        left, top, right, bottom = self.box
        where = {"x": (left + right) / 2 / wide, "y": (top + bottom) / 2 + 4}
        font = {"size": SIZE - 1, "color": MUTED}
        return note(self.text, font=font, xanchor="center", align="center", **where)


def _bands(canvas: Canvas, content: Content, wide: float) -> list[Band]:
    """Make a band of each phase that is seen, and find room for its name above the lanes."""
    boxes: list[Box] = []
    bands: list[Band] = []
    for number, phase in enumerate(content.phases):
        start, end = content.window.cut(phase.date)
        if start >= end:
            continue
        left, right = (content.window.share(day) * wide for day in (start, end))
        text = wrapped(canvas.text(phase.title), max(9, int((right - left) / LETTER)))
        half = letters(text) * LETTER / 2
        middle = min(max((left + right) / 2, half), wide - half)
        tops = range(0, 400, LINE)
        spots: list[Box] = [(middle - half, top, middle + half, top + tall(text)) for top in tops]
        box = spots[first_free(boxes, spots) or 0]
        opacity = 0.7 if number % 2 else 0.4
        bands.append(Band(start.isoformat(), end.isoformat(), opacity, text, box))
    return bands


def _row(canvas: Canvas, event: Event) -> Row:
    return (
        Cell(canvas.language.date(event.date), event.id, event.date.text),
        Cell(canvas.text(event.title)),
        Cell(canvas.word(event.lane)),
        Cell(canvas.side_name(event.side)),
        source_cell(canvas, event.provenance),
    )
