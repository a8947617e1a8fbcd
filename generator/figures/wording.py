"""Claims and a language go in; their labels, hover texts, table and alternative text come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from generator.figures.figure import Cell
from generator.figures.style import safe, wrapped
from generator.language import Language
from generator.language.naming import attribution, describe, machine_value, source_name, value_text, word
from generator.ledger.model import Claim, Ledger

#: How many figures an alternative text says before it counts the rest.
SAID = 6
HOVER_LETTERS = 52
#: Between the parts of a hover text. A plain `<br>` only breaks a part that is too long for a line.
LINES = "<br />"


def shared_parts(claims: Sequence[Claim]) -> set[str]:
    """Return which parts of a description all these claims have in common."""
    parts = ("side", "measure", "subject")
    return {part for part in parts if len({getattr(claim, part) for claim in claims}) <= 1}


def row_labels(
    claims: Sequence[Claim], ledger: Ledger, language: Language, common: Collection[str]
) -> dict[str, str]:
    """Name each claim by its source and what it counts, less what all have in *common*.

    Twins are told apart by their locator.
    """

    def label(claim: Claim, locator: str = "") -> str:
        source = source_name(ledger, language, claim.provenance.source)
        who = f"{source}, {language.typeset(locator)}" if locator else source
        about = describe(claim, ledger, language, common)
        return f"{who} · {about}" if about else who

    first = [label(claim) for claim in claims]
    return {
        claim.id: label(claim, claim.provenance.locator if first.count(text) > 1 else "")
        for claim, text in zip(claims, first, strict=True)
    }


def hover(claim: Claim, ledger: Ledger, language: Language) -> str:
    """Return the whole claim as the lines of a hover text, escaped."""
    nature = word(ledger, language, claim.nature)
    who, *via = attribution(claim.provenance, ledger, language)
    lines = [
        describe(claim, ledger, language),
        language.date(claim.date) if claim.date else "",
        f"{nature} · {word(ledger, language, claim.rank)}",
        *via,
        language.text(claim.reason),
        language.text(claim.note),
    ]
    head = f"<b>{wrapped(who, HOVER_LETTERS)}</b>"
    value = f"<b>{safe(value_text(claim, ledger, language))}</b>"
    return LINES.join([head, value, *(wrapped(line, HOVER_LETTERS) for line in lines if line)])


def claim_table(
    claims: Iterable[Claim], ledger: Ledger, language: Language
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Return the head and the rows of the table that says what the drawing shows."""
    head = (
        language.say("Source"),
        language.say("What is counted"),
        language.say("Figure"),
        language.say("Date"),
        language.say("Kind of statement"),
    )
    return head, tuple(_claim_row(claim, ledger, language) for claim in claims)


def _claim_row(claim: Claim, ledger: Ledger, language: Language) -> tuple[Cell, ...]:
    kind = [word(ledger, language, claim.nature)]
    if claim.rank != "normal":
        kind.append(word(ledger, language, claim.rank))
    return (
        Cell(
            language.say("; ").join(attribution(claim.provenance, ledger, language)),
            value=claim.provenance.source,
        ),
        Cell(describe(claim, ledger, language)),
        Cell(value_text(claim, ledger, language), claim.id, machine_value(claim)),
        Cell(
            language.date(claim.date) if claim.date else "",
            value=claim.date.text if claim.date else "",
        ),
        Cell(", ".join(text for text in kind if text)),
    )


def claims_alt(title: str, what: str, claims: Sequence[Claim], ledger: Ledger, language: Language) -> str:
    """Say what a figure shows and its main numbers: the preferred ones first."""
    ordered = sorted(claims, key=lambda claim: claim.rank != "preferred")
    common = shared_parts(claims)
    said = [
        language.say(
            "{name}: {figure}",
            name=", ".join(
                text
                for text in (
                    source_name(ledger, language, claim.provenance.source),
                    describe(claim, ledger, language, common),
                )
                if text
            ),
            figure=value_text(claim, ledger, language),
        )
        for claim in ordered
    ]
    return alt(title, what, said, language)


def alt(title: str, what: str, said: Sequence[str], language: Language) -> str:
    """Join a title, a sentence and the main figures. One figure left over is said, not counted."""
    shown = list(said if len(said) == SAID + 1 else said[:SAID])
    if len(said) > len(shown):
        shown.append(language.say("and {n} more", n=language.number(len(said) - len(shown))))
    end = "" if title.endswith((".", "?", "!", "…")) else "."
    return language.typeset(f"{title}{end} {what} {language.say('; ').join(shown)}.")


def share_text(share: Decimal, language: Language) -> str:
    """Write a share that we computed, to the whole percent above one, else to the tenth."""
    percent = share * 100
    rounded = percent.quantize(Decimal(1) if percent >= 1 else Decimal("0.1"))
    return language.say("{share}%", share=language.number(rounded))
