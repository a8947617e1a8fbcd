"""The built site in a real browser: it draws, it asks nobody for anything, it fits a telephone."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.conftest import listen_for_errors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

pytestmark = pytest.mark.browser

CODES = ("fr", "en")
TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """A page in a browser window, and everything it complained about or asked for."""

    page: Page
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        listen_for_errors(self.page, self.errors)
        self.page.on("requestfailed", self._failed)
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._early(message.text, message.location["url"]):
            self.errors.append(f"{message.type}: {message.text}")

    def _early(self, said: str, about: str) -> bool:
        """Tell what a browser says when it may fetch a font from a folder, but not ahead of time."""
        return self.page.url.startswith("file:") and any("/assets/fonts/" in text for text in (said, about))

    def _failed(self, request: Request) -> None:
        # A page that is left drops what it still waited for. What is not there at all is a 404,
        # which the console says.
        if request.failure != "net::ERR_ABORTED" and not self._early("", request.url):
            self.errors.append(f"{request.failure}: {request.url}")

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)


def visit(context: BrowserContext, url: str) -> Visit:
    seen = Visit(context.new_page())
    response = seen.page.goto(url, wait_until="load")
    assert response
    assert response.status == 200, url
    return seen


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["index.html", "ledger/glossary.html"])
def test_a_page_loads_without_an_error_without_leaving_the_host_and_without_the_chart_library(
    code: str, path: str, context: BrowserContext, address: str
) -> None:
    seen = visit(context, f"{address}/{code}/{path}")
    seen.page.mouse.wheel(0, 4000)
    seen.page.wait_for_load_state("networkidle")
    assert seen.errors == []
    assert [url for url in seen.asked if not url.startswith((address, "data:", "blob:"))] == []
    # A drawing far down comes when a reader is near; what its chart is made of does not.
    asked = [url for url in seen.asked if not url.endswith((".wide.js", ".narrow.js"))]
    assert [url for url in asked if "plotly" in url or "explore" in url or "/figures/" in url] == []


@pytest.mark.parametrize(("code", "other"), [("fr", "en"), ("en", "fr")])
@pytest.mark.parametrize("path", ["index.html", "ledger/events.html"])
def test_the_switch_leads_to_the_same_page_in_the_other_language(
    code: str, other: str, path: str, context: BrowserContext, address: str
) -> None:
    page = visit(context, f"{address}/{code}/{path}").page
    assert page.evaluate("document.documentElement.lang") == code
    page.locator(f'a[hreflang="{other}"]').first.click()
    page.wait_for_url(f"{address}/{other}/{path}*")
    assert page.evaluate("document.documentElement.lang") == other


def test_the_first_page_offers_every_language(context: BrowserContext, address: str) -> None:
    seen = visit(context, f"{address}/")
    for code in CODES:
        seen.page.goto(f"{address}/")
        seen.page.locator(f'a[hreflang="{code}"]').click()
        seen.page.wait_for_url(f"{address}/{code}/index.html")
        seen.page.wait_for_load_state("networkidle")
    assert seen.errors == []


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_the_page_above_all_languages_says_in_each_what_it_leads_to_on_one_screen(
    size: Any, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/")
        for code, said in (("fr", "Une rivière inventée"), ("en", "An invented river")):
            box = page.locator(f'[lang="{code}"]', has_text=said).last.bounding_box()
            assert box
            assert 0 <= box["y"] < box["y"] + box["height"] <= size["height"]


def pages_of(site: Path) -> list[Path]:
    """Return every page; of those of figures, which one template makes, three in each folder."""
    pages = sorted(site.rglob("*.html"))
    few = [page for page in pages if "figures" in page.parts and page.name != "index.html"]
    seen: Counter[Path] = Counter()
    for page in few:
        seen[page.parent] += 1
        if seen[page.parent] > 3:
            pages.remove(page)
    return pages


def too_wide(browser: Browser, site: Path, address: str) -> dict[str, Any]:
    """Return the pages that scroll sideways on a telephone, and what sticks out of them."""
    found = {}
    with browser.new_context(viewport=TELEPHONE) as context:
        page = context.new_page()
        for path in pages_of(site):
            name = path.relative_to(site).as_posix()
            page.goto(f"{address}/{name}", wait_until="load")
            if sticking := sticking_out(page):
                found[name] = sticking
    return found


def sticking_out(page: Page) -> list[str]:
    """Return what makes a page scroll sideways on a telephone once its first chart is awake."""
    for button in page.locator(".fig-explore").all()[:1]:
        button.click()
        page.wait_for_selector("figure.fig-awake")
    if page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]:
        return []
    return page.evaluate(STICKING_OUT) or ["something that has no box"]


STICKING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `${e.tagName.toLowerCase()}.${e.getAttribute('class')} `
        + Math.round(e.getBoundingClientRect().right))
    .slice(0, 5)"""


