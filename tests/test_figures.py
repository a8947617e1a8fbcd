"""What a figure of each kind shows, says and refuses."""

# A cell, or an option, may hold anything.

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import pytest
from babel.messages.catalog import Catalog

from generator.figures import KINDS, NARROW, WIDE, Figure, Spec, draw_figure
from generator.figures.canvas import Canvas
from generator.figures.labels import LabelField, Mark, fitting_labels
from generator.figures.time_axis import Window, day_after
from generator.language import Language, make_language
from generator.language.catalogs import load_languages
from generator.ledger import edtf
from generator.ledger.model import Claim, Entity, Event, Ledger, Provenance, Side, Topic, Word
from generator.pages.figure_block import figure_html
from generator.problems import Location
from generator.site.project import figure_csv
from tests.conftest import sources_of

PLACE = Location("documentary.toml", 7)
SCRIPT = "<script>alert(1)</script> & co"


def claim(id_: str, **cells: Any) -> Claim:
    numbers = {
        key: None if cells.get(key) is None else Decimal(cells[key]) for key in ("low", "best", "high")
    }
    date = cells.get("date", "1700-05-10")
    return Claim(
        id=id_,
        table="claims",
        topic=cells.get("topic", "t-lost"),
        side=cells.get("side", "red"),
        measure=cells.get("measure", "boats"),
        scope=cells.get("scope", "sunk"),
        **numbers,
        unit=cells.get("unit", "boat"),
        date=edtf.parse(date) if date else None,
        phase="",
        subject=cells.get("subject", ""),
        nature=cells.get("nature", "historian"),
        part_of=cells.get("part_of", ""),
        provenance=Provenance(cells.get("source", "smith"), cells.get("locator", "p. 3")),
        rank=cells.get("rank", "normal"),
        reason={},
        note={"en": cells.get("note", ""), "fr": ""},
        location=PLACE,
        apart=cells.get("nature") == "enemy-claim",
    )


def event(id_: str, date: str, **cells: Any) -> Event:
    return Event(
        id=id_,
        topic="",
        date=edtf.parse(date),
        time=cells.get("time", ""),
        title={"en": cells.get("title", id_), "fr": cells.get("title", id_)},
        text={},
        place="",
        actors=(),
        lane=cells.get("lane", "sea"),
        side="red",
        phase="",
        importance=cells.get("importance", 1),
        provenance=Provenance("smith"),
        rank="normal",
        reason={},
        location=PLACE,
    )


def entity(id_: str, table: str = "units", **cells: Any) -> Entity:
    return Entity(
        id=id_,
        table=table,
        name={"en": cells.get("name", id_), "fr": cells.get("name", id_)},
        side=cells.get("side", "red"),
        kind=cells.get("kind", ""),
        provenance=Provenance("smith"),
        cells=cells,
        location=PLACE,
    )


#: A place and a movement, which only a map draws.
MOVES = (
    entity("p-bay", "places", lat=Decimal(45), lon=Decimal(5), precision_km=Decimal(2)),
    entity("mv-fleet", "movements", kind="attack", path="p-bay W 9; p-bay"),
)


def ledger(
    *claims: Claim,
    events: tuple[Event, ...] = (),
    author: str = "Smith",
    entities: tuple[Entity, ...] | None = None,
) -> Ledger:
    words = ("boats", "sunk", "afloat", "boat", "historian", "enemy-claim", "sea", "shore")
    topics = {one.topic for one in claims} | {"t-lost"}
    return Ledger(
        languages=("fr", "en"),
        claims={one.id: one for one in claims},
        events={one.id: one for one in events},
        entities={one.id: one for one in (*(UNITS if entities is None else entities), *MOVES)},
        topics={id_: Topic(id_, "losses", {"fr": id_, "en": id_}, {}, PLACE) for id_ in sorted(topics)},
        sides={
            id_: Side(id_, n, {"fr": id_, "en": id_}, {}, colour, symbol, "")
            for n, (id_, colour, symbol) in enumerate(
                [("red", "#aa0000", "circle"), ("blue", "#0000aa", "square")]
            )
        },
        words={id_: Word(id_, "measure", {"fr": id_, "en": id_}, {}, {}, PLACE) for id_ in words},
        names=(),
        corrections=(),
        sources=sources_of(
            {"id": "smith", "author": [{"family": author}], "issued": {"date-parts": [[1901]]}},
            {"id": "jones", "author": [{"family": "Jones"}], "issued": {"date-parts": [[1950]]}},
            {"id": "anon", "title": "Undated leaf"},
        ),
    )


