"""What a step has made is found again until something it was made from changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.output.build_key import makers
from generator.output.memory import KEPT_BUILDS, Made, Memory

PARTS = {"docs/fr/may.md": "the text", "ledger": b"the rows"}


@dataclass
class Step:
    """A step that counts how often it is asked to make something."""

    result: bytes = b"made"
    made: int = 0
    asked: list[str] = field(default_factory=list)

    def __call__(self) -> bytes:
        self.made += 1
        return self.result


def build(
    folder: Path, *recalls: tuple[str, dict[str, str | bytes], Callable[[], bytes]], maker: str = "v1"
) -> Memory:
    memory = Memory(folder, maker)
    for slot, parts, make in recalls:
        memory.recall(slot, parts, make)
    memory.close()
    return memory


def test_what_was_made_is_found_again(tmp_path: Path) -> None:
    step = Step()
    build(tmp_path, ("page", PARTS, step))
    again = Memory(tmp_path, "v1")
    assert again.recall("page", PARTS, step) == b"made"
    assert (step.made, again.found, again.made) == (1, 1, [])


def test_who_only_reads_finds_what_a_build_made_and_keeps_nothing(tmp_path: Path) -> None:
    build(tmp_path, ("page", PARTS, Step()))
    before = sorted(tmp_path.rglob("*"))
    reader, step = Memory(tmp_path, "v1").reading(), Step(b"another")
    assert reader.recall("page", PARTS, step) == b"made"
    assert reader.recall("page", {"ledger": b"other rows"}, step) == b"another"
    reader.close()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_changed_part_is_named_as_the_reason(tmp_path: Path) -> None:
    build(tmp_path, ("page", PARTS, Step()))
    memory = build(tmp_path, ("page", {**PARTS, "docs/fr/may.md": "another"}, Step()))
    assert memory.made == [Made("page", ("docs/fr/may.md",))]


def test_a_part_that_is_no_longer_there_is_a_reason_too(tmp_path: Path) -> None:
    build(tmp_path, ("page", PARTS, Step()))
    memory = build(tmp_path, ("page", {"ledger": b"the rows"}, Step()))
    assert memory.made == [Made("page", ("docs/fr/may.md",))]


def test_other_code_makes_everything_again(tmp_path: Path) -> None:
    step = Step()
    build(tmp_path, ("page", PARTS, step))
    memory = build(tmp_path, ("page", PARTS, step), maker="v2")
    assert step.made == 2
    assert memory.made == [Made("page", ("the generator or a tool",))]


def test_two_slots_of_the_same_parts_are_two_things(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "v1")
    assert memory.recall("fr", PARTS, Step(b"un")) == b"un"
    assert memory.recall("en", PARTS, Step(b"one")) == b"one"


def test_what_is_cut_short_or_changed_on_disk_is_made_again(tmp_path: Path) -> None:
    step = Step()
    for damage in (b"", b"short", b"x" * 99):
        build(tmp_path, ("page", PARTS, step))
        (path,) = tmp_path.glob("??/*")
        path.write_bytes(damage)
        assert Memory(tmp_path, "v1").recall("page", PARTS, step) == b"made"
    assert step.made == 4


def test_what_stands_under_the_name_of_another_is_made_again(tmp_path: Path) -> None:
    build(tmp_path, ("fr", PARTS, Step(b"un")), ("en", PARTS, Step(b"one")))
    one, two = tmp_path.glob("??/*")
    two.write_bytes(one.read_bytes())
    memory = Memory(tmp_path, "v1")
    assert memory.recall("fr", PARTS, Step(b"un")) == b"un"
    assert memory.recall("en", PARTS, Step(b"one")) == b"one"


@pytest.mark.parametrize(
    "notes", [b"[1, 2", b"\xff", b"5", b'{"builds": 5}', b'{"builds": [], "slots": {"page": 1}}']
)
def test_damaged_notes_are_no_reason_to_stop(notes: bytes, tmp_path: Path) -> None:
    build(tmp_path, ("page", PARTS, Step()))
    (tmp_path / "notes.json").write_bytes(notes)
    assert build(tmp_path, ("page", PARTS, Step())).made == []


def test_what_is_missing_of_several_is_made_together(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def make(slots: Sequence[str]) -> dict[str, bytes]:
        asked.append(list(slots))
        return {slot: slot.encode() for slot in slots}

    build(tmp_path, ("b", PARTS, Step(b"b")))
    memory = Memory(tmp_path, "v1")
    for _ in range(2):
        made = memory.recall_all(dict.fromkeys("abc", PARTS), make)
        assert list(made.items()) == [("a", b"a"), ("b", b"b"), ("c", b"c")]
    assert asked == [["a", "c"]]


def test_a_step_may_name_its_own_maker_and_outlives_others(tmp_path: Path) -> None:
    Memory(tmp_path, "v1").recall("drawing", PARTS, Step(), "tools 1")
    assert Memory(tmp_path, "v2").find("drawing", PARTS, "tools 1") == b"made"
    assert Memory(tmp_path, "v2").find("drawing", PARTS, "tools 2") is None


@pytest.mark.parametrize("change", ["code", "font", "version"])
def test_other_code_fonts_or_packages_are_other_makers(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, font = tmp_path / "code.py", tmp_path / "font.ttf"
    (code.write_bytes(b"1"), font.write_bytes(b"1"))
    before = makers([code, font], ["typst"])
    assert makers([code, font], ["typst"]) == before
    if change == "version":
        monkeypatch.setattr("generator.output.build_key.version", lambda _: "99")
    else:
        (code if change == "code" else font).write_bytes(b"2")
    assert makers([code, font], ["typst"]) != before


def test_a_build_that_notes_twice_counts_once(tmp_path: Path) -> None:
    build(tmp_path, ("old", PARTS, Step()))
    memory = Memory(tmp_path, "v1")
    for number in range(2 * KEPT_BUILDS):
        memory.recall(f"page {number}", PARTS, Step())
        memory.close()
    assert memory.find("old", PARTS) == b"made"


def test_what_none_of_the_last_builds_asked_for_is_forgotten(tmp_path: Path) -> None:
    build(tmp_path, ("old", PARTS, Step()))
    for _ in range(KEPT_BUILDS - 1):
        build(tmp_path, ("page", PARTS, Step()))
    assert len(list(tmp_path.glob("??/*"))) == 2
    build(tmp_path, ("page", PARTS, Step()))
    assert len(list(tmp_path.glob("??/*"))) == 1


def test_a_value_comes_back_as_it_was(tmp_path: Path) -> None:
    value = {"a": (1, 2), "b": Made("page", ("new",))}
    memory = Memory(tmp_path, "v1")
    memory.recall_value("value", PARTS, lambda: value)
    assert memory.recall_value("value", PARTS, dict) == value
