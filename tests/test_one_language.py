"""A page that is written in one language only: the other says where it is, wherever something leads to it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.site.html import PageTree, parse_page
from tests.conftest import TINY, build, copy_documentary
from tests.sharing import said_in

pytestmark = pytest.mark.engine

ADDRESS = "https://aune.example/"
PAGE = """[[page]]
path = "archives"
languages = ["fr"]
group = { fr = "Registre", en = "Ledger" }

[[figure]]
"""
TEXT = """---
title: Les archives de la crue
description: Où se trouvent les papiers.
---
Ils sont à la mairie : voyez [la crue](index.md).

## Les lettres {#letters}

Elles sont perdues.
"""
SENTENCE = "Of the [papers](archives.md#letters) little is left.\n\n## What is counted"


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary with a page in French, to which an English one leads, printed and published."""
    root = copy_documentary(TINY, tmp_path_factory.mktemp("one") / "tiny")
    change(root, "data/documentary.toml", "[[figure]]\n", PAGE)
    (root / "docs" / "fr" / "archives.md").write_text(TEXT, encoding="utf-8")
    change(root, "docs/en/index.md", "## What is counted", SENTENCE)
    return build(root, pdf=True, address=ADDRESS) / "site"


def page_of(site: Path, code: str, path: str) -> PageTree:
    return parse_page((site / code / path).read_bytes(), code, path)


def test_a_link_leads_to_the_page_where_it_is_and_says_so(site: Path) -> None:
    page = page_of(site, "en", "index.html")
    [link] = page.tree.css('article a[hreflang="fr"]:not([download])')
    assert link.attributes["href"] == "../fr/archives.html#letters"
    assert link.parent
    assert "papers (only in French) little is left" in link.parent.text()


def test_the_navigation_names_it_in_its_language(site: Path) -> None:
    for path in ("index.html", "ledger/events.html"):
        [link] = page_of(site, "en", path).tree.css('nav.md-sidebar--primary a[hreflang="fr"]')
        assert (link.attributes["href"] or "").endswith("../fr/archives.html")
        assert link.inner_html == '<span lang="fr">Les archives de la crue</span> (only in French)'


def test_the_switch_of_the_language_leads_to_what_says_where_it_is(site: Path) -> None:
    [switch] = page_of(site, "fr", "archives.html").tree.css(".languages a")
    assert switch.attributes["href"] == "../en/archives.html"
    page = page_of(site, "en", "archives.html")
    article = page.tree.css_first("article")
    assert article
    assert "This page is only in French." in article.text()
    links = {a.attributes["href"]: a.attributes["lang"] for a in article.css("a.elsewhere")}
    assert links == {"../fr/archives.html": "fr", "../fr/archives.html#letters": "fr"}
    assert article.css_first("#letters")  # an old link to a section lands on the way to it
    assert article.css_first("h1 > span[lang=fr]")


def test_search_engines_are_told_of_one_page_in_one_language(site: Path) -> None:
    there = f"{ADDRESS}fr/archives.html"
    for code in ("fr", "en"):
        head = page_of(site, code, "archives.html").tree
        assert [link.attributes["href"] for link in head.css("link[rel=canonical]")] == [there]
        alternates = head.css("head link[rel=alternate][hreflang]")
        assert {a.attributes["hreflang"]: a.attributes["href"] for a in alternates} == {
            "fr": there,
            "x-default": there,
        }
        assert bool(head.css("meta[name=robots][content=noindex]")) is (code == "en")
    rows = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314 - we wrote it
    listed = [row.text for row in rows.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert [url for url in listed if url and "archives" in url] == [there]


def test_it_is_printed_once_and_offered_in_both_languages(site: Path) -> None:
    assert (site / "fr" / "pdf" / "archives.pdf").exists()
    assert not (site / "en" / "pdf" / "archives.pdf").exists()
    [offered] = page_of(site, "en", "index.html").tree.css('a[href$="archives.pdf"]')
    assert offered.attributes["href"] == "../fr/pdf/archives.pdf"
    assert offered.text().startswith("Les archives de la crue (only in French)")


def test_whoever_takes_the_site_of_a_language_away_is_led_to_the_published_one(site: Path) -> None:
    with zipfile.ZipFile(site / "download" / "en.zip") as archive:
        [name] = [name for name in archive.namelist() if name.endswith("/en/index.html")]
        written = archive.read(name).decode("utf-8")
    links = re.findall(r'<a href="([^"]*archives[^"]*)"', written)
    assert links
    assert {link.split("#")[0].removesuffix(".pdf").removesuffix(".html") for link in links} <= {
        f"{ADDRESS}fr/archives",
        f"{ADDRESS}fr/pdf/archives",
    }


def test_search_finds_in_the_other_language_what_says_where_it_is(site: Path) -> None:
    found = [said_in(path) for path in sorted((site / "en" / "search").rglob("*")) if path.is_file()]
    assert any("Les archives de la crue (only in French)" in text for text in found)


def test_it_cannot_be_cited_where_it_is_not(site: Path) -> None:
    assert (site / "fr" / "cite" / "archives.bib").exists()
    assert not (site / "en" / "cite" / "archives.bib").exists()
    assert page_of(site, "en", "archives.html").tree.css("#cite") == []


def test_what_is_published_of_it_is_html_that_machines_read(site: Path) -> None:
    for block in page_of(site, "fr", "archives.html").tree.css('script[type="application/ld+json"]'):
        assert "en/archives" not in json.dumps(json.loads(block.text()))
