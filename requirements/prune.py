"""Lock files go in; what is installed beside this Python and stands in none of them is uninstalled.

Run with -I, so that nothing but the environment is looked at. `venv` itself brings what is spared.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

SPARED = {"pip", "setuptools", "wheel"}


def folded(name: str) -> str:
    """Return the name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> set[str]:
    """Return the names of the packages that a lock file pins."""
    return {folded(name) for name in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)}


if __name__ == "__main__":
    kept = SPARED.union(*(locked(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]))
    there = {folded(one.metadata["Name"]) for one in distributions()}
    if left := sorted(there - kept):
        subprocess.run([sys.executable, "-m", "pip", "uninstall", "--quiet", "--yes", *left], check=True)
