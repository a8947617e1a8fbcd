"""The fonts of a site: cut to its letters, the same each time, and none of its letters forgotten."""

from __future__ import annotations

import io
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

from generator.drawing import PROGRAMS
from generator.drawing.fonts import FACES, Fonts, Letters, dress, letters_of, ranges
from generator.drawing.letters import check_letters
from generator.output.memory import Memory
from generator.site.context import FontLinks
from generator.site.html import parse_page
from generator.site.page_fonts import letters_on, link_fonts

if TYPE_CHECKING:
    from generator.site.context import Context

pytestmark = pytest.mark.node

PACKAGES = PROGRAMS / "node_modules"
#: Latin with macrons, narrow spaces and hyphens, Mongolian Cyrillic, Japanese, simplified Chinese.
TEXT = "Aune Ōkubo ū – « 9\u202f703 » 5\u2011e \u22121 Өргөө үнэн 東 ノモンハン 战争 ●◆"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    return Memory(tmp_path_factory.mktemp("fonts"), "")


@pytest.fixture(scope="module")
def fonts(memory: Memory) -> Fonts:
    found = dress({"a.html": Letters(TEXT)}, PACKAGES, memory)
    assert isinstance(found, Fonts), found
    return found


def letters(raw: bytes) -> set[str]:
    return set(map(chr, TTFont(io.BytesIO(raw)).getBestCmap()))


def test_every_letter_of_the_pages_has_a_font_in_the_text_and_in_the_figures(fonts: Fonts) -> None:
    rules = re.findall(r"font-family:'(IBM Plex \w+)';font-style:normal;font-weight:400;.*?fonts/([^)]+)\)",
                       fonts.sheet.decode())  # fmt: skip
    for family in ("IBM Plex Sans", "IBM Plex Serif"):
        known = set().union(*(letters(fonts.files[name]) for one, name in rules if one == family))
        assert set(TEXT) - known == set(), family


def test_what_a_first_view_needs_is_light_and_named_by_its_content(fonts: Fonts) -> None:
    assert len(fonts.early) == 4
    assert sum(len(fonts.files[name]) for name in fonts.early) < 80_000
    assert all(re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{10}\.woff2", name) for name in fonts.files)


def first(fonts: Fonts, stem: str) -> set[str]:
    """Return the letters of the first file of a face."""
    return letters(
        next(raw for name, raw in fonts.files.items() if re.fullmatch(rf"{stem}-\w{{10}}\.woff2", name))
    )


def test_the_files_of_an_italic_face_have_what_often_and_what_seldom_stands_in_italics_and_what_never_does(
    memory: Memory,
) -> None:
    pages = {f"{n}.html": Letters("abcdefgh", italic="ab", labels="de") for n in range(20)}
    found = dress({**pages, "b.html": Letters("abcxyzЖ", italic="abc")}, PACKAGES, memory)
    assert isinstance(found, Fonts)
    assert first(found, "ibm-plex-serif-400i") == set("ab")
    assert first(found, "ibm-plex-serif-400i-rare") == set("c")
    assert first(found, "ibm-plex-serif-400i-more") == set("defghxyzЖ")
    assert first(found, "ibm-plex-sans-400i") == set("de")
    assert first(found, "ibm-plex-serif-400") == set("abcdefghxyz")


def test_of_a_page_count_what_is_read_and_in_which_slope_it_stands() -> None:
    page = parse_page(
        b"<!DOCTYPE html><html><head><title>T\xc3\xa9</title><style>a{b:c}</style></head>"
        b"<body title='\xe2\x80\xa6'><p class='q'>Ab <i lang='ja'>ge &amp; go</i></p>"
        b"<script>var z={}</script></body></html>",
        "en",
        "a.html",
    )
    drawing = '<svg><g><text x="1">Hu</text><text x="2" font-style="italic">LA</text></g></svg>'
    found = letters_on(page, [drawing])
    assert set("TéAbgeo&HuLA…") <= set(found.all)
    assert not set("{}<>='z") & set(found.all)
    assert set(found.italic) == set("ge & go")
    assert set(found.labels) == set("LA")


def test_a_list_of_many_signs_is_written_as_all_there_may_be(memory: Memory) -> None:
    signs = "".join(map(chr, range(0x4E00, 0x5800, 3)))
    signs = "".join(c for c in signs if c in letters_of(FACES[7].path(PACKAGES)))
    found = dress({"a.html": Letters("a" + signs), "b.html": Letters(signs[:3])}, PACKAGES, memory)
    assert isinstance(found, Fonts)
    assert "unicode-range:U+2E80-9FFF}" in found.sheet.decode()
    assert found.own["b.html"].count(f"unicode-range:{ranges(signs[:3])}") == 2


def test_letters_of_other_scripts_are_in_files_of_their_own(fonts: Fonts) -> None:
    for name in fonts.early:
        assert letters(fonts.files[name]) & set("Өө東战") == set()


def test_cutting_twice_gives_the_same_bytes(fonts: Fonts, tmp_path: Path) -> None:
    again = dress({"b.html": Letters(TEXT[::-1])}, PACKAGES, Memory(tmp_path, ""))
    assert again == fonts


def test_a_letter_that_no_font_has_is_a_problem_of_its_page(memory: Memory) -> None:
    found = dress({"fr/a.html": Letters("abc"), "fr/b.html": Letters("a 𓀀")}, PACKAGES, memory)
    assert isinstance(found, list)
    assert [str(problem).splitlines()[0] for problem in found] == [
        'fr/b.html:1: no-letter: no font of the site has "𓀀" (U+13000)'
    ]


def test_a_stand_in_has_our_widths_so_that_nothing_moves(fonts: Fonts) -> None:
    stand_ins = re.findall(
        r"'(IBM Plex \w+) stand-in';src:local.*?size-adjust:([\d.]+)%", fonts.sheet.decode()
    )
    assert [family for family, _ in stand_ins] == ["IBM Plex Sans", "IBM Plex Serif"]
    assert all(80 < float(size) < 130 for _, size in stand_ins)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "U+61"), ("cab", "U+61-63"), ("aé", "U+61,U+E9"), ("", "")],
)
def test_letters_are_written_as_ranges(text: str, expected: str) -> None:
    assert ranges(text) == expected


