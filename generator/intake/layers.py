"""A GeoJSON of QGIS goes in; the layer of the documentary comes out as it would be, or what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.intake.proposal import Change, Proposal
from generator.intake.rings import GeometryError, Mended, mended
from generator.intake.tables import read_schema
from generator.language.typography import slug
from generator.ledger.geography import Bounds, read_layer
from generator.problems import Location, Problem
from generator.typed import Document, read_json

CODE = "bad-geodata"
#: Names of WGS 84 with the longitude first, as QGIS and others write them.
_WGS84 = re.compile(
    r"(?:urn:ogc:def:crs:(?:OGC:[\d.]*:CRS84|EPSG:[\d.]*:4326)|EPSG:4326|OGC:CRS84|WGS ?84)", re.IGNORECASE
)
_SAVE = "in QGIS: Export > Save Features As… > CRS: EPSG:4326 (WGS 84), and import that file"


@dataclass(frozen=True, slots=True)
class LayerAsked:
    """What a person says of a layer.

    `head` holds what the collection says of itself (source, licence, precision_km, note_en, …); `names` by
    language the property with the name of a feature, `ident` that with its id.
    """

    name: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    ident: str = ""
    swap: bool = False
    replace: bool = False


def import_layer(
    files: Mapping[str, bytes], raw: bytes, file: str, asked: LayerAsked
) -> Proposal | list[Problem]:
    """Propose how a layer of `data/geo` would be with the features of a GeoJSON; nothing is written.

    Args:
        files: the files of the documentary, by path.
        raw: the GeoJSON.
        file: its name, as problems say it.
        asked: what was said of it.
    """
    schema = read_schema(files)
    if isinstance(schema, list):
        return schema
    document = read_json(file, raw, CODE)
    if isinstance(document, list):
        return document
    documentary = schema[1]
    languages = list(documentary.languages)
    collection = _collection(document.value)
    refusal = _refusal(collection)
    if refusal:
        return [Problem(document.location(), CODE, *refusal)]
    name = asked.name or str(collection.get("name") or "") or file.rsplit("/", 1)[-1].partition(".")[0]
    name = slug(name) or "layer"
    path = f"data/geo/{name}.geojson"
    before = files.get(path, b"")
    old = _before(path, before)
    if isinstance(old, list):
        return old
    proposal = Proposal(path, before, before)
    reader = _Reader(document, languages, asked, documentary.theatre)
    features = reader.read(collection["features"], proposal)
    head = {
        **_head(collection, languages),
        **{k: v for k, v in old.items() if k != "features"},
        **_typed(asked.head),
    }
    _join(proposal, name, head, old.get("features", []), features, replace=asked.replace)
    if not proposal.problems and proposal.after != before:
        checked = read_layer(path, proposal.after, languages)
        proposal.problems += [_with_option(one) for one in checked] if isinstance(checked, list) else []
    return proposal


def _collection(value: Any) -> dict[str, Any]:
    """Return a collection, also of a feature or a geometry that stands alone."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Feature":
        return {"type": "FeatureCollection", "features": [value]}
    if isinstance(value, dict) and "coordinates" in value:
        return {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {}, "geometry": value}],
        }
    return value if isinstance(value, dict) else {}


