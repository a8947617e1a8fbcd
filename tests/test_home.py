"""The first page of the settings is the home page, whatever its name: all that leads home leads there."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import TINY, build, copy_documentary

pytestmark = pytest.mark.engine
ADDRESS = "https://example.org/aune/"
CODES = ("fr", "en")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary with a home page called `river/start`, built for an address."""
    root = copy_documentary(TINY, tmp_path_factory.mktemp("home") / "tiny")
    for code in CODES:
        page = root / "docs" / code / "river" / "start.md"
        page.parent.mkdir()
        (root / "docs" / code / "index.md").rename(page)
    settings = root / "data" / "documentary.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('path = "index"', 'path = "river/start"', 1), encoding="utf-8")
    return build(root, address=ADDRESS) / "site"


def page(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [node.attributes.get("href") or "" for node in tree.css(selector)]


def test_the_folder_of_each_language_leads_home_without_script(site: Path) -> None:
    homes = sorted(
        path.relative_to(site).as_posix() for path in (*site.glob("index.html"), *site.glob("*/index.html"))
    )
    assert homes == ["en/index.html", "fr/index.html", "index.html"]
    for code in CODES:
        forward = page(site, f"{code}/index.html")
        refresh = forward.css_first("meta[http-equiv=refresh]")
        assert refresh is not None
        assert refresh.attributes["content"] == "0; url=river/start.html"
        assert links(forward, "main a") == ["river/start.html"]
        assert links(forward, "link[rel=canonical]") == [f"{ADDRESS}{code}/river/start.html"]
        assert forward.css("script") == []


def test_the_page_above_all_languages_and_the_one_for_wrong_addresses_lead_home(site: Path) -> None:
    assert links(page(site, "index.html"), "a[hreflang]") == [f"{code}/river/start.html" for code in CODES]
    missing = page(site, "404.html")
    assert links(missing, "a[hreflang]") == [f"/aune/{code}/river/start.html" for code in CODES]
    assert 'a.hreflang+"/river/start.html"' in (missing.html or "")


@pytest.mark.parametrize("code", CODES)
def test_the_title_in_the_header_of_every_page_leads_home(code: str, site: Path) -> None:
    assert links(page(site, f"{code}/river/start.html"), ".md-header__title") == ["start.html"]
    assert links(page(site, f"{code}/ledger/places.html"), ".md-header__title") == ["../river/start.html"]


@pytest.mark.parametrize("code", CODES)
def test_the_home_page_has_the_title_of_the_site_alone_and_the_type_of_a_site(code: str, site: Path) -> None:
    home, other = (page(site, f"{code}/{path}.html") for path in ("river/start", "ledger/places"))
    title = home.css_first("head title").text().strip()
    assert "·" not in title
    assert other.css_first("head title").text().strip().endswith(f"· {title}")
    kinds = [one.css_first('meta[property="og:type"]').attributes["content"] for one in (home, other)]
    assert kinds == ["website", "article"]
    graph = json.loads(other.css_first('script[type="application/ld+json"]').text())["@graph"]
    crumbs = next(one for one in graph if one["@type"] == "BreadcrumbList")["itemListElement"]
    assert crumbs[0]["item"] == f"{ADDRESS}{code}/river/start.html"


@pytest.mark.parametrize("code", CODES)
def test_the_feed_and_the_folder_to_take_away_lead_home(code: str, site: Path) -> None:
    feed = ET.parse(site / code / "feed.xml")  # noqa: S314 - our own
    found = {link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")}
    assert found == {f"{ADDRESS}{code}/feed.xml", f"{ADDRESS}{code}/river/start.html"}
    with zipfile.ZipFile(site / "download" / f"{code}.zip") as archive:
        [start] = [name for name in archive.namelist() if name.split("/")[1:] == ["index.html"]]
        begin = LexborHTMLParser(archive.read(start).decode())
        assert links(begin, "a[hreflang]") == [f"{code}/river/start.html"]
