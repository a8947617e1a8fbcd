"""The catalogues of the interface go in; the languages come out, or what is untranslated."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from generator.language import Language, make_language, read_catalog
from generator.problems import Location, Problem

_HERE = Path(__file__).parent
_GENERATOR = _HERE.parent
_KEYWORDS = {"say": None, "plural": (1, 2), "N_": None}


def load_languages(codes: Iterable[str], folder: Path = _HERE / "locales") -> list[Language] | list[Problem]:
    """Read the catalogue of each language and check that it says all that any catalogue says.

    What the interface itself says is compared with the catalogues by the tests: to find it takes longer
    than to check a ledger, and no documentary changes it. A language of a region (`pt-BR`) without a
    catalogue of its own has that of its language (`pt`).
    """
    languages: list[Language] = []
    problems: list[Problem] = []
    wanted = _all_messages(folder)
    for code in codes:
        path = next((path for path in _candidates(code, folder) if path.exists()), folder / f"{code}.po")
        file = f"generator/language/locales/{path.name}"
        if not path.exists():
            hint = "copy another catalogue and translate it"
            problems.append(Problem(Location(file), "missing-file", f"no catalogue of {code}", hint))
            continue
        catalog = read_catalog(file, path.read_bytes(), code)
        if isinstance(catalog, Problem):
            problems.append(catalog)
            continue
        problems += check_catalog(file, catalog, wanted)
        languages.append(make_language(code, catalog))
    return problems or languages


def _candidates(code: str, folder: Path) -> list[Path]:
    """Return where the catalogue of a language may be: `zh-Hant-TW`, then `zh-Hant`, then `zh`."""
    parts = code.split("-")
    return [folder / f"{'-'.join(parts[:size])}.po" for size in range(len(parts), 0, -1)]


def _all_messages(folder: Path) -> dict[str, str]:
    """Return every message that some catalogue translates, and its plural ("" where it has none)."""
    messages: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        catalog = read_catalog(path.name, path.read_bytes(), path.stem)
        # One that cannot be read is a problem of the language that needs it.
        for entry in catalog if isinstance(catalog, Catalog) else ():
            first, *rest = [entry.id] if isinstance(entry.id, str) else list(entry.id)
            if first:
                messages[first] = messages.get(first) or (rest[0] if rest else "")
    return messages


def messages() -> dict[str, str]:
    """Return every message in the sources of the interface and its plural ("" where it has none)."""
    catalog: dict[str, str] = {}
    paths = (path for room in _GENERATOR.iterdir() for path in _sources(room))
    for path in sorted(paths):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {"encoding": "utf-8", "extensions": ""}
        for _, message, _, _ in extract(
            method, io.BytesIO(path.read_bytes()), keywords=_KEYWORDS, options=options
        ):
            first, *rest = [message] if isinstance(message, str) else list(message)
            if first:
                catalog[first] = catalog.get(first) or (rest[0] if rest and rest[0] else "")
    return catalog


def _sources(path: Path) -> Iterator[Path]:
    """Yield the modules and templates in and below *path*, but nothing of other people's packages."""
    if path.is_dir() and path.name != "node_modules":
        for inner in path.iterdir():
            yield from _sources(inner)
    elif path.suffix in {".py", ".jinja"}:
        yield path


def check_catalog(file: str, catalog: Catalog, wanted: dict[str, str]) -> list[Problem]:
    """Every message is translated, with its placeholders, and not fuzzy; none is left over."""
    problems = []
    for message in wanted:
        entry = catalog.get(message)
        translation = entry.string if entry else ""
        strings = [translation] if isinstance(translation, str) else list(translation)
        location = Location(file, entry.lineno or 1 if entry else 1)
        if not entry or not all(strings):
            problems.append(Problem(location, "untranslated", f'"{message}"', "add its msgstr"))
            continue
        if entry.fuzzy:
            problems.append(Problem(location, "untranslated", f'"{message}" is fuzzy', "confirm it"))
        problems += _unlike(location, message, strings)
    for entry in catalog:
        ident = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if ident and ident not in wanted:
            problems.append(
                Problem(Location(file, entry.lineno or 1), "unused-message", f'"{ident}"', "remove it")
            )
    return problems


def _unlike(location: Location, message: str, strings: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each form of a translation whose placeholders are not those of its message.

    A form of a plural may leave the number out: "one row".
    """
    needed = _placeholders(message)
    for text in strings:
        placeholders = _placeholders(text)
        missing = needed - placeholders - ({"{n}"} if len(strings) > 1 else set())
        if missing or placeholders - needed:
            problem_text = f'"{text}" has {_listed(placeholders)}, and "{message}" has {_listed(needed)}'
            yield Problem(
                location, "placeholders", problem_text, "write the same names in braces, untranslated"
            )


def _placeholders(text: str) -> set[str]:
    """Return the placeholders of a message; a brace that opens or closes none counts as one."""
    try:
        return {f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a single brace"}


def _listed(placeholders: set[str]) -> str:
    return ", ".join(sorted(placeholders)) or "none"
