"""Claims to add and to take away go in; a staircase of bars with its totals comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from generator.figures.assemble import figure_of_claims, unique
from generator.figures.axes import value_axis
from generator.figures.canvas import Canvas
from generator.figures.figure import Figure
from generator.figures.options import Some, known_one, same_unit
from generator.figures.palette import CLEAR, GRID, MUTED
from generator.figures.plotly import Annotation, Bar, Plot, Shape
from generator.figures.rows import Label, RowChart, letters_of_row, row_room, ticks_of
from generator.figures.style import HOVER, note, plain
from generator.figures.text import SIZE, bold, breaks, safe, wrapped
from generator.figures.wording import hover
from generator.ledger.model import Claim
from generator.ledger.roles import Rank
from generator.typed import Path, Texts, record

#: The height of a bar, and how far a mark of what the parts make reaches over it, in pixels.
BAR, OVER = 26, 4


@record
class StepOptions:
    """A step: what it is called; what its claim does, or that what is left is computed."""

    label: Texts
    claim: str = ""
    way: Literal["add", "take", "total", "rest"] = "add"


@record
class WaterfallOptions:
    """The steps; the word for what all of them count, where their units differ."""

    steps: Annotated[Some[StepOptions], Field(description="[[figure.steps]] tables")]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar from *start* to *end*; *made* is what the steps before a stated total add up to."""

    label: str
    way: str
    claim: Claim | None
    start: Decimal
    end: Decimal
    made: Decimal | None = None


def draw_waterfall(canvas: Canvas, options: WaterfallOptions) -> Figure:
    """Draw what is added and taken step by step, and where a stated total is not what its parts make.

    Plotly's own waterfall has no hatching, and one colour for all that is added: these are bars.
    """
    steps = _steps(canvas, options)
    claims = unique(step.claim for step in steps if step.claim)
    unit = options.unit
    if unit:
        known_one(canvas, ("unit",), unit, canvas.ledger.words)
    else:
        same_unit(canvas, claims)
    rivals = [rival for claim in claims for rival in _rivals(canvas, claim)]
    texts = [_value(canvas, step) for step in steps]
    name = canvas.word(unit or claims[0].unit)
    what = canvas.say("Each bar starts where the one above it ends; totals start from zero.")
    figure = figure_of_claims(
        canvas, unique([*claims, *rivals]), what, lambda canvas: _plot(canvas, steps, texts, name)
    )
    ours = canvas.say("Sums and remainders are computed here from the figures shown.")
    caption = " ".join(text for text in (figure.caption, ours) if text)
    return replace(figure, caption=caption, alt=f"{figure.alt} {_outcome(canvas, steps)}".strip())


def _plot(canvas: Canvas, steps: Sequence[Step], texts: Sequence[str], unit: str) -> Plot:
    labels, height = _stacked(canvas, steps, texts)
    ys = [label.y for label in labels]
    axis = value_axis(canvas, [max(step.start, step.end) for step in steps], ticks=ticks_of(canvas))
    axis = axis.stretched(1.6 if canvas.narrow else 1.3)
    chart = RowChart(canvas, labels, height, axis, unit, more={"barmode": "overlay"})
    notes = (_text(step, y, text) for step, y, text in zip(steps, ys, texts, strict=True))
    shapes = [*([] if canvas.narrow else _joins(steps, ys)), *_gaps(steps, ys)]
    return chart.plotted(_bars(canvas, steps, ys), notes, shapes)


def _steps(canvas: Canvas, options: WaterfallOptions) -> list[Step]:
    steps: list[Step] = []
    total = Decimal(0)
    for number, entry in enumerate(options.steps):
        step = _step(canvas, ("steps", number), entry, total)
        steps.append(step)
        total = step.end
    return steps


def _step(canvas: Canvas, path: Path, entry: StepOptions, total: Decimal) -> Step:
    """Return the step that the entry at a path makes, once the steps before have come to *total*."""
    label, way, claims = canvas.text(entry.label), entry.way, canvas.ledger.claims
    if way == "rest":
        return Step(label, way, None, Decimal(0), total)
    where = (*path, "claim")
    claim = claims[known_one(canvas, where, entry.claim, claims)]
    if claim.best is None:
        message = f'a step needs a single figure, and "{claim.id}" has none'
        raise canvas.bad(message, "choose another claim", where)
    if way == "total":
        made = None if path[-1] == 0 or total == claim.best else total
        return Step(label, way, claim, Decimal(0), claim.best, made)
    end = total + (claim.best if way == "add" else -claim.best)
    if end < 0:
        raise canvas.bad(f'"{claim.id}" takes more than there is', "mend the order of the steps", where)
    return Step(label, way, claim, total, end)


