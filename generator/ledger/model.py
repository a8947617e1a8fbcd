"""Typed rows go in; the frozen records of the ledger come out: claims, events, people and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Protocol, TypeVar

from generator.ledger.edtf import HistoricDate
from generator.ledger.geography import Layer
from generator.ledger.media_forms import form_of
from generator.ledger.roles import Rank, Role
from generator.ledger.schema import Cell, Table
from generator.ledger.sources import Source
from generator.problems import Location

#: A text in every language of the documentary, by language code. Empty where there is none.
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who says so (`source`), where in it (`locator`), and where we read it (`via`, else in itself)."""

    source: str
    locator: str = ""
    via: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's statement of one quantity. `None` in low, best or high means the source is silent.

    A claim is `apart` where the vocabulary says so of its nature: what one side says of another.
    """

    id: str
    table: str
    topic: str
    side: str
    measure: str
    scope: str
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    unit: str
    date: HistoricDate | None
    phase: str
    subject: str
    nature: str
    part_of: str
    provenance: Provenance
    rank: Rank
    reason: Text
    note: Text
    location: Location
    apart: bool = False

    @property
    def stands(self) -> bool:
        """Whether the claim counts as an answer: it is not set aside, nor what one side says of another."""
        return self.rank != Rank.DEPRECATED and not self.apart

    def at(self, bound: str) -> Decimal | None:
        """Return the figure that a computed number takes for its own `low`, `best` or `high`."""
        return {"low": self.bottom, "best": self.best, "high": self.top}[bound]

    @property
    def bottom(self) -> Decimal | None:
        """The lowest figure the claim allows, or `None` where it has no lower bound."""
        return self.low if self.low is not None else self.best

    @property
    def top(self) -> Decimal | None:
        """The highest figure the claim allows, or `None` where it has no upper bound."""
        return self.high if self.high is not None else self.best


@dataclass(frozen=True, slots=True)
class Event:
    """One source's statement of when something happened. `time` is HH:MM or HH:MM/HH:MM."""

    id: str
    topic: str
    date: HistoricDate
    time: str
    title: Text
    text: Text
    place: str
    actors: tuple[str, ...]
    lane: str
    side: str
    phase: str
    importance: int
    provenance: Provenance
    rank: Rank
    reason: Text
    location: Location


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, unit, place, type of equipment or term: what a name in prose leads to.

    `name` holds the one preferred form of each language; the other cells stay in `cells`, because
    only the page that prints them needs them.
    """

    id: str
    table: str
    name: Text
    side: str
    kind: str
    provenance: Provenance
    cells: Mapping[str, Cell]
    location: Location

    def text(self, stem: str, language: str) -> str:
        """Return the cell `stem_language`, or an empty string."""
        return str(self.cells.get(f"{stem}_{language}") or "")

    @property
    def loan(self) -> str:
        """Return the language tag of a loan word, "ru-Latn", or an empty string.

        A loan word is a common word that every language of the site takes over as it stands, out of a
        language that its row names. What each language says its own way was translated, not borrowed.
        """
        lang, names = str(self.cells.get("lang") or ""), set(self.name.values())
        if not lang or not self.cells.get("original") or len(names) != 1:
            return ""
        return f"{lang}-Latn" if next(iter(names))[:1].islower() else ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the vocabulary, in the plural and in the forms that numbers ask for.

    `forms` are by plural category (CLDR): `one`, which is the singular, and what else a language has. `line`
    is how a kind of movement is drawn ("solid", "dash", "dot"); statements of a nature that is `apart` stand
    apart from the others; `url` is where a licence can be read.
    """

    id: str
    kind: str
    label: Text
    forms: Mapping[str, Text]
    definition: Text
    location: Location
    line: str = ""
    apart: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A question to which claims are rival answers."""

    id: str
    kind: str
    title: Text
    note: Text
    location: Location


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its names and how every figure draws it."""

    id: str
    order: int
    name: Text
    short: Text
    colour: str
    symbol: str
    pattern: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """A form of an entity's name that is not the preferred one of a language of the site."""

    id: str
    entity: str
    form: str
    name: str
    lang: str
    source: str
    note: Text


@dataclass(frozen=True, slots=True)
class Described:
    """Where a place without coordinates lies, as a source describes it: `at` is a path of one point."""

    id: str
    of: str
    at: str
    precision_km: Decimal
    provenance: Provenance
    note: Text
    location: Location


