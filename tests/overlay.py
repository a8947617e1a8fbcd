"""The real documentary and what a trial adds to it go in; a small documentary in three languages comes out.

The trial names rows, pages and figures of the real ledger and says them in a language more; nothing of the
ledger stands in it. A note, or another text that a row may leave out, is left out in every language where
the trial does not say it. A section of the real prose that uses other claims, dates or citations than the
trial's is left out of all languages: it has changed since it was translated.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MACRO = re.compile(r"\{\{\s*(\w+)\(\s*\"([^\"]*)\"")
_SECTION = re.compile(r"(?m)^(?=## )")
_LINK = re.compile(r"\[([^\]]*)\]\(([\w/.-]+)\.md(?:#[\w-]+)?\)")
#: Macros that both languages of a pair have alike; a name may be said or not.
_COUNTED = {"n", "date", "figure", "table", "cite"}
#: What a row is called; any other text it may leave out, so that none is left in one language less.
_NEEDED = {"label", "name", "one", "short", "term", "title"}


@dataclass
class Overlay:
    """What the trial says: its rows, its texts by their English, and those that it lacks."""

    real: Path
    trial: Path
    code: str
    rows: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the trial."""
        self.rows = tomllib.loads((self.trial / "rows.toml").read_text(encoding="utf-8"))
        self.texts = tomllib.loads((self.trial / "texts.toml").read_text(encoding="utf-8"))

    def said(self, english: str) -> str:
        """Return a text in the trial's language; one it lacks stays English and is remembered."""
        if english and english not in self.texts and re.search(r"[a-z]{3}", english):
            self.untold.add(english)
        return self.texts.get(english, english)


