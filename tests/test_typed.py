"""What a settings file holds is read into records; each mistake is said at its line, all at once."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Literal

import pytest
import yaml
from pydantic import Field

from generator.problems import Problem
from generator.typed import Document, Texts, read_as, read_json, read_toml, read_yaml, record

Read = Document | list[Problem]


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@record
class Boat:
    name: str
    at: tuple[float, float] = Field(default=(0.0, 0.0), description="a position, [latitude, longitude]")


@record
class Fleet:
    title: Texts
    colour: Colour = Colour.RED
    shape: Literal["round", "square"] = "round"
    size: int = 0
    day: dt.date | None = None
    boats: tuple[Boat, ...] = ()
    weights: dict[str, float] = Field(default_factory=dict)


def said(text: str, languages: tuple[str, ...] = ("fr", "en")) -> str:
    """Read TOML as a fleet; return the problems as a person reads them."""
    document = read_toml("f.toml", text.encode(), "bad-settings")
    if isinstance(document, list):
        return "\n".join(map(str, document))
    found = read_as(Fleet, document.value, document.location, code="bad-settings", languages=languages)
    return "\n".join(map(str, found)) if isinstance(found, list) else ""


GOOD = 'title = { fr = "a", en = "b" }\n'


def test_what_is_right_becomes_a_record_with_its_types() -> None:
    text = GOOD + 'colour = "green"\nday = 2020-02-29\n[[boats]]\nname = "x"\nat = [1, 2.5]\n'
    document = read_toml("f.toml", text.encode(), "bad-settings")
    assert isinstance(document, Document)
    fleet = read_as(Fleet, document.value, document.location, code="bad-settings", languages=("fr", "en"))
    assert fleet == Fleet(
        title={"fr": "a", "en": "b"},
        colour=Colour.GREEN,
        day=dt.date(2020, 2, 29),
        boats=(Boat(name="x", at=(1.0, 2.5)),),
    )


TEXTS = 'a text in every language, { fr = "…", en = "…" }'
MISTAKES = [
    ("", f'1: "title" is missing | add title: {TEXTS}'),
    ('title = "x"', f'1:title: expected {TEXTS}, found "x"'),
    ('\ntitle.fr = "x"', "2:title: one-language: no text in en | say it in every language"),
    ('title.fr = "x"\ntitle.e = "x"', '1:title: one-language: no text in en | did you mean "e"?'),
    ('title = { fr = "x", en = " " }', "1:title: one-language: no text in en | say it in every language"),
    (GOOD + 'size = "5"', '2:size: expected a whole number, found "5"'),
    (GOOD + "size = true", "2:size: expected a whole number, found true"),
    (GOOD + "size = 1.5", "2:size: expected a whole number, found the number 1.5"),
    (GOOD + "sise = 5", '2:sise: there is no key "sise" | did you mean "size"?'),
    (GOOD + 'colour = "gren"', '2:colour: "gren" is not known here | did you mean "green"?'),
    (GOOD + 'shape = "oval"', '2:shape: "oval" is not known here | write one of: round, square'),
    (
        GOOD + 'day = "2020-02-30"',
        '2:day: expected a day, YYYY-MM-DD, found "2020-02-30" | write a day of the calendar, as 2026-11-27',
    ),
    (GOOD + "boats = 5", "2:boats: expected a list, found the number 5"),
    (GOOD + "[[boats]]\nname = 5", "3:boats[1].name: expected a text in quotes, found the number 5"),
    (
        GOOD + '[[boats]]\nname = "a"\n[[boats]]\nname = "b"\nat = [\n  1,\n  "x"\n]',
        '8:boats[2].at[2]: expected a number, found "x"',
    ),
    (
        GOOD + '[[boats]]\nname = "a"\nat = [1]',
        "4:boats[1].at: expected a position, [latitude, longitude], found a list of 1",
    ),
    (GOOD + "weights.a = inf", "2:weights.a: expected a number, found the number inf"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_says_what_was_expected_and_where(text: str, expected: str) -> None:
    code = "" if "one-language" in expected else "bad-settings: "
    place, message = expected.split(": ", 1)
    assert said(text).replace("\n    hint:", " |") == f"f.toml:{place}: {code}{message}"


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    assert len(said('size = "5"\ncolour = 1\nx = 1\n').split("bad-settings")) == 5


TOML = """\
a."b c".d = 1
list = [ # a comment
  { k = 1 },
  [2,
   3],
]
[t]
y = 0
[[f]]
id = 1
[f.g]
u.v = 1
[[f.w]]
q = 1
[[f]]
[[f.w]]
[[f.w]]
q = 2
"""
JSON = """{
 "a": {"b c":
  {"d": 1}},
 "caf\\u00e9": [
   1, {"k": 2}
 ]
}"""
YAML = """\
a:
  b c: 1
  list:
    - x
    - k: 2
