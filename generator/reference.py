"""A ledger and a language go in; the Markdown of the pages that nobody writes by hand comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.edtf import HistoricDate
from generator.language import Language
from generator.marks import Links, escape
from generator.model import Claim, Entity, Event, Ledger
from generator.schema import Cell, split_ids

_T = TypeVar("_T")
_FOLDER = Path(__file__).parent / "templates"


class Reference:
    """Renders the generated pages of one language. Templates are sandboxed; a missing name fails."""

    def __init__(
        self,
        ledger: Ledger,
        language: Language,
        links: Links,
        bibliography: Callable[[], Mapping[str, str]],
    ) -> None:
        """Keep what templates may read; *bibliography* is called by the page that needs it."""
        self.ledger = ledger
        self.language = language
        self.links = links
        self.bibliography = bibliography
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(_FOLDER),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            extensions=["jinja2.ext.loopcontrols"],
        )

    def page(self, kind: str, path: str, options: Mapping[str, Any]) -> str:
        """Return the Markdown of a generated page; `options` come from the list of pages."""
        values = PAGES[kind](self, options)
        template = self.environment.get_template(f"{kind}.md.jinja")
        return template.render(**self._names(f"{path}.html"), **values)

    def answers(self, topic: str, path: str) -> str:
        """Return the table of every answer to one question, for a page of prose."""
        macros = self.environment.get_template("macros.html.jinja")
        module: Any = macros.make_module(self._names(f"{path}.html"))
        title = self.language.text(self.ledger.topics[topic].title)
        dates = self.ledger.rival_events.get(topic, ())
        if dates:
            return str(module.events_table(dates, title))
        return str(module.claims_table(self.ledger.rivals.get(topic, ()), title))

    def _names(self, start: str) -> dict[str, Any]:
        language, ledger = self.language, self.ledger
        return {
            "code": language.code,
            "say": language.say,
            "plural": language.plural,
            "text": language.text,
            "typeset": language.typeset,
            "claim": language.claim,
            "date": language.date,
            "clock": language.clock,
            "counted": language.counted,
            "plain": escape_heading,
            "to": lambda table, ident: self.links.to(table, ident, start),
            "source_label": lambda ident: language.source_label(ledger.sources[ident]),
            "word": lambda ident: language.text(ledger.words[ident].label),
            "definition": lambda ident: language.text(ledger.words[ident].definition),
            "entities": ledger.entities,
            "sides": ledger.sides,
            "rivals": self._rivals,
        }

    def _rivals(self, event: Event) -> list[Event]:
        answers = self.ledger.rival_events.get(event.topic, ()) if event.topic else ()
        return [other for other in answers if other.id != event.id]


def escape_heading(text: str) -> Any:
    """Make a text of the ledger plain inside a Markdown heading."""
    from markupsafe import Markup

    return Markup(escape(text))  # noqa: S704 - escaped on this line


def _claims(ref: Reference, options: Mapping[str, Any]) -> dict[str, Any]:
    claims = [c for c in ref.ledger.claims.values() if c.table == options["table"]]
    groups = [(ref.ledger.topics[t], rows) for t, rows in _grouped(claims, lambda c: c.topic)]
    return {"claims": claims, "groups": groups}


def _events(ref: Reference, _: Mapping[str, Any]) -> dict[str, Any]:
    events = sorted(ref.ledger.events.values(), key=lambda e: (e.date.earliest, e.time, e.id))
    order = [word for word in ref.ledger.words if any(e.phase == word for e in events)]
    groups = [(ref.ledger.words[p], [e for e in events if e.phase == p]) for p in order]
    return {"events": events, "groups": groups}


def _entities(ref: Reference, options: Mapping[str, Any]) -> dict[str, Any]:
    ledger, language = ref.ledger, ref.language
    rows = ledger.of_table(options["table"])
    rows.sort(key=lambda e: str(e.cells.get("sort_name") or language.text(e.name)).casefold())

    def title(group: str) -> tuple[str, str]:
        if group in ledger.sides:
            return f"side-{group}", language.text(ledger.sides[group].name)
        word = ledger.words.get(group)
        return group or "all", language.text(word.label) if word else language.say("All entries")

    by = (lambda e: e.side) if options.get("by") == "side" else (lambda e: e.kind)
    order = {ident: side.order for ident, side in ledger.sides.items()}
    groups = sorted(_grouped(rows, by), key=lambda pair: (order.get(pair[0], 0), pair[0]))
    return {
        "total": len(rows),
        "groups": [(title(group), found) for group, found in groups],
        "lines": lambda e: _lines(e, language),
        "people": lambda e: split_ids(str(e.cells.get("commander") or "")),
        "forms": lambda e: ledger.other_names.get(e.id, ()),
    }


def _lines(entity: Entity, language: Language) -> list[str]:
    """Say in order what the cells of an entity state: dates, role, position, notes."""
    cells = entity.cells
    found = []
    dates = [_date(cells.get(c), language) for c in ("birth", "death")]
    if any(dates):
        found.append(" – ".join(d or "?" for d in dates))
    found += [_date(cells[c], language) for c in ("date", "in_service") if cells.get(c)]
    stems = ("role", "definition", "fate", "strength_note")
    found += [language.typeset(entity.text(stem, language.code)) for stem in stems]
    lat, lon, near = (cells.get(c) for c in ("lat", "lon", "precision_km"))
    if isinstance(lat, Decimal) and isinstance(lon, Decimal) and isinstance(near, Decimal):
        within = language.say("to within {n} km", n=language.number(near))
        found.append(f"{language.number(lat)}° N, {language.number(lon)}° E, {within}")
    found.append(language.typeset(entity.text("note", language.code)))
    return [line for line in found if line]


def _date(cell: Cell, language: Language) -> str:
    return language.date(cell) if isinstance(cell, HistoricDate) else ""


def _sources(ref: Reference, options: Mapping[str, Any]) -> dict[str, Any]:
    records: list[Claim | Event | Entity] = [*ref.ledger.claims.values()]
    records += ref.ledger.events.values()
    records += ref.ledger.entities.values()
    uses = Counter(r.said.source for r in records)
    titles = options["groups"]

    def kind(source: Mapping[str, Any]) -> str:
        return str(source.get("custom", {}).get("kind", ""))

    groups = []
    for ident, title in titles.items():
        rows = [s for s in ref.ledger.sources.values() if kind(s) == ident]
        rows.sort(key=lambda s: ref.language.source_label(s).casefold())
        groups.append(((ident, ref.language.text(title)), rows))
    return {
        "sources": ref.ledger.sources,
        "groups": groups,
        "entries": ref.bibliography(),
        "uses": uses,
        "web": lambda s: str(s.get("URL", "")).startswith("https://"),
    }


def _corrections(ref: Reference, _: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rows": ref.ledger.corrections,
        "field": lambda x, stem: ref.language.typeset(x.text(stem, ref.language.code)),
        "authority": lambda x: split_ids(str(x.cells.get("authority") or "")),
    }


def _grouped(rows: Iterable[_T], key: Callable[[_T], str]) -> Sequence[tuple[str, list[_T]]]:
    found: dict[str, list[_T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.items())


#: The kinds of generated pages: what each reads out of the ledger for its template.
PAGES: dict[str, Callable[[Reference, Mapping[str, Any]], dict[str, Any]]] = {
    "claims": _claims,
    "events": _events,
    "entities": _entities,
    "sources": _sources,
    "corrections": _corrections,
}
