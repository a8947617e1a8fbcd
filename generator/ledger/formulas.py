"""The formula of a computed number goes in; its calls and their arguments come out, or `FormulaError`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_NUMBER, _WORD = r"(?P<number>-?\d+(?:\.\d+)?)(?![\w-])", r"(?P<word>[a-z][a-z0-9_-]*)"
_TOKEN = re.compile(rf"\s*(?:{_NUMBER}|{_WORD}|(?P<mark>[(),])|$)")


class FormulaError(ValueError):
    """A formula that cannot be read or computed: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given: numbers, ids of records, and further calls."""

    name: str
    arguments: tuple[Argument, ...]


Argument = Call | Decimal | str


def read_formula(text: str) -> Call:
    """Read "sum(c-killed, c-wounded)" or "least(chord(line, river, 47.5), 12)".

    Raises:
        FormulaError: the text is not one call with its arguments.
    """
    tokens = list(_tokens(text))
    call, rest = _argument(tokens, text)
    if rest or not isinstance(call, Call):
        raise FormulaError(f'"{text}" is not one call', "write sum(a, b), distance(a, b), …")
    return call


def _tokens(text: str) -> Iterator[Decimal | str]:
    at = 0
    while at < len(text.rstrip()):
        token = _TOKEN.match(text, at)
        if token is None:
            raise FormulaError(f'"{text[at:].strip()}" cannot be read', "ids, numbers, brackets and commas")
        yield Decimal(token["number"]) if token["number"] else token["word"] or token["mark"]
        at = token.end()


def _argument(tokens: list[Decimal | str], text: str) -> tuple[Argument, list[Decimal | str]]:
    """Return the argument that the tokens begin with, and the tokens behind it."""
    if not tokens or str(tokens[0]) in "(),":
        raise FormulaError(f'"{text}" lacks an argument', "write sum(a, b), distance(a, b), …")
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, Decimal) or rest[:1] != ["("]:
        return first, rest
    arguments: list[Argument] = []
    while rest and rest[0] != ")":
        argument, rest = _argument(rest[1:], text)
        arguments.append(argument)
        if rest and rest[0] not in {",", ")"}:
            raise FormulaError(f'a comma is missing before "{rest[0]}"')
    if not rest:
        raise FormulaError(f'"{text}" lacks a closing bracket')
    return Call(first, tuple(arguments)), rest[1:]
