"""A change of the data shows what it changes for a reader, question by question."""

from __future__ import annotations

import pytest

from generator.language import Language
from generator.language.catalogs import load_languages
from generator.pages.published_diff import Change, as_markdown, changes, read_published

HEAD = "topic,unit,claims,lowest,highest,preferred,by,claimed_by_enemy\n"
OLD = HEAD + "t-dead,man,2,10,20,,,0\nt-same,man,1,5,5,5,Anne,0\nt-gone,house,1,3,3,,,0\n"
NEW = HEAD + "t-dead,man,3,10,25,12,Anne,1\nt-same,man,1,5,5,5,Anne,0\nt-new,house,1,4,,,,0\n"


@pytest.fixture(scope="module")
def english() -> Language:
    [language] = (x for x in load_languages(["en"]) if isinstance(x, Language))
    return language


def test_only_questions_whose_figures_differ_are_named_also_those_that_came_or_went() -> None:
    assert list(changes(read_published(OLD), read_published(NEW))) == [
        Change(
            "t-dead", "10–20 man, 2 claims", "10–25 man, 3 claims, preferred 12 (Anne), 1 by the other side"
        ),
        Change("t-gone", "3 house, 1 claims", ""),
        Change("t-new", "", "at least 4 house, 1 claims"),
    ]


def test_nothing_in_a_table_of_changes_is_markup(english: Language) -> None:
    said = as_markdown([Change("t-x", "1 <b>|", "")], {"t-x": "[How](many)?"}, english)
    assert said.splitlines()[-1] == "| &#91;How&#93;&#40;many&#41;? | 1 &lt;b&gt;&#124; | – |"


def test_no_change_is_said(english: Language) -> None:
    assert as_markdown([], {}, english) == "No published figure changes.\n"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEAD + "x,1\n2,3,4,5,6,7,8,9,10,11\n"])
def test_what_is_not_such_a_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"its columns are not|it is no table"):
        read_published(text)
