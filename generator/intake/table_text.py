"""A CSV of the ledger and rows go in; the file comes out with these, written in its own way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_QUOTINGS = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file: its text with its line end, its cells, and its first line."""

    raw: str
    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TableText:
    """A CSV with how it is written: its mark, its line ends, when it quotes."""

    mark: bool
    ending: str
    quoting: int
    records: tuple[Record, ...]

    def written(self, changed: Mapping[int, Sequence[str]], added: Iterable[Sequence[str]]) -> bytes:
        """Return the file with *changed* records, by line, and others *added*; the rest as it stands."""
        parts = [self._line(changed[one.line]) if one.line in changed else one.raw for one in self.records]
        new = [self._line(cells) for cells in added]
        if new and parts and not parts[-1].endswith(("\n", "\r")):
            parts[-1] += self.ending
        text = "".join(parts + new)
        return (b"\xef\xbb\xbf" if self.mark else b"") + text.encode("utf-8")

    def _line(self, cells: Sequence[str]) -> str:
        return line_of(cells, self.quoting, self.ending)


def line_of(cells: Sequence[str], quoting: int, ending: str) -> str:
    """Write one record."""
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator=ending).writerow(cells)  # type: ignore[arg-type]
    return out.getvalue()


def read_table_text(raw: bytes) -> TableText:
    """Read a CSV that the ledger can read: comma-separated UTF-8 with balanced quotes.

    Its way of quoting is the one that would write most of its records as they stand.

    Raises:
        csv.Error, UnicodeDecodeError: it is not; a check says so better.
    """
    text = raw.decode("utf-8-sig")
    lines = list(io.StringIO(text, newline=""))
    records: list[Record] = []
    reader = csv.reader(iter(lines), strict=True)
    before = 0
    for cells in reader:
        records.append(Record("".join(lines[before : reader.line_num]), tuple(cells), before + 1))
        before = reader.line_num
    ending = next((end for end in ("\r\n", "\n", "\r") if lines and lines[0].endswith(end)), "\n")

    def fits(quoting: int) -> int:
        return sum(record.raw == line_of(record.cells, quoting, ending) for record in records)

    return TableText(raw.startswith(b"\xef\xbb\xbf"), ending, max(_QUOTINGS, key=fits), tuple(records))
