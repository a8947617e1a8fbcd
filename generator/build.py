"""A documentary's folder goes in; the finished site stands in its place, or the problems come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from generator.checking import HOME, Announce, Checked, check, check_inputs, check_read
from generator.drawing import Drawings, draw_figures, figure_of
from generator.drawing.render import DrawingError
from generator.loading import Inputs
from generator.output.build_key import maker
from generator.output.last_build import last_build, note_build
from generator.output.lock import alone_in
from generator.output.memory import Made, Memory
from generator.output.processes import beside
from generator.output.read import read_inputs
from generator.output.write import check_target, publish, recover, write_tree
from generator.print.printing import print_all, printed_paths
from generator.problems import Problem
from generator.site.figure_pages import with_figure_pages
from generator.site.finish import FinishedSite, OpenSite, close_site, open_site
from generator.site.pictures import figure_pictures
from generator.site.project import make_project
from generator.site.raw_pages import raw_pages
from generator.site.search.index import make_search
from generator.site.share_cards import share_pictures

__all__ = ["HOME", "Announce", "Built", "Checked", "assemble", "build", "check", "check_inputs", "print_one"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, in numbers."""

    pages: int
    figures: int
    claims: int
    events: int
    sources: int
    bytes: int


def build(
    root: Path,
    *,
    engine: str,
    address: str,
    announce: Announce,
    pdf: bool = True,
    made: list[Made] | None = None,
) -> Built | list[Problem]:
    """Build the site of the documentary in *root* into `site/`; with a problem `site/` stays as it is.

    Without *pdf* nothing is printed, and no page offers a PDF. When neither the inputs nor the site
    have changed since the last build, nothing is done. A second build of the same folder waits for the first.
    What had to be made again, and because of what, is added to *made*.

    Raises:
        ReadError: an input may not be read.
        WriteError: the disk refuses, or `site` is a link.
    """
    check_target(root / "site")
    waiting = partial(announce, "waiting for another build of this documentary to end")
    with alone_in(root / "build", waiting):
        announce("reading the ledger and the prose")
        files = read_inputs(root)
        words = (engine, address, str(pdf))
        last = last_build(root, files, HOME, words)
        if last is not None:
            announce("nothing has changed since the last build")
            return Built(**last)
        memory = Memory(root / "build" / "memory", maker(HOME))
        built = _build(root, files, memory, engine=engine, address=address, announce=announce, pdf=pdf)
        if made is not None:
            made += memory.made
        if isinstance(built, Built):
            note_build(root, files, HOME, words, asdict(built))
        return built


def _build(
    root: Path,
    files: Mapping[str, bytes],
    memory: Memory,
    *,
    engine: str,
    address: str,
    announce: Announce,
    pdf: bool,
) -> Built | list[Problem]:
    checked = check_read(files, announce, formatted=True, memory=memory)
    if isinstance(checked, list):
        return checked
    recover(root / "site")
    finished = assemble(
        checked, root / "build", memory, engine=engine, address=address, announce=announce, pdf=pdf
    )
    memory.close()
    return finished if isinstance(finished, list) else _publish(checked, finished.tree, root)


def assemble(
    checked: Checked,
    work: Path,
    memory: Memory,
    *,
    engine: str,
    address: str,
    announce: Announce,
    pdf: bool,
    promised: bool = False,
) -> FinishedSite | list[Problem]:
    """Make the whole site of a documentary without a problem, in memory.

    Args:
        checked: the documentary and its pages.
        work: the folder in which Node, the engine and Typst find what they work on.
        memory: what steps have made before.
        engine: a key of `ENGINES`.
        address: the absolute address of the site with a final slash; "" for that of the settings.
        announce: is told each step.
        pdf: whether chapters and book are printed.
        promised: whether PDFs and zips are offered, and made when somebody asks for one: they are empty.
    """
    drawings = _draw(checked, work, memory, announce)
    if isinstance(drawings, Problem):
        return [drawings]
    with beside(partial(figure_pictures, checked.sites, checked.inputs, drawings, memory)) as pictures:
        site = _open(checked, drawings, work, memory, engine=engine, address=address, announce=announce)
        if isinstance(site, list):
            return site
        languages = {code: one.language for code, one in checked.sites.items()}
        with beside(partial(make_search, site.texts, languages, memory)) as search:
            printed: dict[str, bytes] | list[Problem] = {}
            if promised:
                printed = dict.fromkeys(printed_paths(checked.inputs), b"")
            elif pdf:
                announce("printing the chapters and the book")
                printed = _print(checked, site, drawings, work, memory, address=address)
            if isinstance(printed, list):
                return sorted(printed)
            return close_site(site, printed, [pictures, search], memory, promised=promised)


