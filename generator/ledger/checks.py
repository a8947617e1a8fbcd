"""A ledger goes in; the problems in the relations between its records come out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.ledger.command import check_lives
from generator.ledger.computed_checks import check_computed
from generator.ledger.geography import check_outlines
from generator.ledger.media_checks import check_media
from generator.ledger.model import Caption, Claim, Entity, Event, Ledger, Text, Word
from generator.ledger.movement_checks import check_movements
from generator.ledger.positions import check_positions
from generator.ledger.roles import Rank
from generator.problems import Location, Problem
from generator.settings import Theatre

#: A number that reads as thousands where a point parts them.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


def check_ledger(
    ledger: Ledger, theatre: Theatre, pace: float | None = None, memory_lanes: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield every problem in the relations between the records of *ledger*.

    *pace* is the most that a unit covers in a day, in kilometres; `None` where nobody says. In the
    *memory_lanes* of events the dead may be named.
    """
    for claim in ledger.claims.values():
        yield from check_value(claim)
        yield from check_thousands(claim, ledger.words)
        yield from check_rank(claim, ledger.languages)
        yield from check_languages(claim.note, claim.location, "note")
    yield from check_topics(ledger)
    yield from check_parts(ledger)
    for event in ledger.events.values():
        yield from check_rank(event, ledger.languages)
    for entity in (*ledger.entities.values(), *ledger.corrections):
        yield from check_entity(entity, ledger.languages)
        yield from check_position(entity, theatre)
    for layer in ledger.layers.values():
        yield from check_outlines(layer, ledger.sides, theatre)
    for caption in ledger.captions:
        yield from check_rank(caption, ledger.languages)
        yield from check_languages(caption.text, caption.location, "caption")
    for media in ledger.media.values():
        yield from check_media(media, ledger.languages)
        for stem, text in (("doubt", media.doubt), ("caption", media.caption)):
            yield from check_languages(text, media.location, stem)
    yield from check_ancestors(ledger)
    yield from check_positions(ledger)
    yield from check_movements(ledger, pace)
    yield from check_lives(ledger, memory_lanes)
    yield from check_computed(ledger)


def check_value(claim: Claim) -> Iterator[Problem]:
    """A claim states at least one of low, best, high, and they are in order."""
    low, best, high = claim.low, claim.best, claim.high
    if low is None and best is None and high is None:
        location = Location(claim.location.file, claim.location.line, "best")
        yield Problem(location, "no-value", "low, best and high are empty", hint="fill in one of them")
    pairs = (("low", low, "best", best), ("best", best, "high", high), ("low", low, "high", high))
    for small, lesser, large, greater in pairs:
        if lesser is not None and greater is not None and lesser > greater:
            location = Location(claim.location.file, claim.location.line, large)
            hint = f"swap the two cells, or leave {large} empty"
            yield Problem(location, "range-inverted", f"{greater} is below {small}, {lesser}", hint=hint)
            return


def check_thousands(claim: Claim, words: Mapping[str, Word]) -> Iterator[Problem]:
    """Ask about a number of things with a point before three digits: thousands, or decimals.

    Things are what a unit with a plural of its own counts: men, houses, days; not km, m, %.
    """
    unit = words.get(claim.unit)
    one = unit.forms.get("one", {}) if unit else {}
    if unit is None or not any(form and form != unit.label.get(code) for code, form in one.items()):
        return
    for column, value in (("low", claim.low), ("best", claim.best), ("high", claim.high)):
        if value is not None and _THOUSANDS.fullmatch(str(value)):
            location = Location(claim.location.file, claim.location.line, column)
            message = f"{value} may be {str(value).replace('.', '')} or {value}"
            hint = f"write {str(value).replace('.', '')}, or {value}0 if the source has decimals"
            yield Problem(location, "ambiguous-number", message, hint)


def check_rank(record: Claim | Event | Caption, languages: Sequence[str]) -> Iterator[Problem]:
    """A preferred or set-aside row says why, in every language; what stands apart is not preferred."""
    if record.rank != Rank.NORMAL and not all(record.reason.get(code) for code in languages):
        form = " | ".join(f"{code}: …" for code in languages)
        location = Location(record.location.file, record.location.line, "reason")
        yield Problem(location, "no-reason", f'the row is "{record.rank}"', hint=f"write {form}")
    if isinstance(record, Claim) and record.rank == Rank.PREFERRED and record.apart:
        location = Location(record.location.file, record.location.line, "rank")
        yield Problem(location, "claim-preferred", "what one side says of another", hint="write normal")


