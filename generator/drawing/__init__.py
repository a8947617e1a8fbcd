"""The figures of every language go in; each comes out drawn at both widths, with what wakes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.drawing.render import THEME, DrawingError, DrawingJob, bundle, draw, find_tools
from generator.figures import Figure
from generator.language import Language
from generator.ledger.model import Ledger
from generator.pages import Site

#: The folder of the Node programs.
PROGRAMS = Path(__file__).resolve().parent / "node"
#: A drawing's key: its language and the id of its figure.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawings:
    """Every figure as SVG, by language and id; `plotly` is the script a reader may ask for."""

    wide: Mapping[Key, str]
    narrow: Mapping[Key, str]
    plotly: Path | None


def palette_of(ledger: Ledger) -> dict[str, str]:
    """Return the custom property each colour of a drawing becomes."""
    return {**THEME, **{side.colour.lower(): f"--side-{side.id}" for side in ledger.sides.values()}}


def draw_sites(sites: Mapping[str, Site], ledger: Ledger, work: Path) -> Drawings:
    """Draw all figures; what was drawn before comes from the folder *work*.

    Raises:
        DrawingError: Node is not there, or a figure cannot be drawn as it is.
    """
    tools = find_tools(PROGRAMS)
    # The fonts of every page come from the same packages, also where there are no figures.
    if not tools.packages.is_dir():
        raise DrawingError(f"{tools.packages} is missing: run `make setup`")
    if not any(site.figures for site in sites.values()):
        return Drawings({}, {}, None)
    plotly = bundle(tools, work / "plotly")
    asked = [drawing for site in sites.values() for drawing in _asked(site)]
    drawn = draw(asked, tools=tools, plotly=plotly, palette=palette_of(ledger), cache=work / "drawings")
    keys = [(code, ident) for code, site in sites.items() for ident in site.figures]
    return Drawings(
        wide={key: drawn[_name(*key)] for key in keys},
        narrow={key: drawn[_name(*key, narrow=True)] for key in keys},
        plotly=plotly,
    )


def sides_in(figure: Figure, ledger: Ledger, language: Language) -> list[dict[str, str]]:
    """Return the sides whose colour a figure uses, so that a reader can leave one out."""
    used = {str(part.get("color", "")).lower() for part in _painted(figure)}
    return [
        {"colour": side.colour.lower(), "name": language.text(side.short) or language.text(side.name)}
        for side in sorted(ledger.sides.values(), key=lambda side: (side.order, side.id))
        if side.colour.lower() in used
    ]


def _painted(figure: Figure) -> Iterable[Mapping[str, object]]:
    for trace in figure.plot["data"]:
        yield from (trace[part] for part in ("marker", "line") if part in trace)


def _asked(site: Site) -> Iterable[DrawingJob]:
    code = site.language.code
    for narrow, figures in ((False, site.figures), (True, site.narrow)):
        for ident, figure in figures.items():
            name = _name(code, ident, narrow=narrow)
            size = (figure.width, figure.height)
            yield DrawingJob(name, figure.plot, *size, figure.title, figure.alt, code)


def figure_of(drawing: str) -> str:
    """Return the id of the figure that a drawing shows."""
    return drawing.rsplit("-", 2)[0]


def _name(code: str, ident: str, *, narrow: bool = False) -> str:
    return f"{ident}-{code}-{'narrow' if narrow else 'wide'}"
