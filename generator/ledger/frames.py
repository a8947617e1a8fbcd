"""A ledger goes in; its tables come out as pandas frames, for whoever reads them in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Caption, Claim, Entity, Event, Ledger, Media, Provenance, Text
from generator.ledger.roles import ENTITIES, Rank
from generator.ledger.sources import Source
from generator.problems import did_you_mean

if TYPE_CHECKING:  # it takes longer to load than most ledgers take to check
    import pandas as pd

Row = dict[str, Any]


def frame(ledger: Ledger, name: str) -> pd.DataFrame:
    """Return a table of the ledger, one row for each record, with its id as index.

    Figures are exact (`decimal.Decimal`, in columns of objects); claims have `value` beside, their best
    figure or else a bound they state, as float64. A date is there as EDTF writes it, and as the first and
    the last day it may mean, in columns that end in `_earliest` and `_latest`, which are empty for a date
    before the year 1. Ranks and other words of the vocabulary are categories. What is empty is missing.

    Args:
        ledger: the ledger.
        name: `claims`, `events`, `sources`, `topics`, `sides`, `vocabulary`, `names`, `corrections`, `media`,
            `captions`, a role (`people`, `units`, `places`, …) or the name of a table of claims or of such
            a role.

    Raises:
        KeyError: there is no such table.
    """
    makers = _makers(ledger)
    if name not in makers:
        raise KeyError(f'there is no table "{name}"; {did_you_mean(name, makers, ", ".join(sorted(makers)))}')
    return _framed(makers[name]())


def _makers(ledger: Ledger) -> Mapping[str, Callable[[], Iterable[Row]]]:
    """Return what makes the rows of each table, by the table's name."""
    roles = {table.name: table.role for table in ledger.tables}
    makers: dict[str, Callable[[], Iterable[Row]]] = {
        "claims": lambda: map(_claim, ledger.claims.values()),
        "events": lambda: map(_event, ledger.events.values()),
        "sources": lambda: map(_source, ledger.sources.values()),
        "topics": lambda: (
            {"id": t.id, "kind": t.kind} | _texts(title=t.title, note=t.note) for t in ledger.topics.values()
        ),
        "sides": lambda: (
            {"id": s.id, "order": s.order, "colour": s.colour} | _texts(name=s.name, short=s.short)
            for s in ledger.sides.values()
        ),
        "vocabulary": lambda: (
            {"id": w.id, "kind": w.kind} | _texts(label=w.label, one=w.forms["one"], definition=w.definition)
            for w in ledger.words.values()
        ),
        "names": lambda: (
            {
                "id": n.id,
                "entity": n.entity,
                "form": n.form,
                "name": n.name,
                "lang": n.lang,
                "source": n.source,
            }
            for n in ledger.names
        ),
        "corrections": lambda: map(_entity, ledger.corrections),
        "media": lambda: map(_media, ledger.media.values()),
        "captions": lambda: map(_caption, ledger.captions),
    }
    for role in ENTITIES:
        tables = {table for table, its in roles.items() if its == role}
        makers[role] = lambda tables=tables: (  # type: ignore[misc]
            _entity(entity) for entity in ledger.entities.values() if entity.table in tables
        )
    for table, role in roles.items():
        if table not in makers and role == "claims":
            makers[table] = lambda table=table: (  # type: ignore[misc]
                _claim(claim) for claim in ledger.claims.values() if claim.table == table
            )
        elif table not in makers and role in ENTITIES:
            makers[table] = lambda table=table: map(_entity, ledger.of_table(table))  # type: ignore[misc]
    return makers


def _claim(claim: Claim) -> Row:
    value = next((x for x in (claim.best, claim.low, claim.high) if x is not None), None)
    return {
        "id": claim.id,
        "table": claim.table,
        "topic": claim.topic,
        "side": claim.side,
        "measure": claim.measure,
        "scope": claim.scope,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "value": None if value is None else float(value),
        "unit": claim.unit,
        **_dated("date", claim.date),
        "phase": claim.phase,
        "subject": claim.subject,
        "nature": claim.nature,
        "apart": claim.apart,
        "stands": claim.stands,
        "part_of": claim.part_of,
        **_said(claim.provenance),
        "rank": claim.rank,
        **_texts(reason=claim.reason, note=claim.note),
    }


