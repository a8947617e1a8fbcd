"""A data package goes in; what each of its tables and columns is for comes out, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

#: What a row of the explanation says, by language; of any other language it is said in English.
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "head": "| Column | What it is | What goes in |",
        "role": "Role: `{}`.",
        "date": "date (EDTF)",
        "integer": "a whole number",
        "number": "a number",
        "between": "between {} and {}",
        "from": "from {}",
        "list": "a word of the list `{}`",
        "one": "one of {}",
        "ids": "ids of {}",
        "id": "an id of {}",
    },
    "fr": {
        "head": "| Colonne | Ce que c’est | Ce qu’on y met |",
        "role": "Rôle : `{}`.",
        "date": "date (EDTF)",
        "integer": "un nombre entier",
        "number": "un nombre",
        "between": "entre {} et {}",
        "from": "à partir de {}",
        "list": "un mot de la liste `{}`",
        "one": "un de {}",
        "ids": "identifiants de {}",
        "id": "un identifiant de {}",
    },
}
#: So many of the words that a column takes are listed; the others are in the data package.
_SHOWN: Final = 8


def tables_markdown(package: Mapping[str, Any], code: str = "en") -> str:
    """Return a section for each table of a data package, with a row for each of its columns."""
    return "\n".join(_sections(package, code)) + "\n"


def _sections(package: Mapping[str, Any], code: str) -> Iterator[str]:
    words = _WORDS.get(code, _WORDS["en"])
    for table in package["resources"]:
        yield f"### {_said(table, 'title', code)}: `{table['path']}`\n"
        if description := _said(table, "description", code):
            yield f"{description} {words['role'].format(table['role'])}\n"
        yield words["head"]
        yield "|---|---|---|"
        for field in table["schema"]["fields"]:
            star = "*" if field.get("constraints", {}).get("required") else ""
            title, description = (_cell(_said(field, key, code)) for key in ("title", "description"))
            yield f"| `{field['name']}`{star} | {title} | {description}{_cell(_form(field, words))} |"
        yield ""


def _said(thing: Mapping[str, Any], key: str, code: str) -> str:
    """Return a text in a language, or in whichever there is."""
    wanted = thing.get(key if code == "en" else f"{key}@{code}", "")
    return str(wanted or next((text for name, text in thing.items() if name.split("@")[0] == key), ""))


def _form(field: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Say what the cells of a column must look like."""
    rules = field.get("constraints", {})
    least, most = rules.get("minimum"), rules.get("maximum")
    tables = ", ".join((*field.get("reference", ()), *field.get("references", ())))
    enum = [f"`{word}`" for word in rules.get("enum", ())]
    listed = ", ".join(enum[:_SHOWN]) + (", …" if len(enum) > _SHOWN else "")
    parts = [
        words["date"] if field.get("edtf") else words.get(field["type"], ""),
        ""
        if least is None
        else words["from"].format(least)
        if most is None
        else words["between"].format(least, most),
        words["list"].format(field["vocabulary"]) if field.get("vocabulary") else "",
        words["one"].format(listed) if enum else "",
        words["ids" if "references" in field else "id"].format(tables) if tables else "",
    ]
    form = "; ".join(part for part in parts if part)
    return f" ({form})" if form else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
