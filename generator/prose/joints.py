"""The words before a macro and what it writes go in; what is wrong where they meet comes out, or nothing."""

from __future__ import annotations

import re

from generator.language.rules import rules_of


def clash(before: str, written: str, code: str) -> tuple[str, str] | None:
    """Return what is wrong where *written* follows what is typed *before* it, and what to do about it.

    A macro that writes "at least 20" has no "above" before it, nor "du 3 au 5 mai" a "le".
    """
    before, written = re.sub(r"\s+", " ", before), written.replace("\u00a0", " ")
    for one in rules_of(code).clashes:
        first = re.search(rf"(?:(?<=\W)|^)(?:{one.typed}) $", before, re.IGNORECASE)
        second = re.match(rf"(?:{one.written})(?![^\W\d_])", written)
        if first and second:
            return f'"{first.group().strip()} {second.group().strip()}"', one.hint
    return None