def _refusal(collection: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say why a collection cannot be taken at all."""
    if collection.get("type") == "Topology":
        return "TopoJSON, not GeoJSON", "export the layer as GeoJSON"
    if not isinstance(collection.get("features"), list) or not collection["features"]:
        return "not a collection of features", "export the layer as GeoJSON"
    crs = collection.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    if _WGS84.fullmatch(name.strip()):
        return None
    short = re.sub(r"urn:ogc:def:crs:EPSG:[\d.]*:", "EPSG:", name)
    return (
        f"its coordinates are in {short or 'another system'}, not in longitudes and latitudes of WGS 84",
        _SAVE,
    )


def _before(path: str, raw: bytes) -> dict[str, Any] | list[Problem]:
    if not raw:
        return {}
    document = read_json(path, raw, CODE)
    if isinstance(document, list):
        return document
    return document.value if isinstance(document.value, dict) else {}


def _head(collection: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Return what the file says of itself that a layer of ours says, too."""
    keys = ["source", "via", "licence", "precision_km"]
    keys += [f"{stem}_{code}" for stem in ("licence", "note") for code in languages]
    return {key: collection[key] for key in keys if collection.get(key)}


def _typed(head: Mapping[str, str]) -> dict[str, Any]:
    def number(text: str) -> float | int | str:
        try:
            value = float(text)
        except ValueError:
            return text
        return int(value) if value.is_integer() else value

    return {key: number(text) if key == "precision_km" else text for key, text in head.items()}


class _Reader:
    """Reads the features of one file."""

    def __init__(
        self, document: Document, languages: Sequence[str], asked: LayerAsked, theatre: Bounds
    ) -> None:
        self._document, self._languages, self._asked, self._theatre = document, languages, asked, theatre
        self._left: set[str] = set()

    def read(self, features: Sequence[Any], proposal: Proposal) -> list[dict[str, Any]]:
        """Return the features as our layers have them; say how they were mended, and what is wrong."""
        good: dict[str, dict[str, Any]] = {}
        counts = Mended()
        for number, feature in enumerate(features):
            try:
                made = self._feature(feature, number, counts)
            except GeometryError as error:
                where = self._document.location(("features", number))
                proposal.problems.append(
                    Problem(Location(where.file, where.line), CODE, str(error), error.hint)
                )
                continue
            ident = made["properties"]["id"]
            if ident in good:
                where = self._document.location(("features", number))
                message = f'the feature "{ident}" stands twice'
                hint = "say which property holds ids: --id fid"
                proposal.problems.append(
                    Problem(Location(where.file, where.line), "duplicate-id", message, hint)
                )
            good[ident] = made
        proposal.remarks += counts.said()
        if self._left:
            proposal.remarks.append(f"properties that are left out: {', '.join(sorted(self._left))}")
        return list(good.values())

    def _feature(self, feature: Any, number: int, counts: Mended) -> dict[str, Any]:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        what = f"feature {number + 1}"
        names = {f"name_{code}": self._name(properties, code, what) for code in self._languages}
        ident = self._ident(feature, properties, next(iter(names.values())))
        kept = {"id": ident, **names}
        if properties.get("side"):
            kept["side"] = str(properties["side"])
        self._left |= set(properties) - set(kept) - {*self._asked.names.values(), self._asked.ident}
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        made = mended(
            geometry, f'feature {number + 1} ("{ident}")', self._theatre, counts, swap=self._asked.swap
        )
        return {"type": "Feature", "properties": kept, "geometry": made}

    def _name(self, properties: Mapping[str, Any], code: str, what: str) -> str:
        """Return the name of a feature in a language."""
        keys = [self._asked.names[code]] if code in self._asked.names else [f"name_{code}"]
        keys += ["name"] if len(self._languages) == 1 and code not in self._asked.names else []
        for key in keys:
            if isinstance(properties.get(key), str) and properties[key].strip():
                return " ".join(properties[key].split())
        there = ", ".join(properties) or "none"
        hint = f"its properties are: {there}; say which: --name-from {code}=…, or name the feature in QGIS"
        raise GeometryError(f"{what} has no {keys[0]}", hint)

    def _ident(self, feature: Mapping[str, Any], properties: Mapping[str, Any], name: str) -> str:
        if self._asked.ident:
            return slug(str(properties.get(self._asked.ident, "")) or name) or "layer"
        given = properties.get("id") if isinstance(properties.get("id"), str) else feature.get("id")
        return given if isinstance(given, str) and given.strip() else slug(name) or "layer"


def _join(
    proposal: Proposal,
    name: str,
    head: Mapping[str, Any],
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    *,
    replace: bool,
) -> None:
    """Join the features to those of the layer: by id, the others as they are."""
    present = {str(feature.get("properties", {}).get("id")): feature for feature in old}
    by_id = {str(feature["properties"]["id"]): feature for feature in new}
    for ident, feature in by_id.items():
        there = present.get(ident)
        if there is None:
            proposal.added.append(ident)
        else:
            changes = list(_changes(ident, there, feature))
            proposal.changes += changes
            proposal.alike += not changes
    proposal.absent = len(set(present) - set(by_id))
    changed = {change.ident for change in proposal.changes} if replace else set()
    if not (proposal.added or changed or not old):
        return
    features = [by_id[ident] if ident in changed else feature for ident, feature in present.items()]
    features += [by_id[ident] for ident in proposal.added]
    proposal.after = _written(name, head, features).encode()


def _changes(ident: str, there: Mapping[str, Any], feature: Mapping[str, Any]) -> Iterator[Change]:
    before, after = there.get("properties", {}), feature["properties"]
    for key in after:
        if before.get(key) != after[key]:
            yield Change(ident, key, str(before.get(key, "")), str(after[key]), 0, 0)
    if there.get("geometry") != feature["geometry"]:
        yield Change(ident, "geometry", _points(there.get("geometry")), _points(feature["geometry"]), 0, 0)


def _points(geometry: Any) -> str:
    text = json.dumps(geometry)
    kind = geometry.get("type") if isinstance(geometry, dict) else "nothing"
    return f"{kind} of {len(re.findall(r'[0-9], -?[0-9]', text))} points"


def _written(name: str, head: Mapping[str, Any], features: Sequence[Mapping[str, Any]]) -> str:
    """Write a layer: what it says of itself line by line, each feature on a line of its own."""
    top = {
        "type": "FeatureCollection",
        "name": name,
        **{k: v for k, v in head.items() if k not in {"type", "name"}},
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in top.items()]
    rows = ",\n".join(f"  {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}" for one in features)
    return "\n".join(["{", *lines, ' "features": [', rows, " ]", "}", ""])


def _with_option(problem: Problem) -> Problem:
    """Add to what a layer lacks how it is said to the import."""
    missing = re.fullmatch(r'"(\w+)" is missing', problem.message)
    if not missing:
        return problem
    key = missing[1]
    example = {"precision_km": "0.5", "source": "an-id-of-the-bibliography"}.get(key, "…")
    return Problem(
        Location(problem.location.file), problem.code, problem.message, f'say it: --set "{key}={example}"'
    )
