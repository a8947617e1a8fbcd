"""Turns a ledger of claims and bilingual prose into a static site; each folder is a room of the way.

``loading`` reads a documentary into ``settings``, ``ledger`` and ``prose``; ``figures`` and ``pages`` make
plots and Markdown of it; ``drawing`` draws, ``site`` builds and finishes, ``print`` prints; ``output``
touches the disk; ``build`` calls them in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from generator.notebook import OpenDocumentary

__all__ = ["open_documentary"]


def open_documentary(folder: str | Path) -> OpenDocumentary:
    """Open the documentary in a folder, to read its tables and figures in a notebook.

    Raises:
        DocumentaryError: the settings or the data have problems; its text says which.
    """
    from generator import notebook

    return notebook.open_documentary(folder)
