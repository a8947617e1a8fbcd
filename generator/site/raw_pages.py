"""The project of each language goes in; the pages that the engine makes of it come out, most from memory.

What a page becomes depends on its Markdown, on `mkdocs.yml` (navigation and titles among it) and on the
templates. A few pages that changed are rendered one by one; many, or another engine than MkDocs, mean that it
runs whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from generator.output.build_key import digest, read_below
from generator.output.memory import Memory
from generator.output.write import write_tree
from generator.problems import Problem
from generator.site.engine import build_all, output
from generator.site.warm_engine import open_project

#: The files of a project by path, of each language.
Projects = Mapping[str, Mapping[str, bytes]]
#: From how many changed pages of a language on a whole run of the engine is quicker.
MANY: Final = 20


def raw_pages(
    projects: Projects, work: Path, engine: str, epoch: str, memory: Memory
) -> dict[str, dict[str, bytes]] | list[Problem]:
    """Return what the engine makes of each project, by language and path, or what it complains about.

    Args:
        projects: the files of the project of each language.
        work: the folder in which they are written, and in which the engine works.
        engine: a key of `ENGINES`.
        epoch: the date of the data in seconds.
        memory: keeps each page from one build to the next.
    """
    for code, tree in projects.items():
        write_tree(tree, work / code)
    if engine != "mkdocs":
        return _whole(list(projects), work, engine, epoch)
    built: dict[str, dict[str, bytes]] = {}
    wanting: dict[str, list[str]] = {}
    parts = {code: parts_of_pages(tree, epoch) for code, tree in projects.items()}
    for code, tree in projects.items():
        kept_pages = {path: memory.find(_slot(code, path), made_of) for path, made_of in parts[code].items()}
        wanting[code] = [path for path, kept in kept_pages.items() if kept is None]
        pages = {f"{path}.html": kept for path, kept in kept_pages.items() if kept is not None}
        built[code] = {**pages, **files_beside(tree)}
    fresh = _rendered(wanting, work, engine, epoch)
    if isinstance(fresh, list):
        return fresh
    for code, paths in wanting.items():
        for path in paths:
            html = built[code][f"{path}.html"] = fresh[code][f"{path}.html"]
            memory.keep(_slot(code, path), parts[code][path], html)
    # In one order, whether they were found or made: what is numbered later depends on it.
    return {code: dict(sorted(files.items())) for code, files in built.items()}


def _rendered(
    wanting: Mapping[str, list[str]], work: Path, engine: str, epoch: str
) -> dict[str, dict[str, bytes]] | list[Problem]:
    """Make the pages that are wanting in each language."""
    fresh = _whole([code for code, paths in wanting.items() if len(paths) >= MANY], work, engine, epoch)
    if isinstance(fresh, list):
        return fresh
    problems: list[Problem] = []
    for code, paths in wanting.items():
        if paths and code not in fresh:
            fresh[code], complaints = open_project(work / code, code, epoch).render(paths)
            problems += complaints
    return sorted(problems) or fresh


def _whole(
    codes: list[str], work: Path, engine: str, epoch: str
) -> dict[str, dict[str, bytes]] | list[Problem]:
    """Run the engine on whole projects, side by side."""
    folders = {code: work / code for code in codes}
    targets = {code: output(engine, work / code, work / f"{code}.html") for code in codes}
    complaints = build_all(folders, targets, engine, epoch)
    return sorted(complaints) or {code: dict(sorted(read_below(t).items())) for code, t in targets.items()}


def pages_of(tree: Mapping[str, bytes]) -> list[str]:
    """Name the pages of a project, without ending."""
    return [path[len("docs/") : -len(".md")] for path in tree if path.endswith(".md")]


def parts_of_pages(tree: Mapping[str, bytes], epoch: str) -> dict[str, dict[str, bytes | str]]:
    """Return what each page of a project is made from; a template of a documentary may print the date."""
    frame = digest({name: raw for name, raw in tree.items() if not name.startswith("docs/")})
    common: dict[str, bytes | str] = {"mkdocs.yml and templates": frame, "the date": epoch}
    return {path: {(page := f"docs/{path}.md"): tree[page], **common} for path in pages_of(tree)}


def files_beside(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that the engine hands on as they are."""
    named = ((path.removeprefix("docs/"), raw) for path, raw in tree.items() if path.startswith("docs/"))
    return {path: raw for path, raw in named if not path.endswith(".md")}


def _slot(code: str, path: str) -> str:
    return f"page {code}/{path}"
