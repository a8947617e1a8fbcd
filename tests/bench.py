"""Measures a build, beside what the engine alone needs, what figures cost, and what a first view loads.

Run as `python -m tests.bench` (or `make bench`). Nothing is asserted: a duration is not a test.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.bench_views import compare

HOME = Path(__file__).resolve().parent.parent
TINY = HOME / "tests" / "datasets" / "tiny"
PARTS = ("data", "docs", "overrides", "mkdocs.yml")
#: How many chapters the invented documentaries have, on top of the tiny one's own pages.
CHAPTERS = (14, 56, 224)
ROUNDS = 3
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(HOME),
    "PYTHONHASHSEED": "0",
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}


def copy_documentary(source: Path, target: Path) -> Path:
    """Copy the parts of a documentary, and nothing that was built from them."""
    target.mkdir(parents=True)
    for name in PARTS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        else:
            shutil.copy(source / name, target / name)
    return target


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


def run(*commands: tuple[list[str], Path]) -> None:
    """Run commands side by side; each must succeed."""
    running = [
        subprocess.Popen(  # noqa: S603 - our own command lines
            command, cwd=folder, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for command, folder in commands
    ]
    for process in running:
        said, _ = process.communicate()
        if process.returncode:
            raise SystemExit(said.decode(errors="replace"))


def ours(root: Path) -> None:
    """Build the whole site from nothing, as `make site` does on a fresh clone, but for the PDFs.

    The engine makes none, so that they would spoil the comparison; `printing` measures them.
    """
    run(([sys.executable, "-m", "generator", "build", "--no-pdf", "--root", str(root)], HOME))


def bare(root: Path) -> None:
    """Let the engine alone build the projects that ours wrote, side by side as ours does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.yml", "-d"]
    projects = sorted(path.parent for path in root.glob("build/*/mkdocs.yml"))
    run(*(([*command, str(root / "bare" / path.name)], path) for path in projects))


def clean(root: Path) -> None:
    """Remove what was built, so that every build starts from nothing."""
    for name in ("build", "site", "bare"):
        shutil.rmtree(root / name, ignore_errors=True)


def cost(action: Callable[[Path], None], root: Path) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of what an action starts.

    The first is what a person waits for; the second hardly depends on what else the machine does.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    action(root)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(root: Path) -> tuple[list[float], list[float]]:
    """Return the median seconds and CPU seconds of ours, and those of the engine alone.

    The two take turns, so that a slow moment of the machine falls on both.
    """
    rounds: dict[Callable[[Path], None], list[tuple[float, float]]] = {ours: [], bare: []}
    for _ in range(ROUNDS):
        clean(root)
        for action, costs in rounds.items():
            costs.append(cost(action, root))
    our, their = ([statistics.median(c) for c in zip(*rounds[a], strict=True)] for a in rounds)
    return our, their


def check(root: Path) -> None:
    """Check the documentary, without building it."""
    run(([sys.executable, "-m", "generator", "check", "--root", str(root)], HOME))


def weigh(site: Path) -> str:
    """Say what figures add to a page that has three of them, and what a reader loads who explores one."""
    for path in sorted(site.glob("*/*.html")):
        page = path.read_bytes()
        if page.count(b"<figure ") == 3:
            break
    else:
        return "no page has three figures"
    without = re.sub(rb"<figure .*?</figure>", b"", page, flags=re.DOTALL)
    extra = [path.parent / "assets" / name for name in ("figures.css",)]
    added = packed(page) - packed(without) + sum(packed(file.read_bytes()) for file in extra)
    (cut,) = path.parent.glob("assets/plotly-*.min.js")
    asked = packed(cut.read_bytes()) + packed((path.parent / "assets" / "explore.js").read_bytes())
    name = path.relative_to(site)
    return (
        f"{name}: its three figures add {added / 1000:.1f} KB, compressed, "
        f"to {packed(without) / 1000:.1f} KB; exploring one loads {asked / 1000:.0f} KB more"
    )


def packed(raw: bytes) -> int:
    """Count the bytes that travel."""
    return len(gzip.compress(raw, mtime=0))


