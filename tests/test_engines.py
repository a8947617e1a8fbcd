"""Every engine that reads mkdocs.yml and is installed builds the same documentary."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.site.engine import ENGINES
from tests.conftest import TINY, copy_documentary
from tests.sharing import remember

pytestmark = pytest.mark.engine

OTHERS = sorted(set(ENGINES) - {"mkdocs"})


@pytest.fixture(scope="module", params=OTHERS)
def other_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary, built by another engine than the default one."""
    if find_spec(ENGINES[request.param]) is None:
        pytest.skip(f"{request.param} is not installed")
    root = copy_documentary(TINY, tmp_path_factory.mktemp(request.param) / "tiny")
    found = building.build(
        remember(root), engine=request.param, address="", announce=lambda _: None, pdf=False
    )
    assert isinstance(found, building.Built), "\n".join(map(str, found))
    return root / "site"


@pytest.fixture(scope="module")
def usual_site(built_tiny: Path) -> Path:
    return built_tiny / "site"


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def other_files(site: Path) -> set[str]:
    files = (path for path in site.rglob("*") if path.is_file() and path.suffix != ".html")
    return {path.relative_to(site).as_posix() for path in files}


def parsed(site: Path, page: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / page).read_text(encoding="utf-8"))


def headings(page: LexborHTMLParser) -> list[tuple[str, str | None, str]]:
    found: Any = page.css("h1, h2, h3")
    return [(node.tag, node.attributes.get("id"), node.text(strip=True)) for node in found]


def links(page: LexborHTMLParser) -> set[str]:
    found: Any = page.css("a[href]")
    return {normpath(node.attributes["href"] or "") for node in found if not skips(node)}


def skips(node: Any) -> bool:
    """The link over the navigation leads to the text by a name that each engine chooses."""
    return "md-skip" in (node.attributes.get("class") or "")


def figures(page: LexborHTMLParser) -> list[tuple[str | None, str]]:
    found: Any = page.css("figure.fig")
    return [(node.attributes.get("data-figure"), node.html) for node in found]


def test_the_pages_are_the_same(usual_site: Path, other_site: Path) -> None:
    assert pages(other_site) == pages(usual_site)


def test_every_page_has_the_same_headings_links_and_figures(usual_site: Path, other_site: Path) -> None:
    for name in pages(usual_site):
        usual, other = parsed(usual_site, name), parsed(other_site, name)
        assert headings(other) == headings(usual), name
        assert links(other) == links(usual), name
        assert figures(other) == figures(usual), name


def test_nothing_of_the_engine_is_published_beside_the_pages(usual_site: Path, other_site: Path) -> None:
    def other_files(site: Path) -> set[str]:
        return {
            p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file() and p.suffix != ".html"
        }

    assert other_files(other_site) == other_files(usual_site)
