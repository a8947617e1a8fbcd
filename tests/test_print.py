"""What is printed: from the HTML of a page to a PDF that can be read, searched, heard and cited."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from selectolax.lexbor import LexborHTMLParser

from generator.drawing.fonts import FACES
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.language.typography import slug
from generator.print.book import Chapter, Document, Index, chapter_document
from generator.print.compile import PrintError, set_documents
from generator.print.preamble import DocumentDetails
from generator.print.preamble import words as interface
from generator.print.reader import read_content
from generator.print.setting import Order
from generator.print.slices import slices
from generator.print.typst import DrawnPicture, escaped
from generator.problems import Problem
from generator.site.html import parse_page
from generator.site.roles import tell_roles
from tests.sharing import built_real, printed_tiny

if TYPE_CHECKING:
    from generator.site.context import Context

HOME = Path(__file__).parent.parent
PACKAGES = HOME / "generator" / "drawing" / "node" / "node_modules"

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(
        not all(face.path(PACKAGES).is_file() for face in FACES),
        reason="the fonts are not installed: run make setup",
    ),
]


def language_of(code: str) -> Language:
    (found,) = load_languages([code])
    assert isinstance(found, Language)
    return found


def svg(width: int, height: int) -> bytes:
    """Return a drawing that has a line of text and touches its four sides."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="none" stroke="#1f2430" stroke-width="4"/>'
        '<text x="20" y="40" font-family="IBM Plex Sans" font-size="20">La crue</text></svg>'
    ).encode()


DRAWINGS = {"wide": (760, 300), "tall": (400, 1600)}


def about(code: str, address: str = "") -> DocumentDetails:
    return DocumentDetails(
        title="Les crues de l’Aune" if code == "fr" else "The floods of the Aune",
        about="Une rivière inventée",
        author="les auteurs",
        day=(2020, 2, 29),
        dated="29 février 2020",
        licence="Domaine public",
        address=address,
        sources="sources",
        home="index.html",
        language=language_of(code),
    )


def document(body: str, code: str = "fr", address: str = "", files: Mapping[str, bytes] | None = None) -> str:
    """Return the Typst text of a chapter whose article holds *body*."""
    page = parse_page(f"<article>{body}</article>".encode(), "fr", "page.html")
    tell_roles(page, cast("Context", None))
    blocks = read_content(page, "docs/fr/page.md", "")
    assert not isinstance(blocks, Problem), str(blocks)
    drawn = {
        name: DrawnPicture(f"/{name}.svg", f"Ce que montre {name}", *size) for name, size in DRAWINGS.items()
    }
    chapter = Chapter("page", "La crue", "Ce que l’on sait.", "", blocks, files or {})
    return chapter_document(Document(about(code, address), (chapter,), drawn, Index((), {})), None)


def lay_open(folder: Path, files: Mapping[str, bytes] | None = None) -> None:
    """Write what documents read beside their text: the template, the drawings, and what they attach."""
    template = HOME / "generator" / "print" / "template"
    for code in ("fr", "en"):
        (folder / code / "template").mkdir(parents=True, exist_ok=True)
        for path in template.glob("*.typ"):
            (folder / code / "template" / path.name).write_bytes(path.read_bytes())
        (folder / code / "template" / "words.typ").write_text(interface(language_of(code)), encoding="utf-8")
    for name, size in DRAWINGS.items():
        (folder / f"{name}.svg").write_bytes(svg(*size))
    for name, raw in (files or {}).items():
        path = folder / "fr" / "attached" / "page" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def set_in_type(text: str, folder: Path, files: Mapping[str, bytes] | None = None) -> bytes | list[Problem]:
    """Set a document; return its PDF, or the problems."""
    lay_open(folder, files)
    (folder / "page.typ").write_text(text, encoding="utf-8")
    order = Order("page.typ", "page.pdf", "docs/fr/page.md")
    made = set_documents(folder, [order], PACKAGES, 1582934400)
    if isinstance(made, list):
        return made
    pdf = made[order]
    assert isinstance(pdf, bytes)
    return pdf


