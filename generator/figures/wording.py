"""Claims go in; their labels, hover texts, table and alternative text come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from generator.figures.canvas import Canvas
from generator.figures.figure import Cell, Row, Table
from generator.figures.text import bold, safe, wrapped
from generator.language.naming import machine_value
from generator.ledger.model import Claim, Event, Provenance
from generator.ledger.roles import Rank

#: How many figures an alternative text says before it counts the rest.
SAID = 6
HOVER_LETTERS = 52
#: Between the parts of a hover text. A plain `<br>` only breaks a part that is too long for a line.
LINES = "<br />"


def shared_parts(claims: Sequence[Claim]) -> set[str]:
    """Return which parts of a description all these claims have in common."""
    parts = ("side", "measure", "subject")
    return {part for part in parts if len({getattr(claim, part) for claim in claims}) <= 1}


def row_labels(canvas: Canvas, claims: Sequence[Claim], common: Collection[str]) -> dict[str, str]:
    """Name each claim by its source and what it counts, less what all have in *common*.

    Claims of one name are told apart by their locator.
    """

    def label(claim: Claim, locator: str = "") -> str:
        source = canvas.source_name(claim.provenance.source)
        who = f"{source}, {canvas.language.locator(locator)}" if locator else source
        what = canvas.describe(claim, common)
        return f"{who} · {what}" if what else who

    first = [label(claim) for claim in claims]
    return {
        claim.id: label(claim, claim.provenance.locator if first.count(text) > 1 else "")
        for claim, text in zip(claims, first, strict=True)
    }


def hover_text(head: str, lines: Iterable[str], value: str = "", between: str = LINES) -> str:
    """Return a hover text, escaped: a bold head, a bold *value*, and the lines that are not empty."""
    wrapped_lines = (wrapped(line, HOVER_LETTERS) for line in lines if line)
    first = [bold(wrapped(head, HOVER_LETTERS)), *([bold(safe(value))] if value else [])]
    return between.join([*first, *wrapped_lines])


def hover(canvas: Canvas, claim: Claim) -> str:
    """Return the whole claim as the lines of a hover text, escaped."""
    return canvas.once(claim.id, lambda: _claim_hover(canvas, claim))


def _claim_hover(canvas: Canvas, claim: Claim) -> str:
    who, *via = canvas.attribution(claim.provenance)
    lines = [
        canvas.describe(claim),
        canvas.language.date(claim.date) if claim.date else "",
        f"{canvas.word(claim.nature)} · {canvas.word(claim.rank)}",
        *via,
        canvas.bare(claim.reason),
        canvas.bare(claim.note),
    ]
    return hover_text(who, lines, canvas.value(claim))


def event_hover(canvas: Canvas, event: Event) -> str:
    """Return a whole event as the lines of a hover text, escaped."""
    return canvas.once(event.id, lambda: _event_hover(canvas, event))


def _event_hover(canvas: Canvas, event: Event) -> str:
    when = canvas.language.date(event.date)
    lines = [
        f"{when}, {event.time.replace('/', '–')}" if event.time else when,
        canvas.side_name(event.side),
        canvas.bare(event.text),
        *canvas.attribution(event.provenance),
        canvas.bare(event.reason),
    ]
    return hover_text(canvas.text(event.title), lines)


def source_cell(canvas: Canvas, provenance: Provenance) -> Cell:
    """Return the cell that says who says so, and to a machine the id of the source."""
    return Cell(canvas.attributed(provenance) if provenance.source else "", value=provenance.source)


def value_cell(canvas: Canvas, claim: Claim) -> Cell:
    """Return the cell that says what a claim states, in words and for a machine."""
    return Cell(canvas.value(claim), claim.id, machine_value(claim))


def claim_table(canvas: Canvas, claims: Iterable[Claim]) -> Table:
    """Return the table that says what a drawing of claims shows."""
    head = (
        canvas.say("Source"),
        canvas.say("What is counted"),
        canvas.say("Figure"),
        canvas.say("Date"),
        canvas.say("Kind of statement"),
    )
    return Table(head, tuple(_claim_row(canvas, claim) for claim in claims))


def _claim_row(canvas: Canvas, claim: Claim) -> Row:
    kind = [canvas.word(claim.nature)]
    if claim.rank != Rank.NORMAL:
        kind.append(canvas.word(claim.rank))
    date = claim.date
    return (
        source_cell(canvas, claim.provenance),
        Cell(canvas.describe(claim)),
        value_cell(canvas, claim),
        Cell(canvas.language.date(date), value=date.text) if date else Cell(""),
        Cell(", ".join(text for text in kind if text)),
    )


def claims_alt(canvas: Canvas, what: str, claims: Sequence[Claim]) -> str:
    """Say what a figure shows and its main numbers: the preferred ones first."""
    common = shared_parts(claims)
    words = []
    for claim in sorted(claims, key=lambda claim: claim.rank != Rank.PREFERRED):
        parts = (canvas.source_name(claim.provenance.source), canvas.describe(claim, common))
        words.append(canvas.pair(", ".join(filter(None, parts)), canvas.value(claim)))
    return alt(canvas, what, words)


def alt(canvas: Canvas, what: str, statements: Sequence[str]) -> str:
    """Join a sentence and the main figures. One figure left over is said, not counted.

    The title is not said again: whoever hears this text has just heard it.
    """
    shown = list(statements if len(statements) == SAID + 1 else statements[:SAID])
    if len(statements) > len(shown):
        shown.append(canvas.say("and {n} more", n=canvas.number(len(statements) - len(shown))))
    return canvas.language.typeset(f"{what} {canvas.say('; ').join(shown)}.")


def share_text(canvas: Canvas, share: Decimal) -> str:
    """Write a share that we computed, to the whole percent above one, else to the tenth."""
    percent = share * 100
    rounded = percent.quantize(Decimal(1) if percent >= 1 else Decimal("0.1"))
    return canvas.say("{share}%", share=canvas.number(rounded))
