"""A third language is data, prose and a catalogue: what Russian, German and Japanese ask of the interface."""

from __future__ import annotations

import io
import subprocess
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont

from generator.drawing import PROGRAMS
from generator.drawing.fonts import Fonts, dress
from generator.drawing.render import find_tools
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.language.rules.model import Gender
from generator.ledger.edtf import HistoricDate, parse
from generator.output.memory import Memory

SEARCH = Path(__file__).parent.parent / "generator" / "site" / "search" / "program" / "words.mjs"


def of(code: str) -> Language:
    (found,) = load_languages([code])
    assert isinstance(found, Language)
    return found


RUSSIAN = of("ru")


def seen(text: str) -> str:
    """Show the spaces that do not part as ~, narrow or not."""
    return text.replace("\u00a0", "~").replace("\u202f", "~")


def date(text: str) -> HistoricDate:
    parsed = parse(text)
    assert isinstance(parsed, HistoricDate)
    return parsed


@pytest.mark.parametrize(
    ("edtf", "alone", "sentence", "without"),
    [
        ("1907-08-20", "20~августа 1907~г.", "20~августа 1907~года", "20~августа"),
        (
            "1907-08-20/1907-08-31",
            "20–31~августа 1907~г.",
            "с~20 по~31~августа 1907~года",
            "с~20 по~31~августа",
        ),
        ("1907-07-02/1907-07-05", "2–5~июля 1907~г.", "со~2 по~5~июля 1907~года", "со~2 по~5~июля"),
        ("1907-05-11/1907-09-16", "11~мая~— 16~сентября 1907~г.", "с~11~мая по~16~сентября 1907~года", None),
        ("1906-12-30/1907-01-02", None, "с~30~декабря 1906~года по~2~января 1907~года", None),
        ("1907-05/1907-09", "май~— сентябрь 1907~г.", "с~мая по~сентябрь 1907~года", "с~мая по~сентябрь"),
        ("1907-08", "август 1907~г.", "в~августе 1907~года", "в~августе"),
        ("1907", "1907", "в~1907~году", None),
        ("1905/1907", "1905–1907", "с~1905 по~1907~год", None),
        ("190X", "1900-е годы", "в~1900-х годах", None),
        ("18XX", "XIX~век", "в~XIX~веке", None),
        ("1907-22", "лето 1907~г.", "летом 1907~года", None),
        ("1907-21/1907-24", None, "с~весны 1907~года по~зиму 1907~года", None),
        ("1907-07-1X", "середина июля 1907~года", "в~середине июля 1907~года", "в~середине июля"),
        ("1907-08-20~", "около 20~августа 1907~года", "около 20~августа 1907~года", "около 20~августа"),
        ("1907~", "около 1907~года", None, None),
        ("1907-08-20?", "20~августа 1907~г. (под~вопросом)", "вероятно, 20~августа 1907~года", None),
        ("1907-08-20/..", "с~20~августа 1907~года", None, "с~20~августа"),
        ("../1907-08", "до~августа 1907~года", None, "до~августа"),
        ("[1907-09-04,1907-09-08]", "4 или~8~сентября 1907~г.", "4 или~8~сентября 1907~года", None),
    ],
)
def test_a_russian_date_stands_in_the_case_that_its_place_asks_for(
    edtf: str, alone: str | None, sentence: str | None, without: str | None
) -> None:
    written = date(edtf)
    shown = (
        seen(RUSSIAN.date(written)),
        seen(RUSSIAN.date(written, article=True)),
        seen(RUSSIAN.date(written, article=True, year="1907")),
    )
    wanted = tuple(text or said for text, said in zip((alone, sentence, without), shown, strict=True))
    assert shown == wanted


def test_russian_days_of_one_month_name_it_once() -> None:
    frame, days = RUSSIAN.dates_together([date("1907-09-04"), date("1907-09-08")], article=True)
    assert seen(frame.format(*days)) == "4 и 8~сентября 1907~года"


