"""The ground of a map and the movements of a day go in; the drawing that lies over the ground comes out."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.assemble import figure, sources_of
from generator.figures.canvas import BadSettingsError, Canvas
from generator.figures.figure import Figure
from generator.figures.map.content import MapContent, map_content
from generator.figures.map.ground import ground_of
from generator.figures.map.movements import arrow, last_position, movement, symbols
from generator.figures.map.names import Names
from generator.figures.map.options import MapOptions
from generator.figures.map.rings import ring_about
from generator.figures.map.sheet import sheet
from generator.figures.map.table import table_of_map
from generator.figures.plotly import Plot
from generator.figures.style import plotted
from generator.ledger.model import Entity
from generator.problems import Problem


def draw_overlay(
    canvas: Canvas, moving: Sequence[str], last: Sequence[Entity] = ()
) -> Figure | list[Problem]:
    """Draw movements over a map that is drawn apart: arrows, symbols, circles and names, and no more.

    The drawing has the pixels of the map that the settings of *canvas* make, and keeps off its names. *last*
    are positions that are only the last known, by the names that they have on the drawing.
    """
    options = canvas.spec.read(MapOptions)
    if isinstance(options, list):
        return options
    try:
        content = map_content(canvas, options)
    except BadSettingsError as wrong:
        return wrong.problems
    moves = [move for ident in moving if (move := movement(canvas, ident)).path]
    moves += [place for one in last if (place := last_position(canvas, one)).path]
    shown = MapContent(
        frame=content.frame,
        frame_narrow=content.frame_narrow,
        layers=(),
        places=(),
        moves=moves,
        distances=(),
        words=(),
        lost=(),
    )
    return figure(
        canvas,
        lambda canvas: _plot(canvas, content, shown),
        alt=canvas.say("Map. Each symbol and each arrow is said in words below it."),
        table=table_of_map(canvas, shown),
        record_ids=[*moving, *(one.id for one in last)],
        sources=sources_of([move.entity for move in moves]),
    )


def _plot(canvas: Canvas, ground: MapContent, shown: MapContent) -> Plot:
    # Laid out for the room it takes: what is written on the ground stands there already.
    laid = ground_of(canvas, ground)
    projection, room = laid.projection, laid.room
    room.release()
    room.leaders.clear()
    moves = [move.placed(projection) for move in shown.moves]
    held = [
        (move, placed) for move, placed in zip(shown.moves, moves, strict=True) if len(placed.points) == 1
    ]
    rings = [
        ring
        for move, placed in held
        if (ring := ring_about(placed.points[0], move.precision_km, projection, room, placed.colour(canvas)))
    ]
    arrows = [shape for move in moves for shape in arrow(canvas, move)]
    notes = Names(canvas, projection, room, (), moves, (), {}).written()
    layout = sheet(canvas, projection, lined=False)
    return plotted(symbols(canvas, moves), layout, notes, [*rings, *arrows, *room.leaders])
