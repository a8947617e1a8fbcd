"""A figure taken home: it says what it shows and who says so, in its own letters, as SVG and as PNG."""

from __future__ import annotations

import base64
import io
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from generator import raster
from generator.drawing import PROGRAMS
from generator.drawing.carried import carried, face_rules, letters_in
from generator.drawing.export import EDGE, carrying, standalone
from generator.drawing.fonts import FACES, KANA, SANS
from generator.figures import palette
from generator.output.memory import Memory
from generator.raster import TALLEST, pictures
from generator.raster.packing import indexed

GENERATOR = Path(__file__).parent.parent / "generator"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 760 200" width="100%">'
    '<rect width="9" height="9" fill="var(--side-upstream,#b3402a)"/><text y="20">1\u202f234</text></svg>'
)
TITLE = "Les maisons inondées : le simple au quadruple & plus"
SOURCES = "Sources : Géomètre 1908, Gazette 1907."
NS = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in ET.fromstring(svg).iter(f"{NS}text")]  # noqa: S314 - our own


def test_it_says_its_title_above_and_its_sources_below() -> None:
    assert texts(standalone(SVG, TITLE, SOURCES)) == [TITLE, "1\u202f234", SOURCES]


def test_a_long_title_takes_more_lines_and_more_room() -> None:
    short, long = (ET.fromstring(standalone(SVG, t, SOURCES)) for t in (TITLE, TITLE * 3))  # noqa: S314
    assert float(long.get("height", 0)) > float(short.get("height", 0))
    assert "".join(texts(standalone(SVG, TITLE * 3, SOURCES))).count("quadruple") == 3


def test_it_is_on_white_in_plain_colours_and_in_its_own_letters() -> None:
    rules = face_rules({("IBM Plex Sans", 600): b"wOF2"})
    alone = carrying(standalone(SVG, TITLE, SOURCES), rules)
    assert 'fill="#ffffff"' in alone
    assert "var(" not in alone
    assert "font-weight:600" in alone
    assert "data:font/woff2;base64,d09GMg==" in alone
    assert texts(alone) == [TITLE, "1\u202f234", SOURCES]


def test_letters_are_plain_or_bold_as_what_is_around_them_says() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Z</title><desc>Y</desc><text>a</text>'
        '<g font-weight="600"><text>b<tspan font-weight="400">c</tspan>d</text></g>'
        '<text font-weight="bold">e</text></svg>'
    )
    assert letters_in(svg) == (frozenset("ac"), frozenset("bde"))


def carried_fonts(style: str) -> dict[tuple[str, str], frozenset[int]]:
    """Return the letters in each font of a style sheet, by family and weight."""
    found = {}
    rule = r"font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)"
    for family, weight, raw in re.findall(rule, style):
        with TTFont(io.BytesIO(base64.b64decode(raw))) as font:
            found[family, weight] = frozenset(font.getBestCmap())
    return found


@pytest.mark.node
def test_a_figure_carries_the_letters_it_says_in_each_face_and_signs_where_it_has_some(
    tmp_path: Path,
) -> None:
    def drawn(plain: str, bold: str) -> str:
        return standalone(SVG.replace("1\u202f234", plain), bold, "")

    figures = {"a": [drawn("one", "Ab")], "b": [drawn("two ☆", "Cd"), drawn("two", "Ce")]}
    style = carried(figures, PROGRAMS / "node_modules", Memory(tmp_path, ""))
    first, second = carried_fonts(style["a"]), carried_fonts(style["b"])

    assert first.keys() == {(SANS, "400"), (SANS, "600")}
    assert first[SANS, "600"] == frozenset(map(ord, "Ab"))
    assert first[SANS, "400"] >= frozenset(map(ord, "one"))
    assert ord("w") in second[SANS, "400"] - first[SANS, "400"]
    assert second[SANS, "600"] == frozenset(map(ord, "Cde"))
    assert second[KANA, "400"] == frozenset(map(ord, "☆"))
    assert style == carried(figures, PROGRAMS / "node_modules", Memory(tmp_path / "other", ""))


