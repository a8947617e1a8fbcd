"""Numbers, dates, lists and messages go in; the text a reader of one language sees comes out."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial

from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from generator.language.dates import N_, Dates
from generator.language.locators import locator
from generator.language.numbers import in_millions, is_symbol, spelled, written
from generator.language.rules import rules_of
from generator.language.rules.model import WIDE, Gender, Rules
from generator.language.typography import fold, in_order, locale_of, typeset
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Claim, Text
from generator.ledger.sources import Source
from generator.problems import Location, Problem

#: How a sentence says a range with both its words.
BETWEEN = N_("between {low} and {high}")
#: The end of a number that is counted in millions.
_MILLIONS = re.compile(rf"(?<=\d){WIDE}[^\W\d_]+$")
_Writer = Callable[[Decimal | None], str]
#: How many names of sources are kept: more than a bibliography has.
_MOST_SOURCES = 4096


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: its CLDR locale and its catalogue of messages.

    What it has written of a date, a source or a place in one is kept: a site asks for each many times.
    """

    code: str
    locale: Locale
    catalog: Catalog
    _dates: dict[tuple[HistoricDate, bool, str, bool], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _locators: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sources: dict[int, tuple[Source, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def say(self, message: str, **values: object) -> str:
        """Return the translation of *message*, its {names} filled in."""
        translation = self.catalog.get(message)
        text = str(translation.string) if translation and translation.string else message
        return self.typeset(text.format(**values))

    def plural(self, one: str, many: str, number: int) -> str:
        """Return the plural form for *number*, which fills {n}."""
        translation = self.catalog.get(one)
        forms = translation.string if translation and isinstance(translation.string, tuple) else (one, many)
        form = forms[_plural_rule(self.catalog.plural_expr)(number)]
        return self.typeset(form.format(n=self.number(number)))

    def text(self, text: Text) -> str:
        """Pick this language's form of a text of the ledger, and set its spaces."""
        return self.typeset(text.get(self.code, ""))

    @property
    def rules(self) -> Rules:
        """Return what the language does that CLDR does not know."""
        return rules_of(self.code)

    @property
    def calls_before_stop(self) -> bool:
        """Whether the call of a note stands before the stop or the comma that follows, as in French."""
        return self.rules.calls_before_stop

    def typeset(self, text: str) -> str:
        """Set the spaces that the language's typography asks for. Setting twice changes nothing."""
        return typeset(text, self.code)

    def sort_key(self, text: str) -> tuple[str, str]:
        """Return what *text* is sorted by: its letters and numbers, accents and macrons folded.

        Numbers are in the order of numbers, the 11th before the 100th. Of two texts with the same letters the
        plainer comes first.
        """
        return in_order(fold(text)), text

    def list(self, items: Sequence[str]) -> str:
        """Join items as a sentence does: a, b and c."""
        return format_list(list(items), locale=self.locale)

    def number(self, value: Decimal | float | None) -> str:
        """Write a number with the language's separators, unrounded; `None` is the word for unknown."""
        return self.say("unknown") if value is None else self.typeset(written(value, self.locale))

    def counted(self, number: str, unit: str) -> str:
        """Join a number and its unit, if any; the percent sign stands as the language wants it."""
        if unit == "%":
            return self.say("{share}%", share=number)
        return self.say("{number} {unit}", number=number, unit=unit) if unit else number

    def _counted_in_words(self, number: str, unit: str) -> str:
        """Join a number in words and its unit: French has "30 millions d’habitants"."""
        if unit and _MILLIONS.search(number):
            unit = self.rules.of_millions(unit)
        return self.counted(number, unit)

    def claim(self, claim: Claim, unit: str = "") -> str:
        """Write what a claim states: a figure, a range, a bound, with *unit* if one is given.

        A figure that stands in a range is said first, with its unit, and the range in brackets. A range
        whose ends are equal is one figure.
        """
        return self._stated(claim, unit, N_("{low}–{high}"), (self.number, self.number))

    def in_prose(
        self,
        claim: Claim,
        unit: str = "",
        *,
        words: bool = False,
        gender: Gender = Gender.MASCULINE,
        between: bool = False,
    ) -> str:
        """Write what a claim states in a sentence: "11 to 35", "two or three", "30 million".

        With *words*, small whole numbers are words where the language writes them so, before a noun that
        has this *gender*, and round millions are counted as such; never before the symbol of a *unit*.
        With *between*, a range has both its words: "between 11 and 35", "de 11 à 35".
        """
        low, high = claim.low, claim.high
        close = low is not None and high is not None and low + 1 == high and high == high.to_integral_value()
        words = words and not is_symbol(unit, self.code)

        def number(value: Decimal | None, *, bound: bool = False) -> str:
            word = spelled(value, self.code, gender, bound=bound)
            word = word or "".join(in_millions(value, self.locale, bound=bound))
            return word if words and word else self.number(value)

        span = BETWEEN if between else N_("{low} to {high}")
        span = N_("{low} or {high}") if close else span
        text = self._stated(claim, unit, span, (number, partial(number, bound=True)))
        word = self.rules.percent(self.locale.territory or "")
        return text.replace("%", f"{WIDE}{word}") if word else text

    def _stated(self, claim: Claim, unit: str, span: str, writers: tuple[_Writer, _Writer]) -> str:
        """Write a claim; its *writers* are of numbers that stand free, and of those behind a bound."""
        low, best, high = claim.low, claim.best, claim.high
        free, bounded = writers
        number = bounded if span == BETWEEN else free
        counted = self._counted_in_words
        if best is None and low is not None and low == high:
            best = low
        if best is not None and low in {None, best} and high in {None, best}:
            return counted(free(best), unit)
        if low is not None and high is not None:
            if best is None:
                return counted(self.say(span, **_ends(number(low), number(high))), unit)
            ends = {"low": self.number(low), "high": self.number(high)}
            return self.say(
                "{best} (between {low} and {high})", best=counted(self.number(best), unit), **ends
            )
        bound = N_("at least {number}") if low is not None else N_("up to {number}")
        if best is None:
            return counted(self.say(bound, number=bounded(low if low is not None else high)), unit)
        text = self.say(bound, number=self.number(low if low is not None else high))
        return f"{counted(self.number(best), unit)} ({text})"

    @property
    def dates(self) -> Dates:
        """Return what writes the dates of this language."""
        return Dates(self.code, self.locale, self.say)

    def date(
        self, date: HistoricDate, *, article: bool = False, year: str = "", bracketed: bool = False
    ) -> str:
        """Write a date to the precision it is known; see `Dates.written`."""
        asked = (date, article, year, bracketed)
        if asked not in self._dates:
            text = self.dates.written(date, article=article, year=year, bracketed=bracketed)
            self._dates[asked] = self.typeset(text)
        return self._dates[asked]

    def dates_together(
        self, dates: Sequence[HistoricDate], *, article: bool = False, year: str = ""
    ) -> tuple[str, Sequence[str]]:
        """Write dates that stand beside each other as a frame and what stands in it; see `Dates.together`."""
        frame, shown = self.dates.together(dates, article=article, year=year)
        return frame, [self.typeset(text) for text in shown]

    def clock(self, time: str) -> str:
        """Write HH:MM, or a span of two: "5 h 45", "05:45"; the full hour is "5 h", "05:00"."""
        return "–".join(self._hour(*part.split(":")) for part in time.split("/"))

    def _hour(self, hour: str, minute: str) -> str:
        message = N_("{hour}:00") if minute == "00" else N_("{hour}:{minute}")
        return self.say(message, hour=int(hour), minute=minute)

    def locator(self, text: str) -> str:
        """Write where in a source something stands; see `generator.language.locators`."""
        if text not in self._locators:
            self._locators[text] = self.typeset(locator(text, self.code, self.say, self.date))
        return self._locators[text]

    def source_label(self, source: Source) -> str:
        """Name a source in a few words: the authors, or else the title, and the year."""
        known, label = self._sources.get(id(source), (None, ""))
        if known is not source:
            if len(self._sources) > _MOST_SOURCES:  # those of a bibliography that was read before
                self._sources.clear()
            label = self._labelled(source)
            self._sources[id(source)] = source, label
        return label

    def _labelled(self, source: Source) -> str:
        additions, roles = source.own, source.people
        people = additions.authors.get(self.code) or roles.get("author") or roles.get("editor") or ()
        names = [name for p in people if (name := p.get("family") or p.get("literal") or p.get("given"))]
        short = additions.labels.get(self.code) or additions.label
        who = short or (names[0] + " et al." if len(names) > 3 else self.list(names))
        who = who or additions.titles.get(self.code) or source.text("title-short") or source.title
        return self.typeset(f"{who} {source.year}" if source.year and source.year > 0 and not short else who)


def _ends(low: str, high: str) -> dict[str, str]:
    """Return the ends of a range; what both are counted in is said once: "30 to 35 million"."""
    scale = _MILLIONS.search(high)
    return {"low": low.removesuffix(scale.group()) if scale else low, "high": high}


@cache
def _plural_rule(expression: str) -> Callable[[int], int]:
    """Compile a catalogue's plural expression, as gettext does."""
    return gettext.c2py(expression)


def read_catalog(file: str, raw: bytes, code: str) -> Catalog | Problem:
    """Read a gettext catalogue."""
    try:
        return read_po(io.BytesIO(raw), locale=code.replace("-", "_"), abort_invalid=True)
    except (ValueError, PoFileError) as error:
        return Problem(Location(file), "untranslated", f"cannot read the catalogue: {error}")


def make_language(code: str, catalog: Catalog) -> Language:
    """Join a catalogue with CLDR's data of the same language."""
    return Language(code, locale_of(code), catalog)
