"""The inputs go in; the data package comes out as it is published, with a page that says what is in it."""

from __future__ import annotations

from generator.loading import Inputs


def data_files(inputs: Inputs) -> dict[str, bytes]:
    """Publish the data package as it is, with its licence and a page that says what is in it."""
    names = ["datapackage.json", "sources.json", *(t.path for t in inputs.package.tables)]
    tree = {f"data/{name}": inputs.files[f"data/{name}"] for name in names}
    tree["data/README.md"] = readme(inputs)
    if "LICENSE-DATA.md" in inputs.files:
        tree["data/LICENSE-DATA.md"] = inputs.files["LICENSE-DATA.md"]
    return tree | {f"data/{path}": raw for path, raw in inputs.extra.items() if path.startswith("geo/")}


def readme(inputs: Inputs) -> bytes:
    """Return what somebody who has only the data needs first, in every language of the documentary."""
    package, parts = inputs.package, []
    for code in inputs.documentary.languages:
        rows = [f"* `{table.path}`: {table.titles[code]}" for table in package.tables]
        head = f"# {package.titles[code]}\n\n{package.descriptions.get(code, '')}"
        parts.append(f"{head}\n\n" + "\n".join(rows))
    licences = ", ".join(f"{one.title} <{one.path}>" for one in package.licences)
    files = "`datapackage.json`, `sources.json` (CSL-JSON)"
    end = f"{files}. {inputs.documentary.dated}. {licences}"
    return "\n\n".join([*parts, end, ""]).encode()
