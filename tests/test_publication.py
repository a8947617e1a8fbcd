"""What makes a folder of pages a site to publish: addresses, feeds, citations, archives, and their checks."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.prose.links import absolute
from generator.site.checks import check_site
from generator.site.cite import Citation, bibtex, csl_json, ris
from generator.site.downloads import zipped
from generator.site.feeds import feed, host_files, sitemap
from generator.site.head_checks import check_feed, check_heads
from generator.site.html import PageTree, parse_page
from generator.site.policy import policy
from generator.site.share_cards import card
from generator.site.style_attributes import lift_styles, sheet
from generator.site.style_bundle import ask_for_one_sheet, bundle_styles, sheets_of
from tests.sharing import build, copy_documentary, printed_tiny, remember

if TYPE_CHECKING:
    from generator.site.context import Context

TREE = Any  # conftest's `read_tree`
ADDRESS = "https://example.org/aune/"
CODES = ("fr", "en")


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory, read_tree: TREE) -> dict[str, bytes]:
    """The tiny documentary, built for an address."""
    home = Path(__file__).parent / "datasets" / "tiny"
    root = copy_documentary(home, tmp_path_factory.mktemp("addressed") / "tiny")
    build(remember(root, printed_tiny()), pdf=True, address=ADDRESS)
    return dict(read_tree(root / "site"))


HEAD = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; script-src 'self'\">"
)


def said(body: str = "<h1>A</h1>", head: str = HEAD, address: str = "", **files: bytes) -> list[str]:
    """Check one page of one language; return the problems as a person reads them."""
    page = f"<!doctype html><head>{head}</head><body>{body}"
    pages = [parse_page(page.encode(), "en", "a.html")]
    files = {"en/feed.xml": feed("en", "T", "We", [], "", "index.html"), **files}
    return [str(problem).split("\n")[0] for problem in check_heads(pages, files, ["en"], address)]


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        ("<h1>A</h1>", '<meta charset="utf-8">', "weak-policy: no policy right after the encoding"),
        (
            "<h1>A</h1>",
            HEAD.replace("script-src 'self'", "script-src 'unsafe-inline'"),
            "weak-policy: default-src 'none'; script-src 'unsafe-inline'…",
        ),
        ('<h1 style="color:red">A</h1>', HEAD, "weak-policy: <h1> has a style or a script in an attribute"),
        ("<p>A</p>", HEAD, "one-heading: 0 first headings"),
        ("<h1>A</h1><h1>B</h1>", HEAD, "one-heading: 2 first headings"),
    ],
)
def test_a_page_that_breaks_a_rule_of_every_page_is_a_problem(body: str, head: str, expected: str) -> None:
    assert said(body, head) == [f"en/a.html:1: {expected}"]


def test_a_page_that_keeps_every_rule_is_none() -> None:
    assert said() == []


def test_a_page_without_its_address_and_a_sitemap_without_the_page_are_problems() -> None:
    found = said(address=ADDRESS, **{"sitemap.xml": sitemap({"b.html": ["en"]}, "2020-02-29", ADDRESS)})
    assert found == [
        "en/a.html:1: missing-address: its alternates are {}",
        "en/a.html:1: missing-address: its own address is []",
        "sitemap.xml:1: wrong-sitemap: https://example.org/aune/en/a.html is missing",
        "sitemap.xml:1: wrong-sitemap: https://example.org/aune/en/b.html is not a page",
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<feed", "en/feed.xml:1: bad-feed: unclosed token: line 1, column 0"),
        (b"", "en/feed.xml:1: bad-feed: no element found: line 1, column 0"),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>b</title></feed>',
            "en/feed.xml:1: bad-feed: feed without updated",
        ),
    ],
)
def test_a_feed_that_cannot_be_read_is_a_problem(raw: bytes, expected: str) -> None:
    assert [str(problem) for problem in check_feed({"en/feed.xml": raw}, "en/feed.xml")] == [expected]


def test_a_feed_tells_the_newest_change_first_and_keeps_its_ids_when_the_site_moves() -> None:
    changes = [("2020-01-01", {"en": "Old & <odd>"}), ("2020-02-29", {"en": "New"})]
    here, there = (ET.fromstring(feed("en", "T", "We", changes, a, "index.html")) for a in ("", ADDRESS))  # noqa: S314
    atom = "{http://www.w3.org/2005/Atom}"
    assert [e.findtext(f"{atom}title") for e in here.iter(f"{atom}entry")] == ["New", "Old & <odd>"]
    ids = [[e.text for e in one.iter(f"{atom}id")] for one in (here, there)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", {".nojekyll", "robots.txt"}),
        ("https://user.github.io/project/", {".nojekyll", "robots.txt"}),
        ("https://user.github.io/", {".nojekyll", "robots.txt"}),
        ("https://example.org/", {".nojekyll", "robots.txt", "CNAME"}),
    ],
)
def test_a_domain_of_ones_own_is_named_where_hosts_look_for_it(address: str, names: set[str]) -> None:
    files = host_files(address)
    assert set(files) == names
    assert files.get("CNAME", b"example.org\n") == b"example.org\n"
    assert (b"Sitemap: " in files["robots.txt"]) == bool(address)


def test_a_citation_cannot_break_out_of_its_format() -> None:
    citation = Citation(
        "k", "100% {a} \\b & c\nTY  - X", "Site", "We, the people", "2020-02-29", "en", "https://e.org/_a"
    )
    assert "title = {{100\\% a b \\& c TY - X}}" in bibtex(citation)
    assert ris(citation).count("\r\nTY  - ") == 0
    assert json.loads(csl_json(citation))[0]["issued"] == {"date-parts": [[2020, 2, 29]]}


def test_style_attributes_become_classes_of_one_sheet() -> None:
    raw = b'<p class="a" style="--x: 1px;">a</p><p style="--x: 1px">b</p><p style="">c</p>'
    page = parse_page(raw, "en", "a.html")
    lift_styles(page, cast("Context", None))
    (name,) = page.styles
    assert page.tree.body
    assert page.tree.body.html == f'<body><p class="a {name}">a</p><p class="{name}">b</p><p>c</p></body>'
    assert sheet(page.styles) == f".{name}.{name}{{--x: 1px}}\n".encode()


def test_a_policy_names_its_scripts_by_hash_and_allows_no_evaluation() -> None:
    said = policy(("alert(1)",))
    assert "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in said
    assert "unsafe" not in said


def test_a_zip_depends_on_its_files_only() -> None:
    files = {"b": b"2", "a/c": b"1"}
    first = zipped(files, "name", "2020-02-29")
    assert first == zipped(dict(reversed(files.items())), "name", "2020-02-29")
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["name/a/c", "name/b"]
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 2, 29, 0, 0, 0)}


@pytest.mark.engine
@pytest.mark.parametrize("code", CODES)
def test_what_a_zip_of_a_language_holds_is_whole(code: str, addressed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(addressed[f"download/{code}.zip"])) as archive:
        tree = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    pages = [opened(path, raw) for path, raw in tree.items() if path.endswith(".html")]
    assert f"{code}/index.html" in tree
    assert not any(path.startswith(other) for path in tree for other in set(CODES) - {code})
    assert [str(problem) for problem in check_site(pages, frozenset(tree), "index.html")] == []


@pytest.mark.engine
@pytest.mark.parametrize("code", CODES)
def test_what_is_heavy_stays_on_the_site_and_a_zip_leads_there_if_it_can(
    code: str, addressed: dict[str, bytes], built_tiny: Path
) -> None:
    alone = (built_tiny / "site" / "download" / f"{code}.zip").read_bytes()
    for zipped_site, known in ((addressed[f"download/{code}.zip"], True), (alone, False)):
        with zipfile.ZipFile(io.BytesIO(zipped_site)) as archive:
            tree = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
        assert not any(path.endswith((".pdf", ".png")) for path in tree)
        assert any(path.endswith(".svg") and "/figures/" in path for path in tree)
        pages = [opened(path, raw) for path, raw in tree.items() if path.endswith(".html")]
        links = [a.attributes["href"] or "" for page in pages for a in page.tree.css("a[href$='.png']")]
        assert bool(links) is known
        for link in links:
            assert link.removeprefix(ADDRESS) in addressed, link
        problems = [str(problem) for problem in check_site(pages, frozenset(tree), "index.html")]
        assert [problem for problem in problems if known or "has no PNG" not in problem] == []


def opened(path: str, raw: bytes) -> PageTree:
    """Parse a page of a published site, by its path from the root."""
    code, rest = path.split("/", 1) if "/" in path else ("", path)
    return parse_page(raw, code, rest)


@pytest.mark.engine
def test_the_zip_of_the_data_says_what_it_holds_and_under_which_licence(addressed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(addressed["download/data.zip"])) as archive:
        names = {name.split("/", 1)[1] for name in archive.namelist()}
        package = json.loads(archive.read("river-floods-data/datapackage.json"))
        readme = archive.read("river-floods-data/README.md").decode()
    assert {table["path"] for table in package["resources"]} <= names
    assert "https://creativecommons.org/licenses/by/4.0/" in readme
    assert "`damages.csv`" in readme


@pytest.mark.engine
def test_the_foot_of_a_page_says_how_big_the_downloads_are(addressed: dict[str, bytes]) -> None:
    page = LexborHTMLParser(addressed["fr/ledger/damages.html"].decode())
    links = [(a.attributes["href"], a.text()) for a in page.css(".downloads a")]
    names = ["fr.zip", "data.zip", "river-floods-fr.xlsx", "river-floods.sqlite"]
    assert [href for href, _ in links] == [f"../../download/{name}" for name in names]
    assert all(f"download/{name}" in addressed for name in names)
    assert all(re.search(r"\((zip|xlsx|SQLite), [\d,]+\s[kM]o\)", text) for _, text in links), links
    assert b"size of" not in b"".join(raw for path, raw in addressed.items() if path.endswith(".html"))


@pytest.mark.engine
@pytest.mark.parametrize("code", CODES)
def test_a_page_says_to_machines_what_it_is(code: str, addressed: dict[str, bytes]) -> None:
    page = LexborHTMLParser(addressed[f"{code}/ledger/events.html"].decode())
    graph = json.loads(page.css_first('script[type="application/ld+json"]').text())["@graph"]
    article = next(one for one in graph if one["@type"] == "Article")
    other = next(c for c in CODES if c != code)
    assert article["inLanguage"] == code
    assert article["workTranslation"] == [
        {"@id": f"{ADDRESS}{other}/ledger/events.html", "inLanguage": other}
    ]
    crumbs = next(one for one in graph if one["@type"] == "BreadcrumbList")
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2]
    shown = {m.attributes["property"]: m.attributes["content"] for m in page.css("meta[property]")}
    assert shown["og:url"] == f"{ADDRESS}{code}/ledger/events.html"
    assert shown["og:title"] == article["headline"]


@pytest.mark.engine
@pytest.mark.parametrize("code", CODES)
def test_every_distribution_of_the_data_is_there(code: str, addressed: dict[str, bytes]) -> None:
    said = b"".join(
        raw for path, raw in addressed.items() if path.startswith(code) and path.endswith(".html")
    )
    urls = re.findall(r'"contentUrl":"(.*?)"', said.decode())
    assert len(urls) > len(CODES)
    assert [url for url in urls if url.removeprefix(ADDRESS) not in addressed] == []


@pytest.mark.engine
def test_every_page_can_be_cited_in_every_format(addressed: dict[str, bytes]) -> None:
    pages = [path for path in addressed if re.match(r"(fr|en)/(?!figures/embed/).*\.html$", path)]
    for path in pages:
        code, name = path.removesuffix(".html").split("/", 1)
        assert {f"{code}/cite/{name}.{ending}" for ending in ("bib", "ris", "json")} <= set(addressed)
        assert f"{ADDRESS}{path}" in addressed[f"{code}/cite/{name}.ris"].decode()


@pytest.mark.engine
def test_without_an_address_nothing_pretends_to_one(built_tiny: Path) -> None:
    site = built_tiny / "site"
    assert not (site / "sitemap.xml").exists()
    page = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"canonical|ld\+json|og:url|rel=\"alternate\" hreflang", page)


def test_the_sheets_of_a_page_become_one_and_those_for_print_stay_apart() -> None:
    link = '<link rel="stylesheet" href="../assets/{}.css"{}>'.format
    raw = f"<head>{link('a', '')}{link('p', ' media=print')}{link('b', '')}</head>".encode()
    page = parse_page(raw, "en", "l/a.html")
    sheets = {
        "en/assets/a.css": b"a {\n  x: y; /* why */\n}\n",
        "en/assets/b.css": b"b{}",
        "en/assets/p.css": b"p{}",
    }
    joined, files = bundle_styles(
        [sheets_of(page)], sheets, lambda texts: {name: text.upper() for name, text in texts.items()}
    )
    (name,) = joined.values()
    assert files[name] == b"A {\n  X: Y; /* WHY */\n}\n\nB{}"
    assert set(files) == {"en/assets/p.css", name}
    ask_for_one_sheet(page, cast("Context", SimpleNamespace(sheets=joined)))
    hrefs = [link.attributes["href"] for link in page.tree.css("link")]
    assert hrefs == [f"../{name.removeprefix('en/')}", "../assets/p.css"]


def test_a_picture_for_sharing_holds_its_words_as_words() -> None:
    drawing = '<svg viewBox="0 0 700 2000"><g/></svg>'
    made = card("Who & how many", "One <finding>", "The site", drawing)
    assert "Who &amp; how many" in made
    assert "One &lt;finding&gt;" in made
    assert 'preserveAspectRatio="xMidYMin slice"' in made
    assert "The site" not in card("The site", "About it", "The site").split("</text>", 1)[1]


@pytest.mark.engine
@pytest.mark.parametrize(
    ("path", "picture"), [("index", "share/index.png"), ("ledger/places", "share/site.png")]
)
def test_a_shared_link_shows_the_first_figure_of_its_page_or_the_site(
    path: str, picture: str, addressed: dict[str, bytes]
) -> None:
    page = LexborHTMLParser(addressed[f"en/{path}.html"].decode())
    shown = {m.attributes["property"]: m.attributes["content"] for m in page.css("meta[property]")}
    assert shown["og:image"] == f"{ADDRESS}en/{picture}"
    width, height = struct.unpack(">II", addressed[f"en/{picture}"][16:24])
    assert (width, height) == (1200, 630)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("août.html", "ao%C3%BBt.html"),
        ("l/a b.html", "l/a%20b.html"),
        ("100%.html", "100%25.html"),
        ("a.html", "a.html"),
    ],
)
def test_an_absolute_address_is_fit_for_any_program(path: str, address: str) -> None:
    url = f"{ADDRESS}fr/{address}"
    assert absolute(ADDRESS, f"fr/{path}") == url
    rows = ET.fromstring(sitemap({path: ["fr"]}, "2020-02-29", ADDRESS))  # noqa: S314 - we wrote it
    assert [row.text for row in rows.iter() if row.tag.endswith("loc")] == [url]