def printed(body: str, folder: Path, code: str = "fr", **more: str) -> PdfReader:
    """Print a chapter whose article holds *body*; it must have no problem."""
    pdf = set_in_type(document(body, code, **more), folder)
    assert isinstance(pdf, bytes), "\n".join(map(str, pdf))
    return PdfReader(io.BytesIO(pdf))


def words(pdf: PdfReader) -> str:
    """Return the text of a PDF, spaces as one, without joiners and the hyphens at the ends of lines."""
    text = "\n".join(page.extract_text() for page in pdf.pages).replace("\u2060", "")
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad-]\n", "", text))


def fonts(pdf: PdfReader) -> dict[str, DictionaryObject]:
    found = {}
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            whole = font.get_object()
            found[str(whole["/BaseFont"])] = whole["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return found


def bookmarks(outline: object) -> Iterator[str]:
    for entry in outline if isinstance(outline, list) else [outline]:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield str(entry["/Title"])


def links(pdf: PdfReader) -> Iterator[DictionaryObject]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ArrayObject()) or ():
            found = annotation.get_object()
            if found["/Subtype"] == "/Link":
                yield found


def test_words_that_look_like_markup_are_words(tmp_path: Path) -> None:
    said = "# $x$ @a \\ *b* _c_ &lt;d> `e` ~ -- --- ... // /* [f] {g} = + - 1. 2) h^i | &amp; \"j\" 'k'"
    seen = "# $x$ @a \\ *b* _c_ <d> `e` ~ -- --- ... // /* [f] {g} = + - 1. 2) h^i | & \"j\" 'k'"
    for start in ("", "= ", "- ", "+ ", "1. ", "/ "):
        assert f"{start}{seen}" in words(printed(f"<p>{start}{said}</p>", tmp_path))


def test_what_follows_a_word_in_italics_does_not_become_its_argument(tmp_path: Path) -> None:
    body = "<p><em>un</em>(deux)[trois].quatre;<strong>cinq</strong>;<em>six</em>.sept</p>"
    assert "un(deux)[trois].quatre;cinq;six.sept" in words(printed(body, tmp_path))


def test_numbers_keep_their_separators_and_words_their_letters(tmp_path: Path) -> None:
    said = "12\u202f345 maisons\u202f; «\u202fœuvre\u202f» "
    said += "– Ōgata, Жуков, өү, 草原, 泽东, sous\u2011sol, 3,5\u00a0%"
    text = "".join(page.extract_text() for page in printed(f"<p>{said}</p>", tmp_path).pages)
    assert "12\u202f345 maisons\u202f;" in text
    for word in ("«\u202fœuvre\u202f»", "Ōgata", "Жуков", "өү", "草原", "泽东", "3,5\u00a0%"):
        assert word in text
    assert re.search("sous[\u2010\u2011-]sol", text)


def test_an_ordinal_is_raised_when_no_face_has_its_letter() -> None:
    assert escaped("4ᵉ éd.") == "4#super[e]; éd."


def test_a_letter_that_no_face_has_is_a_problem_of_its_page(tmp_path: Path) -> None:
    found = set_in_type(document("<p>ௐ</p>"), tmp_path)
    assert isinstance(found, list)
    assert [(str(p.location), p.code) for p in found] == [("docs/fr/page.md:1", "print-warning")]
    assert "could not be displayed" in found[0].message


def test_an_element_without_a_form_on_paper_is_a_problem_with_its_line() -> None:
    text = "---\ntitle: x\n---\nUn.\n\n## Deux {#two}\n\n<video src='x'></video>\n"
    raw = b'<article><p>Un.</p><h2 id="two">Deux</h2><p><video src="x"></video></p></article>'
    page = parse_page(raw, "fr", "page.html")
    assert str(read_content(page, "docs/fr/page.md", text)) == (
        "docs/fr/page.md:8: unprintable: <video> has no form on paper\n"
        "    hint: say it with Markdown, or give it the class no-print"
    )


@pytest.mark.parametrize(
    "opening",
    ["<ol reversed>", '<ol type="a">', '<ol start="0">', '<ol start="-2">', "<ol><li value='4'>x</li>"],
)
def test_a_list_that_paper_would_number_otherwise_is_said(opening: str) -> None:
    page = parse_page(f"<article>{opening}<li>mot</li></ol></article>".encode(), "fr", "page.html")
    found = read_content(page, "docs/fr/page.md", "")
    assert isinstance(found, Problem)
    assert "a list that does not count up from a number has no form on paper" in str(found)


