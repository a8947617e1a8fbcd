"""A page and a macro in it go in; its sentence, its row or its unit come out: what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Where a block of Markdown ends: a blank line, or a line that opens an item, a heading or a row.
_BLOCK = re.compile(r"\n[ \t>]*(?:\n|(?=[*+-] |\d+[.)] |#|\||:))")
#: The end of a sentence: its sign, what closes, and a note's macro, before a space.
_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\}\}))[.!?…][”’»)\]\u202f\u00a0]*(?:\{\{ *cite\([^}]*\}\})*"
    r"\s+(?=[«“\"({*_]*[A-ZÀ-ÝŒ{])"
)
#: What may stand before the first word of a sentence.
_OPENING = re.compile(r"^(?:[ \t>]*(?:[*+-]|\d+[.)]|#+|:)[ \t]+)?[\s«“\"(*_\[\u202f\u00a0]*$")
#: What follows a figure that is written in digits whatever its size: a sign, or the symbol of a unit.
_UNIT = re.compile(
    r"[ \u00a0\u202f]?(?:[%‰°×/]|(?:km|m|cm|mm|kg|g|t|h|ha|l|km/h|min|s)\b(?!['’])|per cent\b|pour cent\b)"
)
_NUMBER = re.compile(r"""\{\{\s*n\(\s*(["'])([^"']+)\1""")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text of a block before and after a macro, both as written."""

    before: str = ""
    after: str = ""

    @property
    def in_table(self) -> bool:
        """Whether it stands in a row of a table, or alone in an element of HTML: digits there compare."""
        return self.before.lstrip(" >\n").startswith("|") or (
            self.before.endswith(">") and self.after.startswith("<")
        )

    @property
    def has_unit(self) -> bool:
        """Whether a sign or the symbol of a unit follows."""
        return bool(_UNIT.match(self.after))

    @property
    def begins_sentence(self) -> bool:
        """Whether nothing of the sentence stands before the macro."""
        return bool(_OPENING.match(self.sentence_before))

    @property
    def sentence_before(self) -> str:
        """The part of the macro's sentence that stands before it."""
        ends = list(_END.finditer(f"{self.before}A"))
        return self.before[ends[-1].end() :] if ends else self.before

    @property
    def neighbours(self) -> list[str]:
        """The ids of the other figures of the sentence."""
        end = _END.search(self.after)
        sentence = self.sentence_before + " " + (self.after[: end.end()] if end else self.after)
        return [match.group(2) for match in _NUMBER.finditer(sentence)]


def around(body: str, start: int, end: int) -> Surroundings:
    """Return what stands around the macro from *start* to *end* of a page, within its block."""
    opened = 0
    for match in _BLOCK.finditer(body, 0, start):
        opened = match.end()
    closed = _BLOCK.search(body, end)
    return Surroundings(body[opened:start], body[end : closed.start() if closed else len(body)])
