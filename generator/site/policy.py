"""What a page holds inside goes in; the content security policy comes out that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

#: Says that scripts run and chooses the paper before the first stroke, so that nothing moves after it.
SCHEME = (
    'document.documentElement.classList.replace("no-js","js");'
    'try{var s=localStorage.getItem("scheme")}catch(e){}'
    'document.documentElement.setAttribute("data-md-color-scheme",'
    's||(matchMedia("(prefers-color-scheme: dark)").matches?"slate":"default"))'
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


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
