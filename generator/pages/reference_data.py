"""A ledger and the options of a generated page go in; what that page's template prints comes out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from generator.figures import Figure
from generator.language import Language
from generator.language.naming import unit_form
from generator.language.places import path_text, position_text
from generator.language.typography import fold
from generator.ledger.chronology import chronological
from generator.ledger.edtf import HistoricDate
from generator.ledger.estimates import Answers, disputed
from generator.ledger.model import Claim, Entity, Event, Ledger
from generator.ledger.schema import Cell, Table, split_ids
from generator.ledger.sources import Source
from generator.pages.backlinks import Mention, Mentions
from generator.pages.days import DaysPage, Tellings
from generator.pages.days_data import days_data
from generator.prose.inline import escape_inline
from generator.settings import (
    ClaimsOptions,
    DaysOptions,
    EntitiesOptions,
    EventsOptions,
    PageKind,
    PageOptions,
    SourcesOptions,
)

_T = TypeVar("_T")
_K = TypeVar("_K")
#: The two dates of a life, which are said together.
_LIFE = ("birth", "death")
#: From how many entries on a list has letters to jump by.
_LONG = 20
#: A column, its title in every language, and the values a reader can choose, each with its label.
Choices = tuple[str, Mapping[str, str], Sequence[tuple[str, Mapping[str, str]]]]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What generated pages are made from. `bibliography` is called by the page that needs it.

    `stands` is the page of prose on which each figure stands first, by its id.
    """

    ledger: Ledger
    language: Language
    bibliography: Callable[[], Mapping[str, str]]
    mentions: Mentions = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    stands: Mapping[str, Mention] = field(default_factory=dict)
    tellings: Tellings = field(default_factory=dict)
    days: Sequence[DaysPage] = ()


def _claims(known: Knowledge, options: ClaimsOptions) -> dict[str, Any]:
    ledger = known.ledger
    claims = [c for c in ledger.claims.values() if c.table == options.table]
    groups = [(ledger.topics[t], rows) for t, rows in _grouped(claims, lambda c: c.topic)]
    filters = [
        _choices(ledger, options.table, "side", (c.side for c in claims)),
        _choices(ledger, options.table, "nature", (c.nature for c in claims)),
    ]
    return {"claims": claims, "groups": groups, "filters": filters}


def _events(known: Knowledge, options: EventsOptions) -> dict[str, Any]:
    """Print all events, or those of some phases. Which of them stand in full elsewhere, links know."""
    ledger = known.ledger
    wanted = options.phases
    events = chronological(e for e in ledger.events.values() if not wanted or e.phase in wanted)
    order = [word for word in ledger.words if any(e.phase == word for e in events)]
    groups = [(ledger.words[p], [e for e in events if e.phase == p]) for p in order]
    filters = [
        _choices(ledger, "events", "side", (e.side for e in events)),
        _choices(ledger, "events", "lane", (e.lane for e in events)),
    ]
    return {"events": events, "groups": groups, "filters": filters}


def _choices(ledger: Ledger, table: str, key: str, present: Iterable[str]) -> Choices:
    """Return what a reader can choose from in one column: its sides or words, in their own order."""
    used = set(present)
    titles = next(f.titles for t in ledger.tables if t.name == table for f in t.fields if f.name == key)
    if key == "side":
        sides = sorted(ledger.sides.values(), key=lambda s: s.order)
        return key, titles, [(side.id, side.short) for side in sides if side.id in used]
    return key, titles, [(word.id, word.label) for word in ledger.words.values() if word.id in used]


def _entities(known: Knowledge, options: EntitiesOptions) -> dict[str, Any]:
    ledger, language = known.ledger, known.language
    rows = ledger.of_table(options.table)

    def sorted_by(entity: Entity) -> str:
        return str(entity.cells.get("sort_name") or language.text(entity.name))

    rows.sort(key=lambda e: language.sort_key(sorted_by(e)))

    def title(group: str) -> tuple[str, str]:
        if group in ledger.sides:
            return f"side-{group}", language.text(ledger.sides[group].name)
        word = ledger.words.get(group)
        return group or "all", language.text(word.label) if word else language.say("All entries")

    by = (lambda e: e.side) if options.by == "side" else (lambda e: e.kind)
    order = {ident: side.order for ident, side in ledger.sides.items()}
    groups = sorted(_grouped(rows, by), key=lambda pair: (order.get(pair[0], 0), pair[0]))
    figures, happened = _figures_of(ledger), _events_of(ledger)
    return {
        "total": len(rows),
        "groups": [(title(group), entities) for group, entities in groups],
        "letters": lambda entities: letters([(e.id, sorted_by(e)) for e in entities]),
        "lines": lambda e: entity_lines(e, ledger, language),
        "people": lambda e: split_ids(str(e.cells.get("commander") or "")),
        "forms": lambda e: ledger.other_names.get(e.id, ()),
        "figures": lambda e: figures.get(e.id, ()),
        "happened": lambda e: happened.get(e.id, ()),
        "topics": ledger.topics,
    }


