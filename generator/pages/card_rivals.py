"""A claim or a dated event goes in; the answers to its question come out, each with its place on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from generator.language import Language
from generator.language.naming import unit_form
from generator.ledger.edtf import meet
from generator.ledger.estimates import span, standing
from generator.ledger.model import Claim, Event, Ledger
from generator.ledger.roles import Rank

#: How long the line is on which answers stand.
LONG: Final = 200
#: How an answer stands on the line: with the others, by one side about another, or set aside.
STANDS, APART, ASIDE = 0, 1, 2
#: From where to where an answer reaches on the line, and how it stands.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rivals:
    """The answers to one question that count the same thing: their ids, their marks, and what they amount to.

    There are no marks where there is nothing to compare.
    """

    topic: str
    ids: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    said: str = ""


def rival_claims(claim: Claim, ledger: Ledger, language: Language) -> Rivals:
    """Return the answers that count what *claim* counts, itself among them."""
    answers = ledger.rivals.get(claim.topic, ())
    alike = [one for one in answers if _comparable(one, claim)]
    bounds = [(one.bottom, one.top) for one in alike]
    ends = [(low if low is not None else high, high if high is not None else low) for low, high in bounds]
    states = [_state(one.rank, apart=one.apart) for one in alike]
    statement = _claims_said(alike, len(answers) - len(alike), ledger, language)
    return Rivals(claim.topic, tuple(one.id for one in alike), _marks(ends, states), statement)


def _comparable(one: Claim, other: Claim) -> bool:
    """Whether two answers count the same thing at one time, and are no parts of each other or of a whole."""
    if one.id == other.id:
        return True
    same = (one.scope, one.subject, one.unit) == (other.scope, other.subject, other.unit)
    together = one.date is None or other.date is None or meet(one.date, other.date)
    part = one.part_of == other.id or other.part_of == one.id
    return same and together and not part and not (one.part_of and one.part_of == other.part_of)


def rival_events(event: Event, ledger: Ledger, language: Language) -> Rivals:
    """Return the dates that sources give for the same event."""
    alike = ledger.rival_events.get(event.topic, ()) if event.topic else (event,)
    ends = [(Decimal(e.date.first), Decimal(e.date.last)) for e in alike]
    statement = ""
    if len(alike) > 1:
        first = min(alike, key=lambda e: e.date.first)
        last = max(alike, key=lambda e: e.date.last)
        both = language.say(
            "{first} to {last}", first=language.date(first.date), last=language.date(last.date)
        )
        count = language.plural("{n} answer", "{n} answers", len(alike))
        statement = language.say("{answers}: {span}", answers=count, span=both)
    states = [_state(e.rank, apart=False) for e in alike]
    return Rivals(event.topic, tuple(e.id for e in alike), _marks(ends, states), statement)


def _state(rank: Rank, *, apart: bool) -> int:
    if rank == Rank.DEPRECATED:
        return ASIDE
    return APART if apart else STANDS


def _marks(ends: Sequence[tuple[Decimal | None, Decimal | None]], states: Sequence[int]) -> tuple[Mark, ...]:
    """Place answers on a line from the lowest to the highest; none where they are one and the same."""
    known = [end for pair in ends for end in pair if end is not None]
    if len(ends) < 2 or not known or min(known) == max(known):
        return ()
    least, most = min(known), max(known)

    def at(value: Decimal | None) -> int:
        return round(LONG * ((value if value is not None else least) - least) / (most - least))

    return tuple((at(low), at(high), state) for (low, high), state in zip(ends, states, strict=True))


def _claims_said(alike: Sequence[Claim], others: int, ledger: Ledger, language: Language) -> str:
    """Say what the answers amount to that count the same, and how many *others* the question has."""
    parts = [*_alike_said(alike, ledger, language)] if len(alike) > 1 else []
    if others:
        parts.append(
            language.plural("{n} other counts something else", "{n} others count something else", others)
        )
    return language.say("; ").join(parts)


def _alike_said(alike: Sequence[Claim], ledger: Ledger, language: Language) -> Iterator[str]:
    """Say how many answers stand, between which figures, and how many are not counted among them."""
    answers = standing(alike)
    ends = span(answers)
    if ends is not None:
        low, high = language.number(ends.lowest), language.number(ends.highest)
        both = low if low == high else language.say("{low}–{high}", low=low, high=high)
        unit = unit_form(answers[0].unit, (ends.lowest, ends.highest), ledger, language)
        count = language.plural("{n} answer", "{n} answers", len(answers))
        yield language.say("{answers}: {span}", answers=count, span=language.counted(both, unit))
    apart = sum(one.apart and one.rank != Rank.DEPRECATED for one in alike)
    aside = sum(one.rank == Rank.DEPRECATED for one in alike)
    if apart:
        yield language.plural("{n} by the other side", "{n} by the other side", apart)
    if aside:
        yield language.plural("{n} set aside", "{n} set aside", aside)
