"""Some documents of a folder go in; Typst sets them, and finished PDFs come out, or what it complains about.

This module runs in processes of its own: it imports little, since each of them begins with that.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from generator.print.finish_pdf import MissingPlaceError, finish_pdf
from generator.print.join import prepare_part
from generator.print.told import Told
from generator.problems import Location, Problem

#: Accessible to a screen reader, fit for an archive, and with files attached.
STANDARDS: tuple[Literal["ua-1"], Literal["a-3a"]] = ("ua-1", "a-3a")


@dataclass(frozen=True, slots=True)
class Order:
    """One document: its file below the folder, where its PDF goes, and the page it is made from.

    A part of a book is told what it must know of the `others` ("" for a document that stands alone), and its
    `number`, counted from 0. Of a `draft` nothing is wanted but what it tells of its pages.
    """

    document: str
    target: str
    source: str
    others: str = ""
    number: int = 0
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A part of a book that was set: what it tells of its pages, and its PDF, which is b"" for a draft."""

    told: Told
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that one process sets: their folder, the folders of their fonts, and the date of the data.

    So many of them are set at a time as there are `threads`.
    """

    folder: Path
    orders: tuple[Order, ...]
    fonts: tuple[Path, ...]
    epoch: int
    threads: int


def set_batch(batch: Batch) -> list[bytes | Setting | list[Problem]]:
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


def _compile(folder: Path, fonts: Any, epoch: int, order: Order) -> bytes | Setting | list[Problem]:
    import typst

    given = {"others": order.others} if order.others else {}
    compiler = typst.Compiler(folder / order.document, root=folder, font_paths=fonts, sys_inputs=given)
    pdf: Any = b""
    warnings: list[Any] = []
    try:
        if not order.draft:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=list(STANDARDS), timestamp=epoch
            )
        told = Told.read(compiler.query("<told>", field="value"))
        if problems := [_problem(order, warning) for warning in warnings]:
            return problems
        if order.others:
            return Setting(told, prepare_part(pdf, order.number, told.ahead) if pdf else b"")
        return finish_pdf(pdf, told.places or {}, told.word)
    except typst.TypstError as error:
        return [_problem(order, error)]
    except MissingPlaceError as error:
        return [dead_link(error, order.source)]


def dead_link(error: MissingPlaceError, source: str) -> Problem:
    """Return the problem of a link that leads nowhere."""
    message = f'a link leads to "{error}", which is not in the document'
    return Problem(Location(source), "print-warning", message, "see the place in build/")


def _problem(order: Order, answer: object) -> Problem:
    """Turn what Typst says into a problem of the page; its first line names the place in our text."""
    message = " ".join(str(getattr(answer, "message", answer)).split())
    shown = [line.strip() for line in str(getattr(answer, "diagnostic", "")).splitlines()]
    where = next((line.split("/")[-1] for line in shown if line.startswith("┌─ ")), order.document)
    hints = "; ".join(getattr(answer, "hints", []) or []) or "see the place in build/"
    return Problem(Location(order.source), "print-warning", f"{message} ({where})", hints)
