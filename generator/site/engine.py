"""A MkDocs project on disk goes in; its site comes out. The only module that knows an engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.output.processes import Command, TooSlowError, run_all
from generator.problems import Location, Problem

#: The engines that read `mkdocs.yml`, and the Python module that runs each.
ENGINES: Mapping[str, str] = {
    "mkdocs": "mkdocs",
    "properdocs": "properdocs",
    "zensical": "zensical",
}
#: How long an engine may take for one language; the largest that was tried (500 chapters) took two minutes.
SECONDS = 1800
#: Notices of the engine about its own future, which would drown ours.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class EngineError(Exception):
    """The engine could not run at all; the message is one line that says what to do."""


def build_all(
    projects: Mapping[str, Path], targets: Mapping[str, Path], engine: str, epoch: str
) -> list[Problem]:
    """Build the project of every language side by side; return what the engine complained about.

    Args:
        projects: the project folder of each language.
        targets: where its site goes.
        engine: a key of `ENGINES`.
        epoch: the date of the data in seconds, so that the same input gives the same bytes.

    Raises:
        EngineError: there is no such engine, or it failed without a word of what is wrong.
    """
    if engine not in ENGINES:
        raise EngineError(f"unknown engine {engine!r}: use one of {', '.join(ENGINES)}")
    environment = {**os.environ, **_QUIET, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0"}
    commands = [
        Command(_command(engine, targets[code]), folder, environment) for code, folder in projects.items()
    ]
    try:
        ended = run_all(commands, seconds=SECONDS)
    except TooSlowError as error:
        raise EngineError(f"{engine} was {error}: try again on a quieter machine") from None
    problems: list[Problem] = []
    for code, one in zip(projects, ended, strict=True):
        output = (one.err + one.out).decode("utf-8", "replace")
        problems += _complaints(output, one.status, code, engine)
    return problems


def output(engine: str, project: Path, wanted: Path) -> Path:
    """Return where the site of a project will be: Zensical knows no place but the project's own."""
    return project / "site" if engine == "zensical" else wanted


def _command(engine: str, target: Path) -> list[str]:
    command = [sys.executable, "-m", ENGINES[engine], "build", "--strict", "-f", "mkdocs.yml"]
    # Not --quiet: MkDocs then counts no warning either, and --strict lets everything through.
    return command if engine == "zensical" else [*command, "-d", str(target.resolve())]


def _complaints(output: str, status: int, code: str, engine: str) -> list[Problem]:
    """Turn what the engine printed into problems; name its own failure when it says nothing."""
    lines = [line.strip() for line in output.splitlines()]
    spoken = [line for line in lines if line.startswith(("WARNING", "ERROR"))]
    problems = [
        Problem(Location(f"docs/{code}/"), "engine-warning", " ".join(line.split()), hint_of(line))
        for line in spoken
    ]
    if status and not problems:
        tail = " / ".join(_tail(lines)) or f"it stopped with status {status}"
        raise EngineError(f"{engine} failed on {code}: {tail}")
    return problems


def hint_of(line: str) -> str:
    """Say what to do about a line of an engine, or nothing."""
    return "correct the link in the page it names" if "link" in line else ""


def _tail(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line][-3:]
