"""Two states of a passage go in; the words that differ come out, with some of those around them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

#: How many words are shown before and after a change.
AROUND: Final = 8
#: A macro is one word, and so is a call of a note; then whether a space follows.
_WORD = re.compile(r"(\{\{.*?\}\}|\[\^[^\]]*\]|\S+?(?=\{\{|\[\^|\s|$)|\S+)(\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: the same in both states, only in the old one, or only in the new one."""

    sign: str  #: "=", "-", "+", or "…" where words are left out
    text: str
    gap: str = " "  #: what stands between it and the next piece: a space, or nothing

    @property
    def marked(self) -> str:
        """The words as plain text shows them: [-what went-], {+what came+}."""
        return {"-": f"[-{self.text}-]", "+": f"{{+{self.text}+}}"}.get(self.sign, self.text)


#: A word, and whether a space follows it.
_Words = list[tuple[str, bool]]


def difference(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word; spaces and line ends are no difference."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, [w for w, _ in before], [w for w, _ in after], autojunk=False)
    steps = matcher.get_opcodes()
    for number, (step, first, last, start, end) in enumerate(steps):
        if step == "equal":
            pieces += _context(after[start:end], first=number == 0, last=number == len(steps) - 1)
            continue
        gone = [_piece("-", before[first:last])] if last > first else []
        pieces += [replace(piece, gap=" ") if end > start else piece for piece in gone]
        pieces += [_piece("+", after[start:end])] if end > start else []
    return pieces if any(piece.sign in "+-" for piece in pieces) else []


def _words(text: str) -> _Words:
    return [(word, bool(space)) for word, space in _WORD.findall(text)]


def _piece(sign: str, words: _Words) -> Piece:
    text = "".join(f"{word} " if spaced else word for word, spaced in words)
    return Piece(sign, text.strip(), " " if words[-1][1] else "")


def _context(words: _Words, *, first: bool, last: bool) -> Iterator[Piece]:
    """Yield of words that are the same those nearest to a change."""
    before, after = ([] if first else words[:AROUND]), ([] if last else words[-AROUND:])
    if len(before) + len(after) >= len(words):
        yield _piece("=", words)
        return
    if before:
        yield _piece("=", before)
    yield Piece("…", "…")
    if after:
        yield _piece("=", after)
