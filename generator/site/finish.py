"""The trees the engine built go in, one per language; the tree of the whole site comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.language import Language
from generator.loading import Inputs
from generator.pages import Site
from generator.site import theme
from generator.site.downloads import DATA, archive_of, offline, with_sizes, zipped
from generator.site.feeds import feed, host_files, sitemap
from generator.site.html import finish_page
from generator.site.landing import missing_page, root_page
from generator.site.page_end import Dresser
from generator.site.search.index import make_index
from generator.site.style_attributes import SHEET, lift_styles, sheet

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
        own = finish_language(files, inputs, sites[code], address)
        tree |= {f"{code}/{path}": data for path, data in own.items()}
    if address:
        paths = [f"{chapter.path}.html" for chapter in documentary.chapters]
        tree["sitemap.xml"] = sitemap(paths, codes, documentary.dated, address)
    languages: dict[str, Language] = {code: site.language for code, site in sites.items()}
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    tree["index.html"] = _root(inputs, languages, codes, address)
    tree["404.html"] = missing_page(languages, documentary.languages, style, address)
    return tree | host_files(address) | data_files(inputs)


def with_archives(tree: Mapping[str, bytes], inputs: Inputs, sites: Mapping[str, Site]) -> dict[str, bytes]:
    """Add a zip of each language and of the data to a site that is otherwise complete."""
    documentary = inputs.documentary
    name = str(inputs.package.about.get("name", "documentary"))
    languages = {code: site.language for code, site in sites.items()}
    data = {path.removeprefix("data/"): raw for path, raw in tree.items() if path.startswith("data/")}
    made = {DATA: zipped(data, f"{name}-data", documentary.dated)}
    for code in documentary.languages:
        start = _root(inputs, languages, [code], "")
        made[archive_of(code)] = zipped(offline(code, tree, start), f"{name}-{code}", documentary.dated)
    found = {**tree, **made}
    for code, language in languages.items():
        sizes = {path: _size(len(raw), language) for path, raw in made.items()}
        found |= with_sizes(tree, sizes, code)
    return found


def _size(number: int, language: Language) -> str:
    """Say how big a file is, as its reader counts."""
    if number < 1_000_000:
        return language.say("{n} kB", n=language.number(max(1, round(number / 1000))))
    return language.say("{n} MB", n=language.number(Decimal(number / 1e6).quantize(Decimal("0.1"))))


def _root(inputs: Inputs, languages: Mapping[str, Language], codes: Sequence[str], address: str) -> bytes:
    """Return the page that offers these languages."""
    documentary = inputs.documentary
    titles = {code: languages[code].text(documentary.title) for code in codes}
    about = {code: languages[code].text(documentary.about) for code in codes}
    names = {code: documentary.languages[code] for code in codes}
    style = theme.assets(inputs.extra)[theme.ROOT_STYLE].decode("utf-8")
    return root_page(titles, names, about, style, address)


def finish_language(files: Mapping[str, bytes], inputs: Inputs, site: Site, address: str) -> dict[str, bytes]:
    """Mend every page of one language, and add what is made from all of them."""
    documentary, language = inputs.documentary, site.language
    kept = {path: data for path, data in files.items() if not path.startswith(_UNUSED)}
    pages = {
        path: finish_page(data, path, language.code, list(documentary.languages), address)
        for path, data in kept.items()
        if path.endswith(".html")
    }
    dresser, styles = Dresser(inputs, site, address, kept), dict[str, str]()
    made = make_index(pages, names_of(inputs), language)
    for path, page in pages.items():
        made |= dresser.dress(page, path)
        lift_styles(page, styles)
        made[path] = (page.html or "").encode("utf-8")
    made[SHEET] = sheet(styles)
    title = language.say("{title}: changes of the data", title=dresser.title)
    made["feed.xml"] = feed(language.code, title, dresser.authors, documentary.changes, address)
    return kept | made


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
    """Publish the data package as it is, with its licence and a page that says what is in it."""
    names = ["datapackage.json", "sources.json", *(t.path for t in inputs.package.tables)]
    tree = {f"data/{name}": inputs.files[f"data/{name}"] for name in names}
    tree["data/README.md"] = readme(inputs)
    if "LICENSE-DATA.md" in inputs.files:
        tree["data/LICENSE-DATA.md"] = inputs.files["LICENSE-DATA.md"]
    return tree | {f"data/{path}": raw for path, raw in inputs.extra.items() if path.startswith("geo/")}


def readme(inputs: Inputs) -> bytes:
    """Return what somebody who has only the data needs first, in every language of the documentary."""
    about, parts = inputs.package.about, []
    for code in inputs.documentary.languages:
        said = [str(about.get(f"{key}@{code}", about.get(key, ""))) for key in ("title", "description")]
        rows = [f"* `{table.path}`: {table.titles.get(code, table.name)}" for table in inputs.package.tables]
        parts.append(f"# {said[0]}\n\n{said[1]}\n\n" + "\n".join(rows))
    licences = ", ".join(
        f"{one.get('title', '')} <{one.get('path', '')}>" for one in about.get("licenses", [])
    )
    files = "`datapackage.json`, `sources.json` (CSL-JSON)"
    end = f"{files}. {inputs.documentary.dated}. {licences}"
    return "\n\n".join([*parts, end, ""]).encode()
