"""Files and processes: what is read and what is passed over, links, two builds at once, ports, Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import main
from generator.output.build_key import build_key, digest, read_below
from generator.output.lock import alone_in
from generator.output.read import links_in, read_inputs

ROOT = Path(__file__).parent.parent


def run(*words: str) -> Result:
    """Run a command as a person does."""
    return CliRunner(env={"ENGINE": None, "SITE_URL": None}).invoke(main, words)


def fill(folder: Path, *paths: str) -> Path:
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path, encoding="utf-8")
    return folder


# ---- What is read -----------------------------------------------------------------------------


def test_what_editors_and_systems_leave_beside_a_file_is_passed_over(tmp_path: Path) -> None:
    left = (".#index.md", "._index.md", ".DS_Store", "index.md~", "#index.md#", ".git/config.md")
    fill(tmp_path, "docs/fr/index.md", *(f"docs/fr/{name}" for name in left))
    (tmp_path / "docs/fr/.#july.md").symlink_to("me@host.1234:1700000000")
    (tmp_path / "docs/fr/gone.md").symlink_to("nowhere.md")
    (tmp_path / "docs/fr/round.md").symlink_to("round.md")
    assert read_inputs(tmp_path) == {"docs/fr/index.md": b"docs/fr/index.md"}


def test_a_folder_that_is_called_like_a_page_is_a_folder(tmp_path: Path) -> None:
    fill(tmp_path, "docs/fr/july.md/notes.txt")
    assert list(read_inputs(tmp_path)) == ["docs/fr/july.md/notes.txt"]


def test_a_lock_file_of_an_editor_is_no_page(tiny: Path) -> None:
    (tiny / "docs/fr/.#index.md").symlink_to("me@host.1234:1700000000")
    fill(tiny, "docs/en/._index.md", "data/geo/._river.geojson")
    found = run("check", "--root", str(tiny))
    assert (found.exit_code, found.stdout[:10]) == (0, "no problem")


@pytest.mark.parametrize("link", ["docs", "docs/fr", "docs/fr/more", "data/geo"])
def test_a_linked_folder_is_read_as_if_it_stood_there(link: str, tmp_path: Path) -> None:
    elsewhere = fill(tmp_path / "elsewhere", "a/b.md")
    (tmp_path / "root" / link).parent.mkdir(parents=True)
    (tmp_path / "root" / link).symlink_to(elsewhere)
    assert read_inputs(tmp_path / "root") == {f"{link}/a/b.md": b"a/b.md"}
    assert links_in([tmp_path / "root" / link.split("/", maxsplit=1)[0]]) == {elsewhere}


def test_a_linked_page_is_watched_where_it_is(tmp_path: Path) -> None:
    fill(tmp_path, "page.md", "docs/other.md")
    (tmp_path / "docs" / "page.md").symlink_to("../page.md")
    assert links_in([tmp_path / "docs"]) == {tmp_path / "page.md"}


def test_a_circle_of_links_comes_to_an_end(tmp_path: Path) -> None:
    fill(tmp_path, "docs/fr/index.md")
    (tmp_path / "docs/fr/again").symlink_to("..")
    assert list(read_inputs(tmp_path)) == ["docs/fr/index.md"]


@pytest.mark.parametrize("path", ["LICENSE-DATA.md", "data/x.csv", "docs/fr/x.md", "mkdocs.yml"])
def test_each_file_of_the_site_makes_another_build(path: str, tmp_path: Path) -> None:
    def key(root: Path) -> str:
        return build_key(read_inputs(root), ROOT, ())

    (fill(tmp_path / "one", "docs/a.md"), fill(tmp_path / "two", "docs/a.md", path))
    assert key(tmp_path / "one") != key(tmp_path / "two")


def test_a_change_in_a_linked_folder_makes_another_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    fill(tmp_path, "elsewhere/index.md")
    (tmp_path / "docs" / "fr").symlink_to("../elsewhere")
    before = build_key(read_inputs(tmp_path), ROOT, ())
    (tmp_path / "elsewhere" / "index.md").write_text("changed", encoding="utf-8")
    assert build_key(read_inputs(tmp_path), ROOT, ()) != before


def test_the_same_inputs_under_another_python_or_engine_make_another_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = {build_key({}, ROOT, ())}
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "4.0")
        keys.add(build_key({}, ROOT, ()))
    with monkeypatch.context() as other:
        other.setattr("generator.output.build_key.version", lambda name: f"{name} 99")
        keys.add(build_key({}, ROOT, ()))
    assert len(keys) == 3


def test_packages_are_left_out_of_a_digest_only_below_what_is_read(tmp_path: Path) -> None:
    checkout = fill(tmp_path / "node_modules" / "clone", "a.py", "node_modules/b.js", "x/__pycache__/c.pyc")
    assert read_below(checkout) == {"a.py": b"a.py"}
    assert digest(read_below(checkout)) != digest({})


# ---- Where the site goes ----------------------------------------------------------------------


@pytest.mark.parametrize("target", ["web", "nowhere"])
def test_a_site_that_is_a_link_is_refused_before_anything_is_built(target: str, tiny: Path) -> None:
    fill(tiny, "web/.htaccess")
    (tiny / "site").symlink_to(target)
    for _ in range(2):
        found = run("build", "--root", str(tiny))
        assert found.exit_code == 2
        assert f"{tiny}/site is a link to {target}: " in found.stderr
    assert (tiny / "site").is_symlink()
    assert [path.name for path in (tiny / "web").iterdir()] == [".htaccess"]
    assert not (tiny / "build").exists()


def test_a_site_that_is_a_file_is_refused(tiny: Path) -> None:
    fill(tiny, "site")
    found = run("build", "--root", str(tiny))
    assert (found.exit_code, len(found.stderr.splitlines())) == (2, 1)
    assert (tiny / "site").is_file()


# ---- Two at once, ports, Ctrl-C ---------------------------------------------------------------


def test_a_second_build_says_that_it_waits_and_begins_when_the_first_has_ended(tmp_path: Path) -> None:
    happened: list[str] = []
    waiting = threading.Event()

    def wait() -> None:
        happened.append("the second waits")
        waiting.set()

    def second() -> None:
        with alone_in(tmp_path, wait):
            happened.append("the second works")

    with alone_in(tmp_path, lambda: None):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(timeout=60)
        happened.append("the first ends")
    thread.join()
    assert happened == ["the second waits", "the first ends", "the second works"]


def test_a_lock_that_a_killed_build_left_is_free(tmp_path: Path) -> None:
    fill(tmp_path, ".lock")
    with alone_in(tmp_path, lambda: pytest.fail("it waits")):
        pass


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.mark.parametrize("command", ["serve", "preview"])
def test_a_port_that_is_taken_is_said_before_anything_is_built(command: str, taken: str, tiny: Path) -> None:
    fill(tiny, "site/index.html")
    found = run(command, "--root", str(tiny), "--port", taken)
    assert found.exit_code == 2
    assert found.stderr == (
        f"generator: cannot serve on port {taken}: Address already in use: choose another with --port\n"
    )
    assert found.stdout == ""
    assert not (tiny / "build").exists()


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_cannot_be_is_refused(port: str, tiny: Path) -> None:
    assert run("serve", "--root", str(tiny), "--port", port).exit_code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.engine
def test_a_build_that_is_stopped_says_so_in_one_line(number: int, fresh_tiny: Path) -> None:
    (fresh_tiny / "build" / "stamp.json").unlink()
    before = read_below(fresh_tiny / "site")
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "generator", "build", "--root", str(fresh_tiny)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        # What runs the tests may ignore the signal, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread is used
    )
    with process:
        assert process.stderr
        for line in process.stderr:
            if "building the pages" in line:
                os.kill(process.pid, number)
                break
        said = process.stderr.read()
    assert [line for line in said.splitlines() if not line.startswith("·")] == [
        "stopped; the last site is untouched"
    ]
    assert process.returncode == 130
    assert read_below(fresh_tiny / "site") == before
