"""A page with its macros written out goes in; slips that a machine can see in its sentences come out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from generator.language.rules import rules_of
from generator.language.rules.model import CAPITALS
from generator.problems import Location, Problem
from generator.prose.reading import MACRO, read_markdown
from generator.prose.source import Prose

#: The longest sentence that can be followed, in words.
LONGEST = 60
#: What macros write beside the sentences of a page: blocks that are long to parse, and checked elsewhere.
_WRITTEN = re.compile(r"<(figure|table)\b.*?</\1>", re.DOTALL)
#: The elements that they write within a sentence, which say nothing of how it reads.
_TAGS = re.compile(r"</?(?:a|data|i|span|time)\b[^>]*>")
#: What may be typed beside the sentences of a page.
_BESIDE = frozenset({"figure", "table", "details", "nav"})
_SENTENCE = re.compile(rf"(?<=[.!?…»”])\s+(?=[«“\"(]?[{CAPITALS}])|(?<=[。！？])")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SPACES = re.compile(r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)")


def running_text(body: str) -> str:
    """Return what is running text in the Markdown of a page whose macros are written out."""
    return _TAGS.sub("", _WRITTEN.sub("", body))


def check_style(prose: Prose, running: str, code: str, extensions: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each slip in the sentences of a page.

    Args:
        prose: the page as written.
        running: what `running_text` leaves of it.
        code: its language.
        extensions: those of Python-Markdown that the page is rendered with.
    """
    text = read_markdown(running, extensions, _BESIDE).text
    lines = [_letters(MACRO.sub(" ", line)) for line in prose.body.splitlines()]

    def at(start: int, end: int) -> Location:
        before = text[max(0, start - 60) : start].rpartition("\n")[2]
        around = before + text[start:end] + text[end : end + 60].partition("\n")[0]
        return Location(prose.file, prose.first_line + _line_of(around, lines))

    rules = rules_of(code)
    for match in _said_twice(rules.twice).finditer(text):
        if match.group(1).casefold() not in rules.may_repeat:
            yield Problem(at(*match.span()), "repeated-word", f'"{match.group()}"', "say it once")
    for match in _SPACES.finditer(text):
        around = " ".join(text[max(0, match.start() - 12) : match.end() + 12].split())
        yield Problem(at(*match.span()), "double-space", f'"{around}"', "leave one space")
    for long, short in rules.uncontracted:
        for match in long.finditer(text):
            yield Problem(at(*match.span()), "uncontracted", f'"{match.group().strip()}"', f"write {short}")
    yield from _long_sentences(text, at)


@cache
def _said_twice(phrases: Sequence[str]) -> re.Pattern[str]:
    """Match a word said twice, or a phrase that a macro and a writer may both say.

    Letters alone may be initials.
    """
    words = "|".join([*phrases, r"[^\W\d_]{2,}(?:[’'][^\W\d_]+)?"])
    return re.compile(rf"\b({words})(?:[ \u00a0\u202f]+|\n)\1\b(?![’'-])", re.IGNORECASE)


def _long_sentences(text: str, at: Callable[[int, int], Location]) -> Iterator[Problem]:
    start = 0
    for block in text.split("\n"):
        for sentence in _SENTENCE.split(block):
            words = len(_WORD.findall(sentence))
            if words > LONGEST:
                where = text.find(sentence, start)
                message = f'{words} words, from "{" ".join(sentence.split()[:5])} …"'
                yield Problem(at(where, where + 60), "long-sentence", message, "make two sentences of it")
        start += len(block)


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", html.unescape(text)))


def _line_of(around: str, lines: Sequence[str]) -> int:
    """Return the line, from 0, that holds most of the words around a place; macros hide some of them."""
    letters = _letters(around)
    parts = [letters[i : i + 12] for i in range(0, max(1, len(letters) - 11), 6)]
    held = [sum(part in line for part in parts) for line in lines]
    return held.index(max(held)) if held else 0