@pytest.mark.parametrize(
    ("ends", "gender", "between", "said"),
    [
        ((None, "1234567.5", None), Gender.MASCULINE, False, "1~234~567,5"),
        ((None, "2", None), Gender.MASCULINE, False, "два"),
        ((None, "2", None), Gender.FEMININE, False, "две"),
        ((None, "1", None), Gender.NEUTER, False, "одно"),
        (("2", None, "3"), Gender.MASCULINE, False, "два или~три"),
        (("11", None, "35"), Gender.MASCULINE, False, "11–35"),
        (("11", None, "35"), Gender.MASCULINE, True, "от~11 до~35"),
        (("1", None, "4"), Gender.FEMININE, True, "от~одной до~четырёх"),
        (("2", None, None), Gender.FEMININE, False, "не~менее двух"),
        ((None, None, "22"), Gender.MASCULINE, False, "до~22"),
        ((None, "2500000", None), Gender.MASCULINE, False, "2,5~миллиона"),
        (("30000000", None, "35000000"), Gender.MASCULINE, False, "30–35~миллионов"),
    ],
)
def test_a_russian_number_has_its_gender_and_behind_a_bound_the_genitive(
    ends: tuple[str | None, str | None, str | None], gender: Gender, between: bool, said: str
) -> None:
    low, best, high = (Decimal(end) if end else None for end in ends)
    claim = SimpleNamespace(low=low, best=best, high=high)
    shown = RUSSIAN.in_prose(claim, words=True, gender=gender, between=between)  # type: ignore[arg-type]
    assert seen(shown) == said


def test_russian_counts_in_three_forms() -> None:
    numbers = (1, 2, 5, 11, 21, 22, 25, 111, 1000)
    assert [seen(RUSSIAN.plural("{n} row", "{n} rows", number)) for number in numbers] == [
        "1 строка", "2 строки", "5 строк", "11 строк", "21 строка", "22 строки", "25 строк", "111 строк",
        "1~000 строк",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Это так — и не так бы « цитата ».", "Это так~— и~не~так~бы «цитата»."),
        ("В 1907 г. у р. Аун, т. е. на № 5 и с. 12", "В~1907~г. у~р. Аун, т.~е. на №~5 и~с.~12"),
        ("25 000 человек, 20 %, 5 км, XIX в.", "25~000 человек, 20~%, 5~км, XIX~в."),
        ("И. И. Иванов пришёл. Он 3 мая ушёл", "И.~И.~Иванов пришёл. Он 3~мая ушёл"),
        ("В 1907 200 человек", "В~1907 200 человек"),
    ],
)
def test_russian_spaces_part_what_may_be_parted(typed: str, set_: str) -> None:
    once = RUSSIAN.typeset(typed)
    assert seen(once) == set_
    assert RUSSIAN.typeset(once) == once


def test_a_place_in_a_source_is_named_as_russian_books_name_it() -> None:
    assert seen(RUSSIAN.locator("vol. 2, pp. 12-14, n. 3, ch. IV")) == "т.~2, с.~12–14, прим.~3, гл.~IV"


def test_russian_names_stand_in_the_order_of_the_alphabet() -> None:
    names = ["Ёлкин", "Жданов", "Егоров", "Йот", "Иванов", "Еремин", "Кац"]
    assert sorted(names, key=RUSSIAN.sort_key) == [
        "Егоров",
        "Ёлкин",
        "Еремин",
        "Жданов",
        "Иванов",
        "Йот",
        "Кац",
    ]


def test_search_finds_a_russian_word_in_any_of_its_cases_with_e_or_yo() -> None:
    tools = find_tools(PROGRAMS)
    rules = tools.packages / "@orama" / "stemmers" / "dist" / "ru.js"
    program = (
        f'import {{ keys, partOf }} from "{SEARCH}"; import {{ stemmer }} from "{rules}";'
        'const sets = [["самолёт", "самолета", "самолётами"], ["дивизия", "дивизии", "дивизиями"]];'
        "const found = sets.map((words) => new Set(words.map((word) => keys(word, stemmer)[0])));"
        'console.log(found.map((keys) => keys.size).join(" "), partOf("самолет") === partOf("дивиз"));'
    )
    ran = subprocess.run(  # noqa: S603 - our own program
        [tools.node, "--input-type=module", "-e", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "1 1 false"


def test_a_page_in_another_alphabet_has_its_letters_in_the_first_view(tmp_path: Path) -> None:
    alphabet = "".join(map(chr, range(0x430, 0x450))) + "ё"
    fonts = dress({"a.html": alphabet + alphabet.upper()}, PROGRAMS / "node_modules", Memory(tmp_path, ""))
    assert isinstance(fonts, Fonts)
    for name in fonts.early:
        assert {*alphabet} <= set(map(chr, TTFont(io.BytesIO(fonts.files[name])).getBestCmap()))
    assert sum(len(fonts.files[name]) for name in fonts.early) < 80_000
