"""A page and the passes of a stage go in; the page as they leave it comes out, from memory where it can.

Between two stages a page is text, whether the stage before was run or remembered: what was found and what is
made anew are the same page to the next one. A page of which every stage is remembered is never parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.output.memory import Memory, Parts
from generator.site.context import Context
from generator.site.html import PageTree

_Read = TypeVar("_Read")
#: What changes one page in place; what it knows beside the page is the context.
Pass = Callable[[PageTree, Context], None]


@dataclass(frozen=True, slots=True)
class Stage(Generic[_Read]):
    """Passes that run one after the other, and what is read of a page when they have.

    `name` stands before the path of a page in the name of what is kept; `knows` returns all that the passes
    and the reading ask of the context for a page, by names that a person understands.
    """

    name: str
    passes: Sequence[Pass]
    knows: Callable[[PageTree, Context], Parts]
    read: Callable[[PageTree, Context], _Read]


@dataclass(frozen=True, slots=True)
class _Left:
    """What a stage leaves of a page, as it is kept."""

    html: str
    styles: dict[str, str]
    late: list[str]
    over: dict[str, str]
    read: Any


def passed(stage: Stage[_Read], page: PageTree, context: Context, memory: Memory) -> tuple[PageTree, _Read]:
    """Return a page as the passes of a stage leave it, and what is read of it then."""

    def made() -> _Left:
        changed = _changed(stage.passes, page.hand_on(), context)
        read = stage.read(changed, context)
        return _Left(changed.html, changed.styles, changed.late, changed.over, read)

    parts = {"the page before": page.html, **stage.knows(page, context)}
    left = memory.recall_value(f"{stage.name} {page.where}", parts, made)
    return PageTree(page.code, page.path, left.html, left.styles, left.late, left.over), left.read


def run(passes: Sequence[Pass], page: PageTree, context: Context) -> PageTree:
    """Run passes over one page; return it as the next stage gets it."""
    _changed(passes, page, context)
    return PageTree(page.code, page.path, page.html, page.styles, page.late, page.over)


def _changed(passes: Sequence[Pass], page: PageTree, context: Context) -> PageTree:
    for change in passes:
        change(page, context)
    return page


def nothing(_: PageTree, __: Context) -> None:
    """Read nothing of a page."""
