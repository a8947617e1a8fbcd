"""A date goes in; the words for it come out, to the precision it is known, as in a table or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from generator.language.rules import rules_of
from generator.language.rules.model import Case, Rules
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
#: A day that begins a date, with the full stop that some languages give it: "4 September", "4. September".
_DAY = re.compile(r"d(\.?) ")


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes the dates of one language. *say* is `Language.say`: its messages, their {names} filled in."""

    code: str
    locale: Locale
    say: Callable[..., str]

    @property
    def rules(self) -> Rules:
        """Return what the language does that CLDR does not know."""
        return rules_of(self.code)

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
            case = Case.OF if article else Case.PLAIN
            shown += [self.point(p, case, year=year) for p in known[len(days) :]]
            return self.say("either {dates}", dates=self.say(" or ").join(shown))
        if date.kind is not DateKind.INTERVAL or (len(known) == 2 and known[0] == known[1]):
            return self.point(known[0], Case.WHEN if article else Case.PLAIN, year=year)
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
            last = self.rules.cased(last, Case.WHEN) if article else last
            # French has the article of the plural; English its preposition, once.
            return (self.say(N_("on the days {days}"), days=frame) if article else frame), [*days, last]
        years = {point.parts[0] for date in dates for point in date.points if point}
        shared = years.pop() if len(years) == 1 else year
        first = [self.written(date, article=article, year=shared) for date in dates[:-1]]
        return frame, [*first, self.written(dates[-1], article=article, year=year)]

    def _days_of_a_month(self, points: Sequence[Point]) -> list[str]:
        """Return all but the last of *points* as bare days, if all are certain days of one month.

        A language that does not begin with the day repeats the month.
        """
        months = {tuple(point.parts[:2]) for point in points}
        plain = all(_is_day(point) and not (point.approximate or point.uncertain) for point in points)
        if not plain or len(months) > 1 or not self._day_form:
            return []
        return [self._bare_day(point) for point in points[:-1]]

    @property
    def _day_form(self) -> re.Match[str] | None:
        """Return how a day begins a date of this language, or nothing where it does not begin it."""
        return _DAY.match(self.locale.date_formats["long"].pattern)

    def _bare_day(self, point: Point) -> str:
        """Write a day whose month the next date says, with the full stop that some languages give it."""
        stop = self._day_form[1] if self._day_form else ""
        return self.first(f"{int(point.parts[2])}{stop}", int(point.parts[2]))

    def _open(self, point: Point, year: str, *, ends: bool) -> str:
        """Write an interval of which only one end is known."""
        text = self.point(point, Case.OF, year=year)
        if not ends:
            return self.rules.joined(self.say("from {date} on", date=text))
        # French says "jusqu’en avril 1907" and "jusqu’au 3 avril 1907".
        message = N_("until the time {date}") if _is_month_or_year(point) else N_("until {date}")
        return self.rules.joined(self.say(message, date=text))

    def _interval(self, start: Point, end: Point, article: bool, year: str) -> str:
        doubtful = start.approximate or end.approximate or start.uncertain or end.uncertain
        first, last = self._shortened(start, end, year)
        if not article or doubtful:
            # French joins two numbers by a hyphen; between words the dash stands apart in both languages.
            joined = N_("{first}–{last}") if first.isdigit() else N_("{first} – {last}")
            return self.say(joined, first=first, last=last)
        if _is_day(start):
            bare = first.rstrip(".").isdigit()  # its month and its case stand in the second
            first = self._the(first if bare else self.rules.cased(first, Case.OF))
        elif _is_month_or_year(start):
            first = self.rules.cased(first, Case.OF)
        else:
            first = self.point(start, Case.OF, year=year)
        last = self.point(end, Case.TO, year=year)
        return self.rules.joined(self.say("from {first} to {last}", first=first, last=last))

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
            return self._bare_day(start), self.point(end, year=year)
        text = self._without_year(start)
        return self.first(text, start.earliest.day if len(a) == 3 else 0), self.point(end, year=year)

    def _without_year(self, point: Point) -> str:
        """Write a day or a month without its year."""
        if len(point.parts) == 3 and point.parts[2] != "XX":
            return format_skeleton("MMMMd", point.earliest, locale=self.locale)
        return format_date(point.earliest, "LLLL", locale=self.locale)

    def point(self, point: Point, case: Case = Case.PLAIN, *, year: str = "") -> str:
        """Write one date; behind "from", "to" and "until" with the article, or the case, that goes there."""
        governed = case in {Case.OF, Case.TO}
        about = point.approximate and not governed
        text = self._plain(point, Case.PLAIN if about else case, year)
        text = self.rules.cased(text, Case.OF if about else case)
        if point.approximate and governed:
            text = self.say("roughly {date}", date=text)
        elif about and len(point.parts) == 3:
            text = self.say("about the day {date}", date=text)
        elif about:
            text = self.say("about {date}", date=text)
        if point.uncertain and case is Case.WHEN and _is_day(point):
            return self.say("probably {date}", date=text)
        return self.say("{date} (uncertain)", date=text) if point.uncertain else text

    def _plain(self, point: Point, case: Case, year: str) -> str:
        """Write a date without its doubts, and without its year if that is the *year* that goes without."""
        parts, governed = point.parts, case in {Case.OF, Case.TO}
        if len(parts) == 1 or parts[1] == "XX":
            return self._years(parts[0], governed=governed)
        if _is_season(point):
            return self.say((THE_SEASONS if governed else SEASONS)[int(parts[1])], year=str(int(parts[0])))
        month = self._month(point, year)
        if len(parts) == 2 or parts[2] == "XX":
            return month
        if "X" in parts[2]:
            third = self.say(THIRDS[int(parts[2][0])], month=self.rules.cased(month, Case.OF))
            return self.say("the middle: {third}", third=third) if governed and parts[2][0] == "1" else third
        day = self._without_year(point) if year else format_date(point.earliest, "long", locale=self.locale)
        day = self.first(day, int(parts[2]))
        wanted = N_("the {day}") if governed else N_("on {day}")
        return day if case is Case.PLAIN else self.say(wanted, day=day)

    def _month(self, point: Point, year: str) -> str:
        if year:
            return format_date(point.earliest, "LLLL", locale=self.locale)
        return format_skeleton("yMMMM", point.earliest, locale=self.locale)

    def _years(self, digits: str, *, governed: bool) -> str:
        """Write a year, a decade (193X) or a century (19XX)."""
        if digits.endswith("XX"):
            century = self.rules.century(int(digits[:2]) + 1)
            message = N_("the {ordinal} century") if governed else N_("{ordinal} century")
            return self.say(message, ordinal=century)
        if digits.endswith("X"):
            return self.say("the {decade}s", decade=str(int(digits.replace("X", "0"))))
        return str(int(digits))

    def first(self, text: str, day: int) -> str:
        """Make the day of *text* an ordinal if it is the first, where the language writes it so."""
        return self.rules.first_day(text) if day == 1 else text


def _is_day(point: Point) -> bool:
    """Whether the date names a day, which takes an article where the language has one."""
    return len(point.parts) == 3 and "X" not in point.digits


def _is_season(point: Point) -> bool:
    return len(point.parts) == 2 and point.parts[1] != "XX" and int(point.parts[1]) > 12


def _is_month_or_year(point: Point) -> bool:
    """Whether the date is a whole month or a whole year, as it stands without an article."""
    parts = [part for part in point.parts if part != "XX"]
    return len(parts) < 3 and "X" not in "".join(parts) and not _is_season(point)
