"""A page of days: what the ledger records of each day, drawn over one map, and what is not known of it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator import build as building
from generator.drawing.layers import joined, over, shared, showing
from generator.figures import Figure, draw_figure
from generator.figures.boxes import Box, about, free
from generator.figures.figure import NARROW, WIDE
from generator.figures.map.movements import PALE
from generator.figures.plotly import Plot
from generator.figures.text import long
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.days import Day, days_of, last_known, runs_of, with_phases
from generator.ledger.edtf import parse
from generator.ledger.model import Ledger
from generator.loading import Inputs, load, load_files
from generator.pages.days import (
    DaysPage,
    Telling,
    days_of_chapter,
    layers_of_days,
    pages_of_days,
    passing_over,
    tellings_of,
    told_events,
)
from generator.pages.days_data import days_data
from generator.settings import DaysOptions
from tests.conftest import TINY

CODES = ("fr", "en")
#: A place in a drawing, in pixels.
Point = tuple[float, float]
HOME = Path(__file__).parent.parent
FIRST, LAST = dt.date(1907, 4, 1), dt.date(1907, 4, 12)
GROUND = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 400" width="100%">'
    '<title id="g-title">Ground</title><desc id="g-desc">A map.</desc><path d="M0,0"/></svg>'
)
LAYER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 300" width="100%">'
    '<title id="l-title">Day</title><desc id="l-desc">Arrows.</desc>'
    '<defs><clipPath id="l-1"><rect width="338"/></clipPath></defs>'
    '<g clip-path="url(#l-1)" fill="none"><path d="M1,1"/></g></svg>'
)


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    found = load(TINY)
    assert isinstance(found, Inputs)
    return found


@pytest.fixture(scope="module")
def ledger(inputs: Inputs) -> Ledger:
    return inputs.ledger


@pytest.fixture(scope="module")
def checked() -> building.Checked:
    found = building.check(TINY, lambda _: None, formatted=True)
    assert isinstance(found, building.Checked)
    return found


def day(ledger: Ledger, number: int, **options: tuple[str, ...]) -> Day:
    return days_of(ledger, FIRST, LAST, **options)[number - 1]


def ids(rows: tuple[object, ...]) -> list[str]:
    return [str(getattr(row, "id")) for row in rows]  # noqa: B009 - records of several kinds


def test_every_day_from_the_first_to_the_last_is_there_once(ledger: Ledger) -> None:
    found = [one.ident for one in days_of(ledger, FIRST, LAST)]
    assert found == [f"1907-04-{number:02}" for number in range(1, 13)]


def test_an_event_is_told_on_its_first_day_and_named_on_those_it_goes_on(ledger: Ledger) -> None:
    assert ids(day(ledger, 1).events) == ["e-flood"]
    assert "e-flood" not in ids(day(ledger, 2).events)
    assert "e-flood" in ids(day(ledger, 2).around)
    assert "e-flood" not in ids(day(ledger, 10).around)


def test_events_of_a_day_stand_as_the_table_tells_them_and_those_with_an_hour_by_the_hour(
    ledger: Ledger,
) -> None:
    flood = ledger.events["e-flood"]
    moments = [("night", "00:20", 1), ("noon", "12:00", 3), ("dawn", "", 2), ("morning", "07:00", 3)]
    told = [replace(flood, id=name, time=hour, importance=weight) for name, hour, weight in moments]
    changed = replace(ledger, events={event.id: event for event in told})
    assert ids(day(changed, 1).events) == ["night", "morning", "dawn", "noon"]


@pytest.mark.parametrize(
    ("code", "title", "time", "said"),
    [
        ("en", "The crest passes at 12:00", "12:00", ""),
        ("en", "The watch, from 02:00 to 08:00", "02:00/08:00", ""),
        ("en", "Before 08:00", "02:00/08:00", "02:00–08:00"),
        ("en", "The crest passes", "12:00", "12:00"),
        ("fr", "La crue à 7 heures", "07:00", ""),
        ("fr", "La crue à 17 heures", "07:00", "7 h"),
        ("fr", "La crue à 7 h 30", "07:00", "7 h"),
        ("fr", "La crue à 7 h 30", "07:30", ""),
    ],
)
def test_an_hour_is_said_where_the_title_does_not_say_it(
    code: str, title: str, time: str, said: str, inputs: Inputs
) -> None:
    language = next(one for one in load_languages([code]) if isinstance(one, Language))
    event = replace(inputs.ledger.events["e-crest"], title={code: title}, time=time)
    data = days_data(days_page(inputs), inputs.ledger, language, {})
    assert " ".join(data["hour"](event).split()) == said


@pytest.mark.parametrize(
    ("code", "title", "is_said"),
    [
        ("en", "Houses flooded, 2–3 April", False),
        ("en", "Houses flooded, 2–3 April 1907", False),
        ("en", "Houses flooded, 12–3 April", True),
        ("en", "Houses flooded, 2–9 April", True),
        ("fr", "Maisons inondées, 2-3 avril", False),
        ("fr", "Maisons inondées, début avril", True),
    ],
)
def test_the_date_of_a_count_is_said_where_its_question_does_not_say_it(
    code: str, title: str, is_said: bool, inputs: Inputs
) -> None:
    language = next(one for one in load_languages([code]) if isinstance(one, Language))
    data = days_data(days_page(inputs), inputs.ledger, language, {})
    assert bool(data["dated"](title, parse("1907-04-02/1907-04-03"))) == is_said


def test_a_position_is_drawn_from_its_first_day_to_its_last(ledger: Ledger) -> None:
    drawn = [one.date.day for one in days_of(ledger, FIRST, LAST) if "mv-keeper" in ids(one.movements)]
    assert drawn == list(range(3, 13))


def test_what_may_have_been_on_any_of_several_days_is_drawn_on_none(ledger: Ledger) -> None:
    assert [one for one in days_of(ledger, FIRST, LAST) if "mv-boats" in ids(one.movements)] == []
    assert ids(day(ledger, 10).unplaced) == ["mv-boats"]
    assert ids(day(ledger, 9).unplaced) == []
    assert "e-boats" in ids(day(ledger, 11).around)


def test_a_count_of_one_day_stands_there_and_one_of_several_where_they_end(ledger: Ledger) -> None:
    assert ids(day(ledger, 3).claims) == ["d-level"]
    assert ids(day(ledger, 9).counted) == ["d-flooded-survey"]
    assert ids(day(ledger, 8).counted) == []


def test_what_is_dated_to_a_month_or_a_year_is_of_no_day(ledger: Ledger) -> None:
    days = days_of(ledger, dt.date(1907, 1, 1), dt.date(1907, 12, 31))
    named = {row for one in days for row in (*ids(one.claims), *ids(one.counted), *ids(one.around))}
    assert named & {"d-ruined-all", "d-ruined-spring", "d-flooded-press", "e-autumn"} == set()
    assert len(days) == 365


def test_only_the_tables_that_are_asked_for_count(ledger: Ledger) -> None:
    assert day(ledger, 3, tables=("witnesses",)).claims == ()


def test_an_event_of_weather_tells_it_on_each_of_its_days_and_goes_on_nowhere_else(ledger: Ledger) -> None:
    days = days_of(ledger, FIRST, LAST, weather=("e-flood",))
    assert [one.date.day for one in days if one.weather] == list(range(1, 10))
    assert [one for one in days if "e-flood" in ids(one.around)] == []
    assert ids(days[0].events) == ["e-flood"]


def test_a_longer_time_than_a_month_is_no_part_of_a_day(ledger: Ledger) -> None:
    whole = replace(ledger.events["e-flood"], date=parse("1907-03-01/1907-06-01"))
    long = replace(ledger, events={"e-flood": whole})
    assert [one for one in days_of(long, FIRST, LAST) if one.around or one.events] == []


def test_a_day_lies_in_the_phase_of_its_events_or_of_the_days_on_both_sides(ledger: Ledger) -> None:
    crest = ledger.events["e-crest"]
    autumn = replace(crest, id="x", phase="autumn-flood", date=parse("1907-04-12"))
    changed = replace(
        ledger, events={"e-crest": crest, "e-crest-press": ledger.events["e-crest-press"], "x": autumn}
    )
    days = with_phases(days_of(changed, FIRST, LAST), changed.words)
    assert [one.phase for one in days[1:5]] == ["", "spring-flood", "spring-flood", ""]
    assert days[11].phase == "autumn-flood"


def test_days_of_which_nothing_is_said_stand_together_as_long_as_all_else_is_the_same(ledger: Ledger) -> None:
    only = replace(ledger, entities={}, claims={}, events={"e-crest": ledger.events["e-crest"]})
    runs = list(runs_of(days_of(only, FIRST, LAST)))
    assert [[one.date.day for one in run] for run in runs] == [[1, 2], [3], list(range(4, 13))]
    with_flood = replace(only, events={**only.events, "e-flood": ledger.events["e-flood"]})
    assert [len(run) for run in runs_of(days_of(with_flood, FIRST, LAST))] == [1, 1, 1, 6, 3]


def change(inputs: Inputs, old: str, new: str) -> Inputs:
    """Return the tiny documentary with other settings of its page of days."""
    text = inputs.files["data/documentary.toml"].decode("utf-8")
    head, kind, rest = text.partition('kind = "days"')
    assert old in rest
    raw = f"{head}{kind}{rest.replace(old, new, 1)}".encode()
    found = load_files({**inputs.files, "data/documentary.toml": raw})
    assert isinstance(found, Inputs)
    return found


def days_page(inputs: Inputs) -> DaysPage:
    [page] = pages_of_days(inputs)
    return page


def test_a_page_without_a_map_has_no_drawings_and_says_where_all_stood(inputs: Inputs) -> None:
    page = days_page(change(inputs, 'map = "river"', ""))
    assert {page.figure_id(one) for one in page.days} == {""}
    assert ids(page.days[2].movements) == ["mv-keeper"]


def stood_before(inputs: Inputs, acts: int, actor: str = "keeper-anne") -> tuple[Inputs, DaysPage]:
    """Let an actor stand at the weir on 3 April, and act on a day of April on which only the boats move."""
    ledger = inputs.ledger
    keeper, boats = ledger.entities["mv-keeper"], ledger.entities["mv-boats"]
    held = replace(keeper, cells={**keeper.cells, "unit": actor, "date": parse("1907-04-03")})
    moved = replace(boats, cells={**boats.cells, "date": parse(f"1907-04-{acts:02}")})
    crest = ledger.events["e-crest"]
    acting = replace(crest, id="e-acting", date=parse(f"1907-04-{acts:02}"), actors=(actor,), time="")
    changed = replace(
        ledger,
        entities={**ledger.entities, "mv-keeper": held, "mv-boats": moved},
        events={"e-crest": replace(crest, actors=()), "e-acting": acting},
    )
    page = days_page(inputs)
    days = days_of(changed, FIRST, dt.date(1907, 4, 30))
    return replace(inputs, ledger=changed), replace(page, days=days)


@pytest.mark.parametrize(("acts", "is_recent"), [(4, True), (17, True), (18, False), (30, False)])
def test_a_last_position_is_recent_for_two_weeks(acts: int, is_recent: bool, inputs: Inputs) -> None:
    changed, page = stood_before(inputs, acts)
    found = {one.date.day: last_known(one, page.days, changed.ledger) for one in page.days}
    [last] = found.pop(acts)
    assert (last.unit.id, last.movement.id, last.date.day) == ("keeper-anne", "mv-keeper", 3)
    assert last.is_recent == is_recent
    assert not any(found.values()), "the other days say nothing of one that does not act"


def test_a_unit_with_a_position_of_the_day_or_without_any_has_no_last_one(inputs: Inputs) -> None:
    changed, page = stood_before(inputs, 4)
    third, fourth = page.days[2:4]
    standing = replace(fourth, movements=(*fourth.movements, *third.movements))
    assert last_known(standing, page.days, changed.ledger) == ()
    assert last_known(fourth, [fourth], changed.ledger) == ()


@pytest.mark.parametrize("acts", [4, 17, 18])
@pytest.mark.parametrize("code", CODES)
def test_a_map_shows_a_last_position_paler_and_with_its_date_and_an_older_one_not(
    code: str, acts: int, inputs: Inputs
) -> None:
    changed, page = stood_before(inputs, acts)
    language = next(one for one in load_languages([code]) if isinstance(one, Language))
    figure = layers_of_days([page], changed, language)[f"ledger-days-1907-04-{acts:02}"]
    words = {"fr": "dernière position connue", "en": "last known position"}[code]
    rows = [row[0].text for row in figure.table.rows]
    assert [words in row for row in rows] == ([False, True] if acts < 18 else [False])
    date = {"fr": "(le 3 avril)", "en": "(on 3 April)"}[code]
    for width in (WIDE, NARROW):
        plot = figure.draw(width)
        assert [trace["marker"].get("opacity", 1) for trace in plot["data"]] == (
            [1, PALE] if acts < 18 else [1]
        )
        said = " ".join(note["text"] for note in plot["layout"]["annotations"])
        assert (date in " ".join(re.sub("<br>", " ", said).split())) == (acts < 18)


def test_each_day_with_a_position_has_a_drawing_of_its_own(checked: building.Checked) -> None:
    layers = checked.sites["en"].layers
    assert list(layers) == [f"ledger-days-1907-04-{number:02}" for number in range(3, 13)]
    assert set(checked.sites["en"].grounds.values()) == {"river"}
    assert layers["ledger-days-1907-04-03"].title.replace("\xa0", " ") == "3 April 1907: who stood where"


def test_a_drawing_of_a_day_has_the_pixels_of_its_map_and_neither_places_nor_lines(
    checked: building.Checked,
) -> None:
    site = checked.sites["fr"]
    ground, layer = site.figures["river"].draw(340), site.layers["ledger-days-1907-04-03"].draw(340)
    assert layer["layout"]["width"] == ground["layout"]["width"]
    for axis in ("xaxis", "yaxis"):
        assert layer["layout"][axis]["range"] == ground["layout"][axis]["range"]
    assert [trace["uid"] for trace in layer["data"]] == ["ledger-days-1907-04-03-upstream"]
    assert [note["text"] for note in layer["layout"]["annotations"]] == ["<b>Garde</b>"]


def test_the_names_of_the_ground_keep_off_all_that_is_drawn_over_it(inputs: Inputs) -> None:
    page, language = days_page(inputs), next(x for x in load_languages(["fr"]) if isinstance(x, Language))
    spec = inputs.documentary.figures["river"]
    plain = draw_figure(spec, inputs.ledger, language)
    ground = draw_figure(spec, inputs.ledger, language, passing_over([page])["river"])
    assert isinstance(plain, Figure)
    assert isinstance(ground, Figure)
    assert page.moving == ("mv-keeper",)
    weir = [
        next(n for n in f.draw(340)["layout"]["annotations"] if n["text"].startswith("Barrage"))
        for f in (plain, ground)
    ]
    point = next(t for t in ground.draw(340)["data"] if t["uid"] == "river-places")
    apart = [max(abs(note["x"] - point["x"][0]), abs(note["y"] - point["y"][0])) for note in weir]
    assert apart[1] >= apart[0]


def test_a_layer_shows_the_shared_ground_once_and_needs_no_names_of_its_own() -> None:
    assert shared(GROUND, "ground", {}).endswith('<g id="ground"><path d="M0,0"/></g></svg>')
    drawn = over(LAYER, GROUND, "ground")
    assert drawn.startswith('<svg role="img" aria-label="Day" viewBox="0 0 340 400">')
    assert drawn.count('<use href="#ground"/>') == 1
    assert "clip" not in drawn
    assert '<svg width="340" height="300"><g fill="none"><path d="M1,1"/></g></svg>' in drawn


def test_a_ground_may_hold_its_layers_and_each_is_shown_by_its_name() -> None:
    held = shared(GROUND, "ground", {"day": LAYER})
    day = '<svg width="340" height="300"><g fill="none"><path d="M1,1"/></g></svg>'
    assert held.endswith(f'</g><defs><g id="day">{day}</g></defs></svg>')
    assert showing(LAYER, GROUND, "ground", "day") == (
        '<svg role="img" aria-label="Day" viewBox="0 0 340 400"><use href="#ground"/><use href="#day"/></svg>'
    )


def test_on_paper_a_layer_stands_alone_with_its_ground() -> None:
    drawn = joined(LAYER, GROUND)
    assert drawn.index('<path d="M0,0"/>') < drawn.index('<path d="M1,1"/>')
    assert "use" not in drawn
    assert '<title id="l-title">Day</title>' in drawn
    with pytest.raises(ValueError, match="no drawing of ours"):
        joined("<svg></svg>", GROUND)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('map = "river"', 'map = "boats-1"', 'movements are drawn on the map "boats-1" already'),
        (
            'to = "1907-04-12"',
            'to = "1907-03-12"',
            "its last day, 1907-03-12, is before its first, 1907-04-01",
        ),
        ('to = "1907-04-12"', 'to = "1908-12-31"', "it has 641 days"),
        ('map = "river"', 'map = "rivers"', 'there is no map "rivers"'),
        ('map = "river"', 'map = "flooded"', 'there is no map "flooded"'),
        ('map = "river"', 'tables = ["damage"]', 'there is no table of claims "damage"'),
        ('"e-flood"', '"e-floods"', 'there is no event "e-floods"'),
    ],
)
def test_what_is_wrong_with_a_page_of_days_is_said_at_its_line(
    old: str, new: str, said: str, inputs: Inputs
) -> None:
    found = building.check_inputs(change(inputs, old, new), lambda _: None, formatted=True)
    assert isinstance(found, list)
    [problem] = found
    page = next(one for one in inputs.documentary.chapters if isinstance(one.options, DaysOptions))
    assert (problem.code, problem.location) == ("bad-settings", page.location)
    assert problem.message == f'page "ledger/days": {said}'


def test_a_map_in_steps_tells_of_the_event_of_each_step(inputs: Inputs) -> None:
    used = [("event", "e-flood"), ("figure", "boats-2"), ("figure", "flooded"), ("claim", "d-level")]
    assert list(told_events(used, inputs.documentary)) == ["e-flood", "e-boats"]


def test_a_chapter_leads_to_the_days_of_its_events_each_once(
    inputs: Inputs, checked: building.Checked
) -> None:
    page, language = days_page(inputs), checked.sites["en"].language
    events = [inputs.ledger.events[ident] for ident in ("e-crest", "e-flood", "e-crest", "e-autumn")]
    html = days_of_chapter(events, [page], language, "story/spring")
    assert re.findall('href="([^"]+)"', html) == [
        "../ledger/days.html#1907-04-01",
        "../ledger/days.html#1907-04-03",
    ]
    assert days_of_chapter([inputs.ledger.events["e-autumn"]], [page], language, "story/spring") == ""


def test_sections_that_tell_of_an_event_are_found_by_it() -> None:
    one, other = Telling("e-1", "may", "fall", "May", "The fall"), Telling("e-1", "june", "", "June", "")
    assert tellings_of([[one], [other]]) == {"e-1": [one, other]}


def test_a_page_of_days_says_its_calendar_where_a_source_has_another(inputs: Inputs) -> None:
    def said(date: str) -> tuple[bool, bool]:
        path = "data/events.csv"
        events = inputs.files[path].decode("utf-8").replace("e-crest-press,t-crest,1907-04-04", date, 1)
        found = load_files({**inputs.files, path: events.encode()})
        assert isinstance(found, Inputs)
        checked = building.check_inputs(found, lambda _: None, formatted=True)
        assert isinstance(checked, building.Checked)
        [text] = [page.markdown for page in checked.sites["en"].pages if page.path == "ledger/days"]
        plain = text.replace("\xa0", " ")
        return "Days are those of the Gregorian calendar." in plain, "22 March 1907, Julian; 4 April" in plain

    assert said("e-crest-press,t-crest,1907-04-04") == (False, False)
    assert said("e-crest-press,t-crest,1907-03-22J") == (True, True)


# ---- The page as it is built -------------------------------------------------------------------------


def article(root: Path, code: str) -> LexborNode:
    page = LexborHTMLParser((root / "site" / code / "ledger" / "days.html").read_text(encoding="utf-8"))
    found = page.css_first("article")
    assert found is not None
    return found


@pytest.mark.parametrize("code", CODES)
def test_each_day_has_its_address_and_its_place_on_the_rail(code: str, built_tiny: Path) -> None:
    page = article(built_tiny, code)
    rail = [link.attributes["href"] for link in page.css(".days-list a")]
    assert rail == [f"#1907-04-{number:02}" for number in range(1, 13)]
    anchors = {node.attributes["id"] for node in page.css("[id]")}
    assert {address[1:] for address in rail if address} <= anchors


@pytest.mark.parametrize(
    ("code", "unknown"),
    [
        ("fr", "Aucune position n’est consignée pour ce jour."),
        ("en", "No position is recorded for this day."),
    ],
)
def test_what_is_not_known_of_a_day_is_said(code: str, unknown: str, built_tiny: Path) -> None:
    sections = {
        heading.text(): section.text()
        for section in article(built_tiny, code).css("section.day")
        if (heading := section.css_first("h2"))
    }
    said = [unknown in text for text in sections.values()]
    assert said == [True, False, False, False, False, False, False, False, False, False, False]


@pytest.mark.parametrize("code", CODES)
def test_a_day_with_events_and_counts_begins_with_links_to_both(code: str, built_tiny: Path) -> None:
    page = article(built_tiny, code)
    jumps = [node for node in page.css(".day-jump") if node.parent and node.parent.css_first("h2")]
    assert jumps == [], "they stand in the text of the day, below its heading"
    leads = [[link.attributes["href"] or "" for link in node.css("a")] for node in page.css(".day-jump")]
    assert ["#1907-04-03-events", "#1907-04-03-damages"] in leads
    for lead in (one for links in leads for one in links):
        assert len(page.css(f"[id='{lead[1:]}']")) == 1


@pytest.mark.parametrize("code", CODES)
def test_the_ground_is_drawn_once_at_each_width_and_shared_by_every_day(code: str, built_tiny: Path) -> None:
    page = article(built_tiny, code)
    uses = [node.attributes["href"] or "" for node in page.css(".day-map use")]
    grounds = [use for use in uses if use.startswith("#ground-")]
    assert sorted(set(grounds)) == ["#ground-river-narrow", "#ground-river-wide"]
    assert len(grounds) == 20
    assert len(page.css(".days-ground [id^=ground-river]")) == 2


@pytest.mark.parametrize("code", CODES)
def test_the_narrow_drawings_of_all_days_stand_side_by_side_and_each_day_shows_its_own(
    code: str, built_tiny: Path
) -> None:
    page = article(built_tiny, code)
    held = [node.attributes["id"] for node in page.css(".days-ground .fig-narrow defs > g")]
    days = [figure.attributes["data-layer"] for figure in page.css("[data-layer]")]
    assert held == [f"{day}-narrow" for day in days]
    for figure in page.css("[data-layer]"):
        uses = [node.attributes["href"] for node in figure.css(".fig-narrow use")]
        assert uses == ["#ground-river-narrow", f"#{figure.attributes['data-layer']}-narrow"]


def test_a_day_leads_to_its_rows_and_to_the_section_that_tells_of_it(built_tiny: Path) -> None:
    page = article(built_tiny, "en")
    day = next(one for one in page.css("section.day") if one.css_first("h2[id='1907-04-03']"))
    leads = [link.attributes["href"] for link in day.css("a")]
    assert "events.html#e-crest" in leads
    assert "movements.html#mv-keeper" in leads
    assert "damages.html#d-level" in leads
    assert leads[-1] == "../index.html"


def test_the_home_page_leads_to_the_days_of_the_events_it_names(built_tiny: Path) -> None:
    page = LexborHTMLParser((built_tiny / "site" / "fr" / "index.html").read_text(encoding="utf-8"))
    links = [link.attributes["href"] for link in page.css(".chapter-days a")]
    assert links == ["ledger/days.html#1907-04-01", "ledger/days.html#1907-04-03"]


def test_the_layers_of_a_language_are_the_same_each_time(inputs: Inputs, checked: building.Checked) -> None:
    page, language = days_page(inputs), checked.sites["fr"].language
    one, other = (layers_of_days([page], inputs, language) for _ in range(2))
    assert {i: f.draw(760) for i, f in one.items()} == {i: f.draw(760) for i, f in other.items()}


#: The boxes of names are a little higher than their letters.
INSET = 2.0


@dataclass(frozen=True)
class Written:
    """A drawing of a day: where its names stand, its symbols, and the shafts and heads of its arrows."""

    names: list[tuple[str, Box]]
    symbols: list[Point]
    arrows: list[Point]


def written(plot: Plot) -> Written:
    """Read where what a drawing shows stands, in its pixels; the legend is left out."""
    layout = plot["layout"]
    notes = [one for one in layout.get("annotations", ()) if one.get("yref") != "paper"]
    symbols = [spot for trace in plot["data"] for spot in zip(trace["x"], trace["y"], strict=True)]
    drawn = [one for one in layout.get("shapes", ()) if one["type"] == "path" and one.get("yref") != "paper"]
    arrows = [one["path"] for one in drawn if "fillcolor" in one or one["line"]["width"] > 2]
    return Written([(one["text"], box_of(one)) for one in notes], symbols, [*chain(*map(along, arrows))])


def box_of(note: dict[str, Any]) -> Box:
    """Return the box that the letters of a name take, as they are measured when it is placed."""
    text, size = re.sub("</?[bi]>", "", note["text"]), note["font"]["size"]
    wide, tall = long(text, size), (text.count("<br>") + 1) * size * 1.3 - 2 * INSET
    return about(note["x"], note["y"], wide, tall)


def along(path: str) -> Iterator[Point]:
    """Yield points along a path, every few pixels."""
    corners = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]
    for (x, y), (to_x, to_y) in pairwise(corners):
        pieces = int(math.dist((x, y), (to_x, to_y)) / 3) + 1
        yield from ((x + (to_x - x) * n / pieces, y + (to_y - y) * n / pieces) for n in range(pieces + 1))


def covers(box: Box, points: Iterable[Point], reach: float = 0) -> bool:
    left, top, right, bottom = box
    return any(left - reach < x < right + reach and top - reach < y < bottom + reach for x, y in points)


@pytest.mark.parametrize("folder", [TINY, HOME], ids=["tiny", "battle"])
@pytest.mark.parametrize("code", CODES)
def test_no_name_of_a_day_lies_over_a_symbol_an_arrow_or_another_name(code: str, folder: Path) -> None:
    found = load(folder)
    assert isinstance(found, Inputs)
    language = next(one for one in load_languages([code]) if isinstance(one, Language))
    page = days_page(found)
    spec, passing = found.documentary.figures[page.options.map], passing_over([page])[page.options.map]
    ground = draw_figure(spec, found.ledger, language, passing)
    layers = layers_of_days([page], found, language)
    assert isinstance(ground, Figure)
    assert layers
    for width in (WIDE, NARROW):
        below = written(ground.draw(width))
        for layer in layers.values():
            day = written(layer.draw(width))
            others = [box for _, box in below.names]
            assert day.names, layer.id
            for name, box in day.names:
                assert not covers(box, day.symbols, 5), (layer.id, width, name, "lies over a symbol")
                assert not covers(box, below.symbols, 3), (layer.id, width, name, "lies over a place")
                assert not covers(box, day.arrows), (layer.id, width, name, "lies over an arrow")
                assert free(others, box), (layer.id, width, name, "lies over another name")
                assert 0 < box[0] < box[2] < width, (layer.id, width, name, "leaves the map")
                others.append(box)


@pytest.mark.parametrize("code", CODES)
def test_the_key_of_a_map_of_days_says_sides_and_arrows_that_pass_over_it(code: str, inputs: Inputs) -> None:
    language = next(one for one in load_languages([code]) if isinstance(one, Language))
    keeper, boats = (inputs.ledger.entities[one] for one in ("mv-keeper", "mv-boats"))
    alone, passed = (
        draw_figure(inputs.documentary.figures["river"], inputs.ledger, language, passing)
        for passing in ((), (keeper.id, boats.id))
    )
    assert isinstance(alone, Figure)
    assert isinstance(passed, Figure)
    key, without = (
        {note["text"] for note in figure.draw(WIDE)["layout"]["annotations"] if note.get("yref") == "paper"}
        for figure in (passed, alone)
    )
    sides = {language.text(inputs.ledger.sides[one.side].name) for one in (keeper, boats)}
    assert sides | {language.text(inputs.ledger.words[boats.kind].label)} <= key - without


@pytest.mark.parametrize("code", CODES)
def test_a_page_of_days_says_what_the_marks_of_its_rail_mean(code: str, built_tiny: Path) -> None:
    said = [node.text() for node in article(built_tiny, code).css(".days-key")]
    assert len(said) == 1, "no unit of these days has only a last known position"
    assert "▲" in said[0]
