"""The texts of a documentary go in; the letters in them that no font of the site has come out as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from generator.drawing.fonts import FACES, UNSEEN, letters_of
from generator.problems import Location, Problem

#: What is published word by word: pages, tables, settings.
_PUBLISHED = re.compile(r"docs/.+\.md|data/[^/]+\.csv|data/documentary\.toml")
#: What a file says to those who edit it only, by how its name ends.
_COMMENTS = {
    ".md": re.compile(r"<!--.*?-->", re.DOTALL),
    ".toml": re.compile(r"^[ \t]*#.*$", re.MULTILINE),
}


def check_letters(files: Mapping[str, bytes], packages: Path) -> Iterator[Problem]:
    """Yield each letter that no font has, once a file; nothing where the fonts are not installed.

    Args:
        files: the inputs by path.
        packages: the `node_modules` that holds the fonts.
    """
    paths = [face.path(packages) for face in FACES]
    if not all(path.is_file() for path in paths):
        return
    known, more = set(UNSEEN), iter(paths)
    for file, raw in sorted(files.items()):
        if not _PUBLISHED.fullmatch(file):
            continue
        suffix = Path(file).suffix
        for letter in sorted(_letters(suffix, raw) - known):
            while letter not in known and (path := next(more, None)):  # a font is read when it is asked for
                known |= letters_of(path)
            if letter not in known:
                text = _published(suffix, raw)
                line = text.count("\n", 0, text.index(letter)) + 1
                message = f'no font of the site has "{letter}" (U+{ord(letter):04X})'
                hint = "write it otherwise, or add a font to fonts.py"
                yield Problem(Location(file, line), "no-letter", message, hint)


@lru_cache(maxsize=1 << 12)
def _letters(suffix: str, raw: bytes) -> frozenset[str]:
    """Return the letters of a file, each once: of many files, few change from one save to the next."""
    return frozenset(_published(suffix, raw))


def _published(suffix: str, raw: bytes) -> str:
    """Return a text without what only those read who edit the file; every line stays on its line."""
    text, comment = raw.decode("utf-8", "ignore"), _COMMENTS.get(suffix)
    return comment.sub(lambda match: "\n" * match[0].count("\n"), text) if comment else text
