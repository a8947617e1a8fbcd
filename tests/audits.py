"""Lets Lighthouse read pages of the built site as a telephone does, and prints its four figures as Markdown.

Run as `make lighthouse` after `make site` (ARGS="--runs 1 --language fr"). Nothing is asserted, and nothing
that goes wrong is a failure: on a machine that does other things as well the figures say little.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.bench_views import find_browser, served
from tests.conftest import node_program

HOME: Final = Path(__file__).resolve().parent.parent
PROGRAM: Final = HOME / "tests" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
#: The pages that are read, if the site has them; beside them the first page of a figure.
PAGES: Final = ("index", "july", "days", "ledger/chronology")
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
_FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
#: After so many seconds a run is given up.
_PATIENCE: Final = 240

#: The figures of one run, from 0 to 100, by category.
Figures = Mapping[str, int]


def languages_of(site: Path) -> list[str]:
    """Return the languages of a site, by the folders that have a first page."""
    return sorted(path.parent.name for path in site.glob("*/index.html"))


def pages_of(site: Path, language: str) -> list[str]:
    """Return the pages to be read, by their paths from the root of the site."""
    folder = site / language
    paths = [folder / f"{path}.html" for path in PAGES]
    paths += sorted(path for path in folder.glob("figures/*.html") if path.stem != "index")[:1]
    return [path.relative_to(site).as_posix() for path in paths if path.is_file()]


def figures_of(report: str) -> Figures:
    """Return the figures of a report of Lighthouse, in JSON; a category without one is left out."""
    found = json.loads(report)["categories"]
    scores = {name: found[name]["score"] for name in CATEGORIES if name in found}
    return {name: round(score * 100) for name, score in scores.items() if score is not None}


def read_once(url: str, browser: str, node: str) -> Figures | str:
    """Let Lighthouse read a page once; return its figures, or what went wrong."""
    command = [node, str(PROGRAM), url, "--output=json", "--quiet", f"--chrome-flags={_FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    try:
        ended = subprocess.run(  # noqa: S603 - our own command line
            command,
            env={**os.environ, "CHROME_PATH": browser},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        return figures_of(ended.stdout)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        return str(wrong)
    except (ValueError, KeyError):
        return (ended.stderr.strip() or "Lighthouse said nothing").splitlines()[-1]


def line_of(page: str, runs: Sequence[Figures]) -> str:
    """Return the line of a page: for each category the worst and the median of its runs."""
    cells = []
    for name in CATEGORIES:
        values = [run[name] for run in runs if name in run]
        cells.append(f"{min(values)} / {statistics.median(values):g}" if values else "–")
    return f"| {' | '.join([page, *cells])} |"


def table(site: Path, pages: Iterable[str], runs: int, browser: str, node: str) -> Iterator[str]:
    """Yield the lines of the table; what went wrong in a run stands below the line of its page."""
    yield f"worst / median of {runs} runs, as a telephone reads, each page for the first time"
    yield ""
    yield f"| {' | '.join(['page', *CATEGORIES])} |"
    yield f"|{'---|' * (len(CATEGORIES) + 1)}"
    wrong: list[str] = []
    with served(site) as address:
        for page in pages:
            read = [read_once(f"{address}/{page}", browser, node) for _ in range(runs)]
            wrong += [f"{page}: {one}" for one in read if isinstance(one, str)]
            yield line_of(page, [one for one in read if not isinstance(one, str)])
    yield from wrong


def main() -> None:
    """Print the table of this documentary, as it was last built; say what is missing for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each page is read")
    parser.add_argument("--language", help="in which language; otherwise in each")
    asked = parser.parse_args()
    browser, node = find_browser(), node_program()
    site = HOME / "site"
    languages = [asked.language] if asked.language else languages_of(site)
    pages = [page for language in languages for page in pages_of(site, language)]
    if not pages:
        print(f"not measured: site/{asked.language or ''} is not built: make site")
    elif browser is None or node is None or not PROGRAM.exists():
        print("not measured: Lighthouse needs a Chromium and its packages: make lighthouse")
    else:
        for line in table(site, pages, max(1, asked.runs), browser, node):
            print(line, flush=True)


if __name__ == "__main__":
    main()
