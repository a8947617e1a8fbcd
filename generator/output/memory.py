"""What steps have made is kept on disk by the digest of all it was made from, and found again by it.

A step asks for a *slot* (“page fr/may”) and names the *parts* it is made from; where the digest of slot,
parts, code and tools is known, what was made is handed back, else it is made and kept. Any file may be
missing or cut short: what does not match its own digest is made again.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from generator.output.write import remove, write_file

_T = TypeVar("_T")
#: In how many builds nobody may ask for a thing before it is forgotten.
KEPT_BUILDS: Final = 8
#: Length of the digest that stands before the bytes of each thing, in bytes.
_SEAL: Final = 32
#: The file that says what each slot was made from last time, and which keys the last builds asked for.
_NOTES: Final = "notes.json"

#: What a thing is made from, by a name a person understands: a path, a record, a setting.
Parts = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A thing that was made in this build, not found: its slot, and because of which parts."""

    slot: str
    because: tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """A folder of made things. `maker` is the digest of the code and the tools that make them.

    One build at a time writes in it (see `output.lock`); a build killed at any moment leaves whole things.
    """

    folder: Path
    maker: str
    made: list[Made] = field(default_factory=list)
    found: int = 0
    _slots: dict[str, dict[str, str]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _before: Mapping[str, Any] | None = None

    def recall(self, slot: str, parts: Parts, make: Callable[[], bytes]) -> bytes:
        """Return the bytes in *slot* made from *parts*: those that are kept, or fresh ones from *make*."""
        kept = self.find(slot, parts)
        if kept is None:
            kept = make()
            self.keep(slot, parts, kept)
        return kept

    def find(self, slot: str, parts: Parts) -> bytes | None:
        """Return the bytes in *slot* made from *parts*, or `None`: then they are made, and kept by `keep`."""
        digests = _digests(parts)
        key = self._key(slot, digests)
        self._asked.add(key)
        kept = self._read(key)
        if kept is None:
            self.made.append(Made(slot, self._reasons(slot, digests)))
        else:
            self.found += 1
        self._slots[slot] = {**digests, "": self.maker}
        return kept

    def keep(self, slot: str, parts: Parts, data: bytes) -> None:
        """Keep the bytes in *slot* made from *parts*."""
        path = self._path(self._key(slot, _digests(parts)))
        write_file(path, hashlib.sha256(data).digest() + data)

    def recall_value(self, slot: str, parts: Parts, make: Callable[[], _T]) -> _T:
        """Return a value in *slot*, as `recall` does; it must be one that can be pickled."""
        value = self.recall(slot, parts, lambda: pickle.dumps(make(), protocol=pickle.HIGHEST_PROTOCOL))
        return cast("_T", pickle.loads(value))  # noqa: S301 - sealed, and written by ourselves

    def close(self) -> None:
        """Note what this build asked for, and forget what none of the last builds did."""
        before = self._notes()
        builds = [sorted(self._asked), *before.get("builds", [])][:KEPT_BUILDS]
        slots = {**before.get("slots", {}), **self._slots}
        write_file(self.folder / _NOTES, json.dumps({"builds": builds, "slots": slots}).encode())
        wanted = {key for build in builds for key in build}
        for path in self._kept():
            if path.parent.name + path.name not in wanted:
                remove(path)

    def _reasons(self, slot: str, digests: Mapping[str, str]) -> tuple[str, ...]:
        before = self._notes().get("slots", {}).get(slot)
        if before is None:
            return ("new",)
        changed = [name for name in digests if digests[name] != before.get(name)]
        changed += [name for name in before if name and name not in digests]
        if before.get("") != self.maker:
            changed.append("the generator or a tool")
        return tuple(changed) or ("forgotten",)

    def _notes(self) -> Mapping[str, Any]:
        if self._before is None:
            try:
                self._before = dict(json.loads((self.folder / _NOTES).read_bytes()))
            except (OSError, ValueError, TypeError):
                self._before = {}
        return self._before

    def _key(self, slot: str, digests: Mapping[str, str]) -> str:
        return _digest(json.dumps([slot, self.maker, digests], sort_keys=True))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _read(self, key: str) -> bytes | None:
        try:
            raw = self._path(key).read_bytes()
        except OSError:
            return None
        whole = hashlib.sha256(raw[_SEAL:]).digest() == raw[:_SEAL]
        return raw[_SEAL:] if whole else None

    def _kept(self) -> Iterable[Path]:
        """Return every file below the folder, those too that a killed build left half-written."""
        return sorted(self.folder.glob("??/*"))


def _digests(parts: Parts) -> dict[str, str]:
    return {name: _digest(part) for name, part in parts.items()}


def _digest(part: str | bytes) -> str:
    return hashlib.sha256(part if isinstance(part, bytes) else part.encode()).hexdigest()