def draw(root: Path) -> str:
    """Say how long the drawing of every figure takes, when none is drawn yet."""
    from generator import build as building
    from generator.drawing import draw_figures
    from generator.output.memory import Memory

    checked = building.check(root, lambda _: None)
    if isinstance(checked, list):
        return f"{len(checked)} problems: nothing is drawn"
    work = root / "drawn-anew"
    used: list[int] = []

    def drawn(work: Path) -> None:
        figures = {code: site.figures for code, site in checked.sites.items()}
        drawings = draw_figures(figures, checked.inputs, work, Memory(work / "memory", ""))
        used.append(len(drawings.wide) + len(drawings.narrow))

    took, cpu = cost(drawn, work)
    return f"{used[0]} drawings: {took * 1000 / used[0]:.0f} ms each, {cpu * 1000 / used[0]:.0f} ms of CPU"


def printing(root: Path) -> str:
    """Say how long the PDFs take: each alone, one after the other, and all of them at once, cold."""
    run(([sys.executable, "-m", "generator", "build", "--root", str(root)], HOME))
    work = root / "build" / "print"
    names = [p.relative_to(work).with_suffix("").as_posix() for p in sorted(work.glob("*/**/*.typ"))]
    names = [name for name in names if Path(name).name not in {"template", "words"}]
    program = [
        sys.executable,
        "-c",
        "import sys; from tests.bench import set_pages; set_pages(*sys.argv[1:])",
    ]
    together = cost(lambda _: run(([*program, str(work), *names], HOME)), root)
    alone = {name: cost(lambda _, n=name: run(([*program, str(work), n], HOME)), root)[0] for name in names}
    books = [seconds for name, seconds in alone.items() if Path(name).name == "book"]
    others = sorted(seconds for name, seconds in alone.items() if Path(name).name != "book")
    return (
        f"PDFs: {len(names)} documents in {together[0]:.1f} s, {together[1]:.1f} s of CPU; a chapter "
        f"{statistics.median(others):.2f} s (at most {others[-1]:.2f} s), a book {max(books):.1f} s, "
        f"each with the start of a Python"
    )


def set_pages(folder: str, *names: str) -> None:
    """Set documents whose Typst text stands in *folder*; with a problem it is said."""
    from generator.drawing import PROGRAMS
    from generator.print.compile import Order, compile_all

    orders = [Order(f"{name}.typ", f"{name}.pdf", name) for name in names]
    found = compile_all(Path(folder), orders, PROGRAMS / "node_modules", 0)
    if isinstance(found, list):
        raise SystemExit("\n".join(map(str, found)))


def main() -> None:
    """Print one line per documentary."""
    with (HOME / "mkdocs.yml").open(encoding="utf-8") as file:
        theme = yaml.safe_load(file)["theme"]["name"]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs, theme {theme}, ", end="")
    print(f"median of {ROUNDS} rounds\n")
    print(f"{'':<22}{'':>7}{'seconds':>18}{'':>8}{'CPU seconds':>18}")
    head = f"{'ours':>9}{'engine':>9}{'ratio':>8}"
    print(f"{'documentary':<22}{'pages':>7}{head}{head}")
    with tempfile.TemporaryDirectory() as folder:
        roots = {"the real one": copy_documentary(HOME, Path(folder) / "real")}
        for number in CHAPTERS:
            root = copy_documentary(TINY, Path(folder) / str(number))
            roots[f"{number} chapters"] = with_chapters(root, number)
        for name, root in roots.items():
            our, their = measure(root)
            pages = sum(1 for _ in (root / "site").rglob("*.html"))
            both = zip(our, their, strict=True)
            row = "".join(f"{one:>9.2f}{two:>9.2f}{one / two:>8.2f}" for one, two in both)
            print(f"{name:<22}{pages:>7}{row}", flush=True)
        print(f"\n{weigh(roots['the real one'] / 'site')}\n{draw(roots['the real one'])}")
        print(printing(roots["the real one"]))
        print()
        for line in compare(roots["the real one"]):
            print(line, flush=True)
    took, cpu = cost(check, HOME)
    print(f"\ncheck of the real data: {took:.2f} s, {cpu:.2f} s of CPU")


if __name__ == "__main__":
    main()
