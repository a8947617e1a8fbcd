"""Events go in as their table has them; they come out in the order of time, those of one day as declared."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from generator.ledger.model import Event


def chronological(events: Iterable[Event]) -> list[Event]:
    """Put events in the order of their first days; of one day, in the order in which they are given.

    Those that have an hour follow each other by the hour, in the places that they hold among the others.
    """
    ordered: list[Event] = []
    for _, group in groupby(sorted(events, key=lambda e: e.date.first), key=lambda e: e.date.first):
        day = list(group)
        timed = iter(sorted((event for event in day if event.time), key=lambda e: e.time))
        ordered += [next(timed) if event.time else event for event in day]
    return ordered
