"""Page and paper say the same: every word of a page stands in its PDF, in the order of the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from outloud.model import Document
from selectolax.lexbor import LexborHTMLParser

import generator.build as building
from generator.loading import Inputs
from generator.pages import Site
from generator.problems import Problem
from generator.site.html import PageTree
from tests.sharing import build_cold, built_real, copy_documentary, printed_tiny, remember

pytestmark = [pytest.mark.node, pytest.mark.engine]

#: What a page says of itself that is not read: marked as of the screen, hidden, or no text at all.
UNREAD = "[data-print=no], [hidden], button, script, style, template, svg"
#: The caption of a table, or of the map beside a day, that its heading says already.
SAID = "caption[data-print=titled], [data-print=beside] > figure > figcaption"
#: How many words together stand how many letters ahead in the PDF: what is between them, paper adds.
AHEAD = ((3, 12_000), (2, 4000), (1, 400))


@dataclass
class Printed:
    """The pages as the printer was given them, and what it made, both by their path in the site."""

    pages: Mapping[str, str]
    pdfs: Mapping[str, bytes]

    def __iter__(self) -> Iterator[tuple[str, str, bytes]]:
        for path, pdf in sorted(self.pdfs.items()):
            code, _, name = path.removesuffix(".pdf").split("/", 2)
            if name != "book":
                yield f"{code}/{name}", self.pages[f"{code}/{name}.html"], pdf


def _printed(root: Path) -> Printed:
    given: dict[str, str] = {}
    made: dict[str, bytes] = {}
    printer = building.print_all

    def listening(
        inputs: Inputs, sites: Mapping[str, Site], pages: Mapping[str, PageTree], *rest: Any, **named: Any
    ) -> dict[str, bytes] | list[Problem]:
        given.update({where: page.html for where, page in pages.items()})
        pdfs = printer(inputs, sites, pages, *rest, **named)
        if isinstance(pdfs, dict):
            made.update(pdfs)
        return pdfs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "print_all", listening)
        build_cold(root, pdf=True)
    return Printed(given, made)


@pytest.fixture(scope="module", params=["tiny", pytest.param("real", marks=pytest.mark.slow)])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    printed = printed_tiny() if request.param == "tiny" else built_real()
    root = copy_documentary(printed, tmp_path_factory.mktemp("words") / request.param)
    return _printed(remember(root, printed))


def squeezed(text: str) -> str:
    """Return the letters and digits of *text*; how lines are broken and words parted is nothing lost."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c)[0] in "LN")


def words_of(page: str) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """Return the words of a page, those of each of its figures, and those of each note."""
    tree = LexborHTMLParser(page)
    article = tree.css_first("article")
    assert article is not None
    for node in article.css(f"{UNREAD}, {SAID}, [data-print=call], [data-print=step]"):
        node.decompose()
    apart: tuple[list[list[str]], list[list[str]]] = ([], [])
    for place, found in zip(("figure[data-figure]", "[data-print=notes] > ol > li"), apart, strict=True):
        for node in article.css(place):
            found.append(_words(node.text(separator=" ")))
            node.decompose()
    return _words(article.text(separator=" ")), *apart


def _words(text: str) -> list[str]:
    return [word for part in text.split() if (word := squeezed(part))]


class Reading:
    """A PDF read as a screen reader does: along its tags, without what they leave out."""

    def __init__(self, file: Path) -> None:
        self.document = document = Document(str(file))  # its objects live as long as it does
        self.root = document.struct_root
        self.said = {page.objgen: document.content(page.index).mcid_text for page in document.pages}
        self.notes: list[str] = []

    def text(self) -> str:
        """Return the letters of the text; those of each note are in `notes` then."""
        return squeezed(" ".join(self._below(self.root, None)))

    def _below(self, node: pikepdf.Object, page: tuple[int, int] | None) -> Iterator[str]:
        page = node.Pg.objgen if "/Pg" in node else page
        kind, below = str(node.get("/S", "")), node.get("/K", [])
        if kind == "/Note":
            self.notes.append(squeezed(" ".join(self._kids(below, page))))
        elif kind != "/Figure":
            yield from self._kids(below, page)

    def _kids(self, below: pikepdf.Object, page: tuple[int, int] | None) -> Iterator[str]:
        for kid in below if isinstance(below, pikepdf.Array) else [below]:
            if not isinstance(kid, pikepdf.Dictionary):
                yield self.said.get(page, {}).get((None, int(kid)), "")
            elif "/MCID" in kid:
                of = kid.Pg.objgen if "/Pg" in kid else page
                yield self.said.get(of, {}).get((None, int(kid.MCID)), "")
            elif "/S" in kid:
                yield from self._below(kid, page)


def missing(words: list[str], said: str) -> list[str]:
    """Return the words that *said* does not hold where they should stand."""
    lost, at = [], 0
    for number, word in enumerate(words):
        if said.startswith(word, at):
            at += len(word)
            continue
        # Paper says something in between: go on where this word stands, with those after it if they do.
        runs = (("".join(words[number : number + size]), ahead) for size, ahead in AHEAD)
        places = (said.find(run, at, at + ahead) for run, ahead in runs)
        found = next((place for place in places if place >= 0), None)
        if found is None:
            lost.append(" ".join(words[max(0, number - 3) : number]) + f" [{word}]")
        else:
            at = found + len(word)
    return lost


def test_nothing_that_a_page_says_is_missing_from_its_pdf(printed: Printed, tmp_path: Path) -> None:
    seen, lost = 0, {}
    for name, page, pdf in printed:
        (tmp_path / "page.pdf").write_bytes(pdf)
        words, figures, notes = words_of(page)
        reading = Reading(tmp_path / "page.pdf")
        said = reading.text()
        found = missing(words, said)
        # A drawing may stand before the paragraph that calls it, or before all of them.
        for figure in figures:
            found += missing(figure, said[max(0, said.find("".join(figure[:6]))) :])
        for note in notes:
            found += [] if any("".join(note) in noted for noted in reading.notes) else [" ".join(note)]
        if found:
            lost[name] = found
        seen += len(words)
    assert seen > 1000
    assert lost == {}


def test_a_word_that_is_lost_or_out_of_place_is_found() -> None:
    words = ["la", "riviere", "monte", "encore", "puis", "redescend"]
    assert missing(words, squeezed("la rivière monte (p. 3) encore, puis redescend")) == []
    assert missing(words, squeezed("la rivière encore puis redescend")) != []
    assert missing(words, squeezed("la rivière monte puis encore redescend")) != []
