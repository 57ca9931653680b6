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
    # pure
    "absences": {"plan"},
    "agenda": set(),
    "debounce": set(),
    "ignore": set(),
    "plan": set(),
    "racy": set(),
    "report": set(),
    "rows": set(),
    "terms": set(),
    # files and databases
    "crawler": {"ignore"},
    "db": set(),
    "heartbeat": {"lock"},
    "hints": {"debounce"},
    "lock": set(),
    "schema": set(),
    "settings": {"parser"},
    "spotcheck": {"crawler"},
    "state": {"crawler", "plan"},
    "stopping": set(),
    "tidying": set(),
    # from a vault to its index
    "reading": {"crawler", "parser", "racy", "rows"},
    "recheck": {"crawler", "plan", "racy", "state"},
    "workers": {"crawler", "reading"},
    "touched": set(),
    "dimensions": {"touched"},
    "collisions": {"dimensions", "state"},
    "targets": {"parser"},
    "resolver": {"dimensions", "parser", "targets", "touched"},
    "upserter": {"rows"},
    "bulk": {"dimensions", "rows"},
    "moves": {"crawler", "dimensions", "plan", "reading", "state"},
    "run": {
        *{"bulk", "collisions", "crawler", "dimensions", "moves", "parser", "plan", "reading", "report", "resolver"},
        *{"rows", "state", "touched", "upserter", "workers"},
    },
    "indexer": {
        *{"absences", "crawler", "db", "lock", "plan", "racy", "recheck", "report", "run", "schema", "settings"},
        *{"spotcheck", "state", "tidying"},
    },
    "status": {"crawler", "db", "heartbeat", "lock", "plan", "state"},
    # following it
    "observer": {"crawler", "hints"},
    "lookout": {"heartbeat", "hints", "observer"},
    "service": set(),
    "daemon": {
        *{"agenda", "crawler", "debounce", "heartbeat", "hints", "indexer", "lock", "lookout", "report", "stopping"},
    },
    # asking it
    "queries": set(),
    "search": {"queries", "terms"},
    "lookup": {"search"},
    "show": set(),
    "completion": {"db"},
    "serve": {"queries"},
    # whole packages
    "parser": {"parser"},
    "datasette_plugin": {"datasette_plugin", "heartbeat", "parser", "queries", "search", "serve", "show"},
    "cli": {"*"},
    "__main__": {"cli"},
}

PURE = {"absences", "agenda", "debounce", "errors", "folding", "ignore", "models", "parser", "plan", "racy", "report"}
PURE |= {"rows", "targets", "terms"}
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
    "watchdog": {"observer"},
    "yaml": {"parser", "serve"},
}


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
    """`litindex.parser.links` -> `parser`."""
    return module.split(".")[1] if "." in module else "litindex"


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
