"""A figure in steps goes in; the block of HTML comes out in which a reader walks from step to step."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from generator.figures import Figure
from generator.language import Language
from generator.settings import Stepper


def stepper_html(
    stepper: Stepper,
    figures: Mapping[str, Figure],
    block: Callable[[str], str],
    language: Language,
    caption: Callable[[str], str],
) -> str:
    """Return numbered links and the steps side by side, each a figure as *block* writes it.

    *caption* writes a caption. The reader swipes, scrolls or follows the links, all without script.
    On paper the steps stand below one another.
    """
    titles = [figures[ident].title for ident in stepper.figures]
    count = len(titles)
    links = "".join(
        f'<li><a href="#step-{ident}" aria-label="{_e(_name(number, count, title, language))}">'
        f"{number}</a></li>"
        for number, (ident, title) in enumerate(zip(stepper.figures, titles, strict=True), 1)
    )
    steps = "".join(
        f'<div class="stepper-step" id="step-{ident}">\n'
        f'<p class="stepper-count" data-print="step">{_e(_count(number, count, language))}</p>\n'
        f"{block(ident).strip()}\n{_ways(stepper, titles, number - 1, language)}</div>\n"
        for number, ident in enumerate(stepper.figures, 1)
    )
    title, below = _e(language.text(stepper.title)), caption(language.text(stepper.caption))
    named = _e(language.say("Steps"))
    under = f'<p data-print="steps-note">{below}</p>\n' if below else ""
    return (
        f'\n<div class="stepper" id="stepper-{stepper.id}">\n'
        f'<p class="stepper-title" data-print="steps-title">{title}</p>\n{under}'
        f'<nav class="stepper-nav no-print" data-print="no" aria-label="{named}"><ol>{links}</ol></nav>\n'
        f'<div class="stepper-track" role="group" tabindex="0" aria-label="{title}">\n{steps}</div>\n'
        "</div>\n"
    )


def _ways(stepper: Stepper, titles: list[str], here: int, language: Language) -> str:
    """Link a step to the one before it and the one after it."""
    links = []
    for there, form, word in (
        (here - 1, "← {word}", language.say("Previous")),
        (here + 1, "{word} →", language.say("Next")),
    ):
        if 0 <= there < len(titles):
            label = f"{word} – {titles[there]}"
            text = form.format(word=_e(word))
            links.append(f'<a href="#step-{stepper.figures[there]}" aria-label="{_e(label)}">{text}</a>')
    return f'<p class="stepper-ways no-print" data-find="no" data-print="no">{" ".join(links)}</p>\n'


def _count(number: int, count: int, language: Language) -> str:
    return language.say("Step {n} of {count}", n=language.number(number), count=language.number(count))


def _name(number: int, count: int, title: str, language: Language) -> str:
    return language.typeset(f"{_count(number, count, language)} – {title}")


def _e(text: str) -> str:
    return html.escape(text, quote=True)
