"""Drawings that stand alone go in; the style sheet of the letters that each carries in itself comes out.

A file that somebody takes home, and one that an `img` shows, loads nothing: its letters must be in it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from generator.drawing.fonts import FACES, KANA, Face, cut, letters_of
from generator.figures.palette import SANS
from generator.output.memory import Memory

#: From this weight on text is set in the bold face.
_BOLD: Final = 600
_WEIGHTS: Final = {"normal": 400, "bold": 700}


def carried(drawings: Mapping[str, Sequence[str]], packages: Path, memory: Memory) -> dict[str, str]:
    """Return the style sheet that each figure carries.

    The plain face and the signs are cut once, to the letters of all the figures; the bold one, in which a
    figure says little, to what stands in bold in that figure.

    Args:
        drawings: by figure the SVGs of it that stand alone, which share their letters.
        packages: the folder of the installed packages.
        memory: keeps what was cut before.
    """
    plain, bold = _face(SANS, 400), _face(SANS, _BOLD)
    said = {ident: [letters_in(svg) for svg in svgs] for ident, svgs in drawings.items()}
    regular = {ident: frozenset().union(*(letters for letters, _ in each)) for ident, each in said.items()}
    heavy = {ident: frozenset().union(*(letters for _, letters in each)) for ident, each in said.items()}
    signs = _signs(frozenset().union(*regular.values(), *heavy.values()), packages)
    first = cut(plain, packages, frozenset().union(*regular.values()) - signs, memory)
    sheets: dict[str, str] = {}
    for ident in drawings:
        faces = {(SANS, 400): first}
        if strong := heavy[ident] - signs:
            faces[SANS, _BOLD] = cut(bold, packages, strong, memory)
        if (regular[ident] | heavy[ident]) & signs:
            faces[KANA, 400] = cut(_face(KANA, 400), packages, signs, memory)
        sheets[ident] = face_rules(faces)
    return sheets


def _face(family: str, weight: int) -> Face:
    return next(face for face in FACES if (face.family, face.weight, face.italic) == (family, weight, False))


def _signs(letters: frozenset[str], packages: Path) -> frozenset[str]:
    """Return which letters only the family of signs has."""
    plain, signs = (letters_of(_face(family, 400).path(packages)) for family in (SANS, KANA))
    return (letters - plain) & signs


def letters_in(svg: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the letters that a drawing says in plain type, and those that it says in bold."""
    found: tuple[set[str], set[str]] = set(), set()
    for text, weight in _said(ET.fromstring(svg), 400):  # noqa: S314 - our own drawing
        found[weight >= _BOLD].update(text)
    return frozenset(found[0]), frozenset(found[1])


def _said(node: ET.Element, weight: int) -> Iterable[tuple[str, int]]:
    """Yield what is seen of an element, piece by piece, each with its weight."""
    if node.tag.endswith(("}title", "}desc", "}style")):
        return
    own = node.get("font-weight", "inherit")
    weight = _WEIGHTS.get(own) or (int(own) if own.isdigit() else weight)
    yield node.text or "", weight
    for child in node:
        yield from _said(child, weight)
        yield child.tail or "", weight


def face_rules(faces: Mapping[tuple[str, int], bytes]) -> str:
    """Return a style sheet that carries WOFF2 files, by family and weight, in itself."""
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(raw).decode()})format('woff2')}}"
        for (family, weight), raw in faces.items()
    )
