"""The handbook is tried as a newcomer tries it: what it says to type is typed, what it shows is compared."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import plotly.graph_objects as go
import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from generator.__main__ import main
from generator.figures import KINDS, Figure, draw_figure
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger import edtf
from generator.loading import Inputs, load, load_files
from generator.new import make_documentary
from generator.new.answers import SIDES, TITLE, read_answers
from generator.new.origin import Origin
from generator.new.reference import purposes, reference
from generator.pages import make_links
from generator.problems import RULES
from generator.prose.macros import Macros, render
from generator.prose.shares import shares
from generator.prose.source import Prose, read_prose
from generator.settings import read_documentary
from tests.conftest import HOME

HANDBOOK = HOME / "handbook"
PAGES = sorted(path.name for path in HANDBOOK.glob("*.md"))


@cache
def text_of(name: str) -> str:
    return (HANDBOOK / name).read_text(encoding="utf-8")


@cache
def story() -> Inputs:
    """What `new` makes, in both languages: the handbook's examples stand on it."""
    answers = read_answers(TITLE, "fr,en", SIDES, "2026-11-27")
    found = load_files(make_documentary(answers, origin=Origin("x", local=False), pins=[]))
    assert isinstance(found, Inputs), found
    return found


def language(code: str) -> Language:
    [found] = load_languages([code])
    assert isinstance(found, Language)
    return found


# ---- The first evening ----


BLOCK = re.compile(r"^```(\w+)(?: (\S+))?(?: (instead))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def typed(block: str) -> Iterator[tuple[list[str], str]]:
    """Yield each command of a block, and what the handbook says that it prints."""
    for part in block.split("$ ")[1:]:
        command, _, said = part.partition("\n")
        yield shlex.split(command), said


def measured(said: str) -> str:
    """Leave out what differs from one machine to the next: seconds, megabytes, where it comes from."""
    return re.sub(r"\d+\.\d (s|MB)", r"… \1", re.sub(r"(?m)^(·|requirements\.txt takes).*\n", "", said))


#: What `make` says to the generator in a documentary's own Makefile.
TARGETS = {"check": ["check"], "site": ["build"]}


@pytest.mark.engine
@pytest.mark.node
def test_the_first_evening_goes_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "generator-of-documentaries").mkdir()
    monkeypatch.chdir(tmp_path / "generator-of-documentaries")
    commands = 0
    for kind, file, instead, block in BLOCK.findall(text_of("first-evening.md")):
        if kind == "console":
            for words, said in typed(block):
                commands += 1
                if words[0] == "cd":
                    monkeypatch.chdir(Path.cwd() / words[1])
                    continue
                own = words[3:] if words[0].endswith("python") else TARGETS[words[1]]
                done = CliRunner().invoke(main, own, catch_exceptions=False)
                assert measured(done.output) == measured(said), " ".join(words)
        elif file:
            write(Path(file), block, instead=bool(instead))
    assert commands >= 7


#: A file that the handbook shows and somebody has, and what is typed about it.
IMPORTED = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_importing_goes_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = read_answers(TITLE, "en", SIDES, "2026-11-27")
    for path, raw in make_documentary(answers, origin=Origin("x", local=False), pins=[]).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    commands = 0
    for kind, file, block in IMPORTED.findall(text_of("importing.md")):
        if kind == "console":
            for words, said in typed(block):
                commands += 1
                done = CliRunner().invoke(main, words[3:], catch_exceptions=False)
                assert done.output == said, " ".join(words)
        elif file:
            Path(file).write_text(block, encoding="utf-8")
    assert commands >= 2


