"""A built folder goes in; a local server of it runs, and rebuilds when told what to watch."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

#: What a change of makes a new build; `build/` and `site/` are not among them, or it would loop.
WATCHED = ("data", "docs", "generator", "overrides", "mkdocs.yml")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files under a prefix, as a project page of a static host does."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "\0")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet: the terminal belongs to the build's own words."""


class _Server(http.server.ThreadingHTTPServer):
    """A server that a reader may leave in the middle of a page."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def make_server(folder: Path, port: int, prefix: str = "/") -> http.server.ThreadingHTTPServer:
    """Return a server of *folder* on the loopback address; port 0 takes a free one."""
    prefix = f"/{prefix.strip('/')}/".replace("//", "/")
    handler = type("Handler", (_Handler,), {"prefix": prefix})
    bound = partial(handler, directory=str(folder))
    return _Server(("127.0.0.1", port), bound)


def serve_folder(folder: Path, port: int, prefix: str = "/") -> None:
    """Serve until interrupted."""
    with make_server(folder, port, prefix) as server:
        server.serve_forever()


def serve_and_watch(root: Path, port: int, command: Sequence[str]) -> None:
    """Build, serve, and build again in a child process, so that changed code counts too.

    A build with problems leaves the last good site where it is.
    """
    from watchfiles import watch

    subprocess.run(command, check=False)  # noqa: S603 - our own command line
    server = make_server(root / "site", port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for _ in watch(*(root / name for name in WATCHED if (root / name).exists())):
            subprocess.run(command, check=False)  # noqa: S603 - our own command line
    finally:
        server.shutdown()
