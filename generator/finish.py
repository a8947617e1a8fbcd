"""The HTML the engine built goes in; the HTML we publish comes out: twins, addresses, spaces."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.language import typeset
from generator.marks import relative

#: Elements in which a space is code, not typography.
_VERBATIM = {"code", "pre", "script", "style", "svg", "kbd", "data", "time"}


def finish_page(raw: bytes, path: str, code: str, codes: Sequence[str], address: str) -> bytes:
    """Mend one built page.

    Args:
        raw: the page as the engine wrote it.
        path: where it is in the site of its language, such as "ledger/forces.html".
        code: its language.
        codes: every language of the site; the first is the default.
        address: the absolute address of the site's root with a final slash, or "" for none.
    """
    tree = LexborHTMLParser(raw.decode("utf-8"))
    _switch(tree, path, code)
    _announce(tree, path, code, codes, address)
    if code == "fr" and tree.body:
        _spaces(tree.body, code)
    text = tree.html or ""
    return text.encode("utf-8")


def _switch(tree: LexborHTMLParser, path: str, code: str) -> None:
    """Lead the switch to the same page in the other language."""
    for link in tree.css("a[hreflang]"):
        other = link.attributes["hreflang"] or code
        link.attrs["href"] = relative(f"{code}/{path}", f"{other}/{path}")
        link.attrs["lang"] = other


def _announce(tree: LexborHTMLParser, path: str, code: str, codes: Sequence[str], address: str) -> None:
    """Announce the page's twins and its own address, which search engines want absolute."""
    head = tree.head
    if head is None:
        return
    for old in tree.css('link[rel="alternate"][hreflang], link[rel="canonical"]'):
        old.decompose()
    if not address:
        return
    links = [f'<link rel="canonical" href="{html.escape(address)}{code}/{path}">']
    for other, target in [*((c, c) for c in codes), ("x-default", codes[0])]:
        href = f"{html.escape(address)}{target}/{path}"
        links.append(f'<link rel="alternate" hreflang="{other}" href="{href}">')
    for node in LexborHTMLParser(f"<head>{''.join(links)}</head>").css("link"):
        head.insert_child(node)


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


def root_page(titles: Mapping[str, str], languages: Mapping[str, str], about: Mapping[str, str]) -> bytes:
    """Return the page that offers every language; it works without script."""
    first = next(iter(languages))
    title = html.escape(" · ".join(dict.fromkeys(titles.values())))
    choices = "\n".join(
        f'<p lang="{code}"><a href="{code}/index.html" hreflang="{code}">'
        f"{html.escape(about[code])}<br><span>{html.escape(name)}</span></a></p>"
        for code, name in languages.items()
    )
    return (
        f'<!doctype html>\n<html lang="{first}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<meta name="description" content="{html.escape(about[first], quote=True)}">\n'
        f'<link rel="icon" href="{first}/assets/favicon.svg">\n'
        f'<link rel="stylesheet" href="{first}/assets/root.css">\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n{choices}\n</main>\n</body>\n</html>\n"
    ).encode()
