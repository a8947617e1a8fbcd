"""A function runs in processes of its own: its answers come in order, and how it failed is said in a line."""

from __future__ import annotations

import os

import pytest

from generator.output.apart import ApartError, apart
from generator.output.build_key import digest
from generator.output.processes import Command


def test_each_answer_comes_in_its_place() -> None:
    given = [{"a": b"1"}, {"b": b"2"}, {"c": b"3"}]
    assert apart(digest, given) == [digest(one) for one in given]


def test_nothing_given_starts_nothing() -> None:
    assert apart(digest, []) == []


def test_a_call_that_fails_says_its_last_line() -> None:
    with pytest.raises(ApartError, match=r"^fspath ended with status 1: TypeError: "):
        apart(os.fspath, [Command([])])
