"""A plain value and the shape it must have go in; a record comes out, or a problem for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, TypeVar, cast, dataclass_transform

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo
from pydantic.dataclasses import dataclass as _checked
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.problems import Location, Problem, did_you_mean
from generator.typed.lines import Path

T = TypeVar("T")
#: Says where a part of a value stands, by the part's path from there.
Locate = Callable[[Path], Location]

#: Nothing is guessed: "5" is not a number, 5 is not a text, and a key that no field asks for is refused.
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=False)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def record(shape: type[T]) -> type[T]:
    """Make a frozen dataclass whose fields are checked when it is read (and when it is made).

    A field's `Field(description=…)` says what is expected, in words: "a number of kilometres".
    """
    made: Any = _checked(shape, config=STRICT, frozen=True, slots=True, kw_only=True)
    return cast("type[T]", made)


def inside(locate: Locate, path: Path) -> Locate:
    """Return what says where a part stands, counted from the value at *path*."""
    return lambda inner: locate((*path, *inner))


def refused(message: str, hint: str = "") -> PydanticCustomError:
    """Return the exception with which a field's own check refuses a value: what is wrong, what to do."""
    return PydanticCustomError("refused", "{said}", {"said": message, "hint": hint})


def _in_every_language(texts: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    """Refuse a text that a language of the documentary lacks."""
    lacking = [code for code in info.context or () if not texts.get(code, "").strip()]
    if lacking:
        near = {code: did_you_mean(code, set(texts) - set(info.context or ())) for code in lacking}
        raise PydanticCustomError(
            "one-language",
            "{said}",
            {
                "said": f"no text in {' and in '.join(lacking)}",
                "hint": next((hint for hint in near.values() if hint), "say it in every language"),
            },
        )
    return texts


#: A text in every language of the documentary, by the language's code.
Texts = Annotated[
    Mapping[str, str],
    AfterValidator(_in_every_language),
    Field(description='a text in every language, { fr = "…", en = "…" }'),
]


@cache
def _adapter(shape: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[Any]", shape))


def read_as(
    shape: type[T],
    value: Any,
    locate: Locate,
    *,
    code: str,
    what: str = "",
    languages: Sequence[str] = (),
) -> T | list[Problem]:
    """Read a plain value as a *shape*: a record, or a type made of records.

    Args:
        shape: a class made by `record`, or any type pydantic knows.
        value: dicts, lists, texts, numbers, as a file holds them.
        locate: where a part of the value stands, by its path from *value*.
        code: the code of a problem.
        what: what is read, in words; each message begins with it.
        languages: the languages in which every one of `Texts` must be there.
    """
    adapter = _adapter(cast("Hashable", shape))
    try:
        read: T = adapter.validate_json(json.dumps(value), context=tuple(languages))
    except ValidationError as error:
        schema = adapter.json_schema()
        errors = error.errors(include_url=False)
        return sorted({_problem(one, value, schema, locate, code, what) for one in errors})
    return read


def _problem(
    error: ErrorDetails,
    value: Any,
    schema: Mapping[str, Any],
    locate: Locate,
    code: str,
    what: str,
) -> Problem:
    path, kind = _real_path(error, value), error["type"]
    context: Mapping[str, Any] = error.get("ctx", {})
    prefix = f"{what}: " if what else ""
    if kind == "missing" and isinstance(error["loc"][-1], str):
        message, hint = f'"{path[-1]}" is missing', _expected(schema, path)
        return Problem(locate(path[:-1]), code, prefix + message, f"add {path[-1]}: {hint}" if hint else "")
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        known = sorted({key for part in _schemas_at(schema, path[:-1]) for key in part.get("properties", {})})
        hint = did_you_mean(str(path[-1]), known, f"the keys are: {some(known)}")
        return Problem(locate(path), code, f'{prefix}there is no key "{path[-1]}"', hint)
    if "said" in context:
        code_of_problem = kind if kind == "one-language" else code
        return Problem(
            locate(path), code_of_problem, prefix + str(context["said"]), str(context.get("hint", ""))
        )
    words = [word for part in _schemas_at(schema, path) for word in _words(part)]
    if kind in {"literal_error", "enum"} and words:
        hint = did_you_mean(str(error["input"]), words, f"write one of: {some(words)}")
        return Problem(locate(path), code, f"{prefix}{_shown(error['input'])} is not known here", hint)
    wanted = _expected(schema, path) or _WANTED.get(kind, "")
    met = _value_at(value, path) if kind == "missing" else error["input"]
    message = f"expected {wanted}, found {_shown(met)}" if wanted else _lowered(error["msg"])
    hint = "write a day of the calendar, as 2026-11-27" if kind.startswith("date_") else ""
    return Problem(locate(path), code, prefix + message, hint)


#: What pydantic's kinds of mistake expected, in words.
_WANTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "bool_type": "true or false",
    "missing": "a longer list",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table of keys",
    "mapping_type": "a table of keys",
    "dataclass_type": "a table of keys",
    "date_type": "a day, YYYY-MM-DD",
    "date_parsing": "a day, YYYY-MM-DD",
    "date_from_datetime_parsing": "a day, YYYY-MM-DD",
    "date_from_datetime_inexact": "a day, YYYY-MM-DD",
}


def _real_path(error: ErrorDetails, value: Any) -> Path:
    """Leave out of a mistake's path what pydantic adds: which branch of a choice it tried."""
    path: Path = ()
    for number, part in enumerate(error["loc"]):
        last = number == len(error["loc"]) - 1
        inside = (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int) and part < len(value)
        )
        if inside:
            path, value = (*path, part), value[part]
        elif last and error["type"] == "missing" and isinstance(part, str):
            path = (*path, part)
    return path


def some(words: Sequence[str], most: int = 12) -> str:
    """Name words one after the other, as many as can be read in a line."""
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def _value_at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _schemas_at(schema: Mapping[str, Any], path: Path) -> list[Mapping[str, Any]]:
    """Return what a JSON schema says of the value at a path: each of the forms it may have."""
    parts = list(_forms(schema, schema))
    for step in path:
        inner: list[Mapping[str, Any]] = []
        for part in parts:
            if isinstance(step, int):
                prefixed = part.get("prefixItems", [])
                below = prefixed[step] if step < len(prefixed) else part.get("items")
            else:
                below = part.get("properties", {}).get(step, part.get("additionalProperties"))
            if isinstance(below, dict):
                inner += _forms(below, schema)
        parts = inner
    return parts


def _forms(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a part of a JSON schema, and what it refers to or chooses between."""
    yield part
    if "$ref" in part:
        yield from _forms(schema["$defs"][part["$ref"].rsplit("/", 1)[-1]], schema)
    for choice in (*part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("allOf", ())):
        yield from _forms(choice, schema)


def _words(part: Mapping[str, Any]) -> list[str]:
    """Return the words a field may hold; true and false are said by its description."""
    words = part.get("enum", [part["const"]] if "const" in part else [])
    return [word for word in words if isinstance(word, str)]


def _expected(schema: Mapping[str, Any], path: Path) -> str:
    """Return what a field says of itself: the nearest description."""
    parts = _schemas_at(schema, path)
    return next((str(part["description"]) for part in parts if "description" in part), "")


def _shown(value: Any) -> str:
    """Say a value in a few words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'"{value}"' if len(value) <= 60 else f'"{value[:59]}…"'
        case list():
            return f"a list of {len(value)}"
        case _:
            return "a table of keys"


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
