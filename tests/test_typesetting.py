"""What a page gains as it is finished: notes called in their place and set off, ordinals, spaces."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.language import Language
from generator.language.catalogs import load_languages
from generator.language.typography import raised, typeset
from generator.print.ast import Items, Note, Paragraph, Quote
from generator.print.reader import read_content
from generator.site.context import Context
from generator.site.html import parse_page
from generator.site.typesetting import (
    drop_comments,
    number_notes,
    place_notes,
    raise_ordinals,
    set_off_notes,
    set_spaces,
)

LANGUAGES = {x.code: x for x in load_languages(["fr", "en"]) if isinstance(x, Language)}


def passed(markup: str, code: str, *passes: Any) -> str:
    """Run passes over a page and return what stands in its body then, no-break spaces as signs."""
    page = parse_page(f"<html><body>{markup}</body></html>".encode(), code, "p.html")
    context = cast("Context", SimpleNamespace(language=LANGUAGES[code], code=code))
    for one in passes:
        one(page, context)
    assert page.tree.body is not None
    inner = page.tree.body.inner_html or ""
    return inner.replace("\u202f", "‿").replace("\u00a0", "⎵").replace("&nbsp;", "⎵").replace("\u2060", "⁀")


def call(number: int) -> str:
    return f'<sup id="fnref:{number}"><a class="footnote-ref" href="#fn:{number}">{number}</a></sup>'


ONE, TWO = call(1), call(2)
PLACED = [
    ("en", f"82{ONE}.", f"82.{ONE}"),
    ("en", f"82{ONE}{TWO}, and", f"82,{ONE}{TWO} and"),
    ("en", f"82{ONE} and", f"82{ONE} and"),
    ("en", f"a{ONE}.5", f"a{ONE}.5"),
    ("en", f"<em>so{ONE}</em>.", f"<em>so{ONE}</em>."),
    ("en", "<code>[^n]: .</code>", "<code>[^n]: .</code>"),
    ("fr", f"82{ONE}.", f"82{ONE}."),
]


@pytest.mark.parametrize(("code", "markup", "expected"), PLACED)
def test_the_call_of_a_note_stands_where_its_language_wants_it(code: str, markup: str, expected: str) -> None:
    assert passed(f"<p>{markup}</p>", code, place_notes) == f"<p>{expected}</p>"


def test_a_call_is_in_brackets_and_shares_them_with_the_call_beside_it() -> None:
    found = passed(f"<p>82{ONE}{TWO}</p>", "en", set_off_notes)
    link = '<a class="footnote-ref" href="#fn:{0}" role="doc-noteref">{0}</a>'
    bare = '<sup id="fnref:{0}" data-find="no">{1}' + link + "{2}</sup>"
    assert found == f"<p>82{bare.format(1, '⁀[', ',⎵')}{bare.format(2, '', ']')}</p>"
    alone = passed(f"<p>82{ONE}, 83{TWO}</p>", "en", set_off_notes)
    assert alone == f"<p>82{bare.format(1, '⁀[', ']')}, 83{bare.format(2, '⁀[', ']')}</p>"


def test_notes_are_numbered_and_listed_by_call_and_those_called_from_notes_come_last() -> None:
    def named(ident: str, number: int) -> str:
        return f'<sup id="r{ident}"><a class="footnote-ref" href="#fn:{ident}">{number}</a></sup>'

    def note(ident: str, inner: str = "") -> str:
        back = '<a class="footnote-backref" href="#r" title="Jump">x</a>'
        return f'<li id="fn:{ident}">{ident}{inner}{back}</li>'

    text = f"<div>box{named('b', 9)}</div><p>{named('a', 1)}{named('b', 9)}{named('d', 3)}</p>"
    notes = note("a", named("c", 7)) + note("d") + note("c") + note("b")
    whole = f'<article>{text}<div class="footnote"><ol>{notes}</ol></div></article>'
    found = passed(whole, "fr", number_notes)
    assert re.findall(r'href="#fn:(\w)">(\d)', found) == [
        ("b", "1"), ("a", "2"), ("b", "1"), ("d", "3"), ("c", "4"),
    ]  # fmt: skip
    assert re.findall(r'li id="fn:(\w)"', found) == ["b", "a", "d", "c"]
    assert re.findall(r'title="([^"]+)"', found) == [f"Retour à l’appel de la note {n}" for n in range(1, 5)]


def test_comments_are_not_published() -> None:
    assert passed("<!-- a --><p>b<!-- c --></p>", "en", drop_comments) == "<p>b</p>"


RAISED = [
    ("fr", "le 1er mai", "le 1<sup>er</sup> mai"),
    ("fr", "la 1re armée, les 2es", "la 1<sup>re</sup> armée, les 2<sup>es</sup>"),
    ("fr", "le 23e et le 57e", "le 23<sup>e</sup> et le 57<sup>e</sup>"),
    ("fr", "au XIXe siècle", "au XIX<sup>e</sup> siècle"),
    ("fr", "Ces Ves 3euros I-15bis 4e", "Ces Ves 3euros I-15bis 4<sup>e</sup>"),
    ("fr", "l’ordre nº⎵40", "l’ordre n<sup>o</sup>⎵40"),
    ("fr", "<code>1er</code>", "<code>1er</code>"),
    ("fr", "<time>1er mai</time>", "<time>1<sup>er</sup> mai</time>"),
    ("fr", '<i lang="de">2e</i>', '<i lang="de">2e</i>'),
    ("fr", "a &lt; 1er", "a &lt; 1<sup>er</sup>"),
    ("en", "1er 23e", "1er 23e"),
]


@pytest.mark.parametrize(("code", "markup", "expected"), RAISED)
def test_the_ending_of_an_ordinal_is_raised_in_french(code: str, markup: str, expected: str) -> None:
    assert passed(f"<p>{markup}</p>", code, raise_ordinals) == f"<p>{expected}</p>"


def test_what_is_raised_leaves_every_letter_in_its_place() -> None:
    text = "Au XXe siècle, le 1er et le 23e, puis rien."
    assert raised("nº 4", "fr") == [("n", "o"), (" 4", "")]
    assert "".join(before + ending for before, ending in raised(text, "fr")) == text


SPACED = [
    ("fr", "du 3 mai au 1er juin", "du 3⎵mai au 1er⎵juin"),
    ("en", "3 May and 12 June", "3⎵May and 12⎵June"),
    ("en", "G. K. Mill and J.-P. Dale", "G.⎵K.⎵Mill and J.-P.⎵Dale"),
    ("en", "from 3 Mayors", "from 3 Mayors"),
    ("fr", "Plan B. Les", "Plan B.⎵Les"),
    ("en", "1907 March", "1907 March"),
    ("fr", "l’ordre no 0040, n° 3", "l’ordre nº⎵0040, nº⎵3"),
    ("fr", "non, un casino 4", "non, un casino 4"),
]


@pytest.mark.parametrize(("code", "text", "expected"), SPACED)
def test_a_day_does_not_part_from_its_month_nor_initials_from_a_name(
    code: str, text: str, expected: str
) -> None:
    assert passed(f"<p>{text}</p>", code, set_spaces) == f"<p>{expected}</p>"
    assert typeset(typeset(text, code), code) == typeset(text, code)


def test_a_note_is_whole_on_paper_and_has_the_number_of_the_page() -> None:
    inner = f"<p>First{call(3)}.</p><ul><li>one</li></ul><blockquote><p>said</p></blockquote>"
    notes = f'<li id="fn:1">{inner}</li><li id="fn:2"><p>Short.</p></li><li id="fn:3"><p>Inner.</p></li>'
    body = f'<article><p>a{ONE} b{TWO} c{ONE}</p><div data-print="notes"><ol>{notes}</ol></div></article>'
    body = body.replace("<a class=", '<a data-print="call" class=')
    read = read_content(parse_page(f"<body>{body}</body>".encode(), "en", "p.html"), "p.md", "")
    assert isinstance(read, tuple)
    [paragraph] = read
    assert isinstance(paragraph, Paragraph)
    first, second, again = (part for part in paragraph.inside if isinstance(part, Note))
    assert [(note.ident, note.number, bool(note.inside)) for note in (first, second, again)] == [
        ("fn:1", "1", True),
        ("fn:2", "2", True),
        ("fn:1", "1", False),
    ]
    assert [type(block) for block in first.more] == [Items, Quote]
    assert [part.number for part in first.inside if isinstance(part, Note)] == ["3"]
