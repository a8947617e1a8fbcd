"""The bytes of the settings file go in; a documentary comes out, or a problem for each mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from generator.problems import Location, Problem, did_you_mean
from generator.settings.model import Documentary, PageSettings, Spec, Stepper, root_address
from generator.settings.shapes import (
    PAGE_OPTIONS,
    FigureHead,
    PageKind,
    ProseOptions,
    SettingsFile,
    StepHead,
)
from generator.typed import Document, Locate, inside, read_as, read_toml

T = TypeVar("T")


def read_documentary(file: str, raw: bytes) -> Documentary | list[Problem]:
    """Read `documentary.toml`; every missing, misshapen or untranslated setting is a problem."""
    document = read_toml(file, raw, "bad-settings")
    if isinstance(document, list):
        return document
    named = document.value.get("languages")
    languages = tuple(named) if isinstance(named, dict) else ()
    settings = read_as(
        SettingsFile, document.value, document.location, code="bad-settings", languages=languages
    )
    problems = list(settings) if isinstance(settings, list) else []
    pages = [*_good(problems, _pages(document, languages))]
    drawn = [*_good(problems, _figures(document, languages))]
    figures, steppers = [spec for spec, _ in drawn], [stepper for _, stepper in drawn if stepper]
    # Some disks do not tell capitals apart, and a site may lie on any.
    problems += _twice("page", ((page.path.casefold(), page.location) for page in pages))
    problems += _twice("figure", _ids(drawn))
    problems += _check_home(pages, languages)
    if isinstance(settings, list) or problems:
        return sorted(set(problems))
    return Documentary(
        file=file,
        title=settings.title,
        about=settings.about,
        languages=settings.languages,
        theatre=settings.theatre,
        dated=settings.dated.isoformat(),
        pace=settings.pace,
        memory_lanes=settings.memory_lanes,
        chapters=tuple(pages),
        figures={figure.id: figure for figure in figures},
        steppers={stepper.id: stepper for stepper in steppers},
        licence=settings.licence,
        repository=settings.repository,
        strict=settings.translations == "strict",
        authors=settings.authors,
        address=root_address(settings.address),
        changes=tuple((change.date.isoformat(), change.text) for change in settings.change),
        locate=document.location,
    )


def _good(problems: list[Problem], outcomes: Iterable[T | list[Problem]]) -> Iterator[T]:
    """Yield what could be read; add what could not to *problems*."""
    for one in outcomes:
        if isinstance(one, list):
            problems += one
        else:
            yield one


def _tables(document: Document, key: str) -> Iterator[tuple[dict[str, Any], Locate]]:
    """Yield the tables of an array, each with where its parts stand."""
    tables = document.value.get(key)
    for number, table in enumerate(tables if isinstance(tables, list) else ()):
        if isinstance(table, dict):
            yield table, inside(document.location, (key, number))


def _pages(document: Document, languages: tuple[str, ...]) -> Iterator[PageSettings | list[Problem]]:
    """Read the pages, each by its kind."""
    for table, locate in _tables(document, "page"):
        what, kind = f'page "{table.get("path", "")}"', table.get("kind", "prose")
        if not isinstance(kind, str) or kind not in set(PageKind):
            hint = did_you_mean(str(kind), PageKind, f"write one of {', '.join(PageKind)}")
            message = f'{what}: there is no kind of page "{kind}"'
            yield [Problem(locate(("kind",)), "bad-settings", message, hint)]
            continue
        shape = PAGE_OPTIONS[PageKind(kind)]
        read = read_as(shape, table, locate, code="bad-settings", what=what, languages=languages)
        if isinstance(read, list):
            yield read
        else:
            chosen = read.languages if isinstance(read, ProseOptions) else ()
            if wrong := sorted(set(chosen) - set(languages)):
                hint = did_you_mean(wrong[0], languages, f"those there are: {', '.join(languages)}")
                message = f'{what}: there is no language "{wrong[0]}"'
                yield [Problem(locate(("languages",)), "bad-settings", message, hint)]
                continue
            written = tuple(code for code in languages if code in chosen) or languages
            yield PageSettings(read.path, read.kind, read.group, read, _line(locate(("path",))), written)


#: A figure, and the figure in steps that it is the first step of.
_Drawn = tuple[Spec, Stepper | None]


def _figures(document: Document, languages: tuple[str, ...]) -> Iterator[_Drawn | list[Problem]]:
    """Read the figures; one in steps gives a figure for each step."""
    for table, locate in _tables(document, "figure"):
        what, keys = f'figure "{table.get("id", "")}"', set(FigureHead.__dataclass_fields__)
        known = {key: value for key, value in table.items() if key in keys}
        head = read_as(FigureHead, known, locate, code="bad-figure", what=what, languages=languages)
        options = {key: value for key, value in table.items() if key not in keys}
        if isinstance(head, list):
            yield head
        elif head.walk:
            yield from _steps(head, options, locate, languages)
        else:
            location = _line(locate(("id",)))
            yield (
                Spec(head.id, head.kind, head.title, head.caption, options, location, locate, languages),
                None,
            )


def _steps(
    head: FigureHead, common: dict[str, Any], locate: Locate, languages: tuple[str, ...]
) -> Iterator[_Drawn | list[Problem]]:
    """Read a figure for each step: what all have in common, and what is the step's own."""
    names = tuple(f"{head.id}-{number}" for number in range(1, len(head.walk) + 1))
    stepper = Stepper(head.id, head.title, head.caption, names)
    for number, step in enumerate(head.walk):
        there = inside(locate, ("walk", number))
        keys = set(StepHead.__dataclass_fields__)
        known = {key: value for key, value in step.items() if key in keys}
        what = f'figure "{head.id}", step {number + 1}'
        read = read_as(StepHead, known, there, code="bad-figure", what=what, languages=languages)
        if isinstance(read, list):
            yield read
            continue
        options = {**common, **{key: value for key, value in step.items() if key not in keys}}
        places = _step_places(step, there, locate)
        location = _line(there(()))
        spec = Spec(
            names[number], head.kind, read.title, read.caption, options, location, places, languages, head.id
        )
        yield spec, None if number else stepper