def test_no_page_scrolls_sideways_on_a_telephone(browser: Browser, built_tiny: Path, address: str) -> None:
    assert too_wide(browser, built_tiny / "site", address) == {}


#: How far each table of the ledger reaches out of its frame, those included that no reader is near.
REACHING_OUT = """() => [...document.querySelectorAll('.table-wrap:has(> .claims, > .events)')].map(frame => {
    frame.style.contentVisibility = 'visible'
    return frame.scrollWidth - frame.clientWidth
})"""


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("table", ["damages", "events"])
def test_a_row_of_the_ledger_is_read_on_a_telephone_without_scrolling_sideways(
    code: str, table: str, browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=TELEPHONE)
    page.goto(f"{address}/{code}/ledger/{table}.html")
    reaching = page.evaluate(REACHING_OUT)
    assert reaching == [0] * len(reaching) != []
    page.close()


#: What a reader chooses of a long list, how it says how much is left, and what shows all again.
CHOICES = {
    "en": ("Choose rows", "Downstream", "{n} of {all} rows", "Containing", "Show all"),
    "fr": ("Choisir les lignes", "Aval", "{n} lignes sur {all}", "Contenant", "Tout montrer"),
}


@pytest.mark.parametrize("code", CODES)
def test_a_long_list_is_narrowed_by_side_and_by_words_and_shown_whole_again(
    code: str, browser: Browser, address: str
) -> None:
    choose, side, said, containing, everywhere = CHOICES[code]
    page = browser.new_page(viewport=TELEPHONE)
    page.goto(f"{address}/{code}/ledger/damages.html")
    rows = page.locator("table.claims tbody tr")
    everything = rows.count()
    choice = page.get_by_role("button", name=side)
    assert choice.count() == 0, "the choices are folded, and the list begins on the first screen"
    page.get_by_text(choose).click()
    choice.click()
    narrowed = page.locator("table.claims tbody tr:visible")
    assert {row.get_attribute("data-side") for row in narrowed.all()} == {"downstream"}
    assert page.locator(".filter output").inner_text() == said.format(n=narrowed.count(), all=everything)
    page.get_by_label(containing).fill("no such word")
    assert narrowed.count() == 0
    assert not page.locator("h2:visible").count()
    page.get_by_role("button", name=everywhere).click()
    assert narrowed.count() == everything
    page.get_by_text(choose).click()
    assert choice.count() == 0
    page.set_viewport_size(DESK)
    choice.wait_for()
    assert not page.get_by_text(choose).is_visible(), "where there is room, nothing needs to be opened"
    page.close()