UNITS = (
    entity("fleet", commander="ann", phase="spring;summer"),
    entity("squadron", parent="fleet", phase="summer"),
    entity("sloop", name=SCRIPT, parent="squadron", commander="bob;cyd", phase="spring;summer"),
    entity("galley", parent="fleet", phase="spring", side="blue"),
    entity("ann", "people", name="Ann"),
    entity("bob", "people", name="Bob", death=edtf.parse("1700-05-10")),
    entity("cyd", "people", name="Cyd"),
)


def spec(kind: str, **options: Any) -> Spec:
    return Spec("losses", kind, {"fr": "Pertes", "en": "Losses"}, {"fr": "", "en": ""}, options, PLACE)


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Language:
    return make_language(request.param, Catalog(locale=request.param))


EN = make_language("en", Catalog(locale="en"))
RIVALS = (
    claim("a", best=9703, rank="preferred"),
    claim("b", low=8000, high=12500, source="jones", date="1700-06"),
    claim("c", low=10000, source="jones", scope="afloat", date="1700-07~"),
    claim("d", high=45000, source="anon", nature="enemy-claim", side="blue", date="1700-08"),
)
EVENTS = (
    event("e-phase", "1700-05/1700-06", title="The spring"),
    event("e-1", "1700-05-10", title="Boats leave", time="05:45"),
    event("e-2", "1700-06~", title="A storm", lane="shore"),
    event("e-3", "1700-06-01/1700-06-20", title="A long chase"),
)
NAME = {"en": "Left", "fr": "Reste"}
MOMENTS = [{"label": {"en": "Spring", "fr": "Printemps"}, "topics": ["t-lost"]}]
OPTIONS: dict[str, dict[str, Any]] = {
    "ranges": {"topics": ["t-lost"]},
    "moments": {"moments": MOMENTS},
    "timeline": {"phases": ["e-phase"]},
    "time-series": {
        "topics": ["t-lost"],
        "series": [{"label": {"en": "Smith", "fr": "Smith"}, "claims": ["a", "b"]}],
    },
    "publication-years": {"topics": ["t-lost"]},
    "breakdown": {"topics": ["t-lost"], "whole": ["afloat"]},
    "map": {"frame": [44.8, 4.8, 45.2, 5.2], "places": ["p-bay"], "movements": ["mv-fleet"]},
    "waterfall": {"steps": [{"claim": "a", "label": NAME}, {"way": "rest", "label": NAME}]},
    "tree": {"columns": [["fleet"]]},
    "clock": {"events": ["e-1"]},
    "comparison": {"topics": ["t-lost"]},
    "stages": {"source": "smith", "stages": [{"label": {"en": SCRIPT, "fr": SCRIPT}, "events": ["e-1"]}]},
}
COUNTING = [kind for kind in OPTIONS if kind not in {"timeline", "tree", "stages", "clock", "map"}]


class Drawn:
    """A figure, and its drawing at one width as plain JSON values."""

    def __init__(self, figure: Figure, width: int) -> None:
        self.figure = figure
        self.plot = figure.draw(width)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.figure, name)


def drawn(kind: str, book: Ledger, language: Language = EN, width: int = WIDE, **options: Any) -> Drawn:
    figure = draw_figure(spec(kind, **(options or OPTIONS[kind])), book, language)
    assert isinstance(figure, Figure), figure
    return Drawn(figure, width)


def refused(kind: str, book: Ledger, **options: Any) -> list[str]:
    """Return what is wrong with a figure, each with what to do about it."""
    problems = draw_figure(spec(kind, **options), book, EN)
    assert isinstance(problems, list)
    assert {problem.location for problem in problems} == {PLACE}
    assert {problem.code for problem in problems} <= {"bad-figure", "empty-figure"}
    said = (problem.message.removeprefix('figure "losses"').removeprefix(":").strip() for problem in problems)
    return [": ".join(filter(None, pair)) for pair in zip(said, (one.hint for one in problems), strict=True)]


def marks(figure: Drawn) -> dict[str, list[Any]]:
    """Return the numbers that the marks of each claim stand at."""
    found: dict[str, list[Any]] = {}
    for trace in figure.plot["data"]:
        upright = figure.plot["layout"]["yaxis"].get("range", [1])[0] == 0
        along = trace["y"] if upright and trace["type"] != "bar" else trace["x"]
        for id_, value in zip(trace.get("customdata", []), along, strict=False):
            found.setdefault(id_, []).append(value)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_plotly_accepts_the_plot_and_json_keeps_it(kind: str, language: Language) -> None:
    figure = drawn(kind, ledger(*RIVALS, events=EVENTS), language)
    accepted = go.Figure(figure.plot).to_plotly_json()  # raises where an option is none of Plotly's, or wrong
    assert set(figure.plot["layout"]) <= set(accepted["layout"])
    assert json.loads(json.dumps(figure.plot, allow_nan=False)) == figure.plot
    uids = [trace["uid"] for trace in figure.plot["data"]]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_drawing_says_what_the_wide_one_says(kind: str) -> None:
    book = ledger(*RIVALS, events=EVENTS)
    wide, narrow = (drawn(kind, book, width=width) for width in (WIDE, NARROW))
    assert [one.plot["layout"]["width"] for one in (wide, narrow)] == [WIDE, NARROW]
    if kind != "map":  # whose marks stand where the pixels of a place are
        assert marks(narrow) == marks(wide)


