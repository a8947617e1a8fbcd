"""A page with drawings that lie over one of its figures goes in; each is put over the one drawing of it."""

from __future__ import annotations

from generator.drawing.layers import over, shared
from generator.site.context import Context
from generator.site.html import PageTree

_WIDTHS = ("wide", "narrow")


def show_layers(page: PageTree, context: Context) -> None:
    """Put each layer of a page into its room, over the drawing of its ground, which the page holds once."""
    code, drawn = context.code, {"wide": context.drawings.wide, "narrow": context.drawings.narrow}
    layers = [
        (room, figure.attributes["data-layer"] or "", room.attributes["data-ground"] or "")
        for figure in page.tree.css("[data-layer]")
        for room in figure.css("[data-ground]")
    ]
    for ground in {ground for _, _, ground in layers}:
        for room in page.tree.css(f'[data-picture="{ground}"]'):
            room.inner_html = "".join(
                f'<div class="fig-{width}">{shared(drawn[width][code, ground], _name(ground, width))}</div>'
                for width in _WIDTHS
            )
    for room, layer, ground in layers:
        room.inner_html = "".join(
            f'<div class="fig-{width}">'
            f"{over(drawn[width][code, layer], drawn[width][code, ground], _name(ground, width))}</div>"
            for width in _WIDTHS
        )


def _name(ground: str, width: str) -> str:
    return f"ground-{ground}-{width}"
