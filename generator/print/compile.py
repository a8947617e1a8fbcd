"""A folder of Typst documents goes in; their PDFs come out, or what Typst complains about."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from generator.drawing.fonts import FACES, sources
from generator.output.apart import apart
from generator.print.setting import Batch, Order, Setting, set_batch
from generator.problems import Problem

#: How many documents one process sets: Typst keeps what it has laid out until it ends.
AT_ONCE: Final = 6


class PrintError(Exception):
    """Printing could not start at all; the message is one line that says what to do."""


def set_documents(
    folder: Path, orders: Sequence[Order], packages: Path, epoch: int
) -> dict[Order, bytes | Setting] | list[Problem]:
    """Set every document, several at a time; many of them in processes of their own, for the sake of memory.

    Args:
        folder: where the documents, the template and the drawings are.
        orders: the documents.
        packages: the `node_modules` that holds the fonts.
        epoch: the date of the data in seconds, so that the same input gives the same bytes.

    Returns:
        The finished PDF of each document that stands alone, and of a part what it is; or the problems.
    """
    if find_spec("typst") is None:
        raise PrintError("Typst is not installed: run `python -m generator setup`")
    folders = sources(packages, {face.family for face in FACES})
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise PrintError(f"{missing[0]} is missing: run `python -m generator setup`")
    many = -(-len(orders) // AT_ONCE)
    # The longest begin, each in another process, so that no processor waits for one of them at the end.
    longest = sorted(orders, key=lambda order: -(folder / order.document).stat().st_size)
    threads = 1 if many > 1 else os.cpu_count() or 1
    batches = [
        Batch(folder, tuple(longest[first::many]), tuple(folders), epoch, threads) for first in range(many)
    ]
    made = apart(set_batch, batches) if many > 1 else [set_batch(batch) for batch in batches]
    done = {
        order: outcome
        for batch, outcomes in zip(batches, made, strict=True)
        for order, outcome in zip(batch.orders, outcomes, strict=True)
    }
    made_in_order = {order: done[order] for order in orders}
    problems = [problem for one in made_in_order.values() if isinstance(one, list) for problem in one]
    return problems or {order: one for order, one in made_in_order.items() if not isinstance(one, list)}
