"""The PDF of Typst and the places its links lead to go in; the same PDF, linked and packed, comes out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pikepdf

from generator.print.ast import FEWEST
from generator.print.content import Widths, pack_content
from generator.print.faces import drop_hints
from generator.print.pack import packed
from generator.print.told import Place

#: How the template writes the address of a link into its own document.
INNER = "to:"
#: Elements of running text, in which no table and no row of one stands: there are tens of thousands of them.
_RUNNING: Final = frozenset(
    {"/P", "/Span", "/Link", "/Reference", "/Code", "/Lbl", "/H1", "/H2", "/H3", "/H4"}
)
#: How far above the place it leads to a link shows the page, in points.
_ABOVE = 10.0


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
        link_pages(pdf, places, page_word)
        mend_pages(pdf)
        return packed(pdf)


def link_pages(pdf: pikepdf.Pdf, places: Mapping[str, Place], page_word: str) -> None:
    """Give each link inside a document its place, and say where it can be touched to a tenth of a point.

    Raises:
        MissingPlaceError: a link leads nowhere.
    """
    pages = list(pdf.pages)
    for page in pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.Rect = pikepdf.Array([round(float(edge), 1) for edge in annotation.Rect])
            action = annotation.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if not address.startswith(INNER):
                continue
            name = address.removeprefix(INNER)
            place = places.get(name)
            if place is None:
                raise MissingPlaceError(name)
            _link(annotation, place, pages[place.page - 1], page_word)


def _link(annotation: pikepdf.Object, place: Place, target: pikepdf.Page, page_word: str) -> None:
    height = float(target.mediabox[3])
    del annotation["/A"]
    top = round(min(height, height - place.top + _ABOVE), 2)
    annotation["/Dest"] = pikepdf.Array(
        [target.obj, pikepdf.Name.XYZ, round(place.left, 2), top, None],
    )
    annotation["/Contents"] = pikepdf.String(f"{page_word} {place.page}")


def mend_pages(pdf: pikepdf.Pdf) -> None:
    """Write what pages and fonts hold in fewer bytes, and make tables what they are to whoever hears them."""
    drop_hints(pdf)
    widths: dict[tuple[int, int], Widths] = {}
    for page in pdf.pages:
        pack_content(page, widths)
    if "/StructTreeRoot" in pdf.Root:
        root = pdf.Root.StructTreeRoot
        tables = list(elements(root, "/Table"))
        _drop_guards(root, tables)
        _head_rows(tables)


def _drop_guards(root: pikepdf.Object, tables: Iterable[pikepdf.Object]) -> None:
    """Take the cells without width and words out of the tags: they only keep rows of a table together."""
    dropped = set()
    for table in tables:
        if any(_guards(cell) for row in elements(table, "/TR") for cell in row.get("/K", [])):
            for row in elements(table, "/TR"):
                *cells, last = row.K
                if _empty(last) and (_guards(last) or last.S == pikepdf.Name.TH):
                    row.K = pikepdf.Array(cells)
                    dropped.add(bytes(last.get("/ID", b"")))
    if "/IDTree" in root:
        _forget(root.IDTree, dropped)


def _head_rows(tables: Iterable[pikepdf.Object]) -> None:
    """Where the head of a table begins with an empty cell, the first cells of its rows head them."""
    for table in tables:
        rows = [row for row in elements(table, "/TR") if len(row.K)]
        corner = rows[0].K[0] if rows else None
        if corner is None or corner.S != pikepdf.Name.TH or not _empty(corner):
            continue
        corner.S = pikepdf.Name.TD
        for row in rows[1:]:
            first = row.K[0]
            if first.S == pikepdf.Name.TD and not _empty(first):
                first.S = pikepdf.Name.TH
                first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def elements(node: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Yield the elements of a kind below *node*, in the order in which they are read."""
    below = node.get("/K", pikepdf.Array())
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if kind == child.S:
                yield child
            if str(child.S) not in _RUNNING:
                yield from elements(child, kind)


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
