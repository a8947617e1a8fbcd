"""The content of a page as Typst writes it goes in; the same in fewer bytes comes out, its letters in lines.

Typst sets each letter of a drawing by itself, with its place, its colour and its font: a page of drawings
weighs a megabyte before it is packed. Letters that stand side by side are set here as a line, which is also
what somebody marks, copies and searches.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pikepdf

from generator.print.squeeze import squeezed

_NUMBER = rb"(-?[\d.]+)"
_STRING = rb"\(([^\\()]*(?:\\.[^\\()]*)*)\)"
#: One letter: where it stands, its colour, its font and size, and its number in that font.
_LETTER = re.compile(
    rb"q %(n)b 0 0 %(n)b %(n)b %(n)b cm(/\w+ cs [\d. ]+ scn)\n"
    rb"BT 0 Tr(/\w+) %(n)b Tf 1 0 0 -1 0 0 Tm%(s)bTj\nET\nQ\n" % {b"n": _NUMBER, b"s": _STRING},
    re.DOTALL,
)
_STRINGS = re.compile(_STRING, re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
#: What `codecs.escape_decode` would read otherwise than a PDF does; Typst writes nothing of it.
_OTHERWISE = re.compile(rb"\\(?![0-7]{3}|[nrtbf\\])")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
#: What a string must not hold as it is: its own signs, and what a reader takes for the end of a line.
_SIGNS = ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r"), (b"\n", b"\\n"))
#: Letters are set to a thousandth of their size, as fonts count; a step of no more is not written.
_UNIT, _STEP = 1000, 1
#: How many numbers and strings are kept as they were written: a page says the same ones again and again.
_KNOWN: Final = 16384


#: Where something is drawn, in points; a part of a colour; a step between letters, in parts of their size.
_PLACE = re.compile(rb" (-?[\d.]+) (-?[\d.]+) cm")
_SHARE = re.compile(rb"\d\.\d{5,}(?=[ \d.]* (?:scn|SCN))")
_STEP_WRITTEN = re.compile(rb"(?<=\))-?\d+\.\d{3,}(?=\()")


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the letters of a font are, by their numbers, in thousandths of its size."""

    each: Mapping[int, float]
    others: float

    def of(self, text: bytes) -> float:
        """Return how far a string leads, its letters numbered by two bytes each."""
        if len(text) == 2:
            return self.each.get(int.from_bytes(text), self.others)
        numbers = (int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))
        return sum(self.each.get(number, self.others) for number in numbers)


def pack_content(page: pikepdf.Page, known: dict[tuple[int, int], Widths]) -> None:
    """Write the content of a page anew: what it shows, and where, stays as it is.

    *known* keeps the widths of the fonts that pages share.
    """
    content = page.obj.Contents
    if not isinstance(content, pikepdf.Stream):
        return
    fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    widths = {name.encode(): _known(font, known) for name, font in fonts.items()}
    lines = shortened(set_in_lines(content.read_bytes(), widths))
    written = _STRINGS.sub(lambda said: _string(_plain(said[1])), lines)
    content.write(squeezed(written), filter=pikepdf.Name.FlateDecode)


def shortened(content: bytes) -> bytes:
    """Return a content with its places to a hundredth of a point, and its colours finer than a screen's."""
    content = _PLACE.sub(lambda place: b" %b %b cm" % (_short(place[1]), _short(place[2])), content)
    content = _SHARE.sub(lambda share: _short(share[0], 4), content)
    return _STEP_WRITTEN.sub(lambda step: _short(step[0]), content)


@lru_cache(_KNOWN)
def _short(number: bytes, digits: int = 2) -> bytes:
    """Write a number with no more digits than these behind its point."""
    return b"%r" % rounded if (rounded := round(float(number), digits)) % 1 else b"%d" % rounded


def _known(font: pikepdf.Object, known: dict[tuple[int, int], Widths]) -> Widths:
    if font.objgen not in known:
        known[font.objgen] = widths_of(font)
    return known[font.objgen]


def widths_of(font: pikepdf.Object) -> Widths:
    """Return the widths of a composite font, from the list of those that have one of their own."""
    (face,) = font.DescendantFonts
    each: dict[int, float] = {}
    said = list(face.get("/W", []))
    while said:
        first, second = int(said[0]), said[1]
        if isinstance(second, pikepdf.Array):
            each |= {first + number: float(width) for number, width in enumerate(second)}
            said = said[2:]
        else:
            each |= dict.fromkeys(range(first, int(second) + 1), float(said[2]))
            said = said[3:]
    return Widths(each, float(face.get("/DW", _UNIT)))


def set_in_lines(content: bytes, fonts: Mapping[bytes, Widths]) -> bytes:
    """Return a content whose letters are set as lines, where they follow each other on one."""
    parts: list[bytes] = []
    line: list[re.Match[bytes]] = []
    end = 0
    for letter in _LETTER.finditer(content):
        if line and (letter.start() != end or _kind(letter) != _kind(line[0])):
            parts.append(_line(line, fonts))
            line = []
        parts.append(content[end : letter.start()])
        line.append(letter)
        end = letter.end()
    return b"".join([*parts, _line(line, fonts), content[end:]])


def _kind(letter: re.Match[bytes]) -> tuple[object, ...]:
    """Return what letters of a line have in common: all but where they stand along it."""
    across, down, _, *others = letter.groups()
    return _finely(across), _finely(down), *others[:-1]


@lru_cache(_KNOWN)
def _finely(number: bytes) -> float:
    return round(float(number), 6)


def _line(letters: Sequence[re.Match[bytes]], fonts: Mapping[bytes, Widths]) -> bytes:
    """Set letters of a kind as one line: each as far from the first as it was."""
    if len(letters) < 2:
        return b"".join(letter[0] for letter in letters)
    across, down, left, up, colour, font, size, _ = letters[0].groups()
    start, scale = float(left), float(across) * float(size) / _UNIT
    set_so_far, pen = b"", 0.0
    waiting: list[bytes] = []
    for letter in letters:
        text = _plain(letter[8])
        back = round(pen - (float(letter[3]) - start) / scale)
        if abs(back) > _STEP:
            set_so_far += _string(b"".join(waiting)) + b"%d" % back
            waiting, pen = [], pen - back
        waiting.append(text)
        pen += fonts[font].of(text)
    set_so_far += _string(b"".join(waiting))
    place = b" ".join([b"q", across, b"0 0", down, left, up, b"cm"])
    return b"%b%b\nBT 0 Tr%b %b Tf 1 0 0 -1 0 0 Tm[%b]TJ\nET\nQ\n" % (place, colour, font, size, set_so_far)


@lru_cache(_KNOWN)
def _plain(escaped: bytes) -> bytes:
    """Return what a string says, as bytes."""
    if b"\\" not in escaped:
        return escaped
    signs = escaped.replace(b"\\(", b"\\050").replace(b"\\)", b"\\051")
    if _OTHERWISE.search(signs.replace(b"\\\\", b"")) is None:
        return codecs.escape_decode(signs)[0]
    return _ESCAPED.sub(
        lambda sign: bytes([int(sign[1], 8)]) if len(sign[1]) == 3 else _NAMED.get(sign[1], sign[1]), escaped
    )


def _string(text: bytes) -> bytes:
    """Write bytes as a string."""
    for sign, written in _SIGNS:
        text = text.replace(sign, written)
    return b"(" + text + b")"
