"""What the settings file may hold: its keys, the options of each kind of page, and what each value is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from generator.typed import Texts, record, refused

#: The folder of the files of all figures and of their pages, in the site of a language.
FIGURE_PAGES = "figures"
#: What a theatre is: south, west, north, east in decimal degrees.
Theatre = tuple[float, float, float, float]


class PageKind(StrEnum):
    """What a page is: written by hand, or generated below what is written there."""

    PROSE = "prose"
    CLAIMS = "claims"
    ENTITIES = "entities"
    EVENTS = "events"
    SOURCES = "sources"
    CORRECTIONS = "corrections"
    QUESTIONS = "questions"
    FIGURES = "figures"
    DAYS = "days"
    MEDIA = "media"


#: What the site of a language has beside its pages, so that no page may be called so; folders of files, too.
_TAKEN = {"404", "book"}
_FOLDERS = {"assets", "cards", "cite", FIGURE_PAGES, "pdf", "search", "share"}


def _page_path(path: str) -> str:
    """A path leads down from the folder of a language, to a file whose ending is not said."""
    if path.endswith(".md"):
        raise refused(f'the path "{path}" says its ending', f'write "{path.removesuffix(".md")}"')
    if not all(part.strip(". ") for part in path.split("/")) or "\\" in path:
        raise refused(f'"{path}" is not a path below docs/<language>/', 'write "july" or "ledger/forces"')
    if signs := sorted(set(path) & set('%?#:*"<>|')):
        raise refused(f'the path "{path}" has a sign that addresses keep: {signs[0]}', "leave it out")
    if path.casefold() in _TAKEN or path.partition("/")[0].casefold() in _FOLDERS:
        raise refused(f'the site has files of its own at "{path}"', "give the page another path")
    return path


def _address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s/]+\S*", address):
        raise refused(f'"{address}" is not an address', 'write "https://…", or "" for none')
    return address


def _identifier(ident: str) -> str:
    if not re.fullmatch(r"\w[\w-]*", ident):
        raise refused(f'"{ident}" is not an id', "an id is made of letters, digits and hyphens")
    return ident


def _language(languages: dict[str, str]) -> dict[str, str]:
    if wrong := [code for code in languages if not re.fullmatch("[a-z]{2,3}", code)]:
        hint = 'write fr = "Français"'
        if re.fullmatch("[a-z]{2,3}[-_][A-Za-z0-9_-]+", wrong[0]):
            short = re.split("[-_]", wrong[0])[0]
            hint = f"columns and folders are named by it: write {short}, and say the region in its name"
        raise refused(f'"{wrong[0]}" is not the code of a language', hint)
    if silent := [code for code, name in languages.items() if not name.strip()]:
        raise refused(f'the language "{silent[0]}" has no name', "say it as its readers do")
    return languages


def _theatre(theatre: Theatre) -> Theatre:
    south, west, north, east = theatre
    if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
        hint = "south and north lie between -90 and 90, west and east between -180 and 180"
        raise refused("the corners are not south, west, north, east", hint)
    return theatre


def _among_figures(path: str) -> str:
    """The page of all figures stands in the folder of their files, and the page of each beside it."""
    folder, _, name = path.rpartition("/")
    if folder != FIGURE_PAGES:
        raise refused(f'the page of all figures stands at "{path}"', f'write "{FIGURE_PAGES}/index"')
    _page_path(name)
    return path


PagePath = Annotated[str, AfterValidator(_page_path)]
Address = Annotated[str, AfterValidator(_address)]
Identifier = Annotated[str, AfterValidator(_identifier)]


@record
class Change:
    """What a reader of the feeds is told of the data: a date, and words in every language."""

    date: dt.date
    text: Texts


@record
class SettingsFile:
    """The whole file; pages and figures are read one by one, each by its kind."""

    title: Texts
    about: Texts
    languages: Annotated[
        dict[str, str],
        Field(min_length=1, description='a name for each language, { fr = "Français" }'),
        AfterValidator(_language),
    ]
    theatre: Annotated[
        Theatre,
        Field(description="four numbers, [south, west, north, east] in decimal degrees"),
        AfterValidator(_theatre),
    ]
    dated: dt.date = Field(description="a day, YYYY-MM-DD")
    pace: float | None = Field(
        default=None, gt=0, description="the most that a unit covers in a day, in kilometres"
    )
    memory_lanes: tuple[str, ...] = Field(default=(), description="lanes of events that remember the dead")
    licence: Texts
    authors: Texts
    translations: Literal["noted", "strict"] = Field(default="noted", description="noted or strict")
    repository: Address = ""
    address: Address = ""
    page: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, description="[[page]] tables")]
    figure: Annotated[tuple[dict[str, Any], ...], Field(description="[[figure]] tables")] = ()
    change: Annotated[tuple[Change, ...], Field(description="[[change]] tables")] = ()


@record
class PageOptions:
    """What every page has: its path without ending, and the heading of the navigation it stands under."""

    path: PagePath
    kind: PageKind = PageKind.PROSE
    group: Texts = Field(default_factory=dict)


@record
class ProseOptions(PageOptions):
    """A page of prose; it may be written in some of the languages only."""

    languages: Annotated[
        tuple[str, ...], Field(description='codes of languages, ["fr"]; else all of them')
    ] = ()


@record
class ClaimsOptions(PageOptions):
    """A page of claims: those of one table."""

    table: str


@record
class EntitiesOptions(PageOptions):
    """A page of entities: those of one table, grouped by their side or by their kind."""

    table: str
    by: Literal["side", "kind"] = "kind"


@record
class EventsOptions(PageOptions):
    """A page of events: those of some phases in full, or all: in short what another page tells in full."""

    phases: Annotated[tuple[str, ...], Field(description='a list of phases, ["…"]')] = ()


@record
class SourcesOptions(PageOptions):
    """The page of sources: the titles of its groups, by the `custom.kind` of the sources in them.

    Sources of another kind, or of none, stand in a last group.
    """

    groups: Annotated[dict[str, Texts], Field(description="[page.groups.<kind>] tables")] = Field(
        default_factory=dict
    )


@record
class FiguresOptions(PageOptions):
    """The page of all figures; with it, each figure has a page of its own."""

    path: Annotated[str, AfterValidator(_among_figures)]


@record
class DaysOptions(PageOptions):
    """The page of days: the first and the last, their map, the tables that count, the events of weather."""

    start: dt.date = Field(alias="from", description="a day, YYYY-MM-DD")
    end: dt.date = Field(alias="to", description="a day, YYYY-MM-DD")
    map: str = Field(default="", description="the id of a figure of the kind map")
    tables: Annotated[tuple[str, ...], Field(description='a list of tables of claims, ["…"]')] = ()
    weather: Annotated[tuple[str, ...], Field(description='a list of events, ["…"]')] = ()


#: The options of each kind of page.
PAGE_OPTIONS: Mapping[PageKind, type[PageOptions]] = {
    PageKind.PROSE: ProseOptions,
    PageKind.CLAIMS: ClaimsOptions,
    PageKind.ENTITIES: EntitiesOptions,
    PageKind.EVENTS: EventsOptions,
    PageKind.SOURCES: SourcesOptions,
    PageKind.CORRECTIONS: PageOptions,
    PageKind.QUESTIONS: PageOptions,
    PageKind.FIGURES: FiguresOptions,
    PageKind.DAYS: DaysOptions,
    PageKind.MEDIA: PageOptions,
}


@record
class FigureHead:
    """What figures of every kind have; the rest is options of the kind."""

    id: Identifier
    kind: str = Field(description="a kind of figure")
    title: Texts
    caption: Texts = Field(default_factory=dict)
    walk: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, description="[[figure.walk]] tables")] = (
        Field(default=())
    )


@record
class StepHead:
    """What each step of a figure in steps has; the rest is options of the kind."""

    title: Texts
    caption: Texts = Field(default_factory=dict)
