"""The options of a map go in; what it shows comes out, the same at both widths, or `BadSettingsError`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.canvas import BadSettingsError, Canvas
from generator.figures.map.basemap import DrawnLayer, layers_of
from generator.figures.map.distances import Distance, distances_of
from generator.figures.map.movements import Movement, movement
from generator.figures.map.options import MapOptions
from generator.figures.map.projection import Frame, project
from generator.figures.options import known
from generator.ledger.model import Entity
from generator.ledger.positions import Position, locate, movements


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a position, the name the map gives it, and its symbol."""

    entity: Entity
    position: Position
    name: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the map itself: what they say and where; `only` one width, or both where it is empty."""

    text: str
    lat: float
    lon: float
    only: str = ""


@dataclass(frozen=True, slots=True)
class MapContent:
    """All that a map shows; `lost` are places whose position is not known.

    `passing` are movements that are drawn over the map elsewhere: its names keep off them.
    """

    frame: Frame
    frame_narrow: Frame
    layers: Sequence[DrawnLayer]
    places: Sequence[Place]
    moves: Sequence[Movement]
    distances: Sequence[Distance]
    words: Sequence[Words]
    lost: Sequence[Entity]
    passing: Sequence[Movement] = ()


def map_content(canvas: Canvas, options: MapOptions) -> MapContent:
    """Find what a map shows.

    Raises:
        BadSettingsError: an option names what is not there, or what does not lie in the frame.
    """
    ledger = canvas.ledger
    layers = layers_of(canvas, options.layers)
    chosen = known(canvas, ("places",), options.places, ledger.entities)
    moving = known(canvas, ("movements",), options.movements, [one.id for one in movements(ledger)])
    if not (layers or chosen or moving):
        raise canvas.empty()
    content = MapContent(
        frame=options.frame,
        frame_narrow=options.frame_narrow or options.frame,
        layers=layers,
        places=[place for ident in chosen if (place := _place(canvas, options, ident))],
        moves=[move for ident in moving if (move := movement(canvas, ident)).path],
        distances=distances_of(canvas, options),
        words=[Words(canvas.text(one.text), *one.at, one.only or "") for one in options.words],
        lost=[ledger.entities[ident] for ident in chosen if not locate(ident, ledger)],
        passing=[move for ident in canvas.passing if (move := movement(canvas, ident)).path],
    )
    _check_frame(canvas, content)
    return content


def _check_frame(canvas: Canvas, content: MapContent) -> None:
    """Refuse a frame in which nothing lies, and a layer of which nothing lies in it."""
    projection = project(content.frame, canvas.width)
    positions = [one.position for one in content.places]
    positions += [position for move in content.moves for position in move.path]
    inside = any(projection.inside(projection.pixel(one.lat, one.lon)) for one in positions)
    unseen = [n for n, drawn in enumerate(content.layers) if not drawn.is_in(projection)]
    if not inside and len(unseen) == len(content.layers):
        hint = "are latitude and longitude swapped? write frame = [south, west, north, east]"
        raise canvas.bad("nothing of what the map shows lies in its frame", hint, ("frame",))
    if unseen:
        hint = "leave the layer out, or widen the frame"
        raise BadSettingsError(
            *(
                canvas.problem(
                    f'nothing of the layer "{content.layers[n].layer.id}" lies in the frame',
                    hint,
                    ("layers", n),
                )
                for n in unseen
            )
        )


def _place(canvas: Canvas, options: MapOptions, ident: str) -> Place | None:
    """Return a place with the short name and the symbol that the settings give it on this map."""
    position = locate(ident, canvas.ledger)
    if position is None:
        return None
    entity = canvas.ledger.entities[ident]
    name = canvas.text(options.labels.get(ident, entity.name))
    return Place(entity, position, name, options.symbols.get(entity.kind, "circle"))
