"""Measures what a first view loads, beside a plain Material page of the same text.

Run as `python -m tests.bench_views` after `make site`; `make bench` runs it on the site it built. Nothing
is asserted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from generator.output.serve import make_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

HOME = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
TELEPHONE = {"width": 360, "height": 740}
PAGES = {
    "first page": "index",
    "chapter": "july",
    "figures": "losses",
    "reference": "ledger/people",
    "long table": "ledger/casualties",
}
#: What a project of ours leaves to a plain one: its text, and how that is marked up.
_KEPT = ("site_name", "markdown_extensions", "use_directory_urls", "docs_dir", "nav")


@dataclass(frozen=True)
class View:
    """What a page loads when it is opened: bytes that travel, and files."""

    weight: int
    requests: int

    def __str__(self) -> str:
        return f"{self.weight / 1000:>8.1f} | {self.requests:>8}"


def plain(project: Path, target: Path) -> Path:
    """Build the Markdown of a project with Material as it comes, with its search and no fonts of Google's."""
    ours = yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))
    theme = {"name": "material", "language": ours["theme"]["language"], "font": False}
    settings = {key: ours[key] for key in _KEPT if key in ours} | {"theme": theme, "plugins": ["search"]}
    shutil.copytree(project / "docs", target / "docs")
    (target / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "mkdocs.yml", "-d", "site"]
    subprocess.run(  # noqa: S603 - our own command line
        command, cwd=target, env={**os.environ, **quiet}, check=True, capture_output=True
    )
    return target / "site"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder compressed, as a static host does, and give its address."""
    with make_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def view(browser: Browser, url: str) -> View:
    """Open a page on a telephone that has never seen it, and count what comes."""
    asked: list[Request] = []
    with browser.new_context(viewport=TELEPHONE) as context:  # type: ignore[arg-type]
        context.on("requestfinished", lambda one: asked.append(one))  # noqa: PLW0108 - Playwright marks it
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        sent = [one for one in asked if one.url.startswith("http")]
        return View(sum(one.sizes()["responseBodySize"] for one in sent), len(sent))


def find_browser() -> str | None:
    """Return the path of a Chromium."""
    asked = os.environ.get("CHROMIUM", "")
    return next(filter(None, map(shutil.which, filter(None, (asked, *BROWSERS)))), None)


def compare(root: Path) -> Iterator[str]:
    """Yield the lines of a table: a built documentary's first views, ours and plain."""
    program = find_browser()
    if program is None:
        yield "first views: not measured, no Chromium found"
        return
    from playwright.sync_api import sync_playwright

    yield "first views, compressed (plain: Material as it comes, with its search, without our figures)"
    yield ""
    yield f"| {'page':<36} | ours, KB | requests | plain, KB | requests |"
    yield f"|{'-' * 38}|---------:|---------:|----------:|---------:|"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for project in sorted(path.parent for path in root.glob("build/*/mkdocs.yml")):
            code = project.name
            theirs = plain(project, Path(folder) / code)
            with served(root / "site") as our, served(theirs) as their:
                for kind, path in PAGES.items():
                    mine = view(browser, f"{our}/{code}/{path}.html")
                    other = view(browser, f"{their}/{path}.html")
                    yield f"| {f'{kind}: {code}/{path}':<36} | {mine} |  {other} |"
        browser.close()


def main() -> None:
    """Print the table of this documentary, as it was last built."""
    for line in compare(HOME):
        print(line, flush=True)


if __name__ == "__main__":
    main()
