"""The texts of a documentary go in; the letters in them that no font of the site has come out as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
        text = _without_comments(file, raw.decode("utf-8", "ignore"))
        for letter in sorted(set(text) - known):
            while letter not in known and (path := next(more, None)):  # a font is read when it is asked for
                known |= letters_of(path)
            if letter not in known:
                line = text.count("\n", 0, text.index(letter)) + 1
                message = f'no font of the site has "{letter}" (U+{ord(letter):04X})'
                hint = "write it otherwise, or add a font to fonts.py"
                yield Problem(Location(file, line), "no-letter", message, hint)


def _without_comments(file: str, text: str) -> str:
    """Leave out what only those read who edit the file; every line stays on its line."""
    comment = _COMMENTS.get(Path(file).suffix)
    return comment.sub(lambda match: "\n" * match[0].count("\n"), text) if comment else text
