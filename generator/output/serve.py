"""A built folder goes in; a local server shows it as a static host would."""

from __future__ import annotations

import gzip
import http.server
import io
import sys
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

#: What a static host compresses on the way; pictures and fonts are compressed already.
_TEXT = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files under a prefix, as a project page of a static host does.

    Like GitHub Pages: `name` finds `name.html`, what is not there gets the site's own 404 page, and
    text goes out compressed to whoever takes it.
    """

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, prefix: str, directory: str) -> None:
        self.prefix = prefix  # first: the base's __init__ answers the request
        super().__init__(*args, directory=directory)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "index.html" / "outside")  # there is nothing in a file
        translated = super().translate_path("/" + path.removeprefix(self.prefix))
        page = f"{translated}.html"
        return page if not Path(translated).exists() and Path(page).is_file() else translated

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(str(path))
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and kind.startswith(_TEXT) and path.is_file()):
            return super().send_head()
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet: the terminal belongs to the build's own words."""


class _Server(http.server.ThreadingHTTPServer):
    """A server that a reader may leave in the middle of a page."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PortError(Exception):
    """Nothing can be served on the port; the message is one line that says what to do."""


def make_server(folder: Path, port: int, prefix: str = "/") -> http.server.ThreadingHTTPServer:
    """Return a server of *folder* on the loopback address; port 0 takes a free one.

    Raises:
        PortError: another program has the port, or it takes more rights.
    """
    prefix = f"/{prefix.strip('/')}/".replace("//", "/")
    handler = partial(_Handler, prefix=prefix, directory=str(folder))
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise PortError(
            f"cannot serve on port {port}: {error.strerror}: choose another with --port"
        ) from None


def address_of(server: http.server.ThreadingHTTPServer, prefix: str = "/") -> str:
    """Return the address under which a browser on this machine finds what *server* serves."""
    return f"http://127.0.0.1:{server.server_port}/{prefix.strip('/')}"