def _stacked(canvas: Canvas, steps: Sequence[Step], texts: Sequence[str]) -> tuple[list[Label], float]:
    """Stack the steps from the top down; return where each stands with its name, and the height."""
    labels = []
    y = 0.0
    for step, text in zip(steps, texts, strict=True):
        label = bold(wrapped(step.label, letters_of_row(canvas)), when=step.way in {"total", "rest"})
        room, middle = row_room(canvas, label, text)
        labels.append(Label(y + middle, label))
        y += max(room, middle + breaks(text) * SIZE)
    return labels, y


def _rivals(canvas: Canvas, claim: Claim) -> list[Claim]:
    """Return the other answers to the same question, about the same whole, that give another figure."""
    return [
        rival
        for rival in canvas.ledger.rivals.get(claim.topic, ())
        if rival.best not in {None, claim.best}
        and rival.rank != Rank.DEPRECATED
        and not {rival.id, rival.part_of} & {claim.id, claim.part_of} - {""}
    ]


def _value(canvas: Canvas, step: Step) -> str:
    """Write the figure of a step with its sign, and what contradicts it."""
    if step.claim is None or step.way == "total":
        text = bold(f"= {safe(canvas.number(step.end))}")
    else:
        sign = "+" if step.way == "add" else "−"
        text = f"{sign} {safe(canvas.number(abs(step.end - step.start)))}"
    more = [_parts_make(canvas, step.made)] if step.made is not None else []
    rivals = _rivals(canvas, step.claim) if step.claim else []
    others = sorted({rival.best for rival in rivals if rival.best is not None})
    if others:
        figures = canvas.say(" or ").join(canvas.number(other) for other in others)
        more.append(canvas.say("elsewhere {figures}", figures=figures))
    return "<br>".join([text, *(f"({safe(one)})" for one in more)])


def _parts_make(canvas: Canvas, total: Decimal) -> str:
    return canvas.say("the parts make {sum}", sum=canvas.number(total))


def _text(step: Step, y: float, text: str) -> Annotation:
    end = plain(max(step.start, step.end))
    return note(text, x=end, xref="x", y=y, xshift=8, font={"size": SIZE - 1})


def _joins(steps: Sequence[Step], ys: Sequence[float]) -> Iterable[Shape]:
    """Lead from each bar to the next."""
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    for step, y, below in zip(steps, ys, ys[1:], strict=False):
        x = plain(step.end)
        yield Shape(type="line", x0=x, x1=x, y0=y, y1=below, line=line)


def _gaps(steps: Sequence[Step], ys: Sequence[float]) -> Iterable[Shape]:
    """Mark what the parts make where a total says otherwise."""
    for step, y in zip(steps, ys, strict=True):
        if step.made is not None:
            x, reach = plain(step.made), BAR / 2 + OVER
            line = {"color": MUTED, "width": 3}
            yield Shape(type="line", x0=x, x1=x, y0=y - reach, y1=y + reach, line=line)


def _bars(canvas: Canvas, steps: Sequence[Step], ys: Sequence[float]) -> Iterable[Bar]:
    """Totals are solid, additions plain and pale, what is taken hatched, what we compute an outline."""
    side = next((step.claim.side for step in steps if step.claim), "")
    for number, (step, y) in enumerate(zip(steps, ys, strict=True), 1):
        claim = step.claim
        hovering: dict[str, Any] = {"hoverinfo": "skip"}
        if claim:
            text = hover(canvas, claim)
            hovering = {"hovertext": [text], "hovertemplate": HOVER, "customdata": [safe(claim.id)]}
        yield Bar(
            uid=f"{canvas.spec.id}-step-{number}",
            orientation="h",
            base=[plain(min(step.start, step.end))],
            x=[plain(abs(step.end - step.start))],
            y=[y],
            width=[BAR],
            marker=_look(step.way, canvas.side(claim.side if claim else side).colour or MUTED),
            textposition="none",
            **hovering,
        )


def _look(way: str, colour: str) -> dict[str, Any]:
    edge = {"color": colour, "width": 1.5}
    if way == "rest":
        return {"color": GRID, "line": edge}
    if way == "take":
        pattern = {"shape": "/", "fgcolor": colour, "bgcolor": CLEAR, "size": 7, "solidity": 0.3}
        return {"color": colour, "pattern": pattern, "line": edge}
    return {"color": colour, "opacity": 1 if way == "total" else 0.55}


def _outcome(canvas: Canvas, steps: Sequence[Step]) -> str:
    """Say in a sentence what a reader sees at the end: the gaps and the remainder."""
    words = []
    for step in steps:
        if step.made is not None:
            words.append(canvas.pair(step.label, _parts_make(canvas, step.made)))
        elif step.way == "rest":
            words.append(canvas.pair(step.label, canvas.number(step.end)))
    return canvas.language.typeset(f"{canvas.say('; ').join(words)}.") if words else ""
