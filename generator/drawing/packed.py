"""A value goes in; the script that brings it to a page comes out, its text deflated: a third of the bytes.

A script and no JSON, because a page opened from a folder may load the one and not the other. `loadOnce` in
`site.js` hands over what it brings.
"""

from __future__ import annotations

import base64
import json
from typing import Final

import deflate

#: How hard libdeflate tries: a fortieth smaller than zlib's hardest, in a second for all scripts of a site.
_EFFORT: Final = 10


def packed_script(value: object) -> bytes:
    """Return the script that brings a value, as JSON knows values, to the page that asks for it."""
    return packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def packed_text(text: str) -> bytes:
    """Return the same for a value that is written as JSON already.

    What comes over the line is no heavier: there base64 is packed again, to about what it was made of.
    """
    return b'packed("%s");\n' % base64.b64encode(deflate.zlib_compress(text.encode(), _EFFORT))


def plain_text(text: str) -> bytes:
    """Return the script that brings a value as JSON writes it: what is small and asked for first, at once."""
    safe = text.replace("</", "<\\/")
    return f"packed({safe});\n".encode()
