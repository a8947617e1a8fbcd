"""Numbers, dates, lists and messages go in; the text a reader of one language sees comes out."""

from __future__ import annotations

import datetime as dt
import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from generator.ledger.edtf import HistoricDate, Point
from generator.ledger.model import Claim, Text
from generator.ledger.sources import Source
from generator.problems import Location, Problem

#: Macros a message for extraction where it is not translated on the spot.
N_ = str
SEASONS = {
    21: N_("spring {year}"),
    22: N_("summer {year}"),
    23: N_("autumn {year}"),
    24: N_("winter {year}"),
}
THIRDS = (N_("early {month}"), N_("mid-{month}"), N_("late {month}"), N_("late {month}"))
NARROW = "\u202f"
WIDE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: its CLDR locale and its catalogue of messages."""

    code: str
    locale: Locale
    catalog: Catalog

    def say(self, message: str, **values: object) -> str:
        """Return the translation of *message*, its {names} filled in."""
        found = self.catalog.get(message)
        text = str(found.string) if found and found.string else message
        return self.typeset(text.format(**values))

    def plural(self, one: str, many: str, number: int) -> str:
        """Return the plural form for *number*, which fills {n}."""
        found = self.catalog.get(one)
        forms = found.string if found and isinstance(found.string, tuple) else (one, many)
        form = forms[_plural_rule(self.catalog.plural_expr)(number)]
        return self.typeset(form.format(n=self.number(number)))

    def text(self, text: Text) -> str:
        """Pick this language's form of a text of the ledger, and set its spaces."""
        return self.typeset(text.get(self.code, ""))

    def place_notes(self, text: str) -> str:
        """Put the note marks of *text* behind a stop, comma or colon; French has them before it."""
        return text if self.code == "fr" else _NOTES_AND_STOP.sub(r"\2\1", text)

    def typeset(self, text: str) -> str:
        """Set the spaces that the language's typography asks for. Setting twice changes nothing."""
        return typeset(text, self.code)

    def sort_key(self, text: str) -> tuple[str, str]:
        """Return what *text* is sorted by: its letters and digits, accents and macrons folded.

        Of two texts with the same letters the plainer comes first.
        """
        return fold(text), text

    def list(self, items: Sequence[str]) -> str:
        """Join items as a sentence does: a, b and c."""
        return format_list(list(items), locale=self.locale)

    def number(self, value: Decimal | float | None) -> str:
        """Write a number with the language's separators; `None` is the word for unknown."""
        if value is None:
            return self.say("unknown")
        return str(format_decimal(value, format="#,##0.###", locale=self.locale))

    def counted(self, number: str, unit: str) -> str:
        """Join a number and its unit, if any; the percent sign stands as the language wants it."""
        if unit == "%":
            return self.say("{share}%", share=number)
        return f"{number}{WIDE}{unit}" if unit else number

    def claim(self, claim: Claim, unit: str = "") -> str:
        """Write what a claim states: a figure, a range, a bound, with *unit* if one is given.

        A figure that stands in a range is said first, with its unit, and the range in brackets.
        """
        low, best, high = claim.low, claim.best, claim.high
        if best is not None and low in {None, best} and high in {None, best}:
            return self.counted(self.number(best), unit)
        if low is not None and high is not None:
            ends = {"low": self.number(low), "high": self.number(high)}
            if best is None:
                return self.counted("{low}–{high}".format(**ends), unit)
            figure = self.counted(self.number(best), unit)
            return self.say("{best} (between {low} and {high})", best=figure, **ends)
        bound = N_("at least {number}") if low is not None else N_("up to {number}")
        said = self.say(bound, number=self.number(low if low is not None else high))
        if best is None:
            return self.counted(said, unit)
        return f"{self.counted(self.number(best), unit)} ({said})"

    def date(self, date: HistoricDate, *, article: bool = False, year: str = "") -> str:
        """Write a date to the precision it is known.

        With *article*, as it stands in a sentence where the language wants one ("du 11 mai au 16
        juin 1907", "le 20 mai 1907"); without, as in a table. *year* is the one that goes without
        saying: a date that lies in it is written without.
        """
        known = [point for point in date.points if point]
        if any(point.parts[0] != year for point in known):
            year = ""
        if date.kind == "choice":
            dates = self.say(" or ").join(self._point(p, year=year) for p in known)
            return self.say("either {dates}", dates=dates)
        if date.kind == "point":
            return self._point(known[0], article=article, year=year) if known else ""
        start, end = date.points
        if start is None and end is not None:
            message = N_("until {date}") if _is_day(end) else N_("until the time {date}")
            return self.say(message, date=self._point(end, year=year))
        if end is None and start is not None:
            message = N_("from {date} on") if _is_day(start) else N_("from the time {date} on")
            return self._elided(self.say(message, date=self._point(start, year=year)))
        return self._interval(start, end, article, year) if start and end else ""

    def clock(self, time: str) -> str:
        """Write HH:MM, or a span of two: "5 h 45", "05:45"; the full hour is "5 h", "05:00"."""
        return "–".join(self._hour(*part.split(":")) for part in time.split("/"))

    def _hour(self, hour: str, minute: str) -> str:
        message = N_("{hour}:00") if minute == "00" else N_("{hour}:{minute}")
        return self.say(message, hour=int(hour), minute=minute)

    def month_day(self, date: dt.date) -> str:
        """Write a day without its year, as on an axis: "1er mai", "1 May"."""
        return self._first(format_date(date, "d MMM", locale=self.locale), date.day)

    def _interval(self, start: Point, end: Point, article: bool, year: str) -> str:
        first, last = self._shortened(start, end, year)
        # "About" and "uncertain" stand before a date and leave no room for an article.
        sure = not (start.approximate or end.approximate or start.uncertain or end.uncertain)
        if article and sure and _is_day(start) and _is_day(end):
            return self.say("from {first} to {last}", first=first, last=last)
        if article and sure and not _is_day(start) and not _is_day(end):
            said = self.say("from the time {first} to {last}", first=first, last=last)
            return self._elided(said)
        dash = "–" if first.isdigit() else " – "
        return f"{first}{dash}{last}"

    def _elided(self, text: str) -> str:
        """French writes "d’avril", "d’été"."""
        return re.sub(r"\bde (?=[aeiouéê])", "d’", text) if self.code == "fr" else text

    def _shortened(self, start: Point, end: Point, year: str) -> tuple[str, str]:
        """Leave out of the first date what the second says too."""
        a, b = start.parts, end.parts
        plain = not (start.approximate or start.uncertain or "X" in start.digits)
        same_year = plain and a[0] == b[0] and len(a) > 1 and len(b) > 1 and int(a[1]) <= 12
        if not same_year:
            return self._point(start, year=year), self._point(end, year=year)
        whole_end = not (end.approximate or end.uncertain or "X" in end.digits)
        if whole_end and len(a) == 3 and len(b) == 3 and a[1] == b[1]:
            return self._first(str(int(a[2])), int(a[2])), self._point(end, year=year)
        pattern = "d MMMM" if len(a) == 3 else "MMMM"
        text = format_date(start.earliest, pattern, locale=self.locale)
        return self._first(text, start.earliest.day if len(a) == 3 else 0), self._point(end, year=year)

    def _point(self, point: Point, *, article: bool = False, year: str = "") -> str:
        text = self._plain(point, article and not point.approximate, "" if year else " y")
        if point.approximate and len(point.parts) == 3:
            text = self.say("about the day {date}", date=text)
        elif point.approximate:
            text = self.say("about {date}", date=text)
        return self.say("{date} (uncertain)", date=text) if point.uncertain else text

    def _plain(self, point: Point, article: bool, year: str) -> str:
        """Write a date without its doubts; *year* is the CLDR pattern of the year, or nothing."""
        parts = point.parts
        if "X" in parts[0]:
            return self.say("the {decade}s", decade=parts[0].replace("X", "0"))
        if len(parts) == 1 or parts[1] == "XX":
            return parts[0]
        if int(parts[1]) > 12:
            return self.say(SEASONS[int(parts[1])], year=parts[0])
        month = format_date(point.earliest, f"MMMM{year}" if year else "LLLL", locale=self.locale)
        if len(parts) == 2 or parts[2] == "XX":
            return month
        if "X" in parts[2]:
            return self.say(THIRDS[int(parts[2][0])], month=month)
        pattern = f"d MMMM{year}"
        day = self._first(format_date(point.earliest, pattern, locale=self.locale), int(parts[2]))
        return self.say("on {date}", date=day) if article else day

    def _first(self, text: str, day: int) -> str:
        """French writes the first of a month as an ordinal; CLDR does not."""
        if self.code == "fr" and day == 1:
            return re.sub(r"^1\b(?!er)", "1er", text)
        return text

    def source_label(self, source: Source) -> str:
        """Name a source in a few words: the authors, or else the title, and the year."""
        own, roles = source.own, source.people
        people = own.authors.get(self.code) or roles.get("author") or roles.get("editor") or ()
        names = [name for p in people if (name := p.get("family") or p.get("literal") or p.get("given"))]
        short = own.labels.get(self.code) or own.label
        who = short or (names[0] + " et al." if len(names) > 3 else self.list(names))
        who = who or own.titles.get(self.code) or source.text("title-short") or source.title
        return self.typeset(f"{who} {source.year}" if source.year and not short else who)


