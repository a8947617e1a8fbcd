"""A figure's own page, and the figure in a page of somebody else, in a Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.test_browser import CODES, DESK, TELEPHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator

pytestmark = [pytest.mark.browser, pytest.mark.node]

SIZES = [pytest.param(TELEPHONE, id="telephone"), pytest.param(DESK, id="desk")]
#: What stands around a figure that somebody shows: a page that has heard of nothing of ours.
PLAIN = """<!DOCTYPE html><html lang="en"><title>Plain</title>
<meta name="viewport" content="width=device-width">
<h1>A page of somebody else</h1>
<iframe src="{}" width="100%" height="600" title="A figure"></iframe></html>"""

#: The ground of a figure that is shown on a dark page: that of its drawing, turned.
DARK = "rgb(20, 20, 20)"


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_figure_shows_it_large_with_its_table_sources_files_and_how_to_cite_it(
    code: str, size: Any, browser: Browser, built_tiny: Path, *, scripted: bool
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=scripted) as context:
        seen = Visit(context.new_page())
        page = seen.page
        folder = built_tiny / "site" / code / "figures"
        page.goto((folder / "ruined.html").as_uri())
        article = page.locator("article")
        assert article.locator("h1").is_visible()
        if scripted:  # the drawing is fetched, and takes the place of a picture
            article.locator("figure .fig-picture > div:not([data-drawing]) > svg:visible").first.wait_for()
        drawn = article.locator("figure .fig-picture :is(svg, img):visible").first.bounding_box()
        column = article.locator("figure").bounding_box()
        assert drawn
        assert column
        assert drawn["width"] > 0.9 * column["width"], "as large as the column"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert article.locator(".fig-data tbody tr:visible").count() == 3
        assert article.locator("ul.sources a[href$='sources.html#surveyor-1908']").is_visible()
        links = article.locator("a[download]").evaluate_all(
            "all => all.map((one) => one.getAttribute('href'))"
        )
        assert {link.rpartition(".")[2] for link in links} == {"csv", "svg", "png", "bib", "ris", "json"}
        assert [link for link in links if not (folder / link).is_file()] == []
        article.locator("#cite summary").click()
        assert str(article.locator("h1").evaluate("head => head.firstChild.textContent")) in str(
            article.locator("#cite").inner_text()
        )
        assert seen.errors == []


def shown(frame: FrameLocator) -> dict[str, Any]:
    """Return what a frame shows: the file of its picture, and how wide that and the frame are."""
    picture = frame.locator("img")
    picture.wait_for()
    found: dict[str, Any] = picture.evaluate(
        """async (image) => {
            await image.decode();
            return { file: image.currentSrc, wide: image.clientWidth, room: innerWidth,
                sideways: document.documentElement.scrollWidth > innerWidth,
                ground: getComputedStyle(document.body).backgroundColor };
        }"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", CODES)
def test_a_figure_stands_in_a_plain_page_at_the_width_it_has_there_and_leads_back(
    code: str,
    size: Any,
    scheme: Literal["light", "dark"],
    browser: Browser,
    address: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "plain.html").write_text(
        PLAIN.format(f"{address}/{code}/figures/embed/ruined.html"), encoding="utf-8"
    )
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        seen = Visit(context.new_page())
        seen.page.goto((tmp_path / "plain.html").as_uri())
        frame = seen.page.frame_locator("iframe")
        found = shown(frame)
        assert found["file"].endswith(f"ruined.{code}{'.narrow' if size is TELEPHONE else ''}.svg")
        assert found["room"] / 2 < found["wide"] <= found["room"]
        assert not found["sideways"]
        assert (found["ground"] == DARK) is (scheme == "dark")
        with context.expect_page() as opened:
            frame.locator("a").click()
        opened.value.wait_for_url(f"{address}/{code}/figures/ruined.html")
        assert seen.errors == []


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(("paper", "scheme"), [("light", "dark"), ("dark", "light"), ("sepia", "dark")])
@pytest.mark.parametrize("code", CODES)
def test_a_host_may_choose_the_paper_of_the_figure_that_it_shows(
    code: str,
    paper: str,
    scheme: Literal["light", "dark"],
    browser: Browser,
    address: str,
    *,
    scripted: bool,
) -> None:
    with browser.new_context(
        viewport=TELEPHONE, color_scheme=scheme, java_script_enabled=scripted
    ) as context:
        seen = Visit(context.new_page())
        seen.page.set_content(PLAIN.format(f"{address}/{code}/figures/embed/ruined.html?paper={paper}"))
        ground = shown(seen.page.frame_locator("iframe"))["ground"]
        wanted = paper if scripted and paper in {"light", "dark"} else scheme
        assert (ground == DARK) is (wanted == "dark")
        assert seen.errors == []
