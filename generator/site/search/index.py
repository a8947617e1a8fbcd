"""The finished pages of one language go in; a search index in small parts comes out, each part a script."""

from __future__ import annotations

import json
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.language import Language
from generator.site.roles import find_role
from generator.site.search.tokens import part_of, words

#: How many texts one part of the results holds: a page of ten asks for ten parts at most.
TEXTS_IN_A_PART = 8
#: How much of a text is kept for its excerpt.
_KEPT = 700
#: A word that stands in more than this share of the texts tells them apart too little to be indexed.
_COMMON = 0.3
_WEIGHTS = {"title": 8, "name": 6, "text": 1}
_SHOWN = 20
#: How long the beginning of a text may be that stands for its title.
_TITLE = 90
_SKIPPED_TAGS = {"h1", "script", "style", "svg", "nav", "button", "template", "input"}
_ENTRIES = {"tr", "li", "div"}
#: What stands in a line of text; between all other elements there is a space.
_INLINE = {"a", "abbr", "b", "code", "data", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}


@dataclass(slots=True)
class Text:
    """What one result leads to: a section of a page, or an entry with an anchor of its own."""

    page: str
    anchor: str
    page_title: str
    title: str
    pieces: list[str] = field(default_factory=list)
    names: Sequence[str] = ()
    #: Whether the title was given to it, and is not just how its text begins.
    titled: bool = True

    @property
    def body(self) -> str:
        """What it says, on one line."""
        return " ".join("".join(self.pieces).split())


def make_index(
    pages: Mapping[str, LexborHTMLParser], names: Mapping[str, Sequence[str]], language: Language
) -> dict[str, bytes]:
    """Return the files of the index by path in the site of the language.

    Args:
        pages: the finished pages by path.
        names: every form of the name of an entry, by its anchor.
        language: what the dialog speaks.
    """
    texts = [text for path, tree in pages.items() for text in read_texts(path, tree, names)]
    places, common = _places(texts)
    parts: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for word in sorted(places):
        parts[part_of(word)][word] = places[word]
    about = {
        "texts": len(texts),
        "size": TEXTS_IN_A_PART,
        "parts": sorted(parts),
        "common": common,
        "say": _sayings(language),
    }
    files = {"search/index.js": _script("index", "", about)}
    files |= {f"search/w-{name}.js": _script("words", name, found) for name, found in parts.items()}
    for first in range(0, len(texts), TEXTS_IN_A_PART):
        some = [
            [t.page, t.anchor, t.page_title, t.title, t.body[:_KEPT], " · ".join(t.names)]
            for t in texts[first : first + TEXTS_IN_A_PART]
        ]
        number = first // TEXTS_IN_A_PART
        files[f"search/t-{number}.js"] = _script("texts", str(number), some)
    return files


def read_texts(path: str, tree: LexborHTMLParser, names: Mapping[str, Sequence[str]]) -> Iterator[Text]:
    """Yield the texts of a page: its sections, and the entries of its lists and tables."""
    article, heading = tree.css_first("article"), tree.css_first("article h1")
    if article is not None and heading is not None:
        reader = _Reader(path, _spoken(heading), names)
        reader.walk(article, reader.sections[0])
        yield from (text for text in [*reader.sections, *reader.entries] if text.title)


class _Reader:
    """Goes through an article and lays each piece of text where it belongs."""

    def __init__(self, path: str, title: str, names: Mapping[str, Sequence[str]]) -> None:
        self.names = names
        self.sections = [Text(path, "", title, title)]
        self.entries: list[Text] = []

    def walk(self, node: LexborNode, text: Text) -> Text:
        """Read what is below *node* into *text*; return the text that goes on after it."""
        child = node.child
        while child is not None:
            if child.tag == "-text":
                text.pieces.append(child.text_content or "")
            elif not _skipped(child):
                text = self.visit(child, text)
            child = child.next
        return text

    def visit(self, node: LexborNode, text: Text) -> Text:
        """Read one element; a heading begins the next section, an entry is a text of its own."""
        anchor = node.attributes.get("id") or ""
        if node.tag in {"h2", "h3"}:
            first = self.sections[0]
            self.sections.append(Text(first.page, anchor or text.anchor, first.title, _spoken(node)))
            return self.sections[-1]
        if node.tag in _ENTRIES and anchor and not _is_part(node):
            given = _entry_title(node)
            names = self.names.get(anchor, ())
            entry = Text(text.page, anchor, text.page_title, given, names=names, titled=bool(given))
            self.entries.append(entry)
            self.walk(node, entry)
            entry.title = given or _beginning(entry.body)
            return text
        text = self.walk(node, text)
        if node.tag not in _INLINE:
            text.pieces.append(" ")
        return text


def _skipped(node: LexborNode) -> bool:
    return node.tag in _SKIPPED_TAGS or find_role(node) == "no"


def _is_part(node: LexborNode) -> bool:
    """Tell whether a row is found with its table: a question is found with all its answers."""
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return node.tag == "tr" and parent is not None and find_role(parent) == "whole"


def _entry_title(node: LexborNode) -> str:
    for selector in ("dt", "strong", "th"):
        found = node.css_first(selector)
        if found is not None:
            return _spoken(found)
    return ""


def _beginning(text: str) -> str:
    """Return the first words of a text that has no title."""
    return textwrap.shorten(text, _TITLE, placeholder=" …")


def _spoken(node: LexborNode) -> str:
    """Return the words of a heading, without the sign that links to it."""
    parts = (part for part in node.iter(include_text=True) if find_role(part) != "no")
    words = "".join(part.text_content or "" if part.tag == "-text" else part.text() for part in parts)
    return " ".join(words.split())


def _places(texts: Sequence[Text]) -> tuple[dict[str, list[int]], list[str]]:
    """Return for each word where it stands and how heavily (text, weight, …), and the common words."""
    weights: dict[str, Counter[int]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        sources = {
            "title": text.title if text.titled else "",
            "name": " ".join(text.names),
            "text": text.body,
        }
        for source, said in sources.items():
            for word, times in Counter(words(said)).items():
                weights[word][number] += _WEIGHTS[source] * min(times, 3)
    many = max(10, _COMMON * len(texts))
    common = sorted(word for word, found in weights.items() if len(found) > many)
    for word in common:
        del weights[word]
    return {w: [x for pair in sorted(f.items()) for x in pair] for w, f in weights.items()}, common


def _sayings(language: Language) -> dict[str, object]:
    say = language.say
    return {
        "search": say("Search"),
        "hint": say("A name in any spelling, a place, a word"),
        "close": say("Close"),
        "none": say("Nothing found."),
        "counts": [language.plural("{n} result", "{n} results", n) for n in range(_SHOWN + 1)],
        "more": say("The first {n} of many results", n=_SHOWN),
    }


def _script(kind: str, name: str, found: object) -> bytes:
    """Return a part as a script that hands itself over: it loads from a file too."""
    said = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'searchPart("{kind}","{name}",{said});\n'.encode()
