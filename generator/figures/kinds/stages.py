"""The stages of a plan go in; a ladder of them comes out, with what happened of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from generator.figures.assemble import figure, sources_of
from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Figure, Row, Table
from generator.figures.options import AnyIds, Some, known, known_one
from generator.figures.palette import GRID, INK, MUTED, PAPER
from generator.figures.plotly import Annotation, Plot, Scatter, Shape
from generator.figures.style import HOVER, look, note, plotted
from generator.figures.text import LETTER, LINE, SIZE, bold, safe, tall, wrapped
from generator.figures.wording import HOVER_LETTERS, alt, event_hover, source_cell, value_cell
from generator.ledger.model import Claim, Event
from generator.typed import Texts, record

#: Pixels: the edge around all, where the texts begin, the air between stages, the margin below; and
#: the middle of the ladder, the reach of a mark along it, and its size.
EDGE, BAR, GAP, BOTTOM = 10, 34, 16, 8
MIDDLE, REACH, DOT = 11, 13, 25


@record
class StageOptions:
    """A stage: its name, what it was to do, what happened of it, whether it was only considered."""

    label: Texts
    text: Texts = Field(default_factory=dict)
    events: AnyIds = ()
    doubtful: bool = False


@record
class StagesOptions:
    """The source that states the plan; its stages; claims about it."""

    source: str = Field(description="the id of a source")
    stages: Annotated[Some[StageOptions], Field(description="[[figure.stages]] tables")]
    claims: AnyIds = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, what it was to do, what happened of it; *doubtful* if only considered."""

    number: str
    name: str
    text: str
    events: Sequence[Event]
    doubtful: bool


def draw_stages(canvas: Canvas, options: StagesOptions) -> Figure:
    """Draw the stages one below the other; one that was only considered is hollow and dotted."""
    stages = _stages(canvas, options)
    ledger, say = canvas.ledger, canvas.say
    source = known_one(canvas, ("source",), options.source, ledger.sources)
    claims = [ledger.claims[id_] for id_ in known(canvas, ("claims",), options.claims, ledger.claims)]
    events = [event for stage in stages for event in stage.events]
    words = [f"{stage.number}. {stage.name}" for stage in stages] + [canvas.value(c) for c in claims]
    head = (say("Stage"), say("What it was to do"), say("What happened"), say("Source"))
    rows = [row for stage in stages for row in _rows(canvas, stage, source)]
    return figure(
        canvas,
        lambda canvas: _plot(canvas, stages),
        alt=alt(canvas, say("The stages of a plan, one below the other, with what happened of each."), words),
        table=Table(head, (*rows, *(_claim_row(canvas, claim) for claim in claims))),
        record_ids=[*(claim.id for claim in claims), *(event.id for event in events)],
        sources=[source, *sources_of([*claims, *events])],
    )


def _stages(canvas: Canvas, options: StagesOptions) -> list[Stage]:
    every = canvas.ledger.events
    stages = []
    for number, stage in enumerate(options.stages):
        events = [every[id_] for id_ in known(canvas, ("stages", number, "events"), stage.events, every)]
        name, text = canvas.text(stage.label), canvas.text(stage.text)
        stages.append(Stage(canvas.number(number + 1), name, text, events, stage.doubtful))
    return stages


def _plot(canvas: Canvas, stages: Sequence[Stage]) -> Plot:
    room = int((canvas.width - 2 * EDGE - BAR) / (LETTER * (SIZE - 1) / SIZE))
    notes: list[Annotation] = []
    ys: list[float] = []
    y = 0.0
    for stage in stages:
        ys.append(y + LINE / 2 + 2)
        for text, font in _lines(canvas, stage, room):
            notes.append(note(text, x=BAR, xref="x", y=y + tall(text) / 2 + 2, font=font))
            y += tall(text)
        y += GAP
    layout = look(
        canvas,
        int(y) + BOTTOM,
        {"l": EDGE, "r": EDGE, "t": BOTTOM, "b": 0},
        xaxis={"range": [0, canvas.width - 2 * EDGE], "visible": False},
        yaxis={"range": [y, 0], "visible": False},
    )
    notes += map(_numeral, stages, ys)
    return plotted(_marks(canvas, stages, ys), layout, notes, _ladder(stages, ys))


