"""A page with rooms for pictures and recordings goes in; each room shows or plays what it is for."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from generator.ledger.model import Media
from generator.media import Rendition, Shown
from generator.pages import Page
from generator.prose.links import relative
from generator.site.context import Context
from generator.site.html import PageTree, insert_after
from generator.site.policy import with_recordings

#: The sheet of pages with pictures.
STYLE: Final = "assets/media.css"
#: How high a picture stands at most, in rem, and below which ratio its caption stands beside it.
_HIGH, _TALL = 30.0, 0.8
#: The width of the column and of a cell of a gallery on a wide screen, in pixels of style sheets.
_COLUMN, _CELL = 700, 340
#: The height of a cell of a gallery, in parts of its width.
_CELL_RATIO: Final = 3 / 4


def show_media(page: PageTree, context: Context) -> None:
    """Fill the rooms that blocks of media keep, ask for their sheet, and let what is played be loaded."""
    rooms, thumbs = page.tree.css("[data-media-room]"), page.tree.css("[data-media-thumb]")
    if not rooms and not thumbs:
        return
    for thumb in thumbs:
        _show_small(thumb, page, context)
    played = False
    for room in rooms:
        ident = room.attributes["data-media-room"] or ""
        media, shown = context.inputs.ledger.media[ident], context.shown[ident]
        played = played or bool(shown.recording)
        inside = _recording(media, shown, page, context)
        room.inner_html = inside or _picture(media, shown, room, page, context)
        if _ratio(shown) < _TALL and not _in_gallery(room) and room.parent is not None:
            room.parent.attrs["class"] = f"{room.parent.attributes.get('class') or ''} media-tall"
    sheets = page.tree.css("head link[rel=stylesheet]")
    if sheets:
        insert_after(sheets[-1], f'<link rel="stylesheet" href="{relative(page.path, STYLE)}">', "head")
    if played:
        for policy in page.tree.css("meta[http-equiv=Content-Security-Policy]"):
            policy.attrs["content"] = with_recordings(policy.attributes["content"] or "")


def media_files(shown: Mapping[str, Shown]) -> dict[str, bytes]:
    """Return the bytes of all pictures and recordings that pages show, by path from the root of the site."""
    return {path: raw for one in shown.values() for path, raw in one.files.items()}


def pictures_on(page: Page, context: Context) -> list[str]:
    """Return the paths of the pictures of a page, large, from the root of the site."""
    named = dict.fromkeys(ident for kind, ident in page.used if kind == "image")
    large = (context.shown[ident].large for ident in named if ident in context.shown)
    return [one.path for one in large if one is not None]


def _in_gallery(room: LexborNode) -> bool:
    around = room.parent.parent if room.parent is not None else None
    return around is not None and "gallery" in (around.attributes.get("class") or "").split()


def _ratio(shown: Shown) -> float:
    return shown.plain.width / shown.plain.height if shown.plain else 1.5


def _picture(media: Media, shown: Shown, room: LexborNode, page: PageTree, context: Context) -> str:
    """Return a picture in its widths; a touch shows it large."""
    plain, large = shown.plain, shown.large
    if plain is None or large is None:
        return ""
    ratio, widest = _ratio(shown), shown.avif[-1].width
    cell = _in_gallery(room)
    wide = _CELL * min(1.0, ratio * _CELL_RATIO) if cell else min(_COLUMN, _HIGH * 20 * ratio, widest)
    sizes = f"(max-width: {_COLUMN + 30}px) min(calc(100vw - 32px), {_HIGH * 20 * ratio:.0f}px), {wide:.0f}px"
    style = "" if cell else f' style="width:min({_HIGH * ratio:.2f}rem,{widest}px)"'
    here = page.where
    alt = html.escape(context.language.text(media.alt), quote=True)
    return (
        f'<a class="media-large" href="{relative(here, large.path)}"{style}><picture>'
        f'<source type="image/avif" srcset="{_srcset(shown.avif, here)}" sizes="{sizes}">'
        f'<img src="{relative(here, plain.path)}" width="{plain.width}" height="{plain.height}" '
        f'alt="{alt}" loading="lazy" decoding="async"></picture></a>'
    )


def _show_small(link: LexborNode, page: PageTree, context: Context) -> None:
    """Put a small picture into a link to its entry, which says its caption; a sound keeps the words."""
    ident = link.attributes["data-media-thumb"] or ""
    del link.attrs["data-media-thumb"]
    shown = context.shown[ident]
    plain = shown.plain
    if plain is None:
        return
    words = html.escape(link.text(), quote=True)
    link.attrs["class"] = "name media-thumb"
    link.inner_html = (
        f'<picture><source type="image/avif" srcset="{relative(page.where, shown.avif[0].path)}">'
        f'<img src="{relative(page.where, plain.path)}" width="{plain.width}" height="{plain.height}" '
        f'alt="{words}" loading="lazy" decoding="async"></picture>'
    )


def _srcset(renditions: Iterable[Rendition], here: str) -> str:
    return ", ".join(f"{relative(here, one.path)} {one.width}w" for one in renditions)


def _recording(media: Media, shown: Shown, page: PageTree, context: Context) -> str:
    """Return what plays a sound or a film; nothing of it is loaded before it is played."""
    if not shown.recording:
        return ""
    here, language = page.where, context.language
    label = html.escape(language.text(media.alt) or language.text(media.caption), quote=True)
    inside = f'<source src="{relative(here, shown.recording)}" type="{shown.type}">'
    for code, path in shown.captions.items():
        name, chosen = html.escape(context.documentary.languages[code]), code == context.code
        inside += (
            f'<track kind="captions" src="{relative(here, path)}" srclang="{code}" label="{name}"'
            f"{' default' if chosen else ''}>"
        )
    if media.form == "sound":
        return f'<audio controls preload="none" aria-label="{label}">{inside}</audio>'
    still, plain = "", shown.plain
    if plain is not None:
        still = f' poster="{relative(here, plain.path)}" width="{plain.width}" height="{plain.height}"'
    style = f' style="width:{_HIGH * _ratio(shown):.2f}rem"'
    return f'<video controls preload="none" playsinline aria-label="{label}"{still}{style}>{inside}</video>'