def test_without_script_a_long_list_is_whole_and_offers_no_filter(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/ledger/events.html")
    assert not page.locator(".filter").is_visible()
    assert page.locator("table.events tbody tr:visible").count() == page.locator("tr[data-side]").count() > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_paper_follows_the_system_until_the_reader_chooses(
    scheme: Literal["light", "dark"], browser: Browser, address: str
) -> None:
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    with browser.new_context(color_scheme=scheme) as context:
        page = visit(context, f"{address}/en/index.html").page
        before = page.evaluate(colour)
        page.locator("[data-scheme]").click()
        chosen = page.evaluate(colour)
        page.reload()
        assert page.evaluate(colour) == chosen != before
    with browser.new_context(color_scheme=scheme, java_script_enabled=False) as context:
        page = visit(context, f"{address}/en/index.html").page
        dark = page.evaluate(colour) == "rgb(23, 27, 33)"
        assert dark == (scheme == "dark")


@pytest.mark.parametrize("scripted", [True, False])
def test_the_menu_of_a_telephone_opens_by_the_keyboard_and_closes(
    scripted: bool, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=TELEPHONE, java_script_enabled=scripted) as context:
        page = visit(context, f"{address}/fr/index.html").page
        menu = page.locator("#menu")
        assert not menu.is_visible()
        page.locator(".menu-button").press("Enter")
        assert menu.is_visible()
        page.keyboard.press("Escape")
        assert not menu.is_visible()


def test_the_switch_keeps_the_section(context: BrowserContext, address: str) -> None:
    page = visit(context, f"{address}/fr/ledger/damages.html").page
    page.set_viewport_size({"width": 800, "height": 300})
    heading = page.locator("article h2[id]").last
    ident = heading.get_attribute("id")
    heading.evaluate("e => e.scrollIntoView()")
    # Not Playwright's own click, which scrolls the page first.
    page.locator('.md-header a[hreflang="en"]').evaluate("link => link.click()")
    page.wait_for_url(f"{address}/en/ledger/damages.html#{ident}")


def test_the_first_page_goes_on_in_the_language_read_last(context: BrowserContext, address: str) -> None:
    page = visit(context, f"{address}/").page
    page.locator('a[hreflang="en"]').click()
    page.wait_for_url(f"{address}/en/index.html")
    page.goto(f"{address}/")
    page.wait_for_url(f"{address}/en/index.html")
    page.goto(f"{address}/#choose")
    assert page.locator("a[hreflang]").count() == len(CODES)


def test_the_page_for_what_is_not_found_leads_home_from_any_depth(
    context: BrowserContext, built_tiny: Path
) -> None:
    raw = (built_tiny / "site" / "404.html").read_text(encoding="utf-8")
    context.route("**/*", lambda route: route.fulfill(status=404, content_type="text/html", body=raw))
    page = context.new_page()
    page.goto("http://127.0.0.1/aune/fr/ledger/gone/deep.html")
    links = page.locator("a[hreflang]").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert links == ["/aune/fr/index.html", "/aune/en/index.html"]


def test_a_page_opened_as_a_file_wakes_its_chart_under_its_policy(
    context: BrowserContext, built_tiny: Path
) -> None:
    seen = Visit(context.new_page())
    seen.page.goto((built_tiny / "site" / "fr" / "index.html").as_uri())
    seen.page.locator("#fig-flooded .fig-explore").click()
    seen.page.wait_for_selector("figure.fig-awake svg.main-svg")
    assert seen.errors == []
    assert seen.page.evaluate("document.fonts.check('16px \"IBM Plex Sans\"')")


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_search_loads_before_it_is_opened_and_then_only_what_a_query_needs(
    code: str, context: BrowserContext, address: str
) -> None:
    seen = visit(context, f"{address}/{code}/index.html")
    seen.page.wait_for_load_state("networkidle")
    assert [url for url in seen.asked if "search" in url] == []
    seen.page.keyboard.press("/")
    seen.page.locator("dialog.search input").fill("anne barrage")
    seen.page.locator(".search-results a").first.wait_for()
    wanted = {"search.css", "search.js", "index.js", "w-a-.js", "w-b-.js"}
    asked = {url.rsplit("/", 1)[1] for url in seen.asked if "search" in url}
    assert asked - {name for name in asked if name.startswith("t-")} <= wanted
    assert seen.errors == []


def test_search_is_worked_by_the_keyboard_and_says_how_much_it_found(
    context: BrowserContext, address: str
) -> None:
    page = visit(context, f"{address}/en/index.html").page
    page.locator("[data-search]").press("Enter")
    page.locator("dialog.search input").fill("anne")
    page.locator(".search-results a").nth(1).wait_for()
    assert re.fullmatch(r"\d+ results", page.get_by_role("status").inner_text())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".search-results a").nth(1)
    assert second.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").is_visible()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").is_visible(), "also from a field that holds words"
    page.keyboard.press("/")
    page.locator(".search-results a").first.click()
    page.wait_for_url(f"{address}/en/**")