"""
PLACES = [
    ("toml", TOML, ("a", "b c", "d"), 1),
    ("toml", TOML, ("list", 0, "k"), 3),
    ("toml", TOML, ("list", 1, 1), 5),
    ("toml", TOML, ("t",), 7),
    ("toml", TOML, ("f", 0, "g", "u", "v"), 12),
    ("toml", TOML, ("f", 0, "w", 0, "q"), 14),
    ("toml", TOML, ("f", 1), 15),
    ("toml", TOML, ("f", 1, "w", 1, "q"), 18),
    ("toml", TOML, ("f", 1, "w", 1, "no such key"), 17),
    ("toml", TOML.replace("\n", "\r\n"), ("f", 1, "w", 1, "q"), 18),
    ("toml", "\ufeff" + TOML, ("t", "y"), 8),
    ("json", JSON, ("a", "b c", "d"), 3),
    ("json", JSON, ("café", 1, "k"), 5),
    ("json", "\ufeff" + JSON.replace("\n", "\r\n"), ("café", 1, "k"), 5),
    ("yaml", YAML, ("a", "list", 1, "k"), 5),
    ("yaml", YAML.replace("\n", "\r\n"), ("a", "list", 0), 4),
]


def read(form: str, text: str) -> Read:
    if form == "yaml":
        return read_yaml("f", text, "bad-settings")
    return {"toml": read_toml, "json": read_json}[form]("f", text.encode(), "bad-settings")


@pytest.mark.parametrize(("form", "text", "path", "line"), PLACES)
def test_the_line_of_a_key_is_that_of_the_key(form: str, text: str, path: Any, line: int) -> None:
    document = read(form, text)
    assert isinstance(document, Document)
    assert document.location(path).line == line


CONTROL = "the text holds a character of control, or half of one"
UNREADABLE = [
    ("toml", "a = 1\nb = x\n", "f:2: bad-settings: not TOML: Invalid value"),
    ("toml", "a = [1\n", "f:2: bad-settings: not TOML: Unclosed array"),
    ("toml", "a = 1\na = 2\n", "f:2: bad-settings: not TOML: Cannot overwrite a value"),
    ("toml", "a = " + "[" * 3000, "f:1: bad-settings: tables and lists stand too deep in one another"),
    ("json", '{\n"a": 1\n"b": 2}', "f:3: bad-settings: not JSON: Expecting ',' delimiter"),
    ("json", '{"a": NaN}', "f:1: bad-settings: not JSON: NaN is not a number of JSON"),
    ("json", '{"a": 1,\n"b": {"c": 1,\n"c": 2}}', 'f:3:b.c: bad-settings: the key "c" stands twice'),
    ("json", "[" * 3000 + "]" * 3000, "f:1: bad-settings: tables and lists stand too deep in one another"),
    ("json", '{"\\ud83d": 1}', "f:1:\N{REPLACEMENT CHARACTER}: bad-settings: " + CONTROL),
    ("yaml", "a: b\nc: d: e\n", "f:2: bad-settings: not YAML: mapping values are not allowed here"),
    ("yaml", "a: 1\na: 2\n", 'f:2:a: bad-settings: the key "a" stands twice'),
    ("yaml", "a: 2020-13-45\n", "f:1: bad-settings: cannot be read: month must be in 1..12, not 13"),
    ("yaml", "a: &x [*x]\n", "f:1: bad-settings: tables and lists stand too deep in one another"),
    ("yaml", "? [a, b]\n: 1\n", "f:1: bad-settings: not YAML: found unhashable key"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "expected"), UNREADABLE)
def test_a_file_that_cannot_be_read_says_where(form: str, text: str, expected: str) -> None:
    found = read(form, text)
    assert isinstance(found, list)
    assert [str(problem).split("\n")[0].split(" must be")[0] for problem in found] == [
        expected.split(" must be", maxsplit=1)[0]
    ]


def test_bytes_that_are_no_text_are_said_with_their_line() -> None:
    [problem] = read_toml("f.toml", b'a = 1\nb = "\xe9"\n', "bad-settings")  # type: ignore[misc]
    assert str(problem) == 'f.toml:2: not-utf8: byte 0xe9 is not UTF-8\n    hint: save the file as "UTF-8"'


def test_yaml_read_as_texts_guesses_no_language_and_no_day() -> None:
    """YAML would take `no` for false and `1907` for a number."""
    text = "no: Norsk\ntitle: Yes\nyear: 1907\nday: 2020-01-01\nempty:\n"
    document = read_yaml("f", text, "bad-front-matter", loader=yaml.BaseLoader)
    assert isinstance(document, Document)
    assert document.value == {
        "no": "Norsk",
        "title": "Yes",
        "year": "1907",
        "day": "2020-01-01",
        "empty": "",
    }
