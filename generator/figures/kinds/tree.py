"""Units and whose orders they take go in; an indented tree for each chain of command comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.figures.figure import Cell, Figure, Plot
from generator.figures.options import bad, check_options, empty, ids, names, one_of, sides_of
from generator.figures.rows import is_narrow
from generator.figures.style import (
    GRID,
    LETTER,
    LINE,
    SIZE,
    layout,
    legend,
    legend_height,
    note,
    safe,
    side_of,
    wrapped,
)
from generator.figures.wording import HOVER_LETTERS, alt
from generator.language import Language
from generator.language.naming import attribution, side_name, word
from generator.ledger import edtf
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Entity, Ledger
from generator.ledger.schema import split_ids
from generator.settings import Spec

OPTIONS = ("table", "phase", "on", "columns", "instead", "leave_out")
EDGE, INDENT, GAP, GUTTER, BOTTOM = 10, 17, 7, 16, 12


@dataclass(frozen=True, slots=True)
class Node:
    """One unit, whose orders it takes, how deep it stands, and where, in pixels from the corner.

    `chiefs` are the names of its commanders, those who died before the day drawn left out.
    """

    unit: Entity
    parent: str
    depth: int
    chiefs: tuple[str, ...] = ()
    x: float = 0.0
    y: float = 0.0
    text: str = ""


def draw_tree(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the units of a phase below the roots of each column, side by side where there is room."""
    check_options(spec, OPTIONS)
    columns = spec.options.get("columns")
    if not isinstance(columns, list | tuple) or not columns:
        raise empty(spec)
    table = one_of(spec, "table", sorted({e.table for e in ledger.entities.values()}), "units")
    units = {unit.id: unit for unit in ledger.of_table(table)}
    roots = [ids(spec, "columns", column, units, required=True) for column in columns]
    below = _below(spec, units, {root for column in roots for root in column})
    day = _day(spec)
    trees = [
        [
            replace(node, chiefs=_chiefs(node.unit, day, ledger, language))
            for root in column
            for node in _walk(root, "", 0, below, units)
        ]
        for column in roots
    ]
    placed, height = _placed(trees, language, width)
    keys = legend(sides_of([node.unit for node in placed], ledger), language, EDGE, width)
    top = legend_height(keys, 8)
    plot = layout(
        language,
        int(height) + top + BOTTOM,
        width=width,
        margin={"l": EDGE, "r": EDGE, "t": top, "b": BOTTOM},
        xaxis={"range": [0, width - 2 * EDGE], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
        annotations=[*keys, *map(_label, placed)],
    )
    traces = [_branches(spec.id, placed), *_marks(spec.id, placed, ledger, language)]
    return _figure(spec, Plot(traces, plot), placed, ledger, language)


def _below(spec: Spec, units: Mapping[str, Entity], roots: set[str]) -> Mapping[str, list[str]]:
    """Return the units directly below each one, in the phase; who has left is stood in for."""
    instead = spec.options.get("instead", {})
    if not isinstance(instead, Mapping):
        raise bad(spec, 'the option "instead" is no table', 'write instead = { "old" = "new" }')
    ids(spec, "instead", [*instead, *instead.values()] or None, units)
    away = {*instead, *names(spec, "leave_out", units)}
    phase = str(spec.options.get("phase", ""))

    def there(unit: Entity) -> bool:
        return unit.id not in away and (not phase or phase in split_ids(str(unit.cells.get("phase") or "")))

    def over(id_: str) -> str:
        seen = {id_}
        while id_ in units:
            above = str(units[id_].cells.get("parent") or "")
            id_ = str(instead.get(above, above))
            if id_ in seen or id_ in roots or (id_ in units and there(units[id_])):
                break
            seen.add(id_)
        return id_

    below: dict[str, list[str]] = {}
    for id_, unit in units.items():
        if there(unit) and id_ not in roots:
            below.setdefault(over(id_), []).append(id_)
    return below


def _walk(
    id_: str, parent: str, depth: int, below: Mapping[str, list[str]], units: Mapping[str, Entity]
) -> Iterator[Node]:
    yield Node(units[id_], parent, depth)
    for child in below.get(id_, ()):
        yield from _walk(child, id_, depth + 1, below, units)


def _placed(trees: Sequence[Sequence[Node]], language: Language, width: int) -> tuple[list[Node], float]:
    """Place columns side by side, or one below the other where the drawing is narrow."""
    side_by_side = 1 if is_narrow(width) else len(trees)
    room = (width - 2 * EDGE - GUTTER * (side_by_side - 1)) / side_by_side
    placed: list[Node] = []
    y = height = 0.0
    for number, tree in enumerate(trees):
        column = 0 if is_narrow(width) else number
        y = y + GUTTER if is_narrow(width) and number else y if is_narrow(width) else 0.0
        for node in tree:
            x = column * (room + GUTTER) + node.depth * INDENT + 8
            y += GAP if node.depth == 0 and y else 0
            text = wrapped(
                _name(node, language),
                int((column * (room + GUTTER) + room - x - 12) / (LETTER * (SIZE - 1) / SIZE)),
            )
            placed.append(replace(node, x=x, y=y + LINE / 2, text=text))
            y += (text.count("<br>") + 1) * LINE + GAP
        height = max(height, y)
    return placed, height


def _name(node: Node, language: Language) -> str:
    """Name a unit and its commander, where there was one only."""
    name = language.text(node.unit.name)
    return f"{name} ({node.chiefs[0]})" if len(node.chiefs) == 1 else name


def _chiefs(unit: Entity, day: dt.date | None, ledger: Ledger, language: Language) -> tuple[str, ...]:
    known = split_ids(str(unit.cells.get("commander") or ""))
    people = [ledger.entities[id_] for id_ in known if id_ in ledger.entities]
    return tuple(language.text(one.name) for one in people if not _dead(one, day))


def _dead(person: Entity, day: dt.date | None) -> bool:
    death = person.cells.get("death")
    return day is not None and isinstance(death, HistoricDate) and death.latest < day


def _day(spec: Spec) -> dt.date | None:
    value = spec.options.get("on")
    if value is None:
        return None
    try:
        return edtf.parse(str(value)).earliest
    except edtf.EdtfError as error:
        raise bad(spec, f"on is no date: {error}", 'write on = "YYYY-MM-DD"') from error


def _label(node: Node) -> dict[str, Any]:
    text = f"<b>{node.text}</b>" if node.depth == 0 else node.text
    lower = node.text.count("<br>") * LINE / 2
    return note(text, x=node.x, xref="x", xshift=12, y=node.y + lower, font={"size": SIZE - 1})


def _branches(name: str, nodes: Sequence[Node]) -> dict[str, Any]:
    """Lead from each unit down and across to those below it, in one trace."""
    places = {node.unit.id: node for node in nodes}
    xs: list[float | None] = []
    ys: list[float | None] = []
    for node in nodes:
        above = places.get(node.parent)
        if above:
            xs += [above.x, above.x, node.x, None]
            ys += [above.y, node.y, node.y, None]
    return {
        "type": "scatter",
        "uid": f"{name}-branches",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "line": {"color": GRID, "width": 2},
    }


def _marks(name: str, nodes: Sequence[Node], ledger: Ledger, language: Language) -> list[dict[str, Any]]:
    traces = []
    for side_id in dict.fromkeys(node.unit.side for node in nodes):
        side = side_of(ledger, side_id)
        own = [node for node in nodes if node.unit.side == side_id]
        traces.append(
            {
                "type": "scatter",
                "uid": f"{name}-{side_id or 'none'}",
                "mode": "markers",
                "x": [node.x for node in own],
                "y": [node.y for node in own],
                "marker": {
                    "color": side.colour,
                    "symbol": side.symbol or "circle",
                    "opacity": 1,
                    "size": [12 if node.depth == 0 else 10 for node in own],
                    "line": {"width": 2 if side.symbol.endswith("-open") else 0, "color": side.colour},
                },
                "cliponaxis": False,
                "hovertext": [_hover(node, ledger, language) for node in own],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [safe(node.unit.id) for node in own],
            }
        )
    return traces


def _hover(node: Node, ledger: Ledger, language: Language) -> str:
    unit = node.unit
    head = f"<b>{wrapped(language.text(unit.name), HOVER_LETTERS)}</b>"
    lines = [
        f"{word(ledger, language, unit.kind)} · {side_name(ledger, language, unit.side)}",
        language.list(node.chiefs),
        unit.text("strength_note", language.code),
        *attribution(unit.provenance, ledger, language),
    ]
    return "<br>".join([head, *(wrapped(line, HOVER_LETTERS) for line in lines if line)])


def _figure(spec: Spec, drawing: Plot, nodes: Sequence[Node], ledger: Ledger, language: Language) -> Figure:
    say = language.say
    title = language.text(spec.title)
    names_ = {node.unit.id: language.text(node.unit.name) for node in nodes}
    said = []
    for node in nodes:
        below = [names_[other.unit.id] for other in nodes if other.parent == node.unit.id]
        if below:
            said.append(say("{name}: {figure}", name=names_[node.unit.id], figure=language.list(below)))
    what = say("An indented tree: each unit stands below the one whose orders it takes.")
    return Figure(
        id=spec.id,
        title=title,
        alt=alt(title, what, said or list(names_.values()), language),
        caption=language.text(spec.caption),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=(say("Unit"), say("Under"), say("Side"), say("Commander"), say("Source")),
        table_rows=tuple(_row(node, names_, ledger, language) for node in nodes),
        record_ids=tuple(node.unit.id for node in nodes),
        sources=tuple(
            dict.fromkeys(node.unit.provenance.source for node in nodes if node.unit.provenance.source)
        ),
        height=int(drawing.layout["height"]),
        width=int(drawing.layout["width"]),
    )


def _row(node: Node, names_: Mapping[str, str], ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    unit = node.unit
    source = (
        language.say("; ").join(attribution(unit.provenance, ledger, language))
        if unit.provenance.source
        else ""
    )
    return (
        Cell(names_[unit.id], unit.id, unit.id),
        Cell(names_.get(node.parent, "")),
        Cell(side_name(ledger, language, unit.side)),
        Cell(language.list(node.chiefs)),
        Cell(source, value=unit.provenance.source),
    )
