"""The pages of days go in; the drawing of each day, and what chapters and templates say of days, come out."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.figures import Figure
from generator.figures.canvas import Canvas
from generator.figures.map.overlay import draw_overlay
from generator.language import Language
from generator.ledger import edtf
from generator.ledger.days import Day, LastKnown, days_of, last_known, with_phases
from generator.ledger.model import Entity, Event
from generator.ledger.roles import Role
from generator.loading import Inputs
from generator.problems import Problem, did_you_mean
from generator.prose.links import relative
from generator.settings import DaysOptions, Documentary, PageSettings

#: The most days of a page: each has its place on the rail.
MOST = 400


@dataclass(frozen=True, slots=True)
class Telling:
    """A section of a page of prose that tells of an event: where it is, without ending, and its titles."""

    event: str
    path: str
    section: str
    page_title: str
    section_title: str


#: The sections that tell of each event, by its id.
Tellings = Mapping[str, Sequence[Telling]]


def tellings_of(told: Iterable[Iterable[Telling]]) -> Tellings:
    """Return which sections tell of each event, from what each page tells, in the order of the pages."""
    found: dict[str, list[Telling]] = {}
    for one in (telling for tellings in told for telling in tellings):
        found.setdefault(one.event, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class DaysPage:
    """A page of days: its settings, and what the ledger says of each of its days."""

    settings: PageSettings
    options: DaysOptions
    days: tuple[Day, ...]

    @property
    def year(self) -> str:
        """The year that goes without saying among these days, "" where they lie in several."""
        first, last = self.options.start.year, self.options.end.year
        return str(first) if first == last else ""

    def figure_id(self, day: Day) -> str:
        """Return the id of the drawing of a day, "" where there is none."""
        drawn = self.options.map and day.movements
        return f"{self.options.path.replace('/', '-')}-{day.ident}" if drawn else ""

    @property
    def moving(self) -> tuple[str, ...]:
        """The ids of all that moves or stands on any of its days, each once."""
        return tuple(dict.fromkeys(entity.id for day in self.days for entity in day.movements))

    @property
    def day_of(self) -> Mapping[str, str]:
        """The address on the page of the day on which each event begins, by the event's id."""
        first: dict[str, str] = {}
        for day in self.days:
            for event in (*day.events, *day.weather):
                first.setdefault(event.id, day.ident)
        return first


def pages_of_days(inputs: Inputs) -> tuple[DaysPage, ...]:
    """Return the pages of days, with what the ledger says of each day; one that is wrong has no days."""
    chapters = inputs.documentary.chapters
    with_days = [(page, page.options) for page in chapters if isinstance(page.options, DaysOptions)]
    return tuple(DaysPage(page, options, _days(inputs, page, options)) for page, options in with_days)


def _days(inputs: Inputs, page: PageSettings, options: DaysOptions) -> tuple[Day, ...]:
    if any(_check_page(inputs, page, options)):
        return ()
    days = days_of(inputs.ledger, options.start, options.end, tables=options.tables, weather=options.weather)
    return with_phases(days, inputs.ledger.words)


def check_days(inputs: Inputs) -> Iterator[Problem]:
    """A page of days has a first and a last day, a map that is there, and events that are there."""
    for page in inputs.documentary.chapters:
        if isinstance(page.options, DaysOptions):
            yield from _check_page(inputs, page, page.options)


def _check_page(inputs: Inputs, page: PageSettings, options: DaysOptions) -> Iterator[Problem]:
    def problem(message: str, hint: str) -> Problem:
        return Problem(page.location, "bad-settings", f'page "{page.path}": {message}', hint)

    long = (options.end - options.start).days + 1
    if long < 1:
        yield problem(f"its last day, {options.end}, is before its first, {options.start}", "turn them round")
    if long > MOST:
        yield problem(f"it has {long} days", f"a page holds at most {MOST}: choose a shorter time")
    maps = [ident for ident, spec in inputs.documentary.figures.items() if spec.kind == "map"]
    if options.map and options.map not in maps:
        hint = did_you_mean(options.map, maps, f"write one of {', '.join(maps)}")
        yield problem(f'there is no map "{options.map}"', hint)
    elif options.map and inputs.documentary.figures[options.map].options.get("movements"):
        hint = "name a map without movements: each day has its own"
        yield problem(f'movements are drawn on the map "{options.map}" already', hint)
    claims = [table.name for table in inputs.package.tables if table.role is Role.CLAIMS]
    for table in options.tables:
        if table not in claims:
            hint = did_you_mean(table, claims, f"write some of {', '.join(claims)}")
            yield problem(f'there is no table of claims "{table}"', hint)
    for ident in options.weather:
        if ident not in inputs.ledger.events:
            yield problem(f'there is no event "{ident}"', did_you_mean(ident, inputs.ledger.events))


