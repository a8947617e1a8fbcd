"""What is a heading, what is running text and what is neither is asked of Python-Markdown."""

from __future__ import annotations

import pytest

from generator.prose.reading import extensions_of, read_markdown
from generator.prose.source import Prose, check_numbers, check_sections, read_prose

HEAD = "---\ntitle: T\ndescription: D\n---\n"


def prose(body: str) -> Prose:
    read = read_prose("p.md", HEAD + body)
    assert isinstance(read, Prose)
    return read


#: A body, and the headings below the title that have no id, by their lines from the start of the body.
HEADINGS = [
    ("## A {#a}\n\nb\n", []),
    ("## A {: #a }\n\nb\n", []),
    ("## A {#a .b}\n", []),
    ("a\n\n## B\n", [3]),
    ("a\n\nUnder lined\n-----\n\nb\n", [3]),
    ("a\n\n##Glued\n", [3]),
    ("a\n\n> ## Quoted\n", [3]),
    ('!!! note "N"\n    ## Inside\n\n    a\n', [2]),
    ("a\n\n<h2>Raw</h2>\n", [3]),
    ('a\n\n<h2 id="raw">Raw</h2>\n', []),
    ("a\n\n* b\n\n    ### In an item\n", [5]),
    ("a\n\n#### Deep\n", [3]),
    ("# Title\n", []),
    ("~~~\n## Code\n~~~\n", []),
    ("a\n\n    ## Code\n", []),
    ("a\n\n<!--\n## Comment\n-->\n", []),
    ("a\n\n`## code`\n", []),
    ("## Same {#a}\n\n## Same\n\n## Same {#b}\n", [3]),
]


@pytest.mark.parametrize(("body", "lines"), HEADINGS)
def test_every_heading_of_the_page_needs_an_id(body: str, lines: list[int]) -> None:
    if body.startswith("~~~"):
        assert not read_markdown(body, ("fenced_code",)).headings
        return
    problems = [problem for problem in check_sections(prose(body)) if problem.code == "missing-section"]
    assert [problem.location.line - HEAD.count("\n") for problem in problems] == lines


#: A body, and the numbers that are typed in it, with their lines from the start of the body.
NUMBERS = [
    ("It was 40 m.\n", [("40", 1)]),
    ("a\n\n1. one\n2. two\n", []),
    ("It happened in\n1907. It rained.\n", [("1907", 2)]),
    ("* in\n  12) of\n", [("12", 2)]),
    ("See [it][w].\n\n[w]: https://example.org/1955/a\n", []),
    ("See [a](https://example.org/Film_(1955)_x).\n", []),
    ("![x](a.svg){ width=300 .no-print }\n", []),
    ("<https://example.org/1955>\n", []),
    ('<div data-n="5" markdown>\n\nIn 40 days.\n\n</div>\n', [("40", 3)]),
    ("    code 12\n", []),
    ("a\n\n    code 12\n", []),
    ("`12` and <code>13</code>\n", []),
    ("<!-- 12 -->\n", []),
    ("a[^n1] b[^2]\n\n[^n1]: Of 12.\n[^2]: x\n", [("12", 3)]),
    ('{{ n("d-12") }} of 5\n', [("5", 1)]),
    ("a&#39;b &nbsp;7\n", [("7", 1)]),
    ("12 and 12\n\nthen 12 more\n", [("12", 1), ("12", 1), ("12", 3)]),
    ("[12](a.md) then\n\nsaid 12 twice\n", [("12", 1), ("12", 3)]),
    ("https://example.org/12 said\n\nof 12 men\n", [("12", 3)]),
    ("| a | b |\n|---|---|\n| 3 | x |\n", [("3", 3)]),
    ("## Of 3 {#s3}\n", [("3", 1)]),
    ('a <span title="9">b</span>\n', []),
]


@pytest.mark.parametrize(("body", "numbers"), NUMBERS)
def test_a_number_that_a_reader_sees_is_a_typed_number(body: str, numbers: list[tuple[str, int]]) -> None:
    problems = [problem for problem in check_numbers(prose(body)) if problem.code == "typed-number"]
    found = [(p.message.strip('"'), p.location.line - HEAD.count("\n")) for p in problems]
    assert found == numbers


def test_the_parser_has_the_extensions_of_the_documentary() -> None:
    assert extensions_of(["def_list", "markdown.extensions.tables", "toc"]) == ("def_list", "tables")
    assert extensions_of(["toc"]) == extensions_of([])
