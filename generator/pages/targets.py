"""The pages of one language go in; links to what is not there come out as problems."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote, urlsplit

from generator.problems import Location, Problem, did_you_mean
from generator.settings import Documentary

#: An id in the Markdown of a page, or in the HTML that macros have put there.
_ID = re.compile(r"""\bid=["']([^"']+)|\{#([\w-]+)""")


def check_listed(paths: Iterable[str], code: str, documentary: Documentary) -> Iterator[Problem]:
    """A page that is written is listed, for its language: *paths* are those of all that are written."""
    listed = {chapter.path: chapter.languages for chapter in documentary.chapters}
    for path in sorted(paths):
        if code not in (languages := listed.get(path, ())):
            message = f"the settings have it only in {', '.join(languages)}" if languages else ""
            hint = f"add it to {documentary.file}, or remove the file"
            place = Location(f"docs/{code}/{path}.md")
            yield Problem(place, "unlisted-page", message or "not in the list of pages", hint)


class Linked(Protocol):
    """What is asked of a page: where it is, where its links lead, and what they can lead to on it."""

    @property
    def path(self) -> str:
        """The path without ending, below the folder of the language."""

    @property
    def source(self) -> str:
        """The file that somebody wrote."""

    @property
    def links(self) -> tuple[tuple[str, int], ...]:
        """Each address with its line."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of its headings."""

    @property
    def markdown(self) -> str:
        """Its text, macros written out."""

    @property
    def hides_contents(self) -> bool:
        """Whether it is generated, below what is written."""


def check_targets(pages: Iterable[Linked], assets: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each link that leads to no page, to no section of a page of prose, or to no file.

    What is generated is not there yet when a check asks: whether a row is, the finished site says.

    Args:
        pages: those of one language.
        assets: every file that pages may show or offer, by its path below `docs/`.
    """
    known = {page.path: page for page in pages}
    for page in known.values():
        for address, line in page.links:
            if mistake := _wrong(address, page, known, assets):
                message, hint = mistake
                yield Problem(Location(page.source, line), "broken-link", f'"{address}" {message}', hint)


def _wrong(
    address: str, page: Linked, pages: Mapping[str, Linked], assets: Collection[str]
) -> tuple[str, str] | None:
    """Say what is wrong with an address on a page, and what to do; `None` where it is not ours, or right."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))
    stem, ending = posixpath.splitext(place)
    if ending == ".html" and stem in pages:
        return "is no file", f"link to the page as it is written: {parts.path.removesuffix('.html')}.md"
    if ending == ".md" and stem not in pages:
        return "leads to no page", did_you_mean(stem, pages, "write the path of a page, from this one")
    if ending not in {"", ".md"}:
        hint = did_you_mean(place, assets, "put the file into docs/assets/")
        return ("is not there", hint) if place.startswith("assets/") and place not in assets else None
    target = page if not parts.path else pages.get(stem)
    return _wrong_anchor(unquote(parts.fragment), target) if parts.fragment and target else None


def _wrong_anchor(anchor: str, target: Linked) -> tuple[str, str] | None:
    """Say that a page of prose has no such section."""
    if target.hides_contents or anchor.startswith("fn") or anchor in target.sections:
        return None
    if any(anchor in found.groups() for found in _ID.finditer(target.markdown)):
        return None
    return "names no section there", did_you_mean(anchor, target.sections, "write the id of a heading: {#id}")
