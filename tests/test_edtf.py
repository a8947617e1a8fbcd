"""A text is a date of the subset, with its kind and bounds, or a message that says what was expected."""

from __future__ import annotations

import calendar

import edtf as oracle
import pytest

from generator.ledger.calendars import gregorian
from generator.ledger.edtf import EdtfError, meet, parse, written

#: text, kind, first day, last day, fuzzy
DATES = [
    ("1907", "point", "1907-01-01", "1907-12-31", False),
    ("1907-04", "point", "1907-04-01", "1907-04-30", False),
    ("1907-04-03", "point", "1907-04-03", "1907-04-03", False),
    ("1900-02", "point", "1900-02-01", "1900-02-28", False),
    ("1908-02", "point", "1908-02-01", "1908-02-29", False),
    ("1908-02-29", "point", "1908-02-29", "1908-02-29", False),
    ("1907~", "point", "1907-01-01", "1907-12-31", True),
    ("1907-04~", "point", "1907-04-01", "1907-04-30", True),
    ("1907-04?", "point", "1907-04-01", "1907-04-30", True),
    ("1907-04%", "point", "1907-04-01", "1907-04-30", True),
    ("1907-04-03~", "point", "1907-04-03", "1907-04-03", True),
    ("190X", "point", "1900-01-01", "1909-12-31", True),
    ("19XX", "point", "1900-01-01", "1999-12-31", True),
    ("1907-XX", "point", "1907-01-01", "1907-12-31", True),
    ("1907-XX-XX", "point", "1907-01-01", "1907-12-31", True),
    ("1907-04-XX", "point", "1907-04-01", "1907-04-30", True),
    ("1907-04-0X", "point", "1907-04-01", "1907-04-09", True),
    ("1907-04-1X", "point", "1907-04-10", "1907-04-19", True),
    ("1907-04-2X", "point", "1907-04-20", "1907-04-29", True),
    ("1907-02-2X", "point", "1907-02-20", "1907-02-28", True),
    ("1907-04-3X", "point", "1907-04-30", "1907-04-30", True),
    ("1907-05-3X", "point", "1907-05-30", "1907-05-31", True),
    ("1907-21", "point", "1907-03-01", "1907-05-31", True),
    ("1907-22", "point", "1907-06-01", "1907-08-31", True),
    ("1907-23", "point", "1907-09-01", "1907-11-30", True),
    ("1907-24", "point", "1907-12-01", "1908-02-29", True),
    ("1907-04/1907-10", "interval", "1907-04-01", "1907-10-31", False),
    ("1907-04-01/1907-04-09", "interval", "1907-04-01", "1907-04-09", False),
    ("1907-04-03/1907-04-03", "interval", "1907-04-03", "1907-04-03", False),
    ("1907/1907-04", "interval", "1907-01-01", "1907-12-31", False),
    ("1907-04~/1907-10", "interval", "1907-04-01", "1907-10-31", True),
    ("1907-04/1907-10?", "interval", "1907-04-01", "1907-10-31", True),
    ("../1907-04", "interval", "1907-04-01", "1907-04-30", True),
    ("1907-04/..", "interval", "1907-04-01", "1907-04-30", True),
    ("[1907-04-03,1907-04-04]", "choice", "1907-04-03", "1907-04-04", True),
    ("[1908,1907]", "choice", "1907-01-01", "1908-12-31", True),
    ("[1907]", "choice", "1907-01-01", "1907-12-31", True),
    ("0001", "point", "0001-01-01", "0001-12-31", False),
    ("9999", "point", "9999-01-01", "9999-12-31", False),
]

#: Forms that the library reads otherwise than we do, or breaks on, and why that is no matter.
NOT_FOR_THE_ORACLE = {
    **dict.fromkeys(
        ["1907-04-0X", "1907-04-1X", "1907-04-2X", "1907-02-2X", "1907-04-3X", "1907-05-3X"],
        "it takes the X of a day for a number, and breaks",
    ),
    **dict.fromkeys(["../1907-04", "1907-04/.."], "its open end is infinite, and it breaks"),
    "[1907]": "its choice has two dates at least",
    "1907-24": "its winter ends with the year; ours goes on to the end of February",
    "1907/1907-04": "its interval ends with its second date; ours with the last day it may mean",
}


