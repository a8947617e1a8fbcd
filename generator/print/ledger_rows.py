"""What a page uses goes in; the rows of the ledger it rests on come out, as CSV by table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from generator.ledger.roles import Role
from generator.loading import Inputs
from generator.pages import Page, Site

#: The tables of pictures and of what others say of them.
_OF_MEDIA = (Role.MEDIA, Role.CAPTIONS)


def used_rows(page: Page, inputs: Inputs, site: Site) -> set[str]:
    """Return the ids of the rows that a page states, in words, figures and tables."""
    ledger, rows = inputs.ledger, set[str]()
    for kind, ident in page.used:
        if kind in {"claim", "event"}:
            rows.add(ident)
        elif kind == "image":
            rows |= {ident, *(caption.id for caption in ledger.captions_of.get(ident, ()))}
        elif kind == "figure" and ident in site.drawn:
            rows |= set(site.drawn[ident].record_ids)
        elif kind == "table":
            rows |= {claim.id for claim in ledger.rivals.get(ident, ())}
            rows |= {event.id for event in ledger.rival_events.get(ident, ())}
    return rows


def attachments(idents: Iterable[str], inputs: Inputs) -> dict[str, bytes]:
    """Return the rows with these ids, by the name of their table's file, cell for cell as they are."""
    wanted, ledger = set(idents), inputs.ledger
    tables = {ledger.claims[i].table for i in wanted & set(ledger.claims)}
    tables |= {"events"} if wanted & set(ledger.events) else set()
    tables |= {ledger.entities[i].table for i in wanted & set(ledger.entities)}
    if wanted & set(ledger.media):
        tables |= {table.name for table in inputs.package.tables if table.role in _OF_MEDIA}
    paths: Mapping[str, str] = {table.name: table.path for table in inputs.package.tables}
    return {
        paths[name]: _rows(inputs.files[f"data/{paths[name]}"].decode("utf-8-sig"), wanted)
        for name in sorted(tables)
    }


def _rows(text: str, wanted: set[str]) -> bytes:
    head, *rows = csv.reader(io.StringIO(text))
    at = head.index("id")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(row for row in rows if row and row[at] in wanted)
    return out.getvalue().encode()
