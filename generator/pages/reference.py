"""What generated pages are made from goes in; the Markdown of the pages that nobody writes comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.figures import Figure
from generator.language.naming import unit_name
from generator.ledger.model import Event
from generator.ledger.roles import DOUBTFUL
from generator.pages.backlinks import Mention, Mentions
from generator.pages.days import Tellings
from generator.pages.formula_text import formula_html
from generator.pages.media_block import media_html
from generator.pages.reference_data import PAGES, Knowledge, figure_values
from generator.prose.inline import inline_html, inline_text
from generator.prose.links import Links, relative
from generator.prose.macros import escape
from generator.settings import PageKind, PageOptions

_FOLDER = Path(__file__).parent / "templates"


def _no_figure(_: str) -> str:
    """Return nothing: most generated pages show no figure."""
    return ""


@cache
def _environment() -> Environment:
    """Return the templates, which are read once in a process: all they print they are given."""
    return Environment(
        loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )


class Reference:
    """Renders the generated pages of one language. What is printed is escaped; a missing name fails."""

    def __init__(self, known: Knowledge, links: Links) -> None:
        """Keep what templates may read, and where each table is printed."""
        self.known = known
        self.links = links
        self.environment = _environment()

    def knowing(
        self, mentions: Mentions, stands: Mapping[str, Mention], tellings: Tellings | None = None
    ) -> Reference:
        """Return the same, told which pages of prose name each row, and which shows each figure first.

        *tellings* are the sections that tell of each event.
        """
        known = replace(self.known, mentions=mentions, stands=stands, tellings=tellings or {})
        return Reference(known, self.links)

    def page(
        self, kind: PageKind, path: str, options: PageOptions, figure: Callable[[str], str] = _no_figure
    ) -> str:
        """Return the Markdown of a generated page; `options` come from the list of pages.

        *figure* turns the id of a figure into its block of HTML.
        """
        values = {**PAGES[kind](self.known, options), "figure": figure}
        template = self.environment.get_template(f"{kind}.md.jinja")
        return template.render(**self._names(f"{path}.html"), **values)

    def figure(self, figure: Figure, block: str, path: str) -> str:
        """Return the article of a figure's own page at *path*; *block* is the figure as it stands there."""
        template = self.environment.get_template("figure.html.jinja")
        values = figure_values(self.known, figure)
        return template.render(**self._names(f"{path}.html"), **values, figure=figure, block=block)

    def answers(self, topic: str, path: str) -> str:
        """Return the table of every answer to one question, for a page of prose."""
        macros = self.environment.get_template("macros.html.jinja")
        module: Any = macros.make_module(self._names(f"{path}.html"))
        ledger = self.known.ledger
        title = self.known.language.text(ledger.topics[topic].title)
        dates = ledger.rival_events.get(topic, ())
        if dates:
            return str(module.events_table(dates, title))
        return str(module.claims_table(ledger.rivals.get(topic, ()), title))

    def _names(self, start: str) -> dict[str, Any]:
        from markupsafe import Markup

        language, ledger = self.known.language, self.known.ledger
        return {
            "code": language.code,
            "say": language.say,
            "plural": language.plural,
            "text": language.text,
            "typeset": language.typeset,
            "locator": language.locator,
            "inline": lambda text: inline_html(text, ledger.entities, self._address_from(start)),
            "bare": lambda text: inline_text(text, ledger.entities),
            "claim": language.claim,
            "date": language.date,
            "clock": language.clock,
            "counted": language.counted,
            "unit": lambda claim: unit_name(claim, ledger, language),
            "plain": escape_heading,
            "to": lambda table, ident: self.links.to(table, ident, start),
            "here": lambda table, ident: self.links.page(table, ident) == start,
            "source_label": lambda ident: language.source_label(ledger.sources[ident]),
            "word": lambda ident: language.text(ledger.words[ident].label),
            "definition": lambda ident: language.text(ledger.words[ident].definition),
            "doubtful": DOUBTFUL,
            "entities": ledger.entities,
            "sides": ledger.sides,
            "rivals": self._rivals,
            "number": language.number,
            "formulas": lambda ident: ledger.formulas_of.get(ident, ()),
            "computed": lambda one: Markup(formula_html(one, ledger, language, self._row_from(start))),  # noqa: S704
            "told": lambda ident: self.known.mentions.get(ident, ()),
            "whole": lambda claim: self.links.to(ledger.claims[claim.part_of].table, claim.part_of, start),
            "figure_page": lambda ident: self.links.to_figure(ident, start),
            "at": lambda path: relative(start, path),
            "media": lambda one: Markup(media_html(one, ledger, language, self.links, start, entry=True)),  # noqa: S704
            "shown": lambda ident: ledger.media_of.get(ident, ()),
        }

    def _row_from(self, start: str) -> Callable[[str, str], str]:
        return lambda table, ident: self.links.to(table, ident, start)

    def _address_from(self, start: str) -> Callable[[str], str]:
        return lambda ident: self.links.to(self.known.ledger.entities[ident].table, ident, start)

    def _rivals(self, event: Event) -> list[Event]:
        answers = self.known.ledger.rival_events.get(event.topic, ()) if event.topic else ()
        return [other for other in answers if other.id != event.id]


def escape_heading(text: str) -> Any:
    """Make a text of the ledger plain inside a Markdown heading."""
    from markupsafe import Markup

    return Markup(escape(text))  # noqa: S704 - escaped on this line