def write(path: Path, block: str, *, instead: bool) -> None:
    """Add a block to a file, or put it in the place of its last line, or of the last bracket of a list."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        text = json.dumps([*json.loads(text), json.loads(block)])
        block = ""
    elif instead:
        text = text[: text.rstrip("\n").rindex("\n") + 1]
    path.write_text(text + block, encoding="utf-8")


def test_a_makefile_of_a_new_documentary_runs_what_the_first_evening_says() -> None:
    made = story().files
    assert "Makefile" in made
    for target, command in TARGETS.items():
        assert f"\n{target}: setup " in made["Makefile"].decode()
        assert f"-m generator {command[0]}\n" in made["Makefile"].decode()


# ---- The translator's desk ----


def test_what_is_told_of_translating_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, raw in story().files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    commands = 0
    for kind, file, instead, block in BLOCK.findall(text_of("translating.md")):
        if file:
            write(Path(file), block, instead=bool(instead))
        for words, said in typed(block) if kind == "console" else ():
            commands += 1
            done = CliRunner().invoke(main, words[3:], catch_exceptions=False)
            output = re.sub(r"(?m)^( *)\S*python\S* -m", r"\1python -m", measured(done.output))
            assert output.rstrip() == measured(said).rstrip(), " ".join(words)
    assert commands >= 5


# ---- Prose and dates ----


def macros_of(code: str) -> Macros:
    known, ledger = story().documentary, story().ledger
    figures = {**known.figures, **known.steppers}
    return Macros(
        ledger,
        cast("Any", language(code)),
        make_links(story()),
        "page.html",
        figure_html=lambda ident: figures[ident].id,
        table_html=lambda ident: ledger.topics[ident].id,
        shares=lambda: shares((), ledger),
    )


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_mark_can_be_written_in_a_new_documentary(code: str) -> None:
    shown = re.findall(r"^\| `(\{\{ .*? \}\})` \|", text_of("prose.md"), re.MULTILINE)
    names = {mark.split("(")[0].removeprefix("{{ ") for mark in shown}
    assert names == set(macros_of(code).functions)
    prose = read_prose("prose.md", "---\ntitle: x\ndescription: x\n---\n" + "\n\n".join(shown))
    assert isinstance(prose, Prose)
    body, problems = render(prose, macros_of(code))
    assert problems == []
    assert "{{" not in body


def test_every_date_that_is_shown_can_be_read() -> None:
    section = text_of("ledger.md").split("## Dates")[1].split("\n## ")[0]
    dates = re.findall(r"`([^`]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)))
    assert len(dates) > 15
    assert [edtf.parse(date).text for date in dates] == dates


# ---- Figures ----


def examples() -> str:
    section = text_of("figures.md").split("<!-- figures -->")[1].split("<!-- /figures -->")[0]
    return "\n".join(re.findall(r"```toml\n(.*?)```", section, re.DOTALL))


def test_every_kind_of_figure_has_an_example() -> None:
    assert [figure["kind"] for figure in tomllib.loads(examples())["figure"]] == list(KINDS)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_examples_of_figures_can_be_drawn_in_a_new_documentary(code: str) -> None:
    settings = story().files["data/documentary.toml"].decode().split("[[figure]]")[0]
    found = read_documentary("figures.md", f"{settings}\n{examples()}".encode())
    specs = getattr(found, "figures", {})
    assert len(specs) == len(KINDS), found
    drawn = [draw_figure(spec, story().ledger, language(code)) for spec in specs.values()]
    assert [figure for figure in drawn if not isinstance(figure, Figure)] == []


def test_every_option_of_a_figure_is_named() -> None:
    for name, kind in KINDS.items():
        keys = TypeAdapter(kind.options).json_schema()["properties"]
        about = text_of("figures.md").split(f"**`{name}`**")[1].split("```toml")[0]
        assert [key for key in keys if not re.search(rf"`{key}\b", about)] == []
        assert f"`{name}`" in text_of("figures.md").split("<!-- figures -->")[0]


def test_the_example_for_a_notebook_runs(tmp_path: Path) -> None:
    for path, raw in story().files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    assert isinstance(load(tmp_path), Inputs)
    example = text_of("notebook.md").split("```python\n")[1].split("```")[0]
    said: dict[str, object] = {}
    exec(example.replace('"."', repr(str(tmp_path))), said)  # noqa: S102
    assert isinstance(said["figure"], go.Figure)


# ---- Reference and problems: written by the program, or compared with it ----


def test_the_reference_is_what_the_program_checks(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--rewrite-golden"):
        (HANDBOOK / "reference.md").write_text(reference(), encoding="utf-8")
        return
    assert text_of("reference.md") == reference(), "make golden writes it anew"
    assert CliRunner().invoke(main, ["reference"]).output == reference()


def test_every_setting_says_what_it_is_for_and_none_is_told_that_is_not() -> None:
    shown = set(re.findall(r"^\| `(\w+)`\*? \| [^|]+ \| ([^|]*) \|$", text_of("reference.md"), re.MULTILINE))
    told = {name for name, about in shown if about}
    assert set(purposes()) <= told | {"date", "text"}
    settings = text_of("reference.md").split("## Settings")[1]
    assert re.findall(r"^\| `(\w+)`\*? \| [^|]+ \|  \|$", settings, re.MULTILINE) == []


ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def test_every_problem_says_what_to_do(pytestconfig: pytest.Config) -> None:
    page = text_of("problems.md")
    told = {code: (rule, advice) for code, rule, advice in ROW.findall(page)}
    wanted = {code: (rule, told.get(code, ("", "Do what its hint says."))[1]) for code, rule in RULES.items()}
    if pytestconfig.getoption("--rewrite-golden"):
        head, tail = page.split("|---|---|---|\n")[0], page.split("<!-- /rules -->")[1]
        rows = "".join(f"| `{code}` | {rule} | {advice} |\n" for code, (rule, advice) in wanted.items())
        whole = f"{head}|---|---|---|\n{rows}<!-- /rules -->{tail}"
        (HANDBOOK / "problems.md").write_text(whole, encoding="utf-8")
        return
    assert told == wanted, "make golden writes the rules anew; write what to do"


# ---- Links ----


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_anchor_a_page_links_to_is_there(page: str) -> None:
    for target in re.findall(r"\]\(([^):]+)\)", re.sub(r"`[^`\n]+`", "", text_of(page))):
        file, _, anchor = target.partition("#")
        assert not file or (HANDBOOK / file).exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", text_of(file or page), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
            assert anchor in anchors | set(re.findall(r'<a id="([\w-]+)"', text_of(file or page))), target


def test_the_table_of_contents_names_every_page() -> None:
    assert {"README.md", *re.findall(r"\]\((\S+?\.md)\)", text_of("README.md"))} == set(PAGES)


def test_no_page_speaks_of_one_documentary() -> None:
    subject = re.compile(r"khalkhin|nomonhan|soviet|japan|zhukov|1939", re.IGNORECASE)
    assert {page: found for page in PAGES if (found := subject.findall(text_of(page)))} == {}
