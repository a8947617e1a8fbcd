"""What was made of the pages of one language goes in; what of it still holds comes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.figures import Figure
from generator.ledger.model import Ledger
from generator.loading import Inputs
from generator.output.memory import Parts
from generator.pages.backlinks import Mention, Mentions, figure_stands, mentions
from generator.pages.days import DaysPage, Telling, Tellings, tellings_of
from generator.problems import Problem
from generator.settings import Documentary


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language: where it is, what it says, what its marks named, where its links lead.

    `told` are the events of which it tells, each with its section. `elsewhere` are the languages of a page
    that is not written in this one: what stands here says where it is.
    """

    path: str
    title: str
    description: str
    markdown: str
    hides_contents: bool
    used: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    source: str
    links: tuple[tuple[str, int], ...] = ()
    told: tuple[Telling, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was made before: from which text and mentions, with which problems, and whether in full."""

    state: tuple[object, ...]
    page: Page | None
    problems: tuple[Problem, ...]
    full: bool


@dataclass(slots=True)
class Kept:
    """What was made of one language before: it serves again where nothing that it came from has changed."""

    ledger: Ledger | None = None
    documentary: Documentary | None = None
    frame: bytes = b""
    figures: Mapping[str, Figure] | None = None
    layers: Mapping[str, Figure] = field(default_factory=dict)
    days: tuple[DaysPage, ...] = ()
    pages: dict[str, KeptPage] = field(default_factory=dict)
    proofread: dict[str, tuple[Parts, Any]] = field(default_factory=dict)  #: outlives another ledger
    sound: bool = False  #: whether nothing was wrong with all that these were made from
    _marks: Sequence[tuple[object, ...]] = ()
    _named: tuple[Mentions, Mapping[str, Mention], Tellings] = ({}, {}, {})

    def named_by(self, pages: Collection[Page]) -> tuple[Mentions, Mapping[str, Mention], Tellings]:
        """Return what pages of prose name, turned round: the same object as long as they name the same."""
        marks = [(page.path, page.title, page.used, page.told) for page in pages]
        if marks != self._marks:
            marked = [(Mention(page.path, page.title), page.used) for page in pages]
            tellings = tellings_of(page.told for page in pages)
            self._marks, self._named = marks, (mentions(marked), figure_stands(marked), tellings)
        return self._named

    def is_of(self, inputs: Inputs) -> bool:
        """Tell whether it was made of the same ledger and settings, and these were found sound."""
        return self.sound and self.ledger is inputs.ledger and self.documentary is inputs.documentary

    def turn_to(self, inputs: Inputs) -> None:
        """Forget everything if the ledger, the settings or the extensions of Markdown are others now."""
        frame = inputs.files.get("mkdocs.yml", b"")
        same = self.ledger is inputs.ledger and self.documentary is inputs.documentary and self.frame == frame
        if not same:
            self.ledger, self.documentary, self.frame = inputs.ledger, inputs.documentary, frame
            self.figures, self.sound = None, False
            self.pages.clear()
