"""The documentation cannot drift from the code: lists are compared, examples are run."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from generator.language import read_catalog
from generator.language.catalogs import check_catalog, load_languages, messages
from generator.ledger import edtf
from generator.loading import Inputs, load
from generator.pages import make_links
from generator.problems import RULES, Problem
from generator.prose.macros import Macros, render
from generator.prose.shares import shares
from generator.prose.source import Prose, read_prose
from tests.test_layout import ORDER

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_catalogue_says_all_that_the_interface_says_and_nothing_else() -> None:
    wanted = messages()
    problems = []
    for path in sorted((GENERATOR / "language" / "locales").glob("*.po")):
        catalog = read_catalog(path.name, path.read_bytes(), path.stem)
        problems += [catalog] if isinstance(catalog, Problem) else check_catalog(path.name, catalog, wanted)
    assert [str(problem) for problem in problems] == []


def between(name: str, marker: str) -> str:
    """Return what stands between two comments of a page."""
    return text_of(name).split(f"<!-- {marker} -->\n")[1].split(f"<!-- /{marker} -->")[0]


@cache
def inputs() -> Inputs:
    found = load(ROOT)
    assert isinstance(found, Inputs), f"make check says more: {found[0]}"
    return found


def first_line(module: Path) -> str:
    return (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").split("\n")[0]


def tree_of(folder: Path, depth: int = 0) -> Iterator[str]:
    """Yield a line for each room and module: the rooms in the order of the data's way, then by name."""
    yield line_of(f"{folder.name}/", folder / "__init__.py", depth)
    inside = [p for p in folder.iterdir() if (p / "__init__.py").exists() or p.suffix == ".py"]
    for path in sorted(inside, key=lambda p: (ORDER.index(p.stem) if p.stem in ORDER else -1, p.name)):
        if path.is_dir():
            yield from tree_of(path, depth + 1)
        elif path.name != "__init__.py":
            yield line_of(path.name, path, depth + 1)


def line_of(name: str, module: Path, depth: int) -> str:
    return f"{'  ' * depth + name:<26} {first_line(module)}"


def test_the_tree_of_the_readme_holds_every_module_and_what_it_is_for(pytestconfig: pytest.Config) -> None:
    wanted = "\n".join(tree_of(GENERATOR))
    page = "handbook/architecture.md"
    shown = between(page, "tree").removeprefix("```\n").removesuffix("\n```\n")
    if pytestconfig.getoption("--rewrite-golden"):
        (ROOT / page).write_text(text_of(page).replace(shown, wanted), encoding="utf-8")
        return
    assert shown == wanted, "make golden writes it anew"


def test_contributing_lists_every_problem_with_its_rule() -> None:
    wanted = [f"* `{code}`: {rule}" for code, rule in RULES.items()]
    assert between("CONTRIBUTING.md", "rules").splitlines() == wanted


def test_every_target_of_the_makefile_is_explained() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE)
    assert {"site", "test"} <= set(targets)
    pages = text_of("README.md") + text_of("CONTRIBUTING.md") + text_of("handbook/architecture.md")
    assert [t for t in targets if not re.search(rf"\bmake {t}\b(?!-)", pages)] == []


def test_no_target_is_explained_that_does_not_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE))
    pages = text_of("README.md") + text_of("CONTRIBUTING.md") + text_of("handbook/architecture.md")
    assert set(re.findall(r"`make ([a-z-]+)", pages)) - targets == set()


