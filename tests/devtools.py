"""A Chromium of its own, spoken to through a pipe: for what it does not do while Playwright holds its pages.

A page that is made before it is asked for is made only where whoever watches holds the tab, and not its page;
Playwright holds pages.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: A machine that does other things as well takes its time.
PATIENCE = 60
Event = dict[str, Any]
#: A browser listens on its descriptor 3 and speaks on 4: two descriptors go there, and a command runs.
_ON_3_AND_4 = """
import fcntl, os, sys
for wanted, given in enumerate([fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]], 3):
    os.dup2(given, wanted)
os.execv(sys.argv[3], sys.argv[3:])
"""


class DevTools:
    """The two ends of the pipe to a browser: orders go in, answers and events come out."""

    def __init__(self, orders: int, answers: int) -> None:
        """Speak through these file descriptors."""
        self._orders, self._answers = orders, answers
        self._number, self._rest = 0, b""
        self._waiting: deque[Event] = deque()

    def ask(self, method: str, session: str = "", **given: Any) -> dict[str, Any]:
        """Give an order to the browser, or to what a session holds, and return what it answers."""
        number = self.tell(method, session, **given)
        answer = self._next(lambda one: one.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def tell(self, method: str, session: str = "", **given: Any) -> int:
        """Give an order whose answer may be lost with the page that would give it, and return its number."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": given}
        order |= {"sessionId": session} if session else {}
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        return self._number

    def wait(self, method: str, fits: Callable[[Event], bool] = lambda _: True) -> Event:
        """Return the first event of a kind that fits, of those not yet returned, with its `sessionId`."""
        return self._next(lambda one: one.get("method") == method and fits(one["params"]))

    def value(self, session: str, expression: str) -> Any:
        """Return what an expression is in the page of a session; of a promise, what becomes of it."""
        told = self.ask(
            "Runtime.evaluate", session, expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise RuntimeError(f"{expression}: {told['exceptionDetails']}")
        return told["result"].get("value")

    def until(self, session: str, expression: str) -> None:
        """Wait until an expression is true in the page of a session."""
        end = time.monotonic() + PATIENCE
        while not self.value(session, expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)

    def _next(self, fits: Callable[[Event], bool]) -> Event:
        end, passed = time.monotonic() + PATIENCE, 0
        while True:
            while passed < len(self._waiting):
                if fits(self._waiting[passed]):
                    found = self._waiting[passed]
                    del self._waiting[passed]
                    return found
                passed += 1
            ready, _, _ = select.select([self._answers], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser said nothing that was waited for")
            *whole, self._rest = (self._rest + os.read(self._answers, 1 << 20)).split(b"\0")
            self._waiting.extend(json.loads(one) for one in whole)


@contextmanager
def browser_by_pipe(program: str, flags: tuple[str, ...], profile: Path) -> Iterator[DevTools]:
    """Start a browser that is spoken to through a pipe, and end it."""
    heard, orders = os.pipe()
    answers, said = os.pipe()
    command = [program, *flags, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
    started = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-c", _ON_3_AND_4, str(heard), str(said), *command],
        pass_fds=(heard, said),
        stderr=subprocess.DEVNULL,
    )
    os.close(heard)
    os.close(said)
    try:
        yield DevTools(orders, answers)
    finally:
        started.terminate()
        started.wait(PATIENCE)
        os.close(orders)
        os.close(answers)
