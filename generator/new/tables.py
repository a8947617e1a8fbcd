"""The tables of a new documentary go in; its data package and rows come out, in the chosen languages."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale

from generator.ledger.roles import COLUMNS, FORMS, Column, Role
from generator.new.answers import LOOKS, Answers

HERE: Final = Path(__file__).parent
_ROWS: Final = HERE / "template" / "data"
#: The list of the vocabulary that a column takes its words from, where it is not called as the column.
_LISTS: Final[Mapping[str, str]] = {
    "places.kind": "place-kind",
    "units.kind": "group-kind",
    "movements.kind": "movement-kind",
    "names.form": "name-form",
    "media.kind": "media-kind",
}
_SMALLEST: Final = {"low": 0, "best": 0, "high": 0, "precision_km": 0, "order": 1, "importance": 1}
_RANGES: Final = {"lat": (-90, 90), "lon": (-180, 180), "importance": (1, 3)}
_LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
Package = dict[str, Any]


@cache
def plan() -> tuple[Mapping[str, Any], ...]:
    """Return the tables of a new documentary, each with its name, role, texts and columns."""
    return tuple(tomllib.loads((HERE / "tables.toml").read_text(encoding="utf-8"))["table"])


@cache
def _explained(file: str) -> Mapping[str, Sequence[str]]:
    return tomllib.loads((HERE / file).read_text(encoding="utf-8"))


def explain(role: Role, stem: str) -> Mapping[str, tuple[str, str]]:
    """Return title and explanation of a column of a role, by language."""
    key = f"{role}.{stem}" if f"{role}.{stem}" in _explained("columns.toml") else stem
    title_en, title_fr, about_en, about_fr = _explained("columns.toml")[key]
    title_ru, about_ru = _explained("columns.ru.toml")[key]
    return {"en": (title_en, about_en), "fr": (title_fr, about_fr), "ru": (title_ru, about_ru)}


def package(answers: Answers) -> Package:
    """Return the data package of a new documentary: every table, every column, explained."""
    codes = tuple(answers.languages)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": answers.name,
        **_texts("title", answers.title, codes),
        "version": "0.1.0",
        "licenses": [_LICENCE],
        "resources": [_table(table, codes) for table in plan()],
    }


def package_json(answers: Answers) -> bytes:
    """Return the same as the file that stands beside the tables."""
    return f"{json.dumps(package(answers), ensure_ascii=False, indent=1)}\n".encode()


def _table(table: Mapping[str, Any], codes: Sequence[str]) -> Package:
    role = Role(table["role"])
    fields = [field for stem in table["columns"].split() for field in _fields(table, role, stem, codes)]
    return {
        "name": table["name"],
        "path": f"{table['name']}.csv",
        **_texts("title", table["title"], codes),
        **_texts("description", table["description"], codes),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "role": str(role),
        "schema": {"fields": fields},
    }


def _fields(table: Mapping[str, Any], role: Role, stem: str, codes: Sequence[str]) -> list[Package]:
    """Return a column, or one for each language where what it holds is said in each."""
    column = COLUMNS[role].get(stem, Column())
    rules = _rules(table, stem, column)
    explanation = explain(role, stem)
    kind = "string" if column.type == "edtf" else column.type
    more: Package = {"edtf": True} if column.type == "edtf" else {}
    more |= {"constraints": rules} if rules else {}
    more |= _targets(column)
    if column.words:
        more["vocabulary"] = _LISTS.get(f"{role}.{stem}", stem)
    localised = column.localised or stem in table.get("localised", "").split()
    return [
        {
            "name": f"{stem}_{suffix}" if suffix else stem,
            "type": kind,
            **_texts(
                "title", {code: _of_language(explanation[code][0], code, suffix) for code in codes}, codes
            ),
            **_texts("description", {code: explanation[code][1] for code in codes}, codes),
            **more,
        }
        for suffix in (_spoken(table, stem, codes) if localised else ("",))
    ]


def _spoken(table: Mapping[str, Any], stem: str, codes: Sequence[str]) -> Sequence[str]:
    """Return the languages that have a column: a form after a few only those whose words have one."""
    return [code for code in codes if stem not in FORMS[1:] or f"{stem}_{code}" in _head(table["name"])]


@cache
def _head(name: str) -> Sequence[str]:
    """Return the columns of the example rows of a table, in every language."""
    return next(csv.reader(io.StringIO((_ROWS / f"{name}.csv").read_text(encoding="utf-8"))))


def _rules(table: Mapping[str, Any], stem: str, column: Column) -> Package:
    rules: Package = {}
    if column.required or stem in table.get("needed", "").split():
        rules["required"] = True
    if stem == "id" or (table["role"], stem) == ("positions", "of"):
        rules["unique"] = True
    if column.pattern:
        rules["pattern"] = column.pattern
    if column.values:
        rules["enum"] = list(column.values)
    if stem in _SMALLEST:
        rules["minimum"] = _SMALLEST[stem]
    if stem in _RANGES:
        rules["minimum"], rules["maximum"] = _RANGES[stem]
    return rules


def _targets(column: Column) -> Package:
    """Return which tables the ids of a column are looked for in."""
    names = [table["name"] for role in column.to for table in plan() if table["role"] == role]
    names += ["sources"] if "sources" in column.to else []
    return {"references" if column.many else "reference": names} if names else {}


def _texts(key: str, texts: Mapping[str, str], codes: Sequence[str]) -> Package:
    """Return a text as a data package says it: English in `title`, any other in `title@xx`."""
    return {key if code == "en" else f"{key}@{code}": texts[code] for code in codes}


def _of_language(title: str, code: str, suffix: str) -> str:
    name = str(Locale(code).languages[suffix]) if suffix else ""
    return f"{title} ({name})" if name else title


def rows(answers: Answers) -> dict[str, bytes]:
    """Return every table as CSV, by its path below the folder of the documentary."""
    files = {f"data/{table['path']}": _rows(table, answers) for table in package(answers)["resources"]}
    return {**files, "data/sides.csv": _sides(answers)}


def _rows(table: Package, answers: Answers) -> bytes:
    """Return the example rows of a table, with the columns of its languages, for the chosen sides."""
    columns = [field["name"] for field in table["schema"]["fields"]]
    lines = csv.DictReader(io.StringIO((_ROWS / table["path"]).read_text(encoding="utf-8")))
    return _csv([columns, *([_cell(line[column], answers) for column in columns] for line in lines)])


def _cell(cell: str, answers: Answers) -> str:
    if cell in {"@1", "@2"}:
        return answers.sides[min(int(cell[1]), len(answers.sides)) - 1].id
    if cell.startswith("fr: "):  # the reason of a rank, in every language
        return " | ".join(part for part in cell.split(" | ") if part[:2] in answers.languages)
    return cell


def _sides(answers: Answers) -> bytes:
    codes = tuple(answers.languages)
    head = ["id", "order", *(f"{stem}_{code}" for stem in ("name", "short") for code in codes)]
    lines = [[*head, "colour", "symbol", "pattern"]]
    for number, (side, look) in enumerate(zip(answers.sides, LOOKS, strict=False), 1):
        names = [side.name[code] for code in codes]
        lines.append([side.id, str(number), *names, *names, *look])
    return _csv(lines)


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()
