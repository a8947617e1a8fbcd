"""A function and what it is given go in; it runs in processes of its own, and what it returned comes out.

Some libraries keep what they have used until the process ends; here it ends, and several run side by side.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from generator.output.processes import Command, run_all

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
#: How long one call may take, in seconds.
SECONDS: Final = 900
#: Where the package of the generator stands: the child imports the same one.
_HOME: Final = Path(__file__).resolve().parents[2]


class ApartError(Exception):
    """A call ended without a result; the message is one line that says how."""


def apart(function: Callable[[_Given], _Made], given: Sequence[_Given]) -> list[_Made]:
    """Return what *function* makes of each thing that is given, in their order.

    Args:
        function: stands at the top of a module of the generator, where the child finds it by its name.
        given: what can be pickled; what comes back too.

    Raises:
        ApartError: a call failed, was killed, or took too long.
    """
    words = [sys.executable, "-m", "generator.output.apart"]
    environment = {**os.environ, "PYTHONPATH": str(_HOME)}
    orders = [Command(words, None, environment, pickle.dumps((function, one))) for one in given]
    ended = run_all(orders, seconds=SECONDS)
    for one in ended:
        if one.status:
            last = one.err.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise ApartError(f"{function.__name__} ended with status {one.status}: {''.join(last)}")
    made: list[Any] = [pickle.loads(one.out) for one in ended]  # noqa: S301 - written by our own child
    return made


def _answer() -> None:
    """Read a function and what it is given from the input, and write what it returns to the output."""
    with os.fdopen(0, "rb") as asked, os.fdopen(os.dup(1), "wb") as told:
        os.dup2(2, 1)  # what a library prints is no answer
        function, given = pickle.load(asked)  # noqa: S301 - written by our own parent
        told.write(pickle.dumps(function(given)))


if __name__ == "__main__":
    _answer()
