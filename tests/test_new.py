"""A documentary from nothing: what `new` makes has no problem, builds, and is not taken for this one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.__main__ import main
from generator.ledger.roles import COLUMNS
from generator.ledger.tables import read_rows
from generator.loading import Inputs, load, load_files
from generator.missing import say_missing
from generator.new import make_documentary
from generator.new.answers import LANGUAGES, LOOKS, SIDES, TITLE, AnswerError, read_answers
from generator.new.origin import Origin, nearby, origin, pins
from generator.new.tables import explain, plan
from generator.output.write import write_file
from tests.conftest import HOME, build
from tests.test_workflows import WORKFLOWS

FROM = Origin("documentary-generator==1.0", local=False)
#: Words that who writes on floods, strikes or epidemics should not meet.
WAR = re.compile(
    r"\b(war|battle|enem\w+|army|armies|soldier\w*|troop\w*|casualt\w+|killed|wounded|weapon\w*"
    r"|guerre|bataille|ennemi\w*|armée\w*|soldat\w*|troupe\w*|pertes|tué\w*|blessé\w*|arme\w*)\b",
    re.IGNORECASE,
)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def made(title: str = TITLE, languages: str = "fr,en", sides: Sequence[str] = SIDES) -> dict[str, bytes]:
    answers = read_answers(title, languages, sides, "2026-11-27")
    return make_documentary(answers, origin=FROM, pins=[("babel", "2.18.0")])


def checked(files: dict[str, bytes], folder: Path) -> building.Checked:
    for path, raw in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    found = building.check(folder, lambda _: None)
    assert isinstance(found, building.Checked), "\n".join(map(str, found))
    return found


@pytest.mark.parametrize("languages", ["fr,en", "en,fr", "fr", "en", "ru", "ru,en", "en,fr,ru"])
def test_what_is_made_has_no_problem_in_one_language_or_two(languages: str, tmp_path: Path) -> None:
    site = checked(made(languages=languages), tmp_path)
    assert list(site.sites) == languages.split(",")
    ledger = site.inputs.ledger
    assert len(site.sites[languages[:2]].figures) == 5
    assert all((ledger.claims, ledger.events, ledger.names, ledger.positions, ledger.corrections))
    assert {path for path in site.inputs.files if path.startswith("docs/")} == {
        *(f"docs/{code}/{page.path}.md" for code in site.sites for page in site.inputs.documentary.chapters),
        *(f"docs/media/{one.file}" for one in ledger.media.values()),
    }


@pytest.mark.engine
@pytest.mark.node
@pytest.mark.parametrize("languages", ["fr,en", "en"])
def test_it_builds_at_once_and_looks_as_every_documentary_does(languages: str, tmp_path: Path) -> None:
    root = tmp_path / "floods"
    done = run(
        "new", str(root), "--languages", languages, "--title", 'L’été : "la crue" & <co>', "--side", "Amont"
    )
    assert done.exit_code == 0, done.output
    site = build(root) / "site"
    for code in languages.split(","):
        page = (site / code / "how-many.html").read_text(encoding="utf-8")
        assert page.count("<figure") >= 2
        assert re.search(r'<link [^>]*href="assets/style-\w+\.css"', page)
        assert "L’été" in (site / code / "index.html").read_text(encoding="utf-8")
    assert (site / "en" / "ledger" / "sources.html").exists()
    assert (site / "fr").exists() == ("fr" in languages)


HOSTILE = (
    "Strike: 1901",
    'The "great" flood',
    "L’hiver d’une grève",
    "Back\\slash & <b>bold</b> *stars* _lines_ {{ n('x') }} {% raw %} << x >>",
    "# 12 # | a",
    "  two\nlines\t",
    "'single'",
    "洪水",
    "---",
    "true",
    "1901",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_taken_as_it_is_written(title: str, tmp_path: Path) -> None:
    site = checked(made(title, "en", [f"a {title}"]), tmp_path)
    words = " ".join(title.split())
    assert site.inputs.documentary.title["en"] == words
    assert site.sites["en"].pages[0].title == words
    assert next(iter(site.inputs.ledger.sides.values())).name["en"] == f"a {words}"


@settings(deadline=None, max_examples=25)
@given(st.text(min_size=1, max_size=40), st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=6))
def test_whatever_is_answered_is_refused_or_read_back(title: str, sides: list[str]) -> None:
    try:
        answers = read_answers(title, "fr,en", sides, "2026-11-27")
    except AnswerError:
        return
    found = load_files(make_documentary(answers, origin=FROM, pins=[]))
    assert isinstance(found, Inputs), found
    assert found.documentary.title == answers.title
    assert [side.name for side in found.ledger.sides.values()] == [side.name for side in answers.sides]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--title", "Flood 🌊"], "the fonts of the site have no '🌊' (U+1F30A): leave it out of the title"),
        (["--title", "en: Flood"], "the title has no words in fr: write one text for all, or fr: … | en: …"),
        (["--title", " "], "the title has no words in fr"),
        (["--languages", "de"], 'the first pages are not written in "de": take fr, en, ru'),
        (["--languages", ","], "no language is named"),
        (["--side", "=1+1"], '"=1+1" would be run by a spreadsheet: write a word first'),
        (["--date", "yesterday"], '"yesterday" is not a day: write YYYY-MM-DD'),
        (["--side", "x"] * 7, "7 sides: name one to 6"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_a_line_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path
) -> None:
    done = run("new", str(tmp_path / "x"), *words)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run("new", str(tmp_path))
    assert done.exit_code == 2
    assert "holds files already: nothing was written" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    done = run("new", str(tmp_path / "notes.txt"))
    assert (done.exit_code, (tmp_path / "notes.txt").read_text()) == (2, "mine")


def test_an_empty_repository_can_be_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run("new", str(tmp_path)).exit_code == 0
    assert (tmp_path / ".git").is_dir()
    assert isinstance(load(tmp_path), Inputs)


def test_without_a_terminal_nothing_is_asked_and_the_next_command_is_named(tmp_path: Path) -> None:
    done = run("new", str(tmp_path / "a story"))
    assert done.exit_code == 0
    assert f"next: make -C '{tmp_path / 'a story'}' serve" in done.output


def test_no_word_of_war_and_none_of_another_language_is_met() -> None:
    for languages in ("fr,en", "en", "en,ru"):
        for path, raw in made(languages=languages).items():
            assert path.endswith(".jpg") or WAR.findall(raw.decode()) == [], path
    alone = made(languages="en")
    assert not [path for path in alone if "/fr" in path or "/ru" in path]
    assert not [
        path
        for path, raw in alone.items()
        if not path.endswith(".jpg")
        and re.search(r'_(fr|ru)\b|@(fr|ru)\b|\b(fr|ru)\s*[=:] "?\w|[а-я]{4}', raw.decode())
    ]


def test_words_have_the_forms_that_numbers_ask_for_only_in_languages_that_have_them() -> None:
    def columns(languages: str) -> set[str]:
        package = json.loads(made(languages=languages)["data/datapackage.json"])
        [words] = [table for table in package["resources"] if table["name"] == "vocabulary"]
        return {field["name"] for field in words["schema"]["fields"]}

    assert {"one_fr", "one_ru", "few_ru", "many_ru"} <= columns("fr,ru")
    assert {name for name in columns("fr,en") if name.startswith(("few", "many"))} == set()


#: What stays in Latin letters on a page in Russian: a newspaper, a form of files, a licence, ids and paths.
NAMES = re.compile(r"Le Courrier|CC BY|BibTeX|RIS|CSL-JSON|CSV|SVG|PNG|PDF|\b[a-z0-9]+[-_/.][\w./-]+")


@pytest.mark.engine
@pytest.mark.node
def test_the_pages_in_russian_have_no_sentence_of_another_language(tmp_path: Path) -> None:
    root = tmp_path / "history"
    assert run("new", str(root), "--languages", "ru", "--date", "2026-11-27").exit_code == 0
    site = build(root) / "site" / "ru"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 14
    found = {}
    for path in pages:
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        for node in tree.css("script, style, code, pre, svg style, [lang]:not([lang=ru]):not(html)"):
            node.decompose()
        text = NAMES.sub(" ", " ".join((tree.root or tree.body).text(separator=" ").split()))
        if words := re.findall(r"[A-Za-zÀ-ÿ’]{2,}(?: [A-Za-zÀ-ÿ’]{2,})+", text):
            found[path.relative_to(site).as_posix()] = words
    assert found == {}


def test_every_table_has_a_row_and_every_column_is_explained() -> None:
    files = made()
    package = json.loads(files["data/datapackage.json"])
    readme = files["data/README.md"].decode()
    for table in package["resources"]:
        columns = [field["name"] for field in table["schema"]["fields"]]
        rows = list(read_rows(table["path"], files[f"data/{table['path']}"], columns))
        assert rows, table["name"]
        section = readme.split(f"`{table['path']}`\n")[1].split("### ")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == columns
        assert all(field["description"] and field["description@fr"] for field in table["schema"]["fields"])


def test_every_column_of_every_role_has_an_explanation() -> None:
    for role, columns in COLUMNS.items():
        for stem in columns:
            assert all(text for texts in explain(role, stem).values() for text in texts)
    assert {str(role) for role in COLUMNS} >= {table["role"] for table in plan()}


def test_the_makefile_installs_what_the_requirements_pin() -> None:
    files = made()
    text = files["requirements.txt"].decode()
    assert "documentary-generator==1.0\n" in text
    assert "babel==2.18.0\n" in text
    targets = set(re.findall(r"^([a-z-]+):", files["Makefile"].decode(), re.MULTILINE))
    assert {"setup", "site", "check", "serve", "preview"} <= targets
    named = re.findall(
        r"(?:`|^ +)make ([a-z]+)",
        files["README.md"].decode() + files["data/README.md"].decode(),
        re.MULTILINE,
    )
    assert set(named) <= targets


def test_its_workflows_are_as_careful_as_ours_and_use_the_same_actions() -> None:
    ours = {
        line.strip("- ") for path in WORKFLOWS for line in path.read_text().splitlines() if "uses:" in line
    }
    own = {path: raw.decode() for path, raw in made().items() if path.startswith(".github/workflows/")}
    assert len(own) == 2
    for text in own.values():
        used = {line.strip("- ") for line in text.splitlines() if "uses:" in line}
        assert used <= ours
        workflow = yaml.safe_load(text)
        assert workflow["permissions"] == {"contents": "read"}
        assert all(job["timeout-minutes"] <= 20 for job in workflow["jobs"].values())


def test_a_checkout_with_an_address_is_pinned_by_its_commit_and_one_without_by_its_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    assert origin(tmp_path) == Origin(f"documentary-generator @ {tmp_path.as_uri()}", local=True)
    assert origin(tmp_path, "documentary-generator==2.0") == Origin("documentary-generator==2.0", local=False)
    wheel = tmp_path / "x.whl"
    wheel.touch()
    assert origin(tmp_path, str(wheel)) == Origin(f"documentary-generator @ {wheel.as_uri()}", local=True)


def test_what_the_generator_stands_on_is_pinned_down_to_the_last_package() -> None:
    direct = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    found = {f"{name}=={version}" for name, version in pins(HOME)}
    assert found >= set(direct)
    assert any(pin.startswith("markupsafe==") for pin in found)


def test_sides_are_told_apart_by_colour_mark_and_id() -> None:
    answers = read_answers("x", "en", ["Nord", "Nord", "東", "12", "É té", "Nord"], "2026-11-27")
    assert [side.id for side in answers.sides] == ["nord", "nord-2", "side-3", "side-4", "e-te", "nord-6"]
    assert len({look[0] for look in LOOKS}) == len({look[1] for look in LOOKS}) == len(LOOKS)
    assert set(LANGUAGES) == {"fr", "en", "ru"}


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_interface_has_no_word_of_war(code: str) -> None:
    text = (HOME / "generator" / "language" / "locales" / f"{code}.po").read_text(encoding="utf-8")
    said = re.findall(r'^msg(?:id|str)(?:_plural|\[\d\])? "(.*)"$', text, re.MULTILINE)
    found = [one for one in said if WAR.search(one) or re.search(r"(?i)\bcommand", one)]
    assert len(said) > 500
    assert found == []


def test_a_python_without_the_packages_is_told_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = [sys.executable, "-S", "-m", "generator", "new", "my floods"]  # -S: no installed package is seen
    said = subprocess.run(  # noqa: S603 - ourselves
        bare, cwd=tmp_path, env={"PYTHONPATH": str(HOME)}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "lacks the package" in said.stderr
    monkeypatch.setattr("generator.missing._HOME", tmp_path)
    assert say_missing("rich", []).endswith("from its wheel or the address of its repository")
    write_file(tmp_path / "requirements" / "site.txt", b"")
    assert say_missing("rich", []).endswith(f"set it up once: make -C {tmp_path} setup")
    write_file(tmp_path / ".venv" / "bin" / "python", b"")
    monkeypatch.chdir(tmp_path)
    assert say_missing("rich", ["new", "my floods"]).endswith(
        "type instead: .venv/bin/python -m generator new 'my floods'"
    )


@pytest.mark.node
def test_who_has_the_generator_installs_it_once(tmp_path: Path) -> None:
    folder = tmp_path / "floods"
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    near = folder / "generator.mk"
    if not near.exists():
        pytest.skip("these tests run in no environment of their own")
    assert "/generator.mk\n" in (folder / ".gitignore").read_text()
    said = subprocess.run(["make", "check"], cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert "on this machine already" in said
    assert "no problem" in said
    # Another line than the one for which it stands is what pip installs, here what is not there.
    (folder / "requirements.txt").write_text("./nowhere.whl\n")
    done = subprocess.run(["make", "check"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode != 0
    assert "on this machine already" not in done.stdout


def test_an_environment_whose_name_make_would_read_otherwise_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "my $files"))
    assert nearby(HOME, "documentary-generator==1.0") == ""
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert nearby(HOME, "documentary-generator==1.0") == ""