def letters(entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return each letter with which a name of a long list begins, and the id of the first that does.

    Args:
        entries: the id of each entry and the name by which it is sorted, in their order; of a short list,
            which a reader sees at once, there are no letters.
    """
    firsts: dict[str, str] = {}
    for ident, name in entries if len(entries) >= _LONG else ():
        initial = fold(name)[:1].upper()
        firsts.setdefault("0–9" if initial.isdigit() else initial, ident)
    return [(letter, ident) for letter, ident in firsts.items() if letter]


def entity_lines(entity: Entity, ledger: Ledger, language: Language) -> list[str]:
    """Say all that the row of an entity states, and where the maps draw it, with its marks; line by line."""
    table = next(table for table in ledger.tables if table.name == entity.table)
    return [*_lines(entity, table, ledger, language), *_described(entity, ledger, language)]


def _figures_of(ledger: Ledger) -> Mapping[str, list[Claim]]:
    """Return the claims that are about each entity."""
    return dict(_grouped((c for c in ledger.claims.values() if c.subject), lambda c: c.subject))


def _events_of(ledger: Ledger) -> Mapping[str, list[Event]]:
    """Return the events in which each entity acts, or that happen there, in the order of time."""
    events: dict[str, list[Event]] = {}
    for event in chronological(ledger.events.values()):
        for ident in dict.fromkeys([*event.actors, *([event.place] if event.place else [])]):
            events.setdefault(ident, []).append(event)
    return events


def _lines(entity: Entity, table: Table, ledger: Ledger, language: Language) -> list[str]:
    """Say what the cells of an entity state, with their marks: dates, texts, position, note.

    Dates and texts come in the order of the columns that the data package does not hide.
    """
    cells = entity.cells
    lines = []
    life = [_date(cells.get(column), language) for column in _LIFE]
    if any(life):
        lines.append(" – ".join(date or "?" for date in life))
    dates = [f.name for f in table.fields if f.shown and f.is_edtf and f.name not in _LIFE]
    lines += [_date(cells.get(column), language) for column in dates]
    lines += [language.typeset(text) for text in ledger.texts_of(entity, language.code)]
    lat, lon, near = (cells.get(c) for c in ("lat", "lon", "precision_km"))
    if isinstance(lat, Decimal) and isinstance(lon, Decimal) and isinstance(near, Decimal):
        within = language.say("to within {n} km", n=language.number(near))
        lines.append(f"{position_text(lat, lon, language, near)}, {within}")
    lines.append(language.typeset(entity.text("note", language.code)))
    return [line for line in lines if line]


def _described(entity: Entity, ledger: Ledger, language: Language) -> list[str]:
    """Say where the maps draw a place without coordinates, or the way of a movement, and why there."""
    path = entity.cells.get("path")
    if path:
        return [escape_inline(language.typeset(path_text(str(path), ledger, language)))]
    description = ledger.positions.get(entity.id)
    if description is None or entity.cells.get("lat") is not None:
        return []
    where = path_text(description.at, ledger, language)
    near = language.say("{n} km", n=language.number(description.precision_km))
    label = escape_inline(language.source_label(ledger.sources[description.provenance.source]))
    statement = escape_inline(language.say("On the maps: {where}, to within {km}", where=where, km=near))
    return [language.typeset(f"{statement}. {language.text(description.note)} ({label})")]


def _date(cell: Cell, language: Language) -> str:
    return language.date(cell) if isinstance(cell, HistoricDate) else ""


def _sources(known: Knowledge, options: SourcesOptions) -> dict[str, Any]:
    ledger, language = known.ledger, known.language
    groups: list[tuple[tuple[str, str], list[Source]]]
    groups = [((ident, language.text(title)), []) for ident, title in options.groups.items()]
    by_kind = {ident: rows for (ident, _), rows in groups}
    others: list[Source] = []
    for source in sorted(ledger.sources.values(), key=lambda s: language.sort_key(language.source_label(s))):
        by_kind.get(source.own.kind, others).append(source)
    if others:
        title = language.say("Other sources") if options.groups else ""  # other than none has no heading
        groups.append((("other-sources", title), others))
    groups = [(heading, rows) for heading, rows in groups if rows]
    return {
        "sources": ledger.sources,
        "groups": groups,
        "entries": known.bibliography(),
        "rests": _rests(ledger, language),
        "read_on": lambda s: language.date(s.read_on, article=True) if s.read_on else "",
        "remark": lambda s: language.typeset(s.remark(language.code)),
        "tongue": lambda s: _tongue(s, language),
        "web": lambda s: s.text("URL").startswith("https://"),
    }


def _rests(ledger: Ledger, language: Language) -> Callable[[str], str]:
    """Return what says how many rows rest on a source, in which other those were read, and how many in it."""
    records: list[Claim | Event | Entity] = [*ledger.claims.values(), *ledger.events.values()]
    said = [record.provenance for record in (*records, *ledger.entities.values())]
    uses = Counter(one.source for one in said)
    read: dict[str, Counter[str]] = {}
    for one in said:
        if one.via:
            read.setdefault(one.source, Counter())[one.via] += 1
    here = Counter(one.via for one in said)

    def named(via: str, number: int, rows: int) -> str:
        label = language.source_label(ledger.sources[via])
        return label if number == rows else f"{label} ({language.number(number)})"

    def rests(ident: str) -> str:
        parts, rows = [], uses[ident]
        if rows or not here[ident]:
            parts.append(language.plural("{n} row", "{n} rows", rows))
        if through := read.get(ident):
            names = [named(via, number, rows) for via, number in through.most_common()]
            parts.append(language.say("read in {source}", source=language.list(names)))
        if here[ident]:
            number = here[ident]
            parts.append(
                language.plural(
                    "{n} row of another source, read here", "{n} rows of other sources, read here", number
                )
            )
        return " · ".join(parts)

    return rests


def _tongue(source: Source, language: Language) -> str:
    """Return the language of a source's entry, if it is another than the page's.

    A title that is given in the language of the page is in that language.
    """
    code = "" if source.own.titles.get(language.code) else source.language
    return "" if code == language.code else code


def _corrections(known: Knowledge, _: PageOptions) -> dict[str, Any]:
    code, typeset = known.language.code, known.language.typeset
    return {
        "rows": known.ledger.corrections,
        "field": lambda x, stem: typeset(x.text(stem, code)),
        "authority": lambda x: split_ids(str(x.cells.get("authority") or "")),
    }


def _questions(known: Knowledge, _: PageOptions) -> dict[str, Any]:
    """Print every question to which there are rival answers, the most disputed first in each table."""
    ledger, language = known.ledger, known.language
    questions = disputed(ledger)
    tables = {table.name: language.text(table.titles) for table in ledger.tables}
    groups = dict(_grouped(questions, lambda answers: ledger.rivals[answers.topic][0].table))

    def span(answers: Answers) -> str:
        low, high = language.number(answers.lowest), language.number(answers.highest)
        return low if low == high else f"{low}–{high}"

    return {
        "groups": [(name, title, groups[name]) for name, title in tables.items() if name in groups],
        "total": len(questions),
        "span": span,
        "span_unit": lambda a: unit_form(a.unit, (a.lowest, a.highest), ledger, language),
        "topics": ledger.topics,
        "claims": ledger.claims,
    }


def _media(known: Knowledge, _: PageOptions) -> dict[str, Any]:
    """Print every picture, sound and film under its kind, in the order of the vocabulary, then by date."""
    ledger, language = known.ledger, known.language
    by_kind = dict(_grouped(ledger.media.values(), lambda one: one.kind))
    kinds = [(word.id, language.text(word.label)) for word in ledger.words.values() if word.id in by_kind]
    last = dt.date.max.toordinal() + 1
    return {
        "total": len(ledger.media),
        "groups": [
            (kind, sorted(by_kind[kind[0]], key=lambda one: one.date.first if one.date else last))
            for kind in kinds
        ],
        "captions": lambda one: ledger.captions_of.get(one.id, ()),
    }


def _days(known: Knowledge, options: DaysOptions) -> dict[str, Any]:
    page = next(page for page in known.days if page.options == options)
    return days_data(page, known.ledger, known.language, known.tellings)


def _figures(known: Knowledge, _: PageOptions) -> dict[str, Any]:
    """List every figure under the page of prose on which it stands first; those of no page come last."""
    groups = _grouped(known.figures.values(), lambda figure: known.stands.get(figure.id))
    return {
        "total": len(known.figures),
        "groups": sorted(groups, key=lambda group: group[0] is None),
    }


def figure_values(known: Knowledge, figure: Figure) -> dict[str, Any]:
    """Return what the page of a figure prints beside it: its rows, its sources, what is said of them."""
    ledger, rows = known.ledger, figure.record_ids
    return {
        "stands": known.stands.get(figure.id),
        "claims": [ledger.claims[ident] for ident in rows if ident in ledger.claims],
        "events": [ledger.events[ident] for ident in rows if ident in ledger.events],
        "sources": [ledger.sources[ident] for ident in figure.sources],
        "entries": known.bibliography(),
        "remark": lambda s: known.language.typeset(s.remark(known.language.code)),
        "tongue": lambda s: _tongue(s, known.language),
    }


def _grouped(rows: Iterable[_T], key: Callable[[_T], _K]) -> Sequence[tuple[_K, list[_T]]]:
    groups: dict[_K, list[_T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())


#: The kinds of generated pages: what each reads out of the ledger for its template.
PAGES: Mapping[PageKind, Callable[[Knowledge, Any], dict[str, Any]]] = {
    PageKind.CLAIMS: _claims,
    PageKind.EVENTS: _events,
    PageKind.ENTITIES: _entities,
    PageKind.SOURCES: _sources,
    PageKind.CORRECTIONS: _corrections,
    PageKind.QUESTIONS: _questions,
    PageKind.FIGURES: _figures,
    PageKind.DAYS: _days,
    PageKind.MEDIA: _media,
}
