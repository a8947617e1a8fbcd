"""The pages of one language go in; a complete MkDocs project comes out, as a tree path -> bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from generator.figures import Figure
from generator.language import Language
from generator.ledger.schema import FORMULA
from generator.loading import Inputs
from generator.pages import Page, Site
from generator.settings import Documentary, PageKind, PageSettings
from generator.site import theme

#: What a browser runs, the same for every documentary.
_SCRIPTS = Path(__file__).parent / "assets"
#: Writes YAML: libyaml does it in a fifth of the time, where the package has it, and in the same bytes.
_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def make_project(
    inputs: Inputs, site: Site, base: Mapping[str, Any], overrides: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Lay out everything the engine reads for one language.

    Args:
        inputs: the documentary.
        site: its pages and figures in the language.
        base: the hand-written `mkdocs.yml`.
        overrides: the documentary's own templates by path, laid over the theme's.
    """
    code = site.language.code
    tree = {f"docs/{page.path}.md": _markdown(page) for page in site.pages}
    tree |= {f"docs/{path}": raw for path, raw in theme.assets(inputs.extra).items()}
    tree |= {f"docs/assets/{name}": raw for name, raw in own_scripts().items()}
    tree["docs/assets/sides.css"] = sides_css(inputs)
    folder = {**theme.SETTINGS, **base.get("theme", {})}["custom_dir"]
    tree |= {f"{folder}/{path}": raw for path, raw in theme.templates(overrides).items()}
    for ident, figure in site.figures.items():
        tree[f"docs/figures/{ident}.{code}.csv"] = figure_csv(figure)
    tree["mkdocs.yml"] = config(inputs, site, base)
    return tree


@cache
def own_scripts() -> dict[str, bytes]:
    """Return the scripts of every documentary by name."""
    return {path.name: path.read_bytes() for path in sorted(_SCRIPTS.glob("*.js"))}


def config(inputs: Inputs, site: Site, base: Mapping[str, Any]) -> bytes:
    """Return a complete `mkdocs.yml`: the base, and what is particular to the language."""
    documentary, language = inputs.documentary, site.language
    others = [
        {"name": name, "link": f"../{code}/{documentary.home}.html", "lang": code}
        for code, name in documentary.languages.items()
    ]
    more: dict[str, dict[str, Any]] = {
        "toc": {"permalink_title": language.say("Link to this section")},
        "footnotes": {
            "BACKLINK_TITLE": language.say("Back to note {n} in the text", n="{}"),
            "USE_DEFINITION_ORDER": False,
        },
    }
    whole = {
        **base,
        "site_name": language.text(documentary.title),
        "site_description": language.text(documentary.about),
        "copyright": language.text(documentary.licence),
        "docs_dir": "docs",
        "theme": {**theme.SETTINGS, **base.get("theme", {}), "language": theme.spoken(language.code)},
        "markdown_extensions": extensions(base["markdown_extensions"], more),
        "extra_css": list(dict.fromkeys(["assets/sides.css", *theme.STYLES, *base.get("extra_css", [])])),
        "extra_javascript": [{"path": "assets/site.js", "defer": True}],
        "extra": {
            "alternate": others,
            "generator": False,
            "home": f"{documentary.home}.html",
            "search": names_page(documentary),
            "words": words(language),
        },
        "nav": navigation(documentary.chapters, site),
    }
    return _yaml(whole, width=100).encode()


def names_page(documentary: Documentary) -> str:
    """Return the page that stands in for search where no script runs: the first that lists names, or home."""
    chapters = documentary.chapters
    listing = (chapter.path for chapter in chapters if chapter.kind is PageKind.ENTITIES)
    return f"{next(listing, documentary.home)}.html"


