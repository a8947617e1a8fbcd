"""A picture, sound or film goes in; its block in a page comes out: room for it, caption, doubt, credit."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from generator.language import Language
from generator.language.typography import capital, one_stop
from generator.ledger.model import Ledger, Media
from generator.prose.inline import linked_html
from generator.prose.links import Links


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def media_room(ident: str) -> str:
    """Return the element that shows a picture or plays a recording, still empty: `finish` fills it."""
    return f'<div class="media-room" data-find="no" data-print="no" data-media-room="{ident}"></div>'


def media_html(
    media: Media, ledger: Ledger, language: Language, links: Links, page: str, *, entry: bool = False
) -> str:
    """Return the block of a picture, a sound or a film as it stands in a page of prose.

    Args:
        media: its row.
        ledger: the ledger.
        language: the language of the page.
        links: where each table is printed.
        page: the path of the page in the site of its language, with its ending.
        entry: whether it stands in its entry, and need not lead there.
    """
    address, all_of_it = links.to("media", media.id, page), _e(language.say("All about it"))
    small = ' data-print="small"' if entry else ""
    lead = "" if entry else f' <a href="{address}" data-print="no" data-find="no">{all_of_it}</a>'
    return (
        f'<figure class="media media-{media.form}" id="media-{media.id}" data-media="{media.id}"{small}>\n'
        f"{media_room(media.id)}\n"
        f"<figcaption>{caption_html(media, ledger, language, links, page)}"
        f'<p class="media-credit" data-print="source">{credit_html(media, ledger, language, links, page)}'
        f"{lead}</p>"
        f"{transcript_html(media, language)}</figcaption>\n</figure>\n"
    )


def media_blocks(ledger: Ledger, language: Language, links: Links, page: str) -> Callable[[str], str]:
    """Return what turns the id of a picture, a sound or a film into its block, as seen from *page*."""
    return lambda ident: media_html(ledger.media[ident], ledger, language, links, page)


def gallery_html(blocks: Sequence[str]) -> str:
    """Return several blocks as a grid."""
    return f'\n<div class="gallery">\n{"".join(blocks)}</div>\n'


def caption_html(media: Media, ledger: Ledger, language: Language, links: Links, page: str) -> str:
    """Return what a picture shows, when it was made, and what is doubtful about it."""

    def marked(text: str) -> str:
        return linked_html(language.typeset(text), ledger.entities, links, page)

    caption, doubt = marked(language.text(media.caption)), language.text(media.doubt)
    date = f' <span class="media-date">{_e(dated(media, language))}</span>' if media.date else ""
    lines = [f'<p class="media-caption">{caption}{date}</p>']
    if doubt:
        label = _e(language.say("Doubtful:"))
        lines.append(f'<p class="media-doubt" data-print="caption">{label} {marked(doubt)}</p>')
    return "".join(lines)


def dated(media: Media, language: Language) -> str:
    """Return when a picture was made, as a sentence of its own; "" where nobody knows."""
    if media.date is None:
        return ""
    return one_stop(f"{capital(language.date(media.date))}.")


def credit_html(media: Media, ledger: Ledger, language: Language, links: Links, page: str) -> str:
    """Return who made it, whom to thank, what it is taken from, and what allows it to be shown."""
    parts = []
    if media.author:
        parts.append(_e(language.say("By {author}", author=media.author)))
    if media.credit:
        parts.append(_e(media.credit))
    source = media.provenance.source
    if source:
        label = _e(language.source_label(ledger.sources[source]))
        link = f'<a href="{links.to("sources", source, page)}">{label}</a>'
        where = media.provenance.locator
        parts.append(f"{link}, {_e(language.locator(where))}" if where else link)
    parts.append(licence_html(media, ledger, language))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def licence_html(media: Media, ledger: Ledger, language: Language) -> str:
    """Return the licence, which leads to its text where the vocabulary says where that stands."""
    word = ledger.words.get(media.licence)
    if word is None:
        return ""
    label = _e(capital(language.text(word.label)))
    return f'<a href="{_e(word.url)}" rel="license external">{label}</a>' if word.url else label


def transcript_html(media: Media, language: Language) -> str:
    """Return what is heard in a sound or a film, to be unfolded; "" for a picture."""
    text = language.text(media.transcript) if media.form != "picture" else ""
    if not text:
        return ""
    summary = _e(language.say("What is heard"))
    return (
        f'<details class="media-transcript"><summary>{summary}</summary>'
        f"<p>{_e(language.typeset(text))}</p></details>"
    )
