"""A page and a chapter of the real documentary in a third language: data, prose and words, and no code."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import HOME, build
from tests.overlay import Overlay, lay_over
from tests.sharing import said_in

TRIAL = Path(__file__).parent / "datasets" / "russian"
LANGUAGES = ("fr", "en", "ru")

pytestmark = [pytest.mark.battle, pytest.mark.slow, pytest.mark.engine, pytest.mark.node]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Overlay, Path]:
    """Return the trial and its folder, built: the rows of the real ledger, said in Russian too."""
    root = tmp_path_factory.mktemp("trial") / "russian"
    return lay_over(HOME, TRIAL, root, "ru", "Русский"), build(root, pdf=True)


@pytest.fixture(scope="module")
def site(trial: tuple[Overlay, Path]) -> Path:
    return trial[1] / "site"


def page_of(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


def text_of(site: Path, path: str) -> str:
    """Return the text of a page's article, its spaces that do not part as ~."""
    article = page_of(site, path).css_first("article")
    assert article is not None
    return re.sub(r"\s+", " ", re.sub("[\u00a0\u202f]", "~", article.text()))


def test_what_is_left_in_english_is_little(trial: tuple[Overlay, Path]) -> None:
    # A title that changes in the ledger is English in the trial until somebody says it in Russian.
    assert len(trial[0].untold) <= 5


def test_dates_and_numbers_are_russian_in_sentences(site: Path) -> None:
    home, chapter = text_of(site, "ru/index.html"), text_of(site, "ru/ways-of-war.html")
    assert re.search(r"Монголии с~\d+~мая по~\d+~сентября 1939~года Советский Союз", home)
    assert re.search(r"\d~км от~советских войск", home)
    assert re.search(r"в~лагерях и~ссылке", chapter)
    assert re.search(r"провести \d+~лет ", chapter)
    assert re.search(r"Тухачевский в~\d{4}~году:", chapter)
    assert "french" not in home.lower()


def test_the_table_of_claims_counts_in_russian(site: Path) -> None:
    claims = text_of(site, "ru/ledger/quantities.html")
    assert re.search(r"\d~км", claims)
    assert re.search(r"\b5~дней\b", claims)
    assert "достоверность" in claims
    assert "confidence" not in claims


def test_every_page_names_its_likes_in_the_other_languages(site: Path) -> None:
    for path in ("index.html", "ways-of-war.html", "ledger/chronology.html"):
        for code in LANGUAGES:
            page = page_of(site, f"{code}/{path}")
            html = page.css_first("html")
            assert html is not None
            assert html.attributes["lang"] == code
            offered = {link.attributes["hreflang"] for link in page.css("header a[hreflang]")}
            assert offered == {*LANGUAGES} - {code}
    root = page_of(site, "index.html")
    assert [link.attributes["hreflang"] for link in root.css("main a[hreflang]")] == list(LANGUAGES)


def test_every_letter_of_the_pages_is_in_a_font(site: Path) -> None:
    known: set[str] = set()
    for path in (site / "ru" / "assets" / "fonts").iterdir():
        known |= set(map(chr, TTFont(io.BytesIO(path.read_bytes())).getBestCmap()))
    written = set(text_of(site, "ru/ways-of-war.html")) - {"~", "\u2060"}
    assert written - known == set()
    early = page_of(site, "ru/index.html").css("link[rel=preload][as=font]")
    first = site / "ru" / "assets" / "fonts" / Path(early[0].attributes["href"] or "").name
    assert set("абвгдеёж") <= set(map(chr, TTFont(io.BytesIO(first.read_bytes())).getBestCmap()))


def test_a_chapter_is_printed_in_russian(site: Path) -> None:
    reader = PdfReader(site / "ru" / "pdf" / "ways-of-war.pdf")
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Два способа воевать" in text
    assert "Содержание" in text
    assert "«партию в покер»" in re.sub(r"\s+", " ", text)
    assert "с. 119" in re.sub(r"[\s\u00a0]+", " ", text)
    assert reader.trailer["/Root"]["/Lang"].startswith("ru")


def test_search_keeps_russian_words_by_their_stems_in_small_parts(site: Path) -> None:
    parts = sorted((site / "ru" / "search").glob("w-y*.js"))
    assert len(parts) > 20, "small ones share a file, and none has it all"
    words = "".join(said_in(path) for path in parts)
    assert '"сражен"' in words  # сражение, сражения, сражением
    assert '"сражение"' not in words


def test_bibliographies_speak_russian(site: Path) -> None:
    sources = text_of(site, "ru/ledger/sources.html")
    assert "дата обращения:" in sources
    assert re.search(r"\d~с\. ISBN", sources)
    assert re.search(r"№~\d", sources)
