"""Languages that tests add to a documentary, or take from it: they say what is said in English."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

#: Languages of which Babel knows the numbers and dates; their words are English here.
MORE = ("da", "de", "es", "it", "nl", "pl", "pt", "sv")


def with_languages(root: Path, programs: Path, codes: Sequence[str] = MORE) -> None:
    """Say in more languages what is said in English: catalogues, tables, settings and prose.

    Args:
        root: the folder of a documentary that has English.
        programs: a folder with a copy of the generator, whose catalogues become more.
        codes: the languages to add.
    """
    locales = programs / "generator/language/locales"
    english = (locales / "en.po").read_text(encoding="utf-8")
    for code in codes:
        catalog = english.replace('"Language: en\\n"', f'"Language: {code}\\n"')
        (locales / f"{code}.po").write_text(catalog, encoding="utf-8")
    say_also(root, codes)


def say_also(root: Path, codes: Sequence[str]) -> None:
    """Say in more languages what tables, settings and prose say in English. Catalogues are not touched."""
    for code in codes:
        shutil.copytree(root / "docs/en", root / "docs" / code)
    _each_table(root, lambda text: _wider(text, codes))
    _each_json(root, lambda value: _repeated(value, codes))
    settings = root / "data/documentary.toml"
    lines = []
    for line in settings.read_text(encoding="utf-8").splitlines():
        lines.append(_repeated_inline(line, codes))
        if found := re.match(r"(.*\.)?en = ", line):
            lines += [f"{found[1] or ''}{code} = {line.split(' = ', 1)[1]}" for code in codes]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def without_language(root: Path, code: str) -> None:
    """Take a language from a documentary: its tables, settings and prose. The catalogue stays."""
    shutil.rmtree(root / "docs" / code)
    _each_table(root, lambda text: _narrower(text, code))
    _each_json(root, lambda value: _dropped(value, code))
    settings = root / "data/documentary.toml"
    lines = [
        re.sub(rf'(?<=\{{ ){code} = "[^"]*", |, {code} = "[^"]*"(?=[ ,])', "", line)
        for line in settings.read_text(encoding="utf-8").splitlines()
        if not re.match(rf"(.*\.)?{code} = ", line)
    ]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _each_table(root: Path, change: Callable[[str], str]) -> None:
    for path in sorted((root / "data").glob("*.csv")):
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _each_json(root: Path, change: Callable[[Any], Any]) -> None:
    """Change the layers of the ground, and the columns that the package describes."""
    for path in sorted((root / "data").rglob("*.geojson")):
        path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    path = root / "data/datapackage.json"
    package = change(json.loads(path.read_text(encoding="utf-8")))
    for resource in package["resources"]:
        # As keys, columns are changed as the keys of a layer are.
        columns = {column["name"]: column for column in resource["schema"]["fields"]}
        fields = [{**column, "name": name} for name, column in change(columns).items()]
        resource["schema"]["fields"] = fields
    path.write_text(json.dumps(package), encoding="utf-8")


def _wider(text: str, codes: Sequence[str]) -> str:
    """Repeat every English column of a table, and every English part of a reason."""
    rows = list(csv.DictReader(io.StringIO(text)))
    names = next(csv.reader(io.StringIO(text)))
    wide = [*names, *(f"{n[:-3]}_{code}" for n in names if n.endswith("_en") for code in codes)]
    for row in rows:
        for name in names:
            if name.endswith("_en"):
                row |= {f"{name[:-3]}_{code}": row[name] for code in codes}
        if found := re.search(r"\ben: ([^|]*?)(?= \||$)", row.get("reason") or ""):
            row["reason"] += "".join(f" | {code}: {found[1]}" for code in codes)
    return _written(wide, rows)


def _narrower(text: str, code: str) -> str:
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [name for name in next(csv.reader(io.StringIO(text))) if not name.endswith(f"_{code}")]
    for row in rows:
        if row.get("reason"):
            parts = row["reason"].split(" | ")
            row["reason"] = " | ".join(part for part in parts if not part.startswith(f"{code}: "))
    return _written(names, [{name: row[name] for name in names} for row in rows])


def _written(names: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _repeated(value: Any, codes: Sequence[str]) -> Any:
    """Repeat every English entry, at any depth: `name_en`, `en`, and `title` beside a `title@fr`."""
    if isinstance(value, list):
        return [_repeated(part, codes) for part in value]
    if not isinstance(value, dict):
        return value
    found = {key: _repeated(part, codes) for key, part in value.items()}
    more = {f"{k[:-3]}_{code}": v for k, v in found.items() if k.endswith("_en") for code in codes}
    more |= {code: found["en"] for code in codes if "en" in found}
    more |= {f"{stem}@{code}": found[stem] for stem in _said(found) if stem in found for code in codes}
    return found | more


def _dropped(value: Any, code: str) -> Any:
    if isinstance(value, list):
        return [_dropped(part, code) for part in value]
    if not isinstance(value, dict):
        return value
    dropped = {code} | ({stem if code == "en" else f"{stem}@{code}" for stem in _said(value)})
    kept = {key: part for key, part in value.items() if key not in dropped and not key.endswith(f"_{code}")}
    return {key: _dropped(part, code) for key, part in kept.items()}


def _said(value: dict[str, Any]) -> list[str]:
    """Name what a data package says in several languages: `title`, where there is a `title@fr`."""
    return sorted({key.partition("@")[0] for key in value if "@" in key})


def _repeated_inline(line: str, codes: Sequence[str]) -> str:
    """Repeat the English entries of the tables that stand within a line of TOML."""

    def more(found: re.Match[str]) -> str:
        return found[0] + "".join(f", {code} = {found[1]}" for code in codes)

    return re.sub(r'(?<=[{,] )en = ("[^"]*")(?= [},])', more, line)