def not_found(page: Page, root: Path) -> list[str]:
    """Return the forms of names in the ledger that search does not lead to their entry."""
    with (root / "data" / "names.csv").open(encoding="utf-8", newline="") as file:
        names = list(csv.DictReader(file))
    assert names
    page.keyboard.press("/")
    page.locator("dialog.search").wait_for()
    ask = "text => search.find(text).then(found => found.map(one => one[1]))"
    return [row["name"] for row in names if row["entity"] not in page.evaluate(ask, row["name"])]


@pytest.mark.parametrize("code", CODES)
def test_every_form_of_a_name_leads_to_its_entry_from_a_folder_too(
    code: str, context: BrowserContext, built_tiny: Path
) -> None:
    seen = Visit(context.new_page())
    seen.page.goto((built_tiny / "site" / code / "index.html").as_uri())
    assert not_found(seen.page, built_tiny) == []
    assert seen.errors == []


#: What a first view may weigh, compressed, everything together, with what opens cards once one is touched.
FIRST_VIEW = 80_000
#: And that of a page of days, which holds the drawings of all its days (decision 94).
DAYS_VIEW = 82_000
CARDS = ("cards.js", "cards.css")


#: Adds up how far parts of a page jump.
JUMPING = (
    "window.jumped = 0; new PerformanceObserver(list => list.getEntries().forEach("
    "one => { window.jumped += one.hadRecentInput ? 0 : one.value; }))"
    ".observe({ type: 'layout-shift', buffered: true });"
)


@contextmanager
def on_a_telephone(browser: Browser, url: str) -> Iterator[Visit]:
    """Open a page for the first time on a telephone that hears how far its parts jump."""
    with browser.new_context(viewport=TELEPHONE) as context:
        context.add_init_script(JUMPING)
        yield visit(context, url)


def first_view(seen: Visit, site: Path, address: str, path: str) -> tuple[int, float]:
    """Return what a telephone loads for a page, in bytes compressed, and how far its parts jump."""
    seen.page.wait_for_load_state("networkidle")
    files = {url.split("#")[0].removeprefix(f"{address}/") for url in seen.asked if url.startswith(address)}
    code = path.split("/", maxsplit=1)[0]
    files |= {f"{code}/assets/{name}" for name in CARDS if (site / code / "assets" / name).is_file()}
    weight = sum(len(gzip.compress((site / file).read_bytes())) for file in files)
    return weight, float(seen.page.evaluate("window.jumped"))


@pytest.mark.parametrize("path", ["fr/index.html", "en/ledger/events.html"])
def test_a_first_view_is_light_and_nothing_jumps(
    path: str, browser: Browser, built_tiny: Path, address: str
) -> None:
    with on_a_telephone(browser, f"{address}/{path}") as seen:
        weight, jumped = first_view(seen, built_tiny / "site", address, path)
    assert weight < FIRST_VIEW
    assert jumped < 0.02


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_page_is_black_on_white_with_its_drawing_and_without_the_frame(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/fr/index.html")
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-sidebar--primary", ".headerlink", ".fig-controls", ".fig-narrow"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator(".fig-wide svg").first.is_visible()
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.eval_on_selector("body", colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    for table in page.locator(".table-wrap, .table-scroll").all():
        assert table.evaluate("e => getComputedStyle(e).overflowX") == "visible"
    context.close()
