"""The finished pages and drawings of every language go in; their PDFs come out, or what cannot be printed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from babel.dates import format_date

from generator.drawing import PROGRAMS, Drawings
from generator.drawing.layers import joined
from generator.drawing.render import printable
from generator.figures.figure import WIDE
from generator.language import Language
from generator.ledger.model import Entity
from generator.loading import Inputs
from generator.media import Shown
from generator.output.build_key import digest
from generator.output.memory import Memory
from generator.pages import Site, make_links
from generator.print.ast import Block, Heading
from generator.print.bind import Book
from generator.print.book import Chapter, Document, Index, book_parts, chapter_document
from generator.print.ledger_rows import attachments, used_rows
from generator.print.preamble import DocumentDetails, words
from generator.print.press import Layout, Press, set_layouts
from generator.print.reader import read_content
from generator.print.setting import Order
from generator.print.slices import slices
from generator.print.typst import DrawnPicture, PrintedPhotograph
from generator.print.visit import photographs_of, pictures_of
from generator.problems import Location, Problem
from generator.settings import PageKind
from generator.site.html import PageTree

#: Kinds of pages that are not printed: their rows are attached to what rests on them.
UNPRINTED = (PageKind.CLAIMS, PageKind.FIGURES)
BOOK = "book"
#: A drawing taller than this, in parts of its width, is cut into slices of about the second: small enough to
#: fill what a page has left; the file draws the whole behind each, so smaller ones would make it heavier.
TALLEST, SLICE = 1.65, 0.4
_TEMPLATE = Path(__file__).parent / "template"
_VIEW = re.compile(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')


def print_all(
    inputs: Inputs,
    sites: Mapping[str, Site],
    pages: Mapping[str, PageTree],
    drawings: Drawings,
    *,
    shown: Mapping[str, Shown],
    address: str,
    work: Path,
    memory: Memory,
    packages: Path = PROGRAMS / "node_modules",
    only: str = "",
) -> dict[str, bytes] | list[Problem]:
    """Print every language; return the PDFs by their path in the site ("fr/pdf/book.pdf").

    Args:
        inputs: the documentary.
        sites: its pages and figures in each language.
        pages: each page as a tree, by its path in the site ("fr/index.html").
        drawings: every figure as it is drawn; layers are printed small, beside what is said of them.
        shown: what is seen of each row of media.
        address: the absolute address of the site with a final slash, or "" for none.
        work: the folder that is filled with what Typst reads.
        memory: keeps each PDF from one build to the next.
        packages: the `node_modules` that holds the fonts.
        only: the path of the one PDF that is wanted; "" for all.
    """
    layouts: list[Layout] = []
    problems: list[Problem] = []
    for code, site in sites.items():
        drawn = {ident: printable(drawings.wide[code, ident]) for ident in site.figures}
        drawn |= {
            ident: printable(joined(drawings.narrow[code, ident], drawings.narrow[code, ground]))
            for ident, ground in site.grounds.items()
        }
        make = partial(lay_out, inputs, site, pages, drawn, address, shown)
        parts = _parts(inputs, code, pages, drawn, address)
        parts |= {"its photographs": digest({ident: one.paper for ident, one in shown.items()})}
        layout = memory.recall_value(f"documents {code}", parts, make)
        if isinstance(layout, list):
            problems += layout
        else:
            layouts.append(layout)
    if problems:
        return problems
    epoch = int(dt.datetime.fromisoformat(inputs.documentary.dated).replace(tzinfo=dt.UTC).timestamp())
    return set_layouts(layouts, Press(work, packages, epoch, memory), only)


def printed_paths(inputs: Inputs) -> list[str]:
    """Name every PDF of a documentary, by its path in the site."""
    chapters = [chapter.path for chapter in inputs.documentary.chapters if chapter.kind not in UNPRINTED]
    return [f"{code}/pdf/{name}.pdf" for code in inputs.documentary.languages for name in (*chapters, BOOK)]


def _parts(
    inputs: Inputs, code: str, pages: Mapping[str, PageTree], drawn: Mapping[str, str], address: str
) -> dict[str, str]:
    """Return what the documents of one language are written from."""
    pages_there = {where: page.html.encode("utf-8") for where, page in pages.items() if page.code == code}
    return {
        "its pages": digest(pages_there),
        "its prose": digest({path: text.encode("utf-8") for path, text in inputs.prose[code].items()}),
        "its drawings": digest({name: svg.encode("utf-8") for name, svg in drawn.items()}),
        "the data": inputs.data,
        "the address": address,
    }


def lay_out(
    inputs: Inputs,
    site: Site,
    pages: Mapping[str, PageTree],
    drawings: Mapping[str, str],
    address: str,
    shown: Mapping[str, Shown],
) -> Layout | list[Problem]:
    """Write the documents of one language: one for each chapter, and the book."""
    code = site.language.code
    chapters = list(_chapters(inputs, site, pages))
    problems = [outcome for outcome in chapters if isinstance(outcome, Problem)]
    if problems:
        return problems
    good = [outcome for outcome in chapters if isinstance(outcome, Chapter)]
    details, index = _about(inputs, site, address), _index(inputs, site)
    named = {picture.name for chapter in good for picture in pictures_of(chapter.blocks)}
    drawn = {name: _drawn(name, drawings[name], site, code) for name in sorted(named)}
    tree = {picture.file.lstrip("/"): drawings[name].encode() for name, picture in drawn.items()}
    there = {one.name for chapter in good for one in photographs_of(chapter.blocks)}
    photographs = {name: _photograph(name, shown[name], inputs, site, address) for name in sorted(there)}
    tree |= {one.file.lstrip("/"): shown[name].paper for name, one in photographs.items() if one.file}
    tree |= {f"{code}/template/{path.name}": path.read_bytes() for path in sorted(_TEMPLATE.glob("*.typ"))}
    tree[f"{code}/template/words.typ"] = words(site.language).encode()
    ordered = sorted(good, key=lambda c: c.path == details.sources)
    whole = Document(details, ordered, drawn, index, photographs=photographs)
    files = attachments({ident for page in site.pages for ident in used_rows(page, inputs, site)}, inputs)
    sources = next((chapter for chapter in good if chapter.path == details.sources), None)
    book = Book(tuple(book_parts(whole, files)), f"{code}/_{BOOK}", f"{code}/pdf/{BOOK}.pdf", f"docs/{code}/")
    tree |= {book.document(part): part.text.encode() for part in book.parts}
    tree |= {f"{code}/attached/{BOOK}/{file}": raw for file, raw in files.items()}
    orders = []
    for chapter in good:
        alone = Document(details, (chapter,), drawn, index, photographs=photographs)
        tree[f"{code}/{chapter.path}.typ"] = chapter_document(alone, sources).encode()
        tree |= {f"{code}/attached/{chapter.path}/{file}": raw for file, raw in chapter.files.items()}
        target, source = f"{code}/pdf/{chapter.path}.pdf", f"docs/{code}/{chapter.path}.md"
        orders.append(Order(f"{code}/{chapter.path}.typ", target, source))
    return Layout(tree, tuple(orders), book)


def _photograph(name: str, shown: Shown, inputs: Inputs, site: Site, address: str) -> PrintedPhotograph:
    """Return a picture, or the still of a film, as it is printed, and where what is played can be played."""
    media, language = inputs.ledger.media[name], site.language
    width, height = shown.paper_size
    file = f"/media/{name}.jpg" if shown.paper else ""
    alt = language.text(media.alt) or language.text(media.caption)
    if not shown.recording:
        return PrintedPhotograph(file, alt, width, height)
    say, sound = language.say, media.form == "sound"
    label = say("The sound is played on the site.") if sound else say("The film is played on the site.")
    played = f"{address}{shown.recording}" if address else ""
    return PrintedPhotograph(file, alt, width, height, played, label)


def _chapters(inputs: Inputs, site: Site, pages: Mapping[str, PageTree]) -> Iterator[Chapter | Problem]:
    code, language = site.language.code, site.language
    made = {page.path: page for page in site.pages}
    for settings in inputs.documentary.chapters:
        if settings.kind in UNPRINTED:
            continue
        page = made[settings.path]
        if page.elsewhere:
            continue
        text = inputs.prose[code].get(page.path, "")
        blocks = read_content(pages[f"{code}/{page.path}.html"], page.source, text)
        if isinstance(blocks, Problem):
            yield blocks
            continue
        missing = [p for p in pictures_of(blocks) if p.name not in site.drawn]
        for picture in missing:
            yield Problem(Location(page.source), "unprintable", f'the figure "{picture.name}" has no drawing')
        files = attachments(used_rows(page, inputs, site), inputs)
        yield Chapter(
            page.path, page.title, page.description, language.text(settings.group), _untitled(blocks), files
        )


def _untitled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Leave out the page's title: each document sets it in its own way."""
    return tuple(block for block in blocks if not (isinstance(block, Heading) and block.level == 1))


