"""What somebody has goes in by a command; what would change is shown, and written when asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands import fail, form_option, next_command, refuse, root_option, short
from generator.output.read import read_inputs
from generator.problems import gathered

if TYPE_CHECKING:
    from generator.intake.proposal import Proposal
    from generator.problems import Problem

#: How many changed values are shown one by one.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Manner:
    """How a proposal is taken: into which documentary, how problems are said, what is written."""

    root: Path
    form: str
    write: bool
    replace: bool
    leave_out: bool


def with_manner(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all imports have in common, as a `Manner`."""

    @wraps(command)
    def run(**said: Any) -> None:
        manner = Manner(*(said.pop(name) for name in ("root", "form", "write", "replace", "leave_out")))
        command(manner=manner, **said)

    options = (
        click.option(
            "--leave-out", is_flag=True, help="Leave out what cannot be read, and propose the rest."
        ),
        click.option(
            "--replace", is_flag=True, help="Take values that differ from those of the ledger, too."
        ),
        click.option("--write", is_flag=True, help="Write what is proposed; without it nothing is written."),
        form_option,
        root_option,
    )
    for option in options:
        run = option(run)
    return run


class _Imports(click.Group):
    """What can be imported: some kinds by name; any other name is that of a table."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command for the name of a table."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["table", *args]
        return super().resolve_command(ctx, args)


@click.group("import", cls=_Imports, subcommand_metavar="TABLE|sources|layer|pictures FILE")
def import_() -> None:
    """Propose how the data would be with what you have; --write writes it.

    TABLE is a table of the data package: import counts my-sheet.xlsx
    """


def _pairs(_context: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Read "left=right", said several times."""
    pairs: dict[str, str] = {}
    for value in values:
        left, sign, right = value.rpartition("=")
        if not sign or not left.strip():
            raise click.BadParameter(f'"{value}" is not of the form {option.metavar}')
        pairs[left.strip()] = right.strip()
    return pairs


@import_.command("table", hidden=True)
@click.argument("table")
@click.argument("file", type=click.Path(path_type=Path))
@with_manner
@click.option("--sheet", default="", help="The sheet, where a file has several.")
@click.option(
    "--header", type=click.IntRange(1), default=None, help="The row of the header, if it is not found."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="THEIRS=OURS",
    callback=_pairs,
    help="A header or letter of the sheet, and the column it goes into; nothing leaves it out.",
)
@click.option(
    "--set",
    "constants",
    multiple=True,
    metavar="OURS=VALUE",
    callback=_pairs,
    help="A cell that every row has: --set source=census-1907.",
)
@click.option("--decimal", type=click.Choice([",", "."]), help="What stands before decimals.")
@click.option("--day-first", "order", flag_value="day", default="", help="03/04/1907 is in April.")
@click.option("--month-first", "order", flag_value="month", help="03/04/1907 is in March.")
@click.option("--percent", type=click.Choice(["shown", "stored"]), help="73 % is 73, or 0.73.")
@click.option("--true", "yes", default="", metavar="WORD", help="The word for a cell that holds TRUE.")
@click.option(
    "--false", "no", default="", metavar="WORD", help="The word for one that holds FALSE, or empty."
)
@click.option("--fill-merged", is_flag=True, help="Joined cells hold their value in each row.")
@click.option("--ids", default="", metavar="BEGINNING", help="Make ids for rows without one: BEGINNING-1, …")
@click.option("--encoding", default="", help="Of a CSV: utf-8, cp1252, mac_roman, …")
@click.option("--delimiter", default="", help="What parts the cells of a CSV.")
def table(table: str, file: Path, manner: Manner, **said: Any) -> None:
    """Propose how a table would be with the rows of a spreadsheet (xlsx, ods, csv)."""
    from generator.intake.cells import Ways
    from generator.intake.tables import Asked, import_table

    ways = Ways(**{key: said.pop(key) or "" for key in ("decimal", "order", "percent", "yes", "no")})
    header, delimiter = said.pop("header") or 0, said.pop("delimiter").replace("\\t", "\t")
    asked = Asked(**said, header=header, delimiter=delimiter, ways=ways, replace=manner.replace)
    files = read_inputs(manner.root)
    proposal = import_table(files, table, read_file(file), file.name, asked)
    settle(files, proposal, manner)


def settle(files: Mapping[str, bytes], proposal: Proposal | list[Problem], manner: Manner) -> None:
    """Say what is proposed, refuse it where something is unclear, write it where that was asked for."""
    if isinstance(proposal, list):
        fail(proposal, manner.form)
    say(proposal, replace=manner.replace)
    if proposal.problems and not manner.leave_out:
        _say_ahead(files, proposal)
        click.echo("\nnothing is written before these are answered (--leave-out passes over them):")
        fail(proposal.problems, manner.form)
    for problem in proposal.problems:
        click.echo(f"left out: {problem}")
    finish(files, proposal, manner)


