"""Links that lead out of the site are listed with the day they were read, and asked only on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.output import link_check as outside
from generator.output.link_check import OutsideLink, ask_host, dead_links, outside_links, safer_links
from tests.conftest import TINY, served, sources_of

SOURCES = sources_of(
    {"id": "book", "title": "Not on the web"},
    {
        "id": "page",
        "URL": "https://x.example/a",
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "custom": {"archive": "https://archive.example/a"},
    },
    {"id": "undated", "URL": "https://x.example/b"},
)


def test_every_source_on_the_web_has_its_line() -> None:
    assert list(outside_links(SOURCES)) == [
        OutsideLink("page", "https://x.example/a", "2026-01-02", "https://archive.example/a"),
        OutsideLink("undated", "https://x.example/b", "", ""),
    ]


def test_only_links_that_do_not_answer_are_named() -> None:
    links = list(outside_links(SOURCES))
    assert list(dead_links(links, lambda address: "gone" if address.endswith("b") else "")) == [
        (links[1], "gone")
    ]


def test_a_link_over_http_is_named_where_the_host_has_it_over_https() -> None:
    links = [
        OutsideLink(name, address, "", "")
        for name, address in (
            ("a", "http://a.example/x"),
            ("b", "http://b.example/"),
            ("c", "https://c.example/"),
        )
    ]
    asked: list[str] = []

    def ask(address: str) -> str:
        asked.append(address)
        return "refused" if "b.example" in address else ""

    assert safer_links(links, ask) == links[:1]
    assert sorted(asked) == ["https://a.example/x", "https://b.example/"]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "there.html").write_text("<p>there")
    yield from served(tmp_path)


def test_a_page_that_is_there_answers_and_one_that_is_not_says_so(host: str) -> None:
    assert ask_host(f"{host}/there.html") == ""
    assert ask_host(f"{host}/gone.html").startswith("404 ")
    assert ask_host("http://127.0.0.1:1/") != ""


def test_listing_the_links_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "ask_host", lambda address: pytest.fail(f"asked {address}"))
    found = CliRunner().invoke(main, ["links", "--root", str(TINY)])
    assert found.exit_code == 0, found.output