def _about(inputs: Inputs, site: Site, address: str) -> DocumentDetails:
    documentary, language = inputs.documentary, site.language
    day = dt.date.fromisoformat(documentary.dated)
    title = language.text(documentary.title)
    return DocumentDetails(
        title=title,
        about=language.text(documentary.about),
        author=language.text(documentary.authors),
        day=(day.year, day.month, day.day),
        dated=language.typeset(format_date(day, "long", locale=language.locale)),
        licence=language.text(documentary.licence),
        address=address,
        sources=make_links(inputs).tables.get("sources", "").removesuffix(".html"),
        home=f"{documentary.home}.html",
        language=language,
    )


def _index(inputs: Inputs, site: Site) -> Index:
    """List the names that pages of entries explain, as an index wants them."""
    links, language = make_links(inputs), site.language
    titles = {f"{page.path}.html": page.title for page in site.pages}
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    targets: dict[str, str] = {}
    for settings in inputs.documentary.chapters:
        table = settings.table
        if settings.kind is not PageKind.ENTITIES or table not in links.tables:
            continue
        entities = inputs.ledger.of_table(table)
        page = links.tables[table]
        targets |= {f"{page.split('/')[-1]}#{entity.id}": entity.id for entity in entities}
        names = sorted(((e.id, indexed(e, language)) for e in entities), key=lambda n: _order(n[1]))
        groups.append((titles[page], names))
    return Index(groups, targets)


def indexed(entity: Entity, language: Language) -> str:
    """Return a name as an index has it: the family's first where `sort_name` puts it first."""
    name = language.text(entity.name)
    family, comma, _ = str(entity.cells.get("sort_name") or "").partition(",")
    words, size = name.split(" "), len(family.split())
    if not comma or len(words) <= size:
        return name
    return f"{' '.join(words[-size:])}, {' '.join(words[:-size])}"


def _order(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))


def _drawn(name: str, svg: str, site: Site, code: str) -> DrawnPicture:
    figure, size = site.drawn[name], _VIEW.search(svg)
    if size is None:
        raise ValueError(f'the drawing of "{name}" has no size')
    width, height = float(size[1]), float(size[2])
    parts = slices(svg, height, SLICE * width) if height > TALLEST * width else ()
    head = figure.draw(WIDE)["layout"]["margin"]["t"] if parts else 0
    return DrawnPicture(f"/{code}/figures/{name}.svg", figure.alt, width, height, parts, head)