def _say_ahead(files: Mapping[str, bytes], proposal: Proposal) -> None:
    """Say what a check would find in the rows that could be read, so that all is answered at once."""
    from generator.intake.tables import problems_of

    if not proposal.added:
        return
    problems = problems_of({**files, proposal.path: proposal.after}, [proposal.path])
    if problems:
        click.echo(f"\na check would find in {proposal.path}, as it would be:")
        for lines in gathered(problems):
            click.echo(lines)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that somebody names, or refuse it in one line."""
    if path.is_dir():
        refuse(f"{short(path)} is a folder: name the file in it")
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"cannot read {short(path)}: {error.strerror}")


def say(proposal: Proposal, *, replace: bool) -> None:
    """Say how something was read, what it changes, and what it leaves as it is."""
    for remark in proposal.remarks:
        click.echo(f"· {remark}")
    click.echo(
        f"{proposal.path}: {len(proposal.added)} new, {proposal.alike} as they are, "
        f"{len({change.ident for change in proposal.changes})} with other values; "
        f"{proposal.absent} of the ledger are not in the file and stay"
    )
    taken = "is taken" if replace else "stays as it is; --replace takes the new one"
    for change in proposal.changes[:_SHOWN]:
        place = f" (line {change.line}, row {change.row})" if change.row else ""
        click.echo(
            f"  {change.ident}: {change.column}{place}: {_quoted(change.before)} → {_quoted(change.after)}"
        )
    if len(proposal.changes) > _SHOWN:
        click.echo(f"  … and {len(proposal.changes) - _SHOWN} more")
    if proposal.changes:
        click.echo(f"  what differs {taken}")
    click.echo(proposal.diff(), nl=False)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def finish(files: Mapping[str, bytes], proposal: Proposal, manner: Manner) -> None:
    """Write what is proposed if that was asked for, and say what a check finds in it."""
    from generator.intake.tables import problems_of
    from generator.output.write import write_file

    if proposal.after == proposal.before:
        why = "what differs stays without --replace" if proposal.changes else "the data have all of it"
        click.echo(f"nothing to write: {why}")
        return
    problems: list[Problem] = problems_of({**files, proposal.path: proposal.after}, [proposal.path])
    if manner.write:
        write_file(manner.root / proposal.path, proposal.after)
        click.echo(f"{proposal.path} written; read its diff before you commit it")
    else:
        click.echo("nothing is written: say --write to write it")
    if problems:
        click.echo(f"a check finds in {proposal.path}{'' if manner.write else ', as it would be'}:")
        fail(problems, manner.form)
    click.echo(f"next: {next_command(manner.root, 'check')}")


@import_.command("sources")
@click.argument("file", type=click.Path(path_type=Path))
@with_manner
@click.option(
    "--twins", is_flag=True, help="Take sources, too, that look like one that is there under another id."
)
@click.option("--kind", default="", help="The heading of the bibliography for all of them: study, press, …")
def sources(file: Path, manner: Manner, *, twins: bool, kind: str) -> None:
    """Sources of Zotero and others: CSL-JSON, BibTeX, RIS.

    It proposes how the bibliography would be with them; their ids stay.
    """
    from generator.intake.sources import import_sources

    files = read_inputs(manner.root)
    proposal = import_sources(
        files, read_file(file), file.name, replace=manner.replace, twins=twins, kind=kind
    )
    settle(files, proposal, manner)


@import_.command("layer")
@click.argument("file", type=click.Path(path_type=Path))
@with_manner
@click.option("--name", default="", help="What the layer is called; as the file, if you do not say.")
@click.option(
    "--set",
    "head",
    multiple=True,
    metavar="KEY=VALUE",
    callback=_pairs,
    help="What the layer says of itself: source, licence, precision_km, note_en, …",
)
@click.option(
    "--name-from",
    "names",
    multiple=True,
    metavar="LANGUAGE=PROPERTY",
    callback=_pairs,
    help="The property that holds the names of a language: --name-from fr=nom.",
)
@click.option("--id", "ident", default="", metavar="PROPERTY", help="The property that holds the ids.")
@click.option("--swap", is_flag=True, help="Latitude and longitude are the wrong way round in the file.")
def layer(file: Path, manner: Manner, **said: Any) -> None:
    """Lines and areas of QGIS: a GeoJSON in WGS 84.

    It proposes how a layer of data/geo would be with them.
    """
    from generator.intake.layers import LayerAsked, import_layer

    asked = LayerAsked(**said, replace=manner.replace)
    files = read_inputs(manner.root)
    settle(files, import_layer(files, read_file(file), file.name, asked), manner)


@import_.command("pictures")
@click.argument("folder", type=click.Path(path_type=Path))
@with_manner
@click.option("--kind", default="", help="A word of the vocabulary for all of them: photograph, scan, …")
def pictures(folder: Path, manner: Manner, kind: str) -> None:
    """Pictures, sounds and films: a folder of them.

    It proposes how the table of media would be with them; --write copies them, too.
    """
    from generator.intake.pictures import import_pictures
    from generator.ledger.media_forms import MEDIA_FOLDER
    from generator.output.read import files_in
    from generator.output.write import write_file

    if not folder.is_dir():
        refuse(f"{short(folder)} is no folder: name the one that holds the pictures")
    own = manner.root / MEDIA_FOLDER
    below = folder.resolve().is_relative_to(own.resolve())
    base = own.resolve() if below else folder
    found = (
        (path.relative_to(base).as_posix(), read_file(path))
        for path in files_in(folder.resolve() if below else folder)
    )
    files = read_inputs(manner.root)
    proposal = import_pictures(files, found, "" if below else folder.name or "folder", kind)
    if isinstance(proposal, list):
        fail(proposal, manner.form)
    copies = proposal.copies
    if manner.write and (manner.leave_out or not proposal.problems):
        for path, raw in copies.items():
            write_file(manner.root / path, raw)
        click.echo(f"{files_of(copies)} copied into {MEDIA_FOLDER}")
    elif copies:
        click.echo(f"{files_of(copies)} would be copied into {MEDIA_FOLDER}")
    settle({**files, **copies}, proposal, manner)


def files_of(copies: Sequence[str] | Mapping[str, bytes]) -> str:
    """Count files in words."""
    return f"{len(copies)} file{'' if len(copies) == 1 else 's'}"