def words(language: Language) -> dict[str, str]:
    """Return what the theme templates say: they hold no words of their own."""
    return {
        "menu": language.say("Contents"),
        "search": language.say("Search"),
        "languages": language.say("Languages"),
        "scheme": language.say("Light or dark paper"),
        "sections": language.say("On this page"),
        "turn": language.say("Previous and next page"),
        "previous": language.say("Previous"),
        "next": language.say("Next"),
    }


def extensions(base: Sequence[Any], more: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Add options to extensions of the base configuration, keeping their order."""
    extensions = []
    for entry in base:
        name, options = (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))
        merged = {**options, **more.get(name, {})}
        extensions.append({name: merged} if merged else name)
    return extensions


def navigation(chapters: tuple[PageSettings, ...], site: Site) -> list[Any]:
    """Return the navigation: pages in the order of the settings, under their groups."""
    titles = {page.path: page.title for page in site.pages}
    nav: list[Any] = []
    groups: dict[str, list[Any]] = {}
    for chapter in chapters:
        entry = {titles[chapter.path]: f"{chapter.path}.md"}
        group = site.language.text(chapter.group)
        if not group:
            nav.append(entry)
            continue
        if group not in groups:
            groups[group] = []
            nav.append({group: groups[group]})
        groups[group].append(entry)
    return nav


@lru_cache(maxsize=1 << 12)
def _front(title: str, description: str, *, hides_contents: bool) -> str:
    """Return the front matter of a page, which takes longer to write than all the rest."""
    meta: dict[str, Any] = {"title": title, "description": description}
    if hides_contents:
        meta["hide"] = ["toc"]
    return _yaml(meta, width=1000)


#: What was written of a value last, by what it is: a long navigation is, at most saves, what it was.
_WRITTEN: dict[tuple[str, int], str] = {}


def _yaml(value: Mapping[str, Any], *, width: int) -> str:
    asked = repr(value), width
    if asked not in _WRITTEN:
        if len(_WRITTEN) > 64:  # more than the languages of a documentary: nobody asks for the first any more
            _WRITTEN.clear()
        text = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=width)
        _WRITTEN[asked] = str(text)
    return _WRITTEN[asked]


def _markdown(page: Page) -> bytes:
    front = _front(page.title, page.description, hides_contents=page.hides_contents)
    heading = "" if page.markdown.lstrip().startswith("# ") else f"# {page.title}\n\n"
    return f"---\n{front}---\n\n{heading}{page.markdown}".encode()


def figure_csv(figure: Figure) -> bytes:
    """Return the table of a figure as CSV, with the bare number beside what a reader sees."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*figure.table_head, "value", "claim"])
    for row in figure.table_rows:
        value, claim = next(((cell.value, cell.record_id) for cell in row if cell.record_id), ("", ""))
        writer.writerow([safe_cell(text) for text in (*(cell.text for cell in row), value, claim)])
    return out.getvalue().encode()


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a cell: a leading = + - @ gets an apostrophe before it."""
    number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(FORMULA) and not number else text


def sides_css(inputs: Inputs) -> bytes:
    """Return the colour of every side as a custom property, lighter on a dark screen.

    `--side-x-drawn` keeps the colour that figures are drawn in, so that a script can change it.
    """
    sides = list(inputs.ledger.sides.values())
    names = " ".join(side.id for side in sides)
    light = "".join(f"  --side-{s.id}: {s.colour};\n  --side-{s.id}-drawn: {s.colour};\n" for s in sides)
    dark = "".join(f"  --side-{s.id}: {lighter(s.colour)};\n" for s in sides)
    return (
        f':root {{\n  --sides: "{names}";\n{light}}}\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n{dark}}}\n}}\n'
        f"@media screen and (prefers-color-scheme: dark) {{\n"
        f":root:not([data-md-color-scheme]) {{\n{dark}}}\n}}\n"
    ).encode()


def lighter(colour: str, share: float = 0.45) -> str:
    """Mix a colour #rrggbb with white; *share* is the part of white."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


__all__ = ["Language", "config", "figure_csv", "make_project", "navigation", "safe_cell"]
