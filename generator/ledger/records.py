"""Typed rows by table go in; a `Ledger` of frozen records comes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import cast

from generator.ledger.edtf import HistoricDate
from generator.ledger.geography import Layer
from generator.ledger.model import (
    Caption,
    Claim,
    Command,
    Described,
    Entity,
    Event,
    Exclusion,
    Formula,
    Ledger,
    Media,
    OtherName,
    Provenance,
    Side,
    Text,
    Topic,
    Word,
)
from generator.ledger.roles import ENTITIES, FORMS, Rank, Role
from generator.ledger.schema import NAME_STEMS, Cell, Table, TypedRow, split_ids
from generator.ledger.sources import Source


def make_ledger(
    tables: Sequence[Table],
    rows: Mapping[str, Sequence[TypedRow]],
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
    layers: Mapping[str, Layer] | None = None,
) -> Ledger:
    """Freeze the rows of all tables. The rows have passed the schema and their references land."""

    def of(role: Role) -> list[tuple[Table, TypedRow]]:
        return [(t, row) for t in tables if t.role == role for row in rows[t.name]]

    words = {w.id: w for w in (_word(r, languages) for _, r in of(Role.VOCABULARY))}
    apart = {word.id for word in words.values() if word.apart}
    entities = [_entity(t, r, languages) for role in ENTITIES for t, r in of(role)]
    return Ledger(
        languages=languages,
        claims={c.id: c for c in (_claim(t, r, languages, apart) for t, r in of(Role.CLAIMS))},
        events={e.id: e for e in (_event(r, languages) for _, r in of(Role.EVENTS))},
        entities={e.id: e for e in entities},
        topics={t.id: t for t in (_topic(r, languages) for _, r in of(Role.TOPICS))},
        sides={s.id: s for s in (_side(r, languages) for _, r in of(Role.SIDES))},
        words=words,
        names=tuple(_other_name(r, languages) for _, r in of(Role.NAMES)),
        corrections=tuple(_entity(t, r, languages) for t, r in of(Role.CORRECTIONS)),
        sources=sources,
        tables=tuple(tables),
        positions={p.of: p for p in (_described(r, languages) for _, r in of(Role.POSITIONS))},
        layers=layers or {},
        formulas=tuple(_formula(r) for _, r in of(Role.FORMULAS)),
        commands=tuple(_command(r) for _, r in of(Role.COMMANDS)),
        exclusions=tuple(_exclusion(r) for _, r in of(Role.EXCLUSIONS)),
        media={m.id: m for m in (_media(r, languages) for _, r in of(Role.MEDIA))},
        captions=tuple(_caption(r, languages) for _, r in of(Role.CAPTIONS)),
    )


def _str(row: TypedRow, column: str) -> str:
    value: Cell = row.cells.get(column)
    return "" if value is None else str(value)


def _text(row: TypedRow, stem: str, languages: Sequence[str]) -> Text:
    return {code: _str(row, f"{stem}_{code}") for code in languages}


def _reason(row: TypedRow, languages: Sequence[str]) -> Text:
    """Split "fr: … | en: …"; a cell without language marks says the same in every language."""
    cell = _str(row, "reason")
    marked = dict(part.strip().split(": ", 1) for part in cell.split("|") if ": " in part)
    return {code: marked.get(code, "") for code in languages}


def _said(row: TypedRow) -> Provenance:
    return Provenance(*(_str(row, c) for c in ("source", "locator", "via", "confidence")))


def _claim(table: Table, row: TypedRow, languages: Sequence[str], apart: Collection[str]) -> Claim:
    return Claim(
        id=_str(row, "id"),
        table=table.name,
        topic=_str(row, "topic"),
        side=_str(row, "side"),
        measure=_str(row, "measure"),
        scope=_str(row, "scope"),
        low=_number(row, "low"),
        best=_number(row, "best"),
        high=_number(row, "high"),
        unit=_str(row, "unit"),
        date=cast("HistoricDate | None", row.cells["date"]),
        phase=_str(row, "phase"),
        subject=_str(row, "subject"),
        nature=_str(row, "nature"),
        part_of=_str(row, "part_of"),
        provenance=_said(row),
        rank=Rank(_str(row, "rank")),
        reason=_reason(row, languages),
        note=_text(row, "note", languages),
        location=row.row.location(),
        apart=_str(row, "nature") in apart,
    )


def _number(row: TypedRow, column: str) -> Decimal | None:
    return cast("Decimal | None", row.cells[column])


def _event(row: TypedRow, languages: Sequence[str]) -> Event:
    return Event(
        id=_str(row, "id"),
        topic=_str(row, "topic"),
        date=cast("HistoricDate", row.cells["date"]),
        time=_str(row, "time"),
        title=_text(row, "title", languages),
        text=_text(row, "text", languages),
        place=_str(row, "place"),
        actors=tuple(split_ids(_str(row, "actors"))),
        lane=_str(row, "lane"),
        side=_str(row, "side"),
        phase=_str(row, "phase"),
        importance=cast("int", row.cells["importance"]),
        provenance=_said(row),
        rank=Rank(_str(row, "rank")),
        reason=_reason(row, languages),
        location=row.row.location(),
    )


def _entity(table: Table, row: TypedRow, languages: Sequence[str]) -> Entity:
    stem = next((s for s in NAME_STEMS if f"{s}_{languages[0]}" in row.cells), "says")
    return Entity(
        id=_str(row, "id"),
        table=table.name,
        name=_text(row, stem, languages),
        side=_str(row, "side"),
        kind=_str(row, "kind") or _str(row, "category"),
        provenance=_said(row),
        cells=row.cells,
        location=row.row.location(),
    )


def _described(row: TypedRow, languages: Sequence[str]) -> Described:
    return Described(
        id=_str(row, "id"),
        of=_str(row, "of"),
        at=_str(row, "at"),
        precision_km=cast("Decimal", row.cells["precision_km"]),
        provenance=_said(row),
        note=_text(row, "note", languages),
        location=row.row.location(),
    )


def _formula(row: TypedRow) -> Formula:
    ident, claim, bound, text = (_str(row, column) for column in ("id", "claim", "bound", "formula"))
    return Formula(ident, claim, bound, text, row.row.location())


def _command(row: TypedRow) -> Command:
    date = cast("HistoricDate", row.cells["date"])
    ident, unit, person = (_str(row, column) for column in ("id", "unit", "person"))
    return Command(ident, unit, person, date, _said(row), row.row.location())


def _exclusion(row: TypedRow) -> Exclusion:
    claims, figures = (tuple(split_ids(_str(row, column))) for column in ("claims", "figures"))
    return Exclusion(_str(row, "id"), _str(row, "correction"), claims, figures, row.row.location())


def _media(row: TypedRow, languages: Sequence[str]) -> Media:
    people, units, equipment = (
        tuple(split_ids(_str(row, column))) for column in ("people", "units", "equipment")
    )
    return Media(
        id=_str(row, "id"),
        file=_str(row, "file"),
        kind=_str(row, "kind"),
        caption=_text(row, "caption", languages),
        alt=_text(row, "alt", languages),
        date=cast("HistoricDate | None", row.cells["date"]),
        place=_str(row, "place"),
        people=people,
        units=units,
        equipment=equipment,
        author=_str(row, "author"),
        provenance=_said(row),
        licence=_str(row, "licence"),
        credit=_str(row, "credit"),
        doubt=_text(row, "doubt", languages),
        transcript=_text(row, "transcript", languages),
        still=_str(row, "still"),
        location=row.row.location(),
    )


def _caption(row: TypedRow, languages: Sequence[str]) -> Caption:
    return Caption(
        id=_str(row, "id"),
        media=_str(row, "media"),
        text=_text(row, "caption", languages),
        provenance=_said(row),
        rank=Rank(_str(row, "rank")),
        reason=_reason(row, languages),
        location=row.row.location(),
    )


def _word(row: TypedRow, languages: Sequence[str]) -> Word:
    return Word(
        id=_str(row, "id"),
        kind=_str(row, "kind"),
        label=_text(row, "label", languages),
        forms={form: _text(row, form, languages) for form in FORMS},
        definition=_text(row, "definition", languages),
        location=row.row.location(),
        line=_str(row, "line"),
        apart=_str(row, "apart") == "yes",
        url=_str(row, "url"),
    )


def _topic(row: TypedRow, languages: Sequence[str]) -> Topic:
    return Topic(
        id=_str(row, "id"),
        kind=_str(row, "kind"),
        title=_text(row, "title", languages),
        note=_text(row, "note", languages),
        location=row.row.location(),
    )


def _side(row: TypedRow, languages: Sequence[str]) -> Side:
    return Side(
        id=_str(row, "id"),
        order=cast("int", row.cells["order"]),
        name=_text(row, "name", languages),
        short=_text(row, "short", languages),
        colour=_str(row, "colour"),
        symbol=_str(row, "symbol"),
        pattern=_str(row, "pattern"),
    )


def _other_name(row: TypedRow, languages: Sequence[str]) -> OtherName:
    return OtherName(
        id=_str(row, "id"),
        entity=_str(row, "entity"),
        form=_str(row, "form"),
        name=_str(row, "name"),
        lang=_str(row, "lang"),
        source=_str(row, "source"),
        note=_text(row, "note", languages),
    )
