"""Numbers, dates and names as a reader of each language sees them; catalogues that are complete."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from generator.language import Language, make_language, read_catalog
from generator.language.catalogs import as_catalog, check_catalog, load_languages, messages
from generator.language.numbers import in_millions, spelled, written
from generator.language.rules.model import Gender
from generator.language.typography import raised, typeset
from generator.ledger.edtf import parse
from generator.ledger.model import Claim, Provenance
from generator.problems import Location, Problem
from tests.conftest import sources_of

#: The narrow and the wide no-break space, visible in the tables below as a reader cannot see them.
NARROW, WIDE = "\u202f", "\u00a0"


def load(code: str) -> Language:
    found = load_languages([code])[0]
    assert isinstance(found, Language)
    return found


FRENCH, ENGLISH = load("fr"), load("en")


def spaces(text: str) -> str:
    """Write the no-break spaces as signs: ‿ for the narrow one, ⎵ for the wide one."""
    return text.replace(NARROW, "‿").replace(WIDE, "⎵")


def both(french: str, english: str) -> tuple[str, str]:
    return spaces(french), spaces(english)


#: Names in the order of an alphabet, accents, macrons and signs of transliteration folded.
ALPHABETICAL = [
    "Écluse", "ecluse noire", "Eel", "Étang", "Œillet", "Of the weir", "Ōi", "Oian", "ʿOmar", "Ōta", "Zoé",
    "Пруд",
]  # fmt: skip


def test_a_list_is_in_the_order_of_the_alphabet() -> None:
    for language in (FRENCH, ENGLISH):
        assert sorted(sorted(ALPHABETICAL), key=language.sort_key) == ALPHABETICAL


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (FRENCH, ["2e armée", "11e brigade", "100e brigade", "Colline 9", "Colline 10", "Garde"]),
        (
            ENGLISH,
            ["2nd Army", "11th Brigade", "100th Brigade", "Hill 9", "Hill 10 North", "Hill 10a", "Hill 010b"],
        ),
    ],
)
def test_numbers_in_names_stand_in_the_order_of_numbers(language: Language, names: list[str]) -> None:
    assert sorted(sorted(names), key=language.sort_key) == names


NUMBERS: list[tuple[Decimal | float | None, str, str]] = [
    (0, "0", "0"),
    (1, "1", "1"),
    (999, "999", "999"),
    (1000, "1‿000", "1,000"),
    (1234567, "1‿234‿567", "1,234,567"),
    (Decimal("4.75"), "4,75", "4.75"),
    (Decimal("1234.5"), "1‿234,5", "1,234.5"),
    (Decimal("-1200.5"), "-1‿200,5", "-1,200.5"),
    (Decimal("1E+3"), "1‿000", "1,000"),
    (Decimal("30.0"), "30,0", "30.0"),
    (Decimal("4.50"), "4,50", "4.50"),
    (Decimal("0.0004"), "0,0004", "0.0004"),
    (Decimal("4.7512"), "4,7512", "4.7512"),
    (Decimal("123456789.123456789"), "123‿456‿789,123456789", "123,456,789.123456789"),
    (0.1 + 0.2, "0,3", "0.3"),
    (2.0, "2", "2"),
    (1.5, "1,5", "1.5"),
    (None, "inconnu", "unknown"),
]


@pytest.mark.parametrize(("value", "french", "english"), NUMBERS)
def test_a_number_has_the_separators_of_its_language(
    value: Decimal | float | None, french: str, english: str
) -> None:
    assert both(FRENCH.number(value), ENGLISH.number(value)) == (french, english)


@pytest.mark.parametrize(
    ("number", "unit", "french", "english"),
    [
        ("12", "%", "12⎵%", "12%"),
        ("12", "km", "12⎵km", "12⎵km"),
        ("1\u202f200", "maisons", "1‿200⎵maisons", "1‿200⎵maisons"),
    ],
)
def test_a_number_does_not_part_from_its_unit(number: str, unit: str, french: str, english: str) -> None:
    assert both(FRENCH.counted(number, unit), ENGLISH.counted(number, unit)) == (french, english)


DATES = [
    ("1907", "1907", "1907"),
    ("1907-04", "avril 1907", "April 1907"),
    ("1907-04-01", "1er⎵avril 1907", "1⎵April 1907"),
    ("1907-04-11", "11⎵avril 1907", "11⎵April 1907"),
    ("1907-04-21", "21⎵avril 1907", "21⎵April 1907"),
    ("1907-08-31", "31⎵août 1907", "31⎵August 1907"),
    ("1907~", "vers 1907", "about 1907"),
    ("1907-04~", "vers avril 1907", "about April 1907"),
    ("1907-04-01~", "vers le 1er⎵avril 1907", "about 1⎵April 1907"),
    ("1907-04?", "avril 1907 (incertain)", "April 1907 (uncertain)"),
    ("1907-04-11?", "11⎵avril 1907 (incertain)", "11⎵April 1907 (uncertain)"),
    ("1907%", "vers 1907 (incertain)", "about 1907 (uncertain)"),
    ("190X", "les années 1900", "the 1900s"),
    ("095X", "les années 950", "the 950s"),
    ("19XX", "XXe siècle", "20th century"),
    ("18XX", "XIXe siècle", "19th century"),
    ("20XX", "XXIe siècle", "21st century"),
    ("11XX", "XIIe siècle", "12th century"),
    ("0907", "907", "907"),
    ("0044-03-15", "15⎵mars 44", "15⎵March 44"),
    ("0907-21", "printemps 907", "spring 907"),
    ("1907-04-03/1907-04-03", "3⎵avril 1907", "3⎵April 1907"),
    ("1907/1907", "1907", "1907"),
    ("../1907", "jusqu’en 1907", "until 1907"),
    ("../1907-04", "jusqu’en avril 1907", "until April 1907"),
    ("../1907-21", "jusqu’au printemps 1907", "until spring 1907"),
    ("../1907-22", "jusqu’à l’été 1907", "until summer 1907"),
    ("../193X", "jusqu’aux années 1930", "until the 1930s"),
    ("../19XX", "jusqu’au XXe siècle", "until the 20th century"),
    ("../1907-04-1X", "jusqu’à la mi-avril 1907", "until mid-April 1907"),
    ("../1907-04-0X", "jusqu’à début avril 1907", "until early April 1907"),
    ("../1907~", "jusqu’en 1907 environ", "until about 1907"),
    ("1907/..", "à partir de 1907", "from 1907 on"),
    ("1907-21/..", "à partir du printemps 1907", "from spring 1907 on"),
    ("1907-22/..", "à partir de l’été 1907", "from summer 1907 on"),
    ("1907-23/..", "à partir de l’automne 1907", "from autumn 1907 on"),
    ("193X/..", "à partir des années 1930", "from the 1930s on"),
    ("19XX/..", "à partir du XXe siècle", "from the 20th century on"),
    ("1907-04-1X/..", "à partir de la mi-avril 1907", "from mid-April 1907 on"),
    ("1907-04-2X/..", "à partir de fin avril 1907", "from late April 1907 on"),
    ("1907-04-03~/..", "à partir du 3⎵avril 1907 environ", "from about 3⎵April 1907 on"),
    ("1907-04~/..", "à partir d’avril 1907 environ", "from about April 1907 on"),
    ("193X", "les années 1930", "the 1930s"),
    ("1907-XX", "1907", "1907"),
    ("1907-XX-XX", "1907", "1907"),
    ("1907-04-XX", "avril 1907", "April 1907"),
    ("1907-04-0X", "début avril 1907", "early April 1907"),
    ("1907-04-1X", "mi-avril 1907", "mid-April 1907"),
    ("1907-04-2X", "fin avril 1907", "late April 1907"),
    ("1907-04-3X", "fin avril 1907", "late April 1907"),
    ("1907-21", "printemps 1907", "spring 1907"),
    ("1907-22", "été 1907", "summer 1907"),
    ("1907-23", "automne 1907", "autumn 1907"),
    ("1907-24", "hiver 1907", "winter 1907"),
    ("../1907-04-01", "jusqu’au 1er⎵avril 1907", "until 1⎵April 1907"),
    ("1907-04-01/..", "à partir du 1er⎵avril 1907", "from 1⎵April 1907 on"),
    ("[1907-04,1907-04]", "avril 1907", "April 1907"),
    ("[1907,1908]", "soit 1907 ou 1908", "either 1907 or 1908"),
    (
        "[1907-04-01,1907-04-03,1907-05]",
        "soit 1er⎵avril 1907 ou 3⎵avril 1907 ou mai 1907",
        "either 1⎵April 1907 or 3⎵April 1907 or May 1907",
    ),
    ("1907/1909", "1907-1909", "1907–1909"),
    ("1907-04/1907-10", "avril – octobre 1907", "April – October 1907"),
    ("1907-04/1908-10", "avril 1907 – octobre 1908", "April 1907 – October 1908"),
    ("1907-04-03/1907-04-09", "3-9⎵avril 1907", "3–9⎵April 1907"),
    ("1907-04-11/1907-09-16", "11⎵avril – 16⎵septembre 1907", "11⎵April – 16⎵September 1907"),
    ("1907-04-01/1907-05-01", "1er⎵avril – 1er⎵mai 1907", "1⎵April – 1⎵May 1907"),
    (
        "1906-12-30/1907-01-01",
        "30⎵décembre 1906 – 1er⎵janvier 1907",
        "30⎵December 1906 – 1⎵January 1907",
    ),
    ("1907-04~/1907-10", "vers avril 1907 – octobre 1907", "about April 1907 – October 1907"),
    ("1907-04-03/1907-04-1X", "3⎵avril – mi-avril 1907", "3⎵April – mid-April 1907"),
    ("1907-22/1907-23", "été 1907 – automne 1907", "summer 1907 – autumn 1907"),
    ("1907-04-1X/1907-04-2X", "mi-avril 1907 – fin avril 1907", "mid-April 1907 – late April 1907"),
]

#: Years before the year 1, and days of the Julian calendar.
FAR = [
    ("-0043", "44 av. J.-C.", "44 BC"),
    ("0000", "1 av. J.-C.", "1 BC"),
    ("-0043-03", "mars 44 av. J.-C.", "March 44 BC"),
    ("-0043-03-15", "15⎵mars 44 av. J.-C.", "15⎵March 44 BC"),
    ("-0043~", "vers 44 av. J.-C.", "about 44 BC"),
    ("-0043-21", "printemps 44 av. J.-C.", "spring 44 BC"),
    ("-0050/-0043", "51-44 av. J.-C.", "51–44 BC"),
    ("-0043-03/-0043-07", "mars – juillet 44 av. J.-C.", "March – July 44 BC"),
    ("-0026/0014", "27 av. J.-C. – 14 apr. J.-C.", "27 BC – 14 AD"),
    ("../-0043", "jusqu’en 44 av. J.-C.", "until 44 BC"),
    (
        "1917-10-25J",
        "25⎵octobre 1917 (julien‿; 7⎵novembre grégorien)",
        "25⎵October 1917 (Julian; 7⎵November Gregorian)",
    ),
    (
        "1917-12-25J",
        "25⎵décembre 1917 (julien‿; 7⎵janvier 1918 grégorien)",
        "25⎵December 1917 (Julian; 7⎵January 1918 Gregorian)",
    ),
    (
        "1666-09-02J/1666-09-06J",
        "2-6⎵septembre 1666 (julien‿; 12-16⎵septembre grégorien)",
        "2–6⎵September 1666 (Julian; 12–16⎵September Gregorian)",
    ),
    (
        "1917-10-25J/1917-12-25J",
        "25⎵octobre – 25⎵décembre 1917 (julien‿; 7⎵novembre 1917 – 7⎵janvier 1918 grégorien)",
        "25⎵October – 25⎵December 1917 (Julian; 7⎵November 1917 – 7⎵January 1918 Gregorian)",
    ),
    (
        "1900-02-29J?",
        "29⎵février 1900 (julien‿; 13⎵mars grégorien‿; incertain)",
        "29⎵February 1900 (Julian; 13⎵March Gregorian; uncertain)",
    ),
]

IN_A_SENTENCE = [
    ("1907-04-03", "le 3⎵avril 1907", "on 3⎵April 1907"),
    ("1907-04-01", "le 1er⎵avril 1907", "on 1⎵April 1907"),
    ("1907-04-03?", "sans doute le 3⎵avril 1907", "probably on 3⎵April 1907"),
    ("1907-04-03%", "sans doute vers le 3⎵avril 1907", "probably about 3⎵April 1907"),
    ("1907-04?", "avril 1907 (incertain)", "April 1907 (uncertain)"),
    ("../1907-04-03?", "jusqu’au 3⎵avril 1907 (incertain)", "until 3⎵April 1907 (uncertain)"),
    ("1907-04", "avril 1907", "April 1907"),
    ("1907", "1907", "1907"),
    ("1907-04-1X", "mi-avril 1907", "mid-April 1907"),
    ("1907-04-03~", "vers le 3⎵avril 1907", "about 3⎵April 1907"),
    ("1907/1909", "de 1907 à 1909", "from 1907 to 1909"),
    ("1907-05/1907-07", "de mai à juillet 1907", "from May to July 1907"),
    ("1907-04/1907-10", "d’avril à octobre 1907", "from April to October 1907"),
    ("1907-04-01/1907-04-09", "du 1er au 9⎵avril 1907", "from 1 to 9⎵April 1907"),
    (
        "1907-04-11/1907-09-16",
        "du 11⎵avril au 16⎵septembre 1907",
        "from 11⎵April to 16⎵September 1907",
    ),
    (
        "1906-12-30/1907-01-01",
        "du 30⎵décembre 1906 au 1er⎵janvier 1907",
        "from 30⎵December 1906 to 1⎵January 1907",
    ),
    ("../1907-04-03", "jusqu’au 3⎵avril 1907", "until 3⎵April 1907"),
    ("../1907-04", "jusqu’en avril 1907", "until April 1907"),
    ("1907-04/..", "à partir d’avril 1907", "from April 1907 on"),
    ("1904/1907", "de 1904 à 1907", "from 1904 to 1907"),
    (
        "1666-09-02J/1666-09-06J",
        "du 2 au 6⎵septembre 1666 (julien‿; 12-16⎵septembre grégorien)",
        "from 2 to 6⎵September 1666 (Julian; 12–16⎵September Gregorian)",
    ),
    ("1907-21/1907-22", "du printemps 1907 à l’été 1907", "from spring 1907 to summer 1907"),
    ("193X/194X", "des années 1930 aux années 1940", "from the 1930s to the 1940s"),
    ("18XX/19XX", "du XIXe siècle au XXe siècle", "from the 19th century to the 20th century"),
    ("1907-04-03/1907-04-1X", "du 3⎵avril à la mi-avril 1907", "from 3⎵April to mid-April 1907"),
    (
        "1907-04-1X/1907-04-2X",
        "de la mi-avril 1907 à fin avril 1907",
        "from mid-April 1907 to late April 1907",
    ),
    ("1904/1907-05", "de 1904 à mai 1907", "from 1904 to May 1907"),
    ("1904-05/1907-05-01", "de mai 1904 au 1er⎵mai 1907", "from May 1904 to 1⎵May 1907"),
    ("1907-04-03/1907-04-03", "le 3⎵avril 1907", "on 3⎵April 1907"),
    (
        "[1907-04-01,1907-04-03]",
        "soit le 1er ou le 3⎵avril 1907",
        "either 1 or 3⎵April 1907",
    ),
    (
        "[1907-04-01~,1907-04-03]",
        "soit le 1er⎵avril 1907 environ ou le 3⎵avril 1907",
        "either about 1⎵April 1907 or 3⎵April 1907",
    ),
    ("1907-04~/1907-10", "vers avril 1907 – octobre 1907", "about April 1907 – October 1907"),
    ("1907-04-03/..", "à partir du 3⎵avril 1907", "from 3⎵April 1907 on"),
]


@pytest.mark.parametrize(("text", "french", "english"), DATES)
def test_a_date_is_written_to_the_precision_it_is_known(text: str, french: str, english: str) -> None:
    when = parse(text)
    assert both(FRENCH.date(when), ENGLISH.date(when)) == (french, english)


@pytest.mark.parametrize(("text", "french", "english"), FAR)
def test_a_date_says_its_era_and_the_calendar_of_its_source(text: str, french: str, english: str) -> None:
    when = parse(text)
    assert both(FRENCH.date(when), ENGLISH.date(when)) == (french, english)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("1907-07-20?", "20⎵juillet 1907, incertain", "20⎵July 1907, uncertain"),
        ("1907-07-20", "20⎵juillet 1907", "20⎵July 1907"),
        (
            "1917-10-25J",
            "25⎵octobre 1917, julien‿; 7⎵novembre grégorien",
            "25⎵October 1917, Julian; 7⎵November Gregorian",
        ),
    ],
)
def test_a_date_within_brackets_has_none_of_its_own(text: str, french: str, english: str) -> None:
    when = parse(text)
    said = both(FRENCH.date(when, bracketed=True), ENGLISH.date(when, bracketed=True))
    assert said == (french, english)


@pytest.mark.parametrize(("text", "french", "english"), IN_A_SENTENCE)
def test_a_date_in_a_sentence_has_the_words_it_needs(text: str, french: str, english: str) -> None:
    when = parse(text)
    said = both(FRENCH.date(when, article=True), ENGLISH.date(when, article=True))
    assert said == (french, english)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("1907-04-03", "le 3⎵avril", "on 3⎵April"),
        ("1907-04-03~", "vers le 3⎵avril", "about 3⎵April"),
        ("1907-04", "avril", "April"),
        ("1907-04-1X", "mi-avril", "mid-April"),
        ("1907", "1907", "1907"),
        ("1907-22", "été 1907", "summer 1907"),
        ("1908-04-03", "le 3⎵avril 1908", "on 3⎵April 1908"),
        ("1907-04-01/1907-04-09", "du 1er au 9⎵avril", "from 1 to 9⎵April"),
        ("1907-04-11/1907-09-16", "du 11⎵avril au 16⎵septembre", "from 11⎵April to 16⎵September"),
        (
            "1906-12-30/1907-01-01",
            "du 30⎵décembre 1906 au 1er⎵janvier 1907",
            "from 30⎵December 1906 to 1⎵January 1907",
        ),
        ("1907-04-03/..", "à partir du 3⎵avril", "from 3⎵April on"),
        ("[1907-04-03,1907-05]", "soit le 3⎵avril ou mai", "either 3⎵April or May"),
    ],
)
def test_the_year_that_goes_without_saying_is_left_out(text: str, french: str, english: str) -> None:
    when = parse(text)
    said = both(FRENCH.date(when, article=True, year="1907"), ENGLISH.date(when, article=True, year="1907"))
    assert said == (french, english)


#: Dates beside each other, in a sentence and as in a table.
BESIDE = [
    ("1907-04-04 1907-04-08", "les 4 et 8⎵avril 1907", "on 4 and 8⎵April 1907"),
    ("1907-04-01 1907-04-04 1907-04-08", "les 1er, 4 et 8⎵avril 1907", "on 1, 4 and 8⎵April 1907"),
    ("1907-04-04 1907-05-08", "le 4⎵avril et le 8⎵mai 1907", "on 4⎵April and on 8⎵May 1907"),
    ("1907-04-04 1908-04-08", "le 4⎵avril 1907 et le 8⎵avril 1908", "on 4⎵April 1907 and on 8⎵April 1908"),
    (
        "1907-04-04 1907-04-08?",
        "le 4⎵avril et sans doute le 8⎵avril 1907",
        "on 4⎵April and probably on 8⎵April 1907",
    ),
    ("1907-04-04 1907-05", "le 4⎵avril et mai 1907", "on 4⎵April and May 1907"),
    ("1907-04-04 ../1907-05-01", "le 4⎵avril et jusqu’au 1er⎵mai 1907", "on 4⎵April and until 1⎵May 1907"),
]


@pytest.mark.parametrize(("texts", "french", "english"), BESIDE)
def test_days_of_one_month_name_it_once(texts: str, french: str, english: str) -> None:
    dates = [parse(text) for text in texts.split()]

    def said(language: Language, *, article: bool, year: str = "") -> str:
        frame, parts = language.dates_together(dates, article=article, year=year)
        return frame.format(*parts)

    assert both(said(FRENCH, article=True), said(ENGLISH, article=True)) == (french, english)
    if french.startswith("les 4"):
        assert both(said(FRENCH, article=False), said(ENGLISH, article=False)) == (
            "4 et 8⎵avril 1907",
            "4 and 8⎵April 1907",
        )
        assert both(said(FRENCH, article=True, year="1907"), said(ENGLISH, article=True, year="1907")) == (
            "les 4 et 8⎵avril",
            "on 4 and 8⎵April",
        )


@pytest.mark.parametrize(
    ("time", "french", "english"),
    [
        ("05:45", "5⎵h⎵45", "05:45"),
        ("00:00", "0⎵h", "00:00"),
        ("23:05", "23⎵h⎵05", "23:05"),
        ("05:45/06:10", "5⎵h⎵45–6⎵h⎵10", "05:45–06:10"),
    ],
)
def test_a_time_is_written_as_a_clock_says_it(time: str, french: str, english: str) -> None:
    assert both(FRENCH.clock(time), ENGLISH.clock(time)) == (french, english)


def test_what_a_language_does_its_regions_do() -> None:
    [canadian, american] = load_languages(["fr-CA", "en-US"])
    assert isinstance(canadian, Language)
    assert isinstance(american, Language)
    first = parse("1907-04-01")
    assert canadian.date(first, year=" y") == FRENCH.date(first, year=" y") == f"1er{WIDE}avril 1907"
    assert canadian.date(parse("18XX")) == FRENCH.date(parse("18XX"))
    assert spaces(canadian.typeset("Qui ? « Lui »")) == "Qui‿? «‿Lui‿»"
    assert raised("le 1er", "fr-CA") == raised("le 1er", "fr") != [("le 1er", "")]
    assert spelled(Decimal(1), "fr-CA", Gender.FEMININE) == "une"
    assert american.in_prose(claim("", "60", ""), "%") == f"60{WIDE}percent"
    assert ENGLISH.in_prose(claim("", "60", ""), "%") == f"60{WIDE}per cent"


def claim(low: str, best: str, high: str) -> Claim:
    values = (Decimal(text) if text else None for text in (low, best, high))
    return Claim(
        "c",
        "damages",
        *("t", "upstream", "houses", ""),
        *values,
        unit="house",
        date=None,
        phase="",
        subject="",
        nature="",
        part_of="",
        provenance=Provenance("s"),
        rank="normal",
        reason={},
        note={},
        location=Location("data/damages.csv", 2),
    )


CLAIMS = [
    ("", "1234", "", "1‿234", "1,234"),
    ("30", "30", "30", "30", "30"),
    ("30", "30", "", "30", "30"),
    ("", "30", "30.0", "30", "30"),
    ("", "0", "", "0", "0"),
    ("1500", "", "2000", "1‿500–2‿000", "1,500–2,000"),
    ("0", "", "5", "0–5", "0–5"),
    ("1500", "", "", "au moins 1‿500", "at least 1,500"),
    ("", "", "2000", "jusqu’à 2‿000", "up to 2,000"),
    (
        "1500",
        "1800",
        "2000",
        "1‿800 (entre 1‿500 et 2‿000)",
        "1,800 (between 1,500 and 2,000)",
    ),
    ("1500", "1800", "", "1‿800 (au moins 1‿500)", "1,800 (at least 1,500)"),
    ("", "1800", "2000", "1‿800 (jusqu’à 2‿000)", "1,800 (up to 2,000)"),
]


@pytest.mark.parametrize(("low", "best", "high", "french", "english"), CLAIMS)
def test_a_claim_says_what_its_source_states(
    low: str, best: str, high: str, french: str, english: str
) -> None:
    stated = claim(low, best, high)
    assert both(FRENCH.claim(stated), ENGLISH.claim(stated)) == (french, english)


MEASURED = [
    ("", "9", "", "mm", "9⎵mm", "9⎵mm"),
    ("4", "9", "12", "mm", "9⎵mm (entre 4 et 12)", "9⎵mm (between 4 and 12)"),
    ("4", "9", "", "mm", "9⎵mm (au moins 4)", "9⎵mm (at least 4)"),
    ("4", "", "", "mm", "au moins 4⎵mm", "at least 4⎵mm"),
    ("4", "", "9", "mm", "4–9⎵mm", "4–9⎵mm"),
    ("", "63", "", "%", "63⎵%", "63%"),
]


@pytest.mark.parametrize(("low", "best", "high", "unit", "french", "english"), MEASURED)
def test_a_unit_follows_the_figure_and_not_the_bracket(
    low: str, best: str, high: str, unit: str, french: str, english: str
) -> None:
    stated = claim(low, best, high)
    assert both(FRENCH.claim(stated, unit), ENGLISH.claim(stated, unit)) == (french, english)


#: What a claim states in a sentence, its unit behind it: ranges with their words, millions as such.
IN_PROSE = [
    ("11", "", "35", "", "de 11 à 35", "between 11 and 35"),
    ("2", "", "3", "", "deux ou trois", "two or three"),
    ("4", "", "9", "mm", "de 4 à 9⎵mm", "between 4 and 9⎵mm"),
    ("", "30000000", "", "", "30⎵millions", "30⎵million"),
    ("", "30000000", "", "habitants", "30⎵millions⎵d’habitants", "30⎵million⎵habitants"),
    ("", "1500000", "", "tuiles", "1,5⎵million⎵de tuiles", "1.5⎵million⎵tuiles"),
    ("", "1000000", "", "", "1⎵million", "1⎵million"),
    ("", "2000000000", "", "", "2⎵milliards", "2⎵billion"),
    ("", "1550000", "", "", "1‿550‿000", "1,550,000"),
    ("", "999000", "", "", "999‿000", "999,000"),
    ("30000000", "", "35000000", "", "de 30 à 35⎵millions", "between 30 and 35⎵million"),
    ("900000", "", "1000000", "", "de 900‿000 à 1⎵million", "between 900,000 and 1⎵million"),
    ("30000000", "", "", "", "au moins 30⎵millions", "at least 30⎵million"),
    ("", "30000000", "", "km", "30‿000‿000⎵km", "30,000,000⎵km"),
]


@pytest.mark.parametrize(("low", "best", "high", "unit", "french", "english"), IN_PROSE)
def test_a_sentence_has_the_words_of_a_range_and_of_millions(
    low: str, best: str, high: str, unit: str, french: str, english: str
) -> None:
    stated = claim(low, best, high)
    said = (language.in_prose(stated, unit, words=True, between=True) for language in (FRENCH, ENGLISH))
    assert both(*said) == (french, english)


def test_a_language_without_words_for_millions_writes_digits() -> None:
    assert in_millions(Decimal(30000000), Locale("ja")) == ("", "")
    assert "".join(in_millions(Decimal(30000000), Locale("ru"))) == f"30{WIDE}миллионов"


#: A place in a source as it may be noted, and as each language writes it.
LOCATORS = [
    ("p. 12", "p.⎵12", "p.⎵12"),
    ("pp. 349-351", "p.⎵349-351", "pp.⎵349–351"),
    ("p. 204, 206, 269", "p.⎵204, 206, 269", "pp.⎵204, 206, 269"),
    ("note 434", "n.⎵434", "n.⎵434"),
    ("notes 8–9", "n.⎵8-9", "nn.⎵8–9"),
    ("doc. 623, note 21", "doc.⎵623, n.⎵21", "doc.⎵623, n.⎵21"),
    ("docs. 743–752", "doc.⎵743-752", "docs⎵743–752"),
    ("introduction, n. 1", "introduction, n.⎵1", "introduction, n.⎵1"),
    ("add. art. III", "art. add. III", "add. art.⎵III"),
    ("ch. 2, “Fords”", "chap.⎵2, «‿Fords‿»", "ch.⎵2, “Fords”"),
    ("chap. 21", "chap.⎵21", "ch.⎵21"),
    ("chapitre V", "chap.⎵V", "ch.⎵V"),
    ("no. 0037", "nº⎵0037", "no.⎵0037"),
    ("table 7", "tableau 7", "table 7"),
    ("infobox", "encadré", "infobox"),
    ("foreword", "avant-propos", "foreword"),
    ("Kindle loc. 1697", "empl. Kindle 1697", "Kindle loc. 1697"),
    ("before n. 13", "avant n.⎵13", "before n.⎵13"),
    ("p. 40 (online), n. 244", "p.⎵40 (en ligne), n.⎵244", "p.⎵40 (online), n.⎵244"),
    ("front page, cols. 2-3", "à la une, col.⎵2-3", "front page, cols⎵2–3"),
    ("préface, par. 7", "préface, par.⎵7", "preface, para.⎵7"),
    ("12 July 1939", "12⎵juillet 1939", "12⎵July 1939"),
    ("July 1, 1939, p. 3", "1er⎵juillet 1939, p.⎵3", "1⎵July 1939, p.⎵3"),
    ("1er juillet 1939", "1er⎵juillet 1939", "1⎵July 1939"),
    ("p. 2, 12–14 July 1939", "p.⎵2, 12-14⎵juillet 1939", "p.⎵2, 12–14⎵July 1939"),
    ("sept. 1939", "septembre 1939", "September 1939"),
    ("12 июля 1939 г.", "12⎵juillet 1939", "12⎵July 1939"),
    ("1939-07-12", "12⎵juillet 1939", "12⎵July 1939"),
    ("1939-07-12/1939-07-14, col. 3", "12-14⎵juillet 1939, col.⎵3", "12–14⎵July 1939, col.⎵3"),
    ("31 June 1939", "31 June 1939", "31⎵June 1939"),  # there was no such day: it stays as it was noted
    ("1939-45", "1939-45", "1939-45"),
    ("letter of 12 July 1939", "letter of 12 July 1939", "letter of 12⎵July 1939"),
    ("Hotel May 1939", "Hotel May 1939", "Hotel May 1939"),
    ("§ 105", "§⎵105", "§⎵105"),
    ("art. Map 5", "art. Map 5", "art. Map 5"),
    ("the map 5", "the map 5", "the map 5"),
    ("id 2038670", "id 2038670", "id 2038670"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "french", "english"), LOCATORS)
def test_a_place_in_a_source_is_written_as_the_language_of_the_page_does(
    text: str, french: str, english: str
) -> None:
    assert both(FRENCH.locator(text), ENGLISH.locator(text)) == (french, english)
    assert FRENCH.locator(FRENCH.locator(text)) == FRENCH.locator(text) or text.startswith("add")


TYPESET = [
    ("Qui ? Moi ! Ici ; là", "Qui‿? Moi‿! Ici‿; là"),
    ("« mot »", "«‿mot‿»"),
    ("«\u00a0mot\u00a0»", "«‿mot‿»"),
    ("Chef : Anne", "Chef⎵: Anne"),
    ("deux mots :", "deux mots⎵:"),
    ("5:45 et https://a.b", "5:45 et https://a.b"),
    ("12 km, 12 %, 3 m, 76 mm", "12⎵km, 12⎵%, 3⎵m, 76⎵mm"),
    ("de 2 h à 8 h, vers 0 h 20", "de 2⎵h à 8⎵h, vers 0⎵h⎵20"),
    ("1 234 567 maisons", "1‿234‿567 maisons"),
    ("12 mois", "12 mois"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TYPESET)
def test_french_spaces_are_set_and_english_ones_are_left(text: str, expected: str) -> None:
    assert (spaces(typeset(text, "fr")), typeset(text, "en")) == (expected, text)


#: What stands before a number of a part, by language: the two do not part.
COUNTED = [
    ("fr", "n° 5, p. 12, no 7", "nº⎵5, p.⎵12, nº⎵7"),
    ("en", "n° 5, p. 12, no. 7, no 7", "n°⎵5, p.⎵12, no.⎵7, no 7"),
    *(
        (code, "§ 189, pp. 12, n. 3, docs 7, vol. XI", "§⎵189, pp.⎵12, n.⎵3, docs⎵7, vol.⎵XI")
        for code in ("fr", "en")
    ),
    *((code, "map 5. 3 cap. 9 p. x par 7", "map 5. 3 cap. 9 p. x par 7") for code in ("fr", "en")),
]


@pytest.mark.parametrize(("code", "text", "expected"), COUNTED)
def test_the_number_of_a_part_does_not_leave_what_stands_before_it(
    code: str, text: str, expected: str
) -> None:
    assert spaces(typeset(text, code)) == expected
    assert typeset(typeset(text, code), code) == typeset(text, code)


@pytest.mark.parametrize("text", [row[0] for row in TYPESET])
def test_setting_spaces_twice_changes_nothing(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@pytest.mark.parametrize(
    ("items", "french", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a et b", "a and b"),
        (["a", "b", "c"], "a, b et c", "a, b and c"),
    ],
)
def test_a_list_is_joined_as_a_sentence_does(items: list[str], french: str, english: str) -> None:
    assert (FRENCH.list(items), ENGLISH.list(items)) == (french, english)


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0 affirmation", "0 claims"),
        (1, "1 affirmation", "1 claim"),
        (2, "2 affirmations", "2 claims"),
        (1200, "1‿200 affirmations", "1,200 claims"),
    ],
)
def test_a_plural_follows_the_rule_of_its_language(number: int, french: str, english: str) -> None:
    forms = ("{n} claim", "{n} claims", number)
    assert both(FRENCH.plural(*forms), ENGLISH.plural(*forms)) == (french, english)


def people(*names: str) -> list[dict[str, str]]:
    return [{"family": name} for name in names]


SOURCES: list[tuple[dict[str, Any], str, str]] = [
    ({"author": people("Aval"), "issued": {"date-parts": [[1930]]}}, "Aval 1930", "Aval 1930"),
    (
        {"author": people("Aval", "Amont"), "issued": {"date-parts": [[1930, 4]]}},
        "Aval et Amont 1930",
        "Aval and Amont 1930",
    ),
    ({"author": people("A", "B", "C")}, "A, B et C", "A, B and C"),
    (
        {"author": people("A", "B", "C", "D"), "issued": {"date-parts": [[1930]]}},
        "A et al. 1930",
        "A et al. 1930",
    ),
    ({"author": [{"literal": "La Commune"}]}, "La Commune", "La Commune"),
    ({"editor": people("Géomètre"), "title": "Relevé"}, "Géomètre", "Géomètre"),
    ({"title": "Relevé : deux rives", "title-short": "Relevé"}, "Relevé", "Relevé"),
    ({"title": "Qui sait ?"}, "Qui sait‿?", "Qui sait ?"),
    ({"title": "Relevé", "issued": {"date-parts": [[1908]]}}, "Relevé 1908", "Relevé 1908"),
    ({"title": "Relevé", "issued": {"date-parts": [[]]}}, "Relevé", "Relevé"),
    (
        {
            "author": people("Aval"),
            "issued": {"date-parts": [[1907]]},
            "custom": {"label": "Gazette 1907"},
        },
        "Gazette 1907",
        "Gazette 1907",
    ),
    (
        {"title": "x", "custom": {"label": "Gazette", "label_fr": "La Gazette"}},
        "La Gazette",
        "Gazette",
    ),
]


@pytest.mark.parametrize(("source", "french", "english"), SOURCES)
def test_a_source_is_named_in_a_few_words(source: dict[str, Any], french: str, english: str) -> None:
    [read] = sources_of(source).values()
    said = both(FRENCH.source_label(read), ENGLISH.source_label(read))
    assert said == (french, english)


def test_a_message_without_translation_is_said_as_it_stands() -> None:
    bare = make_language("fr", Catalog(locale="fr"))
    assert (bare.say("about {date}", date="1907"), bare.number(None)) == ("about 1907", "unknown")


HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""
WANTED = {"Source": "", "{n} row": "{n} rows"}
GOOD = 'msgid "Source"\nmsgstr "Source"\n\n'
ROWS = 'msgid "{n} row"\nmsgid_plural "{n} rows"\nmsgstr[0] "{n} ligne"\nmsgstr[1] "{n} lignes"\n'
CATALOGUES = {
    "complete": (GOOD + ROWS, []),
    "a message is missing": (
        ROWS,
        ['fr.po:1: untranslated: "Source"\n    hint: add its msgstr'],
    ),
    "a translation is empty": (
        'msgid "Source"\nmsgstr ""\n\n' + ROWS,
        ['fr.po:6: untranslated: "Source"\n    hint: add its msgstr'],
    ),
    "a plural form is empty": (
        GOOD + ROWS.replace('"{n} lignes"', '""'),
        ['fr.po:9: untranslated: "{n} row"\n    hint: add its msgstr'],
    ),
    "a translation is fuzzy": (
        "#, fuzzy\n" + GOOD + ROWS,
        ['fr.po:7: untranslated: "Source" is fuzzy\n    hint: confirm it'],
    ),
    "a placeholder is translated": (
        GOOD + ROWS.replace('"{n} lignes"', '"{nombre} lignes"'),
        [
            (
                'fr.po:9: placeholders: "{nombre} lignes" has {nombre}, and "{n} row" has {n}\n'
                "    hint: write the same names in braces, untranslated"
            )
        ],
    ),
    "a form of a plural leaves the number out": (GOOD + ROWS.replace('"{n} ligne"', '"une ligne"'), []),
    "a brace stands alone": (
        GOOD.replace('msgstr "Source"', 'msgstr "Source {"') + ROWS,
        [
            (
                'fr.po:6: placeholders: "Source {" has a single brace, and "Source" has none\n'
                "    hint: write the same names in braces, untranslated"
            )
        ],
    ),
    "a message is left over": (
        GOOD + ROWS + '\nmsgid "Sauce"\nmsgstr "Sauce"\n',
        ['fr.po:14: unused-message: "Sauce"\n    hint: remove it'],
    ),
    "three at once": (
        "#, fuzzy\n" + GOOD + 'msgid "Sauce"\nmsgstr ""\n',
        [
            'fr.po:7: untranslated: "Source" is fuzzy\n    hint: confirm it',
            'fr.po:1: untranslated: "{n} row"\n    hint: add its msgstr',
            'fr.po:10: unused-message: "Sauce"\n    hint: remove it',
        ],
    ),
}


@pytest.mark.parametrize(("text", "lines"), CATALOGUES.values(), ids=CATALOGUES)
def test_a_catalogue_is_complete_and_holds_nothing_else(text: str, lines: list[str]) -> None:
    catalog = read_catalog("fr.po", (HEAD + text).encode(), "fr")
    assert isinstance(catalog, Catalog)
    assert [str(problem) for problem in check_catalog("fr.po", catalog, WANTED)] == lines


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'msgid "open"\n', "missing msgstr for msgid 'open' on 0"),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_a_problem(raw: bytes, reason: str) -> None:
    said = f"cannot read the catalogue: {reason}"
    assert read_catalog("fr.po", raw, "fr") == Problem(Location("fr.po"), "untranslated", said)


def test_a_language_without_catalogue_is_a_problem(tmp_path: Path) -> None:
    message = "no catalogue of de: it does not come with the generator"
    hint = "python -m generator catalogue de writes one to translate"
    expected = [Problem(Location("locale/de.po"), "missing-file", message, hint)]
    assert load_languages(["de"], tmp_path) == expected


def test_a_catalogue_of_the_documentary_lies_over_that_of_the_generator(tmp_path: Path) -> None:
    for code in ("fr", "de"):
        (tmp_path / f"{code}.po").write_text(HEAD + GOOD + (ROWS if code == "fr" else ""), encoding="utf-8")
    own = HEAD + GOOD.replace('msgstr "Source"', 'msgstr "Ursprung"') + ROWS
    [language] = load_languages(["de"], tmp_path, {"locale/de.po": own.encode()})
    assert isinstance(language, Language)
    assert language.say("Source") == "Ursprung"
    worse = own + '\nmsgid "Sauce"\nmsgstr "Soße"\n'
    line = worse.count("\n") - 1
    assert load_languages(["de"], tmp_path, {"locale/de.po": worse.encode()}) == [
        Problem(Location("locale/de.po", line), "unused-message", '"Sauce"', "remove it")
    ]


def test_a_catalogue_to_translate_holds_every_message_and_what_is_known_already(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text(HEAD + GOOD + ROWS, encoding="utf-8")
    first = as_catalog("ru", {}, tmp_path)
    assert isinstance(first, bytes)
    assert [str(problem) for problem in load_languages(["ru"], tmp_path, {"locale/ru.po": first})] == [
        f'locale/ru.po:{line}: untranslated: "{message}"\n    hint: add its msgstr'
        for message in ("Source", "{n} row")
        for line in [first.decode().split(f'msgid "{message}"')[0].count("\n") + 1]
    ]
    translated = '# From the printer.\n#, fuzzy\nmsgid "Source"\nmsgstr "Источник"'
    half = first.replace(b'msgid "Source"\nmsgstr ""', translated.encode())
    again = as_catalog("ru", {"locale/ru.po": half}, tmp_path)
    assert isinstance(again, bytes)
    assert again == half
    assert again.count(b"msgstr[") == 3


def test_a_catalogue_that_says_less_than_the_others_is_a_problem_of_every_check(tmp_path: Path) -> None:
    for code in ("fr", "de"):
        (tmp_path / f"{code}.po").write_text(HEAD + GOOD + (ROWS if code == "fr" else ""), encoding="utf-8")
    location = Location("generator/language/locales/de.po")
    expected = [Problem(location, "untranslated", '"{n} row"', "add its msgstr")]
    assert load_languages(["fr", "de"], tmp_path) == expected


@pytest.mark.parametrize(
    ("code", "catalogue", "number"),
    [
        ("pt-BR", "pt-BR", "1.234,5"),
        ("pt-BR", "pt", "1.234,5"),
        ("de-CH", "de", "1’234.5"),
        ("zh-Hant", "zh-Hant", "1,234.5"),
        ("zh-Hant-TW", "zh-Hant", "1,234.5"),
        ("sr-Latn", "sr", "1.234,5"),
    ],
)
def test_a_language_of_a_region_or_script_has_its_own_numbers_and_the_nearest_catalogue(
    code: str, catalogue: str, number: str, tmp_path: Path
) -> None:
    (tmp_path / f"{catalogue}.po").write_text(HEAD + GOOD, encoding="utf-8")
    [language] = load_languages([code], tmp_path)
    assert isinstance(language, Language)
    assert (language.code, language.number(Decimal("1234.5"))) == (code, number)


def test_what_fills_a_message_stands_in_its_translation_too() -> None:
    def names(text: str) -> list[str]:
        return sorted(part.split("}")[0].split(":")[0] for part in text.split("{")[1:])

    wrong = {
        (language.code, message)
        for language in (FRENCH, ENGLISH, load("ru"))
        for message in messages()
        for entry in [language.catalog.get(message)]
        for form in ([entry.string] if isinstance(entry.string, str) else entry.string)
        if names(form) != names(message)
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("code", "four", "five", "fraction"),
    [
        ("pl", "1234", "12⎵345", "1234,50"),
        ("es", "1234", "12.345", "1234,50"),
        ("es_MX", "1,234", "12,345", "1,234.50"),
        ("pt_PT", "1234", "12⎵345", "1234,50"),
        ("pt", "1.234", "12.345", "1.234,50"),
        ("it", "1234", "12.345", "1234,50"),
        ("ru", "1⎵234", "12⎵345", "1⎵234,50"),
        ("fr", "1‿234", "12‿345", "1‿234,50"),
        ("en", "1,234", "12,345", "1,234.50"),
    ],
)
def test_thousands_are_parted_from_four_digits_on_or_from_five_as_cldr_has_it(
    code: str, four: str, five: str, fraction: str
) -> None:
    locale = Locale.parse(code)
    found = [spaces(written(Decimal(text), locale)) for text in ("1234", "12345", "1234.50")]
    assert found == [four, five, fraction]
    assert spaces(written(Decimal(-1234), locale)).endswith(four)
