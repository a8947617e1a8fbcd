"""The PDF of Typst and the places its links lead to go in; the same PDF, linked and packed, comes out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

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
    """Give each link inside the document its place, and pack the objects of the file into streams.

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
