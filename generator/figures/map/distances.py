"""Claims of distance and the place they start from go in; the lines that a map draws for them come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.figure import Cell
from generator.figures.map.placement import FreeSpace
from generator.figures.map.projection import Pixel, Projection
from generator.figures.options import bad, ids, names
from generator.figures.style import MUTED, safe
from generator.language import Language
from generator.language.naming import attribution, machine_value, subject_name, value_text
from generator.ledger.model import Claim, Ledger
from generator.ledger.positions import locate
from generator.settings import Spec

#: How dear it is to write across such a line.
ACROSS = 3


@dataclass(frozen=True, slots=True)
class Distance:
    """One claim of a distance, and the two places it lies between, in pixels."""

    claim: Claim
    start: str
    ends: tuple[Pixel, Pixel]


def distances_of(spec: Spec, projection: Projection, ledger: Ledger) -> list[Distance]:
    """Return the distances that the settings ask for: from `origin` to the subject of each claim."""
    chosen = names(spec, "distances", ledger.claims)
    if not chosen:
        return []
    (origin,) = ids(spec, "origin", [spec.options.get("origin")], ledger.entities)
    start = locate(origin, ledger)
    found = []
    for ident in chosen:
        claim = ledger.claims[ident]
        end = locate(claim.subject, ledger)
        if start is None or end is None:
            hint = "origin and the subject of the claim are places with a position"
            raise bad(spec, f'distances names "{ident}", which cannot be drawn', hint)
        points = (projection.pixel(start.lat, start.lon), projection.pixel(end.lat, end.lon))
        found.append(Distance(claim, origin, points))
    return found


def distance_shapes(spans: Sequence[Distance]) -> list[dict[str, Any]]:
    """Draw each distance as a thin line."""
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    return [
        {"type": "line", "layer": "below", "xref": "x", "yref": "y", "line": line}
        | {"x0": s.ends[0][0], "y0": s.ends[0][1], "x1": s.ends[1][0], "y1": s.ends[1][1]}
        for s in spans
    ]


def avoid_distances(spans: Sequence[Distance], room: FreeSpace) -> None:
    """Make it dear to write across these lines."""
    for span in spans:
        room.avoid(span.ends, ACROSS)


def distance_lengths(spans: Sequence[Distance], ledger: Ledger, language: Language) -> dict[str, str]:
    """Return what is written under the name of each place at the far end."""
    return {span.claim.subject: safe(value_text(span.claim, ledger, language)) for span in spans}


def distance_facts(spans: Sequence[Distance], ledger: Ledger, language: Language) -> list[str]:
    """Say each distance in words, for the text that stands for the drawing."""
    return [
        language.say(
            "{name}: {figure}",
            name=subject_name(ledger, language, span.claim.subject),
            figure=value_text(span.claim, ledger, language),
        )
        for span in spans
    ]


def distance_rows(spans: Sequence[Distance], ledger: Ledger, language: Language) -> list[tuple[Cell, ...]]:
    """Say each distance as a row of the map's table."""
    return [
        (
            Cell(value_text(span.claim, ledger, language), span.claim.id, machine_value(span.claim)),
            Cell(""),
            Cell(
                f"{subject_name(ledger, language, span.start)} – "
                f"{subject_name(ledger, language, span.claim.subject)}"
            ),
            Cell(""),
            Cell(
                language.say("; ").join(attribution(span.claim.provenance, ledger, language)),
                value=span.claim.provenance.source,
            ),
        )
        for span in spans
    ]
