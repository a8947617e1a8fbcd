"""The order in which events are told: by the day, then as the table has them, with hours in their order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.ledger.chronology import chronological
from generator.ledger.edtf import parse
from generator.ledger.model import Event
from generator.loading import Inputs, load
from tests.conftest import TINY

#: The rows of a table, as id, date and hour, and the order in which they are told.
ORDERS = [
    ("b 1907-04-04, a 1907-04-03", "a b"),
    ("z 1907-04-03, a 1907-04-03", "z a"),
    ("late 1907-04-03 21:00, early 1907-04-03 05:00", "early late"),
    (
        "late 1907-04-03 21:00, after 1907-04-03, early 1907-04-03 05:00, last 1907-04-03",
        "early after late last",
    ),
    ("early 1907-04-03 05:00, between 1907-04-03, late 1907-04-03 21:00", "early between late"),
    ("from 1907-04-03 05:00/06:00, at 1907-04-03 05:30", "from at"),
    ("month 1907-04, day 1907-04-01, days 1907-04-01/1907-04-09", "month day days"),
    ("", ""),
]


@pytest.fixture(scope="module")
def event() -> Event:
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    return inputs.ledger.events["e-crest"]


@pytest.mark.parametrize(("rows", "order"), ORDERS)
def test_events_of_one_day_are_told_as_declared_and_hours_in_their_order(
    rows: str, order: str, event: Event
) -> None:
    cells = [[*row.split(), ""] for row in rows.split(", ") if row]
    events = [replace(event, id=cell[0], date=parse(cell[1]), time=cell[2]) for cell in cells]
    assert [one.id for one in chronological(events)] == order.split()
