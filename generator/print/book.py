"""The trees of a language's pages go in; every document comes out, as Typst text with what it attaches."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from generator.print.ast import Block, Heading, Item, Items, Picture, Text
from generator.print.preamble import DocumentDetails, attach, frame, lines, title_page
from generator.print.typst import DrawnPicture, PrintedPhotograph, Target, Writer, escaped, label_of, quoted
from generator.print.visit import anchors_of, links_of, pictures_of

#: A leading figure that would be taller than this share of its width stands in the text instead.
_TALLEST_LEADER = 0.95
_INDEX = "index-of-names"


@dataclass(frozen=True)
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

    @cached_property
    def links(self) -> frozenset[str]:
        """Return the addresses to which it leads, as they stand there."""
        return frozenset(links_of(self.blocks))

    @cached_property
    def anchors(self) -> Mapping[str, bool]:
        """Return its anchors in any document, and whether each is a heading's."""
        return {label_of(self.path, ident): it for ident, it in anchors_of(self.blocks) if ident}


@dataclass(frozen=True, slots=True)
class Index:
    """The names of the documentary under the titles of their pages, each with its id, sorted."""

    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    targets: Mapping[str, str]


class PartKind(Enum):
    """What a part of a book is: its kind says what it is told of the others."""

    FRONT = "front"
    CHAPTER = "chapter"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book, set alone: its name, its text, and the places elsewhere whose page it says."""

    name: str
    text: str
    asks: frozenset[str] = frozenset()
    kind: PartKind = PartKind.CHAPTER


@dataclass
class Document:
    """One document in the making: the chapters it holds and where its links lead."""

    about: DocumentDetails
    chapters: Sequence[Chapter]
    drawings: Mapping[str, DrawnPicture]
    index: Index
    shown: dict[str, str] = field(default_factory=dict)
    photographs: Mapping[str, PrintedPhotograph] = field(default_factory=dict)
    _targets: dict[tuple[str, str], Target] = field(default_factory=dict)

    @cached_property
    def anchors(self) -> Mapping[str, bool]:
        """Return every anchor of the document, and whether it is a heading's."""
        anchors = {label_of(chapter.path, ""): True for chapter in self.chapters}
        for chapter in self.chapters:
            anchors |= chapter.anchors
        return anchors

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Return the anchors that something in the document leads to."""
        return frozenset(
            target.label
            for chapter in self.chapters
            for href in chapter.links
            if (target := self.target(chapter.path, href)).label
        )

    def target(self, page: str, href: str) -> Target:
        """Find where *href* leads, as it stands on the page at *page*."""
        known = self._targets.get((page, href))
        if known is None:
            known = self._targets[page, href] = self._find(page, href)
        return known

    def _find(self, page: str, href: str) -> Target:
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

    def written(self, chapter: Chapter) -> tuple[str, Writer]:
        """Write a chapter of a book; return who wrote it, too: it knows the titles, and what it asks for."""
        writer = self.writer(chapter.path)
        text = self.chapter(chapter, chapter.group or self.about.title, writer=writer)
        writer.titles[label_of(chapter.path, "")] = escaped(chapter.title)
        self.remember(chapter)
        return text, writer

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

    def chapter(
        self, chapter: Chapter, kicker: str, before: str = "", after: str = "", writer: Writer | None = None
    ) -> str:
        """Write a chapter: its name with its leading figure, what it says, between *before* and *after*."""
        writer, blocks = writer or self.writer(chapter.path), list(chapter.blocks)
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
    return _joined(
        frame(document.about, title, chapter.description),
        attach(chapter.files, chapter.path, document.about),
        document.chapter(
            chapter, document.about.title, before=f"#contents([{contents}])", after="\n\n".join(last)
        ),
    )


def _cited(document: Document, chapter: Chapter, sources: Chapter | None) -> Chapter | None:
    """Return the page of sources with only those that *chapter* names; none on the page itself."""
    if sources is None or chapter.path == sources.path:
        return None
    named = set()
    for href in chapter.links:
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


def book_parts(document: Document, files: Mapping[str, bytes]) -> list[Part]:
    """Write the whole book: title, contents and lists; every chapter; the index."""
    details = document.about
    titles: dict[str, str] = {}
    begin = frame(details, details.title, details.about)
    chapters = []
    for chapter in document.chapters:
        text, writer = document.written(chapter)
        titles |= writer.titles
        chapters.append(Part(chapter.path, _joined(begin, text), frozenset(writer.asks)))
    groups = [(f"{_INDEX}-{n}", *group) for n, group in enumerate(document.index.groups) if group[1]]
    titles |= {label_of("", mark): escaped(title) for mark, title, _ in groups}
    say = details.language.say
    index, speaks = escaped(say("Index")), escaped(say("The pages on which the text speaks of each."))
    label = label_of("", _INDEX)
    titles[label] = index
    entries = "".join(
        f"({quoted(label_of('', mark))}, [{escaped(title)}], "
        f"({', '.join(f'({quoted(i)}, [{escaped(n)}])' for i, n in names)},)),\n"
        for mark, title, names in groups
    )
    last = f"#chapter([{index}], label: {quoted(label)}, description: [{speaks}])[#index(({entries}))]"
    front = Part("_front", _joined(begin, *_front(document, files, titles)), kind=PartKind.FRONT)
    return [front, *chapters, Part("_index", _joined(begin, last), kind=PartKind.INDEX)]


def _front(document: Document, files: Mapping[str, bytes], titles: Mapping[str, str]) -> list[str]:
    details = document.about
    say = details.language.say
    contents, figures, tables = (escaped(w) for w in (say("Contents"), say("Figures"), say("Tables")))
    named = "".join(f"{quoted(label)}: [{title}],\n" for label, title in sorted(titles.items()))
    return [
        attach(files, "book", details),
        title_page(details, document.cover()),
        f"#imprint({lines(details, '', '', files)})",
        f"#book-contents([{contents}], (\n{named}))",
        "#to-right()",
        f"#lists-of([{figures}], [{tables}])",
    ]


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
