"""A third language is data, prose and a catalogue: what Russian, German and Japanese ask of the interface."""

from __future__ import annotations

import io
import subprocess
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from fontTools.ttLib import TTFont

from generator.__main__ import main
from generator.build import Checked, check
from generator.commands.lacking import lacking
from generator.drawing import PROGRAMS
from generator.drawing.fonts import Fonts, Letters, dress
from generator.drawing.render import find_tools
from generator.language import Language, make_language
from generator.language.catalogs import load_languages
from generator.language.numbers import category
from generator.language.rules.model import Gender
from generator.ledger.edtf import HistoricDate, parse
from generator.output.memory import Memory
from tests.third_language import add_language, catalogue

TINY = Path(__file__).parent / "datasets" / "tiny"
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
        ("-0043", "44 до~н.~э.", "в~44~году до~н.~э.", None),
        ("-0043-03", "март 44~г. до~н.~э.", "в~марте 44~года до~н.~э.", None),
        ("-0043-03-15", "15~марта 44~г. до~н.~э.", "15~марта 44~года до~н.~э.", None),
        ("-0043-21", "весна 44~г. до~н.~э.", "весной 44~года до~н.~э.", None),
        ("-0026/0014", "27 до~н.~э.~— 14 н.~э.", "с~27~года до~н.~э. по~14~год", None),
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
        (("2000000", None, None), Gender.MASCULINE, False, "не~менее 2~миллионов"),
        ((None, None, "1000000"), Gender.MASCULINE, False, "до~1~миллиона"),
        (("2000000", None, "3000000"), Gender.MASCULINE, True, "от~2 до~3~миллионов"),
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
    ("number", "alone", "bound"),
    [("1", "one", "few"), ("2", "few", "many"), ("5", "many", "many"), ("1.5", "few", "few")],
)
def test_a_russian_unit_has_the_genitive_behind_a_bound_and_that_of_one_behind_decimals(
    number: str, alone: str, bound: str
) -> None:
    value = Decimal(number)
    forms = [category(value, value, RUSSIAN.locale, bound=behind) for behind in (False, True)]
    assert forms == [alone, bound]


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Это так — и не так бы « цитата ».", "Это так~— и~не~так~бы «цитата»."),
        ("В 1907 г. у р. Аун, т. е. на № 5 и с. 12", "В~1907~г. у~р. Аун, т.~е. на №~5 и~с.~12"),
        ("25 000 человек, 20 %, 5 км, XIX в.", "25~000 человек, 20~%, 5~км, XIX~в."),
        ("И. И. Иванов пришёл. Он 3 мая ушёл", "И.~И.~Иванов пришёл. Он 3~мая ушёл"),
        ("В 1907 200 человек", "В~1907 200 человек"),
        ("В 1907 в Ауне, 47° с. ш., 7° в. д.", "В~1907 в~Ауне, 47°~с.~ш., 7°~в.~д."),
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
    pages = {"a.html": Letters(alphabet + alphabet.upper())}
    fonts = dress(pages, PROGRAMS / "node_modules", Memory(tmp_path, ""))
    assert isinstance(fonts, Fonts)
    for name in fonts.early:
        assert {*alphabet} <= set(map(chr, TTFont(io.BytesIO(fonts.files[name])).getBestCmap()))
    assert sum(len(fonts.files[name]) for name in fonts.early) < 80_000


def said_by_check(root: Path) -> list[str]:
    outcome = check(root, lambda _: None)
    return [str(problem) for problem in outcome] if isinstance(outcome, list) else []


