"""What spoilt or malicious input, and a machine that fails in the middle, cannot do."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator import build as building
from generator.problems import Problem
from tests.conftest import HOME, TINY, build, copy_documentary
from tests.sharing import brought

TREE = Callable[[Path], dict[str, bytes]]
lawful = settings(deadline=None, derandomize=True)

# ---- Bytes -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny documentary, for every example to spoil and to mend."""
    return copy_documentary(TINY, tmp_path_factory.mktemp("spoilt") / "tiny")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real documentary, to the same end."""
    return copy_documentary(HOME, tmp_path_factory.mktemp("spoilt") / "real")


def texts(root: Path) -> list[str]:
    """Return every file that people edit: tables, settings, bibliography, prose."""
    kinds = {".csv", ".json", ".toml", ".md", ".geojson"}
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.suffix in kinds)


def well_formed(found: building.Checked | list[Problem]) -> bool:
    """Whether a check passed, or gave problems that name a file a person edits, and a line of it."""
    return isinstance(found, building.Checked) or (
        bool(found)
        and found == sorted(found)
        and all(p.location.line >= 1 and p.location.file.startswith(("data/", "docs/")) for p in found)
    )


def check_spoilt(root: Path, name: str, raw: bytes) -> building.Checked | list[Problem]:
    before = (root / name).read_bytes()
    (root / name).write_bytes(raw)
    try:
        return building.check(root, lambda _: None)
    finally:
        (root / name).write_bytes(before)


pieces = st.binary(max_size=3) | st.sampled_from(
    [b",", b'"', b"\n", b"\x00", b"\xff", b"{{", b"}}", b"[", b"]", b"null", b"-1", b"''", b"<b>", b"=", b"#"]
)
slips = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), pieces), min_size=1, max_size=3)


def slipped(raw: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, new in edits:
        start = int(where * len(raw))
        raw = raw[:start] + new + raw[start + length :]
    return raw


@pytest.mark.slow
@given(data=st.data(), edits=slips)
@settings(lawful, max_examples=60)
def test_no_slip_in_any_file_of_a_documentary_stops_the_check(
    spoilt: Path, data: st.DataObject, edits: list[tuple[float, int, bytes]]
) -> None:
    name = data.draw(st.sampled_from(texts(spoilt)))
    assert well_formed(check_spoilt(spoilt, name, slipped((spoilt / name).read_bytes(), edits)))


@pytest.mark.slow
@given(data=st.data(), edits=slips)
@settings(lawful, max_examples=6)
def test_no_slip_in_a_file_of_the_real_documentary_stops_the_check(
    real: Path, data: st.DataObject, edits: list[tuple[float, int, bytes]]
) -> None:
    name = data.draw(st.sampled_from(texts(real)))
    assert well_formed(check_spoilt(real, name, slipped((real / name).read_bytes(), edits)))


#: What people write by mistake in prose, and what nobody should.
SCRAPS = [
    '{{ n("d-level") }}', '{{ n("d-level", unit=True) }}', "{{ n(d-level) }}", '{{ n("d-level" }}', "{{",
    "}}", '{{ figure("flooded") }}', '{{ table("t-ruined") }}', '{{ name("p-weir", "<b>") }}', "{{ 7*7 }}",
    '{{ __import__("os") }}', "{{ n.__class__ }}", "{% for x in y %}", '{{ cite("surveyor-1908") }}',
    '{{ n(**{"ident": "x"}) }}', '{{ n(*["d-level"]) }}', '{{ cite("surveyor-1908", "p. [1]") }}', "{# #}",
    "## A {#a}\n", "### B\n", "# C\n", "\n\n", "\n", "    ", "!!! note\n", "[^c1]", "[^c1]: x", "<q>",
    "[a](b.md)", "</q>", "<div markdown>", "</div>", "<!--", "-->", "`", "```\n", "|a|\n|-|\n", "---\n",
    "1907", "é", "ハ", "\u2028",
]  # fmt: skip
FRONT = "---\ntitle: T\ndescription: D\n---\n"


@pytest.mark.slow
@given(parts=st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=12))
@settings(lawful, max_examples=60)
def test_no_prose_stops_the_check(spoilt: Path, parts: list[str]) -> None:
    raw = (FRONT + " ".join(parts)).encode("utf-8", "replace")
    assert well_formed(check_spoilt(spoilt, "docs/en/index.md", raw))


# ---- Markup ------------------------------------------------------------------------------------

#: What a cell might carry into a page, a script, a style sheet, Markdown or a template.
HOSTILE = (
    " <script>window.hurt=1</script><img src=x onerror=window.hurt=1>"
    "\"'><svg/onload=window.hurt=1></figure></script>"
    " [x](javascript:window.hurt=1) ![y](//x.example/y.png) "
    " <style>*{display:none}</style> `code` **bold** &lt;b&gt; \\ $1 %s {0} ]]> -->"
)


#: Columns that hold any text: those of each language, and these. The others hold ids, words and dates.
FREE = {"locator", "name", "original"}


def hostile_rows(raw: str) -> str:
    """Put it into every cell that may hold any text."""
    table = csv.DictReader(io.StringIO(raw))
    rows, out = list(table), io.StringIO()
    writer = csv.DictWriter(out, list(table.fieldnames or ()), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: v + HOSTILE if v and (k in FREE or k.endswith(("_fr", "_en"))) else v for k, v in row.items()}
        )
    return out.getvalue()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny documentary with the same malice in every text of its ledger and its settings, built."""
    root = copy_documentary(TINY, tmp_path_factory.mktemp("hostile") / "tiny")
    for path in (root / "data").glob("*.csv"):
        path.write_text(hostile_rows(path.read_text(encoding="utf-8")), encoding="utf-8")
    sources = root / "data/sources.json"
    found = json.loads(sources.read_text(encoding="utf-8"))
    for source in found:
        source["title"] += HOSTILE
    sources.write_text(json.dumps(found), encoding="utf-8")
    settings_file = root / "data/documentary.toml"
    text = settings_file.read_text(encoding="utf-8")
    quoted = json.dumps(HOSTILE, ensure_ascii=False)[1:-1]
    text = re.sub(r'^(title\.(?:fr|en) = "[^"]*)"', lambda m: f'{m[1]}{quoted}"', text, flags=re.MULTILINE)
    settings_file.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # Whether malice makes good sentences is another question.
        patch.setattr("generator.pages.proofreading.check_style", lambda *_: ())
        return build(root, pdf=True, address="https://x.example/") / "site"


