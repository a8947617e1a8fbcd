"""Measures what somebody waits for who changes something, beside what the engine alone needs.

Run as `python -m tests.bench` (or `make bench`); `--only word` looks at the rows that have this in their
name, `--runs 1` is quick, `--minutes 12` measures long rows less often, so that all of it takes no longer
on a quiet machine. The table is one of Markdown. Nothing is asserted: a duration is not a test.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import queue
import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench_views import compare, plain
from tests.measuring import Cost, Watched, cost_of, machine, median, running
from tests.sharing import HOME, TINY, copy_documentary

#: How many chapters the invented documentaries have, on top of the tiny one's own pages.
CHAPTERS = (14, 224)
#: A cell that a chapter, two reference pages and two figures show, and what it becomes.
CELL = ("data/casualties.csv", "kolomiets-2005,p. 125,", "kolomiets-2005,p. 126,")
#: What is added to a page, another word each time.
WORDS = ("red", "green", "blue", "white", "black", "grey", "brown", "pink")
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(HOME),
    "PYTHONHASHSEED": "0",
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}
#: About how many rows the table has, which share the time that is given.
_ROWS = 10
#: Seconds in which a page must have heard of a change.
_PATIENCE = 300
_GENERATOR = (sys.executable, "-m", "generator")
_ENGINE = (sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "mkdocs.yml", "-d", "site")


@dataclass(frozen=True)
class Row:
    """One line of the table: its name, how one run of it is measured, and what must be there before."""

    name: str
    once: Callable[[int], Cost]
    before: Callable[[], object] = lambda: None


def with_chapters(root: Path, number: int) -> Path:
    """Add chapters that say what the index page of the tiny documentary says."""
    pages = [f"chapters/{n:03}" for n in range(1, number + 1)]
    for index in root.glob("docs/*/index.md"):
        text = index.read_text(encoding="utf-8")
        for page in pages:
            target = index.parent / f"{page}.md"
            target.parent.mkdir(exist_ok=True)
            target.write_text(text.replace("title: ", f"title: {page[-3:]} ", 1), encoding="utf-8")
    settings = root / "data" / "documentary.toml"
    entries = "".join(f'[[page]]\npath = "{page}"\n\n' for page in pages)
    text = settings.read_text(encoding="utf-8").replace("[[page]]", f"{entries}[[page]]", 1)
    settings.write_text(text, encoding="utf-8")
    return root


def generate(root: Path, command: str, *options: str) -> Cost:
    """Run a command of the generator on a documentary."""
    return cost_of([*_GENERATOR, command, "--root", str(root), *options], HOME, _ENVIRONMENT)


def add_word(root: Path, page: str, number: int) -> None:
    """Say another word at the end of a page, in the place of that of the last run."""
    file = root / "docs" / "en" / f"{page}.md"
    text = re.sub(r"\n\nThe word is \w+\.\n\Z", "\n", file.read_text(encoding="utf-8"))
    file.write_text(f"{text.rstrip()}\n\nThe word is {WORDS[number % len(WORDS)]}.\n", encoding="utf-8")


def change_cell(root: Path, number: int) -> None:
    """Change a cell, or change it back."""
    path, one, other = CELL
    file = root / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(*((one, other) if number % 2 == 0 else (other, one))), encoding="utf-8")


def after(change: Callable[[int], None], measured: Callable[[], Cost], number: int) -> Cost:
    """Change something, and measure what follows."""
    change(number)
    return measured()


def from_nothing(root: Path) -> Cost:
    """Build without anything that an earlier build kept."""
    for name in ("build", "site"):
        shutil.rmtree(root / name, ignore_errors=True)
    return generate(root, "build")


# ---- What somebody sees who writes ---------------------------------------------------------------


@contextmanager
def writing(root: Path, page: str) -> Iterator[Callable[[Callable[[int], None], int], Cost]]:
    """Serve a documentary with a page open; yield what measures from a change until the page hears of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running(
        [*_GENERATOR, "serve", "--root", str(root), "--port", str(port)], HOME, _ENVIRONMENT
    ) as served:
        _until_there(port, page)
        news = http.client.HTTPConnection("127.0.0.1", port)
        news.request("GET", f"/live-events?page={page}")
        heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_hear, args=(news.getresponse(), heard), daemon=True).start()

        def measure(change: Callable[[int], None], number: int) -> Cost:
            _until_quiet(served)
            # What was said of the first build, and of the change before, is no answer to this one.
            while not heard.empty():
                heard.get()
            served.forget_peak()
            before, started = served.cpu, time.perf_counter()
            change(number)
            _until_heard(heard)
            return Cost(time.perf_counter() - started, served.cpu - before, served.peak)

        yield measure
        news.close()


