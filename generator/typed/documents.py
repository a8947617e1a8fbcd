"""The bytes of a TOML, JSON or YAML file go in; plain values that know their lines come out, or problems."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from generator.problems import Location, Problem
from generator.typed.lines import Lines, Path, json_lines, toml_lines, yaml_lines

#: How deep tables and lists may stand in one another.
DEEPEST = 40
#: What no text of ours holds: characters of control, and halves of a character.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """A file that was read: its value, made of dicts, lists, texts, numbers, and where each part stands."""

    file: str
    value: Any
    find_lines: Callable[[], Lines]

    @cached_property
    def lines(self) -> Lines:
        """The line of each key, found when it is first asked for."""
        return self.find_lines()

    def location(self, path: Path = ()) -> Location:
        """Return where a value stands: file, line, and its path as a person writes it."""
        return Location(self.file, self.lines.of(path), written(path))


def written(path: Path) -> str:
    """Write a path as a person counts: `("figure", 0, "title")` is `figure[1].title`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return UNFIT.sub("�", "".join(parts).removeprefix("."))


def decode(file: str, raw: bytes) -> str | Problem:
    """Decode UTF-8, with or without a byte-order mark (spreadsheets and some editors write one)."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        form = "CSV UTF-8" if file.endswith(".csv") else "UTF-8"
        message, hint = f"byte {raw[error.start]:#04x} is not UTF-8", f'save the file as "{form}"'
        return Problem(Location(file, line), "not-utf8", message, hint)


def read_toml(file: str, raw: bytes, code: str) -> Document | list[Problem]:
    """Read TOML; what is wrong in it has the problem *code*."""
    text = decode(file, raw)
    if isinstance(text, Problem):
        return [text]
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = message[: place.start()] if place else message
        hint = "a text stands in straight quotes, a list in brackets; see toml.io for the form"
        return [Problem(Location(file, line), code, f"not TOML: {message}", hint)]
    except RecursionError:
        return [_too_deep(file, code)]
    return _document(file, value, lambda: toml_lines(text.encode()), code)


def read_json(file: str, raw: bytes, code: str) -> Document | list[Problem]:
    """Read JSON; what is wrong in it, a key that stands twice too, has the problem *code*."""
    text = decode(file, raw)
    if isinstance(text, Problem):
        return [text]
    twice: list[str] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        twice.extend(members if len(members) < len(pairs) else ())
        return members

    try:
        value = json.loads(text, object_pairs_hook=table, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        hint = "look for a comma or a quotation mark too many or too few, on this line or the one before"
        return [Problem(Location(file, error.lineno), code, f"not JSON: {error.msg}", hint)]
    except ValueError as error:
        return [Problem(Location(file), code, f"not JSON: {error}")]
    except RecursionError:
        return [_too_deep(file, code)]
    outcome = _document(file, value, lambda: json_lines(text.encode()), code)
    return list(_repeated(outcome, code)) if twice and isinstance(outcome, Document) else outcome


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def read_yaml(
    file: str, text: str, code: str, *, first: int = 1, loader: type[Any] = yaml.SafeLoader
) -> Document | list[Problem]:
    """Read YAML whose first line is line *first* of the file.

    The base loader takes every scalar for a text: `Yes`, `1907` and `2020-01-01` stay what was written.
    """
    reader = None
    try:
        reader = loader(text)
        node = reader.get_single_node()
        value = None if node is None else reader.construct_document(node)
    except yaml.YAMLError as error:
        return [_not_yaml(file, error, code, first)]
    except (ValueError, RecursionError, TypeError) as error:
        # Dates that do not exist, tables that hold themselves, keys that are tables.
        return [Problem(Location(file, first), code, f"cannot be read: {error}")]
    finally:
        if reader is not None:
            reader.dispose()
    outcome = _document(file, value, lambda: yaml_lines(node, first), code)
    if isinstance(outcome, list):
        return outcome
    return list(_repeated(outcome, code)) or outcome


def _not_yaml(file: str, error: yaml.YAMLError, code: str, first: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = str(getattr(error, "problem", None) or str(error).splitlines()[0])
    hint = "put a text that holds a colon, a hash or quotes between quotation marks"
    return Problem(Location(file, mark.line + first if mark else first), code, f"not YAML: {message}", hint)


def _repeated(document: Document, code: str) -> Iterator[Problem]:
    for path in document.lines.repeated:
        message, hint = f'the key "{path[-1]}" stands twice', "keep one of the two"
        yield Problem(document.location(path), code, message, hint)


def _too_deep(file: str, code: str) -> Problem:
    return Problem(Location(file), code, "tables and lists stand too deep in one another")


def _document(file: str, value: Any, find_lines: Callable[[], Lines], code: str) -> Document | list[Problem]:
    """Make a document of plain values; a text that no page can show is a problem."""
    unfit: list[Path] = []
    try:
        document = Document(file, _plain(value, (), unfit), find_lines)
    except RecursionError:
        return [_too_deep(file, code)]
    hint = "write the character itself, or leave it out"
    message = "the text holds a character of control, or half of one"
    return [Problem(document.location(path), code, message, hint) for path in unfit] or document


def _plain(value: Any, path: Path, unfit: list[Path]) -> Any:
    """Return a value as JSON has it: keys are texts, days and hours are written out."""
    if len(path) > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        unfit.extend((*path, str(key)) for key in value if UNFIT.search(str(key)))
        return {str(key): _plain(part, (*path, str(key)), unfit) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(part, (*path, number), unfit) for number, part in enumerate(value)]
    if isinstance(value, str):
        if UNFIT.search(value):
            unfit.append(path)
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)
