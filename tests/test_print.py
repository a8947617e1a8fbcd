"""What is printed: from the HTML of a page to a PDF that can be read, searched, heard and cited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from generator.catalogs import load_languages
from generator.language import Language
from generator.print.book import Chapter, Document, Index, chapter_document
from generator.print.compile import FACES, Order, PrintError, compile_all
from generator.print.content import read_content
from generator.print.frame import About
from generator.print.typst import Drawn, escaped
from generator.problems import Problem

HOME = Path(__file__).parent.parent
PACKAGES = HOME / "generator" / "node" / "node_modules"

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(
        not all((PACKAGES / face).is_dir() for face in FACES),
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


def about(code: str, address: str = "") -> About:
    return About(
        title="Les crues de l’Aune" if code == "fr" else "The floods of the Aune",
        about="Une rivière inventée",
        author="les auteurs",
        day=(2020, 2, 29),
        dated="29 février 2020",
        licence="Domaine public",
        address=address,
        sources="sources",
        language=language_of(code),
    )


def document(html: str, code: str = "fr", address: str = "", files: Mapping[str, bytes] | None = None) -> str:
    """Return the Typst text of a chapter whose article holds *html*."""
    blocks = read_content(f"<article>{html}</article>".encode(), "docs/fr/page.md", "")
    assert not isinstance(blocks, Problem), str(blocks)
    drawn = {name: Drawn(f"/{name}.svg", f"Ce que montre {name}", *size) for name, size in DRAWINGS.items()}
    chapter = Chapter("page", "La crue", "Ce que l’on sait.", "", blocks, files or {})
    return chapter_document(Document(about(code, address), (chapter,), drawn, Index((), {})), None)


def set_in_type(text: str, folder: Path, files: Mapping[str, bytes] | None = None) -> bytes | list[Problem]:
    """Set a document; return its PDF, or the problems."""
    template = HOME / "generator" / "print" / "template.typ"
    (folder / "template.typ").write_bytes(template.read_bytes())
    (folder / "page.typ").write_text(text, encoding="utf-8")
    for name, size in DRAWINGS.items():
        (folder / f"{name}.svg").write_bytes(svg(*size))
    for name, raw in (files or {}).items():
        path = folder / "fr" / "attached" / "page" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    order = Order("page.typ", "page.pdf", "docs/fr/page.md")
    made = compile_all(folder, [order], PACKAGES, 1582934400)
    return made if isinstance(made, list) else made["page.pdf"]


def printed(html: str, folder: Path, code: str = "fr", **more: str) -> PdfReader:
    """Print a chapter whose article holds *html*; it must have no problem."""
    pdf = set_in_type(document(html, code, **more), folder)
    assert isinstance(pdf, bytes), "\n".join(map(str, pdf))
    return PdfReader(io.BytesIO(pdf))


def words(pdf: PdfReader) -> str:
    """Return the text of a PDF with every space as one; a hyphen at a line's end is taken back."""
    text = "\n".join(page.extract_text() for page in pdf.pages)
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
    html = "<p><em>un</em>(deux)[trois].quatre;<strong>cinq</strong>;<em>six</em>.sept</p>"
    assert "un(deux)[trois].quatre;cinq;six.sept" in words(printed(html, tmp_path))


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
    assert [(str(p.place), p.code) for p in found] == [("docs/fr/page.md:1", "print-warning")]
    assert "could not be displayed" in found[0].message


def test_an_element_without_a_form_on_paper_is_a_problem_with_its_line() -> None:
    text = "---\ntitle: x\n---\nUn.\n\n## Deux {#two}\n\n<video src='x'></video>\n"
    page = b'<article><p>Un.</p><h2 id="two">Deux</h2><p><video src="x"></video></p></article>'
    assert str(read_content(page, "docs/fr/page.md", text)) == (
        "docs/fr/page.md:8: unprintable: <video> has no form on paper\n"
        "    hint: say it with Markdown, or give it the class no-print"
    )


def test_what_is_for_the_screen_only_is_not_printed(tmp_path: Path) -> None:
    html = '<p>Un <a class="headerlink" href="#x">¶</a></p><button>Deux</button>'
    html += '<div class="no-print">Trois</div>'
    said = words(printed(html, tmp_path))
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
    assert "Un1, deux1." in said
    assert "↩" not in said


def test_every_kind_of_block_has_a_form_on_paper(tmp_path: Path) -> None:
    html = """
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
    said = words(printed(html, tmp_path))
    for word in ("puce", "4. quatre", "Terme", "Sens", "Entrée", "Dit", "Citation", "a = [1]", "Remarque"):
        assert word in said
    for word in ("Ce que l’on sait", "Plus", "Pli", "Légende", "H2O", "mot", "A B", "C"):
        assert word in said


def test_the_headings_are_the_bookmarks(tmp_path: Path) -> None:
    html = '<h2 id="a">Avant</h2><h3 id="b">La veille</h3><h2 id="c">Après</h2>'
    assert list(bookmarks(printed(html, tmp_path).outline)) == ["La crue", "Avant", "La veille", "Après"]


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
    assert [name for name in found if not re.search("IBMPlex|ZCOOL", name)] == []


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    text = document(NOTES)
    assert set_in_type(text, tmp_path) == set_in_type(text, tmp_path)


def test_a_link_leads_into_the_document_or_to_the_published_page_or_is_plain(tmp_path: Path) -> None:
    html = (
        '<p><a href="#b">dedans</a> <a href="other.html#c">ailleurs</a> <a href="https://a.example/">dehors</a>'
        '</p><h2 id="b">Ici</h2>'
    )
    plain = printed(html, tmp_path)
    assert [link["/A"]["/URI"] for link in links(plain) if "/A" in link] == ["https://a.example/"]  # type: ignore[index]
    assert "dedans (p. 1)" in words(plain).replace("\u00a0", " ")
    published = printed(html, tmp_path, address="https://b.example/")
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
    with pytest.raises(PrintError, match="is missing: run `make setup`"):
        compile_all(tmp_path, [], tmp_path, 0)
