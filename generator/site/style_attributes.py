"""Pages with style attributes go in; pages with classes come out, and the sheet of those classes."""

from __future__ import annotations

import hashlib

from selectolax.lexbor import LexborHTMLParser

#: Where the sheet stands in the site of each language.
SHEET = "assets/attributes.css"


def lift_styles(tree: LexborHTMLParser, found: dict[str, str]) -> None:
    """Replace every style attribute by a class; add the class and its declarations to *found*.

    A content security policy that lets no style attribute in keeps out those of an intruder too.
    """
    for node in tree.css("[style]"):
        said = (node.attributes["style"] or "").strip().rstrip(";")
        del node.attrs["style"]
        if not said:
            continue
        name = f"s-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
        found[name] = said
        node.attrs["class"] = " ".join([*(node.attributes.get("class") or "").split(), name])


def sheet(found: dict[str, str]) -> bytes:
    """Return the rules of the classes; each name stands twice, to weigh more than an ordinary class."""
    return "".join(f".{name}.{name}{{{said}}}\n" for name, said in sorted(found.items())).encode()
