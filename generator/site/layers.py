"""A page with drawings that lie over one of its figures goes in; each is put over the one drawing of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from generator.drawing.layers import over, shared, showing
from generator.site.context import Context
from generator.site.html import PageTree

_WIDTHS = ("wide", "narrow")


def show_layers(page: PageTree, context: Context) -> None:
    """Put each layer of a page into its room, over the drawing of its ground, which the page holds once.

    The narrow one stands there. The wide ones come together, in one script, to who has room for them; without
    script, and on paper until they have come, the narrow ones are shown at every width.
    """
    code, drawn = context.code, {"wide": context.drawings.wide, "narrow": context.drawings.narrow}
    layers = [
        (room, figure.attributes["data-layer"] or "", room.attributes["data-ground"] or "")
        for figure in page.tree.css("[data-layer]")
        for room in figure.css("[data-ground]")
    ]
    for ground in {ground for _, _, ground in layers}:
        small = {_held(one): drawn["narrow"][code, one] for _, one, below in layers if below == ground}
        held: Mapping[str, Mapping[str, str]] = {"narrow": small, "wide": {}}
        for room in page.tree.css(f'[data-picture="{ground}"]'):
            room.inner_html = "".join(
                f'<div class="fig-{width}">'
                f"{shared(drawn[width][code, ground], _name(ground, width), held[width])}</div>"
                for width in _WIDTHS
            )
    script = posixpath.basename(_script(page))
    for room, layer, ground in layers:
        page.over[layer] = ground
        # Until the wide one has come, its ground stands in its place.
        wide = showing(drawn["wide"][code, layer], drawn["wide"][code, ground], _name(ground, "wide"))
        names = _name(ground, "narrow"), _held(layer)
        narrow = showing(drawn["narrow"][code, layer], drawn["narrow"][code, ground], *names)
        room.inner_html = (
            f'<div class="fig-wide" data-drawing="{script}#{layer}">{wide}</div>'
            f'<div class="fig-narrow">{narrow}</div>'
        )
        room.attrs["class"] = f"{room.attributes.get('class') or ''} fig-over".strip()


def late_layers(pages: Iterable[PageTree], context: Context) -> dict[str, dict[str, str]]:
    """Return what the scripts with the wide layers of pages bring, by path in the site of the language.

    Each brings the layers of a page, by id: what stands behind "#" in the address that asks for one.
    """
    code, wide = context.code, context.drawings.wide
    return {
        _script(page): {
            layer: over(wide[code, layer], wide[code, ground], _name(ground, "wide"))
            for layer, ground in page.over.items()
        }
        for page in pages
        if page.over
    }


def _script(page: PageTree) -> str:
    """Return where the wide layers of a page are."""
    return f"{page.path.removesuffix('.html')}.wide.js"


def _held(layer: str) -> str:
    return f"{layer}-narrow"


def _name(ground: str, width: str) -> str:
    return f"ground-{ground}-{width}"
