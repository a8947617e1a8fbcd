"""The options of a figure and the ledger go in; the claims it draws come out, or the problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.ledger.model import Claim, Ledger, Side
from generator.problems import Problem, did_you_mean
from generator.settings import Spec


class BadSettingsError(Exception):
    """The settings of a figure cannot be drawn; carries the problems up to `draw_figure`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = list(problems)


def bad(spec: Spec, message: str, hint: str = "") -> BadSettingsError:
    """Return the exception that says a figure's settings are wrong."""
    return BadSettingsError(Problem(spec.location, "bad-figure", f'figure "{spec.id}": {message}', hint))


def empty(spec: Spec) -> BadSettingsError:
    """Return the exception that says a figure has nothing to draw."""
    said = f'figure "{spec.id}" finds no row to draw'
    return BadSettingsError(Problem(spec.location, "empty-figure", said))


def check_options(spec: Spec, known: Sequence[str]) -> None:
    """Refuse an option that the kind does not know: it would be ignored silently."""
    for name in spec.options:
        if name not in known:
            hint = did_you_mean(name, known, f"{spec.kind} takes {', '.join(known)}")
            raise bad(spec, f'{spec.kind} has no option "{name}"', hint)


def names(spec: Spec, option: str, known: Iterable[str], *, required: bool = False) -> list[str]:
    """Return the ids an option lists. Each is one of *known*."""
    return ids(spec, option, spec.options.get(option), known, required=required)


def ids(spec: Spec, option: str, value: object, known: Iterable[str], *, required: bool = False) -> list[str]:
    """Return the ids that *value*, of the option so called, lists. Each is one of *known*."""
    if value is None and not required:
        return []
    if not isinstance(value, list | tuple) or not value:
        raise bad(spec, f'needs the option "{option}", a list of ids', f'write {option} = ["…"]')
    known = list(known)
    for name in value:
        if name not in known:
            raise bad(
                spec,
                f'{option} names "{name}", which does not exist',
                did_you_mean(str(name), known),
            )
    return [str(name) for name in value]


def one_of(spec: Spec, option: str, known: Sequence[str], default: str) -> str:
    """Return a word an option chooses among *known*."""
    value = str(spec.options.get(option, default))
    if value not in known:
        hint = did_you_mean(value, known, f"write one of {', '.join(known)}")
        raise bad(spec, f'{option} is "{value}"', hint)
    return value


def flag(spec: Spec, option: str) -> bool:
    """Return a switch, off unless the settings put it on."""
    return flag_of(spec, option, spec.options)


def flag_of(spec: Spec, option: str, about: Mapping[str, object]) -> bool:
    """Return a switch of a table among the options."""
    value = about.get(option, False)
    if not isinstance(value, bool):
        raise bad(spec, f'{option} is "{value}"', "write true or false")
    return value


def tables(spec: Spec, option: str) -> list[Mapping[str, Any]]:
    """Return the list of tables an option holds (moments, series, rows)."""
    value = spec.options.get(option, [])
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        raise bad(spec, f'the option "{option}" is a list of tables', f"write {option} = [{{…}}]")
    return list(value)


def label_of(spec: Spec, option: str, about: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the label of a table among the options, by language."""
    label = about.get("label")
    if not isinstance(label, Mapping):
        raise bad(spec, f"an entry of {option} has no label", 'write label = { fr = "…", en = "…" }')
    return label


def claims_of(topics: Iterable[str], ledger: Ledger) -> list[Claim]:
    """Return the rival answers to these questions, each claim once."""
    found = {claim.id: claim for topic in topics for claim in ledger.rivals.get(topic, ())}
    return list(found.values())


def same_unit(spec: Spec, claims: Sequence[Claim]) -> None:
    """Refuse to put different things on one axis, and to draw nothing."""
    if not claims:
        raise empty(spec)
    units = sorted({claim.unit for claim in claims})
    if len(units) > 1:
        said = f"counts different things on one axis: {', '.join(units)}"
        raise bad(spec, said, "leave out a question, or make two figures")


def log_axis(spec: Spec, claims: Sequence[Claim]) -> bool:
    """Return whether the settings ask for a logarithmic axis, which cannot show a zero."""
    if not flag(spec, "log"):
        return False
    zero = next((c for c in claims for x in (c.low, c.best, c.high) if x is not None and x <= 0), None)
    if zero:
        raise bad(spec, f'a logarithmic axis cannot show "{zero.id}"', "take log out")
    return True


def sides_of(claims: Iterable[Any], ledger: Ledger) -> list[Side]:
    """Return the sides these claims or events belong to, in their order."""
    found = {claim.side for claim in claims} & set(ledger.sides)
    return sorted((ledger.sides[side] for side in found), key=lambda side: (side.order, side.id))
