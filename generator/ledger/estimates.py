"""A ledger goes in; what its rival claims amount to comes out, question by question, never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.ledger.model import Claim, Ledger
from generator.ledger.roles import Rank

if TYPE_CHECKING:  # it takes longer to load than most ledgers take to check
    import pandas as pd

#: The columns of the published figures, in their order.
COLUMNS = ["topic", "unit", "claims", "lowest", "highest", "preferred", "by", "claimed_by_enemy"]


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
    enemy: int
    lowest: Decimal
    highest: Decimal
    preferred: str
    factor: Decimal | None


def disputed(ledger: Ledger) -> list[Answers]:
    """Return the questions to which two sources give different figures, the widest factor first.

    Rows set aside and claims by the enemy do not make a dispute: the first are refuted, the second
    are counted apart.
    """
    alike: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in ledger.claims.values():
        alike.setdefault((claim.topic, claim.scope, claim.subject), []).append(claim)
    found = [answers for claims in alike.values() if (answers := _dispute(claims))]
    return sorted(found, key=lambda a: (-(a.factor or 0), a.topic, a.scope))


def _dispute(claims: list[Claim]) -> Answers | None:
    """Sum up answers that count the same thing; `None` if no two sources differ."""
    standing = [c for c in claims if c.rank != Rank.DEPRECATED and c.nature != "enemy-claim"]
    bounds = [bound for c in standing for bound in (c.bottom, c.top) if bound is not None]
    if len({c.provenance.source for c in standing}) < 2 or min(bounds) == max(bounds):
        return None
    lowest, highest = min(bounds), max(bounds)
    return Answers(
        topic=claims[0].topic,
        scope=claims[0].scope,
        unit=claims[0].unit,
        claims=len(standing),
        enemy=sum(c.nature == "enemy-claim" for c in claims),
        lowest=lowest,
        highest=highest,
        preferred=next((c.id for c in standing if c.rank == Rank.PREFERRED), ""),
        factor=highest / lowest if lowest else None,
    )


def claims_frame(ledger: Ledger) -> pd.DataFrame:
    """Return one line per claim: its question, its bounds, its rank and its nature.

    `bottom` is the lowest figure the claim allows and `top` the highest; either is missing where
    the source leaves it open.
    """
    import pandas as pd

    return pd.DataFrame(
        {
            "topic": claim.topic,
            "unit": claim.unit,
            "claim": claim.id,
            "bottom": None if claim.bottom is None else float(claim.bottom),
            "top": None if claim.top is None else float(claim.top),
            "rank": str(claim.rank),
            "enemy": claim.nature == "enemy-claim",
        }
        for claim in ledger.claims.values()
    )


def published(ledger: Ledger) -> pd.DataFrame:
    """Return one line per question: how many claims, how far apart, which one is preferred.

    Rows that are set aside do not widen the span, and claims by the enemy are counted apart.
    """
    frame = claims_frame(ledger)
    standing = frame[(frame["rank"] != "deprecated") & ~frame["enemy"]]
    spans = standing.groupby("topic").agg(
        claims=("claim", "size"), lowest=("bottom", "min"), highest=("top", "max")
    )
    whole = frame.groupby("topic").agg(unit=("unit", "first"), claimed_by_enemy=("enemy", "sum"))
    table = whole.join(spans).join(_preferred(ledger))
    table["claims"] = table["claims"].fillna(0)
    return table.reset_index()[COLUMNS].sort_values("topic", ignore_index=True)


def published_csv(ledger: Ledger) -> bytes:
    """Write the published figures as the committed file `data/published.csv` holds them."""
    text = published(ledger).to_csv(index=False, float_format="%.10g", lineterminator="\n")
    return text.encode()


def _preferred(ledger: Ledger) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (claim.topic, float(claim.best), claim.provenance.source)
        for claim in ledger.claims.values()
        if claim.rank == Rank.PREFERRED and claim.best is not None
    ]
    return pd.DataFrame(rows, columns=["topic", "preferred", "by"]).set_index("topic")
