"""The bytes of mkdocs.yml go in; what it tells the engine of every language comes out, or problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from generator.problems import Problem, did_you_mean
from generator.typed import Document, Locate, decode, read_as, read_yaml, record

CODE = "bad-settings"
_Level = Literal["warn", "info", "ignore"]


@record
class _Theme:
    """The theme: its name, and what its templates may be told."""

    name: Literal["material"] = "material"
    variant: Literal["classic", "modern"] = "classic"
    custom_dir: Literal["overrides"] = "overrides"
    font: Literal[False] = Field(default=False, description="false: the site has fonts of its own")
    favicon: str = "assets/favicon.svg"


@record
class _Links:
    """How a link that leads nowhere is taken."""

    not_found: _Level = "warn"
    absolute_links: _Level = "warn"
    unrecognized_links: _Level = "warn"
    anchors: _Level = "warn"


@record
class _Nav:
    """How a page that the navigation lacks is taken."""

    omitted_files: _Level = "warn"
    not_found: _Level = "warn"
    absolute_links: _Level = "warn"


@record
class _Validation:
    """What the engine checks by itself, as MkDocs writes it."""

    omitted_files: _Level = "warn"
    not_found: _Level = "warn"
    absolute_links: _Level = "warn"
    unrecognized_links: _Level = "warn"
    anchors: _Level = "warn"
    nav: _Nav = Field(default_factory=_Nav)
    links: _Links = Field(default_factory=_Links)


@record
class _Engine:
    """The base of every language. Navigation, language, title and style are the generator's to write."""

    theme: _Theme = Field(default_factory=_Theme)
    markdown_extensions: Annotated[
        tuple[Any, ...], Field(min_length=1, description="a list of extensions of Python-Markdown")
    ]
    plugins: Annotated[tuple[Any, ...], Field(max_length=0, description="[]: no plugin is run")] = ()
    extra_css: tuple[str, ...] = ()
    use_directory_urls: Literal[False] = Field(description="false: the site opens from a folder")
    strict: Literal[True] = Field(default=True, description="true")
    validation: _Validation = Field(default_factory=_Validation)


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What `mkdocs.yml` says, checked: its keys as the engine reads them, and where each stands."""

    keys: Mapping[str, Any]
    locate: Locate

    @property
    def extensions(self) -> tuple[str, ...]:
        """The names of the extensions of Python-Markdown, without their options."""
        entries = self.keys["markdown_extensions"]
        return tuple(entry if isinstance(entry, str) else next(iter(entry)) for entry in entries)


def read_engine(file: str, raw: bytes) -> EngineSettings | list[Problem]:
    """Read `mkdocs.yml`. What it may not hold is what the generator writes itself."""
    text = decode(file, raw)
    if isinstance(text, Problem):
        return [text]
    document = read_yaml(file, text, CODE)
    if isinstance(document, list):
        return document
    shape = read_as(_Engine, document.value, document.location, code=CODE)
    if isinstance(shape, list):
        return shape
    return sorted(_wrong_extensions(shape, document)) or EngineSettings(document.value, document.location)


def check_sheets(engine: EngineSettings, sheets: Collection[str]) -> Iterator[Problem]:
    """The style sheets that `mkdocs.yml` names are among *sheets*, by their path below `docs/`."""
    for number, sheet in enumerate(engine.keys.get("extra_css", ())):
        if sheet not in sheets:
            hint = did_you_mean(sheet, sheets, "a style sheet lies below docs/, docs/assets/site.css for one")
            place = engine.locate(("extra_css", number))
            yield Problem(place, "missing-file", f"docs/{sheet} does not exist", hint)


def _wrong_extensions(shape: _Engine, document: Document) -> Iterator[Problem]:
    """Yield a problem for each extension or option that Python-Markdown does not know."""
    from markdown import Markdown
    from markdown.util import get_installed_extensions

    known = sorted(entry.name for entry in get_installed_extensions())
    for number, entry in enumerate(shape.markdown_extensions):
        place = document.location(("markdown_extensions", number))
        named = {entry: {}} if isinstance(entry, str) else entry
        if not isinstance(named, dict) or len(named) != 1 or not all(isinstance(key, str) for key in named):
            yield Problem(place, CODE, "an extension is a name, or a name with its options", "write - tables")
            continue
        [(name, options)] = named.items()
        if name not in known and "." not in name:
            yield Problem(place, CODE, f'there is no extension "{name}"', did_you_mean(name, known))
        elif not isinstance(options or {}, dict):
            yield Problem(place, CODE, f"the options of {name} are a table of keys", "write toc_depth: 3")
        else:
            try:
                Markdown(extensions=[name], extension_configs={name: options or {}})
            except (KeyError, ValueError, TypeError, AttributeError, ImportError) as error:
                # Each is how Python-Markdown says that it does not know a name or take a value.
                yield Problem(place, CODE, f"{name} cannot be used so: {error}", "see its documentation")
