"""Series of edits at random: after them a build on what was kept makes the site of a build from nothing.

    python -m tests.series --runs 200 [--seed N] [--pdf] [--live]

Each series begins with the tiny documentary as it was built and edits it as people do: a word, a cell, a
setting, a template, a style sheet, a page more or less, a language more or less, a catalogue, a mistake that
is mended, files of the memory lost or damaged. It builds in between, and at last compares the whole site,
byte for byte, with that of a build of the same files in an empty folder. A documentary with problems must
have the same problems in both. With `--live` the edits are those of somebody who writes while `serve` runs,
and the pages that it shows are compared. The seed is printed, so that a run can be repeated.

What makes the build from nothing affordable: in one process the same letters are cut from a font once, the
same figure is drawn and its picture packed once, and Node is asked a question once. None of the four knows
anything but what it is given.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from generator import build as building
from generator import raster
from generator.drawing import fonts, render
from generator.language import catalogs
from generator.live.site import LiveSite
from generator.output.read import INPUTS, read_inputs
from generator.problems import Problem
from generator.site.pictures import is_late_drawing
from tests.conftest import HOME, TINY, copy_documentary, tree_of
from tests.languages import with_languages, without_language

#: What a build comes to: the site, or the problems.
Outcome = dict[str, bytes] | list[Problem]
#: What changes a text in a file; a number makes two changes of one kind differ.
Change = Callable[[str, int], str]


def said(old: str, *new: str) -> Change:
    """Return a change that puts the first of some wordings that a text has in the place of another."""
    wordings = (old, *new)

    def change(text: str, number: int) -> str:
        at = next((word for word in wordings if word in text), None)
        return text if at is None else text.replace(at, wordings[number % len(wordings)], 1)

    return change


def added(text: str) -> Change:
    """Return a change that adds words at the end of a page."""
    return lambda page, number: f"{page.rstrip()}\n\n{text.replace('NUMBER', str(number))}\n"


def line(pattern: str, new: str) -> Change:
    """Return a change of the first line that matches."""
    return lambda text, number: re.sub(
        pattern, new.replace("NUMBER", str(number)), text, count=1, flags=re.MULTILINE
    )


def shortened(page: str, _: int) -> str:
    """Take the last paragraph of a page that has several."""
    head, _, body = page.rpartition("---\n")
    paragraphs = body.strip("\n").split("\n\n")
    return f"{head}---\n\n" + "\n\n".join(paragraphs[:-1]) + "\n" if len(paragraphs) > 1 else page


#: What happens to a page in one language, or, where the languages must agree, in all.
PROSE: dict[str, Change] = {
    "a title": line(r"^title: .*", "title: Page NUMBER"),
    "a description": line(r"^description: .*", "description: What page NUMBER says."),
    "a comment": added("<!-- NUMBER -->"),
    "a sentence": added("A gauge is not a witness."),
}
PROSE_OF_ALL: dict[str, Change] = {
    "a section": added("## Gauges {#gauges-NUMBER}\n\nA gauge is read by somebody."),
    "a number": added('{{ n("d-level", unit=True) }}.'),
    "a date": added('{{ date("e-boats", article=True) }}.'),
    "a name": added('{{ name("p-mill") }}, {{ name("keeper-anne") }}.'),
    "a citation": added('A gauge.{{ cite("gazette-1907") }}'),
    "a figure": added('{{ figure("river") }}'),
    "a figure in steps": added('{{ figure("boats") }}'),
    "a table": added('{{ table("t-flooded") }}'),
    "the last paragraph": shortened,
}
#: Cells, and other values of tables: the file, and what some of its values become.
CELLS: tuple[tuple[str, Change], ...] = (
    ("data/damages.csv", said(",1234,", ",1250,", ",1300,")),
    ("data/damages.csv", said(",4.75,", ",4.8,")),
    ("data/damages.csv", said("Written after a lawsuit.", "Written after two lawsuits.")),
    ("data/damages.csv", said(",low,normal,", ",high,normal,")),
    ("data/events.csv", said("leaves its bed", "left its bed")),
    ("data/events.csv", said("Le niveau le plus haut.", "Le plus haut niveau.")),
    ("data/events.csv", said("e-crest,t-crest,1907-04-03", "e-crest,t-crest,1907-04-02")),
    ("data/events.csv", said("05:45", "06:15")),
    ("data/places.csv", said(",45.5,5.25,", ",45.51,5.26,")),
    ("data/places.csv", said("Moulin,Mill", "Moulin,Old Mill")),
    ("data/witnesses.csv", said("1871~", "1872")),
    ("data/names.csv", said("Le Haut Barrage", "Le Vieux Barrage")),
    ("data/glossary.csv", said("A painted rule", "A rule of wood")),
    ("data/movements.csv", said("vers l’amont", "contre le courant")),
    ("data/positions.csv", said("p-weir SE 3", "p-weir SE 2")),
    ("data/vocabulary.csv", said("house,unit,maisons,houses", "house,unit,maisons,homes")),
    ("data/topics.csv", said("Niveau au barrage", "Niveau au barrage du haut")),
    ("data/sides.csv", said("#b3402a", "#a04030")),
    ("data/corrections.csv", said("The paper appears the day after.", "The paper appears a day late.")),
    ("data/sources.json", said("Mémoires d’aval", "Mémoires de l’aval")),
    ("data/geo/aune.geojson", said("[5.36,45.45]", "[5.35,45.45]", "[5.36, 45.45]")),
)
SETTINGS: tuple[tuple[str, Change], ...] = (
    ("data/documentary.toml", said("The floods of the Aune", "Floods of the Aune")),
    ("data/documentary.toml", said("Les riverains", "Les gens des rives")),
    ("data/documentary.toml", said("Public domain", "In the public domain")),
    ("data/documentary.toml", said('dated = "2020-02-29"', 'dated = "2020-03-01"')),
    ("data/documentary.toml", said("Les maisons inondées :", "Maisons inondées :")),
    ("data/documentary.toml", said("An arrow is a diagram.", "Arrows are diagrams.")),
    ("data/documentary.toml", said('to = "1907-04-05"', 'to = "1907-04-04"')),
    ("data/documentary.toml", said('topics = ["t-flooded", "t-ruined"]', 'topics = ["t-flooded"]')),
    ("data/documentary.toml", said('symbols = { weir = "square" }', 'symbols = { weir = "diamond" }')),
    ("data/documentary.toml", said('weather = ["e-flood"]\n', "")),
    ("data/documentary.toml", said("Les dégâts de l’automne", "Les dégâts d’automne")),
    ("data/documentary.toml", said('path = "ledger/glossary"', 'path = "ledger/sources"')),
    ("mkdocs.yml", said("toc_depth: 3", "toc_depth: 2")),
    ("mkdocs.yml", said("permalink: true", "permalink: false")),
    ("mkdocs.yml", said("  - admonition\n", "")),
)
#: Files that lie over the theme's, or are a documentary's own; without a text the file goes.
LOOK: tuple[tuple[str, str], ...] = (
    ("overrides/partials/copyright.html", "<p>NUMBER, {{ build_date_utc }}</p>\n"),
    ("overrides/partials/footer.html", '<footer class="md-footer"><p>Aune NUMBER</p></footer>\n'),
    ("docs/assets/print.css", "@media print { body { margin: NUMBERpx } }\n"),
    ("docs/assets/root.css", "body { margin: NUMBERpx }\n"),
    ("docs/assets/own.css", ".own { margin: NUMBERpx }\n"),
    ("docs/assets/note.txt", "NUMBER\n"),
    ("docs/assets/favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 NUMBER 9"/>\n'),
    ("LICENSE-DATA.md", "# Data\n\nPublic domain, NUMBER.\n"),
    ("locale/fr.po", 'msgid ""\nmsgstr "Language: fr"\n\nmsgid "The data"\nmsgstr "Données NUMBER"\n'),
)
#: Mistakes that somebody makes and mends.
MISTAKES: tuple[tuple[str, Change], ...] = (
    ("data/damages.csv", said("survey", "surve")),
    ("data/events.csv", said("1907-04-03", "1907-04-33")),
    ("data/documentary.toml", said("[[page]]", "[[pages]]")),
    ("data/documentary.toml", said("kind = ", "kind == ")),
    ("docs/en/index.md", said("{{ n(", "{{ m(")),
    ("docs/fr/index.md", said("{{", "{")),
    ("docs/fr/index.md", said("title:", "titre:")),
    ("mkdocs.yml", said("  - tables", "  - tabels")),
    ("data/sources.json", said("[", "")),
)
NUMBERS = st.integers(1, 4)


@cache
def workshop() -> Path:
    """Return a folder for what a process keeps from one series to the next."""
    return Path(tempfile.mkdtemp(prefix="series-"))


def done_with() -> None:
    """Remove the folder of this process."""
    shutil.rmtree(workshop(), ignore_errors=True)
    workshop.cache_clear()
    _begun.cache_clear()


@contextmanager
def programs() -> Iterator[Path]:
    """Let builds take the generator's catalogues from a copy, which a series may change."""
    folder = workshop() / "programs"
    if not folder.exists():
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(HOME / "generator", folder / "generator", ignore=ignored)
        shutil.copytree(HOME / "requirements", folder / "requirements")
    load = partial(catalogs.load_languages, folder=folder / "generator/language/locales")
    with (
        patch.object(building, "HOME", folder),
        patch("generator.live.site.HOME", folder),
        patch("generator.checking.load_languages", load),
        made_once(),
    ):
        yield folder


