"""Files of pictures are read right or refused by name; what is published of them says nothing of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageStat

from generator.language import Language
from generator.language.catalogs import load_languages
from generator.ledger.edtf import parse
from generator.ledger.model import Media
from generator.media import check_files, encoding, make_shown, telling_files, unlisted_files
from generator.media import files as looking
from generator.media.encoding import PLAIN, WIDTHS, encode
from generator.media.opening import MOST, PictureError, check_picture, open_picture
from generator.media.recordings import is_what_it_says, tells_place
from generator.output.memory import Memory
from generator.pages.media_block import dated
from generator.problems import Location
from tests.album import drawn, encoded

SIZE = (320, 200)
BROWN = (122, 92, 62)


def media(ident: str, file: str, still: str = "") -> Media:
    text = {"fr": "x", "en": "x"}
    return Media(
        id=ident,
        file=file,
        kind="photograph",
        caption=text,
        alt=text,
        date=None,
        place="",
        people=(),
        units=(),
        equipment=(),
        author="x",
        provenance=None,  # type: ignore[arg-type] - nothing here reads it
        licence="free",
        credit="",
        doubt=text,
        transcript=text,
        still=still,
        location=Location("data/media.csv", 2),
    )


def lines(one: Media, files: dict[str, bytes]) -> list[str]:
    found = check_files([one], {f"docs/media/{name}": raw for name, raw in files.items()})
    return [str(problem) for problem in found]


def near(seen: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(seen, wanted, strict=True))


# ---- What is read ----


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("TIFF", "RGB"),
        ("TIFF", "CMYK"),
        ("TIFF", "LAB"),
        ("WEBP", "RGBA"),
        ("AVIF", "RGB"),
        ("GIF", "P"),
    ],
)
def test_every_kind_of_picture_comes_out_as_a_screen_shows_it(form: str, mode: str) -> None:
    if mode == "LAB":
        picture = ImageCms.profileToProfile(
            drawn(SIZE, "#7a5c3e"),
            ImageCms.createProfile("sRGB"),
            ImageCms.createProfile("LAB"),
            outputMode="LAB",
        )
        assert picture is not None
    else:
        picture = drawn(SIZE, "#7a5c3e", mode)
    raw = encoded(picture, form)
    assert check_picture(raw) is None
    seen = open_picture(raw)
    assert (seen.size, seen.mode in {"RGB", "L"}, seen.info) == (SIZE, True, {})
    left = tuple(seen.convert("RGB").getpixel((20, 100)))  # type: ignore[arg-type]
    grey = mode in {"L", "LA", "1"}
    assert grey or near(left, BROWN, 40 if mode in {"CMYK", "P", "LAB"} else 12)


def test_what_is_transparent_stands_on_white() -> None:
    picture = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    assert open_picture(encoded(picture, "PNG")).getpixel((5, 5)) == (255, 255, 255)
    palette = Image.new("P", SIZE, 3)
    palette.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
    assert open_picture(encoded(palette, "PNG", transparency=3)).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    picture = Image.new("I;16", SIZE)
    picture.paste(257 * 100, (0, 0, *SIZE))
    assert open_picture(encoded(picture, "PNG")).getpixel((5, 5)) == 100
    assert open_picture(encoded(picture, "TIFF")).getpixel((5, 5)) == 100


@pytest.mark.parametrize(("orientation", "bright"), [(3, "below"), (6, "left"), (8, "right")])
def test_a_picture_that_was_turned_stands_upright(orientation: int, bright: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = open_picture(encoded(drawn(SIZE, "#000000"), "JPEG", exif=exif.tobytes()))
    assert seen.size == (SIZE if orientation == 3 else SIZE[::-1])
    width, height = seen.size
    halves = {
        "above": (0, 0, width, height // 2),
        "below": (0, height // 2, width, height),
        "left": (0, 0, width // 2, height),
        "right": (width // 2, 0, width, height),
    }
    light = {name: ImageStat.Stat(seen.convert("L").crop(box)).mean[0] for name, box in halves.items()}
    opposite = {"below": "above", "left": "right", "right": "left"}[bright]
    assert light[opposite] != light[bright]
    upright = drawn(SIZE, "#000000").transpose(
        {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}[
            orientation
        ]
    )
    assert near(ImageStat.Stat(seen).mean, ImageStat.Stat(upright).mean, 3)  # type: ignore[arg-type]
    assert near(seen.getpixel((9, 9)), upright.getpixel((9, 9)), 20)  # type: ignore[arg-type]


def test_the_colours_of_a_profile_become_those_of_a_screen() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = encoded(drawn(SIZE, "#7a5c3e"), "JPEG", icc_profile=lab, quality=95)
    assert near(open_picture(raw).getpixel((20, 100)), BROWN)  # type: ignore[arg-type]
    raw = encoded(drawn(SIZE, "#7a5c3e"), "JPEG", icc_profile=b"no profile", quality=95)
    assert near(open_picture(raw).getpixel((20, 100)), BROWN)  # type: ignore[arg-type]


# ---- What is refused ----


def animated() -> bytes:
    frames = [drawn(SIZE, colour) for colour in ("#000000", "#ff0000", "#00ff00")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def huge() -> bytes:
    return encoded(Image.new("1", (MOST // 10_000 + 10, 10_000)), "PNG")


REFUSED = [
    (b"", "no picture can be read in it"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture can be read in it"),
    (encoded(drawn(SIZE, "#7a5c3e"), "JPEG")[:2500], "it is broken"),
    (encoded(drawn(SIZE, "#7a5c3e"), "PNG")[:900], "it is broken"),
    (animated(), "it holds 3 pictures, and a page shows one that stands still"),
    (huge(), "12010 × 10000 pixels are more than 120 million"),
    (encoded(Image.new("F", SIZE, 0.5), "TIFF"), "its grey is measured in numbers that no screen shows"),
    (encoded(Image.new("RGB", (8, 4)), "PNG"), "8 × 4 pixels are no picture"),
]


@pytest.mark.parametrize(
    ("raw", "said"),
    REFUSED,
    ids=["empty", "svg", "cut-jpeg", "cut-png", "moving", "huge", "measured", "tiny"],
)
def test_what_no_page_can_show_is_refused_by_its_name(raw: bytes, said: str) -> None:
    wrong = check_picture(raw)
    assert wrong is not None
    assert wrong[0].startswith(said)
    assert wrong[1]
    with pytest.raises(PictureError):
        open_picture(raw)


def test_a_file_that_is_refused_is_named_with_its_row_and_what_to_do() -> None:
    assert lines(media("m-a", "a.gif"), {"a.gif": animated()}) == [
        (
            "data/media.csv:2:file: bad-media: a.gif: it holds 3 pictures, "
            "and a page shows one that stands still\n"
            "    hint: save the one that you mean, or publish it as a film"
        )
    ]
    assert lines(media("m-a", "brige.jpg"), {"bridge.jpg": b""}) == [
        (
            "data/media.csv:2:file: missing-file: docs/media/brige.jpg is not there\n"
            '    hint: did you mean "bridge.jpg"?'
        )
    ]


def test_pictures_are_looked_into_together_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def apart(look: Callable[[Sequence[bytes]], object], batches: Sequence[Sequence[bytes]]) -> list[object]:
        asked.extend(len(batch) for batch in batches)
        return [look(batch) for batch in batches]

    monkeypatch.setattr(looking, "apart", apart)
    monkeypatch.setattr(encoding, "bound_memory", lambda: None)  # here it would bind the tests themselves
    monkeypatch.setattr(looking, "_VERDICTS", {})
    raws = {f"{n}.png": encoded(drawn((40, 30), f"#0000{n:02x}"), "PNG") for n in range(4)}
    files = {f"docs/media/{name}": raw for name, raw in raws.items()}
    rows = [media(f"m-{n}", f"{n}.png") for n in range(4)]
    assert list(check_files(rows, files)) == []
    assert list(check_files(rows, files)) == []
    assert asked == [4]
    monkeypatch.setattr(looking, "_VERDICTS", {})
    monkeypatch.setattr(looking, "_BATCH", 2 * max(map(len, raws.values())))
    assert list(check_files(rows, files)) == []
    assert asked == [4, 2, 2]


def test_a_file_that_no_row_names_is_said_and_subtitles_go_with_their_film() -> None:
    names = ("a.mp4", "still.png", "a.fr.vtt", "a.frr.vtt", "b.jpg")
    files = {f"docs/media/{name}": b"" for name in names} | {"docs/fr/index.md": b""}
    found = [str(one) for one in unlisted_files([media("m-a", "a.mp4", "still.png")], files)]
    assert found == [
        f"docs/media/{name}:1: unlisted-file: no row of media names it: no page shows it\n"
        "    hint: give it a row (generator import pictures docs/media/ begins it), or take it away"
        for name in ("a.frr.vtt", "b.jpg")
    ]


# ---- What is published ----


def secretive() -> bytes:
    """Return a photograph that names where, by whom and with what it was taken, in three ways."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "SecretCamera", "Secret Person"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 43.0, 12.0), 3: "E", 4: (118.0, 35.0, 7.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><Secret>47.72N</Secret></x:xmpmeta>'
    return encoded(
        drawn((1700, 1100), "#7a5c3e"), "JPEG", exif=exif.tobytes(), xmp=xmp, comment=b"Secret note"
    )


