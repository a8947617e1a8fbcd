"""The texts of all pages and the ledger go in; the shares of citations and claims of a kind come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.ledger.model import Ledger

_CITED = re.compile(r"\{\{\s*cite\(\s*[\"']([^\"']+)[\"']")


def shares(texts: Iterable[str], ledger: Ledger) -> Mapping[str, Decimal]:
    """Return shares in whole per cent, by the name that a macro gives them.

    `encyclopaedia`: of all citations on the pages, those of a source that says of itself in `custom` that it
    is an encyclopaedia. `locator`: of all claims, those that say where in their source they stand.
    """
    cited = [ledger.sources[i] for text in texts for i in _CITED.findall(text) if i in ledger.sources]
    located = sum(bool(claim.provenance.locator) for claim in ledger.claims.values())
    return {
        "encyclopaedia": _share(sum(bool(source.own.encyclopaedia) for source in cited), len(cited)),
        "locator": _share(located, len(ledger.claims)),
    }


def _share(part: int, whole: int) -> Decimal:
    return Decimal(round(100 * part / whole)) if whole else Decimal(0)
