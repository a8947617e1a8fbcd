"""Places, movements and layers of lines go in; a map of them comes out, with its legend and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.figures.assemble import figure, sources_of
from generator.figures.canvas import Canvas
from generator.figures.figure import Figure
from generator.figures.map.content import MapContent, map_content
from generator.figures.map.ground import ground_of
from generator.figures.map.legend import legend_of
from generator.figures.map.movements import arrow, symbols
from generator.figures.map.names import Spot
from generator.figures.map.options import MapOptions
from generator.figures.map.sheet import sheet
from generator.figures.map.table import alt_of_map, table_of_map
from generator.figures.options import known_one
from generator.figures.palette import INK
from generator.figures.plotly import Plot, Scatter
from generator.figures.style import HOVER, plotted
from generator.figures.text import safe, wrapped
from generator.language.typography import capital, one_stop
from generator.ledger.model import Claim, Entity


def draw_map(canvas: Canvas, options: MapOptions) -> Figure:
    """Draw the ground, the places and the movements of a frame; say what is known only roughly."""
    content = map_content(canvas, options)
    shown = [*(move.entity for move in content.moves), *(place.entity for place in content.places)]
    records: list[Claim | Entity] = [*(one.claim for one in content.distances), *shown]
    made = figure(
        canvas,
        lambda canvas: _plot(canvas, content),
        alt=alt_of_map(canvas, content),
        table=table_of_map(canvas, content),
        record_ids=[record.id for record in records],
        sources=[*(drawn.layer.source for drawn in content.layers), *sources_of(records)],
    )
    return replace(made, caption=_caption(canvas, made.caption, options.event))


def _caption(canvas: Canvas, text: str, event: str) -> str:
    """Open a caption with the date of an event, if there is one."""
    if not event:
        return text
    known_one(canvas, ("event",), event, canvas.ledger.events)
    date = canvas.language.date(canvas.ledger.events[event].date)
    return one_stop(canvas.say("{date}. {text}", date=capital(date), text=text))


def _plot(canvas: Canvas, content: MapContent) -> Plot:
    ground = ground_of(canvas, content)
    projection, moves = ground.projection, ground.moves
    drawn = [*moves, *ground.passing]
    legend = legend_of(canvas, projection, content.layers, drawn, rough=bool(ground.rings))
    for number, name in ground.keys:
        legend.add_key(number, name)
    seen = [spot for spot in ground.spots if projection.inside(spot.point)]
    layout = sheet(canvas, projection, legend.tall)
    traces = [*([_places(canvas, seen)] if seen else []), *symbols(canvas, moves)]
    arrows = [shape for move in moves for shape in arrow(canvas, move)]
    shapes = [*ground.lines, *ground.rings, *arrows, *ground.room.leaders, *legend.shapes]
    return plotted(traces, layout, [*ground.notes, *legend.notes], shapes)


def _places(canvas: Canvas, spots: Sequence[Spot]) -> Scatter:
    return Scatter(
        uid=f"{canvas.spec.id}-places",
        mode="markers",
        x=[spot.point[0] for spot in spots],
        y=[spot.point[1] for spot in spots],
        marker={
            "color": INK,
            "size": 8,
            "symbol": [spot.place.symbol for spot in spots],
            "line": {"width": 1.5, "color": INK},
        },
        hovertext=[wrapped(canvas.text(spot.place.entity.name)) for spot in spots],
        hovertemplate=HOVER,
        customdata=[safe(spot.place.entity.id) for spot in spots],
    )
