"""A finding about data, prose or site goes in; the line a historian can act on comes out."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a value stands: a file (as the user names it), a line counted from 1, a column's name."""

    file: str
    line: int = 1
    column: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing a person has to mend: a place, a stable code, the fact, and what to do."""

    location: Location
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.location}: {self.code}: {self.message}"
        return f"{line}\n    hint: {self.hint}" if self.hint else line

    def as_notice(self) -> str:
        """Say it as something to know, which stops nothing."""
        line = f"{self.location}: notice: {self.code}: {self.message}"
        return f"{line}\n    hint: {self.hint}" if self.hint else line

    def as_github(self, level: str = "error") -> str:
        """Say it as an annotation that a GitHub workflow shows beside the line, of a level it knows."""
        column = f"{self.location.column}: " if self.location.column else ""
        annotation = _escape_command(column + self.message + (f" ({self.hint})" if self.hint else ""))
        return (
            f"::{level} file={self.location.file},line={self.location.line},title={self.code}::{annotation}"
        )


#: Up to how many rows with the same mistake are said one by one.
REPEATED = 3

#: Every code, with the rule it stands for. CONTRIBUTING.md prints this list; a test holds them together.
RULES: dict[str, str] = {
    "missing-file": "A file that the package or the documentary names exists.",
    "not-utf8": "A text file is UTF-8.",
    "not-csv": "A table is comma-separated text with balanced quotes.",
    "wrong-header": "The first line of a table holds the columns of the schema, in their order.",
    "cell-count": "Every row has as many cells as the header.",
    "too-many-rows": "A table has at most 20 000 rows, because its page is read on a telephone.",
    "bad-settings": "The settings of the documentary and of its engine can be read and hold what they must.",
    "bad-package": "The data package can be read and holds what it must.",
    "required": "A required cell is not empty.",
    "wrong-type": "A cell has the type its column states.",
    "wrong-pattern": "A cell has the form its column states.",
    "not-allowed": "A cell holds one of the values its column allows.",
    "formula": "A cell of text is not a formula for a spreadsheet.",
    "out-of-range": "A number lies within the bounds of its column.",
    "bad-date": "A date is in the subset of EDTF that the ledger uses, and exists in the calendar.",
    "duplicate-id": "An id stands once: in its table, among what pages link to, among pages or figures.",
    "unknown-key": "A cell that names another row names one that exists.",
    "wrong-list": "A word of the vocabulary stands in the list its column asks for.",
    "no-value": "A claim states at least one of low, best, high.",
    "ambiguous-number": "A number of things has no point before three digits, which may part thousands.",
    "range-inverted": "The best figure of a range lies between low and high.",
    "no-reason": "A preferred or set-aside row says why, in every language.",
    "two-preferred": "A question has at most one preferred answer.",
    "claim-preferred": "What one side says of another is never the preferred answer.",
    "mixed-units": "The answers to one question count the same thing in the same unit.",
    "parts-total": "Parts meet their stated total, or the total's note says why not.",
    "one-language": "A text that exists in one language exists in every language.",
    "cycle": "A row is not its own ancestor.",
    "no-precision": "A position states its precision in kilometres.",
    "bad-geodata": "A file of lines and areas is GeoJSON that says its source, licence and precision.",
    "bad-path": "A path, or a described position, is made of places whose position is known.",
    "outside-event": "A movement lies within the dates of its events, and so does what a map draws.",
    "wrong-bank": "A path lies on the side of a river or border on which its row puts it.",
    "two-places": "A unit is in one place at a time, beyond what precision and its pace in a day leave open.",
    "after-death": "Nobody acts in an event, and nobody commands a unit, before birth or after death.",
    "not-in-command": "An order of battle names for its day only who commanded on that day.",
    "no-formula": "A computed number has the formula that made it.",
    "bad-formula": "A formula can be read, and names what exists.",
    "wrong-result": "A computed number is what its formula makes, to within half of its last digit.",
    "drawn-as-rule": "No figure draws a claim set aside, or a lone doubtful one, as if it were the rule.",
    "kept-out": "What the register of corrections keeps out of figures is in none of them.",
    "bad-media": "The file of a row of media is a picture, sound or film that can be read whole and shown.",
    "no-alternative": "A picture or film says in every language what there is to see.",
    "no-transcript": "A sound or film says in every language what is heard.",
    "no-still": "A film, and nothing else, names a picture that stands for it.",
    "no-licence": "A picture, a sound or a film says under which licence it is published.",
    "no-origin": "A picture, a sound or a film names its author, or the source it is taken from.",
    "unlisted-file": "A file in the folder of media is named by a row, or holds the subtitles of one.",
    "tells-more": "A sound or a film says no more than its row of who made it, and with what.",
    "betrays-place": "A sound or a film does not carry the place where it was recorded.",
    "outside-theatre": "A position lies in the region the documentary covers.",
    "bad-source": "A source is a CSL-JSON object with an id, a type and a title.",
    "bad-front-matter": "A page opens with front matter that can be read and holds a title.",
    "unknown-mark": "A macro in prose is one of the macros the generator knows, rightly written.",
    "unknown-claim": "A number macro names a claim of the ledger.",
    "unknown-event": "A date macro names an event of the ledger.",
    "unknown-image": "An image or gallery macro names pictures, sounds or films of the ledger.",
    "unknown-figure": "A figure macro names a figure of the documentary.",
    "unknown-table": "A table macro names a question or a table of the ledger.",
    "unknown-source": "A citation names a source.",
    "bad-quotation": "A quotation stands alone, names its source, and says who translated it if it was.",
    "unknown-name": "A name macro or a link of a cell names a person, unit, place, equipment, event or term.",
    "typed-number": "A quantity in running text comes from a macro, or is declared in the front matter.",
    "repeated-word": "No word stands twice in a row, typed or by a macro and its sentence.",
    "clashing-words": "What a macro writes follows the words before it: no “above at least”, no “de avril”.",
    "double-space": "One space stands between two words.",
    "uncontracted": "French contracts “de le” and “à les” before a noun.",
    "long-sentence": "A sentence has at most sixty words.",
    "unused-exception": "A number declared in the front matter stands on the page.",
    "missing-page": "A page exists in every language and in the list of chapters.",
    "unlisted-page": "A page of prose is in the list of chapters.",
    "missing-section": "A section has the same id in every language.",
    "duplicate-section": "The id of a section stands once on its page.",
    "bad-note": "A note is called and written, once, and no heading calls one.",
    "skipped-level": "A heading stands at most one level below the one before it.",
    "different-marks": "The pages of a pair use the same claims, dates, figures, pictures and citations.",
    "not-followed": "A translation follows the text it was made from, and is recorded as doing so.",
    "bad-translation": "The record of translations is as the command `translation` writes it.",
    "shared-words": "Our sentences are ours: no run of eight words stands in a source text too.",
    "empty-figure": "A figure finds rows to draw.",
    "bad-figure": "A figure's settings name an existing kind and what that kind needs.",
    "no-form": "A unit that claims count in has the forms that the numbers of each language ask for.",
    "untranslated": "Every message of the interface is translated, and not fuzzy, in every catalogue.",
    "placeholders": "A translation has the placeholders of its message: each {name}, and no other.",
    "unused-message": "A catalogue holds no message the interface does not use.",
    "broken-link": "Every internal link and anchor lands, and every file that a page shows is there.",
    "missing-pair": "Every built page has its alternate in every language, and links to it.",
    "missing-picture": "Every figure of a built page carries its drawings, its table and its files.",
    "early-script": "No page loads the chart library before a reader asks for it.",
    "no-letter": "The fonts of the site have every letter of its pages.",
    "foreign-request": "No page asks another host for anything.",
    "mark-left": "No macro is left unrendered in a built page.",
    "duplicate-anchor": "An anchor stands once on a built page.",
    "weak-policy": "Every page has a strict policy, and no style or script in an attribute.",
    "one-heading": "Every page has exactly one first heading.",
    "missing-address": "Where the site has an address, every page announces its own and its alternates'.",
    "wrong-sitemap": "The sitemap lists exactly the pages, each with its alternates.",
    "bad-feed": "Every language has a feed of changes that can be read.",
    "no-change-note": "The date of the data has its entry among the changes that the feeds tell.",
    "engine-warning": "The engine builds without a warning.",
    "unprintable": "Every element of a page has a form on paper.",
    "print-warning": "Typst sets the printed pages without a warning.",
    "unreadable-file": "A file to import is what its command reads, whole, unlocked and of a sane size.",
    "unclear-number": "A number to import can be read in one way.",
    "unclear-date": "A date to import can be read in one way, with its century.",
    "unclear-cell": "A cell to import holds a value of its own that can be written into its column.",
    "no-id": "A row or a source to import has an id, or is given one.",
}


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that offers the known word nearest to *word*, or *otherwise*.

    Where the two look the same, the hint names the sign that makes them differ.
    """
    words = list(known)
    plain = _plain(word)
    twin = next((other for other in words if other != word and _plain(other) == plain), "")
    if twin:
        edges = "" if word.strip() == word else "a space at its beginning or its end"
        cause = odd_signs(word) or edges or "how its accents are encoded (NFC, NFD)"
        return f'it looks like "{twin}", but for {cause}'
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else otherwise


