"""The letters of a language's pages go in; small WOFF2 files and their style sheet come out.

A first view needs few letters: those of many pages stand in the first file of each face, rarer ones and those
of other scripts in files of their own. Of signs by the thousand each page has its own cut.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from generator.figures.palette import SANS, SIGNS
from generator.output.build_key import makers
from generator.output.memory import Memory
from generator.problems import Location, Problem

#: Where the packages with the whole fonts are, below `node_modules`.
SCOPE: Final = "@expo-google-fonts"
SERIF, KANA, HAN = "IBM Plex Serif", SIGNS, "Chocolate Classical Sans"
_STYLES: Final = {
    (400, False): "400Regular",
    (400, True): "400Regular_Italic",
    (600, False): "600SemiBold",
    (600, True): "600SemiBold_Italic",
}
#: Signs that a family leaves out, and the one of its own that looks the same.
_SAME: Final = {0x2011: 0x2010, 0x202F: 0x2009, 0x2009: 0x00A0, 0x2010: 0x002D, 0x00AD: 0x002D}
#: What no font needs to have: it is not seen.
UNSEEN: Final = frozenset(chr(code) for code in (*range(32), 0x200B, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF))
#: Beyond this a letter is not Latin, and its file is fetched only by a page that needs it.
_LATIN: Final = 0x0300
#: Greek, Cyrillic, Armenian: alphabets whose letters are few, so a page in one of them loads all at once.
_ALPHABETS: Final = range(0x0370, 0x0590)
#: From how many letters on they are an alphabet, and not those of a name that every page has.
_ALPHABET: Final = 20
_PUNCTUATION: Final = range(0x2000, 0x2C00)
#: A letter on fewer pages than this share of them is in no first file; in italics, of those that have any.
_COMMON: Final = 1 / 50
_COMMON_ITALIC: Final = 1 / 16
#: Where the signs of Kana and Han scripts stand, and from how many characters on a list of those in a file is
#: written as all of these: a page asks for it in vain only for a sign that no page has.
_SIGNS: Final = range(0x2E80, 0xA000)
_LONG: Final = 600
_FEATURES: Final = ("liga", "locl", "mark", "mkmk", "ccmp", "tnum")


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a font: its family, weight and slope, and whether the first view needs it.

    It is `kerned` where lines are read: the pairs of a face weigh a third of its file. The rarer letters
    of a face go without.
    """

    family: str
    weight: int
    italic: bool
    early: bool = False
    kerned: bool = True

    def path(self, packages: Path) -> Path:
        """Return the file with all its letters, below *packages*."""
        name, style = self.family.lower().replace(" ", "-"), _STYLES[self.weight, self.italic]
        file = f"{self.family.replace(' ', '')}_{style}.ttf"
        return packages / SCOPE / name / style / file


#: In the order in which a letter is looked for in the families behind the first two.
FACES: Final = (
    Face(SERIF, 400, italic=False, early=True),
    Face(SERIF, 400, italic=True, kerned=False),
    Face(SERIF, 600, italic=False, early=True),
    Face(SERIF, 600, italic=True, kerned=False),
    Face(SANS, 400, italic=False, early=True, kerned=False),
    Face(SANS, 400, italic=True, kerned=False),
    Face(SANS, 600, italic=False, early=True, kerned=False),
    Face(KANA, 400, italic=False),
    Face(HAN, 400, italic=False),
)
#: The families a page names, and what stands in until they are there: a local font, stretched to
#: the same widths, so that nothing moves. Its mean width and heights are in parts of its size.
STAND_INS: Final = {
    SANS: ("Arial", "Liberation Sans", "Roboto"),
    SERIF: ("Times New Roman", "Liberation Serif", "Tinos"),
}
#: The fonts of systems that have the signs of a script by the thousand.
LOCAL: Final = {
    KANA: ("Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP"),
    HAN: ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC"),
}
_MEAN_WIDTH: Final = {SANS: 0.4414, SERIF: 0.3999}


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page, each once: all, and those in italics, in its text and in its drawings."""

    all: str
    italic: str = ""
    labels: str = ""

    def of(self, face: Face) -> str:
        """Return the letters that a face is likely to be asked for."""
        if not face.italic:
            return self.all
        return self.italic if face.family == SERIF else self.labels


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of a language by name, its style sheet, and the names of what to load early.

    `italic` is the name of the italics of running text, early only where a page has many, or nothing.
    `own` are the rules of the cuts that only one page asks for, by its path; they stand after the sheet, and
    name their files as it does.
    """

    files: Mapping[str, bytes]
    sheet: bytes
    early: tuple[str, ...]
    own: Mapping[str, str]
    italic: str = ""


