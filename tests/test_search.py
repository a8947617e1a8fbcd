"""Search: what is one word, which texts there are, what a query finds first, and what it costs."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from generator.drawing import PROGRAMS
from generator.drawing.render import find_tools
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.output.memory import Memory
from generator.site.html import PageTree, parse_page
from generator.site.roles import tell_roles
from generator.site.search.index import TEXTS_IN_A_PART, make_search
from generator.site.search.texts import Kind, Names, Text, read_texts
from tests.sharing import brought

if TYPE_CHECKING:
    from generator.site.context import Context

HERE = Path(__file__).parent
#: What a query may ask for, compressed and with the program, in bytes.
BUDGET = 41_000
NAMES = Names({"w-anna": ("Anna", "Анна")}, {"w-anna"})


def in_node(rules: str = "en", **asked: object) -> dict[str, Any]:
    """Ask the program of search, in Node."""
    tools = find_tools(PROGRAMS)
    given = json.dumps({"packages": str(tools.packages), "rules": rules, **asked})
    ended = subprocess.run(  # noqa: S603 - our own program
        [tools.node, HERE / "search.mjs"], input=given.encode(), capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
    said: dict[str, Any] = json.loads(ended.stdout)
    return said


CUT = {
    "Élan, ŒUVRE and Tōkyō": ["élan", "œuvre", "and", "tōkyō"],
    "l’aune d'été": ["aune", "été"],
    "9 703 or 9,703 or 9\u202f703": ["9703", "or", "9703", "or", "9703"],
    "in 1939, 2000 men": ["in", "1939", "2000", "men"],
    "小松原 道太郎": ["小松", "松原", "原", "道太", "太郎", "郎"],
    "川": ["川"],
    "第23師団": ["第", "23", "師団", "団"],
    "the Hotel東": ["the", "hotel", "東"],
    "ガス": ["カス", "ス"],
    "soft\u00adhyphen, zero\u200bwidth": ["softhyphen", "zerowidth"],
    "Maʿan Qurʾān Hawaiʻi": ["maan", "qurān", "hawaii"],
    "BT-5, I\u201116 and Ki-27": ["bt", "5", "16", "and", "ki", "27", "bt5", "i16", "ki27"],
    "U.S.S.R., the U.S. and p.m. A.B": ["the", "and", "ussr", "us", "pm"],
    "37mm, 45 mm and 23rd": ["37", "mm", "45", "mm", "and", "23rd"],
    "e-mail, anti\u2011tank": ["mail", "anti", "tank", "email", "antitank"],
    "G. K. Zhukov e.": ["zhukov"],
    "Йод Жуков": ["йод", "жуков"],
    "a b c": [],
    "… – !": [],
}


def test_a_word_is_what_a_reader_might_type() -> None:
    assert dict(zip(CUT, in_node(texts=list(CUT))["cut"], strict=True)) == CUT


@pytest.mark.parametrize(
    ("rules", "texts", "stem"),
    [
        ("en", ["casualty", "casualties"], "casualti"),
        ("en", ["prisoner", "prisoners"], "prison"),
        ("fr", ["prisonnier", "prisonniers", "prisonnière", "Prisonnières"], "prisonni"),
        ("fr", ["bombardé", "bombarder", "bombardées"], "bombard"),
        ("en", ["Tōkyō", "Tokyo"], "tokyo"),
    ],
)
def test_forms_of_a_word_are_kept_under_its_stem(rules: str, texts: list[str], stem: str) -> None:
    assert in_node(rules, texts=texts)["kept"] == [[stem]] * len(texts)


def test_a_word_stands_in_the_part_of_its_beginning() -> None:
    found = in_node(texts=["tokyo", "23", "xж", "жуков", "川"])["parts"]
    assert found == [["to"], ["23"], ["x-"], ["y436443"], ["xd"]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zhukof", "zhukov"),
        ("schukow", "zhukov"),
        ("tschoibalsan", "choibalsan"),
        ("artilery", "artillery"),
        ("atrillery", "artillery"),
        ("ox", ""),
        ("submarine", ""),
    ],
)
def test_a_slip_is_taken_for_the_word_that_is_nearest_by_letters_or_by_sound(typed: str, meant: str) -> None:
    known = [["zhukov", 40], ["choibalsan", 3], ["artillery", 60], ["the", 900]]
    assert in_node(slips=[[typed, known]])["slips"] == [meant]


PAGE = """<article><h1 id="top">The flood<a class="headerlink" href="#top">¶</a></h1>
<p>Water<sup><a class="footnote-ref" href="#fn">1</a></sup> rose<svg><text>drawn</text></svg>.</p>
<h2 id="north">North</h2><p>The <em>mill</em> <mark>st</mark>ood.</p>
<table data-find="whole"><tbody><tr id="c-1"><th>Book</th><td>12</td><td>13</td></tr></tbody></table>
<dl><div id="w-anna"><dt>Anna</dt><dd>miller</dd></div></dl>
<table><tr id="e-1"><th>Dyke</th><td>broke</td></tr></table>
<h2 id="south">South</h2><p>Dry.</p>
<div class="footnote"><li id="fn">A note</li></div></article>"""


def parsed(html: str) -> PageTree:
    """Parse a page as search reads it: with what Markdown made of it named."""
    page = parse_page(html.encode(), "en", "a.html")
    tell_roles(page, cast("Context", None))
    return page


def test_sections_and_entries_are_texts_of_their_own_and_what_is_not_read_is_left_out() -> None:
    found = read_texts(parsed(PAGE), NAMES, "On floods", prose=True)
    assert [(t.kind, t.anchor, t.title, t.body, list(t.names)) for t in found] == [
        (Kind.CHAPTER, "", "The flood", "Water rose.", []),
        (Kind.SECTION, "north", "North", "The mill stood. Book 12 13", []),
        (Kind.SECTION, "south", "South", "Dry.", []),
        (Kind.ENTRY, "w-anna", "Anna", "Anna miller", ["Anna", "Анна"]),
        (Kind.ROW, "e-1", "Dyke", "Dyke broke", []),
    ]
    assert (found[0].about, list(found[0].headings)) == ("On floods", ["North", "South"])


def test_a_page_made_from_the_data_is_a_reference_and_its_sections_entries() -> None:
    assert [t.kind for t in read_texts(parsed(PAGE), NAMES, prose=False)][:2] == [Kind.REFERENCE, Kind.ENTRY]


def english() -> Language:
    found = load_languages(["en"])[0]
    assert isinstance(found, Language)
    return found


Finder = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory", "")


@pytest.fixture
def finder(tmp_path: Path, memory: Memory) -> Finder:
    """Makes a search of pages and asks it."""

    def find(pages: str, *queries: str) -> list[dict[str, Any]]:
        texts = read_texts(parsed(pages), NAMES, prose=True)
        files = make_search({"en": texts}, {"en": english()}, memory)
        for path, raw in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(raw)
        answers: list[dict[str, Any]] = in_node(site=str(tmp_path / "en"), queries=queries)["answers"]
        return answers

    return find


def titles(answer: dict[str, Any]) -> list[str]:
    return [text[3] for text in answer["shown"]]


def test_what_a_text_is_about_stands_before_what_mentions_it(finder: Finder) -> None:
    page = "<article><h1>A</h1><h2 id='x'>Mill</h2><p>stone</p><h2 id='y'>Stone</h2><p>mill</p></article>"
    mill, stone = finder(page, "mill", "stone")
    assert titles(mill).index("Mill") < titles(mill).index("Stone")
    assert titles(stone).index("Stone") < titles(stone).index("Mill")


def test_the_beginning_of_a_text_is_no_title_though_it_stands_for_one(finder: Finder) -> None:
    page = """<article><h1>A</h1><ul><li id='x'>Mill, by Stone <span data-find='no'>3 rows</span></li></ul>
    <dl><div id='y'><dt>Mill</dt><dd>it grinds</dd></div></dl></article>"""
    mill, rows = finder(page, "mill", "rows")
    assert titles(mill) == ["Mill", "Mill, by Stone"]
    assert rows["found"] == 0, "what is marked as not to be found is not"


def test_a_word_that_stands_everywhere_is_found_alone_and_beside_another(finder: Finder) -> None:
    sections = "".join(f"<h2 id='s{n}'>Part {n}0</h2><p>river stone{n}</p>" for n in range(300))
    alone, both = finder(f"<article><h1>All</h1>{sections}</article>", "river", "river stone200")
    assert alone["found"] >= 100
    assert titles(both)[0] == "Part 2000", "also where the word lists only the texts that say most of it"


def test_of_a_question_the_small_words_count_little(finder: Finder) -> None:
    page = """<article><h1>A</h1><h2 id='x'>What is how</h2><p>what is it</p>
    <h2 id='y'>Mills</h2><p>ground</p></article>"""
    assert titles(finder(page, "what is a mill?")[0])[0] == "Mills"


def test_a_slip_finds_what_was_meant_and_says_so(finder: Finder) -> None:
    [answer] = finder(PAGE, "Ana norht")
    assert answer["instead"] == [["ana", "anna", 0], ["norht", "north", 0]]
    assert {"North", "Anna"} <= set(titles(answer))


def test_a_name_is_found_in_any_of_its_forms(finder: Finder) -> None:
    assert [titles(answer)[0] for answer in finder(PAGE, "анна", "ANNA", "miller")] == ["Anna"] * 3


def test_every_part_is_a_script_that_brings_it_and_markup_cannot_end_it(memory: Memory) -> None:
    text = Text("a.html", "", "A", "A", Kind.CHAPTER, pieces=["</script><script>"])
    files = make_search({"en": [text] * (TEXTS_IN_A_PART + 1)}, {"en": english()}, memory)
    shown = [path for path in files if path.startswith("en/search/t-")]
    assert len(shown) == 2
    for path in files.keys() - {"en/assets/search.js"}:
        assert brought(files[path]), path


def test_words_of_one_beginning_have_a_part_if_much_is_said_of_them_and_share_one_if_not(
    memory: Memory,
) -> None:
    names = [f"ann{first}{second}ox" for first in "bcdfghklmn" for second in "bcdfghklmn"]
    many = [Text(f"{name}.html", "", "A", name, Kind.CHAPTER, pieces=["apart"]) for name in names]
    files = make_search({"en": many}, {"en": english()}, memory)
    assert brought(files["en/search/index.js"])["parts"] == ["a-", "an"]
    assert "apart" in brought(files["en/search/w-a-.js"])
    assert "annbcox" in brought(files["en/search/w-an.js"])


def test_a_language_without_rules_of_stemming_is_searched_all_the_same(memory: Memory) -> None:
    text = Text("a.html", "", "A", "Vatn", Kind.CHAPTER, pieces=["vatn"])
    files = make_search({"is": [text]}, {"is": english()}, memory)
    assert "vatn" in brought(files["is/search/w-v-.js"])


def queries(code: str) -> dict[str, str]:
    with (HERE / "searches.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == code]
    return {row["query"]: row["among_the_first_three"] for row in rows}


@pytest.mark.battle
@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_looked_for_is_among_the_first_three_of_the_real_site(code: str, built_real: Path) -> None:
    wanted = queries(code)
    assert len(wanted) >= 50
    site = built_real / "site" / code
    answers = in_node(code, site=str(site), queries=list(wanted))["answers"]
    missed = {}
    for answer in answers:
        first = [f"{text[0]}#{text[1]}".rstrip("#") for text in answer["shown"][:3]]
        if not any(one == wanted[answer["query"]] for one in first):
            missed[answer["query"]] = (wanted[answer["query"]], first)
    assert missed == {}
    program = len(gzip.compress((site / "assets" / "search.js").read_bytes()))
    heavy = {a["query"]: a["bytes"] for a in answers if a["bytes"] + program > BUDGET}
    assert heavy == {}
