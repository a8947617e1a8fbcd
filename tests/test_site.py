"""The built site: what is broken in it is said, and a broken one never takes the place of a good one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.__main__ import main
from generator.drawing.render import DrawingError
from generator.problems import Problem
from generator.site.checks import check_site
from generator.site.html import PageTree, html_without, parse_page
from generator.site.mending import frame_tables, name_language
from generator.site.theme import spoken
from tests.sharing import build_cold, printed_tiny, remember

if TYPE_CHECKING:
    from generator.site.context import Context

TREE = Any  # conftest's `read_tree`


def said(pages: Mapping[str, str], *files: str) -> list[str]:
    """Check pages given as the HTML of their bodies; return the problems as a person reads them."""
    trees = [page(f"<!doctype html><body>{body}", *path.split("/", 1)) for path, body in pages.items()]
    return [str(problem) for problem in check_site(trees, frozenset({*pages, *files}), "index.html")]


def page(html: str, code: str = "en", path: str = "a.html") -> PageTree:
    return parse_page(html.encode(), code, path)


def framed(html: str) -> PageTree:
    """Return a page with its tables framed, as every page of the site has them."""
    made, anything = page(html), cast("Context", None)
    frame_tables(made, anything)
    return made


def test_a_page_that_forgets_its_twin_is_a_problem_though_no_link_is_wrong() -> None:
    pages = {"fr/a.html": "", "en/a.html": '<a href="../fr/a.html" hreflang="fr">'}
    assert said(pages) == ["fr/a.html:1: missing-pair: no link to its alternate in en"]


def test_a_switch_that_leads_to_another_page_of_the_language_is_a_problem() -> None:
    home = '<a href="../en/index.html" hreflang="en">'
    pages = {"fr/a.html": home, "en/a.html": "", "en/index.html": ""}
    assert "fr/a.html:1: missing-pair: no alternate in en: en/index.html" in said(pages)


def test_a_table_in_prose_scrolls_in_a_frame_that_its_heading_names() -> None:
    raw = "<h2>Walls &amp; dykes<a>¶</a></h2><table><tbody><tr><td>1</td></tr></tbody></table>"
    frame = framed(raw).tree.css_first(".table-scroll")
    assert frame is not None
    assert frame.attributes["aria-label"] == "Walls & dykes"
    assert frame.attributes["tabindex"] == "0"
    assert frame.css_first("td").text() == "1"


def test_under_a_blank_corner_of_a_table_the_first_cell_of_a_row_is_its_head() -> None:
    raw = (
        "<table><thead><tr><th> <th>Bank<th>Height<tbody>"
        '<tr><td style="text-align: right">The <b>old</b> mill<td>left<td>high</table>'
    )
    rows = [[cell.html for cell in row.css("th, td")] for row in framed(raw).tree.css("tr")]
    assert rows == [
        ["<td> </td>", '<th scope="col">Bank</th>', '<th scope="col">Height</th>'],
        [
            '<th style="text-align: right" scope="row">The <b>old</b> mill</th>',
            "<td>left</td>",
            "<td>high</td>",
        ],
    ]


@pytest.mark.parametrize("start", ['<div class="table-wrap"><table>', '<table class="claims">'])
def test_a_table_that_has_its_frame_gets_no_other(start: str) -> None:
    assert framed(f"{start}<tr><td>1").tree.css_first(".table-scroll") is None


def test_a_page_is_written_without_some_of_it_and_keeps_it_all() -> None:
    body = '<i class="x">first</i>a<b><i class="x">only</i></b><i class="x">1</i> <i class="x">2</i>'
    before = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    made = page(before)
    assert html_without(made, ".x") == "<!DOCTYPE html><html><head></head><body>a<b></b> </body></html>"
    assert made.html == before


@pytest.mark.engine
def test_each_page_is_parsed_once(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes | str] = []

    def parse(raw: bytes | str, **options: Any) -> LexborHTMLParser:
        if not options.get("is_fragment"):
            parsed.append(raw)
        return LexborHTMLParser(raw, **options)

    monkeypatch.setattr("generator.site.html.LexborHTMLParser", parse)
    build_cold(tiny, pdf=True)
    read = {raw if isinstance(raw, bytes) else raw.encode() for raw in parsed}
    # The page of all figures is read twice in each language: for itself, and as the frame of the others.
    assert len(parsed) == len(read) + 2


SVG = '<svg role="img"></svg>'
FIGURE = (
    f'<figure data-figure="f" data-src="c.js"><div class="fig-picture">{SVG}{SVG}</div>'
    '<a href="c.csv" download></a><a href="c.svg" download></a><a href="c.png" download></a>'
    "<details><table><tbody><tr><td>1</table></details></figure>"
)
FILES = ("fr/c.js", "fr/c.csv", "fr/c.svg", "fr/c.png", "fr/plotly-1.min.js")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="b.html">', 'fr/a.html:1: broken-link: "b.html" leads to no page'),
        ('<a href="../x/">', 'fr/a.html:1: broken-link: "../x/" leads to no page'),
        ('<a href="#gone">', 'fr/a.html:1: broken-link: "#gone": no such anchor there'),
        ('<a href="c.html#d">', 'fr/a.html:1: broken-link: "c.html#d": no such anchor there'),
        ('<img src="p.png">', 'fr/a.html:1: broken-link: "p.png" is not there'),
        (
            '<a href="../en/a.html" hreflang="en">',
            "fr/a.html:1: missing-pair: no alternate in en: en/a.html",
        ),
        (
            '<a href="a.html" hreflang="en">',
            "fr/a.html:1: missing-pair: no alternate in en: fr/a.html",
        ),
        (FIGURE.replace("c.js", "f.js"), "fr/a.html:1: missing-picture: figure f has no data to explore"),
        (FIGURE.replace("<tr><td>1", ""), "fr/a.html:1: missing-picture: figure f has no table"),
        (
            FIGURE.replace(SVG, "", 1),
            "fr/a.html:1: missing-picture: figure f has no drawing for each width",
        ),
        (FIGURE.replace("c.png", "c.csv"), "fr/a.html:1: missing-picture: figure f has no PNG"),
        (
            '<script src="plotly-1.min.js"></script>',
            'fr/a.html:1: early-script: "plotly-1.min.js" is loaded with the page',
        ),
        (
            '<script src="https://example.org/x.js"></script>',
            'fr/a.html:1: foreign-request: "https://example.org/x.js"',
        ),
        (
            '<link rel="stylesheet" href="//example.org/x.css">',
            'fr/a.html:1: foreign-request: "//example.org/x.css"',
        ),
        ("<p>{{ n(1) }}", 'fr/a.html:1: mark-left: "{{ n(1) }}" is still on the page'),
        ("<p>so[^c12].", 'fr/a.html:1: mark-left: "[^c12]" is still on the page'),
        ('<p id="x"><p id="x">', 'fr/a.html:1: duplicate-anchor: "x" stands twice'),
    ],
)
def test_what_is_broken_on_a_page_is_one_line(body: str, expected: str) -> None:
    # A link to an alternate that is not there is a broken link too: that line is the other case's.
    found = said({"fr/a.html": body, "fr/c.html": '<p id="c">'}, *FILES)
    code = expected.split(": ")[1]
    assert [line for line in found if f": {code}: " in line] == [expected]
    assert {line for line in found if f": {code}: " not in line} <= {
        'fr/a.html:1: broken-link: "../en/a.html" leads to no page'
    }


@pytest.mark.parametrize(
    "body",
    [
        '<a href="">',
        '<a href="#h">up</a><h1 id="h">',
        '<a href="c.html#c">',
        '<a href="./">',
        '<a href="caf%C3%A9.html">',
        '<a href="https://example.org/">',
        '<a href="mailto:a@example.org">',
        '<img src="data:image/png;base64,AA">',
        '<script src="c.js?v=1"></script>',
        FIGURE,
        "<p>{ n(1) } [1]",
    ],
)
def test_what_is_whole_is_not_a_problem(body: str) -> None:
    pages = {"fr/a.html": body, "fr/c.html": '<p id="c">', "fr/index.html": "", "fr/café.html": ""}
    assert said(pages, *FILES) == []


@pytest.mark.engine
@pytest.mark.slow
def test_the_real_documentary_builds_without_a_warning(built_real: Path) -> None:
    assert (built_real / "site" / "index.html").exists()


@pytest.mark.engine
def test_every_page_names_its_icon_so_that_no_browser_asks_for_another(built_tiny: Path) -> None:
    site = built_tiny / "site"
    for page in site.rglob("*.html"):
        icon = LexborHTMLParser(page.read_text(encoding="utf-8")).css_first("link[rel=icon]")
        assert icon is not None, page
        address = icon.attributes["href"] or ""
        assert address == "data:," or (page.parent / address).is_file(), page


@pytest.mark.engine
def test_an_address_is_announced_on_every_page(tiny: Path, read_tree: TREE) -> None:
    remember(tiny, printed_tiny())
    found = run("build", "--root", str(tiny), "--address", "https://example.org/aune")
    assert found.exit_code == 0, found.stderr
    page = (tiny / "site" / "en" / "ledger" / "events.html").read_text(encoding="utf-8")
    links = re.findall(r'<link rel="(?:canonical|alternate)" h[^>]*>', page)
    base, path = "https://example.org/aune/", "ledger/events.html"
    assert links == [
        f'<link rel="canonical" href="{base}en/{path}">',
        f'<link rel="alternate" hreflang="fr" href="{base}fr/{path}">',
        f'<link rel="alternate" hreflang="en" href="{base}en/{path}">',
        f'<link rel="alternate" hreflang="x-default" href="{base}fr/{path}">',
    ]
    assert b"example.org" not in b"".join(
        raw for name, raw in read_tree(tiny / "site" / "data").items() if name.endswith(".csv")
    )


def run(*words: str) -> Result:
    """Run a command as a person does."""
    return CliRunner(env={"ENGINE": None, "SITE_URL": None}).invoke(main, words)


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.engine
def test_a_warning_of_the_engine_is_a_problem_and_the_site_stays(fresh_tiny: Path, read_tree: TREE) -> None:
    before = read_tree(fresh_tiny / "site")
    append(fresh_tiny / "docs" / "fr" / "index.md", "\n[Nulle part](nowhere.txt)\n")
    found = building.build(fresh_tiny, engine="mkdocs", address="", announce=lambda _: None)
    assert isinstance(found, list)
    assert [str(problem) for problem in found] == [
        (
            "docs/fr/:1: engine-warning: WARNING - Doc file 'index.md' contains a link 'nowhere.txt', "
            "but the target is not found among documentation files.\n"
            "    hint: correct the link in the page it names"
        )
    ]
    assert read_tree(fresh_tiny / "site") == before


@pytest.mark.engine
def test_a_problem_in_the_data_leaves_the_old_site_untouched(fresh_tiny: Path, read_tree: TREE) -> None:
    before = read_tree(fresh_tiny / "site")
    append(fresh_tiny / "docs" / "en" / "index.md", "\nThere were 17 boats.\n")
    found = run("build", "--root", str(fresh_tiny))
    assert found.exit_code == 1
    assert found.stdout.startswith('docs/en/index.md:22: typed-number: "17"\n    hint: use {{ n(')
    assert found.stderr.splitlines()[-1] == "1 problem in 1 file"
    assert read_tree(fresh_tiny / "site") == before


@pytest.mark.engine
def test_a_problem_of_the_finished_site_leaves_the_old_one_untouched(
    fresh_tiny: Path, read_tree: TREE
) -> None:
    before = read_tree(fresh_tiny / "site")
    for code in ("fr", "en"):
        append(fresh_tiny / "docs" / code / "index.md", '\n<img src="https://example.org/x" alt="">\n')
    found = building.build(fresh_tiny, engine="mkdocs", address="", announce=lambda _: None)
    assert found == [
        Problem(found[0].location, "foreign-request", '"https://example.org/x"'),  # type: ignore[index]
        Problem(found[1].location, "foreign-request", '"https://example.org/x"'),  # type: ignore[index]
    ]
    assert [str(problem.location) for problem in found] == ["en/index.html:1", "fr/index.html:1"]
    assert read_tree(fresh_tiny / "site") == before


def test_a_check_without_a_problem_counts_what_it_read(tiny: Path) -> None:
    found = run("check", "--root", str(tiny))
    assert found.exit_code == 0
    assert re.fullmatch(r"no problem: 8 claims, 5 events, 3 sources, \d+ pages in [\d.]+ s\n", found.stdout)
    assert not (tiny / "build").exists()
    assert not (tiny / "site").exists()


def test_without_the_node_packages_a_build_says_what_to_do_and_touches_nothing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.drawing.PROGRAMS", tiny / "nowhere")
    found = run("build", "--root", str(tiny))
    assert found.exit_code == 2
    assert found.stderr.splitlines()[-1].endswith("node_modules is missing: run `python -m generator setup`")
    assert not (tiny / "site").exists()


def test_a_figure_that_cannot_be_drawn_is_a_problem_with_its_place(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DrawingError('figure "flooded-fr-wide": mend its data', "flooded-fr-wide")

    monkeypatch.setattr("generator.build.draw_figures", refuse)
    found = run("build", "--root", str(tiny))
    assert found.exit_code == 1
    assert re.match(r'data/documentary\.toml:\d+: bad-figure: figure "flooded', found.stdout)


@pytest.mark.engine
def test_a_build_without_a_problem_says_where_the_site_is(tiny: Path) -> None:
    remember(tiny, printed_tiny())
    found = run("build", "--root", str(tiny))
    assert found.exit_code == 0, found.stderr
    counts = r"built \d+ pages, \d+ figures, 8 claims, 5 events, 3 sources, "
    assert re.match(counts, found.stdout)
    assert re.search(rf"site/index.html, or run: \S+ -m generator preview --root {tiny}\n", found.stdout)


def test_problems_for_a_workflow_are_annotations(tiny: Path) -> None:
    append(tiny / "docs" / "en" / "index.md", "\nThere were 17 boats.\n")
    found = run("check", "--root", str(tiny), "--format", "github")
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        (
            '::error file=docs/en/index.md,line=22,title=typed-number::"17" (use {{ n("…") }} or '
            '{{ date("…") }}, or declare "17" under numbers:)'
        )
    ]


def last_line(found: Result) -> str:
    """Return what a refusal says after the steps it announced: one line, and no traceback."""
    lines = [line for line in found.stderr.splitlines() if not line.startswith("·")]
    assert len(lines) == 1, found.stderr
    return lines[0]


def test_an_unknown_engine_is_refused_in_one_line(tiny: Path) -> None:
    found = run("build", "--root", str(tiny), "--engine", "hugo")
    assert found.exit_code == 2
    wanted = "generator: unknown engine 'hugo': use one of mkdocs, properdocs, zensical"
    assert last_line(found) == wanted


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run("check", "--root", str(tmp_path / "none")).exit_code == 2


def test_an_empty_folder_lacks_its_two_descriptions(tmp_path: Path) -> None:
    found = run("check", "--root", str(tmp_path))
    assert found.exit_code == 1
    assert re.findall(r"^(\S+?):1: missing-file", found.stdout, re.MULTILINE) == [
        "data/datapackage.json",
        "data/documentary.toml",
    ]


def test_a_build_that_cannot_write_is_refused_in_one_line(tiny: Path) -> None:
    (tiny / "build").write_text("in the way", encoding="utf-8")
    found = run("build", "--root", str(tiny))
    assert found.exit_code == 2
    wanted = f"generator: cannot write: File exists: {tiny}/build; the last site is untouched"
    assert last_line(found) == wanted


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_refused_in_one_line(tiny: Path) -> None:
    tiny.chmod(0o555)
    try:
        found = run("build", "--root", str(tiny))
    finally:
        tiny.chmod(0o755)
    assert found.exit_code == 2
    assert last_line(found).startswith("generator: cannot write: Permission denied: ")


def test_a_preview_without_a_site_says_what_to_run(tiny: Path) -> None:
    found = run("preview", "--root", str(tiny))
    assert found.exit_code == 2
    wanted = rf"generator: there is no site yet: run \S+ -m generator build --root {tiny}"
    assert re.fullmatch(wanted, last_line(found))
    (tiny / "Makefile").touch()
    assert last_line(run("preview", "--root", str(tiny))).endswith(
        f"there is no site yet: run make -C {tiny} site"
    )


@pytest.mark.engine
def test_what_a_crash_left_half_done_is_mended_by_the_next_build(fresh_tiny: Path) -> None:
    (fresh_tiny / "site").rename(fresh_tiny / "site.old")
    shutil.copytree(fresh_tiny / "site.old" / "fr", fresh_tiny / "build" / "site.new" / "half")
    assert run("build", "--root", str(fresh_tiny)).exit_code == 0
    assert (fresh_tiny / "site" / "index.html").exists()
    assert not (fresh_tiny / "site" / "half").exists()
    assert not (fresh_tiny / "site.old").exists()


@pytest.mark.engine
def test_what_blocks_are_to_our_own_programs_is_not_published(built_tiny: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (built_tiny / "site").rglob("*.html")]
    assert [page for page in pages if "data-find=" in page or "data-print=" in page] == []


@pytest.mark.parametrize(
    ("code", "theme_speaks"),
    [
        ("fr", "fr"),
        ("pt-BR", "pt-BR"),
        ("zh-Hant", "zh-Hant"),
        ("fr-CA", "fr"),
        ("sr-Latn", "sr"),
        ("xx-YY", "en"),
    ],
)
def test_the_theme_speaks_the_nearest_language_it_knows(code: str, theme_speaks: str) -> None:
    assert spoken(code) == theme_speaks


def test_a_page_says_its_language_with_region_and_script() -> None:
    made = page('<!doctype html><html lang="zh"><body>')
    name_language(made, cast("Context", SimpleNamespace(code="zh-Hant")))
    assert made.html.startswith('<!DOCTYPE html><html lang="zh-Hant">')
