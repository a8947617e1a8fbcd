"""A ledger goes in; what its rival claims amount to comes out, question by question, never averaged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.ledger.model import Claim, Ledger
from generator.ledger.roles import Rank

#: The columns of the published figures, in their order.
COLUMNS = ["topic", "unit", "claims", "lowest", "highest", "preferred", "by", "claimed_apart"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the standing answers to one question amount to: how many, and between which figures.

    Answers count the same thing: one scope, one subject. *preferred* is the id of the claim the story
    uses first, or "". *factor* is the highest figure over the lowest, or `None` where that is zero.
    """

    topic: str
    scope: str
    unit: str
    claims: int
    apart: int
    lowest: Decimal
    highest: Decimal
    preferred: str
    factor: Decimal | None


def disputed(ledger: Ledger) -> list[Answers]:
    """Return the questions to which two sources give different figures, the widest factor first.

    Rows set aside and what one side says of another do not make a dispute: the first are refuted, the
    second are counted apart.
    """
    alike: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in ledger.claims.values():
        alike.setdefault((claim.topic, claim.scope, claim.subject), []).append(claim)
    disputes = [answers for claims in alike.values() if (answers := _dispute(claims))]
    return sorted(disputes, key=lambda a: (-(a.factor or 0), a.topic, a.scope))


def standing(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that count as answers."""
    return [claim for claim in claims if claim.stands]


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and the highest figure that claims state; an end is open where every claim leaves it so."""

    lowest: Decimal
    highest: Decimal
    open_below: bool = False
    open_above: bool = False


def span(claims: Sequence[Claim]) -> Span | None:
    """Return between which figures claims lie; `None` where they state none."""
    bounds = [bound for claim in claims for bound in (claim.bottom, claim.top) if bound is not None]
    if not bounds:
        return None
    open_below, open_above = all(c.bottom is None for c in claims), all(c.top is None for c in claims)
    return Span(min(bounds), max(bounds), open_below, open_above)


def preferred(claims: Iterable[Claim]) -> Claim | None:
    """Return the claim that the story uses first, if there is one."""
    return next((claim for claim in claims if claim.rank == Rank.PREFERRED), None)


def _dispute(claims: Sequence[Claim]) -> Answers | None:
    """Sum up answers that count the same thing; `None` if no two sources differ."""
    answers = standing(claims)
    ends = span(answers)
    if ends is None or ends.lowest == ends.highest or len({c.provenance.source for c in answers}) < 2:
        return None
    first, lowest, highest = preferred(answers), ends.lowest, ends.highest
    return Answers(
        topic=claims[0].topic,
        scope=claims[0].scope,
        unit=claims[0].unit,
        claims=len(answers),
        apart=sum(claim.apart for claim in claims),
        lowest=lowest,
        highest=highest,
        preferred=first.id if first else "",
        factor=highest / lowest if lowest else None,
    )


def published_csv(ledger: Ledger) -> bytes:
    """Write the published figures as the committed file `data/published.csv` holds them.

    One line for each question: how many claims, how far apart, which one is preferred. Rows that are
    set aside do not widen the span, and what one side says of another is counted apart.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_published(ledger))
    return text.getvalue().encode()


def _published(ledger: Ledger) -> Iterator[list[str]]:
    for topic, claims in sorted(ledger.rivals.items()):
        answers = standing(claims)
        ends, first = span(answers), preferred(claims)
        stated = first is not None and first.best is not None
        yield [
            topic,
            claims[0].unit,
            str(len(answers)),
            "" if ends is None or ends.open_below else _plain(ends.lowest),
            "" if ends is None or ends.open_above else _plain(ends.highest),
            _plain(first.best) if first and first.best is not None else "",
            first.provenance.source if first and stated else "",
            str(sum(claim.apart for claim in claims)),
        ]


def _plain(value: Decimal) -> str:
    """Write a figure exactly, without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
