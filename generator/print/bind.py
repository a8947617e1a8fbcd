"""The parts of a book go in; each is set until what it says of the others is so, and one PDF comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.print.book import Part, PartKind
from generator.print.compile import Order, Setting, dead_link
from generator.print.finish_pdf import MissingPlaceError
from generator.print.join import join_parts
from generator.print.numbers import Told, all_places, others, unknown
from generator.problems import Location, Problem

#: In so many rounds pages must have found their places; two are the rule, and three where a page moves.
ROUNDS: Final = 6

#: Sets parts, or says why it cannot.
SetParts = Callable[[Sequence[Order]], Mapping[Order, Setting] | list[Problem]]


@dataclass(frozen=True, slots=True)
class Book:
    """A book: its parts, the folder of their texts, where its PDF goes, and what it is made from."""

    parts: tuple[Part, ...]
    folder: str
    target: str
    source: str

    def document(self, part: Part) -> str:
        """Return the path of the text of a part."""
        return f"{self.folder}/{part.name}.typ"


def settle(book: Book, set_parts: SetParts) -> tuple[Setting, ...] | list[Problem]:
    """Set the parts of a book until each says of the others what they say of themselves.

    A chapter begins with a draft that knows nothing of the others, so that what comes out depends on the
    texts alone, not on what was set before. The index and the lists follow the chapters in each round.
    """
    told = [Told()] * len(book.parts)
    known: dict[int, Order] = {}
    settings: dict[int, Setting] = {}
    for turn in range(ROUNDS):
        before = dict(known)
        for kind in (PartKind.CHAPTER, PartKind.INDEX, PartKind.FRONT):
            wanted = _orders(book, kind, told, draft=turn == 0)
            fresh = {at: order for at, order in wanted.items() if known.get(at) != order}
            made = set_parts(list(fresh.values())) if fresh else {}
            if isinstance(made, list):
                return made
            for at, order in fresh.items():
                known[at], settings[at], told[at] = order, made[order], made[order].told
        if known == before:
            return tuple(settings[at] for at in range(len(book.parts)))
    return [Problem(Location(book.source), "print-warning", "the pages of the book do not find their places")]


def _orders(book: Book, kind: PartKind, told: Sequence[Told], *, draft: bool) -> dict[int, Order]:
    """Return how the parts of a kind are set now, by their number."""
    said = others(book.parts, told)
    return {
        at: Order(
            document=book.document(part),
            target=book.target,
            source=book.source,
            others=unknown(part) if draft and kind is PartKind.CHAPTER else said[at],
            number=at,
            draft=draft,
        )
        for at, part in enumerate(book.parts)
        if part.kind is kind
    }


def bind(book: Book, settings: Sequence[Setting]) -> bytes | list[Problem]:
    """Join the parts of a book that are settled."""
    told = [one.told for one in settings]
    try:
        return join_parts([one.pdf for one in settings], all_places(told), told[0].word)
    except MissingPlaceError as error:
        return [dead_link(error, book.source)]
