"""The least that makes a documentary: one language, three pages, two tables, no look of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import HOME, build, copy_documentary
from tests.sharing import said_in

pytestmark = pytest.mark.engine
LEAST = HOME / "tests" / "datasets" / "least"
#: What only another documentary says: words of the repository's own, and of the tiny one.
FOREIGN = ("khalkhin", "nomonhan", "aune", "crue", "fr/", 'lang="fr"', 'hreflang="fr"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(copy_documentary(LEAST, tmp_path_factory.mktemp("least") / "least"), pdf=True) / "site"


def page(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [node.attributes.get("href") or "" for node in tree.css(selector)]


def test_its_pages_stand_in_the_order_of_the_settings_each_with_its_pdf(site: Path) -> None:
    order = ["index.html", "lamps.html", "sources.html"]
    assert sorted(path.name for path in (site / "en").glob("*.html")) == order
    assert links(page(site, "en/lamps.html"), "#menu a[href$='.html']") == order
    turns = [links(page(site, f"en/{name}"), ".turn a") for name in order]
    assert turns == [["lamps.html"], ["index.html", "sources.html"], ["lamps.html"]]
    pdfs = sorted(path.name for path in (site / "en" / "pdf").iterdir())
    assert pdfs == ["book.pdf", "index.pdf", "lamps.pdf", "sources.pdf"]


def test_a_place_south_of_the_equator_and_west_of_greenwich_is_there(site: Path) -> None:
    lamp = page(site, "en/lamps.html").css_first("#south-lamp").text()
    assert "54.25° S, 36.5° W, to within 1 km" in lamp
    lost = page(site, "en/lamps.html").css_first("#lost-lamp").text()
    assert "°" not in lost


def test_sources_in_no_groups_stand_under_no_heading_of_a_group(site: Path) -> None:
    tree = page(site, "en/sources.html")
    assert (tree.css("article h2"), len(tree.css("ul.sources > li"))) == ([], 1)


def test_one_language_offers_no_other(site: Path) -> None:
    root = page(site, "index.html")
    assert links(root, "a[hreflang]") == ["en/index.html"]
    for path in (site / "en").glob("*.html"):
        tree = page(site, f"en/{path.name}")
        assert (tree.css(".languages"), tree.css("[hreflang]")) == ([], [])


def test_nothing_of_another_documentary_and_nothing_that_only_figures_need_is_left(site: Path) -> None:
    texts = [
        path for path in site.rglob("*") if path.suffix in {".html", ".js", ".json", ".csv", ".md", ".xml"}
    ]
    found = [
        (path.relative_to(site).as_posix(), word)
        for path in texts
        for word in FOREIGN
        if word in said_in(path).casefold()
    ]
    assert found == []
    scripts = {node.attributes.get("src") for node in page(site, "en/index.html").css("script[src]")}
    assert scripts == {"assets/site.js"}
    assert not list(site.rglob("figures"))
    assert sorted(path.name for path in (site / "data").glob("*.csv")) == ["lamps.csv", "vocabulary.csv"]