def form(text: str) -> str:
    return f'"{text}" is not YYYY, YYYY-MM or YYYY-MM-DD with ~, ? or %'


REFUSED = [
    ("", form("")),
    ("spring", form("spring")),
    ("07-04-1907", form("07-04-1907")),
    ("1907-4", form("1907-4")),
    ("1907-04-3", form("1907-04-3")),
    ("1907-04-03T05:45", form("1907-04-03T05:45")),
    ("1907-04-03\n", form("1907-04-03\n")),
    (" 1907", form(" 1907")),
    ("~1907", form("~1907")),
    ("1907~?", form("1907~?")),
    ("-190X", form("-190X")),
    ("-0000", "there is no year -0000: 1 BC is 0000, 44 BC is -0043"),
    ("1917-10J", "the J of the Julian calendar stands behind a whole day"),
    ("1917J", "the J of the Julian calendar stands behind a whole day"),
    ("1917-10-2XJ", "the J of the Julian calendar stands behind a whole day"),
    ("1917-10-25?J", form("1917-10-25?J")),
    ("1901-02-29J", "month 1901-02 has no day 29"),
    ("XXXX", form("XXXX")),
    ("19X7", form("19X7")),
    ("1907-04-X3", form("1907-04-X3")),
    ("1907-X4", form("1907-X4")),
    ("١٩٠٧", form("١٩٠٧")),
    ("[]", form("")),
    ("[1907, 1908]", form(" 1908")),
    ("[1907/1908]", form("1907/1908")),
    ("[..,1908]", form("..")),
    ("1907/1908/1909", form("1908/1909")),
    ("1907/", form("")),
    ("/1907", form("")),
    ("../..", "an interval has at least one end"),
    ("1908/1907", "the interval ends (1907) before it starts (1908)"),
    ("1907-04-09/1907-04-01", "the interval ends (1907-04-01) before it starts (1907-04-09)"),
    ("000X", "a decade or century before the year 1 is written as an interval"),
    ("-0043/-0049", "the interval ends (-0049) before it starts (-0043)"),
    ("190X-04", "a month needs a whole year"),
    ("1907-XX-03", "a day needs a month"),
    ("1907-1X", "a month is known or XX"),
    ("1907-00", "there is no month 00"),
    ("1907-13", "there is no month 13"),
    ("1907-25", "there is no month 25"),
    ("1907-21-01", "there is no month 21"),
    ("1907-02-29", "month 1907-02 has no day 29"),
    ("1907-04-31", "month 1907-04 has no day 31"),
    ("1907-04-00", "month 1907-04 has no day 00"),
    ("1907-02-3X", "month 1907-02 has no day 3X"),
    ("1907-04-4X", "month 1907-04 has no day 4X"),
    ("9999-24", "the winter of 9999 ends after the last year"),
]


@pytest.mark.parametrize(("text", "kind", "earliest", "latest", "fuzzy"), DATES)
def test_a_date_has_its_kind_and_its_bounds(
    text: str, kind: str, earliest: str, latest: str, fuzzy: bool
) -> None:
    date = parse(text)
    found = (date.text, date.kind, str(date.earliest), str(date.latest), date.fuzzy)
    assert found == (text, kind, earliest, latest, fuzzy)


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_no_date_is_refused_with_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(EdtfError) as refused:
        parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", [row[0] for row in DATES if row[0] not in NOT_FOR_THE_ORACLE])
def test_an_independent_library_finds_the_same_bounds(text: str) -> None:
    date, theirs = parse(text), oracle.parse_edtf(text)
    bounds = [theirs.lower_strict()[:3], theirs.upper_strict()[:3]]
    assert bounds == [date.earliest.timetuple()[:3], date.latest.timetuple()[:3]]


def test_every_day_of_a_leap_year_and_no_other_is_a_date() -> None:
    accepted = []
    for month in range(14):
        for day in range(33):
            text = f"1908-{month:02}-{day:02}"
            try:
                accepted.append(str(parse(text).earliest))
            except EdtfError:
                continue
    days = [(month, range(1, calendar.monthrange(1908, month)[1] + 1)) for month in range(1, 13)]
    assert accepted == [f"1908-{month:02}-{day:02}" for month, numbers in days for day in numbers]


