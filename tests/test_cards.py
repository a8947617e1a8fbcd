"""What a card says: the claim, its author, its rivals, and the ways on."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build import Checked, check
from generator.drawing.render import lift_records
from generator.ledger.model import Ledger
from generator.pages.card_maps import BROAD, WIDE, small_maps, spot_of, wordless_map
from generator.pages.card_rivals import APART, ASIDE, STANDS, rival_claims, rival_events
from generator.pages.cards import CardMaker
from tests.conftest import HOME, TINY
from tests.sharing import brought

#: What the cards of one script may weigh, compressed.
HEAVIEST = 15_000


def checked(root: Path) -> Checked:
    found = check(root, lambda _: None)
    assert isinstance(found, Checked), found
    return found


@pytest.fixture(scope="module")
def tiny_checked() -> Checked:
    return checked(TINY)


@pytest.fixture(scope="module")
def real_checked() -> Checked:
    return checked(HOME)


def maker_of(found: Checked, code: str) -> CardMaker:
    inputs = found.inputs
    maps = small_maps(inputs.documentary, inputs.ledger)
    return CardMaker(inputs.ledger, found.sites[code].language, maps)


def content_of(script: Path) -> dict[str, Any]:
    found: dict[str, Any] = brought(script.read_bytes())
    return found


def test_rivals_count_the_same_thing_and_parts_of_a_whole_are_none(tiny_checked: Checked) -> None:
    ledger, language = tiny_checked.inputs.ledger, tiny_checked.sites["en"].language
    found = rival_claims(ledger.claims["d-flooded-survey"], ledger, language)
    assert found.ids == ("d-flooded-survey", "d-flooded-press", "d-flooded-claim")
    assert [state for *_, state in found.marks] == [STANDS, STANDS, APART]
    assert found.said.replace("\xa0", " ") == "2 answers: 1,234–2,000 houses; 1 by the other side"
    whole = rival_claims(ledger.claims["d-ruined-all"], ledger, language)
    assert whole.ids == ("d-ruined-all",)
    assert (whole.marks, whole.said) == ((), "2 others count something else"), "its two parts"


def test_rival_dates_stand_on_a_line_of_days(tiny_checked: Checked) -> None:
    ledger, language = tiny_checked.inputs.ledger, tiny_checked.sites["en"].language
    found = rival_events(ledger.events["e-crest"], ledger, language)
    assert sorted(mark[0] for mark in found.marks) == [0, 200]
    assert "2 answers" in found.said


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_record_of_the_real_ledger_has_a_card_whose_claim_and_source_are_said(
    code: str, real_checked: Checked
) -> None:
    ledger: Ledger = real_checked.inputs.ledger
    maker = maker_of(real_checked, code)
    for ident in [*ledger.claims, *ledger.events]:
        card = maker.card(ident)
        assert card, ident
        assert card.head, ident
        assert card.provenance.source, ident
        assert card.trust, ident
    for ident in ledger.entities:
        card = maker.card(ident)
        assert card, ident
        assert card.head, ident
    assert maker.card("no-such-row") is None


def test_a_card_set_aside_says_why_and_is_pale_among_its_rivals(real_checked: Checked) -> None:
    ledger, maker = real_checked.inputs.ledger, maker_of(real_checked, "en")
    aside = [claim for claim in ledger.claims.values() if claim.rank == "deprecated"]
    assert aside
    for claim in aside:
        card = maker.card(claim.id)
        assert card
        assert card.reason, claim.id
        rivals = card.rivals
        assert rivals
        if rivals.marks:
            assert rivals.marks[rivals.ids.index(claim.id)][2] == ASIDE


def test_a_correction_stands_on_the_card_of_its_row(real_checked: Checked) -> None:
    ledger, maker = real_checked.inputs.ledger, maker_of(real_checked, "en")
    rows = {str(one.cells["row"]): one for one in ledger.corrections if one.cells.get("row")}
    named = {row: one for row, one in rows.items() if maker.card(row)}
    assert named
    for row, correction in named.items():
        card = maker.card(row)
        assert card
        assert correction.id in {one.id for one in card.readings}, row


def test_a_commander_stands_with_the_days_of_his_command_on_both_cards(real_checked: Checked) -> None:
    ledger, maker = real_checked.inputs.ledger, maker_of(real_checked, "en")
    for command in ledger.commands:
        for shown, other in ((command.unit, command.person), (command.person, command.unit)):
            card = maker.card(shown)
            assert card
            leads = [lead for related in card.related if related.then for lead in related.leads]
            until = "" if command.date.points[-1] is None else command.date.latest.isoformat()
            assert (other, until) in {(lead.id, lead.until) for lead in leads}, command.id


def test_a_place_stands_on_the_narrowest_map_that_holds_it(real_checked: Checked) -> None:
    inputs = real_checked.inputs
    maps = small_maps(inputs.documentary, inputs.ledger)
    assert len(maps) > 1
    spots = [spot for ident in inputs.ledger.entities if (spot := spot_of(ident, maps, inputs.ledger))]
    assert spots
    for spot in spots:
        assert 0 < spot.x < WIDE
        assert 0 < spot.y < spot.on.height
    assert all(len("".join(one.paths.values())) < 4000 for one in maps), "a small map is small"
    assert spot_of("no-such-place", maps, inputs.ledger) is None


def test_a_map_without_words_is_the_ground_of_the_first_map_that_is_named(tiny_checked: Checked) -> None:
    documentary, ledger = tiny_checked.inputs.documentary, tiny_checked.inputs.ledger
    drawn = wordless_map(["flooded", "boats"], documentary, ledger)
    assert drawn is not None
    assert drawn.width == BROAD
    assert list(drawn.paths) == ["lake", "river"]
    assert re.fullmatch(r"M-?\d+ -?\d+(l-?\d+ -?\d+|z|M-?\d+ -?\d+)+", drawn.paths["river"])
    assert wordless_map(["flooded"], documentary, ledger) is None, "a chart has no ground"


def test_the_records_of_a_drawing_are_lifted_out_of_it_in_their_order() -> None:
    svg = '<svg><path d="M0"/><g><rect data-record="a b" x="1"/><path d="M1" data-record="c"/></g></svg>'
    plain = '<svg><path d="M0"/><g><rect x="1"/><path d="M1"/></g></svg>'
    assert lift_records(svg) == (plain, ((1, "a"), (2, "c")))


def parts_of(folder: Path) -> list[dict[str, Any]]:
    """Return the parts with the cards of a language, in their order."""
    return [content_of(folder / f"{n}.js") for n in range(len(content_of(folder / "index.js")["starts"]))]


def ways_of(content: dict[str, Any], index: dict[str, Any]) -> set[str]:
    """Return every address to which the cards of a script lead, from the folder of the language."""
    pages = content["pages"]
    ways = {f"{pages[card[0]]}#{ident}" for ident, card in content["cards"].items()}
    ways |= {f"{index['bibliography']}#{ident}" for ident, _ in content["sources"]}
    ways |= {f"{pages[question[0]]}#{question[1]}" for question in content["questions"] if question[1]}
    ways |= {f"{pages[page]}#{ident}" for page, ident, *_ in content["pictures"]}
    for card in content["cards"].values():
        readings, related = ([*card, *[0] * 16][n] or [] for n in (13, 14))
        ways |= {f"{index['corrections']}#{reading[0]}" for reading in readings}
        ways |= {f"{pages[lead[0]]}#{lead[1]}" for one in related for lead in one[1]}
    return ways


def broken_ways(site: Path) -> list[str]:
    """Return the addresses on cards at which nothing stands."""
    broken = []
    for folder in sorted(site.glob("*/cards")):
        index = content_of(folder / "index.js")
        ways = set[str]().union(*(ways_of(part, index) for part in parts_of(folder)))
        there: dict[str, set[str | None]] = {}
        for way in sorted(ways):
            page, _, ident = way.partition("#")
            if page not in there:
                tree = LexborHTMLParser((folder.parent / page).read_text(encoding="utf-8"))
                there[page] = {node.attributes["id"] for node in tree.css("[id]")}
            if ident not in there[page]:
                broken.append(way)
    return broken


def misplaced(site: Path) -> list[str]:
    """Return cards in another part than the first ids of all parts say, and scripts that are too heavy."""
    wrong = []
    for folder in sorted(site.glob("*/cards")):
        starts = content_of(folder / "index.js")["starts"]
        for number, part in enumerate(parts_of(folder)):
            wrong += [i for i in part["cards"] if sum(start <= i for start in starts) != number + 1]
    scripts = [
        path for path in site.glob("*/cards/**/*.js") if len(gzip.compress(path.read_bytes())) > HEAVIEST
    ]
    return [*wrong, *(path.name for path in scripts)]


def unanswered(site: Path) -> list[str]:
    """Return what pages name or draw, and what has no card."""
    wrong = []
    for folder in sorted(site.glob("*/cards")):
        known = set[str]().union(*(part["cards"] for part in parts_of(folder)))
        for path in sorted(folder.parent.rglob("*.html")):
            article = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article[data-cards]")
            for node in article.css(".claim > a, a.name, .fig-data tbody a") if article else ():
                ident = str(node.attributes["href"]).partition("#")[2]
                wrong += [f"{path.name}: {ident}"] if ident not in known else []
            for node in article.css("figure[data-figure]") if article else ():
                both = content_of(folder / "figures" / f"{node.attributes['data-figure']}.js")
                wrong += [ident for marks in both for ident in marks[1::2] if ident not in known]
    return wrong


def unnamed(site: Path) -> list[str]:
    """Return the sources that notes cite and whose title the cards of notes do not say."""
    wrong = []
    for path in sorted(site.glob("*/*.html")):
        article = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article")
        for link in article.css('.footnote a[href*="sources.html#"]') if article else ():
            ident = str(link.attributes["href"]).partition("#")[2]
            wrong += (
                [f"{path.name}: {ident}"] if not content_of(path.parent / "cards" / "notes.js")[ident] else []
            )
    return wrong


@pytest.mark.engine
def test_every_way_of_a_card_leads_somewhere(built_tiny: Path) -> None:
    assert list((built_tiny / "site").glob("*/cards/*.js"))
    assert broken_ways(built_tiny / "site") == []
    assert misplaced(built_tiny / "site") == []
    assert unanswered(built_tiny / "site") == []
    assert unnamed(built_tiny / "site") == []


@pytest.mark.slow
@pytest.mark.engine
def test_every_way_of_a_card_of_the_real_site_leads_somewhere_and_no_script_is_heavy(
    built_real: Path,
) -> None:
    assert broken_ways(built_real / "site") == []
    assert misplaced(built_real / "site") == []
    assert unanswered(built_real / "site") == []
    assert unnamed(built_real / "site") == []
