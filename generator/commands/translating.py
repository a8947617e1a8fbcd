"""What has not followed another language is asked for, and said with its change; what has is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from generator.commands import console, fail, refuse, root_option, typed
from generator.problems import did_you_mean
from generator.translation.cells import DATA

if TYPE_CHECKING:
    from generator.loading import Inputs
    from generator.translation.desk import Passages, Standing
    from generator.translation.difference import Piece
    from generator.translation.record import Key

_COLOURS = {"-": "red", "+": "green"}


@click.command()
@click.argument("pages", nargs=-1)
@root_option
@click.option(
    "--done",
    multiple=True,
    metavar="PAGE#SECTION",
    help="Record that this follows: a passage, a page, all; data: the rows of every table.",
)
@click.option(
    "--language", default="", help="With --done: this language follows; all of them, if you do not say."
)
@click.option(
    "--from", "source", default="", help="With --done and --language: it is translated from this one alone."
)
@click.option(
    "--on", "day", default="", help="With --done: the day to record, YYYY-MM-DD; today, if you do not say."
)
def translation(
    pages: tuple[str, ...],
    root: Path,
    done: tuple[str, ...],
    language: str,
    source: str,
    day: str,
) -> None:
    """List the passages whose text in another language has changed, of PAGES or of all, with the change.

    With --done it records that they follow, in docs/translation.csv and docs/translation.texts.
    """
    from generator.loading import load
    from generator.pages.following import passages_in

    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), "text")
    passages = passages_in(inputs, rows=any(f"{name}/".startswith(DATA) for name in (*done, *pages)))
    if not done:
        _list(root, inputs, passages, pages)
        return
    codes = list(inputs.documentary.languages)
    for code in filter(None, (language, source)):
        if code not in codes:
            refuse(f'there is no language "{code}": {did_you_mean(code, codes, ", ".join(codes))}')
    if source and (not language or source == language):
        refuse("say with --from which other language --language is translated from")
    _record(root, inputs, passages, set(_named(done, passages)), (language, source, _day(day)))


def _day(day: str) -> str:
    """Return the day that is recorded."""
    try:
        return (dt.date.fromisoformat(day) if day else dt.datetime.now().astimezone().date()).isoformat()
    except ValueError:
        refuse(f'"{day}" is no day: write YYYY-MM-DD')


def _named(names: Collection[str], passages: Passages) -> Iterator[Key]:
    """Yield the passages that somebody names: one, those of a page, or all."""
    for name in names:
        page, mark, section = name.partition("#")
        if name == "all":
            yield from passages
        elif name == "data":
            yield from (key for key in passages if key[0].startswith(DATA))
        elif mark and (page, section) in passages:
            yield page, section
        elif not mark and any(path == page for path, _ in passages):
            yield from (key for key in passages if key[0] == page)
        else:
            known = ["#".join(key) for key in passages] if mark else [path for path, _ in passages]
            refuse(f'there is no passage "{name}": {did_you_mean(name, known, "write PAGE#SECTION")}')


def _record(
    root: Path, inputs: Inputs, passages: Passages, keys: Collection[Key], said: tuple[str, str, str]
) -> None:
    """Write the record in which these passages follow."""
    from generator.output.write import write_file
    from generator.translation.agreeing import Agreement, agree, texts_for
    from generator.translation.record import FILE, TEXTS, read_texts, written_record, written_texts

    language, source, day = said
    record = agree(passages, inputs.translations or {}, Agreement(keys, day, language, source))
    write_file(root / FILE, written_record(record))
    write_file(root / TEXTS, written_texts(texts_for(record, passages, read_texts(inputs.files))))
    console().print(
        f"{_counted(len(keys), 'passage')} recorded in {FILE} and {TEXTS}: commit both with the text"
    )


def _list(root: Path, inputs: Inputs, passages: Passages, pages: Collection[str]) -> None:
    """Say what does not follow, passage by passage."""
    from generator.translation.desk import standings
    from generator.translation.record import read_texts

    if unknown := sorted(set(pages) - {path for path, _ in passages}):
        hint = did_you_mean(unknown[0], [path for path, _ in passages], "write its path without ending")
        refuse(f'there is no page "{unknown[0]}": {hint}')
    if inputs.translations is None:
        console().print("nothing is recorded yet; that all languages agree now is said by:")
        console().print(f"    {typed('translation --done all', root)}")
        return
    texts = read_texts(inputs.files)
    found = [one for one in standings(passages, inputs.translations) if not pages or one.key[0] in pages]
    for standing in found:
        click.echo("\n".join(_said(standing, passages, texts)))
    names = list(dict.fromkeys(standing.name for standing in found))
    if not names:
        console().print("every translation follows")
        return
    click.echo(f"{_counted(len(names), 'passage')} to look at; when a translation follows, say so:", err=True)
    click.echo(f"    {typed(f'translation --done {quote(names[0])}', root)}", err=True)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _said(standing: Standing, passages: Passages, texts: dict[str, str]) -> Iterator[str]:
    """Yield the lines on one passage: where it stands, why it is listed, and what has changed."""
    from generator.language.naming import english_name
    from generator.translation.desk import Lag
    from generator.translation.difference import difference

    other = english_name(standing.follows)
    place = f"{standing.file}:{standing.line}: {standing.name}"
    match standing.lag:
        case Lag.NEW:
            yield f"{place}: in no record of translations; compare it with the {other} text"
            return
        case Lag.BOTH:
            yield f"{place}: changed since {standing.on}, and so has the {other} text:"
        case _:
            yield f"{place}: the {other} text has changed since {standing.on}:"
    old, new = texts.get(standing.state), passages[standing.key][standing.follows].text
    if old is None:
        yield "    (the text it followed is not kept; this is what stands there now)"
        yield _indented(new)
        return
    pieces = difference(old, new)
    yield _indented("".join(_coloured(piece) + piece.gap for piece in pieces).rstrip())
    if not pieces:
        yield "    (only signs between words, or their order on the line)"


def _coloured(piece: Piece) -> str:
    """Write a piece of a difference, with colours where there are any."""
    return click.style(piece.marked, fg=_COLOURS[piece.sign]) if piece.sign in _COLOURS else piece.marked


def _indented(text: str) -> str:
    return click.wrap_text(text, 110, "    ", "    ", preserve_paragraphs=False)