@contextmanager
def made_once() -> Iterator[None]:
    """Let a process make once what its builds from nothing have in common; see the head of this module."""
    with (
        patch.object(fonts, "_cut", _CUT),
        patch.object(raster, "indexed", _INDEX),
        patch.object(render, "_draw_all", _DRAW),
        patch.object(render, "run_program", _ASK),
    ):
        yield


def _drawn_once(draw: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    """Let a figure be drawn once in a process."""
    known: dict[str, str] = {}

    def drawn(
        parts: Sequence[Sequence[render.DrawingJob]],
        tools: render.Tools,
        plotly: Path,
        palette: Mapping[str, str],
    ) -> dict[str, str]:
        common = [tools.version(), plotly.name, dict(palette)]
        keys = {job.id: json.dumps([asdict(job), common], sort_keys=True) for part in parts for job in part}
        missing = [[job for job in part if keys[job.id] not in known] for part in parts]
        fresh = draw([part for part in missing if part], tools, plotly, palette)
        known.update({keys[ident]: svg for ident, svg in fresh.items()})
        return {ident: known[key] for ident, key in keys.items()}

    return drawn


def _asked_once(ask: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Let a Node program be asked the same question once in a process."""
    known: dict[tuple[str, ...], list[str]] = {}

    def asked(tools: render.Tools, program: str, givens: Sequence[str]) -> list[str]:
        key = (program, *givens)
        if key not in known:
            known[key] = ask(tools, program, givens)
        return known[key]

    return asked


# See the head of this module.
_CUT = cache(fonts._cut)  # noqa: SLF001
_INDEX = cache(raster.indexed)
_DRAW = _drawn_once(render._draw_all)  # noqa: SLF001
_ASK = _asked_once(render.run_program)


def outcome(root: Path, *, pdf: bool, address: str) -> Outcome:
    """Build the documentary in *root*; return its site, or its problems."""
    built = building.build(root, engine="mkdocs", address=address, announce=lambda _: None, pdf=pdf)
    return tree_of(root / "site") if isinstance(built, building.Built) else built


def from_nothing(root: Path, *, pdf: bool, address: str) -> Outcome:
    """Build the same files in an empty folder, always the same one."""
    clean = workshop() / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    return outcome(copy_documentary(root, clean), pdf=pdf, address=address)


def differing(one: Outcome, other: Outcome) -> list[object]:
    """Return the paths whose bytes differ, or the problems that only one of the two has."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [path for path in sorted({*one, *other}) if one.get(path) != other.get(path)]
    if isinstance(one, list) and isinstance(other, list):
        return [problem for problem in (*one, *other) if problem not in one or problem not in other]
    return [f"{part!r:.2000}" for part in (one, other) if isinstance(part, list)]


class Edits(RuleBasedStateMachine):
    """A documentary that somebody edits, and what can be done to it.

    `counts` says how many series there were, and how many of the comparisons were of whole sites.
    """

    counts: ClassVar[Counter[str]] = Counter()
    #: Is told of each series that ends well.
    tell: ClassVar[Callable[[str], None] | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=workshop()))
        self.root = self.folder / "tiny"
        self.states: list[dict[str, bytes]] = []
        self.patched = programs()
        self.home = self.patched.__enter__()
        self.counts["series"] += 1

    def teardown(self) -> None:
        try:
            self.compare()
            if (tell := type(self).tell) is not None and self.counts["series"] % 10 == 0:
                tell(json.dumps(self.counts))
        finally:
            self.write_catalogue((HOME / "generator/language/locales/fr.po").read_text(encoding="utf-8"))
            self.patched.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    def compare(self) -> None:
        """Compare what there is with what a build from nothing makes."""
        raise NotImplementedError

    # ---- What somebody edits ------------------------------------------------------------------

    def change(self, path: str, change: Change, number: int) -> None:
        """Change a file, if it is there; remember how all files stood."""
        self.states.append(read_inputs(self.root))
        file = self.root / path
        if file.exists():
            file.write_text(change(file.read_text(encoding="utf-8"), number), encoding="utf-8")

    @property
    def languages(self) -> list[str]:
        return sorted(p.name for p in (self.root / "docs").iterdir() if p.is_dir() and p.name != "assets")

    @property
    def pages(self) -> list[str]:
        """The pages of the first language, by path without ending."""
        top = self.root / "docs" / self.languages[0]
        return sorted(path.relative_to(top).with_suffix("").as_posix() for path in top.rglob("*.md"))

    @rule(what=st.sampled_from(sorted(PROSE)), page=NUMBERS, language=NUMBERS, number=NUMBERS)
    def edit_a_page(self, what: str, page: int, language: int, number: int) -> None:
        pages = ["index", *(path for path in self.pages if "extra" in path or path.endswith("places"))]
        path, code = pages[page % len(pages)], self.languages[language % len(self.languages)]
        self.change(f"docs/{code}/{path}.md", PROSE[what], number)

    @rule(what=st.sampled_from(sorted(PROSE_OF_ALL)), page=NUMBERS, number=NUMBERS)
    def edit_a_page_in_all_languages(self, what: str, page: int, number: int) -> None:
        pages = ["index", *(path for path in self.pages if "extra" in path)]
        for code in self.languages:
            self.change(f"docs/{code}/{pages[page % len(pages)]}.md", PROSE_OF_ALL[what], number)

    @rule(where=st.sampled_from(CELLS), number=NUMBERS)
    def edit_a_cell(self, where: tuple[str, Change], number: int) -> None:
        self.change(*where, number)

    @rule(where=st.sampled_from(SETTINGS), number=NUMBERS)
    def edit_a_setting(self, where: tuple[str, Change], number: int) -> None:
        self.change(*where, number)

    @rule(file=st.sampled_from(LOOK), number=NUMBERS, gone=st.integers(0, 3))
    def edit_the_look(self, file: tuple[str, str], number: int, gone: int) -> None:
        self.states.append(read_inputs(self.root))
        path = self.root / file[0]
        if gone == 0:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file[1].replace("NUMBER", str(number)), encoding="utf-8")

    @rule(named=st.booleans())
    def name_a_style_sheet(self, named: bool) -> None:
        """A sheet of the documentary's own, which every page asks for."""
        self.change("docs/assets/own.css", lambda text, _: text, 0)
        if named:
            (self.root / "docs/assets").mkdir(exist_ok=True)
            (self.root / "docs/assets/own.css").write_text(".own { color: red }\n", encoding="utf-8")
        settings_file = self.root / "mkdocs.yml"
        text = settings_file.read_text(encoding="utf-8").replace("extra_css: [assets/own.css]\n", "")
        added_line = "extra_css: [assets/own.css]\n" if named else ""
        settings_file.write_text(text + added_line, encoding="utf-8")

    @rule(number=NUMBERS, first=st.booleans())
    def add_a_page(self, number: int, first: bool) -> None:
        path = f"extra-{number}"
        if path in self.pages:
            return
        table = f'[[page]]\npath = "{path}"\n\n'
        after = "[[page]]" if first else "[[change]]"
        self.change("data/documentary.toml", lambda text, _: text.replace(after, table + after, 1), 0)
        for code in self.languages:
            page = f"---\ntitle: Page {number}\ndescription: A page more.\n---\n\nA gauge is read.\n"
            (self.root / f"docs/{code}/{path}.md").write_text(page, encoding="utf-8")

    @rule(number=NUMBERS)
    def remove_a_page(self, number: int) -> None:
        extra = [path for path in self.pages if "extra" in path]
        if extra:
            path = extra[number % len(extra)]
            table = f'[[page]]\npath = "{path}"\n\n'
            self.change("data/documentary.toml", lambda text, _: text.replace(table, "", 1), 0)
            for code in self.languages:
                (self.root / f"docs/{code}/{path}.md").unlink()

    @rule(number=NUMBERS, group=st.booleans())
    def rename_a_page(self, number: int, group: bool) -> None:
        old = [path for path in self.pages if "extra" in path or path.endswith("glossary")]
        if not old:
            return
        path, *_ = old
        new = f"{'more/' if group else ''}extra-{number}"
        new += "-glossary" if path.endswith("glossary") else ""
        if new in self.pages:
            return
        self.change("data/documentary.toml", lambda text, _: text.replace(f'"{path}"', f'"{new}"', 1), 0)
        for code in self.languages:
            target = self.root / f"docs/{code}/{new}.md"
            target.parent.mkdir(exist_ok=True)
            (self.root / f"docs/{code}/{path}.md").rename(target)

    @rule(code=st.sampled_from(["de", "da"]))
    def add_a_language(self, code: str) -> None:
        if code not in self.languages and "en" in self.languages:
            self.states.append(read_inputs(self.root))
            with_languages(self.root, self.home, [code])

    @rule(number=NUMBERS)
    def remove_a_language(self, number: int) -> None:
        if len(self.languages) > 1:
            self.states.append(read_inputs(self.root))
            without_language(self.root, self.languages[number % len(self.languages)])

    @rule(number=NUMBERS)
    def change_a_catalogue(self, number: int) -> None:
        text = (HOME / "generator/language/locales/fr.po").read_text(encoding="utf-8")
        old = 'msgstr "Rechercher"'
        assert old in text
        self.write_catalogue(text.replace(old, f'msgstr "Rechercher {number}"'))

    def write_catalogue(self, text: str) -> None:
        (self.home / "generator/language/locales/fr.po").write_text(text, encoding="utf-8")

    @rule(where=st.sampled_from(MISTAKES))
    def make_a_mistake_and_mend_it(self, where: tuple[str, Change]) -> None:
        self.change(*where, 1)
        self.see_mistakes()
        self.write(self.states.pop())

    def see_mistakes(self) -> None:
        """Let the mistakes be found."""
        raise NotImplementedError

    @rule(number=st.integers(0, 4))
    def go_back(self, number: int) -> None:
        """Let the files stand as they stood before some edit."""
        if self.states:
            before = self.states[-1 - number % len(self.states)]
            self.states.append(read_inputs(self.root))
            self.write(before)

    def write(self, files: dict[str, bytes]) -> None:
        for name in INPUTS:
            if (self.root / name).is_dir():
                shutil.rmtree(self.root / name)
            else:
                (self.root / name).unlink(missing_ok=True)
        for path, raw in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(raw)


