"""A record of the ledger goes in; what its card says comes out: the claim, its author, its rivals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from generator.language import Language
from generator.language.naming import describe, side_name, unit_name, value_text, word
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Claim, Entity, Event, Ledger, Media, Provenance, Text
from generator.ledger.roles import Rank
from generator.ledger.schema import split_ids
from generator.media import Shown
from generator.pages.card_maps import SmallMap, Spot, spot_of
from generator.pages.card_pictures import Thumb, credit_of, thumb_of
from generator.pages.card_rivals import Rivals, rival_claims, rival_events
from generator.pages.reference_data import entity_lines
from generator.prose.inline import inline_text

#: How many of the figures about a thing its card names; its row names all.
FIGURES: Final = 3


@dataclass(frozen=True, slots=True)
class Lead:
    """A way to another row: its table, its id and its name; perhaps the days from which to which it holds.

    Days are ISO dates, "" where an end is open or nothing is known.
    """

    table: str
    id: str
    name: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Other rows under one label. `then` is the label, with a {date}, of those that hold on one day."""

    label: str
    leads: tuple[Lead, ...]
    then: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What we read otherwise than a source: the correction, which says why, and two of its texts."""

    id: str
    says: str
    reading: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of one record, in one language and as plain text; "" where there is nothing to say."""

    table: str
    head: str
    what: str = ""
    when: str = ""
    native: tuple[str, str] = ("", "")  #: the name in its own script: its language, and the name
    lines: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=lambda: Provenance(""))
    trust: str = ""
    reason: str = ""
    rivals: Rivals | None = None
    readings: tuple[Reading, ...] = ()
    related: tuple[Related, ...] = ()
    spot: Spot | None = None
    thumb: Thumb | None = None
    stated: bool = False  #: what is cited is all that it says of its head, not its head alone


