"""The descriptor of a Data Package goes in; its tables and columns come out, or problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from generator.ledger import schema
from generator.ledger.roles import NAMED, SEVERAL, Column, Role, columns_of
from generator.problems import Problem, did_you_mean
from generator.typed import Document, Locate, Path, Texts, inside, read_as, read_json, record, refused

CODE = "bad-package"
#: What a text in several languages is called in the descriptor: `title` (English) and `title@fr`.
_TEXTS = ("title", "description")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise refused(f'"{text}" is not a regular expression: {error}', "[a-z0-9-]+ is one") from error
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"\w[\w.-]*", text):
        raise refused(f'"{text}" is not a name', "a name is made of letters, digits, hyphens and full stops")
    return text


def _csv(text: str) -> str:
    if not re.fullmatch(r"\w[\w-]*\.csv", text):
        raise refused(f'"{text}" is not a table beside the data package', 'write "sides.csv"')
    return text


Name = Annotated[str, AfterValidator(_name)]
_Anything = Any


@record
class Constraints:
    """What a column allows, as a Data Package says it."""

    required: bool = False
    unique: bool = False
    pattern: Annotated[str, AfterValidator(_pattern)] = ""
    enum: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    minLength: int = 0  # noqa: N815 - as the standard calls it
    maxLength: int | None = None  # noqa: N815 - as the standard calls it


@record
class FieldShape:
    """One column. `edtf`, `reference`, `references`, `vocabulary` and `shown` are ours."""

    name: Name
    type: Literal["string", "integer", "number"] = "string"
    format: str = "default"
    title: Texts
    description: Texts = Field(default_factory=dict)
    example: _Anything = None
    constraints: Constraints = Field(default_factory=Constraints)
    edtf: bool = False
    reference: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    vocabulary: str = ""
    shown: bool = True
    unit: str = ""


@record
class SchemaShape:
    """The columns of a table, and its keys, which the program finds by itself."""

    fields: Annotated[tuple[FieldShape, ...], Field(min_length=1)]
    primaryKey: _Anything = None  # noqa: N815 - as the standard calls it
    foreignKeys: _Anything = None  # noqa: N815 - as the standard calls it
    uniqueKeys: _Anything = None  # noqa: N815 - as the standard calls it
    missingValues: tuple[str, ...] = ("",)  # noqa: N815 - as the standard calls it
    fieldsMatch: _Anything = None  # noqa: N815 - as the standard calls it
    profile: _Anything = Field(default=None, alias="$schema")


@record
class ResourceShape:
    """One table: its file beside the descriptor, its role and its columns."""

    name: Name
    path: Annotated[str, AfterValidator(_csv)]
    role: Role
    schema: SchemaShape
    title: Texts
    description: Texts = Field(default_factory=dict)
    type: str = "table"
    format: str = "csv"
    mediatype: str = "text/csv"
    encoding: Literal["utf-8"] = "utf-8"
    bytes: int = 0
    hash: str = ""
    dialect: _Anything = None
    sources: _Anything = None
    licenses: _Anything = None
    profile: _Anything = Field(default=None, alias="$schema")


@record
class LicenceShape:
    """A licence of the whole."""

    name: str = ""
    path: str = ""
    title: str = ""


@record
class PackageShape:
    """The whole descriptor."""

    name: Name
    resources: tuple[ResourceShape, ...]
    title: Texts
    description: Texts = Field(default_factory=dict)
    version: str = ""
    created: str = ""
    id: str = ""
    homepage: str = ""
    image: str = ""
    keywords: tuple[str, ...] = ()
    licenses: tuple[LicenceShape, ...] = ()
    contributors: _Anything = None
    sources: _Anything = None
    profile: _Anything = Field(default=None, alias="$schema")


def read_package(file: str, raw: bytes, languages: Sequence[str] = ()) -> schema.Package | list[Problem]:
    """Read a data package. Titles in a language stand in `title@xx`; `title` is English.

    Titles and columns are there in each of *languages*, and each table has what its role needs.
    """
    document = read_json(file, raw, CODE)
    if isinstance(document, list):
        return document
    shape = read_as(
        PackageShape, _gathered(document.value), _places(document), code=CODE, languages=languages
    )
    if isinstance(shape, list):
        return shape
    problems = [*_twice(shape, document), *_misfits(shape, document, tuple(languages))]
    if problems:
        return sorted(set(problems))
    return schema.Package(
        name=shape.name,
        titles=shape.title,
        descriptions=shape.description,
        version=shape.version,
        licences=tuple(schema.Licence(one.name, one.title, one.path) for one in shape.licenses),
        tables=tuple(_table(resource, tuple(languages)) for resource in shape.resources),
    )


def _gathered(value: Any) -> Any:
    """Gather `title` and `title@fr` into one text in several languages, at every depth."""
    if isinstance(value, list):
        return [_gathered(part) for part in value]
    if not isinstance(value, dict):
        return value
    settings: dict[str, Any] = {}
    for key, part in value.items():
        stem, at, code = key.partition("@")
        if stem in _TEXTS:
            settings.setdefault(stem, {})[code if at else "en"] = part
        else:
            # A licence's title is not translated: it is its name.
            settings[key] = part if key == "licenses" else _gathered(part)
    return settings


def _places(document: Document) -> Locate:
    """Return what says where a part stands, counted in the value that `_gathered` made."""

    def locate(path: Path) -> Any:
        if len(path) > 1 and path[-2] in _TEXTS:
            path = (*path[:-2], f"{path[-2]}@{path[-1]}" if path[-1] != "en" else path[-2])
        if path and path[-1] in _TEXTS and path not in document.lines.by_path:
            of = (key for key in document.lines.by_path if key[:-1] == path[:-1])
            path = next((key for key in of if str(key[-1]).startswith(f"{path[-1]}@")), path)
        return document.location(path)

    return locate


def _twice(shape: PackageShape, document: Document) -> Iterator[Problem]:
    """Yield a problem for each table, file or column that is there already."""
    names = [resource.name for resource in shape.resources]
    paths = [resource.path for resource in shape.resources]
    for number, resource in enumerate(shape.resources):
        at = inside(document.location, ("resources", number))
        for key, before in (("name", ["sources", *names[:number]]), ("path", paths[:number])):
            word = getattr(resource, key)
            if word in before:
                message, hint = f'"{word}" is taken already', f"give the table another {key}"
                yield Problem(at((key,)), CODE, message, hint)
        if resource.role not in SEVERAL and resource.role in {r.role for r in shape.resources[:number]}:
            message = f"there is a table with the role {resource.role} already"
            yield Problem(at(("role",)), CODE, message, "put the rows of both in one table")
        if resource.role in NAMED and resource.name != resource.role:
            message = f'the table with the role {resource.role} is called "{resource.name}"'
            yield Problem(at(("name",)), CODE, message, f'write "{resource.role}": links are called so')
        columns = [field.name for field in resource.schema.fields]
        for place, name in enumerate(columns):
            if name in columns[:place]:
                message = f'the column "{name}" stands twice'
                yield Problem(at(("schema", "fields", place, "name")), CODE, message, "keep one of the two")


def _misfits(shape: PackageShape, document: Document, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem for each column that is not what the role of its table needs, or refers to nothing."""
    roles = {resource.name: resource.role for resource in shape.resources}
    for number, resource in enumerate(shape.resources):
        at = inside(document.location, ("resources", number, "schema", "fields"))
        wanted = columns_of(resource.role, languages)
        present = {field.name for field in resource.schema.fields}
        for name, column in wanted.items():
            if name not in present and not column.optional:
                message = f'a table of {resource.role} has a column "{name}"'
                yield Problem(
                    at(()), CODE, message, f"add it; a table of {resource.role} has {_names(wanted)}"
                )
        for place, field in enumerate(resource.schema.fields):
            wrong = _wrong_references(field, roles) or _wrong_column(field, wanted.get(field.name), roles)
            if wrong:
                message = f'the column "{field.name}" of {resource.name} {wrong[0]}'
                yield Problem(at((place,)), CODE, message, wrong[1])