@pytest.mark.parametrize(
    ("text", "parts", "approximate", "uncertain"),
    [
        ("1907", ["1907"], False, False),
        ("1907-04~", ["1907", "04"], True, False),
        ("1907-04-1X?", ["1907", "04", "1X"], False, True),
        ("1907-23%", ["1907", "23"], True, True),
    ],
)
def test_a_point_keeps_its_parts_as_written_and_its_doubts(
    text: str, parts: list[str], approximate: bool, uncertain: bool
) -> None:
    point = parse(text).points[0]
    assert point is not None
    assert (point.parts, point.approximate, point.uncertain) == (parts, approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("1907", "1907"),
        ("0907-04", "0907-04"),
        ("1907-04-03", "1907-04-03"),
        ("1907-04-03~", "1907-04-03"),
        ("1907-04-1X", "1907-04"),
        ("1907-21", "1907"),
        ("193X", ""),
        ("19XX", ""),
        ("1907-04-03/1907-04-09", "1907-04"),
        ("1907-04/1907-10", "1907"),
        ("1906-12-30/1907-01-01", ""),
        ("1907-04-03/1907-04-03", "1907-04-03"),
        ("1907-04-03/..", ""),
        ("[1907-04-01,1907-04-03]", "1907-04"),
    ],
)
def test_a_machine_is_told_no_more_than_all_the_points_of_a_date_share(text: str, machine: str) -> None:
    assert parse(text).machine == machine


#: Days, from the first to the last that a date may mean, as Gregorian year, month and day; 0 is 1 BC.
NUMBERED = [
    ("-0043", (-43, 1, 1), (-43, 12, 31)),
    ("-0043-03-15", (-43, 3, 15), (-43, 3, 15)),
    ("-0044-02", (-44, 2, 1), (-44, 2, 29)),
    ("0000", (0, 1, 1), (0, 12, 31)),
    ("-0001-24", (-1, 12, 1), (0, 2, 29)),
    ("-0050/-0043-03", (-50, 1, 1), (-43, 3, 31)),
    ("-0009/0014", (-9, 1, 1), (14, 12, 31)),
    ("[-0043,0044]", (-43, 1, 1), (44, 12, 31)),
    ("-0043-03-15J", (-43, 3, 13), (-43, 3, 13)),
    ("1917-10-25J", (1917, 11, 7), (1917, 11, 7)),
    ("1900-02-29J", (1900, 3, 13), (1900, 3, 13)),
    ("1582-10-04J/1582-10-15", (1582, 10, 14), (1582, 10, 15)),
]


@pytest.mark.parametrize(("text", "first", "last"), NUMBERED)
def test_years_before_the_year_1_and_days_of_the_julian_calendar_have_their_bounds(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    date = parse(text)
    assert (gregorian(date.first), gregorian(date.last)) == (first, last)
    assert parse(written(date.first)).first == date.first


@pytest.mark.parametrize("text", [row[0] for row in NUMBERED if "J" not in row[0] and "-24" not in row[0]])
def test_an_independent_library_finds_the_same_years_before_the_year_1(text: str) -> None:
    date, theirs = parse(text), oracle.parse_edtf(text)
    assert [theirs.lower_strict()[:3], theirs.upper_strict()[:3]] == [
        gregorian(date.first),
        gregorian(date.last),
    ]


def test_dates_follow_each_other_through_the_year_1_and_across_calendars() -> None:
    order = ["-0050", "-0043-03-15J", "-0043-03-15", "0000-12-31", "0001", "1917-10-25J", "1917-11-08"]
    numbers = [parse(text).first for text in order]
    assert numbers == sorted(set(numbers))
    assert meet(parse("1917-10-25J"), parse("1917-11-07"))
    assert not meet(parse("-0050/-0044"), parse("0044/.."))


@pytest.mark.parametrize(
    ("text", "machine"),
    [("-0043-03-15", ""), ("-0009/0014", ""), ("1917-10-25J", "1917-11-07"), ("1917-10-25J/1917-10-27J", "")],
)
def test_a_machine_is_told_gregorian_days_from_the_year_1_on(text: str, machine: str) -> None:
    assert parse(text).machine == machine
