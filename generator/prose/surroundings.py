"""A page and a macro in it go in; its sentence, its row or its unit come out: what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.language.rules.model import CAPITALS
from generator.language.typography import capital

#: Where a block of Markdown ends: a blank line, or a line that opens an item, a heading or a row.
_BLOCK = re.compile(r"\n[ \t>]*(?:\n|(?=[*+-] |\d+[.)] |#|\||:))")
#: The end of a sentence: its sign, what closes, and a note's macro, before a space.
_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\}\}))[.!?…][”’»)\]\u202f\u00a0]*(?:\{\{ *cite\([^}]*\}\})*"
    rf"\s+(?=[«“\"({{*_]*[{CAPITALS}{{])|[。！？][”’」』）]*"
)
#: What may stand before the first word of a sentence.
_OPENING = re.compile(r"^(?:[ \t>]*(?:[*+-]|\d+[.)]|#+|:)[ \t]+)?[\s«“\"(*_\[\u202f\u00a0]*$")
#: What follows a figure that is written in digits whatever its size: a sign, or the symbol of a unit.
_SYMBOLS = ("km", "m", "cm", "mm", "kg", "g", "t", "h", "ha", "l", "km/h", "min", "s")
_NUMBER = re.compile(r"""\{\{\s*n\(\s*(["'])([^"']+)\1""")

#: What may name a year: a date's macro (the id of its last event, and whether it gives an hour), or a year
#: that is typed; other macros are passed over, but for the words that a name's gives.
_YEARLY = re.compile(
    r"""\{\{\s*dates?\((?P<event>[^}]*)\)\s*\}\}|\{\{\s*name\([^,}]*,(?P<words>[^}]*)\}\}|\{\{.*?\}\}"""
    r"""|(?<!\d)(?P<typed>[12]\d{3})(?![\d\u00a0\u202f])""",
    re.DOTALL,
)
_IDENT = re.compile(r"""["']([^"']+)["']""")
_TYPED = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@cache
def _unit(symbols: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join((*_SYMBOLS, *symbols))
    return re.compile(rf"[ \u00a0\u202f]?(?:[%‰°×/]|(?:{words})\b(?!['’]))")


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
    def in_brackets(self) -> bool:
        """Whether it stands alone in brackets, where a range has a dash."""
        return self.before.endswith("(") and self.after.startswith(")")

    @property
    def within_brackets(self) -> bool:
        """Whether a bracket of its sentence is open before it: a date in it has no brackets of its own."""
        words = _YEARLY.sub("", self.sentence_before)
        return words.count("(") > words.count(")")

    @property
    def last_year(self) -> str:
        """The last thing before it that names a year: the id of a date's event, a year, or "" for none."""
        year = ""
        for match in _YEARLY.finditer(self.before):
            years = _TYPED.findall(match["typed"] or match["words"] or "")
            if match["event"] and not re.search(r"\btime\s*=\s*True", match["event"]):
                year = (_IDENT.findall(match["event"]) or [year])[-1]
            elif years:
                year = years[-1]
        return year

    def has_unit(self, symbols: tuple[str, ...]) -> bool:
        """Whether a sign or the symbol of a unit follows: one of all languages, or one of these *symbols*."""
        return bool(_unit(symbols).match(self.after))

    def opening(self, text: str) -> str:
        """Give a text its capital where nothing of the sentence stands before the macro."""
        return capital(text) if _OPENING.match(self.sentence_before) else text

    def closing(self, text: str) -> str:
        """Leave the stop of an abbreviation (av. J.-C.) to the sentence that ends behind it; not to three."""
        ends = self.after.startswith(".") and not self.after.startswith("..")
        return text.removesuffix(".") if ends else text

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
