"""Who may import whom, and how large things may grow. Adding a row here is a decision."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "litindex"

FREE = {"litindex", "litindex.errors", "litindex.folding", "litindex.models"}
"""Values and words: everyone may import these, and they import nothing but one another."""

MAY_IMPORT: dict[str, set[str]] = {
    # files and databases
    "crawler": {"filenames", "ignore", "plainfiles"},
    "db": {"plainfiles"},
    "filenames": set(),
    "ignore": set(),
    "lock": {"plainfiles"},
    "plainfiles": set(),
    "schema": set(),
    "settings": {"parser", "plainfiles"},
    # from a vault to its index
    "parser": {"parser"},
    "plan": set(),
    "upserter": {"syncing.rows"},
    "resolver": {"parser", "syncing.dimensions", "syncing.targets", "syncing.touched"},
    "indexer": {
        *{"crawler", "db", "lock", "plan", "settings", "syncing.absences", "syncing.emptied", "syncing.indexfile"},
        *{
            "syncing.racy",
            "syncing.recheck",
            "syncing.report",
            "syncing.run",
            "syncing.spotcheck",
            "syncing.state",
            "syncing.tidying",
        },
    },
    "syncing": set(),
    "syncing.absences": {"plan"},
    "syncing.bulk": {"syncing.dimensions", "syncing.rows"},
    "syncing.collisions": {"syncing.dimensions", "syncing.state"},
    "syncing.dimensions": {"syncing.rows", "syncing.touched"},
    "syncing.emptied": {"crawler"},
    "syncing.indexfile": {"db", "schema"},
    "syncing.moves": {"crawler", "plan", "syncing.dimensions", "syncing.reading", "syncing.state"},
    "syncing.racy": set(),
    "syncing.reading": {"crawler", "parser", "syncing.racy", "syncing.rows"},
    "syncing.recheck": {"crawler", "plan", "syncing.racy", "syncing.state"},
    "syncing.report": set(),
    "syncing.rows": set(),
    "syncing.run": {
        *{"crawler", "parser", "plan", "resolver", "upserter", "syncing.bulk", "syncing.collisions"},
        *{"syncing.dimensions", "syncing.moves", "syncing.reading", "syncing.report", "syncing.rows", "syncing.state"},
        *{"syncing.touched", "syncing.workers"},
    },
    "syncing.spotcheck": {"crawler", "filenames"},
    "syncing.state": {"crawler", "plan"},
    "syncing.targets": {"parser"},
    "syncing.tidying": set(),
    "syncing.touched": set(),
    "syncing.workers": {"crawler", "syncing.reading"},
    # following it
    "debounce": set(),
    "daemon": {
        *{"debounce", "indexer", "lock", "syncing.report", "watching.agenda", "watching.heartbeat"},
        *{"watching.hints", "watching.lookout", "watching.stopping"},
    },
    "watching": set(),
    "watching.agenda": set(),
    "watching.heartbeat": {"lock", "plainfiles"},
    "watching.hints": {"debounce"},
    "watching.lookout": {"watching.heartbeat", "watching.hints", "watching.observer"},
    "watching.observer": {"filenames", "watching.hints"},
    "watching.service": set(),
    "watching.status": {"crawler", "db", "plan", "settings", "syncing.emptied", "syncing.state"},
    "watching.stopping": set(),
    "watching.voice": set(),
    # asking it
    "queries": {"db"},
    "asking": set(),
    "asking.completion": {"db"},
    "asking.lookup": {"asking.search"},
    "asking.search": {"asking.terms", "queries"},
    "asking.serve": {"queries"},
    "asking.show": set(),
    "asking.terms": set(),
    "datasette_plugin": {
        *{"asking.search", "asking.serve", "asking.show", "datasette_plugin", "parser", "queries"},
        *{"watching.heartbeat"},
    },
    "cli": {"*"},
    "__main__": {"cli"},
}

PURE = {
    "debounce",
    "errors",
    "filenames",
    "folding",
    "ignore",
    "models",
    "parser",
    "plan",
    "syncing.absences",
    "syncing.racy",
}
PURE |= {"syncing.report", "syncing.rows", "syncing.targets", "watching.agenda", "asking.terms"}
THE_WORLD = {"asyncio", "http", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess"}
THE_WORLD |= {"sys", "tempfile", "threading", "time", "urllib"}
HARMLESS = {"urllib.parse"}

THIRD_PARTIES = {
    "click": {"cli"},
    "datasette": {"cli", "datasette_plugin"},
    "frontmatter": {"parser"},
    "jinja2": {"datasette_plugin"},
    "markdown_it": {"cli", "datasette_plugin"},
    "markupsafe": {"datasette_plugin"},
    "sqlite_utils": {"cli", "schema"},
    "tabulate": {"cli"},
    "watchdog": {"watching.observer"},
    "yaml": {"asking.serve", "parser"},
}

OPEN = {"asking", "syncing", "watching"}
"""Packages whose modules have rows of their own above; the others are one part each."""


def module_name(file: Path) -> str:
    name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


FILES = {module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports(module: str) -> set[str]:
    """Modules that `module` imports, anywhere in it; of ours the module even where a name in it is imported."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            found.update(_target(node.module or "", alias.name) for alias in node.names)
    return found


