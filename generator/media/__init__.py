"""Files of pictures, sounds and films: what is wrong with them, and what a page shows of them."""

from __future__ import annotations

from generator.media.files import check_files, telling_files, unlisted_files
from generator.media.renditions import Rendition, Shown, make_shown

__all__ = ["Rendition", "Shown", "check_files", "make_shown", "telling_files", "unlisted_files"]
