"""The settings file of a documentary goes in; what makes this documentary this one comes out."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.problems import Location, Problem

#: What a theatre is: south, west, north, east in decimal degrees.
Theatre = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spec:
    """What the settings ask for: one figure, its kind, and the options of that kind."""

    id: str
    kind: str
    title: Mapping[str, str]
    caption: Mapping[str, str]
    options: Mapping[str, object]
    location: Location


@dataclass(frozen=True, slots=True)
class PageSettings:
    """One page of the site: its path without ending, and the generated kind, if it is not prose.

    `group` is the heading of the navigation it stands under, by language; empty for none.
    """

    path: str
    kind: str
    group: Mapping[str, str]
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stepper:
    """A figure to be walked through: what its steps have in common, and the figures they are, in order."""

    id: str
    title: Mapping[str, str]
    caption: Mapping[str, str]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Documentary:
    """Title, languages, pages and figures of one documentary.

    `address` is where its site stands, with a final slash; "" where that is not settled. `changes`
    are what a reader is told of the data: a date, and words in every language.
    """

    file: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    languages: Mapping[str, str]
    theatre: Theatre
    dated: str
    chapters: tuple[PageSettings, ...]
    figures: Mapping[str, Spec]
    steppers: Mapping[str, Stepper]
    licence: Mapping[str, str]
    repository: str
    authors: Mapping[str, str]
    address: str
    changes: tuple[tuple[str, Mapping[str, str]], ...]


def read_documentary(file: str, raw: bytes) -> Documentary | Problem:
    """Read `documentary.toml`. A missing or misshapen setting is a problem that names it."""
    try:
        settings = tomllib.loads(raw.decode("utf-8"))
        return _documentary(file, settings, raw.decode("utf-8").splitlines())
    except tomllib.TOMLDecodeError as error:
        return Problem(Location(file), "bad-package", str(error), hint="see toml.io for the form")
    except KeyError as error:
        return Problem(Location(file), "bad-package", f"the setting {error} is missing")
    except (TypeError, ValueError, AttributeError) as error:
        return Problem(Location(file), "bad-package", str(error))


def _documentary(file: str, settings: Mapping[str, Any], lines: list[str]) -> Documentary:
    south, west, north, east = (float(x) for x in settings["theatre"])
    figures: list[Spec] = []
    steppers: dict[str, Stepper] = {}
    for about in settings.get("figure", []):
        if "walk" in about:
            parts = [_figure(file, one, lines) for one in _steps(about)]
            names = tuple(part.id for part in parts)
            steppers[about["id"]] = Stepper(about["id"], about["title"], about.get("caption", {}), names)
            figures += parts
        else:
            figures.append(_figure(file, about, lines))
    return Documentary(
        file=file,
        title=settings["title"],
        about=settings["about"],
        languages=settings["languages"],
        theatre=(south, west, north, east),
        dated=str(settings["dated"]),
        chapters=tuple(_chapter(about) for about in settings["page"]),
        figures={figure.id: figure for figure in figures},
        steppers=steppers,
        licence=settings["licence"],
        repository=settings.get("repository", ""),
        authors=settings["authors"],
        address=root_address(str(settings.get("address", ""))),
        changes=tuple(_change(about) for about in settings.get("change", [])),
    )


def root_address(text: str) -> str:
    """Return an absolute address with one final slash; "" for none."""
    return f"{text.rstrip('/')}/" if text else ""


def _change(about: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    date, text = str(dt.date.fromisoformat(str(about["date"]))), about["text"]
    return date, {code: str(said) for code, said in text.items()}


def check_changes(documentary: Documentary) -> Iterator[Problem]:
    """The date of the data has its entry among the changes that the feeds tell, in every language."""
    location = Location(documentary.file)
    if documentary.dated not in {date for date, _ in documentary.changes}:
        hint = "add a [[change]] with that date, or set `dated` back"
        said = f"nothing is said of the data of {documentary.dated}"
        yield Problem(location, "no-change-note", said, hint)
    for date, text in documentary.changes:
        for code in documentary.languages:
            if not text.get(code):
                yield Problem(location, "one-language", f"the change of {date} has no text in {code}")


def _chapter(about: Mapping[str, Any]) -> PageSettings:
    known = ("path", "kind", "group")
    options = {key: value for key, value in about.items() if key not in known}
    return PageSettings(about["path"], about.get("kind", "prose"), about.get("group", {}), options)


def _steps(about: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a figure for each step: what all have in common, and what is the step's own."""
    common = {key: value for key, value in about.items() if key not in {"walk", "caption"}}
    found = []
    for number, step in enumerate(about["walk"], 1):
        if not step.get("title"):
            raise ValueError(f'figure "{about["id"]}": step {number} has no title')
        found.append({**common, **step, "id": f"{about['id']}-{number}", "part_of": about["id"]})
    return found


def _figure(file: str, about: Mapping[str, Any], lines: list[str]) -> Spec:
    known = ("id", "kind", "title", "caption", "part_of")
    options = {key: value for key, value in about.items() if key not in known}
    wanted = f'id = "{about.get("part_of", about["id"])}"'
    line = next((n for n, text in enumerate(lines, 1) if text.strip() == wanted), 1)
    caption = about.get("caption", {})
    return Spec(about["id"], about["kind"], about["title"], caption, options, Location(file, line))
