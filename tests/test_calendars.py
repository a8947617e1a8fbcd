"""The number of a day is that of the standard library, and of tables of the Julian calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.calendars import Calendar, days_in, gregorian, is_leap, number_of


@given(st.dates())
def test_a_gregorian_day_has_the_number_that_the_standard_library_gives_it(day: dt.date) -> None:
    assert number_of(day.year, day.month, day.day) == day.toordinal()
    assert gregorian(day.toordinal()) == (day.year, day.month, day.day)


@given(st.integers(-4_000_000, 4_000_000))
def test_every_number_is_a_day_and_the_next_one_is_the_next_day(number: int) -> None:
    year, month, day = gregorian(number)
    assert number_of(year, month, day) == number
    assert 1 <= day <= days_in(year, month)
    last = day == days_in(year, month)
    assert gregorian(number + 1)[2] == (1 if last else day + 1)


#: A day in the Julian calendar and the same day in the Gregorian one.
PAIRS = [
    ((1, 1, 1), (0, 12, 30)),  # the two calendars agree in the third century only
    ((250, 6, 1), (250, 6, 1)),
    ((1066, 10, 14), (1066, 10, 20)),  # Hastings
    ((1582, 10, 5), (1582, 10, 15)),  # the reform of Gregory XIII
    ((1752, 9, 3), (1752, 9, 14)),  # that of Britain
    ((1825, 12, 14), (1825, 12, 26)),  # the Decembrists
    ((1917, 10, 25), (1917, 11, 7)),  # the October Revolution
    ((1918, 2, 1), (1918, 2, 14)),  # the Russian reform
    ((2000, 12, 25), (2001, 1, 7)),  # the Orthodox Christmas
]


@pytest.mark.parametrize(("julian", "ours"), PAIRS)
def test_a_day_of_the_julian_calendar_is_the_gregorian_day_that_history_knows(
    julian: tuple[int, int, int], ours: tuple[int, int, int]
) -> None:
    assert gregorian(number_of(*julian, Calendar.JULIAN)) == ours


def test_only_the_julian_calendar_has_leap_years_at_every_century() -> None:
    years = (-4, 0, 4, 1700, 1900, 2000, 2001)
    assert [is_leap(year) for year in years] == [True, True, True, False, False, True, False]
    assert [is_leap(y, Calendar.JULIAN) for y in years] == [True, True, True, True, True, True, False]
