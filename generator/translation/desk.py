"""The passages of every language and what is recorded of them go in; what has not followed comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.translation.cells import DATA
from generator.translation.passages import Passage, cut
from generator.translation.record import Followed, Key, Pair, Record

#: The texts of all pages, by language and path.
Texts = Mapping[str, Mapping[str, str]]


class Lag(StrEnum):
    """How a translation stands to what it follows, where it does not follow."""

    BEHIND = "behind"  #: the other text has changed, this one has not
    BOTH = "both"  #: both have changed, and nobody has said that they agree
    NEW = "new"  #: nobody has said yet what it follows


@dataclass(frozen=True, slots=True)
class Standing:
    """A passage of a language that does not follow that of another; *on* is the day they last agreed."""

    key: Key
    language: str
    follows: str
    lag: Lag
    line: int
    state: str = ""
    on: str = ""

    @property
    def name(self) -> str:
        """How a person names the passage: page#section."""
        return "#".join(self.key)

    @property
    def file(self) -> str:
        """The file it stands in: a page of its language, or a table of the ledger."""
        path = self.key[0]
        return path if path.startswith(DATA) else f"docs/{self.language}/{path}.md"


#: The passages of a documentary: of each, its text by language.
Passages = Mapping[Key, Mapping[str, Passage]]


def passages_of(texts: Texts) -> dict[Key, dict[str, Passage]]:
    """Cut every page of every language; keep each passage with its translations."""
    found: dict[Key, dict[str, Passage]] = {}
    for code, pages in texts.items():
        for path, text in pages.items():
            for section, passage in cut(text).items():
                found.setdefault((path, section), {})[code] = passage
    return found


def known(record: Record, passages: Passages) -> dict[Key, Mapping[Pair, Followed]]:
    """Return what is recorded of the passages that there are.

    A passage under a new id or on another page is known by its text, in any language, if that stands there
    no more under the old one.
    """
    there = {key: pairs for key, pairs in record.items() if key in passages}
    gone = {key: pairs for key, pairs in record.items() if key not in passages}
    if not gone:
        return there
    former = {
        (language, followed.state): key
        for key, pairs in gone.items()
        for (_, language), followed in pairs.items()
    }
    for key, texts in passages.items():
        states = ((code, passage.digest) for code, passage in texts.items())
        old = next((former[state] for state in states if state in former), None)
        if key not in there and old in gone:
            there[key] = gone.pop(old)
    return there


def standings(passages: Passages, record: Record) -> Iterator[Standing]:
    """Yield every passage that does not follow, in the order of the pages, for each language it should.

    A language follows those that its records name; a passage in one language only follows nothing.
    """
    recorded = known(record, passages)
    for key, texts in passages.items():
        pairs = recorded.get(key, {})
        for code, passage in texts.items():
            others = [other for other in texts if other != code]
            followed = [other for other in others if (code, other) in pairs]
            for other in followed or others:
                lag, agreed = _lag(pairs, texts, code, other), pairs.get((code, other))
                if lag:
                    state, on = (agreed.state, agreed.on) if agreed else ("", "")
                    yield Standing(key, code, other, lag, passage.line, state, on)


def _lag(pairs: Mapping[Pair, Followed], texts: Mapping[str, Passage], code: str, other: str) -> Lag | None:
    """Say how the text of a language lags behind the other; `None` where it follows."""
    agreed, theirs = pairs.get((code, other)), pairs.get((other, code))
    if agreed is None:
        # Who is followed, and follows nobody, leads; who is in no record at all is new.
        return None if any(pair[1] == code for pair in pairs) else Lag.NEW
    if agreed.state == texts[other].digest:
        return None
    return Lag.BOTH if theirs and theirs.state != texts[code].digest else Lag.BEHIND
