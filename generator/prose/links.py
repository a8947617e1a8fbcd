"""Where each page and each row of the ledger stands, as seen from another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Links:
    """Where the page of each thing is, relative to the site's root: "ledger/forces.html".

    `figures` is the folder in which each figure has a page; "" where figures have none. `rows` are the pages
    of what stands in full on another page than all of its table, by id: events, and their phases.
    """

    tables: Mapping[str, str]
    figures: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)

    def page(self, table: str, ident: str) -> str:
        """Return the page on which a row stands in full."""
        return self.rows.get(ident, "") or self.tables[table]

    def to(self, table: str, ident: str, start: str) -> str:
        """Return the address of a row as seen from the page at *start*."""
        return relative(start, self.page(table, ident)) + f"#{ident}"

    def to_figure(self, ident: str, start: str) -> str:
        """Return the address of a figure's own page as seen from *start*; "" where it has none."""
        return relative(start, f"{self.figures}/{ident}.html") if self.figures else ""


def relative(start: str, target: str) -> str:
    """Return the address of *target* as seen from *start*, both relative to the site's root."""
    here, there = start.split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def absolute(address: str, path: str) -> str:
    """Return the absolute address of what stands at *path* from the site's root, fit for any program.

    Signs beyond ASCII and spaces are percent-encoded; *address* is that of the root, with a final slash.
    """
    return f"{address}{quote(path)}"