def check_languages(text: Text, location: Location, stem: str) -> Iterator[Problem]:
    """A text that exists in one language exists in every language."""
    filled = [code for code, value in text.items() if value]
    for code in text:
        if filled and code not in filled:
            spot = Location(location.file, location.line, f"{stem}_{code}")
            yield Problem(spot, "one-language", f"empty, but {stem}_{filled[0]} is not")


def check_topics(ledger: Ledger) -> Iterator[Problem]:
    """The answers to one question count the same thing, and at most one is preferred."""
    for claims in ledger.rivals.values():
        first = claims[0]
        for claim in claims[1:]:
            if (claim.unit, claim.table) != (first.unit, first.table):
                location = Location(claim.location.file, claim.location.line, "topic")
                ours, theirs = (f"{c.id} counts {c.unit} ({c.table})" for c in (claim, first))
                message = f"{ours}, {theirs}"
                yield Problem(location, "mixed-units", message, hint="make two questions of it")
    answers: list[Sequence[Claim | Event]] = [*ledger.rivals.values()]
    answers += ledger.rival_events.values()
    for rows in answers:
        preferred = [row for row in rows if row.rank == Rank.PREFERRED]
        for row in preferred[1:]:
            location = Location(row.location.file, row.location.line, "rank")
            message = f"{preferred[0].id} is preferred already"
            yield Problem(location, "two-preferred", message, hint="keep one preferred row for a question")


def check_parts(ledger: Ledger) -> Iterator[Problem]:
    """Parts meet their stated total, or the total's note says why not."""
    parts: dict[str, list[Claim]] = {}
    for claim in ledger.claims.values():
        if claim.part_of:
            parts.setdefault(claim.part_of, []).append(claim)
    for total_id, claims in parts.items():
        total = ledger.claims[total_id]
        bests = [claim.best for claim in claims if claim.best is not None]
        if total.best is None or len(bests) != len(claims):
            continue
        total_of_parts = sum(bests, Decimal(0))
        if total_of_parts != total.best and not all(total.note.values()):
            message = (
                f"{' + '.join(str(b) for b in bests)} = {total_of_parts}, but the total says {total.best}"
            )
            location = Location(total.location.file, total.location.line, "best")
            yield Problem(location, "parts-total", message, hint="say why in the notes of the total")


def check_entity(entity: Entity, languages: Sequence[str]) -> Iterator[Problem]:
    """Every text cell of an entity exists in every language."""
    stems = {c[: -len(code) - 1] for code in languages for c in entity.cells if c.endswith(f"_{code}")}
    for stem in sorted(stems):
        text = {code: entity.text(stem, code) for code in languages}
        yield from check_languages(text, entity.location, stem)


def check_position(entity: Entity, theatre: Theatre) -> Iterator[Problem]:
    """A position has both coordinates and a precision, and lies in the theatre."""
    lat, lon = entity.cells.get("lat"), entity.cells.get("lon")
    if lat is None and lon is None:
        return
    location = Location(entity.location.file, entity.location.line, "lat" if lat is None else "lon")
    if not isinstance(lat, Decimal) or not isinstance(lon, Decimal):
        yield Problem(location, "required", "one coordinate without the other", hint="give both or none")
        return
    if entity.cells.get("precision_km") is None:
        spot = Location(entity.location.file, entity.location.line, "precision_km")
        yield Problem(spot, "no-precision", "the position states no precision", hint="in kilometres")
    south, west, north, east = theatre
    if not (south <= lat <= north and west <= lon <= east):
        message = f"{lat}, {lon} is outside the theatre, {south} to {north} and {west} to {east}"
        hint = "are latitude and longitude swapped?" if south <= lon <= north else "check the signs"
        yield Problem(location, "outside-theatre", message, hint=hint)


def check_ancestors(ledger: Ledger) -> Iterator[Problem]:
    """A row is not its own ancestor."""
    parents = {e.id: str(e.cells["parent"]) for e in ledger.entities.values() if e.cells.get("parent")}
    parents |= {c.id: c.part_of for c in ledger.claims.values() if c.part_of}
    records: Mapping[str, Claim | Entity] = {**ledger.entities, **ledger.claims}
    for ident in parents:
        seen, above = {ident}, parents.get(ident)
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == ident:
            message = f'"{ident}" is above itself'
            yield Problem(records[ident].location, "cycle", message, hint="correct the parent of one row")
