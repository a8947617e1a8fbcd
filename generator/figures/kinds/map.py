"""Places, movements and layers of lines go in; a map of them comes out, with its key and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from generator.figures.figure import WIDE, Figure, Plot
from generator.figures.map.basemap import DrawnLayer, basemap_shapes, layers_of
from generator.figures.map.distances import (
    Distance,
    avoid_distances,
    distance_facts,
    distance_lengths,
    distance_rows,
    distance_shapes,
    distances_of,
)
from generator.figures.map.legend import RING, legend_of
from generator.figures.map.movements import Move, arrow, place_move, symbols
from generator.figures.map.names import Spot, written
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Frame, Projection, project
from generator.figures.map.table import alt_of_map, rows_of_map
from generator.figures.options import bad, check_options, empty, names
from generator.figures.style import INK, MUTED, layout, safe, wrapped
from generator.language import Language
from generator.ledger.model import Claim, Entity, Ledger
from generator.ledger.positions import locate, movements
from generator.settings import Spec

OPTIONS = (
    "frame",
    "frame_narrow",
    "layers",
    "places",
    "movements",
    "words",
    "symbols",
    "labels",
    "event",
    "origin",
    "distances",
)
#: A circle of precision is drawn where it is wider than the symbol in it.
LEAST_RING = 11.0
#: FreeSpace for the line about the map.
EDGE = 1


def draw_map(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw the ground, the places and the movements of a frame; say what is known only roughly."""
    check_options(spec, OPTIONS)
    layers = layers_of(spec, ledger, language)
    chosen = names(spec, "places", ledger.entities)
    known = [entity.id for entity in movements(ledger)]
    moving = names(spec, "movements", known)
    if not (layers or chosen or moving):
        raise empty(spec)
    projection = project(_frame(spec, width), width - 2 * EDGE)
    placed = [place_move(ledger.entities[id_], projection, ledger) for id_ in moving]
    moves = [move for move in placed if move.points]
    spots = [spot for id_ in chosen if (spot := _spot(id_, projection, ledger))]
    spans = distances_of(spec, projection, ledger)
    drawing = _drawing(spec, projection, layers, spots, moves, spans, ledger, language)
    lost = [ledger.entities[id_] for id_ in chosen if not locate(id_, ledger)]
    head, rows = rows_of_map(layers, [s.entity for s in spots], moves, lost, ledger, language)
    rows += tuple(distance_rows(spans, ledger, language))
    shown = [*(move.entity for move in moves), *(spot.entity for spot in spots)]
    records: list[Claim | Entity] = [*(span.claim for span in spans), *shown]
    sources = [drawn.layer.source for drawn in layers] + [one.provenance.source for one in records]
    return Figure(
        id=spec.id,
        title=language.text(spec.title),
        alt=alt_of_map(
            spec, [s.entity for s in spots], moves, distance_facts(spans, ledger, language), ledger, language
        ),
        caption=_caption(spec, ledger, language),
        plot={"data": list(drawing.data), "layout": dict(drawing.layout)},
        table_head=head,
        table_rows=rows,
        record_ids=tuple(one.id for one in records),
        sources=tuple(dict.fromkeys(sources)),
        height=int(drawing.layout["height"]),
        width=width,
    )


def _frame(spec: Spec, width: int) -> Frame:
    value = spec.options.get("frame")
    if width < WIDE:
        value = spec.options.get("frame_narrow", value)
    right = isinstance(value, list | tuple) and len(value) == len(Frame.__args__)  # type: ignore[attr-defined]
    if not right or not all(isinstance(x, int | float) for x in cast("list[Any]", value)):
        raise bad(spec, 'needs the option "frame"', "write frame = [south, west, north, east]")
    south, west, north, east = (float(x) for x in cast("list[Any]", value))
    if south >= north or west >= east:
        raise bad(spec, "the frame has no inside", "write frame = [south, west, north, east]")
    return south, west, north, east


def _caption(spec: Spec, ledger: Ledger, language: Language) -> str:
    text = language.text(spec.caption)
    event = spec.options.get("event")
    if event is None:
        return text
    if event not in ledger.events:
        raise bad(spec, f'event names "{event}", which does not exist')
    date = language.date(ledger.events[str(event)].date)
    return language.say("{date}. {text}", date=date[:1].upper() + date[1:], text=text)


def _spot(ident: str, projection: Projection, ledger: Ledger) -> Spot | None:
    position = locate(ident, ledger)
    if position is None:
        return None
    return Spot(ledger.entities[ident], position, projection.pixel(position.lat, position.lon))


def _drawing(
    spec: Spec,
    projection: Projection,
    layers: Sequence[DrawnLayer],
    spots: Sequence[Spot],
    moves: Sequence[Move],
    spans: Sequence[Distance],
    ledger: Ledger,
    language: Language,
) -> Plot:
    room = FreeSpace(projection.width, projection.height)
    ground = basemap_shapes(layers, projection, room)
    rings = [ring for spot in spots if (ring := _ring(spot, projection))]
    arrows = [shape for move in moves for shape in arrow(move, ledger)]
    key = legend_of(projection, layers, moves, ledger, language, rough=bool(rings))
    avoid_distances(spans, room)
    lengths = distance_lengths(spans, ledger, language)
    texts = written(spec, projection, spots, moves, lengths, room, ledger, language)
    plot = layout(
        language,
        round(projection.height + key.tall) + EDGE,
        width=round(projection.width) + 2 * EDGE,
        margin={"l": EDGE, "r": EDGE, "t": EDGE, "b": round(key.tall), "pad": 0},
        xaxis=_axis([0, projection.width]),
        yaxis=_axis([projection.height, 0]),
        shapes=[*ground, *distance_shapes(spans), *rings, *arrows, *room.leaders, *key.shapes],
        annotations=[*texts, *key.notes],
    )
    seen = [spot for spot in spots if projection.inside(spot.point)]
    traces = [_places(spec, seen, language)] if seen else []
    return Plot([*traces, *symbols(spec.id, moves, ledger, language)], plot)


def _axis(span: list[float]) -> dict[str, Any]:
    quiet = {"showgrid": False, "showticklabels": False, "zeroline": False, "automargin": False}
    return {"range": span, "mirror": True, "showline": True, "linecolor": MUTED, **quiet}


def _ring(spot: Spot, projection: Projection) -> dict[str, Any] | None:
    radius = spot.position.precision_km * projection.scale
    if radius < LEAST_RING or not projection.inside(spot.point, -radius):
        return None
    x, y = spot.point
    box = {"x0": x - radius, "x1": x + radius, "y0": y - radius, "y1": y + radius}
    return RING | {side: round(value, 1) for side, value in box.items()} | {"xref": "x", "yref": "y"}


def _places(spec: Spec, spots: Sequence[Spot], language: Language) -> dict[str, Any]:
    return {
        "type": "scatter",
        "uid": f"{spec.id}-places",
        "mode": "markers",
        "x": [spot.point[0] for spot in spots],
        "y": [spot.point[1] for spot in spots],
        "marker": {
            "color": INK,
            "size": 8,
            "symbol": [_symbol(spec, spot.entity) for spot in spots],
            "line": {"width": 1.5, "color": INK},
        },
        "hovertext": [wrapped(language.text(spot.entity.name)) for spot in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [safe(spot.entity.id) for spot in spots],
    }


def _symbol(spec: Spec, entity: Entity) -> str:
    symbols_ = spec.options.get("symbols", {})
    return str(symbols_.get(entity.kind, "circle")) if isinstance(symbols_, Mapping) else "circle"
