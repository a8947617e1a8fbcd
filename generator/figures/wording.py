"""Claims and a language go in; their labels, hover texts, table and alternative text come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from generator.figures.figure import Cell
from generator.figures.style import safe, wrapped
from generator.language import Language
from generator.model import Claim, Ledger, Provenance

#: How many figures an alternative text says before it counts the rest.
SAID = 6
HOVER_LETTERS = 52
#: Between the parts of a hover text. A plain `<br>` only breaks a part that is too long for a line.
LINES = "<br />"


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
        source = source_name(ledger, language, claim.said.source)
        who = f"{source}, {language.typeset(locator)}" if locator else source
        about = describe(claim, ledger, language, common)
        return f"{who} · {about}" if about else who

    first = [label(claim) for claim in claims]
    return {
        claim.id: label(claim, claim.said.locator if first.count(text) > 1 else "")
        for claim, text in zip(claims, first, strict=True)
    }


def value_text(claim: Claim, ledger: Ledger, language: Language) -> str:
    """Write what a claim states with its unit, where the unit says more than the measure."""
    unit, measure = (word(ledger, language, id_) for id_ in (claim.unit, claim.measure))
    return language.claim(claim, "" if unit == measure else unit)


def machine_value(claim: Claim) -> str:
    """Write what a claim states for a machine: 5, 4/6, 4/5/6, or 4/.. where an end is unknown."""
    low, best, high = claim.low, claim.best, claim.high
    if low is None and high is None:
        return "" if best is None else f"{best:f}"
    ends = [f"{x:f}" if x is not None else ".." for x in (low, high)]
    return "/".join([ends[0], *([f"{best:f}"] if best is not None else []), ends[1]])


def provenance(said: Provenance, ledger: Ledger, language: Language) -> list[str]:
    """Say who says so and where, and where we read it."""
    source = source_name(ledger, language, said.source)
    who = f"{source}, {language.typeset(said.locator)}" if said.locator else source
    if not said.via:
        return [who]
    return [who, language.say("read in {source}", source=source_name(ledger, language, said.via))]


def hover(claim: Claim, ledger: Ledger, language: Language) -> str:
    """Return the whole claim as the lines of a hover text, escaped."""
    nature = word(ledger, language, claim.nature)
    who, *via = provenance(claim.said, ledger, language)
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
            language.say("; ").join(provenance(claim.said, ledger, language)),
            value=claim.said.source,
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
                    source_name(ledger, language, claim.said.source),
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
