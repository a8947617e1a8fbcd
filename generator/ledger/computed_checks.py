"""A ledger goes in; computed numbers without their formula, or not what it makes, come out as problems."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.ledger.computing import Computer
from generator.ledger.formulas import FormulaError, read_formula
from generator.ledger.model import Claim, Formula, Ledger
from generator.ledger.roles import Rank, Role
from generator.problems import Location, Problem

#: The nature of a claim that somebody computed from other numbers, or on a map.
COMPUTED = "computed"


def check_computed(ledger: Ledger) -> Iterator[Problem]:
    """Every bound of a computed claim that is not set aside has a formula, and is what that formula makes.

    Where the data package has no table of formulas, none is asked for.
    """
    given = {(formula.claim, formula.bound) for formula in ledger.formulas}
    for claim in ledger.claims.values() if ledger.has(Role.FORMULAS) else ():
        if claim.nature == COMPUTED and claim.rank != Rank.DEPRECATED:
            for bound in _bounds(claim):
                if (claim.id, bound) not in given:
                    location = Location(claim.location.file, claim.location.line, bound)
                    message = f"{claim.id} is computed, and no row says how"
                    hint = "write its formula into the table of formulas, or give it the nature it has"
                    yield Problem(location, "no-formula", message, hint)
    for formula in ledger.formulas:
        yield from _check(formula, ledger)


def _check(formula: Formula, ledger: Ledger) -> Iterator[Problem]:
    claim = ledger.claims[formula.claim]
    location = Location(formula.location.file, formula.location.line, "formula")
    stated = _bounds(claim).get(formula.bound)
    if stated is None:
        message = f"{claim.id} states no {formula.bound}"
        yield Problem(location, "bad-formula", message, "name the bound that the claim states")
        return
    try:
        made = Computer(ledger, formula.bound).number(read_formula(formula.text))
    except FormulaError as error:
        yield Problem(location, "bad-formula", str(error), error.hint)
        return
    if abs(made - stated) > tolerance(stated):
        message = f"{formula.text} makes {_short(made, stated)}, but {claim.id} says {stated}"
        hint = f"correct the formula, or {claim.location}"
        yield Problem(location, "wrong-result", message, hint)


def tolerance(stated: Decimal) -> Decimal:
    """Return how far a result may lie from the number stated: half of its last digit, no more."""
    return Decimal((0, (5,), int(stated.as_tuple().exponent) - 1))


def _short(made: Decimal, stated: Decimal) -> str:
    """Write a result with two digits more than the number stated has."""
    digits = 2 - int(stated.as_tuple().exponent)
    return f"{made:.{digits}f}".rstrip("0").rstrip(".") if made % 1 else f"{made:.0f}"


def _bounds(claim: Claim) -> dict[str, Decimal]:
    bounds = {"low": claim.low, "best": claim.best, "high": claim.high}
    return {name: value for name, value in bounds.items() if value is not None}
