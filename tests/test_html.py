"""Every page is valid HTML, and what is not valid would be found."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from generator.drawing.render import find_tools

pytestmark = [pytest.mark.node, pytest.mark.engine]

HOME = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """How html-validate is called; without it the tests are skipped, and say so."""
    tools = find_tools(HOME / "generator" / "drawing" / "node")
    program = tools.packages / "html-validate" / "bin" / "html-validate.mjs"
    if not program.exists():
        pytest.skip("the package html-validate is not installed: run `make setup`")
    return [str(tools.node), str(program), "-c", str(HOME / "tests" / "html-validate.mjs")]


def wrong(validator: list[str], folder: Path, scratch: Path) -> list[str]:
    """Return what is wrong with the pages below *folder*: file, line, rule and what it says."""
    # Into a file: what Node says into a pipe is cut when it leaves.
    found = scratch / "found.json"
    pages = str(folder / "**" / "*.html")
    done = subprocess.run(  # noqa: S603 - our own command line
        [*validator, "-f", f"json={found}", pages], capture_output=True, text=True, check=False
    )
    assert found.exists(), done.stderr
    return [
        f"{Path(page['filePath']).relative_to(folder)}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(found.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]


def test_every_page_is_valid(validator: list[str], built_tiny: Path, tmp_path: Path) -> None:
    assert wrong(validator, built_tiny / "site", tmp_path) == []


def test_every_page_with_pictures_is_valid(validator: list[str], built_album: Path, tmp_path: Path) -> None:
    assert wrong(validator, built_album / "site", tmp_path) == []


@pytest.mark.slow
def test_every_page_of_the_real_site_is_valid(validator: list[str], built_real: Path, tmp_path: Path) -> None:
    assert wrong(validator, built_real / "site", tmp_path) == []


#: What is put into a page, and the rule that must find it.
MISTAKES = {
    "<section><h2>Open</h2>": "close-order",
    "<p>One<b>two</p>": "close-order",
    "</div>": "close-order",
    "<p>One<div>two</div></p>": "close-order",
    "<ul><p>One</p></ul>": "element-permitted-content",
    "<a href='#'><button type='button'>One</button></a>": "element-permitted-content",
    '<p id="twice">One</p><p id="twice">Two</p>': "no-dup-id",
    '<img src="a.png">': "wcag/h37",
    "<table><tbody><tr><th>1</th><th>2</th></tr><tr><th>3</th><td>4</td></tr></tbody></table>": "wcag/h63",
    '<p align="center">One</p>': "no-deprecated-attr",
    '<p style="color: red">One</p>': "no-inline-style",
    "<center>One</center>": "deprecated",
    '<label for="gone">One</label>': "no-missing-references",
    "<input>": "input-missing-label",
    "<p>One & two < three</p>": "no-raw-characters",
    "<h5>One</h5>": "heading-level",
}


def test_what_is_not_valid_is_found(validator: list[str], built_tiny: Path, tmp_path: Path) -> None:
    page = (built_tiny / "site" / "en" / "index.html").read_text(encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    for number, mistake in enumerate(MISTAKES):
        broken = page.replace("</article>", f"{mistake}</article>")
        assert broken != page
        (site / f"{number}.html").write_text(broken, encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in wrong(validator, site, tmp_path):
        name, rule, _ = line.split(": ", 2)
        found.setdefault(name.split(".")[0], set()).add(rule)
    missed = {
        mistake: found.get(str(number))
        for number, (mistake, rule) in enumerate(MISTAKES.items())
        if rule not in found.get(str(number), ())
    }
    assert missed == {}