def _hear(events: http.client.HTTPResponse, heard: queue.SimpleQueue[bytes]) -> None:
    """Put each line that the server says where it can be waited for, until it says no more."""
    with suppress(OSError, ValueError, http.client.HTTPException):
        while line := events.readline():
            heard.put(line)


def _until_heard(heard: queue.SimpleQueue[bytes]) -> None:
    """Wait until the page is told that it is another."""
    line = b""
    while not line.startswith(b"event: page"):
        try:
            line = heard.get(timeout=_PATIENCE)
        except queue.Empty:
            raise SystemExit("the page was not told of a change: what is changed is on no page") from None
        if line.startswith(b"data: [") and line.strip() != b"data: []":
            raise SystemExit(f"what is changed is no more without a problem: {line.decode()}")


def _until_there(port: int, page: str) -> None:
    """Wait until the site has been made for the first time."""
    while True:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port)
            asked.request("GET", f"/{page}")
            if asked.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        time.sleep(0.2)


def _until_quiet(served: Watched) -> None:
    """Wait until the other pages are made, too."""
    before = -1.0
    while served.cpu - before > 0.05:
        before = served.cpu
        time.sleep(1)


class Writer:
    """Rows that one serving process measures: it begins with the first of them, and ends with the last."""

    def __init__(self, make: Callable[[], Path], page: str, stack: ExitStack) -> None:
        self.make, self.page = make, page
        self.root: Path | None = None
        self._serving = stack.enter_context(ExitStack())
        self._measure: Callable[[Callable[[int], None], int], Cost] | None = None

    def begin(self) -> None:
        """Serve."""
        if self._measure is None:
            self.root = self.make()
            self._measure = self._serving.enter_context(writing(self.root, self.page))

    def once(self, change: Callable[[Path, int], None], number: int) -> Cost:
        """Measure one change."""
        assert self._measure is not None
        assert self.root is not None
        return self._measure(partial(change, self.root), number)

    def end(self) -> None:
        """Serve no more."""
        self._serving.close()
        self._measure = None


# ---- The table -----------------------------------------------------------------------------------


def rows(folder: Path, stack: ExitStack) -> Iterator[Row]:
    """Yield the rows of the table, which work in *folder*; what still serves at the end is in *stack*."""
    real = folder / "real"

    def there() -> Path:
        return real if real.exists() else copy_documentary(HOME, real)

    def built() -> None:
        generate(there(), "build")

    writer = Writer(there, "en/losses.html", stack)
    yield Row(
        "a word, saved, in the open page",
        partial(writer.once, lambda r, n: add_word(r, "losses", n)),
        writer.begin,
    )
    yield Row("a cell that two pages and two figures show", partial(writer.once, change_cell), writer.begin)
    writer.end()
    for number in CHAPTERS:
        make = partial(_invented, folder, number)
        many = Writer(make, "en/chapters/007.html", stack)
        name = f"a word, with {number} generated chapters"
        yield Row(name, partial(many.once, lambda r, n: add_word(r, "chapters/007", n)), many.begin)
        many.end()
    yield Row(
        "make site after a word, with the PDFs",
        lambda n: after(lambda m: add_word(real, "losses", m), partial(generate, real, "build"), n),
        built,
    )
    yield Row("make site, nothing changed", lambda _: generate(real, "build"), built)
    yield Row("make check", lambda _: generate(real, "check"), there)
    yield Row("make site, nothing kept, with the PDFs", lambda _: from_nothing(real), there)
    yield from _bare(folder, built, real)


def _invented(folder: Path, number: int) -> Path:
    return with_chapters(copy_documentary(TINY, folder / f"invented-{number}"), number)


