"""The row of a picture, a sound or a film goes in; what it does not say and must comes out as problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ledger.media_forms import ENDINGS, MEDIA_FOLDER, form_of
from generator.ledger.model import Media
from generator.problems import Location, Problem


def check_media(media: Media, languages: Sequence[str]) -> Iterator[Problem]:
    """A picture says what it shows, in other words too, who made it or where it stands, and its licence."""
    form = media.form
    if not form:
        message = f'"{media.file}" is no picture, sound or film that a page can show'
        yield Problem(_cell(media, "file"), "bad-media", message, f"the endings are {ENDINGS}")
        return
    yield from _texts(media, languages)
    if not media.author and not media.provenance.source:
        hint = "name its author, or the source that it is taken from"
        yield Problem(_cell(media, "source"), "no-origin", f"nobody says where {media.id} comes from", hint)
    if not media.licence:
        message = f"nothing says whether {media.id} may be published"
        hint = "write its licence, a word of the vocabulary; without the right to, leave the row out"
        yield Problem(_cell(media, "licence"), "no-licence", message, hint)
    yield from _still(media)


def _texts(media: Media, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each text that readers need and that is not there in a language."""
    if not any(media.caption.values()):
        spot = _cell(media, f"caption_{languages[0]}")
        yield Problem(spot, "required", "the cell is empty", "say in a sentence what it shows")
    for code in languages:
        if media.form != "sound" and not media.alt[code]:
            message = f"who cannot see {media.id} is told nothing"
            hint = "say what there is to see, as if over the telephone; the caption need not be said again"
            yield Problem(_cell(media, f"alt_{code}"), "no-alternative", message, hint)
        if media.form != "picture" and not media.transcript[code]:
            message = f"who cannot hear {media.id} is told nothing"
            yield Problem(_cell(media, f"transcript_{code}"), "no-transcript", message, "write what is heard")


def _still(media: Media) -> Iterator[Problem]:
    """A film has a picture that stands for it before it plays, and on paper; nothing else has."""
    if media.form == "film" and not media.still:
        hint = f"name a picture below {MEDIA_FOLDER} that shows a moment of it"
        yield Problem(_cell(media, "still"), "no-still", f"the film {media.id} has no still", hint)
    if media.still and (media.form != "film" or form_of(media.still) != "picture"):
        message = f'"{media.still}" is no picture' if media.form == "film" else "only a film has a still"
        yield Problem(_cell(media, "still"), "no-still", message, "leave the cell empty, or name a picture")


def _cell(media: Media, column: str) -> Location:
    return Location(media.location.file, media.location.line, column)
