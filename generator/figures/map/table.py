"""What a map shows goes in; the table and the text come out that say it again, with every source."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.figures.figure import Cell
from generator.figures.map.basemap import DrawnLayer
from generator.figures.map.movements import Move
from generator.figures.wording import alt
from generator.language import Language
from generator.language.naming import attribution, side_name, source_name, word
from generator.language.places import path_text
from generator.ledger.model import Entity, Ledger
from generator.settings import Spec

Rows = tuple[tuple[Cell, ...], ...]


def rows_of_map(
    layers: Sequence[DrawnLayer],
    places: Sequence[Entity],
    moves: Sequence[Move],
    lost: Sequence[Entity],
    ledger: Ledger,
    language: Language,
) -> tuple[tuple[str, ...], Rows]:
    """Return the table of a map: movements, places, lines, and the places nobody can place."""
    say = language.say
    head = (say("On the map"), say("Side"), say("Where"), say("Known to within"), say("Source"))
    rows = [_move_row(move, ledger, language) for move in moves]
    rows += [_place_row(place, ledger, language) for place in places]
    rows += [_layer_row(drawn, ledger, language) for drawn in layers]
    rows += [_place_row(place, ledger, language) for place in lost]
    return head, tuple(rows)


def _move_row(move: Move, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    entity = move.entity
    name = f"{language.text(entity.name)} ({word(ledger, language, entity.kind)})"
    return (
        Cell(name, entity.id),
        Cell(side_name(ledger, language, entity.side)),
        Cell(_path(entity, ledger, language), value=str(entity.cells["path"])),
        Cell(_km(move.precision_km, language)),
        _source(entity, ledger, language),
    )


def _place_row(place: Entity, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    lat, lon, near = (place.cells.get(column) for column in ("lat", "lon", "precision_km"))
    about = ledger.positions.get(place.id)
    where, value, within = language.say("position unknown, not drawn"), "", ""
    if isinstance(lat, Decimal) and isinstance(lon, Decimal):
        where = language.typeset(f"{language.number(lat)}° N, {language.number(lon)}° E")
        value, within = f"{lat} {lon}", _km(float(near or 0), language)  # type: ignore[arg-type]
    elif about is not None:
        said = path_text(about.at, ledger, language)
        where = language.say("described: {where}", where=said)
        value, within = about.at, _km(float(about.precision_km), language)
    return (
        Cell(language.text(place.name), place.id),
        Cell(""),
        Cell(where, value=value),
        Cell(within),
        _source(place, ledger, language),
    )


def _layer_row(drawn: DrawnLayer, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    layer = drawn.layer
    source = f"{source_name(ledger, language, layer.source)} ({layer.licence})"
    return (
        Cell(drawn.label or language.list([language.text(one.name) for one in drawn.outlines])),
        Cell(side_name(ledger, language, drawn.outlines[0].side)),
        Cell(language.typeset(language.text(layer.note))),
        Cell(_km(layer.precision_km, language)),
        Cell(language.typeset(source), value=layer.source),
    )


def _source(entity: Entity, ledger: Ledger, language: Language) -> Cell:
    about = ledger.positions.get(entity.id)
    said = about.provenance if about and entity.cells.get("lat") is None else entity.provenance
    return Cell(language.say("; ").join(attribution(said, ledger, language)), value=said.source)


def _km(km: float, language: Language) -> str:
    return language.typeset(language.say("{n} km", n=language.number(Decimal(f"{km:g}"))))


def _path(entity: Entity, ledger: Ledger, language: Language) -> str:
    return path_text(str(entity.cells["path"]), ledger, language)


def alt_of_map(
    spec: Spec,
    places: Sequence[Entity],
    moves: Sequence[Move],
    facts: Sequence[str],
    ledger: Ledger,
    language: Language,
) -> str:
    """Say what a map shows: each movement and its way, each distance, or else the places."""
    what = language.say("Map.")
    said = [
        language.say(
            "{name}: {figure}",
            name=f"{language.text(move.entity.name)} ({side_name(ledger, language, move.entity.side)}, "
            f"{word(ledger, language, move.entity.kind)})",
            figure=_path(move.entity, ledger, language).replace("→", "–"),
        )
        for move in moves
    ]
    said = [*said, *facts] or [language.text(place.name) for place in places]
    return alt(language.text(spec.title), what, said, language)
