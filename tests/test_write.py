"""A folder becomes equal to a tree; a site is the old one whole or the new one whole."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output.write import publish, recover, write_file, write_tree
from tests.sharing import build, copy_documentary

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "datasets" / "tiny"


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, and every empty folder as a path with a final slash."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    empty = {
        f"{p.relative_to(folder).as_posix()}/": b""
        for p in folder.rglob("*")
        if p.is_dir() and not any(p.iterdir())
    }
    return files | empty


def fill(folder: Path, tree: dict[str, bytes]) -> Path:
    for path, data in tree.items():
        target = folder / path
        if path.endswith("/"):
            target.mkdir(parents=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


TREES: dict[str, tuple[dict[str, bytes], dict[str, bytes], list[str]]] = {
    "into nothing": ({}, {"a": b"1", "b/c": b"2"}, ["a", "b/c"]),
    "no change": ({"a": b"1", "b/c": b"2"}, {"a": b"1", "b/c": b"2"}, []),
    "one file changes": ({"a": b"1", "b/c": b"2"}, {"a": b"1", "b/c": b"3"}, ["b/c"]),
    "one file goes": ({"a": b"1", "b": b"2"}, {"a": b"1"}, ["b"]),
    "a whole folder goes": ({"a": b"1", "b/c/d": b"2"}, {"a": b"1"}, ["b/c/d"]),
    "a file becomes a folder": ({"a": b"1"}, {"a/b": b"2"}, ["a/b", "a"]),
    "a folder becomes a file": ({"a/b/c": b"1"}, {"a": b"2"}, ["a", "a/b/c"]),
    "to nothing": ({"a": b"1", "b/c": b"2"}, {}, ["a", "b/c"]),
    "an empty folder where a file belongs": ({"a/b": b"1", "c/d/": b""}, {"a/b": b"1", "c": b"2"}, ["c"]),
    "names in other scripts": ({}, {"ハル/ハ é.txt": b"1"}, ["ハル/ハ é.txt"]),
}


@pytest.mark.parametrize(("before", "tree", "changed"), TREES.values(), ids=TREES)
def test_a_folder_becomes_equal_to_the_tree(
    before: dict[str, bytes], tree: dict[str, bytes], changed: list[str], tmp_path: Path
) -> None:
    folder = fill(tmp_path / "out", before)
    assert (write_tree(tree, folder), read_tree(folder)) == (changed, tree)


def test_a_file_with_the_wanted_bytes_is_not_touched(tmp_path: Path) -> None:
    folder = fill(tmp_path, {"same": b"1", "other": b"1"})
    for name in ("same", "other"):
        os.utime(folder / name, ns=(5, 5))
    write_tree({"same": b"1", "other": b"2"}, folder)
    touched = {name: (folder / name).stat().st_mtime_ns != 5 for name in ("same", "other")}
    assert touched == {"same": False, "other": True}


def test_a_link_gives_way_to_the_file_and_what_it_led_to_stays(tmp_path: Path) -> None:
    fill(tmp_path, {"theirs/a": b"1", "theirs/b": b"1", "out/c": b"3"})
    (tmp_path / "out" / "folder").symlink_to(tmp_path / "theirs")
    (tmp_path / "out" / "a").symlink_to(tmp_path / "theirs" / "a")
    (tmp_path / "out" / "b").hardlink_to(tmp_path / "theirs" / "b")
    tree = {"a": b"1", "b": b"2", "c": b"3", "folder/b": b"2"}
    assert write_tree(tree, tmp_path / "out") == ["a", "b", "folder/b", "folder"]
    assert read_tree(tmp_path) == {
        **{f"out/{path}": data for path, data in tree.items()},
        "theirs/a": b"1",
        "theirs/b": b"1",
    }
    assert not any(path.is_symlink() for path in (tmp_path / "out").iterdir())


@pytest.mark.parametrize("path", ["../x", "a/../../x", "a/..", "..", "/x", "/etc/passwd"])
def test_a_path_that_leads_out_is_refused_before_anything_is_written(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leads out of") as refused:
        write_tree({"good": b"1", path: b"2"}, tmp_path / "out")
    expected = (f"{path!r} leads out of {tmp_path / 'out'}", {})
    assert (str(refused.value), read_tree(tmp_path)) == expected


def test_the_first_site_takes_its_place(tmp_path: Path) -> None:
    publish(fill(tmp_path / "new", {"a": b"2"}), tmp_path / "site")
    assert read_tree(tmp_path) == {"site/a": b"2"}


def test_the_next_site_takes_the_place_of_the_last_and_leaves_it_in_its_own(tmp_path: Path) -> None:
    fill(tmp_path / "site", {"a": b"1", "gone": b"1"})
    publish(fill(tmp_path / "new", {"a": b"2"}), tmp_path / "site")
    assert read_tree(tmp_path) == {"site/a": b"2", "new/a": b"1", "new/gone": b"1"}


def test_a_site_on_another_disk_is_copied_beside_the_last_and_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def elsewhere(path: Path, **options: bool) -> os.stat_result:
        found = stat(path, **options)
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:])) if path.name == "new" else found

    fill(tmp_path / "site", {"a": b"1"})
    monkeypatch.setattr(Path, "stat", elsewhere)
    publish(fill(tmp_path / "new", {"a": b"2"}), tmp_path / "site")
    assert read_tree(tmp_path) == {"site/a": b"2", "new/a": b"2"}


def test_a_system_that_cannot_swap_folders_publishes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    fill(tmp_path / "site", {"a": b"1"})
    fill(tmp_path / "site.old", {"older": b"0"})
    publish(fill(tmp_path / "new", {"a": b"2"}), tmp_path / "site")
    assert read_tree(tmp_path) == {"site/a": b"2", "new/a": b"1"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"site.old/a": b"1"}, {"site/a": b"1"}),
        ({"site.old/a": b"1", "site/a": b"2"}, {"site.old/a": b"1", "site/a": b"2"}),
        ({"site/a": b"2"}, {"site/a": b"2"}),
        ({}, {}),
    ],
)
def test_a_site_that_stepped_aside_is_put_back(
    before: dict[str, bytes], after: dict[str, bytes], tmp_path: Path
) -> None:
    fill(tmp_path, before)
    recover(tmp_path / "site")
    assert read_tree(tmp_path) == after


def test_a_site_that_stepped_aside_is_put_back_after_a_death_between_the_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def die_on_the_second(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "rename", die_on_the_second)
    fill(tmp_path / "site", {"a": b"1"})
    with pytest.raises(KeyboardInterrupt):
        publish(fill(tmp_path / "new", {"a": b"2"}), tmp_path / "site")
    recover(tmp_path / "site")
    assert read_tree(tmp_path) == {"new/a": b"2", "site/a": b"1"}


def test_one_file_is_written_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b", b"1")
    write_file(tmp_path / "a" / "b", b"2")
    assert read_tree(tmp_path) == {"a/b": b"2"}


# ---- A process that is killed ----------------------------------------------------------------


def digest(folder: Path) -> str:
    """Return one fingerprint of every path and byte of a folder."""
    found = hashlib.sha256()
    for path, data in sorted(read_tree(folder).items()):
        found.update(f"{path}\0{len(data)}\0".encode() + data)
    return found.hexdigest()


def start_build(root: Path) -> subprocess.Popen[bytes]:
    """Start a build at the head of a group of its own, which the test can kill with the engines."""
    return subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "generator", "build", "--no-pdf", "--root", str(root)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def change(root: Path, number: int) -> None:
    """Write another figure into the ledger, so that the next site differs from the last."""
    path = root / "data" / "damages.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[6] = str(number)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")


@pytest.mark.engine
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    root = build(copy_documentary(TINY, tmp_path / "tiny"))
    old = digest(root / "site")
    change(root, 1300)
    started = time.monotonic()
    assert start_build(root).wait() == 0
    whole = time.monotonic() - started
    new = digest(root / "site")
    assert old != new
    seen, stopped = [], []
    for share in (0.2, 0.5, 0.8, 0.95, 1.0):
        change(root, 1234)
        build(root)
        change(root, 1300)
        process = start_build(root)
        time.sleep(whole * share)
        os.killpg(process.pid, signal.SIGKILL)
        stopped.append(process.wait() in {-signal.SIGKILL, 0})
        seen.append(digest(root / "site"))
    assert (set(seen) - {old, new}, stopped) == (set(), [True] * 5)
    assert start_build(root).wait() == 0
    assert digest(root / "site") == new
