"""What a researcher reads of a documentary in a notebook: its tables and its figures."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go
import pytest

import generator
from generator.notebook import DocumentaryError, OpenDocumentary

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "datasets" / "tiny"


@pytest.fixture(scope="module")
def tiny() -> OpenDocumentary:
    return generator.open_documentary(TINY)


def test_a_frame_has_a_row_for_each_record_and_its_id_as_index(tiny: OpenDocumentary) -> None:
    ledger = tiny.inputs.ledger
    assert list(tiny.frame("claims").index) == list(ledger.claims)
    assert list(tiny.frame("events").index) == list(ledger.events)
    assert list(tiny.frame("people").index) == [one.id for one in ledger.of_table("witnesses")]
    assert list(tiny.frame("damages").index) == [c.id for c in ledger.claims.values() if c.table == "damages"]


def test_figures_are_exact_and_have_a_float_beside(tiny: OpenDocumentary) -> None:
    claims = tiny.frame("claims")
    known = [claim.best for claim in tiny.inputs.ledger.claims.values() if claim.best is not None]
    assert list(claims["best"].dropna()) == known
    assert {type(value) for value in known} == {Decimal}
    assert str(claims["value"].dtype) == "float64"
    assert claims["value"].notna().all()


def test_dates_ranks_and_words_have_types(tiny: OpenDocumentary) -> None:
    events = tiny.frame("events")
    crest = events.loc["e-crest"]
    assert str(events["date_earliest"].dtype) == "datetime64[s]"
    assert str(crest["date_earliest"].date()) == str(tiny.inputs.ledger.events["e-crest"].date.earliest)
    assert str(events["side"].dtype) == "category"
    ranks = tiny.frame("claims")["rank"]
    assert list(ranks.cat.categories) == ["preferred", "normal", "deprecated"]
    assert ranks.cat.ordered


def test_what_stands_is_what_the_figures_count(tiny: OpenDocumentary) -> None:
    claims = tiny.frame("claims")
    assert list(claims[claims["stands"]].index) == [
        claim.id for claim in tiny.inputs.ledger.claims.values() if claim.stands
    ]
    assert claims["apart"].sum() == 1


@pytest.mark.parametrize(
    "name", ["topics", "sides", "vocabulary", "names", "corrections", "sources", "places"]
)
def test_every_table_has_a_frame(tiny: OpenDocumentary, name: str) -> None:
    frame = tiny.frame(name)
    assert len(frame)
    assert frame.index.name == "id"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_figure_is_a_plotly_figure_in_a_language(tiny: OpenDocumentary, language: str) -> None:
    figure = tiny.figure("flooded", language)
    assert isinstance(figure, go.Figure)
    assert figure.layout.width == 760
    assert ("houses" in json.dumps(figure.to_plotly_json(), default=str)) == (language == "en")
    assert tiny.figures == ("flooded", "ruined", "boats-1", "boats-2", "river")


def test_a_name_that_is_not_there_says_which_are(tiny: OpenDocumentary) -> None:
    with pytest.raises(KeyError, match='there is no table "claim"; did you mean "claims"'):
        tiny.frame("claim")
    with pytest.raises(KeyError, match='there is no figure "floded"; did you mean "flooded"'):
        tiny.figure("floded", "en")
    with pytest.raises(KeyError, match='there is no language "de"'):
        tiny.figure("flooded", "de")


def test_a_documentary_with_problems_is_not_opened(tmp_path: Path) -> None:
    root = tmp_path / "tiny"
    shutil.copytree(TINY, root)
    sides = root / "data" / "sides.csv"
    sides.write_text(sides.read_text(encoding="utf-8").replace("circle", "carre"), encoding="utf-8")
    with pytest.raises(DocumentaryError, match=r"data/sides\.csv:2:symbol: not-allowed"):
        generator.open_documentary(root)


LOADED = "import sys; {}; print(sorted({{'pandas', 'plotly', 'numpy'}} & set(sys.modules)))"


@pytest.mark.parametrize(
    "code",
    [
        "import generator",
        f"import generator; generator.open_documentary({str(TINY)!r})",
        f"from pathlib import Path; from generator import build; build.check(Path({str(TINY)!r}), print)",
    ],
)
def test_neither_pandas_nor_plotly_is_loaded_by_what_does_not_use_it(code: str) -> None:
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOADED.format(code)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[-1] == "[]"
