"""The pictures and recordings of a page go in; what they are in the words of schema.org comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator.ledger.model import Media
from generator.media import Shown
from generator.pages import Page
from generator.prose.inline import inline_text
from generator.prose.links import absolute
from generator.site.context import Context

_TYPES: Final[Mapping[str, str]] = {"picture": "ImageObject", "sound": "AudioObject", "film": "VideoObject"}


def media_objects(page: Page, context: Context) -> list[dict[str, Any]]:
    """Return an object for each picture, sound and film of a page; nothing where the site has no address."""
    named = dict.fromkeys(ident for kind, ident in page.used if kind == "image")
    media, address = context.inputs.ledger.media, context.address
    if not address:
        return []
    return [_media_object(media[ident], context.shown[ident], context) for ident in named if ident in media]


def _media_object(media: Media, shown: Shown, context: Context) -> dict[str, Any]:
    """Return one object; what nobody knows is left out."""
    language, ledger = context.language, context.inputs.ledger
    caption = inline_text(language.text(media.caption), ledger.entities)
    large, plain = shown.large, shown.plain
    licence = ledger.words.get(media.licence)
    name = language.text(licence.label) if licence else ""
    told: dict[str, Any] = {
        "@type": _TYPES[media.form],
        "name": caption,
        "caption": caption,
        "description": language.text(media.alt),
        "contentUrl": _address(shown.recording or (large.path if large else ""), context),
        "thumbnailUrl": _address(plain.path if plain else "", context),
        "encodingFormat": shown.type or "image/jpeg",
        "width": large.width if large and not shown.recording else "",
        "height": large.height if large and not shown.recording else "",
        "dateCreated": media.date.machine if media.date else "",
        "transcript": language.text(media.transcript),
        "creator": {"@type": "Thing", "name": media.author} if media.author else "",
        "creditText": media.credit or media.author,
        "license": (licence.url if licence else "") or name,
        "inLanguage": context.code,
    }
    return {key: value for key, value in told.items() if value}


def _address(path: str, context: Context) -> str:
    return absolute(context.address, path) if path else ""
