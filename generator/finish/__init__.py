"""The trees the engine built go in, one per language; the tree of the whole site comes out."""

from __future__ import annotations

from collections.abc import Mapping

from generator.finish.fixed import missing_page, root_page
from generator.finish.frame import finish_page
from generator.finish.styles import SHEET, lift_styles, sheet
from generator.language import Language
from generator.loading import Inputs
from generator.pages import Site

#: What a theme or an engine brings that no page of ours loads, or that we make ourselves.
_UNUSED = (
    "404.html",
    "assets/images/favicon.png",
    "assets/javascripts/",
    "assets/stylesheets/",
    "search.json",
    "search/",
    "sitemap.xml",
)


def finish_site(
    raw: Mapping[str, Mapping[str, bytes]], inputs: Inputs, sites: Mapping[str, Site], address: str
) -> dict[str, bytes]:
    """Mend every page, and lay the languages side by side with what stands above them.

    Args:
        raw: what the engine built, by language and path.
        inputs: the documentary.
        sites: its pages by language.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    documentary = inputs.documentary
    codes = list(documentary.languages)
    tree: dict[str, bytes] = {}
    for code, files in raw.items():
        styles: dict[str, str] = {}
        for path, data in files.items():
            if path.startswith(_UNUSED):
                continue
            finished = data
            if path.endswith(".html"):
                page = finish_page(data, path, code, codes, address)
                lift_styles(page, styles)
                finished = (page.html or "").encode("utf-8")
            tree[f"{code}/{path}"] = finished
        tree[f"{code}/{SHEET}"] = sheet(styles)
    languages: dict[str, Language] = {code: site.language for code, site in sites.items()}
    titles = {code: language.text(documentary.title) for code, language in languages.items()}
    about = {code: language.text(documentary.about) for code, language in languages.items()}
    style = inputs.extra.get("assets/root.css", b"").decode("utf-8")
    tree["index.html"] = root_page(titles, documentary.languages, about, style, address)
    tree["404.html"] = missing_page(languages, documentary.languages, style, address)
    return tree | data_files(inputs)


def data_files(inputs: Inputs) -> dict[str, bytes]:
    """Publish the data package as it is: anybody's tools can read it from the site."""
    folder = inputs.root / "data"
    names = ["datapackage.json", "sources.json", *(t.path for t in inputs.package.tables)]
    tree = {f"data/{name}": (folder / name).read_bytes() for name in names}
    return tree | {f"data/{path}": raw for path, raw in inputs.extra.items() if path.startswith("geo/")}
