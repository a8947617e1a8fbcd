"""A translation that has not followed, in a Chromium: it says so in both languages, until it has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from tests.conftest import build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.engine]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
SAID = {
    "fr": "Le texte anglais de ce passage a changé depuis le 12 mai 2027",
    "en": "The French text of this passage has changed since 12 May 2027",
}
AXE_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  (found) => found.id + ": " + found.nodes.map((node) => node.html).join(" | "))"""


def record(root: Path) -> None:
    done = CliRunner().invoke(
        main, ["translation", "--done", "all", "--on", "2027-05-12", "--root", str(root)]
    )
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def behind(built_tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary in which each language has a passage that the other has not followed."""
    root = shutil.copytree(built_tiny, tmp_path_factory.mktemp("behind") / "tiny")
    record(root)
    for code, old in (("fr", "Elle dura"), ("en", "The level rose to")):
        path = root / "docs" / code / "index.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, f"Encore: {old}"), encoding="utf-8")
    return build(root)


@pytest.fixture(scope="module")
def place(behind: Path) -> Iterator[str]:
    yield from served(behind / "site")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", SAID)
def test_the_note_stands_at_its_passage_and_leads_to_the_text_that_has_changed(
    code: str, width: int, browser: Browser, place: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{place}/{code}/index.html", wait_until="load")
        [note] = page.locator(".following").all()
        assert (note.text_content() or "").replace("\u00a0", " ").startswith(SAID[code])
        assert note.get_attribute("lang") == code
        box, screen = note.bounding_box(), page.evaluate("document.documentElement.scrollWidth")
        assert box
        assert 0 <= box["x"] < box["x"] + box["width"] <= screen <= width
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(AXE_RUN) == []
        note.locator("a").click()
        other = "en" if code == "fr" else "fr"
        page.wait_for_url(f"{place}/{other}/index.html{'#what-is-counted' if code == 'fr' else ''}")


def test_the_note_goes_when_the_translation_follows(behind: Path, browser: Browser, tmp_path: Path) -> None:
    root = shutil.copytree(behind, tmp_path / "tiny")
    record(root)
    build(root)
    for place in served(root / "site"):
        page = browser.new_page()
        for code in SAID:
            page.goto(f"{place}/{code}/index.html", wait_until="load")
            assert page.locator(".following").count() == 0
        page.close()
