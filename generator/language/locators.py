"""Where in a source something stands, as a historian wrote it, goes in; the words of a language come out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from generator.language.dates import N_
from generator.language.noted import rewritten
from generator.language.rules import rules_of
from generator.ledger.edtf import HistoricDate

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
    "col": (N_("col. {number}"), N_("cols {number}")),
    "fol": (N_("fol. {number}"), N_("fols {number}")),
    "line": (N_("line {number}"), N_("lines {number}")),
    "para": (N_("para. {number}"), N_("paras {number}")),
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
    "col": "cols?|columns?|colonnes?",
    "fol": "fols?|folios?",
    "line": "lines?|lignes?",
    "para": "paras?|par|paragraphs?|paragraphes?",
    "kindle": r"Kindle(?: loc\.?)?",
}
#: Places that are named in a word.
_NAMED = {
    "infobox": N_("infobox"),
    "introduction": N_("introduction"),
    "foreword": N_("foreword"),
    "preface": N_("preface"),
    "afterword": N_("afterword"),
    "conclusion": N_("conclusion"),
    "appendix": N_("appendix"),
    "abstract": N_("abstract"),
    "bibliography": N_("bibliography"),
    "caption": N_("caption"),
    "chronology": N_("chronology"),
    "cover": N_("cover"),
    "front page": N_("front page"),
    "title page": N_("title page"),
}
#: The words for them in the other languages that may be met.
_NOTED = {
    "encadré": "infobox",
    "avant-propos": "foreword",
    "préface": "preface",
    "postface": "afterword",
    "annexe": "appendix",
    "résumé": "abstract",
    "bibliographie": "bibliography",
    "légende": "caption",
    "chronologie": "chronology",
    "couverture": "cover",
    "à la une": "front page",
    "page de titre": "title page",
}
#: What stands before a place, and behind it.
_BESIDE = {"before": N_("before {place}"), "after": N_("after {place}")}
#: What parts one place from the next: "doc. 623, n. 21".
_START = rf"(?:(?<=^)|(?<=[,;] ))(?:(?P<beside>{'|'.join(_BESIDE)}) )?"
_NUMBER = r"(?:\d+|[IVXLC]+)\b"
_RANGE = re.compile(r"(\d+)[-–](\d+)")
_PLACE = re.compile(
    _START
    + "(?:"
    + "|".join(rf"(?P<{kind.replace(' ', '_')}>{forms})" for kind, forms in _SPELLED.items())
    + rf")\.? +(?P<numbers>{_NUMBER}(?:[-–]{_NUMBER})?(?:, {_NUMBER}(?:[-–]{_NUMBER})?)*)"
)
_WORD = re.compile(_START + "(?P<word>" + "|".join((*_NAMED, *_NOTED)) + r")(?=$|[,;])")
_ONLINE = re.compile(r"\((?:online|en ligne)\)")
#: The first of the signs that stand for dates while the rest is read; nobody writes them.
_HELD = 0xF0000
_QUOTED = re.compile("“([^”]*)”")
_Say = Callable[..., str]


def locator(text: str, code: str, say: _Say, date: Callable[[HistoricDate], str]) -> str:
    """Write a place in a source ("pp. 12-14, n. 3") as the language does; what is no such place stays.

    *say* is `Language.say`, and *date* writes a date. Ranges have the dash of the language, and titles its
    quotation marks.
    """
    dates: list[str] = []

    def apart(known: HistoricDate) -> str:
        # A day may stand behind a comma as a page does: "p. 2, 12 July 1907".
        dates.append(date(known))
        return chr(_HELD + len(dates) - 1)

    placed = _PLACE.sub(partial(_place, say), rewritten(text, apart))
    placed = _ONLINE.sub(say("(online)"), _WORD.sub(partial(_word, say), placed))
    opening, closing = rules_of(code).quotes
    placed = _QUOTED.sub(lambda match: f"{opening}{match[1]}{closing}", placed)
    for number, written in enumerate(dates):
        placed = placed.replace(chr(_HELD + number), written)
    return placed


def _place(say: _Say, match: re.Match[str]) -> str:
    """Write pages, chapters and the like, whose numbers a form holds."""
    parts = match.groupdict()
    numbers, _ = parts.pop("numbers"), parts.pop("beside")
    kind = next(kind for kind, form in parts.items() if form).replace("_", " ")
    one, several = _KINDS[kind]
    many = "," in numbers or re.search("[-–]", numbers)
    numbers = _RANGE.sub(lambda span: say("{first}–{last}", first=span[1], last=span[2]), numbers)
    return _beside(say, match, say(several if many else one, number=numbers))


def _word(say: _Say, match: re.Match[str]) -> str:
    """Write a place that is named in a word."""
    noted = match["word"]
    name = _NAMED[_NOTED.get(noted, noted)]
    return _beside(say, match, say(name))


def _beside(say: _Say, match: re.Match[str], place: str) -> str:
    before = _BESIDE.get(match["beside"] or "")
    return say(before, place=place) if before else place