@dataclass(slots=True)
class CardMaker:
    """Makes the cards of one language, each once."""

    ledger: Ledger
    language: Language
    maps: Sequence[SmallMap]
    shown: Mapping[str, Shown] = field(default_factory=dict)  #: what is seen of each row of media
    _made: dict[str, Card | None] = field(default_factory=dict)
    _readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    _about: dict[str, list[Claim]] = field(default_factory=dict)
    _led: dict[str, list[Entity]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Turn round what rows say of others: what is corrected, what is counted of each, who leads what."""
        for correction in self.ledger.corrections:
            row = str(correction.cells.get("row") or "")
            self._readings[row] = (*self._readings.get(row, ()), self._reading(correction))
        for claim in self.ledger.claims.values():
            if claim.subject and claim.stands:
                self._about.setdefault(claim.subject, []).append(claim)
        for entity in self.ledger.entities.values():
            for person in split_ids(str(entity.cells.get("commander") or "")):
                self._led.setdefault(person, []).append(entity)

    def card(self, ident: str) -> Card | None:
        """Return the card of a claim, an event, an entity or a picture; `None` for anything else."""
        if ident not in self._made:
            self._made[ident] = self._make(ident)
        return self._made[ident]

    def _make(self, ident: str) -> Card | None:
        ledger = self.ledger
        if ident in ledger.claims:
            return self._claim(ledger.claims[ident])
        if ident in ledger.events:
            return self._event(ledger.events[ident])
        if ident in ledger.media:
            return self._media(ledger.media[ident])
        return self._entity(ledger.entities[ident]) if ident in ledger.entities else None

    def _claim(self, claim: Claim) -> Card:
        ledger, language = self.ledger, self.language
        return Card(
            table=claim.table,
            head=language.claim(claim, unit_name(claim, ledger, language)),
            what=describe(claim, ledger, language, ("measure",) if self._unit_says_all(claim) else ()),
            when=language.date(claim.date) if claim.date else "",
            lines=tuple(filter(None, [self._bare(claim.note)])),
            provenance=claim.provenance,
            trust=self._trust(claim.provenance.confidence, claim.nature, claim.rank),
            reason=self._bare(claim.reason),
            rivals=rival_claims(claim, ledger, language),
            readings=self._readings.get(claim.id, ()),
        )

    def _unit_says_all(self, claim: Claim) -> bool:
        """Whether the unit of a claim names what is measured, so that it need not be said twice."""
        unit, measure = (word(self.ledger, self.language, ident) for ident in (claim.unit, claim.measure))
        return unit == measure and bool(claim.scope)

    def _event(self, event: Event) -> Card:
        language = self.language
        date = language.date(event.date)
        return Card(
            table="events",
            head=f"{date}, {language.clock(event.time)}" if event.time else date,
            what=language.text(event.title),
            lines=tuple(filter(None, [self._bare(event.text)])),
            provenance=event.provenance,
            trust=self._trust(event.provenance.confidence, "", event.rank),
            reason=self._bare(event.reason),
            rivals=rival_events(event, self.ledger, language) if event.topic else None,
            readings=self._readings.get(event.id, ()),
        )

    def _entity(self, entity: Entity) -> Card:
        ledger, language = self.ledger, self.language
        kind = word(ledger, language, entity.kind) if entity.kind else ""
        parts = [side_name(ledger, language, entity.side) if entity.side in ledger.sides else "", kind]
        return Card(
            table=entity.table,
            head=language.text(entity.name),
            what=" · ".join(filter(None, parts)),
            native=self._native(entity),
            lines=tuple(inline_text(one, ledger.entities) for one in entity_lines(entity, ledger, language)),
            provenance=entity.provenance,
            trust=self._trust(entity.provenance.confidence),
            readings=self._readings.get(entity.id, ()),
            related=tuple(one for one in self._related(entity) if one.leads),
            spot=spot_of(entity.id, self.maps, ledger),
            thumb=self._first_picture(entity),
            stated=True,
        )

    def _first_picture(self, entity: Entity) -> Thumb | None:
        """Return the first picture that shows an entity, with its credit."""
        for media in self.ledger.media_of.get(entity.id, ()):
            parts = credit_of(media, self.ledger, self.language)
            credit = self.language.say("Picture: {credit}", credit=" · ".join(parts)) if parts else ""
            thumb = thumb_of(media, self.shown, self.language, credit)
            if thumb:
                return thumb
        return None

    def _media(self, media: Media) -> Card:
        """Return the card of a picture: what it shows, what is doubtful, what others say that it shows."""
        ledger, language = self.ledger, self.language
        doubt = self._bare(media.doubt)
        lines = [language.say("Doubtful: {text}", text=doubt)] if doubt else []
        lines += [
            language.say(
                "{source} says: {text}",
                source=language.source_label(ledger.sources[caption.provenance.source]),
                text=self._bare(caption.text),
            )
            for caption in ledger.captions_of.get(media.id, ())
        ]
        lines += credit_of(media, ledger, language)
        shown = [ledger.entities[ident] for ident in media.shows if ident in ledger.entities]
        related = Related(language.say("Shown:"), tuple(self._lead(one) for one in shown))
        return Card(
            table="media",
            head=self._bare(media.caption),
            what=word(ledger, language, media.kind),
            when=language.date(media.date) if media.date else "",
            lines=tuple(lines),
            provenance=media.provenance,
            readings=self._readings.get(media.id, ()),
            related=(related,) if related.leads else (),
            thumb=thumb_of(media, self.shown, language),
        )

    def _related(self, entity: Entity) -> Iterable[Related]:
        """Say whose orders a unit takes, who led it or what he led, who moved, what is counted of it."""
        ledger, say = self.ledger, self.language.say
        parent = ledger.entities.get(str(entity.cells.get("parent") or ""))
        if parent:
            yield Related(say("Part of:"), (self._lead(parent),))
        unit = ledger.entities.get(str(entity.cells.get("unit") or ""))
        if unit:
            yield Related(say("Unit:"), (self._lead(unit),))
        people = split_ids(str(entity.cells.get("commander") or ""))
        known = [ledger.entities[ident] for ident in people if ident in ledger.entities]
        leads = [lead for person in known for lead in self._held(person, entity.id, person.id)]
        yield Related(say("Led by:"), tuple(leads), say("Led on this date ({date}) by:", date="{date}"))
        units = self._led.get(entity.id, ())
        leads = [lead for unit in units for lead in self._held(unit, unit.id, entity.id)]
        yield Related(say("Leads:"), tuple(leads), say("Leads on this date ({date}):", date="{date}"))
        claims = sorted(self._about.get(entity.id, ()), key=lambda claim: claim.rank != Rank.PREFERRED)
        pictures = ledger.media_of.get(entity.id, ())
        yield Related(
            say("Pictures:"), tuple(Lead("media", m.id, self._bare(m.caption)) for m in pictures[:FIGURES])
        )
        yield Related(say("In figures:"), tuple(self._counted(claim) for claim in claims[:FIGURES]))

    def _held(self, shown: Entity, unit: str, person: str) -> list[Lead]:
        """Lead to a unit or its commander, once for each time that he is known to have commanded it."""
        dates = [one.date for one in self.ledger.commands if (one.unit, one.person) == (unit, person)]
        return [self._lead(shown, date) for date in dates] or [self._lead(shown)]

    def _lead(self, entity: Entity, date: HistoricDate | None = None) -> Lead:
        name = self.language.text(entity.name)
        if date is None:
            return Lead(entity.table, entity.id, name)
        since = "" if date.points[0] is None else date.earliest.isoformat()
        until = "" if date.points[-1] is None else date.latest.isoformat()
        return Lead(
            entity.table, entity.id, f"{name} ({self.language.date(date, bracketed=True)})", since, until
        )

    def _counted(self, claim: Claim) -> Lead:
        title = self.language.text(self.ledger.topics[claim.topic].title)
        figure = value_text(claim, self.ledger, self.language)
        statement = self.language.say("{name}: {figure}", name=title, figure=figure)
        return Lead(claim.table, claim.id, statement)

    def _native(self, entity: Entity) -> tuple[str, str]:
        """Return the name in its own script, with the language it is in."""
        cells = entity.cells
        if cells.get("original") and cells.get("lang"):
            return str(cells["lang"]), str(cells["original"])
        forms = self.ledger.other_names.get(entity.id, ())
        return next(((form.lang, form.name) for form in forms if form.form == "original"), ("", ""))

    def _trust(self, confidence: str, nature: str = "", rank: Rank = Rank.NORMAL) -> str:
        """Say how far to trust a row: its nature, how sure it is, whether it is preferred or set aside."""
        ledger, language = self.ledger, self.language
        parts = [word(ledger, language, nature)] if nature else []
        if confidence:
            level = word(ledger, language, confidence)
            parts.append(language.say("confidence: {level}", level=level))
        if rank != Rank.NORMAL:
            parts.append(word(ledger, language, rank))
        return " · ".join(parts)

    def _reading(self, correction: Entity) -> Reading:
        code = self.language.code
        says, reading = (self._bare({code: correction.text(stem, code)}) for stem in ("says", "reading"))
        return Reading(correction.id, says, reading)

    def _bare(self, text: Text) -> str:
        """Return a note or a reason without its marks."""
        return inline_text(self.language.text(text), self.ledger.entities)
