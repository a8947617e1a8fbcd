"""What `make serve` shows is what a build would make; it follows every change: pages, problems, and back."""

from __future__ import annotations

import re
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.live.server import Listeners, make_live_server
from generator.live.site import LiveSite, Shown, Update
from generator.live.watch import follow
from generator.output.read import read_inputs
from tests.conftest import TINY, build, copy_documentary
from tests.series import offers_nothing
from tests.sharing import brought, printed_tiny, remember

HOME = Path(__file__).parent.parent
#: Milliseconds after which a test gives up; how long a change takes is no matter here.
PATIENCE = 300_000


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LiveSite]:
    """The tiny documentary, and its live site as it stands at the beginning."""
    root = copy_documentary(TINY, tmp_path_factory.mktemp("live") / "tiny")
    live = LiveSite(remember(root) / "build")
    assert updates(live, root, []) != []
    return root, live


def updates(live: LiveSite, root: Path, shown: Sequence[Shown]) -> list[Update]:
    return list(live.update(read_inputs(root), shown))


def replace(root: Path, path: str, old: str, new: str) -> Callable[[], object]:
    """Replace some text of a file; return what puts it back."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return lambda: file.write_text(text, encoding="utf-8")


@contextmanager
def edited(begun: tuple[Path, LiveSite], path: str, old: str, new: str) -> Iterator[None]:
    """Replace some text of a file; behind it, file and live site are again as they were at the beginning."""
    root, live = begun
    back = replace(root, path, old, new)
    try:
        yield
    finally:
        back()
        updates(live, root, [])


def pages_of_a_build(root: Path, folder: Path) -> dict[str, bytes]:
    """Build a copy from nothing; return its pages, and the scripts with their cards and drawings."""
    clean = build(copy_documentary(root, folder))
    site = clean / "site"
    files = [*site.rglob("*.html"), *site.glob("*/cards/**/*.js"), *site.glob("*/figures/*.*.*.js")]
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in files}


@pytest.mark.engine
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param("docs/en/index.md", "It lasted", "The flood lasted", id="a word"),
        pytest.param("data/damages.csv", ",1234,", ",1250,", id="a cell"),
        pytest.param("data/events.csv", "leaves its bed", "left its bed", id="a cell that a card shows"),
        pytest.param(
            "docs/fr/index.md", "title: Les crues", "title: Des crues", id="a title in the navigation"
        ),
    ],
)
def test_a_live_page_says_what_a_build_would_make(
    path: str, old: str, new: str, begun: tuple[Path, LiveSite], tmp_path: Path
) -> None:
    root, live = begun
    with edited(begun, path, old, new):
        made = updates(live, root, [("en", "index")])
        assert all(update.problems == () for update in made)
        wanted = pages_of_a_build(root, tmp_path / "clean")
        assert {p for p in live.tree if p.endswith(".html") or "/cards/" in p} <= set(wanted) <= {*live.tree}
        differing = [p for p in wanted if offers_nothing(live.tree[p]) != offers_nothing(wanted[p])]
        assert differing == []


@pytest.mark.engine
def test_the_page_that_is_shown_comes_first(begun: tuple[Path, LiveSite]) -> None:
    root, live = begun
    with edited(begun, "data/damages.csv", ",1234,", ",1260,"):
        first, *rest = updates(live, root, [("en", "ledger/damages")])
    assert first.pages == ("en/ledger/damages.html",)
    assert {page for update in rest for page in update.pages} >= {"en/index.html", "fr/index.html"}


@pytest.mark.engine
def test_what_an_interrupted_change_left_is_made_with_the_next(begun: tuple[Path, LiveSite]) -> None:
    root, live = begun
    with edited(begun, "data/damages.csv", ",1234,", ",1270,"):
        next(live.update(read_inputs(root), [("en", "ledger/damages")]))
        made = {page for update in updates(live, root, []) for page in update.pages}
    assert {"en/index.html", "fr/index.html"} <= made


@pytest.mark.engine
@pytest.mark.parametrize("path", ["en/pdf/index.pdf", "download/data.zip", "download/en.zip"])
def test_what_is_made_when_somebody_asks_is_made_of_the_last_save(
    path: str, begun: tuple[Path, LiveSite], tmp_path: Path
) -> None:
    root, live = begun
    with edited(begun, "data/damages.csv", "Written after a lawsuit.", "Written after two lawsuits."):
        updates(live, root, [])
        assert live.tree[path] == b""
        clean = build(remember(copy_documentary(root, tmp_path / "clean"), printed_tiny()), pdf=True)
        asked = live.file(path)
        assert asked == (clean / "site" / path).read_bytes()
        live.memory.made.clear()
        assert live.file(path) is asked
        assert live.memory.made == []


@pytest.mark.engine
def test_nothing_of_a_change_that_was_taken_back_is_in_the_whole_site(begun: tuple[Path, LiveSite]) -> None:
    root, live = begun
    before = {path: live.tree[path] for path in live.tree if path.endswith(".css")}
    back = replace(root, "docs/en/index.md", "It lasted", '<span style="color: inherit">It lasted</span>')
    updates(live, root, [])
    worn = {path for path in before if live.tree[path] != before[path]}
    back()
    updates(live, root, [])
    assert {path.partition("/")[0] for path in worn} == {"en"}
    assert isinstance(live.file("en/feed.xml"), bytes)
    assert {path: live.tree[path] for path in live.tree if path.endswith(".css")} == before


@pytest.mark.engine
def test_what_a_page_fetches_is_there_without_the_whole_site(
    begun: tuple[Path, LiveSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, live = begun
    with edited(begun, "docs/en/index.md", "It lasted", "It had lasted"):
        updates(live, root, [("en", "index")])
        with monkeypatch.context() as patched:
            patched.setattr(LiveSite, "_begin", lambda *_: pytest.fail("the whole site is made"))
            late = set(re.findall(rb'data-drawing="([^"]+)"', live.tree["en/index.html"]))
            assert late
            assert all(live.file(f"en/{path.decode()}") == live.tree[f"en/{path.decode()}"] for path in late)


@pytest.mark.engine
def test_the_words_for_who_does_not_see_a_picture_follow(built_album: Path, tmp_path: Path) -> None:
    root = copy_documentary(built_album, tmp_path / "album")
    live = LiveSite(remember(root, built_album) / "build")
    updates(live, root, [])
    replace(root, "data/media.csv", "Brown water over a weir of stone.", "Water over a weir.")
    made = {page for update in updates(live, root, []) for page in update.pages}
    assert made == {"en/index.html", "en/ledger/pictures.html"}
    assert b'alt="Water over a weir."' in live.tree["en/index.html"]


@pytest.mark.engine
def test_search_follows_when_it_is_asked(begun: tuple[Path, LiveSite]) -> None:
    root, live = begun
    part = "en/search/w-a-.js"
    assert "asparagu" not in brought(live.tree[part])
    with edited(begun, "docs/en/index.md", "It lasted", "Asparagus grew. It lasted"):
        updates(live, root, [("en", "index")])
        asked = live.file(part)
        assert isinstance(asked, bytes)
        assert "asparagu" in brought(asked)  # as the index has it: without its ending


@pytest.mark.engine
def test_a_problem_leaves_the_last_good_pages(begun: tuple[Path, LiveSite]) -> None:
    root, live = begun
    before = dict(live.tree)
    back = replace(root, "data/damages.csv", ",1234,", ",many,")
    [update] = updates(live, root, [])
    back()
    assert [(p.location.file, p.location.line) for p in update.problems] == [("data/damages.csv", 2)]
    assert live.tree == before


def test_before_the_first_build_is_done_every_page_says_so_and_listens(tmp_path: Path) -> None:
    server = make_live_server(LiveSite(tmp_path / "build"), Listeners(), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/en/", timeout=PATIENCE)
    with answer.value as page:
        assert page.code == 404
        said = page.read().decode()
    server.shutdown()
    server.server_close()
    assert "The site is being built" in said
    assert '<script src="/live.js" defer></script></head>' in said


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    root = copy_documentary(TINY, tmp_path / "tiny")
    live, listeners, ready = LiveSite(remember(root) / "build"), Listeners(), threading.Event()
    server = make_live_server(live, listeners, 0)

    def say(_: Update, __: list[str]) -> None:
        ready.set()

    arguments = (root, live, listeners, server, say, HOME / "generator")
    threading.Thread(target=follow, args=arguments, daemon=True).start()
    assert ready.wait(PATIENCE / 1000)
    yield root, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def add_words(root: Path, language: str, words: str) -> None:
    """Write a longer page beside the old one and rename it, as editors do."""
    file = root / "docs" / language / "index.md"
    fresh = file.with_name(".index.md.swp")
    shutil.copy(file, fresh)
    with fresh.open("a", encoding="utf-8") as page:
        page.write(f"\n{words}\n")
    fresh.replace(file)


@pytest.mark.browser
@pytest.mark.engine
def test_a_browser_sees_a_word_without_a_reload_by_hand_and_keeps_its_place(
    browser: Browser,
    served: tuple[Path, str],
) -> None:
    root, address = served
    page: Page = browser.new_page(viewport={"width": 360, "height": 500})
    page.goto(f"{address}/en/index.html")
    page.evaluate("document.fonts.ready")
    page.evaluate("scrollTo({top: 400, behavior: 'instant'})")
    top_of_heading = "document.querySelector('h2').getBoundingClientRect().top"
    before = page.evaluate(top_of_heading)
    add_words(root, "en", "A word that was not there.")
    expect(page.get_by_text("A word that was not there.")).to_be_attached(timeout=PATIENCE)
    page.wait_for_function(f"Math.abs({top_of_heading} - {before}) < 5 && document.fonts.status === 'loaded'")
    back = replace(root, "data/damages.csv", ",1234,", ",many,")
    expect(page.get_by_role("alert")).to_contain_text("data/damages.csv:2", timeout=PATIENCE)
    back()
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)
    page.close()


def rename_glossary(root: Path) -> None:
    for code in ("fr", "en"):
        page = root / "docs" / code / "ledger" / "glossary.md"
        page.rename(page.with_name("words.md"))
    replace(root, "data/documentary.toml", '"ledger/glossary"', '"ledger/words"')


@pytest.mark.browser
@pytest.mark.engine
def test_a_browser_follows_quick_saves_settings_and_renamed_pages_in_the_other_language(
    browser: Browser, served: tuple[Path, str]
) -> None:
    root, address = served
    page: Page = browser.new_page()
    page.goto(f"{address}/fr/index.html")
    add_words(root, "fr", "Une phrase.")
    add_words(root, "fr", "Puis une autre phrase.")
    expect(page.get_by_text("Puis une autre phrase.")).to_be_attached(timeout=PATIENCE)
    back = replace(root, "data/documentary.toml", 'kind = "events"', 'kind = "evnts"')
    expect(page.get_by_role("alert")).to_contain_text("data/documentary.toml:", timeout=PATIENCE)
    back()
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)
    page.goto(f"{address}/fr/ledger/glossary.html")
    heading = page.get_by_role("heading", level=1).filter(has_text="Glossaire")
    expect(heading).to_have_count(1)
    rename_glossary(root)
    expect(heading).to_have_count(0, timeout=PATIENCE)
    page.goto(f"{address}/fr/ledger/words.html")
    expect(heading).to_have_count(1)
    page.close()


#: Gathers the words that come into a page from now on.
LISTENING = """() => {
    window.said = "";
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
        window.said += node.textContent;
    }))).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.mark.browser
@pytest.mark.engine
def test_a_pdf_is_printed_when_somebody_opens_it(browser: Browser, served: tuple[Path, str]) -> None:
    _, address = served
    page: Page = browser.new_page()
    page.goto(f"{address}/en/index.html")
    page.evaluate(LISTENING)
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("link", name="Print this page (PDF, …)").click()
    assert waiting.value.suggested_filename == "index.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    assert page.evaluate("said") == "printing…"
    expect(page.get_by_text("printing…")).to_have_count(0)
    page.close()
