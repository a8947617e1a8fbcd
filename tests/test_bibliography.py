"""The bibliography: CSL-JSON of every type, as programs export it, read right in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.csl import NAMES
from generator.ledger.edtf import HistoricDate
from generator.ledger.model import Provenance
from generator.ledger.sources import read_date
from generator.loading import Inputs
from generator.loading import load as load_documentary
from generator.pages.bibliography import bibliography
from generator.pages.reference_data import PAGES, Knowledge
from generator.settings import PageKind, SourcesOptions
from tests.conftest import TINY, sources_of

HOME = Path(__file__).parent.parent
#: Every type of CSL 1.0.2.
TYPES = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
ANNA = {"family": "Amont", "given": "Anna"}
BEN = {"family": "Blanc", "given": "Ben"}


def load(code: str) -> Language:
    language = load_languages([code])[0]
    assert isinstance(language, Language)
    return language


LANGUAGES = {code: load(code) for code in ("fr", "en")}


def entry(code: str, **source: Any) -> str:
    whole = {k.replace("_", "-"): v for k, v in source.items()}
    text = bibliography(sources_of(whole), LANGUAGES[code])["x"]
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def on(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


#: What a source holds, and its entry in French and in English.
ENTRIES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "<i>A Flood</i>, s. d.", "<i>A Flood</i>, n.d."),
    (
        {"author": [ANNA], "issued": on(1908)},
        "Amont, Anna, <i>A Flood</i>, 1908.",
        "Amont, Anna, <i>A Flood</i>, 1908.",
    ),
    (
        {"author": [ANNA, BEN], "issued": on(1908)},
        "Amont, Anna, et Ben Blanc, <i>A Flood</i>, 1908.",
        "Amont, Anna, and Ben Blanc, <i>A Flood</i>, 1908.",
    ),
    (
        {
            "author": [{"literal": "La Commune"}],
            "publisher": "Presses",
            "publisher_place": "Lyon",
            "issued": on(1908),
        },
        "La Commune, <i>A Flood</i>, Lyon : Presses, 1908.",
        "La Commune, <i>A Flood</i>, Lyon: Presses, 1908.",
    ),
    (
        {"publisher_place": "Lyon", "issued": on(1908)},
        "<i>A Flood</i>, Lyon, 1908.",
        "<i>A Flood</i>, Lyon, 1908.",
    ),
    (
        {"editor": [ANNA], "issued": on(1908), "edition": "3", "number_of_pages": "256"},
        "Amont, Anna (éd.), <i>A Flood</i>, 3<sup>e</sup> éd., 1908, 256 p.",
        "Amont, Anna (ed.), <i>A Flood</i>, 3rd edn, 1908, 256 pp.",
    ),
    (
        {
            "author": [ANNA],
            "translator": [BEN],
            "collection_title": "Rives",
            "collection_number": "4",
            "issued": on(1908),
        },
        "Amont, Anna, <i>A Flood</i>, traduit par Ben Blanc, Rives, 4, 1908.",
        "Amont, Anna, <i>A Flood</i>, translated by Ben Blanc, Rives, 4, 1908.",
    ),
    (
        {
            "type": "article-newspaper",
            "title": "L’eau monte",
            "container_title": "Gazette",
            "issued": on(1907, 4, 5),
        },
        "« L’eau monte », <i>Gazette</i>, 5 avril 1907.",
        "“L’eau monte”, <i>Gazette</i>, 5 April 1907.",
    ),
    (
        {
            "type": "article-journal",
            "container_title": "Annals",
            "volume": "50",
            "issue": "1–2",
            "page": "82-102",
            "issued": on(2013, 6),
        },
        "« A Flood », <i>Annals</i>, vol. 50, n<sup>o</sup> 1–2, juin 2013, p. 82–102.",
        "“A Flood”, <i>Annals</i>, vol. 50, no. 1–2, June 2013, pp. 82–102.",
    ),
    (
        {
            "type": "chapter",
            "author": [ANNA],
            "editor": [BEN],
            "container_title": "Rivers",
            "page": "7",
            "issued": on(1908),
        },
        "Amont, Anna, « A Flood », in <i>Rivers</i>, Ben Blanc (éd.), 1908, p. 7.",
        "Amont, Anna, “A Flood”, in <i>Rivers</i>, Ben Blanc (ed.), 1908, p. 7.",
    ),
    (
        {"type": "report", "number": "585", "issued": on(1908)},
        "<i>A Flood</i>, n<sup>o</sup> 585, 1908.",
        "<i>A Flood</i>, no. 585, 1908.",
    ),
    (
        {"type": "treaty", "title": "Accord de frontière", "event_place": "Aval", "issued": on(1908, 6, 1)},
        "<i>Accord de frontière</i>, Aval, 1er juin 1908.",
        "<i>Accord de frontière</i>, Aval, 1 June 1908.",
    ),
    ({"type": "webpage", "title": "aval.example"}, "« aval.example ».", "“aval.example”."),
    ({"accessed": on(2026, 11, 22)}, "<i>A Flood</i>.", "<i>A Flood</i>."),
    (
        {"title": "Why a flood?", "issued": on(1908)},
        "<i>Why a flood?</i>, 1908.",
        "<i>Why a flood?</i>, 1908.",
    ),
    ({"type": "webpage", "title": "Why a flood?"}, "« Why a flood? »", "“Why a flood?”"),
    (
        {"title": "The <i>Weir</i> & <script>", "issued": on(1908)},
        "<i>The <i>Weir</i> &amp; &lt;script&gt;</i>, 1908.",
        "<i>The <i>Weir</i> &amp; &lt;script&gt;</i>, 1908.",
    ),
    (
        {
            "title": "[Accord / Agreement]",
            "custom": {"title_fr": "[Accord du mois de juin]", "title_en": "[Agreement of june]"},
        },
        "<i>[Accord du mois de juin]</i>, s. d.",
        "<i>[Agreement of june]</i>, n.d.",
    ),
    (
        {
            "author": [{"literal": "X"}],
            "custom": {"author_fr": "Ministère", "author_en": "Ministry"},
            "issued": on(1908),
        },
        "Ministère, <i>A Flood</i>, 1908.",
        "Ministry, <i>A Flood</i>, 1908.",
    ),
    (
        {"issued": {"raw": "printemps 1907"}},
        "<i>A Flood</i>, printemps 1907.",
        "<i>A Flood</i>, printemps 1907.",
    ),
    (
        {"issued": {"date-parts": [[1907]], "season": 1}},
        "<i>A Flood</i>, printemps 1907.",
        "<i>A Flood</i>, spring 1907.",
    ),
    (
        {"issued": {"edtf": "1907-04~"}},
        "<i>A Flood</i>, vers avril 1907.",
        "<i>A Flood</i>, about April 1907.",
    ),
    (
        {"type": "motion_picture", "director": [ANNA], "issued": on(1907)},
        "Amont, Anna, <i>A Flood</i>, 1907.",
        "Amont, Anna, <i>A Flood</i>, 1907.",
    ),
    (
        {"type": "map", "scale": "1:25 000", "issued": on(1907)},
        "<i>A Flood</i>, 1:25 000, 1907.",
        "<i>A Flood</i>, 1:25 000, 1907.",
    ),
    (
        {"type": "speech", "event-title": "Congress of weirs", "issued": on(1907)},
        "« A Flood », Congress of weirs, 1907.",
        "“A Flood”, Congress of weirs, 1907.",
    ),
    (
        {"number-of-volumes": "2", "number-of-pages": "80", "original-date": on(1901), "issued": on(1907)},
        "<i>A Flood</i>, 1907, 2 vol., 80 p., première publication 1901.",
        "<i>A Flood</i>, 1907, 2 vols, 80 pp., first published 1901.",
    ),
    (
        {"type": "article", "title": "On “floods”", "issued": on(1907)},
        "« On “floods” », 1907.",
        "“On ‘floods’”, 1907.",
    ),
    (
        {"type": "article", "title": "La « crue » au moulin", "issued": on(1907)},
        "« La “crue” au moulin », 1907.",
        "“La « crue » au moulin”, 1907.",
    ),
]


@pytest.mark.parametrize(("source", "french", "english"), ENTRIES)
def test_an_entry_reads_right_in_both_languages(source: dict[str, Any], french: str, english: str) -> None:
    assert (entry("fr", **source), entry("en", **source)) == (french, english)


@pytest.mark.parametrize("kind", TYPES)
def test_a_source_of_every_type_says_its_title_once_and_ends_with_one_stop(kind: str) -> None:
    for code in LANGUAGES:
        for more in ({}, {"author": [ANNA]}, {"issued": on(1907, 4, 5)}, {"container_title": "Annals"}):
            text = entry(code, type=kind, title="Une Crue au moulin", **more)
            assert text.count("Une Crue au moulin") == 1
            assert re.search(r"[^.]\.$", text) or text.endswith(("n.d.", "s. d."))
            assert not re.search(r"[Ee]dition|[Éé]dition|,,|, \.|\(\)", text)


@pytest.mark.parametrize("role", sorted(NAMES))
def test_whoever_is_named_alone_in_a_role_of_any_kind_stops_nothing(role: str) -> None:
    beside = {"illustrator", "interviewer", "recipient", "reviewed-author", "translator"}
    for code in LANGUAGES:
        assert entry(code, **{role: [ANNA]}).startswith("Amont, Anna") == (role not in beside)


def test_ids_are_told_apart_by_case() -> None:
    sources = [{"id": ident, "title": f"Of {ident}"} for ident in ("Weir", "weir")]
    entries = bibliography(sources_of(*sources), LANGUAGES["en"])
    assert {ident: "Of Weir" in text for ident, text in entries.items()} == {"Weir": True, "weir": False}


#: A date of CSL-JSON, as Zotero, Better BibTeX or Crossref write it, and how it is read.
DATES: list[tuple[object, str | None]] = [
    ({"date-parts": [[1907, 4, 5]]}, "1907-04-05"),
    ({"date-parts": [["1907", "4"]]}, "1907-04"),
    ({"date-parts": [[1907], [1908]]}, "1907/1908"),
    ({"date-parts": [[1907]], "circa": True}, "1907~"),
    ({"date-parts": [[1907]], "circa": "false"}, "1907"),
    ({"date-parts": [[1907]], "season": "3"}, "1907-23"),
    ({"date-parts": [[1907, 21]]}, "1907-21"),
    ({"date-parts": [[None]]}, None),
    ({"date-parts": [[]]}, None),
    ({"date-parts": [[907]]}, "0907"),
    ({"date-parts": [[1907, 2, 31]]}, "1907-02-31"),
    ({"raw": "1907-04"}, "1907-04"),
    ({"literal": "vers Pâques"}, "vers Pâques"),
    ("1908", "1908"),
    (1909, "1909"),
    ([1908], None),
    (None, None),
    ({}, None),
]


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_a_date_of_csl_is_read_or_kept_in_its_words(value: object, expected: str | None) -> None:
    date = read_date(value)
    assert (date.text if isinstance(date, HistoricDate) else date) == expected


def test_a_note_is_published_where_it_speaks_a_language() -> None:
    [source] = sources_of({"note": "fr: Lu au début. | en: Its beginning read."}).values()
    assert (source.remark("fr"), source.remark("en")) == ("Lu au début.", "Its beginning read.")
    [source] = sources_of({"note": "OCLC: 123"}).values()
    assert source.remark("en") == ""


#: What a faulty processor left in half of the entries: doubled signs, a stray label, a month before its day.
FAULTS = re.compile(
    r", ?,|\.\.(?!\.)|\bEdition\.|Édition\.|"
    r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|January|February|March|April|June|July|August|September|October|November|December) \d\d?(?!\d)"
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_entry_of_the_real_bibliography_has_a_fault_of_form(code: str) -> None:
    sources = sources_of(*json.loads((HOME / "data/sources.json").read_bytes()))
    faulty = {}
    for ident, text in bibliography(sources, LANGUAGES[code]).items():
        source, plain = sources[ident], re.sub(r"<[^>]+>", "", text)
        title = source.own.titles.get(code) or source.title
        if FAULTS.search(plain.replace(title, "T")):
            faulty[ident] = plain
    assert faulty == {}


@pytest.mark.parametrize(
    ("code", "gazette", "memoir"),
    [
        ("en", "3 rows · read in {memoir} (2)", "3 rows of other sources, read here"),
        ("fr", "3 lignes · lu dans {memoir} (2)", "3 lignes d’autres sources, lues ici"),
        ("ru", "3 строки · прочитано в: {memoir} (2)", "3 строки из других источников, прочитаны здесь"),
    ],
)
def test_a_source_says_in_which_other_its_rows_were_read_and_how_many_of_others_it_holds(
    code: str, gazette: str, memoir: str
) -> None:
    loaded, language = load_documentary(TINY), load(code)
    assert isinstance(loaded, Inputs)
    sources, read_in = ["gazette-1907"] * 3 + ["surveyor-1908"], ["downstream-memoir"] * 2
    vias = dict(zip(loaded.ledger.claims, [*read_in, "", "downstream-memoir"], strict=False))
    said = dict(zip(loaded.ledger.claims, sources, strict=False))
    claims = {
        one: replace(loaded.ledger.claims[one], provenance=Provenance(said[one], via=via))
        for one, via in vias.items()
    }
    ledger = replace(loaded.ledger, claims=claims, events={}, entities={})
    known = Knowledge(ledger, language, dict)
    rests = PAGES[PageKind.SOURCES](known, SourcesOptions(path="ledger/sources", kind=PageKind.SOURCES))[
        "rests"
    ]
    label = language.source_label(ledger.sources["downstream-memoir"])
    assert plain(rests("gazette-1907")) == gazette.format(memoir=plain(label))
    assert plain(rests("downstream-memoir")) == memoir
    # Where all its rows were read in one, their number need not be said twice.
    assert plain(rests("surveyor-1908")).endswith(plain(label))


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")
