"""What is kept from one build to the next: found only by who would make it again, and never without end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output.cache import Cache, makers, prune
from generator.output.processes import Command, TooSlowError, run_all

HOME = Path(__file__).parent.parent


def python(code: str, given: bytes = b"") -> Command:
    return Command([sys.executable, "-c", code], given=given)


def test_what_was_kept_is_found_by_what_it_was_made_from(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ".x", "us")
    cache.keep(b"made", "a", "b")
    assert (cache.find("a", "b"), cache.find("ab"), cache.find("b", "a")) == (b"made", None, None)


def test_what_was_cut_short_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ".x", "us")
    cache.keep(b"", "a")
    assert cache.find("a") is None


@pytest.mark.parametrize("change", ["code", "font", "version"])
def test_what_others_made_is_not_found(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, font = tmp_path / "code.py", tmp_path / "font.ttf"
    (code.write_bytes(b"1"), font.write_bytes(b"1"))

    def cache() -> Cache:
        return Cache(tmp_path / "kept", ".x", makers([code, font], ["typst"]))

    cache().keep(b"made", "a")
    assert cache().find("a") == b"made"
    if change == "version":
        monkeypatch.setattr("generator.output.build_key.version", lambda _: "99")
    else:
        (code if change == "code" else font).write_bytes(b"2")
    assert cache().find("a") is None


def test_a_cache_keeps_what_is_used_and_as_much_again_of_what_was_used_last(tmp_path: Path) -> None:
    for name, age, size in (("used", 0, 10), ("late", 2, 6), ("later", 1, 4), ("old", 3, 1)):
        (tmp_path / name).write_bytes(b"x" * size)
        os.utime(tmp_path / name, ns=(100 - age, 100 - age))
    prune(tmp_path, since=100)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["late", "later", "used"]


def test_what_is_found_counts_as_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ".x", "us")
    cache.keep(b"made", "a")
    (kept,) = tmp_path.iterdir()
    os.utime(kept, ns=(1, 1))
    now = time.time_ns() - 10**9
    assert cache.find("a") == b"made"
    prune(tmp_path, since=now)
    assert cache.find("a") == b"made"


def test_commands_end_in_the_order_in_which_they_were_given() -> None:
    ended = run_all([python(f"print({n}, input())", b"x\n") for n in range(3)], seconds=60)
    assert [one.out.split() for one in ended] == [[b"0", b"x"], [b"1", b"x"], [b"2", b"x"]]


def test_a_command_that_takes_too_long_is_stopped_with_all_others() -> None:
    started = time.monotonic()
    with pytest.raises(TooSlowError):
        run_all([python("import time; time.sleep(600)")] * 3, seconds=0.2, at_once=2)
    assert time.monotonic() - started < 300


def test_no_more_commands_run_at_once_than_are_allowed(tmp_path: Path) -> None:
    code = (
        f"import os, time; f = open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); time.sleep(0.1); "
        f"print(len(os.listdir({str(tmp_path)!r}))); os.remove(f.name)"
    )
    ended = run_all([python(code)] * 4, seconds=60, at_once=1)
    assert [one.out.strip() for one in ended] == [b"1"] * 4


def test_commands_do_not_outlive_an_interruption(tmp_path: Path) -> None:
    sleep = f"import os, time; open({str(tmp_path)!r} + f'/{{os.getpid()}}', 'w').close(); time.sleep(600)"
    code = (
        "import sys; from generator.output.processes import Command, run_all; "
        f"run_all([Command([sys.executable, '-c', {sleep!r}])] * 2, seconds=600, at_once=2)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=HOME, stderr=subprocess.DEVNULL) as asker:  # noqa: S603
        while len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.05)
        asker.send_signal(signal.SIGINT)
        asker.wait(timeout=60)
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)