@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_drawing_leaves_most_of_its_width_to_the_marks(kind: str) -> None:
    margin = drawn(kind, ledger(*RIVALS, events=EVENTS), width=NARROW).plot["layout"]["margin"]
    assert margin["l"] + margin["r"] < NARROW / 3


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_twice_gives_the_same_bytes(kind: str) -> None:
    book = ledger(*RIVALS, events=EVENTS)
    assert json.dumps(drawn(kind, book).plot) == json.dumps(drawn(kind, book).plot)


@pytest.mark.parametrize("kind", ["ranges", "moments", "time-series", "comparison"])
def test_plot_table_csv_and_alternative_text_say_the_same_numbers(kind: str) -> None:
    figure = drawn(kind, ledger(*RIVALS))
    values = {cell.record_id: cell for row in figure.table_rows for cell in row if cell.record_id}
    assert list(values) == list(figure.record_ids)
    assert {id_: cell.value for id_, cell in values.items()} == {
        "a": "9703",
        "b": "8000/12500",
        "c": "10000/..",
        "d": "../45000",
    }
    assert marks(figure) == {"a": [9703], "b": [8000, 12500], "c": [10000], "d": [45000]}
    for cell in values.values():
        assert cell.text in figure.alt
    lines = list(csv.DictReader(io.StringIO(figure_csv(figure.figure).decode())))
    assert {line["claim"]: line["value"] for line in lines} == {id_: c.value for id_, c in values.items()}


def test_a_preferred_claim_is_bold_and_what_one_side_says_of_another_hollow_and_apart() -> None:
    plot = drawn("ranges", ledger(*RIVALS)).plot
    labels = plot["layout"]["yaxis"]["ticktext"]
    assert [label.startswith("<b>") for label in labels] == [False, True, False, False]
    enemy = next(trace for trace in plot["data"] if "apart-dots" in trace["uid"])
    assert enemy["customdata"] == ["d"]
    assert len(plot["layout"]["shapes"]) == 1


@pytest.mark.parametrize("kind", ["ranges", "moments", "time-series", "publication-years", "comparison"])
def test_a_mark_at_the_end_of_the_axis_is_drawn_whole(kind: str) -> None:
    data = drawn(kind, ledger(claim("a", best=0), claim("b", best=2))).plot["data"]
    dots = [trace for trace in data if trace.get("mode") == "markers" or "marker" in trace]
    assert [trace["cliponaxis"] for trace in dots if trace["type"] == "scatter"] != []
    assert all(trace["cliponaxis"] is False for trace in dots if trace["type"] == "scatter")


@pytest.mark.parametrize(("rows", "twice"), [(3, False), (40, True)])
@pytest.mark.parametrize("log", [False, True])
def test_a_drawing_taller_than_a_screen_has_its_axis_above_the_rows_too(
    rows: int, *, twice: bool, log: bool
) -> None:
    book = ledger(*(claim(f"c{number}", best=10 + number) for number in range(rows)))
    layout = drawn("ranges", book, width=NARROW, **OPTIONS["ranges"], log=log).plot["layout"]
    axis = layout["xaxis"]
    places = [math.log10(tick) if log else tick for tick in axis["tickvals"]]
    above = [
        (one["x"], one["text"])
        for one in layout["annotations"]
        if one["xref"] == "x" and one.get("yref") == "y domain"
    ]
    assert above == (list(zip(places, axis["ticktext"], strict=True)) if twice else [])


def test_an_end_that_is_unknown_is_an_arrow() -> None:
    arrows = [a for a in drawn("ranges", ledger(*RIVALS)).plot["layout"]["annotations"] if a["showarrow"]]
    assert [(a["x"], a["xshift"] > 0) for a in arrows] == [(10000, True), (45000, False)]


def test_a_range_without_best_has_a_mark_at_each_end_and_no_dot() -> None:
    figure = drawn("ranges", ledger(claim("b", low=3, high=7)))
    dots = figure.plot["data"][-1]
    assert dots["x"] == [3, 7]
    assert dots["marker"]["symbol"] == ["line-ns-open", "line-ns-open"]