def layers_of_days(pages: Iterable[DaysPage], inputs: Inputs, language: Language) -> dict[str, Figure]:
    """Make the drawing of each day on which something moves or stands, to lie over the map of its page."""
    layers: dict[str, Figure] = {}
    for page in pages:
        spec = inputs.documentary.figures.get(page.options.map)
        for day in page.days if spec else ():
            ident = page.figure_id(day)
            if spec is None or not ident:
                continue
            title = language.say("{date}: who stood where", date=date_text(day.date, language))
            day_spec = replace(spec, id=ident, title={language.code: title}, caption={})
            canvas = Canvas(day_spec, inputs.ledger, language, passing=page.moving)
            last = [
                _named(one, language, page.year)
                for one in last_known(day, page.days, inputs.ledger)
                if one.is_recent
            ]
            figure = draw_overlay(canvas, [one.id for one in day.movements], last)
            # What is wrong with the map is said where it is drawn itself.
            layers |= {} if isinstance(figure, list) else {ident: figure}
    return layers


def _named(last: LastKnown, language: Language, year: str) -> Entity:
    """Return the last position of a unit under the name of the unit, with its day, which no line parts."""
    date = date_text(last.date, language, year).replace(" ", "\N{NO-BREAK SPACE}")
    name = language.say("{unit} (on {date})", unit=language.text(last.unit.name), date=date)
    return replace(last.movement, name={language.code: name})


def passing_over(pages: Iterable[DaysPage]) -> dict[str, tuple[str, ...]]:
    """Return all that is ever drawn over the map of each page of days, by the id of the map."""
    return {page.options.map: page.moving for page in pages if page.options.map}


def grounds_of(pages: Iterable[DaysPage]) -> dict[str, str]:
    """Return the figure over which each drawing of a day lies, by the ids of both."""
    drawn = ((page.figure_id(day), page.options.map) for page in pages for day in page.days)
    return {ident: ground for ident, ground in drawn if ident}


def date_text(day: dt.date, language: Language, year: str = "") -> str:
    """Write a day in words; *year* is the one that goes without saying."""
    return language.date(edtf.parse(day.isoformat()), year=year)


def shown_on(chapter: PageSettings, pages: Iterable[DaysPage]) -> Iterator[tuple[str, str]]:
    """Yield what a page of days draws, as the marks of a page of prose would name it."""
    for page in pages:
        if page.settings == chapter:
            idents = [page.options.map, *(page.figure_id(day) for day in page.days)]
            yield from (("figure", ident) for ident in idents if ident)


def told_events(used: Iterable[tuple[str, str]], documentary: Documentary) -> Iterator[str]:
    """Yield the events that marks name: by themselves, or as the moment of a map."""
    for kind, ident in used:
        if kind == "event":
            yield ident
        elif kind == "figure" and ident in documentary.figures:
            event = documentary.figures[ident].options.get("event")
            if isinstance(event, str):
                yield event


def days_of_chapter(events: Sequence[Event], pages: Sequence[DaysPage], language: Language, path: str) -> str:
    """Return the links from a chapter that tells of these events to their days, "" where there are none."""
    links = []
    for page in pages:
        days = page.day_of
        told = {days.get(event.id) for event in events}
        target = relative(f"{path}.html", f"{page.settings.path}.html")
        links += [
            f'<a href="{target}#{day.ident}">{html.escape(date_text(day.date, language, page.year))}</a>'
            for day in page.days
            if day.ident in told
        ]
    if not links:
        return ""
    title = html.escape(language.say("Day by day:"))
    return (
        f'\n<nav class="chapter-days no-print" data-find="no" data-print="no" aria-label="{title}">'
        f"<p>{title} {', '.join(links)}.</p></nav>\n"
    )
