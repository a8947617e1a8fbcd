"""Inputs changed at random, in the same way each time; `python -m tests.fuzz` changes them anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import change_of, outcome

SEEDS = range(100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_no_change_of_any_value_key_or_cell_ends_in_a_traceback(seed: int, tiny: Path) -> None:
    change = change_of(tiny, random.Random(seed))
    result = outcome(tiny, change)
    assert result in {"passed", "refused"}, f"{change.file}: {change.what}\n{result}"


def test_a_bug_of_ours_is_found_and_not_taken_for_a_mistake_of_the_reader(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fuzz could not find anything if an exception of ours became a problem."""

    def broken(*_: object) -> None:
        raise TypeError("ours")

    monkeypatch.setattr("generator.checking.check_pairs", broken)
    assert "TypeError: ours" in outcome(tiny, change_of(tiny, random.Random(0))) or any(
        "TypeError: ours" in outcome(tiny, change_of(tiny, random.Random(seed))) for seed in range(1, 20)
    )