def _names(columns: Iterable[str]) -> str:
    return ", ".join(columns)


def _wrong_references(field: FieldShape, roles: Mapping[str, Role]) -> tuple[str, str] | None:
    """Say which table a column refers to that is not there: the fact, and what to do."""
    known = {*roles, "sources"}
    for key in ("reference", "references"):
        for name in getattr(field, key):
            if name not in known:
                hint = did_you_mean(name, known, f"the tables are: {', '.join(sorted(known))}")
                return f'refers to "{name}", which is no table', hint
    if field.vocabulary and Role.VOCABULARY not in roles.values():
        return "names a list of words, and there is no table of them", "add a table with the role vocabulary"
    return None


def _wrong_column(
    field: FieldShape, column: Column | None, roles: Mapping[str, Role]
) -> tuple[str, str] | None:
    """Say in what a column is not what its role needs: the fact, and what to do."""
    if column is None:
        return None
    kind = "edtf" if field.edtf else field.type
    if kind != column.type:
        hint = "true" if column.type == "edtf" else "false"
        form = f'"type": "{column.type}"' if "edtf" not in (kind, column.type) else f'"edtf": {hint}'
        return f"is of the type {column.type}, not {kind}", f"write {form}"
    if column.required and not field.constraints.required:
        return "is never empty", 'write "constraints": {"required": true}'
    if column.words and not field.vocabulary:
        return "names a word of the vocabulary", 'write "vocabulary": the list it stands in'
    return _wrong_target(field, column, roles)


def _wrong_target(field: FieldShape, column: Column, roles: Mapping[str, Role]) -> tuple[str, str] | None:
    """Say that a column refers to tables that do not hold what the program looks for."""
    key = "references" if column.many else "reference"
    targets = getattr(field, key)
    if not column.to or (targets and all(roles.get(name, name) in column.to for name in targets)):
        return None
    fitting = [name for name, role in roles.items() if role in column.to]
    fitting += ["sources"] if "sources" in column.to else []
    hint = f'write "{key}": {json.dumps(fitting)}' if fitting else f"add a table with the role {column.to[0]}"
    return f"refers to {' or '.join(column.to)}", hint


def _table(resource: ResourceShape, languages: tuple[str, ...]) -> schema.Table:
    wanted = columns_of(resource.role, languages)
    return schema.Table(
        name=resource.name,
        path=resource.path,
        role=resource.role,
        titles=resource.title,
        fields=tuple(_field(field, wanted.get(field.name)) for field in resource.schema.fields),
        descriptions=resource.description,
    )


def _field(field: FieldShape, column: Column | None) -> schema.Field:
    """Join what the package says of a column with what the program asks of it."""
    rules, column = field.constraints, column or Column()
    return schema.Field(
        name=field.name,
        type=field.type,
        titles=field.title,
        required=rules.required,
        pattern=rules.pattern or column.pattern,
        enum=column.values or rules.enum,
        minimum=rules.minimum,
        maximum=rules.maximum,
        is_edtf=field.edtf,
        reference=field.reference,
        references=field.references,
        vocabulary=field.vocabulary,
        shown=field.shown,
        descriptions=field.description,
    )
