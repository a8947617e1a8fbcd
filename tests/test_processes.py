"""Commands run side by side, no more than are allowed, and none outlives whoever asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output.processes import Command, Ended, TooSlowError, beside, run_all

HOME = Path(__file__).parent.parent


def python(code: str, given: bytes = b"") -> Command:
    return Command([sys.executable, "-c", code], given=given)


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


def test_what_is_done_beside_the_rest_is_handed_over() -> None:
    with beside(lambda: run_all([python("print(1)")], seconds=60)) as aside:
        assert run_all([python("print(2)")], seconds=60)[0].out.split() == [b"2"]
        assert aside.result()[0].out.split() == [b"1"]


def test_what_nobody_waits_for_is_stopped(tmp_path: Path) -> None:
    sleep = f"import os, time; open({str(tmp_path)!r} + f'/{{os.getpid()}}', 'w').close(); time.sleep(600)"

    def work() -> list[Ended]:
        return run_all([python(sleep)] * 2, seconds=600)

    with beside(work) as aside:
        while not list(tmp_path.iterdir()):
            time.sleep(0.05)
    assert aside.done()
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)