def _is_day(point: Point) -> bool:
    """Whether the date names a day, which takes an article where the language has one."""
    return len(point.parts) == 3 and "X" not in point.digits


@cache
def _plural_rule(expression: str) -> Callable[[int], int]:
    """Compile a catalogue's plural expression, as gettext does."""
    return gettext.c2py(expression)


#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """Return the letters and digits of *text* as an alphabet orders them, words parted by spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"[’'ʿʾʻʼ]", "", bare)))


#: Note marks, then what closes the words they belong to.
_NOTES_AND_STOP = re.compile(r"((?:\[\^\w+\])+)([.,;:!?]+)(?=\s|$)")
#: What French spacing can concern; most texts of a page hold none of it.
_SPACED = re.compile(r"[;:!?«»%]|\d |\b(?:n°|p\.|no|nº) ")


def typeset(text: str, code: str) -> str:
    """Set French spaces: narrow no-break before ; ! ? and inside « », no-break before a colon."""
    if code != "fr" or not _SPACED.search(text):
        return text
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?»])", NARROW, text)
    text = re.sub(r"«[ \u00a0\u202f]+", f"«{NARROW}", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{WIDE}:", text)
    text = re.sub(r"\b(n°|p\.|no|nº) (?=\d)", rf"\1{WIDE}", text)
    text = re.sub(r"(?<=\d) (?=%|km\b|mm\b|m\b|kg\b|t\b|h\b)", WIDE, text)
    text = re.sub(r"(?<=\d\u00a0h) (?=\d\d\b)", WIDE, text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)


def read_catalog(file: str, raw: bytes, code: str) -> Catalog | Problem:
    """Read a gettext catalogue."""
    try:
        return read_po(io.BytesIO(raw), locale=code.replace("-", "_"), abort_invalid=True)
    except (ValueError, PoFileError) as error:
        return Problem(Location(file), "untranslated", f"cannot read the catalogue: {error}")


def make_language(code: str, catalog: Catalog) -> Language:
    """Join a catalogue with CLDR's data of the same language."""
    return Language(code, Locale.parse("en-GB" if code == "en" else code, sep="-"), catalog)
