"""The parts of a book, each set as a PDF, go in; the book comes out as one PDF, tagged and linked through."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from generator.print.finish_pdf import MissingPlaceError, elements, link_pages, mend_pages
from generator.print.pack import packed, saved
from generator.print.told import Place

#: How far apart the keys of two parts are: more than a part has pages and links.
_STRIDE: Final = 1_000_000
#: What the XMP packet of Typst says of one file and not of another.
_FILE_ID: Final = re.compile(rb"(<(xmpMM:|stEvt:)(instance|Instance)ID>)[^<_]+")
_PAGES: Final = re.compile(rb"(<xmpTPg:NPages>)\d+")


@dataclass(frozen=True, slots=True)
class Binding:
    """A book to be joined: what `prepare_part` returned of each part, its places, the word for a page."""

    parts: tuple[bytes, ...]
    places: Mapping[str, Place]
    page_word: str


def join_apart(binding: Binding) -> bytes | MissingPlaceError:
    """Join the parts of a book in a process of its own; a link that leads nowhere is returned."""
    try:
        return join_parts(binding.parts, binding.places, binding.page_word)
    except MissingPlaceError as error:
        return error


def prepare_part(raw: bytes, number: int, ahead: int) -> bytes:
    """Make a part of a book ready to be joined to others: what it names is its own.

    Args:
        raw: the PDF as Typst wrote it.
        number: which part it is, counted from 0.
        ahead: how many pages of letters stand before it.

    Returns:
        The PDF with all that a join needs below `Bound` in its root.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        del pdf.pages[:ahead]
        mend_pages(pdf)
        tags = pdf.Root.StructTreeRoot
        (whole,) = tags.K
        whole.S = pikepdf.Name.Part
        names = pdf.Root.get("/Names", pikepdf.Dictionary())
        pdf.Root.Bound = pdf.make_indirect(
            pikepdf.Dictionary(
                Part=whole,
                Parents=_shift_keys(pdf, tags, number * _STRIDE),
                Ids=_own_ids(tags, f"{number:03} "),
                Roles=tags.get("/RoleMap", pikepdf.Dictionary()),
                Places=names.get("/Dests", pikepdf.Dictionary()).get("/Names", pikepdf.Array()),
                Fonts=[one for one in pdf.objects if _is_font(one)],
                Marks=pdf.Root.get("/Outlines", pikepdf.Dictionary()),
            )
        )
        return saved(pdf)


def join_parts(parts: Sequence[bytes], places: Mapping[str, Place], page_word: str) -> bytes:
    """Join the parts of a book, the first of which says what the file is.

    Args:
        parts: what `prepare_part` returned of each; each begins on a right-hand page.
        places: where each name that a link may lead to stands in the book.
        page_word: the word for a page.

    Raises:
        MissingPlaceError: a link leads nowhere.
    """
    with pikepdf.open(io.BytesIO(parts[0])) as book:
        bound = [book.Root.Bound]
        del book.Root.Bound
        for part in parts[1:]:
            if len(book.pages) % 2:
                book.pages.append(_blank(book))
            # Each is closed as soon as it is copied: what has been read of it would weigh as much again.
            with pikepdf.open(io.BytesIO(part)) as more:
                book.pages.extend(more.pages)
                bound.append(book.copy_foreign(more.Root.Bound))
        link_pages(book, places, page_word)
        _join_tags(book, bound)
        _join_places(book, bound)
        _share_fonts(bound)
        _join_marks(book, bound)
        _say_pages(book, parts)
        return packed(book)


def _blank(book: pikepdf.Pdf) -> pikepdf.Page:
    """Return an empty page of the size of the first."""
    size = pikepdf.Array(list(book.pages[0].mediabox))
    return pikepdf.Page(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=size, Resources={}))


def _shift_keys(pdf: pikepdf.Pdf, tags: pikepdf.Object, by: int) -> pikepdf.Object:
    """Return a tree that leads from the keys of pages and links to their tags, with other keys."""
    for page in pdf.pages:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + by
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + by
    return _branch("/Nums", [(int(key) + by, tag) for key, tag in _pairs(tags.ParentTree, "/Nums")])


def _own_ids(tags: pikepdf.Object, prefix: str) -> pikepdf.Object:
    """Return a tree of the names of tags, with *prefix* before each name and each mention of one."""
    for table in elements(tags, "/Table"):
        for row in elements(table, "/TR"):
            for attributes in (one for cell in row.K for one in _listed(cell.get("/A"))):
                if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
                    attributes.Headers = pikepdf.Array([_owned(prefix, name) for name in attributes.Headers])
    named = []
    for name, tag in _pairs(tags.get("/IDTree", pikepdf.Dictionary()), "/Names"):
        tag.ID = _owned(prefix, name)
        named.append((tag.ID, tag))
    return _branch("/Names", sorted(named, key=lambda pair: bytes(pair[0])))


