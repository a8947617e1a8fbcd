"""What does not follow another language goes in; what a page says of it, and a check, comes out."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from generator.language import Language
from generator.language.dates import N_
from generator.language.naming import english_name, language_name
from generator.ledger.edtf import parse
from generator.loading import Inputs
from generator.problems import Location, Problem
from generator.prose.links import relative
from generator.translation.cells import cells_of, watches_cells
from generator.translation.desk import Lag, Passages, Standing, passages_of, standings
from generator.translation.passages import HEAD, anchors

#: What stands for the link while the sentence is set: a letter of no language.
_LINK = "\ue000"
#: The notes of each page of a language: by path, what each section says ("" for the head), as HTML.
Notes = Mapping[str, Mapping[str, str]]


def passages_in(inputs: Inputs, *, rows: bool = False) -> Passages:
    """Return the passages of all pages, and the rows where somebody has recorded some, or with *rows*."""
    found = passages_of(inputs.prose)
    if rows or watches_cells(inputs.translations):
        found |= cells_of(inputs.files, inputs.package.tables, list(inputs.documentary.languages))
    return found


def lagging(inputs: Inputs) -> list[Standing]:
    """Return what does not follow what it was translated from; nothing where nobody records it."""
    if inputs.translations is None:
        return []
    return list(standings(passages_in(inputs), inputs.translations))


def notes_of(inputs: Inputs, language: Language) -> Notes:
    """Return what the pages of a language say of passages that have not followed."""
    notes: dict[str, dict[str, str]] = {}
    for standing in lagging(inputs):
        if standing.language == language.code and standing.lag is not Lag.NEW:
            path, section = standing.key
            said = notes.setdefault(path, {})
            said[section] = said.get(section, "") + _note(standing, inputs, language)
    return notes


def _note(standing: Standing, inputs: Inputs, language: Language) -> str:
    """Return what is said at one passage, with a way to the text that it has not followed."""
    path, section = standing.key
    name = language_name(standing.follows, language, inputs.documentary.languages)
    target = relative(f"{language.code}/{path}.html", f"{standing.follows}/{path}.html")
    anchor = f"#{section}" if section else ""
    link = (
        f'<a class="elsewhere" href="{target}{anchor}" hreflang="{standing.follows}">{html.escape(name)}</a>'
    )
    date = language.date(parse(standing.on))
    message = (
        N_("This passage and its {language} text have both changed since {date}; nobody has compared them.")
        if standing.lag is Lag.BOTH
        else N_("The {language} text of this passage has changed since {date}; this one has not followed.")
    )
    # The link comes last: in it no space is to be set.
    text = language.say(message, language=_LINK, date=date).replace(_LINK, link)
    return f'<p class="following" lang="{language.code}" data-find="no" data-print="muted">{text}</p>'


def with_notes(body: str, notes: Mapping[str, str]) -> str:
    """Put notes into the Markdown of a page: that of the head before it, the others below their headings."""
    for start, section in reversed(list(anchors(body))):
        if section in notes:
            end = body.find("\n", start)
            end = len(body) if end < 0 else end
            body = f"{body[:end]}\n\n{notes[section]}\n\n{body[end:].lstrip(chr(10))}"
    return f"{notes[HEAD]}\n\n{body}" if HEAD in notes else body


def notices(inputs: Inputs) -> Iterator[Problem]:
    """Yield a notice for each passage of each language that does not follow; one for a new passage."""
    new: set[tuple[str, str]] = set()
    for standing in lagging(inputs):
        if standing.lag is Lag.NEW and standing.key in new:
            continue
        if standing.lag is Lag.NEW:
            new.add(standing.key)
        message, hint = _said(standing)
        yield Problem(Location(standing.file, standing.line), "not-followed", message, hint)


def _said(standing: Standing) -> tuple[str, str]:
    """Return what a check says of a passage, and what to do."""
    other = english_name(standing.follows)
    done = f'then say that it follows: python -m generator translation --done "{standing.name}"'
    match standing.lag:
        case Lag.NEW:
            return f"{standing.name} is in no record of translations", f"compare the languages, {done}"
        case Lag.BOTH:
            fact = f"{standing.name} has changed since {standing.on}, and so has the {other} text"
            return fact, f"compare them, {done}"
        case _:
            fact = f"the {other} text of {standing.name} has changed since {standing.on}"
            return (
                fact,
                f"see what changed: python -m generator translation {standing.key[0]}; follow it, {done}",
            )
