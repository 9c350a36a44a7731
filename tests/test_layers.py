"""The house has an order: a module imports only modules that stand before it, and only `cli` talks."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "newsarchive"

LAYERS = """
installing
errors
text
dates
entry
intake
changes
differences
access
stretch
aside
disk
thesaurus
query
formats
store
selection
search
planning
copies
git
opened
reader
archive
config
console
render
cli
"""
"""The one ordered list. Those on one line do not import each other."""

FREE = ("newsarchive/__init__.py", "newsarchive/__main__.py")
"""The package, which imports nothing, and the door to `python -m`."""

LEVELS = {name: level for level, line in enumerate(LAYERS.split("\n")) for name in line.split()}
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))
BELOW = [module for module in MODULES if module.parts[1] not in ("cli", "__main__.py")]


@functools.cache
def tree_of(module: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse((PACKAGE.parent / module).read_text(encoding="utf-8"))


def name_of(module: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(module.with_suffix("").parts).removesuffix(".__init__")


def imports_of(module: Path) -> Iterator[str]:
    """Yield the dotted name of each module of ours that is imported, inside functions too."""
    names = {name_of(other) for other in MODULES}
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == "newsarchive")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            if (node.module or "").partition(".")[0] == "newsarchive":
                inner = [f"{node.module}.{alias.name}" for alias in node.names]
                yield from (name if name in names else str(node.module) for name in inner)


def may_import(module: str, other: str) -> bool:
    """Say whether the order lets a module import another; the package itself is below all."""
    if "." not in other:
        return True
    room, other_room = module.split(".")[1], other.split(".")[1]
    return room == other_room or LEVELS[other_room] < LEVELS[room]


def test_imports_point_down():
    """It imports nothing that stands after it or on its own line."""
    upward = [
        f"{name_of(module)} imports {name}"
        for module in MODULES
        if str(module) not in FREE
        for name in imports_of(module)
        if not may_import(name_of(module), name)
    ]

    assert upward == []


def test_neighbours_are_apart():
    """It lets readers and writers of formats, and the two stores, share what lies beside them, and nothing else."""
    sides = {
        "newsarchive.formats.reading.": "newsarchive.formats.writing.",
        "newsarchive.store.file.": "newsarchive.store.server.",
    }
    across = [
        f"{name_of(module)} imports {name}"
        for module in MODULES
        for name in imports_of(module)
        for one, other in [*sides.items(), *((other, one) for one, other in sides.items())]
        if name_of(module).startswith(one) and name.startswith(other)
    ]

    assert across == []


def test_commands_stand_alone():
    """It reaches a command by its name in the registry only: none imports another, no machinery imports one."""
    found = [
        f"{name_of(module)} imports {name}"
        for module in MODULES
        for name in imports_of(module)
        if name.startswith("newsarchive.cli.commands.")
    ]

    assert found == []


def test_the_list_is_that_of_the_folder():
    """It names every module and package, and none that is not there."""
    there = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert set(LEVELS) == there - {"__init__", "__main__"}


def test_there_are_no_cycles():
    """It can put all modules in one order in which each imports only those before it."""
    waiting = {name_of(module): set(imports_of(module)) for module in MODULES}

    while ready := [name for name, imports in waiting.items() if not imports & waiting.keys()]:
        for name in ready:
            del waiting[name]

    assert waiting == {}


def test_packages_import_nothing_of_ours():
    """It can import a module without the others of its package."""
    packages = [module for module in MODULES if module.name == "__init__.py"]

    assert len(packages) > 8
    assert [name for module in packages for name in imports_of(module)] == []


def test_no_exception_is_caught_blindly():
    """It catches what it knows: a bug keeps its traceback."""
    blind = [
        f"{module}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or re.search(r"\bException\b", ast.unparse(node.type))
    ]

    assert blind == []


def test_only_the_command_line_talks():
    """It neither prints, asks nor exits below `cli`; the streams themselves are in `console`."""
    talking = {"print", "input", "exit", "quit", "sys.exit", "os._exit"}
    found = [
        f"{module}:{node.lineno}"
        for module in BELOW
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in talking
    ]

    assert found == []


def test_only_the_command_line_asks_the_surroundings():
    """It gets the environment, the working folder and the clock from `cli`, by parameter.

    The archive's own clock is the default of such a parameter.
    """
    asking = {"os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home"}
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    found = [
        f"{module}:{node.lineno}"
        for module in BELOW
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute)
        if ast.unparse(node) in (asking if module.name == "archive.py" else asking | clocks)
    ]

    assert found == []


def test_imports_inside_functions_say_why():
    """It says in a comment that an import inside a function spares start-up."""
    silent = [
        f"{module}:{first.lineno}"
        for module in MODULES
        for function in ast.walk(tree_of(module))
        if isinstance(function, ast.FunctionDef)
        for first in [node for node in function.body if isinstance(node, ast.Import | ast.ImportFrom)][:1]
        if "# spares start-up" not in line_of(module, first)
    ]

    assert silent == []


def line_of(module: Path, node: ast.stmt) -> str:
    """Return the line of the source on which a statement begins."""
    return (PACKAGE.parent / module).read_text(encoding="utf-8").splitlines()[node.lineno - 1]
