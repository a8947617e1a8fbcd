"""Year, month and day of a calendar go in; the day's number comes out, on which dates are compared, and back.

Day 1 is 1 January of the year 1 in the Gregorian calendar, as for `datetime.date.toordinal`, and the count
goes on before it: year 0 is 1 BC. Floor division makes the rules of leap years hold for those years, too.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import accumulate

#: The days of the months of a year that is no leap year, and how many lie before each.
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = (0, *accumulate(_MONTHS))
#: The Julian calendar's 1 January of the year 1 was 30 December of the year before by Gregorian reckoning.
_JULIAN_LAG = 2


class Calendar(StrEnum):
    """The calendar in which a source gives a day."""

    GREGORIAN = "Gregorian"
    JULIAN = "Julian"


def is_leap(year: int, calendar: Calendar = Calendar.GREGORIAN) -> bool:
    """Return whether a year, 0 for 1 BC, has a 29 February."""
    if calendar is Calendar.JULIAN:
        return year % 4 == 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Return how many days a month has."""
    return _MONTHS[month - 1] + (month == 2 and is_leap(year, calendar))


def number_of(year: int, month: int, day: int, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Return the number of a day that exists in the calendar."""
    past = year - 1
    number = 365 * past + past // 4 + _BEFORE[month - 1] + (month > 2 and is_leap(year, calendar)) + day
    return number - _JULIAN_LAG if calendar is Calendar.JULIAN else number - past // 100 + past // 400


def gregorian(number: int) -> tuple[int, int, int]:
    """Return the Gregorian year, 0 for 1 BC, month and day of a day's number."""
    year = (number * 400) // 146_097 + 1  # 400 years have 146,097 days: right, or off by one
    while number < number_of(year, 1, 1):
        year -= 1
    while number >= number_of(year + 1, 1, 1):
        year += 1
    month = next(m for m in range(12, 0, -1) if number >= number_of(year, m, 1))
    return year, month, number - number_of(year, month, 1) + 1