def print_one(checked: Checked, work: Path, memory: Memory, path: str) -> bytes | list[Problem]:
    """Print one PDF of a documentary without a problem, by its path in the site; the rest as `assemble`."""
    drawings = _draw(checked, work, memory, _silent)
    if isinstance(drawings, Problem):
        return [drawings]
    site = _open(checked, drawings, work, memory, engine="mkdocs", address="", announce=_silent)
    if isinstance(site, list):
        return site
    printed = _print(checked, site, drawings, work, memory, address="", only=path)
    return sorted(printed) if isinstance(printed, list) else printed[path]


def _open(
    checked: Checked,
    drawings: Drawings,
    work: Path,
    memory: Memory,
    *,
    engine: str,
    address: str,
    announce: Announce,
) -> OpenSite | list[Problem]:
    """Let the engine make every page, and mend them all."""
    inputs = checked.inputs
    address = address or inputs.documentary.address
    announce("building the pages of every language")
    raw = raw_pages(projects_of(checked), work, engine, epoch_of(inputs), memory)
    if isinstance(raw, list):
        return raw
    announce("finishing and checking the site")
    shared = share_pictures(checked.sites, inputs, drawings, memory)
    raw = with_figure_pages(raw, inputs.documentary, checked.sites, address)
    built = {code: pages | shared[code] for code, pages in raw.items()}
    return open_site(built, inputs, checked.sites, drawings, address, memory)


def _print(
    checked: Checked,
    site: OpenSite,
    drawings: Drawings,
    work: Path,
    memory: Memory,
    *,
    address: str,
    only: str = "",
) -> dict[str, bytes] | list[Problem]:
    """Print the pages of an open site, before they are completed."""
    return print_all(
        checked.inputs,
        checked.sites,
        {page.where: page for page in site.pages},
        drawings,
        shown=next(iter(site.contexts.values())).shown,
        address=address or checked.inputs.documentary.address,
        work=work / "print",
        memory=memory,
        only=only,
    )


def _draw(checked: Checked, work: Path, memory: Memory, announce: Announce) -> Drawings | Problem:
    """Draw every figure; one that cannot be drawn as it is, is a problem of its settings."""
    announce("drawing the figures")
    try:
        figures = {code: site.drawn for code, site in checked.sites.items()}
        return draw_figures(figures, checked.inputs, work, memory)
    except DrawingError as error:
        figure = checked.inputs.documentary.figures.get(figure_of(error.figure))
        if figure is None:
            raise
        location = figure.location
        return Problem(location, "bad-figure", str(error))


def _publish(checked: Checked, tree: Mapping[str, bytes], root: Path) -> Built:
    """Put the finished site in its place."""
    fresh = root / "build" / "site.new"
    write_tree(tree, fresh)
    publish(fresh, root / "site")
    ledger = checked.inputs.ledger
    pages = sum(path.endswith(".html") for path in tree)
    figures = sum(len(site.figures) for site in checked.sites.values())
    size = sum(len(data) for data in tree.values())
    return Built(pages, figures, len(ledger.claims), len(ledger.events), len(ledger.sources), bytes=size)


def projects_of(checked: Checked) -> dict[str, dict[str, bytes]]:
    """Return the MkDocs project of each language, as a tree."""
    files = checked.inputs.files
    base = checked.inputs.engine.keys
    overrides = {
        path.removeprefix("overrides/"): raw
        for path, raw in files.items()
        if path.startswith("overrides/") and path.endswith(".html")
    }
    return {code: make_project(checked.inputs, site, base, overrides) for code, site in checked.sites.items()}


def epoch_of(inputs: Inputs) -> str:
    """Return the date of the data in seconds, which stands for the clock of a build."""
    date = dt.date.fromisoformat(inputs.documentary.dated)
    return str(int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp()))


def _silent(_: str) -> None:
    """Say nothing."""
