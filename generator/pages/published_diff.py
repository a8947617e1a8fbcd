"""Two states of the published figures go in; what a reader would see change comes out, as Markdown."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from generator.language import Language
from generator.ledger.estimates import COLUMNS
from generator.prose.macros import escape

#: What columns were called in earlier commits.
FORMER = {"claimed_by_enemy": "claimed_apart"}


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose published figures are not what they were. "" where there was none, or is none."""

    topic: str
    was: str
    now: str


def read_published(text: str) -> pd.DataFrame:
    """Read a `published.csv`, of this or an earlier commit, with every cell as it is written.

    Raises:
        ValueError: the text is not such a table.
    """
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        raise ValueError(f"it is no table ({' '.join(str(error).split())})") from error
    frame.columns = pd.Index([FORMER.get(name, name) for name in frame.columns])
    if list(frame.columns) != COLUMNS:
        raise ValueError(f"its columns are not {', '.join(COLUMNS)}")
    return frame.set_index("topic")


def changes(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Change]:
    """Yield the questions whose figures differ between two tables that `read_published` read."""
    for topic in sorted({*old.index, *new.index}):
        was, now = (_said(frame, topic) for frame in (old, new))
        if was != now:
            yield Change(str(topic), was, now)


def _said(frame: pd.DataFrame, topic: str) -> str:
    """Say in one line what a question amounts to, in the order of the columns."""
    if topic not in frame.index:
        return ""
    row = {str(name): str(cell) for name, cell in frame.loc[topic].items()}
    parts = [f"{_span(row['lowest'], row['highest'])} {row['unit']}", f"{row['claims']} claims"]
    if row["preferred"]:
        parts.append(f"preferred {row['preferred']} ({row['by']})")
    if row["claimed_apart"] != "0":
        parts.append(f"{row['claimed_apart']} by the other side")
    return ", ".join(parts)


def _span(low: str, high: str) -> str:
    if low and high:
        return low if low == high else f"{low}–{high}"
    return f"at least {low}" if low else f"up to {high}" if high else "no figure in"


def as_markdown(changes: list[Change], titles: Mapping[str, str], language: Language) -> str:
    """Write changes as a table for a review; *titles* are those of the questions, by id."""
    if not changes:
        return "No published figure changes.\n"
    lines = [f"{language.number(len(changes))} published figures change.", "", "| Question | Was | Is now |"]
    lines.append("|---|---|---|")
    for change in changes:
        cells = (titles.get(change.topic, change.topic), change.was or "–", change.now or "–")
        lines.append(f"| {' | '.join(escape(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"