class Builds(Edits):
    """Builds on what earlier builds kept, beside builds from nothing."""

    with_pdf: ClassVar[bool] = False

    @initialize(pdf=st.integers(0, 3))
    def begin(self, pdf: int) -> None:
        self.pdf, self.address = self.with_pdf and pdf == 0, ""
        _copied(_begun(), self.root)
        self.last = tree_of(self.root / "site")

    @rule(address=st.sampled_from(["", "https://aune.example/floods/"]))
    def publish_elsewhere(self, address: str) -> None:
        self.address = address

    @rule()
    def build(self) -> None:
        made = outcome(self.root, pdf=self.pdf, address=self.address)
        if isinstance(made, list):
            assert tree_of(self.root / "site") == self.last, "a build with problems changed the site"
        else:
            self.last = made

    see_mistakes = build

    @rule(way=st.sampled_from(["lose", "cut", "garble", "swap"]), number=st.integers(0, 999))
    def damage_the_memory(self, way: str, number: int) -> None:
        """A machine that was switched off, a cache from elsewhere."""
        things = sorted(path for path in (self.root / "build/memory").rglob("*") if path.is_file())
        other = things[number % len(things)].read_bytes() if things else b""
        for path in things[number % 7 :: 7]:
            whole = path.read_bytes()
            path.unlink()
            if way != "lose":
                path.write_bytes({"cut": whole[: len(whole) // 2], "garble": b"x" * 99, "swap": other}[way])

    @rule(
        what=st.sampled_from(["build", "build/memory", "build/stamp.json", "build/memory/notes.json", "site"])
    )
    def lose_what_was_built(self, what: str) -> None:
        path = self.root / what
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        if what == "site":
            self.last = {}

    @rule()
    def compare(self) -> None:
        made = outcome(self.root, pdf=self.pdf, address=self.address)
        clean = from_nothing(self.root, pdf=self.pdf, address=self.address)
        assert differing(made, clean) == []
        self.counts["sites" if isinstance(made, dict) else "refusals"] += 1
        self.last = tree_of(self.root / "site")


class Saves(Edits):
    """A documentary that is edited while `serve` runs."""

    @initialize()
    def begin(self) -> None:
        _copied(_begun(), self.root)
        self.live = LiveSite(self.root / "build")
        assert self.follow(0) == []

    def change_a_catalogue(self, number: int) -> None:
        """No rule: at a change of the generator `serve` starts anew."""

    @rule(page=NUMBERS)
    def save(self, page: int) -> None:
        """Let `serve` see the files, while a browser shows some page."""
        self.follow(page)

    def follow(self, page: int) -> list[Problem]:
        """Let `serve` see the files; return the problems that it finds."""
        shown = [("en", self.pages[page % len(self.pages)])]
        made = list(self.live.update(read_inputs(self.root), shown))
        return [problem for update in made for problem in update.problems]

    @rule(page=NUMBERS)
    def save_twice(self, page: int) -> None:
        """Let a change come before the last one is done."""
        next(self.live.update(read_inputs(self.root), [("en", self.pages[page % len(self.pages)])]))

    def see_mistakes(self) -> None:
        self.follow(0)

    def compare(self) -> None:
        problems = self.follow(0)
        clean = from_nothing(self.root, pdf=False, address="")
        if isinstance(clean, dict) and problems == []:
            pages = {path for path in {*clean, *self.live.tree} if path.endswith(".html")}
            # A drawing that no page fetches any more is left where it is.
            read = pages | {path for path in clean if is_late_drawing(path)}
            wanted = {path: alike(clean[path]) for path in read if path in clean}
            shown = {path: alike(self.live.tree[path]) for path in read if path in self.live.tree}
            assert differing(shown, wanted) == []
        # What is made of all pages, and finds what is wrong with the site.
        rest = self.live.file(f"{self.languages[0]}/feed.xml") if problems == [] else problems
        if isinstance(clean, list) or isinstance(rest, list):
            assert differing(rest if isinstance(rest, list) else {}, clean) == []
            self.counts["refusals"] += 1
            return
        apart = {
            path for path in {*self.live.tree, *clean} if "/pdf/" in path or path.startswith("download/")
        }
        kept = {path: offers_nothing(raw) for path, raw in self.live.tree.items() if path not in apart}
        made = {path: offers_nothing(raw) for path, raw in clean.items() if path not in apart}
        assert differing(kept, made) == []
        self.counts["sites"] += 1


def offers_nothing(raw: bytes) -> bytes:
    """Return a page without its lists of PDFs and archives, which `serve` makes when somebody asks."""
    raw = re.sub(rb'\n<p class="pdf no-print">.*?</p>', b"", raw, flags=re.DOTALL)
    raw = re.sub(rb'<section class="pdf no-print">.*?</section>\n', b"", raw, flags=re.DOTALL)
    return re.sub(rb'<ul class="downloads">.*?</ul>', b"", raw, flags=re.DOTALL)


def alike(raw: bytes) -> bytes:
    """Return a page without what names a sheet or a font by its bytes: `serve` adds to those that it has."""
    return re.sub(rb"-[0-9a-f]{10}(?=\.(?:css|woff2))", b"", offers_nothing(raw))


@cache
def _begun() -> Path:
    """Return the tiny documentary, built once in a process."""
    root = copy_documentary(TINY, workshop() / "begun")
    file = root / "data/documentary.toml"
    # Fewer days, each of which is a drawing.
    text = file.read_text(encoding="utf-8").replace('to = "1907-04-12"', 'to = "1907-04-05"')
    file.write_text(text, encoding="utf-8")
    assert isinstance(outcome(root, pdf=False, address=""), dict)
    return root


def _copied(source: Path, target: Path) -> None:
    """Copy a documentary with all that was built of it, times and all: the last build still counts."""
    shutil.copytree(source, target)


MACHINES: dict[str, type[Edits]] = {"builds": Builds, "live": Saves}


def run(machine: type[Edits], runs: int, steps: int, **more: Any) -> None:
    """Run some series, the same ones each time unless a seed is set."""
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **more,
    )
    run_state_machine_as_test(machine, settings=chosen)


def main() -> int:
    """Run series from a seed; say how many there were."""
    parser = argparse.ArgumentParser(
        description="Edit at random; a build on what was kept is one from nothing."
    )
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--steps", type=int, default=8, help="edits in each series, at most")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--pdf", action="store_true", help="print in one series of four")
    parser.add_argument("--live", action="store_true", help="save while `serve` runs")
    asked = parser.parse_args()
    machine = MACHINES["live" if asked.live else "builds"]
    Builds.with_pdf = asked.pdf
    print(f"seed {asked.seed}, {asked.runs} series", flush=True)
    started = time.perf_counter()
    machine.tell = partial(print, flush=True)
    try:
        run(hypothesis.seed(asked.seed)(machine), asked.runs, asked.steps)
    finally:
        print(json.dumps(dict(machine.counts)), f"{time.perf_counter() - started:.0f} s", flush=True)
        done_with()
    return 0


if __name__ == "__main__":
    sys.exit(main())
