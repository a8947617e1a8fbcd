"""The stages of a plan go in; a ladder of them comes out, with what happened of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.assemble import sources_of
from generator.figures.event_traces import event_hover
from generator.figures.figure import Cell, Figure, Plot
from generator.figures.options import bad, check_options, empty, flag_of, ids, label_of, names, tables
from generator.figures.style import (
    GRID,
    INK,
    LETTER,
    LINE,
    MUTED,
    SIZE,
    layout,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.figures.wording import alt
from generator.language import Language
from generator.language.naming import attribution, describe, machine_value, source_name, value_text
from generator.ledger.model import Claim, Event, Ledger
from generator.settings import Spec

OPTIONS = ("source", "stages", "claims")
EDGE, BAR, GAP, BOTTOM = 10, 34, 16, 8


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, what it was to do, what happened of it; *doubtful* if only considered."""

    number: str
    name: str
    text: str
    events: Sequence[Event]
    doubtful: bool


def draw_stages(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the stages one below the other; one that was only considered is hollow and dotted."""
    check_options(spec, OPTIONS)
    stages = _stages(spec, ledger, language)
    if "source" not in spec.options:
        raise bad(spec, "does not say whose plan it is", 'write source = "…"')
    source = ids(spec, "source", [spec.options["source"]], ledger.sources)[0]
    claims = [ledger.claims[id_] for id_ in names(spec, "claims", ledger.claims)]
    room = int((width - 2 * EDGE - BAR) / (LETTER * (SIZE - 1) / SIZE))
    notes: list[dict[str, Any]] = []
    places: list[float] = []
    y = 0.0
    for stage in stages:
        places.append(y + LINE / 2 + 2)
        for text, font in _lines(stage, room, language):
            tall = (text.count("<br>") + 1) * LINE
            notes.append(note(text, x=BAR, xref="x", y=y + tall / 2 + 2, font=font))
            y += tall
        y += GAP
    plot = layout(
        language,
        int(y) + BOTTOM,
        width=width,
        margin={"l": EDGE, "r": EDGE, "t": BOTTOM, "b": 0},
        xaxis={"range": [0, width - 2 * EDGE], "visible": False},
        yaxis={"range": [y, 0], "visible": False},
        annotations=[
            *notes,
            *(
                note(f"<b>{stage.number}</b>", x=11, xref="x", y=at, xanchor="center", font=_inside(stage))
                for stage, at in zip(stages, places, strict=True)
            ),
        ],
        shapes=_ladder(stages, places),
    )
    traces = _marks(spec.id, stages, places, ledger, language)
    return _figure(spec, Plot(traces, plot), stages, claims, source, ledger, language)


def _stages(spec: Spec, ledger: Ledger, language: Language) -> list[Stage]:
    found = []
    for number, about in enumerate(tables(spec, "stages"), 1):
        name = language.text(label_of(spec, "stages", about))
        text = about.get("text", {})
        if not isinstance(text, Mapping):
            raise bad(
                spec, "the text of a stage is not in every language", 'write text = { fr = "…", en = "…" }'
            )
        known = ids(spec, "events", about.get("events"), ledger.events)
        events = [ledger.events[id_] for id_ in known]
        doubtful = flag_of(spec, "doubtful", about)
        found.append(Stage(language.number(number), name, language.text(text), events, doubtful))
    if not found:
        raise empty(spec)
    return found


def _lines(stage: Stage, room: int, language: Language) -> list[tuple[str, dict[str, Any]]]:
    """Return what stands beside a stage: its name, its text, and what happened, each with its font."""
    small = {"size": SIZE - 1, "color": INK}
    name = stage.name
    if stage.doubtful:
        name = language.say("{name} (only considered)", name=name)
    lines = [(f"<b>{wrapped(name, room)}</b>", {"size": SIZE, "color": INK})]
    if stage.text:
        lines.append((wrapped(stage.text, room), small))
    for event in stage.events:
        said = _happened(event, language)
        lines.append((wrapped(f"→ {said}", room), small | {"color": MUTED}))
    return lines


def _happened(event: Event, language: Language) -> str:
    return language.say("{name}: {figure}", name=language.date(event.date), figure=language.text(event.title))


def _inside(stage: Stage) -> dict[str, Any]:
    return {"size": SIZE - 1, "color": INK if stage.doubtful else "#ffffff"}


def _ladder(stages: Sequence[Stage], places: Sequence[float]) -> list[dict[str, Any]]:
    """Lead from each stage to the next; dotted where the next was only considered."""
    found = []
    for below, start, end in zip(stages[1:], places, places[1:], strict=False):
        line = {"color": GRID, "width": 3, "dash": "dot" if below.doubtful else "solid"}
        where = {"x0": 11, "x1": 11, "y0": start + 13, "y1": end - 13}
        found.append({"type": "line", "layer": "below", "line": line} | where)
    return found


def _marks(
    name: str, stages: Sequence[Stage], places: Sequence[float], ledger: Ledger, language: Language
) -> list[dict[str, Any]]:
    """Draw one trace for the stages that were meant and one for those only considered."""
    side = next((event.side for stage in stages for event in stage.events), "")
    colour = side_of(ledger, side).colour or MUTED
    traces = []
    for doubtful in (False, True):
        own = [(s, y) for s, y in zip(stages, places, strict=True) if s.doubtful is doubtful]
        if not own:
            continue
        traces.append(
            {
                "type": "scatter",
                "uid": f"{name}-{'doubtful' if doubtful else 'meant'}",
                "mode": "markers",
                "x": [11] * len(own),
                "y": [y for _, y in own],
                "marker": {
                    "color": colour,
                    "size": 25,
                    "symbol": "circle-open" if doubtful else "circle",
                    "line": {"width": 2 if doubtful else 0, "color": colour},
                },
                "cliponaxis": False,
                "hovertext": [_hover(stage, ledger, language) for stage, _ in own],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(" ".join(e.id for e in stage.events)) for stage, _ in own],
            }
        )
    return traces


def _hover(stage: Stage, ledger: Ledger, language: Language) -> str:
    head = f"<b>{safe(stage.name)}</b><br>{wrapped(stage.text, 52)}"
    return "<br><br>".join([head, *(event_hover(event, ledger, language) for event in stage.events)])


def _figure(
    spec: Spec,
    drawing: Plot,
    stages: Sequence[Stage],
    claims: Sequence[Claim],
    source: str,
    ledger: Ledger,
    language: Language,
) -> Figure:
    say = language.say
    title = language.text(spec.title)
    events = [event for stage in stages for event in stage.events]
    said = [f"{stage.number}. {stage.name}" for stage in stages]
    said += [value_text(claim, ledger, language) for claim in claims]
    what = say("The stages of a plan, one below the other, with what happened of each.")
    who = source_name(ledger, language, source)
    rows = [row for stage in stages for row in _rows(stage, source, who, ledger, language)]
    rows += [_claim_row(claim, ledger, language) for claim in claims]
    return Figure(
        id=spec.id,
        title=title,
        alt=alt(title, what, said, language),
        caption=language.text(spec.caption),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=(say("Stage"), say("What it was to do"), say("What happened"), say("Source")),
        table_rows=tuple(rows),
        record_ids=tuple(dict.fromkeys([*(c.id for c in claims), *(e.id for e in events)])),
        sources=tuple(dict.fromkeys([source, *sources_of([*claims, *events])])),
        height=int(drawing.layout["height"]),
        width=int(drawing.layout["width"]),
    )


def _rows(stage: Stage, source: str, who: str, ledger: Ledger, language: Language) -> list[tuple[Cell, ...]]:
    """Return the row of a stage, and one for each event of it, whose source is the event's."""
    name = Cell(f"{stage.number}. {stage.name}", value=stage.number)
    rows: list[tuple[Cell, ...]] = [(name, Cell(stage.text), Cell(""), Cell(who, value=source))]
    for event in stage.events:
        said = language.say("; ").join(attribution(event.provenance, ledger, language))
        happened = Cell(_happened(event, language), event.id, event.date.text)
        rows.append((name, Cell(""), happened, Cell(said, value=event.provenance.source)))
    return rows


def _claim_row(claim: Claim, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    figure = Cell(value_text(claim, ledger, language), claim.id, machine_value(claim))
    said = language.say("; ").join(attribution(claim.provenance, ledger, language))
    return (
        Cell(describe(claim, ledger, language)),
        figure,
        Cell(""),
        Cell(said, value=claim.provenance.source),
    )
