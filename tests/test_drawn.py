"""Errors that maps and figures once made, put back on the tiny river: the check finds each."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from test_problems import apply_edit, check_lines, copy_tiny

from generator.ledger import geodesy
from generator.ledger.computed_checks import tolerance

#: A bank that runs beside the river, aslant as it does, a little to the east.
BANK = {
    "type": "FeatureCollection",
    "name": "bank",
    "licence": "Public domain",
    "source": "surveyor-1908",
    "precision_km": 1,
    "note_fr": "La digue.",
    "note_en": "The dyke.",
    "features": [
        {
            "type": "Feature",
            "properties": {"id": "dyke", "name_fr": "Digue", "name_en": "Dyke"},
            "geometry": {"type": "LineString", "coordinates": [[5.25, 45.56], [5.41, 45.45]]},
        }
    ],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tiny(tmp_path)


def codes(root: Path) -> list[str]:
    """Return the code of each problem, in order."""
    lines = check_lines(root).splitlines()
    return [line.split(": ")[1] for line in lines if not line.startswith("    ")]


def compute(root: Path, formula: str, best: str) -> str:
    """Let the level at the weir be computed so, and have this result; return what is said of it."""
    (root / "data/geo/bank.geojson").write_text(json.dumps(BANK), encoding="utf-8")
    apply_edit(root, "data/damages.csv", ",level,,,4.75,,metre", f",level,,,{best},,metre")
    apply_edit(root, "data/formulas.csv", "", f'level,d-level,best,"{formula}"')
    return check_lines(root)


def test_a_chord_along_a_parallel_is_not_the_width_of_what_runs_aslant(root: Path) -> None:
    found = compute(root, "width(dyke, aune)", "5.7")
    assert "wrong-result: width(dyke, aune) makes" in found


def test_the_same_number_is_right_where_it_says_that_it_is_a_chord(root: Path) -> None:
    assert compute(root, "chord(dyke, aune, 45.5)", "6.8") == ""


def test_a_width_is_the_greatest_distance_across(root: Path) -> None:
    assert compute(root, "width(dyke, aune)", "4.4") == ""


def test_a_dead_man_acts_in_no_event(root: Path) -> None:
    apply_edit(root, "data/witnesses.csv", "weir,1871~,", "weir,1871~,1907-04-08")
    assert codes(root) == ["after-death"]


def test_the_dead_may_be_remembered(root: Path) -> None:
    apply_edit(root, "data/witnesses.csv", "weir,1871~,", "weir,1871~,1907-04-08")
    apply_edit(root, "data/documentary.toml", "theatre = ", 'memory_lanes = ["water"]\ntheatre = ')
    assert codes(root) == []


def test_a_map_of_one_day_draws_nothing_of_the_next(root: Path) -> None:
    apply_edit(root, "data/movements.csv", ",e-crest;e-boats,", ",e-autumn,")
    apply_edit(root, "data/movements.csv", "1907-04-03/1907-04-12", "1907-10-03")
    found = check_lines(root)
    assert found.count("outside-event") == 2
    assert "mv-keeper is of 1907-10-03, e-crest of 1907-04-03" in found


def test_a_unit_drawn_on_the_wrong_bank_is_found(root: Path) -> None:
    apply_edit(root, "data/movements.csv", "p-mill E 2; p-mill; p-weir", "p-weir W 3; p-weir E 3")
    apply_edit(root, "data/movements.csv", 'upstream.",e-boats,', 'upstream.",e-boats,aune E')
    assert '"p-weir W 3" does not lie E of aune' in check_lines(root)


def test_a_unit_that_crosses_starts_on_one_bank_and_ends_on_the_other(root: Path) -> None:
    apply_edit(root, "data/movements.csv", "p-mill E 2; p-mill; p-weir", "p-weir W 3; p-weir E 3")
    apply_edit(root, "data/movements.csv", 'upstream.",e-boats,', 'upstream.",e-boats,aune W E')
    assert codes(root) == []


def test_a_claim_that_is_set_aside_is_no_bar(root: Path) -> None:
    row = ",8,,house,1907-10,autumn-flood,,survey,d-ruined-all,surveyor-1908,,,high,"
    reason = "deprecated,fr: faux | en: wrong,,"
    apply_edit(root, "data/damages.csv", f"{row}normal,,,", f"{row}{reason}")
    assert codes(root) == ["drawn-as-rule"]


def test_a_lone_doubtful_claim_is_no_bar(root: Path) -> None:
    table = root / "data/damages.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    doubted = [line.replace(",high,", ",low,") if "t-ruined" in line else line for line in lines]
    table.write_text("\n".join(doubted) + "\n", encoding="utf-8")
    assert codes(root) == ["drawn-as-rule"] * 3


@pytest.mark.parametrize(
    ("stated", "room"), [("16", "0.5"), ("0.8", "0.05"), ("20000", "0.5"), ("4.50", "0.005")]
)
def test_a_result_may_differ_by_half_of_the_last_digit_stated(stated: str, room: str) -> None:
    assert tolerance(Decimal(stated)) == Decimal(room)


def test_a_distance_is_that_on_the_ellipsoid() -> None:
    """The geodesic from Flinders Peak to Buninyong, known since Vincenty, on a neighbouring ellipsoid."""
    flinders, buninyong = (144.42486789, -37.95103342), (143.92649553, -37.65282114)
    assert geodesy.distance(flinders, buninyong) == pytest.approx(54.972271, abs=0.002)


def test_an_area_is_that_on_the_ellipsoid() -> None:
    """A band round the globe of one degree each way, halved by the equator, against the closed form."""
    ring = ((0.0, -1.0), (1.0, -1.0), (1.0, 1.0), (0.0, 1.0), (0.0, -1.0))
    assert geodesy.area([ring]) == pytest.approx(2 * 12308.778, rel=1e-4)
    assert geodesy.area([ring, tuple(reversed(ring))]) == pytest.approx(0, abs=1e-6)


def test_what_was_made_before_these_checks_goes_on(root: Path) -> None:
    """Without tables of formulas and exclusions neither formulas nor support are asked for."""
    row = ",,1234,,house,1907-04-01/1907-04-09,spring-flood,,"
    apply_edit(root, "data/damages.csv", f"{row}survey", f"{row}computed")
    table = root / "data/damages.csv"
    table.write_text(
        table.read_text("utf-8").replace("surveyor-1908,,,high,", "surveyor-1908,,,low,"), "utf-8"
    )
    assert set(codes(root)) == {"no-formula", "drawn-as-rule"}
    package = root / "data/datapackage.json"
    content = json.loads(package.read_text("utf-8"))
    kept = [one for one in content["resources"] if one.get("role") not in {"formulas", "exclusions"}]
    package.write_text(json.dumps({**content, "resources": kept}), encoding="utf-8")
    assert codes(root) == []
