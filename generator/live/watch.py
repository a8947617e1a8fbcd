"""A folder that somebody edits goes in; each change is followed, the pages that browsers show first."""

from __future__ import annotations

import http.server
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from generator.live.server import Listeners
from generator.live.site import LiveSite, Update
from generator.output.lock import alone_in
from generator.output.read import INPUTS, ReadError, links_in, read_inputs
from generator.problems import Location, Problem

#: How long changes that come together are waited for, in milliseconds: an editor writes, then renames.
_TOGETHER, _STEP = 250, 30
#: What a running generator has read already, and would not see again.
_CODE = {".css", ".html", ".jinja", ".js", ".mjs", ".po", ".py", ".typ"}


class CodeChangedError(Exception):
    """The generator itself has changed: the process that runs has the old one."""


def follow(
    root: Path,
    live: LiveSite,
    listeners: Listeners,
    server: http.server.ThreadingHTTPServer,
    say: Callable[[Update, list[str]], None],
    code: Path,
) -> None:
    """Make the site of *root*, serve it, and follow every change until interrupted.

    Args:
        root: the folder of the documentary.
        live: its site; the first update makes it.
        listeners: the browsers.
        server: serves `live`.
        say: is told each update that shows something, and the files that changed.
        code: the folder of the generator.

    Raises:
        CodeChangedError: a file of the generator was saved.
    """
    changes: queue.SimpleQueue[set[str]] = queue.SimpleQueue()
    threading.Thread(target=_watch, args=(root, code, changes), daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    changed: set[str] = set()
    try:
        while True:
            _bring_up(root, live, listeners, changes, say, sorted(changed))
            changed = changes.get()
            while not changes.empty():
                changed |= changes.get()
            if any(Path(name).suffix in _CODE for name in changed if Path(name).is_relative_to(code)):
                raise CodeChangedError
    finally:
        server.shutdown()


def _bring_up(
    root: Path,
    live: LiveSite,
    listeners: Listeners,
    changes: queue.SimpleQueue[set[str]],
    say: Callable[[Update, list[str]], None],
    changed: list[str],
) -> None:
    """Follow the files as they stand now; a change that comes meanwhile leaves the rest to the next round."""
    try:
        files = read_inputs(root)
    except ReadError as error:
        listeners.tell(Update(problems=(Problem(Location("."), "missing-file", str(error)),)))
        return
    with alone_in(live.work, lambda: None):
        announced = False
        for update in live.update(files, listeners.shown()):
            listeners.tell(update)
            if update.pages or update.problems or not announced:
                say(update, changed)
                announced = True
            if not changes.empty():
                return


def _watch(root: Path, code: Path, changes: queue.SimpleQueue[set[str]]) -> None:
    from watchfiles import watch

    tops = [root / name for name in INPUTS if (root / name).exists()]
    linked = sorted(links_in(root / name for name in INPUTS))
    for changed in watch(*tops, *linked, code, debounce=_TOGETHER, step=_STEP):
        changes.put({path for _, path in changed})
