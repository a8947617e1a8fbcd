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
    """Return the style sheet that each figure carries: each face cut to what the figure says in it.

    Args:
        drawings: by figure the SVGs of it that stand alone, which share their letters.
        packages: the folder of the installed packages.
        memory: keeps what was cut before.
    """
    return {ident: _sheet(list(map(letters_in, svgs)), packages, memory) for ident, svgs in drawings.items()}


def _sheet(said: Sequence[tuple[frozenset[str], frozenset[str]]], packages: Path, memory: Memory) -> str:
    """Return the style sheet of a figure, whose drawings say these letters in plain type and in bold."""
    plain, bold = (frozenset[str]().union(*letters) for letters in zip(*said, strict=True))
    signs = _signs(plain | bold, packages)
    wanted = {(SANS, 400): plain - signs, (SANS, _BOLD): bold - signs, (KANA, 400): signs}
    return face_rules(
        {face: cut(_face(*face), packages, letters, memory) for face, letters in wanted.items() if letters}
    )


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
