"""The rules of Russian are defined here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.language.rules.model import (
    BOUND,
    CAPITALS,
    DATE,
    NARROW,
    RANGE,
    WIDE,
    Case,
    Clash,
    Gender,
    Rules,
    roman,
)

#: The word that opens a date, and how it stands behind "from" and "about", in answer to "when", behind "to".
_OPENINGS: Mapping[str, tuple[str, str, str]] = {
    **{
        name: (of, f"в {of[:-1]}е", name)
        for name, of in (
            ("январь", "января"), ("февраль", "февраля"), ("март", "марта"), ("апрель", "апреля"),
            ("май", "мая"), ("июнь", "июня"), ("июль", "июля"), ("август", "августа"),
            ("сентябрь", "сентября"), ("октябрь", "октября"), ("ноябрь", "ноября"), ("декабрь", "декабря"),
        )
    },
    "весна": ("весны", "весной", "весну"),
    "лето": ("лета", "летом", "лето"),
    "осень": ("осени", "осенью", "осень"),
    "зима": ("зимы", "зимой", "зиму"),
    "начало": ("начала", "в начале", "начало"),
    "середина": ("середины", "в середине", "середину"),
    "конец": ("конца", "в конце", "конец"),
}  # fmt: skip
_PLACE = {Case.OF: 0, Case.WHEN: 1, Case.TO: 2}
_YEAR: Mapping[Case, str] = {Case.OF: "{} года", Case.WHEN: "в {} году", Case.TO: "{} год"}
#: The ends of "1930-е годы" and "XX век" in the same cases.
_DECADE = {Case.OF: "{}-х годов", Case.WHEN: "в {}-х годах", Case.TO: "{}-е годы"}
_CENTURY = {Case.OF: "{} века", Case.WHEN: "в {} веке", Case.TO: "{} век"}
#: What parts two words, as CLDR and the catalogue have it.
_GAP = r"[ \u00a0\u202f]"
#: Prepositions, conjunctions and particles that no line ends with.
_SHORT = "а|без|в|во|для|до|за|и|из|из-за|или|как|к|ко|на|над|не|ни|но|о|об|обо|от|по|под|при|про|с|со|у|что"
_PROCLITIC = re.compile(rf"(?<![\w-])({_SHORT}) (?=[«„(\w]|$)", re.IGNORECASE)
#: The particles that no line begins with.
_ENCLITIC = re.compile(r"(?<=[^\W\d_]) (?=(?:бы|б|ли|ль|же|ж)(?![\w-]))")
_DASH = re.compile(r"(?<=\S)[ \u00a0\u202f]+—(?=[ \u00a0])")
_NUMBERED = re.compile(
    r"(?<!\w)(№|§|(?:с|т|гл|рис|табл|док|прим|кн|вып|ст|ч|п|разд|тт|илл)\.) ?(?=\d|[IVXLC]+\b)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?<=[\d°]) (?=%|(?:[сюз]|вв?)\.|(?:г|гг|тыс|млн|млрд|км|м|см|мм|кг|т|ч|га|л|мин)\b|год|век)"
)
_CENTURIES = re.compile(r"(?<=[IVX]) (?=(?:в|вв)\.|век)")
_GROUPED = re.compile(r"(?<![\d,])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)")
_ABBREVIATED = re.compile(r"(?<!\w)([бвзнстю]\.|и|до) (?=[а-я]\.)")
#: The era behind a date, which stands in no case.
_ERA = re.compile(rf"{_GAP}(?:до{_GAP})?н\.{_GAP}э\.$")
_OUTER = re.compile(r"(?<=«)[ \u00a0\u202f]+|[ \u00a0\u202f]+(?=»)")
#: What the spaces above can concern.
_SPACED = re.compile(rf"[ \u00a0\u202f][—»\d%]|[«№§\d.{CAPITALS}][ \u00a0\u202f]| [а-яё]{{1,2}}[ .]|[а-яё] ")


def _cased(text: str, case: Case) -> str:
    """Put a date into its case; a day of a month is in the genitive already, and means "when" as well."""
    if case is Case.PLAIN:
        return text
    if era := _ERA.search(text):
        return _cased(text[: era.start()], case) + era.group()
    text = re.sub(rf"{_GAP}г\.$", " года", text)
    for pattern, forms in (
        (r"(\d{1,4})", _YEAR),
        (rf"(\d+)-е{_GAP}годы", _DECADE),
        (rf"([IVX]+){_GAP}век", _CENTURY),
    ):
        if match := re.fullmatch(pattern, text):
            return forms[case].format(match[1])
    first, rest = re.match(r"(\w*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return (_OPENINGS[first][_PLACE[case]] if first in _OPENINGS else first) + rest


def _joined(text: str) -> str:
    """Write "со 2 июля", since a reader says "со второго", and the year of two once: "с 1905 по 1907 год"."""
    text = re.sub(rf"(?<!\w)([сС])(?={_GAP}2(?!\d))", r"\1о", text)
    return re.sub(rf"(\d{{4}}){_GAP}года(?= по{_GAP}\d{{4}}{_GAP}год$)", r"\1", text)


def _form(category: str, bound: bool) -> str:
    """Behind a bound stands the genitive: that of one is the form of few, that of several the form of many.

    A number with decimals has the genitive of one, behind a bound or not.
    """
    if category == "other" or (bound and category == "one"):
        return "few"
    return "many" if bound else category


def _spaces(text: str) -> str:
    """Set the spaces that part, those that do not, and none within « »."""
    if not _SPACED.search(text):
        return text
    text = _OUTER.sub("", text)
    text = _DASH.sub(f"{WIDE}—", text)
    text = _PROCLITIC.sub(rf"\1{WIDE}", text)
    text = _PROCLITIC.sub(rf"\1{WIDE}", text)  # of two in a row the first was the second's border
    text = _ENCLITIC.sub(WIDE, text)
    text = _NUMBERED.sub(rf"\1{WIDE}", text)
    text = _ABBREVIATED.sub(rf"\1{WIDE}", text)
    text = _COUNTED.sub(WIDE, text)
    text = _CENTURIES.sub(WIDE, text)
    return _GROUPED.sub(lambda match: re.sub(r"[ \u00a0]", NARROW, match.group()), text)


_WORDS = ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_GENITIVE = ("нуля", "одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти")
_BEFORE_DATE = "в|во|весной|летом|осенью|зимой|с|со|до|около|вероятно"

RUSSIAN = Rules(
    spelled=_WORDS,
    genders={Gender.FEMININE: {"один": "одна", "два": "две"}, Gender.NEUTER: {"один": "одно"}},
    bound={**dict(zip(_WORDS, _GENITIVE, strict=True)), "одна": "одной", "одно": "одного", "две": "двух"},
    form=_form,
    cased=_cased,
    joined=_joined,
    century=roman,
    spaces=_spaces,
    quotes=("«", "»"),
    inner_quotes=("„", "“"),
    calls_before_stop=True,
    symbols=("км", "м", "см", "мм", "кг", "т", "ч", "га", "л", "км/ч", "мин", "процент(?:а|ов)?"),
    vowels="aeiouyаеиоуыэюя",
    may_repeat=frozenset({"едва", "чуть"}),
    twice=("не менее", "не более"),
    clashes=(
        Clash(
            "не (?:менее|более|меньше|больше)|до|от|около|примерно|приблизительно|почти|свыше|более|менее",
            "не менее|до|от",
            BOUND,
        ),
        Clash("около|примерно|приблизительно|почти|не менее", "около|примерно", "say it once"),
        Clash("от|между", r"\d[\d,\u202f ]*–(?=\d)", RANGE),
        Clash("в|во|с|со|по|до|к|ко|на|от|около", _BEFORE_DATE, DATE),
    ),
)
