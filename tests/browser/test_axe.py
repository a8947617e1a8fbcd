"""What axe finds on every page, on the paper of day and of night, on a telephone and on a desk: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.conftest import HOME, turn_to
from tests.test_browser import DESK, TELEPHONE, pages_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="the Node packages are not installed"),
]

#: Marks what looks as something does that was asked about before, on this page or another: the same element
#: in the same ones, with the same colours, backgrounds and letters all the way up. Its contrast is known, and
#: half of axe's time goes there. What lies over others is never marked: it may have another colour behind it.
MARKED = """(known) => {
    const before = new Set(known), looks = new Map(), fresh = [];
    const told = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode",
        "textShadow", "fontSize", "fontWeight", "display", "visibility", "marginTop", "marginLeft", "float",
        "transform"];
    const lookOf = (element) => {
        if (looks.has(element)) return looks.get(element);
        const around = element.parentElement ? lookOf(element.parentElement) : "";
        const style = getComputedStyle(element);
        const over = around === null || !["static", "relative"].includes(style.position);
        const own = [element.tagName, element.getAttribute("class"), ...told.map((name) => style[name])];
        const look = over ? null : numbered(`${around} ${own.join("|")}`);
        looks.set(element, look);
        return look;
    };
    // The text of a look is long; two numbers of 32 bits stand for it.
    const numbered = (text) => {
        let [one, other] = [1, 2];
        for (let at = 0; at < text.length; at++) {
            one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
            other = Math.imul(other ^ text.charCodeAt(at), 1597334677) + one;
        }
        return `${one >>> 0}.${other >>> 0}`;
    };
    for (const element of document.querySelectorAll("body *")) {
        const look = lookOf(element);
        element.toggleAttribute("data-alike", look !== null && before.has(look));
        if (look !== null && !before.has(look)) before.add(look) && fresh.push(look);
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
    return fresh;
}"""

#: Lays out what is far away, opens what is folded and waits for each drawing, so that nothing is hidden from
#: axe.
OPENED = """async () => {
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
}"""

#: What axe finds with these options: `rule: where`. It need not read the style sheets, for which it would
#: look beside the page.
HEARD = """async (options) => {
    const only = { resultTypes: ["violations"], preload: { assets: ["media"] } };
    const found = await axe.run({ ...only, ...options });
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].target}`);
}"""

#: What is asked on each paper. Besides what axe looks for of itself, a target is 24 pixels wide and high
#: (WCAG 2.2); by night nothing but colours is other than by day.
ASKED: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": ["color-contrast"]},
}


def heard_by_axe(browser: Browser, pages: list[Path], size: Any) -> dict[str, list[str]]:
    """Return what axe finds on each page, by day and by night, on a screen of one size."""
    found: dict[str, list[str]] = {}
    known: list[str] = []
    with browser.new_context(viewport=size) as context:
        context.add_init_script(path=str(AXE))
        page = context.new_page()
        for path in pages:
            page.goto(path.as_uri())
            page.evaluate(OPENED)
            for scheme, options in ASKED.items():
                turn_to(page, scheme)
                known += page.evaluate(MARKED, known)
                if wrong := page.evaluate(HEARD, options):
                    found.setdefault(path.as_posix(), []).extend(wrong)
    return found


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_axe_finds_nothing_on_any_page(size: Any, browser: Browser, built_tiny: Path) -> None:
    assert heard_by_axe(browser, pages_of(built_tiny / "site"), size) == {}


#: On which screen each language is read, and with French what is above all languages: a page and its
#: translation differ in their words, and each template is seen at every width in the other site.
SCREENS = {"en": TELEPHONE, "fr": DESK}


@pytest.mark.slow
@pytest.mark.parametrize("code", SCREENS)
def test_axe_finds_nothing_on_any_page_of_the_real_site(
    code: str, browser: Browser, built_real: Path
) -> None:
    site = built_real / "site"
    ours = [page for page in pages_of(site) if (site / "en" in page.parents) == (code == "en")]
    assert heard_by_axe(browser, ours, SCREENS[code]) == {}


#: A page without a fault, with a place for one.
PLAIN = """<!doctype html><html lang="en"><head><title>A page</title><style>
body {{ color: #000; background: #fff }} {style}</style></head>
<body><main><h1>A page</h1><p class="one">One</p>{body}</main></body></html>"""
#: Style and body of a page that comes after one that is alike, and the rule that must find the fault in
#: it: a colour of a class, of the second of two alike, around one, behind what lies over another colour.
FAULTS = {
    "color": (".one { color: #eee }", "", "color-contrast"),
    "second": (".one + .one { color: #eee }", '<p class="one">Two</p>', "color-contrast"),
    "around": ("main + main { background: #222 }", '</main><main><p class="one">Two</p>', "color-contrast"),
    "over": (
        """.one { color: #333 } .dark, .one:last-child { position: absolute; top: 0; left: 0 }
        .dark { width: 99%; height: 9em; background: #111 }""",
        '<div class="dark"></div><p class="one">Two</p>',
        "color-contrast",
    ),
    "night": (
        "@media (prefers-color-scheme: dark) { body { background: #111 } .one { color: #333 } }",
        "",
        "color-contrast",
    ),
    "button": ("", '<button type="button"></button>', "button-name"),
    "target": (
        ".small { display: inline-block; font-size: 5px }",
        '<a class="small" href="#">a</a><a class="small" href="#">b</a>',
        "target-size",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_axe_should_find_is_found_on_a_page_that_is_otherwise_like_one_before(
    fault: str, browser: Browser, tmp_path: Path
) -> None:
    style, body, rule = FAULTS[fault]
    (tmp_path / "a.html").write_text(PLAIN.format(style="", body='<p class="one">Two</p>'), encoding="utf-8")
    (tmp_path / "b.html").write_text(PLAIN.format(style=style, body=body), encoding="utf-8")
    found = heard_by_axe(browser, pages_of(tmp_path), TELEPHONE)
    (name, wrong), *others = found.items()
    assert others == []
    assert name.endswith("b.html")
    assert rule in [said.split(":")[0] for said in wrong]
