"""The tiny documentary with pictures: a copy that has tables of media, and files that are drawn here."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

from PIL import Image, ImageDraw

from generator.new.answers import read_answers
from generator.new.tables import package
from tests.conftest import TINY, copy_documentary

#: The columns that another documentary calls otherwise: what their ids name here.
TARGETS = {"people": ["witnesses"], "source": ["sources"], "via": ["sources"], "place": ["places"]}
WORDS = """photograph,media-kind,photographies,photographs,,,,,,,
film,media-kind,films,films,,,,,,,
sound,media-kind,sons,sounds,,,,,,,
cc-by,licence,CC BY 4.0,CC BY 4.0,,,,,,,https://creativecommons.org/licenses/by/4.0/
free,licence,domaine public,public domain,,,,,,,
"""
ROWS = """m-weir,weir.jpg,photograph,Le barrage à la crue.,The weir in flood.,De l’eau brune sur un barrage \
de pierre.,Brown water over a weir of stone.,1907-04,p-weir,keeper-anne,Studio Aune,surveyor-1908,p. 3,cc-by,\
Archives de l’Aune,Le cliché est recadré.,The print is cropped.,,,
m-tower,tall/tower.png,photograph,La tour du moulin.,The tower of the mill.,Une tour étroite sous un\
 ciel clair.,A narrow tower under a bright sky.,1907~,p-mill,,,surveyor-1908,pl. 2,free,,,,,,
m-boats,boats.jpg,photograph,Les barques au moulin.,The boats at the mill.,Deux barques noires sur l’eau.,\
Two black boats on the water.,,p-mill,,Louise,,,free,,,,,,
m-bell,bell.wav,sound,La cloche du moulin.,The bell of the mill.,,,1907~,p-mill,,,gazette-1907,,free,,,,\
Une cloche sonne deux fois.,A bell rings twice.,
m-ferry,ferry.mp4,film,Le bac traverse.,The ferry crosses.,Un bac sur une eau calme.,A ferry on calm \
water.,,,,Louise,,,cc-by,,,,Une voix dit : « Tenez la corde. »,A voice says: “Hold the rope.”,still.png
"""
CAPTIONS = """k-weir,m-weir,L’étang à sec.,The pond run dry.,gazette-1907,p. 1,,low,deprecated,\
fr: l’étang n’a pas de barrage | en: the pond has no weir
"""
PAGE = """
[[page]]
path = "ledger/pictures"
kind = "media"
group.fr = "Registre"
group.en = "Ledger"
"""
PROSE = """
## What is seen {#what-is-seen}

{{ image("m-weir") }}

{{ gallery("m-tower", "m-boats") }}

## What is heard {#what-is-heard}

{{ image("m-bell") }}

{{ image("m-ferry") }}
"""
#: Where the site is said to stand.
ADDRESS = "https://example.org/aune/"
TITLES = {"fr": "Images", "en": "Pictures"}


def album(folder: Path) -> Path:
    """Return a copy of the tiny documentary in *folder*, with pictures in its tables, pages and files."""
    root = copy_documentary(TINY, folder)
    _add_tables(root / "data")
    settings = root / "data" / "documentary.toml"
    named = settings.read_text(encoding="utf-8").replace("dated = ", f'address = "{ADDRESS}"\ndated = ', 1)
    settings.write_text(named + PAGE, encoding="utf-8")
    for code, title in TITLES.items():
        _append(root / f"docs/{code}/index.md", PROSE)
        page = f"---\ntitle: {title}\ndescription: {title}, pages.\n---\n"
        (root / f"docs/{code}/ledger/pictures.md").write_text(page, encoding="utf-8")
    media = root / "docs" / "media"
    (media / "tall").mkdir(parents=True)
    drawn((1800, 1200), "#7a5c3e").save(media / "weir.jpg", quality=80)
    drawn((500, 1100), "#31507a").save(media / "tall" / "tower.png")
    drawn((700, 500), "#3e6b4f").save(media / "boats.jpg", quality=80)
    drawn((640, 360), "#7a3e5c").save(media / "still.png")
    (media / "bell.wav").write_bytes(_rung())
    (media / "ferry.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(64))
    (media / "ferry.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nHold the rope.\n")
    return root


def _add_tables(data: Path) -> None:
    """Take the two tables of a new documentary into this one, and their words."""
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    new = package(read_answers("fr: x | en: x", "fr,en", ("a", "b"), "2026-11-27"))
    tables = {table["name"]: table for table in new["resources"]}
    for name, rows in (("media", ROWS), ("captions", CAPTIONS)):
        fields = tables[name]["schema"]["fields"]
        tables[name]["schema"]["fields"] = kept = [f for f in fields if f["name"] != "units"]
        for field in kept:
            key = next((key for key in ("reference", "references") if key in field), "")
            if key and field["name"] in TARGETS:
                field[key] = TARGETS[field["name"]]
        head = ",".join(field["name"] for field in kept)
        (data / f"{name}.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
        descriptor["resources"].append(tables[name])
    words = next(table for table in descriptor["resources"] if table["name"] == "vocabulary")
    urls = tables["vocabulary"]["schema"]["fields"][-1]
    words["schema"]["fields"].append(urls)
    (data / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1))
    path = data / "vocabulary.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{head},url", *(f"{line}," for line in lines), WORDS]), encoding="utf-8")


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _rung() -> bytes:
    """Return a second of silence as a sound."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000)
    return out.getvalue()


def drawn(size: tuple[int, int], colour: str, mode: str = "RGB") -> Image.Image:
    """Return a picture that is darker to the left and lighter above, so that one sees which way it stands."""
    width, height = size
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).rectangle([0, 0, width // 4, height], fill=colour)
    ImageDraw.Draw(image).ellipse([width // 2, height // 8, width * 3 // 4, height // 2], fill="#f0d890")
    return image.convert(mode)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """Return an image as the bytes of a file of that form."""
    out = io.BytesIO()
    image.save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()
