"""Style sheets and scripts go in; the same come out without what only people read, by esbuild."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.drawing.render import Tools, run_program
from generator.output.cache import Cache, makers

_PROGRAM = "minify.mjs"


def minify(texts: Mapping[str, str], tools: Tools, folder: Path) -> dict[str, str]:
    """Return each text by its name, minified; the ending of a name says what it is, `.css` or `.js`.

    Args:
        texts: style sheets and scripts, by a name that is theirs alone.
        tools: where Node and its packages are.
        folder: what was minified before is kept there.

    Raises:
        DrawingError: Node is not there, or a text is no style sheet or script.
    """
    cache = Cache(folder, ".txt", makers(tools.programs / name for name in (_PROGRAM, "package-lock.json")))
    keys = {name: (name.rsplit(".", 1)[-1], text) for name, text in texts.items()}
    found = {name: cache.find(*key) for name, key in keys.items()}
    missing = {name: texts[name] for name, made in found.items() if made is None}
    fresh: dict[str, str] = {}
    if missing:
        [printed] = run_program(tools, _PROGRAM, [json.dumps(missing)])
        fresh = json.loads(printed)
        for name, text in fresh.items():
            cache.keep(text.encode(), *keys[name])
    return {name: fresh[name] if made is None else made.decode() for name, made in found.items()}
