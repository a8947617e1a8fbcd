"""The generator is a row of steps: what each module may import, write, print and mention."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
GENERATOR = HOME / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
MODULES = [path for path in MODULES if "node_modules" not in path.parts]

#: The rooms, in the order of the data's way: a room imports only from rooms before it.
ORDER = (
    "problems",
    "missing",
    "typed",
    "settings",
    "ledger",
    "output",
    "media",
    "language",
    "prose",
    "translation",
    "loading",
    "figures",
    "drawing",
    "raster",
    "pages",
    "site",
    "print",
    "notebook",
    "checking",
    "build",
    "live",
    "new",
    "intake",
    "commands",
    "__main__",
)
#: Every folder of modules, rooms within rooms too, by its dotted name.
FOLDERS = {
    path.parent.relative_to(GENERATOR).as_posix().replace("/", ".")
    for path in MODULES
    if path.name == "__init__.py" and path.parent != GENERATOR
}
#: Calls that change the disk. `Path.replace` takes one argument, `str.replace` two.
WRITES = {
    "chmod",
    "copy",
    "copy2",
    "copyfile",
    "copytree",
    "hardlink_to",
    "makedirs",
    "mkdir",
    "mkdtemp",
    "move",
    "remove",
    "rename",
    "rmdir",
    "rmtree",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
PRINTS = {"print", "echo", "secho", "Console", "stdout", "stderr"}
#: What a generator that knows no subject does not say.
SUBJECT = re.compile(
    r"khalkhin|halhin|nomonhan|joukov|zhukov|komatsubara|kwantung|guandong|soviet|soviét|japan|japon"
    r"|mongol|manchu|mandchou|1939",
    re.IGNORECASE,
)


def name(path: Path) -> str:
    return path.relative_to(GENERATOR).as_posix()


def room(module: str) -> str:
    """Return the room a module is in: "figures.style" is in "figures"."""
    return module.split(".", maxsplit=1)[0]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports from the generator, inside functions too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports by a relative name"
            if node.module == "generator":
                yield from (alias.name for alias in node.names)
            elif node.module and node.module.startswith("generator."):
                yield node.module.removeprefix("generator.")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("generator."):
                    yield alias.name.removeprefix("generator.")


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def writes(called_name: str, call: ast.Call) -> bool:
    """Tell whether a call changes the disk."""
    if called_name == "replace":
        return isinstance(call.func, ast.Attribute) and len(call.args) == 1 and not call.keywords
    if called_name == "copy":  # copy.copy is a value's, shutil.copy a file's
        return ast.unparse(call.func) == "shutil.copy"
    if called_name == "open":
        words = [*call.args, *(k.value for k in call.keywords)]
        modes = (w.value for w in words if isinstance(w, ast.Constant) and isinstance(w.value, str))
        return any(re.fullmatch(r"[bt]?[wax+][bt+]*|r[bt]*\+[bt]*", mode) for mode in modes)
    if called_name == "remove":  # a list has one too
        return ast.unparse(call.func) == "os.remove"
    return called_name in WRITES


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {room(name(path).removesuffix(".py").replace("/", ".")) for path in MODULES}
    assert rooms - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_rooms_before_its_own(path: Path) -> None:
    here = room(name(path).removesuffix(".py").replace("/", "."))
    before = set(ORDER[: ORDER.index(here)]) if here in ORDER else {"notebook"}
    inside = {here} & FOLDERS
    assert {room(module) for module in imported(path)} - before - inside == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in MODULES
    }
    wanted = {module: set(imported(path)) & set(names) for module, path in names.items()}
    while wanted:
        free = {module for module, others in wanted.items() if not others & set(wanted)}
        assert free, f"a circle among {sorted(wanted)}"
        wanted = {module: others for module, others in wanted.items() if module not in free}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_one_module_writes(path: Path) -> None:
    if name(path) == "output/write.py":
        return
    found = [f"line {call.lineno}: {ast.unparse(call)}" for n, call in called(path) if writes(n, call)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_commands_print(path: Path) -> None:
    if name(path) == "__main__.py" or name(path).startswith("commands/"):
        return
    found = [f"line {call.lineno}: {n}" for n, call in called(path) if n in PRINTS]
    found += [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"}
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_one_module_parses_html(path: Path) -> None:
    if name(path) == "site/html.py":
        return
    assert [call.lineno for n, call in called(path) if n == "LexborHTMLParser"] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_first_what_it_is(path: Path) -> None:
    assert first_line(path)


def first_line(path: Path) -> str:
    return (ast.get_docstring(parsed(path)) or "").split("\n")[0].strip()


def test_the_generator_knows_nothing_of_the_subject() -> None:
    found = []
    for path in sorted(GENERATOR.rglob("*")):
        ignored = {"node_modules", "__pycache__"} & set(path.parts)
        if ignored or not path.is_file() or path.name == "package-lock.json":
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        for number, line in enumerate(text.splitlines(), 1):
            found += [f"{name(path)}:{number}: {m.group(0)}" for m in SUBJECT.finditer(line)]
    assert found == []
