"""The roles that tables play, the columns each role needs, and what those columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """How an answer stands among its rivals: used first, on a level with them, or set aside."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


#: The confidence that readers are warned of, and that no figure draws as the rule: a word of the vocabulary.
DOUBTFUL = "low"


class Role(StrEnum):
    """What a table is to the program, whatever it is called."""

    CLAIMS = "claims"
    EVENTS = "events"
    PEOPLE = "people"
    UNITS = "units"
    PLACES = "places"
    EQUIPMENT = "equipment"
    GLOSSARY = "glossary"
    MOVEMENTS = "movements"
    TOPICS = "topics"
    SIDES = "sides"
    VOCABULARY = "vocabulary"
    NAMES = "names"
    POSITIONS = "positions"
    CORRECTIONS = "corrections"
    FORMULAS = "formulas"
    COMMANDS = "commands"
    EXCLUSIONS = "exclusions"
    MEDIA = "media"
    CAPTIONS = "captions"


#: The roles whose rows a name in prose can lead to.
ENTITIES = (Role.PEOPLE, Role.UNITS, Role.PLACES, Role.EQUIPMENT, Role.GLOSSARY, Role.MOVEMENTS)
#: The roles whose ids macros can name, so that an id means one row among all of them.
LINKED = (Role.CLAIMS, Role.EVENTS, *ENTITIES, Role.MEDIA)
#: The roles of which there may be several tables; of every other there is at most one.
SEVERAL = (Role.CLAIMS, *ENTITIES)
#: The roles whose one table has the name of the role, because links and files are called so.
NAMED = (Role.EVENTS, Role.CORRECTIONS, Role.MEDIA)


@dataclass(frozen=True, slots=True)
class Column:
    """What the program asks of a column; the data package says it too, and may ask for more.

    Attributes:
        type: `string`, `integer`, `number`, or `edtf` for a date.
        required: no cell may be empty.
        optional: a table may lack the column.
        to: the roles of the tables its ids name, or `sources`; empty for a column without ids.
        many: a cell may hold several ids, joined by ";".
        words: it names a list of the vocabulary.
        pattern: the form of its cells, as a regular expression.
        values: the only words the program knows there.
        localised: there is one for each language, `name_fr`, `name_en`.
    """

    type: str = "string"
    required: bool = False
    optional: bool = False
    to: tuple[str, ...] = ()
    many: bool = False
    words: bool = False
    pattern: str = ""
    values: tuple[str, ...] = ()
    localised: bool = False


ID = Column(required=True, pattern=r"[a-z0-9][a-z0-9-]*")
TEXT = Column()
NEEDED = Column(required=True)
NUMBER = Column("number")
DATE = Column("edtf")
WORD = Column(words=True)
NEEDED_WORD = Column(required=True, words=True)
LOCALISED = Column(localised=True)
SIDE = Column(required=True, to=(Role.SIDES,))

#: Where a row comes from: the columns that every statement has.
_PROVENANCE: Mapping[str, Column] = {
    "source": Column(required=True, to=("sources",)),
    "locator": Column(optional=True),
    "via": Column(to=("sources",), optional=True),
    "confidence": NEEDED_WORD,
}
#: What every answer to a question has: which it is, and how it stands among its rivals.
_ANSWER: Mapping[str, Column] = {
    "id": ID,
    "side": SIDE,
    "phase": Column(words=True),
    **_PROVENANCE,
    "rank": Column(required=True, words=True, values=tuple(Rank)),
    "reason": TEXT,
}
_ENTITY: Mapping[str, Column] = {
    "id": ID,
    "name": LOCALISED,
    "side": Column(to=(Role.SIDES,), optional=True),
    "kind": Column(words=True, optional=True),
    "category": Column(words=True, optional=True),
    "date": Column("edtf", optional=True),
    "source": Column(to=("sources",), optional=True),
    "via": Column(to=("sources",), optional=True),
    "note": Column(localised=True, optional=True),
}
#: Symbols that Plotly draws; each has a form that is not filled.
_SYMBOLS = """
    circle square diamond cross x triangle-up triangle-down triangle-left triangle-right triangle-ne
    triangle-se triangle-sw triangle-nw pentagon hexagon hexagon2 octagon star hexagram star-triangle-up
    star-triangle-down star-square star-diamond diamond-tall diamond-wide hourglass bowtie
"""
SYMBOLS = tuple(f"{name}{form}" for name in _SYMBOLS.split() for form in ("", "-open"))
#: How the line of a kind of movement is drawn on maps.
LINES = ("solid", "dash", "dot")
#: A file of media, as its row names it: below `docs/media/`, never above it.
MEDIA_FILE = r"[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*"
#: The forms of a unit that numbers may ask for beside its label, as CLDR calls them. Every table of words has
#: the first; a language that counts otherwise (Russian: 2 дня, 5 дней) adds its own.
FORMS = ("one", "zero", "two", "few", "many")
PATTERNS = ("/", "\\", "x", "-", "|", "+", ".")

