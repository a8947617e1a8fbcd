"""A date goes in; the words for it come out, to the precision it is known, as in a table or in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from generator.language.rules import rules_of
from generator.language.rules.model import Case, Rules
from generator.ledger.calendars import Calendar, gregorian
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
#: A remark in brackets behind a date; within other brackets a comma parts them.
_REMARK = re.compile(r" \(([^()]*)\)")
#: A leap year, which has every day: it stands in for the years that `datetime.date` does not have.
_ANY_YEAR = 2000


def _as_gregorian(point: Point) -> Point:
    """Return a Julian day as if it were one of the Gregorian calendar: it is written as it stands."""
    return replace(point, calendar=Calendar.GREGORIAN)


def _gregorian_day(point: Point) -> Point:
    """Return the Gregorian day that a Julian one was."""
    year, month, day = gregorian(point.first)
    sign = "-" if year < 0 else ""
    return replace(_as_gregorian(point), digits=f"{sign}{abs(year):04}-{month:02}-{day:02}")


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

    def written(
        self, date: HistoricDate, *, article: bool = False, year: str = "", bracketed: bool = False
    ) -> str:
        """Write a date to the precision it is known.

        With *article*, as it stands in a sentence where the language wants one ("du 11 mai au 16
        juin 1907", "le 20 mai 1907"); without, as in a table. *year* is the one that goes without
        saying: a date that lies in it is written without. A date that stands in brackets (*bracketed*)
        has none of its own.
        """
        text = self._written(date, article, year)
        return _REMARK.sub(r", \1", text) if bracketed else text

    def _written(self, date: HistoricDate, article: bool, year: str) -> str:
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
            return self._interval(start, end, article=article, year=year)
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
        plain = all(_is_day(point) and not _is_remarked(point) for point in points)
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

    def _interval(self, start: Point, end: Point, *, article: bool, year: str) -> str:
        plain = not any(point.approximate or point.uncertain for point in (start, end))
        if plain and start.is_julian and end.is_julian:
            text = self._interval(_as_gregorian(start), _as_gregorian(end), article=article, year=year)
            days = [_gregorian_day(point) for point in (start, end)]
            shared = start.parts[0] if {day.parts[0] for day in days} == {start.parts[0]} else ""
            same = self._interval(days[0], days[1], article=False, year=shared)
            return self._remarked(text, self.say("Julian; {date} Gregorian", date=same))
        first, last = self._shortened(start, end, year)
        if start.year < 1 <= end.year:
            last = self.say("{date} AD", date=last)
        if not article or _is_remarked(start) or _is_remarked(end):
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
        plain = not (_is_remarked(start) or "X" in start.digits)
        if len(a) == len(b) == 1 and plain and not _is_remarked(end) and end.year < 1:
            return str(1 - start.year), self.point(end, year=year)  # "51–44 BC"
        same_year = plain and a[0] == b[0] and len(a) > 1 and len(b) > 1 and int(a[1]) <= 12
        if not same_year or not self._day_form:  # the year that both share is said last, if it is at all
            return self.point(start, year=year), self.point(end, year=year)
        whole_end = not (_is_remarked(end) or "X" in end.digits)
        if whole_end and len(a) == 3 and len(b) == 3 and a[1] == b[1]:
            return self._bare_day(start), self.point(end, year=year)
        text = self._without_year(start)
        return self.first(text, _stand_in(start).day if len(a) == 3 else 0), self.point(end, year=year)

    def _without_year(self, point: Point) -> str:
        """Write a day or a month without its year."""
        if len(point.parts) == 3 and point.parts[2] != "XX":
            return format_skeleton("MMMMd", _stand_in(point), locale=self.locale)
        return format_date(_stand_in(point), "LLLL", locale=self.locale)

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
            return self._remarked(self.say("probably {date}", date=text), self._elsewhere(point))
        doubt = self.say("uncertain") if point.uncertain else ""
        return self._remarked(text, self._elsewhere(point), doubt)

    def _remarked(self, text: str, *remarks: str) -> str:
        """Put what is said of a date behind it, in brackets."""
        said = self.say("; ").join(remark for remark in remarks if remark)
        return self.say("{date} ({remark})", date=text, remark=said) if said else text

    def _elsewhere(self, point: Point) -> str:
        """Say a day that is given in the Julian calendar in the Gregorian one, too; "" of any other."""
        if not point.is_julian:
            return ""
        year, month, day = gregorian(point.first)
        stand_in = dt.date(_ANY_YEAR, month, day)
        if year == point.year:
            text = format_skeleton("MMMMd", stand_in, locale=self.locale)
        else:
            text = self._in_year(format_date(stand_in, "long", locale=self.locale), year)
        return self.say("Julian; {date} Gregorian", date=self.first(text, day))

    def _year_of(self, year: int) -> str:
        """Write a year; one before the year 1 has its era: -43 is 44 BC."""
        return self._in_year(str(_ANY_YEAR), year)

    def _in_year(self, text: str, year: int) -> str:
        """Put a year into a date that was written in the one that stands in for it.

        The era frames the whole date, since a language may have words behind the year.
        """
        if year > 0:
            return text.replace(str(_ANY_YEAR), str(year))
        return self.say("{year} BC", year=text.replace(str(_ANY_YEAR), str(1 - year)))

    def _full(self, point: Point, pattern: str) -> str:
        """Write a date with its year, by the name of a pattern or by its parts ("yMMMM")."""
        day = _stand_in(point)
        if pattern == "long":
            text = format_date(day, pattern, locale=self.locale)
        else:
            text = format_skeleton(pattern, day, locale=self.locale)
        return text if day == point.earliest else self._in_year(text, point.year)

    def _plain(self, point: Point, case: Case, year: str) -> str:
        """Write a date without its doubts, and without its year if that is the *year* that goes without."""
        parts, governed = point.parts, case in {Case.OF, Case.TO}
        if len(parts) == 1 or parts[1] == "XX":
            return self._years(parts[0], governed=governed)
        if _is_season(point):
            message = (THE_SEASONS if governed else SEASONS)[int(parts[1])]
            return self._in_year(self.say(message, year=str(_ANY_YEAR)), point.year)
        month = self._month(point, year)
        if len(parts) == 2 or parts[2] == "XX":
            return month
        if "X" in parts[2]:
            third = self.say(THIRDS[int(parts[2][0])], month=self.rules.cased(month, Case.OF))
            return self.say("the middle: {third}", third=third) if governed and parts[2][0] == "1" else third
        day = self._without_year(point) if year else self._full(point, "long")
        day = self.first(day, int(parts[2]))
        wanted = N_("the {day}") if governed else N_("on {day}")
        return day if case is Case.PLAIN else self.say(wanted, day=day)

    def _month(self, point: Point, year: str) -> str:
        if year:
            return format_date(_stand_in(point), "LLLL", locale=self.locale)
        return self._full(point, "yMMMM")

    def _years(self, digits: str, *, governed: bool) -> str:
        """Write a year, a decade (193X) or a century (19XX)."""
        if digits.endswith("XX"):
            century = self.rules.century(int(digits[:2]) + 1)
            message = N_("the {ordinal} century") if governed else N_("{ordinal} century")
            return self.say(message, ordinal=century)
        if digits.endswith("X"):
            return self.say("the {decade}s", decade=str(int(digits.replace("X", "0"))))
        return self._year_of(int(digits))

    def first(self, text: str, day: int) -> str:
        """Make the day of *text* an ordinal if it is the first, where the language writes it so."""
        return self.rules.first_day(text) if day == 1 else text


def _is_day(point: Point) -> bool:
    """Whether the date names a day, which takes an article where the language has one."""
    return len(point.parts) == 3 and "X" not in point.digits


def _is_remarked(point: Point) -> bool:
    """Whether something is said of the date beside it: a doubt, or another calendar."""
    return point.approximate or point.uncertain or point.is_julian


def _stand_in(point: Point) -> dt.date:
    """Return a date that has the month and day of a point, and its year where `datetime.date` has that day.

    A day that is written as the Julian calendar has it is another one there, or none.
    """
    if point.year > 0 and (not _is_day(point) or point.earliest.isoformat() == point.digits):
        return point.earliest
    month, day, *_ = [*(int(part) for part in point.parts[1:] if part.isdecimal()), 1, 1]
    return dt.date(_ANY_YEAR, month, day)


def _is_season(point: Point) -> bool:
    return len(point.parts) == 2 and point.parts[1] != "XX" and int(point.parts[1]) > 12


def _is_month_or_year(point: Point) -> bool:
    """Whether the date is a whole month or a whole year, as it stands without an article."""
    parts = [part for part in point.parts if part != "XX"]
    return len(parts) < 3 and "X" not in "".join(parts) and not _is_season(point)
