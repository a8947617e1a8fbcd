"""The settings file of a documentary goes in; what makes this documentary this one comes out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.checks import Theatre
from generator.figures import Spec
from generator.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the site: its path without ending, and the generated kind, if it is not prose.

    `group` is the heading of the navigation it stands under, by language; empty for none.
    """

    path: str
    kind: str
    group: Mapping[str, str]
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Documentary:
    """Title, languages, pages and figures of one documentary."""

    file: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    languages: Mapping[str, str]
    theatre: Theatre
    dated: str
    chapters: tuple[Chapter, ...]
    figures: Mapping[str, Spec]
    licence: Mapping[str, str]
    repository: str
    author: Mapping[str, str]


def read_documentary(file: str, raw: bytes) -> Documentary | Problem:
    """Read `documentary.toml`. A missing or misshapen setting is a problem that names it."""
    try:
        settings = tomllib.loads(raw.decode("utf-8"))
        return _documentary(file, settings, raw.decode("utf-8").splitlines())
    except tomllib.TOMLDecodeError as error:
        return Problem(Place(file), "bad-package", str(error), hint="see toml.io for the form")
    except KeyError as error:
        return Problem(Place(file), "bad-package", f"the setting {error} is missing")
    except (TypeError, ValueError, AttributeError) as error:
        return Problem(Place(file), "bad-package", str(error))


def _documentary(file: str, settings: Mapping[str, Any], lines: list[str]) -> Documentary:
    south, west, north, east = (float(x) for x in settings["theatre"])
    figures = [_figure(file, about, lines) for about in settings.get("figure", [])]
    return Documentary(
        file=file,
        title=settings["title"],
        about=settings["about"],
        languages=settings["languages"],
        theatre=(south, west, north, east),
        dated=str(settings["dated"]),
        chapters=tuple(_chapter(about) for about in settings["page"]),
        figures={figure.id: figure for figure in figures},
        licence=settings["licence"],
        repository=settings.get("repository", ""),
        author=settings.get("author", {}),
    )


def _chapter(about: Mapping[str, Any]) -> Chapter:
    known = ("path", "kind", "group")
    options = {key: value for key, value in about.items() if key not in known}
    return Chapter(about["path"], about.get("kind", "prose"), about.get("group", {}), options)


def _figure(file: str, about: Mapping[str, Any], lines: list[str]) -> Spec:
    known = ("id", "kind", "title", "caption")
    options = {key: value for key, value in about.items() if key not in known}
    wanted = f'id = "{about["id"]}"'
    line = next((n for n, text in enumerate(lines, 1) if text.strip() == wanted), 1)
    caption = about.get("caption", {})
    return Spec(about["id"], about["kind"], about["title"], caption, options, Place(file, line))
