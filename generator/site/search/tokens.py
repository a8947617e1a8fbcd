"""Text goes in; the words a search compares come out, without accents, and the part each stands in."""

from __future__ import annotations

import re
import unicodedata

#: Letters that Unicode takes for letters of their own, and a reader for two plain ones.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_GROUPED = re.compile(r"(?<=\d)[\s,.](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")
#: Scripts written without spaces: words are found by their pairs of signs.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
#: How many parts share the words that begin with no Latin letter or digit.
OTHER_PARTS = 16


def fold(text: str) -> str:
    """Return a text as search compares it: small letters without accents, ō as o, œ as oe.

    `search.js` folds what a reader types in the same way; a test holds the two together.
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    return plain.lower().translate(_LIGATURES)


def words(text: str) -> list[str]:
    """Return the words of a text, in order: 9,703 is one, and 小松原 is 小松 and 松原."""
    found: list[str] = []
    for word in _WORD.findall(_GROUPED.sub("", fold(text))):
        rest = 0
        for run in _UNSPACED.finditer(word):
            found += _plain(word[rest : run.start()])
            signs = run.group()
            found += [signs[i : i + 2] for i in range(len(signs) - 1)] or [signs]
            rest = run.end()
        found += _plain(word[rest:])
    return found


def _plain(word: str) -> list[str]:
    """Drop single Latin letters, which are what an apostrophe leaves."""
    return [] if not word or (len(word) == 1 and "a" <= word <= "z") else [word]


def part_of(word: str) -> str:
    """Return the name of the part of the index in which a word stands: its beginning."""
    first, second = word[0], word[1:2]
    if not _latin(first):
        return f"x{ord(first) % OTHER_PARTS:x}"
    return first + (second if second and _latin(second) else "-")


def _latin(sign: str) -> bool:
    return "a" <= sign <= "z" or "0" <= sign <= "9"
