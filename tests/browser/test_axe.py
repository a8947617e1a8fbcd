"""What axe finds on every page, on the paper of day and of night, on a telephone and on a desk: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.conftest import HOME
from tests.test_browser import DESK, TELEPHONE, pages_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="the Node packages are not installed"),
]

#: Lays out what is far away, opens what is folded and waits for each drawing, so that nothing is hidden from
#: axe. Besides what axe looks for of itself, a target is 24 pixels wide and high (WCAG 2.2).
HEARD = """async () => {
    const whole = new CSSStyleSheet();
    whole.replaceSync("* { content-visibility: visible !important; }");
    document.adoptedStyleSheets = [whole];
    document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
    for (const late of document.querySelectorAll("[data-drawing]")) {
        if (!late.getClientRects().length) continue;
        late.scrollIntoView();
        for (let n = 0; late.dataset.drawing; n++) {
            if (n > 1000) throw new Error(`${late.dataset.drawing} does not come`);
            await new Promise((go) => setTimeout(go, 30));
        }
    }
    scrollTo(0, 0);
    return axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
        .then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].target}`));
}"""


def heard_by_axe(
    browser: Browser, site: Path, scheme: Literal["light", "dark"], size: Any
) -> dict[str, list[str]]:
    """Return what axe finds on each page, in one scheme, on a screen of one size."""
    found = {}
    with browser.new_context(color_scheme=scheme, viewport=size) as context:
        context.add_init_script(path=str(AXE))
        page = context.new_page()
        for path in pages_of(site):
            page.goto(path.as_uri())
            wrong = page.evaluate(HEARD)
            if wrong:
                found[path.relative_to(site).as_posix()] = wrong
    return found


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    scheme: Literal["light", "dark"], size: Any, browser: Browser, built_tiny: Path
) -> None:
    assert heard_by_axe(browser, built_tiny / "site", scheme, size) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "size"), [("light", TELEPHONE), ("dark", DESK)], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_the_real_site(
    scheme: Literal["light", "dark"], size: Any, browser: Browser, built_real: Path
) -> None:
    assert heard_by_axe(browser, built_real / "site", scheme, size) == {}
