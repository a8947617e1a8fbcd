"""The static drawings: the same bytes each time, named, coloured by the page, and honest about errors."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.drawing.minify import minify
from generator.drawing.parts import REFERENCE, said_once
from generator.drawing.render import (
    THEME,
    DrawingError,
    DrawingJob,
    Tools,
    bundle,
    data_script,
    draw,
    find_tools,
    printable,
)
from generator.output.memory import Memory
from generator.output.processes import Ended
from tests.sharing import brought

pytestmark = pytest.mark.node

HOME = Path(__file__).parent.parent
CASES = json.loads((HOME / "tests" / "cases" / "drawings.json").read_text(encoding="utf-8"))
PALETTE: Mapping[str, str] = {**CASES["palette"], **THEME}
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
SVG = "{http://www.w3.org/2000/svg}"


def drawing(name: str, lang: str = "fr") -> DrawingJob:
    case = CASES["figures"][name]
    shared = {"template": CASES["template"], "separators": SEPARATORS[lang]}
    figure = {"data": case["data"], "layout": {**shared, **case["layout"]}}
    return DrawingJob(name, figure, 760, 380, f"Titre « {name} »", "Une ligne & deux <points>.", lang)


@pytest.fixture(scope="module")
def tools() -> Tools:
    found = find_tools(HOME / "generator" / "drawing" / "node")
    if not found.packages.is_dir():
        pytest.skip("the Node packages are not installed: run `make setup`")
    return found


@pytest.fixture(scope="module")
def plotly(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tools, Memory(tmp_path_factory.mktemp("memory"), ""), tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def drawn(tools: Tools, plotly: Path) -> dict[str, str]:
    """Every case, drawn in one process."""
    cases = [drawing(name) for name in CASES["figures"]]
    return draw(cases, tools=tools, plotly=plotly, palette=PALETTE)


@pytest.fixture(params=sorted(CASES["figures"]))
def svg(request: pytest.FixtureRequest, drawn: dict[str, str]) -> str:
    return drawn[request.param]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  (our own drawing)


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def one(tools: Tools, plotly: Path, figure: Mapping[str, Any], name: str = "bad") -> str:
    """Draw one small figure without a palette."""
    asked = DrawingJob(name, figure, 400, 300, "t", "d", "en")
    return draw([asked], tools=tools, plotly=plotly, palette={})[name]


# ---- What a drawing is --------------------------------------------------------------------------


def test_a_drawing_is_an_image_with_a_title_and_a_description(svg: str) -> None:
    root = parsed(svg)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (title.text or "").startswith("Titre « ")
    assert desc.text == "Une ligne & deux <points>."


def test_a_drawing_fills_its_column_and_no_more(svg: str) -> None:
    root = parsed(svg)
    assert root.get("viewBox") == "0 0 760 380"
    assert root.get("width") == "100%"
    assert root.get("height") is None


def test_a_drawing_holds_shapes_and_text_and_nothing_that_serves_a_live_chart(svg: str) -> None:
    tags = {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}
    known = {"svg", "title", "desc", "defs", "clipPath", "pattern", "g", "path", "rect", "text", "tspan"}
    assert tags <= known | {"circle", "line"}
    assert not re.search(r"class=|style=|data-|drag|hover|<g></g>|<g/>|font-family:", svg)


def test_the_text_of_a_drawing_is_text(drawn: dict[str, str]) -> None:
    said = texts(drawn["ranges"])
    assert {"Géomètre, 1908", "Ōkubo, 1911, p. 33", "Өргөө, Үнэн", "maisons", "Amont"} <= set(said)
    assert "8\u202f931" in said


def test_every_line_of_a_text_starts_anew(drawn: dict[str, str]) -> None:
    lines = re.search(r"<text[^>]*>(<tspan.*?)</text>", drawn["dates"])
    assert lines
    assert lines.group(1).count(' x="') == 2


def test_marks_are_there_for_every_kind_of_trace(drawn: dict[str, str]) -> None:
    assert {name: svg.count("<path") > 8 for name, svg in drawn.items()} == dict.fromkeys(drawn, True)


def test_numbers_have_at_most_two_decimals(svg: str) -> None:
    assert re.findall(r'="[^"]*\d\.\d{3}', svg) == []


def test_a_drawing_is_small(svg: str) -> None:
    assert len(gzip.compress(svg.encode(), mtime=0)) < 3_000


# ---- Colours ------------------------------------------------------------------------------------


def test_every_colour_is_the_page_s_with_a_fallback(svg: str) -> None:
    paints = set(re.findall(r'\b(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
    ours = re.compile(r"var\(--(?:fig|side)-[a-z-]+,#[0-9a-f]{6}\)|url\(#[a-z0-9-]+\)")
    assert {paint for paint in paints if not ours.fullmatch(paint)} == set()


def test_a_side_has_its_own_custom_property(drawn: dict[str, str]) -> None:
    assert "var(--side-upstream,#b3402a)" in drawn["grouped"]
    assert "var(--side-downstream,#1f5f8b)" in drawn["grouped"]


def test_a_transparent_colour_keeps_its_transparency(drawn: dict[str, str]) -> None:
    assert 'fill="var(--side-upstream,#b3402a)" fill-opacity="0.2"' in drawn["dates"]


def test_for_print_the_colours_are_plain(svg: str) -> None:
    paper = printable(svg)
    assert "var(" not in paper
    assert "100%" not in paper
    assert texts(paper) == texts(svg)


# ---- Ids ----------------------------------------------------------------------------------------


def test_ids_are_unique_on_a_page_of_several_figures_and_lead_somewhere(drawn: dict[str, str]) -> None:
    page = "".join(drawn.values())
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_every_id_is_made_of_the_figure_s_name(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert [i for i in ids if not re.fullmatch(rf"{name}-(title|desc|\d+)", i)] == []


# ---- The same bytes -----------------------------------------------------------------------------


def test_a_figure_drawn_alone_is_the_figure_drawn_among_others(
    drawn: dict[str, str], tools: Tools, plotly: Path
) -> None:
    names = ["dates", "stacked", "dates-again"]
    again = [drawing("dates"), drawing("stacked"), replace(drawing("dates"), id="dates-again")]
    second = draw(again, tools=tools, plotly=plotly, palette=PALETTE)
    assert list(second) == names
    assert second["dates"] == drawn["dates"]
    assert second["stacked"] == drawn["stacked"]
    assert second["dates-again"] == drawn["dates"].replace("dates-", "dates-again-")


def test_what_was_drawn_once_is_read_from_memory_without_node(
    tools: Tools, plotly: Path, tmp_path: Path
) -> None:
    asked = [drawing("powers"), drawing("pair")]
    first = draw(asked, tools=tools, plotly=plotly, palette=PALETTE, memory=Memory(tmp_path, ""))
    lost = replace(tools, node=Path("nowhere"))
    assert draw(asked, tools=lost, plotly=plotly, palette=PALETTE, memory=Memory(tmp_path, "")) == first


def test_another_palette_or_title_is_another_drawing(tools: Tools, plotly: Path, tmp_path: Path) -> None:
    asked = drawing("powers")
    first = draw([asked], tools=tools, plotly=plotly, palette=PALETTE, memory=Memory(tmp_path, ""))
    named = replace(asked, title="Un autre")
    assert draw([named], tools=tools, plotly=plotly, palette=PALETTE, memory=Memory(tmp_path, "")) != first
    assert draw([asked], tools=tools, plotly=plotly, palette=THEME, memory=Memory(tmp_path, "")) != first


def test_the_bundle_is_the_same_each_time_and_named_after_its_bytes(
    tools: Tools, plotly: Path, tmp_path: Path
) -> None:
    again = bundle(tools, Memory(tmp_path, ""), tmp_path / "bundle")
    assert again.name == plotly.name
    assert again.read_bytes() == plotly.read_bytes()
    assert bundle(replace(tools, node=Path("nowhere")), Memory(tmp_path, ""), tmp_path / "bundle") == again


def test_the_bundle_is_light_and_needs_no_permission_to_run_strings(plotly: Path) -> None:
    script = plotly.read_bytes()
    assert len(gzip.compress(script, mtime=0)) <= 350_000
    assert not re.search(rb"new Function\b|[^.\w]eval\(|[^.\w]Function\(", script)
    assert b"cloud.plotly.com" not in script


# ---- Language -----------------------------------------------------------------------------------


def test_french_numbers_have_a_decimal_comma_and_narrow_spaces(drawn: dict[str, str]) -> None:
    assert {"5\u202f000", "25\u202f000"} <= set(texts(drawn["ranges"]))
    assert "1,5" in texts(drawn["pair"])
    assert "−2\u202f000\u202f000" in texts(drawn["pair"])


def test_english_numbers_have_a_decimal_point_and_commas(tools: Tools, plotly: Path) -> None:
    english = draw([drawing("pair", "en")], tools=tools, plotly=plotly, palette=PALETTE)["pair"]
    assert {"1.5", "1,000,000"} <= set(texts(english))
    assert 'lang="en"' in english


def test_dates_are_in_the_figure_s_language(drawn: dict[str, str], tools: Tools, plotly: Path) -> None:
    english = draw([drawing("dates", "en")], tools=tools, plotly=plotly, palette=PALETTE)["dates"]
    assert {"1 juin", "1 août"} <= set(texts(drawn["dates"]))
    assert {"1 June", "1 August"} <= set(texts(english))


# ---- The script with a figure's data -------------------------------------------------------------


def test_the_data_of_a_figure_come_as_a_script() -> None:
    figure = {"data": [{"type": "bar", "y": [1]}], "layout": {"title": "</script>"}}
    said = data_script(figure, {"#b3402a": "--side-upstream"})
    content = {"narrow": None, "palette": {"#b3402a": "--side-upstream"}, "parts": [], "wide": figure}
    assert brought(said) == content


def whole(value: Any, parts: list[Any]) -> Any:
    """Return a value with the parts that it refers to, as `restored` in `explore.js` does."""
    if isinstance(value, list):
        return [whole(one, parts) for one in value]
    if not isinstance(value, dict):
        return value
    if REFERENCE in value:
        return whole(parts[value[REFERENCE]], parts)
    return {key: whole(one, parts) for key, one in value.items()}


def test_what_both_widths_of_a_figure_say_is_sent_once() -> None:
    texts = ["Geometer 1908: 120 houses", "Gazette 1907: 480 houses"]
    wide = {
        "data": [{"hovertext": texts, "y": [94.0]}],
        "layout": {"template": {"font": {"size": 14}}, "width": 760},
    }
    narrow = {**wide, "data": [{"hovertext": [*texts], "y": [12.5]}]}

    said = said_once({"wide": wide, "narrow": narrow})

    assert json.dumps(said).count("Gazette 1907") == 1
    assert json.dumps(said).count("template") == 1
    assert whole(said["wide"], said["parts"]) == wide
    assert whole(said["narrow"], said["parts"]) == narrow


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(-1, 1)
    | st.text("ab", max_size=2)
    | st.just("x" * 40),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from("kl"), inside, max_size=2),
    max_leaves=12,
)


@given(_VALUES, _VALUES)
def test_whatever_is_said_once_is_whole_again(first: Any, second: Any) -> None:
    values = {"wide": [first, second], "narrow": [second, first, first]}

    said = json.loads(json.dumps(said_once(values)))

    assert {name: whole(said[name], said["parts"]) for name in values} == values


# ---- What goes wrong ----------------------------------------------------------------------------

WRONG: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "a kind of trace we do not carry": ({"type": "pie", "values": [1]}, "pie"),
    "a colour that is none": ({"type": "bar", "y": [1], "marker": {"color": "reddish"}}, "reddish"),
    "an attribute that is none": ({"type": "bar", "y": [1], "colour": "red"}, "colour"),
    "a trace without a point": ({"type": "scatter", "x": [], "y": []}, "not visible"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_figure_that_cannot_be_drawn_is_named(what: str, tools: Tools, plotly: Path) -> None:
    trace, said = WRONG[what]
    with pytest.raises(DrawingError, match=r'^figure "losses": .*mend its data or layout$') as error:
        one(tools, plotly, {"data": [trace], "layout": {}}, "losses")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_that_cannot_be_an_id_is_refused(tools: Tools, plotly: Path) -> None:
    with pytest.raises(DrawingError, match="small letters, digits and hyphens"):
        one(tools, plotly, {"data": [], "layout": {}}, "Losses of May")


def test_two_drawings_of_one_name_are_refused(tools: Tools, plotly: Path) -> None:
    with pytest.raises(DrawingError, match='"pair" is asked for twice'):
        draw([drawing("pair")] * 2, tools=tools, plotly=plotly, palette=PALETTE)


def test_without_node_the_message_says_what_to_do(tools: Tools, plotly: Path) -> None:
    with pytest.raises(DrawingError, match=r"^nowhere cannot be run: run `python -m generator setup`$"):
        one(replace(tools, node=Path("nowhere")), plotly, {"data": [], "layout": {}})


def test_without_its_packages_the_message_says_what_to_do(plotly: Path, tmp_path: Path) -> None:
    programs = tmp_path / "node"
    programs.mkdir()
    for path in (HOME / "generator" / "drawing" / "node").iterdir():
        if path.is_file():
            (programs / path.name).write_bytes(path.read_bytes())
    with pytest.raises(DrawingError, match=r"node_modules is missing: run `python -m generator setup`$"):
        one(find_tools(programs), plotly, {"data": [], "layout": {}})


def test_a_child_that_takes_too_long_is_stopped(tools: Tools, plotly: Path) -> None:
    with pytest.raises(DrawingError, match=r"stopped after 0\.05 s"):
        one(replace(tools, seconds=0.05), plotly, {"data": [], "layout": {}})


def test_a_killed_child_is_reported(tools: Tools, plotly: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.drawing.render.run_all", lambda *_, **__: [Ended(-9, b"", b"")])
    with pytest.raises(DrawingError, match="killed by signal 9: free some memory and try again"):
        one(tools, plotly, {"data": [], "layout": {}})


def test_what_only_people_read_goes_from_styles_and_scripts(tools: Tools, tmp_path: Path) -> None:
    texts = {
        "a.css": 'a::before {\n  content: "/* é */"; /* why */\n}\n',
        "b.js": "// why\nfunction known(first) { return first + 1; }\n",
        "c.js": "",
    }
    made = minify(texts, tools, Memory(tmp_path, ""))
    assert made["a.css"].strip() == 'a:before{content:"/* é */"}'
    assert made["b.js"].startswith("function known(")
    assert "why" not in made["b.js"]
    assert minify(texts | {"c.js": ";"}, tools, Memory(tmp_path, ""))["a.css"] == made["a.css"]


def test_a_script_that_is_none_is_said(tools: Tools, tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match=r"minify\.mjs failed: "):
        minify({"a.js": "function ("}, tools, Memory(tmp_path, ""))