def _target(module: str, name: str) -> str:
    return f"{module}.{name}" if f"{module}.{name}" in FILES else module


def part(module: str) -> str:
    """`litindex.parser.links` -> `parser`, `litindex.syncing.rows` -> `syncing.rows`."""
    names = module.split(".")[1:]
    return ".".join(names if names and names[0] in OPEN else names[:1]) or "litindex"


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_only_what_it_may(module: str) -> None:
    ours = {each for each in imports(module) if each.split(".")[0] == "litindex"} - FREE
    if module in FREE:
        assert not ours
        return
    assert part(module) in MAY_IMPORT, f"{module}: decide what it may import"
    allowed = MAY_IMPORT[part(module)]
    assert "*" in allowed or {part(each) for each in ours} <= allowed


@pytest.mark.parametrize("module", [module for module in FILES if part(module) in PURE])
def test_a_pure_module_knows_no_file_database_socket_or_clock(module: str) -> None:
    assert not {each for each in imports(module) - HARMLESS if each.split(".")[0] in THE_WORLD}
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in {
                "open",
                "input",
                "print",
                "datetime.now",
                "date.today",
                "datetime.today",
            }


@pytest.mark.parametrize("module", FILES)
def test_a_library_is_known_where_it_is_needed_and_nowhere_else(module: str) -> None:
    for each in imports(module):
        library = each.split(".")[0]
        if library != "litindex" and library not in sys.stdlib_module_names:
            assert part(module) in THIRD_PARTIES[library], f"{module} imports {library}"


@pytest.mark.parametrize("module", FILES)
def test_nothing_runs_what_it_reads(module: str) -> None:
    """FAULTS section 7: no code, no extension, no object comes out of a note, a setting or a database."""
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "compile", "pickle.loads", "pickle.load", "os.system", "yaml.load"}
            assert not called.endswith((".enable_load_extension", ".load_extension", "yaml.unsafe_load"))


def test_one_module_opens_databases() -> None:
    opening = {
        module
        for module, file in FILES.items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sqlite3.connect", "connect"}
    }
    assert opening <= {"litindex.db"}


def functions() -> dict[str, int]:
    """Function -> its lines."""
    return {
        f"{module}:{node.name}:{node.lineno}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module, file in FILES.items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_small() -> None:
    lines = functions()
    assert statistics.median(lines.values()) < 10
    assert {name for name, count in lines.items() if count > 40} == set()


def test_modules_are_small_and_named_for_what_they_hold() -> None:
    lines = {module: len(file.read_text("utf-8").splitlines()) for module, file in FILES.items()}
    assert {module for module, count in lines.items() if count > 440} == set()
    assert not {module for module in FILES if module.split(".")[-1] in {"utils", "util", "helpers", "common", "misc"}}
