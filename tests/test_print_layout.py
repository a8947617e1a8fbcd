"""How a printed page is held together: what stays whole, and where the rest may be parted."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from generator.print.bind import Book, bind, settle
from generator.print.book import Chapter, Document, Index, book_parts, chapter_document
from generator.print.compile import set_documents
from generator.print.printing import SLICE
from generator.print.reader import read_content
from generator.print.setting import Order, Setting
from generator.print.slices import slices
from generator.print.typst import DrawnPicture
from generator.problems import Problem
from generator.site.html import parse_page
from tests.test_print import (
    DRAWINGS,
    PACKAGES,
    about,
    document,
    lay_open,
    printed,
    pytestmark,
    set_in_type,
    words,
)

__all__ = ["pytestmark"]

LINE = "<p>La rivière monte encore, et personne ne sait jusqu’où.</p>"
#: So many lines before what is looked at: somewhere among them a page ends in the midst of it.
OFFSETS = range(24, 44, 3)


def rows(number: int, cell: str = "mot") -> str:
    body = "".join(f"<tr><td>rang-{n}.</td><td>{cell}</td></tr>" for n in range(number))
    return f"<table><thead><tr><th>Rang</th><th>Mots</th></tr></thead><tbody>{body}</tbody></table>"


def bound(document: Document, folder: Path) -> bytes:
    """Set a book, part by part, and bind it."""
    lay_open(folder)
    book = Book(tuple(book_parts(document, {})), "book", "book.pdf", "docs/fr/")
    for part in book.parts:
        path = folder / book.document(part)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(part.text, encoding="utf-8")

    def set_parts(orders: Sequence[Order]) -> dict[Order, Setting] | list[Problem]:
        made = set_documents(folder, orders, PACKAGES, 1582934400)
        if isinstance(made, list):
            return made
        return {order: one for order, one in made.items() if isinstance(one, Setting)}

    settled = settle([book], set_parts)
    assert isinstance(settled, dict)
    made = bind([(book, settled[book.target])])
    assert isinstance(made, dict)
    return made[book.target]


def pages_of(pdf: PdfReader, pattern: str) -> list[int]:
    """Return the page of each place where *pattern* is printed."""
    return [n for n, page in enumerate(pdf.pages) for _ in re.findall(pattern, page.extract_text())]


@pytest.mark.parametrize("before", OFFSETS)
def test_a_short_table_stays_whole_and_a_long_one_leaves_three_rows_on_each_page(
    before: int, tmp_path: Path
) -> None:
    for number in (8, 40):
        pages = pages_of(printed(LINE * before + rows(number), tmp_path), r"rang-\d+\.")
        counts = [pages.count(page) for page in sorted(set(pages))]
        assert sum(counts) == number
        assert counts == [8] if number == 8 else min(counts) >= 3


@pytest.mark.parametrize("before", OFFSETS)
def test_a_box_stays_whole_and_a_heading_has_lines_below_it(before: int, tmp_path: Path) -> None:
    inside = "".join(f"<p>boite-{n}. La rivière.</p>" for n in range(8))
    box = f'<div class="admonition" data-print="box"><p data-print="title">boite-t.</p>{inside}</div>'
    body = f"{LINE * before}{box}{LINE * before}<h2 id='a'>titre-h.</h2><p>suite-h.</p>"
    pdf = printed(body, tmp_path)
    assert len(set(pages_of(pdf, r"boite-\w\."))) == 1
    assert len(pages_of(pdf, r"titre-h\.\s+suite-h\.")) == 1


@pytest.mark.parametrize("before", OFFSETS)
def test_an_entry_stays_whole_and_the_name_of_a_sequence_stands_above_its_first_picture(
    before: int, tmp_path: Path
) -> None:
    inside = "".join(f"<p>entree-{n}. La rivière.</p>" for n in range(4))
    entry = f"<dl><dt>entree-t.</dt><dd>{inside}</dd></dl>"
    steps = (
        '<p data-print="steps-title">suite-t.</p><p data-print="steps-note">suite-n.</p>'
        '<div><p data-print="step">Temps 1</p><figure data-figure="wide" id="fig-wide">'
        "<figcaption><strong>suite-p.</strong></figcaption></figure></div>"
    )
    pdf = printed(f"{LINE * before}{entry}{LINE * before}{steps}", tmp_path)
    assert len(pages_of(pdf, r"entree-\w\.")) == 5
    assert len(set(pages_of(pdf, r"entree-\w\."))) == 1
    assert len(pages_of(pdf, r"suite-\w\.")) == 3
    assert len(set(pages_of(pdf, r"suite-\w\."))) == 1


def test_a_drawing_too_tall_for_a_page_begins_where_the_text_ends(tmp_path: Path) -> None:
    figure = '<figure data-figure="rows"><figcaption><strong>Les rangs</strong></figcaption></figure>'
    body = f"<article>{LINE * 20}{figure}<p>apres.</p></article>"
    blocks = read_content(parse_page(body.encode(), "fr", "page.html"), "docs/fr/page.md", "")
    assert not isinstance(blocks, Problem)
    marks = "".join(f'<text x="20" y="{40 * n + 24}" font-size="20">rang-{n}.</text>' for n in range(50))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 2000">{marks}</svg>'
    (tmp_path / "rows.svg").write_text(svg, encoding="utf-8")
    picture = DrawnPicture("/rows.svg", "Les rangs", 760, 2000, slices(svg, 2000, SLICE * 760))
    chapter = Chapter("page", "La crue", "", "", blocks, {})
    made = chapter_document(Document(about("fr"), (chapter,), {"rows": picture}, Index((), {})), None)
    raw = set_in_type(made, tmp_path)
    assert isinstance(raw, bytes)
    pdf = PdfReader(io.BytesIO(raw))
    # Half a page of text, and the first rows below it; 421 mm of drawing fill the rest and two pages more.
    assert pages_of(pdf, "Les rangs") == [0]
    assert pages_of(pdf, r"apres\.") == [2]


def heights_of(pdf: PdfReader, word: str) -> list[list[float]]:
    """Return for each page how far up *word* is seen on it, in points; what is cut away lies beyond it."""
    found: list[list[float]] = []
    for page in pdf.pages:
        here: list[float] = []

        def visit(text: str, matrix: list[float], *_: object, here: list[float] = here) -> None:
            if word in text and 0 < matrix[5] < 842:
                here.append(matrix[5])

        page.extract_text(visitor_text=visit)
        found.append(here)
    return found


@pytest.mark.parametrize("before", [2, 14])
def test_a_drawing_too_tall_for_a_page_has_its_axis_on_each_page_and_no_float_in_between(
    before: int, tmp_path: Path
) -> None:
    tall, small = (
        f'<figure data-figure="{name}"><figcaption><strong>Les {name}</strong></figcaption></figure>'
        for name in ("rows", "last")
    )
    body = f"<article>{LINE * before}{tall}<p>apres.</p>{small}{LINE * 30}</article>"
    blocks = read_content(parse_page(body.encode(), "fr", "page.html"), "docs/fr/page.md", "")
    assert not isinstance(blocks, Problem)
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760'
    marks = "".join(f'<text x="20" y="{40 * n + 64}" font-size="20">rang-{n}.</text>' for n in range(49))
    rows = f'{start} 2000"><text x="300" y="24" font-size="20">axe-0.</text>{marks}</svg>'
    last = f'{start} 300"><text x="20" y="20" font-size="20">carte.</text></svg>'
    for name, svg in (("rows", rows), ("last", last)):
        (tmp_path / f"{name}.svg").write_text(svg, encoding="utf-8")
    parts = slices(rows, 2000, SLICE * 760)
    drawn = {
        "rows": DrawnPicture("/rows.svg", "Les rangs", 760, 2000, parts, head=40),
        "last": DrawnPicture("/last.svg", "Une carte", 760, 300),
    }
    chapter = Chapter("page", "La crue", "", "", blocks, {})
    made = chapter_document(Document(about("fr"), (chapter,), drawn, Index((), {})), None)
    raw = set_in_type(made, tmp_path)
    assert isinstance(raw, bytes)
    pdf = PdfReader(io.BytesIO(raw))
    [ended] = pages_of(pdf, r"apres\.")
    axes = heights_of(pdf, "axe-0.")
    assert ended >= 2
    assert all(axes[: ended + 1])
    assert min(min(seen) for seen in axes[1 : ended + 1]) > 700, "at the head of each page after the first"
    [(page, height)] = [(n, seen[0]) for n, seen in enumerate(heights_of(pdf, "carte.")) if seen]
    assert page > ended or height < heights_of(pdf, "apres.")[ended][0]


def test_a_cell_higher_than_a_page_loses_no_line(tmp_path: Path) -> None:
    cell = " ".join(f"mot{n}z" for n in range(2500))
    said = words(printed(rows(2, cell), tmp_path))
    assert [n for n in range(2500) if len(re.findall(rf"mot{n}z", said)) != 2] == []


def test_cells_that_only_hold_rows_together_are_not_read_aloud(tmp_path: Path) -> None:
    body = rows(40).replace("<th>Rang</th>", "<th></th>")
    raw = set_in_type(document(body), tmp_path)
    assert isinstance(raw, bytes)
    seen = []
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            below = node.get("/K", pikepdf.Array())
            kids = [
                kid
                for kid in (below if isinstance(below, pikepdf.Array) else [below])
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
            ]
            if node.get("/S") == "/TR":
                seen.append([str(kid.S) for kid in kids])
            waiting += kids
    assert len(seen) == 41
    assert seen.count(["/TH", "/TD"]) == 40
    assert seen.count(["/TD", "/TH"]) == 1


def test_a_book_draws_a_figure_once_and_leads_back_to_it(tmp_path: Path) -> None:
    figure = (
        '<figure data-figure="wide" id="fig-wide"><figcaption><strong>La carte</strong></figcaption></figure>'
    )
    chapters = []
    for number in (1, 2):
        body = f"<article><h2 id='s'>Section {number}</h2><p>Texte.</p>{figure}</article>"
        blocks = read_content(parse_page(body.encode(), "fr", "page.html"), "docs/fr/page.md", "")
        assert not isinstance(blocks, Problem)
        chapters.append(Chapter(f"c{number}", f"Chapitre {number}", "", "", blocks, {}))
    drawn = {name: DrawnPicture(f"/{name}.svg", "Une carte", *size) for name, size in DRAWINGS.items()}
    said = words(
        PdfReader(io.BytesIO(bound(Document(about("fr"), chapters, drawn, Index((), {})), tmp_path)))
    )
    assert len(re.findall(r"Fig\.\s1\.\sLa carte|Fig\.\s1\sLa carte", said)) >= 1
    assert "Fig. 2" not in said.replace("\u00a0", " ")
    assert re.search(r"La carte\s\(p\.\s\d+\)", said)


def test_the_contents_of_a_chapter_stand_together(tmp_path: Path) -> None:
    sections = "".join(f"<h2 id='s{n}'>section-{n}.</h2>{LINE * 6}" for n in range(24))
    pages = pages_of(printed(sections, tmp_path), r"section-\d+\.")
    assert pages[:24] == [0] * 24
