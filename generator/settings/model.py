"""What makes a documentary this one, as the program is given it: pages, figures, titles, languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.problems import Location, Problem
from generator.settings.shapes import (
    ClaimsOptions,
    EntitiesOptions,
    EventsOptions,
    PageKind,
    PageOptions,
    Theatre,
)
from generator.typed import Locate, read_as

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spec:
    """What the settings ask for: one figure, its kind, and the options of that kind.

    `locate` says where a part of the options stands, `languages` in which its texts must be, `steps_of` of
    which figure it is a step, "" for none.
    """

    id: str
    kind: str
    title: Mapping[str, str]
    caption: Mapping[str, str]
    options: Mapping[str, object]
    location: Location
    locate: Locate | None = None
    languages: tuple[str, ...] = ()
    steps_of: str = ""

    @property
    def named(self) -> str:
        """How a problem names the figure: as the settings do, so that a mistake of all steps is said once."""
        return f'figure "{self.steps_of or self.id}"'

    def read(self, shape: type[T]) -> T | list[Problem]:
        """Read the options as a *shape* made by `typed.record`; every mistake in them is a problem."""
        locate = self.locate or (lambda _: self.location)
        return read_as(
            shape, self.options, locate, code="bad-figure", what=self.named, languages=self.languages
        )


@dataclass(frozen=True, slots=True)
class PageSettings:
    """One page of the site: its path without ending, its kind with the options of that kind.

    `group` is the heading of the navigation it stands under, by language; empty for none. `languages` are
    those in which it is written.
    """

    path: str
    kind: PageKind
    group: Mapping[str, str]
    options: PageOptions
    location: Location
    languages: tuple[str, ...] = ()

    def read_in(self, code: str) -> str:
        """Return the language in which the page is read: the one asked for, or the first of those it has."""
        return code if code in self.languages else self.languages[0]

    @property
    def table(self) -> str:
        """The table whose rows all stand on this page, so that links to it lead here; "" for none."""
        match self.options:
            case ClaimsOptions(table=table) | EntitiesOptions(table=table):
                return table
            case EventsOptions(phases=phases) if phases:
                return ""
        alone = {PageKind.EVENTS, PageKind.SOURCES, PageKind.CORRECTIONS, PageKind.MEDIA}
        return str(self.kind) if self.kind in alone else ""


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

    `address` is where its site stands, with a final slash; "" where that is not settled. `pace` is the
    most that a unit covers in a day, in kilometres; `None` where nobody says. In events of the
    `memory_lanes` the dead may be named. With `strict` a translation that does not follow is a problem,
    not a notice. `changes` are what a reader is told of the data: a date, and words in every language.
    `locate` says where a setting stands.
    """

    file: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    languages: Mapping[str, str]
    theatre: Theatre
    dated: str
    pace: float | None
    memory_lanes: tuple[str, ...]
    chapters: tuple[PageSettings, ...]
    figures: Mapping[str, Spec]
    steppers: Mapping[str, Stepper]
    licence: Mapping[str, str]
    repository: str
    strict: bool
    authors: Mapping[str, str]
    address: str
    changes: tuple[tuple[str, Mapping[str, str]], ...]
    locate: Locate

    @property
    def home(self) -> str:
        """The path without ending of the home page, the first: what leads to a language leads there."""
        return self.chapters[0].path

    def written_in(self, path: str) -> tuple[str, ...]:
        """Return the languages in which the page at *path*, without ending, is written: all, if not said."""
        named = (page.languages for page in self.chapters if page.path == path)
        return next(named, ()) or tuple(self.languages)

    @property
    def parts(self) -> Mapping[str, str]:
        """By phase, the path without ending of the page that alone tells its events in full."""
        return {
            phase: page.path
            for page in self.chapters
            if isinstance(page.options, EventsOptions)
            for phase in page.options.phases
        }

    @property
    def gallery(self) -> str:
        """The path without ending of the page of all figures; "" without one: figures have no pages then."""
        return next((page.path for page in self.chapters if page.kind is PageKind.FIGURES), "")


def root_address(text: str) -> str:
    """Return an absolute address with one final slash; "" for none."""
    return f"{text.rstrip('/')}/" if text else ""