def dress(pages: Mapping[str, Letters], packages: Path, memory: Memory) -> Fonts | list[Problem]:
    """Cut the fonts to the letters of a language.

    Args:
        pages: the letters of each page by its path.
        packages: the folder of the installed packages.
        memory: keeps what was cut before.
    """
    letters = {path: page.all for path, page in pages.items()}
    wanted = set().union(*(set(text) for text in letters.values())) - UNSEEN
    known = {face: letters_of(face.path(packages)) for face in FACES}
    missing = wanted - set().union(*known.values())
    if missing:
        return list(_lacking(missing, letters))
    usual = _usual(letters)
    files: dict[str, bytes] = {}
    rules, early, italic = [], [], ""
    taken: set[str] = set()
    own: dict[str, str] = {}
    for face in FACES:
        wanted_letters = wanted & known[face]
        if face.family in (KANA, HAN):
            wanted_letters -= known[FACES[0]] | known[FACES[4]] | taken
            taken |= wanted_letters
        for number, part in enumerate(_parts(wanted_letters, _asked(face, pages), usual)):
            if not part:
                continue
            raw = cut(replace(face, kerned=face.kerned and not number), packages, frozenset(part), memory)
            name = _name(face, number, raw)
            files[name] = raw
            rules.append(_rule(face, name, part))
            early += [name] if face.early and number == 0 else []
            italic = name if face == FACES[1] and number == 0 else italic
            if face.family in (KANA, HAN) and number == _OTHER:
                for page, there in _on_pages(part, letters).items():
                    small = cut(replace(face, kerned=False), packages, there, memory)
                    files[_name(face, number, small)] = small
                    own[page] = own.get(page, "") + _rule(face, _name(face, number, small), there)
    rules += [_stand_in(family, packages) for family in STAND_INS]
    return Fonts(files, "\n".join([*rules, ""]).encode(), tuple(early), own, italic)


def _usual(letters: Mapping[str, str]) -> frozenset[str]:
    """Return the letters beyond Latin ones that most texts have: those of a language in another alphabet."""
    counted = Counter(c for text in letters.values() for c in set(text) if ord(c) in _ALPHABETS)
    usual = frozenset(letter for letter, texts in counted.items() if 2 * texts > len(letters))
    return usual if len(usual) >= _ALPHABET else frozenset()


def _asked(face: Face, pages: Mapping[str, Letters]) -> dict[str, bool]:
    """Return the letters that pages ask a face for, and of each whether a good share of them does."""
    asked = [set(letters) for page in pages.values() if (letters := page.of(face)).strip()]
    counted = Counter(letter for letters in asked for letter in letters)
    share = _COMMON_ITALIC if face.italic else _COMMON
    return {letter: number >= share * len(asked) for letter, number in counted.items()}


#: The numbers of the parts of a face: what many pages have, what few have, and other scripts.
_OTHER: Final = 2


def _parts(
    letters: set[str], asked: Mapping[str, bool], usual: Collection[str]
) -> tuple[set[str], set[str], set[str]]:
    """Part letters into those of many pages, rarer ones of Latin script, and those of other scripts.

    With the last stand those that no page asks for: most signs are in italics nowhere.
    """
    latin = {c for c in letters if ord(c) < _LATIN or ord(c) in _PUNCTUATION or c in usual}
    near = latin & asked.keys()
    many = {c for c in near if asked[c] or c in usual}
    return many, near - many, letters - near


