"""A ledger goes in; the scripts with what the cards of its records say come out, in one language, each once.

What a script brings `cards.js` reads. The cards stand in the order of their ids, in parts of about a weight:
which part has a card is known from the first id of each. What many cards of a part share stands once, in a
list, and cards name it by its number there; the parts of a card stand in a fixed order, 0 for what is not
said, and its end is left out.

- `pages`: by number, the page of each table, or of a part of it, from the folder of the language.
- `sources`: by number, id and name of each source.
- `maps`: by number, the height of each small map and its paths by style.
- `pictures`: by number, page, id, files from the root of the site (AVIF, and for browsers without it), width,
  height, alternative text and credit of each.
- `questions`: by number, table, id of its heading, title, what its answers amount to, marks of three numbers.
- `cards`: by id of the record, [table, head, what, when, native, lines, source, locator, via, trust, reason,
  question, place among its answers, readings, related, spot, picture, whether all it says is cited]; sources,
  questions and pictures by one more than their number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from generator.drawing.packed import packed_script
from generator.ledger.model import Provenance
from generator.pages.card_maps import SmallMap, Spot
from generator.pages.card_pictures import Thumb
from generator.pages.card_rivals import Rivals
from generator.pages.cards import Card, CardMaker, Related
from generator.prose.links import Links

#: After so many letters the next card begins another script, so that none is heavy.
MOST: Final = 32_000


@dataclass(slots=True)
class _Numbers:
    """The lists that cards of one script share."""

    maker: CardMaker
    links: Links
    pages: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    maps: list[SmallMap] = field(default_factory=list)
    pictures: list[list[Any]] = field(default_factory=list)
    questions: dict[tuple[str, tuple[str, ...]], tuple[int, list[Any]]] = field(default_factory=dict)

    def page(self, table: str, ident: str = "") -> int:
        """Return the number of the page of a row, or of its table."""
        return self.pages.setdefault(self.links.page(table, ident), len(self.pages))

    def source(self, ident: str) -> int:
        return self.sources.setdefault(ident, len(self.sources))

    def picture(self, one: Thumb) -> int:
        packed = _cut(
            [
                self.page("media", one.id),
                one.id,
                one.avif,
                one.plain,
                one.width,
                one.height,
                one.alt,
                one.credit,
            ]
        )
        if packed not in self.pictures:
            self.pictures.append(packed)
        return self.pictures.index(packed)

    def question(self, table: str, rivals: Rivals) -> int:
        key = rivals.topic, rivals.ids
        if key not in self.questions:
            title = self.maker.language.text(self.maker.ledger.topics[rivals.topic].title)
            flat = [number for mark in rivals.marks for number in mark]
            # Answers in numbers stand under their question; dates stand in the order of time.
            anchor = rivals.topic if self.maker.ledger.rivals.get(rivals.topic) else ""
            packed = [self.page(table), anchor, title, rivals.said, flat]
            self.questions[key] = len(self.questions), _cut(packed)
        return self.questions[key][0]


def card_parts(maker: CardMaker, links: Links) -> dict[str, bytes]:
    """Return the scripts with all cards of a language, in their order, by the id of the first card of each.

    Args:
        maker: makes the cards of the language.
        links: where each table is printed; what stands on no page has no card.
    """
    ledger, parts = maker.ledger, dict[str, bytes]()
    cards, numbers, letters = dict[str, list[Any]](), _Numbers(maker, links), 0
    for ident in sorted({*ledger.claims, *ledger.events, *ledger.media, *ledger.entities}):
        card = maker.card(ident)
        if card is None or card.table not in links.tables:
            continue
        if letters > MOST:
            parts[next(iter(cards))] = _script(cards, numbers)
            cards, numbers, letters = {}, _Numbers(maker, links), 0
        cards[ident] = _packed(ident, card, numbers)
        letters += len(json.dumps(cards[ident], ensure_ascii=False))
    return {**parts, next(iter(cards)): _script(cards, numbers)} if cards else parts


def _script(cards: Mapping[str, list[Any]], numbers: _Numbers) -> bytes:
    ledger, language = numbers.maker.ledger, numbers.maker.language
    return packed_script(
        {
            "pages": list(numbers.pages),
            "sources": [[ident, language.source_label(ledger.sources[ident])] for ident in numbers.sources],
            "maps": [[one.height, dict(one.paths)] for one in numbers.maps],
            "pictures": numbers.pictures,
            "questions": [question for _, question in numbers.questions.values()],
            "cards": cards,
        }
    )


def _packed(ident: str, card: Card, numbers: _Numbers) -> list[Any]:
    rivals = card.rivals
    return _cut(
        [
            numbers.page(card.table, ident),
            card.head,
            card.what,
            card.when,
            list(card.native) if any(card.native) else 0,
            list(card.lines),
            *_provenance(card.provenance, numbers),
            card.trust,
            card.reason,
            numbers.question(card.table, rivals) + 1 if rivals else 0,
            rivals.ids.index(ident) if rivals else 0,
            [[one.id, one.says, one.reading] for one in card.readings],
            [_related(one, numbers) for one in card.related],
            _spot(card.spot, numbers),
            numbers.picture(card.thumb) + 1 if card.thumb and "media" in numbers.links.tables else 0,
            int(card.stated),
        ]
    )


def _provenance(provenance: Provenance, numbers: _Numbers) -> tuple[object, ...]:
    """Return source, locator and via; sources by one more than their number, 0 for none."""
    source, via = (numbers.source(ident) + 1 if ident else 0 for ident in (provenance.source, provenance.via))
    return source, numbers.maker.language.locator(provenance.locator) if provenance.locator else "", via


def _related(related: Related, numbers: _Numbers) -> list[Any]:
    leads = [
        _cut([numbers.page(one.table, one.id), one.id, one.name, one.since, one.until])
        for one in related.leads
    ]
    return _cut([related.label, leads, related.then])


def _spot(spot: Spot | None, numbers: _Numbers) -> list[int]:
    if spot is None:
        return []
    if spot.on not in numbers.maps:
        numbers.maps.append(spot.on)
    return [numbers.maps.index(spot.on), spot.x, spot.y, spot.radius]


def _cut(parts: Sequence[object]) -> list[Any]:
    """Write 0 for what is empty, and leave out what is empty at the end."""
    kept: list[Any] = [part or 0 for part in parts]
    while kept and kept[-1] == 0:
        kept.pop()
    return kept
