"""The options of a map go in; what it shows comes out, the same at both widths, or `BadSettingsError`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.figures.canvas import Canvas
from generator.figures.map.basemap import DrawnLayer, layers_of
from generator.figures.map.distances import Distance, distances_of
from generator.figures.map.movements import Movement, movement
from generator.figures.map.projection import Frame
from generator.figures.options import names, tables
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
    """All that a map shows; `lost` are places whose position is not known."""

    frame: Frame
    frame_narrow: Frame
    layers: Sequence[DrawnLayer]
    places: Sequence[Place]
    moves: Sequence[Movement]
    distances: Sequence[Distance]
    words: Sequence[Words]
    lost: Sequence[Entity]


def map_content(canvas: Canvas) -> MapContent:
    """Read what a map shows.

    Raises:
        BadSettingsError: an option is wrong, or nothing is to be drawn.
    """
    options, ledger = canvas.spec.options, canvas.ledger
    layers = layers_of(canvas)
    chosen = names(canvas, "places", ledger.entities)
    moving = names(canvas, "movements", [entity.id for entity in movements(ledger)])
    if not (layers or chosen or moving):
        raise canvas.empty()
    frame = _frame(canvas, options.get("frame"))
    return MapContent(
        frame=frame,
        frame_narrow=_frame(canvas, options["frame_narrow"]) if "frame_narrow" in options else frame,
        layers=layers,
        places=[place for ident in chosen if (place := _place(canvas, ident))],
        moves=[move for ident in moving if (move := movement(canvas, ident)).path],
        distances=distances_of(canvas),
        words=[_words(canvas, entry) for entry in tables(canvas, "words")],
        lost=[ledger.entities[ident] for ident in chosen if not locate(ident, ledger)],
    )


def _frame(canvas: Canvas, value: object) -> Frame:
    form = "write frame = [south, west, north, east]"
    if not isinstance(value, list | tuple) or len(value) != 4 or not all(map(_is_number, value)):
        raise canvas.bad('needs the option "frame"', form)
    south, west, north, east = (float(x) for x in value)
    if south >= north or west >= east:
        raise canvas.bad("the frame has no inside", form)
    return south, west, north, east


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _place(canvas: Canvas, ident: str) -> Place | None:
    """Return a place with the short name and the symbol that the settings give it on this map."""
    position = locate(ident, canvas.ledger)
    if position is None:
        return None
    entity = canvas.ledger.entities[ident]
    labels, symbols = (canvas.spec.options.get(option, {}) for option in ("labels", "symbols"))
    name = labels.get(ident) if isinstance(labels, Mapping) else None
    symbol = symbols.get(entity.kind, "circle") if isinstance(symbols, Mapping) else "circle"
    return Place(
        entity, position, canvas.text(name if isinstance(name, Mapping) else entity.name), str(symbol)
    )


def _words(canvas: Canvas, entry: Mapping[str, object]) -> Words:
    at = entry.get("at")
    if not isinstance(at, list | tuple) or len(at) != 2 or not all(map(_is_number, at)):
        raise canvas.bad("words of the map have no place", "write at = [latitude, longitude]")
    text = entry.get("text")
    if not isinstance(text, Mapping):
        raise canvas.bad("words of the map are not in every language", 'write text = { fr = "…", en = "…" }')
    return Words(canvas.text(text), float(at[0]), float(at[1]), str(entry.get("only", "")))
