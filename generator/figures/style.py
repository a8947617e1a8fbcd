"""Texts, sides and sizes go in; the look that all figures share comes out, as Plotly's dicts."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.figures.figure import WIDE
from generator.language import Language
from generator.ledger.model import Ledger, Side

INK, MUTED, GRID = "#1f2430", "#6b6258", "#e4dfd6"
#: The second family has the signs of the key.
FONT = "IBM Plex Sans, IBM Plex Sans JP, sans-serif"
#: The same at both widths: about 13 pixels once a column of text has scaled the drawing.
SIZE = 15
LINE = 19
ROW = 36
#: The mean width of a letter at SIZE, measured over the alphabet and rounded up.
LETTER = 8.1
#: The room for the sign before a name in the key, and for the air after it.
SIGN = 19
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
#: The signs of the key, for the symbols of Plotly that sides may have.
GLYPHS = {
    "circle": "●",
    "circle-open": "○",
    "square": "■",
    "square-open": "□",
    "diamond": "◆",
    "diamond-open": "◇",
    "triangle-up": "▲",
    "triangle-up-open": "△",
    "triangle-down": "▼",
    "triangle-down-open": "▽",
    "star": "★",
    "star-open": "☆",
    "cross": "+",
    "x": "×",
}

Box = tuple[float, float, float, float]


def _axis() -> dict[str, Any]:
    return {
        "gridcolor": GRID,
        "linecolor": GRID,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": MUTED, "size": SIZE - 1},
        "automargin": True,
        "ticklabelstandoff": 6,
        "title": {"font": {"color": MUTED, "size": SIZE - 1}},
    }


TEMPLATE: Mapping[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left",
            "bgcolor": "#ffffff",
            "bordercolor": MUTED,
            "font": {"family": FONT, "size": SIZE - 1, "color": INK},
        },
        "xaxis": _axis(),
        "yaxis": _axis(),
    }
}


def layout(language: Language, height: int, *, width: int = WIDE, **more: object) -> dict[str, Any]:
    """Return a layout of the shared look and of this size, with *more* on top."""
    separators = SEPARATORS.get(language.code, ".,")
    shared: dict[str, Any] = {
        "template": TEMPLATE,
        "width": width,
        "height": height,
        "separators": separators,
        "dragmode": False,
    }
    return {**shared, **more}


def safe(text: str) -> str:
    """Escape a text of the ledger or the settings: Plotly reads markup in every text it draws."""
    return html.escape(text, quote=False)


def wrapped(text: str, width: int = 28) -> str:
    """Escape a label and break it into lines of about *width* letters."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(safe(line) for line in lines)


def letters(text: str) -> int:
    """Count the letters of the longest line of a label that `wrapped` made."""
    plain = text.replace("<b>", "").replace("</b>", "")
    return max(len(html.unescape(line)) for line in plain.split("<br>"))


def row_height(*labels: str) -> int:
    """Return the height a row needs for the label with the most lines."""
    return max(ROW, max(label.count("<br>") + 1 for label in labels) * LINE + 14)


def margin_for(labels: Iterable[str], least: int = 24, most: int = 270) -> int:
    """Return the margin in which the longest of these labels fits."""
    longest = max((letters(label) for label in labels), default=0)
    return min(most, max(least, math.ceil(longest * LETTER) + 14))


def note(text: str, **where: object) -> dict[str, Any]:
    """Return an annotation without an arrow: a text that is part of the drawing."""
    shared = {"text": text, "showarrow": False, "xref": "paper", "yref": "y", "align": "left"}
    return {**shared, "xanchor": "left", "yanchor": "middle", **where}


def legend(sides: Sequence[Side], language: Language, left: int, width: int = WIDE) -> list[dict[str, Any]]:
    """Name the sides above the drawing, in colour and with their signs, when there are two."""
    if len(sides) <= 1:
        return []
    named = [(side, language.text(side.short) or language.text(side.name)) for side in sides]
    # A dash stands for no side.
    entries = [
        (GLYPHS.get(side.symbol, "■"), name, side.colour)
        for side, name in named
        if any(map(str.isalnum, name))
    ]
    return signed(entries, left, width)


