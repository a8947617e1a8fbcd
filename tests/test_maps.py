"""What a map shows, says and leaves open; how a path is read; how a reader walks through steps."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.figures import NARROW, WIDE, Figure, draw_figure
from generator.figures.map.placement import FreeSpace, Text
from generator.figures.map.projection import project, simplified
from generator.figures.style import safe
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.language.places import position_text
from generator.ledger.geography import Layer, check_layers, check_outlines, read_layer
from generator.ledger.positions import PathError, Step, at, locate, read_path
from generator.loading import Inputs, load
from generator.pages.stepper import stepper_html

TINY = Path(__file__).parent / "datasets" / "tiny"
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tiny() -> Inputs:
    found = load(TINY)
    assert isinstance(found, Inputs)
    return found


@pytest.fixture(scope="module")
def english() -> Language:
    (found,) = load_languages(["en"])
    assert isinstance(found, Language)
    return found


def drawn(inputs: Inputs, language: Language, ident: str, **options: Any) -> Figure:
    asked = inputs.documentary.figures[ident]
    figure = draw_figure(replace(asked, options={**asked.options, **options}), inputs.ledger, language)
    assert isinstance(figure, Figure), figure
    return figure


def plot(figure: Figure, width: int = WIDE) -> Any:
    """Return a drawing of a figure as plain JSON values."""
    return figure.draw(width)


def refused(inputs: Inputs, language: Language, **options: Any) -> list[str]:
    asked = inputs.documentary.figures["boats-1"]
    found = draw_figure(replace(asked, options={**asked.options, **options}), inputs.ledger, language)
    assert isinstance(found, list)
    return [problem.message for problem in found]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("p-weir", (Step("p-weir"),)),
        ("p-weir NE 4; p-mill", (Step("p-weir", "NE", 4), Step("p-mill"))),
        (" p-weir S 0.5 ;p-mill W 12", (Step("p-weir", "S", 0.5), Step("p-mill", "W", 12))),
    ],
)
def test_a_path_is_places_each_perhaps_with_a_direction_and_kilometres(
    text: str, steps: tuple[Step, ...]
) -> None:
    assert read_path(text) == steps


@pytest.mark.parametrize("text", ["", "p-weir;", "p-weir NE", "p-weir 4", "p-weir EN 4", "P-Weir"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(PathError):
        read_path(text)


def test_a_described_place_is_known_no_better_than_its_description(tiny: Inputs) -> None:
    weir, mill = locate("p-weir", tiny.ledger), locate("p-mill", tiny.ledger)
    assert weir
    assert mill
    assert (weir.precision_km, weir.described) == (1, False)
    assert (mill.precision_km, mill.described) == (3, True)
    assert mill.lat < weir.lat
    assert mill.lon > weir.lon


def test_a_point_off_its_place_is_known_no_better_than_it_is_far(tiny: Inputs) -> None:
    found = at(Step("p-weir", "N", 7), tiny.ledger)
    assert found
    assert (found.precision_km, found.described) == (7, True)


def test_the_projection_is_true_about_its_middle() -> None:
    plan = project((44.0, 4.0, 46.0, 6.0), 500)
    middle, north = plan.pixel(45, 5), plan.pixel(45.5, 5)
    assert middle == (250, pytest.approx(plan.height / 2, abs=1))
    assert (middle[1] - north[1]) / plan.scale == pytest.approx(55.6, abs=0.2)
    east = plan.pixel(45, 5.5)
    assert math.dist(east, middle) / plan.scale == pytest.approx(39.3, abs=0.2)


def test_a_line_keeps_its_corners_and_loses_what_cannot_be_seen() -> None:
    assert simplified([(0, 0), (5, 0.1), (10, 0), (10, 8)]) == [(0, 0), (10, 0), (10, 8)]


def test_what_lies_far_outside_is_not_drawn() -> None:
    plan = project((44.0, 4.0, 46.0, 6.0), 500)
    assert plan.runs(((20.0, 20.0), (21.0, 21.0))) == []
    assert len(plan.runs(((5.0, 45.0), (5.1, 45.2), (20.0, 20.0), (21.0, 21.0)))) == 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_map_draws_its_ground_its_places_and_its_arrows(
    tiny: Inputs, english: Language, width: int
) -> None:
    figure = plot(drawn(tiny, english, "boats-2"), width)
    layout = figure["layout"]
    texts = [re.sub(r"<.*?>", "", note["text"]) for note in layout["annotations"]]
    assert {"Boats", "Keeper", "Upper Weir", "Mill", "Pond", "North", "Aune"} <= set(texts)
    assert layout["width"] == width
    rings = [shape for shape in layout["shapes"] if shape["type"] == "circle" and "xref" not in shape]
    weir, mill = sorted(ring["x1"] - ring["x0"] for ring in rings)
    assert mill == pytest.approx(3 * weir, abs=0.3)
    uids = [trace["uid"] for trace in figure["data"]]
    assert uids == ["boats-2-places", "boats-2-downstream", "boats-2-upstream"]


def test_table_and_text_say_where_everything_is_and_who_says_so(tiny: Inputs, english: Language) -> None:
    figure = drawn(tiny, english, "boats-2")
    rows = [tuple(cell.text for cell in row) for row in figure.table_rows]
    assert rows[0] == (
        "Boats (march)",
        "Downstream",
        "east of Mill → Mill → Upper Weir",
        "3 km",
        "Géomètre 1908",
    )
    assert rows[3][:4] == ("Mill", "", "described: south-east of Upper Weir", "3 km")
    assert rows[3][4] == "Gazette 1907"
    assert "Boats (Downstream, march): east of Mill – Mill – Upper Weir" in figure.alt
    assert figure.record_ids[:2] == ("mv-boats", "mv-keeper")


def test_a_place_nobody_can_place_is_in_the_table_and_not_in_the_drawing(
    tiny: Inputs, english: Language
) -> None:
    ledger = replace(tiny.ledger, positions={})
    asked = replace(tiny.documentary.figures["boats-1"])
    figure = draw_figure(asked, ledger, english)
    assert isinstance(figure, Figure)
    assert [row[2].text for row in figure.table_rows if row[0].text == "Mill"] == [
        "position unknown, not drawn"
    ]
    assert "Mill" not in json.dumps(plot(figure))


def test_the_day_of_a_step_is_that_of_its_event(tiny: Inputs, english: Language) -> None:
    assert drawn(tiny, english, "boats-1").caption.startswith("3\u00a0April 1907. He is alone")


def test_a_place_beyond_the_edge_is_pointed_at(tiny: Inputs, english: Language) -> None:
    figure = drawn(tiny, english, "boats-1", frame=[45.4, 5.26, 45.6, 5.5], movements=["mv-boats"])
    texts = [note["text"] for note in plot(figure)["layout"]["annotations"]]
    assert "← Upper Weir" in texts


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"frame": [1, 2, 3]},
            'figure "boats": expected four numbers, [south, west, north, east], found a list of 3',
        ),
        (
            {"frame": [5.1, 45.4, 5.45, 45.6]},
            'figure "boats": nothing of what the map shows lies in its frame',
        ),
        (
            {"frame": [45.49, 5.26, 45.51, 5.28]},
            'figure "boats": nothing of the layer "aune" lies in the frame',
        ),
        (
            {"layers": [{"geo": "rhine"}]},
            'figure "boats": geo names "rhine", which does not exist',
        ),
        ({"event": "e-none"}, 'figure "boats": event names "e-none", which does not exist'),
    ],
)
def test_settings_that_cannot_be_drawn_are_problems(
    tiny: Inputs, english: Language, options: dict[str, Any], message: str
) -> None:
    assert refused(tiny, english, **options) == [message]


def test_a_distance_is_that_of_its_claim_and_leads_to_it(tiny: Inputs, english: Language) -> None:
    level = replace(tiny.ledger.claims["d-level"], subject="p-mill")
    ledger = replace(tiny.ledger, claims={"d-level": level})
    asked = tiny.documentary.figures["boats-1"]
    options = {**asked.options, "origin": "p-weir", "distances": ["d-level"]}
    figure = draw_figure(replace(asked, options=options), ledger, english)
    assert isinstance(figure, Figure)
    said = figure.table_rows[-1]
    assert said[0].record_id == "d-level"
    assert said[2].text == "Upper Weir – Mill"
    assert f"Mill: {said[0].text}" in figure.alt
    assert any(note["text"] == f"Mill<br>{said[0].text}" for note in plot(figure)["layout"]["annotations"])
    assert "d-level" in figure.record_ids


def boxes_of(figure: Any) -> Iterator[tuple[float, float, float, float]]:
    for note in figure["layout"]["annotations"]:
        if note["xref"] == "x":
            plain = re.sub(r"</?[bi]>", "", note["text"])
            text = Text((note["x"], note["y"]), plain, note["font"]["size"], "", "<b>" in note["text"])
            x, y = text.at
            yield x - text.wide / 2, y - text.tall / 2, x + text.wide / 2, y + text.tall / 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_name_covers_another_or_leaves_the_map_in_any_language(width: int) -> None:
    inputs = load(ROOT)
    assert isinstance(inputs, Inputs)
    for language in load_languages(["fr", "en"]):
        assert isinstance(language, Language)
        for ident, asked in inputs.documentary.figures.items():
            if asked.kind != "map":
                continue
            figure = plot(drawn(inputs, language, ident), width)
            found = list(boxes_of(figure))
            assert found, ident
            for number, (left, top, right, bottom) in enumerate(found):
                assert left >= 0, (ident, language.code)
                assert right <= width, (ident, language.code)
                for x, y, r, b in found[:number]:
                    assert left >= r - 1 or right <= x + 1 or top >= b - 1 or bottom <= y + 1, ident


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_movement_is_named_on_its_map_in_every_language(width: int) -> None:
    inputs = load(ROOT)
    assert isinstance(inputs, Inputs)
    for language in load_languages(["fr", "en"]):
        assert isinstance(language, Language)
        for ident, asked in inputs.documentary.figures.items():
            moving = asked.options.get("movements")
            if asked.kind == "map" and isinstance(moving, list):
                figure = plot(drawn(inputs, language, ident), width)
                notes = figure["layout"]["annotations"]
                said = {re.sub(r"<.*?>", " ", note["text"]).strip() for note in notes}
                wanted = {safe(language.text(inputs.ledger.entities[name].name)) for name in moving}
                assert wanted - said == set(), (ident, language.code)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_place_on_a_map_is_named_there_or_below_it_in_every_language(width: int) -> None:
    inputs = load(ROOT)
    assert isinstance(inputs, Inputs)
    for language in load_languages(["fr", "en"]):
        assert isinstance(language, Language)
        for ident, asked in inputs.documentary.figures.items():
            if asked.kind == "map":
                figure = plot(drawn(inputs, language, ident), width)
                shown = next(t for t in figure["data"] if t["uid"] == f"{ident}-places")
                notes = figure["layout"]["annotations"]
                said = {re.sub(r"<br>[0-9][^<]*$", "", note["text"]) for note in notes}
                said = {re.sub(r"<.*?>", " ", text).strip() for text in said}
                labels: Any = asked.options.get("labels", {})
                for name in shown["customdata"]:
                    about = labels.get(name, inputs.ledger.entities[name].name)
                    assert safe(language.text(about)) in said, (ident, language.code)


def test_a_name_without_room_has_a_number_on_the_map_and_its_name_in_the_legend(
    tiny: Inputs, english: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = FreeSpace.beside
    monkeypatch.setattr(
        FreeSpace, "beside", lambda room, text: None if "weir" in text.text.lower() else beside(room, text)
    )
    figure = plot(drawn(tiny, english, "boats-1"), NARROW)
    notes = figure["layout"]["annotations"]
    on_map = [note for note in notes if note.get("yref") != "paper"]
    legend = [note for note in notes if note.get("yref") == "paper"]
    assert [note["text"] for note in on_map].count("<b>1</b>") == 1
    assert [note["text"] for note in legend].count("<b>1</b>") == 1
    assert any("weir" in note["text"].lower() for note in legend)
    assert not any("weir" in note["text"].lower() for note in on_map)


def test_a_number_that_finds_no_room_stands_on_its_place() -> None:
    room = FreeSpace(20, 20)
    room.take((10, 10), 12)
    number = Text((10, 10), "1", 12, "#000", bold=True)
    assert room.beside(number) is None
    assert (room.upon(number)["x"], room.upon(number)["y"]) == (10, 10)


def test_a_name_that_stands_apart_is_joined_to_its_point_by_a_line() -> None:
    room = FreeSpace(300, 300)
    room.take((150, 150), 30)
    assert room.beside(Text((150, 150), "Mill", 14, "#000"))
    assert len(room.leaders) == 1


def test_where_there_is_no_room_nothing_is_written() -> None:
    room = FreeSpace(100, 100)
    room.take((50, 50), 60)
    assert room.beside(Text((50, 50), "Mill", 14, "#000")) is None


def layer(**changes: Any) -> bytes:
    about: dict[str, Any] = json.loads((TINY / "data" / "geo" / "aune.geojson").read_bytes())
    return json.dumps(about | changes).encode()


def test_geodata_says_where_it_comes_from() -> None:
    found = read_layer("aune.geojson", layer(), ("fr", "en"))
    assert isinstance(found, Layer)
    assert [(one.id, one.is_area, len(one.lines[0])) for one in found.outlines] == [
        ("aune", False, 5),
        ("pond", True, 4),
    ]
    assert found.licence == {"fr": "domaine public", "en": "public domain"}
    named = read_layer(
        "aune.geojson", layer(licence="CC BY 4.0", licence_fr=None, licence_en=None), ("fr", "en")
    )
    assert isinstance(named, Layer)
    assert named.licence == {"fr": "CC BY 4.0", "en": "CC BY 4.0"}
    assert check_layers([found], {"surveyor-1908"}) == []
    (problem,) = check_layers([found], ())
    assert (problem.code, problem.message) == (
        "bad-geodata",
        'the source "surveyor-1908" is not in the bibliography',
    )


def feature(ident: str = "aune", form: str = "LineString", **geometry: Any) -> dict[str, Any]:
    properties = {"id": ident, "name_fr": "Aune", "name_en": "Aune"}
    shape = {"type": form, "coordinates": [[5.2, 45.5], [5.3, 45.4]]} | geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes"),
        (b"[]", "not a collection of features"),
        (b'{"precision_km": NaN}', "not JSON: NaN is not a number of JSON"),
        (layer(note_fr=None), '"note_fr" is missing'),
        (layer(licence_fr=None), '"licence_fr" is missing'),
        (layer(precision_km="near"), 'the precision "near" is not a number of kilometres'),
        (layer(features=[]), "the collection has no features"),
        (layer(features=[{"properties": None, "geometry": None}]), "a feature has no id"),
        (layer(features=[feature() | {"geometry": None}]), 'the feature "aune" has no geometry'),
        (
            layer(features=[feature(form="Point")]),
            'the feature "aune" is a Point, neither a line nor an area',
        ),
        (
            layer(features=[feature(coordinates=[[700000, 6600000], [705000, 6605000]])]),
            'the feature "aune": 700000, 6600000 is no longitude and latitude',
        ),
        (
            layer(features=[feature(coordinates=[[47.8, 118.5], [47.9, 118.6]])]),
            'the feature "aune": 47.8, 118.5 is no longitude and latitude',
        ),
        (
            layer(features=[feature(coordinates=[["5.2", "45.5"], ["5.3", "45.4"]])]),
            "the feature \"aune\": ['5.2', '45.5'] is not a pair of numbers",
        ),
        (layer(features=[feature(coordinates=[])]), 'the feature "aune": its coordinates are empty'),
        (
            layer(features=[feature(coordinates=[[5.2, 45.5]])]),
            'the feature "aune": a line of it has 1 points',
        ),
        (layer(features=[feature(), feature()]), 'the feature "aune" stands twice'),
    ],
)
def test_geodata_that_cannot_be_used_is_a_problem(raw: bytes, said: str) -> None:
    found = read_layer("aune.geojson", raw, ("fr", "en"))
    assert isinstance(found, list)
    assert [(problem.code, problem.message) for problem in found] == [("bad-geodata", said)]


def test_what_lies_in_the_theatre_only_if_turned_over_is_swapped() -> None:
    swapped = layer(features=[feature(coordinates=[[45.5, 5.2], [45.4, 5.3]])])
    found = read_layer("aune.geojson", swapped, ("fr", "en"))
    assert isinstance(found, Layer)
    (problem,) = check_outlines(found, (), (40, 0, 50, 10))
    assert problem.message == 'the feature "aune" lies outside the theatre'
    assert problem.hint.startswith("are latitude and longitude swapped?")


def test_a_frame_may_lie_across_the_180th_meridian() -> None:
    plan = project((-20, 175, -10, -175), 500)
    west, middle, east = (plan.pixel(-15, lon)[0] for lon in (175, 180, -175))
    assert west < middle < east
    assert middle == pytest.approx(250, abs=1)
    line = ((176.0, -15.0), (-176.0, -14.0))
    assert plan.meets(line, closed=False)
    assert len(plan.runs(line)) == 1


def test_an_area_larger_than_the_frame_is_drawn() -> None:
    plan = project((44.0, 4.0, 46.0, 6.0), 500)
    around = ((0.0, 40.0), (10.0, 40.0), (10.0, 50.0), (0.0, 50.0), (0.0, 40.0))
    assert plan.meets(around, closed=True)
    assert len(plan.outline(around)) == 5


@pytest.mark.parametrize(
    ("lat", "lon", "english", "french"),
    [
        ("45.5", "5.25", "45.5° N, 5.25° E", "45,5° N, 5,25° E"),
        ("-45.5", "-5.25", "45.5° S, 5.25° W", "45,5° S, 5,25° O"),
        ("0", "0", "0° N, 0° E", "0° N, 0° E"),
    ],
)
def test_coordinates_say_their_hemispheres(lat: str, lon: str, english: str, french: str) -> None:
    said = [position_text(Decimal(lat), Decimal(lon), language) for language in load_languages(["en", "fr"])]
    assert said == [english, french]


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("0", "47.69812° N, 118.5° W"),
        ("0.1", "47.698° N, 118.5° W"),
        ("1", "47.70° N, 118.5° W"),
        ("5", "47.70° N, 118.5° W"),
        ("10", "47.7° N, 118.5° W"),
        ("100", "48° N, 118° W"),
        ("5000", "48° N, 118° W"),
    ],
)
def test_coordinates_have_as_many_decimals_as_are_known_of_them(
    within: str, said: str, english: Language
) -> None:
    assert position_text(Decimal("47.69812"), Decimal("-118.5"), english, Decimal(within)) == said


def test_a_stepper_has_a_link_to_each_step_and_each_step_its_figure(tiny: Inputs, english: Language) -> None:
    stepper = tiny.documentary.steppers["boats"]
    figures = {ident: drawn(tiny, english, ident) for ident in stepper.figures}
    html = stepper_html(
        stepper, figures, lambda ident: f'<figure data-figure="{ident}"></figure>', english, str
    )
    tree = LexborHTMLParser(html)
    links = [a.attributes["href"] for a in tree.css("nav a")]
    assert links == ["#step-boats-1", "#step-boats-2"]
    assert [a.attributes["aria-label"] for a in tree.css("nav a")] == [
        "Step 1 of 2 – The keeper reads the gauge",
        "Step 2 of 2 – The boats arrive",
    ]
    steps = tree.css(".stepper-step")
    assert [step.attributes["id"] for step in steps] == ["step-boats-1", "step-boats-2"]
    assert [[f.attributes["data-figure"] for f in step.css("figure")] for step in steps] == [
        ["boats-1"],
        ["boats-2"],
    ]
    ways = [[a.attributes["href"] for a in step.css(".stepper-ways a")] for step in steps]
    assert ways == [["#step-boats-2"], ["#step-boats-1"]]
    assert tree.css_first(".stepper-track").attributes["tabindex"] == "0"  # type: ignore[union-attr]