def _bare(folder: Path, built: Callable[[], None], real: Path) -> Iterator[Row]:
    """Yield what Material as it comes needs for the Markdown that ours wrote, in both languages."""
    projects = folder / "plain"

    def laid_out() -> None:
        built()
        if not projects.exists():
            for project in sorted(path.parent for path in real.glob("build/*/mkdocs.yml")):
                plain(project, projects / project.name)

    def every(number: int, *options: str, fresh: bool) -> Cost:
        costs = []
        for project in sorted(projects.iterdir()):
            if fresh:
                shutil.rmtree(project / "site", ignore_errors=True)
            page = project / "docs" / "losses.md"
            page.write_text(
                f"{page.read_text(encoding='utf-8')}\n{WORDS[number % len(WORDS)]}\n", encoding="utf-8"
            )
            costs.append(cost_of([*_ENGINE, *options], project, _ENVIRONMENT))
        return Cost(sum(c.seconds for c in costs), sum(c.cpu for c in costs), max(c.peak for c in costs))

    yield Row("bare MkDocs with Material, both languages", lambda n: every(n, fresh=True), laid_out)
    yield Row(
        "the same with --dirty, after a word in each", lambda n: every(n, "--dirty", fresh=False), laid_out
    )


def weights(site: Path) -> str:
    """Say what a site weighs, and which kinds of files that is."""
    kinds: dict[str, int] = {}
    for path in site.rglob("*"):
        if path.is_file():
            kinds[path.suffix or path.name] = kinds.get(path.suffix or path.name, 0) + path.stat().st_size
    most = sorted(kinds.items(), key=lambda kind: -kind[1])[:8]
    each = ", ".join(f"{kind} {size / 1e6:.1f}" for kind, size in most)
    return f"the site: {sum(kinds.values()) / 1e6:.1f} MB ({each})"


def added_by_figures(site: Path) -> str:
    """Say what figures add to a page that has three of them, and what a reader loads who explores one."""
    for path in sorted(site.glob("*/*.html")):
        page = path.read_bytes()
        if page.count(b"<figure ") == 3:
            break
    else:
        return "no page has three figures"
    without = re.sub(rb"<figure .*?</figure>", b"", page, flags=re.DOTALL)
    (cut,) = path.parent.parent.glob("assets/plotly-*.min.js")
    asked = packed(cut.read_bytes()) + packed((path.parent / "assets" / "explore.js").read_bytes())
    return (
        f"{path.relative_to(site)}: its three figures add {(packed(page) - packed(without)) / 1000:.1f} kB, "
        f"compressed, to {packed(without) / 1000:.1f} kB; exploring one loads {asked / 1000:.0f} kB more"
    )


def packed(raw: bytes) -> int:
    """Count the bytes that travel."""
    return len(gzip.compress(raw, mtime=0))


def measured(row: Row, runs: int, seconds: float) -> tuple[Cost, int]:
    """Return the median of several runs of a row, and how many: no further one after so many *seconds*."""
    row.before()
    costs: list[Cost] = []
    started = time.perf_counter()
    while len(costs) < runs and (not costs or time.perf_counter() - started < seconds):
        costs.append(row.once(len(costs)))
    return median(costs), len(costs)


def main() -> None:
    """Print the table, a line for each row as it is measured."""
    parser = argparse.ArgumentParser(description="Measure what somebody waits for. Nothing is asserted.")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is said")
    parser.add_argument("--only", default="", help="rows that have this in their name")
    parser.add_argument("--minutes", type=float, default=60, help="in which all of it is to be done")
    asked = parser.parse_args()
    print(f"{machine()}; medians\n")
    print(f"| {'what is done':<44} | seconds | processor | peak, MB | runs |")
    print(f"|{'-' * 46}|--------:|----------:|---------:|-----:|")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for row in rows(Path(folder), stack):
            if asked.only in row.name:
                # Half of the time is for what must be there before, and for what follows the table.
                cost, runs = measured(row, asked.runs, asked.minutes * 60 / 2 / _ROWS)
                print(f"| {row.name:<44} | {cost} | {runs:>4} |", flush=True)
        site = Path(folder) / "real" / "site"
        if site.exists() and not asked.only:
            print(f"\n{weights(site)}\n{added_by_figures(site)}\n")
            for line in compare(site.parent):
                print(line, flush=True)


if __name__ == "__main__":
    main()
