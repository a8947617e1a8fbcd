"""Plotly's graph objects, loaded when the first of them is made: a check makes none and loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["go"]


class _GraphObjects:
    def __getattr__(self, name: str) -> Any:
        from plotly import graph_objects

        return getattr(graph_objects, name)


if TYPE_CHECKING:
    from plotly import graph_objects as go
else:
    go = _GraphObjects()
