"""Claims that measure several things of each subject go in; they come out side by side, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.assemble import figure_of_claims
from generator.figures.claim_traces import all_bounds, arrows, bounds
from generator.figures.figure import Figure, Plot
from generator.figures.options import check_options, claims_of, names, same_unit, sides_of
from generator.figures.rows import AIR, is_narrow, left_margin, letters_of_row, row_axis, row_notes
from generator.figures.style import (
    GRID,
    LINE,
    MUTED,
    SIZE,
    layout,
    legend_height,
    note,
    plain,
    safe,
    side_of,
    signed,
    value_axis,
    wrapped,
)
from generator.figures.wording import hover
from generator.language import Language
from generator.language.naming import side_name, subject_name, word
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("topics", "measures")
BAND, HEADING, RIGHT, BOTTOM = 21, 34, 16, 60
#: The symbols of the measures after the first, which is a bar, and their signs in the key.
SYMBOLS = ("triangle-right", "circle", "diamond", "square")
SIGNS = ("▬", "▶", "●", "◆", "■")


@dataclass(frozen=True, slots=True)
class Row:
    """One subject: its label, and for each of its measures the claims and where their line stands."""

    label: str
    y: float
    lines: Sequence[tuple[int, Sequence[Claim], float]]


def draw_comparison(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw, for each subject, what is said of each measure: the first as a bar, the others as marks."""
    check_options(spec, OPTIONS)
    claims = claims_of(names(spec, "topics", ledger.topics, required=True), ledger)
    known = list(dict.fromkeys(claim.measure for claim in claims))
    measures = names(spec, "measures", known) or known
    claims = [claim for claim in claims if claim.measure in measures]
    same_unit(spec, claims)
    rows, headings, height = _rows(claims, measures, ledger, language, width)
    labels = [(row.y, row.label) for row in rows]
    left = left_margin([row.label for row in rows], width)
    axis = value_axis(all_bounds(claims), language, ticks=3 if is_narrow(width) else 6)
    axis |= {"range": [0, axis["range"][1] * (1.35 if is_narrow(width) else 1.15)]}
    placed = [(claim, y) for row in rows for _, own, y in row.lines for claim in own]
    keys = _key(measures, ledger, language, left, width)
    plot = layout(
        language,
        int(height) + legend_height(keys) + BOTTOM,
        width=width,
        margin={"l": left, "r": RIGHT, "t": legend_height(keys), "b": BOTTOM},
        xaxis=axis | {"title": {"text": safe(word(ledger, language, claims[0].unit))}},
        yaxis=row_axis(height, labels, width),
        annotations=[
            *keys,
            *(
                note(f"<b>{safe(text)}</b>", x=0, y=y, xshift=4 - left, font={"color": MUTED})
                for y, text in headings
            ),
            *row_notes([(row.lines[0][2], row.label) for row in rows], width, BAND / 2),
            *(_text(own, y, language) for row in rows for _, own, y in row.lines),
            *arrows(placed, axis, ledger),
        ],
        shapes=[_rule(row) for row in rows],
    )
    traces = _traces(spec.id, rows, ledger, language)
    what = language.say("For each subject, the measures side by side; rival figures share one line.")
    ordered = list({claim.id: claim for claim, _ in placed}.values())
    return figure_of_claims(spec, Plot(traces, plot), ordered, what, ledger, language)


def _rows(
    claims: Sequence[Claim],
    measures: Sequence[str],
    ledger: Ledger,
    language: Language,
    width: int,
) -> tuple[list[Row], list[tuple[float, str]], float]:
    """Stack the subjects of each side under its name, in the order of the claims."""
    rows: list[Row] = []
    headings: list[tuple[float, str]] = []
    order = [side.id for side in sides_of(claims, ledger)]
    y = 0.0
    for side in dict.fromkeys([*order, *(claim.side for claim in claims)]):
        headings.append((y + HEADING / 2, side_name(ledger, language, side)))
        y += HEADING
        own = [claim for claim in claims if claim.side == side]
        for subject in dict.fromkeys(claim.subject for claim in own):
            label = wrapped(subject_name(ledger, language, subject), letters_of_row(width))
            text = (label.count("<br>") + 1) * LINE if label else 0
            y += text if is_narrow(width) else 0
            lines = []
            start = y
            for number, measure in enumerate(measures):
                said = [c for c in own if c.subject == subject and c.measure == measure]
                if said:
                    lines.append((number, said, y + BAND / 2))
                    y += BAND
            if not is_narrow(width):
                y = max(y, start + text)
            rows.append(Row(label, (start + y) / 2, lines))
            y += AIR
    return rows, headings, y


def _key(
    measures: Sequence[str], ledger: Ledger, language: Language, left: int, width: int
) -> list[dict[str, Any]]:
    """Name the measures above the drawing, with the signs that draw them."""
    named = [
        (SIGNS[number % len(SIGNS)], word(ledger, language, measure), MUTED)
        for number, measure in enumerate(measures)
    ]
    return signed(named, left, width)


def _text(claims: Sequence[Claim], y: float, language: Language) -> dict[str, Any]:
    """Write the figures of one line after the last of its marks."""
    said = dict.fromkeys(language.claim(claim) for claim in claims)
    end = plain(max(all_bounds(claims)))
    text = safe(language.say(" or ").join(said))
    return note(text, x=end, xref="x", y=y, xshift=12, font={"size": SIZE - 2})


def _rule(row: Row) -> dict[str, Any]:
    """Return the thin line that joins what is said of one subject to the axis."""
    line = {"color": GRID, "width": 3}
    top, bottom = row.lines[0][2] - BAND / 2, row.lines[-1][2] + BAND / 2
    where = {"xref": "paper", "x0": 0, "x1": 0, "y0": top, "y1": bottom}
    return {"type": "line", "layer": "below", "line": line} | where


def _traces(name: str, rows: Sequence[Row], ledger: Ledger, language: Language) -> list[dict[str, Any]]:
    return [
        _trace(f"{name}-{claim.id}", number, claim, y, ledger, language)
        for row in rows
        for number, claims, y in row.lines
        for claim in claims
    ]


def _trace(
    uid: str, number: int, claim: Claim, y: float, ledger: Ledger, language: Language
) -> dict[str, Any]:
    """Draw one claim: a bar from low to high for the first measure, a mark for the others."""
    side = side_of(ledger, claim.side)
    ends = bounds(claim) if number == 0 or claim.best is None else [claim.best]
    xs = [plain(end) for end in dict.fromkeys([ends[0], ends[-1]])]
    symbol = SYMBOLS[(number - 1) % len(SYMBOLS)] if number else "line-ns-open"
    return {
        "type": "scatter",
        "uid": uid,
        "mode": "lines+markers" if number == 0 else "markers",
        "x": xs,
        "y": [y] * len(xs),
        "opacity": 0.45 if claim.rank == "deprecated" else 1,
        "line": {"color": side.colour, "width": 7},
        "marker": {
            "color": side.colour,
            "size": 13,
            "symbol": symbol,
            "line": {"width": 2.5 if number == 0 else 0, "color": side.colour},
        },
        "cliponaxis": False,
        "hovertext": [hover(claim, ledger, language)] * len(xs),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [safe(claim.id)] * len(xs),
    }