def test_where_nothing_is_preferred_the_bar_ends_at_the_lowest_and_a_line_reaches_the_highest() -> None:
    book = ledger(claim("a", best=5), claim("b", best=9), claim("x", best=1, nature="enemy-claim"))
    data = drawn("moments", book).plot["data"]
    assert data[0]["x"] == [5]
    assert data[1]["x"] == [5, 9, None]


@pytest.mark.parametrize("kind", COUNTING)
def test_one_row_is_enough_even_a_zero(kind: str) -> None:
    figure = drawn(kind, ledger(claim("a", best=0), claim("b", best=0, topic="t-other")))
    assert len(figure.table_rows) == len(figure.record_ids)


@pytest.mark.parametrize("kind", ["ranges", "moments", "time-series", "comparison", "breakdown", "timeline"])
def test_no_rows_are_a_problem(kind: str) -> None:
    options = {key: value for key, value in OPTIONS[kind].items() if key in {"topics", "moments"}}
    assert refused(kind, ledger(), **options) == ["finds no row to draw"]


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_a_cell_stays_text(kind: str) -> None:
    evil = (claim("a", best=4, note=SCRIPT, locator=SCRIPT), claim("b", best=2))
    events = (event("e-1", "1700-05-10", title=SCRIPT, time="05:45"), *EVENTS[:1])
    figure = drawn(kind, ledger(*evil, events=events, author=SCRIPT))
    text = json.dumps(figure.plot)
    assert "<script" not in text
    assert "&lt;script" in text
    assert " & " not in text


def test_a_source_without_a_year_is_in_the_table_only() -> None:
    figure = drawn("publication-years", ledger(*RIVALS))
    assert figure.record_ids == ("a", "b", "c", "d")
    assert "d" not in marks(figure)


def test_only_claims_that_the_settings_join_share_a_line() -> None:
    book = ledger(claim("a", best=1), claim("b", best=2, date="1700-06"), claim("c", best=7))
    lines = [t for t in drawn("time-series", book).plot["data"] if "-line-" in t["uid"]]
    assert [line["y"] for line in lines] == [[1, 2]]


def test_a_label_keeps_clear_of_a_line_where_it_can() -> None:
    mark = Mark(50, 50, 50, 50, "12", "#000000")
    anchors = [
        fitting_labels([mark], LabelField(100, 100, lines=lines))[0]["xanchor"]
        for lines in ((), [(60, 48, 90, 52)])
    ]
    assert anchors == ["left", "center"]


@pytest.mark.parametrize(("above", "below", "shift"), [(30, 0, 36), (0, 30, 6)])
def test_a_label_over_an_open_end_stands_beyond_its_arrow(above: int, below: int, shift: int) -> None:
    # To the right and to the left is a mark without a label.
    beside = [Mark(x, 50, x, 50, "", "#000000") for x in (70, 30)]
    mark = Mark(50, 50, 50, 50, "12", "#000000", above, below)
    (label,) = fitting_labels([mark, *beside], LabelField(100, 100))
    assert (label["yanchor"], label["yshift"]) == ("bottom", shift)


def test_no_label_covers_the_arrow_of_another_mark() -> None:
    arrow = Mark(70, 80, 70, 80, "", "#000000", above=40)
    mark = Mark(50, 50, 50, 50, "12", "#000000")
    (label,) = fitting_labels([mark, arrow], LabelField(100, 100))
    assert label["xanchor"] == "center"


def test_a_share_is_computed_from_one_source_and_said_to_be_computed() -> None:
    book = ledger(
        claim("all", best=200, scope="afloat"),
        claim("part", best=50),
        claim("other", best=50, source="jones"),
    )
    figure = drawn("breakdown", book)
    assert [row[-1].value for row in figure.table_rows] == ["", "0.2500", ""]
    assert "computed" in figure.caption
    assert figure.table_head[-1] == "Share (computed)"


def steps(*asked: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"claim": id_, "way": way, "label": NAME} for id_, way in asked]


def test_a_total_that_its_parts_do_not_make_is_drawn_with_both_figures() -> None:
    book = ledger(claim("a", best=33), claim("b", best=4, topic="t-b"), claim("all", best=38, topic="t-all"))
    figure = drawn("waterfall", book, steps=steps(("a", "add"), ("b", "add"), ("all", "total")))
    assert [(bar["base"], bar["x"]) for bar in figure.plot["data"]] == [([0], [33]), ([33], [4]), ([0], [38])]
    texts = [one["text"] for one in figure.plot["layout"]["annotations"]]
    assert texts == ["+ 33", "+ 4", "<b>= 38</b><br>(the parts make 37)"]
    assert [s["x0"] for s in figure.plot["layout"]["shapes"] if s["line"]["width"] == 3] == [37]
    assert figure.alt.endswith("Left: the parts make 37.")


