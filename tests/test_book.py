"""A book is set part by part and bound: every page, number, link and tag is that of one whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pytest
from pypdf import PdfReader

from generator.output.memory import Memory
from generator.print import press
from generator.print.bind import ROUNDS, Book, settle
from generator.print.book import Chapter, Document, Index, Part, PartKind, book_parts
from generator.print.numbers import all_places, first_pages
from generator.print.press import Layout, Press, set_layouts
from generator.print.reader import read_content
from generator.print.setting import Order, Setting
from generator.print.told import Place, Told
from generator.print.typst import DrawnPicture
from generator.problems import Problem
from generator.site.html import parse_page
from generator.site.roles import tell_roles
from tests.test_print import DRAWINGS, PACKAGES, about, bookmarks, lay_open, pytestmark, words

if TYPE_CHECKING:
    from generator.site.context import Context

__all__ = ["pytestmark"]

LINE = "<p>La rivière monte encore, et personne ne sait jusqu’où. Elle passe les digues et les ponts.</p>"
TABLE = (
    "<table><caption>Hauteurs de {0}</caption><thead><tr><th>Pont</th><th>Eau</th></tr></thead>"
    "<tbody><tr><td>Amont</td><td>3</td></tr></tbody></table>"
)
FIGURE = '<figure data-figure="{0}" id="fig-{0}"><figcaption><strong>Vue {0}</strong></figcaption></figure>'
NOTE = (
    '<p>Un<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup>.</p>'
    '<div class="footnote"><ol><li id="fn:a"><p>Registre.</p></li></ol></div>'
)


def chapters(lines: int = 3, word: str = "mot") -> list[str]:
    """Return the HTML of three chapters; the first has so many *lines*, and says a *word*."""
    wide, tall = (FIGURE.format(name) for name in ("wide", "tall"))
    next_one, before, last = (
        f"<p>Voir <a href='{page}.html#s'>{words}</a>.</p>"
        for page, words in (("c1", "la suite"), ("c0", "l’amont"), ("c1", "l’aval"))
    )
    first = f"<p>Un {word}.</p><h2 id='s'>Amont</h2>{TABLE.format('mars')}{LINE * lines}{wide}{next_one}"
    second = f"<h2 id='s'>Aval</h2>{before}{tall}{TABLE.format('mai')}"
    third = f"<h2 id='s'>Delta</h2>{last}{wide}{TABLE.format('juin')}"
    return [f"{body}{NOTE}" for body in (first, second, third)]


def layout(bodies: Sequence[str], folder: Path) -> Layout:
    """Return a book of chapters with these bodies, ready to be set in *folder*."""
    read = []
    for number, body in enumerate(bodies):
        page = parse_page(f"<article>{body}</article>".encode(), "fr", "page.html")
        tell_roles(page, cast("Context", None))
        blocks = read_content(page, "docs/fr/page.md", "")
        assert not isinstance(blocks, Problem), str(blocks)
        read.append(Chapter(f"c{number}", f"Chapitre {number}", "", "", blocks, {}))
    drawn = {name: DrawnPicture(f"/{name}.svg", "Une vue", *size) for name, size in DRAWINGS.items()}
    parts = tuple(book_parts(Document(about("fr"), read, drawn, Index((), {})), {}))
    book = Book(parts, "fr/_book", "fr/pdf/book.pdf", "docs/fr/")
    lay_open(folder)
    tree = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    return Layout({**tree, **{book.document(part): part.text.encode() for part in parts}}, (), book)


class Shop:
    """Sets books on one memory, and says which parts of each it set."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.parts: list[str] = []
        setting = press.set_documents

        def listening(work: Path, orders: Sequence[Order], *rest: Any) -> Any:
            self.parts += [f"{Path(order.document).stem}{' draft' * order.draft}" for order in orders]
            return setting(work, orders, *rest)

        patch.setattr(press, "set_documents", listening)

    def set(self, bodies: Sequence[str], memory: str = "memory") -> bytes:
        self.parts.clear()
        kept = Memory(self.folder / memory, "ours")
        work = self.folder / "work"
        made = set_layouts([layout(bodies, work)], Press(work, PACKAGES, 1582934400, kept))
        assert isinstance(made, dict), made
        return made["fr/pdf/book.pdf"]


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        yield Shop(tmp_path_factory.mktemp("bound"), patch).set(chapters())


def test_a_word_sets_its_own_chapter_anew_and_gives_the_bytes_of_a_book_set_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(tmp_path, monkeypatch)
    first = shop.set(chapters())
    assert {"_front", "c0", "c1", "c2", "_index"} <= set(shop.parts)
    assert shop.set(chapters()) == first
    assert shop.parts == []
    second = shop.set(chapters(word="fait"))
    assert shop.parts == ["c0 draft", "c0"]
    assert second != first
    assert shop.set(chapters(word="fait"), "another memory") == second
    assert shop.set(chapters()) == first