@dataclass(frozen=True, slots=True)
class Formula:
    """How a bound of a claim (`low`, `best`, `high`) was computed: "sum(c-killed, c-wounded)"."""

    id: str
    claim: str
    bound: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Command:
    """When a person commanded a unit, as a source says it."""

    id: str
    unit: str
    person: str
    date: HistoricDate
    provenance: Provenance
    location: Location


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What a correction promises: these claims are kept out of these figures, or of all if none is named."""

    id: str
    correction: str
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a sound or a film: its file below `docs/media/`, and all that its row says of it.

    `licence` is a word of the vocabulary, "" where nobody said; `still` is the picture of a film.
    """

    id: str
    file: str
    kind: str
    caption: Text
    alt: Text
    date: HistoricDate | None
    place: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    equipment: tuple[str, ...]
    author: str
    provenance: Provenance
    licence: str
    credit: str
    doubt: Text
    transcript: Text
    still: str
    location: Location

    @property
    def form(self) -> str:
        """What its file is by its ending: "picture", "sound", "film", or "" for none of them."""
        return form_of(self.file)

    @property
    def shows(self) -> tuple[str, ...]:
        """The places, people, units and equipment that it shows, each once."""
        ids = (self.place, *self.people, *self.units, *self.equipment)
        return tuple(dict.fromkeys(ident for ident in ids if ident))


@dataclass(frozen=True, slots=True)
class Caption:
    """What a source says that a picture shows, other than we do."""

    id: str
    media: str
    text: Text
    provenance: Provenance
    rank: Rank
    reason: Text
    location: Location


@dataclass(frozen=True)
class Ledger:
    """Everything the tables say, by id and in the order of the files."""

    languages: tuple[str, ...]
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    sides: Mapping[str, Side]
    words: Mapping[str, Word]
    names: tuple[OtherName, ...]
    corrections: tuple[Entity, ...]
    sources: Mapping[str, Source]
    tables: tuple[Table, ...] = field(default=())
    positions: Mapping[str, Described] = field(default_factory=dict)
    layers: Mapping[str, Layer] = field(default_factory=dict)
    formulas: tuple[Formula, ...] = ()
    commands: tuple[Command, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    captions: tuple[Caption, ...] = ()

    @cached_property
    def captions_of(self) -> Mapping[str, tuple[Caption, ...]]:
        """The rival captions of each picture, in the order of the file."""
        by_media: dict[str, list[Caption]] = {}
        for caption in self.captions:
            by_media.setdefault(caption.media, []).append(caption)
        return {ident: tuple(captions) for ident, captions in by_media.items()}

    @cached_property
    def media_of(self) -> Mapping[str, tuple[Media, ...]]:
        """The pictures, sounds and films that show each entity, in the order of the file."""
        by_entity: dict[str, list[Media]] = {}
        for one in self.media.values():
            for ident in one.shows:
                by_entity.setdefault(ident, []).append(one)
        return {ident: tuple(shown) for ident, shown in by_entity.items()}

    @cached_property
    def rivals(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that answer each question, in the order of the files."""
        return _grouped(self.claims.values())

    @cached_property
    def rival_events(self) -> Mapping[str, tuple[Event, ...]]:
        """The dates that answer each question."""
        return _grouped(event for event in self.events.values() if event.topic)

    @cached_property
    def formulas_of(self) -> Mapping[str, tuple[Formula, ...]]:
        """The formulas of each computed claim, one for each bound it states."""
        by_claim: dict[str, list[Formula]] = {}
        for formula in self.formulas:
            by_claim.setdefault(formula.claim, []).append(formula)
        return {claim: tuple(formulas) for claim, formulas in by_claim.items()}

    @cached_property
    def other_names(self) -> Mapping[str, tuple[OtherName, ...]]:
        """The variants and original forms of each entity's name."""
        names_of: dict[str, list[OtherName]] = {}
        for name in self.names:
            names_of.setdefault(name.entity, []).append(name)
        return {entity: tuple(names) for entity, names in names_of.items()}

    def of_table(self, table: str) -> list[Entity]:
        """Return the entities of one table."""
        return [entity for entity in self.entities.values() if entity.table == table]

    def has(self, role: Role) -> bool:
        """Tell whether there is a table of that role, be it empty."""
        return any(table.role == role for table in self.tables)

    def texts_of(self, entity: Entity, language: str) -> list[str]:
        """Return what is shown of an entity below its name, in the order of the columns of its table."""
        stems = [
            stem for table in self.tables if table.name == entity.table for stem in table.texts(language)
        ]
        return [text for stem in stems if (text := entity.text(stem, language))]

    def year_of(self, source: str) -> int | None:
        """Return the year a source was published, or `None` where it is unknown."""
        return self.sources[source].year


class _Topical(Protocol):
    @property
    def topic(self) -> str: ...


_T = TypeVar("_T", bound=_Topical)


def _grouped(records: Iterable[_T]) -> Mapping[str, tuple[_T, ...]]:
    groups: dict[str, list[_T]] = {}
    for record in records:
        groups.setdefault(record.topic, []).append(record)
    return {topic: tuple(rows) for topic, rows in groups.items()}