#: Letters of other scripts that look like a Latin one, and the Latin one.
_LOOKALIKES = dict(
    zip(
        "абвеикмнорстухѕіјԁһАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
        "a6beukmhopctyxsijdhABEKMHOPCTYXIJSABEZHIKMNOPTYXoa",
        strict=True,
    )
)


def _plain(text: str) -> str:
    """Return what a text looks like: without what cannot be seen, look-alikes in Latin, accents joined."""
    seen = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"})
    latin = "".join(_LOOKALIKES.get(c, c) for c in unicodedata.normalize("NFKC", seen))
    return " ".join("".join("-" if _is_dash(c) else c for c in latin).split())


def _is_dash(letter: str) -> bool:
    """Whether a sign looks like a hyphen and is none: a dash, a minus, a hyphen that does not break."""
    return letter != "-" and (unicodedata.category(letter) == "Pd" or letter == "\u2212")


def odd_signs(text: str) -> str:
    """Name the signs of a text that cannot be seen or that look like others: "U+200B ZERO WIDTH SPACE"."""
    latin = any("LATIN" in unicodedata.name(c, "") for c in text)
    odd = [
        c
        for c in dict.fromkeys(text)
        if unicodedata.category(c) in {"Cf", "Cc", "Mn"}
        or (unicodedata.category(c) == "Zs" and c != " ")
        or (latin and c in _LOOKALIKES)
        or _is_dash(c)
        or (unicodedata.normalize("NFKC", c) != c and unicodedata.normalize("NFC", c) == c)
    ]
    return ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in odd)


def gathered(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the lines of problems as people read them; the same mistake in many rows is said once.

    Where more than `REPEATED` rows of a file have one mistake in one column, the first of them is said in
    full, and the lines of the others behind it.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        column = re.sub(r"(?<=^[A-Z])\d+$|(?<=^[A-Z]{2})\d+$", "", problem.location.column)  # a cell, B12
        key = (problem.location.file, column, problem.code, problem.message, problem.hint)
        alike.setdefault(key, []).append(problem)
    for same in alike.values():
        if len(same) <= REPEATED:
            yield from map(str, same)
            continue
        others = runs(problem.location.line for problem in same[1:])
        yield f"{same[0]}\n    likewise in {len(same) - 1} more rows: {others}"


def runs(numbers: Iterable[int]) -> str:
    """Write numbers of rows or lines as a person does: 3, 5–9."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def summary(problems: Sequence[Problem]) -> str:
    """Count problems and the files they stand in, in one line."""
    files = len({problem.location.file for problem in problems})
    return (
        f"{len(problems)} problem{'s' if len(problems) != 1 else ''} "
        f"in {files} file{'s' if files != 1 else ''}"
    )


def _escape_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
