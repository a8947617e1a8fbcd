"""The parts of books go in; each is set until what it says of the others is so, and their PDFs come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.output.apart import apart
from generator.print.book import Part, PartKind
from generator.print.finish_pdf import MissingPlaceError
from generator.print.join import Binding, join_apart
from generator.print.numbers import all_places, others, unknown
from generator.print.setting import Order, Setting, dead_link
from generator.print.told import Told
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


class _Settling:
    """A book while it settles: what its parts tell, how each was ordered last, and what was made of it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.told = [Told()] * len(book.parts)
        self.ordered: dict[int, Order] = {}
        self.set: dict[int, Setting] = {}

    def fresh(self, kind: PartKind, *, draft: bool) -> list[Order]:
        """Return the parts of a kind that are told something else than when they were set last."""
        said = others(self.book.parts, self.told)
        orders = [
            Order(
                document=self.book.document(part),
                target=self.book.target,
                source=self.book.source,
                others=unknown(part) if draft and kind is PartKind.CHAPTER else said[at],
                number=at,
                draft=draft,
            )
            for at, part in enumerate(self.book.parts)
            if part.kind is kind
        ]
        return [order for order in orders if self.ordered.get(order.number) != order]

    def take(self, order: Order, made: Setting) -> None:
        """Note what was made of a part."""
        at = order.number
        self.ordered[at], self.set[at], self.told[at] = order, made, made.told

    def parts(self) -> tuple[Setting, ...]:
        """Return what was made of each part, in their order."""
        return tuple(self.set[at] for at in range(len(self.book.parts)))


def settle(books: Sequence[Book], set_parts: SetParts) -> dict[str, tuple[Setting, ...]] | list[Problem]:
    """Set the parts of books until each says of the others what they say of themselves.

    A chapter begins with a draft that knows nothing of the others, so that what comes out depends on the
    texts alone, not on what was set before. The index and the lists follow the chapters in each round.
    The books do not know each other, but go through the rounds together: more is set side by side. What comes
    back is the parts of each book by the path of its PDF.
    """
    settling = restless = [_Settling(book) for book in books]
    for turn in range(ROUNDS):
        before = [dict(one.ordered) for one in settling]
        for kind in (PartKind.CHAPTER, PartKind.INDEX, PartKind.FRONT):
            fresh = [(one, order) for one in settling for order in one.fresh(kind, draft=turn == 0)]
            made = set_parts([order for _, order in fresh]) if fresh else {}
            if isinstance(made, list):
                return made
            for one, order in fresh:
                one.take(order, made[order])
        restless = [one for one, ordered in zip(settling, before, strict=True) if one.ordered != ordered]
        if not restless:
            return {one.book.target: one.parts() for one in settling}
    message = "the pages of the book do not find their places"
    return [Problem(Location(one.book.source), "print-warning", message) for one in restless]


def bind(books: Sequence[tuple[Book, Sequence[Setting]]]) -> dict[str, bytes] | list[Problem]:
    """Join the parts of books that are settled; return each by the path of its PDF.

    Several are joined side by side in processes of their own: a book in pieces weighs 150 MB.
    """
    bindings = []
    for _, settings in books:
        told = [one.told for one in settings]
        parts = tuple(one.pdf for one in settings)
        bindings.append(Binding(parts, all_places(told), told[0].word))
    joined = apart(join_apart, bindings) if len(books) > 1 else [join_apart(one) for one in bindings]
    made = {book.target: one for (book, _), one in zip(books, joined, strict=True)}
    dead = [
        dead_link(one, book.source)
        for book, _ in books
        if isinstance(one := made[book.target], MissingPlaceError)
    ]
    return dead or {target: one for target, one in made.items() if isinstance(one, bytes)}
