"""The options of a figure and the ledger go in; the claims it draws come out, or `BadSettingsError`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.figures.canvas import Canvas
from generator.ledger.model import Claim
from generator.problems import did_you_mean


def check_options(canvas: Canvas, known: Sequence[str]) -> None:
    """Refuse an option that the kind does not know: it would be ignored silently."""
    for name in canvas.spec.options:
        if name not in known:
            kind = canvas.spec.kind
            hint = did_you_mean(name, known, f"{kind} takes {', '.join(known)}")
            raise canvas.bad(f'{kind} has no option "{name}"', hint)


def names(canvas: Canvas, option: str, known: Iterable[str], *, required: bool = False) -> list[str]:
    """Return the ids an option lists. Each is one of *known*."""
    return ids(canvas, option, canvas.spec.options.get(option), known, required=required)


def ids(
    canvas: Canvas, option: str, value: object, known: Iterable[str], *, required: bool = False
) -> list[str]:
    """Return the ids that *value*, of the option so called, lists. Each is one of *known*."""
    if value is None and not required:
        return []
    if not isinstance(value, list | tuple) or not value:
        raise canvas.bad(f'needs the option "{option}", a list of ids', f'write {option} = ["…"]')
    known = list(known)
    for name in value:
        if name not in known:
            hint = did_you_mean(str(name), known)
            raise canvas.bad(f'{option} names "{name}", which does not exist', hint)
    return [str(name) for name in value]


def one_of(canvas: Canvas, option: str, value: object, known: Sequence[str]) -> str:
    """Return the word that *value*, of the option so called, chooses among *known*."""
    if value not in known:
        hint = did_you_mean(str(value), known, f"write one of {', '.join(known)}")
        raise canvas.bad(f'{option} is "{value}"', hint)
    return str(value)


def flag(canvas: Canvas, option: str, about: Mapping[str, object] | None = None) -> bool:
    """Return a switch of the options, or of a table among them; off unless the settings put it on."""
    value = (canvas.spec.options if about is None else about).get(option, False)
    if not isinstance(value, bool):
        raise canvas.bad(f'{option} is "{value}"', "write true or false")
    return value


def tables(canvas: Canvas, option: str) -> list[Mapping[str, Any]]:
    """Return the list of tables an option holds (moments, series, rows)."""
    value = canvas.spec.options.get(option, [])
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        raise canvas.bad(f'the option "{option}" is a list of tables', f"write {option} = [{{…}}]")
    return list(value)


def label_of(canvas: Canvas, option: str, about: Mapping[str, Any]) -> str:
    """Return the label of a table among the options, in the language of the figure."""
    label = about.get("label")
    if not isinstance(label, Mapping):
        raise canvas.bad(f"an entry of {option} has no label", 'write label = { fr = "…", en = "…" }')
    return canvas.text(label)


def claims_of(canvas: Canvas, topics: Iterable[str]) -> list[Claim]:
    """Return the rival answers to these questions, each claim once."""
    rivals = canvas.ledger.rivals
    return list({claim.id: claim for topic in topics for claim in rivals.get(topic, ())}.values())


def claims_on(canvas: Canvas) -> list[Claim]:
    """Return the rival answers to the questions of the option "topics", which must be there."""
    return claims_of(canvas, names(canvas, "topics", canvas.ledger.topics, required=True))


def same_unit(canvas: Canvas, claims: Sequence[Claim]) -> None:
    """Refuse to put different things on one axis, and to draw nothing."""
    if not claims:
        raise canvas.empty()
    units = sorted({claim.unit for claim in claims})
    if len(units) > 1:
        message = f"counts different things on one axis: {', '.join(units)}"
        raise canvas.bad(message, "leave out a question, or make two figures")


def log_axis(canvas: Canvas, claims: Sequence[Claim]) -> bool:
    """Return whether the settings ask for a logarithmic axis, which cannot show a zero."""
    if not flag(canvas, "log"):
        return False
    zero = next((c for c in claims for x in (c.low, c.best, c.high) if x is not None and x <= 0), None)
    if zero:
        raise canvas.bad(f'a logarithmic axis cannot show "{zero.id}"', "take log out")
    return True