#: The columns of each role. A table may have more: they are published, and the program leaves them alone.
COLUMNS: Mapping[Role, Mapping[str, Column]] = {
    Role.CLAIMS: {
        **_ANSWER,
        "topic": Column(required=True, to=(Role.TOPICS,)),
        "measure": NEEDED_WORD,
        "scope": WORD,
        "low": NUMBER,
        "best": NUMBER,
        "high": NUMBER,
        "unit": NEEDED_WORD,
        "date": DATE,
        "subject": Column(to=ENTITIES),
        "nature": NEEDED_WORD,
        "part_of": Column(to=(Role.CLAIMS,)),
        "note": LOCALISED,
    },
    Role.EVENTS: {
        **_ANSWER,
        "topic": Column(to=(Role.TOPICS,)),
        "date": Column("edtf", required=True),
        "time": Column(pattern=r"[0-2]\d:[0-5]\d(/[0-2]\d:[0-5]\d)?"),
        "title": LOCALISED,
        "text": LOCALISED,
        "place": Column(to=ENTITIES),
        "actors": Column(to=ENTITIES, many=True),
        "lane": NEEDED_WORD,
        "phase": NEEDED_WORD,
        "importance": Column("integer", required=True),
    },
    Role.PEOPLE: {
        **_ENTITY,
        "birth": Column("edtf", optional=True),
        "death": Column("edtf", optional=True),
    },
    Role.UNITS: {
        **_ENTITY,
        "parent": Column(to=ENTITIES, optional=True),
        "commander": Column(to=ENTITIES, many=True, optional=True),
    },
    Role.PLACES: {**_ENTITY, "lat": NUMBER, "lon": NUMBER, "precision_km": NUMBER},
    Role.EQUIPMENT: {**_ENTITY, "in_service": Column("edtf", optional=True)},
    Role.GLOSSARY: {"id": ID, "term": LOCALISED, "source": _ENTITY["source"]},
    Role.MOVEMENTS: {
        **_ENTITY,
        "kind": NEEDED_WORD,
        "side": SIDE,
        "unit": Column(to=ENTITIES, optional=True),
        "path": NEEDED,
        "events": Column(to=(Role.EVENTS,), many=True, optional=True),
        "bank": Column(optional=True),
    },
    Role.TOPICS: {"id": ID, "kind": TEXT, "title": LOCALISED, "note": LOCALISED},
    Role.SIDES: {
        "id": ID,
        "order": Column("integer", required=True),
        "name": LOCALISED,
        "short": LOCALISED,
        "colour": Column(required=True, pattern="#[0-9a-f]{6}"),
        "symbol": Column(required=True, values=SYMBOLS),
        "pattern": Column(values=PATTERNS),
    },
    Role.VOCABULARY: {
        "id": ID,
        "kind": NEEDED,
        "label": LOCALISED,
        "one": LOCALISED,
        **dict.fromkeys(FORMS[1:], Column(localised=True, optional=True)),
        "definition": LOCALISED,
        "line": Column(optional=True, values=LINES),
        "apart": Column(optional=True, values=("yes",)),
        "url": Column(optional=True, pattern=r"https?://[^\s/]+\S*"),
    },
    Role.NAMES: {
        "id": ID,
        "entity": Column(required=True, to=(*ENTITIES, Role.EVENTS)),
        "form": NEEDED_WORD,
        "name": NEEDED,
        "lang": Column(required=True, pattern=r"[a-z]{2,3}(-[A-Z][a-z]{3})?"),
        "source": Column(to=("sources",)),
        "note": LOCALISED,
    },
    Role.POSITIONS: {
        "id": ID,
        "of": Column(required=True, to=(Role.PLACES,)),
        "at": NEEDED,
        "precision_km": Column("number", required=True),
        **_PROVENANCE,
        "note": LOCALISED,
    },
    Role.CORRECTIONS: {
        "id": ID,
        **_PROVENANCE,
        "says": LOCALISED,
        "reading": LOCALISED,
        "reason": LOCALISED,
        "authority": Column(to=("sources",), many=True),
        "status": NEEDED_WORD,
    },
    Role.FORMULAS: {
        "id": ID,
        "claim": Column(required=True, to=(Role.CLAIMS,)),
        "bound": Column(required=True, values=("low", "best", "high")),
        "formula": NEEDED,
    },
    Role.COMMANDS: {
        "id": ID,
        "unit": Column(required=True, to=(Role.UNITS,)),
        "person": Column(required=True, to=(Role.PEOPLE,)),
        "date": Column("edtf", required=True),
        **_PROVENANCE,
    },
    Role.EXCLUSIONS: {
        "id": ID,
        "correction": Column(required=True, to=(Role.CORRECTIONS,)),
        "claims": Column(required=True, to=(Role.CLAIMS,), many=True),
        "figures": TEXT,
    },
    Role.MEDIA: {
        "id": ID,
        "file": Column(required=True, pattern=MEDIA_FILE),
        "kind": NEEDED_WORD,
        "caption": LOCALISED,
        "alt": LOCALISED,
        "date": DATE,
        "place": Column(to=(Role.PLACES,), optional=True),
        "people": Column(to=(Role.PEOPLE,), many=True, optional=True),
        "units": Column(to=(Role.UNITS,), many=True, optional=True),
        "equipment": Column(to=(Role.EQUIPMENT,), many=True, optional=True),
        "author": TEXT,
        "source": Column(to=("sources",)),
        "locator": TEXT,
        "licence": WORD,
        "credit": TEXT,
        "doubt": Column(localised=True, optional=True),
        "transcript": Column(localised=True, optional=True),
        "still": Column(pattern=MEDIA_FILE, optional=True),
    },
    Role.CAPTIONS: {
        "id": ID,
        "media": Column(required=True, to=(Role.MEDIA,)),
        "caption": LOCALISED,
        **_PROVENANCE,
        "rank": Column(required=True, words=True, values=tuple(Rank)),
        "reason": TEXT,
    },
}


def columns_of(role: Role, languages: tuple[str, ...]) -> dict[str, Column]:
    """Return the columns of a role by name, one for each language where there is one for each."""
    columns: dict[str, Column] = {}
    for name, column in COLUMNS[role].items():
        if column.localised:
            columns |= {f"{name}_{code}": column for code in languages}
        else:
            columns[name] = column
    return columns
