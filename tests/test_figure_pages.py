"""Each figure has a page of its own, with its rows and sources, and one that others can show in a frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from tests.conftest import build, copy_documentary


def page(root: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((root / "site" / path).read_text(encoding="utf-8"))


def words(root: Path, path: str, selector: str) -> list[str]:
    return [node.text(deep=True).strip() for node in page(root, path).css(selector)]


@pytest.mark.engine
@pytest.mark.parametrize(
    ("code", "title", "headings"),
    [
        (
            "en",
            "Ruined houses: the detail does not make the total",
            ["Sources", "The rows behind it", "Show it elsewhere"],
        ),
        (
            "fr",
            "Maisons détruites\u00a0: le détail ne fait pas le total",
            ["Sources", "Les lignes qu’elle montre", "La montrer ailleurs"],
        ),
    ],
)
def test_a_figure_has_a_page_with_its_drawings_rows_and_sources(
    code: str, title: str, headings: list[str], built_tiny: Path
) -> None:
    path = f"{code}/figures/ruined.html"
    assert words(built_tiny, path, "h1") == [title]
    assert words(built_tiny, path, "h2") == headings
    tree = page(built_tiny, path)
    assert len(tree.css("figure .fig-picture svg")) == 2
    assert len(tree.css("figure details[open] tbody tr")) == 3
    assert [row.attributes["id"] for row in tree.css("table.claims tbody tr")] == [
        "d-ruined-spring",
        "d-ruined-autumn",
        "d-ruined-all",
    ]
    parts = [a.attributes["href"] for a in tree.css("table.claims .note a")]
    assert parts == ["../ledger/damages.html#d-ruined-all"] * 2
    assert [a.attributes["href"] for a in tree.css("ul.sources a")] == [
        "../ledger/sources.html#surveyor-1908"
    ]
    assert [a.attributes["href"] for a in tree.css("a[hreflang]")] == [
        f"../../{'fr' if code == 'en' else 'en'}/figures/ruined.html"
    ]


@pytest.mark.engine
def test_the_page_of_all_figures_leads_to_each_and_each_block_to_its_page(built_tiny: Path) -> None:
    listed = [a.attributes["href"] for a in page(built_tiny, "en/figures/index.html").css("ul.figures a")]
    assert listed == ["flooded.html", "ruined.html", "boats-1.html", "boats-2.html", "river.html"]
    blocks = page(built_tiny, "en/index.html").css(".fig-controls a:not([download])")
    assert [a.attributes["href"] for a in blocks] == ["figures/flooded.html", "figures/ruined.html"]


@pytest.mark.engine
def test_a_page_to_show_in_a_frame_is_the_figure_and_its_sources_alone(built_tiny: Path) -> None:
    tree = page(built_tiny, "en/figures/embed/ruined.html")
    shown = tree.css_first("body > main")
    assert shown is not None
    assert [node.tag for node in shown.iter()] == ["h1", "picture", "a"]
    assert [node.parent.tag for node in tree.css("script") if node.parent] == ["head"], "it chooses the paper"
    [wide], [narrow] = tree.css("img"), tree.css("source")
    for address in (wide.attributes["src"], narrow.attributes["srcset"]):
        assert "Géomètre 1908" in (built_tiny / "site/en/figures/embed" / str(address)).read_text("utf-8")
    [back] = tree.css("a")
    assert back.attributes["href"] == "../ruined.html"


def embedded(root: Path, path: str) -> str:
    """Return the address in the line of HTML that the page of a figure offers."""
    [line] = words(root, path, "pre code")
    frame = LexborHTMLParser(line).css_first("iframe")
    assert frame is not None
    return str(frame.attributes["src"])


@pytest.mark.engine
@pytest.mark.parametrize(
    ("code", "said"), [("en", "the address of this site goes"), ("fr", "l’adresse de ce site prend la place")]
)
def test_where_the_site_has_none_the_line_says_what_is_missing_in_it(
    code: str, said: str, built_tiny: Path
) -> None:
    path = f"{code}/figures/flooded.html"
    assert embedded(built_tiny, path) == f"…/{code}/figures/embed/flooded.html"
    text = " ".join(words(built_tiny, path, "article"))
    assert said in text
    assert "?paper=light" in text
    assert "?paper=dark" in text


@pytest.mark.engine
def test_where_the_site_has_an_address_a_line_of_html_shows_the_figure(tiny: Path) -> None:
    build(tiny, address="https://example.org/aune/")
    assert (
        embedded(tiny, "en/figures/flooded.html") == "https://example.org/aune/en/figures/embed/flooded.html"
    )
    assert all("…/" not in text for text in words(tiny, "en/figures/flooded.html", "pre code"))
    assert "https://example.org/aune/en/figures/flooded.html" in (tiny / "site/sitemap.xml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'path = "figures/index"',
            'path = "ledger/figures"',
            'the page of all figures stands at "ledger/figures"',
        ),
        (
            'path = "figures/index"',
            'path = "figures/ruined"',
            '"figures/ruined" is the page of the figure "ruined"',
        ),
    ],
)
def test_the_page_of_all_figures_stands_beside_theirs(old: str, new: str, said: str, tiny: Path) -> None:
    file = tiny / "data/documentary.toml"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    found = building.check(tiny, lambda _: None)
    assert isinstance(found, list)
    [problem] = [one for one in found if said in one.message]
    assert problem.location.file == "data/documentary.toml"
    assert problem.location.line > 1


@pytest.mark.engine
def test_without_a_page_of_all_figures_none_has_a_page(tmp_path: Path, tiny: Path) -> None:
    root = copy_documentary(tiny, tmp_path / "plain")
    file = root / "data/documentary.toml"
    table = '[[page]]\npath = "figures/index"\nkind = "figures"\n'
    file.write_text(file.read_text("utf-8").replace(table, ""), encoding="utf-8")
    for code in ("fr", "en"):
        (root / f"docs/{code}/figures/index.md").unlink()
    build(root)
    assert [*(root / "site/en/figures").rglob("*.html")] == []
    # Pictures for a narrow screen are there for drawings that a page fetches, and for no other.
    late = {file.name.split(".")[0] for file in root.glob("site/*/figures/*.narrow.js")}
    assert {file.name.split(".")[0] for file in root.glob("site/*/figures/*.narrow.svg")} == late
    assert "flooded" not in late
    assert page(root, "en/index.html").css(".fig-controls a:not([download])") == []
