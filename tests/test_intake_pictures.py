"""A folder of pictures comes into the table of media: what a file says is taken, nothing else is guessed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from generator.__main__ import main
from generator.intake.pictures import PicturesProposal, import_pictures
from generator.intake.table_text import read_table_text
from generator.new import make_documentary
from generator.new.answers import SIDES, TITLE, read_answers
from generator.new.origin import Origin
from generator.output.read import read_inputs
from tests.test_problems import TINY

ANSWERS = read_answers(TITLE, "fr,en", SIDES, "2026-11-27")
FILES: Mapping[str, bytes] = make_documentary(ANSWERS, origin=Origin("x", local=False), pins=[])


def picture(taken: str = "", *, gps: bool = False, form: str = "JPEG", colour: str = "white") -> bytes:
    """A small picture as a camera writes it."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[36867] = taken
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, form, exif=exif)
    return out.getvalue()


def proposed(*found: tuple[str, bytes], folder: str = "scans", kind: str = "") -> PicturesProposal:
    outcome = import_pictures(FILES, found, folder, kind)
    assert isinstance(outcome, PicturesProposal), [str(problem) for problem in outcome]
    return outcome


def rows(proposal: PicturesProposal) -> list[dict[str, str]]:
    header, *records = [record.cells for record in read_table_text(proposal.after).records]
    return [dict(zip(header, cells, strict=True)) for cells in records[-len(proposal.added) :]]


def test_a_picture_gives_its_name_and_the_date_of_its_camera_and_nothing_else() -> None:
    raw = picture("1901:05:14 10:20:30")
    proposal = proposed(("1901/Vieux Pont.JPG", raw), kind="photograph")
    [row] = rows(proposal)
    assert {column: cell for column, cell in row.items() if cell} == {
        "id": "m-vieux-pont", "file": "1901/Vieux Pont.JPG", "kind": "photograph", "date": "1901-05-14",
    }  # fmt: skip
    assert proposal.copies == {"docs/media/1901/Vieux Pont.JPG": raw}
    assert proposal.remarks == [
        (
            "1901/Vieux Pont.JPG: JPEG of 40 × 30 pixels, 1 kB, "
            "date 1901-05-14 as its camera wrote it: that of the scan, if it is one"
        ),
        (
            "to do, row by row, by somebody who knows: "
            "caption_fr, caption_en, alt_fr, alt_en, author or source, licence"
        ),
    ]


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday"])
def test_a_clock_that_was_never_set_is_no_date(taken: str) -> None:
    assert rows(proposed(("a.jpg", picture(taken))))[0]["date"] == ""


def test_a_place_that_a_camera_noted_is_named() -> None:
    assert any(
        "it holds the place where it was taken" in r for r in proposed(("a.jpg", picture(gps=True))).remarks
    )


def test_sounds_films_and_other_forms_of_pictures_come_in() -> None:
    found = [
        ("a.png", picture(form="PNG")),
        ("b.tif", picture(form="TIFF")),
        ("c.mp3", b"ID3"),
        ("d.mp4", b"film"),
    ]
    proposal = proposed(*found)
    assert proposal.problems == []
    assert [row["id"] for row in rows(proposal)] == ["m-a", "m-b", "m-c", "m-d"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.heic", b"x", "not a form that a page can show"),
        ("notes.txt", b"x", "not a form that a page can show"),
        ("a.jpg", b"", "the file is empty"),
        ("a.jpg", b"not a picture", "the picture cannot be read"),
        ("a.jpg", picture()[:60], "the picture cannot be read"),
    ],
)
def test_what_cannot_be_shown_is_named(name: str, raw: bytes, said: str) -> None:
    [problem] = proposed((name, raw)).problems
    assert str(problem).startswith(f"scans/{name}:1: unreadable-file: {said}")


def test_what_is_listed_comes_in_once_and_another_file_of_its_name_is_refused() -> None:
    listed = read_table_text(FILES["data/media.csv"]).records[1].cells[1]
    raw = FILES[f"docs/media/{listed}"]
    again = proposed((listed, raw), ("copy.png", raw))
    assert (again.added, again.alike, again.after) == ([], 2, again.before)
    assert any(f"copy.png: the same file as {listed}" in remark for remark in again.remarks)
    other = {**FILES, "docs/media/x.jpg": picture(colour="red")}
    outcome = import_pictures(other, [("x.jpg", picture())], "scans")
    assert isinstance(outcome, PicturesProposal)
    assert [p.message for p in outcome.problems] == ["docs/media/x.jpg is another file"]


def test_two_files_of_one_name_get_two_ids() -> None:
    proposal = proposed(("1/a.jpg", picture()), ("2/a.jpg", picture(colour="red")))
    assert proposal.added == ["m-a", "m-a-2"]


def test_a_documentary_without_a_table_of_media_says_so() -> None:
    outcome = import_pictures(read_inputs(TINY), [("a.jpg", picture())], "scans")
    assert isinstance(outcome, list)
    assert "there is no table of media" in outcome[0].message


def test_the_command_copies_and_writes_only_when_asked(tmp_path: Path) -> None:
    root, folder = tmp_path / "bridge", tmp_path / "scans"
    for path, raw in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    folder.mkdir()
    (folder / "new.jpg").write_bytes(picture("1901:05:14 00:00:00"))
    words = ["import", "pictures", str(folder), "--root", str(root), "--kind", "photograph"]
    shown = CliRunner().invoke(main, words, catch_exceptions=False)
    assert "1 file would be copied into docs/media/" in shown.output
    assert not (root / "docs/media/new.jpg").exists()
    done = CliRunner().invoke(main, [*words, "--write"], catch_exceptions=False)
    assert (root / "docs/media/new.jpg").exists()
    assert b"m-new,new.jpg,photograph" in (root / "data/media.csv").read_bytes()
    assert "no-licence" in done.output
    assert done.exit_code == 1
    below = [*words[:2], str(root / "docs" / "media"), *words[3:]]
    again = CliRunner().invoke(main, below, catch_exceptions=False)
    assert "nothing to write: the data have all of it" in again.output
    no = CliRunner().invoke(main, ["import", "pictures", str(folder / "new.jpg"), "--root", str(root)])
    assert (no.exit_code, "is no folder" in no.output) == (2, True)
