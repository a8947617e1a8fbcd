"""A folder goes in; while the block runs, no other process of ours works in it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from generator.output.write import open_lock

#: Seconds between two tries to get in.
_PAUSE = 0.2


@contextmanager
def alone_in(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of *folder*; where another process has it, call *waiting* once and wait for it.

    The system lets go of the lock when the process ends, however it ends.
    """
    with open_lock(folder / ".lock") as file:
        if not _taken(file):
            waiting()
            while not _taken(file):
                time.sleep(_PAUSE)
        yield


def _taken(file: IO[bytes]) -> bool:
    """Try to lock an open file; return whether it is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
