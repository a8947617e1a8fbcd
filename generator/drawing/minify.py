"""Style sheets and scripts go in; the same come out without what only people read, by esbuild."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.drawing.render import Tools, run_program
from generator.output.build_key import makers
from generator.output.memory import Memory, Parts

_PROGRAM = "minify.mjs"


def minify(texts: Mapping[str, str], tools: Tools, memory: Memory) -> dict[str, str]:
    """Return each text by its name, minified; the ending of a name says what it is, `.css` or `.js`.

    Args:
        texts: style sheets and scripts, by a name that is theirs alone.
        tools: where Node and its packages are.
        memory: keeps what was minified before.

    Raises:
        DrawingError: Node is not there, or a text is no style sheet or script.
    """
    slots = {f"short {name}": name for name in texts}

    def made(missing: Sequence[str]) -> dict[str, bytes]:
        order = {slots[slot]: texts[slots[slot]] for slot in missing}
        [printed] = run_program(tools, _PROGRAM, [json.dumps(order)])
        fresh: dict[str, str] = json.loads(printed)
        return {slot: fresh[slots[slot]].encode() for slot in missing}

    wanted: dict[str, Parts] = {slot: {"its text": texts[name]} for slot, name in slots.items()}
    maker = makers(tools.programs / name for name in (_PROGRAM, "package-lock.json"))
    short = memory.recall_all(wanted, made, maker)
    return {name: short[slot].decode() for slot, name in slots.items()}
