"""Builds the tiny documentary with many chapters in many languages, once, and says what a host would carry.

Run as `python -m tests.scale` (`make bench` runs it too). Nothing is asserted: a weight is not a test.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench import HOME, TINY, copy_documentary, with_chapters
from tests.languages import MORE, with_languages

CHAPTERS = 50
#: What GitHub Pages allows: handbook/publishing.md works out what follows.
LIMIT_SITE, LIMIT_MONTH = 1e9, 100e9
#: What a reader fetches as text, which the host compresses on the way.
TEXT = {".html", ".css", ".js", ".svg", ".xml", ".json", ".csv", ".txt"}


def weights(site: Path) -> tuple[Counter[str], float]:
    """Return the bytes of a site by kind of file, and what a page weighs on the wire, on average."""
    kinds: Counter[str] = Counter()
    pages = []
    for path in site.rglob("*"):
        if path.is_file():
            kinds[path.suffix or path.name] += path.stat().st_size
        if path.suffix == ".html":
            pages.append(len(gzip.compress(path.read_bytes())))
    return kinds, sum(pages) / len(pages)


def main() -> None:
    """Build once and print one line for each thing a host counts."""
    with tempfile.TemporaryDirectory() as folder:
        programs = Path(folder) / "programs"
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(HOME / "generator", programs / "generator", ignore=ignored)
        (programs / "generator/drawing/node/node_modules").symlink_to(
            HOME / "generator/drawing/node/node_modules"
        )
        shutil.copytree(HOME / "requirements", programs / "requirements")
        root = with_chapters(copy_documentary(TINY, Path(folder) / "wide"), CHAPTERS)
        with_languages(root, programs)
        command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--no-pdf"]
        started = time.perf_counter()
        said = subprocess.run(command, cwd=programs, capture_output=True, text=True, check=False)  # noqa: S603
        if said.returncode:
            raise SystemExit(said.stdout + said.stderr)
        took = time.perf_counter() - started
        site = root / "site"
        kinds, page = weights(site)
        count = sum(1 for _ in site.rglob("*.html"))
        total = sum(kinds.values())
        print(f"{CHAPTERS} chapters in {len(MORE) + 2} languages: {count} pages in {took:.0f} s")
        print(f"site: {total / 1e6:.0f} MB, {total / LIMIT_SITE:.0%} of what GitHub Pages allows")
        print("  " + ", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in kinds.most_common(6)))
        print(f"a page: {page / 1e3:.1f} kB compressed, on average")
        print(f"page views a month within its soft limit: {LIMIT_MONTH / page:,.0f}")


if __name__ == "__main__":
    main()
