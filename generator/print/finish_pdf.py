"""The PDF of Typst and the places its links lead to go in; the same PDF, linked and packed, comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf

from generator.print.content import Widths, pack_content
from generator.print.tables import FEWEST

#: How the template writes the address of a link into its own document.
INNER = "to:"
#: How far above the place it leads to a link shows the page, in points.
_ABOVE = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: its page counted from 1, and how far from the left and the top, in points."""

    page: int
    left: float
    top: float


class MissingPlaceError(Exception):
    """A link leads to a place that the document does not have; the argument is its name."""


def finish_pdf(raw: bytes, places: Mapping[str, Place], page_word: str) -> bytes:
    """Give each link inside the document its place, and pack its pages and the objects of the file.

    Typst writes a link into its own document as an address of its own kind, see the template. What the file
    says of itself (tags, standards, date, identifier) stays as Typst wrote it, so the same input gives the
    same bytes. Two pictures of the same bytes are kept once by Typst itself.

    Args:
        raw: the PDF as Typst wrote it.
        places: where each name that a link may lead to stands.
        page_word: the word for a page, to say where a link leads to whoever cannot see it.

    Raises:
        MissingPlaceError: a link leads nowhere.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", pikepdf.Array()):
                _link(pdf, annotation, places, page_word)
        widths: dict[tuple[int, int], Widths] = {}
        for page in pdf.pages:
            pack_content(page, widths)
        if "/StructTreeRoot" in pdf.Root:
            _drop_guards(pdf.Root.StructTreeRoot)
            _head_rows(pdf.Root.StructTreeRoot)
        packed = io.BytesIO()
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return packed.getvalue()


def _link(pdf: pikepdf.Pdf, annotation: pikepdf.Object, places: Mapping[str, Place], page_word: str) -> None:
    action = annotation.get("/A")
    address = str(action.get("/URI", "")) if action is not None else ""
    if not address.startswith(INNER):
        return
    name = address.removeprefix(INNER)
    place = places.get(name)
    if place is None:
        raise MissingPlaceError(name)
    target = pdf.pages[place.page - 1]
    height = float(target.mediabox[3])
    del annotation["/A"]
    top = round(min(height, height - place.top + _ABOVE), 2)
    annotation["/Dest"] = pikepdf.Array(
        [target.obj, pikepdf.Name.XYZ, round(place.left, 2), top, None],
    )
    annotation["/Contents"] = pikepdf.String(f"{page_word} {place.page}")


def _drop_guards(root: pikepdf.Object) -> None:
    """Take the cells without width and words out of the tags: they only keep rows of a table together."""
    dropped = set()
    for table in _elements(root, "/Table"):
        if any(_guards(cell) for row in _elements(table, "/TR") for cell in row.get("/K", [])):
            for row in _elements(table, "/TR"):
                *cells, last = row.K
                if _empty(last) and (_guards(last) or last.S == pikepdf.Name.TH):
                    row.K = pikepdf.Array(cells)
                    dropped.add(bytes(last.get("/ID", b"")))
    if "/IDTree" in root:
        _forget(root.IDTree, dropped)


def _head_rows(root: pikepdf.Object) -> None:
    """Where the head of a table begins with an empty cell, the first cells of its rows head them."""
    for table in _elements(root, "/Table"):
        rows = [row for row in _elements(table, "/TR") if len(row.K)]
        corner = rows[0].K[0] if rows else None
        if corner is None or corner.S != pikepdf.Name.TH or not _empty(corner):
            continue
        corner.S = pikepdf.Name.TD
        for row in rows[1:]:
            first = row.K[0]
            if first.S == pikepdf.Name.TD and not _empty(first):
                first.S = pikepdf.Name.TH
                first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _elements(node: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Yield the elements of a kind below *node*, in the order in which they are read."""
    below = node.get("/K", pikepdf.Array())
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if kind == child.S:
                yield child
            yield from _elements(child, kind)


def _empty(cell: pikepdf.Object) -> bool:
    below = cell.get("/K")
    return below is None or (isinstance(below, pikepdf.Array) and len(below) == 0)


def _guards(cell: pikepdf.Object) -> bool:
    attributes = cell.get("/A", pikepdf.Array())
    each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    spans = [int(owned.get("/RowSpan", 1)) for owned in each if isinstance(owned, pikepdf.Dictionary)]
    return cell.S == pikepdf.Name.TD and _empty(cell) and max(spans, default=1) >= FEWEST


def _forget(tree: pikepdf.Object, names: set[bytes]) -> None:
    """Take names out of a tree of names."""
    for branch in tree.get("/Kids", []):
        _forget(branch, names)
    if "/Names" in tree:
        pairs = list(zip(tree.Names[::2], tree.Names[1::2], strict=True))
        kept = [part for name, element in pairs if bytes(name) not in names for part in (name, element)]
        tree.Names = pikepdf.Array(kept)
