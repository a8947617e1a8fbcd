"""Passages that somebody says agree go in; the record comes out in which they do, with the texts it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.translation.desk import Passages, known
from generator.translation.passages import Passage
from generator.translation.record import Followed, Key, Pair, Record, states_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody says: these passages follow, as of a day.

    Of one `language` alone, or of all of them (""). With `source` it is translated from that language
    alone: it follows no other, and none follows it.
    """

    keys: Collection[Key]
    on: str
    language: str = ""
    source: str = ""


def agree(passages: Passages, record: Record, said: Agreement) -> dict[Key, Mapping[Pair, Followed]]:
    """Return the record with an agreement in it, and without passages that are no more.

    What agreed before keeps its day.
    """
    recorded = known(record, passages)
    return {
        key: pairs
        for key, texts in passages.items()
        if (pairs := _agreed(texts, recorded.get(key, {}), said) if key in said.keys else recorded.get(key))
    }


def _agreed(
    texts: Mapping[str, Passage], before: Mapping[Pair, Followed], said: Agreement
) -> dict[Pair, Followed]:
    """Return the records of a passage with those of an agreement in it."""
    pairs = {pair: followed for pair, followed in before.items() if set(pair) <= set(texts)}
    for code in [said.language] if said.language else list(texts):
        if code not in texts:
            continue
        if said.source:
            pairs = {p: f for p, f in pairs.items() if p[1] != code and (p[0] != code or p[1] == said.source)}
        for other in _followed(texts, before, code, said.source):
            state = texts[other].digest
            if (code, other) in pairs and pairs[code, other].state == state:
                continue
            new = (code, other) not in pairs
            pairs[code, other] = Followed(state, said.on)
            # Who has caught up with another agrees with it: the other has nothing to catch up with.
            if (other, code) in pairs or (new and not said.source):
                pairs[other, code] = Followed(texts[code].digest, said.on)
    return pairs


def _followed(
    texts: Mapping[str, Passage], before: Mapping[Pair, Followed], code: str, source: str
) -> Iterator[str]:
    """Yield the languages that a language follows: the one said, those recorded, or else all others."""
    others = [other for other in texts if other != code]
    if source:
        yield from (other for other in others if other == source)
        return
    recorded = [other for other in others if (code, other) in before]
    leads = any(pair[1] == code for pair in before)
    yield from recorded or ([] if leads else others)


def texts_for(record: Record, passages: Passages, kept: Mapping[str, str]) -> dict[str, str]:
    """Return the text of every state that something follows, from the pages or from what was kept."""
    now = {passage.digest: passage.text for texts in passages.values() for passage in texts.values()}
    states = sorted(set(states_of(record)))
    return {state: text for state in states if (text := now.get(state, kept.get(state))) is not None}
