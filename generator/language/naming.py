"""How records of the ledger, their sources and their figures are named in one language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from babel import Locale

from generator.language import Language
from generator.language.numbers import category
from generator.ledger.model import Claim, Ledger, Provenance


def language_name(code: str, language: Language, names: Mapping[str, str]) -> str:
    """Return what a language is called in another, or else what the settings call it in *names*."""
    return str(language.locale.languages.get(code) or names.get(code) or code)


def english_name(code: str) -> str:
    """Return what a language is called in English, in which the program speaks to who edits."""
    return str(Locale("en").languages.get(code) or code)


def word(ledger: Ledger, language: Language, id_: str) -> str:
    """Return a word of the vocabulary in the language, or its id where there is no such word."""
    known = ledger.words.get(id_)
    return (language.text(known.label) if known else "") or id_


def side_name(ledger: Ledger, language: Language, id_: str) -> str:
    """Return the short name of a side."""
    side = ledger.sides.get(id_)
    return (language.text(side.short) or language.text(side.name)) if side else id_


def subject_name(ledger: Ledger, language: Language, id_: str) -> str:
    """Return the name of what a claim is about, or an empty text for the side as a whole."""
    entity = ledger.entities.get(id_)
    return (language.text(entity.name) if entity else "") or id_


def source_name(ledger: Ledger, language: Language, id_: str) -> str:
    """Return the short name of a source."""
    source = ledger.sources.get(id_)
    return language.source_label(source) if source else id_


def describe(claim: Claim, ledger: Ledger, language: Language, leave_out: Collection[str] = ()) -> str:
    """Say what a claim is about: side, measure, scope, subject, less what is said already."""
    parts = {
        "side": side_name(ledger, language, claim.side),
        "measure": word(ledger, language, claim.measure),
        "scope": word(ledger, language, claim.scope),
        "subject": subject_name(ledger, language, claim.subject),
    }
    return " · ".join(text for part, text in parts.items() if text and part not in leave_out)


def unit_name(claim: Claim, ledger: Ledger, language: Language, *, between: bool = False) -> str:
    """Return the unit of a claim in the form that agrees with its figure, its range or its bound.

    With *between*, a range is written with both its words: "between 11 and 35".
    """
    ends = [end for end in (claim.low, claim.high) if end is not None]
    ends = ends if claim.best is None else [claim.best]
    # A claim without a figure is a problem of its row, and is said there.
    low, high = (ends[0], ends[-1]) if ends else (Decimal(0), Decimal(0))
    bound = claim.best is None and (claim.low is None or claim.high is None or (between and low != high))
    return unit_form(claim.unit, (low, high), ledger, language, bound=bound)


def unit_form(
    unit: str, ends: tuple[Decimal, Decimal], ledger: Ledger, language: Language, *, bound: bool = False
) -> str:
    """Return the form of a unit after the figures of a range, whose *ends* may be one and the same.

    A *bound* is what stands behind "at least" or "between".
    """
    known = ledger.words.get(unit)
    if known is None:
        return unit
    form = known.forms.get(category(*ends, language.locale, bound=bound), {})
    return language.text(form) or language.text(known.label) or unit


def value_text(claim: Claim, ledger: Ledger, language: Language) -> str:
    """Write what a claim states with its unit, where the unit says more than the measure."""
    told = word(ledger, language, claim.unit) == word(ledger, language, claim.measure)
    return language.claim(claim, "" if told else unit_name(claim, ledger, language))


def machine_value(claim: Claim) -> str:
    """Write what a claim states for a machine: 5, 4/6, 4/5/6, or 4/.. where an end is unknown."""
    low, best, high = claim.low, claim.best, claim.high
    if low is None and high is None:
        return "" if best is None else f"{best:f}"
    ends = [f"{x:f}" if x is not None else ".." for x in (low, high)]
    return "/".join([ends[0], *([f"{best:f}"] if best is not None else []), ends[1]])


def attribution(provenance: Provenance, ledger: Ledger, language: Language) -> list[str]:
    """Say who says so and where, and where we read it."""
    source = source_name(ledger, language, provenance.source)
    who = f"{source}, {language.locator(provenance.locator)}" if provenance.locator else source
    if not provenance.via:
        return [who]
    return [who, language.say("read in {source}", source=source_name(ledger, language, provenance.via))]
