"""The text of one page goes in; its front matter, sections and typed numbers come out."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Annotated

import yaml
from pydantic import AfterValidator, Field

from generator.problems import Location, Problem
from generator.prose.reading import USUAL, Reading, read_markdown
from generator.typed import Locate, read_as, read_yaml, record, refused

CODE = "bad-front-matter"

_MARK = re.compile(r"\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|<!--.*?-->|<[^>]+>|\]\([^)]*\)|\{[:#.][^}]*\}|\[\^[^\]]+\]", re.DOTALL
)
_DIGITS = re.compile(r"\d[\d\u00a0\u202f.,]*\d|\d")
_WORD = re.compile(r"[^\W_]+")


def _on_one_line(text: str) -> str:
    """A title is one line, however it was written."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if not line:
        raise refused("the text is empty", "say what the page is about")
    return line


#: A text of one line that is not empty.
Line = Annotated[str, AfterValidator(_on_one_line), Field(description="a text of one line")]


@record
class FrontMatter:
    """What a page declares above its text.

    `year` goes without saying in its dates; `numbers` are those that stand in its text though no macro
    gives them, each with the reason.
    """

    title: Line
    description: Line
    year: Annotated[str, Field(pattern=r"^(\d{4})?$", description="a year, YYYY")] = ""
    numbers: dict[str, Annotated[str, Field(min_length=1, description="the reason why it stands there")]] = (
        Field(default_factory=dict, description='each number with its reason: "1907": the year')
    )


@dataclass(frozen=True, slots=True)
class Prose:
    """One page as written: where its body starts, what it declares, and its sections by id.

    `locate` says where a key of the front matter stands.
    """

    file: str
    text: str
    body: str
    first_line: int
    meta: FrontMatter
    sections: tuple[tuple[str, int], ...]
    reading: Reading
    locate: Locate

    def location(self, offset: int) -> Location:
        """Return the place of a character of the body."""
        return Location(self.file, self.first_line + self.body.count("\n", 0, offset))

    def section(self, offset: int) -> str:
        """Return the id of the section in which a character of the body stands, "" before the first."""
        here = self.first_line + self.body.count("\n", 0, offset)
        return next((ident for ident, line in reversed(self.sections) if line <= here), "")


def read_prose(
    file: str, text: str, extensions: Sequence[str] = USUAL, reading: Reading | None = None
) -> Prose | list[Problem]:
    """Split front matter and body; read the body as Python-Markdown will, with these extensions of it.

    *reading* is what was made of the same body before.
    """
    match = re.match(r"---\n(.*?\n)??---\n", text, re.DOTALL)
    if not match:
        hint = "begin with ---, title: …, description: …, ---"
        return [Problem(Location(file), CODE, "the page has no front matter", hint=hint)]
    document = read_yaml(file, match.group(1) or "{}", CODE, first=2, loader=yaml.BaseLoader)
    if isinstance(document, list):
        return document
    meta = read_as(FrontMatter, document.value, document.location, code=CODE)
    if isinstance(meta, list):
        return meta
    first_line = match.group(0).count("\n") + 1
    body = text[match.end() :]
    reading = reading or read_markdown(body, extensions)
    sections = tuple(_sections(body, first_line, reading.headings))
    return Prose(file, text, body, first_line, meta, sections, reading, document.location)


