"""Texts of the ledger and the settings go in; escaped, broken and measured labels come out."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterable

#: Pixels: the size of letters at both widths (about 13 once a column of text has scaled the drawing),
#: and the height of a line.
SIZE = 15
LINE = 19
#: The mean width of a letter at SIZE, in pixels, measured over the alphabet and rounded up.
LETTER = 8.1


def safe(text: str) -> str:
    """Escape a text of the ledger or the settings: Plotly reads markup in every text it draws."""
    return html.escape(text, quote=False)


def bold(text: str, *, when: bool = True) -> str:
    """Make an escaped text bold, or leave it."""
    return f"<b>{text}</b>" if when else text


def wrapped(text: str, width: int = 28) -> str:
    """Escape a label and break it into lines of about *width* letters."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(safe(line) for line in lines)


def breaks(text: str) -> int:
    """Count the lines of a label after its first."""
    return text.count("<br>")


def tall(text: str) -> int:
    """Return how high the lines of a label are, in pixels."""
    return (breaks(text) + 1) * LINE


def letters(text: str) -> int:
    """Count the letters of the longest line of a label that `wrapped` made."""
    plain = text.replace("<b>", "").replace("</b>", "")
    return max(len(html.unescape(line)) for line in plain.split("<br>"))


def long(text: str, size: float = SIZE) -> float:
    """Return how long the longest line of a label is at a size, in pixels."""
    return letters(text) * LETTER * size / SIZE


def margin_for(labels: Iterable[str], least: int = 24, most: int = 270) -> int:
    """Return the margin in which the longest of these labels fits, in pixels."""
    longest = max((letters(label) for label in labels), default=0)
    return min(most, max(least, math.ceil(longest * LETTER) + 14))
