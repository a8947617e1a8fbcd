"""A page with style attributes goes in; it has classes in their place, and the sheet of those comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from generator.site.context import Context
from generator.site.html import PageTree

#: Where the sheet stands in the site of each language.
SHEET = "assets/attributes.css"


def lift_styles(page: PageTree, _: Context) -> None:
    """Replace every style attribute by a class; the page keeps the class with its declarations.

    A content security policy that lets no style attribute in keeps out those of an intruder too.
    """
    for node in page.tree.css("[style]"):
        declarations = (node.attributes["style"] or "").strip().rstrip(";")
        del node.attrs["style"]
        if not declarations:
            continue
        name = f"s-{hashlib.sha256(declarations.encode()).hexdigest()[:8]}"
        page.styles[name] = declarations
        node.attrs["class"] = " ".join([*(node.attributes.get("class") or "").split(), name])


def sheet(styles: Mapping[str, str]) -> bytes:
    """Return the rules of the classes; each name stands twice, to weigh more than an ordinary class."""
    return "".join(
        f".{name}.{name}{{{declarations}}}\n" for name, declarations in sorted(styles.items())
    ).encode()
