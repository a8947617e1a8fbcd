"""A package that this Python lacks goes in; what to type instead comes out. It needs no package itself."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

#: The folder above the package: a checkout, if the set-up's files are there.
_HOME = Path(__file__).resolve().parents[1]


def say_missing(name: str, words: Sequence[str]) -> str:
    """Say which package is missing, and the command that has it.

    Args:
        name: the package that could not be imported.
        words: what was typed behind `python -m generator`.
    """
    said = f"generator: {sys.executable} lacks the package “{name}”, which the generator needs"
    python = _HOME / ".venv" / "bin" / "python"
    if python.is_file():
        here = python.relative_to(Path.cwd()) if Path.cwd() == _HOME else python
        return f"{said}\n    type instead: {shlex.join([str(here), '-m', 'generator', *words])}"
    if (_HOME / "requirements" / "site.txt").is_file():
        return f"{said}\n    set it up once: make -C {shlex.quote(str(_HOME))} setup"
    return f"{said}\n    install it anew with pip, from its wheel or the address of its repository"