def test_nothing_that_is_published_tells_place_person_or_camera() -> None:
    raw = secretive()
    assert (b"Secret" in raw, bool(Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825))) == (True, True)
    shown = make_shown([media("m-a", "a.jpg")], {"docs/media/a.jpg": raw}, None)["m-a"]
    for made in (*shown.files.values(), shown.paper):
        assert b"Secret" not in made
        assert b"Exif" not in made
        with Image.open(io.BytesIO(made)) as image:
            assert dict(image.getexif()) == {}
            assert {"exif", "xmp", "icc_profile", "comment"} & set(image.info) == set()


def test_a_picture_is_made_in_the_widths_of_pages_and_never_larger_than_it_is() -> None:
    wide = encode(encoded(drawn((2600, 1300), "#7a5c3e"), "JPEG"))
    assert [(one.width, one.height) for one in wide.avif] == [(w, w // 2) for w in WIDTHS]
    assert (wide.plain.width, wide.paper.width, wide.large.width) == (PLAIN, 1440, 2400)
    small = encode(encoded(drawn((300, 200), "#7a5c3e"), "PNG"))
    made = [*small.avif, small.plain, small.paper, small.large]
    assert {(one.width, one.height) for one in made} == {(300, 200)}
    assert all(one.raw[4:12] == b"ftypavif" for one in wide.avif)


def test_the_same_picture_gives_the_same_bytes_and_is_remembered(tmp_path: Path) -> None:
    files = {"docs/media/a.jpg": encoded(drawn((700, 500), "#7a5c3e"), "JPEG")}
    first, second = (Memory(tmp_path / "memory", "someone") for _ in range(2))
    made = make_shown([media("m-a", "a.jpg")], files, first)
    first.close()
    assert made == make_shown([media("m-a", "a.jpg")], files, second)
    assert (len(first.made), second.made, second.found) == (1, [], 1)
    assert made == make_shown([media("m-a", "a.jpg")], files, None)


def test_the_date_of_a_picture_ends_with_one_stop() -> None:
    (french,) = load_languages(["fr"])
    assert isinstance(french, Language)
    dates = [replace(media("m-a", "a.jpg"), date=parse(text)) for text in ("1907-04", "-0043-03")]
    assert [dated(one, french) for one in dates] == ["Avril 1907.", "Mars 44 av. J.-C."]


# ---- Sound and film ----

MP4 = b"\0\0\0\x18ftypmp42" + bytes(64)


def test_a_film_is_played_as_it_is_with_its_still_and_subtitles() -> None:
    files = {
        "docs/media/a.mp4": MP4,
        "docs/media/a.fr.vtt": b"WEBVTT\n",
        "docs/media/still.png": encoded(drawn((400, 300), "#7a5c3e"), "PNG"),
    }
    shown = make_shown([media("m-a", "a.mp4", "still.png")], files, None)["m-a"]
    assert (shown.recording, shown.type) == ("media/m-a/film.mp4", "video/mp4")
    assert shown.files[shown.recording] == MP4
    assert shown.captions == {"fr": "media/m-a/fr.vtt"}
    assert shown.plain is not None
    assert shown.plain.path == "media/m-a/400.jpg"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.mp3", b"ID3\x03\0\0\0\0\x10\0TPE1\0\0\0\x08\0\0\0Person", "who made it"),
        ("a.mp3", b"ID3\x04\0\0\0\0\x10\0COMM\0\0\0\x08\0\0engx", "a remark"),
        ("a.mp3", b"ID3\x04\0\0\0\0\x10\0APIC\0\0\x10\0\0\0\0image/jpeg", "a picture"),
        ("a.mp3", b"ID3\x02\0\0\0\0\x10\0TP1\0\0\x08\0Person", "who made it"),
        ("a.mp3", b"\xff\xfb" + bytes(500) + b"TAG" + bytes(30) + b"Person".ljust(95, b"\0"), "who made it"),
        ("a.mp3", b"\xff\xfb" + bytes(500) + b"APETAGEX\xd0\x07\0\0\x06\0\0\0Artist\0Person", "who made it"),
        ("a.mp4", MP4 + b"\0\0\0\x20\xa9ART\0\0\0\x18data", "who made it"),
        ("a.mp4", MP4 + b"com.apple.quicktime.make\0com.apple.quicktime.model", "what it was made with"),
        ("a.ogg", b"OggS" + bytes(24) + b"\x03vorbis\x0d\0\0\0ARTIST=Person", "who made it"),
        ("a.wav", b"RIFF\x40\0\0\0WAVELIST\x20\0\0\0INFOIART\x08\0\0\0Person\0\0", "who made it"),
    ],
)
def test_what_a_sound_or_film_says_beside_itself_is_a_notice(name: str, raw: bytes, words: str) -> None:
    still = "still.png" if name.endswith("4") else ""
    [said] = telling_files([media("m-a", name, still)], {f"docs/media/{name}": raw})
    assert (said.code, said.location.line, said.location.column) == ("tells-more", 2, "file")
    assert said.message == f"{name} carries {words}: who saves it sees that"
    assert f"ffmpeg -i {name} -map_metadata -1" in said.hint


