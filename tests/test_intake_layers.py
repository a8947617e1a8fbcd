"""A GeoJSON of QGIS comes into a layer: mended where it is sure, named where it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.intake.layers import LayerAsked, import_layer
from generator.intake.proposal import Proposal
from generator.ledger.geography import Layer, read_layer
from generator.output.read import read_inputs
from tests.test_problems import TINY, copy_tiny

FILES: Mapping[str, bytes] = read_inputs(TINY)
HEAD = {
    "source": "surveyor-1908",
    "licence": "CC0",
    "precision_km": "0.5",
    "note_fr": "Levé.",
    "note_en": "Surveyed.",
}
NAMES = {"name_fr": "Digue", "name_en": "Dyke"}
LINE = {"type": "LineString", "coordinates": [[5.2, 45.5], [5.25, 45.52]]}
#: An area, anticlockwise, closed.
RING = [[5.2, 45.5], [5.3, 45.5], [5.3, 45.6], [5.2, 45.5]]


def geojson(*geometries: Any, crs: str = "", properties: Mapping[str, Any] | None = None) -> bytes:
    """What QGIS saves: a collection with a name, a system of coordinates, and a number for each feature."""
    features = [
        {
            "type": "Feature",
            "properties": {"fid": n, **(NAMES if properties is None else properties)},
            "geometry": one,
        }
        for n, one in enumerate(geometries, 1)
    ]
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps(
        {"type": "FeatureCollection", "name": "Digues du nord", **named, "features": features}
    ).encode()


def proposed(raw: bytes, **asked: Any) -> Proposal:
    outcome = import_layer(FILES, raw, "dykes.geojson", LayerAsked(**{"head": HEAD, **asked}))
    assert isinstance(outcome, Proposal), [str(problem) for problem in outcome]
    return outcome


def layer(proposal: Proposal) -> Layer:
    assert proposal.problems == []
    read = read_layer(proposal.path, proposal.after, ["fr", "en"])
    assert isinstance(read, Layer), read
    return read


def said(raw: bytes, **asked: Any) -> list[str]:
    outcome = import_layer(FILES, raw, "dykes.geojson", LayerAsked(**{"head": HEAD, **asked}))
    problems = outcome.problems if isinstance(outcome, Proposal) else outcome
    return [f"{problem.message} | {problem.hint}" for problem in problems]


@pytest.mark.parametrize(
    "crs", ["", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"]
)
def test_a_layer_of_qgis_in_wgs_84_comes_in(crs: str) -> None:
    proposal = proposed(geojson(LINE, crs=crs))
    read = layer(proposal)
    assert proposal.path == "data/geo/digues-du-nord.geojson"
    assert (read.id, read.source, read.precision_km) == ("digues-du-nord", "surveyor-1908", 0.5)
    assert (read.outlines[0].id, read.outlines[0].name) == ("digue", {"fr": "Digue", "en": "Dyke"})
    assert b"crs" not in proposal.after
    assert "properties that are left out: fid" in proposal.remarks


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::2154", "EPSG:3857"])
def test_another_system_of_coordinates_is_refused_with_the_reason(crs: str) -> None:
    [line] = said(geojson(LINE, crs=crs))
    assert line.startswith(
        f"its coordinates are in EPSG:{crs[-4:]}, not in longitudes and latitudes of WGS 84 | "
    )
    assert "CRS: EPSG:4326" in line


def test_heights_go_outlines_are_closed_and_turned_and_all_is_said() -> None:
    high = [[x, y, 200.0] for x, y in RING[::-1]][:-1]
    hole = [[5.28, 45.52], [5.29, 45.52], [5.29, 45.53], [5.28, 45.52]]
    proposal = proposed(geojson({"type": "MultiPolygon", "coordinates": [[high, hole]]}))
    [outline] = layer(proposal).outlines
    assert outline.lines[0] == ((5.2, 45.5), (5.3, 45.5), (5.3, 45.6), (5.2, 45.5))
    assert outline.lines[1] == tuple((x, y) for x, y in hole[::-1])
    assert proposal.remarks[:3] == [
        "heights are left out, of 3 points",
        "outlines that did not end where they begin are closed: 1",
        "outlines are turned the way GeoJSON asks (anticlockwise, holes clockwise): 2",
    ]


def test_latitude_first_is_suspected_and_swapped_only_when_said() -> None:
    raw = geojson({"type": "LineString", "coordinates": [[45.5, 5.2], [45.52, 5.25]]})
    [line] = said(raw)
    assert "lies in the region of the documentary only with latitude and longitude swapped" in line
    assert "say --swap" in line
    assert layer(proposed(raw, swap=True)).outlines[0].lines == (((5.2, 45.5), (5.25, 45.52)),)


@pytest.mark.parametrize(
    ("geometry", "line"),
    [
        (None, "has no geometry"),
        ({"type": "Point", "coordinates": [5, 45]}, "is a point | a place is a row of the table of places"),
        ({"type": "GeometryCollection", "geometries": []}, "is a GeometryCollection"),
        ({"type": "LineString", "coordinates": []}, "has empty coordinates"),
        ({"type": "LineString", "coordinates": [[5, 45]]}, "has a line of 1 points"),
        ({"type": "Polygon", "coordinates": [[[5, 45], [6, 45], [5, 45]]]}, "has an outline of 2 points"),
        ({"type": "LineString", "coordinates": [[652000, 5320000], [1, 1]]}, "they look like metres"),
        ({"type": "LineString", "coordinates": [["a", "b"], [1, 1]]}, "is no point"),
        ({"type": "LineString", "coordinates": {"a": 1}}, "has empty coordinates"),
        ({"type": "Polygon", "coordinates": [[5, 45], [6, 45]]}, "is no point"),
    ],
)
def test_what_is_no_line_and_no_area_is_named(geometry: Any, line: str) -> None:
    [problem] = said(geojson(geometry))
    assert 'feature 1 ("digue")' in problem
    assert line in problem


def test_names_are_found_or_asked_for() -> None:
    raw = geojson(LINE, properties={"nom": "Digue", "Name": "Dyke"})
    [line] = said(raw)
    assert line.startswith(
        "feature 1 has no name_fr | its properties are: fid, nom, Name; say which: --name-from fr=…"
    )
    assert layer(proposed(raw, names={"fr": "nom", "en": "Name"})).outlines[0].name["en"] == "Dyke"
    twice = geojson(LINE, LINE)
    assert said(twice) == ['the feature "digue" stands twice | say which property holds ids: --id fid']
    assert [one.id for one in layer(proposed(twice, ident="fid")).outlines] == ["1", "2"]


def test_what_a_layer_must_say_of_itself_is_asked_for() -> None:
    assert said(geojson(LINE), head={}) == [
        '"source" is missing | say it: --set "source=an-id-of-the-bibliography"'
    ]
    assert said(geojson(LINE), head={"source": "x", "licence": "y"}) == [
        '"precision_km" is missing | say it: --set "precision_km=0.5"'
    ]


def test_a_feature_that_is_there_changes_only_when_it_is_to_be_replaced() -> None:
    aune = json.loads(FILES["data/geo/aune.geojson"])
    moved = json.loads(FILES["data/geo/aune.geojson"])
    moved["features"][0]["geometry"]["coordinates"][0] = [5.1, 45.6]
    del moved["features"][1]
    raw = json.dumps(moved).encode()
    same = proposed(FILES["data/geo/aune.geojson"], head={})
    assert (same.changes, same.added, same.alike, same.after) == ([], [], 2, same.before)
    kept, taken = proposed(raw, head={}), proposed(raw, head={}, replace=True)
    assert [(c.ident, c.column) for c in kept.changes] == [("aune", "geometry")]
    assert kept.after == kept.before
    after = json.loads(taken.after)
    assert after == {**aune, "features": [moved["features"][0], aune["features"][1]]}


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"type": "Topology"}', b'{"features": []}', b'{"features": [1]}',
     b'{"features": [{}], "crs": 3}',
     b'{"type": "Feature"}', b"\xff\xfe", b"PK\x03\x04", b"null"],
)  # fmt: skip
def test_what_is_no_geojson_is_a_problem_and_no_traceback(raw: bytes) -> None:
    outcome = import_layer(FILES, raw, "dykes.geojson", LayerAsked(head=HEAD))
    problems = outcome.problems if isinstance(outcome, Proposal) else outcome
    assert problems


def test_the_command_writes_a_layer_that_a_check_takes(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    file = tmp_path / "dykes.geojson"
    file.write_bytes(geojson(LINE))
    said_of_itself = [word for key, value in HEAD.items() for word in ("--set", f"{key}={value}")]
    words = ["import", "layer", str(file), "--root", str(root), *said_of_itself, "--write"]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "data/geo/digues-du-nord.geojson written" in done.output
    assert (root / "data" / "geo" / "digues-du-nord.geojson").exists()
