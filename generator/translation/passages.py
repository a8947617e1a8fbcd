"""The text of a page goes in; its passages come out: its head and each section, by id, with their digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

#: The id of what stands before the first section: title, description, first lines.
HEAD = ""
_FRONT = re.compile(r"---\n(.*?\n)??---\n", re.DOTALL)
#: What the front matter says to readers; the rest of it is for programs.
_SAID = re.compile(r"^(?:title|description):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
#: A heading with its id; what stands in braces is no text.
_HEADING = re.compile(r"^#{2,6}[ \t].*?(\{(?:[^{}\n]*\s)?#([^\s{}]+)[^{}\n]*\})[ \t]*#*[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"^(```+|~~~+).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """A part of a page that is translated as one: its text as written, and the line it starts on."""

    text: str
    line: int

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that stand for the words: other spaces or line ends are no change."""
        words = " ".join(unicodedata.normalize("NFC", self.text).split())
        return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


def anchors(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield where each heading stands that has an id, and the id."""
    yield from ((match.start(), match[2]) for match in _headings(text, start))


def _headings(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the headings with an id that do not stand in a block of code."""
    code = [match.span() for match in _CODE.finditer(text)] if "```" in text or "~~~" in text else []
    for match in _HEADING.finditer(text, start):
        if not any(first <= match.start() < last for first, last in code):
            yield match


def cut(text: str) -> dict[str, Passage]:
    """Cut the text of a page into its passages, by the id of the section; `HEAD` comes first.

    A heading without an id, which a check refuses, belongs to the passage above it.
    """
    front = _FRONT.match(text)
    start = front.end() if front else 0
    said = "\n\n".join(match[1] for match in _SAID.finditer(front[1] or "")) if front else ""
    headings = list(_headings(text, start))
    starts = [*(match.start() for match in headings), len(text)]
    passages = {HEAD: Passage(f"{said}\n\n{text[start : starts[0]]}".strip(), 1)}
    line, counted = 1, 0
    for match, end in zip(headings, starts[1:], strict=True):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        words = text[match.start() : match.start(1)] + text[match.end(1) : end]
        passages.setdefault(match[2], Passage(words.strip(), line))
    return passages
