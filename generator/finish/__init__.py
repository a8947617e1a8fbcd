"""The trees the engine built go in, one per language; the tree of the whole site comes out."""

from __future__ import annotations

from collections.abc import Mapping

from generator.finish.fixed import missing_page, root_page
from generator.finish.frame import finish_page
from generator.finish.search import make_index
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
    tree: dict[str, bytes] = {}
    for code, files in raw.items():
        own = finish_language(files, inputs, sites[code].language, address)
        tree |= {f"{code}/{path}": data for path, data in own.items()}
    languages: dict[str, Language] = {code: site.language for code, site in sites.items()}
    titles = {code: language.text(documentary.title) for code, language in languages.items()}
    about = {code: language.text(documentary.about) for code, language in languages.items()}
    style = inputs.extra.get("assets/root.css", b"").decode("utf-8")
    tree["index.html"] = root_page(titles, documentary.languages, about, style, address)
    tree["404.html"] = missing_page(languages, documentary.languages, style, address)
    return tree | data_files(inputs)


def finish_language(
    files: Mapping[str, bytes], inputs: Inputs, language: Language, address: str
) -> dict[str, bytes]:
    """Mend every page of one language, and add what is made from all of them."""
    codes = list(inputs.documentary.languages)
    kept = {path: data for path, data in files.items() if not path.startswith(_UNUSED)}
    pages = {
        path: finish_page(data, path, language.code, codes, address)
        for path, data in kept.items()
        if path.endswith(".html")
    }
    styles: dict[str, str] = {}
    for page in pages.values():
        lift_styles(page, styles)
    made = {path: (page.html or "").encode("utf-8") for path, page in pages.items()}
    made[SHEET] = sheet(styles)
    return kept | made | make_index(pages, names_of(inputs), language)


def names_of(inputs: Inputs) -> dict[str, list[str]]:
    """Return every form of every name, in every language, by the anchor of its entry."""
    ledger = inputs.ledger
    found: dict[str, list[str]] = {}
    titles = {ident: entity.name for ident, entity in ledger.entities.items()}
    titles |= {ident: event.title for ident, event in ledger.events.items()}
    for ident, title in titles.items():
        forms = [*title.values(), *(form.name for form in ledger.other_names.get(ident, ()))]
        found[ident] = list(dict.fromkeys(form for form in forms if form))
    return found


def data_files(inputs: Inputs) -> dict[str, bytes]:
    """Publish the data package as it is: anybody's tools can read it from the site."""
    folder = inputs.root / "data"
    names = ["datapackage.json", "sources.json", *(t.path for t in inputs.package.tables)]
    tree = {f"data/{name}": (folder / name).read_bytes() for name in names}
    return tree | {f"data/{path}": raw for path, raw in inputs.extra.items() if path.startswith("geo/")}
