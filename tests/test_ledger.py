"""The data of this repository: what its tables must hold, whatever they say."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator import build as building
from generator.ledger.estimates import published_csv
from generator.loading import Inputs

HOME = Path(__file__).parent.parent
DATA = HOME / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [DATA / resource["path"] for resource in PACKAGE["resources"]]
#: How the notes of our research mark what nobody has seen in a document; it is never published.
UNVERIFIED = re.compile(r"\bUM\b|unverified memory|\bTODO\b|\bFIXME\b")


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    """Read and check the whole documentary; it must have no problem."""
    found = building.check(HOME, lambda _: None)
    assert isinstance(found, building.Checked), "\n".join(map(str, found))
    return found.inputs


def test_the_documentary_has_no_problem(inputs: Inputs) -> None:
    assert inputs.files["data/documentary.toml"] == (DATA / "documentary.toml").read_bytes()


@pytest.mark.slow
def test_other_peoples_tools_find_the_data_package_valid() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATA / "datapackage.json"))
    wanted = ["type", "taskName", "rowNumber", "fieldName", "message"]
    assert report.valid, report.flatten(wanted)[:20]
    assert len(report.tasks) == len(TABLES)


@pytest.mark.battle
@pytest.mark.parametrize(("table", "least"), [("casualties", 60), ("forces", 60)])
def test_a_table_of_claims_is_as_rich_as_promised(inputs: Inputs, table: str, least: int) -> None:
    assert sum(claim.table == table for claim in inputs.ledger.claims.values()) >= least


@pytest.mark.battle
def test_the_chronology_is_as_rich_as_promised(inputs: Inputs) -> None:
    assert len(inputs.ledger.events) >= 120


def test_every_claim_and_every_event_names_a_source_of_the_bibliography(inputs: Inputs) -> None:
    ledger = inputs.ledger
    said = {r.id: r.provenance for r in (*ledger.claims.values(), *ledger.events.values())}
    assert [id_ for id_, by in said.items() if by.source not in ledger.sources] == []
    assert [id_ for id_, by in said.items() if by.via and by.via not in ledger.sources] == []


def test_an_id_stands_once_in_its_table_and_once_among_all_that_marks_can_name() -> None:
    ids: Counter[str] = Counter()
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            here = Counter(row["id"] for row in csv.DictReader(file))
        assert [id_ for id_, times in here.items() if times > 1] == [], table.name
        if table.stem not in {"corrections", "names", "sides", "topics", "vocabulary"}:
            ids.update(here)
    assert [id_ for id_, times in ids.items() if times > 1] == []


@pytest.mark.battle
def test_every_published_link_is_a_whole_address_on_the_open_web(inputs: Inputs) -> None:
    links = {id_: link for id_, source in inputs.ledger.sources.items() if (link := source.text("URL"))}
    wrong = {
        id_: link
        for id_, link in links.items()
        if urlsplit(link).scheme not in {"http", "https"}
        or "." not in urlsplit(link).netloc
        or re.search(r"[\s<>\"|]", link)
        or urlsplit(link).username
    }
    assert wrong == {}
    assert len(links) >= 50


def test_every_doi_is_bare(inputs: Inputs) -> None:
    dois = [doi for source in inputs.ledger.sources.values() if (doi := source.text("DOI"))]
    assert [doi for doi in dois if not re.fullmatch(r"10\.\d{4,}/\S+", doi)] == []


def test_no_source_was_read_after_the_date_of_the_data(inputs: Inputs) -> None:
    dated = date.fromisoformat(inputs.documentary.dated)
    late = [
        id_
        for id_, source in inputs.ledger.sources.items()
        if source.read_on and source.read_on.latest > dated
    ]
    assert late == []


def test_the_published_figures_are_those_of_the_ledger(inputs: Inputs) -> None:
    made = published_csv(inputs.ledger)
    assert (DATA / "published.csv").read_bytes() == made, "run: python -m generator published"


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_no_cell_says_that_it_was_not_verified(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        found = [
            f"{row.get('id')}: {column}"
            for row in csv.DictReader(file)
            for column, cell in row.items()
            if UNVERIFIED.search(cell)
        ]
    assert found == []


def test_no_source_says_that_it_was_not_verified() -> None:
    assert UNVERIFIED.findall((DATA / "sources.json").read_text(encoding="utf-8")) == []
