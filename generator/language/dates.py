"""A date goes in; the words for it come out, to the precision it is known, as in a table or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from generator.language.typography import base_of
from generator.ledger.edtf import DateKind, HistoricDate, Point

#: Marks a message for extraction where it is not translated on the spot.
N_ = str
SEASONS = {
    21: N_("spring {year}"),
    22: N_("summer {year}"),
    23: N_("autumn {year}"),
    24: N_("winter {year}"),
}
#: The same with the article that a language wants after "from", "until" or "of".
THE_SEASONS = {
    21: N_("the spring of {year}"),
    22: N_("the summer of {year}"),
    23: N_("the autumn of {year}"),
    24: N_("the winter of {year}"),
}
THIRDS = (N_("early {month}"), N_("mid-{month}"), N_("late {month}"), N_("late {month}"))
#: What French makes of "de le", "à le", "de avril"; the words before it come from its catalogue.
_CONTRACTED = (
    (re.compile(r"\bde le(?= )"), "du"),
    (re.compile(r"\bde les(?= )"), "des"),
    (re.compile(r"\bà le(?= )"), "au"),
    (re.compile(r"\bà les(?= )"), "aux"),
    (re.compile(r"\bde (?=[aeiouéê])"), "d’"),
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes the dates of one language. *say* is `Language.say`: its messages, their {names} filled in."""

    code: str
    locale: Locale
    say: Callable[..., str]

    def written(self, date: HistoricDate, *, article: bool = False, year: str = "") -> str:
        """Write a date to the precision it is known.

        With *article*, as it stands in a sentence where the language wants one ("du 11 mai au 16
        juin 1907", "le 20 mai 1907"); without, as in a table. *year* is the one that goes without
        saying: a date that lies in it is written without.
        """
        known = [point for point in date.points if point]
        if any(point.parts[0] != year for point in known):
            year = ""
        if date.kind is DateKind.CHOICE:
            known = list(dict.fromkeys(known))  # one date that stands twice is no choice
        if date.kind is DateKind.CHOICE and len(known) > 1:
            days = self._days_of_a_month(known)
            shown = [self._the(day) if article else day for day in days]
            shown += [self.point(p, year=year, noun=article) for p in known[len(days) :]]
            return self.say("either {dates}", dates=self.say(" or ").join(shown))
        if date.kind is not DateKind.INTERVAL or (len(known) == 2 and known[0] == known[1]):
            return self.point(known[0], article=article, year=year)
        start, end = date.points
        if start and end:
            return self._interval(start, end, article, year)
        return self._open(known[0], year, ends=start is None)

    def together(
        self, dates: Sequence[HistoricDate], *, article: bool = False, year: str = ""
    ) -> tuple[str, list[str]]:
        """Write dates that stand beside each other: "les 4 et 8 septembre", "on 4 and 8 September".

        Days of one month say it once, and dates of one year say that once; *article* and *year* are as in
        `written`.

        Returns:
            the frame, as `str.format` takes it ("les {0} et {1}"), and what stands in it for each date.
        """
        frame = format_list([f"{{{number}}}" for number in range(len(dates))], locale=self.locale)
        points = [date.points[0] for date in dates if date.kind is DateKind.POINT and date.points[0]]
        days = self._days_of_a_month(points) if len(points) == len(dates) else []
        if days:
            last = self.written(dates[-1], year=year)
            # French has the article of the plural; English its preposition, once.
            return (self.say(N_("on the days {days}"), days=frame) if article else frame), [*days, last]
        years = {point.parts[0] for date in dates for point in date.points if point}
        shared = years.pop() if len(years) == 1 else year
        first = [self.written(date, article=article, year=shared) for date in dates[:-1]]
        return frame, [*first, self.written(dates[-1], article=article, year=year)]

    def _days_of_a_month(self, points: Sequence[Point]) -> list[str]:
        """Return all but the last of *points* as bare days, if all are certain days of one month."""
        months = {tuple(point.parts[:2]) for point in points}
        plain = all(_is_day(point) and not (point.approximate or point.uncertain) for point in points)
        if not plain or len(months) > 1:
            return []
        return [self.first(str(int(point.parts[2])), int(point.parts[2])) for point in points[:-1]]

    def _open(self, point: Point, year: str, *, ends: bool) -> str:
        """Write an interval of which only one end is known."""
        text = self.point(point, year=year, noun=True)
        if not ends:
            return self._contracted(self.say("from {date} on", date=text))
        # French says "jusqu’en avril 1907" and "jusqu’au 3 avril 1907".
        message = N_("until the time {date}") if _is_month_or_year(point) else N_("until {date}")
        return self._contracted(self.say(message, date=text))

    def _interval(self, start: Point, end: Point, article: bool, year: str) -> str:
        doubtful = start.approximate or end.approximate or start.uncertain or end.uncertain
        first, last = self._shortened(start, end, year)
        if not article or doubtful:
            # French joins two numbers by a hyphen; between words the dash stands apart in both languages.
            joined = N_("{first}–{last}") if first.isdigit() else N_("{first} – {last}")
            return self.say(joined, first=first, last=last)
        if _is_day(start):
            first = self._the(first)
        elif not _is_month_or_year(start):
            first = self.point(start, year=year, noun=True)
        last = self.point(end, year=year, noun=True)
        return self._contracted(self.say("from {first} to {last}", first=first, last=last))

    def _the(self, day: str) -> str:
        return self.say("the {day}", day=day)

    def _shortened(self, start: Point, end: Point, year: str) -> tuple[str, str]:
        """Leave out of the first date what the second says too."""
        a, b = start.parts, end.parts
        plain = not (start.approximate or start.uncertain or "X" in start.digits)
        same_year = plain and a[0] == b[0] and len(a) > 1 and len(b) > 1 and int(a[1]) <= 12
        if not same_year:
            return self.point(start, year=year), self.point(end, year=year)
        whole_end = not (end.approximate or end.uncertain or "X" in end.digits)
        if whole_end and len(a) == 3 and len(b) == 3 and a[1] == b[1]:
            return self.first(str(int(a[2])), int(a[2])), self.point(end, year=year)
        pattern = "d MMMM" if len(a) == 3 else "MMMM"
        text = format_date(start.earliest, pattern, locale=self.locale)
        return self.first(text, start.earliest.day if len(a) == 3 else 0), self.point(end, year=year)

    def point(self, point: Point, *, article: bool = False, year: str = "", noun: bool = False) -> str:
        """Write one date; as a *noun* it has the article that goes with "from", "to" and "until"."""
        pattern = "" if year else " y"
        text = self._plain(point, article and not point.approximate, pattern, noun)
        if point.approximate and noun:
            text = self.say("roughly {date}", date=text)
        elif point.approximate and len(point.parts) == 3:
            text = self.say("about the day {date}", date=text)
        elif point.approximate:
            text = self.say("about {date}", date=text)
        if point.uncertain and article and _is_day(point):
            return self.say("probably {date}", date=text)
        return self.say("{date} (uncertain)", date=text) if point.uncertain else text

    def _plain(self, point: Point, article: bool, year: str, noun: bool) -> str:
        """Write a date without its doubts; *year* is the CLDR pattern of the year, or nothing."""
        parts = point.parts
        if len(parts) == 1 or parts[1] == "XX":
            return self._years(parts[0], noun=noun)
        if _is_season(point):
            return self.say((THE_SEASONS if noun else SEASONS)[int(parts[1])], year=str(int(parts[0])))
        month = format_date(point.earliest, f"MMMM{year}" if year else "LLLL", locale=self.locale)
        if len(parts) == 2 or parts[2] == "XX":
            return month
        if "X" in parts[2]:
            third = self.say(THIRDS[int(parts[2][0])], month=month)
            return self.say("the middle: {third}", third=third) if noun and parts[2][0] == "1" else third
        day = self.first(format_date(point.earliest, f"d MMMM{year}", locale=self.locale), int(parts[2]))
        wanted = N_("the {day}") if noun else N_("on {day}")
        return self.say(wanted, day=day) if noun or article else day

    def _years(self, digits: str, *, noun: bool) -> str:
        """Write a year, a decade (193X) or a century (19XX)."""
        if digits.endswith("XX"):
            return self._century(int(digits[:2]) + 1, noun=noun)
        if digits.endswith("X"):
            return self.say("the {decade}s", decade=str(int(digits.replace("X", "0"))))
        return str(int(digits))

    def _century(self, number: int, *, noun: bool) -> str:
        """Write a century: "XIXe siècle", "19th century"."""
        if base_of(self.code) == "fr":
            name, rest = "", number
            for value, letters in _ROMAN:
                name, rest = name + letters * (rest // value), rest % value
            ordinal = f"{name}{'er' if number == 1 else 'e'}"
        else:
            ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
            ordinal = f"{number}{ending}"
        message = N_("the {ordinal} century") if noun else N_("{ordinal} century")
        return self.say(message, ordinal=ordinal)

    def _contracted(self, text: str) -> str:
        """Contract what French contracts: "du 3 avril", "au printemps", "d’avril"."""
        for pattern, short in _CONTRACTED if base_of(self.code) == "fr" else ():
            text = pattern.sub(short, text)
        return text

    def first(self, text: str, day: int) -> str:
        """Make the day of *text* an ordinal if it is the first: French writes it so, and CLDR does not."""
        french = base_of(self.code) == "fr"
        return re.sub(r"^1\b(?!er)", "1er", text) if french and day == 1 else text


def _is_day(point: Point) -> bool:
    """Whether the date names a day, which takes an article where the language has one."""
    return len(point.parts) == 3 and "X" not in point.digits


def _is_season(point: Point) -> bool:
    return len(point.parts) == 2 and point.parts[1] != "XX" and int(point.parts[1]) > 12


def _is_month_or_year(point: Point) -> bool:
    """Whether the date is a whole month or a whole year, as it stands without an article."""
    parts = [part for part in point.parts if part != "XX"]
    return len(parts) < 3 and "X" not in "".join(parts) and not _is_season(point)