def _lines(canvas: Canvas, stage: Stage, room: int) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield what stands beside a stage: its name, its text, and what happened, each with its font."""
    name = canvas.say("{name} (only considered)", name=stage.name) if stage.doubtful else stage.name
    yield bold(wrapped(name, room)), {"size": SIZE, "color": INK}
    if stage.text:
        yield wrapped(stage.text, room), {"size": SIZE - 1, "color": INK}
    for event in stage.events:
        yield wrapped(f"→ {_happened(canvas, event)}", room), {"size": SIZE - 1, "color": MUTED}


def _happened(canvas: Canvas, event: Event) -> str:
    return canvas.pair(canvas.language.date(event.date), canvas.text(event.title))


def _numeral(stage: Stage, y: float) -> Annotation:
    """Write the number of a stage in its mark."""
    font = {"size": SIZE - 1, "color": INK if stage.doubtful else PAPER}
    return note(bold(stage.number), x=MIDDLE, xref="x", y=y, xanchor="center", font=font)


def _ladder(stages: Sequence[Stage], ys: Sequence[float]) -> Iterable[Shape]:
    """Lead from each stage to the next; dotted where the next was only considered."""
    for below, start, end in zip(stages[1:], ys, ys[1:], strict=False):
        line = {"color": GRID, "width": 3, "dash": "dot" if below.doubtful else "solid"}
        where = {"x0": MIDDLE, "x1": MIDDLE, "y0": start + REACH, "y1": end - REACH}
        yield Shape(type="line", layer="below", line=line, **where)


def _marks(canvas: Canvas, stages: Sequence[Stage], ys: Sequence[float]) -> Iterable[Scatter]:
    """Draw one trace for the stages that were meant and one for those only considered."""
    side = next((event.side for stage in stages for event in stage.events), "")
    colour = canvas.side(side).colour or MUTED
    for doubtful in (False, True):
        drawn = [(stage, y) for stage, y in zip(stages, ys, strict=True) if stage.doubtful is doubtful]
        if drawn:
            yield Scatter(
                uid=f"{canvas.spec.id}-{'doubtful' if doubtful else 'meant'}",
                mode="markers",
                x=[MIDDLE] * len(drawn),
                y=[y for _, y in drawn],
                marker={
                    "color": colour,
                    "size": DOT,
                    "symbol": "circle-open" if doubtful else "circle",
                    "line": {"width": 2 if doubtful else 0, "color": colour},
                },
                cliponaxis=False,
                hovertext=[_hover(canvas, stage) for stage, _ in drawn],
                hovertemplate=HOVER,
                customdata=[safe(" ".join(event.id for event in stage.events)) for stage, _ in drawn],
            )


def _hover(canvas: Canvas, stage: Stage) -> str:
    head = f"{bold(safe(stage.name))}<br>{wrapped(stage.text, HOVER_LETTERS)}"
    return "<br><br>".join([head, *(event_hover(canvas, event) for event in stage.events)])


def _rows(canvas: Canvas, stage: Stage, source: str) -> Iterable[Row]:
    """Yield the row of a stage, and one for each event of it, whose source is the event's."""
    name = Cell(f"{stage.number}. {stage.name}", value=stage.number)
    yield name, Cell(stage.text), Cell(""), Cell(canvas.source_name(source), value=source)
    for event in stage.events:
        happened = Cell(_happened(canvas, event), event.id, event.date.text)
        yield name, Cell(""), happened, source_cell(canvas, event.provenance)


def _claim_row(canvas: Canvas, claim: Claim) -> Row:
    return (
        Cell(canvas.describe(claim)),
        value_cell(canvas, claim),
        Cell(""),
        source_cell(canvas, claim.provenance),
    )
