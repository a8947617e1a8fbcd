"""Commands go in; they run side by side, and what each said comes out. None outlives whoever asked for it."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path


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


def run_all(commands: Sequence[Command], *, seconds: float, at_once: int = 0) -> list[Ended]:
    """Run every command, no more of them *at_once* than this machine has processors if not told otherwise.

    Raises:
        TooSlowError: one ran for more than *seconds*; it and all others were stopped.
        OSError: one could not be started; all others were stopped.
    """
    crew = _Crew(seconds)
    with ThreadPoolExecutor(at_once or os.cpu_count() or 1) as pool:
        try:
            return list(pool.map(crew.run, commands))
        except BaseException:
            # Also where we are interrupted: the threads wait for their processes, and those must end first.
            pool.shutdown(wait=False, cancel_futures=True)
            crew.stop()
            raise


class _Crew:
    """The processes under way, so that all of them can be stopped at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, command: Command) -> Ended:
        with self._start(command) as process:
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
            for process in self._running:
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
