"""Claims to add and to take away go in; a staircase of bars with its totals comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.figures.assemble import figure_of_claims
from generator.figures.figure import Figure, Plot
from generator.figures.options import bad, check_options, empty, ids, label_of, one_of, same_unit, tables
from generator.figures.rows import is_narrow, left_margin, letters_of_row, row_axis, row_notes, row_room
from generator.figures.style import (
    GRID,
    MUTED,
    SIZE,
    layout,
    note,
    plain,
    safe,
    side_of,
    value_axis,
    wrapped,
)
from generator.figures.wording import hover
from generator.language import Language
from generator.language.naming import word
from generator.ledger.model import Claim, Ledger
from generator.settings import Spec

OPTIONS = ("steps", "unit")
WAYS = ("add", "take", "total", "rest")
BAR, BOTTOM, TOP, RIGHT = 26, 64, 8, 20


@dataclass(frozen=True, slots=True)
class Step:
    """One bar from *start* to *end*; *made* is what the steps before a stated total add up to."""

    label: str
    way: str
    claim: Claim | None
    start: Decimal
    end: Decimal
    made: Decimal | None = None


def draw_waterfall(spec: Spec, ledger: Ledger, language: Language, width: int) -> Figure:
    """Draw what is added and taken step by step, and where a stated total is not what its parts make."""
    check_options(spec, OPTIONS)
    steps = _steps(spec, ledger, language)
    claims = list({step.claim.id: step.claim for step in steps if step.claim}.values())
    unit = one_of(spec, "unit", ["", *ledger.words], "")
    if not unit:
        same_unit(spec, claims)
    rivals = [rival for claim in claims for rival in _rivals(claim, ledger)]
    said = list({claim.id: claim for claim in [*claims, *rivals]}.values())
    texts = [_value(step, ledger, language) for step in steps]
    rows, height = _rows(steps, texts, width)
    left = left_margin([label for _, label in rows], width)
    ticks = 3 if is_narrow(width) else 4
    axis = value_axis([max(step.start, step.end) for step in steps], language, ticks=ticks)
    axis |= {"range": [0, axis["range"][1] * (1.6 if is_narrow(width) else 1.3)]}
    unit_name = word(ledger, language, unit or claims[0].unit)
    plot = layout(
        language,
        int(height) + TOP + BOTTOM,
        width=width,
        margin={"l": left, "r": RIGHT, "t": TOP, "b": BOTTOM},
        barmode="overlay",
        xaxis=axis | {"title": {"text": safe(unit_name)}},
        yaxis=row_axis(height, rows, width),
        annotations=[
            *row_notes(rows, width),
            *(_text(step, y, text) for step, (y, _), text in zip(steps, rows, texts, strict=True)),
        ],
        shapes=_joins(steps, [y for y, _ in rows], leading=not is_narrow(width)),
    )
    what = language.say("Each bar starts where the one above it ends; totals start from zero.")
    bars = _bars(spec.id, steps, [y for y, _ in rows], ledger, language)
    figure = figure_of_claims(spec, Plot(bars, plot), said, what, ledger, language)
    ours = language.say("Sums and remainders are computed here from the figures shown.")
    caption = " ".join(text for text in (figure.caption, ours) if text)
    return replace(figure, caption=caption, alt=f"{figure.alt} {_outcome(steps, language)}".strip())


def _steps(spec: Spec, ledger: Ledger, language: Language) -> list[Step]:
    entries = tables(spec, "steps")
    if not entries:
        raise empty(spec)
    steps: list[Step] = []
    sum_ = Decimal(0)
    for about in entries:
        label = language.text(label_of(spec, "steps", about))
        way = str(about.get("way", "add"))
        if way not in WAYS:
            raise bad(spec, f'the way of a step is "{way}"', f"write one of {', '.join(WAYS)}")
        if way == "rest":
            steps.append(Step(label, way, None, Decimal(0), sum_))
            continue
        claim = ledger.claims[ids(spec, "claim", [about.get("claim")], ledger.claims)[0]]
        if claim.best is None:
            raise bad(
                spec, f'a step needs a single figure, and "{claim.id}" has none', "choose another claim"
            )
        if way == "total":
            made = sum_ if steps and sum_ != claim.best else None
            steps.append(Step(label, way, claim, Decimal(0), claim.best, made))
            sum_ = claim.best
        else:
            end = sum_ + (claim.best if way == "add" else -claim.best)
            if end < 0:
                raise bad(spec, f'"{claim.id}" takes more than there is', "mend the order of the steps")
            steps.append(Step(label, way, claim, sum_, end))
            sum_ = end
    return steps


def _rows(steps: Sequence[Step], texts: Sequence[str], width: int) -> tuple[list[tuple[float, str]], float]:
    """Stack the steps from the top down; return where each stands with its name, and the height."""
    rows = []
    y = 0.0
    for step, text in zip(steps, texts, strict=True):
        label = wrapped(step.label, letters_of_row(width))
        label = f"<b>{label}</b>" if step.way in {"total", "rest"} else label
        tall, middle = row_room(width, label, text)
        rows.append((y + middle, label))
        y += max(tall, middle + text.count("<br>") * SIZE)
    return rows, y


def _rivals(claim: Claim, ledger: Ledger) -> list[Claim]:
    """Return the other answers to the same question, about the same whole, that give another figure."""
    found = ledger.rivals.get(claim.topic, ())
    return [
        rival
        for rival in found
        if rival.best not in {None, claim.best}
        and rival.rank != "deprecated"
        and not {rival.id, rival.part_of} & {claim.id, claim.part_of} - {""}
    ]


def _value(step: Step, ledger: Ledger, language: Language) -> str:
    """Write the figure of a step with its sign, and what contradicts it."""
    number = language.number(step.end)
    if step.claim is None:
        return f"<b>= {safe(number)}</b>"
    figure = language.number(abs(step.end - step.start))
    if step.way == "total":
        text = f"<b>= {safe(number)}</b>"
    else:
        text = ("+ " if step.way == "add" else "− ") + safe(figure)
    more = []
    if step.made is not None:
        more.append(language.say("the parts make {sum}", sum=language.number(step.made)))
    others = sorted({r.best for r in _rivals(step.claim, ledger) if r.best is not None})
    if others:
        said = language.say(" or ").join(language.number(other) for other in others)
        more.append(language.say("elsewhere {figures}", figures=said))
    return "<br>".join([text, *(f"({safe(one)})" for one in more)])


def _text(step: Step, y: float, text: str) -> dict[str, Any]:
    end = plain(max(step.start, step.end))
    return note(text, x=end, xref="x", y=y, xshift=8, font={"size": SIZE - 1})


def _joins(steps: Sequence[Step], places: Sequence[float], *, leading: bool) -> list[dict[str, Any]]:
    """Mark what parts make where a total says otherwise; lead from each bar to the next if asked."""
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    found: list[dict[str, Any]] = []
    for step, y, below in zip(steps, places, places[1:] if leading else [], strict=False):
        x = plain(step.end)
        found.append({"type": "line", "x0": x, "x1": x, "y0": y, "y1": below, "line": line})
    for step, y in zip(steps, places, strict=True):
        if step.made is not None:
            x = plain(step.made)
            edge = {"color": MUTED, "width": 3}
            where = {"x0": x, "x1": x, "y0": y - BAR / 2 - 4, "y1": y + BAR / 2 + 4}
            found.append({"type": "line", "line": edge} | where)
    return found


def _bars(
    name: str, steps: Sequence[Step], places: Sequence[float], ledger: Ledger, language: Language
) -> list[dict[str, Any]]:
    """Totals are solid, additions plain and pale, what is taken hatched, what we compute an outline."""
    side = next((step.claim.side for step in steps if step.claim), "")
    traces = []
    for number, (step, y) in enumerate(zip(steps, places, strict=True), 1):
        claim = step.claim
        colour = side_of(ledger, claim.side if claim else side).colour or MUTED
        trace: dict[str, Any] = {
            "type": "bar",
            "uid": f"{name}-step-{number}",
            "orientation": "h",
            "base": [plain(min(step.start, step.end))],
            "x": [plain(abs(step.end - step.start))],
            "y": [y],
            "width": [BAR],
            "marker": _look(step.way, colour),
            "textposition": "none",
        }
        if claim:
            text = hover(claim, ledger, language)
            trace |= {"hovertext": [text], "hovertemplate": "%{hovertext}<extra></extra>"}
            trace["customdata"] = [safe(claim.id)]
        else:
            trace["hoverinfo"] = "skip"
        traces.append(trace)
    return traces


def _look(way: str, colour: str) -> Mapping[str, Any]:
    edge = {"color": colour, "width": 1.5}
    if way == "rest":
        return {"color": GRID, "line": edge}
    if way == "take":
        pattern = {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.3}
        return {"color": colour, "pattern": pattern, "line": edge}
    return {"color": colour, "opacity": 1 if way == "total" else 0.55}


def _outcome(steps: Sequence[Step], language: Language) -> str:
    """Say in a sentence what a reader sees at the end: the gaps and the remainder."""
    said = []
    for step in steps:
        if step.made is not None:
            gap = language.say("the parts make {sum}", sum=language.number(step.made))
            said.append(language.say("{name}: {figure}", name=step.label, figure=gap))
        elif step.way == "rest":
            said.append(language.say("{name}: {figure}", name=step.label, figure=language.number(step.end)))
    return language.typeset(f"{language.say('; ').join(said)}.") if said else ""
