"""`make preview` shows the site as a static host serves it, below the path of a project page."""

from __future__ import annotations

import gzip
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from generator.output.serve import make_server


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "en").mkdir()
    (tmp_path / "index.html").write_text("<p>root")
    (tmp_path / "404.html").write_text("<p>not here")
    (tmp_path / "en" / "page.html").write_text("<p>" + "page " * 100)
    (tmp_path / "en" / "picture.png").write_bytes(b"\x89PNG")
    with make_server(tmp_path, 0, "/aune/") as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/aune"
        server.shutdown()
        thread.join()


def get(address: str, **headers: str) -> HTTPResponse:
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    answer: HTTPResponse = urllib.request.urlopen(asked)  # noqa: S310
    return answer


def refused(address: str) -> tuple[int, str]:
    with pytest.raises(urllib.error.HTTPError) as found, get(address):
        pass
    with found.value as answer:
        return answer.code, answer.read().decode()


def test_a_page_is_found_with_and_without_its_ending(address: str) -> None:
    with get(f"{address}/en/page.html") as long, get(f"{address}/en/page") as short:
        assert long.read() == short.read() != b""


def test_what_is_not_there_gets_the_page_that_says_so(address: str) -> None:
    assert refused(f"{address}/en/no/such/page.html") == (404, "<p>not here")


def test_nothing_is_served_beside_the_path_of_the_site(address: str) -> None:
    assert refused(address.removesuffix("/aune") + "/index.html") == (404, "<p>not here")


def test_text_is_compressed_for_whoever_takes_it_and_pictures_are_not(address: str) -> None:
    with get(f"{address}/en/page.html", **{"Accept-Encoding": "gzip"}) as page:
        assert page.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(page.read()).startswith(b"<p>page")
    with get(f"{address}/en/picture.png", **{"Accept-Encoding": "gzip"}) as picture:
        assert picture.headers["Content-Encoding"] is None
        assert picture.read() == b"\x89PNG"
