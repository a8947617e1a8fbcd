"""The marks of the pages of prose go in; which pages tell of each row of the ledger comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A page of prose that names a row: where it is, without ending, and its title."""

    path: str
    title: str


#: By the id of a row (a claim, an event, an entity or a source): the pages that tell of it.
Mentions = Mapping[str, Sequence[Mention]]


def figure_stands(pages: Iterable[tuple[Mention, Iterable[tuple[str, str]]]]) -> Mapping[str, Mention]:
    """Return the first page on which each figure stands, by its id; pages come as to `mentions`."""
    stands: dict[str, Mention] = {}
    for page, used in pages:
        for mark, named in used:
            if mark == "figure":
                stands.setdefault(named, page)
    return stands


#: The marks that name a row. A figure or a table shows many, and is a page's own.
_NAMING = ("claim", "event", "name", "source", "image")


def mentions(pages: Iterable[tuple[Mention, Iterable[tuple[str, str]]]]) -> Mentions:
    """Turn round what each page names: each row's pages, each once, in the order of the pages.

    A page comes with its marks as `Macros.used` lists them: the kind of mark, and the id it names,
    which for a citation is followed by a space and the place in the source.
    """
    mentions_of: dict[str, dict[Mention, None]] = {}
    for page, used in pages:
        for mark, named in used:
            if mark in _NAMING:
                mentions_of.setdefault(named.partition(" ")[0], {})[page] = None
    return {ident: tuple(told) for ident, told in mentions_of.items()}
