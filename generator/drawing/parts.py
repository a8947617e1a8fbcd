"""Plain values go in; they come out with what is said in several places written once, and referred to.

A figure is drawn at two widths: most of what the second says is in the first. What puts it together again is
`restored` in `explore.js`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

#: The key of an object that stands for a part, by the part's number.
REFERENCE: Final = ""
#: In fewer letters a part is written again: a reference to it would not be shorter by much.
LEAST: Final = 24


def said_once(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with references, and under `parts` what these refer to.

    No value may have the empty key, which is what a reference has.
    """
    writer = _Writer()
    writer.count(values)
    return {**{name: writer.within(value) for name, value in values.items()}, "parts": writer.parts}


class _Writer:
    """Counts how often each part is said, then writes those of them once that are said again."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self._times: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        self._written: dict[int, str] = {}

    def count(self, value: Any) -> str:
        """Count a value and what is in it; return it as it is written, which is what it is known by."""
        if isinstance(value, Mapping):
            inside = ",".join(f"{json.dumps(key)}:{self.count(one)}" for key, one in sorted(value.items()))
            written = f"{{{inside}}}"
        elif isinstance(value, list | tuple):
            written = f"[{','.join(map(self.count, value))}]"
        else:
            written = json.dumps(value, ensure_ascii=False)
        if len(written) >= LEAST:
            self._times[written] += 1
            self._written[id(value)] = written
        return written

    def within(self, value: Any) -> Any:
        """Return a value with references in the place of what is said elsewhere too."""
        written = self._written.get(id(value), "")
        if self._times[written] < 2:
            return self._inside(value)
        if written not in self._numbers:
            inside = self._inside(value)
            self._numbers[written] = len(self.parts)
            self.parts.append(inside)
        return {REFERENCE: self._numbers[written]}

    def _inside(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: self.within(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.within(one) for one in value]
        return value
