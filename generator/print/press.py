"""What is to be set in type goes in; its PDFs come out: those that memory keeps, and the others set now."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.drawing.fonts import FACES
from generator.output.build_key import digest, makers
from generator.output.memory import Memory
from generator.output.write import write_tree
from generator.print.bind import Book, bind, settle
from generator.print.compile import set_documents
from generator.print.setting import Order, Setting
from generator.problems import Problem

#: Who makes a PDF, beside Typst and pikepdf.
_CODE = (
    "ast.py",
    "bind.py",
    "compile.py",
    "content.py",
    "faces.py",
    "finish_pdf.py",
    "join.py",
    "numbers.py",
    "pack.py",
    "setting.py",
    "squeeze.py",
    "told.py",
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
    alone = {order: layout for layout in layouts for order in layout.orders if only in {"", order.target}}
    books = [layout for layout in layouts if only in {"", layout.book.target}]
    home = {layout.book.document(part): layout for layout in books for part in layout.book.parts}
    pdfs: dict[str, bytes] = {}

    def set_parts(orders: Sequence[Order]) -> dict[Order, Setting] | list[Problem]:
        """Set parts of books; what stands alone is set with the first of them, so that no processor waits."""
        made = _set({**alone, **{order: home[order.document] for order in orders}}, press)
        if isinstance(made, list):
            return made
        pdfs.update({order.target: made[order] for order in alone})
        alone.clear()
        return {order: pickle.loads(made[order]) for order in orders}  # noqa: S301 - sealed, and our own

    settled = settle([layout.book for layout in books], set_parts)
    if isinstance(settled, list):
        return settled
    if alone and isinstance(made := set_parts([]), list):
        return made
    bound = _bound([(layout.book, settled[layout.book.target]) for layout in books], press)
    return bound if isinstance(bound, list) else pdfs | bound


def _bound(books: Sequence[tuple[Book, Sequence[Setting]]], press: Press) -> dict[str, bytes] | list[Problem]:
    """Return books by the path of their PDF: joined again where one of their parts is another."""
    told = {
        book.target: {
            part.name: f"{one.told}{hashlib.sha256(one.pdf).hexdigest()}"
            for part, one in zip(book.parts, settings, strict=True)
        }
        for book, settings in books
    }
    kept = {target: press.memory.find(target, parts, press.made_by) for target, parts in told.items()}
    bound = bind([(book, settings) for book, settings in books if kept[book.target] is None])
    if isinstance(bound, list):
        return bound
    for target, pdf in bound.items():
        press.memory.keep(target, told[target], pdf, press.made_by)
    return {target: bound[target] if pdf is None else pdf for target, pdf in kept.items()}


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
