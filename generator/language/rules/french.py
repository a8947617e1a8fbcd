"""The rules of French are defined here."""

from __future__ import annotations

import re

from generator.language.rules.model import BOUND, DATE, NARROW, RANGE, WIDE, Clash, Gender, Rules, roman

#: What French spacing can concern; most texts of a page hold none of it.
_SPACED = re.compile(r"[;:!?«»%]|\d |\b(?:n°|p\.|no|nº) ")
#: An ordinal and its ending: 1er, 2es, 23e, XIXe; and "nº".
_ORDINAL = re.compile(
    r"\b(1(?=er|re)|\d+(?=e)|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?=e\b)|\bn(?=º))(ers?|res?|es?|º)(?!\w)"
)
#: "de le", "à le", "de avril"; the words before it come from the catalogue.
_CONTRACTED = (
    (re.compile(r"\bde le(?= )"), "du"),
    (re.compile(r"\bde les(?= )"), "des"),
    (re.compile(r"\bà le(?= )"), "au"),
    (re.compile(r"\bà les(?= )"), "aux"),
    (re.compile(r"\bde (?=[aeiouéê])"), "d’"),
)
#: The letters before which French elides, "h" among them: "d’habitants".
_VOWELS = "aehiouyàâéèêëîïôöùûœ"
#: "de le mur", but not "de le voir": before a verb the word is a pronoun.
_BEFORE_NOUN = r"[ \u00a0](?!\w*(?:er|ir|re|oir)\b|[yY]\b|en\b|lui\b)(?=\w)"


def _century(number: int) -> str:
    return f"{roman(number)}{'er' if number == 1 else 'e'}"


def _of_millions(unit: str) -> str:
    """French has "30 millions d’habitants"."""
    return f"d’{unit}" if unit[:1].casefold() in _VOWELS else f"de {unit}"


def _joined(text: str) -> str:
    """Contract: "du 3 avril", "au printemps", "d’avril"."""
    for pattern, short in _CONTRACTED:
        text = pattern.sub(short, text)
    return text


def _first_day(text: str) -> str:
    """Write the first of a month as CLDR does not: "1er mai"."""
    return re.sub(r"^1\b(?!er)", "1er", text)


def _spaces(text: str) -> str:
    """Set a narrow no-break space before ; ! ? and inside « », and a no-break one before a colon."""
    if not _SPACED.search(text):
        return text
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?»])", NARROW, text)
    text = re.sub(r"«[ \u00a0\u202f]+", f"«{NARROW}", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{WIDE}:", text)
    text = re.sub(r"\bn[°o] (?=\d)", f"nº{WIDE}", text)
    text = re.sub(r"\b(p\.|nº) (?=\d)", rf"\1{WIDE}", text)
    text = re.sub(r"(?<=\d) (?=%|km\b|mm\b|m\b|kg\b|t\b|h\b)", WIDE, text)
    text = re.sub(r"(?<=\d\u00a0h) (?=\d\d\b)", WIDE, text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)


FRENCH = Rules(
    spelled=("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    genders={Gender.FEMININE: {"un": "une"}},
    of_millions=_of_millions,
    joined=_joined,
    first_day=_first_day,
    century=_century,
    spaces=_spaces,
    raised=_ORDINAL,
    quotes=(f"«{NARROW}", f"{NARROW}»"),
    inner_quotes=("“", "”"),
    calls_before_stop=True,
    symbols=("pour cent",),
    may_repeat=frozenset({"nous", "vous", "faire", "très"}),
    twice=("au moins",),
    uncontracted=(
        (re.compile(rf"\b[Dd]e le{_BEFORE_NOUN}"), "du"),
        (re.compile(rf"\b[Dd]e les{_BEFORE_NOUN}"), "des"),
        (re.compile(rf"\bà le{_BEFORE_NOUN}"), "au"),
        (re.compile(rf"\bà les{_BEFORE_NOUN}"), "aux"),
    ),
    clashes=(
        Clash(
            "au (?:moins|plus)|jusqu’à|environ|(?:près|plus|moins|autour|au-dess(?:us|ous)) de|quelque",
            r"au moins|jusqu’(?:à|au|aux|en)|de(?= \d)",
            BOUND,
        ),
        Clash("environ|près de|quelque|presque|au moins", "environ|vers", "say it once"),
        Clash("entre", r"au moins|jusqu’à|de(?= \d)", BOUND),
        Clash("entre", r"[\d,\u202f]+ à ", RANGE),
        Clash("à", "jusqu’à", BOUND),
        Clash("à|vers|de", r"de(?= \d)", "leave between=True out, or the word before it"),
        Clash(
            "de|le|que|jusque",
            "au moins|environ|août|avril|octobre|été|automne|hiver",
            "elide the word before it: d’, l’, qu’",
        ),
        Clash(
            "le|les|du|au|en|de|à|jusqu’à",
            r"(?:le|les|du) (?=\d)|sans doute|jusqu’(?:au|aux|en)|vers le|à partir",
            DATE,
        ),
    ),
)
