"""Markdown goes in; its headings and its running text come out, as the parser that renders it reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import markdown
from markdown.extensions.footnotes import FootnoteExtension

#: The extensions that decide what is prose; `toc` would give an id to headings that have none.
USUAL = ("admonition", "attr_list", "footnotes", "md_in_html", "tables")
MACRO = re.compile(r"\{\{.*?\}\}|\{#(?![\w-]+\s*\}).*?#\}", re.DOTALL)
#: An address that is written out, which holds no quantities.
_ADDRESS = re.compile(r"\b(?:(?:https?|ftp)://|www\.)\S+")
#: What stands for a macro while the page is parsed: a letter of no language; and for one that calls a note.
_ABSENT, _CITED = "\ue000", "\ue001"
_CITES = re.compile(r"\{\{\s*cite\(")
#: A call of a note that Python-Markdown left as it is, since no note has that name.
_CALL_LEFT = re.compile(r"\[\^([^\]\n]*)\]")
#: The id of a call: the first one, or a further one of the same note.
_CALL = re.compile(r"fnref\d*:(.+)")
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_SILENT = frozenset({"code", "pre", "script", "style", "kbd", "samp", "svg", "math"})
#: Elements that stand within a line: their text goes on in the same word.
_INLINE = {
    "a",
    "abbr",
    "b",
    "em",
    "i",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "data",
    "mark",
}


@dataclass(frozen=True, slots=True)
class Notes:
    """The names of notes with which something is wrong.

    `unknown` are called and not written, `unused` written and not called, `twice` written with two texts;
    `in_headings` are the headings that call one.
    """

    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    in_headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader will see of a page: its headings with their ids ("" for none), and its running text.

    `levels` are those of the headings, two and more; `titles` the texts of headings of the first level, which
    a page does not write itself; `links` the addresses of its links and of what it shows.
    """

    headings: tuple[tuple[str, str], ...]
    text: str
    notes: Notes
    levels: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def read_markdown(
    body: str, extensions: Sequence[str] = USUAL, without: frozenset[str] = frozenset()
) -> Reading:
    """Parse the body of a page, macros left out, and return what is heading and what is prose in it.

    What stands in the elements *without* is left out too.
    """
    page = _Page(_SILENT | without)
    parser = _parser(tuple(extensions)).reset()
    page.feed(parser.convert(MACRO.sub(_instead, body)))
    page.close()
    text = "".join(page.pieces)
    notes = _notes(parser, page, text)
    return Reading(
        tuple(page.headings),
        _ADDRESS.sub(" ", text.replace(_CITED, _ABSENT)),
        notes,
        tuple(page.levels),
        tuple(page.titles),
        tuple(dict.fromkeys(page.links)),
    )


def _instead(macro: re.Match[str]) -> str:
    return _CITED if _CITES.match(macro[0]) else _ABSENT


@cache
def _parser(extensions: tuple[str, ...]) -> markdown.Markdown:
    known = [_Footnotes() if name == "footnotes" else name for name in extensions]
    return markdown.Markdown(extensions=known)


class _Footnotes(FootnoteExtension):
    """Keeps the names of notes that are written with two texts: Python-Markdown keeps the last."""

    def reset(self) -> None:
        """Forget the notes of the page before."""
        super().reset()
        self.twice: list[str] = []

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - as Python-Markdown calls it
        """Keep a note. The same one may be set again when more of it has been read."""
        if not text.startswith(self.footnotes.get(id, "")):
            self.twice.append(id)
        super().setFootnote(id, text)


def _notes(parser: markdown.Markdown, page: _Page, text: str) -> Notes:
    note_extensions = [known for known in parser.registeredExtensions if isinstance(known, _Footnotes)]
    written = note_extensions[0].footnotes if note_extensions else {}
    return Notes(
        unknown=tuple(dict.fromkeys(_CALL_LEFT.findall(text))) if note_extensions else (),
        unused=tuple(name for name in written if name not in page.called),
        twice=tuple(dict.fromkeys(note_extensions[0].twice)) if note_extensions else (),
        in_headings=tuple(page.noted),
    )


def extensions_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the named extensions that decide what is heading and what is prose."""
    known = {name.rpartition(".")[2] for name in names if name.removeprefix("markdown.extensions.") in _OWN}
    return tuple(sorted(known)) or USUAL


#: The extensions that come with Python-Markdown and change what is a heading or prose.
_OWN = {
    "abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html",
    "sane_lists", "tables",
}  # fmt: skip


class _Page(HTMLParser):
    """Goes through the HTML of a page and keeps its headings and its text, blocks parted by line ends."""

    def __init__(self, silent: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._without = silent
        self.headings: list[tuple[str, str]] = []
        self.levels: list[int] = []
        self.titles: list[str] = []
        self.links: list[str] = []
        self.pieces: list[str] = []
        self._silent: list[str] = []  # the open elements that hold no prose
        self.called: set[str] = set()
        self.noted: list[str] = []  # the ids of headings that call a note
        self._heading: list[str] | None = None
        self._ident = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = dict(attrs)
        call = _CALL.match(given.get("id") or "") if tag == "sup" else None
        if call:
            self.called.add(call[1])
            self._note_in_heading()
        if tag in self._without or call:
            self._silent.append(tag)
        if tag in _HEADINGS or tag == "h1":
            self._heading, self._ident = [], given.get("id") or ""
        if address := given.get("href") or given.get("src"):
            self.links.append(address)
        if tag not in _INLINE:
            self.pieces.append("\n")

    def _note_in_heading(self) -> None:
        if self._heading is not None and self._ident not in self.noted:
            self.noted.append(self._ident)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        if tag in _HEADINGS and self._heading is not None:
            self.headings.append((self._ident, "".join(self._heading).strip()))
            self.levels.append(int(tag[1]))
            self._heading = None
        elif tag == "h1" and self._heading is not None:
            self.titles.append("".join(self._heading).strip())
            self._heading = None
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are no code."""
        if _CITED in data:
            self._note_in_heading()
        if self._heading is not None:
            self._heading.append(data)
        if not self._silent:
            self.pieces.append(data)
