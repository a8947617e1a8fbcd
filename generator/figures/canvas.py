"""What travels together through a kind of figure: its settings, the ledger, a language and a width."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from generator.figures.figure import WIDE
from generator.figures.palette import MUTED
from generator.language import Language, naming
from generator.ledger.model import Claim, Ledger, Provenance, Side, Text
from generator.problems import Problem
from generator.prose.inline import inline_text
from generator.settings import Spec
from generator.typed import Path


class BadSettingsError(Exception):
    """The settings of a figure cannot be drawn; carries the problems up to `draw_figure`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Canvas:
    """One figure in one language at one width in pixels, and how the ledger is named on it."""

    spec: Spec
    ledger: Ledger
    language: Language
    width: int = WIDE
    #: The movements that are drawn over a map elsewhere: its names keep off them.
    passing: tuple[str, ...] = ()
    #: What hover texts say, by the id of their record: the same at every width.
    hovers: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def at(self, width: int) -> Canvas:
        """Return the same figure at another width."""
        return replace(self, width=width)

    def once(self, ident: str, make: Callable[[], str]) -> str:
        """Return the hover text of a record, made when it is first asked for at any width."""
        if ident not in self.hovers:
            self.hovers[ident] = make()
        return self.hovers[ident]

    @property
    def narrow(self) -> bool:
        """Whether there is no room for labels beside the rows."""
        return self.width < WIDE

    @property
    def title(self) -> str:
        """The title of the figure."""
        return self.text(self.spec.title)

    def say(self, message: str, **values: object) -> str:
        """Return a message of the interface in the language."""
        return self.language.say(message, **values)

    def pair(self, name: str, figure: str) -> str:
        """Return a name and what is said of it: "Smith 1901: 12"."""
        return self.say("{name}: {figure}", name=name, figure=figure)

    def text(self, text: Text) -> str:
        """Return a text of the ledger or the settings in the language."""
        return self.language.text(text)

    def bare(self, text: Text | str) -> str:
        """Return a note or a reason in the language, without its marks."""
        words = self.language.typeset(text) if isinstance(text, str) else self.text(text)
        return inline_text(words, self.ledger.entities)

    def number(self, value: Decimal | float | None) -> str:
        """Write a number."""
        return self.language.number(value)

    def word(self, id_: str) -> str:
        """Return a word of the vocabulary."""
        return naming.word(self.ledger, self.language, id_)

    def side_name(self, id_: str) -> str:
        """Return the short name of a side."""
        return naming.side_name(self.ledger, self.language, id_)

    def source_name(self, id_: str) -> str:
        """Return the short name of a source."""
        return naming.source_name(self.ledger, self.language, id_)

    def subject_name(self, id_: str) -> str:
        """Return the name of what a claim is about."""
        return naming.subject_name(self.ledger, self.language, id_)

    def describe(self, claim: Claim, leave_out: Collection[str] = ()) -> str:
        """Say what a claim is about, less the parts to *leave_out*."""
        return naming.describe(claim, self.ledger, self.language, leave_out)

    def value(self, claim: Claim) -> str:
        """Write what a claim states, with its unit."""
        return naming.value_text(claim, self.ledger, self.language)

    def attribution(self, provenance: Provenance) -> list[str]:
        """Say who says so and where, and where we read it."""
        return naming.attribution(provenance, self.ledger, self.language)

    def attributed(self, provenance: Provenance) -> str:
        """Say the same as one text."""
        return self.say("; ").join(self.attribution(provenance))

    def side(self, id_: str) -> Side:
        """Return a side, or a neutral one for a record that belongs to none."""
        return self.ledger.sides.get(id_) or Side(id_, 10_000, {}, {}, MUTED, "circle", "")

    def sides(self, records: Iterable[Any]) -> list[Side]:
        """Return the sides that these records belong to, in their order."""
        known = {record.side for record in records} & set(self.ledger.sides)
        return sorted((self.ledger.sides[id_] for id_ in known), key=lambda side: (side.order, side.id))

    def bad(self, message: str, hint: str = "", path: Path = ()) -> BadSettingsError:
        """Return the exception that says the option at *path* is wrong, or the figure as a whole."""
        return BadSettingsError(self.problem(message, hint, path))

    def problem(self, message: str, hint: str = "", path: Path = ()) -> Problem:
        """Return what is wrong with the option at *path*, or with the figure as a whole."""
        spec = self.spec
        location = spec.locate(path) if spec.locate and path else spec.location
        return Problem(location, "bad-figure", f"{spec.named}: {message}", hint)

    def empty(self) -> BadSettingsError:
        """Return the exception that says the figure has nothing to draw."""
        message = f"{self.spec.named} finds no row to draw"
        return BadSettingsError(Problem(self.spec.location, "empty-figure", message))