@pytest.fixture(scope="module", params=[("ja", "日本語"), ("de", "Deutsch")], ids=["ja", "de"])
def in_another(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return the code of a language that the generator was not taught, and a documentary in it."""
    code, name = request.param
    folder = tmp_path_factory.mktemp("languages") / code
    return code, add_language(TINY, folder, code, name)


def test_a_language_without_catalogue_is_told_where_to_begin(in_another: tuple[str, Path]) -> None:
    code, root = in_another
    said = f"locale/{code}.po:1: missing-file: no catalogue of {code}: it does not come with the generator"
    hint = f"python -m generator catalogue {code} writes one to translate"
    assert said_by_check(root) == [f"{said}\n    hint: {hint}"]


def test_every_message_that_is_still_to_be_translated_is_said_at_its_line(
    in_another: tuple[str, Path],
) -> None:
    code, root = in_another
    words = catalogue(code, translated=True)
    half = words.replace('msgid "Search"\nmsgstr "Search"', 'msgid "Search"\nmsgstr ""')
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale" / f"{code}.po").write_text(half, encoding="utf-8")
    line = half.split('msgid "Search"')[0].count("\n") + 1
    assert said_by_check(root) == [
        f'locale/{code}.po:{line}: untranslated: "Search"\n    hint: add its msgstr'
    ]


def test_what_a_language_has_to_do_without_is_said_by_name(in_another: tuple[str, Path]) -> None:
    code, root = in_another
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale" / f"{code}.po").write_text(catalogue(code, translated=True), encoding="utf-8")
    checked = check(root, lambda _: None)
    assert isinstance(checked, Checked)
    notes = list(lacking(site.language for site in checked.sites.values()))
    name = {"ja": "Japanese", "de": "German"}[code]
    assert notes[0].startswith(f"{code}: the generator has no rules of its own for {name}: ")
    assert [f"{code}: search finds whole words of Japanese" in note for note in notes[1:]] == [True][
        : code == "ja"
    ]


@pytest.mark.parametrize(
    ("code", "day", "span", "month"),
    [
        ("ja", "1907年8月20日", "1907年8月20日 – 1907年8月31日", "1907年8月"),
        ("de", "20.~August 1907", "20. – 31.~August 1907", "August 1907"),
        ("es", "20 de agosto de 1907", "20–31 de agosto de 1907", "agosto de 1907"),
        ("en-US", "August~20, 1907", "August~20, 1907 – August~31, 1907", "August 1907"),
    ],
)
def test_the_dates_of_a_language_without_rules_are_those_of_cldr(
    code: str, day: str, span: str, month: str
) -> None:
    language = make_language(code, Catalog(locale=code.replace("-", "_")))
    dates = ("1907-08-20", "1907-08-20/1907-08-31", "1907-08")
    assert tuple(seen(language.date(date(text))) for text in dates) == (day, span, month)


def test_a_unit_without_a_form_that_numbers_ask_for_is_a_problem(tmp_path: Path) -> None:
    root = add_language(TINY, tmp_path / "ru", "ru", "Русский")
    problems = said_by_check(root)
    table = (root / "data" / "vocabulary.csv").read_text(encoding="utf-8").splitlines()
    line = next(number for number, row in enumerate(table, 1) if row.startswith("house,"))
    start = f'data/vocabulary.csv:{line}: no-form: the unit "house"'
    assert [problem.splitlines()[0] for problem in problems if f"vocabulary.csv:{line}:" in problem] == [
        f'{start} has no form for "{form}", which numbers ask for in ru' for form in ("few", "many")
    ]
    assert {problem.split(": ")[1] for problem in problems} == {"no-form"}


def test_the_command_writes_a_catalogue_and_keeps_what_is_translated(tmp_path: Path) -> None:
    root = str(add_language(TINY, tmp_path / "de", "de", "Deutsch"))
    path = tmp_path / "de" / "locale" / "de.po"
    ran = CliRunner().invoke(main, ["catalogue", "de", "--root", root])
    assert (ran.exit_code, path.is_file()) == (0, True)
    path.write_text(catalogue("de", translated=True).replace('"Search"\n\n', '"Suche"\n\n'), encoding="utf-8")
    CliRunner().invoke(main, ["catalogue", "de", "--root", root])
    assert 'msgid "Search"\nmsgstr "Suche"\n' in path.read_text(encoding="utf-8")
    path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")
    spoilt = path.read_bytes()
    refused = CliRunner().invoke(main, ["catalogue", "de", "--root", root])
    assert (refused.exit_code, path.read_bytes()) == (1, spoilt)
    assert refused.output.startswith("locale/de.po:1: untranslated: cannot read the catalogue")
    refused = CliRunner().invoke(main, ["catalogue", "../de", "--root", root])
    assert refused.exit_code == 2
    assert 'generator: "../de" is no code of a language: write de, ja or pt-BR' in refused.output
