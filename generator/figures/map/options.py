"""What the options of a map are: its frame, its layers, what is named on it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from generator.figures.map.projection import Frame
from generator.figures.options import AnyIds
from generator.ledger.roles import SYMBOLS
from generator.problems import did_you_mean
from generator.typed import Texts, record, refused


def _frame(frame: Frame) -> Frame:
    """A frame lies on the globe, its south before its north; it may lie across the 180th meridian."""
    south, west, north, east = frame
    form = "write frame = [south, west, north, east], in decimal degrees"
    if not (-90 <= south <= 90 and -90 <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        swapped = abs(south) > 90 or abs(north) > 90
        question = "are latitude and longitude swapped? " if swapped else ""
        raise refused("the frame does not lie on the globe", question + form)
    if south >= north or west == east:
        raise refused("the frame has no inside", form)
    if (east - west) % 360 > 180:
        raise refused("the frame is wider than half the globe", f"are west and east swapped? {form}")
    return frame


def _place(at: tuple[float, float]) -> tuple[float, float]:
    lat, lon = at
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise refused(f"{lat:g}, {lon:g} is no place on the globe", "write at = [latitude, longitude]")
    return at


def _symbol(symbol: str) -> str:
    if symbol not in SYMBOLS:
        raise refused(f'there is no symbol "{symbol}"', did_you_mean(symbol, SYMBOLS, 'write "square"'))
    return symbol


SymbolName = Annotated[str, AfterValidator(_symbol)]
FrameOption = Annotated[
    Frame, Field(description="four numbers, [south, west, north, east]"), AfterValidator(_frame)
]


@record
class LayerOptions:
    """A layer: a file of `data/geo` by its name, which of its features, how they are drawn and called."""

    geo: str = Field(description="the name of a file in data/geo")
    features: AnyIds = ()
    style: Literal["river", "lake", "coast", "border", "claimed", "railway", "area"] = "border"
    dash: Literal["solid", "dash", "dot", "dashdot", "longdash"] | None = None
    label: Texts = Field(default_factory=dict)
    legend: bool = True


@record
class WordsOptions:
    """Words of the map itself, and where they stand; `only` on the wide or the narrow drawing."""

    text: Texts
    at: Annotated[
        tuple[float, float], Field(description="a place, [latitude, longitude]"), AfterValidator(_place)
    ]
    only: Literal["wide", "narrow"] | None = None


@record
class MapOptions:
    """The frame; layers; places, with symbols by their kind and short names; movements; distances."""

    frame: FrameOption
    frame_narrow: FrameOption | None = None
    layers: Annotated[tuple[LayerOptions, ...], Field(description="[[figure.layers]] tables")] = ()
    places: AnyIds = ()
    movements: AnyIds = ()
    words: Annotated[tuple[WordsOptions, ...], Field(description="tables with text and at")] = ()
    symbols: dict[str, SymbolName] = Field(default_factory=dict, description='symbols, { kind = "square" }')
    labels: dict[str, Texts] = Field(default_factory=dict, description="short names of places")
    event: str = ""
    origin: str = ""
    distances: AnyIds = ()
