"""The pages of every language go in; where those of a pair do not say the same comes out as problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from generator.problems import Location, Problem


class Paired(Protocol):
    """What is asked of a page: where it is, what it is made of, and what its marks named."""

    @property
    def path(self) -> str:
        """The path without ending, below the folder of the language."""

    @property
    def source(self) -> str:
        """The file that somebody wrote."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of its headings."""

    @property
    def used(self) -> tuple[tuple[str, str], ...]:
        """The kind and the id of what its marks named."""


def check_pairs(pages: Mapping[str, Iterable[Paired]]) -> Iterator[Problem]:
    """The pages of a pair have the same sections and use the same claims, figures and citations.

    Args:
        pages: those of each language.
    """
    first: dict[str, Paired] = {}
    for written in pages.values():
        for page in written:
            translation = first.setdefault(page.path, page)
            if (page.sections, page.used) == (translation.sections, translation.used):
                continue  # the same in the same order, as the first language is with itself
            yield from _differences(
                page, translation, "missing-section", set(page.sections), set(translation.sections)
            )
            ours, theirs = ({f"{k} {i}" for k, i in p.used if k != "name"} for p in (page, translation))
            yield from _differences(page, translation, "different-marks", ours, theirs)


def _differences(
    page: Paired, translation: Paired, code: str, ours: set[str], theirs: set[str]
) -> Iterator[Problem]:
    for here, there, extra in ((page, translation, theirs - ours), (translation, page, ours - theirs)):
        for item in sorted(extra):
            message = f"{item} stands in {there.source}, not here"
            yield Problem(Location(here.source), code, message, "both pages say the same")
