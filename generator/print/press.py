"""What is to be set in type goes in; its PDFs come out: those that memory keeps, and the others set now."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from generator.drawing.fonts import FACES
from generator.output.build_key import digest, makers
from generator.output.memory import Memory
from generator.output.write import write_tree
from generator.print.bind import Book, bind, settle
from generator.print.compile import Order, Setting, set_documents
from generator.problems import Problem

#: Who makes a PDF, beside Typst and pikepdf.
_CODE = (
    "bind.py",
    "compile.py",
    "content.py",
    "faces.py",
    "finish_pdf.py",
    "join.py",
    "numbers.py",
    "pack.py",
    "tables.py",
)
#: How a text names a file that it reads.
_NAMED = re.compile(r'"/([^"]+)"')


@dataclass(frozen=True)
class Layout:
    """What is written to disk to be set: files by path, the documents among them, and the book."""

    tree: Mapping[str, bytes]
    orders: tuple[Order, ...]
    book: Book

    @cached_property
    def template(self) -> str:
        """Return the digest of the template."""
        folder = f"{self.book.target.split('/')[0]}/template/"
        return digest({path: raw for path, raw in self.tree.items() if path.startswith(folder)})

    @cached_property
    def _read(self) -> dict[str, dict[str, str | bytes]]:
        return {}

    def parts_of(self, document: str) -> dict[str, str | bytes]:
        """Return what a document is set from: its text, the files that this names, and the template."""
        if document not in self._read:
            text = self.tree[document].decode("utf-8")
            named = {path: self.tree[path] for path in self.tree.keys() & set(_NAMED.findall(text))}
            parts: dict[str, str | bytes] = {
                "its text": text,
                "drawings and rows": digest(named),
                "the template": self.template,
            }
            self._read[document] = parts
        return self._read[document]


@dataclass(frozen=True)
class Press:
    """Where and with what documents are set: a folder, the packages with the fonts, the date, a memory."""

    work: Path
    packages: Path
    epoch: int
    memory: Memory

    @cached_property
    def made_by(self) -> str:
        """Name what a PDF owes its bytes to beside its text: our modules, Typst, pikepdf, the fonts."""
        here = Path(__file__).parent
        faces = sorted({face.path(self.packages) for face in FACES})
        return makers(
            [*(here / name for name in _CODE), *faces], ["deflate", "pikepdf", "typst", "uharfbuzz"]
        )


def set_layouts(layouts: Sequence[Layout], press: Press, only: str = "") -> dict[str, bytes] | list[Problem]:
    """Set the documents of every language, and bind its book; return the PDFs by their path in the site.

    Args:
        layouts: what each language has to set.
        press: where and with what.
        only: the path of the one PDF that is wanted; "" for all.
    """
    write_tree({path: raw for layout in layouts for path, raw in layout.tree.items()}, press.work)
    orders = {order: layout for layout in layouts for order in layout.orders if only in {"", order.target}}
    made = _set(orders, press)
    if isinstance(made, list):
        return made
    pdfs = {order.target: pdf for order, pdf in made.items()}
    for layout in layouts:
        if only in {"", layout.book.target}:
            book = _bound(layout, press)
            if isinstance(book, list):
                return book
            pdfs[layout.book.target] = book
    return pdfs


def _bound(layout: Layout, press: Press) -> bytes | list[Problem]:
    """Return the book of a language: joined again where one of its parts is another."""
    book = layout.book
    settled = settle(book, partial(_set_parts, layout, press))
    if isinstance(settled, list):
        return settled
    told = {
        part.name: f"{one.told}{hashlib.sha256(one.pdf).hexdigest()}"
        for part, one in zip(book.parts, settled, strict=True)
    }
    kept = press.memory.find(book.target, told, press.made_by)
    if kept is not None:
        return kept
    bound = bind(book, settled)
    if not isinstance(bound, list):
        press.memory.keep(book.target, told, bound, press.made_by)
    return bound


def _set_parts(layout: Layout, press: Press, orders: Sequence[Order]) -> dict[Order, Setting] | list[Problem]:
    made = _set(dict.fromkeys(orders, layout), press)
    if isinstance(made, list):
        return made
    return {order: pickle.loads(raw) for order, raw in made.items()}  # noqa: S301 - sealed, and our own


def _set(orders: Mapping[Order, Layout], press: Press) -> dict[Order, bytes] | list[Problem]:
    """Set the documents that nothing has set before; return each PDF, and each part as `Setting` pickled."""
    parts = {order: _parts(order, layout, press) for order, layout in orders.items()}
    slots = {order: f"{order.target}{' draft' * order.draft} {order.document}" for order in orders}
    remembered = {order: press.memory.find(slots[order], parts[order], press.made_by) for order in orders}
    missing = [order for order, made in remembered.items() if made is None]
    fresh = set_documents(press.work, missing, press.packages, press.epoch) if missing else {}
    if isinstance(fresh, list):
        return fresh
    made = {
        order: one if isinstance(one, bytes) else pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL)
        for order, one in fresh.items()
    }
    for order, one in made.items():
        press.memory.keep(slots[order], parts[order], one, press.made_by)
    return {order: made[order] if one is None else one for order, one in remembered.items()}


def _parts(order: Order, layout: Layout, press: Press) -> dict[str, str | bytes]:
    """Return what a document is set from."""
    told = {"the other parts": order.others, "its number": str(order.number)} if order.others else {}
    return {**layout.parts_of(order.document), "the date": str(press.epoch), **told}
