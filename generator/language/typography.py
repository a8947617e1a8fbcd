"""Text goes in; it comes out with the spaces and the order that the typography of its language asks for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from babel import Locale

NARROW = "\u202f"
WIDE = "\u00a0"
#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: How many texts are remembered as they were set: pages say the same names and words over and over.
_KNOWN: Final = 1 << 15
#: What is set: nothing else of a text ever changes.
_SPACE = re.compile("[ \u00a0\u202f]")
#: What French spacing can concern; most texts of a page hold none of it.
_SPACED = re.compile(r"[;:!?«»%]|\d |\b(?:n°|p\.|no|nº) ")
#: One capital, or two joined by a hyphen, before a name: "G. K. Name", "J.-P. Nom".
_INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_a-zà-ÿ]\.(?:-[^\W\d_a-zà-ÿ]\.)?) (?=[^\W\d_a-zà-ÿ])")
#: An ordinal and its ending: 1er, 2es, 23e, XIXe; and "nº".
_ORDINAL = re.compile(
    r"\b(1(?=er|re)|\d+(?=e)|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?=e\b)|\bn(?=º))(ers?|res?|es?|º)(?!\w)"
)


def locale_of(code: str) -> Locale:
    """Return CLDR's data of a language; English is that of Britain."""
    return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))


def base_of(code: str) -> str:
    """Return the language part of a code: "fr" of "fr-CA". What a language does, its regions do."""
    return code.split("-", maxsplit=1)[0]


@lru_cache(maxsize=_KNOWN)
def typeset(text: str, code: str) -> str:
    """Set the spaces of a language; setting twice changes nothing.

    In every language a day does not part from its month, nor initials from a name. French has a narrow
    no-break space before ; ! ? and inside « », and a no-break one before a colon.
    """
    if not _SPACE.search(text) or text.isspace():
        return text
    text = _day_and_month(code).sub(WIDE, text)
    text = _INITIAL.sub(rf"\1{WIDE}", text)
    if base_of(code) != "fr" or not _SPACED.search(text):
        return text
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?»])", NARROW, text)
    text = re.sub(r"«[ \u00a0\u202f]+", f"«{NARROW}", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{WIDE}:", text)
    text = re.sub(r"\bn[°o] (?=\d)", f"nº{WIDE}", text)
    text = re.sub(r"\b(p\.|nº) (?=\d)", rf"\1{WIDE}", text)
    text = re.sub(r"(?<=\d) (?=%|km\b|mm\b|m\b|kg\b|t\b|h\b)", WIDE, text)
    text = re.sub(r"(?<=\d\u00a0h) (?=\d\d\b)", WIDE, text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)


@cache
def _day_and_month(code: str) -> re.Pattern[str]:
    """Match the space between a day and a month of the language."""
    forms = locale_of(code).months["format"]
    names = {name.rstrip(".") for width in ("wide", "abbreviated") for name in forms[width].values()}
    words = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b1er)) (?=(?:{words})\b)")


def raises_ordinals(code: str) -> bool:
    """Tell whether a language raises the endings of ordinals."""
    return base_of(code) == "fr"


def raised(text: str, code: str) -> list[tuple[str, str]]:
    """Part *text* before each ending of an ordinal that its language raises: [("le 23", "e"), (" …", "")].

    French raises them ("1er", "XIXe"); the list is one pair with an empty ending where there is none.
    """
    parts: list[tuple[str, str]] = []
    start = 0
    for match in _ORDINAL.finditer(text) if raises_ordinals(code) else ():
        parts.append((text[start : match.end(1)], match.group(2).replace("º", "o")))
        start = match.end()
    return [*parts, (text[start:], "")]


def fold(text: str) -> str:
    """Return the letters and digits of *text* as an alphabet orders them, words parted by spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"[’'ʿʾʻʼ]", "", bare)))