def _step_places(step: Mapping[str, Any], there: Locate, common: Locate) -> Locate:
    """Return what says where an option of a step stands: in the step, or in what all have in common."""
    return lambda path: there(path) if path and path[0] in step else common(path)


def _line(location: Location) -> Location:
    """Return a location without the path of a key, for what is said of a whole page or figure."""
    return Location(location.file, location.line)


def _ids(drawn: Iterable[_Drawn]) -> Iterator[tuple[str, Location]]:
    for spec, stepper in drawn:
        if stepper:
            yield stepper.id, spec.location
        yield spec.id, spec.location


def _twice(what: str, named: Iterable[tuple[str, Location]]) -> Iterator[Problem]:
    """Yield a problem for each name that stands at another line already."""
    first: dict[str, Location] = {}
    for name, location in named:
        if name in first:
            message = f'the {what} "{name}" stands at {first[name]} already'
            yield Problem(location, "duplicate-id", message, "give one of the two another name")
        first.setdefault(name, location)


def _check_home(pages: Iterable[PageSettings], languages: tuple[str, ...]) -> Iterator[Problem]:
    """The first page, to which all lead, is written in every language."""
    home = next(iter(pages), None)
    if home is not None and home.languages != languages:
        message = f'the first page, "{home.path}", is not written in every language'
        yield Problem(home.location, "bad-settings", message, "write it in all, or put another page first")


def check_changes(documentary: Documentary) -> Iterator[Problem]:
    """The date of the data has its entry among the changes that the feeds tell."""
    if documentary.dated not in {date for date, _ in documentary.changes}:
        hint = "add a [[change]] with that date, or set `dated` back"
        message = f"nothing is said of the data of {documentary.dated}"
        yield Problem(documentary.locate(("dated",)), "no-change-note", message, hint)
