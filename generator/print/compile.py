"""A folder of Typst documents goes in; their PDFs come out, or what Typst complains about."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from generator.drawing.fonts import FACES, sources
from generator.output.apart import apart
from generator.print.finish_pdf import MissingPlaceError, Place, finish_pdf
from generator.problems import Location, Problem

#: Accessible to a screen reader, fit for an archive, and with files attached.
STANDARDS: tuple[Literal["ua-1"], Literal["a-3a"]] = ("ua-1", "a-3a")


#: How many documents one process sets: Typst keeps what it has laid out until it ends.
AT_ONCE: Final = 10


class PrintError(Exception):
    """Printing could not start at all; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """One document: its file below the folder, where its PDF goes, and the page it is made from."""

    document: str
    target: str
    source: str


def compile_all(
    folder: Path, orders: Sequence[Order], packages: Path, epoch: int
) -> dict[str, bytes] | list[Problem]:
    """Set every document, several at a time; many of them in processes of their own, for the sake of memory.

    Args:
        folder: where the documents, the template and the drawings are.
        orders: the documents.
        packages: the `node_modules` that holds the fonts.
        epoch: the date of the data in seconds, so that the same input gives the same bytes.
    """
    if find_spec("typst") is None:
        raise PrintError("Typst is not installed: run `python -m generator setup`")
    folders = sources(packages, {face.family for face in FACES})
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise PrintError(f"{missing[0]} is missing: run `python -m generator setup`")
    parts = [tuple(orders[first : first + AT_ONCE]) for first in range(0, len(orders), AT_ONCE)]
    threads = 1 if len(parts) > 1 else os.cpu_count() or 1
    batches = [_Batch(folder, part, tuple(folders), epoch, threads) for part in parts]
    made = apart(_compile_batch, batches) if len(batches) > 1 else map(_compile_batch, batches)
    done = [outcome for batch in made for outcome in batch]
    problems = [problem for outcome in done if isinstance(outcome, list) for problem in outcome]
    pdfs: Mapping[str, bytes] = {
        order.target: outcome
        for order, outcome in zip(orders, done, strict=True)
        if isinstance(outcome, bytes)
    }
    return problems or dict(pdfs)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents that one process sets: their folder, the folders of their fonts, and the date of the data."""

    folder: Path
    orders: tuple[Order, ...]
    fonts: tuple[Path, ...]
    epoch: int
    threads: int


def _compile_batch(batch: _Batch) -> list[bytes | list[Problem]]:
    """Set documents, several at a time where that is asked: Typst lets Python go on meanwhile."""
    import typst

    # Those of the site; no face of the machine, and none of Typst's own, is ever used.
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(batch.fonts)
    )
    with ThreadPoolExecutor(batch.threads) as pool:
        try:
            return list(pool.map(partial(_compile, batch.folder, fonts, batch.epoch), batch.orders))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # interrupted: what has not begun does not begin
            raise


def _compile(folder: Path, fonts: Any, epoch: int, order: Order) -> bytes | list[Problem]:
    import typst

    compiler = typst.Compiler(folder / order.document, root=folder, font_paths=fonts)
    try:
        pdf: Any
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=list(STANDARDS), timestamp=epoch
        )
        ((places, page_word),) = json.loads(compiler.query("<places>", field="value"))
        if problems := [_problem(order, warning) for warning in warnings]:
            return problems
        return finish_pdf(pdf, {name: Place(*place) for name, *place in places}, page_word)
    except typst.TypstError as error:
        return [_problem(order, error)]
    except MissingPlaceError as error:
        message = f'a link leads to "{error}", which is not in the document'
        return [Problem(Location(order.source), "print-warning", message, "see the place in build/")]


def _problem(order: Order, answer: object) -> Problem:
    """Turn what Typst says into a problem of the page; its first line names the place in our text."""
    message = " ".join(str(getattr(answer, "message", answer)).split())
    shown = [line.strip() for line in str(getattr(answer, "diagnostic", "")).splitlines()]
    where = next((line.split("/")[-1] for line in shown if line.startswith("┌─ ")), order.document)
    hints = "; ".join(getattr(answer, "hints", []) or []) or "see the place in build/"
    return Problem(Location(order.source), "print-warning", f"{message} ({where})", hints)
