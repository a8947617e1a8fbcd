"""What somebody answers goes in; the files of a new documentary come out, which builds at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.new.answers import LANGUAGES, Answers
from generator.new.drawing import pictures
from generator.new.explained import tables_markdown
from generator.new.origin import Origin
from generator.new.tables import HERE, package, package_json, rows

_TEMPLATE: Final = HERE / "template"
#: Where each file of the template goes, if not to the same place: what begins with a dot is hard to carry.
_PLACES: Final = {"documentary.toml": "data/documentary.toml", "gitignore": ".gitignore"}
#: The pages of the ledger: path, kind, table, and what its entries are grouped by.
_LEDGER: Final = (
    ("chronology", "events", "", ""),
    ("counts", "claims", "counts", ""),
    ("questions", "questions", "", ""),
    ("people", "entities", "people", "side"),
    ("groups", "entities", "groups", "kind"),
    ("places", "entities", "places", "kind"),
    ("journeys", "entities", "journeys", "kind"),
    ("glossary", "entities", "glossary", ""),
    ("pictures", "media", "", ""),
    ("corrections", "corrections", "", ""),
)


def make_documentary(
    answers: Answers, *, origin: Origin, pins: Sequence[tuple[str, str]]
) -> dict[str, bytes]:
    """Return every file of a new documentary, by its path.

    Args:
        answers: its title, languages, sides and date.
        origin: where its generator comes from.
        pins: name and version of each package that the generator stands on.
    """
    names = {
        "title": answers.title,
        "languages": answers.languages,
        "dated": answers.dated,
        "ledger": _LEDGER,
        "generator": origin.requirement,
        "local": origin.local,
        "pins": pins,
        "t": partial(_texts, answers),
        "texts": lambda texts: _texts(answers, **texts),
        "quote": quote,
        "markdown": lambda texts: _markdown(next(iter(texts.values()))),
    }
    return {
        **_written(names, answers),
        **rows(answers),
        "data/datapackage.json": package_json(answers),
        **{f"docs/media/{name}": raw for name, raw in pictures().items()},
        "data/README.md": tables_page(package(answers), next(iter(answers.languages))),
        **{path: _example(path, answers) for path in ("data/sources.json", "data/geo/river.geojson")},
    }


def _written(names: Mapping[str, object], answers: Answers) -> dict[str, bytes]:
    """Return the settings, the prose and what builds it, with the answers written in."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE),
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - TOML, YAML and Markdown: what is written in is quoted there
    )
    files = {}
    for path in sorted(environment.list_templates()):
        top, _, rest = path.partition("/")
        if top == "data" or (top == "docs" and rest.split("/")[0] not in answers.languages):
            continue
        place = f".github/{path}" if top == "workflows" else _PLACES.get(path, path)
        files[place] = environment.get_template(path).render(names).encode()
    return files


def quote(text: str) -> str:
    """Return a text between quotation marks, as TOML, YAML and JSON all read it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _texts(answers: Answers, **texts: str) -> str:
    """Return a text in every language as a TOML table, and in no other language."""
    return "{ " + ", ".join(f"{code} = {quote(texts[code])}" for code in answers.languages) + " }"


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def tables_page(package: Mapping[str, Any], code: str) -> bytes:
    """Return the page that explains the tables of a data package in a language."""
    head = (
        "# The tables\n\n"
        "One row is what one source states. An asterisk marks what may not be empty. Titles, explanations\n"
        "and columns stand in `datapackage.json`; `python -m generator tables` writes this page from it.\n\n"
    )
    return f"{head}{tables_markdown(package, code)}".encode()


def _example(path: str, answers: Answers) -> bytes:
    """Return a file of JSON of the template, without what it says in languages that were not chosen."""
    value = _chosen(json.loads((_TEMPLATE / path).read_bytes()), answers)
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _chosen(value: Any, answers: Answers) -> Any:
    if isinstance(value, list):
        return [_chosen(part, answers) for part in value]
    if not isinstance(value, dict):
        return value
    other = tuple(f"_{code}" for code in LANGUAGES if code not in answers.languages)
    return {key: _chosen(part, answers) for key, part in value.items() if not key.endswith(other)}
