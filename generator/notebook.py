"""The folder of a documentary goes in; its tables as pandas frames and its figures as Plotly's come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.figures import WIDE, draw_figure
from generator.language.catalogs import load_languages
from generator.ledger.checks import check_ledger
from generator.ledger.frames import frame
from generator.loading import Inputs, load
from generator.problems import Problem, did_you_mean

if TYPE_CHECKING:  # loaded when the first frame or figure is made
    import pandas as pd
    from plotly import graph_objects as go


class DocumentaryError(ValueError):
    """A documentary that cannot be used as it is: its text is what a check says of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class OpenDocumentary:
    """A documentary whose data have no problem."""

    inputs: Inputs

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures, in the order of the settings."""
        return tuple(self.inputs.documentary.figures)

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table (`claims`, `events`, `people`, `units`, …), a row for each record, its id as index.

        Figures are `decimal.Decimal`, as exact as the source states them; `value` of a claim is a float.

        Raises:
            KeyError: there is no such table.
        """
        return frame(self.inputs.ledger, name)

    def figure(self, ident: str, language: str, width: int = WIDE) -> go.Figure:
        """Return a figure of the documentary in a language, drawn *width* pixels wide.

        Raises:
            KeyError: there is no such figure, or no such language.
            DocumentaryError: the settings of the figure are wrong.
        """
        from plotly import graph_objects as go

        documentary = self.inputs.documentary
        for what, name, known in (
            ("figure", ident, documentary.figures),
            ("language", language, documentary.languages),
        ):
            if name not in known:
                hint = did_you_mean(name, known, ", ".join(known))
                raise KeyError(f'there is no {what} "{name}"; {hint}')
        (words,) = load_languages([language], files=self.inputs.files)
        if isinstance(words, Problem):
            raise DocumentaryError([words])
        made = draw_figure(documentary.figures[ident], self.inputs.ledger, words)
        if isinstance(made, list):
            raise DocumentaryError(made)
        return go.Figure(made.draw(width))


def open_documentary(folder: str | Path) -> OpenDocumentary:
    """Read and check the data of the documentary in a folder.

    Raises:
        DocumentaryError: the settings or the data have problems.
    """
    inputs = load(Path(folder))
    if isinstance(inputs, list):
        raise DocumentaryError(inputs)
    told = inputs.documentary
    problems = list(check_ledger(inputs.ledger, told.theatre, told.pace, told.memory_lanes))
    if problems:
        raise DocumentaryError(problems)
    return OpenDocumentary(inputs)
