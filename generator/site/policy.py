"""What a page holds inside goes in; the content security policy comes out that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from generator.site.html import PageTree

#: Says that scripts run and chooses the paper before the first stroke, so that nothing moves after it.
SCHEME = (
    'document.documentElement.classList.replace("no-js","js");'
    'try{var s=localStorage.getItem("scheme")}catch(e){}'
    'document.documentElement.setAttribute("data-md-color-scheme",'
    's||(matchMedia("(prefers-color-scheme: dark)").matches?"slate":"default"))'
)

#: What a browser may open before a reader follows a link that the pointer rests on. Our script puts it into
#: the page, word by word, unless the line is metered; a link that opens a card leads nowhere yet.
SPECULATION = (
    '{"prerender":[{"where":{"and":[{"href_matches":"/*.html"},{"not":{"selector_matches":'
    '"[href^=\\"#\\"],[target],[data-search],.claim>a,a.name,.fig-data a"}}]},"eagerness":"moderate"}]}'
)


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


def with_recordings(policy: str) -> str:
    """Return a policy that also lets a page play sounds and films of its own host."""
    return policy.replace("; font-src 'self'", "; media-src 'self'; font-src 'self'")


def admit_style(page: PageTree, text: str) -> None:
    """Let a page's policy admit one style sheet more that stands in the page."""
    rule = page.tree.css_first('head meta[http-equiv="Content-Security-Policy"]')
    if rule is not None:
        rules = rule.attributes.get("content") or ""
        rule.attrs["content"] = rules.replace("style-src 'self'", f"style-src 'self' {_hash(text)}", 1)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
