"""The tables of the ledger go in; the ids come out that somebody may mean who writes a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.ledger.csl import FILE, read_sources
from generator.ledger.roles import Role
from generator.ledger.schema import Field, Package
from generator.ledger.sources import Source
from generator.ledger.tables import Row, read_rows

#: Columns that hold what people call a row, without their language.
_NAMING = re.compile(r"(?:name|term|title|label|short|one)_[a-z]{2,3}")


@dataclass(slots=True)
class Labels:
    """The ids of each table and of each list of the vocabulary, and which of them bear a name."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    named: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def meant(self, text: str, column: Field) -> set[str]:
        """Return the ids that *text* may mean in a column: itself where it is one, else any that bear it."""
        places = [*column.reference, *column.references]
        places += [f"vocabulary:{column.vocabulary}"] if column.vocabulary else []
        if not places or any(text in self.ids.get(place, ()) for place in places):
            return {text}
        key = " ".join(text.casefold().split())
        return {ident for place in places for ident in self.named.get(place, {}).get(key, ())}


def read_labels(files: Mapping[str, bytes], package: Package) -> Labels:
    """Read what the rows of every table are called; what cannot be read is called nothing."""
    labels = Labels()
    for table in package.tables:
        raw = files.get(f"data/{table.path}")
        for row in read_rows(table.path, raw, table.columns) if raw is not None else ():
            if isinstance(row, Row):
                place = table.name
                if table.role is Role.VOCABULARY:
                    place = f"vocabulary:{row.cells.get('kind', '')}"
                _add(labels, place, row)
    bibliography = read_sources(files.get(FILE), ())
    labels.ids["sources"] = {*bibliography.sources, *bibliography.spoilt}
    for source in bibliography.sources.values():
        for name in _names_of(source):
            labels.named.setdefault("sources", {}).setdefault(name, set()).add(source.id)
    return labels


def _names_of(source: Source) -> Iterator[str]:
    """Yield what a sheet calls a source: its title, its labels, who made it, with the year or without."""
    makers = [*(source.people.get("author") or source.people.get("editor") or ())]
    families = [str(maker.get("family") or maker.get("literal") or "") for maker in makers]
    joined = {" and ".join(families), " & ".join(families), *families[:1]} if all(families) else set()
    names = {source.title, *source.own.labels.values(), *joined}
    for name in filter(None, (" ".join(name.casefold().split()) for name in names)):
        yield name
        if source.year is not None:
            yield from (f"{name} {source.year}", f"{name}, {source.year}", f"{name} ({source.year})")


def _add(labels: Labels, place: str, row: Row) -> None:
    ident = row.cells.get("id", "")
    labels.ids.setdefault(place, set()).add(ident)
    for name, text in row.cells.items():
        if text and _NAMING.fullmatch(name):
            key = " ".join(text.casefold().split())
            labels.named.setdefault(place, {}).setdefault(key, set()).add(ident)
