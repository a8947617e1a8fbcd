"""A quotation is set apart with its author, source and original, on page and on paper, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.model import Ledger
from generator.print.ast import Paragraph, Quote, Span, Text
from generator.print.reader import read_content
from generator.prose.links import Links
from generator.prose.macros import Macros, render
from generator.prose.source import Prose, read_prose
from generator.site.html import PageTree
from tests.conftest import TINY

HEAD = "---\ntitle: T\ndescription: D\n---\n"
SAID = '{{ quotation("It rose by night.", source="surveyor-1908", locator="p. 12", lang="en") }}'
TRANSLATED = (
    '{{ quotation("Elle monta la nuit.", source="surveyor-1908", locator="p. 12", by="Anne Roux",\n'
    '   lang="en", original="It rose\n by night.", translator="own") }}'
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    checked = building.check(TINY, lambda _: None)
    assert isinstance(checked, building.Checked)
    return checked.inputs.ledger


@pytest.fixture(scope="module")
def languages() -> dict[str, Language]:
    return {x.code: x for x in load_languages(["fr", "en"]) if isinstance(x, Language)}


def rendered(text: str, ledger: Ledger, language: Language) -> tuple[str, list[str], Macros]:
    prose = read_prose("docs/xx/p.md", HEAD + text)
    assert isinstance(prose, Prose)
    links = Links({"sources": "sources.html", "witnesses": "witnesses.html"})
    macros = Macros(ledger, language, links, "p.html", lambda _: "", lambda _: "")
    body, problems = render(prose, macros)
    return body, [f"{one.location.line}: {one.code}: {one.message} ({one.hint})" for one in problems], macros


def test_words_in_the_language_of_the_page_stand_with_their_source_and_nothing_else(
    ledger: Ledger, languages: dict[str, Language]
) -> None:
    body, problems, _ = rendered(SAID, ledger, languages["en"])
    figure = LexborHTMLParser(body).css_first("figure.quotation")
    assert problems == []
    assert [quote.text() for quote in figure.css("blockquote")] == ["It rose by night."]
    caption = figure.css_first("figcaption")
    assert caption.text().endswith(", p.\u00a012.")
    assert (caption.css_first("a").attributes["href"] or "").endswith("sources.html#surveyor-1908")


@pytest.mark.parametrize(
    ("code", "below"), [("fr", "Original en anglais, notre traduction."), ("en", "")], ids=["fr", "en"]
)
def test_translated_words_stand_above_the_original_which_has_its_language(
    code: str, below: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    text = TRANSLATED if code == "fr" else SAID
    body, problems, _ = rendered(text, ledger, languages[code])
    tree = LexborHTMLParser(body)
    assert problems == []
    assert [node.text() for node in tree.css('.original [lang="en"]')] == (
        ["It rose by night."] if below else []
    )
    assert below in tree.css_first("figcaption").text()
    assert (tree.css_first("figcaption").text().startswith("Anne Roux, ")) == bool(below)


def test_who_translated_it_is_named(ledger: Ledger, languages: dict[str, Language]) -> None:
    body, _, _ = rendered(TRANSLATED.replace('"own"', '"Paul Lenz"'), ledger, languages["fr"])
    assert "Original en anglais, traduction de Paul Lenz." in body


def test_the_pages_of_a_pair_share_the_words_as_they_were_said(
    ledger: Ledger, languages: dict[str, Language]
) -> None:
    (_, _, one), (_, _, other) = (
        rendered(text, ledger, languages[code]) for text, code in ((SAID, "en"), (TRANSLATED, "fr"))
    )
    assert one.used == other.used
    assert ("source", "surveyor-1908 p. 12") in one.used  # the source knows where it is quoted
    changed = TRANSLATED.replace("It rose", "It fell")
    assert rendered(changed, ledger, languages["fr"])[2].used != one.used


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{{ quotation("A.") }}', 'bad-quotation: it has no source (write source="…", an id of sources'),
        ('{{ quotation(" ", source="surveyor-1908") }}', "bad-quotation: it has no words"),
        ('{{ quotation("A.", source="surveyr-1908") }}', 'unknown-source: "surveyr-1908" (did you mean'),
        (
            '{{ quotation("A.", source="surveyor-1908", lang="ru") }}',
            "bad-quotation: it does not say who translated it from ru",
        ),
        (
            '{{ quotation("A.", source="surveyor-1908", original="B.") }}',
            "bad-quotation: its words are in en already, which needs no translation",
        ),
        (
            '{{ quotation("A.", source="surveyor-1908", lang="russian", translator="own") }}',
            'bad-quotation: "russian" is no code of a language',
        ),
        ('{{ quotation("A.", source="surveyor-1908", by="nobody") }}', 'unknown-name: "nobody"'),
        (
            'He said: {{ quotation("A.", source="surveyor-1908") }}',
            "bad-quotation: it does not stand alone (leave an empty line before it and after it)",
        ),
    ],
)
def test_what_a_quotation_lacks_is_said(
    text: str, problem: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    _, [found], _ = rendered(f"\n\n{text}\n", ledger, languages["en"])
    assert found.startswith(f"7: {problem}")


def test_markup_in_the_words_is_words(ledger: Ledger, languages: dict[str, Language]) -> None:
    text = '{{ quotation("<b>5 < 6</b> & *so* on", source="surveyor-1908") }}'
    body, _, _ = rendered(text, ledger, languages["en"])
    assert LexborHTMLParser(body).css_first("blockquote").text() == "<b>5 < 6</b> & *so* on"


def test_on_paper_it_is_one_block_with_its_author_below(
    ledger: Ledger, languages: dict[str, Language]
) -> None:
    body, _, _ = rendered(TRANSLATED, ledger, languages["fr"])
    figure = re.search(r"<figure.*</figure>", body, re.DOTALL)
    assert figure
    tree = PageTree("fr", "p.html", f"<article>{figure[0]}</article>")
    [block] = read_content(tree, "docs/fr/p.md", "")  # type: ignore[misc]
    assert isinstance(block, Quote)
    assert block.blocks[0] == Paragraph((Text("Elle monta la nuit."),))
    assert block.blocks[1] == Paragraph((Span("", (Text("It rose by night."),), lang="en"),), "muted")
    assert isinstance(block.blocks[2], Paragraph)
    assert block.blocks[2].style == "attribution"


def test_a_quotation_of_one_language_only_is_a_problem(tiny: Path) -> None:
    page = tiny / "docs" / "en" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{SAID}\n", encoding="utf-8")
    found = building.check(tiny, lambda _: None)
    assert isinstance(found, list)
    lines = [str(problem).splitlines()[0] for problem in found]
    wanted = "quotation surveyor-1908 p. 12 (en): It rose by night. stands in docs/en/index.md, not here"
    assert any(line.endswith(wanted) and "different-marks" in line for line in lines)
