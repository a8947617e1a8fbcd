"""A MkDocs project on disk and some of its pages go in; their HTML comes out, without the rest being built.

Everything is asked of MkDocs itself, in this process, as its own `build` does it, so that a page made here is
the page that a whole build makes. Other engines are only ever run whole.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from generator.problems import Location, Problem
from generator.site.engine import hint_of


class _Compiled(BytecodeCache):
    """Templates as they were compiled, by name and source: those of one language serve the next."""

    def __init__(self) -> None:
        """Know none yet."""
        self.known: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name, wherever the file lies: its source is compared, too."""
        del filename
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand back what is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


@dataclass(slots=True)
class WarmEngine:
    """MkDocs with one project loaded: its configuration, files, navigation and templates.

    Read anew (`open_project`) when anything but the text of a page has changed.
    """

    code: str
    config: Any
    files: Any
    nav: Any
    environment: Any

    def render(self, paths: Iterable[str]) -> tuple[dict[str, bytes], list[Problem]]:
        """Return the HTML of pages by path (`may.html`), and what MkDocs warned of meanwhile.

        Args:
            paths: pages by path without ending, as they now stand on disk.
        """
        from mkdocs.commands.build import _populate_page

        pages = {path: self._page(path) for path in paths}
        with _warnings() as warnings:
            for page in pages.values():
                _populate_page(page, self.config, self.files)
            html = {f"{path}.html": self._html(page) for path, page in pages.items()}
        return html, [_complaint(self.code, line) for line in warnings]

    def _page(self, path: str) -> Any:
        from mkdocs.structure.pages import Page

        file = self.files.get_file_from_path(f"{path}.md")
        if file.page is None:  # a page that the navigation does not name
            Page(None, file, self.config)
        return file.page

    def _html(self, page: Any) -> bytes:
        """Put a page that is read into its template, as MkDocs does."""
        from mkdocs.commands.build import get_context

        page.active = True
        try:
            context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
            template = self.environment.get_template(page.meta.get("template", "main.html"))
            return str(template.render(context)).encode("utf-8", errors="xmlcharrefreplace")
        finally:
            page.active = False


def open_project(project: Path, code: str, epoch: str) -> WarmEngine:
    """Load the project of one language.

    Args:
        project: the folder of the project, with its `mkdocs.yml`.
        code: the language, which problems name.
        epoch: the date of the data in seconds, which stands for the clock.
    """
    os.environ |= {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    from mkdocs.config import load_config
    from mkdocs.structure.files import get_files, set_exclusions
    from mkdocs.structure.nav import get_navigation

    config = load_config(str(project / "mkdocs.yml"))
    files = get_files(config)
    environment = config.theme.get_env()
    environment.bytecode_cache = _COMPILED
    files.add_files_from_theme(environment, config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    return WarmEngine(code, config, files, nav, environment)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Gather what MkDocs warns of."""
    lines: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.levelname} - {record.getMessage()}")  # as it prints it

    handler, logger = Gather(logging.WARNING), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)


def _complaint(code: str, line: str) -> Problem:
    return Problem(Location(f"docs/{code}/"), "engine-warning", " ".join(line.split()), hint_of(line))
