"""A drawing and one that lies over it go in; they come out as one, or so that the second shows the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DRAWING = re.compile(
    r'(?P<start><svg[^>]* viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*>)'
    r"(?P<named><title.*?</title><desc.*?</desc>)(?P<inside>.*)</svg>",
    re.DOTALL,
)
_TITLE = re.compile("<title[^>]*>(.*?)</title>", re.DOTALL)
#: What keeps a drawing inside its edges, where a layer is kept as a whole; and turns that turn nothing.
_NEEDLESS = re.compile(
    r'<defs>(?:<clipPath.*?</clipPath>)+</defs>| clip-path="url\([^)]*\)"| transform="rotate\(0[,)][^"]*"',
    re.DOTALL,
)

#: The colour of a drawing that stands alone; the page of a layer has colours of its own.
_INSTEAD = re.compile(r"var\((--[\w-]+),[^()]*\)")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A drawing as `clean.mjs` writes it: its opening tag, its size, what names it, and what it shows."""

    start: str
    width: str
    height: str
    named: str
    inside: str

    @property
    def clipped(self) -> str:
        """What it shows, cut at its edges, without a name of its own: the same for the same content."""
        inside = _NEEDLESS.sub("", self.inside)
        return f'<svg width="{self.width}" height="{self.height}">{inside}</svg>'

    @property
    def label(self) -> str:
        """Its title, as the value of an attribute."""
        title = _TITLE.match(self.named)
        return title.group(1).replace('"', "&quot;") if title else ""


def shared(svg: str, name: str, layers: Mapping[str, str]) -> str:
    """Return a drawing of which other drawings of the same page can show all, by its *name*.

    It holds *layers* too, by their names, and shows none of them: side by side they are packed better than
    each among the words of its own place.
    """
    parts = _parts(svg)
    drawn = "".join(f'<g id="{other}">{_drawn(_parts(layer))}</g>' for other, layer in layers.items())
    held = f"<defs>{drawn}</defs>" if drawn else ""
    return f'{parts.start}{parts.named}<g id="{name}">{parts.inside}</g>{held}</svg>'


def over(svg: str, ground: str, name: str) -> str:
    """Return a drawing that shows the shared one called *name* beneath it, whose drawing is *ground*.

    Many of them stand on one page, which says their font and their language: they say little of their own.
    """
    return _framed(svg, ground, f'<use href="#{name}"/>{_drawn(_parts(svg))}')


def showing(svg: str, ground: str, *names: str) -> str:
    """Return a drawing of the size and label of `over`, which shows what the page holds by these names."""
    return _framed(svg, ground, "".join(f'<use href="#{name}"/>' for name in names))


def _framed(svg: str, ground: str, inside: str) -> str:
    parts, below = _parts(svg), _parts(ground)
    size = f"0 0 {below.width} {below.height}"
    return f'<svg role="img" aria-label="{parts.label}" viewBox="{size}">{inside}</svg>'


def _drawn(parts: _Parts) -> str:
    return _INSTEAD.sub(r"var(\1)", parts.clipped)


def joined(svg: str, ground: str) -> str:
    """Return a drawing with its ground, standing alone, without the legend below the ground."""
    parts, below = _parts(svg), _parts(ground)
    return f"{parts.start}{parts.named}{below.inside}{parts.clipped}</svg>"


def _parts(svg: str) -> _Parts:
    parts = _DRAWING.fullmatch(svg.strip())
    if parts is None:
        raise ValueError("this is no drawing of ours")
    return _Parts(**parts.groupdict())
