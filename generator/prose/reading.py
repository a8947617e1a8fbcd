"""Markdown goes in; its headings and its running text come out, as the parser that renders it reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import markdown

#: The extensions that decide what is prose; `toc` would give an id to headings that have none.
USUAL = ("admonition", "attr_list", "footnotes", "md_in_html", "tables")
MACRO = re.compile(r"\{\{.*?\}\}|\{#(?![\w-]+\s*\}).*?#\}", re.DOTALL)
#: An address that is written out, which holds no quantities.
_ADDRESS = re.compile(r"\b(?:(?:https?|ftp)://|www\.)\S+")
#: What stands for a macro while the page is parsed: a letter of no language.
_ABSENT = "\ue000"
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
class Reading:
    """What a reader will see of a page: its headings with their ids ("" for none), and its running text."""

    headings: tuple[tuple[str, str], ...]
    text: str


def read_markdown(
    body: str, extensions: Sequence[str] = USUAL, without: frozenset[str] = frozenset()
) -> Reading:
    """Parse the body of a page, macros left out, and return what is heading and what is prose in it.

    What stands in the elements *without* is left out too.
    """
    page = _Page(_SILENT | without)
    page.feed(_parser(tuple(extensions)).reset().convert(MACRO.sub(_ABSENT, body)))
    page.close()
    return Reading(tuple(page.headings), _ADDRESS.sub(" ", "".join(page.pieces)))


@cache
def _parser(extensions: tuple[str, ...]) -> markdown.Markdown:
    return markdown.Markdown(extensions=list(extensions))


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
        self.pieces: list[str] = []
        self._silent: list[str] = []  # the open elements that hold no prose
        self._heading: list[str] | None = None
        self._ident = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = dict(attrs)
        if tag in self._without or (tag == "sup" and (given.get("id") or "").startswith("fnref")):
            self._silent.append(tag)
        if tag in _HEADINGS:
            self._heading, self._ident = [], given.get("id") or ""
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        if tag in _HEADINGS and self._heading is not None:
            self.headings.append((self._ident, "".join(self._heading).strip()))
            self._heading = None
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are no code."""
        if self._heading is not None:
            self._heading.append(data)
        if not self._silent:
            self.pieces.append(data)
