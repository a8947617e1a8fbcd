"""What Typst's query for what a document tells of itself answers goes in; its pages and places come out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: its page counted from 1, and how far from the left and the top, in points."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells of itself once it is set; its pages are counted from its own first.

    `ahead` pages that are not its own stand before it. `headings` are those of the contents, with their
    level. They, `figures` and `tables` are names of `places`, in their order. `mentions` are the entities
    of which the text speaks, with the places where.
    """

    pages: int = 0
    ahead: int = 0
    word: str = ""
    places: Mapping[str, Place] | None = None
    headings: Sequence[tuple[str, int]] = ()
    figures: Sequence[str] = ()
    tables: Sequence[str] = ()
    mentions: Sequence[tuple[str, Place]] = ()

    @classmethod
    def read(cls, text: str | bytes) -> Told:
        """Read what Typst's query for `<told>` answers."""
        (told,) = json.loads(text)
        places = {name: Place(*place) for name, *place in told.pop("places")}
        mentions = [(name, Place(*place)) for name, *place in told.pop("mentions")]
        return cls(places=places, mentions=mentions, **told)
