"""A row of media and what was made of its picture go in; the small picture that a card shows comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator.language import Language
from generator.language.naming import word
from generator.ledger.model import Ledger, Media
from generator.media import Shown

#: How wide and how high a small picture is at most, in pixels of style sheets.
WIDE: Final = 140
HIGH: Final = 110


@dataclass(frozen=True, slots=True)
class Thumb:
    """A picture on a card: the id of its row, its files from the root of the site, its size on the screen.

    `avif` is the narrowest that was made, `plain` stands in where a browser knows no AVIF; `credit` is "" on
    the card of the picture itself, which says it elsewhere.
    """

    id: str
    avif: str
    plain: str
    width: int
    height: int
    alt: str
    credit: str = ""


def thumb_of(media: Media, shown: Mapping[str, Shown], language: Language, credit: str = "") -> Thumb | None:
    """Return a picture, or the still of a film, as a card shows it; `None` for what is only heard."""
    there = shown.get(media.id)
    if there is None or there.plain is None or not there.avif:
        return None
    small = there.avif[0]
    share = min(1.0, WIDE / small.width, HIGH / small.height)
    width, height = (max(1, round(side * share)) for side in (small.width, small.height))
    return Thumb(media.id, small.path, there.plain.path, width, height, language.text(media.alt), credit)


def credit_of(media: Media, ledger: Ledger, language: Language) -> list[str]:
    """Return who made a picture, whom to thank for it, and what allows it to be shown, each by itself."""
    author = language.say("By {author}", author=media.author) if media.author else ""
    licence = word(ledger, language, media.licence) if media.licence in ledger.words else ""
    return [part for part in (author, media.credit, licence) if part]