def test_what_is_for_the_screen_only_is_not_printed(tmp_path: Path) -> None:
    body = '<p>Un <a class="headerlink" href="#x">¶</a></p><button>Deux</button>'
    body += '<div class="no-print">Trois</div>'
    said = words(printed(body, tmp_path))
    assert "Un" in said
    assert not [word for word in ("¶", "Deux", "Trois") if word in said]


NOTES = (
    '<p>Un<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup>, '
    'deux<sup id="fnref2:a"><a class="footnote-ref" href="#fn:a">1</a></sup>.</p>'
    '<div class="footnote"><hr><ol><li id="fn:a"><p>Registre, p. 12.'
    '&nbsp;<a class="footnote-backref" href="#fnref:a">↩</a></p></li></ol></div>'
)


def test_a_note_stands_once_at_the_foot_of_the_page_that_calls_it(tmp_path: Path) -> None:
    said = words(printed(NOTES, tmp_path))
    assert said.count("Registre, p. 12.") == 1
    assert "Un[1], deux[1]." in said
    assert "↩" not in said


def test_calls_that_touch_share_their_brackets_and_their_notes_do_not(tmp_path: Path) -> None:
    link = '<a class="footnote-ref" href="#fn:{0}">{0}</a>'
    calls = f"<sup>\u2060[{link.format(1)},\u00a0</sup><sup>{link.format(2)}]</sup>"
    notes = "".join(f'<li id="fn:{n}"><p>Registre {n}.</p></li>' for n in (1, 2))
    said = words(printed(f'<p>Un.{calls} Deux.</p><div class="footnote"><ol>{notes}</ol></div>', tmp_path))
    assert "Un.[1, 2] Deux." in said
    assert re.search(r"\[1\] ?Registre 1", said)
    assert re.search(r"\[2\] ?Registre 2", said)


def test_no_line_begins_with_the_call_of_a_note(tmp_path: Path) -> None:
    """In each paragraph the call stands a letter further on; without its joiner some would begin a line."""
    numbers = range(1, 40)
    link = '<sup>\u2060[<a class="footnote-ref" href="#fn:{0}">{0}</a>]</sup>'
    said = "".join(
        f"<p>{'m' * n} {'monte ' * 14}fin.{link.format(n)} Puis {'encore ' * 9}</p>" for n in numbers
    )
    notes = "".join(f'<li id="fn:{n}"><p>Registre.</p></li>' for n in numbers)
    pdf = printed(f'{said}<div class="footnote"><ol>{notes}</ol></div>', tmp_path)
    lines = [line for page in pdf.pages for line in page.extract_text().splitlines()]
    assert sum("fin.\u2060[" in line or "fin.[" in line for line in lines) == len(numbers)
    assert not [line for line in lines if re.match(r"\u2060?\[\d+\] ?Puis", line)]


def test_every_kind_of_block_has_a_form_on_paper(tmp_path: Path) -> None:
    body = """
    <h2 id="a">Un titre</h2><h3 id="b">Un autre</h3>
    <ul><li>puce</li><li><p>deux</p><ol start="4"><li>quatre</li></ol></li></ul>
    <dl><dt>Terme</dt><dd>Sens</dd><div id="e"><dt>Entrée</dt><dd><p>Dit</p></dd></div></dl>
    <blockquote><p>Citation</p></blockquote><hr><pre><code>a = [1]\nb</code></pre>
    <div class="admonition note"><p class="admonition-title">Ce que l’on sait</p><p>Remarque</p></div>
    <details><summary>Plus</summary><p>Pli</p></details>
    <figure><p>Image</p><figcaption>Légende</figcaption></figure>
    <p>a<br>b <abbr title="x">c</abbr> <kbd>d</kbd> H<sub>2</sub>O <q>mot</q> <small>e</small></p>
    <table><thead><tr><th>A</th><th>B</th></tr></thead>
    <tbody><tr><td colspan="2">C</td></tr></tbody></table>"""
    said = words(printed(body, tmp_path))
    for word in ("puce", "4. quatre", "Terme", "Sens", "Entrée", "Dit", "Citation", "a = [1]", "Remarque"):
        assert word in said
    for word in ("Ce que l’on sait", "Plus", "Pli", "Légende", "H2O", "mot", "A B", "C"):
        assert word in said


