"""The HTML of a finished page goes in; the tree of what is printed comes out, or what cannot be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from generator.print.ast import (
    Beside,
    Block,
    Box,
    Break,
    Code,
    Entries,
    Entry,
    Heading,
    Inline,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Photograph,
    Picture,
    Quote,
    Rule,
    Span,
    Text,
)
from generator.print.tables import read_table
from generator.problems import Location, Problem
from generator.site.html import PageTree
from generator.site.roles import print_role

#: Elements that stand on a page for the screen only, and roles of what is not read where it stands.
_SCREEN_TAGS = {"button", "link", "script", "style", "template", "-comment"}
_ELSEWHERE = {"no", "notes", "step"}
#: Elements within a line, and the style of each; "" for those that only say what their words are.
_STYLES = {
    "em": "emph",
    "i": "emph",
    "cite": "emph",
    "dfn": "emph",
    "var": "emph",
    "strong": "strong",
    "b": "strong",
    "sub": "sub",
    "sup": "super",
    "small": "muted",
    "s": "strike",
    "del": "strike",
    "u": "",
    "ins": "",
    "mark": "",
    "q": "",
    "abbr": "",
    "bdi": "",
    "span": "",
    "data": "",
    "time": "",
    "code": "code",
    "kbd": "code",
    "samp": "code",
}
#: Roles that are styles of words, and of paragraphs.
_OF_WORDS = {"actor", "badge", "muted", "strike", "strong"}
_OF_PARAGRAPHS = {"attribution", "forms", "lead", "muted", "source", "steps-note", "steps-title"}
_OF_PHOTOGRAPHS = {"source": "source", "caption": "caption"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_GROUPS = {"div", "section", "article", "header", "main", "aside", "nav"}
_BLOCKS = {
    *_HEADINGS,
    *_GROUPS,
    *("p", "ul", "ol", "dl", "blockquote", "pre", "hr", "table", "figure", "details"),
}
#: Where a note is called.
_CALL = "a[data-print=call]"
_SPACE = re.compile(r"[ \t\n\r\f]+")


class UnprintableError(Exception):
    """An element that has no place on paper: its name, and the words that stand in it."""


@dataclass
class _Reader:
    """Reads the blocks of one page; `notes` are those at its foot, by their id, until they are called."""

    notes: dict[str, LexborNode] = field(default_factory=dict)
    section: str = ""

    def blocks(self, node: LexborNode, without: LexborNode | None = None) -> tuple[Block, ...]:
        """Read what is inside *node* but one child; words that stand between blocks make a paragraph."""
        blocks: list[Block] = []
        loose: list[Inline] = []
        for child in children(node):
            if without is not None and child.mem_id == without.mem_id:
                continue
            if child.tag in _BLOCKS:
                blocks += _paragraph(loose)
                loose = []
                blocks += self._block(child)
            else:
                loose += self.inline(child)
        return (*blocks, *_paragraph(loose))

    def inside(self, node: LexborNode) -> tuple[Inline, ...]:
        """Read the words inside *node*, without the spaces at either end."""
        return trimmed([part for child in children(node) for part in self.inline(child)])

    def inline(self, node: LexborNode) -> Iterator[Inline]:
        """Read one word or element of a line."""
        if node.tag == "-text":
            yield Text(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag == "br":
            yield Break()
        elif node.tag == "a":
            yield from self._link(node)
        elif node.tag == "sup" and (call := node.css_first(_CALL)):
            yield self._note(call, node.text())
        elif node.tag in {"p", "div"}:  # a paragraph where only a line fits, as in a cell
            yield from (*self.inside(node), Break())
        elif node.tag in _STYLES:
            yield self._span(node)
        else:
            raise self._unprintable(node)

    def _span(self, node: LexborNode) -> Span:
        role = print_role(node)
        style = role if role in _OF_WORDS else _STYLES[node.tag or ""]
        inside = tuple(part for child in children(node) for part in self.inline(child))
        return Span(style, inside, attribute(node, "lang"), attribute(node, "id"))

    def _link(self, node: LexborNode) -> Iterator[Inline]:
        inside = tuple(part for child in children(node) for part in self.inline(child))
        role = print_role(node)
        if role == "words":
            yield from inside
            return
        kind = role if role in {"name", "spelled"} else ""
        ident = attribute(node, "id")
        if ident:
            yield Span("", (), ident=ident)
        yield Link(attribute(node, "href"), inside, kind)

    def _note(self, node: LexborNode, shown: str) -> Note:
        ident, number = attribute(node, "href").removeprefix("#"), node.text().strip()
        shown = f"\u2060[{number}]" if shown.strip() == number else shown
        note = self.notes.pop(ident, None)  # said once; a second call of it points back
        if note is None:
            return Note(ident, (), number=number, shown=shown)
        blocks = self.blocks(note)
        if blocks and isinstance(blocks[0], Paragraph):
            return Note(ident, blocks[0].inside, blocks[1:], number, shown)
        return Note(ident, (), blocks, number, shown)

    def _block(self, node: LexborNode) -> Iterator[Block]:
        """Read one block; a group gives the blocks inside it."""
        tag, role = node.tag or "", print_role(node)
        if tag == "details" or role == "box":
            yield self._box(node)
        elif role in {"beside", "row"}:
            yield from self._beside(self.blocks(node), named=role == "row")
        elif tag in _GROUPS:
            yield from self.blocks(node)
        elif tag == "figure":
            yield from self._figure(node)
        elif tag != "p":
            yield self._single(node, tag)
        elif inside := self.inside(node):
            yield Paragraph(inside, role if role in _OF_PARAGRAPHS else "")

    def _single(self, node: LexborNode, tag: str) -> Block:
        if tag in _HEADINGS:
            return self._heading(node, _HEADINGS[tag])
        if tag in {"ul", "ol"}:
            return self._items(node)
        if tag == "dl":
            return Entries(tuple(self._entries(node)))
        if tag == "blockquote":
            return Quote(self.blocks(node))
        if tag == "pre":
            return Code(node.text().strip("\n"))
        return read_table(node, self.inside) if tag == "table" else Rule()

    def _beside(self, blocks: Sequence[Block], *, named: bool) -> Iterator[Block]:
        """Set blocks beside their picture, under their heading; *named*, beside the words of that."""
        heading = next((block for block in blocks if isinstance(block, Heading)), None)
        picture = next((block for block in blocks if isinstance(block, Picture)), None)
        rest = tuple(block for block in blocks if block not in (heading, picture))
        if heading is None or (picture is None and not named):
            yield from blocks
        elif named:
            yield Beside(None, heading.inside, rest, heading.ident)
        else:
            yield heading
            yield Beside(replace(picture, small=True) if picture else None, (), rest)

    def _heading(self, node: LexborNode, level: int) -> Heading:
        if node.css_first(_CALL):
            raise UnprintableError("a note in a heading", self.section)
        self.section = attribute(node, "id")
        return Heading(level, self.section, self.inside(node))

    def _box(self, node: LexborNode) -> Box:
        titles = (c for c in children(node) if c.tag == "summary" or print_role(c) == "title")
        title = next(titles, None)
        return Box(self.inside(title) if title else (), self.blocks(node, title))

    def _items(self, node: LexborNode) -> Items:
        items = tuple(
            Item(self.blocks(child), attribute(child, "id"), attribute(child, "lang"))
            for child in children(node)
            if child.tag == "li"
        )
        start = attribute(node, "start") or "1"
        counted = node.tag == "ol" and (
            "reversed" in node.attributes
            or attribute(node, "type") not in {"", "1"}
            or not (start.isdecimal() and int(start))
            or any(child.tag == "li" and "value" in child.attributes for child in children(node))
        )
        if counted:
            raise UnprintableError("a list that does not count up from a number", self.section)
        number = int(start) if node.tag == "ol" else 0
        return Items(items, number, "references" if print_role(node) == "references" else "")

    def _entries(self, node: LexborNode) -> Iterator[Entry]:
        """Read a list of terms; a `div` may hold a term with what is said of it."""
        term: tuple[Inline, ...] = ()
        ident = attribute(node, "id") if node.tag == "div" else ""
        for child in children(node):
            if child.tag == "div":
                yield from self._entries(child)
            elif child.tag == "dt":
                if term:
                    yield Entry(term, (), ident)
                term, ident = self.inside(child), attribute(child, "id") or ident
            elif child.tag == "dd":
                yield Entry(term, self.blocks(child), ident)
                term, ident = (), ""
            elif child.tag != "-text":
                raise self._unprintable(child)

    def _figure(self, node: LexborNode) -> Iterator[Block]:
        """Read a figure of the documentary; any other is a group of blocks with a caption."""
        if media := attribute(node, "data-media"):
            yield from self._photograph(node, media)
            return
        name = attribute(node, "data-figure") or attribute(node, "data-layer")
        caption = node.css_first("figcaption")
        if print_role(node) == "quotation":
            yield self._quotation(node, caption)
            return
        if not name:
            inside = self.inside(caption) if caption else ()
            yield from self.blocks(node, caption)
            yield from (Paragraph(inside, "muted"),) if inside else ()
            return
        title: tuple[Inline, ...] = ()
        below: list[Paragraph] = []
        for child in children(caption) if caption else ():
            if child.tag == "strong" and not title:
                title = self.inside(child)
            elif child.tag == "p":
                below.append(Paragraph(self.inside(child), "caption"))
        below += [Paragraph(self.inside(source), "source") for source in node.css("[data-print=source]")]
        step = _step(node)
        yield Picture(name, step + title, tuple(below), attribute(node, "id"), stays=bool(step))

    def _quotation(self, node: LexborNode, caption: LexborNode | None) -> Quote:
        """Read words that are set apart, in one language or two, with who said them below."""
        said = (child for child in children(node) if child.tag == "blockquote")
        blocks = [block for quote in said for block in self.blocks(quote)]
        below = [Paragraph(self.inside(caption), "attribution")] if caption else []
        return Quote((*blocks, *below))

    def _photograph(self, node: LexborNode, name: str) -> Iterator[Block]:
        """Read a picture or a recording, and what is heard in it."""
        below = [
            Paragraph(self.inside(line), _OF_PHOTOGRAPHS.get(print_role(line), "shows"))
            for line in node.css("figcaption > p")
        ]
        yield Photograph(name, tuple(below), attribute(node, "id"), small=print_role(node) == "small")
        yield from (self._box(heard) for heard in node.css("figcaption > details"))

    def _unprintable(self, node: LexborNode) -> UnprintableError:
        return UnprintableError(f"<{node.tag}>", self.section)


def read_content(page: PageTree, file: str, text: str) -> tuple[Block, ...] | Problem:
    """Read the article of a finished page, or say where it holds what cannot be printed.

    Args:
        page: the page, which stays as it is.
        file: the page of prose it was made from, as the user names it.
        text: what stands in that file, to find the place of a problem.
    """
    article = page.tree.css_first("article")
    if article is None:
        return Problem(Location(file), "unprintable", "the page has no article")
    reader = _Reader()
    try:
        for item in article.css("[data-print=notes] > ol > li"):
            reader.notes[attribute(item, "id")] = item
        return reader.blocks(article)
    except UnprintableError as error:
        what, section = error.args
        return Problem(
            Location(file, _line(text, what, section)),
            "unprintable",
            f"{what} has no form on paper",
            "say it with Markdown, or give it the class no-print",
        )


def _line(text: str, what: str, section: str) -> int:
    """Find the line of an element: where it is written, or the heading it stands under."""
    for wanted in (what.rstrip(">"), f"{{#{section}}}"):
        for number, line in enumerate(text.splitlines(), 1):
            if wanted in line:
                return number
    return 1


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what is printed of the children of *node*."""
    child = node.child
    while child is not None:
        following = child.next
        if not _only_on_screen(child):
            yield child
        child = following