def test_what_is_left_is_computed_and_said_to_be_computed() -> None:
    book = ledger(claim("a", best=9), claim("b", best=5, topic="t-b"))
    taken = [*steps(("a", "total"), ("b", "take")), {"way": "rest", "label": NAME}]
    figure = drawn("waterfall", book, steps=taken)
    assert figure.plot["data"][-1]["x"] == [4]
    assert "computed" in figure.caption
    assert figure.alt.endswith("Left: 4.")


def test_another_answer_to_a_step_is_said_beside_it() -> None:
    book = ledger(claim("a", best=33), claim("b", best=34))
    figure = drawn("waterfall", book, steps=steps(("a", "add")))
    assert figure.plot["layout"]["annotations"][-1]["text"] == "+ 33<br>(elsewhere 34)"
    assert figure.record_ids == ("a", "b")


def test_the_parts_of_a_total_are_no_rivals_of_it_nor_of_each_other() -> None:
    book = ledger(
        claim("all", best=30), claim("a", best=21, part_of="all"), claim("b", best=8, part_of="all")
    )
    figure = drawn("waterfall", book, steps=steps(("a", "add"), ("b", "add"), ("all", "total")))
    assert "elsewhere" not in json.dumps(figure.plot["layout"]["annotations"])


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (steps(("b", "add")), 'a step needs a single figure, and "b" has none: choose another claim'),
        (steps(("a", "ad")), '"ad" is not known here: did you mean "add"?'),
        (steps(("c", "take")), '"c" takes more than there is: mend the order of the steps'),
        (steps(("cc", "add")), 'claim names "cc", which does not exist: did you mean "c"?'),
        ([{"label": NAME}], "needs claim"),
    ],
)
def test_a_step_that_cannot_be_drawn_is_a_problem(taken: list[dict[str, Any]], said: str) -> None:
    book = ledger(claim("a", best=1), claim("b", low=2, high=3), claim("c", best=4))
    assert refused("waterfall", book, steps=taken) == [said]


def branches(figure: Drawn) -> list[tuple[str, str, str]]:
    """Return each unit of a tree, what it is under, and its commanders."""
    return [(row[0].record_id, row[1].text, row[3].text) for row in figure.table_rows]


def test_a_tree_puts_each_unit_under_the_nearest_one_that_is_there() -> None:
    figure = drawn("tree", ledger(), columns=[["fleet"]], phase="spring")
    assert branches(figure) == [
        ("fleet", "", "Ann"),
        ("sloop", "fleet", "Bob and Cyd"),
        ("galley", "fleet", ""),
    ]
    assert "fleet: <script>alert(1)</script> & co and galley" in figure.alt
    assert figure.record_ids == ("fleet", "sloop", "galley")


def test_the_rows_of_a_tree_lead_to_the_entries_of_its_units() -> None:
    inputs: Any = SimpleNamespace(ledger=ledger())
    links: Any = SimpleNamespace(to=lambda table, id_, _: f"{table}#{id_}", to_figure=lambda *_: "")
    page = figure_html(drawn("tree", ledger()).figure, inputs, EN, links, "may.html")
    assert '<a href="units#galley">galley</a>' in page


def test_a_tree_names_no_commander_who_was_dead_by_then() -> None:
    figure = drawn("tree", ledger(), columns=[["squadron"]], on="1700-06-01")
    assert branches(figure)[1] == ("sloop", "squadron", "Cyd")
    assert "(Cyd)" in json.dumps(figure.plot["layout"]["annotations"])


def test_one_unit_may_stand_in_for_another_and_some_are_left_out() -> None:
    figure = drawn(
        "tree", ledger(), columns=[["galley"]], instead={"fleet": "galley"}, leave_out=["squadron"]
    )
    assert branches(figure) == [("galley", "", ""), ("sloop", "galley", "Bob and Cyd")]


def test_the_columns_of_a_tree_stand_side_by_side_or_one_below_the_other() -> None:
    asked = {"columns": [["squadron"], ["galley"]]}
    wide, narrow = (drawn("tree", ledger(), width=width, **asked) for width in (WIDE, NARROW))
    assert [trace["x"][0] for trace in wide.plot["data"][1:]] == [8, 386]
    assert [trace["x"][0] for trace in narrow.plot["data"][1:]] == [8, 8]
    assert narrow.plot["layout"]["height"] > wide.plot["layout"]["height"]


NIGHT = (
    event("e-dusk", "1700-05-10", time="21:00"),
    event("e-gale", "1700-05-11", time="02:00/08:00"),
    event("e-dawn", "1700-05-11", time="05:45"),
)


