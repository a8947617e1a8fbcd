"""The ledger goes out by a command, as a workbook or a database, without a build."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands import fail, refuse, root_option, short


@click.command()
@root_option
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write.")
@click.option("--sqlite", type=click.Path(dir_okay=False, path_type=Path), help="The database to write.")
@click.option(
    "--language", "code", default="", help="Of the workbook's titles; the first of the documentary."
)
def export(root: Path, xlsx: Path | None, sqlite: Path | None, code: str) -> None:
    """Write the ledger as one workbook (--xlsx FILE) or as a SQLite database (--sqlite FILE)."""
    from generator.language import Language
    from generator.language.catalogs import load_languages
    from generator.loading import load
    from generator.output.write import write_file
    from generator.problems import Problem
    from generator.site.database import database
    from generator.site.workbook import workbook

    if xlsx is None and sqlite is None:
        refuse("say what to write: --xlsx FILE, --sqlite FILE, or both")
    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), "text")
    codes = list(inputs.documentary.languages)
    if code and code not in codes:
        refuse(f'the documentary has no language "{code}": it has {", ".join(codes)}')
    written: dict[Path, bytes] = {}
    if xlsx is not None:
        read = load_languages([code or codes[0]], files=inputs.files)
        if problems := [one for one in read if isinstance(one, Problem)]:
            fail(sorted(problems), "text")
        [language] = (one for one in read if isinstance(one, Language))
        written[xlsx] = workbook(inputs, language)
    if sqlite is not None:
        written[sqlite] = database(inputs)
    for file, raw in written.items():
        write_file(file, raw)
        click.echo(
            f"{short(file)} written: {len(inputs.package.tables)} tables, the bibliography beside them"
        )