def everything(site: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), LexborHTMLParser(path.read_text(encoding="utf-8"))


@pytest.mark.engine
def test_no_text_of_the_ledger_or_the_settings_becomes_markup(hostile_site: Path) -> None:
    hurt = False
    for name, page in everything(hostile_site):
        for node in page.css("*"):
            for attribute, value in node.attributes.items():
                assert not attribute.startswith("on"), f"{name}: {attribute}"
                assert not (value or "").strip().lower().startswith("javascript:"), name
        assert not page.css("img[src='x'], img[src*='x.example']"), name
        inline = [node.text() for node in page.css("script:not([src]):not([type]), style")]
        assert not [text for text in inline if "window.hurt" in text or "display:none" in text], name
        hurt = hurt or "window.hurt=1" in (page.body.text() if page.body else "")
    assert hurt, "the malice is there to be read, as text"


@pytest.mark.engine
def test_scripts_of_data_and_other_formats_hold_texts_and_nothing_else(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.js"):
        if path.parent.name != "assets":
            assert brought(path.read_bytes()), path.name
        assert "</script" not in path.read_text(encoding="utf-8").lower(), path.name
    for page in (page for _, page in everything(hostile_site)):
        for node in page.css('script[type="application/ld+json"]'):
            json.loads(node.text())


@pytest.mark.engine
def test_no_download_holds_a_formula(hostile_site: Path) -> None:
    tables = sorted(hostile_site.rglob("*.csv"))
    assert tables
    for path in tables:
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))):
            for cell in row:
                assert not re.match(r"[=@\t\r]|[+-](?![\d.]|$)", cell), f"{path.name}: {cell}"


