"""The trees of a language's pages go in; every document comes out, as Typst text with what it attaches."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.print.ast import Block, Heading, Item, Items, Picture, Text
from generator.print.preamble import DocumentDetails, attach, frame, lines, title_page
from generator.print.typst import DrawnPicture, PrintedPhotograph, Target, Writer, escaped, label_of, quoted
from generator.print.visit import anchors_of, links_of, pictures_of

#: A leading figure that would be taller than this share of its width stands in the text instead.
_TALLEST_LEADER = 0.95
_INDEX = "index-of-names"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page to print: where it is in the site, its name, its tree without the title.

    `files` are the rows of the ledger it rests on, as CSV by the name of their table's file.
    """

    path: str
    title: str
    description: str
    group: str
    blocks: tuple[Block, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Index:
    """The names of the documentary under the titles of their pages, each with its id, sorted."""

    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    targets: Mapping[str, str]


@dataclass
class Document:
    """One document in the making: the chapters it holds and where its links lead."""

    about: DocumentDetails
    chapters: Sequence[Chapter]
    drawings: Mapping[str, DrawnPicture]
    index: Index
    shown: dict[str, str] = field(default_factory=dict)
    photographs: Mapping[str, PrintedPhotograph] = field(default_factory=dict)

    @cached_property
    def anchors(self) -> Mapping[str, bool]:
        """Return every anchor of the document, and whether it is a heading's."""
        anchors = {label_of(chapter.path, ""): True for chapter in self.chapters}
        for chapter in self.chapters:
            anchors |= {
                label_of(chapter.path, ident): it for ident, it in anchors_of(chapter.blocks) if ident
            }
        return anchors

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Return the anchors that something in the document leads to."""
        return frozenset(
            target.label
            for chapter in self.chapters
            for href in links_of(chapter.blocks)
            if (target := self.target(chapter.path, href)).label
        )

    def target(self, page: str, href: str) -> Target:
        """Find where *href* leads, as it stands on the page at *page*."""
        if "://" in href or href.startswith("mailto:"):
            return Target(address=href)
        path, _, ident = href.partition("#")
        path = _page_of(page, path)
        label = label_of(path, ident)
        if label in self.anchors:
            return Target(label=label, heading=self.anchors[label])
        if not self.about.address:
            return Target()
        # A page may lead to another language, too: ../fr/may.
        address = f"{self.about.address}{posixpath.normpath(f'{self.about.language.code}/{path}.html')}"
        return Target(address=f"{address}#{ident}" if ident else address)

    def writer(self, page: str) -> Writer:
        """Return what writes the page at *page*; what it draws is not drawn again on a later page."""
        return Writer(
            page,
            lambda href: self.target(page, href),
            self.drawings,
            self.wanted,
            self.index.targets,
            dict(self.shown),
            self.photographs,
        )

    def cover(self) -> str:
        """Return the file of the drawing that opens the book; "" where no chapter opens with one."""
        for chapter in self.chapters:
            for picture in pictures_of(chapter.blocks):
                drawn = self.drawings[picture.name]
                if drawn.height <= _TALLEST_LEADER * drawn.width:
                    return drawn.file
        return ""

    def remember(self, chapter: Chapter) -> None:
        """Note what *chapter* has drawn, so that a later one leads back to it."""
        for picture in pictures_of(chapter.blocks):
            label = label_of(chapter.path, picture.ident or f"fig-{picture.name}")
            self.shown.setdefault(self.drawings[picture.name].file, label)

    def chapter(self, chapter: Chapter, kicker: str, before: str = "", after: str = "") -> str:
        """Write a chapter: its name with its leading figure, what it says, between *before* and *after*."""
        writer, blocks = self.writer(chapter.path), list(chapter.blocks)
        leader = "none"
        for at, block in enumerate(blocks):
            if isinstance(block, Heading):
                break
            if isinstance(block, Picture) and not block.stays:
                drawn = self.drawings[block.name]
                if drawn.height <= _TALLEST_LEADER * drawn.width and drawn.file not in self.shown:
                    leader = writer.blocks([blocks.pop(at)]).replace(
                        "#drawing(", "drawing(floats: false, ", 1
                    )
                break
        label = label_of(chapter.path, "")
        return (
            f"#chapter([{escaped(chapter.title)}], label: {quoted(label)}, kicker: [{escaped(kicker)}], "
            f"description: [{escaped(chapter.description)}], picture: {leader})[\n"
            f"{before}\n\n{writer.blocks(blocks)}\n\n{after}\n]"
        )


def chapter_document(document: Document, sources: Chapter | None) -> str:
    """Write the document of one chapter, with the entries of the sources it cites."""
    (chapter,) = document.chapters
    say = document.about.language.say
    cited = _cited(document, chapter, sources)
    if cited:
        whole = Document(
            document.about,
            (chapter, cited),
            document.drawings,
            document.index,
            photographs=document.photographs,
        )
        document = whole
    title, contents = f"{chapter.title} – {document.about.title}", escaped(say("Contents"))
    last = [document.writer(cited.path).blocks(cited.blocks)] if cited else []
    last += [f"#colophon({lines(document.about, chapter.title, chapter.path, chapter.files)})"]
    parts = [
        frame(document.about, title, chapter.description),
        attach(chapter.files, chapter.path, document.about),
        document.chapter(
            chapter, document.about.title, before=f"#contents([{contents}])", after="\n\n".join(last)
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _cited(document: Document, chapter: Chapter, sources: Chapter | None) -> Chapter | None:
    """Return the page of sources with only those that *chapter* names; none on the page itself."""
    if sources is None or chapter.path == sources.path:
        return None
    named = set()
    for href in links_of(chapter.blocks):
        path, _, ident = href.partition("#")
        if _page_of(chapter.path, path) == sources.path:
            named.add(ident)
    items = [item for item in _sources(sources) if item.ident in named]
    if not items:
        return None
    say = document.about.language.say
    heading = Heading(2, "", (Text(say("Sources cited")),))
    entries = Items(tuple(items), style="references")
    return Chapter(sources.path, sources.title, "", "", (heading, entries), {})


def _page_of(here: str, path: str) -> str:
    """Return the page that *path* leads to as it stands on the page *here*; "" is the page itself."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    return whole.removesuffix(".html")


def _sources(page: Chapter) -> list[Item]:
    return [item for block in page.blocks if isinstance(block, Items) for item in block.items if item.ident]


def book_document(document: Document, files: Mapping[str, bytes]) -> str:
    """Write the whole book: title, contents, lists, chapters, bibliography, index."""
    details = document.about
    say = details.language.say
    contents, figures, tables = (escaped(w) for w in (say("Contents"), say("Figures"), say("Tables")))
    index, speaks = escaped(say("Index")), escaped(say("The pages on which the text speaks of each."))
    parts = [
        frame(details, details.title, details.about),
        attach(files, "book", details),
        title_page(details, document.cover()),
        f"#imprint({lines(details, '', '', files)})",
        f"#book-contents([{contents}])",
        "#to-right()",
        f"#lists-of([{figures}], [{tables}])",
        "#to-right()",
    ]
    for chapter in document.chapters:
        parts += [document.chapter(chapter, chapter.group or details.title), "#to-right()"]
        document.remember(chapter)
    groups = "".join(
        f"([{escaped(title)}], ({', '.join(f'({quoted(i)}, [{escaped(n)}])' for i, n in names)},)),\n"
        for title, names in document.index.groups
        if names
    )
    label = quoted(label_of("", _INDEX))
    parts += [f"#chapter([{index}], label: {label}, description: [{speaks}])[#index(({groups}))]"]
    return "\n\n".join(part for part in parts if part) + "\n"
