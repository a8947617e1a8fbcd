"""What steps have made is kept on disk by the digest of all it was made from, and found again by it.

A step asks for a *slot* (“page fr/may”) and names the *parts* it is made from; where the digest of slot,
parts, code and tools is known, what was made is handed back, else it is made and kept. Any file may be
missing, cut short or another's: what does not match its own digest is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from generator.output.write import remove, write_file

_T = TypeVar("_T")
#: In how many builds nobody may ask for a thing before it is forgotten.
KEPT_BUILDS: Final = 8
#: Length of the digest that stands before the bytes of each thing, in bytes.
_SEAL: Final = 32
#: How many letters of a key name the folder in which a thing is.
_SPREAD: Final = 2
#: The file that says what each slot was made from last time, and which keys the last builds asked for.
_NOTES: Final = "notes.json"

#: What a thing is made from, by a name a person understands: a path, a record, a setting.
Parts = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A thing that was made in this build, not found: its slot, and because of which parts."""

    slot: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Notes:
    """What the last builds asked for, the newest first; and the digests of what each slot was made from."""

    builds: Sequence[Sequence[str]] = ()
    slots: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """A folder of made things. `maker` is the digest of the code and the tools that make them.

    A step that depends on little of the code may name its own *maker* (see `build_key.makers`), so that
    what it made outlives a change elsewhere. Builds side by side, and one killed at any moment, leave
    whole things. One that *keeps* nothing only hands back what builds have made.
    """

    folder: Path
    maker: str
    keeps: bool = True
    made: list[Made] = field(default_factory=list)
    found: int = 0
    _slots: dict[str, dict[str, str]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _before: _Notes | None = None
    _noted: int = 0
    _noting: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def reading(self) -> Memory:
        """Return the same memory for whoever makes less than a build: it is asked, and keeps nothing."""
        return Memory(self.folder, self.maker, keeps=False)

    def recall(self, slot: str, parts: Parts, make: Callable[[], bytes], maker: str = "") -> bytes:
        """Return the bytes in *slot* made from *parts*: those that are kept, or fresh ones from *make*."""
        kept = self.find(slot, parts, maker)
        if kept is None:
            kept = make()
            self.keep(slot, parts, kept, maker)
        return kept

    def recall_value(self, slot: str, parts: Parts, make: Callable[[], _T], maker: str = "") -> _T:
        """Return a value in *slot*, as `recall` does; it must be one that can be pickled."""
        data = self.recall(slot, parts, lambda: pickle.dumps(make(), protocol=pickle.HIGHEST_PROTOCOL), maker)
        return cast("_T", pickle.loads(data))  # noqa: S301 - sealed, and written by ourselves

    def recall_all(
        self,
        wanted: Mapping[str, Parts],
        make: Callable[[Sequence[str]], Mapping[str, bytes]],
        maker: str = "",
    ) -> dict[str, bytes]:
        """Return the bytes in several slots, in their order: those that are missing are made together.

        Args:
            wanted: the parts of each slot.
            make: returns the bytes of the slots that it is given; not called for none.
            maker: who makes them, "" for whoever makes all the rest.
        """
        remembered = {slot: self.find(slot, parts, maker) for slot, parts in wanted.items()}
        missing = [slot for slot, kept in remembered.items() if kept is None]
        fresh = make(missing) if missing else {}
        for slot in missing:
            self.keep(slot, wanted[slot], fresh[slot], maker)
        return {slot: fresh[slot] if kept is None else kept for slot, kept in remembered.items()}

    def find(self, slot: str, parts: Parts, maker: str = "") -> bytes | None:
        """Return the bytes in *slot* made from *parts*, or `None`: then they are made, and kept by `keep`."""
        digests = self._digests(parts, maker)
        key = _key(slot, digests)
        kept = self._read(key)
        with self._noting:  # threads ask, too
            self._asked.add(key)
            if kept is None:
                self.made.append(Made(slot, self._reasons(slot, digests)))
            else:
                self.found += 1
            self._slots[slot] = digests
        return kept

    def keep(self, slot: str, parts: Parts, data: bytes, maker: str = "") -> None:
        """Keep the bytes in *slot* made from *parts*."""
        if not self.keeps:
            return
        key = _key(slot, self._digests(parts, maker))
        write_file(self._path(key), _seal(key, data) + data)

    def close(self) -> None:
        """Note what this build asked for, and forget what none of the last builds did."""
        if not self.keeps or len(self._asked) == self._noted:
            return
        before = self._notes()
        builds = [sorted(self._asked), *before.builds][:KEPT_BUILDS]
        slots = {**before.slots, **self._slots}
        write_file(self.folder / _NOTES, json.dumps({"builds": builds, "slots": slots}).encode())
        self._noted = len(self._asked)
        wanted = {key for build in builds for key in build}
        for key, path in self._kept():
            if key not in wanted:
                remove(Path(path))

    def _reasons(self, slot: str, digests: Mapping[str, str]) -> tuple[str, ...]:
        before = self._notes().slots.get(slot)
        if before is None:
            return ("new",)
        changed = [name for name in digests if name and digests[name] != before.get(name)]
        changed += [name for name in before if name not in digests]
        if before.get("") != digests[""]:
            changed.append("the generator or a tool")
        return tuple(changed) or ("forgotten",)

    def _notes(self) -> _Notes:
        if self._before is None:
            try:
                self._before = _read_notes(json.loads((self.folder / _NOTES).read_bytes()))
            except (OSError, ValueError, TypeError, LookupError, AttributeError):
                self._before = _Notes()
        return self._before

    def _digests(self, parts: Parts, maker: str) -> dict[str, str]:
        return {**{name: _digest(part) for name, part in parts.items()}, "": maker or self.maker}

    def _path(self, key: str) -> Path:
        return self.folder / key[:_SPREAD] / key[_SPREAD:]

    def _read(self, key: str) -> bytes | None:
        try:
            raw = self._path(key).read_bytes()
        except OSError:
            return None
        return raw[_SEAL:] if raw[:_SEAL] == _seal(key, raw[_SEAL:]) else None

    def _kept(self) -> list[tuple[str, str]]:
        """Return the key and path of every file, those too that a killed build left half-written."""
        return [
            (folder.name + one.name, one.path)
            for folder in os.scandir(self.folder)
            if len(folder.name) == _SPREAD and folder.is_dir()
            for one in os.scandir(folder)
            if one.is_file()
        ]


def _read_notes(raw: Any) -> _Notes:
    """Read notes; what is not as we write it raises one of several errors."""
    builds = [[str(key) for key in build] for build in raw["builds"]]
    slots = {
        slot: {name: str(sealed) for name, sealed in parts.items()} for slot, parts in raw["slots"].items()
    }
    return _Notes(builds, slots)


def _key(slot: str, digests: Mapping[str, str]) -> str:
    return _digest(json.dumps([slot, digests], sort_keys=True))


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()


def _digest(part: str | bytes) -> str:
    return hashlib.sha256(part if isinstance(part, bytes) else part.encode()).hexdigest()