# ---- The machine -------------------------------------------------------------------------------


def run_build(root: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "generator", "build", "--root", str(root), *options],
        cwd=HOME,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Elsewhere:
    """The tiny documentary, built from nothing by a program of its own on another kind of machine."""

    root: Path
    home: Path
    before: dict[str, bytes]
    ended: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, read_tree: TREE) -> Elsewhere:
    """A build in another folder, time zone and language, with another hash seed and a home of its own."""
    folder = tmp_path_factory.mktemp("another place")
    root, home = copy_documentary(TINY, folder / "même" / "tiny"), folder / "home"
    home.mkdir()
    before = read_tree(root)
    ended = run_build(
        root,
        HOME=str(home),
        TMPDIR=str(home),
        TZ="America/Anchorage",
        LC_ALL="C",
        LANG="fr_FR",
        PYTHONHASHSEED="2",
        SOURCE_DATE_EPOCH="1",
    )
    return Elsewhere(root, home, before, ended)


@pytest.mark.engine
def test_a_build_writes_below_build_and_site_and_nowhere_else(elsewhere: Elsewhere, read_tree: TREE) -> None:
    assert elsewhere.ended.returncode == 0, elsewhere.ended.stderr
    before, after = elsewhere.before, read_tree(elsewhere.root)
    made = {path.split("/")[0] for path in set(after) - set(before)}
    assert made == {"build", "site"}
    assert {path: data for path, data in after.items() if path in before} == before
    assert [path.name for path in elsewhere.root.parent.iterdir()] == ["tiny"]


@pytest.mark.engine
def test_two_builds_far_apart_give_the_same_bytes(
    elsewhere: Elsewhere, printed_tiny: Path, read_tree: TREE
) -> None:
    """Site and PDFs are those of this process, which printed on a memory; the other build had none."""
    assert elsewhere.ended.returncode == 0, elsewhere.ended.stderr
    first, second = read_tree(printed_tiny / "site"), read_tree(elsewhere.root / "site")
    assert len([path for path in first if path.endswith(".pdf")]) > 10
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []


@pytest.mark.engine
def test_a_full_disk_is_said_in_one_line_and_the_old_site_stays(
    fresh_tiny: Path, read_tree: TREE, tmp_path: Path
) -> None:
    before = read_tree(fresh_tiny / "site")
    (fresh_tiny / "build" / "stamp.json").unlink()
    hook = tmp_path / "full"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import errno, pathlib\n"
        "kept = pathlib.Path.write_bytes\n"
        "def write_bytes(self, data):\n"
        "    if 'site.new' in str(self):\n"
        "        raise OSError(errno.ENOSPC, 'No space left on device', str(self))\n"
        "    return kept(self, data)\n"
        "pathlib.Path.write_bytes = write_bytes\n",
        encoding="utf-8",
    )
    found = run_build(fresh_tiny, "--no-pdf", PYTHONPATH=f"{hook}{os.pathsep}{HOME}")
    assert found.returncode == 2
    last = found.stderr.splitlines()[-1]
    assert last.startswith("generator: cannot write: No space left on device: ")
    assert last.endswith("; the last site is untouched")
    assert "Traceback" not in found.stderr
    assert read_tree(fresh_tiny / "site") == before


@pytest.mark.engine
def test_an_engine_that_is_killed_is_said_in_one_line_and_the_old_site_stays(
    fresh_tiny: Path, read_tree: TREE, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.site import engine, raw_pages

    before = read_tree(fresh_tiny / "site")
    killed = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    monkeypatch.setattr(engine, "_command", lambda *_: killed)
    monkeypatch.setattr(raw_pages, "MANY", 1)  # the engine runs whole, in a process of its own
    shutil.rmtree(fresh_tiny / "build")
    with pytest.raises(engine.EngineError, match=r"^mkdocs failed on (fr|en): it stopped with status -9$"):
        building.build(fresh_tiny, engine="mkdocs", address="", announce=lambda _: None)
    assert read_tree(fresh_tiny / "site") == before
