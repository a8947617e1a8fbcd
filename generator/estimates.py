"""A ledger goes in; what its rival claims amount to comes out, question by question, never averaged."""

from __future__ import annotations

import pandas as pd

from generator.model import Ledger

#: The columns of the published figures, in their order.
COLUMNS = ["topic", "unit", "claims", "lowest", "highest", "preferred", "by", "claimed_by_enemy"]


def claims_frame(ledger: Ledger) -> pd.DataFrame:
    """Return one line per claim: its question, its bounds, its rank and its nature.

    `bottom` is the lowest figure the claim allows and `top` the highest; either is missing where
    the source leaves it open.
    """
    return pd.DataFrame(
        {
            "topic": claim.topic,
            "unit": claim.unit,
            "claim": claim.id,
            "bottom": None if claim.bottom is None else float(claim.bottom),
            "top": None if claim.top is None else float(claim.top),
            "rank": claim.rank,
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
    rows = [
        (claim.topic, float(claim.best), claim.said.source)
        for claim in ledger.claims.values()
        if claim.rank == "preferred" and claim.best is not None
    ]
    return pd.DataFrame(rows, columns=["topic", "preferred", "by"]).set_index("topic")