def test_where_a_chapter_grows_the_pages_of_the_others_are_said_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(tmp_path, monkeypatch)
    short, long = (PdfReader(io.BytesIO(shop.set(chapters(lines)))) for lines in (3, 90))
    for pdf in (short, long):
        opened = {
            str(mark["/Title"]): (pdf.get_destination_page_number(mark) or 0) + 1  # type: ignore[arg-type]
            for mark in pdf.outline
            if not isinstance(mark, list)
        }
        said = words(pdf).replace("\u00a0", " ")
        assert f"la suite (p. {opened['Chapitre 1']})" in said
        assert f"l’aval (p. {opened['Chapitre 1']})" in said
        assert f"l’amont (p. {opened['Chapitre 0']})" in said
        assert "Vue wide (p. " in said
        assert [page for page in opened.values() if page % 2 == 0] == []
        for number in range(3):
            assert re.search(rf"Chapitre {number} {opened[f'Chapitre {number}']}\b", said)
        for number, page in enumerate(pdf.pages, 1):
            said = page.extract_text().split()
            assert number < opened["Chapitre 0"] or not said or str(number) in said
    assert len(long.pages) > len(short.pages)


def test_figures_tables_and_bookmarks_are_counted_through(bound: bytes) -> None:
    pdf = PdfReader(io.BytesIO(bound))
    said = words(pdf).replace("\u00a0", " ")
    for number, title in enumerate(("Vue wide", "Vue tall"), 1):
        assert len(re.findall(rf"Fig\. {number}\.? {title}", said)) == 2
    for number, month in enumerate(("mars", "mai", "juin"), 1):
        assert len(re.findall(rf"Tableau {number}\.? Hauteurs de {month}", said)) == 2
    names = ["Sommaire", "Figures", "Tableaux"]
    names += [name for n, place in enumerate(("Amont", "Aval", "Delta")) for name in (f"Chapitre {n}", place)]
    assert list(bookmarks(pdf.outline)) == [*names, "Index"]


def test_every_page_and_link_of_a_bound_book_leads_to_its_tags_and_no_name_is_used_twice(
    bound: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        tags = pdf.Root.StructTreeRoot
        (whole,) = tags.K
        assert (whole.S, [part.S for part in whole.K]) == ("/Document", ["/Part"] * 5)
        assert all(part.P.objgen == whole.objgen for part in whole.K)
        keys = [int(key) for branch in tags.ParentTree.Kids for key in branch.Nums[::2]]
        assert keys == sorted(set(keys))
        leads = pikepdf.NumberTree(tags.ParentTree)
        seen = 0
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                assert leads[int(annotation.StructParent)].S == "/Link"
                seen += 1
            for tag in leads[int(page.obj.StructParents)] if "/StructParents" in page.obj else ():
                assert tag is None or tag.Type == "/StructElem"
        assert seen > 10
        ids = pikepdf.NameTree(tags.IDTree)
        assert len(ids) == len(list(ids)) >= 9
        assert [name for name, tag in ids.items() if str(tag.ID) != name] == []
        heads = [
            str(head)
            for branch in pdf.objects
            if isinstance(branch, pikepdf.Dictionary) and "/S" in branch and "/A" in branch
            for one in (branch.A if isinstance(branch.A, pikepdf.Array) else [branch.A])
            for head in one.get("/Headers", ())
        ]
        assert heads
        assert [head for head in heads if head not in ids] == []


def test_a_bound_book_says_how_many_pages_it_has_and_is_another_file_when_a_word_is_another(
    bound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packets = []
    for raw in (bound, Shop(tmp_path, monkeypatch).set(chapters(word="fait"))):
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            packets.append(pdf.Root.Metadata.read_bytes().decode())
            assert f"<xmpTPg:NPages>{len(pdf.pages)}<" in packets[-1]
            assert "/Bound" not in pdf.Root
    ids = [re.findall(r"<xmpMM:InstanceID>([^<]+)<", packet) for packet in packets]
    assert len(ids[0]) == len(ids[1]) == 1
    assert ids[0] != ids[1]


def test_parts_begin_on_right_hand_pages_and_places_move_with_them() -> None:
    told = [
        Told(pages=3, places={"a": Place(2, 1.0, 5.0)}),
        Told(
            pages=2,
            places={"b": Place(2, 0.0, 0.0)},
            mentions=[("e", Place(1, 0, 9)), ("e", Place(1, 0, 30))],
        ),
        Told(pages=1),
    ]
    assert first_pages(told) == [1, 5, 7]
    assert all_places(told) == {"a": Place(2, 1.0, 5.0), "b": Place(6, 0.0, 0.0), "e@5": Place(5, 0, 9)}


def test_a_book_whose_pages_never_agree_is_a_problem() -> None:
    parts = (Part("_front", "", kind=PartKind.FRONT), Part("a", ""))
    turns: list[int] = []

    def restless(orders: Sequence[Order]) -> dict[Order, Setting]:
        turns.append(len(orders))
        told = Told(pages=2 * len(turns), places={"a#": Place(1, 0.0, 0.0)}, headings=[("a#", 1)])
        return {order: Setting(told, b"") for order in orders}

    found = settle([Book(parts, "f", "t", "docs/fr/")], restless)
    assert isinstance(found, list)
    assert "do not find their places" in str(found[0])
    assert len(turns) == 2 * ROUNDS
