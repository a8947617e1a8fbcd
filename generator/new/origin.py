"""The package goes in; where this generator came from comes out, as pip takes it, and what it stands on."""

from __future__ import annotations

import json
import re
import sys
import sysconfig
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from generator.output.processes import Command, run_all

#: What the generator is called where it is installed from.
PACKAGE: Final = "documentary-generator"


@dataclass(frozen=True, slots=True)
class Origin:
    """What pip installs to get this generator again, and whether only this machine has it."""

    requirement: str
    local: bool


def origin(home: Path, asked: str = "") -> Origin:
    """Return where the generator comes from.

    Args:
        home: the folder above the package, a checkout if it has a `pyproject.toml`.
        asked: what somebody wants pip to install instead: a version, an address, a wheel, a folder.
    """
    if asked:
        return Origin(_asked(asked), local="://" not in asked and Path(asked).exists())
    if (home / "pyproject.toml").is_file():
        return _of_checkout(home)
    try:
        installed = distribution(PACKAGE)
    except PackageNotFoundError:
        return Origin(PACKAGE, local=False)
    return _of_installed(installed)


def _asked(asked: str) -> str:
    path = Path(asked)
    if path.exists():
        return f"{PACKAGE} @ {path.resolve().as_uri()}"
    return f"{PACKAGE} @ {asked}" if "://" in asked and " @ " not in asked else asked


def _of_checkout(home: Path) -> Origin:
    """Return the address and the commit of a checkout; without an address, its folder."""
    address, commit = (
        _git(home, *words) for words in (("remote", "get-url", "origin"), ("rev-parse", "HEAD"))
    )
    if commit and re.match(r"https://", address):
        return Origin(f"{PACKAGE} @ git+{address}@{commit}", local=False)
    return Origin(f"{PACKAGE} @ {home.as_uri()}", local=True)


def _git(home: Path, *words: str) -> str:
    try:
        [ended] = run_all([Command(["git", "-C", str(home), *words])], seconds=20)
    except OSError:
        return ""
    return ended.out.decode(errors="replace").strip() if ended.status == 0 else ""


def _of_installed(installed: Distribution) -> Origin:
    """Return what pip noted when it installed the package (PEP 610); else its version."""
    noted = json.loads(installed.read_text("direct_url.json") or "{}")
    address = noted.get("url", "")
    if commit := noted.get("vcs_info", {}).get("commit_id"):
        return Origin(f"{PACKAGE} @ git+{address}@{commit}", local=False)
    if address:
        return Origin(f"{PACKAGE} @ {address}", local=address.startswith("file:"))
    return Origin(f"{PACKAGE}=={installed.version}", local=False)


def nearby(home: Path, requirement: str) -> str:
    """Return a makefile that says where this machine has the generator already, or "".

    A documentary then uses that one, for as long as it asks for the same, and nothing is installed twice.

    Args:
        home: the folder above the package.
        requirement: the line of `requirements.txt` that asks for it.
    """
    packages = sysconfig.get_path("purelib")
    paths = list(dict.fromkeys([packages, str(home)]))
    if sys.prefix == sys.base_prefix or any(re.search(r"[^\w./@+,-]", path) for path in (sys.prefix, *paths)):
        return ""  # no environment of its own; or a name that make and the shell would read otherwise
    python = Path(sys.prefix, "bin", "python")
    return f"NEAR := {python}\nNEAR_PATHS := {' '.join(paths)}\nNEAR_FOR := {requirement}\n"


def pins(home: Path) -> list[tuple[str, str]]:
    """Return name and installed version of each package that the generator needs, and of what those need.

    A package that is not installed here, because it is for another system, is left out.
    """
    versions: dict[str, str] = {}
    waiting = _needs(home)
    while waiting:
        name = re.split(r"[^\w.-]", waiting.pop(), maxsplit=1)[0].lower().replace("_", "-")
        if name in versions:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        versions[name] = package.version
        waiting += [need for need in package.requires or () if "extra ==" not in need]
    return sorted(versions.items())


def _needs(home: Path) -> list[str]:
    """Return what the generator says that it needs: its project file, or what pip noted of it."""
    project = home / "pyproject.toml"
    if project.is_file():
        return list(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"])
    try:
        return list(distribution(PACKAGE).requires or ())
    except PackageNotFoundError:
        return []
