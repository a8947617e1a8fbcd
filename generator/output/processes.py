"""Commands go in; they run side by side, and what each said comes out. None outlives whoever asked for it.

All of a program together run no more of them at once than this machine has processors. What a thread does
*beside* the rest takes the processors that nobody else wants.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, where it runs, its environment, and what it reads from its input."""

    words: Sequence[str]
    folder: Path | None = None
    environment: Mapping[str, str] | None = None
    given: bytes = b""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its status (negative for the signal that killed it), and what it said."""

    status: int
    out: bytes
    err: bytes


class TooSlowError(Exception):
    """A command took longer than it may."""


#: How many processes run at once.
_PROCESSORS: Final = max(2, os.cpu_count() or 1)


@dataclass(slots=True)
class _Seats:
    """The seats of the processes that run; what is done beside the rest waits for those that nobody wants."""

    free: int = _PROCESSORS
    first: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def seat(self, *, beside: bool) -> Iterator[None]:
        with self.changed:
            self.first += not beside
            self.changed.wait_for(lambda: self.free and not (beside and self.first))
            self.first -= not beside
            self.free -= 1
            self.changed.notify_all()
        try:
            yield
        finally:
            with self.changed:
                self.free += 1
                self.changed.notify_all()


@dataclass(slots=True)
class _Aside:
    """What a thread does beside the rest: its processes now, and whether it was told to end."""

    crew: _Crew | None = None
    stopped: bool = False

    def take(self, crew: _Crew) -> None:
        self.crew = crew
        if self.stopped:
            crew.stop()

    def stop(self) -> None:
        self.stopped = True
        if self.crew is not None:
            self.crew.stop()


class _Thread(threading.local):
    """What a thread knows of itself: what it does beside the rest, if it does."""

    aside: _Aside | None = None


_SEATS = _Seats()
_THREAD = _Thread()


@contextmanager
def beside(work: Callable[[], _Made]) -> Iterator[Future[_Made]]:
    """Do some work in a thread while the block runs, with the processors that the block leaves.

    It has ended when the block is left: what the block has not waited for is stopped.
    """
    aside = _Aside()

    def done() -> _Made:
        _THREAD.aside = aside
        return work()

    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(done)
        finally:
            aside.stop()


def run_all(commands: Sequence[Command], *, seconds: float, at_once: int = 0) -> list[Ended]:
    """Run every command, no more of them *at_once* than this machine has processors if not told otherwise.

    Raises:
        TooSlowError: one ran for more than *seconds*; it and all others were stopped.
        OSError: one could not be started; all others were stopped.
    """
    aside = _THREAD.aside
    crew = _Crew(seconds, beside=aside is not None)
    if aside is not None:
        aside.take(crew)
    with ThreadPoolExecutor(at_once or _PROCESSORS) as pool:
        try:
            return list(pool.map(crew.run, commands))
        except BaseException:
            # Also where we are interrupted: the threads wait for their processes, and those must end first.
            pool.shutdown(wait=False, cancel_futures=True)
            crew.stop()
            raise


class _Crew:
    """The processes under way, so that all of them can be stopped at once."""

    def __init__(self, seconds: float, *, beside: bool) -> None:
        self._seconds = seconds
        self._beside = beside
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, command: Command) -> Ended:
        with _SEATS.seat(beside=self._beside), self._start(command) as process:
            try:
                out, err = process.communicate(command.given, timeout=self._seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise TooSlowError(f"stopped after {self._seconds:g} s") from None
            finally:
                self._running.discard(process)
        return Ended(process.returncode, out, err)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in list(self._running):
                process.kill()

    def _start(self, command: Command) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise TooSlowError("stopped before it began")
            process = subprocess.Popen(  # noqa: S603 - our own command lines, no shell
                list(command.words),
                cwd=command.folder,
                env=command.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            self._running.add(process)
            return process
