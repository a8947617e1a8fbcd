"""A documentary and the code of a language go in; it comes out with that language beside its own.

It is the way of the handbook, made by a program: columns, titles, keys and pages are taken from English, for
whoever has to translate them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

from generator.language.catalogs import as_catalog


def add_language(source: Path, target: Path, code: str, name: str) -> Path:
    """Copy the documentary in *source* to *target*, and add a language that still speaks English."""
    shutil.copytree(source, target)
    package = target / "data" / "datapackage.json"
    descriptor = json.loads(package.read_text(encoding="utf-8"))
    for table in descriptor["resources"]:
        path = target / "data" / table["path"]
        path.write_text(with_columns(path.read_text(encoding="utf-8"), code), encoding="utf-8")
        fields = table["schema"]["fields"]
        for field in [field for field in fields if field["name"].endswith("_en")]:
            added = {**field, "name": f"{field['name'][:-3]}_{code}"}
            fields.insert(fields.index(field) + 1, added)
    package.write_text(json.dumps(titled(descriptor, code), ensure_ascii=False, indent=1), encoding="utf-8")
    settings = target / "data" / "documentary.toml"
    settings.write_text(with_keys(settings.read_text(encoding="utf-8"), code, name), encoding="utf-8")
    sources = target / "data" / "sources.json"
    for path in (sources, *sorted((target / "data" / "geo").glob("*.geojson"))):
        value = keyed(json.loads(path.read_text(encoding="utf-8")), code)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.copytree(target / "docs" / "en", target / "docs" / code)
    return target


def with_columns(table: str, code: str) -> str:
    """Put a column of the language behind each English one; a reason gets its part."""
    head, *rows = csv.reader(io.StringIO(table))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    english = [column.endswith("_en") for column in head]
    writer.writerow(_doubled(head, english, lambda column: f"{column[:-3]}_{code}"))
    reason = head.index("reason") if "reason" in head else None
    for row in rows:
        if reason is not None and (part := re.search(r"\ben: ([^|]*)", row[reason])):
            row[reason] += f" | {code}: {part[1].strip()}"
        writer.writerow(_doubled(row, english, lambda cell: cell))
    return out.getvalue()


def _doubled(row: list[str], english: list[bool], copy: Any) -> list[str]:
    return [
        c
        for cell, is_english in zip(row, english, strict=True)
        for c in ([cell, copy(cell)] if is_english else [cell])
    ]


def titled(value: Any, code: str) -> Any:
    """Give every title and description of a data package its text in the language."""
    if isinstance(value, list):
        return [titled(part, code) for part in value]
    if not isinstance(value, dict):
        return value
    texts = {
        f"{key}@{code}": value[key]
        for key in ("title", "description")
        if key in value and f"{key}@fr" in value
    }
    return {**{key: titled(part, code) for key, part in value.items()}, **texts}


def keyed(value: Any, code: str) -> Any:
    """Give every key of a source or a layer that ends in `_en` its like in the language."""
    if isinstance(value, list):
        return [keyed(part, code) for part in value]
    if not isinstance(value, dict):
        return value
    added = {f"{key[:-3]}_{code}": part for key, part in value.items() if key.endswith("_en")}
    return {**{key: keyed(part, code) for key, part in value.items()}, **added}


def with_keys(settings: str, code: str, name: str) -> str:
    """Put a line of the language behind each English one of the settings, and name it among the languages."""
    settings = re.sub(r'(?m)^en = "English"$', f'en = "English"\n{code} = "{name}"', settings)
    settings = re.sub(r'(?m)^((?:[\w.-]+\.)?)en( = (?!"English"$).*)$', rf"\g<0>\n\1{code}\2", settings)
    return re.sub(r'(?<![\w.])en( = "(?:[^"\\]|\\.)*")(?= *[,}])', rf"\g<0>, {code}\1", settings)


def catalogue(code: str, *, translated: bool) -> str:
    """Return a catalogue that says nothing, or what English says in every form."""
    empty = as_catalog(code, {}).decode()
    if not translated:
        return empty
    said = re.sub(r'(?m)^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "\1"', empty)
    return re.sub(
        r'(?m)^msgid "(.+)"\nmsgid_plural "(.+)"\n((?:msgstr\[\d\] ""\n?)+)',
        lambda m: m[0].replace('] ""', f'] "{m[2]}"'),
        said,
    )