def test_hours_run_over_midnight_from_the_first_day_drawn() -> None:
    figure = drawn("clock", ledger(events=NIGHT), events=["e-dawn", "e-gale", "e-dusk"])
    assert [(t["customdata"][0], t["x"]) for t in figure.plot["data"]] == [
        ("e-dusk", [1260]),
        ("e-gale", [1560, 1920]),
        ("e-dawn", [1785]),
    ]
    assert [s["x0"] for s in figure.plot["layout"]["shapes"]] == [1440]
    assert figure.table_rows[1][0].value == "1700-05-11T02:00/08:00"


def test_how_long_something_lasted_is_drawn_from_its_hour_and_ends_at_a_computed_one() -> None:
    book = ledger(claim("a", best="3.5", unit="hour"), events=NIGHT)
    lasting = [{"event": "e-dawn", "claim": "a", "minutes": 60}]
    figure = drawn("clock", book, events=["e-dawn"], lasting=lasting)
    assert [t["x"] for t in figure.plot["data"]] == [[345], [345, 555]]
    assert figure.plot["layout"]["yaxis"]["ticktext"][1].endswith("3.5 hour, until<br>9:15")
    assert figure.table_rows[1][0].value == "3.5"
    assert "Smith 1901: 3.5 hour" in figure.alt


def test_each_subject_has_a_line_for_each_measure_under_its_side() -> None:
    book = ledger(
        claim("a", low=6, high=13, measure="sunk", subject="sloop"),
        claim("b", low=6, high=23, measure="sunk", subject="sloop", source="jones"),
        claim("c", best=45, measure="boats", subject="sloop", topic="t-c"),
        claim("d", best=57, measure="boats", subject="galley", topic="t-c", side="blue"),
    )
    figure = drawn("comparison", book, topics=["t-lost", "t-c"], measures=["sunk", "boats"])
    looks = {t["customdata"][0]: (t["mode"], t["marker"]["symbol"]) for t in figure.plot["data"]}
    bar, mark = ("lines+markers", "line-ns-open"), ("markers", "triangle-right")
    assert looks == {"a": bar, "b": bar, "c": mark, "d": mark}
    heights = {t["customdata"][0]: t["y"][0] for t in figure.plot["data"]}
    assert heights["a"] == heights["b"] < heights["c"] < heights["d"]
    texts = [one["text"] for one in figure.plot["layout"]["annotations"]]
    assert texts == [
        "▬",
        "sunk",
        "▶",
        "boats",
        "<b>red</b>",
        "<b>blue</b>",
        "6–13 or 6–23",
        "45",
        "57",
    ]


PLAN = [
    {"label": {"en": "Go out", "fr": "Sortir"}, "events": ["e-1", "e-2"]},
    {"label": {"en": "Come back", "fr": "Rentrer"}, "doubtful": True},
]


def test_a_stage_that_was_only_considered_is_hollow_dotted_and_said() -> None:
    figure = drawn("stages", ledger(events=EVENTS), source="jones", stages=PLAN)
    assert [t["marker"]["symbol"] for t in figure.plot["data"]] == ["circle", "circle-open"]
    assert [s["line"]["dash"] for s in figure.plot["layout"]["shapes"]] == ["dot"]
    assert "Come back (only considered)" in json.dumps(figure.plot["layout"]["annotations"])


def test_what_happened_of_a_stage_leads_to_its_events_and_a_claim_to_its_row() -> None:
    book = ledger(claim("a", best=2), events=EVENTS)
    figure = drawn("stages", book, source="jones", stages=PLAN, claims=["a"])
    cells = [cell for row in figure.table_rows for cell in row if cell.record_id]
    assert [(cell.record_id, cell.value) for cell in cells] == [
        ("e-1", "1700-05-10"),
        ("e-2", "1700-06~"),
        ("a", "2"),
    ]
    assert figure.sources == ("jones", "smith")
    assert figure.alt.endswith("1. Go out; 2. Come back; 2 boat.")


def test_a_date_the_source_leaves_open_is_pale_and_dotted() -> None:
    data = drawn("timeline", ledger(events=EVENTS), lanes=["sea", "shore"]).plot["data"]
    pale = [trace for trace in data if trace["opacity"] < 1]
    assert [sorted(set(trace["customdata"])) for trace in pale] == [["e-2"]]
    assert pale[0]["line"]["dash"] == "dot"


def test_on_a_scale_of_years_a_year_is_exact_and_a_short_span_a_mark() -> None:
    book = ledger(events=(event("e-a", "1700"), event("e-b", "1710~"), event("e-c", "1701/1740")))
    figure = drawn("timeline", book, lanes=["sea"], **{"from": "1690", "to": "1789"})
    looks = {t["customdata"][0]: (t["mode"], t["opacity"] < 1) for t in figure.plot["data"]}
    assert looks == {"e-a": ("markers", False), "e-b": ("markers", True), "e-c": ("lines+markers", False)}
    assert figure.plot["layout"]["xaxis"]["ticktext"][:2] == ["1700", "1720"]


