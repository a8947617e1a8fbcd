"""The pages of events go in; phases that none of them can tell, or two of them do, come out as problems."""

from __future__ import annotations

from collections.abc import Iterator

from generator.loading import Inputs
from generator.problems import Problem, did_you_mean
from generator.settings import EventsOptions


def check_parts(inputs: Inputs) -> Iterator[Problem]:
    """A page of events tells phases in which something happens, each of which no other page tells in full."""
    phases = list(dict.fromkeys(event.phase for event in inputs.ledger.events.values()))
    told: dict[str, str] = {}
    for page in inputs.documentary.chapters:
        for phase in page.options.phases if isinstance(page.options, EventsOptions) else ():
            what = f'page "{page.path}"'
            if phase not in phases:
                hint = did_you_mean(phase, phases, f"write some of {', '.join(phases)}")
                yield Problem(
                    page.location, "bad-settings", f'{what}: no event has the phase "{phase}"', hint
                )
            elif phase in told:
                message = f'{what}: the phase "{phase}" is told by "{told[phase]}" already'
                yield Problem(page.location, "bad-settings", message, "leave it to one of the two")
            told.setdefault(phase, page.path)
