"""Figures and the ledger go in; where a drawing says what the ledger does not comes out as problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.figures import FORMER_KINDS, Figure
from generator.ledger import edtf
from generator.ledger.command import why_not
from generator.ledger.edtf import HistoricDate, meet, written
from generator.ledger.model import Claim, Ledger
from generator.ledger.movement_checks import days
from generator.ledger.roles import DOUBTFUL, Rank, Role
from generator.ledger.schema import split_ids
from generator.problems import Location, Problem, did_you_mean
from generator.settings import Documentary, Spec

#: Kinds that lay all answers to a question side by side: none of them is drawn as if it were the rule.
SIDE_BY_SIDE = ("ranges", "publication-years", "timeline")
#: Kinds that draw the claims their settings name, alone; of all others, the rivals are drawn too.
ALONE = ("breakdown", "waterfall", "clock", "stages", "map")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure, what its settings are, and the ledger it draws."""

    spec: Spec
    figure: Figure
    ledger: Ledger

    @property
    def kind(self) -> str:
        """Its kind, by the name it has today."""
        return FORMER_KINDS.get(self.spec.kind, self.spec.kind)

    @property
    def claims(self) -> list[Claim]:
        """The claims it draws."""
        return [self.ledger.claims[i] for i in self.figure.record_ids if i in self.ledger.claims]

    def problem(self, code: str, message: str, hint: str, option: str = "") -> Problem:
        """Return a problem of its settings, at one of its options if that is there."""
        there = option in self.spec.options and self.spec.locate
        location = self.spec.locate((option,)) if there and self.spec.locate else self.spec.location
        return Problem(location, code, f"{self.spec.named}: {message}", hint)


def check_drawn(documentary: Documentary, ledger: Ledger, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    """Yield where *figures*, drawn in any one language, say what the ledger does not."""
    for ident, figure in figures.items():
        drawn = Drawn(documentary.figures[ident], figure, ledger)
        yield from _check_rule(drawn)
        if drawn.kind == "map":
            yield from _check_event(drawn)
        if drawn.kind == "tree":
            yield from _check_chiefs(drawn)
    yield from _check_exclusions(documentary, ledger, figures)


def _check_rule(drawn: Drawn) -> Iterator[Problem]:
    """No figure draws a claim set aside, or a lone doubtful one, as if it were the rule.

    Of lone doubtful ones only a documentary is asked that says what it keeps out of its figures: its data
    package has a table of exclusions.
    """
    if drawn.kind in SIDE_BY_SIDE:
        return
    hint = "leave it out, or draw its question as ranges, where rivals stand side by side"
    for claim in drawn.claims:
        rivals = [c for c in drawn.ledger.rivals[claim.topic] if c.rank != Rank.DEPRECATED]
        shown = [c for c in rivals if c.id in drawn.figure.record_ids]
        if claim.rank == Rank.DEPRECATED and (drawn.kind in ALONE or not shown):
            yield drawn.problem("drawn-as-rule", f"{claim.id} is set aside, and drawn as the rule", hint)
        elif claim.rank != Rank.DEPRECATED and drawn.ledger.has(Role.EXCLUSIONS) and _lone(rivals):
            message = f"{claim.id} is doubtful, nothing supports it, and it is drawn as the rule"
            yield drawn.problem("drawn-as-rule", message, hint)


def _lone(rivals: list[Claim]) -> bool:
    """Tell whether all that stands of the answers to a question is one source's, and doubtful."""
    doubtful = all(claim.provenance.confidence == DOUBTFUL for claim in rivals)
    return doubtful and len({claim.provenance.source for claim in rivals}) == 1


def _check_event(drawn: Drawn) -> Iterator[Problem]:
    """A map of an event draws only movements of its days."""
    event = drawn.ledger.events.get(str(drawn.spec.options.get("event", "")))
    for ident in drawn.figure.record_ids if event else ():
        entity = drawn.ledger.entities.get(ident)
        date = entity.cells.get("date") if entity and entity.cells.get("path") else None
        if event and isinstance(date, HistoricDate) and not meet(date, event.date):
            message = f"{ident} is of {date.text}, {event.id} of {event.date.text}"
            yield drawn.problem("outside-event", message, "name another event, or leave it out", "event")


def _check_chiefs(drawn: Drawn) -> Iterator[Problem]:
    """An order of battle says its day where a commander changed, and the day is one of its phase."""
    options, ledger = drawn.spec.options, drawn.ledger
    phase, on = str(options.get("phase", "")), str(options.get("on", ""))
    dates = [event.date for event in ledger.events.values() if event.phase == phase]
    if not dates:
        return
    first, last = min(one.first for one in dates), max(one.last for one in dates)
    if on:
        day = edtf.parse(on)
        if day.last < first or day.first > last:
            message = f"{on} is no day of {phase}, {days(first, last)}"
            yield drawn.problem("not-in-command", message, "correct the day, or the phase", "on")
        return
    ends = [edtf.parse(written(first)), edtf.parse(written(last))]
    for unit in (ledger.entities[ident] for ident in drawn.figure.record_ids):
        for person in split_ids(str(unit.cells.get("commander") or "")):
            why = next((w for day in ends if (w := why_not(ledger.entities[person], unit, ledger, day))), "")
            if why:
                message = (
                    f"names {person} for {unit.id} from {written(first)} to {written(last)}, and he {why}"
                )
                yield drawn.problem(
                    "not-in-command", message, f'say which day it shows: on = "{written(first)}"'
                )


def _check_exclusions(
    documentary: Documentary, ledger: Ledger, figures: Mapping[str, Figure]
) -> Iterator[Problem]:
    """What the register of corrections keeps out of figures is in none of them."""
    steps = {ident: stepper.figures for ident, stepper in documentary.steppers.items()}
    known = {**dict.fromkeys(documentary.figures, ()), **steps}
    for exclusion in ledger.exclusions:
        location = Location(exclusion.location.file, exclusion.location.line, "figures")
        for name in exclusion.figures:
            if name not in known:
                yield Problem(location, "unknown-figure", f'"{name}"', did_you_mean(name, known))
        named = {step for name in exclusion.figures for step in (name, *steps.get(name, ()))}
        for ident, figure in figures.items():
            drawn = sorted(set(exclusion.claims) & set(figure.record_ids))
            if drawn and (not named or ident in named):
                message = f'{exclusion.correction} keeps {", ".join(drawn)} out, but "{ident}" draws it'
                where = documentary.figures[ident].location
                yield Problem(
                    location, "kept-out", message, f"leave it out at {where}, or take the promise back"
                )
