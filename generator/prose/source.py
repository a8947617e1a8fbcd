"""The text of one page goes in; its front matter, sections and typed numbers come out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import Location, Problem

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{\s*#([\w-]+)[^}]*\})?\s*$")
_MARK = re.compile(r"\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|<!--.*?-->|<[^>]+>|\]\([^)]*\)|\{[:#.][^}]*\}|\[\^[^\]]+\]", re.DOTALL
)
_DIGITS = re.compile(r"\d[\d\u00a0\u202f.,]*\d|\d")
_LIST_NUMBER = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """One page as written: where its body starts, what it declares, and its sections by id."""

    file: str
    text: str
    body: str
    first_line: int
    meta: Mapping[str, Any]
    sections: tuple[tuple[str, int], ...]

    def location(self, offset: int) -> Location:
        """Return the place of a character of the body."""
        return Location(self.file, self.first_line + self.body.count("\n", 0, offset))


def read_prose(file: str, text: str) -> Prose | Problem:
    """Split front matter and body, and list the sections that have an id."""
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        hint = "begin with ---, title: …, description: …, ---"
        return Problem(Location(file), "bad-front-matter", "the page has no front matter", hint=hint)
    try:
        meta = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return Problem(Location(file, line), "bad-front-matter", str(error).splitlines()[0])
    if not isinstance(meta, dict) or not all(meta.get(k) for k in ("title", "description")):
        return Problem(Location(file), "bad-front-matter", "title or description is missing")
    first_line = match.group(0).count("\n") + 1
    body = text[match.end() :]
    return Prose(file, text, body, first_line, meta, tuple(_sections(body, first_line)))


def _sections(body: str, first_line: int) -> Iterator[tuple[str, int]]:
    fenced = False
    for number, line in enumerate(body.splitlines(), first_line):
        fenced ^= line.startswith("```")
        match = _HEADING.match(line)
        if match and not fenced and len(match.group(1)) > 1:
            yield match.group(3) or "", number


def check_sections(prose: Prose) -> Iterator[Problem]:
    """A section below the title has an id, so that the other language can have the same."""
    for ident, line in prose.sections:
        if not ident:
            hint = "write ## Heading {#the-same-id-in-every-language}"
            yield Problem(Location(prose.file, line), "missing-section", "no id", hint=hint)


def check_numbers(prose: Prose) -> Iterator[Problem]:
    """A quantity in running text comes from a mark, or is declared in the front matter."""
    declared = prose.meta.get("numbers", {})
    if not isinstance(declared, dict) or not all(declared.values()):
        said = "numbers: holds each number with the reason it may stand"
        yield Problem(Location(prose.file), "bad-front-matter", said, hint='write "1907": the year')
        return
    allowed = {str(number) for number in declared}
    used: set[str] = set()
    bare = _blank(_LIST_NUMBER, _blank(_NOT_PROSE, _blank(_MARK, prose.body)))
    for match in _DIGITS.finditer(bare):
        number = match.group(0)
        if number in allowed:
            used.add(number)
            continue
        hint = f'use {{{{ n("…") }}}} or {{{{ date("…") }}}}, or declare "{number}" under numbers:'
        yield Problem(prose.location(match.start()), "typed-number", f'"{number}"', hint=hint)
    for number in sorted(allowed - used):
        said = f'"{number}" does not stand on the page'
        yield Problem(Location(prose.file), "unused-exception", said, hint="remove it from numbers:")


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace what matches by spaces, so that every offset stays."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of *text*, lower-case and without accents, each with its offset."""
    bare = _blank(_NOT_PROSE, _blank(_MARK, text))
    found = []
    for match in _WORD.finditer(bare):
        folded = unicodedata.normalize("NFKD", match.group(0).lower())
        found.append(("".join(c for c in folded if not unicodedata.combining(c)), match.start()))
    return found


def shingle(words: list[str]) -> bytes:
    """Return the fingerprint of a run of words; a text cannot be read back from it."""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=6).hexdigest().encode()


def shingles_of(text: str, length: int = 8) -> set[bytes]:
    """Return the fingerprints of every run of *length* words of *text*."""
    words = [word for word, _ in words_of(text)]
    return {shingle(words[i : i + length]) for i in range(len(words) - length + 1)}


def check_words(prose: Prose, known: frozenset[bytes], length: int = 8) -> Iterator[Problem]:
    """No run of eight words outside a quotation stands in a source text too."""
    words = words_of(_blank(re.compile(r"<q\b.*?</q>|<blockquote.*?</blockquote>", re.DOTALL), prose.body))
    reported = -1
    for i in range(len(words) - length + 1):
        run = [word for word, _ in words[i : i + length]]
        if i > reported and shingle(run) in known:
            reported = i + length
            said = f'"{" ".join(run)}"'
            hint = "say it in our own words, or mark it as a quotation"
            yield Problem(prose.location(words[i][1]), "shared-words", said, hint=hint)
