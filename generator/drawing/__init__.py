"""The figures of every language go in; each comes out drawn at both widths, with what wakes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.drawing.render import (
    THEME,
    DrawingError,
    DrawingJob,
    Mark,
    bundle,
    draw,
    find_tools,
    lift_records,
)
from generator.figures import NARROW, WIDE, Figure
from generator.figures.plotly import Plot
from generator.language import Language
from generator.ledger.model import Ledger
from generator.loading import Inputs
from generator.output.memory import Memory

#: The folder of the Node programs.
PROGRAMS = Path(__file__).resolve().parent / "node"
#: A drawing's key: its language and the id of its figure.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawings:
    """Every figure at both widths, by language and id: as SVG, and as what Plotly's script draws.

    `plotly` is that script, which a reader may ask for. `marks` are those that draw records in the wide and
    in the narrow SVG.
    """

    wide: Mapping[Key, str]
    narrow: Mapping[Key, str]
    plots: Mapping[Key, Plot]
    narrow_plots: Mapping[Key, Plot]
    plotly: Path | None
    marks: Mapping[Key, tuple[tuple[Mark, ...], tuple[Mark, ...]]] = field(default_factory=dict)


def palette_of(ledger: Ledger) -> dict[str, str]:
    """Return the custom property each colour of a drawing becomes."""
    return {**THEME, **{side.colour.lower(): f"--side-{side.id}" for side in ledger.sides.values()}}


def draw_figures(
    figures: Mapping[str, Mapping[str, Figure]], inputs: Inputs, work: Path, memory: Memory
) -> Drawings:
    """Draw the figures of each language, by id; the script of charts is laid into the folder *work*.

    Raises:
        DrawingError: Node is not there, or a figure cannot be drawn as it is.
    """
    tools = find_tools(PROGRAMS)
    # The fonts of every page come from the same packages, also where there are no figures.
    if not tools.packages.is_dir():
        raise DrawingError(f"{tools.packages} is missing: run `python -m generator setup`")
    if not any(figures.values()):
        return Drawings({}, {}, {}, {}, None)
    plotly = bundle(tools, memory, work / "plotly")
    every = {
        (code, ident): figure
        for code, of_language in figures.items()
        for ident, figure in of_language.items()
    }
    plots, narrow = (_plots(every, width, inputs.data, memory) for width in (WIDE, NARROW))
    jobs = [*_jobs(every, plots, "wide"), *_jobs(every, narrow, "narrow")]
    drawn = draw(jobs, tools=tools, plotly=plotly, palette=palette_of(inputs.ledger), memory=memory)
    wides, narrows = (
        {key: lift_records(drawn[_name(key, width)]) for key in every} for width in ("wide", "narrow")
    )
    return Drawings(
        wide={key: svg for key, (svg, _) in wides.items()},
        narrow={key: svg for key, (svg, _) in narrows.items()},
        plots=plots,
        narrow_plots=narrow,
        plotly=plotly,
        marks={key: (wides[key][1], narrows[key][1]) for key in every},
    )


def _plots(figures: Mapping[Key, Figure], width: int, data: str, memory: Memory) -> dict[Key, Plot]:
    """Return what Plotly's script draws of each figure at a width; *data* is all that they are made from."""
    return {
        (code, ident): memory.recall_value(
            f"plot {code}/{ident} {width}", {"the data": data}, partial(figure.draw, width)
        )
        for (code, ident), figure in figures.items()
    }


def sides_in(plot: Plot, ledger: Ledger, language: Language) -> list[dict[str, str]]:
    """Return the sides whose colour a figure uses, so that a reader can leave one out."""
    used = {str(part.get("color", "")).lower() for part in _painted(plot)}
    return [
        {"colour": side.colour.lower(), "name": language.text(side.short) or language.text(side.name)}
        for side in sorted(ledger.sides.values(), key=lambda side: (side.order, side.id))
        if side.colour.lower() in used
    ]


def _painted(plot: Plot) -> Iterable[Mapping[str, object]]:
    for trace in plot["data"]:
        yield from (trace[part] for part in ("marker", "line") if part in trace)


def _jobs(figures: Mapping[Key, Figure], plots: Mapping[Key, Plot], width: str) -> Iterable[DrawingJob]:
    for key, figure in figures.items():
        layout = plots[key]["layout"]
        size = (layout["width"], layout["height"])
        yield DrawingJob(_name(key, width), plots[key], *size, figure.title, figure.alt, key[0])


def figure_of(drawing: str) -> str:
    """Return the id of the figure that a drawing shows."""
    return drawing.rsplit("-", 2)[0]


def _name(key: Key, width: str) -> str:
    code, ident = key
    return f"{ident}-{code}-{width}"