def test_days_stand_beside_their_map_or_in_rows_of_a_small_table(tmp_path: Path) -> None:
    figure = '<figure data-layer="wide" id="f"><figcaption><strong>Qui et où</strong></figcaption></figure>'
    body = f"""
    <section data-print="beside"><h2 id="d1">1er avril</h2>{figure}<p>Le gardien tient.</p></section>
    <section data-print="row"><h2 id="d2">2 avril</h2><p>L’eau monte.</p></section>
    <section data-print="beside"><h2 id="d3">3 avril</h2><p>Sans carte.</p></section>
    <p><a href="#d2">au 2</a></p>"""
    pdf = printed(body, tmp_path)
    said = words(pdf)
    for word in ("1er avril", "Le gardien tient.", "2 avril", "L’eau monte.", "3 avril", "Sans carte."):
        assert word in said
    assert "Qui et où" not in said
    assert len(pdf.pages) == 1


def test_the_headings_are_the_bookmarks(tmp_path: Path) -> None:
    body = '<h2 id="a">Avant</h2><h3 id="b">La veille</h3><h2 id="c">Après</h2>'
    assert list(bookmarks(printed(body, tmp_path).outline)) == ["La crue", "Avant", "La veille", "Après"]


def test_a_document_says_its_title_language_author_and_standards(tmp_path: Path) -> None:
    pdf = printed("<p>Un.</p>", tmp_path)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "La crue – Les crues de l’Aune"
    assert pdf.metadata.author == "les auteurs"
    catalog = pdf.trailer["/Root"]
    assert str(catalog["/Lang"]).startswith("fr")  # type: ignore[index]
    assert catalog["/MarkInfo"]["/Marked"] is not None  # type: ignore[index]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] is not None  # type: ignore[index]
    packet = catalog["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", packet)
    assert re.search(r"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", packet)


def test_every_font_is_embedded_and_is_one_of_ours(tmp_path: Path) -> None:
    found = fonts(printed("<p>Un <em>deux</em> <strong>草原</strong> <code>x</code></p>", tmp_path))
    assert len(found) >= 4
    assert [name for name, about in found.items() if "/FontFile2" not in about] == []
    assert [name for name in found if not re.search("IBMPlex|ChocolateClassical", name)] == []


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    text = document(NOTES)
    assert set_in_type(text, tmp_path) == set_in_type(text, tmp_path)


def test_a_link_leads_into_the_document_or_to_the_published_page_or_is_plain(tmp_path: Path) -> None:
    body = (
        '<p><a href="#b">dedans</a> <a href="other.html#c">ailleurs</a> <a href="https://a.example/">dehors</a>'
        '</p><h2 id="b">Ici</h2>'
    )
    plain = printed(body, tmp_path)
    assert [link["/A"]["/URI"] for link in links(plain) if "/A" in link] == ["https://a.example/"]  # type: ignore[index]
    assert "dedans (p. 1)" in words(plain).replace("\u00a0", " ")
    published = printed(body, tmp_path, address="https://b.example/")
    found = {str(link["/A"]["/URI"]) for link in links(published) if "/A" in link}  # type: ignore[index]
    assert {"https://b.example/fr/other.html#c", "https://a.example/"} <= found


def test_the_rows_a_chapter_rests_on_are_attached(tmp_path: Path) -> None:
    files = {"damages.csv": b"id,low\nd-one,12\n"}
    pdf = set_in_type(document("<p>Un.</p>", files=files), tmp_path, files)
    assert isinstance(pdf, bytes)
    reader = PdfReader(io.BytesIO(pdf))
    assert {name: raw[0] for name, raw in reader.attachments.items()} == files
    assert "damages.csv" in words(reader)


def test_without_the_fonts_it_is_said_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="is missing: run `python -m generator setup`"):
        set_documents(tmp_path, [], tmp_path, 0)


