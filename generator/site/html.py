"""The HTML of the engine goes in; the HTML we publish comes out: no leftovers; alternates, policy, spaces."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.language import typeset
from generator.prose.links import relative
from generator.site.style_attributes import SHEET

#: Elements in which a space is code, not typography.
_VERBATIM = {"code", "pre", "script", "style", "svg", "kbd", "data", "time"}
#: What the theme leaves for scripts of its own that we do not load.
_LEFTOVERS = (
    "input.md-toggle, label.md-overlay, [data-md-component=announce], .md-dialog, "
    "script:not([src]):not([type]), meta[name=generator], "
    "link[rel=alternate][hreflang], link[rel=canonical]"
)
#: Says that scripts run and chooses the paper before the first stroke, so that nothing moves after it.
SCHEME = (
    'document.documentElement.classList.replace("no-js","js");'
    'try{var s=localStorage.getItem("scheme")}catch(e){}'
    'document.documentElement.setAttribute("data-md-color-scheme",'
    's||(matchMedia("(prefers-color-scheme: dark)").matches?"slate":"default"))'
)


def finish_page(
    raw: bytes, path: str, code: str, codes: Sequence[str], address: str, more: str = ""
) -> LexborHTMLParser:
    """Mend one built page; return its tree.

    Args:
        raw: the page as the engine wrote it.
        path: where it is in the site of its language, such as "ledger/forces.html".
        code: its language.
        codes: every language of the site; the first is the default.
        address: the absolute address of the site's root with a final slash, or "" for none.
        more: elements to add to its head.
    """
    tree = LexborHTMLParser(raw.decode("utf-8"))
    for node in tree.css(_LEFTOVERS):
        node.decompose()
    if tree.body:
        for name in [n for n in tree.body.attributes if n.startswith("data-md-")]:
            del tree.body.attrs[name]
    _switch(tree, path, code)
    _tables(tree)
    announce(tree, announcements(path, code, codes, address) + more)
    _sheet(tree, path)
    if code == "fr" and tree.body:
        _spaces(tree.body, code)
    return tree


def announcements(path: str, code: str, codes: Sequence[str], address: str) -> str:
    """Return the policy, the script of the paper, and the page's own address and its alternates'.

    Search engines want addresses absolute; without the site's address there are none.
    """
    found = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy((SCHEME,))}">',
        '<meta name="color-scheme" content="light dark">',
        f"<script>{SCHEME}</script>",
    ]
    if address:
        base = html.escape(address, quote=True)
        found.append(f'<link rel="canonical" href="{base}{code}/{path}">')
        for other, target in [*((c, c) for c in codes), ("x-default", codes[0])]:
            found.append(f'<link rel="alternate" hreflang="{other}" href="{base}{target}/{path}">')
    return "".join(found)


def policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Return the content security policy of a page that holds these scripts and styles inside.

    The empty style is the one Plotly makes to add its rules to, one by one.
    """
    ran = " ".join(_hash(text) for text in scripts)
    worn = " ".join(_hash(text) for text in (*styles, ""))
    return (
        f"default-src 'none'; script-src 'self' {ran}; style-src 'self' {worn}; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def announce(tree: LexborHTMLParser, elements: str, after: str = "meta[charset]") -> None:
    """Put elements into the head after another, if not told otherwise the statement of the encoding."""
    first = tree.css_first(f"head {after}")
    if first is None:
        return
    head = LexborHTMLParser(f"<head>{elements}</head>").head
    for node in reversed(list(head.iter(include_text=False))) if head else ():
        first.insert_after(node)


def _sheet(tree: LexborHTMLParser, path: str) -> None:
    """Load the sheet of lifted style attributes after all others."""
    last = tree.css("head link[rel=stylesheet]")
    link = LexborHTMLParser(f'<link rel="stylesheet" href="{relative(path, SHEET)}">').css_first("link")
    if last and link:
        last[-1].insert_after(link)


def _switch(tree: LexborHTMLParser, path: str, code: str) -> None:
    """Lead the switch to the same page in the other language."""
    for link in tree.css("a[hreflang]"):
        other = link.attributes["hreflang"] or code
        link.attrs["href"] = relative(f"{code}/{path}", f"{other}/{path}")


def _tables(tree: LexborHTMLParser) -> None:
    """Frame each table written in prose, so that it scrolls by itself where the screen is narrow.

    The frame can be reached with the keyboard, and is named after the heading above the table.
    """
    heading = ""
    for node in tree.css("h1, h2, h3, h4, table"):
        if node.tag != "table":
            heading = node.text(deep=True).replace("¶", "").strip()
        elif "class" not in node.attributes and not node.css_matches(".table-wrap *"):
            _heads(node)
            named = html.escape(heading, quote=True)
            start = f'<div class="table-scroll" role="group" tabindex="0" aria-label="{named}">'
            frame = LexborHTMLParser(f"{start}{node.html}</div>").css_first("div")
            if frame:
                node.replace_with(frame)


def _heads(table: LexborNode) -> None:
    """Say what each head of a table is the head of.

    A blank cell is the head of nothing; under a blank corner, the first cell of a row is the row's head.
    """
    for number, cell in enumerate(table.css("thead th")):
        if cell.text(deep=True).strip():
            cell.attrs["scope"] = "col"
            continue
        if number == 0:
            for row in table.css("tbody tr"):
                _become(row.css_first("td"), "th", scope="row")
        _become(cell, "td")


def _become(cell: LexborNode | None, tag: str, **more: str) -> None:
    """Make a cell of a table another kind of cell, with what it holds and what is said of it."""
    made = LexborHTMLParser(f"<table><tr><{tag}></{tag}></tr></table>").css_first(tag)
    if cell and made:
        for name, value in {**cell.attributes, **more}.items():
            made.attrs[name] = value or ""
        made.inner_html = cell.inner_html or ""
        cell.replace_with(made)


def _spaces(node: LexborNode, code: str) -> None:
    """Set the spaces of the language in every text below *node*, outside code."""
    child = node.child
    while child is not None:
        following = child.next
        if child.tag == "-text":
            text = child.text_content or ""
            wanted = typeset(text, code)
            if wanted != text:
                child.replace_with(wanted)
        elif child.tag not in _VERBATIM:
            _spaces(child, code)
        child = following
