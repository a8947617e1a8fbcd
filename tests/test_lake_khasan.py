"""The second documentary of the repository: made with `new` and the handbook, built whole, and its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import HOME, build, copy_documentary

pytestmark = [pytest.mark.engine, pytest.mark.slow]
KHASAN = HOME / "examples" / "lake-khasan"
CODES = ("en", "fr")
STORY = ("index", "border", "hills", "halt", "losses")
FIGURES = {
    "index": ["fortnight"],
    "border": ["map"],
    "hills": ["order"],
    "halt": [],
    "losses": ["dead", "parts"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(copy_documentary(KHASAN, tmp_path_factory.mktemp("built") / "khasan"), pdf=True) / "site"


def article(site: Path, code: str, page: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / code / f"{page}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", CODES)
def test_it_has_a_home_three_chapters_and_the_losses_each_with_its_figures_and_its_pdf(
    site: Path, code: str
) -> None:
    for page in STORY:
        figures = [node.attributes.get("data-figure") for node in article(site, code, page).css("figure.fig")]
        assert figures == FIGURES[page]
        assert (site / code / "pdf" / f"{page}.pdf").stat().st_size > 20_000
    assert (site / code / "pdf" / "book.pdf").exists()


@pytest.mark.parametrize("page", STORY)
def test_its_two_languages_tell_the_same_by_the_same_sections_and_sources(site: Path, page: str) -> None:
    def told(code: str) -> tuple[list[str | None], list[str | None]]:
        tree = article(site, code, page)
        sections = [node.id for node in tree.css("article h2")]
        return sections, [node.attributes.get("value") for node in tree.css("article > p data.claim")]

    assert told("en") == told("fr")


@pytest.mark.parametrize("code", CODES)
def test_its_chapters_are_of_a_readable_length_and_no_number_of_them_is_without_its_row(
    site: Path, code: str
) -> None:
    ledger = (site / code / "ledger" / "counts.html").read_text(encoding="utf-8")
    rows = set(re.findall(r'<tr id="(c-[\w-]+)"', ledger))
    for page in ("border", "hills", "halt"):
        tree = article(site, code, page)
        words = " ".join(node.text() for node in tree.css("article > p")).split()
        assert 400 < len(words) < 1000
        led = {(node.attributes.get("href") or "").partition("#")[2] for node in tree.css("data.claim a")}
        assert led <= rows


def test_nothing_of_the_first_documentary_is_on_it_and_its_citations_have_its_own_name(site: Path) -> None:
    for path in (site / "en").rglob("*.html"):
        assert "khalkhin" not in path.read_text(encoding="utf-8").casefold()
    files = [path for path in site.rglob("*.bib") if "cite" in path.parts]
    keys = {re.split(r"[{,]", path.read_text(encoding="utf-8"))[1] for path in files}
    assert len(keys) == len(files) >= len(STORY) * len(CODES)
    assert all(key.startswith("lake-khasan-1938-") for key in keys)
