"""The words before a macro and what it writes go in; what is wrong where they meet comes out, or nothing."""

from __future__ import annotations

import re
from functools import cache

from generator.language.rules import rules_of


def clash(before: str, written: str, code: str) -> tuple[str, str] | None:
    """Return what is wrong where *written* follows what is typed *before* it, and what to do about it.

    A macro that writes "at least 20" has no "above" before it, nor "du 3 au 5 mai" a "le".
    """
    written = written.replace("\u00a0", " ")
    for typed, next_written, hint in _patterns(code):
        second = next_written.match(written)
        first = typed.search(re.sub(r"\s+", " ", before)) if second else None
        if first and second:
            return f'"{first.group().strip()} {second.group().strip()}"', hint
    return None


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """Return what matches both sides of each joint that a language cannot have, and what to do about it."""
    return tuple(
        (
            re.compile(rf"(?:(?<=\W)|^)(?:{one.typed}) $", re.IGNORECASE),
            re.compile(rf"(?:{one.written})(?![^\W\d_])"),
            one.hint,
        )
        for one in rules_of(code).clashes
    )