def test_a_drawing_too_tall_for_a_page_is_cut_between_its_texts() -> None:
    rows = "".join(
        f'<g transform="translate(0,{40 * n})"><text y="20" transform="translate(5,4)">{n}</text></g>'
        for n in range(50)
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 2000">{rows}</svg>'
    parts = slices(drawing, 2000, 700)
    assert len(parts) == 3
    assert [top for top, _ in parts[1:]] == [parts[0][1], round(parts[1][0] + parts[1][1], 1)]
    assert sum(tall for _, tall in parts) == pytest.approx(2000)
    for top, _ in parts[1:]:
        assert [n for n in range(50) if 40 * n + 24 - 12 < top < 40 * n + 24 + 3] == []


def test_no_cut_goes_through_the_last_line_of_a_text() -> None:
    lines = "".join(f'<tspan x="0"{shift}>words</tspan>' for shift in ("", ' dy="1.3em"', ' dy="2.6em"'))
    rows = "".join(f'<text x="0" y="{70 * n + 20}">{lines}</text>' for n in range(40))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 2800">{rows}</svg>'
    for tallest in range(600, 1200, 50):
        for top, _ in slices(drawing, 2800, tallest)[1:]:
            assert not any(70 * n + 20 - 12 < top < 70 * n + 20 + 2.6 * 15 + 3 for n in range(40)), tallest


# ---- A chapter that holds what is hard to print ------------------------------------------------


def names_of_the_ledger() -> list[str]:
    with (HOME / "data" / "names.csv").open(encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file)]


def hard_chapter() -> str:
    """Return a table of 300 rows, 4,000 words with notes, two drawings and every name of the ledger."""
    rows = "".join(f"<tr><th>rang-{n}</th><td>{'mot ' * (n % 40)}</td><td>{n}</td></tr>" for n in range(300))
    cells = "".join(f"<td>anticonstitutionnel{n}</td>" for n in range(14))
    words = "".join(
        f"<p>{'La rivière monte encore. ' * 25}appel-{n}."
        f'<sup><a class="footnote-ref" href="#fn:{n}">{n}</a></sup></p>'
        for n in range(40)
    )
    notes = "".join(f'<li id="fn:{n}"><p>renvoi-{n}.</p></li>' for n in range(40))
    drawings = "".join(
        f'<p>Avant.</p><figure data-figure="{name}" id="fig-{name}"><figcaption><strong>Titre {name}</strong>'
        "<p>Dit plus.</p></figcaption><p data-print='source'>Sources : registre.</p></figure>"
        for name in DRAWINGS
    )
    names = "".join(f"<li>{html.escape(name)}</li>" for name in names_of_the_ledger())
    return (
        f'<h2 id="a">Table</h2><table><caption>Trois cents</caption><thead><tr><th>Rang</th><th>Mots</th>'
        f'<th>Nombre</th></tr></thead><tbody>{rows}</tbody></table><h2 id="b">Large</h2>'
        f"<table><tbody><tr>{cells}</tr></tbody></table>"
        f'<h2 id="c">Mots</h2>{words}<h2 id="d">Figures</h2>{drawings}'
        f'<h2 id="e">Noms</h2><ul>{names}</ul><div class="footnote"><ol>{notes}</ol></div>'
    )


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return printed(hard_chapter(), tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="module")
def texts(hard: PdfReader) -> list[str]:
    return [page.extract_text() for page in hard.pages]


def page_with(texts: list[str], word: str) -> int:
    """Return the one page that says *word*."""
    (found,) = (n for n, text in enumerate(texts) if re.search(rf"{re.escape(word)}(?!\d)", text))
    return found


@pytest.mark.battle
def test_a_hard_chapter_has_the_pages_one_expects(hard: PdfReader) -> None:
    assert 25 <= len(hard.pages) <= 45


def test_a_row_is_never_split_and_the_head_of_its_table_comes_again(texts: list[str]) -> None:
    pages = {page_with(texts, f"rang-{n}") for n in range(300)}
    assert len(pages) > 5
    assert [n for n in sorted(pages) if "Rang" not in texts[n]] == []
    for n in range(39, 300, 40):
        assert texts[page_with(texts, f"rang-{n}")].count("mot") >= 39


