"""A cell or a caption holds emphasis and links; all else in it is text, wherever it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from generator.figures import draw_figure
from generator.figures.canvas import Canvas
from generator.figures.wording import event_hover
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.model import Ledger
from generator.loading import Inputs, load
from generator.pages import make_links
from generator.pages.figure_block import figure_html
from generator.pages.reference import Reference
from generator.pages.reference_data import Knowledge
from generator.prose.inline import check_entries, escape_inline, inline_html, inline_text
from tests.conftest import TINY

ENTRIES = {"p-weir"}
WEB = '<a href="https://a.org" rel="external">'
NAME = '<a class="name" data-print="name" href="places.html#p-weir">'

#: A text, its HTML and its words.
MARKED = [
    ("*a* b", "<em>a</em> b", "a b"),
    ("**a** b", "<strong>a</strong> b", "a b"),
    ("**a *b* c**", "<strong>a <em>b</em> c</strong>", "a b c"),
    ("(l’*Aune*)", "(l’<em>Aune</em>)", "(l’Aune)"),
    ("[the *weir*](p-weir)", f"{NAME}the <em>weir</em></a>", "the weir"),
    ("*[a](https://a.org)*", f"<em>{WEB}a</a></em>", "a"),
    ("[a](https://a.org/?b=1&c=2)", '<a href="https://a.org/?b=1&amp;c=2" rel="external">a</a>', "a"),
    (r"\*a\* \[b](p-weir) \\", r"*a* [b](p-weir) " + "\\", r"*a* [b](p-weir) " + "\\"),
    ("<b>*a*</b> &amp;", "&lt;b&gt;<em>a</em>&lt;/b&gt; &amp;amp;", "<b>a</b> &amp;"),
    ("*<script>*", "<em>&lt;script&gt;</em>", "<script>"),
    ("[<i>](https://a.org)", f"{WEB}&lt;i&gt;</a>", "<i>"),
    ("[a [b](p-weir) c](https://a.org)", f"{WEB}a [b](p-weir) c</a>", "a [b](p-weir) c"),
    ("`*a*`", "`<em>a</em>`", "`a`"),
    ("klzzwxh:0000 *a*", "klzzwxh:0000 <em>a</em>", "klzzwxh:0000 a"),
]
#: Texts in which nothing is a mark.
PLAIN = [
    "",
    "a_b_c _d_ __e__",
    "300* and 500*",
    "2 * 3 * 4, 5*6*7",
    "*open",
    "*[**a*b",
    "* a *",
    "C:\\x",
    "[sic] (p-weir)",
    "[a](p-nowhere)",
    "[](p-weir)",
    "[a](javascript:alert(1))",
    "[a](data:text/html,b)",
    "[a](http://a.org)",
    "[a](//a.org)",
    '[a](https://a.org "title")',
    '[a](https://a.org/"onclick=b)',
    "![a](https://a.org)",
    "[a][b] [b]: https://a.org",
    "<https://a.org> # a > b ~~~",
    "<!-- a --> &copy; {{ name('p-weir') }} [^1] {#id}",
    "*\u0002klzzwxh:0000\u0003*",
    "*a" * 1200 + "*",
]


@pytest.fixture(scope="module")
def tiny() -> Inputs:
    inputs = load(TINY)
    assert isinstance(inputs, Inputs)
    return inputs


@pytest.fixture(scope="module")
def english() -> Language:
    return next(one for one in load_languages(["en"]) if isinstance(one, Language))


def address(ident: str) -> str:
    return f"places.html#{ident}"


@pytest.mark.parametrize(("text", "html", "words"), MARKED)
def test_marks_are_rendered_on_a_page_and_taken_away_elsewhere(text: str, html: str, words: str) -> None:
    assert (inline_html(text, ENTRIES, address), inline_text(text, ENTRIES)) == (html, words)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_mark_stands_for_itself(text: str) -> None:
    assert (inline_html(text, ENTRIES, address), inline_text(text, ENTRIES)) == (escape(text), text)


@given(some.text(alphabet="ab *_[]()\\<>&\"'`!#:/.-p\u202f", max_size=40))
def test_no_text_makes_other_elements_than_those_of_the_marks(text: str) -> None:
    html = inline_html(text, ENTRIES, address)
    tree = LexborHTMLParser(f"<p>{html}</p>").css_first("p")
    assert tree is not None
    assert {node.tag for node in tree.css("*")} <= {"p", "em", "strong", "a"}
    assert tree.text() == inline_text(text, ENTRIES)
    assert inline_text(escape_inline(text), ENTRIES) == text


def test_brackets_without_end_are_soon_given_up() -> None:
    assert inline_text("[" * 2000, ENTRIES) == "[" * 2000


def marked(ledger: Ledger, text: str) -> Ledger:
    """Return the ledger with *text* as what is said of an event and as the note of a place."""
    event, place = ledger.events["e-flood"], ledger.entities["p-weir"]
    told: Mapping[str, str] = dict.fromkeys(("fr", "en"), text)
    cells = {**place.cells, "note_fr": text, "note_en": text}
    return replace(
        ledger,
        events={**ledger.events, event.id: replace(event, text=told)},
        entities={**ledger.entities, place.id: replace(place, cells=cells)},
    )


def test_a_page_shows_the_marks_of_its_rows_and_a_hover_text_the_words(
    tiny: Inputs, english: Language
) -> None:
    ledger = marked(tiny.ledger, "At the [weir](p-weir), *high* <b>.")
    reference = Reference(Knowledge(ledger, english, dict), make_links(tiny))
    said = 'At the <a class="name" data-print="name" href="{}#p-weir">weir</a>, <em>high</em> &lt;b&gt;.'
    for table, href in (("events", "places.html"), ("places", "places.html")):
        page = next(one for one in tiny.documentary.chapters if one.table == table)
        assert said.format(href) in reference.page(page.kind, page.path, page.options)
    spec = next(iter(tiny.documentary.figures.values()))
    hover = event_hover(Canvas(spec, ledger, english), ledger.events["e-flood"])
    assert "At the weir, high &lt;b&gt;." in hover


def test_a_caption_is_rendered_under_its_figure(tiny: Inputs, english: Language) -> None:
    spec = next(iter(tiny.documentary.figures.values()))
    figure: Any = draw_figure(
        replace(spec, caption={"en": "The *weir*, <b>", "fr": ""}), tiny.ledger, english
    )
    assert "<p>The <em>weir</em>, &lt;b&gt;" in figure_html(
        figure, tiny, english, make_links(tiny), "may.html"
    )


def test_a_link_of_a_cell_or_a_caption_to_no_entry_is_a_problem_with_its_place(tiny: Inputs) -> None:
    ledger = marked(tiny.ledger, "[weir](p-wier) [a](https://a.org)")
    found = {str(problem).splitlines()[0] for problem in check_entries(ledger, tiny.documentary)}
    assert {Path(line.split(":")[0]).name for line in found} == {"events.csv", "places.csv"}
    assert all("unknown-name: " in line and '"p-wier"' in line for line in found)
    spec = replace(next(iter(tiny.documentary.figures.values())), caption={"en": "[a](p-wier)"})
    told = replace(tiny.documentary, figures={**tiny.documentary.figures, spec.id: spec})
    assert [problem.location for problem in check_entries(tiny.ledger, told)] == [spec.location]
    assert not list(check_entries(tiny.ledger, tiny.documentary))
