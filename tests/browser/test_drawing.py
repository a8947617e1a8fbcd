"""The static drawing beside the live chart, in a Chromium: the same marks and labels in the same places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.drawing.render import FACES, FAMILY, THEME, DrawingJob, Tools, bundle, draw, find_tools
from generator.output.memory import Memory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
CASES = json.loads((HOME / "tests" / "cases" / "drawings.json").read_text(encoding="utf-8"))
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
SIZES = [(760, 380), (340, 340)]
#: Pixels. Plotly rounds some positions, so a hundredth on one side may become one on the other.
TOLERANCE = 1.5

SEEN = """root => {
  const o = root.getBoundingClientRect(), found = {texts: [], marks: []};
  for (const node of root.querySelectorAll('text, path, rect')) {
    if (node.closest('defs, .draglayer, .hoverlayer')) continue;
    const style = getComputedStyle(node), b = node.getBoundingClientRect();
    const box = [b.left - o.left, b.top - o.top, b.width, b.height];
    const said = node.textContent.replace(/\\u200b/g, '');
    if (!(b.width + b.height)) continue;
    if (node.localName === 'text') { if (said.trim()) found.texts.push([said, ...box]); continue; }
    const gone = (paint, opacity) => paint === 'none' || Number(opacity) === 0;
    const stroke = gone(style.stroke, style.strokeOpacity) || parseFloat(style.strokeWidth) === 0;
    if (gone(style.fill, style.fillOpacity) && stroke) continue;
    found.marks.push(box);
  }
  return found;
}"""


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
def page(chromium: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1000, "height": 900})
        browser.close()


def cases() -> list[DrawingJob]:
    found = []
    for name, case in CASES["figures"].items():
        for lang, separators in SEPARATORS.items():
            shared = {"template": CASES["template"], "separators": separators}
            figure = {"data": case["data"], "layout": {**shared, **case["layout"]}}
            found += [
                DrawingJob(f"{name}-{lang}-{width}", figure, width, height, name, name, lang)
                for width, height in SIZES
            ]
    return found


@pytest.fixture(scope="module")
def drawn(tools: Tools, plotly: Path) -> dict[str, str]:
    return draw(cases(), tools=tools, plotly=plotly, palette={**CASES["palette"], **THEME})


def face(tools: Tools, weight: int, path: str, *, italic: bool) -> str:
    style = "italic" if italic else "normal"
    address = (tools.packages / path).as_uri()
    return (
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; font-style: {style};"
        f" src: url('{address}') }}"
    )


def open_both(page: Page, asked: DrawingJob, svg: str, script: Path, tools: Tools, work: Path) -> None:
    """Show the live chart and the drawing, one above the other, in the font that was measured."""
    fonts = "".join(face(tools, weight, path, italic=italic) for weight, italic, path in FACES)
    width, height = asked.width, asked.height
    html = (
        f"<!doctype html><meta charset=utf-8><style>{fonts} body {{ margin: 0 }}</style>"
        f'<div id="live" style="width: {width}px; height: {height}px"></div>'
        f'<div id="still" style="width: {width}px">{svg}</div><script src="{script.as_uri()}"></script>'
    )
    (work / "page.html").write_text(html, encoding="utf-8")
    page.goto((work / "page.html").as_uri())
    page.evaluate(
        "family => Promise.all(['400 9px', '600 9px', 'italic 400 9px']"
        ".map(font => document.fonts.load(`${font} '${family}'`, 'aéжō')))",
        FAMILY,
    )
    layout = {**dict(asked.figure["layout"]), "width": width, "height": height}  # type: ignore[call-overload]
    page.evaluate(
        "([data, layout, locale]) => Plotly.newPlot('live', data, layout, {staticPlot: true, locale})",
        [asked.figure["data"], layout, asked.lang],
    )


def same(one: list[Any], other: list[Any]) -> bool:
    """Return whether two texts, or two marks, say the same in the same place and at the same size."""
    pairs = zip(one, other, strict=True)
    return all(a == b if isinstance(a, str) else abs(a - b) <= TOLERANCE for a, b in pairs)


@pytest.mark.parametrize("asked", cases(), ids=lambda case: case.id)
def test_marks_and_labels_stand_where_the_live_chart_has_them(
    asked: DrawingJob, page: Page, drawn: dict[str, str], plotly: Path, tools: Tools, tmp_path: Path
) -> None:
    open_both(page, asked, drawn[asked.id], plotly, tools, tmp_path)
    live = page.eval_on_selector("#live", SEEN)
    still = page.eval_on_selector("#still svg", SEEN)
    for what in ("texts", "marks"):
        ours, theirs = still[what], live[what]
        assert len(ours) == len(theirs), what
        assert [one for one in ours if not any(same(one, other) for other in theirs)] == [], what
        assert [one for one in theirs if not any(same(one, other) for other in ours)] == [], what
