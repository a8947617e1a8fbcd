"""Texts of the ledger and the settings go in; escaped, broken and measured labels come out."""

from __future__ import annotations

import html
import math
import re
import textwrap
from collections.abc import Iterable

#: Pixels: the size of letters at both widths (about 13 once a column of text has scaled the drawing),
#: and the height of a line.
SIZE = 15
LINE = 19
#: The mean width of a letter at SIZE, in pixels, measured over the alphabet and rounded up.
LETTER = 8.1
#: A sign of a script without spaces, and its stops and brackets.
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
#: Where a line may end between two of them: not before what closes, nor behind what opens.
_BETWEEN_SIGNS = re.compile(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60])(?<![（「『])(?![、。）」』ーっゃゅょッャュョ])(?=.)"
)
_JOINT = "\u200b"


def safe(text: str) -> str:
    """Escape a text of the ledger or the settings: Plotly reads markup in every text it draws."""
    return html.escape(text, quote=False)


def bold(text: str, *, when: bool = True) -> str:
    """Make an escaped text bold, or leave it."""
    return f"<b>{text}</b>" if when else text


def wrapped(text: str, width: int = 28) -> str:
    """Escape a label and break it into lines of about *width* letters.

    A script without spaces is broken between any two of its signs, each as wide as two letters.
    """
    parted = _BETWEEN_SIGNS.sub(_JOINT, text) if _WIDE.search(text) else text
    lines = [line.replace(_JOINT, "") for line in _lines(parted, width)]
    return "<br>".join(safe(line) for line in lines)


def _lines(text: str, width: int) -> list[str]:
    if _JOINT not in text:
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    lines = [""]
    for part in re.split(rf"({_JOINT}|(?<= ))", text):
        if lines[-1] and _count(lines[-1] + part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def _count(line: str) -> int:
    """Count the letters of a line; a sign of a script without spaces is as wide as two."""
    return len(line) + len(_WIDE.findall(line)) - line.count(_JOINT)


def breaks(text: str) -> int:
    """Count the lines of a label after its first."""
    return text.count("<br>")


def tall(text: str) -> int:
    """Return how high the lines of a label are, in pixels."""
    return (breaks(text) + 1) * LINE


def letters(text: str) -> int:
    """Count the letters of the longest line of a label that `wrapped` made."""
    plain = text.replace("<b>", "").replace("</b>", "")
    return max(_count(html.unescape(line)) for line in plain.split("<br>"))


def long(text: str, size: float = SIZE) -> float:
    """Return how long the longest line of a label is at a size, in pixels."""
    return letters(text) * LETTER * size / SIZE


def margin_for(labels: Iterable[str], least: int = 24, most: int = 270) -> int:
    """Return the margin in which the longest of these labels fits, in pixels."""
    longest = max((letters(label) for label in labels), default=0)
    return min(most, max(least, math.ceil(longest * LETTER) + 14))
