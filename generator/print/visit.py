"""The tree of a page goes in; what stands in it comes out: its anchors, its links, its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.print.ast import (
    Beside,
    Block,
    Box,
    Entries,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Photograph,
    Picture,
    Quote,
    Span,
    Table,
)


def anchors_of(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """Yield every anchor of a page, and whether it is a heading's."""
    for block in _every(blocks):
        match block:
            case Heading(_, ident, _):
                yield ident, True
            case Items(items):
                yield from ((item.ident, False) for item in items)
            case Entries(entries):
                yield from ((entry.ident, False) for entry in entries)
            case Table(_, head, body, ident, _):
                yield ident, False
                yield from ((row.ident, False) for row in (*head, *body))
            case Picture(name, _, _, ident):
                yield ident or f"fig-{name}", False
            case Photograph(_, _, ident) | Beside(_, _, _, ident):
                yield ident, False
    for part in _words(blocks):
        if isinstance(part, Span) and part.ident:
            yield part.ident, False


def links_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the address of every link of a page, as it stands there."""
    return (part.href for part in _words(blocks) if isinstance(part, Link))


def pictures_of(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Yield every picture of a page."""
    return (block for block in _every(blocks) if isinstance(block, Picture))


def photographs_of(blocks: Iterable[Block]) -> Iterator[Photograph]:
    """Yield every picture of a page that was not drawn here, and every recording."""
    return (block for block in _every(blocks) if isinstance(block, Photograph))


def _every(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and the blocks inside them."""
    for block in blocks:
        yield block
        match block:
            case Box(_, inner) | Quote(inner):
                yield from _every(inner)
            case Items(items):
                yield from _every(inner for item in items for inner in item.blocks)
            case Entries(entries):
                yield from _every(inner for entry in entries for inner in entry.blocks)
            case Picture(_, _, below, _) | Photograph(_, below):
                yield from below
            case Beside(picture, _, inner):
                yield from _every([picture] if picture else [])
                yield from _every(inner)


def _words(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in _every(blocks):
        match block:
            case Heading(_, _, inside) | Paragraph(inside, _) | Box(inside, _) | Picture(_, inside, _, _):
                yield from _parts(inside)
            case Beside(_, inside, _):
                yield from _parts(inside)
            case Entries(entries):
                yield from _parts(part for entry in entries for part in entry.term)
            case Table(caption, head, body, _, _):
                yield from _parts(caption)
                for row in (*head, *body):
                    yield from _parts(part for cell in row.cells for part in cell.inside)


def _parts(parts: Iterable[Inline]) -> Iterator[Inline]:
    for part in parts:
        yield part
        if isinstance(part, Span | Link | Note):
            yield from _parts(part.inside)
        if isinstance(part, Note):
            yield from _words(part.more)
