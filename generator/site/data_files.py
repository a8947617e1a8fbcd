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
    about, parts = inputs.package.about, []
    for code in inputs.documentary.languages:
        said = [str(about.get(f"{key}@{code}", about.get(key, ""))) for key in ("title", "description")]
        rows = [f"* `{table.path}`: {table.titles.get(code, table.name)}" for table in inputs.package.tables]
        parts.append(f"# {said[0]}\n\n{said[1]}\n\n" + "\n".join(rows))
    licences = ", ".join(
        f"{one.get('title', '')} <{one.get('path', '')}>" for one in about.get("licenses", [])
    )
    files = "`datapackage.json`, `sources.json` (CSL-JSON)"
    end = f"{files}. {inputs.documentary.dated}. {licences}"
    return "\n\n".join([*parts, end, ""]).encode()
