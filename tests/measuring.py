"""A command goes in; the seconds, the processor time and the memory that it and all it starts take come out.

Linux only: all three are read from /proc. Nothing is asserted of them.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks at the memory.
_PULSE = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: seconds that a person waits, seconds of processor time, bytes at the peak.

    The second hardly depends on what else the machine does. The third is the sum over all processes of their
    share of what they hold in common (PSS), looked at five times a second.
    """

    seconds: float
    cpu: float
    peak: int

    def __str__(self) -> str:
        return f"{self.seconds:>7.2f} | {self.cpu:>9.2f} | {self.peak / 1e6:>8.0f}"


def median(costs: Iterable[Cost]) -> Cost:
    """Return the median of each of the three."""
    every = list(costs)
    return Cost(
        statistics.median(one.seconds for one in every),
        statistics.median(one.cpu for one in every),
        int(statistics.median(one.peak for one in every)),
    )


def machine() -> str:
    """Name the machine, and say whether something else keeps it busy."""
    names = (
        line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")
    )
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    memory = next(
        (int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    busy = ": NOT QUIET, what follows is too much" if load > 0.5 else ""
    return (
        f"{next(names, platform.machine())}, {cores} cores, {memory / 1e6:.0f} GB, Python "
        f"{platform.python_version()}; load before the start {load:.1f}{busy}"
    )


class Watched:
    """A process and all it starts: what they have taken until now."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self._spent: dict[int, float] = {}
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    @property
    def cpu(self) -> float:
        """The processor time of the processes, and of those among them that have ended."""
        self._look()
        return sum(self._spent.values())

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._watcher.join()

    def forget_peak(self) -> None:
        """Let the peak begin anew."""
        self.peak = 0
        self._look()

    def _watch(self) -> None:
        while not self._over.wait(_PULSE):
            self._look()

    def _look(self) -> None:
        self._spent = _tree(self.pid)
        self.peak = max(self.peak, sum(map(_share, self._spent)))


def cost_of(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command, which must succeed."""
    before, started = os.times(), time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command lines
        command, cwd=folder, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watched = Watched(process.pid)
        said, _ = process.communicate()
        watched.stop()
    took, after = time.perf_counter() - started, os.times()
    if process.returncode:
        raise SystemExit(said.decode(errors="replace"))
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(took, cpu, watched.peak)


@contextmanager
def running(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Watched]:
    """Let a command run while the block does; end it then."""
    with subprocess.Popen(  # noqa: S603 - our own command lines
        command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        watched = Watched(process.pid)
        try:
            yield watched
        finally:
            watched.stop()
            process.terminate()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _tree(pid: int) -> dict[int, float]:
    """Return the processor time of a process, of those below it, and of what they have waited for."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(folder.name)] = int(fields[1])
        spent[int(folder.name)] = sum(map(int, fields[11:15])) / _TICKS
    there: dict[int, float] = {}
    for one in parents:
        above: int | None = one
        while above not in {None, 0, pid}:
            above = parents.get(above or 0)
        if above == pid:
            there[one] = spent[one]
    return there


def _share(pid: int) -> int:
    """Return the bytes that a process holds, with its share of what others hold too; 0 if it is gone."""
    rollup = _lines(f"/proc/{pid}/smaps_rollup")
    return next((int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:")), 0)
