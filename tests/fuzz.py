"""Structural fuzz: whatever stands in an input file, a check never ends in a traceback.

    python -m tests.fuzz --runs 2000 [--seed N] [--root FOLDER]

Each run takes one file of a copy of the tiny documentary, reads it, and changes one thing of what it holds: a
value becomes one of another type, a key is dropped or misspelt, a part stands twice, a cell of a table holds
another text. Then the whole documentary is checked. The seed is printed, so that a run can be repeated.
"""

from __future__ import annotations

import argparse
import copy
import csv
import io
import json
import random
import secrets
import sys
import tempfile
import tomllib
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator import build as building
from tests.conftest import TINY, copy_documentary

#: What a value may become.
OTHERS: list[Any] = [
    None, True, False, 0, -1, 7, 2.5, -0.0, 10**12, 1e308, "", " ", "x", "fr", "5", "1907-04-03",
    "no such id", "../up", "<b>", "=1+1", "é\u202f»", "[", "{{ n(", "a" * 300, "\u200b", [], {}, [[]], [None],
    ["x"], [1, 2, 3], {"x": 1}, {"fr": "x"}, {"fr": "x", "en": "y"}, {"fr": 1, "en": None}, [{}], [{"x": []}],
]  # fmt: skip
CELLS = [
    "", " ", "x", "-1", "0", "4,5", "1 000", "1e9", "999999999999999999999", "=1+1", "1907-13-45", "1907",
    "1907-04-03/1906", "1907-1X", "25:99", "a;b;;c", ";", "none", "NaN", "inf", "<b>&", "|", "\u202f",
    "é" * 200,    "fr: a | en: b", '"', "[x](y)",
    "\x01", "{{ n }}", "#zzzzzz", "-", "p-weir > p-mill", "p-weir",
]  # fmt: skip
Path_ = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one file: what was done, and the file as it then is."""

    file: str
    what: str
    raw: bytes


def change_of(root: Path, chance: random.Random) -> Change:
    """Change one thing in one file of the documentary in *root*."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(root.rglob("*")):
        if path.suffix in {".toml", ".json", ".geojson", ".yml", ".md", ".csv"}:
            kinds.setdefault(path.name if path.suffix == ".json" else path.suffix, []).append(path)
    path = chance.choice(kinds[chance.choice(sorted(kinds))])
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        what, text = _change_table(text, chance)
    elif path.suffix == ".toml":
        what, value = _change_value(tomllib.loads(text), chance)
        text = "".join(f"{json.dumps(key)} = {_toml(part)}\n" for key, part in value.items())
    elif path.suffix in {".json", ".geojson"}:
        what, value = _change_value(json.loads(text), chance)
        text = json.dumps(value)
    elif path.suffix == ".yml":
        what, value = _change_value(yaml.safe_load(text), chance)
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    else:
        _, head, body = text.split("---\n", 2)
        what, value = _change_value(yaml.safe_load(head), chance)
        text = f"---\n{yaml.safe_dump(value, allow_unicode=True, sort_keys=False)}---\n{body}"
    return Change(path.relative_to(root).as_posix(), what, text.encode("utf-8", "surrogatepass"))


def _paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the way to each part of a value. Of a long list of numbers only the first parts count."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value[:60]):
            yield from _paths(part, (*path, number))


def _change_value(value: Any, chance: random.Random) -> tuple[str, Any]:
    value = copy.deepcopy(value)
    paths = list(_paths(value))
    path = chance.choice(paths)
    around = value
    for step in path[:-1]:
        around = around[step]
    last, before = path[-1], around[path[-1]]
    match chance.choice(["replace", "replace", "replace", "drop", "misspell", "double", "borrow"]):
        case "replace":
            new = chance.choice(OTHERS)
            around[last] = copy.deepcopy(new)
            return f"{path}: {before!r:.60} -> {new!r:.60}", value
        case "drop":
            del around[last]
            return f"{path}: dropped", value
        case "misspell" if isinstance(around, dict):
            key = str(last)
            at = chance.randrange(len(key) + 1)
            wrong = chance.choice([key[:at] + "q" + key[at:], key[:at] + key[at + 1 :], key.upper()])
            around[wrong] = around.pop(last)
            return f"{path}: spelt {wrong!r}", value
        case "double" if isinstance(around, list):
            around.insert(last, copy.deepcopy(before))
            return f"{path}: twice", value
        case _:
            other = chance.choice(paths)
            part = value
            for step in other:
                part = part[step]
            around[last] = copy.deepcopy(part)
            return f"{path}: {before!r:.60} -> what stands at {other}", value


def _change_table(text: str, chance: random.Random) -> tuple[str, str]:
    rows = list(csv.reader(io.StringIO(text)))
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[0]))
    match chance.choice(["cell", "cell", "cell", "borrow", "drop row", "double row", "drop column", "swap"]):
        case "cell":
            new = chance.choice(CELLS)
            what = f"row {row}, {rows[0][column]}: {rows[row][column]!r:.60} -> {new!r:.60}"
            rows[row][column] = new
        case "borrow":
            other = rows[chance.randrange(len(rows))][chance.randrange(len(rows[0]))]
            what = f"row {row}, {rows[0][column]}: {rows[row][column]!r:.60} -> {other!r:.60}"
            rows[row][column] = other
        case "drop row":
            what = f"row {row} dropped"
            del rows[row]
        case "double row":
            what = f"row {row} twice"
            rows.insert(row, list(rows[row]))
        case "drop column":
            what = f"column {rows[0][column]} dropped"
            for one in rows:
                del one[column]
        case _:
            what = f"row {row}: two cells swapped"
            other_column = chance.randrange(len(rows[0]))
            cells = rows[row]
            cells[column], cells[other_column] = cells[other_column], cells[column]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return what, out.getvalue()


def _toml(value: Any) -> str:
    """Write a value as TOML has it; what TOML has no word for becomes an empty text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '""' if value is None else json.dumps(value, default=str)


def outcome(root: Path, change: Change) -> str:
    """Check the documentary with one file changed: "passed", "refused", or what is wrong with the check."""
    path = root / change.file
    before = path.read_bytes()
    path.write_bytes(change.raw)
    try:
        found = building.check(root, lambda _: None, formatted=True)
    except Exception:  # noqa: BLE001 - that there is none is what is looked for
        return traceback.format_exc()
    finally:
        path.write_bytes(before)
    if isinstance(found, building.Checked):
        return "passed"
    places = ("data/", "docs/", "mkdocs.yml", "overrides/", "generator/language/")
    if not found or found != sorted(found):
        return "no problem, or problems that are not sorted"
    wrong = [
        p for p in found if p.location.line < 1 or not p.location.file.startswith(places) or not p.message
    ]
    return f"a problem without a place: {wrong[0]!r}" if wrong else "refused"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Change inputs at random; a check never ends in a traceback."
    )
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--root", type=Path, default=TINY)
    parser.add_argument("-v", action="store_true", help="name what passed, too")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.runs} runs")
    chance, counted = random.Random(asked.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        root = copy_documentary(asked.root, Path(folder) / "documentary")
        for _ in range(asked.runs):
            change = change_of(root, chance)
            result = outcome(root, change)
            counted[result if result in {"passed", "refused"} else "failed"] += 1
            if result not in {"passed", "refused"}:
                print(f"\n{change.file}: {change.what}\n{result}")
            elif result == "passed" and asked.v:
                print(f"passed: {change.file}: {change.what}")
    print(", ".join(f"{count} {name}" for name, count in sorted(counted.items())))
    return 1 if counted["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