def _owned(prefix: str, name: pikepdf.Object) -> pikepdf.String:
    return pikepdf.String(f"{prefix}{name}")


def _branch(kind: str, pairs: Sequence[tuple[Any, pikepdf.Object]]) -> pikepdf.Object:
    """Return a branch of a tree of names or numbers; an empty one has no limits."""
    branch = pikepdf.Dictionary({kind: pikepdf.Array([one for pair in pairs for one in pair])})
    if pairs:
        branch.Limits = pikepdf.Array([pairs[0][0], pairs[-1][0]])
    return branch


def _pairs(tree: pikepdf.Object, kind: str) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield the keys and values of a tree of names or numbers."""
    for branch in tree.get("/Kids", ()):
        yield from _pairs(branch, kind)
    flat = tree.get(kind, pikepdf.Array())
    yield from zip(flat[::2], flat[1::2], strict=True)


def _listed(value: pikepdf.Object | None) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, pikepdf.Array) else (value,)


def _join_tags(book: pikepdf.Pdf, bound: Sequence[pikepdf.Object]) -> None:
    """Put the tags of every part below one document."""
    root = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    parts = pikepdf.Array([one.Part for one in bound])
    whole = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root, K=parts)
    document = book.make_indirect(whole)
    for one in bound:
        one.Part.P = document
    root.K = pikepdf.Array([document])
    root.RoleMap = pikepdf.Dictionary({role: name for one in bound for role, name in one.Roles.items()})
    root.ParentTree = pikepdf.Dictionary(
        Kids=pikepdf.Array([one.Parents for one in bound if one.Parents.Nums])
    )
    root.ParentTreeNextKey = len(bound) * _STRIDE
    root.IDTree = pikepdf.Dictionary(Kids=pikepdf.Array([one.Ids for one in bound if one.Ids.Names]))
    book.Root.StructTreeRoot = root


def _join_places(book: pikepdf.Pdf, bound: Sequence[pikepdf.Object]) -> None:
    """Keep the places that an address may name after the book's own."""
    places: dict[bytes, pikepdf.Object] = {}
    for flat in (one.Places for one in bound):
        # What the first part only lists, a later one holds.
        places |= {bytes(name): place for name, place in zip(flat[::2], flat[1::2], strict=True)}
    names = book.Root.get("/Names", pikepdf.Dictionary())
    book.Root.Names = names
    names.Dests = pikepdf.Dictionary(
        Names=pikepdf.Array([one for name in sorted(places) for one in (pikepdf.String(name), places[name])])
    )


def _join_marks(book: pikepdf.Pdf, bound: Sequence[pikepdf.Object]) -> None:
    """Put the bookmarks of every part below each other."""
    marks = [mark for one in bound for mark in _siblings(one.Marks)]
    root = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines, Count=len(marks)))
    for before, mark, after in zip([None, *marks], marks, [*marks[1:], None], strict=False):
        mark.Parent = root
        for way, other in (("/Prev", before), ("/Next", after)):
            if other is not None:
                mark[way] = other
            elif way in mark:
                del mark[way]
    root.First, root.Last = marks[0], marks[-1]
    book.Root.Outlines = root


def _is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"


def _share_fonts(bound: Sequence[pikepdf.Object]) -> None:
    """Let parts that embed the same letters of a face share its file, and what its letters mean."""
    known: dict[bytes, pikepdf.Object] = {}
    for font in (font for one in bound for font in one.Fonts):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for holder, name in ((font, "/ToUnicode"), (descriptor, "/FontFile2"), (descriptor, "/FontFile3")):
            if name in holder:
                file = hashlib.sha256(holder[name].read_raw_bytes()).digest()
                holder[name] = known.setdefault(file, holder[name])


def _siblings(marks: pikepdf.Object) -> Iterator[pikepdf.Object]:
    mark = marks.get("/First")
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def _say_pages(book: pikepdf.Pdf, parts: Sequence[bytes]) -> None:
    """Say how many pages the book has, how they are counted, and which file this is."""
    count = pikepdf.Dictionary(Type=pikepdf.Name.PageLabel, S=pikepdf.Name.D, St=1)
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, count]))
    file = b64encode(hashlib.sha256(b"".join(parts)).digest()[:16])
    packet = _FILE_ID.sub(rb"\g<1>" + file, book.Root.Metadata.read_bytes())
    packet = _PAGES.sub(rb"\g<1>%d" % len(book.pages), packet)
    book.Root.Metadata.write(packet)
