"""Claims that measure several things of each subject go in; they come out side by side, on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.figures.assemble import figure_of_claims, unique
from generator.figures.axes import value_axis
from generator.figures.canvas import Canvas
from generator.figures.claim_traces import ClaimMarks, all_bounds, bounds
from generator.figures.figure import Figure
from generator.figures.options import AnyIds, Ids, claims_on, known, same_unit
from generator.figures.palette import GRID, MUTED
from generator.figures.plotly import Annotation, Plot, Scatter, Shape
from generator.figures.rows import AIR, Heading, Label, RowChart, letters_of_row, ticks_of
from generator.figures.style import HOVER, PALE, Entry, note, plain
from generator.figures.text import SIZE, safe, tall, wrapped
from generator.figures.wording import hover
from generator.ledger.model import Claim
from generator.ledger.roles import Rank
from generator.typed import record

#: Pixels: the height of a line of marks, and of the name of a side.
BAND, HEADING = 21, 34
#: The symbols of the measures after the first, which is a bar, and their signs in the legend.
SYMBOLS = ("triangle-right", "circle", "diamond", "square")
SIGNS = ("▬", "▶", "●", "◆", "■")


@record
class ComparisonOptions:
    """The questions; which measures are drawn, and in which order."""

    topics: Ids
    measures: AnyIds = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one measure of a subject: the measure's number, its claims, and their height."""

    measure: int
    claims: Sequence[Claim]
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """One subject: its label, its middle in pixels from the top, and a line for each of its measures."""

    label: str
    y: float
    lines: Sequence[Line]


def draw_comparison(canvas: Canvas, options: ComparisonOptions) -> Figure:
    """Draw, for each subject, what is said of each measure: the first as a bar, the others as marks."""
    claims = claims_on(canvas, options.topics)
    counted = list(dict.fromkeys(claim.measure for claim in claims))
    measures = known(canvas, ("measures",), options.measures, counted) or counted
    claims = [claim for claim in claims if claim.measure in measures]
    same_unit(canvas, claims)
    rows, _, _ = _stacked(canvas, claims, measures)
    ordered = unique(claim for row in rows for line in row.lines for claim in line.claims)
    what = canvas.say("For each subject, the measures side by side; rival figures share one line.")
    return figure_of_claims(canvas, ordered, what, lambda canvas: _plot(canvas, claims, measures))


def _plot(canvas: Canvas, claims: Sequence[Claim], measures: Sequence[str]) -> Plot:
    rows, headings, height = _stacked(canvas, claims, measures)
    axis = value_axis(canvas, all_bounds(claims), ticks=ticks_of(canvas, 6))
    axis = axis.stretched(1.35 if canvas.narrow else 1.15)
    chart = RowChart(
        canvas,
        # Where a label stands above its marks, these are those of the first line.
        [Label(row.lines[0].y if canvas.narrow else row.y, row.label, BAND / 2) for row in rows],
        height,
        axis,
        canvas.word(claims[0].unit),
        headings=headings,
        entries=[Entry(SIGNS[n % len(SIGNS)], canvas.word(m), MUTED) for n, m in enumerate(measures)],
        right=16,
        bottom=60,
    )
    lines = [line for row in rows for line in row.lines]
    placed = [(claim, line.y) for line in lines for claim in line.claims]
    arrows = ClaimMarks(canvas, placed, canvas.spec.id).arrows(axis)
    texts = (_text(canvas, line) for line in lines)
    return chart.plotted(_traces(canvas, lines), [*texts, *arrows], map(_rule, rows))


def _stacked(
    canvas: Canvas, claims: Sequence[Claim], measures: Sequence[str]
) -> tuple[list[Row], list[Heading], float]:
    """Stack the subjects of each side under its name, in the order of the claims."""
    rows: list[Row] = []
    headings: list[Heading] = []
    y = 0.0
    sides = [side.id for side in canvas.sides(claims)]
    for side in dict.fromkeys([*sides, *(claim.side for claim in claims)]):
        headings.append(Heading(y + HEADING / 2, safe(canvas.side_name(side))))
        y += HEADING
        claims_of_side = [claim for claim in claims if claim.side == side]
        for subject in dict.fromkeys(claim.subject for claim in claims_of_side):
            row, y = _row(
                canvas, [claim for claim in claims_of_side if claim.subject == subject], measures, y
            )
            rows.append(row)
            y += AIR
    return rows, headings, y


def _row(canvas: Canvas, claims: Sequence[Claim], measures: Sequence[str], y: float) -> tuple[Row, float]:
    """Return the row of one subject that begins at *y*, and where it ends."""
    label = wrapped(canvas.subject_name(claims[0].subject), letters_of_row(canvas))
    height = tall(label) if label else 0
    y += height if canvas.narrow else 0
    start, lines = y, []
    for number, measure in enumerate(measures):
        measured = [claim for claim in claims if claim.measure == measure]
        if measured:
            lines.append(Line(number, measured, y + BAND / 2))
            y += BAND
    y = y if canvas.narrow else max(y, start + height)
    return Row(label, (start + y) / 2, lines), y


def _text(canvas: Canvas, line: Line) -> Annotation:
    """Write the figures of one line after the last of its marks."""
    statements = dict.fromkeys(canvas.language.claim(claim) for claim in line.claims)
    end, text = plain(max(all_bounds(line.claims))), safe(canvas.say(" or ").join(statements))
    return note(text, x=end, xref="x", y=line.y, xshift=12, font={"size": SIZE - 2})


def _rule(row: Row) -> Shape:
    """Return the thin line that joins what is said of one subject to the axis."""
    top, bottom = row.lines[0].y - BAND / 2, row.lines[-1].y + BAND / 2
    line = {"color": GRID, "width": 3}
    return Shape(type="line", layer="below", line=line, xref="paper", x0=0, x1=0, y0=top, y1=bottom)


def _traces(canvas: Canvas, lines: Sequence[Line]) -> Iterable[Scatter]:
    return (_trace(canvas, line, claim) for line in lines for claim in line.claims)


def _trace(canvas: Canvas, line: Line, claim: Claim) -> Scatter:
    """Draw one claim: a bar from low to high for the first measure, a mark for the others."""
    colour, is_bar = canvas.side(claim.side).colour, line.measure == 0
    ends = bounds(claim) if is_bar or claim.best is None else [claim.best]
    xs = [plain(end) for end in dict.fromkeys([ends[0], ends[-1]])]
    return Scatter(
        uid=f"{canvas.spec.id}-{claim.id}",
        mode="lines+markers" if is_bar else "markers",
        x=xs,
        y=[line.y] * len(xs),
        opacity=PALE if claim.rank == Rank.DEPRECATED else 1,
        line={"color": colour, "width": 7},
        marker={
            "color": colour,
            "size": 13,
            "symbol": "line-ns-open" if is_bar else SYMBOLS[(line.measure - 1) % len(SYMBOLS)],
            "line": {"width": 2.5 if is_bar else 0, "color": colour},
        },
        cliponaxis=False,
        hovertext=[hover(canvas, claim)] * len(xs),
        hovertemplate=HOVER,
        customdata=[safe(claim.id)] * len(xs),
    )
