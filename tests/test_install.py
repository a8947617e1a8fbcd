"""The Node packages are installed once, by version; what keeps them away is one line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.drawing import install as installing
from generator.drawing.install import InstallError, install, installed
from generator.output.processes import Command, Ended, TooSlowError

LOCK = {
    "": {"name": "drawings"},
    "node_modules/charts": {"version": "2.0.0"},
    "node_modules/@fast/linux": {"version": "1.0.0", "optional": True},
    "node_modules/@fast/other": {"version": "1.0.0", "optional": True},
}


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": LOCK}), encoding="utf-8")
    return tmp_path


def note(programs: Path, version: str) -> None:
    """Write what npm notes of the packages it has installed on one system."""
    (programs / "node_modules").mkdir(exist_ok=True)
    there = {
        "node_modules/charts": {"version": version},
        "node_modules/@fast/linux": {"version": "1.0.0", "optional": True},
    }
    (programs / "node_modules" / ".package-lock.json").write_text(
        json.dumps({"packages": there}), encoding="utf-8"
    )


def test_what_is_there_in_its_version_is_left_alone(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "run_all", None)
    note(programs, "2.0.0")
    assert install(programs) is False


@pytest.mark.parametrize("version", ["", "1.9.0"])
def test_what_is_not_there_or_older_is_installed_by_the_lock_file(
    version: str, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if version:
        note(programs, version)
    assert not installed(programs)
    asked: list[Command] = []

    def npm(commands: Sequence[Command], *, seconds: float) -> list[Ended]:
        assert seconds > 60
        asked.extend(commands)
        note(programs, "2.0.0")
        return [Ended(0, b"", b"")]

    monkeypatch.setattr(installing, "run_all", npm)
    assert install(programs) is True
    [command] = asked
    assert command.folder == programs
    assert {"ci", "--ignore-scripts"} <= set(command.words)


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (Ended(1, b"", b"npm error code ENOTFOUND\nnpm error network"), "npm error code ENOTFOUND"),
        (Ended(217, b"", b""), "status 217"),
        (Ended(0, b"", b""), "status 0"),
        (TooSlowError("stopped after 900 s"), "npm did not end: stopped after 900 s: try again"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
    ],
)
def test_what_keeps_them_away_is_one_line(
    ended: Ended | Exception, said: str, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def npm(_commands: Sequence[Command], *, seconds: float) -> list[Ended]:
        assert seconds
        if isinstance(ended, Exception):
            raise ended
        return [ended]

    monkeypatch.setattr(installing, "run_all", npm)
    with pytest.raises(InstallError) as refused:
        install(programs)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