def test_a_table_that_is_too_wide_is_turned(hard: PdfReader, texts: list[str]) -> None:
    page = hard.pages[page_with(texts, "anticonstitutionnel0")]
    assert page.mediabox.width > page.mediabox.height
    said = page.extract_text().replace("-\n", "")
    assert [n for n in range(14) if f"anticonstitutionnel{n}" not in said] == []


def test_each_note_stands_on_the_page_of_its_call_or_the_next(texts: list[str]) -> None:
    apart = [page_with(texts, f"renvoi-{n}") - page_with(texts, f"appel-{n}") for n in range(40)]
    assert set(apart) <= {0, 1}


def test_a_drawing_stands_whole_on_its_page_with_title_and_source(texts: list[str]) -> None:
    for name in DRAWINGS:
        text = texts[page_with(texts, f"Titre {name}")]
        assert "La crue" in text
        assert "Sources : registre." in text


def test_every_name_of_the_ledger_can_be_read_back(texts: list[str]) -> None:
    """A long name may be broken at the end of a line."""
    said = re.sub(r"[\s\u00ad]", "", "".join(texts))
    missing = [n for n in names_of_the_ledger() if re.sub(r"\s", "", n) not in said]
    hyphenated = [n for n in missing if re.sub(r"[\s-]", "", n) in said.replace("-", "")]
    assert sorted(set(missing) - set(hyphenated)) == []


# ---- What a build prints -----------------------------------------------------------------------


@pytest.fixture(
    scope="module", params=["tiny", pytest.param("real", marks=[pytest.mark.slow, pytest.mark.engine])]
)
def site(request: pytest.FixtureRequest) -> Iterator[Path]:
    """The site of a documentary, with its PDFs."""
    yield (printed_tiny() if request.param == "tiny" else built_real()) / "site"
    opened.cache_clear()


@cache
def opened(path: Path) -> PdfReader:
    """Return a PDF that a build printed; its objects are parsed once for all tests of a site."""
    return PdfReader(path)


def chapters(site: Path) -> Iterator[tuple[str, LexborHTMLParser, PdfReader]]:
    """Yield the name, the page and the PDF of every chapter in every language."""
    for path in sorted(site.glob("*/pdf/**/*.pdf")):
        code, _, *rest = path.relative_to(site).parts
        name = "/".join(rest).removesuffix(".pdf")
        if name != "book":
            page = LexborHTMLParser((site / code / f"{name}.html").read_text(encoding="utf-8"))
            yield f"{code}/{name}", page, opened(path)


def books(site: Path) -> Iterator[PdfReader]:
    return (opened(path) for path in sorted(site.glob("*/pdf/book.pdf")))


def headings(page: LexborHTMLParser) -> list[str]:
    found = []
    for node in page.css("article :is(h1, h2, h3)"):
        for link in node.css("a.headerlink"):
            link.decompose()
        around = node.parent
        classes = ((around.attributes.get("class") or "") if around is not None else "").split()
        # A day without a drawing is a row of a table on paper, and has no heading there.
        row = "day" in classes and around is not None and not around.css("figure")
        if "no-print" not in classes and not row:
            found.append(same_spaces(node.text()))
    return found