def _sections(body: str, first_line: int, headings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """Yield the id of each heading and the line it stands on, which the parser does not say."""
    lines = [_letters(line) for line in body.splitlines()]
    start = 0
    for ident, text in headings:
        wanted = _letters(re.split("\ue000", text)[0])[:24] or _letters(ident)
        start_line = next((n for n in range(start, len(lines)) if wanted and wanted in lines[n]), start)
        yield ident, first_line + start_line
        start = min(start_line + 1, len(lines) - 1)


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", html.unescape(_blank(_MARK, text))))


def check_sections(prose: Prose) -> Iterator[Problem]:
    """A section below the title has an id of its own, so that the other language can have the same."""
    first: dict[str, int] = {}
    for ident, line in prose.sections:
        if not ident:
            hint = "write ## Heading {#the-same-id-in-every-language}"
            yield Problem(Location(prose.file, line), "missing-section", "no id", hint=hint)
        elif ident in first:
            message = f'"{ident}" is the id of line {first[ident]} already'
            yield Problem(
                Location(prose.file, line), "duplicate-section", message, "give one of the two another id"
            )
        first.setdefault(ident, line)
    for title in prose.reading.titles:
        place = prose.location(max(0, prose.body.find(title[:24])))
        yield Problem(place, "one-heading", f'"{title}" is a second first heading', "sections begin with ##")
    above = 1
    for (_, line), level in zip(prose.sections, prose.reading.levels, strict=True):
        if level > above + 1:
            message = f"a heading of level {level} stands below one of level {above}"
            yield Problem(Location(prose.file, line), "skipped-level", message, f"write {'#' * (above + 1)}")
        above = level


def links_of(prose: Prose) -> Iterator[tuple[str, int]]:
    """Yield the address of each link of a page, and of what it shows, with the line it stands on."""
    for address in prose.reading.links:
        position = prose.body.find(f"({html.unescape(address)}")
        yield address, prose.location(max(0, position)).line


def check_notes(prose: Prose) -> Iterator[Problem]:
    """A note is called and written, once, and no heading calls one."""
    notes = prose.reading.notes
    for name in notes.unknown:
        hint = f"write [^{name}]: … below the paragraph"
        yield _of_note(prose, f"[^{name}]", f'no note is called "{name}"', hint)
    for name in notes.unused:
        hint = f"write [^{name}] where the text calls it, or take it out"
        yield _of_note(prose, f"[^{name}]:", f'nothing calls the note "{name}"', hint)
    for name in notes.twice:
        hint = "give one of the two another name: only the last would be printed"
        place = prose.location(max(0, prose.body.rfind(f"[^{name}]:")))
        yield Problem(place, "bad-note", f'the note "{name}" is written twice', hint)
    lines = dict(prose.sections)
    for ident in notes.in_headings:
        place = Location(prose.file, lines.get(ident, prose.first_line))
        yield Problem(place, "bad-note", "a heading calls a note", "call it in the text below")


def _of_note(prose: Prose, mark: str, message: str, hint: str) -> Problem:
    return Problem(prose.location(max(0, prose.body.find(mark))), "bad-note", message, hint)


def check_numbers(prose: Prose) -> Iterator[Problem]:
    """A quantity in running text comes from a macro, or is declared in the front matter."""
    allowed = set(prose.meta.numbers)
    used: set[str] = set()
    places = _Places(prose)
    for match in _DIGITS.finditer(prose.reading.text):
        number = match.group(0)
        if number in allowed:
            used.add(number)
            continue
        hint = f'use {{{{ n("…") }}}} or {{{{ date("…") }}}}, or declare "{number}" under numbers:'
        yield Problem(places.find(match), "typed-number", f'"{number}"', hint=hint)
    for number in sorted(allowed - used):
        message = f'"{number}" does not stand on the page'
        place = prose.locate(("numbers", number))
        yield Problem(place, "unused-exception", message, hint="remove it from numbers:")


class _Places:
    """Finds where a number of the running text stands in the page as written, by the words around it."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.bare = _blank(_NOT_PROSE, _blank(_MARK, prose.body))
        self.known: dict[str, list[int]] = {}
        for match in _DIGITS.finditer(self.bare):
            self.known.setdefault(match.group(0), []).append(match.start())

    def find(self, match: re.Match[str]) -> Location:
        """Return the place of a number, each place once."""
        places = self.known.get(match.group(0), [])
        if not places:
            return Location(self.prose.file, self.prose.first_line)
        text, end = match.string, len(match.group(0))
        wanted = _context(text, match.start(), match.end())
        best = max(places, key=lambda place: _alike(wanted, _context(self.bare, place, place + end)))
        if len(places) > 1:
            places.remove(best)
        return self.prose.location(best)


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the letters before and after a part of a text, those nearest to it first."""
    return _letters(text[max(0, start - 40) : start])[::-1], _letters(text[end : end + 40])


def _alike(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Count the letters from the number on that two contexts have in common, on both sides."""
    pairs = (zip(*sides, strict=False) for sides in zip(one, other, strict=True))
    return sum(1 for side in pairs for _ in takewhile(lambda letters: letters[0] == letters[1], side))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace what matches by spaces, so that every offset stays."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of *text*, lower-case and without accents, each with its offset."""
    bare = _blank(_NOT_PROSE, _blank(_MARK, text))
    words = []
    for match in _WORD.finditer(bare):
        folded = unicodedata.normalize("NFKD", match.group(0).lower())
        words.append(("".join(c for c in folded if not unicodedata.combining(c)), match.start()))
    return words


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
            message = f'"{" ".join(run)}"'
            hint = "say it in our own words, or mark it as a quotation"
            yield Problem(prose.location(words[i][1]), "shared-words", message, hint=hint)
