"""A documentary and the code of a language go in; it comes out with that language beside its own.

It is the way of the handbook, made by a program: columns, titles, keys and pages are taken from English, for
whoever has to translate them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.language.catalogs import as_catalog
from tests.languages import say_also


def add_language(source: Path, target: Path, code: str, name: str) -> Path:
    """Copy the documentary in *source* to *target*, and add a language that still speaks English."""
    shutil.copytree(source, target)
    say_also(target, [code])
    settings = target / "data" / "documentary.toml"
    text = settings.read_text(encoding="utf-8").replace(f'\n{code} = "English"\n', f'\n{code} = "{name}"\n')
    settings.write_text(text, encoding="utf-8")
    return target


def catalogue(code: str, *, translated: bool) -> str:
    """Return a catalogue that says nothing, or what English says in every form."""
    written = as_catalog(code, {})
    assert isinstance(written, bytes)
    empty = written.decode()
    if not translated:
        return empty
    said = re.sub(r'(?m)^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "\1"', empty)
    return re.sub(
        r'(?m)^msgid "(.+)"\nmsgid_plural "(.+)"\n((?:msgstr\[\d\] ""\n?)+)',
        lambda m: m[0].replace('] ""', f'] "{m[2]}"'),
        said,
    )
