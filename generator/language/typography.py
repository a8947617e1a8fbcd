"""Text goes in; it comes out with the spaces and the order that the typography of its language asks for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from babel import Locale

from generator.language.rules import rules_of
from generator.language.rules.model import CAPITALS, WIDE

#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: How many texts are remembered as they were set: pages say the same names and words over and over.
_KNOWN: Final = 1 << 15
#: What is set: nothing else of a text ever changes.
_SPACE = re.compile("[ \u00a0\u202f]")
#: One capital, or two joined by a hyphen, before a name: "G. K. Name", "J.-P. Nom".
_INITIAL = re.compile(rf"(?<![^\W\d_])([{CAPITALS}]\.(?:-[{CAPITALS}]\.)?) (?=[{CAPITALS}])")
#: What stands before the number of a part of a text: § 189, pp. 12–14, no. 3, figs 2–4, vol. XI.
_COUNTED = re.compile(
    r"(§|(?<!\w)(?:n[º°]|(?:pp?|nn?|nos?|doc|fig|col|fol|para?)\.|(?:doc|fig|col|fol|para)s)) (?=\d)"
    r"|((?<!\w)(?:(?:ch(?:ap)?|vol|art)\.|(?:ch|vol|art)s)) (?=\d|[IVXLC]+\b)",
    re.IGNORECASE,
)


def locale_of(code: str) -> Locale:
    """Return CLDR's data of a language; English is that of Britain."""
    return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))


@lru_cache(maxsize=_KNOWN)
def typeset(text: str, code: str) -> str:
    """Set the spaces of a language; setting twice changes nothing.

    In every language a day does not part from its month, nor initials from a name, nor "p." or "§" from its
    number; the rules of a language say the rest.
    """
    if not _SPACE.search(text) or text.isspace():
        return text
    text = _day_and_month(code).sub(rf"\1{WIDE}", text)
    text = _INITIAL.sub(rf"\1{WIDE}", text)
    return _COUNTED.sub(lambda match: f"{match[1] or match[2]}{WIDE}", rules_of(code).spaces(text))


@cache
def _day_and_month(code: str) -> re.Pattern[str]:
    """Match the space between a day and a month of the language, in the order in which it writes them."""
    forms = locale_of(code).months["format"]
    names = {name.rstrip(".") for width in ("wide", "abbreviated") for name in forms[width].values()}
    words = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    pattern = locale_of(code).date_formats["long"].pattern
    if pattern.startswith("MMM"):
        return re.compile(rf"\b({words}) (?=\d\d?\b)")
    stop = r"\." if pattern.startswith("d.") else ""
    return re.compile(rf"((?<=\b\d{stop})|(?<=\b\d\d{stop})|(?<=\b1er)) (?=(?:{words})\b)")


def raises_ordinals(code: str) -> bool:
    """Tell whether a language raises the endings of ordinals."""
    return rules_of(code).raised is not None


def raised(text: str, code: str) -> list[tuple[str, str]]:
    """Part *text* before each ending of an ordinal that its language raises: [("le 23", "e"), (" …", "")].

    French raises them ("1er", "XIXe"); the list is one pair with an empty ending where there is none.
    """
    parts: list[tuple[str, str]] = []
    start = 0
    ordinal = rules_of(code).raised
    for match in ordinal.finditer(text) if ordinal else ():
        parts.append((text[start : match.end(1)], match.group(2).replace("º", "o")))
        start = match.end()
    return [*parts, (text[start:], "")]


def capital(text: str) -> str:
    """Return a text as it begins a sentence; the rest of it stays as it is."""
    return text[:1].upper() + text[1:]


def one_stop(text: str) -> str:
    """Return a text in which the stop of an abbreviation (av. J.-C.) also ends the sentence."""
    return re.sub(r"(?<![.…])\.\.(?!\.)", ".", text)


def fold(text: str) -> str:
    """Return the letters and digits of *text* as an alphabet orders them, words parted by spaces."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"[’'ʿʾʻʼ]", "", _bare(text))))


def in_order(text: str) -> str:
    """Return *text* with the length of each number before it, so that letter by letter 11 is before 100."""
    return re.sub(r"0*(\d+)", lambda number: f"{len(number[1]):03}{number[1]}", text)


def slug(text: str) -> str:
    """Return *text* as an id, in small letters, digits and hyphens: "Crue d’été" is `crue-d-ete`."""
    return "-".join(re.findall(r"[a-z0-9]+", _bare(text)))


def _bare(text: str) -> str:
    """Return *text* without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = plain.replace("и\u0306", "й")  # a letter of its own, and not an accent
    return "".join(c for c in plain if not unicodedata.combining(c))
