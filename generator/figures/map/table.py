"""What a map shows goes in; the table and the text come out that say it again, with every source."""

from __future__ import annotations

from decimal import Decimal

from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Row, Table
from generator.figures.map.basemap import DrawnLayer
from generator.figures.map.content import MapContent
from generator.figures.map.distances import distance_facts, distance_row
from generator.figures.map.movements import Movement, kind_of
from generator.figures.wording import alt, source_cell
from generator.language.places import path_text, position_text
from generator.ledger.model import Entity


def table_of_map(canvas: Canvas, content: MapContent) -> Table:
    """Return the table of a map: movements, places, lines, the places nobody can place, distances."""
    say = canvas.say
    rows = [_move_row(canvas, move) for move in content.moves]
    rows += [_place_row(canvas, spot.entity) for spot in content.places]
    rows += [_layer_row(canvas, drawn) for drawn in content.layers]
    rows += [_place_row(canvas, place) for place in content.lost]
    rows += [distance_row(canvas, distance) for distance in content.distances]
    head = (say("On the map"), say("Side"), say("Where"), say("Known to within"), say("Source"))
    return Table(head, tuple(rows))


def _move_row(canvas: Canvas, move: Movement) -> Row:
    entity = move.entity
    return (
        Cell(f"{canvas.text(entity.name)} ({kind_of(canvas, move)})", entity.id),
        Cell(canvas.side_name(entity.side)),
        Cell(_path(canvas, entity), value=str(entity.cells["path"])),
        Cell(_km(canvas, move.precision_km)),
        source_cell(canvas, entity.provenance),
    )


def _place_row(canvas: Canvas, place: Entity) -> Row:
    lat, lon, near = (place.cells.get(column) for column in ("lat", "lon", "precision_km"))
    described = canvas.ledger.positions.get(place.id)
    where, value, within = canvas.say("position unknown, not drawn"), "", ""
    provenance = place.provenance
    if isinstance(lat, Decimal) and isinstance(lon, Decimal):
        near = near if isinstance(near, Decimal) else Decimal(0)
        where, within = position_text(lat, lon, canvas.language, near), _km(canvas, near)
        value = f"{lat} {lon}"
    elif described is not None:
        path = path_text(described.at, canvas.ledger, canvas.language)
        where, value = canvas.say("described: {where}", where=path), described.at
        within, provenance = _km(canvas, described.precision_km), described.provenance
    return (
        Cell(canvas.text(place.name), place.id),
        Cell(""),
        Cell(where, value=value),
        Cell(within),
        source_cell(canvas, provenance),
    )


def _layer_row(canvas: Canvas, drawn: DrawnLayer) -> Row:
    layer, language = drawn.layer, canvas.language
    source = f"{canvas.source_name(layer.source)}, {canvas.text(layer.licence)}"
    return (
        Cell(drawn.label or language.list([canvas.text(one.name) for one in drawn.outlines])),
        Cell(canvas.side_name(drawn.outlines[0].side)),
        Cell(language.typeset(canvas.text(layer.note))),
        Cell(_km(canvas, layer.precision_km)),
        Cell(language.typeset(source), value=layer.source),
    )


def _km(canvas: Canvas, km: Decimal | float) -> str:
    return canvas.language.typeset(canvas.say("{n} km", n=canvas.number(Decimal(f"{float(km):g}"))))


def _path(canvas: Canvas, entity: Entity) -> str:
    return path_text(str(entity.cells["path"]), canvas.ledger, canvas.language)


def alt_of_map(canvas: Canvas, content: MapContent) -> str:
    """Say what a map shows: each movement and its way, each distance, or else the places."""
    statements = []
    for entity in (move.entity for move in content.moves):
        kind_and_side = f"{canvas.side_name(entity.side)}, {canvas.word(entity.kind)}"
        name = f"{canvas.text(entity.name)} ({kind_and_side})"
        statements.append(canvas.pair(name, _path(canvas, entity).replace("→", "–")))
    statements += distance_facts(canvas, content.distances)
    statements = statements or [canvas.text(spot.entity.name) for spot in content.places]
    return alt(canvas, canvas.say("Map."), statements)
