"""What the commands share: their options, how they say what they did, and how they refuse."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from generator.problems import Problem, gathered, summary

#: The project's own folder: the generator and what it stands on.
HOME = Path(__file__).resolve().parents[2]

#: How many notices a check says.
NOTICES = 12

root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    show_default="where you stand",
    callback=lambda _context, _option, root: root.absolute(),
    help="Folder of the documentary (data/, docs/, mkdocs.yml).",
)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How problems are printed: for people, or as annotations of a workflow.",
)


def console() -> Console:
    """Return where a command says what it did."""
    return Console(highlight=False, soft_wrap=True)


def fail(problems: Sequence[Problem], form: str) -> NoReturn:
    """Print problems and end with status 1."""
    said = map(Problem.as_github, problems) if form == "github" else gathered(problems)
    for lines in said:
        click.echo(lines)
    click.echo(summary(problems), err=True)
    sys.exit(1)


def say_notices(notices: Sequence[Problem], form: str) -> None:
    """Print what one may want to know; of many the first, and how many more there are."""
    shown = notices if form == "github" else notices[:NOTICES]
    for notice in shown:
        click.echo(notice.as_github("notice") if form == "github" else notice.as_notice())
    if len(shown) < len(notices):
        click.echo(f"and {len(notices) - len(shown)} more notices: check --format github says them all")


def refuse(message: str) -> NoReturn:
    """Say in one line why a command is not run, and end with status 2."""
    click.echo(f"generator: {message}", err=True)
    sys.exit(2)


def next_command(root: Path, target: str) -> str:
    """Say what to type next, here, for a documentary: with its Makefile, or with this Python."""
    if (root / "Makefile").is_file():
        there = "" if root.absolute() == Path.cwd() else f"-C {shlex.quote(short(root))} "
        return f"make {there}{target}"
    command = {"site": "build"}.get(target, target)
    return f"{typed(command)} --root {shlex.quote(short(root))}"


def typed(command: str, root: Path | None = None) -> str:
    """Return a command as it is typed here, for the documentary in *root* if that is elsewhere."""
    there = f" --root {shlex.quote(short(root))}" if root and root.absolute() != Path.cwd() else ""
    return f"{shlex.quote(short(Path(sys.executable)))} -m generator {command}{there}"


def short(path: Path) -> str:
    """Return a path as it is written from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
