"""The options of traces, notes and shapes go in; a plot comes out, as Plotly's script reads it.

Plotly's own objects check each option as it is set, which took most of the time of a plot, and load slowly.
Here nothing is checked twice: the script that draws checks every plot against Plotly's schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: A figure as Plotly's script takes it, in plain JSON values: `{"data": […], "layout": {…}}`.
Plot = dict[str, Any]


class Part(dict[str, Any]):
    """A part of a plot: its options, by the names that Plotly gives them."""


class Annotation(Part):
    """A text in a plot."""


class Shape(Part):
    """A line, an area or a path in a plot."""


class Trace(Part):
    """Marks that draw data."""


class Scatter(Trace):
    """Points, lines between them, and texts beside them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(type="scatter", **options)


class Bar(Trace):
    """Bars from an axis, or from where they begin."""

    def __init__(self, **options: Any) -> None:
        super().__init__(type="bar", **options)


def plot(traces: Iterable[Trace], layout: Mapping[str, Any]) -> Plot:
    """Join traces and a layout; an option that is `None` is left out."""
    return {"data": [_plain(trace) for trace in traces], "layout": _plain(layout)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
