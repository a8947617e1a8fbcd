"""The look of every documentary: templates, style sheets and an icon; a documentary's own are laid over them.

A file of the documentary takes the place of the theme's that has the same path: its
`overrides/partials/nav.html` that of `templates/partials/nav.html`, its `docs/assets/favicon.svg` that of
`assets/favicon.svg`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_HERE = Path(__file__).parent
#: The sheets of every page, in the order in which they are joined; those of `mkdocs.yml` come after them.
STYLES: Final = (
    "assets/site.css",
    "assets/figures.css",
    "assets/lists.css",
    "assets/print.css",
    "assets/stepper.css",
)
#: Those for what few pages have, each with a selector of it: a page without it does not ask for the sheet.
STYLES_OF_FEW: Final[Mapping[str, str]] = {
    "assets/lists.css": ".filter, .letters",
    "assets/stepper.css": ".stepper",
}
#: The style of the pages above all languages, which stands in the page itself.
ROOT_STYLE: Final = "assets/root.css"
#: The icon of every page, from the folder of its language.
ICON: Final = "assets/favicon.svg"
#: The styles of what a reader asks for, cards, search, live charts: they are loaded with the first of them.
LATE_STYLES: Final = ("assets/cards.css", "assets/explore.css", "assets/search.css")
#: What the engine is told of the theme, unless `mkdocs.yml` says otherwise. Zensical has two variants: the
#: classic one is the markup that the templates stand on.
SETTINGS: Final[Mapping[str, Any]] = {
    "name": "material",
    "variant": "classic",
    "custom_dir": "overrides",
    "font": False,
    "favicon": ICON,
}


def templates(overlay: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every template by its path, *own* ones in the place of the theme's."""
    return {**_files("templates"), **overlay}


def assets(overlay: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return styles and icons by their path below `docs/`, *own* ones in the place of the theme's."""
    theme = {f"assets/{path}": raw for path, raw in _files("assets").items()}
    return {**theme, **{path: raw for path, raw in overlay.items() if path.startswith("assets/")}}


def spoken(code: str) -> str:
    """Return the language in which Material says what we leave it to say, for a language of a documentary.

    It knows `pt-BR` and `zh-Hant`, but of `sr-Latn` only `sr`; where it knows neither it speaks English. The
    page says its own language in any case.
    """
    spec = find_spec("material")
    known = (
        Path(spec.origin).parent / "templates" / "partials" / "languages" if spec and spec.origin else _HERE
    )
    parts = code.split("-")
    nearest = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((name for name in nearest if (known / f"{name}.html").is_file()), "en")


@cache
def _files(folder: str) -> dict[str, bytes]:
    top = _HERE / folder
    return {p.relative_to(top).as_posix(): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}