def same_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def drawings_in(pdf: PdfReader) -> int:
    """Count the elements that a screen reader meets as figures; each says what it shows."""
    found, waiting = 0, [pdf.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            waiting += list(node)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                assert node.get("/Alt"), "a figure says nothing to whoever cannot see it"
                found += 1
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def test_the_bookmarks_of_a_chapter_are_the_headings_of_its_page(site: Path) -> None:
    seen = 0
    for name, page, pdf in chapters(site):
        marks = [same_spaces(mark) for mark in bookmarks(pdf.outline)]
        added = {"Sources citées", "Sources cited"}
        assert [mark for mark in marks if mark not in added] == headings(page), name
        seen += 1
    assert seen >= 14


def test_a_chapter_has_as_many_figures_as_its_page(site: Path) -> None:
    wanted = {
        name: len(page.css("figure:is([data-figure], [data-layer])")) for name, page, _ in chapters(site)
    }
    assert {name: drawings_in(pdf) for name, _, pdf in chapters(site)} == wanted
    assert sum(wanted.values()) > 0


def test_every_pdf_says_its_language_and_title_and_embeds_its_fonts(site: Path) -> None:
    for path in sorted(site.glob("*/pdf/**/*.pdf")):
        pdf, code = opened(path), path.relative_to(site).parts[0]
        assert str(pdf.trailer["/Root"]["/Lang"])[:2] == code  # type: ignore[index]
        assert pdf.metadata is not None
        assert pdf.metadata.title
        assert [name for name, about in fonts(pdf).items() if "/FontFile2" not in about] == []


def test_every_link_inside_a_pdf_lands(site: Path) -> None:
    count = 0
    for path in sorted(site.glob("*/pdf/**/*.pdf")):
        pdf = opened(path)
        pages = {page.indirect_reference.idnum for page in pdf.pages if page.indirect_reference}
        for link in links(pdf):
            target = link.get("/Dest") or link["/A"].get("/D")  # type: ignore[union-attr]
            target = target.get_object() if target is not None else None
            if target is None:
                assert link["/A"]["/URI"].startswith(("http", "mailto:"))  # type: ignore[index]
            elif isinstance(target, ArrayObject):
                assert target[0].idnum in pages
                count += 1
            else:
                assert str(target) in pdf.named_destinations
                count += 1
    assert count > 10


def test_the_book_opens_every_chapter_on_a_right_hand_page(site: Path) -> None:
    for book in books(site):
        opened = [entry for entry in book.outline if not isinstance(entry, list)]
        numbers = [book.get_destination_page_number(entry) + 1 for entry in opened]  # type: ignore[arg-type]
        lists = {"Tableaux", "Tables"}
        wrong = [e["/Title"] for e, n in zip(opened, numbers, strict=True) if n is not None and n % 2 == 0]
        assert [title for title in wrong if title not in lists] == []
        assert len(opened) > 6


def test_what_is_attached_is_cell_for_cell_what_the_ledger_says(site: Path) -> None:
    for name, _, pdf in chapters(site):
        for file, (raw, *_) in pdf.attachments.items():
            rows = list(csv.reader(io.StringIO(raw.decode())))
            ledger = list(csv.reader(io.StringIO((site / "data" / file).read_text(encoding="utf-8"))))
            assert rows[0] == ledger[0], name
            assert len(rows) > 1
            assert [row for row in rows if row not in ledger] == [], name


def test_a_page_offers_its_pdf_and_the_book_with_their_sizes(site: Path) -> None:
    for name, page, _ in chapters(site):
        offered = page.css("p.pdf a[download]")
        assert [bool(re.search(r"\(PDF, [\d,.\u202f]+\s[kM][oB]\)", link.text())) for link in offered] == [
            True
        ] * 2
        targets = [str(link.attributes["href"]) for link in offered]
        assert [((site / name).parent / target).resolve().is_file() for target in targets] == [True] * 2


@pytest.mark.parametrize(("code", "whole"), [("fr", "-livre-entier.pdf"), ("en", "-whole-book.pdf")])
def test_a_pdf_is_kept_under_a_name_that_says_what_it_is(code: str, whole: str, site: Path) -> None:
    page = LexborHTMLParser((site / code / "index.html").read_text(encoding="utf-8"))
    heading = page.css_first("h1")
    assert heading is not None
    chapter, book = (str(link.attributes["download"]) for link in page.css("p.pdf a"))
    assert chapter.endswith(f"{slug(heading.text(deep=False))}.pdf")
    assert book.endswith(whole)
    listed = [str(link.attributes["download"]) for link in page.css("section.pdf a")]
    assert len({*listed}) == len(listed) > 1


def test_the_first_page_lists_every_pdf(site: Path) -> None:
    for code in ("fr", "en"):
        page = LexborHTMLParser((site / code / "index.html").read_text(encoding="utf-8"))
        listed = {str(link.attributes["href"]) for link in page.css("section.pdf a")}
        made = {p.relative_to(site / code).as_posix() for p in (site / code / "pdf").rglob("*.pdf")}
        assert listed == made - {"pdf/book.pdf"}


@pytest.mark.engine
def test_without_pdf_no_page_offers_one(built_tiny: Path) -> None:
    assert list((built_tiny / "site").rglob("*.pdf")) == []
    assert 'class="pdf' not in (built_tiny / "site" / "fr" / "index.html").read_text(encoding="utf-8")
