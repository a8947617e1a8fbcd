"""The text of a page goes in; it comes out read, with the slips in its words, from memory where it can.

What is wrong with words depends on no table: a page whose text has not changed is not read again for a cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.loading import SHINGLES, Inputs
from generator.output.memory import Memory, Parts
from generator.problems import Problem
from generator.prose.reading import Reading, extensions_of
from generator.prose.source import (
    Prose,
    check_notes,
    check_numbers,
    check_sections,
    check_words,
    read_prose,
)
from generator.prose.style import check_style, running_text


@dataclass(frozen=True)
class Proofreader:
    """Reads the pages of a documentary; *memory* holds what earlier builds made of the same texts.

    *known* holds by slot what this process made last, and of what.
    """

    inputs: Inputs
    memory: Memory | None = None
    known: dict[str, tuple[Parts, Any]] = field(default_factory=dict)

    @cached_property
    def extensions(self) -> tuple[str, ...]:
        """Those extensions of Markdown that decide what is prose."""
        return extensions_of(self.inputs.engine.extensions)

    @cached_property
    def _read_by(self) -> str:
        """The digest of all that a text is read by beside itself."""
        shingles = self.inputs.files.get(SHINGLES, b"")
        return hashlib.sha256(repr(self.extensions).encode() + b"\0" + shingles).hexdigest()

    def read(self, file: str, text: str) -> tuple[Prose, tuple[Problem, ...]] | list[Problem]:
        """Return a page as written, with what is wrong with its words; or why it cannot be read."""
        read: list[Prose] = []

        def make() -> tuple[Reading, tuple[Problem, ...]] | list[Problem]:
            prose = read_prose(file, text, self.extensions)
            if isinstance(prose, list):
                return prose
            read.append(prose)
            return prose.reading, tuple(self._problems(prose))

        made = self._recall(f"words of {file}", {"its text": text, "how it is read": self._read_by}, make)
        if isinstance(made, list):
            return made
        reading, problems = made
        prose = read[0] if read else read_prose(file, text, self.extensions, reading)
        return prose if isinstance(prose, list) else (prose, problems)

    def _problems(self, prose: Prose) -> Iterable[Problem]:
        yield from check_sections(prose)
        yield from check_notes(prose)
        yield from check_numbers(prose)
        yield from check_words(prose, self.inputs.shingles)

    def proofread(self, prose: Prose, body: str, code: str) -> tuple[Problem, ...]:
        """Return the slips in the sentences of a page, whose *body* has every macro written out."""
        running = running_text(body)
        parts = {"its text": prose.text, "its sentences": running, "how it is read": self._read_by}
        slips: tuple[Problem, ...] = self._recall(
            f"sentences of {prose.file} in {code}",
            parts,
            lambda: tuple(check_style(prose, running, code, self.extensions)),
        )
        return slips

    def _recall(self, slot: str, parts: Parts, make: Callable[[], Any]) -> Any:
        if slot not in self.known or self.known[slot][0] != parts:
            made = make() if self.memory is None else self.memory.recall_value(slot, parts, make)
            self.known[slot] = parts, made
        return self.known[slot][1]