def test_a_sound_with_an_empty_old_tag_is_no_notice() -> None:
    raw = b"\xff\xfb" + bytes(500) + b"TAG" + b"A title".ljust(125, b"\0")
    assert list(telling_files([media("m-a", "a.mp3", "")], {"docs/media/a.mp3": raw})) == []


def test_a_film_that_says_nothing_but_what_is_seen_is_no_notice() -> None:
    assert list(telling_files([media("m-a", "a.mp4", "still.png")], {"docs/media/a.mp4": MP4})) == []
    assert list(telling_files([media("m-b", "b.jpg")], {"docs/media/b.jpg": b"TPE1\0"})) == []


@pytest.mark.parametrize(
    "inside",
    [
        b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+47.7200+118.5900/",
        b"\0\0\0\x22gpmd\0\0\0\0\0\0\0\x01\0\0\0\0",
        b"\0\0\0\x30loci\0\0\0\0",
        b"com.apple.quicktime.location.ISO6709",
        b"<exif:GPSLatitude>47,43N</exif:GPSLatitude>",
    ],
)
def test_a_film_that_tells_where_it_was_made_is_refused(inside: bytes) -> None:
    assert tells_place(MP4 + inside)
    (said,) = lines(media("m-a", "a.mp4"), {"a.mp4": MP4 + inside})
    assert re.match(r"data/media\.csv:2:file: betrays-place: a\.mp4 carries the place", said)
    assert "ffmpeg -i a.mp4 -map_metadata -1 -map 0:a? -map 0:v? -c copy clean-a.mp4" in said
    assert not tells_place(MP4)


def test_a_recording_is_what_its_ending_says() -> None:
    assert is_what_it_says("a.MP3", b"ID3\x04")
    assert not is_what_it_says("a.mp3", MP4)
    assert lines(media("m-a", "a.ogg"), {"a.ogg": MP4}) == [
        (
            "data/media.csv:2:file: bad-media: a.ogg is not what its ending says\n"
            "    hint: give it the ending of what it is, or save it anew"
        )
    ]