def _on_pages(part: Collection[str], letters: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return which letters of a part stand on which page, where it has some and not nearly all of them."""
    there = {page: frozenset(part) & frozenset(text) for page, text in letters.items()}
    return {page: some for page, some in there.items() if some and len(some) * 2 < len(part)}


def _lacking(missing: Iterable[str], letters: Mapping[str, str]) -> Iterable[Problem]:
    for letter in sorted(missing):
        page = next(path for path, text in sorted(letters.items()) if letter in text)
        message = f'no font of the site has "{letter}" (U+{ord(letter):04X})'
        yield Problem(Location(page), "no-letter", message, "write it otherwise, or add a font to fonts.py")


@cache
def letters_of(path: Path) -> frozenset[str]:
    """Return the letters that a font has, or can be given."""
    codes = set(_own(path))
    for _ in range(2):
        codes |= {code for code, same in _SAME.items() if same in codes}
    return frozenset(map(chr, codes))


@cache
def _whole(path: Path) -> Any:
    """Return a font as HarfBuzz reads it, from the disk as far as it is asked for."""
    import uharfbuzz as hb

    return hb.Face(hb.Blob.from_file_path(str(path)))


@cache
def _own(path: Path) -> frozenset[int]:
    return frozenset(_whole(path).unicodes)


def cut(face: Face, packages: Path, letters: frozenset[str], memory: Memory) -> bytes:
    """Return a WOFF2 file with these letters of a face, the same bytes each time."""
    path, text = face.path(packages), "".join(sorted(letters))
    given = {"letters": text, "kerned": str(face.kerned)}
    return memory.recall(
        f"font {path.stem}", given, lambda: _cut(path, text, kerned=face.kerned), _makers(path)
    )


@cache
def _makers(path: Path) -> str:
    """Name what a cut font owes its bytes to beside its letters: this module, packages, the whole font."""
    return makers([Path(__file__), path], ["brotli", "fonttools", "uharfbuzz"])


def _cut(path: Path, text: str, *, kerned: bool) -> bytes:
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    signs = _signs_of(text, _own(path))
    asked = hb.SubsetInput()
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NOTDEF_OUTLINE
    for wanted, codes in (
        (asked.unicode_set, signs.values()),
        (asked.layout_feature_tag_set, map(_tag, [*_FEATURES, *(["kern"] if kerned else [])])),
        (asked.name_id_set, (1, 2)),
    ):
        wanted.clear()
        wanted.update(codes)
    # What only a family needs from which somebody chooses.
    asked.drop_table_tag_set.update(map(_tag, ("meta", "STAT")))
    out = io.BytesIO()
    with TTFont(io.BytesIO(asked.subset(_whole(path)).blob.data), recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap = {code: table.cmap[same] for code, same in signs.items() if same in table.cmap}
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


def _signs_of(text: str, own: Collection[int]) -> dict[int, int]:
    """Return the letters of a text that a font can write, and which of its own signs writes each."""
    signs: dict[int, int] = {}
    for code in map(ord, text):
        same = code
        while same not in own and same in _SAME:
            same = _SAME[same]
        if same in own:
            signs[code] = same
    return signs


def _tag(name: str) -> int:
    """Return the number that stands for the name of a table or a feature."""
    return int.from_bytes(name.encode(), "big")


#: In the names of the files with the letters that few pages have, and of those of other scripts.
_MORE: Final = ("", "-rare", "-more")


def _name(face: Face, number: int, raw: bytes) -> str:
    stem = face.family.lower().replace(" ", "-")
    slope = "i" if face.italic else ""
    mixed = hashlib.sha256(raw).hexdigest()[:10]
    return f"{stem}-{face.weight}{slope}{_MORE[number]}-{mixed}.woff2"


def _rule(face: Face, name: str, letters: Iterable[str]) -> str:
    # The two families of other scripts stand under the names of the first two, for their letters.
    families = (SANS, SERIF) if face.family in (KANA, HAN) else (face.family,)
    style = "italic" if face.italic else "normal"
    # Where the stand-in serves as well, a font that comes late must not move lines that are being read; where
    # a machine may have no such letters at all, it must come whenever it comes.
    display = "swap" if face.family in (KANA, HAN) or _MORE[_OTHER] in name else "optional"
    # A machine that writes a script itself need not fetch its signs.
    local = "".join(f"local('{one}')," for one in LOCAL.get(face.family, ()) if _MORE[_OTHER] in name)
    span = ranges(letters)
    if face.family == KANA and len(span) > _LONG:
        signs = {letter for letter in letters if ord(letter) in _SIGNS}
        span = ",".join(filter(None, (ranges(set(letters) - signs), ranges(map(chr, _SIGNS)))))
    # One weight of them is enough; a browser thickens it where it must.
    return "".join(
        f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{face.weight};"
        f"font-display:{display};src:{local}url(fonts/{name})format('woff2');unicode-range:{span}}}"
        for family in families
    )


def ranges(letters: Iterable[str]) -> str:
    """Write letters as a `unicode-range`: U+41-5A,U+E9."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def _stand_in(family: str, packages: Path) -> str:
    """Give a local font the widths and the height of ours."""
    from fontTools.ttLib import TTFont

    face = next(face for face in FACES if face.family == family)
    with TTFont(face.path(packages), lazy=True) as font:
        em, head = font["head"].unitsPerEm, font["hhea"]
        scale = _mean_width(font) / em / _MEAN_WIDTH[family]
        up, down = head.ascent / em / scale, -head.descent / em / scale
    local = ",".join(f"local('{name}')" for name in STAND_INS[family])
    return (
        f"@font-face{{font-family:'{family} stand-in';src:{local};size-adjust:{scale:.1%};"
        f"ascent-override:{up:.1%};descent-override:{down:.1%};line-gap-override:0%}}"
    )


#: How often each letter comes in a thousand of running text, in round numbers; a space ends a word.
_OFTEN: Final = (
    (" ", 160), ("e", 105), ("a", 65), ("i", 60), ("s", 60), ("n", 60), ("t", 65), ("r", 55), ("o", 55),
    ("l", 45), ("u", 40), ("d", 35), ("c", 28), ("m", 25), ("p", 24), ("h", 25), ("g", 13), ("v", 12),
    ("f", 15), ("b", 12), ("y", 9), ("q", 6), ("w", 9), (",", 12), (".", 10),
)  # fmt: skip


def _mean_width(font: Any) -> float:
    names, widths = font.getBestCmap(), font["hmtx"]
    total = sum(often for _, often in _OFTEN)
    return float(sum(widths[names[ord(letter)]][0] * often for letter, often in _OFTEN) / total)


def sources(packages: Path, families: Collection[str]) -> list[Path]:
    """Return the folders of these families, for programs that read whole fonts."""
    return sorted({face.path(packages).parent for face in FACES if face.family in families})