def lay_over(real: Path, trial: Path, target: Path, code: str, name: str) -> Overlay:
    """Write the documentary of the trial into *target*; return what the trial said, and what it lacked."""
    overlay = Overlay(real, trial, code)
    (target / "data" / "geo").mkdir(parents=True)
    shutil.copy(real / "mkdocs.yml", target / "mkdocs.yml")
    _write_tables(overlay, target)
    _write_settings(overlay, target, name)
    _write_pages(overlay, target)
    return overlay


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _write_tables(overlay: Overlay, target: Path) -> None:
    """Write the tables that the trial takes rows of, and those that these rows need."""
    package = json.loads((overlay.real / "data" / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    tables = {name: _rows(overlay.real, resource) for name, resource in resources.items()}
    taken = {
        name: [r for r in tables[name] if r["id"] in overlay.rows[name]]
        for name in tables.keys() & overlay.rows.keys()
    }
    every = [(name, row) for name, rows in taken.items() for row in rows]
    topics = {row["topic"] for _, row in every if row.get("topic")}
    taken["topics"] = [row for row in tables["topics"] if row["id"] in topics]
    taken["sides"] = tables["sides"]
    known = {row["id"] for rows in taken.values() for row in rows}
    taken["formulas"] = [r for r in tables["formulas"] if r["claim"] in known]
    taken["positions"] = [
        r
        for r in tables["positions"]
        if r["of"] in known and set(re.findall(r"\bp-[\w-]+", r["at"])) <= known
    ]
    taken["names"] = [r for r in tables["names"] if r["entity"] in known and r["form"] == "original"]
    words = {
        cell for rows in taken.values() for row in rows for value in row.values() for cell in value.split(";")
    }
    taken["vocabulary"] = [
        r for r in tables["vocabulary"] if r["id"] in words or r["kind"] in {"rank", "confidence"}
    ]
    kept = [resource for name, resource in resources.items() if taken.get(name)]
    for resource in kept:
        _write_table(overlay, target, resource, taken[resource["name"]], {r["name"] for r in kept}, known)
    head = {key: part for key, part in package.items() if key != "resources"}
    value = {**_titled(overlay, head), "resources": [_titled(overlay, resource) for resource in kept]}
    (target / "data" / "datapackage.json").write_text(_dump(value), encoding="utf-8")
    cells = {cell for rows in taken.values() for row in rows for cell in row.values()}
    _write_sources(overlay, target, cells)


def _rows(real: Path, resource: Mapping[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((real / "data" / resource["path"]).read_text(encoding="utf-8"))))


def _write_table(
    overlay: Overlay,
    target: Path,
    resource: dict[str, Any],
    rows: list[dict[str, str]],
    tables: set[str],
    known: set[str],
) -> None:
    """Write one table with its columns in the trial's language; *known* are the rows that it may name."""
    code, fields = overlay.code, resource["schema"]["fields"]
    for one in fields:
        for key in ("reference", "references"):
            if key in one:
                one[key] = [name for name in one[key] if name in {*tables, "sources"}]
                if not one[key]:
                    del one[key]
        if one["name"][:-3] not in _NEEDED and one["name"].endswith(("_fr", "_en")):
            one.pop("constraints", None)
    for one in [one for one in fields if one["name"].endswith("_en")]:
        fields.insert(fields.index(one) + 1, {**one, "name": f"{one['name'][:-3]}_{code}"})
    if resource["name"] == "vocabulary":
        label = next(one for one in fields if one["name"] == f"one_{code}")
        fields += [{**label, "name": f"{form}_{code}"} for form in ("few", "many")]
    loose = {
        one["name"]
        for one in fields
        if (one.get("reference") or one.get("references"))
        and one["name"] not in {"source", "via", "side", "topic"}
    }
    out = io.StringIO()
    writer = csv.DictWriter(out, [one["name"] for one in fields], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(_row(overlay, row, loose, known))
    (target / "data" / resource["path"]).write_text(out.getvalue(), encoding="utf-8")


def _row(overlay: Overlay, row: dict[str, str], loose: set[str], known: set[str]) -> dict[str, str]:
    """Return a row with what it says in the trial's language, and no id of a row that is not there."""
    code, said = overlay.code, dict(row)
    for column in loose & row.keys():
        said[column] = ";".join(ident for ident in re.split(r";\s*", row[column]) if ident in known)
    for column in [column for column in row if column.endswith("_en")]:
        stem = column[:-3]
        if stem not in _NEEDED and row[column] not in overlay.texts:
            said |= {f"{stem}_{other}": "" for other in ("fr", "en", code)}
        else:
            said[f"{stem}_{code}"] = overlay.said(row[column])
    if part := re.search(r"\ben: ([^|]*)", row.get("reason", "")):
        said["reason"] += f" | {code}: {overlay.said(part[1].strip())}"
    if forms := overlay.rows["forms"].get(row["id"]):
        said |= {f"{form}_{code}": text for form, text in zip(("one", "few", "many"), forms, strict=True)}
    return said


def _titled(overlay: Overlay, value: Any) -> Any:
    """Give titles and descriptions of a data package their text in the trial's language."""
    if isinstance(value, list):
        return [_titled(overlay, part) for part in value]
    if not isinstance(value, dict):
        return value
    told = {key: _titled(overlay, part) for key, part in value.items() if not key.startswith("description")}
    if "title@fr" in value:
        told[f"title@{overlay.code}"] = overlay.said(re.sub(r" \((?:English|French)\)$", "", value["title"]))
    return told


def _write_sources(overlay: Overlay, target: Path, cells: set[str]) -> None:
    """Write the sources that the rows and the pages name, and the layers that the maps draw."""
    pages = "".join(
        path.read_text(encoding="utf-8") for path in sorted((overlay.trial / "docs").rglob("*.md"))
    )
    layers = {}
    for name in overlay.rows["pages"]["geo"]:
        layers[name] = json.loads(
            (overlay.real / "data" / "geo" / f"{name}.geojson").read_text(encoding="utf-8")
        )
    wanted = {
        *cells,
        *re.findall(r'cite\("([^"]+)"', pages),
        *re.findall(r'"(?:source|via)": "([^"]+)"', json.dumps(layers)),
    }
    sources = json.loads((overlay.real / "data" / "sources.json").read_text(encoding="utf-8"))
    told = [_keyed(overlay, source) for source in sources if source["id"] in wanted]
    (target / "data" / "sources.json").write_text(_dump(told), encoding="utf-8")
    for name, layer in layers.items():
        path = target / "data" / "geo" / f"{name}.geojson"
        path.write_text(json.dumps(_keyed(overlay, layer), ensure_ascii=False), encoding="utf-8")


def _keyed(overlay: Overlay, value: Any) -> Any:
    """Give every key that ends in `_en` its like in the trial's language."""
    if isinstance(value, list):
        return [_keyed(overlay, part) for part in value]
    if not isinstance(value, dict):
        return value
    added = {
        f"{key[:-3]}_{overlay.code}": overlay.said(part) for key, part in value.items() if key.endswith("_en")
    }
    return {**{key: _keyed(overlay, part) for key, part in value.items()}, **added}


def _write_settings(overlay: Overlay, target: Path, name: str) -> None:
    """Write the settings of the pages and figures that the trial takes, with a text more in each place."""
    real = tomllib.loads((overlay.real / "data" / "documentary.toml").read_text(encoding="utf-8"))
    pages, code = overlay.rows["pages"], overlay.code
    real["page"] = [page for page in real["page"] if page["path"] in pages["taken"]]
    real["figure"] = [figure for figure in real["figure"] if figure["id"] in pages["figures"]]
    real["change"] = [{"date": real["dated"], "text": {"fr": "Essai.", "en": "Trial.", code: "Проба."}}]
    real["languages"][code] = name
    real.pop("memory_lanes", None)
    lines = [f"{key} = {_toml(_told(overlay, value))}" for key, value in real.items() if value != ""]
    (target / "data" / "documentary.toml").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _told(overlay: Overlay, value: Any) -> Any:
    if isinstance(value, list):
        return [_told(overlay, part) for part in value]
    if not isinstance(value, dict):
        return value
    if {"fr", "en"} == value.keys():
        return {**value, overlay.code: overlay.said(value["en"])}
    return {key: _told(overlay, part) for key, part in value.items()}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _write_pages(overlay: Overlay, target: Path) -> None:
    """Write each page in every language: the sections that all have, with the same macros."""
    for path in overlay.rows["pages"]["taken"]:
        ours = (overlay.trial / "docs" / overlay.code / f"{path}.md").read_text(encoding="utf-8")
        texts = {overlay.code: ours}
        for code in ("fr", "en"):
            real = (overlay.real / "docs" / code / f"{path}.md").read_text(encoding="utf-8")
            real = re.sub(r'<div class="doors".*?</div>\n+', "", real, flags=re.DOTALL)
            head = "---".join(real.split("---", 2)[:2]) + "---\n"
            texts[code] = (
                real if "{#" in ours else f"{head}{'Le registre.' if code == 'fr' else 'The ledger.'}\n"
            )
        parts = {code: dict(_sections(text)) for code, text in texts.items()}
        common = [
            ident for ident in parts[overlay.code] if _alike([own.get(ident) for own in parts.values()])
        ]
        for code, own in parts.items():
            page = target / "docs" / code / f"{path}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            body = "".join(own[ident] for ident in common)
            page.write_text(_unlinked(body, path, overlay.rows["pages"]["taken"]), encoding="utf-8")


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sections of a page by their ids, what stands before the first of them by "top"."""
    for part in _SECTION.split(text):
        ident = re.match(r"## .*\{#([\w-]+)\}", part)
        yield (ident[1] if ident else "top"), part


def _alike(sections: list[str | None]) -> bool:
    """Whether a section is there in every language, and uses the same rows in each."""
    if not all(sections):
        return False
    used = [Counter(m for m in _MACRO.findall(text or "") if m[0] in _COUNTED) for text in sections]
    return all(one == used[0] for one in used)


def _unlinked(text: str, path: str, taken: list[str]) -> str:
    """Leave out links to pages that the trial does not take."""
    folder = path.rpartition("/")[0]

    def keep(match: re.Match[str]) -> str:
        goal = match[2]
        goal = goal.removeprefix("../") if goal.startswith("../") else f"{folder}/{goal}".lstrip("/")
        return match[0] if goal in taken and "#" not in match[0] else match[1]

    return _LINK.sub(keep, text)
