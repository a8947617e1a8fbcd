"""The text of a TOML, JSON or YAML file goes in; the line on which each of its keys stands comes out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

#: The way to a value from the top of a file: names of keys, and numbers of elements counted from 0.
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Lines:
    """Where the keys of a file stand: lines counted from 1, by path; and the keys that stand twice."""

    by_path: dict[Path, int] = field(default_factory=dict)
    repeated: list[Path] = field(default_factory=list)

    def put(self, path: Path, line: int) -> None:
        """Note where a key or an element stands; the first place counts."""
        self.by_path.setdefault(path, line)

    def put_key(self, path: Path, line: int) -> None:
        """Note where a key stands that may stand once only; of one that stands twice the second counts."""
        if path in self.by_path:
            self.repeated.append(path)
        self.by_path[path] = line

    def of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it that stands in the file."""
        while path and path not in self.by_path:
            path = path[:-1]
        return self.by_path.get(path, 1)


def toml_lines(raw: bytes) -> Lines:
    """Find the line of every table, key and element of a TOML file that can be read."""
    import tree_sitter_toml

    lines, elements = Lines(), dict[Path, int]()
    for node in _root(tree_sitter_toml, raw).named_children:
        line = node.start_point[0] + 1
        if node.type == "pair":
            _toml_pair(node, (), lines)
        elif node.type in {"table", "table_array_element"}:
            path: Path = ()
            for name in _toml_names(node.named_children[0]):
                path = _last_element((*path, name), elements)
                lines.put(path, line)
            if node.type == "table_array_element":
                table = path[:-1] if isinstance(path[-1], int) else path
                elements[table] = elements.get(table, 0) + 1
                path = _last_element(table, elements)
                lines.put(path, line)
            for pair in node.named_children:
                if pair.type == "pair":
                    _toml_pair(pair, path, lines)
    return lines


def _last_element(path: Path, elements: dict[Path, int]) -> Path:
    """Continue a path to an array of tables with its last element so far, as TOML does."""
    return (*path, elements[path] - 1) if path in elements else path


def _toml_pair(node: Any, path: Path, lines: Lines) -> None:
    key, value = node.named_children[:2]
    for name in _toml_names(key):
        path = (*path, name)
        lines.put(path, node.start_point[0] + 1)
    _toml_value(value, path, lines)


def _toml_value(node: Any, path: Path, lines: Lines) -> None:
    if node.type == "inline_table":
        for pair in node.named_children:
            if pair.type == "pair":
                _toml_pair(pair, path, lines)
    elif node.type == "array":
        elements = (child for child in node.named_children if child.type != "comment")
        for number, child in enumerate(elements):
            lines.put((*path, number), child.start_point[0] + 1)
            _toml_value(child, (*path, number), lines)


def _toml_names(key: Any) -> Iterator[str]:
    """Yield the parts of a key: `a."b c"` has two."""
    table = tomllib.loads(f"{key.text.decode()} = 0")
    while isinstance(table, dict):
        [(name, table)] = table.items()
        yield name


def json_lines(raw: bytes) -> Lines:
    """Find the line of every key and element of a JSON file that can be read."""
    import tree_sitter_json

    lines = Lines()
    for node in _root(tree_sitter_json, raw).named_children:
        _json_value(node, (), lines)
    return lines


def _json_value(node: Any, path: Path, lines: Lines) -> None:
    """Walk a value. What the grammar does not know, as it does not know `1e+9`, is passed over."""
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is None or value is None:
                continue
            inner = (*path, str(json.loads(key.text)))
            lines.put_key(inner, pair.start_point[0] + 1)
            _json_value(value, inner, lines)
    elif node.type == "array":
        for number, child in enumerate(node.named_children):
            lines.put((*path, number), child.start_point[0] + 1)
            _json_value(child, (*path, number), lines)


def _root(grammar: Any, raw: bytes) -> Any:
    """Parse with a grammar of tree-sitter; its nodes know where they stand."""
    from tree_sitter import Language, Parser

    return Parser(Language(grammar.language())).parse(raw).root_node


def yaml_lines(node: yaml.Node | None, first: int = 1) -> Lines:
    """Find the line of every key and element of a composed YAML document whose first line is *first*."""
    lines = Lines()
    if node is not None:
        _yaml_value(node, (), lines, first, frozenset())
    return lines


def _yaml_value(node: yaml.Node, path: Path, lines: Lines, first: int, around: frozenset[int]) -> None:
    """Walk a node; *around* are the nodes it stands in, because an alias may lead back to one."""
    if id(node) in around:
        return
    around |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            lines.put_key(inner, key.start_mark.line + first)
            _yaml_value(value, inner, lines, first, around)
    elif isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            lines.put((*path, number), child.start_mark.line + first)
            _yaml_value(child, (*path, number), lines, first, around)
