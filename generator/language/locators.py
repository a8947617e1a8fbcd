"""Where in a source something stands, as a historian wrote it, goes in; the words of a language come out."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.language.dates import N_
from generator.language.rules import rules_of

#: How each kind of place is written, whatever the language it was noted in: one of them, and several.
_KINDS = {
    "p": (N_("p. {number}"), N_("pp. {number}")),
    "ch": (N_("ch. {number}"), N_("chs {number}")),
    "n": (N_("n. {number}"), N_("nn. {number}")),
    "doc": (N_("doc. {number}"), N_("docs {number}")),
    "vol": (N_("vol. {number}"), N_("vols {number}")),
    "art": (N_("art. {number}"), N_("arts {number}")),
    "add art": (N_("add. art. {number}"), N_("add. arts {number}")),
    "no": (N_("no. {number}"), N_("nos. {number}")),
    "fig": (N_("fig. {number}"), N_("figs {number}")),
    "table": (N_("table {number}"), N_("tables {number}")),
    "map": (N_("map {number}"), N_("maps {number}")),
    "kindle": (N_("Kindle loc. {number}"), N_("Kindle locs {number}")),
}
#: The spellings of each kind, in the languages that may be met.
_SPELLED = {
    "p": "pp?|pages?",
    "ch": "chs?|chap|chapters?|chapitres?",
    "n": "nn?|notes?",
    "doc": "docs?|documents?",
    "vol": "vols?|volumes?",
    "art": "arts?|articles?",
    "add art": r"add\. arts?",
    "no": "nos?|nº|n°",
    "fig": "figs?|figures?",
    "table": "tables?|tableaux?",
    "map": "maps?|cartes?",
    "kindle": r"Kindle(?: loc\.?)?",
}
#: Places that are named in a word.
_NAMED = {
    "infobox": N_("infobox"),
    "introduction": N_("introduction"),
    "foreword": N_("foreword"),
    "afterword": N_("afterword"),
    "appendix": N_("appendix"),
}
#: What parts one place from the next: "doc. 623, n. 21".
_START = r"(?:(?<=^)|(?<=[,;] ))"
_NUMBER = r"(?:\d+|[IVXLC]+)\b"
_RANGE = re.compile(r"(\d+)[-–](\d+)")
_PLACE = re.compile(
    _START
    + "(?:"
    + "|".join(rf"(?P<{kind.replace(' ', '_')}>{forms})" for kind, forms in _SPELLED.items())
    + rf")\.? +(?P<numbers>{_NUMBER}(?:[-–]{_NUMBER})?(?:, {_NUMBER}(?:[-–]{_NUMBER})?)*)"
)
_WORD = re.compile(_START + "(" + "|".join(_NAMED) + r")(?=$|[,;])")
_QUOTED = re.compile("“([^”]*)”")


def locator(text: str, code: str, say: Callable[..., str]) -> str:
    """Write a place in a source ("pp. 12-14, n. 3") as the language does; what is no such place stays.

    *say* is `Language.say`. Ranges have the dash of the language, and titles its quotation marks.
    """

    def span(match: re.Match[str]) -> str:
        return say("{first}–{last}", first=match[1], last=match[2])

    def place(match: re.Match[str]) -> str:
        parts = match.groupdict()
        numbers = parts.pop("numbers")
        kind = next(kind for kind, form in parts.items() if form).replace("_", " ")
        one, several = _KINDS[kind]
        many = "," in numbers or re.search("[-–]", numbers)
        return say(several if many else one, number=_RANGE.sub(span, numbers))

    placed = _WORD.sub(lambda match: say(_NAMED[match.group()]), _PLACE.sub(place, text))
    opening, closing = rules_of(code).quotes
    return _QUOTED.sub(lambda match: f"{opening}{match[1]}{closing}", placed)
