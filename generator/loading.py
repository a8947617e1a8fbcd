"""The folder of a documentary goes in; its settings, ledger and prose come out, or all their problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.ledger.csl import read_sources
from generator.ledger.geography import Layer, check_layers, read_layer
from generator.ledger.model import Ledger
from generator.ledger.package import read_package
from generator.ledger.records import make_ledger
from generator.ledger.roles import ENTITIES, LINKED, Role
from generator.ledger.schema import Package, TypedRow, check_references, type_row
from generator.ledger.sources import Source
from generator.ledger.tables import read_rows
from generator.output.build_key import digest
from generator.output.read import read_inputs
from generator.problems import Location, Problem, did_you_mean
from generator.settings import (
    FIGURE_PAGES,
    Documentary,
    EngineSettings,
    EventsOptions,
    PageKind,
    read_documentary,
    read_engine,
)
from generator.translation.record import Record, read_record
from generator.typed import decode

_T = TypeVar("_T")

#: Where the fingerprints of source texts stand, whose sentences no page may repeat.
SHINGLES = "data/source-texts.shingles"
SETTINGS, PACKAGE, ENGINE = "data/documentary.toml", "data/datapackage.json", "mkdocs.yml"
SOURCES = "data/sources.json"
#: The files that say how all others are read.
_FRAME = (SETTINGS, PACKAGE, ENGINE)


#: The roles of the tables that each kind of generated page shows.
_ROLES_OF: Mapping[PageKind, tuple[Role, ...]] = {
    PageKind.CLAIMS: (Role.CLAIMS,),
    PageKind.ENTITIES: ENTITIES,
    PageKind.EVENTS: (Role.EVENTS,),
    PageKind.MEDIA: (Role.MEDIA,),
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a documentary is made of, read and frozen.

    `prose` holds the text of each page by language and path (without ending); `extra` the bytes
    of styles, scripts and other files that every language shares, by path under `docs/`; `engine` what
    `mkdocs.yml` says; `translations` what is recorded of them, if anything is; `files` the bytes of every
    file, by its path in the folder of the documentary; `rows` those of which the ledger was made, by table.
    """

    files: Mapping[str, bytes]
    documentary: Documentary
    package: Package
    ledger: Ledger
    prose: Mapping[str, Mapping[str, str]]
    extra: Mapping[str, bytes]
    engine: EngineSettings
    shingles: frozenset[bytes]
    translations: Record | None = None
    rows: Mapping[str, Sequence[TypedRow]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def data(self) -> str:
        """The digest of every file but those below `docs/`: ledger, settings, templates."""
        return digest({path: raw for path, raw in self.files.items() if not path.startswith("docs/")})


def load(root: Path) -> Inputs | list[Problem]:
    """Read the documentary in *root*. What cannot be read or typed is a problem, all at once."""
    return load_files(read_inputs(root))


def load_prose(files: Mapping[str, bytes], before: Inputs) -> Inputs | list[Problem]:
    """Read the documentary in *files*, of which only those below `docs/` are others than *before*."""
    problems: list[Problem] = []
    prose = {code: _prose(files, f"docs/{code}/", problems) for code in before.documentary.languages}
    translations, mistakes = read_record(files)
    problems += mistakes
    return problems or replace(
        before, files=files, prose=prose, extra=_extra(files), translations=translations
    )


def load_files(files: Mapping[str, bytes], before: Inputs | None = None) -> Inputs | list[Problem]:
    """Read the documentary in these files, by path. What cannot be typed is a problem, all at once.

    Of *before*, what was read last, stays what is as it was: a table, the bibliography, the settings.
    """
    if before is not None and any(files.get(path) != before.files.get(path) for path in _FRAME):
        before = None
    documentary = before.documentary if before else _one(files, SETTINGS, read_documentary)
    languages = () if isinstance(documentary, list) else tuple(documentary.languages)
    package = before.package if before else _one(files, PACKAGE, partial(read_package, languages=languages))
    if isinstance(package, list) or isinstance(documentary, list):
        return [p for outcome in (package, documentary) if isinstance(outcome, list) for p in outcome]
    rows, spoilt, problems = _typed_rows(files, package, before)
    engine = before.engine if before else _one(files, ENGINE, read_engine)
    problems += engine if isinstance(engine, list) else []
    problems += _check_pages(documentary, package, rows, files)
    sources, spoilt["sources"] = _sources(files, languages, before, problems)
    problems.extend(check_references(rows, package.tables, sources, spoilt))
    prose = {code: _prose(files, f"docs/{code}/", problems) for code in languages}
    layers = _layers(files, languages, problems)
    translations, mistakes = read_record(files)
    problems += mistakes
    known = {*sources, *spoilt.get("sources", ())}
    problems.extend(() if "*" in known else check_layers(layers.values(), known))
    if problems or isinstance(engine, list):
        return problems
    ledger = make_ledger(package.tables, rows, sources, languages, layers)
    return Inputs(
        files=files,
        documentary=documentary,
        package=package,
        ledger=ledger,
        prose=prose,
        extra=_extra(files),
        engine=engine,
        shingles=frozenset(files.get(SHINGLES, b"").split()),
        translations=translations,
        rows=rows,
    )


def _one(
    files: Mapping[str, bytes], file: str, read: Callable[[str, bytes], _T | list[Problem]]
) -> _T | list[Problem]:
    if file not in files:
        return [Problem(Location(file), "missing-file", "there is no such file")]
    return read(file, files[file])


def _check_pages(
    documentary: Documentary,
    package: Package,
    rows: Mapping[str, Sequence[TypedRow]],
    files: Mapping[str, bytes],
) -> Iterator[Problem]:
    """A page shows a table of its kind, and every table whose rows can be linked to has a page."""
    kinds = {table.name: table.role for table in package.tables}
    for page in documentary.chapters:
        wanted = _ROLES_OF.get(page.kind, ())
        # A page of some events only shows a part of the table, which another shows whole.
        part = isinstance(page.options, EventsOptions) and page.options.phases
        if wanted and not part and kinds.get(page.table) not in wanted:
            fitting = [name for name, role in kinds.items() if role in wanted]
            message = f'page "{page.path}": there is no table of {page.kind} called "{page.table}"'
            hint = did_you_mean(page.table, fitting, f"those there are: {', '.join(fitting) or 'none'}")
            yield Problem(page.location, "bad-settings", message, hint)
    figures = documentary.figures if documentary.gallery else {}
    for page in documentary.chapters:
        folder, _, name = page.path.rpartition("/")
        if folder == FIGURE_PAGES and name in figures:
            message = f'"{page.path}" is the page of the figure "{name}"'
            yield Problem(page.location, "bad-settings", message, "give the page or the figure another name")
    shown = {page.table for page in documentary.chapters}
    needed: list[tuple[str, Role | None]]
    needed = [(name, role) for name, role in kinds.items() if role in LINKED and rows[name]]
    if files.get(SOURCES, b"").strip() not in {b"", b"[]"}:
        needed.append(("sources", None))
    for name, role in needed:
        if name not in shown:
            kind = PageKind.CLAIMS if role is Role.CLAIMS else PageKind.ENTITIES
            form = f'kind = "{name}"' if name in set(PageKind) else f'kind = "{kind}", table = "{name}"'
            message, hint = f"no page shows the table {name}", f"add a [[page]] with {form}"
            yield Problem(documentary.locate(("page",)), "missing-page", message, hint)


def _typed_rows(
    files: Mapping[str, bytes], package: Package, before: Inputs | None
) -> tuple[dict[str, Sequence[TypedRow]], dict[str, set[str]], list[Problem]]:
    """Return the good rows by table, the ids of the bad ones ("*" for a whole table), and why.

    A row that names a bad row is not a second problem. The rows of a file that is as it was *before* are
    those of then: none of these was bad.
    """
    rows: dict[str, Sequence[TypedRow]] = {}
    spoilt: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for table in package.tables:
        good: list[TypedRow] = []
        rows[table.name] = good
        file = f"data/{table.path}"
        if file not in files:
            problems.append(Problem(Location(file), "missing-file", "the data package names this file"))
            spoilt.setdefault(table.name, set()).add("*")
            continue
        if before and files[file] == before.files.get(file):
            rows[table.name] = before.rows[table.name]
            continue
        for row in read_rows(file, files[file], table.columns):
            typed = row if isinstance(row, Problem) else type_row(row, table)
            if isinstance(typed, Problem):
                problems.append(typed)
                spoilt.setdefault(table.name, set()).add("*")
            elif isinstance(typed, list) and not isinstance(row, Problem):
                problems.extend(typed)
                spoilt.setdefault(table.name, set()).add(row.cells.get("id", "*"))
            elif isinstance(typed, TypedRow):
                good.append(typed)
    return rows, spoilt, problems


def _sources(
    files: Mapping[str, bytes], languages: Sequence[str], before: Inputs | None, problems: list[Problem]
) -> tuple[Mapping[str, Source], set[str]]:
    """Return the good sources by id, and ids of bad ones; those of *before* if the file is as it was."""
    if before and files.get(SOURCES) == before.files.get(SOURCES):
        return before.ledger.sources, set()
    bibliography = read_sources(files.get(SOURCES), languages)
    problems += bibliography.problems
    return bibliography.sources, bibliography.spoilt


def _prose(files: Mapping[str, bytes], folder: str, problems: list[Problem]) -> dict[str, str]:
    pages: dict[str, str] = {}
    for file, raw in files.items():
        if not (file.startswith(folder) and file.endswith(".md")):
            continue
        text = decode(file, raw)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            pages[file.removeprefix(folder).removesuffix(".md")] = text.replace("\r\n", "\n")
    return pages


def _layers(
    files: Mapping[str, bytes], languages: Sequence[str], problems: list[Problem]
) -> dict[str, Layer]:
    layers: dict[str, Layer] = {}
    for file, raw in files.items():
        if not re.fullmatch(r"data/geo/[^/]+\.(?:geo)?json", file, re.IGNORECASE):
            continue
        layer = read_layer(file, raw, languages)
        if isinstance(layer, list):
            problems += layer
        elif layer.id in layers:
            message = f'the layer "{layer.id}" stands in {layers[layer.id].file} already'
            problems.append(
                Problem(Location(file), "duplicate-id", message, "give one of the two another name")
            )
        else:
            layers[layer.id] = layer
    return layers


def _extra(files: Mapping[str, bytes]) -> dict[str, bytes]:
    folders = (("docs/assets/", "docs/"), ("data/geo/", "data/"))
    return {
        file.removeprefix(base): raw
        for folder, base in folders
        for file, raw in files.items()
        if file.startswith(folder)
    }