def test_a_letter_that_no_font_has_is_said_at_its_line_before_anything_is_built() -> None:
    files = {
        "docs/en/index.md": "---\ntitle: T\n---\n<!-- 🌊\n🌊 -->\nThe river 🌊.\nAgain 🌊.\n",
        "data/documentary.toml": "# 🌊\n[title]\nen = \"Houses 🏠\"\nfr = 'Ōkubo ノモンハン'\n",
        "data/events.csv": "id,title_en\ne-crest,The crest 🔝\n",
        "docs/fr/index.md": TEXT,
        "data/sources.json": '[{"note": "🌊"}]',
    }
    found = check_letters({name: text.encode() for name, text in files.items()}, PACKAGES)
    assert [str(problem).split("\n")[0] for problem in found] == [
        'data/documentary.toml:3: no-letter: no font of the site has "🏠" (U+1F3E0)',
        'data/events.csv:2: no-letter: no font of the site has "🔝" (U+1F51D)',
        'docs/en/index.md:6: no-letter: no font of the site has "🌊" (U+1F30A)',
    ]
    assert list(check_letters({"docs/en/index.md": "🌊".encode()}, Path("nowhere"))) == []


@pytest.mark.parametrize(("italics", "asked"), [(40, ["a.woff2", "i.woff2"]), (2, ["a.woff2"])])
def test_a_bibliography_has_its_italics_at_its_first_view(italics: int, asked: list[str]) -> None:
    text = f"<i>{'a' * italics}</i>{'b' * (200 - italics)}"
    page = parse_page(
        f'<head><link rel="stylesheet" href="a.css"></head><body>{text}'.encode(), "en", "sources.html"
    )
    links = FontLinks("fonts.css", early=("a.woff2",), italic="i.woff2")
    link_fonts(page, cast("Context", SimpleNamespace(fonts=links)))
    preloaded = LexborHTMLParser(page.html).css("link[rel=preload]")
    assert [str(link.attributes["href"]).rsplit("/", 1)[-1] for link in preloaded] == asked
