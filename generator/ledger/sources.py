"""The bibliography: what a source in CSL-JSON says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def accessed(source: Mapping[str, Any]) -> str:
    """Return the day a source was read as YYYY-MM-DD, or less where less is known, or ""."""
    parts = source.get("accessed", {}).get("date-parts", [[]])[0]
    return "-".join(f"{int(part):02}" for part in parts)