@pytest.mark.node
def test_a_picture_has_twice_the_pixels_and_is_the_same_each_time(tmp_path: Path) -> None:
    alone = standalone(SVG, TITLE, SOURCES)
    folders = sorted({f.path(PROGRAMS / "node_modules").parent for f in FACES if f.family == SANS})
    other = standalone(SVG, "Another", SOURCES)
    memory = Memory(tmp_path / "a", "")
    made = pictures({"a": alone, "b": other}, folders, memory)
    assert pictures({"b": other, "a": alone}, folders, Memory(tmp_path / "b", "")) == made
    first = made["a"]
    assert first != made["b"]
    wide, tall = struct.unpack(">II", first[16:24])
    assert wide == 2 * (760 + 2 * EDGE)
    assert abs(tall - 2 * float(ET.fromstring(alone).get("height", 0))) <= 2  # noqa: S314
    assert pictures({"a": alone}, [], memory)["a"] != first  # without our fonts it is another picture


@pytest.mark.node
def test_pictures_that_several_processes_draw_are_those_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {name: standalone(SVG, name, SOURCES) for name in ("Weir", "Mill", "Bridge")}
    together = pictures(wanted, [], Memory(tmp_path / "a", ""))
    monkeypatch.setattr(raster, "AT_ONCE", 2)
    assert pictures(wanted, [], Memory(tmp_path / "b", "")) == together


def pixels(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB")


def as_png(colours: list[tuple[int, int, int]], wide: int) -> bytes:
    picture, written = Image.new("RGB", (wide, len(colours) // wide)), io.BytesIO()
    picture.putdata(colours)
    picture.save(written, "PNG")
    return written.getvalue()


def test_a_picture_of_few_colours_has_exactly_them_in_its_palette() -> None:
    given = as_png([(x, 255 - x, x // 2) for x in range(256)] * 3, 64)
    packed = indexed(given)
    assert packed == indexed(given)
    assert Image.open(io.BytesIO(packed)).mode == "P"
    assert pixels(packed).tobytes() == pixels(given).tobytes()


def test_of_too_many_colours_the_rarest_become_their_nearest() -> None:
    many = [(0, 0, blue) for blue in range(256)] * 2
    shown = pixels(indexed(as_png([*many, (2, 0, 7), (0, 3, 200)], 2)))
    assert [shown.getpixel((x, shown.height - 1)) for x in (0, 1)] == [(0, 0, 7), (0, 0, 200)]
    assert shown.tobytes()[: len(many) * 3] == bytes(part for colour in many for part in colour)


def test_a_picture_has_twice_the_pixels_of_its_drawing_and_a_tall_one_is_no_taller_than_a_page_shows(
    tmp_path: Path,
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"></svg>'
    wanted = {"low": svg.format(60, 50), "tall": svg.format(60, 3 * TALLEST)}
    drawn = pictures(wanted, [], Memory(tmp_path, ""))
    assert pixels(drawn["low"]).size == (120, 100)
    assert pixels(drawn["tall"]).size == (20, TALLEST)


def test_a_line_like_the_one_above_it_is_not_written_twice() -> None:
    line = [(x % 7, 0, 0) for x in range(64)]
    once, often = (indexed(as_png(line * times, 64)) for times in (1, 64))
    assert pixels(often).tobytes() == pixels(once).tobytes() * 64
    assert len(often) < len(once) + 64


def test_style_sheets_and_print_have_the_colours_of_the_drawings() -> None:
    theme = GENERATOR / "site" / "theme" / "assets"
    sheet = (theme / "site.css").read_text(encoding="utf-8")
    template = (GENERATOR / "print" / "template" / "line.typ").read_text(encoding="utf-8")
    light = sheet.split("}")[0]
    assert f"--ink: {palette.INK};" in light
    assert f"--muted: {palette.MUTED};" in light
    assert f"--ink: {palette.INK};" in (theme / "root.css").read_text(encoding="utf-8")
    assert f'#let ink = rgb("{palette.INK}")' in template
    assert f'#let quiet = rgb("{palette.MUTED}")' in template
    assert f'#let sans = ("{palette.SANS}", "{palette.SIGNS}"' in template
