"""A page goes in; it says where its cards stand, and what it names is kept: of that its cards are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from generator.drawing.render import Mark
from generator.ledger import edtf
from generator.output.memory import Memory, Parts
from generator.pages import make_links
from generator.pages.card_data import Named, card_script
from generator.pages.card_maps import small_maps
from generator.pages.cards import CardMaker
from generator.prose.links import absolute, relative
from generator.site.context import Context
from generator.site.html import PageTree

#: What opens a card: numbers and dates, what is named in prose and in tables, and the figures in a figure's
#: table; `site.js` says the same. The figure of a row opens its own card: to be cited, and seen among rivals.
EXPLAINED: Final = ".claim > a, a.name, .fig-data tbody a"
#: After so many cards the next of these begins another script, so that none is heavy: a section, a figure,
#: a row of a table, an entry or a row that one lists.
MOST: Final = 80
_STARTS: Final = "h2, figure.fig, tr[id], .entities dt, .rows li"
_START_TAGS: Final = frozenset({"h2", "figure", "tr", "dt", "li"})
#: What calls a note.
_CALL: Final = "a.footnote-ref"


def name_cards(page: PageTree, context: Context) -> None:
    """Find what a page names, and say where the scripts with its cards stand.

    The article says so, and each heading, figure, entry or row from which on it is another script.
    """
    article = page.tree.css_first("article")
    if article is None or page.path not in context.pages:
        return
    notes = {note.attributes["id"] or "": note for note in article.css(".footnote li[id]")}
    start, named_here = article, _Found()
    for node in article.css(f"{_STARTS}, [data-picture], {EXPLAINED}, {_CALL}"):
        if node.tag in _START_TAGS and len(named_here.ids) >= MOST:
            _close(page, start, named_here)
            start, named_here = node, _Found()
        called = notes.get((node.attributes.get("href") or "").removeprefix("#"))
        for part in called.css("a") if called is not None else [node]:
            named_here.add(part, context)
    _close(page, start, named_here)


def _close(page: PageTree, start: LexborNode, named_here: _Found) -> None:
    """Say at *start* where the cards of what was found from there on stand."""
    if named_here.ids or named_here.sources:
        path = f"cards/{page.path.removesuffix('.html')}{f'-{len(page.named) + 1}' if page.named else ''}.js"
        start.attrs["data-cards"] = relative(page.path, path)
        page.named[path] = Named(tuple(named_here.ids), dict(named_here.marks), tuple(named_here.sources))


@dataclass(slots=True)
class _Found:
    """What is found in a part of a page; the ids that its figures draw are among its `ids`."""

    ids: dict[str, None] = field(default_factory=dict)
    marks: dict[str, tuple[tuple[Mark, ...], tuple[Mark, ...]]] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)

    def add(self, node: LexborNode, context: Context) -> None:
        """Add what a figure draws, or what a link leads to."""
        figure = node.attributes.get("data-picture") or ""
        if (context.code, figure) in context.drawings.marks:
            self.marks[figure] = context.drawings.marks[context.code, figure]
            self.ids |= dict.fromkeys(ident for marks in self.marks[figure] for _, ident in marks)
        _, _, ident = (node.attributes.get("href") or "").partition("#")
        if ident in context.inputs.ledger.sources:
            self.sources[ident] = None
        elif ident:
            self.ids[ident] = None


def card_scripts(
    named: Mapping[str, Named], context: Context, memory: Memory | None = None
) -> dict[str, bytes]:
    """Return the scripts with the cards of a language, by path from the root of the site.

    Args:
        named: what pages name, by the path of the script from the folder of the language.
        context: the documentary in that language.
        memory: keeps each script.
    """
    inputs = context.inputs
    links, words = make_links(inputs), _words(context)
    slots = {f"cards {context.code}/{path}": path for path in named}

    def made(missing: Iterable[str]) -> dict[str, bytes]:
        maps = small_maps(context.documentary, inputs.ledger)
        maker = CardMaker(inputs.ledger, context.language, maps, context.shown)
        return {slot: card_script(named[slots[slot]], maker, links, words) for slot in missing}

    if memory is None:
        scripts = made(slots)
    else:
        pictures = repr(sorted((ident, one.avif, one.plain) for ident, one in context.shown.items()))
        common = {"the data": inputs.data, "the address": context.address, "the pictures": pictures}
        wanted: dict[str, Parts] = {
            slot: {**common, "what the page names": repr(named[path])} for slot, path in slots.items()
        }
        scripts = memory.recall_all(wanted, made)
    return {f"{context.code}/{path}": scripts[slot] for slot, path in slots.items()}


def _words(context: Context) -> dict[str, str]:
    """Return what cards say beside what is claimed, by the names that `cards.js` knows; {names} stay."""
    say = context.language.say
    dated = context.language.date(edtf.parse(context.documentary.dated))
    free = {name: f"{{{name}}}" for name in ("what", "value", "source", "row")}
    return {
        "close": say("Close"),
        "row": say("The row"),
        "source": say("The source"),
        "note": say("Note"),
        "below": say("The note below the text"),
        "cite": say("Cite"),
        "copied": say("Copied:"),
        "copy": say("To copy:"),
        "says": say("The source says:"),
        "read": say("We read:"),
        "via": say("read in {source}", source="{source}"),
        "cited": say("{what}: {value}", **free),
        "by": say("according to {source}", **free),
        "in": say("{site}, data of {date}, row {row}", site=context.title, date=dated, **free),
        "raised": ordinals.pattern if (ordinals := context.language.rules.raised) else "",
        "address": absolute(context.address, f"{context.code}/") if context.address else "",
    }
