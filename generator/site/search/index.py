"""The texts of each language go in; its search comes out: the program, and an index in small parts.

Node makes the index with the very files that a reader's browser runs, so that both cut words alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from generator.drawing import PROGRAMS
from generator.drawing.packed import packed_text, plain_text
from generator.drawing.render import find_tools, run_program
from generator.language import Language
from generator.output.memory import Memory
from generator.site.search.texts import Kind, Text

#: Makes the files of search from the texts.
_BUILD = Path(__file__).resolve().parent / "program" / "build.mjs"
#: How many texts one part of the results holds: a page of ten asks for ten parts at most.
TEXTS_IN_A_PART: Final = 5
#: How much of a text is kept for its excerpt, in letters.
_KEPT: Final = 700
#: Up to how many results are counted; above that, only that there are more.
_COUNTED: Final = 50
#: The rules of stemming and the words that say nothing alone, by language as our packages name them.
#: A language without is searched by whole words and their beginnings.
STEMS: Final = {
    "ar": "ar", "bg": "bg", "da": "dk", "de": "de", "en": "en", "es": "es", "fi": "fi", "fr": "fr",
    "hu": "hu", "it": "it", "nl": "nl", "no": "no", "nb": "no", "pt": "pt", "ro": "ro", "ru": "ru",
    "sv": "se", "tr": "tr",
}  # fmt: skip


def make_search(
    texts: Mapping[str, Iterable[Text]], languages: Mapping[str, Language], memory: Memory
) -> dict[str, bytes]:
    """Return the files of search by path from the root of the site.

    Args:
        texts: what can be found, by language.
        languages: what each dialog speaks.
        memory: keeps the search of each language.

    Raises:
        DrawingError: Node is not there.
    """
    found = {code: list(of_language) for code, of_language in texts.items()}
    given = {
        code: {
            "rules": STEMS.get(code.split("-")[0], ""),
            "texts": [_given(text) for text in of_language],
            "about": {
                "size": TEXTS_IN_A_PART,
                "say": {**_messages(languages[code]), "lists": _lists(of_language)},
            },
        }
        for code, of_language in found.items()
    }
    tools = find_tools(PROGRAMS)
    slots = {f"search {code}": code for code in given}

    def make(missing: Sequence[str]) -> dict[str, bytes]:
        asked = {slots[slot]: given[slots[slot]] for slot in missing}
        order = json.dumps({"packages": str(tools.packages), "languages": asked}, ensure_ascii=False)
        [printed] = run_program(tools, str(_BUILD), [order])
        made: dict[str, dict[str, str]] = json.loads(printed)
        return {slot: json.dumps(_scripts(made[slots[slot]])).encode() for slot in missing}

    wanted = {slot: {"texts and words": json.dumps(given[code])} for slot, code in slots.items()}
    kept = {slots[slot]: json.loads(raw) for slot, raw in memory.recall_all(wanted, make).items()}
    return {
        f"{code}/{path}": text.encode()
        for code, of_language in kept.items()
        for path, text in of_language.items()
    }


def _scripts(made: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a language: the program as it is, and each part of the index as a script.

    The first of them, which says what parts there are, is plain: every query waits for it.
    """
    scripts = {}
    for path, text in made.items():
        write = plain_text if path == "search/index.js" else packed_text
        scripts[path] = write(text).decode() if path.startswith("search/") else text
    return scripts


def _given(text: Text) -> dict[str, object]:
    """Say what is searched in a text, by where it stands, and what is shown of it."""
    names = " · ".join(text.names)
    fields = {
        "title": text.title if text.titled else "",
        "names": names,
        "about": text.about,
        "headings": " · ".join(text.headings),
        "page": text.page_title if text.kind is Kind.SECTION else "",
        "body": text.body,
    }
    shown = [text.page, text.anchor, text.page_title, text.title, (text.body or text.about)[:_KEPT], names]
    return {
        "kind": text.kind,
        "fields": {name: value for name, value in fields.items() if value},
        "shown": shown,
    }


def _lists(texts: Sequence[Text]) -> list[tuple[str, str]]:
    """Return the path and the title of each page that lists names, which one can look through instead."""
    named = {text.page for text in texts if text.names and text.kind is Kind.ENTRY}
    return [(t.page, t.title) for t in texts if t.kind is Kind.REFERENCE and t.page in named]


def _messages(language: Language) -> dict[str, object]:
    say = language.say
    counts = [language.plural("{n} result", "{n} results", n) for n in range(_COUNTED + 1)]
    return {
        "search": say("Search"),
        "hint": say("A name, a place, a number"),
        "close": say("Close"),
        "none": say("Nothing found."),
        "help": say(
            "Fewer words may find more, or a name in another spelling. All names stand in these lists:"
        ),
        "browse": say("Lists of names"),
        "counts": [*counts, say("More than {n} results", n=_COUNTED)],
        "more": say("More results"),
        "also": say("Also results for “{meant}”.", meant="{meant}"),
        "meant": say("Nothing says “{typed}”: results for “{meant}”.", typed="{typed}", meant="{meant}"),
    }
