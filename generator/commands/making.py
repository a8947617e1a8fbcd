"""What makes and explains a documentary is asked for; it is made, and what to do next is said."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click

from generator.commands import HOME, console, fail, next_command, refuse, root_option, short


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Its title: one for all languages, or fr: … | en: …")
@click.option("--languages", help="Codes of its languages, of fr, en and ru: fr,en")
@click.option("--side", "sides", multiple=True, help="A side of the story; say it again for each.")
@click.option("--date", "dated", help="The date of its data, YYYY-MM-DD; today, if you do not say.")
@click.option("--generator", "asked", default="", help="What pip installs to build it: an address, a wheel.")
def new(
    folder: Path,
    title: str | None,
    languages: str | None,
    sides: tuple[str, ...],
    dated: str | None,
    asked: str,
) -> None:
    """Make a small documentary in FOLDER, to be changed into yours: it builds at once.

    On a terminal it asks what you do not say. A folder that holds something is left alone.
    """
    from generator import new as making
    from generator.new.answers import SIDES, TITLE, AnswerError, read_answers
    from generator.new.origin import nearby, origin, pins
    from generator.output.write import write_file, write_new

    if sys.stdin.isatty():
        languages = languages or click.prompt("Languages", default="fr,en")
        title = title or click.prompt("Title", default=TITLE)
        sides = sides or tuple(click.prompt("Sides, joined by ;", default="; ".join(SIDES)).split(";"))
    try:
        answers = read_answers(title or TITLE, languages or "fr,en", sides or SIDES, dated)
    except AnswerError as error:
        refuse(str(error))
    generator_origin = origin(HOME, asked)
    files = making.make_documentary(answers, origin=generator_origin, pins=pins(HOME))
    write_new(files, folder)
    if not asked and (near := nearby(HOME, generator_origin.requirement)):
        write_file(folder / "generator.mk", near.encode())
    say = console()
    say.print(f"[green]made[/green] {short(folder)}: {len(files)} files", markup=True)
    if generator_origin.local:
        say.print("requirements.txt takes the generator from this machine: see there before you publish")
    say.print(f"next: {next_command(folder, 'serve')}")


@click.command()
def setup() -> None:
    """Install the Node packages that draw the figures, by version and hash. Needs a network, once."""
    from generator.drawing import PROGRAMS
    from generator.drawing.install import InstallError, install

    try:
        done = install(PROGRAMS)
    except InstallError as error:
        refuse(str(error))
    console().print("Node packages installed" if done else "Node packages are there")


@click.command()
def reference() -> None:
    """Say, as Markdown, what may stand in every table and every setting."""
    from generator.new.reference import reference as written

    click.echo(written(), nl=False)


@click.command()
@click.argument("code")
@root_option
def catalogue(code: str, root: Path) -> None:
    """Write locale/CODE.po: every message of the interface, to be translated, with what it says already."""
    from generator.language.catalogs import OWN, as_catalog
    from generator.output.read import read_inputs
    from generator.output.write import write_file
    from generator.problems import Problem

    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        refuse(f'"{code}" is no code of a language: write de, ja or pt-BR')
    path = root / OWN / f"{code}.po"
    written = as_catalog(code, read_inputs(root))
    if isinstance(written, Problem):
        fail([written], "text")
    write_file(path, written)
    console().print(f"{short(path)} written: translate each msgid into its msgstr, then run check")


@click.command()
@root_option
def tables(root: Path) -> None:
    """Write data/README.md anew: every table and column of data/datapackage.json, explained."""
    from generator.loading import load
    from generator.new import tables_page
    from generator.output.write import write_file

    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), "text")
    package = json.loads(inputs.files["data/datapackage.json"].removeprefix(b"\xef\xbb\xbf"))
    write_file(root / "data" / "README.md", tables_page(package, next(iter(inputs.documentary.languages))))
    console().print("data/README.md written")
