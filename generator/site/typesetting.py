"""A page goes in; its spaces, its ordinals and the calls of its notes are set as its language sets them."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from generator.language.typography import raised, raises_ordinals, typeset
from generator.site.context import Context
from generator.site.html import PageTree, insert_after
from generator.site.roles import FIND

#: Elements in which a space is code, not typography.
_CODE = {"code", "pre", "script", "style", "svg", "kbd", "samp", "textarea"}
#: Elements whose spaces were set when their text was written.
_SET = {"data", "time"}
_STOP = re.compile(r"[.,;:!?…]+(?=\s|$)")
#: Between two ways back: they do not touch, and do not part.
_GAP = "\u202f"
#: Before a call, and between two that share their brackets: no line begins there.
_JOINED, _BETWEEN = "\u2060", ",\u00a0"


def drop_comments(page: PageTree, _: Context) -> None:
    """Take away the comments of whoever writes the pages: they are not for readers."""
    if page.tree.root and "<!--" in page.html:
        for node in [node for node in page.tree.root.traverse(include_text=True) if node.tag == "-comment"]:
            node.decompose()


def number_notes(page: PageTree, context: Context) -> None:
    """Number the notes in the order of their calls, those called from notes last, and list them so.

    Python-Markdown numbers as it parses, and it parses the inside of a box after the text below it.
    """
    listed = page.tree.css_first("article div.footnote > ol")
    if listed is None:
        return
    notes = {item.attributes.get("id") or "": item for item in listed.css("li[id]")}
    inside = {call.mem_id for note in notes.values() for call in note.css("a.footnote-ref")}
    called = [a for a in page.tree.css("article a.footnote-ref") if a.mem_id not in inside]
    order: dict[str, list[LexborNode]] = {}
    while called:
        call = called.pop(0)
        ident = (call.attributes.get("href") or "").removeprefix("#")
        if ident in notes and ident not in order:
            called += notes[ident].css("a.footnote-ref")
        order.setdefault(ident, []).append(call)
    for number, (ident, calls) in enumerate(order.items(), 1):
        for call in calls:
            call.inner_html = str(number)
        note = notes.get(ident)
        if note is not None:
            title = context.language.say("Back to note {n} in the text", n=number)
            for back in note.css("a.footnote-backref"):
                back.attrs["title"] = title
            listed.insert_child(note, move=True)


def place_notes(page: PageTree, context: Context) -> None:
    """Put the calls of notes behind the stop, comma or colon that follows; French has them before it."""
    if context.language.calls_before_stop:
        return
    for call in _calls(page):
        following = call.next
        while following is not None and _is_call(following):
            following = following.next
        if following is None or following.tag != "-text":
            continue
        text = following.text_content or ""
        stop = _STOP.match(text)
        if stop and not (call.prev is not None and _is_call(call.prev)):
            call.insert_before(stop.group())
            following.replace_with(text[stop.end() :])


def set_off_notes(page: PageTree, _: Context) -> None:
    """Put each call in brackets, so that it is no exponent and no decimal; calls that touch share theirs.

    A call does not part from what it follows, nor two calls from each other: "so.[3]", "so [31, 32]".
    """
    for call in _calls(page):
        call.attrs[FIND] = "no"
        number = call.css_first("a.footnote-ref")
        if number is None:
            continue
        number.attrs["role"] = "doc-noteref"
        if not (call.prev is not None and _is_call(call.prev)):
            number.insert_before(f"{_JOINED}[")
        number.insert_after(_BETWEEN if call.next is not None and _is_call(call.next) else "]")
    for back in page.tree.css("a.footnote-backref"):
        back.attrs["role"] = "doc-backlink"
    for back in page.tree.css("a.footnote-backref + a.footnote-backref"):
        back.insert_before(_GAP)


def _calls(page: PageTree) -> list[LexborNode]:
    return [node for node in page.tree.css("sup[id]") if _is_call(node)]


def _is_call(node: LexborNode) -> bool:
    return node.tag == "sup" and node.css_first("a.footnote-ref") is not None


def set_spaces(page: PageTree, context: Context) -> None:
    """Set the spaces of the language in every text, outside code."""
    if page.tree.body:
        _set_spaces(page.tree.body, context.code)


def _set_spaces(node: LexborNode, code: str) -> None:
    child = node.child
    while child is not None:
        following = child.next
        if child.tag == "-text":
            text = child.text_content or ""
            wanted = typeset(text, code)
            if wanted != text:
                child.replace_with(wanted)
        elif child.tag not in _CODE | _SET:
            _set_spaces(child, code)
        child = following


def raise_ordinals(page: PageTree, context: Context) -> None:
    """Raise the endings of ordinals where the language does: 1<sup>er</sup>, 23<sup>e</sup>."""
    if page.tree.body and raises_ordinals(context.code):
        _raise_ordinals(page.tree.body, context.code)


def _raise_ordinals(node: LexborNode, code: str) -> None:
    child = node.child
    while child is not None:
        following = child.next
        if child.tag == "-text":
            parts = raised(child.text_content or "", code)
            if len(parts) > 1:
                markup = "".join(
                    html.escape(text, quote=False) + (f"<sup>{ending}</sup>" if ending else "")
                    for text, ending in parts
                )
                insert_after(child, markup, "p")
                child.decompose()
        elif child.tag not in _CODE and (child.attributes.get("lang") or code).startswith(code):
            _raise_ordinals(child, code)
        child = following
