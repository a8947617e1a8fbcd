"""The live site and the browsers that show it: pages come from memory, changes are told as they come."""

from __future__ import annotations

import http.server
import json
import mimetypes
import queue
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from generator.live.site import LiveSite, Shown, Update

#: What a browser asks for beside the site; none of it is ever published.
SCRIPT, EVENTS = "/live.js", "/live-events"
_PROGRAM = Path(__file__).parent / "live.js"
#: What stands in place of every page until the first build is done. It gives way to the page by itself.
_WAITING = (
    b'<!doctype html><html lang="en"><head><title>Building</title>'
    b'<meta name="color-scheme" content="light dark"></head>'
    b'<body style="font: 1.1rem/1.5 sans-serif; margin: 3rem"><p>The site is being built: the first time, '
    b"every figure is drawn. This page will show it by itself.</p></body></html>"
)
#: Seconds after which a silent connection is written to: that is how it is noticed that a browser is gone.
_PULSE = 15


@dataclass(slots=True)
class Listeners:
    """The browsers that wait for news, each with the page it shows, and the problems over all pages."""

    problems: tuple[str, ...] = ()
    _queues: dict[queue.SimpleQueue[str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def shown(self) -> list[Shown]:
        """Return the pages that browsers show now."""
        with self._lock:
            paths = list(self._queues.values())
        parts = (path.removesuffix(".html").partition("/") for path in paths)
        return [(code, path) for code, _, path in parts if path]

    def tell(self, update: Update) -> None:
        """Tell every browser what is new; one that shows none of it hears only of problems."""
        self.problems = tuple(str(problem) for problem in update.problems)
        with self._lock:
            waiting = list(self._queues.items())
        for news, path in waiting:
            news.put(_event("problems", list(self.problems)))
            if path in update.pages:
                news.put(_event("page", path))

    def listen(self, path: str) -> Generator[str, None, None]:
        """Yield events for a browser that shows *path*, and a comment now and then."""
        news: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self._lock:
            self._queues[news] = path
        try:
            yield _event("problems", list(self.problems))
            while True:
                try:
                    yield news.get(timeout=_PULSE)
                except queue.Empty:
                    yield ": still here\n\n"
        finally:
            with self._lock:
                del self._queues[news]


def _event(kind: str, data: object) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serves a tree of bytes, each page with the program that listens for changes."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, live: LiveSite, listeners: Listeners) -> None:
        self.live, self.listeners = live, listeners  # first: the base's __init__ answers the request
        super().__init__(*args)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == EVENTS:
            self._events(parse_qs(address.query).get("page", [""])[0])
        elif address.path == SCRIPT:
            self._send(_PROGRAM.read_bytes(), "text/javascript")
        else:
            self._file(unquote(address.path).lstrip("/"))

    def _file(self, path: str) -> None:
        tree = self.live.tree
        where = next((p for p in (path, f"{path}.html", f"{path}index.html") if p in tree), "")
        data = self.live.file(where)
        if isinstance(data, list):
            said = "\n".join(map(str, data))
            self._send(said.encode(), "text/plain", HTTPStatus.SERVICE_UNAVAILABLE)
        elif data is not None:
            kind = mimetypes.guess_type(where)[0] or "application/octet-stream"
            self._send(_listening(data) if where.endswith(".html") else data, kind)
        else:
            self._send(_listening(tree.get("404.html", _WAITING)), "text/html", HTTPStatus.NOT_FOUND)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _events(self, path: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        news = self.listeners.listen(path)
        try:
            for event in news:
                self.wfile.write(event.encode())
                self.wfile.flush()
        except (ConnectionError, TimeoutError):
            pass  # the browser went to another page
        finally:
            news.close()  # and the browser is forgotten

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet: the terminal belongs to what was made again."""


def _listening(page: bytes) -> bytes:
    """Return a page with the program that listens for changes."""
    return page.replace(b"</head>", f'<script src="{SCRIPT}" defer></script></head>'.encode(), 1)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left in the middle of a page."""


def make_live_server(live: LiveSite, listeners: Listeners, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of *live* on the loopback address; port 0 takes a free one.

    Raises:
        OSError: another program has the port, or it takes more rights.
    """
    return _Server(("127.0.0.1", port), partial(_Handler, live=live, listeners=listeners))
