"""A figure and what pages tell of its rows go in; the article of its own page comes out, from memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.figures import Figure
from generator.loading import Inputs
from generator.output.memory import Memory
from generator.pages.figure_block import figure_html
from generator.pages.reference import Reference
from generator.settings import FIGURE_PAGES


def articles_of(
    inputs: Inputs,
    figures: Mapping[str, Figure],
    knowing: Reference,
    told: object,
    memory: Memory | None,
) -> Callable[[str], str]:
    """Return what writes the article of a figure by its id.

    Args:
        inputs: the documentary.
        figures: every figure of the language.
        knowing: writes the article, and knows what pages tell of its rows.
        told: what it knows of that, as it changes the article.
        memory: keeps each article, if given.
    """
    language, links = knowing.known.language, knowing.links

    def make(ident: str) -> str:
        path = f"{FIGURE_PAGES}/{ident}"
        block = figure_html(figures[ident], inputs, language, links, f"{path}.html", alone=True)
        return knowing.figure(figures[ident], block, path)

    if memory is None:
        return make
    parts = {"the data": inputs.data, "pages that tell of its rows": repr(told)}

    def kept(ident: str) -> str:
        slot = f"article {language.code}/{FIGURE_PAGES}/{ident}"
        return memory.recall(slot, parts, lambda: make(ident).encode()).decode()

    return kept
