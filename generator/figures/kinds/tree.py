"""Units and whose orders they take go in; an indented tree for each chain of command comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from generator.figures.assemble import figure, sources_of
from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Figure, Row, Table
from generator.figures.options import AnyIds, Day, Ids, Some, known, known_one
from generator.figures.palette import GRID
from generator.figures.plotly import Annotation, Plot, Scatter
from generator.figures.style import HOVER, legend, look, note, plotted, side_entries
from generator.figures.text import LETTER, LINE, SIZE, bold, breaks, safe, tall, wrapped
from generator.figures.wording import alt, hover_text, source_cell
from generator.ledger import edtf
from generator.ledger.command import commanders
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Entity
from generator.ledger.roles import Role
from generator.ledger.schema import split_ids
from generator.typed import record

#: Pixels: the edge, the step from a unit to those below it, the air between units, between columns,
#: and below all.
EDGE, INDENT, GAP, GUTTER, BOTTOM = 10, 17, 7, 16, 12


@record
class TreeOptions:
    """The units at the roots of each column; which units were there, and on which day.

    `instead` says which unit stands in for one that was not there; `leave_out`, which are not drawn.
    """

    columns: Annotated[Some[Ids], Field(description='lists of ids, [["…"], ["…"]]')]
    table: str = ""
    phase: str = ""
    on: Day = ""
    instead: dict[str, str] = Field(default_factory=dict, description='a table of ids, { "old" = "new" }')
    leave_out: AnyIds = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One unit, whose orders it takes, and how deep it stands.

    `chiefs` are the names of its commanders, those who cannot have commanded it on the day drawn left out.
    """

    unit: Entity
    parent: str
    depth: int
    chiefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A node, where it stands in pixels from the corner, and its text."""

    node: Node
    x: float
    y: float
    text: str


def draw_tree(canvas: Canvas, options: TreeOptions) -> Figure:
    """Draw the units of a phase below the roots of each column, side by side where there is room."""
    trees = _trees(canvas, options)
    nodes = [node for tree in trees for node in tree]
    say = canvas.say
    names_ = {node.unit.id: canvas.text(node.unit.name) for node in nodes}
    words = []
    for node in nodes:
        below = [names_[other.unit.id] for other in nodes if other.parent == node.unit.id]
        if below:
            words.append(canvas.pair(names_[node.unit.id], canvas.language.list(below)))
    what = say("An indented tree: each unit stands below the one whose orders it takes.")
    head = (say("Unit"), say("Under"), say("Side"), say("Led by"), say("Source"))
    return figure(
        canvas,
        lambda canvas: _plot(canvas, trees),
        alt=alt(canvas, what, words or list(names_.values())),
        table=Table(head, tuple(_row(canvas, node, names_) for node in nodes)),
        record_ids=names_,
        sources=sources_of(node.unit for node in nodes),
    )


def _trees(canvas: Canvas, options: TreeOptions) -> list[list[Node]]:
    """Return the units of each column, from its roots down."""
    tables = sorted({entity.table for entity in canvas.ledger.entities.values()})
    units_table = next((table.name for table in canvas.ledger.tables if table.role == Role.UNITS), "units")
    table = known_one(canvas, ("table",), options.table or units_table, tables)
    units = {unit.id: unit for unit in canvas.ledger.of_table(table)}
    roots = [known(canvas, ("columns", n), column, units) for n, column in enumerate(options.columns)]
    below = _below(canvas, options, units, {root for column in roots for root in column})
    day = edtf.parse(options.on) if options.on else None

    def walk(ident: str, parent: str, depth: int) -> Iterator[Node]:
        yield Node(units[ident], parent, depth, _chiefs(canvas, units[ident], day))
        for child in below.get(ident, ()):
            yield from walk(child, ident, depth + 1)

    return [[node for root in column for node in walk(root, "", 0)] for column in roots]


def _below(
    canvas: Canvas, options: TreeOptions, units: Mapping[str, Entity], roots: set[str]
) -> Mapping[str, list[str]]:
    """Return the units directly below each one, in the phase; who has left is stood in for."""
    instead, phase = options.instead, options.phase
    for old, new in instead.items():
        known_one(canvas, ("instead", old), old, units)
        known_one(canvas, ("instead", old), new, units)
    away = {*instead, *known(canvas, ("leave_out",), options.leave_out, units)}

    def is_there(unit: Entity) -> bool:
        return unit.id not in away and (not phase or phase in split_ids(str(unit.cells.get("phase") or "")))

    def over(ident: str) -> str:
        """Return the nearest unit above another that is there, or is a root."""
        seen = {ident}
        while ident in units:
            above = str(units[ident].cells.get("parent") or "")
            ident = instead.get(above, above)
            if ident in seen or ident in roots or (ident in units and is_there(units[ident])):
                break
            seen.add(ident)
        return ident

    below: dict[str, list[str]] = {}
    for ident, unit in units.items():
        if is_there(unit) and ident not in roots:
            below.setdefault(over(ident), []).append(ident)
    return below


def _chiefs(canvas: Canvas, unit: Entity, day: HistoricDate | None) -> tuple[str, ...]:
    return tuple(canvas.text(one.name) for one in commanders(unit, canvas.ledger, day))


def _plot(canvas: Canvas, trees: Sequence[Sequence[Node]]) -> Plot:
    placed, height = _placed(canvas, trees)
    sides = canvas.sides([one.node.unit for one in placed])
    keys = legend(side_entries(canvas, sides), canvas.width)
    top = keys.height(8)
    layout = look(
        canvas,
        int(height) + top + BOTTOM,
        {"l": EDGE, "r": EDGE, "t": top, "b": BOTTOM},
        xaxis={"range": [0, canvas.width - 2 * EDGE], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
    )
    notes = [*keys.notes(EDGE), *map(_label, placed)]
    return plotted([_branches(canvas, placed), *_marks(canvas, placed)], layout, notes)


def _placed(canvas: Canvas, trees: Sequence[Sequence[Node]]) -> tuple[list[Placed], float]:
    """Place columns side by side, or one below the other where the drawing is narrow."""
    columns = 1 if canvas.narrow else len(trees)
    room = (canvas.width - 2 * EDGE - GUTTER * (columns - 1)) / columns
    placed: list[Placed] = []
    y = height = 0.0
    for number, tree in enumerate(trees):
        left = 0 if canvas.narrow else number * (room + GUTTER)
        if canvas.narrow:
            y += GUTTER if number else 0
        else:
            y = 0.0
        for node in tree:
            x = left + node.depth * INDENT + 8
            y += GAP if node.depth == 0 and y else 0
            text = wrapped(_name(canvas, node), int((left + room - x - 12) / (LETTER * (SIZE - 1) / SIZE)))
            placed.append(Placed(node, x, y + LINE / 2, text))
            y += tall(text) + GAP
        height = max(height, y)
    return placed, height


def _name(canvas: Canvas, node: Node) -> str:
    """Name a unit and its commander, where there was one only."""
    name = canvas.text(node.unit.name)
    return f"{name} ({node.chiefs[0]})" if len(node.chiefs) == 1 else name


def _label(one: Placed) -> Annotation:
    lower = breaks(one.text) * LINE / 2
    text = bold(one.text, when=one.node.depth == 0)
    return note(text, x=one.x, xref="x", xshift=12, y=one.y + lower, font={"size": SIZE - 1})


def _branches(canvas: Canvas, placed: Sequence[Placed]) -> Scatter:
    """Lead from each unit down and across to those below it, in one trace."""
    places = {one.node.unit.id: one for one in placed}
    xs: list[float | None] = []
    ys: list[float | None] = []
    for one in placed:
        above = places.get(one.node.parent)
        if above:
            xs += [above.x, above.x, one.x, None]
            ys += [above.y, one.y, one.y, None]
    line = {"color": GRID, "width": 2}
    uid = f"{canvas.spec.id}-branches"
    return Scatter(uid=uid, mode="lines", x=xs, y=ys, hoverinfo="skip", line=line)


def _marks(canvas: Canvas, placed: Sequence[Placed]) -> Iterable[Scatter]:
    for side_id in dict.fromkeys(one.node.unit.side for one in placed):
        side = canvas.side(side_id)
        of_side = [one for one in placed if one.node.unit.side == side_id]
        marker: dict[str, Any] = {
            "color": side.colour,
            "symbol": side.symbol or "circle",
            "opacity": 1,
            "size": [12 if one.node.depth == 0 else 10 for one in of_side],
            "line": {"width": 2 if side.symbol.endswith("-open") else 0, "color": side.colour},
        }
        yield Scatter(
            uid=f"{canvas.spec.id}-{side_id or 'none'}",
            mode="markers",
            x=[one.x for one in of_side],
            y=[one.y for one in of_side],
            marker=marker,
            cliponaxis=False,
            hovertext=[_hover(canvas, one.node) for one in of_side],
            hovertemplate=HOVER,
            customdata=[safe(one.node.unit.id) for one in of_side],
        )


def _hover(canvas: Canvas, node: Node) -> str:
    unit = node.unit
    lines = [
        f"{canvas.word(unit.kind)} · {canvas.side_name(unit.side)}",
        canvas.language.list(node.chiefs),
        *map(canvas.bare, canvas.ledger.texts_of(unit, canvas.language.code)),
        *canvas.attribution(unit.provenance),
    ]
    return hover_text(canvas.text(unit.name), lines, between="<br>")


def _row(canvas: Canvas, node: Node, names_: Mapping[str, str]) -> Row:
    unit = node.unit
    return (
        Cell(names_[unit.id], unit.id, unit.id),
        Cell(names_.get(node.parent, "")),
        Cell(canvas.side_name(unit.side)),
        Cell(canvas.language.list(node.chiefs)),
        source_cell(canvas, unit.provenance),
    )
