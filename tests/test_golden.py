"""Every byte that the generator hands to the engine for the tiny documentary, and what comes of it.

`make golden` rewrites the trees; a difference leaves what was made in golden-changed/.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import generator
from generator.settings import PageKind
from tests.conftest import TINY

HERE = Path(__file__).parent
CHANGED = HERE.parent / "golden-changed"
#: A finished page of each kind: prose, claims, entities, events, sources, corrections and so on.
PAGES = ("index", *(f"ledger/{name}" for name in (
    "damages", "witnesses", "events", "sources", "corrections", "questions", "days",
)), "figures/index")  # fmt: skip


def copied(path: str) -> bool:
    """Tell what is handed on as it stands in the repository: templates, scripts and the theme's styles."""
    return path.startswith("overrides/") or (
        path.startswith("docs/assets/") and not path.endswith("sides.css")
    )


def tree_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def article(page: Path) -> bytes:
    """Return the part of a finished page that is ours: the theme's frame changes with the theme."""
    found = re.search(r"<article.*</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{page} has no article"
    lines = (line.rstrip() for line in found.group(0).splitlines())
    return "\n".join(line for line in lines if line).encode() + b"\n"


def first_difference(path: str, expected: bytes, made: bytes) -> str:
    before, after = (raw.decode(errors="replace").splitlines() for raw in (expected, made))
    lines = difflib.unified_diff(before, after, f"golden/{path}", f"made/{path}", lineterm="", n=1)
    return "\n".join(line if len(line) <= 400 else f"{line[:400]}…" for line in list(lines)[:40])


def compare(expected: Mapping[str, bytes], made: Mapping[str, bytes]) -> str:
    """Say what differs between two trees; nothing when nothing does."""
    said = []
    if missing := sorted(set(expected) - set(made)):
        said.append(f"missing: {', '.join(missing)}")
    if unexpected := sorted(set(made) - set(expected)):
        said.append(f"unexpected: {', '.join(unexpected)}")
    both = sorted(set(made) & set(expected))
    differing = [path for path in both if made[path] != expected[path]]
    if differing:
        said.append(f"different: {', '.join(differing)}")
        said.append(first_difference(differing[0], expected[differing[0]], made[differing[0]]))
    return "\n".join(said)


def write(tree: Mapping[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, raw in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)


def test_every_kind_of_page_has_a_finished_one_among_the_goldens() -> None:
    documentary = generator.open_documentary(TINY).inputs.documentary
    kinds = {page.path: page.kind for page in documentary.chapters}
    # The page of pictures is that of `test_album.py`: the tiny documentary has none.
    assert {kinds[path] for path in PAGES} == set(PageKind) - {PageKind.MEDIA}


@pytest.mark.engine
@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_tiny_documentary_gives_these_bytes(
    code: str, built_tiny: Path, request: pytest.FixtureRequest
) -> None:
    made = tree_of(built_tiny / "build" / code)
    made = {path: raw for path, raw in made.items() if not copied(path)}
    for page in PAGES:
        made[f"{page}.article.html"] = article(built_tiny / "site" / code / f"{page}.html")
    golden = HERE / "golden" / "tiny" / code
    changed = CHANGED / "tiny" / code
    if request.config.getoption("--rewrite-golden"):
        write(made, golden)
    difference = compare(tree_of(golden), made)
    if difference:
        write(made, changed)
        pytest.fail(
            f"{difference}\nWhat was made is in {changed.relative_to(HERE.parent)}/. "
            "If it is right: make golden, and read the diff.",
            pytrace=False,
        )
    shutil.rmtree(changed, ignore_errors=True)


def test_a_difference_names_what_is_missing_unexpected_and_first() -> None:
    said = compare({"a": b"1\n", "b": b"1\n", "c": b""}, {"a": b"1\n", "b": b"2\n", "d": b""})
    assert said.splitlines() == [
        "missing: c",
        "unexpected: d",
        "different: b",
        "--- golden/b",
        "+++ made/b",
        "@@ -1 +1 @@",
        "-1",
        "+2",
    ]
