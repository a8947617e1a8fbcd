"""What the parts of a book tell of their pages goes in; what each must know of the others comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from generator.print.book import Part, PartKind
from generator.print.told import Place, Told

#: What a part is told of pages that nobody knows yet: most have as many digits.
_UNKNOWN: Final = 100


def first_pages(told: Sequence[Told]) -> list[int]:
    """Return the page on which each part begins, counted from 1: a right-hand one."""
    firsts, page = [], 1
    for one in told:
        firsts.append(page)
        page += one.pages + one.pages % 2
    return firsts


def all_places(told: Sequence[Told]) -> dict[str, Place]:
    """Return every place of a book by its name, with its page there; of each entity, the first on a page."""
    places: dict[str, Place] = {}
    for first, one in zip(first_pages(told), told, strict=True):
        moved = {name: _moved(place, first) for name, place in (one.places or {}).items()}
        places |= moved
        for entity, place in one.mentions:
            there = _moved(place, first)
            places.setdefault(_mention(entity, there.page), there)
    return places


def others(parts: Sequence[Part], told: Sequence[Told]) -> list[str]:
    """Return what each part is told of the others, as JSON; see `line.typ`."""
    pages = {name: place.page for name, place in all_places(told).items()}
    figures = tables = 0
    said = []
    for part, one, first in zip(parts, told, first_pages(told), strict=True):
        known: dict[str, Any] = {"first": first, "figures": figures, "tables": tables}
        if part.kind is PartKind.FRONT:
            known |= _lists(told, pages)
        elif part.kind is PartKind.INDEX:
            known["mentions"] = _mentions(told)
        else:
            known["pages"] = {name: pages.get(name, _UNKNOWN) for name in sorted(part.asks)}
        figures += len(one.figures)
        tables += len(one.tables)
        said.append(json.dumps(known, ensure_ascii=False))
    return said


def unknown(part: Part) -> str:
    """Return what a part is told for a first draft, when nothing is known of the others."""
    return json.dumps({"pages": dict.fromkeys(sorted(part.asks), _UNKNOWN)}, ensure_ascii=False)


def _lists(told: Sequence[Told], pages: Mapping[str, int]) -> dict[str, Any]:
    headings = [heading for one in told for heading in one.headings]
    figured = [name for one in told for name in one.figures]
    tabled = [name for one in told for name in one.tables]
    named = [*(name for name, _ in headings), *figured, *tabled]
    return {
        "headings": headings,
        "figured": figured,
        "tabled": tabled,
        "pages": {name: pages[name] for name in named},
    }


def _mentions(told: Sequence[Told]) -> dict[str, list[tuple[int, str]]]:
    """Return the pages of each entity, in their order, with the name of its first place on each."""
    found: dict[str, dict[int, str]] = {}
    for first, one in zip(first_pages(told), told, strict=True):
        for entity, place in one.mentions:
            page = _moved(place, first).page
            found.setdefault(entity, {}).setdefault(page, _mention(entity, page))
    return {entity: list(there.items()) for entity, there in sorted(found.items())}


def _mention(entity: str, page: int) -> str:
    return f"{entity}@{page}"


def _moved(place: Place, first: int) -> Place:
    return Place(place.page + first - 1, place.left, place.top)
