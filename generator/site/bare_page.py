"""A body and what it needs go in; a page without our frame comes out, its style and scripts within it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.site.policy import policy


def bare_page(
    code: str,
    head: str,
    body: str,
    *,
    style: str = "",
    early: Sequence[str] = (),
    late: Sequence[str] = (),
) -> bytes:
    """Return a page that lets in nothing but its own style and scripts, by hash.

    Args:
        code: its language.
        head: what stands in its head beside policy and scripts, with title and icon, each on its line.
        body: what its landmark `main` holds, as HTML.
        style: a style sheet.
        early: scripts that run before anything is shown.
        late: scripts that run when all of the page is there.
    """
    rules = policy((*early, *late), (style,) if style else ())
    worn = f"<style>{style}</style>\n" if style else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{head}{_run(early)}{worn}</head>\n<body>\n<main>\n{body}\n</main>\n{_run(late)}</body>\n</html>\n"
    ).encode()


def icon(address: str) -> str:
    """Return the line of a head that names the icon; without one a browser asks for `/favicon.ico`."""
    return f'<link rel="icon" href="{address}">\n'


def _run(scripts: Sequence[str]) -> str:
    return "".join(f"<script>{text}</script>\n" for text in scripts)
