"""The text of a macro and what it may call go in; what its call returns comes out, or `UnknownMacroError`."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from generator.problems import did_you_mean

#: A text in straight quotes.
_STRING = re.compile(r"""(["'])(?:\\.|(?!\1)[^\\])*\1""", re.DOTALL)
#: What a macro looks like, for whoever wrote something else.
_FORM = 'a macro is {{ name("argument") }}'
#: Arguments that switch something on; every other one is a text.
_SWITCHES = ("unit", "feminine", "neuter", "digits", "between", "article", "time", "year")


class UnknownMacroError(Exception):
    """A macro that cannot be rendered: the problem's code, its message and its hint."""


def call(expression: str | None, functions: Mapping[str, Callable[..., str]]) -> str:
    """Call the one function a macro names, with literal arguments; nothing else is a macro."""
    try:
        name, arguments, keywords = _read_call(expression or "")
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
        # Nothing of ours has run yet: this is Python's parser, which says in these ways that it cannot read.
        raise UnknownMacroError("unknown-mark", f"{(expression or 'this').strip()}", _FORM) from error
    if name not in functions:
        raise UnknownMacroError("unknown-mark", f'"{name}"', did_you_mean(name, functions))
    function = functions[name]
    signature = _signature(getattr(function, "__func__", function))
    _check_names(name, signature, keywords)
    _check_arguments(arguments, keywords)
    try:
        signature.bind(*arguments, **keywords)
    except TypeError as error:
        raise UnknownMacroError("unknown-mark", f"{name}: {error}", _FORM) from error
    return function(*arguments, **keywords)


@lru_cache(maxsize=4096)
def _read_call(expression: str) -> tuple[str, tuple[Any, ...], Mapping[str, Any]]:
    """Return the name, the arguments and the named arguments of a call; the pages of a pair make the same.

    Raises:
        SyntaxError, ValueError, TypeError, RecursionError, MemoryError: it is no call with literal arguments.
    """
    node = ast.parse(_STRING.sub(_on_one_line, expression.strip()), mode="eval").body
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise TypeError("no call")
    arguments = tuple(ast.literal_eval(a) for a in node.args)
    return node.func.id, arguments, {k.arg or "": ast.literal_eval(k.value) for k in node.keywords}


@cache
def _signature(method: Callable[..., str]) -> inspect.Signature:
    """Return what a macro takes, beside the page it stands on."""
    whole = inspect.signature(method)
    return whole.replace(parameters=list(whole.parameters.values())[1:])


def _check_names(name: str, signature: inspect.Signature, keywords: Mapping[str, Any]) -> None:
    """What an argument is called is one of those the macro has."""
    known = list(signature.parameters)
    for keyword in keywords:
        if keyword not in known:
            hint = did_you_mean(keyword, known, f"it takes {', '.join(known)}")
            raise UnknownMacroError("unknown-mark", f'{name} has no argument "{keyword}"', hint)


def _on_one_line(text: re.Match[str]) -> str:
    """Let a text in quotes go over several lines: words of another may be long."""
    return text[0].replace("\n", "\\n")


def _check_arguments(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> None:
    """A text stands in quotes; a switch is True or False."""
    for name in _SWITCHES:
        if not isinstance(keywords.get(name, False), bool):
            raise UnknownMacroError("unknown-mark", f"{name} is True or False", _FORM)
    texts = [*arguments, *(value for name, value in keywords.items() if name not in _SWITCHES)]
    for value in texts:
        if not isinstance(value, str):
            raise UnknownMacroError("unknown-mark", f"{value!r} is not a text in quotes", _FORM)
