"""Cards in a Chromium: by pointer, touch and keyboard, in both languages, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.conftest import listen_for_errors, turn_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.node]

HOME = Path(__file__).parent.parent.parent
AXE = HOME / "generator" / "drawing" / "node" / "node_modules" / "axe-core" / "axe.min.js"
CODES = ("fr", "en")
TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SIZES = [pytest.param(TELEPHONE, id="telephone"), pytest.param(DESK, id="desk")]
EXPLAINED = ".claim > a, a.name, .footnote-ref"


def plain(text: str | None) -> str:
    """Return a text with ordinary spaces."""
    return (text or "").replace("\xa0", " ").replace("\u202f", " ")


class Reader:
    """A page in a window, what it asked for, and what it complained about."""

    def __init__(self, page: Page, url: str, *, finger: bool = False) -> None:
        """Open *url*; with a *finger* what is pressed is touched."""
        self.page = page
        self.finger = finger
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url.rpartition("/")[2]))
        listen_for_errors(page, self.errors)
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.goto(url)

    @property
    def card(self) -> Locator:
        """The card."""
        return self.page.locator(".card")

    def link(self, ident: str) -> Locator:
        """Return the first number, date or name of the text that leads to a row."""
        return self.page.locator(f'article :is(.claim > a, a.name)[href$="#{ident}"]').first

    def open(self, link: Locator) -> Locator:
        """Open the card of a link by its click or a touch, and return the card."""
        self.press(link)
        self.card.wait_for()
        return self.card

    def press(self, what: Locator) -> None:
        """Click what a pointer finds, or touch it."""
        if self.finger:
            what.tap()
        else:
            what.click()

    def press_at(self, x: float, y: float) -> None:
        """Click or touch a spot of the screen."""
        if self.finger:
            self.page.touchscreen.tap(x, y)
        else:
            self.page.mouse.click(x, y)

    def press_beside(self, what: Locator) -> None:
        """Press the margin after the line of *what*: a card covers it as little as what it explains."""
        column, line = (one.bounding_box() for one in (self.page.locator("article"), what))
        assert column
        assert line
        self.press_at(column["x"] + column["width"] + 8, line["y"] + line["height"] / 2)

    def closed(self) -> None:
        """Wait until no card is open."""
        self.card.wait_for(state="hidden")


@pytest.fixture(params=[(code, device) for code in CODES for device in ("telephone", "desk")], ids="-".join)
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Reader]:
    """Somebody at the first page of a language: with a finger on a telephone, with a pointer on a desk."""
    code, device = request.param
    finger = device == "telephone"
    with browser.new_context(viewport=TELEPHONE if finger else DESK, has_touch=finger) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield Reader(context.new_page(), f"{address}/{code}/index.html", finger=finger)


@pytest.fixture
def words(reader: Reader) -> dict[str, Any]:
    """What cards of the tiny documentary say in the language of the page."""
    return SAID[reader.page.url.rsplit("/", 2)[1]]


#: What cards say: of a claim, in each language.
SAID: dict[str, dict[str, Any]] = {
    "fr": {
        "claim": "1 234 maisons",
        "parts": ("Maisons inondées au printemps", "1er – 9 avril 1907", "p. 12", "confiance : forte"),
        "reason": "relevé maison par maison",
        "rivals": "2 réponses : 1 234–2 000 maisons ; 1 de l’adversaire",
        "ways": ["La ligne", "La source", "Citer"],
        "copied": "Copié :",
        "row": "ligne d-flooded-survey",
        "flood": "L’Aune sort de son lit.",
        "reading": ("le quatre", "le trois"),
    },
    "en": {
        "claim": "1,234 houses",
        "parts": ("Houses flooded in spring", "1–9 April 1907", "p. 12", "confidence: high"),
        "reason": "surveyed house by house",
        "rivals": "2 answers: 1,234–2,000 houses; 1 by the other side",
        "ways": ["The row", "The source", "Cite"],
        "copied": "Copied:",
        "row": "row d-flooded-survey",
        "flood": "The Aune leaves its bed.",
        "reading": ("the fourth", "the third"),
    },
}


@pytest.fixture
def english(browser: Browser, address: str) -> Iterator[Reader]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield Reader(context.new_page(), f"{address}/en/index.html")


APART = """([card, link]) => {
    const [one, other] = [card, link].map((element) => element.getBoundingClientRect());
    const inside = one.left >= 0 && one.right <= innerWidth && one.top >= 0 && one.bottom <= innerHeight;
    return inside && (one.bottom <= other.top || one.top >= other.bottom) && one.height > 40;
}"""


def beside(card: Locator, link: Locator) -> bool:
    """Tell whether a card stands whole on the screen, and covers nothing of what it explains."""
    return bool(card.page.evaluate(APART, [card.element_handle(), link.element_handle()]))


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_cards_loads_before_the_first_touch_and_then_four_files(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        reader.page.wait_for_load_state("networkidle")
        before = list(reader.asked)
        assert not [name for name in before if "cards" in name or name == "index.js"]
        reader.open(reader.link("d-flooded-survey"))
        # The page moves to what is touched: a drawing may be near now, or letters that were not; and the page
        # of a link on which the pointer rests is made ahead.
        beside_cards = {name for name in reader.asked if name.endswith((".woff2", ".wide.js", ".html"))}
        assert set(reader.asked) - set(before) <= {"cards.css", "cards.js", "index.js", "0.js"} | beside_cards
        assert reader.errors == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", CODES)
def test_every_number_date_name_and_note_opens_a_card_on_the_screen_that_does_not_cover_it(
    code: str, size: Any, browser: Browser, address: str
) -> None:
    touch = size is TELEPHONE
    with browser.new_context(viewport=size, has_touch=touch) as context:
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        links = reader.page.locator(f"article :is({EXPLAINED})")
        assert links.count() > 6
        for link in links.all():
            if touch:
                link.tap()
            else:
                link.click()
            reader.card.wait_for()
            assert beside(reader.card, link), link.inner_text()
            assert reader.card.evaluate("card => card === document.activeElement")
            reader.page.keyboard.press("Escape")
            reader.closed()
            assert link.evaluate("link => link === document.activeElement"), "the focus comes back"
        assert reader.errors == []


def test_a_card_says_what_is_claimed_by_whom_how_sure_among_which_rivals_and_three_ways_on(
    reader: Reader, words: dict[str, Any]
) -> None:
    card = reader.open(reader.link("d-flooded-survey"))
    said = plain(card.inner_text())
    for part in (words["claim"], *words["parts"]):
        assert part in said
    assert words["reason"] in said, "why it is preferred"
    named = plain(card.locator("#card-head").inner_text())
    assert card.get_attribute("aria-labelledby") == "card-head"
    assert named == words["claim"], "what somebody hears who does not see it"
    assert plain(card.locator(".card-line").get_attribute("aria-label")) == words["rivals"]
    assert card.locator(".card-line circle").count() == 3
    assert card.locator(".card-line circle.apart").count() == 1
    assert card.locator(".card-line circle.own").count() == 1
    ways = card.locator(".card-ways > *")
    assert ways.all_inner_texts() == words["ways"]
    assert str(ways.nth(0).get_attribute("href")).endswith("/ledger/damages.html#d-flooded-survey")
    assert str(ways.nth(1).get_attribute("href")).endswith("/ledger/sources.html#surveyor-1908")
    assert reader.errors == []


@pytest.mark.parametrize("code", CODES)
def test_a_card_says_what_we_read_otherwise_than_its_source(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        reader = Reader(context.new_page(), f"{address}/{code}/ledger/events.html")
        card = reader.open(reader.page.locator("#e-crest .note a.name[href$='#e-crest-press']").first)
        reading = card.locator(".card-reading")
        assert all(part in reading.inner_text() for part in SAID[code]["reading"])
        assert str(reading.locator("a").get_attribute("href")).endswith("ledger/corrections.html#x-date")


@pytest.mark.parametrize(
    ("code", "said", "high"), [("fr", "1er – 9 avril 1907", ["er"]), ("en", "1–9 April 1907", [])]
)
def test_a_card_raises_the_ordinals_of_its_language_and_what_is_copied_is_plain(
    code: str, said: str, high: list[str], browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        card = reader.open(reader.link("e-flood"))
        head = card.locator(".card-head")
        assert head.locator("sup").all_inner_texts() == high
        assert plain(head.inner_text()) == said
        card.locator(".card-ways button").click()
        cited = card.locator(".card-cited span")
        assert f": {said} (" in re.sub(r"\s+:", ":", plain(cited.inner_text()))
        assert cited.locator("sup").count() == 0


def test_a_card_longer_than_its_room_fades_at_its_end_until_the_end_is_read(
    browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 400}) as context:
        reader = Reader(context.new_page(), f"{address}/en/index.html")
        card = reader.open(reader.link("p-weir"))
        assert card.evaluate("card => card.scrollHeight > card.clientHeight && card.matches('.more')")
        assert card.locator(".card-ways").is_visible()
        card.evaluate("card => card.scrollTo(0, card.scrollHeight)")
        reader.page.wait_for_function("() => !document.querySelector('.card').matches('.more')")
        close, whole = card.locator(".card-close").bounding_box(), card.bounding_box()
        assert close is not None
        assert whole is not None
        assert close["y"] >= whole["y"], "it can be closed from its end"


def test_a_place_has_a_map_and_its_name_in_its_own_script(english: Reader) -> None:
    card = english.open(english.link("p-weir"))
    assert card.locator(".card-map path.river").count() == 1
    assert card.locator(".card-map .here").count() == 1
    assert card.locator('.card-head [lang="de"]').inner_text() == "Wehr <oben>"
    assert "Level at the weir: 4.75 metres" in plain(card.inner_text())


def test_a_note_is_read_where_it_is_called(english: Reader) -> None:
    call = english.page.locator(".footnote-ref").first
    card = english.open(call)
    assert "Note 1" in plain(card.inner_text())
    assert "p. 12" in plain(card.inner_text())
    assert "Relevé des dégâts" in plain(card.inner_text()), "a note names the title of its source"
    assert english.page.locator("[id]").evaluate_all("all => all.length === new Set(all.map(e => e.id)).size")


#: Which of the links and buttons of a card has the focus.
REACHED = "card => [...card.querySelectorAll('a, button')].indexOf(document.activeElement)"


@pytest.mark.parametrize("code", CODES)
def test_a_card_is_worked_by_the_keyboard_alone(code: str, browser: Browser, address: str) -> None:
    with browser.new_context(viewport=DESK) as context:
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        link = reader.link("d-flooded-survey")
        assert link.get_attribute("aria-haspopup") == "dialog"
        link.press("Enter")
        reader.card.wait_for()
        ways, reached = reader.card.locator("a:visible, button:visible").count(), []
        for _ in range(ways):
            reader.page.keyboard.press("Tab")
            reached.append(reader.card.evaluate(REACHED))
        assert sorted(reached) == [*range(ways)], "each way on is reached, and one after the other"
        reader.page.keyboard.press("Escape")
        reader.closed()
        assert link.evaluate("link => link === document.activeElement")
        assert reader.card.get_attribute("role") == "dialog"


def test_a_touch_elsewhere_closes_a_card_and_a_second_touch_follows_the_link(
    reader: Reader, words: dict[str, Any]
) -> None:
    link, other = reader.link("d-flooded-survey"), reader.link("e-flood")
    reader.open(link)
    reader.press_beside(link)
    reader.closed()
    reader.open(other)
    assert words["flood"] in reader.card.inner_text()
    reader.press(other)
    reader.page.wait_for_url("**/ledger/events.html#e-flood")


def test_a_figure_is_cited_by_a_sentence_with_its_row_and_the_address_of_it(
    reader: Reader, words: dict[str, Any]
) -> None:
    row = reader.page.url.replace("index.html", "ledger/damages.html#d-flooded-survey")
    card = reader.open(reader.link("d-flooded-survey"))
    reader.press(card.get_by_role("button", name=words["ways"][2]))
    card.get_by_text(words["copied"]).wait_for()
    sentence = reader.page.evaluate("navigator.clipboard.readText()")
    assert sentence == card.locator(".card-cited span").inner_text()
    assert words["claim"] in plain(sentence)
    assert "p. 12" in plain(sentence)
    assert words["row"] in sentence
    assert sentence.endswith(row)


@pytest.mark.parametrize("code", CODES)
def test_a_figure_cited_from_a_folder_names_its_row_and_no_place_on_a_disk(
    code: str, browser: Browser, built_tiny: Path
) -> None:
    with browser.new_context() as context:
        reader = Reader(context.new_page(), (built_tiny / "site" / code / "index.html").as_uri())
        card = reader.open(reader.link("d-flooded-survey"))
        card.get_by_role("button", name=SAID[code]["ways"][2]).click()
        sentence = card.locator(".card-cited span").inner_text()
        assert sentence.endswith(f"{SAID[code]['row']}.")
        assert "file:" not in sentence


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_figure_of_a_row_in_the_ledger_opens_its_card_to_be_cited(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        reader = Reader(context.new_page(), f"{address}/{code}/ledger/damages.html")
        figure = reader.page.locator("#d-flooded-press td.number a")
        card = reader.open(figure)
        assert card.locator(".card-line circle").count() == 3
        card.locator(".card-ways button").click()
        sentence = plain(card.locator(".card-cited span").inner_text())
        assert plain(figure.inner_text()) in sentence
        assert "d-flooded-press" in sentence


def test_a_place_or_a_position_is_cited_with_all_that_its_row_says(english: Reader) -> None:
    card = english.open(english.link("p-weir"))
    lines = [plain(line) for line in card.locator("p:not([class])").all_inner_texts()]
    card.get_by_role("button", name="Cite").click()
    sentence = plain(card.locator(".card-cited span").inner_text())
    assert sentence.startswith("Upper Weir: ")
    assert any(line in sentence for line in lines)
    assert "within" in sentence


#: Where the middle of each mark of a drawing is, and the id of what it draws.
MARKS = """async (svg) => {
    const figure = svg.closest("figure").dataset.figure;
    const marks = (await loadOnce(`../cards/figures/${figure}.js`))[svg.closest(".fig-narrow") ? 1 : 0];
    const shapes = svg.querySelectorAll("path, rect, circle, line");
    return marks.flatMap((number, n) => {
        if (n % 2) return [];
        const box = shapes[number].getBoundingClientRect();
        return [[marks[n + 1], box.x + box.width / 2, box.y + box.height / 2]];
    });
}"""


def test_a_mark_of_the_static_drawing_opens_the_card_of_what_it_draws_and_a_second_touch_follows_it(
    reader: Reader,
) -> None:
    reader.open(reader.link("d-level"))
    reader.page.keyboard.press("Escape")
    drawing = reader.page.locator("#fig-ruined .fig-picture > div:visible > svg")
    drawing.scroll_into_view_if_needed()
    # The drawing comes when a reader is near; until then one without marks keeps its place.
    drawing.locator("path").first.wait_for(state="attached")
    marks = drawing.evaluate(MARKS)
    assert {ident for ident, *_ in marks} == {"d-ruined-all", "d-ruined-spring", "d-ruined-autumn"}
    for ident, x, y in marks:
        reader.press_at(x, y)
        reader.card.wait_for()
        row = reader.card.locator(".card-ways a").first.get_attribute("href")
        assert str(row).endswith(f"damages.html#{ident}")
        assert beside(reader.card, reader.page.locator("svg .explained"))
        reader.page.keyboard.press("Escape")
        reader.closed()
    ident, x, y = marks[0]
    reader.press_at(x, y)
    reader.card.wait_for()
    reader.press_at(x, y)
    reader.page.wait_for_url(f"**/ledger/damages.html#{ident}")
    assert reader.errors == []


def test_a_mark_of_the_live_chart_opens_the_same_card_by_the_keyboard(english: Reader) -> None:
    page = english.page
    page.locator("#fig-ruined .fig-explore").press("Enter")
    page.wait_for_selector("#fig-ruined.fig-awake svg.main-svg")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    english.card.wait_for()
    assert "houses" in english.card.locator(".card-head").inner_text()
    page.keyboard.press("Escape")
    english.closed()
    assert page.locator("#fig-ruined .fig-chart").evaluate("chart => chart === document.activeElement")


@pytest.mark.parametrize("code", CODES)
def test_without_script_a_number_leads_to_its_row_as_ever(code: str, browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        reader.link("d-flooded-survey").click()
        reader.page.wait_for_url(f"**/{code}/ledger/damages.html#d-flooded-survey")


@pytest.mark.parametrize("code", CODES)
def test_cards_open_from_a_folder_under_the_policy(code: str, browser: Browser, built_tiny: Path) -> None:
    with browser.new_context() as context:
        reader = Reader(context.new_page(), (built_tiny / "site" / code / "index.html").as_uri())
        card = reader.open(reader.link("keeper-anne"))
        assert "1871" in plain(card.inner_text())
        assert card.evaluate("card => getComputedStyle(card).position") == "fixed", "its style is there"
        refused = [said for said in reader.errors if "Security Policy" in said]
        assert refused == []


def test_where_cards_cannot_be_had_a_touch_follows_the_link(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        context.route("**/cards/**", lambda route: route.abort())
        reader = Reader(context.new_page(), f"{address}/en/index.html")
        reader.link("e-flood").click()
        reader.page.wait_for_url("**/en/ledger/events.html#e-flood")


#: A browser that knows neither popovers nor anchors.
OLDER = """
    delete HTMLElement.prototype.showPopover;
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (name, ...rest) => !String(name).startsWith("position-area") && supports(name, ...rest);
"""


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", SIZES)
def test_a_browser_without_popovers_and_anchors_has_cards_too(
    code: str, size: Any, browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=size) as context:
        context.add_init_script(OLDER)
        reader = Reader(context.new_page(), f"{address}/{code}/index.html")
        for ident in ("d-flooded-survey", "e-crest", "d-level"):
            link = reader.link(ident)
            reader.open(link)
            assert beside(reader.card, link)
            reader.page.keyboard.press("Escape")
            reader.closed()
            assert link.evaluate("link => link === document.activeElement")
        reader.open(reader.link("e-flood"))
        reader.page.locator("h1").click()
        reader.closed()
        assert reader.errors == []


def test_a_card_is_not_on_paper_and_does_not_move_where_motion_is_unwelcome(
    browser: Browser, address: str
) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        reader = Reader(context.new_page(), f"{address}/fr/index.html")
        card = reader.open(reader.link("e-flood"))
        assert card.evaluate("card => getComputedStyle(card).animationName") == "none"
        reader.page.emulate_media(media="print")
        assert card.is_hidden()


#: What names others beside prose: a page, the entry or row that names, what it names, and what the card says.
NAMING = {
    "an event, who acts in it": ("ledger/events.html", "#e-crest .actor a.name", "1871"),
    "an event, where it is": ("ledger/events.html", "#e-crest .where a.name", "45"),
    "an event, its rival date": ("ledger/events.html", "#e-crest .note a.name", "1907"),
    "a claim, the whole it is a part of": ("ledger/damages.html", "#d-ruined-spring .note a.name", "1907"),
    "someone, what he did": ("ledger/witnesses.html", "#keeper-anne .rows a.name", "1908"),
    "a question, its first answer": ("ledger/questions.html", "td a.name", "1[ ,]234"),
    "a day, what happened": (
        "ledger/days.html#1907-04-03",
        ".day.now li a.name[href$='#e-crest']",
        "0?5( h |:)45",
    ),
    "a day, who stood where": ("ledger/days.html#1907-04-03", ".day.now .day-units a.name", "p. 12|12"),
    "a figure, what it shows": ("figures/flooded.html", ".fig-data tbody a", "1908|1907"),
    "a figure, a row behind it": ("figures/ruined.html", ".claims .note a.name", "1907"),
}


def shown_to(page: Page, opener: str) -> Locator:
    """Return what opens a card, after whatever it is folded into is unfolded."""
    found = page.locator(f"article {opener}").first
    found.evaluate("link => { const folded = link.closest('details'); if (folded) folded.open = true; }")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", CODES)
def test_what_a_table_an_entry_a_day_and_a_figure_name_opens_a_card_by_touch_pointer_and_keyboard(
    code: str, size: Any, browser: Browser, address: str
) -> None:
    touch = size is TELEPHONE
    with browser.new_context(viewport=size, has_touch=touch) as context:
        for name, (path, opener, said) in NAMING.items():
            reader = Reader(context.new_page(), f"{address}/{code}/{path}")
            link = shown_to(reader.page, opener)
            for way in (link.tap if touch else link.click, lambda link=link: link.press("Enter")):
                way()
                reader.card.wait_for()
                assert re.search(said, plain(reader.card.inner_text())), name
                assert beside(reader.card, link), name
                reader.page.keyboard.press("Escape")
                reader.closed()
                assert link.evaluate("link => link === document.activeElement"), name
            assert reader.errors == [], name
            reader.page.close()


@pytest.mark.parametrize("code", CODES)
def test_a_row_opens_no_card_of_itself_but_by_its_figure(code: str, browser: Browser, address: str) -> None:
    """Its date and its title stand in it with all that a card would say; a figure is cited by its card."""
    with browser.new_context() as context:
        reader = Reader(context.new_page(), f"{address}/{code}/ledger/events.html")
        for path in ("events", "damages", "witnesses", "places"):
            reader.page.goto(f"{address}/{code}/ledger/{path}.html")
            own = """() => [...document.querySelectorAll("[aria-haspopup]:not(td.number a)")].filter(
                (link) => link.closest("tr[id], dl > div[id]")?.id === link.hash.slice(1)).length"""
            assert reader.page.evaluate(own) == 0, path
            twice = reader.page.locator("th a[aria-haspopup], td:last-child a.name[href*='sources']")
            assert twice.count() == 0, path


@pytest.mark.parametrize("code", CODES)
def test_without_script_what_a_table_or_a_day_names_leads_to_its_row(
    code: str, browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for path, opener, row in (
            ("ledger/events.html", "#e-crest .actor a.name", "witnesses.html#keeper-anne"),
            ("ledger/days.html", ".day li a.name[href$='#e-crest']", "events.html#e-crest"),
        ):
            page.goto(f"{address}/{code}/{path}")
            page.locator(opener).first.click()
            page.wait_for_url(f"**/{code}/ledger/{row}")


@pytest.mark.parametrize("code", CODES)
def test_what_a_table_or_a_day_names_opens_its_card_from_a_folder_under_the_policy(
    code: str, browser: Browser, built_tiny: Path
) -> None:
    folder = (built_tiny / "site" / code).as_uri()
    with browser.new_context() as context:
        for path, opener, said in (NAMING["an event, who acts in it"], NAMING["a day, what happened"]):
            reader = Reader(context.new_page(), f"{folder}/{path}")
            card = reader.open(shown_to(reader.page, opener))
            assert re.search(said, plain(card.inner_text())), path
            assert card.evaluate("card => getComputedStyle(card).position") == "fixed", "its style is there"
            assert [one for one in reader.errors if "Security Policy" in one] == []
            reader.page.close()


#: What opens a card on each kind of page: prose, events, claims, entries, questions, days, a figure.
KINDS = {
    "index.html": (".claim > a", "a.name", ".footnote-ref"),
    "ledger/events.html": (".actor a.name", ".where a.name"),
    "ledger/damages.html": ("td a.name",),
    "ledger/witnesses.html": (".rows a.name",),
    "ledger/questions.html": ("td a.name",),
    "ledger/days.html#1907-04-03": (".day.now a.name", ".day.now .day-units a.name"),
    "figures/flooded.html": (".fig-data tbody a",),
}


#: What axe finds in what is given, on the paper of day and, since nothing else is other by night, of its
#: colours by night.
FOUND = """(what, options) => axe.run(what, { resultTypes: ["violations"], ...options })
    .then((said) => said.violations)"""
BY_NIGHT = {"runOnly": ["color-contrast"]}


def wrong_with(page: Page, what: Locator, by_day: dict[str, Any]) -> dict[str, list[Any]]:
    """Return what axe finds in a part of a page, by day and by night."""
    found = []
    asked: dict[Literal["light", "dark"], dict[str, Any]] = {"light": by_day, "dark": BY_NIGHT}
    for scheme, options in asked.items():
        turn_to(page, scheme)
        found += what.evaluate(FOUND, options)
    return {one["id"]: [node["target"] for node in one["nodes"]] for one in found}


@pytest.mark.skipif(not AXE.exists(), reason="the Node packages are not installed")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", CODES)
def test_axe_finds_nothing_with_a_card_open_on_any_kind_of_page(
    code: str, size: Any, browser: Browser, address: str
) -> None:
    wrong = {}
    with browser.new_context(viewport=size, reduced_motion="reduce") as context:
        context.add_init_script(path=str(AXE))
        for path, openers in KINDS.items():
            reader = Reader(context.new_page(), f"{address}/{code}/{path}")
            for opener in openers:
                card = reader.open(shown_to(reader.page, opener))
                wrong[path, opener] = wrong_with(
                    reader.page, card, {"rules": {"target-size": {"enabled": True}}}
                )
                if opener == openers[-1]:
                    # What lies beneath a card is as large as before, though a part of it is not seen.
                    wrong[path, "beneath"] = wrong_with(reader.page, reader.page.locator("html"), {})
                reader.page.keyboard.press("Escape")
                reader.closed()
            reader.page.close()
    assert {where: found for where, found in wrong.items() if found} == {}
