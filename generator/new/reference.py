"""The types of settings and tables go in; what may stand in each comes out, as a page of Markdown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from generator.figures import KINDS
from generator.ledger.roles import COLUMNS, NAMED, SEVERAL, Column
from generator.new.tables import HERE, explain
from generator.settings.shapes import PAGE_OPTIONS, FigureHead, PageOptions, SettingsFile

_HEAD = """# Reference: tables and settings

Written by `python -m generator reference` from what the program checks; do not change it by hand.

"""
_TABLES = """`data/datapackage.json` names the tables: each has a name, a file, a role and columns. What is
not marked by an asterisk may be an empty cell; a column in brackets may be missing. `name_xx` is one column
for each language. A table may have more columns: they are published, and the program leaves them alone.
"""


def reference() -> str:
    """Return the page: every role with its columns, every setting with its form."""
    return _HEAD + "\n".join([*_roles(), *_settings()])


def _roles() -> Iterator[str]:
    yield "## Tables\n"
    yield _TABLES
    for role, columns in COLUMNS.items():
        many = "there may be several tables" if role in SEVERAL else "one table at most"
        named = f", called `{role}`" if role in NAMED else ""
        yield f"### Role `{role}`: {many}{named}\n"
        yield "| Column | Form | What goes in |"
        yield "|---|---|---|"
        for stem, column in columns.items():
            name = f"`{stem}_xx`" if column.localised else f"`{stem}`"
            shown = f"({name})" if column.optional else f"{name}*" if column.required else name
            yield f"| {shown} | {_cell(_form(column, stem))} | {_cell(explain(role, stem)['en'][1])} |"
        yield ""


def _form(column: Column, stem: str) -> str:
    if column.to:
        return f"{'ids' if column.many else 'an id'} of {', '.join(column.to)}"
    if column.values and stem != "symbol":
        return "one of " + ", ".join(f"`{word}`" for word in column.values)
    kinds = {"edtf": "date (EDTF)", "integer": "whole number", "number": "number"}
    return kinds.get(column.type) or ("word of the vocabulary" if column.words else "text")


def _settings() -> Iterator[str]:
    yield "## Settings: `data/documentary.toml`\n"
    yield from _shape(SettingsFile)
    yield "### A page: `[[page]]`\n"
    yield from _shape(PageOptions)
    for kind, shape in PAGE_OPTIONS.items():
        if more := [
            key for key in _schema(shape)["properties"] if key not in _schema(PageOptions)["properties"]
        ]:
            yield f'A page with `kind = "{kind}"` has more:\n'
            yield from _shape(shape, more)
    yield "### A figure: `[[figure]]`\n"
    yield from _shape(FigureHead)
    yield "What the options of each kind are for stands in [figures](figures.md).\n"
    for name, figure in KINDS.items():
        yield f'#### `kind = "{name}"`\n'
        yield from _shape(figure.options, told=False)


def _schema(shape: type[Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = TypeAdapter(shape).json_schema()
    return schema


def _shape(shape: type[Any], only: Sequence[str] = (), *, told: bool = True) -> Iterator[str]:
    """Yield a table of the keys of a record, *told* what each is for; those of records in it stand below."""
    schema = _schema(shape)
    kept = {key: part for key, part in schema["properties"].items() if not only or key in only}
    yield "| Setting | Form |" + (" What for |" if told else "")
    yield "|---|---|" + ("---|" if told else "")
    for name, form in _keys({**schema, "properties": kept}, schema.get("$defs", {}), ""):
        purpose = f" {_cell(purposes().get(name.rstrip('*'), ''))} |" if told else ""
        yield f"| `{name.rstrip('*')}`{'*' if name.endswith('*') else ''} | {_cell(form)} |{purpose}"
    yield ""


def _keys(schema: Mapping[str, Any], shapes: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    """Yield each key with its form; one that must be there ends in an asterisk."""
    needed = schema.get("required", ())
    for key, part in schema["properties"].items():
        yield f"{above}{key}{'*' if key in needed else ''}", _said(part, shapes)
        if "properties" in (inner := _shape_of(part, shapes)):
            yield from _keys(inner, shapes, f"{above}{key}.")


def _shape_of(part: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the record that a key, or each element of its list, holds; an empty one if it is none."""
    inner = part.get("items", part)
    named_shape: Mapping[str, Any] = shapes.get(str(inner.get("$ref", "")).rpartition("/")[2], {})
    return named_shape


def _said(part: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """Say in words what a key may hold."""
    if part.get("description"):
        return str(part["description"])
    if words := part.get("enum") or _shape_of(part, shapes).get("enum"):
        return "one of " + ", ".join(f"`{word}`" for word in words)
    if "const" in part:
        return f"`{part['const']}`"
    if forms := part.get("anyOf"):
        choices = (_said(form, shapes) for form in forms if form.get("type") != "null")
        return " or ".join(dict.fromkeys(choices))
    kinds = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return kinds.get(part.get("type", ""), "a list" if part.get("type") == "array" else "a table")


@cache
def purposes() -> Mapping[str, str]:
    """Return what each setting is for, by its name."""
    return tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
