"""The colours and fonts of drawings and share cards; style sheets and the template of print say the same."""

from __future__ import annotations

from typing import Final

#: Text; what is said less loudly; the lines behind; the ground of a file that stands alone.
INK: Final = "#1f2430"
MUTED: Final = "#5c554d"
GRID: Final = "#e4dfd6"
PAPER: Final = "#ffffff"
#: The ground of a page and of a share card, and its one strong colour.
PAGE: Final = "#fbf9f5"
ACCENT: Final = "#8a2f1d"
#: The lines and areas of water on a map.
WATER: Final = "#5b93b5"
CLEAR: Final = "rgba(0,0,0,0)"
#: The family of all text, and the one that has the signs of a legend.
SANS: Final = "IBM Plex Sans"
SIGNS: Final = "IBM Plex Sans JP"
FONT: Final = f"{SANS}, {SIGNS}, sans-serif"
