"""Some series of edits, the same each time; `make series` makes as many new ones as are wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.series import Builds, Edits, Saves, done_with, run

pytestmark = [pytest.mark.engine, pytest.mark.node, pytest.mark.slow]


@pytest.fixture(autouse=True, scope="module")
def _workshop() -> Iterator[None]:
    yield
    done_with()


@pytest.mark.parametrize(
    ("machine", "runs"),
    [pytest.param(Builds, 4, id="builds"), pytest.param(Saves, 3, id="saves while serve runs")],
)
def test_what_edits_at_random_lead_to_is_what_a_build_from_nothing_makes(
    machine: type[Edits], runs: int
) -> None:
    before = dict(machine.counts)
    run(machine, runs, 8, derandomize=True)
    assert machine.counts["series"] - before.get("series", 0) >= runs
