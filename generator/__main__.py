"""Arguments go in; a command runs, says what it did, and sets the exit code. Only commands print."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import click
    from rich.console import Console
except ModuleNotFoundError as missing:
    from generator.missing import say_missing

    sys.exit(say_missing(missing.name or "", sys.argv[1:]))

from generator.commands import (
    HOME,
    console,
    fail,
    form_option,
    next_command,
    refuse,
    root_option,
    say_notices,
    short,
)
from generator.commands.exporting import export
from generator.commands.intake import import_
from generator.commands.making import catalogue, new, reference, setup, tables
from generator.commands.translating import translation
from generator.output.read import ReadError
from generator.output.write import WriteError

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

    from generator.live.site import Update
    from generator.output.memory import Made


class _Commands(click.Group):
    """The commands, and how each ends when it is interrupted or the disk refuses."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what stops it is one line, never a traceback."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("stopped; the last site is untouched", err=True)
            ctx.exit(130)
        except (ReadError, WriteError) as error:
            refuse(str(error))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build a documentary from a ledger of claims."""


for _command in (new, import_, export, setup, tables, reference, catalogue, translation):
    main.add_command(_command)


@main.command()
@root_option
@form_option
def check(root: Path, form: str) -> None:
    """Check the ledger, the prose and the translations; write nothing."""
    from generator import checking
    from generator.commands.lacking import lacking

    started = time.perf_counter()
    with _progress() as announce:
        outcome = checking.check(root, announce)
    if isinstance(outcome, list):
        fail(outcome, form)
    say_notices(outcome.notices, form)
    ledger = outcome.inputs.ledger
    pages = sum(len(site.pages) for site in outcome.sites.values())
    console().print(
        f"[green]no problem[/green]: {len(ledger.claims)} claims, {len(ledger.events)} events, "
        f"{len(ledger.sources)} sources, {pages} pages in {time.perf_counter() - started:.1f} s"
    )
    for sentence in lacking(site.language for site in outcome.sites.values()):
        console().print(f"note: {sentence}", soft_wrap=True)


@main.command()
@root_option
@form_option
@click.option("--engine", default=lambda: os.environ.get("ENGINE", "mkdocs"), show_default="mkdocs")
@click.option(
    "--address",
    default=lambda: os.environ.get("SITE_URL", ""),
    show_default="none",
    help="Absolute address the site will have, for links between languages.",
)
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="Print the chapters and the book.")
@click.option("--explain", is_flag=True, help="Say what was made again, and because of what.")
def build(root: Path, form: str, engine: str, address: str, pdf: bool, explain: bool) -> None:
    """Build the whole site into site/."""
    from generator.output.last_build import last_build
    from generator.output.read import read_inputs

    started = time.perf_counter()
    address = f"{address.rstrip('/')}/" if address else ""
    counts = last_build(root, read_inputs(root), HOME, (engine, address, str(pdf)))
    if counts is not None:
        click.echo("· nothing has changed since the last build", err=True)
        _say_built(root, counts, started)
        return
    from generator import build as building
    from generator.drawing.render import DrawingError
    from generator.output.apart import ApartError
    from generator.print.compile import PrintError
    from generator.site.engine import EngineError

    made: list[Made] = []
    try:
        with _progress() as announce:
            outcome = building.build(
                root, engine=engine, address=address, announce=announce, pdf=pdf, made=made
            )
    except (ApartError, DrawingError, EngineError, PrintError) as error:
        refuse(str(error))
    except WriteError as error:
        refuse(f"{error}; the last site is untouched")
    if isinstance(outcome, list):
        fail(outcome, form)
    for thing in made if explain else ():
        click.echo(f"{thing.slot}: {', '.join(thing.because)}")
    _say_built(root, asdict(outcome), started)


def _say_built(root: Path, counts: Mapping[str, int], started: float) -> None:
    """Say what stands in site/ now."""
    say = console()
    say.print(
        f"[green]built[/green] {counts['pages']} pages, {counts['figures']} figures, "
        f"{counts['claims']} claims, {counts['events']} events, {counts['sources']} sources, "
        f"{counts['bytes'] / 1e6:.1f} MB "
        f"in {time.perf_counter() - started:.1f} s"
    )
    say.print(f"open {short(root / 'site' / 'index.html')}, or run: {next_command(root, 'preview')}")


_port = click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)


@main.command()
@root_option
@_port
@click.option("--prefix", default="/", show_default=True, help="Path the site is served under.")
def preview(root: Path, port: int, prefix: str) -> None:
    """Serve the built site as a static host would."""
    if not (root / "site" / "index.html").exists():
        refuse(f"there is no site yet: run {next_command(root, 'site')}")
    with _server(root, port, prefix) as server:
        server.serve_forever()


@main.command()
@root_option
@_port
def serve(root: Path, port: int) -> None:
    """Show the site in a browser, and follow every change of data, prose and code."""
    from generator.live.server import Listeners, make_live_server
    from generator.live.site import LiveSite
    from generator.live.watch import CodeChangedError, follow

    live, listeners = LiveSite(root / "build"), Listeners()
    try:
        server = make_live_server(live, listeners, port)
    except OSError as error:
        refuse(f"cannot serve on port {port}: {error.strerror}: choose another with --port")
    console().print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C stops)")
    try:
        follow(root, live, listeners, server, _say_update, Path(__file__).parent)
    except CodeChangedError:
        console().print("the generator has changed: starting again")
        server.server_close()
        again = ["serve", "--root", str(root), "--port", str(server.server_port)]
        os.execv(sys.executable, [sys.executable, "-m", "generator", *again])  # noqa: S606 - ourselves


def _say_update(update: Update, changed: list[str]) -> None:
    """Say in one line what was made again, or what is wrong."""
    for problem in update.problems:
        click.echo(str(problem))
    if not update.problems:
        what = ", ".join(dict.fromkeys(Path(path).name for path in changed)) or "everything"
        pages = f"{len(update.pages)} pages" if len(update.pages) != 1 else update.pages[0]
        console().print(f"{what}: {pages} in {update.seconds:.1f} s")


def _server(root: Path, port: int, prefix: str = "/") -> ThreadingHTTPServer:
    """Take the port and say where the site will be; nothing is built for a port that another has."""
    from generator.output.serve import PortError, address_of, make_server

    try:
        server = make_server(root / "site", port, prefix)
    except PortError as error:
        refuse(str(error))
    console().print(f"{address_of(server, prefix)}  (Ctrl-C stops)")
    return server


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@root_option
def fingerprint(files: Sequence[Path], root: Path) -> None:
    """Record the fingerprints of source texts, so that the check knows their sentences."""
    from generator.loading import SHINGLES
    from generator.output.write import write_file
    from generator.prose.source import shingles_of

    digests: set[bytes] = set()
    for file in files:
        digests |= shingles_of(file.read_text(encoding="utf-8"))
    write_file(root / SHINGLES, b"\n".join(sorted(digests)) + b"\n")
    console().print(f"{len(digests)} runs of words recorded")


@main.command()
@root_option
@form_option
def published(root: Path, form: str) -> None:
    """Write data/published.csv anew: a change of the data shows there what it changes."""
    from generator.ledger.estimates import published_csv
    from generator.loading import load
    from generator.output.write import write_file

    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), form)
    write_file(root / "data" / "published.csv", published_csv(inputs.ledger))
    console().print("data/published.csv written; read its diff before you commit it")


@main.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
def changes(before: Path, root: Path) -> None:
    """Say, as Markdown, which published figures differ from BEFORE, an earlier data/published.csv."""
    from generator.language import Language
    from generator.language.catalogs import load_languages
    from generator.loading import load
    from generator.pages.published_diff import as_markdown, read_published
    from generator.pages.published_diff import changes as compare

    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), "text")
    [english] = (x for x in load_languages(["en"]) if isinstance(x, Language))
    try:
        old = read_published(before.read_text(encoding="utf-8"))
        new = read_published((root / "data" / "published.csv").read_text(encoding="utf-8"))
    except ValueError as error:
        refuse(f"not a table of published figures: {error}")
    titles = {topic.id: english.text(topic.title) for topic in inputs.ledger.topics.values()}
    click.echo(as_markdown(list(compare(old, new)), titles, english), nl=False)


@main.command()
@root_option
@click.option(
    "--ask", is_flag=True, help="Ask every address over the network, and name those that are dead_links."
)
def links(root: Path, ask: bool) -> None:
    """List the links that lead out of the site, with the day each was read and its archived copy."""
    from generator.loading import load
    from generator.output.link_check import ask_host, dead_links, outside_links, safer_links

    inputs = load(root)
    if isinstance(inputs, list):
        fail(sorted(inputs), "text")
    addresses = list(outside_links(inputs.ledger.sources))
    if not ask:
        for link in addresses:
            click.echo("\t".join((link.source, link.address, link.accessed or "?", link.archive or "-")))
        return
    dead = list(dead_links(addresses, ask_host))
    for link, answer in dead:
        click.echo(f"data/sources.json: {link.source}: {link.address}: {answer}")
    for link in safer_links(addresses, ask_host):
        click.echo(f"data/sources.json: {link.source}: {link.address}: the host answers over https too")
    click.echo(f"{len(addresses)} links asked, {len(dead)} do not answer", err=True)
    sys.exit(1 if dead else 0)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show the step under way: a moving line on a terminal, a line for each step in a log."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda step: console.print(f"· {step}")
        return
    with console.status("starting") as status:
        yield status.update


if __name__ == "__main__":
    # Told to end by whoever runs it (a workflow, `timeout`), it stops its engines first, as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    main()
