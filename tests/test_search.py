"""Search: what is one word, which texts there are, and in what parts the index comes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.language import Language
from generator.language.catalogs import load_languages
from generator.site.html import parse_page
from generator.site.roles import tell_roles
from generator.site.search.index import TEXTS_IN_A_PART, make_index, read_texts
from generator.site.search.tokens import fold, part_of, words

if TYPE_CHECKING:
    from generator.site.context import Context


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan, ŒUVRE and Tōkyō", ["elan", "oeuvre", "and", "tokyo"]),
        ("l’aune d'été", ["aune", "ete"]),
        ("9 703 or 9,703 or 9\u202f703", ["9703", "or", "9703", "or", "9703"]),
        ("in 1939, 2000 men", ["in", "1939", "2000", "men"]),
        ("小松原 道太郎", ["小松", "松原", "道太", "太郎"]),
        ("川", ["川"]),
        ("第23師団", ["第", "23", "師団"]),
        ("ガス", ["カス"]),
        ("Йод Жуков", ["иод", "жуков"]),
        ("a b c", []),
        ("… – !", []),
    ],
)
def test_a_word_is_what_a_reader_might_type(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "part"),
    [("tokyo", "to"), ("23", "23"), ("x", "x-"), ("aж", "a-"), ("жуков", "x6"), ("小松", "xf")],
)
def test_a_word_stands_in_the_part_of_its_beginning(word: str, part: str) -> None:
    assert part_of(word) == part


def test_a_text_folded_twice_is_folded_once() -> None:
    assert fold(fold("Ōßİ")) == fold("Ōßİ")


PAGE = """<article><h1 id="top">The flood<a class="headerlink" href="#top">¶</a></h1>
<p>Water<sup><a class="footnote-ref" href="#fn">1</a></sup> rose<svg><text>drawn</text></svg>.</p>
<h2 id="north">North</h2><p>The <em>mill</em>.</p>
<table data-find="whole"><tbody><tr id="c-1"><th>Book</th><td>12</td></tr></tbody></table>
<dl><div id="w-anna"><dt>Anna</dt><dd>miller</dd></div></dl>
<h2 id="south">South</h2><p>Dry.</p>
<div class="footnote"><li id="fn">A note</li></div></article>"""


def read(html: str) -> LexborHTMLParser:
    """Parse a page as search reads it: with what Markdown made of it named."""
    page = parse_page(html.encode(), "en", "a.html")
    tell_roles(page, cast("Context", None))
    return page.tree


def test_sections_and_entries_are_texts_of_their_own_and_what_is_not_read_is_left_out() -> None:
    found = read_texts("a.html", read(PAGE), {"w-anna": ("Anna", "Анна")})
    assert [(t.anchor, t.title, t.body, list(t.names)) for t in found] == [
        ("", "The flood", "Water rose.", []),
        ("north", "North", "The mill. Book 12", []),
        ("south", "South", "Dry.", []),
        ("w-anna", "Anna", "Anna miller", ["Anna", "Анна"]),
    ]


def parts(files: dict[str, bytes]) -> dict[str, Any]:
    found = {}
    for path, raw in files.items():
        match = re.fullmatch(r'searchPart\("(\w+)","([^"]*)",(.*)\);\n', raw.decode())
        assert match, path
        found[path] = json.loads(match[3])
    return found


def english() -> Language:
    found = load_languages(["en"])[0]
    assert isinstance(found, Language)
    return found


def test_the_index_says_which_parts_it_has_and_they_lead_to_the_texts() -> None:
    pages = {"a.html": read(PAGE)}
    files = parts(make_index(pages, {"w-anna": ("Anna", "Анна")}, english()))
    about = files["search/index.js"]
    assert {f"search/w-{name}.js" for name in about["parts"]} | {"search/index.js", "search/t-0.js"} == set(
        files
    )
    places = files[f"search/w-{part_of('анна')}.js"]["анна"]
    page, anchor, *_ = files[f"search/t-{places[0] // TEXTS_IN_A_PART}.js"][places[0] % TEXTS_IN_A_PART]
    assert (page, anchor) == ("a.html", "w-anna")


def test_a_title_weighs_more_than_a_text() -> None:
    page = "<article><h1>A</h1><h2 id='x'>Mill</h2><p>stone</p><h2 id='y'>Stone</h2><p>mill</p></article>"
    files = parts(make_index({"a.html": LexborHTMLParser(page)}, {}, english()))
    weights = files["search/w-mi.js"]["mill"]
    assert dict(zip(weights[::2], weights[1::2], strict=True))[1] > weights[3]


def test_the_beginning_of_a_text_weighs_no_more_than_the_rest_of_it_though_it_stands_for_its_title() -> None:
    page = """<article><h1>A</h1><ul><li id='x'>Mill, by Stone <span data-find='no'>3 rows</span></li></ul>
    <dl><div id='y'><dt>Mill</dt><dd>it grinds</dd></div></dl></article>"""
    files = parts(make_index({"a.html": LexborHTMLParser(page)}, {}, english()))
    assert [text[3] for text in files["search/t-0.js"]] == ["A", "Mill, by Stone", "Mill"]
    weights = files["search/w-mi.js"]["mill"]
    assert dict(zip(weights[::2], weights[1::2], strict=True)) == {1: 1, 2: 9}


def test_words_that_stand_everywhere_are_named_not_indexed() -> None:
    sections = "".join(f"<h2 id='s{n}'>Part {n}0</h2><p>river</p>" for n in range(20))
    page = LexborHTMLParser(f"<article><h1>All</h1>{sections}</article>")
    files = parts(make_index({"a.html": page}, {}, english()))
    assert files["search/index.js"]["common"] == ["part", "river"]
    assert "river" not in files.get("search/w-ri.js", {})
