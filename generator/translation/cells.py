"""The tables of the ledger go in; what each row says in several languages comes out, as a passage of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.ledger.schema import Table
from generator.ledger.tables import Row, read_rows
from generator.translation.passages import Passage
from generator.translation.record import Key, Record

#: What begins the name of a passage that is a row: its page is the file of the table.
DATA = "data/"
#: A text in a cell that holds several: "fr: … | en: …".
_PART = re.compile(r"([a-z]{2,3}(?:-\w+)*): (.+)", re.DOTALL)


def watches_cells(record: Record | None) -> bool:
    """Whether somebody has recorded what rows follow: before that, nobody is asked to."""
    return any(page.startswith(DATA) for page, _ in record or ())


def cells_of(
    files: Mapping[str, bytes], tables: Sequence[Table], languages: Sequence[str]
) -> dict[Key, dict[str, Passage]]:
    """Return the rows that say something in several languages: by table and id, the texts of each language.

    Args:
        files: the files of the documentary, by path.
        tables: their schemas.
        languages: the codes of its languages.
    """
    found: dict[Key, dict[str, Passage]] = {}
    for table in tables:
        path = f"{DATA}{table.path}"
        for row in read_rows(path, files.get(path, b""), table.columns):
            if isinstance(row, Row):
                texts = {code: "\n".join(_texts(row, table, code, languages)) for code in languages}
                said = {code: Passage(text, row.line) for code, text in texts.items() if text}
                if len(said) > 1:
                    found[path, row.cells.get("id", "")] = said
    return found


def _texts(row: Row, table: Table, code: str, languages: Sequence[str]) -> Iterator[str]:
    """Yield what a row says in a language, each text behind the name of its column without the language."""
    for name in table.columns:
        stem, _, language = name.rpartition("_")
        text = row.cells.get(name, "")
        if language == code and stem:
            if text:
                yield f"{stem}: {text}"
        elif language not in languages:
            for part in text.split(" | ") if " | " in text else ():
                match = _PART.fullmatch(part.strip())
                if match and match[1] == code:
                    yield f"{name}: {match[2]}"