def signed(entries: Sequence[tuple[str, str, str]], left: int, width: int) -> list[dict[str, Any]]:
    """Write signs and what they mean above the drawing, in their colours, in as many lines as it takes."""
    placed: list[tuple[float, int, tuple[str, str, str]]] = []
    x, line = 0.0, 0
    for entry in entries:
        needs = SIGN + len(entry[1]) * LETTER + SIGN
        if x and x + needs > width:
            x, line = 0.0, line + 1
        placed.append((x, line, entry))
        x += needs
    found = []
    for x, row, (sign, name, colour) in placed:
        shared: dict[str, Any] = {"x": 0, "y": 1, "yref": "paper", "yanchor": "bottom"}
        shared |= {"yshift": 10 + (line - row) * LINE, "font": {"color": colour}}
        # The sign is a text of its own: it comes from another font than the name.
        found.append(note(sign, xshift=4 - left + x, **shared))
        found.append(note(safe(name), xshift=4 - left + x + SIGN, **shared))
    return found


def legend_height(keys: Sequence[Mapping[str, Any]], least: int = 12) -> int:
    """Return the margin above a drawing that its key needs, or *least* without one."""
    return len({one["yshift"] for one in keys}) * LINE + 24 if keys else least


def side_of(ledger: Ledger, side: str) -> Side:
    """Return a side, or a neutral one for a record that belongs to none."""
    return ledger.sides.get(side) or Side(side, 10_000, {}, {}, MUTED, "circle", "")


def hollow(symbol: str) -> str:
    """Return the open form of a symbol."""
    return symbol if symbol.endswith("-open") else f"{symbol}-open"


def plain(value: Decimal) -> int | float:
    """Return a number as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)


def value_axis(
    values: Sequence[Decimal], language: Language, *, log: bool = False, ticks: int = 4
) -> dict[str, Any]:
    """Return an axis with about so many *ticks*, in the language; a linear one starts at zero."""
    top = max(values)
    marked = _powers(min(values), top) if log else _steps(top, ticks)
    low = math.log10(min(values)) - 0.12 if log else 0
    high = math.log10(top) + 0.12 if log else plain(top) * 1.06 or 1
    return {
        "type": "log" if log else "linear",
        "range": [low, high],
        "tickmode": "array",
        "tickvals": [plain(tick) for tick in marked],
        "ticktext": [safe(language.number(tick)) for tick in marked],
    }


def _steps(top: Decimal, ticks: int) -> list[Decimal]:
    if top <= 0:
        return [Decimal(0)]
    rough = top / ticks
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    return [step * n for n in range(int(top / step) + 1)]


def _powers(low: Decimal, high: Decimal) -> list[Decimal]:
    first, last = low.adjusted(), high.adjusted()
    factors = (1, 2, 5) if last - first <= 1 else (1,)
    found = [Decimal(10) ** power * factor for power in range(first, last + 1) for factor in factors]
    inside = [tick for tick in found if low * 3 / 4 <= tick <= high * 13 / 10]
    return inside or [low]


def fraction(value: Decimal, axis: Mapping[str, Any]) -> float:
    """Return where on an axis a value stands, from 0 to 1."""
    low, high = axis["range"]
    number = math.log10(value) if axis["type"] == "log" else float(value)
    return float((number - low) / (high - low))


def first_free(boxes: list[Box], wanted: Sequence[Box]) -> int | None:
    """Return which of the *wanted* places is free of *boxes*, and take it; `None` if none is."""
    for index, (left, top, right, bottom) in enumerate(wanted):
        if all(left >= r or right <= x or top >= b or bottom <= y for x, y, r, b in boxes):
            boxes.append((left, top, right, bottom))
            return index
    return None