def _only_on_screen(node: LexborNode) -> bool:
    if node.tag in _SCREEN_TAGS or node.tag == "-text":
        return node.tag != "-text"
    if node.tag == "img" and "://" in attribute(node, "src"):
        return True  # no page may ask another host for anything: the check of the site says so
    return "hidden" in node.attributes or print_role(node) in _ELSEWHERE


def attribute(node: LexborNode, name: str) -> str:
    """Return an attribute's value, "" where there is none."""
    return (node.attributes.get(name) or "") if node.tag != "-text" else ""


def _step(figure: LexborNode) -> tuple[Inline, ...]:
    """Return which step of a stepper a figure is: on paper it may stand apart from the others."""
    beside = figure.parent.iter() if figure.parent else ()
    counts = (node.text().strip() for node in beside if print_role(node) == "step")
    return tuple(Text(f"{count} – ") for count in counts)


def trimmed(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    """Leave out spaces and line breaks at both ends."""
    parts_left = list(parts)
    while parts_left and (isinstance(parts_left[0], Break) or _blank(parts_left[0])):
        del parts_left[0]
    while parts_left and (isinstance(parts_left[-1], Break) or _blank(parts_left[-1])):
        del parts_left[-1]
    if parts_left and isinstance(parts_left[0], Text):
        parts_left[0] = Text(parts_left[0].text.lstrip(" "))
    if parts_left and isinstance(parts_left[-1], Text):
        parts_left[-1] = Text(parts_left[-1].text.rstrip(" \u00a0\u202f"))
    return tuple(parts_left)


def _blank(part: Inline) -> bool:
    return isinstance(part, Text) and not part.text.strip()


def _paragraph(loose: Sequence[Inline]) -> list[Block]:
    inside = trimmed(loose)
    return [Paragraph(inside)] if inside else []
