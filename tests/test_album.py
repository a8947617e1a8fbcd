"""Pictures: what their rows must say, and each mistake with its place and what to do."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from selectolax.lexbor import LexborHTMLParser

import generator
from generator.build import Checked, check
from generator.language import Language
from generator.language.catalogs import load_languages
from generator.loading import Inputs, load
from generator.pages.cards import CardMaker
from tests.album import ADDRESS, album
from tests.test_problems import HERE, apply_edit, check_lines, read_case

CASES = sorted((HERE / "cases" / "pictures").glob("*.txt"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return album(tmp_path / "album")


def test_a_documentary_with_pictures_has_no_problem(root: Path) -> None:
    assert check_lines(root) == ""


def test_a_file_that_no_row_names_is_a_notice_which_stops_nothing(root: Path) -> None:
    (root / "docs" / "media" / "boat.jpg").write_bytes(b"")
    checked = check(root, lambda _: None)
    assert isinstance(checked, Checked)
    assert [(one.location.file, one.code) for one in checked.notices] == [
        ("docs/media/boat.jpg", "unlisted-file")
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_mistake_about_a_picture_is_said_with_its_place_and_what_to_do(case: Path, root: Path) -> None:
    edits, expected = read_case(case.read_text(encoding="utf-8"))
    for edit in edits:
        apply_edit(root, *edit)
    assert check_lines(root) == expected


def test_rows_of_pictures_come_as_frames(root: Path) -> None:
    story = generator.open_documentary(root)
    media, captions = story.frame("media"), story.frame("captions")
    assert list(media.index) == list(story.inputs.ledger.media)
    assert (media.loc["m-weir", "shows"], media.loc["m-weir", "licence"]) == (
        ("p-weir", "keeper-anne"),
        "cc-by",
    )
    assert str(media["date_earliest"].dtype) == "datetime64[s]"
    assert (captions.loc["k-weir", "media"], captions.loc["k-weir", "rank"]) == ("m-weir", "deprecated")


# ---- The site ----


@pytest.fixture(scope="module")
def site(built_album: Path) -> Path:
    return built_album / "site"


def tree(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


@pytest.mark.engine
@pytest.mark.node
@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_picture_stands_with_its_widths_its_words_and_its_licence(site: Path, code: str) -> None:
    (figure,) = tree(site, f"{code}/index.html").css("#media-m-weir")
    image, source = figure.css_first("img"), figure.css_first("source")
    assert (image.attributes["width"], image.attributes["height"]) == ("1000", "667")
    assert (image.attributes["loading"], image.attributes["decoding"]) == ("lazy", "async")
    alt = {"fr": "De l’eau brune sur un barrage de pierre.", "en": "Brown water over a weir of stone."}
    assert image.attributes["alt"] == alt[code]
    widths = [part.split()[-1] for part in (source.attributes["srcset"] or "").split(", ")]
    assert widths == ["480w", "1000w", "1440w"]
    lines = [" ".join(line.text().split()) for line in figure.css("figcaption p")]
    assert (
        lines
        == {
            "fr": [
                "Le barrage à la crue. Avril 1907.",
                "Douteux : Le cliché est recadré.",
                "Par Studio Aune. Archives de l’Aune. Géomètre 1908, p. 3. CC BY 4.0. Tout ce qu’on en sait",
            ],
            "en": [
                "The weir in flood. April 1907.",
                "Doubtful: The print is cropped.",
                "By Studio Aune. Archives de l’Aune. Géomètre 1908, p. 3. CC BY 4.0. All about it",
            ],
        }[code]
    )
    licence = figure.css_first("a[rel~=license]")
    assert licence.attributes["href"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.engine
@pytest.mark.node
def test_the_page_of_pictures_says_all_that_is_said_of_each(site: Path) -> None:
    page = tree(site, "en/ledger/pictures.html")
    entries = {node.attributes["id"]: " ".join(node.text().split()) for node in page.css(".media-entry")}
    assert list(entries) == ["m-tower", "m-weir", "m-boats", "m-ferry", "m-bell"]
    assert "Shown: Upper Weir, Anne of the Mill" in entries["m-weir"]
    assert "The pond run dry. (Gazette 1907, p. 1) deprecated the pond has no weir" in entries["m-weir"]
    assert "Told in: The floods of the Aune" in entries["m-tower"]
    assert page.css("#m-weir a[href='#m-weir']") == []


@pytest.mark.engine
@pytest.mark.node
def test_only_a_page_that_plays_something_may_load_what_is_played(site: Path) -> None:
    def policy(path: str) -> str:
        return str(tree(site, path).css_first("meta[http-equiv]").attributes["content"])

    assert "media-src 'self'; " in policy("en/index.html")
    assert "media-src" not in policy("en/ledger/places.html")
    for path in site.rglob("*.html"):
        assert "media-src *" not in path.read_text(encoding="utf-8")


@pytest.mark.engine
@pytest.mark.node
def test_a_recording_has_its_words_beside_it_and_a_film_its_still_and_subtitles(site: Path) -> None:
    page = tree(site, "en/index.html")
    audio, video = page.css_first("audio"), page.css_first("video")
    assert (audio.attributes["preload"], video.attributes["preload"]) == ("none", "none")
    assert "controls" in audio.attributes
    assert video.attributes["poster"] == "../media/m-ferry/640.jpg"
    assert [track.attributes["srclang"] for track in video.css("track")] == ["en"]
    assert "A bell rings twice." in page.css_first("#media-m-bell details").text()


@pytest.mark.engine
@pytest.mark.node
def test_the_archive_of_a_language_holds_its_pictures_and_no_original(site: Path) -> None:
    with zipfile.ZipFile(site / "download" / "en.zip") as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"media/m-weir/1000.avif", "media/m-bell/sound.wav"} <= names
    published = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [path for path in published if path.endswith(("weir.jpg", "tower.png", "boats.jpg"))]


@pytest.mark.engine
@pytest.mark.node
def test_machines_are_told_what_a_picture_is_whose_it_is_and_what_allows_it(site: Path) -> None:
    page = tree(site, "en/index.html")
    (script,) = page.css("script[type='application/ld+json']")
    parts = json.loads(script.text())["@graph"][0]["hasPart"]
    (weir,) = (part for part in parts if part.get("caption") == "The weir in flood.")
    assert weir == {
        "@type": "ImageObject",
        "name": "The weir in flood.",
        "caption": "The weir in flood.",
        "description": "Brown water over a weir of stone.",
        "contentUrl": f"{ADDRESS}media/m-weir/1800.jpg",
        "thumbnailUrl": f"{ADDRESS}media/m-weir/1000.jpg",
        "encodingFormat": "image/jpeg",
        "width": 1800,
        "height": 1200,
        "dateCreated": "1907-04",
        "creator": {"@type": "Thing", "name": "Studio Aune"},
        "creditText": "Archives de l’Aune",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "inLanguage": "en",
    }
    assert {part["@type"] for part in parts} == {"Dataset", "ImageObject", "AudioObject", "VideoObject"}
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert listed.count(f"<image:loc>{ADDRESS}media/m-weir/1800.jpg</image:loc>") == 2


@pytest.mark.engine
@pytest.mark.node
def test_the_pictures_of_a_place_stand_in_its_entry_and_on_its_card(site: Path, built_album: Path) -> None:
    entry = tree(site, "en/ledger/places.html").css_first("#p-mill")
    thumbs = [(link.attributes["href"], link.css_first("img")) for link in entry.css(".media-of a")]
    assert [href for href, _ in thumbs] == [
        f"pictures.html#{one}" for one in ("m-tower", "m-boats", "m-bell")
    ]
    assert [image.attributes["alt"] if image else "" for _, image in thumbs] == [
        "The tower of the mill.",
        "The boats at the mill.",
        "",
    ]
    ledger, language = loaded(built_album).ledger, load_languages(("en",))[0]
    assert isinstance(language, Language)
    maker = CardMaker(ledger, language, ())
    card, place = maker.card("m-weir"), maker.card("p-mill")
    assert card is not None
    assert place is not None
    assert (card.head, card.what, card.when) == ("The weir in flood.", "photographs", "April 1907")
    assert card.lines[:2] == ("Doubtful: The print is cropped.", "Gazette 1907 says: The pond run dry.")
    assert [lead.id for one in place.related for lead in one.leads] == ["m-tower", "m-boats", "m-bell"]


def loaded(root: Path) -> Inputs:
    inputs = load(root)
    assert isinstance(inputs, Inputs)
    return inputs


# ---- Paper ----


@pytest.mark.engine
@pytest.mark.node
def test_pictures_are_printed_with_their_words_and_recordings_with_a_still_and_an_address(site: Path) -> None:
    with pikepdf.open(site / "en" / "pdf" / "index.pdf") as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        alts = {str(node.get("/Alt", "")) for node in pdf.objects if isinstance(node, pikepdf.Dictionary)}
        links = {
            str(node.A.URI)
            for node in pdf.objects
            if isinstance(node, pikepdf.Dictionary)
            and node.get("/Subtype") == "/Link"
            and "/URI" in node.get("/A", {})
        }
        attached = set(pdf.attachments)
    assert len(images) >= 4
    assert {"Brown water over a weir of stone.", "A ferry on calm water."} <= alts
    assert {f"{ADDRESS}media/m-bell/sound.wav", f"{ADDRESS}media/m-ferry/film.mp4"} <= links
    assert {"media.csv", "captions.csv"} <= attached
