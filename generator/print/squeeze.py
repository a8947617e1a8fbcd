"""Bytes go in; they come out in fewer, as streams of a PDF hold them."""

from __future__ import annotations

from typing import Final

import deflate

#: How hard libdeflate tries: smaller by a thirtieth than zlib's hardest, in less than a second for a book.
_EFFORT: Final = 10


def squeezed(raw: bytes) -> bytes:
    """Return what the filter `FlateDecode` reads."""
    return bytes(deflate.zlib_compress(raw, _EFFORT))