@pytest.mark.parametrize("date", ["0001", "0001-01-01", "9999", "9999-12-31", "9998/9999-12"])
@pytest.mark.parametrize("kind", ["timeline", "time-series"])
def test_the_first_and_the_last_year_there_is_can_be_drawn(kind: str, date: str) -> None:
    book = ledger(claim("a", best=1, date=date), events=(event("e-a", date),))
    options = {"timeline": {"lanes": ["sea"]}, "time-series": {"topics": ["t-lost"]}}
    figure = drawn(kind, book, **options[kind])
    assert figure.record_ids == ({"timeline": "e-a", "time-series": "a"}[kind],)


def test_events_that_the_settings_choose_are_drawn_alone_and_named() -> None:
    minor = event("e-4", "1700-05-20", title="A quarrel", importance=3)
    figure = drawn("timeline", ledger(events=(*EVENTS, minor)), events=["e-4"])
    assert figure.record_ids == ("e-4",)
    assert "A quarrel" in json.dumps(figure.plot["layout"]["annotations"])


def test_names_go_down_to_the_importance_that_the_settings_say() -> None:
    book = ledger(events=(event("e-1", "1700-05-10", title="A quarrel", importance=2),))
    texts = [json.dumps(drawn("timeline", book, named=n).plot["layout"].get("annotations")) for n in (1, 2)]
    assert ["A quarrel" in text for text in texts] == [False, True]


def test_the_alternative_text_counts_what_it_does_not_say() -> None:
    many = [claim(f"c{n}", best=n + 1) for n in range(9)]
    assert drawn("ranges", ledger(*many)).alt.endswith("; and 3 more.")
    assert "more" not in drawn("ranges", ledger(*many[:7])).alt


IDS = 'a list of ids, ["…"]'
TEXTS = 'a text in every language, { fr = "…", en = "…" }'
DATE = (
    'no date: "spring" is not YYYY, YYYY-MM or YYYY-MM-DD with ~, ? or %: write YYYY-MM-DD, YYYY-MM or YYYY'
)
GLOBE = "write frame = [south, west, north, east], in decimal degrees"


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("range", {}, ['there is no kind of figure "range": did you mean "ranges"?']),
        (
            "ranges",
            {"topics": ["t-lots"]},
            ['topics names "t-lots", which does not exist: did you mean "t-lost"?'],
        ),
        (
            "ranges",
            {"topic": ["t-lost"]},
            [f'"topics" is missing: add topics: {IDS}', 'there is no key "topic": did you mean "topics"?'],
        ),
        ("ranges", {"topics": []}, ["the list is empty: fill it"]),
        ("ranges", {"topics": "t-lost"}, [f'expected {IDS}, found "t-lost"']),
        ("ranges", {"topics": ["t-lost"], "log": "yes"}, ['expected true or false, found "yes"']),
        (
            "ranges",
            {"topics": ["t-lost"], "group_by": "sides"},
            ['"sides" is not known here: did you mean "side"?'],
        ),
        (
            "ranges",
            {"topics": ["t-lost", "t-far"]},
            ["counts different things on one axis: boat, mile: leave out a question, or make two figures"],
        ),
        (
            "moments",
            {},
            ['"moments" is missing: add moments: [[figure.moments]] tables with label and topics'],
        ),
        (
            "moments",
            {"moments": MOMENTS, "measure": "boat"},
            ['measure names "boat", which does not exist: did you mean "boats"?'],
        ),
        (
            "timeline",
            {"phases": ["e-phas"]},
            ['phases names "e-phas", which does not exist: did you mean "e-phase"?'],
        ),
        ("timeline", {"from": "spring"}, [DATE]),
        ("timeline", {"importance": "2"}, ['expected a whole number, found "2"']),
        ("breakdown", {"rows": [{"claims": ["q"]}]}, ['claims names "q", which does not exist']),
        ("stages", {"stages": PLAN[1:]}, ['"source" is missing: add source: the id of a source']),
        (
            "stages",
            {"source": "smith", "stages": [{**PLAN[1], "doubtful": 1}]},
            ["expected true or false, found the number 1"],
        ),
        (
            "stages",
            {"source": "smith", "stages": [{**PLAN[1], "text": "x"}]},
            [f'expected {TEXTS}, found "x"'],
        ),
        ("clock", {"events": ["e-2"]}, ['"e-2" has no hour: leave it out, or fill its time']),
        (
            "clock",
            {"events": ["e-1"], "lasting": [{"event": "e-1", "claim": "a"}]},
            ['"minutes" is missing: add minutes: a number of minutes'],
        ),
        (
            "tree",
            {"columns": [["fleets"]]},
            ['columns names "fleets", which does not exist: did you mean "fleet"?'],
        ),
        ("tree", {"columns": [["fleet"]], "on": "spring"}, [DATE]),
        (
            "tree",
            {"columns": [["fleet"]], "instead": "x"},
            ['expected a table of ids, { "old" = "new" }, found "x"'],
        ),
        (
            "map",
            {"frame": [118.2, 47.6, 118.9, 47.9]},
            [f"the frame does not lie on the globe: are latitude and longitude swapped? {GLOBE}"],
        ),
        ("map", {"frame": [46, 5, 45, 6]}, [f"the frame has no inside: {GLOBE}"]),
        (
            "map",
            {"frame": [45, 6, 46, 5]},
            [f"the frame is wider than half the globe: are west and east swapped? {GLOBE}"],
        ),
    ],
)
def test_wrong_settings_say_what_to_mend(kind: str, options: dict[str, Any], said: list[str]) -> None:
    book = ledger(*RIVALS, claim("far", best=3, unit="mile", topic="t-far"), events=EVENTS)
    assert refused(kind, book, **options) == said


