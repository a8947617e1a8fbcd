"""The catalogues of the interface go in; the languages come out, or what is untranslated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from generator.language import Language, make_language, read_catalog
from generator.problems import Location, Problem

_HERE = Path(__file__).parent
_GENERATOR = _HERE.parent
#: The folder of a documentary that holds catalogues of its own.
OWN = "locale"
_KEYWORDS = {"say": None, "plural": (1, 2), "N_": None}


def load_languages(
    codes: Iterable[str], folder: Path = _HERE / "locales", files: Mapping[str, bytes] | None = None
) -> list[Language] | list[Problem]:
    """Read the catalogue of each language and check that it says all that any catalogue says.

    What the interface itself says is compared with the catalogues by the tests: to find it takes longer
    than to check a ledger, and no documentary changes it. A language of a region (`pt-BR`) without a
    catalogue of its own has that of its language (`pt`).

    Args:
        codes: the languages of a documentary.
        folder: holds the catalogues that come with the generator.
        files: those of the documentary by path; its own `locale/xx.po` lies over the generator's.
    """
    own = {file: raw for file, raw in (files or {}).items() if file.startswith(f"{OWN}/")}
    return _load(tuple(codes), tuple(_ours(folder).items()), tuple(own.items())).copy()


#: Catalogues by the names of their files, or by their paths in a documentary.
_Files = tuple[tuple[str, bytes], ...]


@lru_cache(maxsize=8)
def _load(codes: tuple[str, ...], ours: _Files, own: _Files) -> list[Language] | list[Problem]:
    """Read catalogues once in a process: whoever serves a documentary asks at each change."""
    languages: list[Language] = []
    problems: list[Problem] = []
    wanted = _all_messages(dict(ours))
    for code in codes:
        read = _read(code, dict(ours), dict(own))
        if isinstance(read, Problem):
            problems.append(read)
            continue
        problems += check_catalog(read.file, read.catalog, wanted, read.filled)
        languages.append(make_language(code, read.catalog))
    return problems or languages


def _ours(folder: Path) -> dict[str, bytes]:
    """Return the catalogues that come with the generator, by the names of their files."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.po"))}


class _Read(NamedTuple):
    """A catalogue, the file in which to mend it, and what it says only because the one below it does."""

    file: str
    catalog: Catalog
    filled: frozenset[str]


def _read(code: str, ours: Mapping[str, bytes], files: Mapping[str, bytes]) -> _Read | Problem:
    """Read the catalogue of a language: the generator's, the documentary's, or one over the other."""
    named = next((file for name in _names(code) if (file := f"{name}.po") in ours), "")
    own = next((file for name in _names(code) if (file := f"{OWN}/{name}.po") in files), "")
    catalogs: list[tuple[str, Catalog]] = []
    for file, raw in (
        *([(own, files[own])] if own else ()),
        *([(f"generator/language/locales/{named}", ours[named])] if named else ()),
    ):
        catalog = read_catalog(file, raw, code)
        if isinstance(catalog, Problem):
            return catalog
        catalogs.append((file, catalog))
    if not catalogs:
        message = f"no catalogue of {code}: it does not come with the generator"
        hint = f"python -m generator catalogue {code} writes one to translate"
        return Problem(Location(f"{OWN}/{code}.po"), "missing-file", message, hint)
    file, catalog = catalogs[0]
    return _Read(file, catalog, _said_below(catalog, [below for _, below in catalogs[1:]]))


def _said_below(catalog: Catalog, others: Sequence[Catalog]) -> frozenset[str]:
    """Let a catalogue say what only others say, and return what that is."""
    filled = set()
    for entry in (entry for other in others for entry in other):
        known = catalog.get(entry.id if isinstance(entry.id, str) else entry.id[0])
        if entry.id and (known is None or not known.string or not any(known.string)):
            catalog.add(entry.id, entry.string)
            filled.add(entry.id if isinstance(entry.id, str) else entry.id[0])
    return frozenset(filled)


def _names(code: str) -> list[str]:
    """Return what the catalogue of a language may be called: `zh-Hant-TW`, then `zh-Hant`, then `zh`."""
    parts = code.split("-")
    return ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]


def as_catalog(code: str, files: Mapping[str, bytes], folder: Path = _HERE / "locales") -> bytes | Problem:
    """Return the catalogue of a language to be translated further: every message, with what it says already.

    One that is there and cannot be read is a problem: written anew, it would lose what somebody translated.

    Args:
        code: the language.
        files: those of a documentary by path; what its own catalogue says is kept.
        folder: holds the catalogues that come with the generator.
    """
    ours = _ours(folder)
    known = _read(code, ours, files)
    if isinstance(known, Problem) and known.code != "missing-file":
        return known
    said = Catalog(locale=code.replace("-", "_")) if isinstance(known, Problem) else known.catalog
    catalog = Catalog(locale=code.replace("-", "_"), fuzzy=False)
    catalog.header_comment = f"# What the interface says in {code}: translate each msgid into its msgstr."
    for message, plural in sorted(_all_messages(ours).items()):
        entry = said.get(message)
        ident = (message, plural) if plural else message
        if entry:
            catalog.add(ident, entry.string, flags=entry.flags, user_comments=entry.user_comments)
        else:
            catalog.add(ident)
    out = io.BytesIO()
    write_po(out, catalog, width=None)
    # Whoever translates has no use for the clock, and a catalogue is the same whenever it is written.
    return re.sub(rb'"(?:POT-Creation|PO-Revision)-Date:[^"]*"\n', b"", out.getvalue())


def _all_messages(ours: Mapping[str, bytes]) -> dict[str, str]:
    """Return every message that some catalogue translates, and its plural ("" where it has none)."""
    messages: dict[str, str] = {}
    for name, raw in ours.items():
        catalog = read_catalog(name, raw, name.removesuffix(".po"))
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


def check_catalog(
    file: str, catalog: Catalog, wanted: Mapping[str, str], filled: frozenset[str] = frozenset()
) -> list[Problem]:
    """Every message is translated, with its placeholders, and not fuzzy; none is left over.

    Those that were *filled* in from the catalogue below are its own business.
    """
    problems = []
    for message in (message for message in wanted if message not in filled):
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
        if ident and ident not in wanted and ident not in filled:
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
