"""Builds the tiny documentary with many chapters in many languages, once, and says what a host would carry.

Run as `python -m tests.scale` (`make bench` runs it too). Nothing is asserted: a weight is not a test.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench import HOME, TINY, copy_documentary, with_chapters

#: Languages of which Babel knows the numbers and dates; their words are English here.
MORE = ("da", "de", "es", "it", "nl", "pl", "pt", "sv")
CHAPTERS = 50
#: What GitHub Pages allows: handbook/publishing.md works out what follows.
LIMIT_SITE, LIMIT_MONTH = 1e9, 100e9
#: What a reader fetches as text, which the host compresses on the way.
TEXT = {".html", ".css", ".js", ".svg", ".xml", ".json", ".csv", ".txt"}


def with_languages(root: Path, programs: Path) -> None:
    """Say in more languages what is said in English: catalogues, tables, settings and prose."""
    english = (programs / "generator/language/locales/en.po").read_text(encoding="utf-8")
    for code in MORE:
        catalog = english.replace('"Language: en\\n"', f'"Language: {code}\\n"')
        (programs / f"generator/language/locales/{code}.po").write_text(catalog, encoding="utf-8")
        shutil.copytree(root / "docs/en", root / "docs" / code)
    for path in (root / "data").glob("*.csv"):
        path.write_text(_wider(path.read_text(encoding="utf-8")), encoding="utf-8")
    _widen_package(root / "data/datapackage.json")
    for path in (root / "data").rglob("*.geojson"):
        geo = json.dumps(_repeated(json.loads(path.read_text(encoding="utf-8"))))
        path.write_text(geo, encoding="utf-8")
    settings = root / "data/documentary.toml"
    lines = []
    for line in settings.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        if found := re.match(r"(.*\.)?en = ", line):
            lines += [f"{found[1] or ''}{code} = {line.split(' = ', 1)[1]}" for code in MORE]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _wider(text: str) -> str:
    """Repeat every English column of a table, and every English part of a reason."""
    rows = list(csv.DictReader(io.StringIO(text)))
    names = list(rows[0])
    wide = [*names, *(f"{n[:-3]}_{code}" for n in names if n.endswith("_en") for code in MORE)]
    out = io.StringIO()
    writer = csv.DictWriter(out, wide, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        for name in names:
            if name.endswith("_en"):
                row |= {f"{name[:-3]}_{code}": row[name] for code in MORE}
        if found := re.search(r"\ben: (.*)$", row.get("reason") or ""):
            row["reason"] += "".join(f" | {code}: {found[1]}" for code in MORE)
        writer.writerow(row)
    return out.getvalue()


def _repeated(value: object) -> object:
    """Repeat every English entry of a JSON value, at any depth."""
    if isinstance(value, list):
        return [_repeated(part) for part in value]
    if not isinstance(value, dict):
        return value
    found = {key: _repeated(part) for key, part in value.items()}
    more = {f"{k[:-3]}_{code}": v for k, v in found.items() if k.endswith("_en") for code in MORE}
    return found | more


def _widen_package(path: Path) -> None:
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        for field in [f for f in fields if f["name"].endswith("_en")]:
            fields += [field | {"name": f"{field['name'][:-3]}_{code}"} for code in MORE]
    path.write_text(json.dumps(package), encoding="utf-8")


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