def test_a_logarithmic_axis_refuses_a_zero() -> None:
    book = ledger(claim("a", best=0))
    assert refused("ranges", book, topics=["t-lost"], log=True) == [
        'a logarithmic axis cannot show "a": take log out'
    ]


@pytest.mark.parametrize(
    ("first", "last", "width", "named"),
    [
        ("1666-09-11", "1666-09-17", 760, ["11", "13", "15", "17"]),  # “11 September” has no room seven times
        ("1666-05-11", "1666-05-17", 760, ["11", "12", "13", "14", "15", "16", "17"]),
        ("1666-05-11", "1666-05-17", 340, ["11", "13", "15", "17"]),
        ("1666-09-11", "1666-09-17", 340, ["11", "16"]),
    ],
)
def test_an_axis_names_as_many_days_as_find_room(first: str, last: str, width: int, named: list[str]) -> None:
    [language] = load_languages(["en"])
    assert isinstance(language, Language)
    shown = Window(dt.date.fromisoformat(first), day_after(dt.date.fromisoformat(last)))
    canvas = SimpleNamespace(language=language, width=width, narrow=width < 760)
    texts = shown.axis(cast("Canvas", canvas))["ticktext"]
    assert [re.split(r"\D", text)[0] for text in texts] == named


#: 25 October and 26 October 1917 by the Julian calendar, two weeks later by ours.
JULIAN = {
    "timeline": {"lanes": ["sea"]},
    "time-series": {"topics": ["t-lost"]},
    "clock": {"events": ["e-1", "e-2"]},
}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Gregorian calendar"),
        ("fr", "calendrier grégorien"),
        ("ru", "григорианский календарь (новый стиль)"),
    ],
)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", JULIAN)
def test_an_axis_beside_julian_dates_says_of_what_calendar_its_days_are(
    kind: str, width: int, code: str, said: str
) -> None:
    [language] = load_languages([code])
    assert isinstance(language, Language)

    def axis_and_height(mark: str) -> tuple[dict[str, Any], int]:
        days = [f"1917-10-{day}{mark}" for day in (25, 26)]
        events = tuple(event(f"e-{n}", day, time="21:00") for n, day in enumerate(days, 1))
        claims = tuple(claim(f"c-{n}", best=n, date=day) for n, day in enumerate(days, 1))
        figure = drawn(kind, ledger(*claims, events=events), language, width, **JULIAN[kind])
        layout = figure.plot["layout"]
        return layout["xaxis"], layout["height"] - layout["margin"]["b"]

    (julian, tall), (plain, as_tall) = axis_and_height("J"), axis_and_height("")
    assert julian["title"]["text"] == said
    assert "title" not in plain
    assert tall == as_tall  # the words have room of their own below


def test_of_panels_that_share_their_days_the_lowest_names_the_calendar_and_else_each_does() -> None:
    def titles(panels: int) -> list[bool]:
        claims = (
            claim(f"c-{n}", best=1, date="1917-10-25J", measure=measure)
            for n, measure in enumerate(("boats", "sunk", "afloat")[:panels])
        )
        layout = drawn("time-series", ledger(*claims), topics=["t-lost"]).plot["layout"]
        return ["title" in layout[name] for name in sorted(layout) if name.startswith("xaxis")]

    assert titles(2) == [False, True]
    assert titles(3) == [True, True, True]


def test_a_julian_date_that_is_not_drawn_leaves_an_axis_as_it_is() -> None:
    book = ledger(events=(event("e-a", "1917-10-25J"), event("e-b", "1918-03-01")))
    options = {"lanes": ["sea"], "from": "1918-02", "to": "1918-04"}
    assert "title" not in drawn("timeline", book, **options).plot["layout"]["xaxis"]
