"""A page of days goes in; what its template prints of each day comes out, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from generator.language import Language
from generator.language.naming import side_name, word
from generator.language.places import path_text
from generator.ledger import edtf
from generator.ledger.days import LAST_KNOWN_FOR, Day, last_known, runs_of
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Claim, Entity, Event, Ledger
from generator.ledger.positions import at, steps_of
from generator.pages.days import DaysPage, Telling, Tellings, date_text


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers to one question that count a day: its title, and the claims."""

    topic: str
    title: str
    claims: tuple[Claim, ...]

    @property
    def differ(self) -> bool:
        """Whether the claims count more or less widely, so that each has to say what it counts."""
        return len({claim.scope for claim in self.claims}) > 1


def days_data(page: DaysPage, ledger: Ledger, language: Language, tellings: Tellings) -> dict[str, Any]:
    """Return what the template of a page of days reads."""
    runs = list(runs_of(page.days))
    return {
        "options": page.options,
        "runs": runs,
        "rail": _rail(page, language),
        "figure_id": page.figure_id,
        "heading": lambda day: date_text(day.date, language),
        "day_text": lambda date: date_text(date, language),
        "span": lambda run: _span(run, language),
        "side": lambda entity: side_name(ledger, language, entity.side),
        "kind": lambda entity: word(ledger, language, entity.kind),
        "way": lambda entity: _way(entity, ledger, language),
        "tables": lambda claims: _tables(claims, ledger, language),
        "hour": lambda event: _hour(event, language),
        "dated": lambda title, date: _dated(title, date, page, language),
        "parts": lambda day: _parts(day, ledger, language),
        "last_known": lambda day: last_known(day, page.days, ledger),
        "has_last": any(last_known(day, page.days, ledger) for day in page.days),
        "last_known_for": language.number(LAST_KNOWN_FOR),
        "sections": lambda day: _sections(day, tellings),
        "lacking": lambda day: _lacking(day, language),
        "phases": ledger.words,
        "julian": any(map(_is_julian, page.days)),
        # As the language writes it between a name and what is said of it.
        "colon": language.say("{name}: {figure}", name="", figure=""),
    }


def _is_julian(day: Day) -> bool:
    """Tell whether anything said of a day is dated in the Julian calendar, so that the page names its own."""
    moved = (one.cells.get("date") for one in (*day.movements, *day.unplaced))
    happened = (event.date for event in (*day.events, *day.around, *day.weather))
    counted = (claim.date for claim in (*day.claims, *day.counted))
    return any(isinstance(date, HistoricDate) and date.is_julian for date in (*moved, *happened, *counted))


def _rail(page: DaysPage, language: Language) -> list[tuple[str, str, list[Day]]]:
    """Return the days by month, each month with its name, and with one that is no wider than a day."""
    months: dict[tuple[int, int], list[Day]] = {}
    for day in page.days:
        months.setdefault((day.date.year, day.date.month), []).append(day)
    name, short = ("LLLL", "LLL") if page.year else ("LLLL y", "LLL y")

    def written(days: Sequence[Day], form: str) -> str:
        return format_date(days[0].date, form, locale=language.locale)

    return [(written(days, name), written(days, short), days) for days in months.values()]


def _span(run: Sequence[Day], language: Language) -> str:
    """Write the time from the first of some days to the last."""
    first, last = run[0].ident, run[-1].ident
    return language.date(edtf.parse(first if first == last else f"{first}/{last}"))


def _way(entity: Entity, ledger: Ledger, language: Language) -> str:
    """Say where a movement leads or what holds, and to within how many kilometres that is known."""
    path = str(entity.cells["path"])
    points = [point for step in steps_of(path) if (point := at(step, ledger))]
    near = Decimal(f"{max((point.precision_km for point in points), default=0):g}")
    way = path_text(path, ledger, language)
    within = language.say("to within {n} km", n=language.number(near)) if near else ""
    return language.typeset(", ".join(part for part in (way, within) if part))


def _hour(event: Event, language: Language) -> str:
    """Write the hour of an event, "" where it has none or its title says it."""
    hours = [language.clock(hour) for hour in event.time.split("/") if hour]
    said = all(_says(language.text(event.title), hour) for hour in hours)
    return "" if said else language.clock(event.time)


def _dated(title: str, date: HistoricDate, page: DaysPage, language: Language) -> str:
    """Write the date of a count, "" where its question says it, with the year or without."""
    said = any(_says(title, language.date(date, year=year)) for year in (page.year, ""))
    return "" if said else language.date(date, bracketed=True)


def _says(title: str, words: str) -> bool:
    """Tell whether a title says a date or an hour in these words, whatever its spaces; 17 h is not 7 h."""
    plain, wanted = (" ".join(text.split()) for text in (title, words))
    return bool(re.search(rf"(?<!\d){re.escape(wanted)}(?! ?\d)", plain))


def _parts(day: Day, ledger: Ledger, language: Language) -> list[tuple[str, str]]:
    """Return the tables that count on a day, each with its title."""
    named = dict.fromkeys(claim.table for claim in (*day.claims, *day.counted))
    titles = {table.name: language.text(table.titles) for table in ledger.tables}
    return [(name, titles[name]) for name in named]


def _tables(
    claims: Iterable[Claim], ledger: Ledger, language: Language
) -> list[tuple[str, str, list[Counted]]]:
    """Return claims by the table they stand in, with its title, and by the question they answer.

    The parts of a total that is there are left to its row.
    """
    by_table: dict[str, dict[str, list[Claim]]] = {}
    shown = list(claims)
    totals = {claim.id for claim in shown}
    for claim in (claim for claim in shown if claim.part_of not in totals):
        by_table.setdefault(claim.table, {}).setdefault(claim.topic, []).append(claim)
    titles: Mapping[str, str] = {table.name: language.text(table.titles) for table in ledger.tables}
    return [
        (
            name,
            titles[name],
            [
                Counted(t, language.text(ledger.topics[t].title), tuple(topic_claims))
                for t, topic_claims in topics.items()
            ],
        )
        for name, topics in by_table.items()
    ]


def _sections(day: Day, tellings: Tellings) -> list[Telling]:
    """Return the sections of prose that tell of a day, each once, in the order of its events."""
    told = (one for event in (*day.events, *day.weather) for one in tellings.get(event.id, ()))
    return list({(one.path, one.section): one for one in told}.values())


def _lacking(day: Day, language: Language) -> str:
    """Say what the ledger does not record of a day; "" where it records something of each kind."""
    if not day.events and not (day.claims or day.counted):
        return language.say("No event and no count is recorded for this day.")
    if not day.events:
        return language.say("No event is recorded for this day.")
    if not (day.claims or day.counted):
        return language.say("No count is recorded for this day.")
    return ""
