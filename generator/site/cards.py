"""The data go in; what cards say comes out, each once. A page goes in; it says that it has cards."""

from __future__ import annotations

from typing import Final

from generator.drawing.packed import packed_script
from generator.ledger import edtf
from generator.ledger.model import Ledger
from generator.output.memory import Memory
from generator.pages import make_links
from generator.pages.card_data import card_parts
from generator.pages.card_maps import small_maps
from generator.pages.cards import CardMaker
from generator.prose.links import Links, absolute
from generator.site.context import Context
from generator.site.html import PageTree

#: What opens a card: numbers and dates, what is named in prose and in tables, the figures in a figure's
#: table, drawings, and what calls a note; `site.js` says the same. The figure of a row opens its own card: to
#: be cited, and seen among rivals.
EXPLAINED: Final = ".claim > a, a.name, .fig-data tbody a, [data-picture], a.footnote-ref"
#: Where the scripts of cards stand, from the folder of the language.
FOLDER: Final = "cards"


def name_cards(page: PageTree, context: Context) -> None:
    """Say on the article of a page that something in it opens a card."""
    article = page.tree.css_first("article")
    if article is not None and page.path in context.pages and article.css_first(EXPLAINED) is not None:
        article.attrs["data-cards"] = ""


def card_scripts(context: Context, memory: Memory | None = None) -> dict[str, bytes]:
    """Return the scripts with the cards of a language, by path from the root of the site.

    `index.js` has the first id of each part, the words of cards, and where sources and corrections are
    listed; `notes.js` the title of each source, which the card of a note says.

    Args:
        context: the documentary in that language.
        memory: keeps the scripts.
    """
    inputs = context.inputs
    links, words = make_links(inputs), _words(context)

    def made() -> dict[str, bytes]:
        maps = small_maps(context.documentary, inputs.ledger)
        parts = card_parts(CardMaker(inputs.ledger, context.language, maps, context.shown), links)
        lists = {"bibliography": links.tables["sources"], "corrections": links.tables.get("corrections", "")}
        sources = inputs.ledger.sources.values()
        return {
            "index": packed_script({"starts": list(parts), "words": words, **lists}),
            "notes": packed_script({one.id: context.language.typeset(one.title) for one in sources}),
            **{str(number): script for number, script in enumerate(parts.values())},
        }

    if memory is None:
        scripts = made()
    else:
        parts = {
            "the data": inputs.data,
            "the words": repr(words),
            "the links": repr(links),
            "the pictures": repr(sorted((i, one.avif, one.plain) for i, one in context.shown.items())),
        }
        scripts = memory.recall_value(f"cards {context.code}", parts, made)
    return {f"{context.code}/{FOLDER}/{name}.js": script for name, script in scripts.items()}


def mark_scripts(context: Context) -> dict[str, bytes]:
    """Return, by path from the root, the script of each figure that says what the marks of its drawings draw.

    For the wide and for the narrow one: the number of a shape and the id whose card it opens, in turn.
    """
    links, ledger = make_links(context.inputs), context.inputs.ledger
    return {
        f"{code}/{FOLDER}/figures/{figure}.js": packed_script(
            [[part for mark in marks if _is_carded(mark[1], ledger, links) for part in mark] for marks in two]
        )
        for (code, figure), two in context.drawings.marks.items()
        if code == context.code
    }


def _is_carded(ident: str, ledger: Ledger, links: Links) -> bool:
    """Tell whether a record has a card: one of a table that is printed."""
    table = "events" if ident in ledger.events else ""
    record = ledger.claims.get(ident) or ledger.entities.get(ident)
    return (record.table if record else table) in links.tables


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
