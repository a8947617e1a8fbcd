"""A mark becomes its HTML whole, and nothing a cell holds becomes markup on the way to the page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.edtf import parse
from generator.ledger.model import Ledger
from generator.prose.joints import clash
from generator.prose.links import Links, relative
from generator.prose.macros import Macros, escape, render
from generator.prose.shares import shares
from generator.prose.source import Prose, read_prose
from generator.settings import Documentary

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "datasets" / "tiny"
TABLES = {
    "damages": "ledger/damages.html",
    "events": "ledger/events.html",
    "sources": "ledger/sources.html",
    "places": "ledger/places.html",
    "witnesses": "ledger/witnesses.html",
    "glossary": "ledger/glossary.html",
}
HEAD = "---\ntitle: T\ndescription: D\n---\n"
FORM = 'a macro is {{ name("argument") }}'


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    checked = building.check(TINY, lambda _: None)
    assert isinstance(checked, building.Checked)
    assert isinstance(checked.inputs.documentary, Documentary)
    return checked.inputs.ledger


@pytest.fixture(scope="module")
def languages() -> dict[str, Language]:
    return {x.code: x for x in load_languages(["fr", "en"]) if isinstance(x, Language)}


def render_text(text: str, ledger: Ledger, language: Language, page: str = "index.html") -> list[str]:
    """Return the Markdown of a page, then its problems as lines."""
    prose = read_prose("docs/en/p.md", HEAD + text)
    assert isinstance(prose, Prose)
    marks = Macros(
        ledger,
        language,
        Links(TABLES),
        page,
        figure_html=lambda ident: f"[picture {ident}]",
        table_html=lambda ident: f"[table {ident}]",
    )
    body, problems = render(prose, marks)
    return [body, *(str(problem) for problem in problems)]


def to_html(text: str) -> str:
    """Render Markdown with the extensions of the site."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    names: list[str] = []
    options = {}
    for entry in settings["markdown_extensions"]:
        name, values = (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))
        names.append(name)
        options[name] = values
    return markdown.markdown(text, extensions=names, extension_configs=options)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table>",
    "a & b &amp; c &#60;",
    '{{ n("d-level") }}',
    "{% x %} {# y #}",
    "`code` and ``more``",
    "[x](y) and ![x](y) and [x][y]",
    "[^c1]",
    "[^1]: a note",
    '=HYPERLINK("https://a.b";"c")',
    "*one* **two** _three_ __four__ ~~five~~",
    "# Title",
    "Title {#anchor .class onclick=x}",
    "{: .class }",
    "https://a.b/c?d=e and <https://a.b> and a@b.c",
    "| a | b |",
    "!!! note",
    "\\*escaped\\*",
    "$x$ ^up^ ==mark== ++ins++",
    "both \" and '",
    "l’Aune : « ça »",
    "---",
    "1) a",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_cell_holds_is_read_as_it_was_written_and_makes_no_element(text: str) -> None:
    said = f'Before <a href="x" title="{escape(text)}">{escape(text)}</a> after.'
    tree = LexborHTMLParser(to_html(said))
    assert tree.body is not None
    link = tree.css_first("a")
    found = (
        tree.body.text(),
        link.attributes,
        [node.tag for node in tree.body.css("*")],
    )
    assert found == (
        f"Before {text} after.",
        {"href": "x", "title": text},
        ["body", "p", "a"],
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_cell_holds_makes_no_element_inside_a_heading(text: str) -> None:
    tree = LexborHTMLParser(to_html(f"## {escape(text)} {{#own}}\n"))
    heading = tree.css_first("h2")
    for link in heading.css("a.headerlink"):
        link.decompose()
    found = (heading.text(), heading.attributes, [node.tag for node in heading.css("*")])
    assert found == (text, {"id": "own"}, ["h2"])


def test_an_escaped_text_holds_no_character_of_markup() -> None:
    text = "".join(map(chr, range(32, 127)))
    assert html.unescape(escape(text)) == text
    assert escape("<{*`[|") == "&lt;&#123;&#42;&#96;&#91;&#124;"


RELATIVE = [
    ("index.html", "index.html", "index.html"),
    ("index.html", "may.html", "may.html"),
    ("index.html", "ledger/damages.html", "ledger/damages.html"),
    ("ledger/damages.html", "index.html", "../index.html"),
    ("ledger/damages.html", "ledger/events.html", "events.html"),
    ("ledger/damages.html", "ledger/damages.html", "damages.html"),
    ("ledger/damages.html", "figures/a.csv", "../figures/a.csv"),
    ("a/b/c.html", "a/d/e.html", "../d/e.html"),
    ("a/b/c.html", "a/b.html", "../b.html"),
    ("a/b.html", "a/b/c.html", "b/c.html"),
    ("a/b/c.html", "b/c.html", "../../b/c.html"),
    ("fr/a.html", "en/a.html", "../en/a.html"),
]


@pytest.mark.parametrize(("start", "target", "expected"), RELATIVE)
def test_an_address_is_relative_to_its_page(start: str, target: str, expected: str) -> None:
    assert relative(start, target) == expected


SURVEY = 'title="Géomètre 1908"'
PAGED = 'title="Géomètre 1908, p.\u00a012"'
PRESS = 'title="Gazette 1907"'
D = "ledger/damages.html"
E = "ledger/events.html"
MARKS = [
    (
        'n("d-flooded-survey")',
        "en",
        f'<data class="claim" value="1234"><a href="{D}#d-flooded-survey" {PAGED}>1,234</a></data>',
    ),
    (
        'n("d-flooded-survey", unit=True)',
        "fr",
        (
            f'<data class="claim" value="1234"><a href="{D}#d-flooded-survey" '
            f'title="Géomètre 1908, p.\u00a012">1\u202f234\u00a0maisons</a></data>'
        ),
    ),
    (
        'n("d-flooded-press", unit=True)',
        "en",
        (
            f'<data class="claim" value=""><a href="{D}#d-flooded-press" {PRESS}>'
            "1,500 to 2,000\u00a0houses</a></data>"
        ),
    ),
    (
        'n("d-level", unit=True)',
        "fr",
        f'<data class="claim" value="4.75"><a href="{D}#d-level" {SURVEY}>4,75\u00a0mètres</a></data>',
    ),
    (
        'n("d-level-one", unit=True)',
        "en",
        f'<data class="claim" value="1"><a href="{D}#d-level-one" {PRESS}>one\u00a0metre</a></data>',
    ),
    (
        'date("e-crest")',
        "fr",
        (
            f'<time class="claim" datetime="1907-04-03"><a href="{E}#e-crest" {SURVEY}>'
            "3\u00a0avril 1907</a></time>"
        ),
    ),
    (
        'date("e-crest", article=True)',
        "en",
        (
            f'<time class="claim" datetime="1907-04-03"><a href="{E}#e-crest" {SURVEY}>'
            "on 3\u00a0April 1907</a></time>"
        ),
    ),
    (
        'date("e-crest", time=True)',
        "fr",
        (
            f'<time class="claim" datetime="1907-04-03"><a href="{E}#e-crest" {SURVEY}>'
            "5\u00a0h\u00a045</a></time>"
        ),
    ),
    (
        'date("e-flood", article=True)',
        "fr",
        (
            f'<time class="claim" datetime="1907-04"><a href="{E}#e-flood" {SURVEY}>'
            "du 1er au 9\u00a0avril 1907</a></time>"
        ),
    ),
    (
        'date("e-autumn")',
        "en",
        (
            f'<time class="claim" datetime="1907-10"><a href="{E}#e-autumn" {SURVEY}>'
            "about October 1907</a></time>"
        ),
    ),
    (
        'name("p-weir")',
        "en",
        '<a class="name" data-print="name" href="ledger/places.html#p-weir">Upper Weir</a>',
    ),
    (
        'name("p-weir", "the <weir>")',
        "fr",
        '<a class="name" data-print="name" href="ledger/places.html#p-weir">the &lt;weir&gt;</a>',
    ),
    (
        'name("vir")',
        "en",
        '<i lang="bg-Latn"><a class="name" data-print="name" href="ledger/glossary.html#vir">vir</a></i>',
    ),
    (
        'name("vir", "whirlpool")',
        "en",
        '<a class="name" data-print="name" href="ledger/glossary.html#vir">whirlpool</a>',
    ),
    (
        'original("p-weir", "de")',
        "en",
        '<span lang="de" class="original">Wehr &lt;oben&gt;</span>',
    ),
    ('figure("flooded")', "en", "[picture flooded]"),
    ('table("t-ruined")', "fr", "[table t-ruined]"),
]


@pytest.mark.parametrize(("mark", "code", "expected"), MARKS)
def test_a_mark_becomes_its_html_whole(
    mark: str, code: str, expected: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    assert render_text(f"x {{{{ {mark} }}}}", ledger, languages[code]) == [f"x {expected}\n\n"]


#: A sentence of macros, and how it reads: words for small numbers, digits where digits compare.
SENTENCES = [
    ("en", '{{ n("d-ruined-autumn") }} fell.', "Eight fell."),
    ("en", 'In October {{ n("d-ruined-autumn") }} fell.', "In October eight fell."),
    ("fr", '{{ n("d-ruined-autumn") }} tombent.', "Huit tombent."),
    ("fr", 'Il y en a {{ n("d-level-one") }}.', "Il y en a un."),
    ("fr", 'Il y en a {{ n("d-level-one", feminine=True) }}.', "Il y en a une."),
    ("en", 'Of {{ n("d-ruined-autumn", digits=True) }}.', "Of 8."),
    ("en", 'Of {{ n("d-ruined-autumn") }} km.', "Of 8 km."),
    ("en", 'Of {{ n("d-ruined-autumn") }}%.', "Of 8%."),
    ("en", 'Of {{ n("d-flooded-survey") }}, {{ n("d-ruined-autumn") }} fell.', "Of 1,234, 8\u00a0fell."),
    ("en", 'Of {{ n("d-flooded-survey") }}. Then {{ n("d-ruined-autumn") }}.', "Of 1,234. Then eight."),
    ("en", 'Of {{ n("d-level") }}, {{ n("d-ruined-autumn") }} fell.', "Of 4.75, eight fell."),
    ("en", '| a |\n|---|\n| {{ n("d-ruined-autumn") }} |', "| a |\n|---|\n| 8 |"),
    ("en", '| {{ n("d-flooded-press") }} |', "| 1,500–2,000 |"),
    ("en", '<b>{{ n("d-ruined-autumn") }}</b>', "8"),
    ("fr", 'Soit {{ n("d-flooded-press") }}.', "Soit 1\u202f500 à 2\u202f000."),
    ("fr", 'Soit {{ n("d-flooded-press", between=True) }}.', "Soit de 1\u202f500 à 2\u202f000."),
    ("en", '{{ n("d-flooded-press", between=True) }} fell.', "Between 1,500 and 2,000\u00a0fell."),
    ("en", '| {{ n("d-flooded-press", between=True) }} |', "| 1,500–2,000 |"),
    ("en", 'A few ({{ n("d-flooded-press") }}).', "A few (1,500–2,000)."),
    ("en", '{{ date("e-crest") }} and {{ date("e-boats") }}', "3\u00a0April 1907 and mid-April"),
    ("en", 'In 1907, {{ date("e-crest", article=True) }}', "In 1907, on 3\u00a0April"),
    ("en", 'In 1908, {{ date("e-crest", article=True) }}', "In 1908, on 3\u00a0April 1907"),
    (
        "en",
        '{{ date("e-crest") }}, in 1908, {{ date("e-boats") }}',
        "3\u00a0April 1907, in 1908, mid-April 1907",
    ),
    ("en", '{{ name("vir", "1907") }} {{ date("e-boats") }}', "1907 mid-April"),
    ("en", '{{ cite("gazette-1907") }} {{ date("e-boats") }}', "[^c1] mid-April 1907"),
    ("en", 'At {{ date("e-crest", time=True) }} {{ date("e-boats") }}', "At 05&#58;45 mid-April 1907"),
    ("en", '{{ date("e-crest") }}, {{ date("e-boats", year=True) }}', "3\u00a0April 1907, mid-April 1907"),
    ("en", '| {{ date("e-crest") }} | {{ date("e-boats") }} |', "| 3\u00a0April 1907 | mid-April 1907 |"),
    ("fr", '{{ dates("e-crest", "e-crest-press", article=True) }}', "Les 3 et 4\u00a0avril 1907"),
    ("fr", 'Les {{ dates("e-crest", "e-crest-press") }}', "Les 3 et 4\u00a0avril 1907"),
    (
        "fr",
        '{{ dates("e-crest", "e-flood", article=True) }}',
        "Le 3\u00a0avril et du 1er au 9\u00a0avril 1907",
    ),
    ("en", 'In 1907 {{ dates("e-crest", "e-crest-press", article=True) }}', "In 1907 on 3 and 4\u00a0April"),
    ("en", '{{ n("d-flooded-survey") }} houses stood.', "1,234\u00a0houses stood."),
    ("en", '{{ n("d-flooded-survey") }} of them', "1,234 of them"),
    ("fr", '{{ date("e-crest", article=True) }}, tout change.', "Le 3\u00a0avril 1907, tout change."),
    ("fr", 'Fini. {{ date("e-crest", article=True) }}, oui.', "Fini. Le 3\u00a0avril 1907, oui."),
    ("fr", 'Fini{{ cite("gazette-1907") }}. {{ name("vir") }}', "Fini[^c1]. Vir"),
    ("fr", '* {{ name("vir") }} profond', "* Vir profond"),
    ("fr", '«\u202f{{ name("vir") }}', "«\u202fVir"),
    ("fr", 'au {{ name("vir") }}', "au vir"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Né {{ date("e-crest", article=True) }}.', "Né le 3\u00a0avril 44 av. J.-C."),
        ('Né {{ date("e-crest", article=True) }}, dit-on.', "Né le 3\u00a0avril 44 av. J.-C., dit-on."),
        (
            'Nés {{ dates("e-flood", "e-crest", article=True) }}.',
            "Nés du 1er au 9\u00a0avril 1907 et le 3\u00a0avril 44 av. J.-C.",
        ),
    ],
)
def test_an_abbreviation_and_a_sentence_end_with_one_stop(
    text: str, expected: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    old = replace(ledger.events["e-crest"], date=parse("-0043-04-03"))
    ancient = replace(ledger, events={**ledger.events, "e-crest": old})
    body = render_text(text, ancient, languages["fr"])[0].split("\n\n")[0].rstrip("\n")
    assert re.sub(r"<[^>]+>", "", body) == expected


@pytest.mark.parametrize(("code", "text", "expected"), SENTENCES)
def test_a_macro_reads_as_its_sentence_wants(
    code: str, text: str, expected: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    body = render_text(text, ledger, languages[code])[0].split("\n\n")[0].rstrip("\n")
    assert re.sub(r"<[^>]+>", "", body) == expected


#: Words with which what a macro writes after them does not go: the sentence, what is quoted of it, the hint.
BOUND = "the claim is a bound or a range: leave out the words before it"
ARTICLE = "leave article=True out, or the word before it"
CLASHING = [
    ("en", 'just above {{ n("d-bound") }}', '"above at least"', BOUND),
    ("fr", 'un peu au-dessus de {{ n("d-bound") }}', '"au-dessus de au moins"', BOUND),
    ("fr", 'plus de {{ n("d-flooded-press", between=True) }}', '"plus de de"', BOUND),
    ("fr", 'près\nde {{ n("d-flooded-press", between=True) }}', '"près de de"', BOUND),
    (
        "en",
        'between {{ n("d-flooded-press") }}',
        '"between 1,500 to"',
        "write between=True, and no word before it",
    ),
    (
        "fr",
        'entre {{ n("d-flooded-press") }}',
        '"entre 1\u202f500 à"',
        "write between=True, and no word before it",
    ),
    (
        "fr",
        'à {{ n("d-flooded-press", between=True) }}',
        '"à de"',
        "leave between=True out, or the word before it",
    ),
    ("en", 'about {{ date("e-autumn") }}', '"about about"', "say it once"),
    ("en", 'until {{ date("e-crest", article=True) }}', '"until on"', ARTICLE),
    ("fr", 'Le {{ date("e-flood", article=True) }}', '"Le du"', ARTICLE),
    ("fr", 'le {{ dates("e-crest", "e-crest-press", article=True) }}', '"le les"', ARTICLE),
]


@pytest.mark.parametrize(("code", "text", "said", "hint"), CLASHING)
def test_what_a_macro_writes_follows_the_words_before_it(
    code: str, text: str, said: str, hint: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    bound = replace(ledger.claims["d-flooded-press"], id="d-bound", high=None)
    known = replace(ledger, claims={**ledger.claims, "d-bound": bound})
    (_, problem) = render_text(text, known, languages[code])
    assert problem.split("clashing-words: ")[1].splitlines() == [said, f"    hint: {hint}"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", 'for more than a week, {{ n("d-flooded-press") }}'),
        ("en", 'went on {{ date("e-flood", article=True) }}'),
        ("en", 'from {{ n("d-flooded-press") }}'),
        ("en", 'since {{ date("e-crest") }}'),
        ("fr", 'depuis {{ date("e-crest", article=True) }}'),
        ("fr", 'dès {{ date("e-crest", article=True) }}'),
        ("fr", 'de {{ n("d-flooded-press") }}'),
        ("fr", 'le {{ date("e-crest") }}'),
        ("fr", 'avec {{ n("d-flooded-press", between=True) }}'),
    ],
)
def test_what_follows_rightly_is_no_problem(
    code: str, text: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    assert len(render_text(text, ledger, languages[code])) == 1


@pytest.mark.parametrize(
    ("typed", "said", "problem"),
    [
        ("la fin de ", "avril 1907", '"de avril"'),
        ("tue jusqu’à ", "jusqu’à 90", '"jusqu’à jusqu’à"'),
        ("monta à ", "jusqu’à 90", '"à jusqu’à"'),
        ("le ", "sans doute le 3\u00a0avril", '"le sans doute"'),
        ("le ", "été 1907", '"le été"'),
        ("près de ", "environ 90", '"près de environ"'),
        ("l’", "été 1907", ""),
        ("monde ", "de 3 à 5", ""),
        ("le ", "automne-là", '"le automne"'),
        ("rencontre ", "au moins 3", ""),
    ],
)
def test_french_elides_and_doubles_nothing_before_a_macro(typed: str, said: str, problem: str) -> None:
    assert (clash(typed, said, "fr-CA") or ("",))[0] == problem
    assert clash(typed, said, "de") is None


def test_citations_become_notes_in_their_order(ledger: Ledger, languages: dict[str, Language]) -> None:
    text = 'A{{ cite("surveyor-1908", "p. 12 *a*") }} B{{ cite("gazette-1907") }}'
    address = "../ledger/sources.html"
    assert render_text(text, ledger, languages["fr"], "days/may.html") == [
        (
            "A[^c1] B[^c2]\n\n"
            f'[^c1]: <a href="{address}#surveyor-1908">Géomètre 1908</a>, p.\u00a012 &#42;a&#42;.\n'
            f'[^c2]: <a href="{address}#gazette-1907">Gazette 1907</a>.\n'
        )
    ]


def test_the_note_of_a_citation_takes_no_name_that_the_author_has_given(
    ledger: Ledger, languages: dict[str, Language]
) -> None:
    text = 'A[^c1]{{ cite("surveyor-1908") }} B{{ cite("gazette-1907") }}\n\n[^c1]: Own.\n[^c3]: Other.'
    body = render_text(text, ledger, languages["en"])[0]
    assert re.findall(r"\[\^\w+\]:?", body) == [
        "[^c1]", "[^c2]", "[^c4]", "[^c1]:", "[^c3]:", "[^c2]:", "[^c4]:",
    ]  # fmt: skip


def test_a_page_in_a_folder_leads_out_of_it(ledger: Ledger, languages: dict[str, Language]) -> None:
    found = render_text('{{ name("p-weir") }}', ledger, languages["en"], "ledger/sources.html")
    assert found == ['<a class="name" data-print="name" href="places.html#p-weir">Upper Weir</a>\n\n']


def test_a_page_may_name_the_year_that_goes_without_saying(
    ledger: Ledger, languages: dict[str, Language]
) -> None:
    prose = read_prose("p.md", HEAD + '{{ date("e-crest") }}, {{ date("e-crest", year=True) }}')
    assert isinstance(prose, Prose)
    marks = Macros(
        ledger,
        languages["en"],
        Links(TABLES),
        "index.html",
        figure_html=lambda _: "",
        table_html=lambda _: "",
        year="1907",
    )
    body, problems = render(prose, marks)
    assert re.findall(r">([^<]+)</a>", body) == ["3\u00a0April", "3\u00a0April 1907"]
    assert not problems


def test_a_share_is_counted_over_all_pages(ledger: Ledger, languages: dict[str, Language]) -> None:
    """One citation of two goes to an encyclopaedia; a macro that names no share is a problem."""
    press = ledger.sources["gazette-1907"]
    article = replace(press, own=replace(press.own, encyclopaedia="yes"))
    known = replace(ledger, sources={**ledger.sources, press.id: article})
    pages = ('{{ cite("gazette-1907", "p. 3") }} and', "{{cite('surveyor-1908')}}", "{{ name('p-weir') }}")
    assert shares(pages, known)["encyclopaedia"] == 50
    assert shares((), known) == {"encyclopaedia": 0, "locator": 12}
    prose = read_prose("p.md", HEAD + '{{ share("encyclopaedia") }}{{ share("locators") }}')
    assert isinstance(prose, Prose)
    marks = Macros(
        known,
        languages["fr"],
        Links(TABLES),
        "index.html",
        figure_html=lambda _: "",
        table_html=lambda _: "",
        shares=lambda: shares(pages, known),
    )
    body, problems = render(prose, marks)
    assert body.strip() == "50\u00a0%"
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("unknown-mark", 'did you mean "locator"?')
    ]


def test_what_a_page_named_is_kept_in_order(ledger: Ledger, languages: dict[str, Language]) -> None:
    marks = Macros(
        ledger,
        languages["en"],
        Links(TABLES),
        "index.html",
        figure_html=lambda _: "",
        table_html=lambda _: "",
    )
    text = (
        '{{ n("d-level") }}{{ figure("f") }}{{ dates("e-crest", "e-boats") }}{{ cite("gazette-1907", "2") }}'
    )
    prose = read_prose("p.md", HEAD + text + '{{ table("t-level") }}{{ name("p-weir") }}')
    assert isinstance(prose, Prose)
    render(prose, marks)
    assert marks.used == [
        ("claim", "d-level"),
        ("figure", "f"),
        ("event", "e-crest"),
        ("event", "e-boats"),
        ("source", "gazette-1907 2"),
        ("table", "t-level"),
        ("name", "p-weir"),
    ]


REFUSED = [
    ('{{ n("d-levle") }}', 'unknown-claim: "d-levle"', 'did you mean "d-level"?'),
    ('{{ date("e-crets") }}', 'unknown-event: "e-crets"', 'did you mean "e-crest"?'),
    (
        '{{ date("e-boats", time=True) }}',
        'unknown-event: "e-boats" has no time',
        "fill in its time cell",
    ),
    (
        '{{ dates("e-boats") }}',
        "unknown-mark: dates is of two events or more",
        'write {{ date("…") }} for one',
    ),
    ('{{ dates("e-boats", "e-crets") }}', 'unknown-event: "e-crets"', 'did you mean "e-crest"?'),
    ('{{ cite("gazette") }}', 'unknown-source: "gazette"', 'did you mean "gazette-1907"?'),
    ('{{ table("t-levl") }}', 'unknown-table: "t-levl"', 'did you mean "t-level"?'),
    ('{{ name("p-wier") }}', 'unknown-name: "p-wier"', 'did you mean "p-weir"?'),
    ('{{ original("p-weir", "ja") }}', 'unknown-name: "p-weir" has no original in ja', "de"),
    ('{{ nn("d-level") }}', 'unknown-mark: "nn"', 'did you mean "n"?'),
    ("{{ d-level }}", "unknown-mark: d-level", FORM),
    ("{{ }}", "unknown-mark: ", FORM),
    ("{{ n(d) }}", "unknown-mark: n(d)", FORM),
    ('{{ n("a", }}', 'unknown-mark: n("a",', FORM),
    ('{{ __import__("os").system("x") }}', 'unknown-mark: __import__("os").system("x")', FORM),
    ("{% if x %}", "unknown-mark: this", FORM),
    ("{# a remark #}", "unknown-mark: this", FORM),
    ('{{ cite("gazette-1907", 12) }}', "unknown-mark: 12 is not a text in quotes", FORM),
    ('{{ name("p-weir", text=3) }}', "unknown-mark: 3 is not a text in quotes", FORM),
    ("{{ cite(None) }}", "unknown-mark: None is not a text in quotes", FORM),
    ('{{ n("d-level", unit="yes") }}', "unknown-mark: unit is True or False", FORM),
    (
        "{{ n() }}",
        "unknown-mark: n: missing a required argument: 'ident'",
        FORM,
    ),
]


@pytest.mark.parametrize(("text", "said", "hint"), REFUSED)
def test_a_mark_that_names_nothing_is_said_with_its_line_and_leaves_no_trace(
    text: str, said: str, hint: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    found = render_text(f"one\n\ntwo {text}.", ledger, languages["en"])
    problem = f"docs/en/p.md:7: {said}\n    hint: {hint}"
    assert found == ["one\n\ntwo .\n\n", problem]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('The crest ({{ date("e-rumour") }}) came.', "3 April 1907, uncertain"),
        ('The crest (on {{ date("e-rumour") }}, at night) came.', "3 April 1907, uncertain"),
        ('It (the river) rose: {{ date("e-rumour") }}.', "3 April 1907 (uncertain)"),
        ('It rose (see below). {{ date("e-rumour") }} is doubtful.', "3 April 1907 (uncertain)"),
    ],
)
def test_a_doubtful_date_in_brackets_has_none_of_its_own(
    text: str, shown: str, ledger: Ledger, languages: dict[str, Language]
) -> None:
    rumour = replace(ledger.events["e-crest"], id="e-rumour", date=parse("1907-04-03?"))
    body, *problems = render_text(
        text, replace(ledger, events={**ledger.events, "e-rumour": rumour}), languages["en"]
    )
    assert problems == []
    assert shown in html.unescape(body).replace("\u00a0", " ")