def _event(event: Event) -> Row:
    return {
        "id": event.id,
        "topic": event.topic,
        **_dated("date", event.date),
        "time": event.time,
        **_texts(title=event.title, text=event.text),
        "place": event.place,
        "actors": event.actors,
        "lane": event.lane,
        "side": event.side,
        "phase": event.phase,
        "importance": event.importance,
        **_said(event.provenance),
        "rank": event.rank,
        **_texts(reason=event.reason),
    }


def _entity(entity: Entity) -> Row:
    row: Row = {"id": entity.id, "table": entity.table}
    for column, cell in entity.cells.items():
        row |= _dated(column, cell) if isinstance(cell, HistoricDate) else {column: cell}
    return row


def _media(media: Media) -> Row:
    return {
        "id": media.id,
        "file": media.file,
        "kind": media.kind,
        **_texts(caption=media.caption, alt=media.alt),
        **_dated("date", media.date),
        "shows": media.shows,
        "author": media.author,
        **_said(media.provenance),
        "licence": media.licence,
        "credit": media.credit,
        **_texts(doubt=media.doubt, transcript=media.transcript),
    }


def _caption(caption: Caption) -> Row:
    return {
        "id": caption.id,
        "media": caption.media,
        **_texts(caption=caption.text),
        **_said(caption.provenance),
        "rank": caption.rank,
        **_texts(reason=caption.reason),
    }


def _source(source: Source) -> Row:
    issued = source.issued if isinstance(source.issued, HistoricDate) else None
    return {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "kind": source.own.kind,
        **_dated("issued", issued),
        "url": source.text("URL"),
    }


def _said(provenance: Provenance) -> Row:
    return {
        "source": provenance.source,
        "locator": provenance.locator,
        "via": provenance.via,
        "confidence": provenance.confidence,
    }


def _texts(**texts: Text) -> Row:
    return {f"{stem}_{code}": words for stem, text in texts.items() for code, words in text.items()}


def _dated(column: str, date: HistoricDate | None) -> Row:
    return {
        column: date.text if date else None,
        f"{column}_earliest": date.earliest if date and not date.is_ancient else None,
        f"{column}_latest": date.latest if date and not date.is_ancient else None,
    }


#: Columns that hold few words, each many times.
_WORDS = frozenset(
    ("table", "side", "measure", "scope", "unit", "phase", "nature", "confidence", "lane", "kind", "type")
)
#: The type of a column by that of its values; any other holds them as they are.
_DTYPES = {str: "string", bool: "bool", int: "Int64", float: "float64"}


def _framed(rows: Iterable[Row]) -> pd.DataFrame:
    """Make a frame of rows whose columns have types."""
    import pandas as pd

    records = list(rows)
    columns = list(dict.fromkeys(column for row in records for column in row)) or ["id"]
    made = {column: _typed(column, [row.get(column) for row in records]) for column in columns}
    return pd.DataFrame(made).set_index("id")


def _typed(column: str, values: list[Any]) -> pd.Series[Any]:
    """Return the values of a column with the type they have."""
    import pandas as pd

    cells = [None if value == "" else value for value in values]
    if column == "rank":
        order = pd.CategoricalDtype([str(rank) for rank in Rank], ordered=True)
        return pd.Series([rank and str(rank) for rank in cells], dtype=order)
    if column.endswith(("_earliest", "_latest")):
        return pd.Series([day and str(day) for day in cells], dtype="datetime64[s]")
    kinds = {type(cell) for cell in cells if cell is not None} or {str}
    dtype = _DTYPES.get(kinds.pop(), "object") if len(kinds) == 1 else "object"
    return pd.Series(cells, dtype="category" if column in _WORDS else dtype)
