"""The floors of the house: what each may import, read from the code and seen in fresh processes."""

import ast
import subprocess
import sys
from collections.abc import Container, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WALK = """
import importlib, pkgutil, sys
name, *skipped = sys.argv[1:]
package = importlib.import_module(name)
for found in pkgutil.walk_packages(getattr(package, "__path__", []), name + "."):
    if found.name not in skipped:
        importlib.import_module(found.name)
print(*sorted({loaded.partition(".")[0] for loaded in sys.modules}))
"""
HEAVY = {"textual", "rich", "click", "pendulum", "tinydb", "screens"}
FLOORS = sorted(
    f"piptui.{path.stem}"
    for path in (ROOT / "piptui").iterdir()
    if not path.stem.startswith("__") and path.suffix in ("", ".py")
)
ALLOWED = {"piptui.cli": {"click"}, "screens": {"textual", "rich", "screens"}}
SKIPPED = {"piptui.store": ("piptui.store.tiny",)}
"""JournalDB is for scripts, and the one module that needs TinyDB; `piptui.store` loads it when it is asked for."""


@pytest.mark.parametrize("floor", [*FLOORS, "screens"])
def test_a_floor_loads_nothing_above_it(floor: str) -> None:
    """Imported whole, in a fresh process, a floor loads no screen, and what a start does not need stays unloaded."""
    command = [sys.executable, "-c", WALK, floor, *SKIPPED.get(floor, ())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & (HEAVY - ALLOWED.get(floor, set()))


def test_the_wiring_loads_neither_screens_nor_command_line_by_itself() -> None:
    """Importing the entry point costs nothing: what a start needs is imported when it is needed."""
    code = "import sys, piptui.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert not set(done.stdout.split()) & {*HEAVY, "piptui.desk", "piptui.store", "msgspec"}


def test_the_contracts_are_kept() -> None:
    """The import contracts in pyproject.toml hold."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def modules(*packages: str) -> list[Path]:
    """Every module of the packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules("piptui/cases", "piptui/checks"), ids=lambda path: path.stem)
def test_pure_floors_ask_for_no_time_and_no_files(path: Path) -> None:
    """Acts, stages and checks get the instant and the day handed in; they read no clock, no file and no chance."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not (called | named) & {"today_in", "utc_now", "read_text", "write_text"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _reads_a_clock(node.func)]
    assert not named & {"open", "print", "input"}
    assert not imported & {"os", "random", "secrets", "time", "uuid", "pathlib"}


def _reads_a_clock(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr in ("now", "utcnow", "today")


@pytest.mark.parametrize("path", modules("piptui", "screens"), ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_files_are_opened_with_their_encoding(path: Path) -> None:
    """A text file is opened with an explicit encoding wherever it is opened, whatever the server's locale."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("read_text", "write_text"):
                assert any(keyword.arg == "encoding" for keyword in node.keywords), f"{path}:{node.lineno}"


CIRCLES = {
    ("piptui.desk.folding", "piptui.desk.rows"): "rows are folded seldom: a start does not load how",
    ("piptui.store.backup", "piptui.store.opening", "piptui.store.redact", "piptui.store.store"): (
        "methods of the store that few programs call"
    ),
    ("screens.cases", "screens.views"): "a page and the one that it opens and that comes back to it",
    ("screens.marked_form", "screens.marked_packets", "screens.marks"): "as above",
}
"""Modules that load each other, inside functions, and why."""


def test_no_module_leads_back_to_itself() -> None:
    """Imports inside functions count, too: what two modules share has a module of its own."""
    known = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules("piptui", "screens")}
    graph = {name: _loaded(name, path, known) for name, path in known.items()}
    reach = {name: _reached(graph, name) for name in graph}
    circles = {tuple(sorted(b for b in reach[a] if a in reach[b])) for a in graph if a in reach[a]}
    assert circles == {*CIRCLES}


def _loaded(name: str, path: Path, known: Container[str]) -> set[str]:
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {id(node) for one in ast.walk(tree) if _only_for_types(one) for node in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in typing:
            above = name.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {f"{base}.{one.name}" if f"{base}.{one.name}" in known else base for one in node.names}
    return {one for one in found if one in known and one != name}


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = [*graph[start]]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += graph[one]
    return found
