"""What somebody answers about a new documentary goes in; checked answers come out, or what is wrong."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.language.typography import slug
from generator.ledger.schema import FORMULA

#: The languages in which the first pages are written, by code: what each calls itself.
LANGUAGES: Final[Mapping[str, str]] = {"fr": "Français", "en": "English", "ru": "Русский"}
#: What a documentary is called, and who its sides are, unless somebody says so.
TITLE: Final = "fr: Une histoire en chiffres | en: A story in numbers | ru: История в числах"
SIDES: Final = (
    "fr: Rive du Haut | en: Upper bank | ru: Верхний берег",
    "fr: Rive du Bas | en: Lower bank | ru: Нижний берег",
)
#: A colour and a mark for each side; told apart without colours, and on paper of either scheme.
LOOKS: Final = (
    ("#b3402a", "circle", ""),
    ("#1f5f8b", "square", "/"),
    ("#3f7d4e", "diamond", "\\"),
    ("#8a5a9e", "triangle-up", "x"),
    ("#a8731a", "pentagon", "-"),
    ("#4a4f57", "star", "|"),
)
Text = Mapping[str, str]


class AnswerError(Exception):
    """An answer cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the story: its id in the ledger, and its name in every language."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Answers:
    """What makes a new documentary: its title, its languages by code, its sides, the date of its data."""

    title: Text
    languages: Mapping[str, str]
    sides: tuple[Side, ...]
    dated: str

    @property
    def name(self) -> str:
        """The name of its data package, made from the title in the first language."""
        return _ident(next(iter(self.title.values()))) or "documentary"


def read_answers(title: str, languages: str, sides: Sequence[str], dated: str | None = None) -> Answers:
    """Read a title, codes of languages ("fr,en"), sides, and a date, YYYY-MM-DD; without one, today.

    A text is the same in every language, or says each: `fr: Grève | en: Strike`.

    Raises:
        AnswerError: one of them cannot be taken.
    """
    codes = list(dict.fromkeys(part.strip().lower() for part in languages.split(",") if part.strip()))
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown or not codes:
        known = ", ".join(LANGUAGES)
        message = f'the first pages are not written in "{unknown[0]}"' if unknown else "no language is named"
        raise AnswerError(f"{message}: take {known}, and add another afterwards, as the handbook says")
    if not 1 <= len(sides) <= len(LOOKS):
        raise AnswerError(
            f"{len(sides)} sides: name one to {len(LOOKS)}; more can be added to data/sides.csv"
        )
    names = [_text(side, codes, "side") for side in sides]
    if formula := next((text for name in names for text in name.values() if text.startswith(FORMULA)), ""):
        raise AnswerError(f'"{formula}" would be run by a spreadsheet: write a word first')
    try:
        day = dt.date.fromisoformat(dated) if dated else dt.datetime.now().astimezone().date()
    except ValueError:
        raise AnswerError(f'"{dated}" is not a day: write YYYY-MM-DD') from None
    return Answers(
        title=_text(title, codes, "title"),
        languages={code: LANGUAGES[code] for code in codes},
        sides=tuple(Side(ident, name) for ident, name in zip(_idents(names), names, strict=True)),
        dated=day.isoformat(),
    )


def _ident(text: str) -> str:
    """Return a text as an id that begins with a letter, or ""."""
    return slug(text).lstrip("-0123456789")


def _text(answer: str, codes: Sequence[str], what: str) -> dict[str, str]:
    """Return a text in each of the languages."""
    marked = {
        code.strip(): _one_line(text)
        for part in answer.split("|")
        for code, colon, text in [part.partition(":")]
        if colon and code.strip() in LANGUAGES
    }
    texts = (
        {code: marked.get(code, "") for code in codes} if marked else dict.fromkeys(codes, _one_line(answer))
    )
    for code, text in texts.items():
        if not text:
            form = " | ".join(f"{code}: …" for code in codes)
            raise AnswerError(f"the {what} has no words in {code}: write one text for all, or {form}")
        if unseen := next((c for c in text if unicodedata.category(c) in _NO_LETTERS), ""):
            raise AnswerError(
                f"the fonts of the site have no {unseen!r} (U+{ord(unseen):04X}): leave it out of the {what}"
            )
    return texts


#: What no font of the site can draw: pictures, private signs, halves of signs.
_NO_LETTERS: Final = {"So", "Sk", "Co", "Cs", "Cn"}


def _one_line(text: str) -> str:
    """Return a text without ends of lines and signs that cannot be seen."""
    return " ".join("".join(c if unicodedata.category(c) != "Cc" else " " for c in text).split())


def _idents(names: Sequence[Text]) -> list[str]:
    """Return an id for each side, made from its name in the first language; no two are the same."""
    idents: list[str] = []
    for number, name in enumerate(names, 1):
        ident = _ident(next(iter(name.values())))[:40].rstrip("-") or f"side-{number}"
        idents.append(ident if ident not in idents else f"{ident}-{number}")
    return idents