@pytest.mark.battle
def test_every_column_of_a_claim_is_explained() -> None:
    package = json.loads(text_of("data/datapackage.json"))
    tables = [table for table in package["resources"] if table["role"] == "claims"]
    columns = {field["name"] for table in tables for field in table["schema"]["fields"]}
    head = re.findall(r"^\| ((?:`\w+`\*?(?:, )?)+) \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    named = {name for cell in head for name in re.findall(r"`(\w+)`", cell)}
    assert len(columns) > 10
    assert columns - named == set()


@pytest.mark.battle
def test_an_asterisk_marks_the_columns_that_must_be_filled() -> None:
    package = json.loads(text_of("data/datapackage.json"))
    fields = next(t for t in package["resources"] if t["role"] == "claims")["schema"]["fields"]
    needed = {f["name"] for f in fields if f.get("constraints", {}).get("required")}
    assert set(re.findall(r"^\| `(\w+)`\* \|", text_of("CONTRIBUTING.md"), re.MULTILINE)) == needed


@pytest.mark.battle
def test_every_word_in_the_ledger_that_contributing_names_exists() -> None:
    section = text_of("CONTRIBUTING.md").split("### Scope, nature")[1].split("### Source, locator")[0]
    words = set(re.findall(r"`([a-z-]+)`", section)) - {"reason"}
    assert len(words) > 20
    assert words - set(inputs().ledger.words) == set()


def macros_of(language: str) -> Macros:
    """Return marks that find what they name; figures and tables become empty blocks."""
    found = next(x for x in load_languages(inputs().documentary.languages) if x.code == language)  # type: ignore[union-attr]
    known, topics = inputs().documentary, inputs().ledger.topics
    figures = {**known.figures, **known.steppers}
    return Macros(
        inputs().ledger,
        cast("Any", found),
        make_links(inputs()),
        "page.html",
        figure_html=lambda ident: figures[ident].id,
        table_html=lambda ident: topics[ident].id,
        shares=lambda: shares((), inputs().ledger),
    )


def test_every_mark_is_explained() -> None:
    shown = set(re.findall(r"`\{\{ (\w+)\(", text_of("CONTRIBUTING.md")))
    assert shown == set(macros_of("en").functions)


@pytest.mark.battle
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_mark_that_is_shown_can_be_written(language: str) -> None:
    shown = re.findall(r"^\| `(\{\{ .*? \}\})` \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    page = "---\ntitle: x\ndescription: x\n---\n" + "\n\n".join(shown)
    prose = read_prose("CONTRIBUTING.md", page)
    assert isinstance(prose, Prose)
    body, problems = render(prose, macros_of(language))
    assert problems == []
    assert "{{" not in body


def dates() -> list[str]:
    rows = between("CONTRIBUTING.md", "dates").splitlines()
    return [date for row in rows for date in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


@pytest.mark.parametrize("date", dates())
def test_every_form_of_date_that_is_shown_can_be_read(date: str) -> None:
    assert edtf.parse(date).text == date


@pytest.mark.battle
def test_the_forms_of_dates_look_to_a_reader_as_shown() -> None:
    english = macros_of("en").language
    rows = [row.split(" | ") for row in between("CONTRIBUTING.md", "dates").splitlines()[2:]]
    for row in rows:
        seen = {
            english.date(edtf.parse(date)).replace("\u00a0", " ") for date in re.findall(r"`([^`]+)`", row[0])
        }
        assert row[-1].removesuffix(" |") in seen


def test_the_case_that_contributing_shows_is_a_case() -> None:
    case = text_of("tests/cases/problems/duplicate-id.txt").rstrip("\n")
    assert "\n".join(f"    {line}" for line in case.splitlines()) in text_of("CONTRIBUTING.md")


@pytest.mark.battle
def test_the_version_and_the_date_to_cite_are_those_of_the_project() -> None:
    citation = yaml.safe_load(text_of("CITATION.cff"))
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    assert str(citation["version"]) == project["version"]
    assert citation["date-released"].isoformat() == inputs().documentary.dated


@pytest.mark.parametrize("page", ["README", "CONTRIBUTING", "DECISIONS", "CHANGELOG"])
def test_every_file_a_page_links_to_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text_of(f"{page}.md"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_decisions_are_numbered_once_each_and_in_order() -> None:
    numbers = re.findall(r"(?m)^## (\d+)\. ", (ROOT / "DECISIONS.md").read_text("utf-8"))
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("page", ["CHANGELOG.md", "DECISIONS.md"])
def test_no_sentence_of_what_was_decided_and_changed_stands_twice(page: str) -> None:
    """Two changes that add to the end of one file may be joined line by line."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    long = [line.strip() for line in lines if len(line) > 60]
    assert sorted(line for line in set(long) if long.count(line) > 1) == []
