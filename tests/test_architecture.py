"""Who may import whom, and how large things may grow. Adding a row here is a decision."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "litindex"

FREE = {"errors", "models", "safe_json", "text_keys", "version"}
"""Values, errors and comparison keys: everyone may import these, and they import nothing but one another."""

HOUSE: dict[str, set[str]] = {
    "vault": set(),
    "parser": set(),
    "index": {"vault", "parser"},
    "history": {"index"},
    "settings": {"vault"},
    "sync": {"history", "vault", "parser", "index", "settings"},
    "watch": {"vault", "index", "settings", "sync"},
    "bibliography": {"parser"},
    "query": {"bibliography", "index", "parser"},
    "doctor": {"index", "parser", "query"},
    "datasette_plugin": {"bibliography", "index", "parser", "query", "watch"},
    "zotero_library": {"bibliography", "parser", "query"},
    "mcp": {"index", "query", "vault"},
    "cli": {
        "bibliography",
        "datasette_plugin",
        "doctor",
        "history",
        "index",
        "mcp",
        "query",
        "settings",
        "sync",
        "watch",
        "zotero_library",
    },
    "api": {"index", "parser", "query", "sync"},
    "litindex": {"api"},
    "__main__": {"cli"},
}
"""Who may import whom at the top of the house. Nothing imports upwards, so there is no circle."""

_VALUES = {"frontmatter", "markdown", "values", "vocabulary", "zotero"}
_READ = {"dataview", "limits", "obsidian", "parsed_note", "templates", *_VALUES}
PARSER: dict[str, set[str]] = {
    **{part: set() for part in _VALUES | {"decoding", "limits"}},
    "values": {"vocabulary"},
    "dataview": {"values"},
    "templates": {"vocabulary"},
    "obsidian": {"dataview", "limits", *_VALUES},
    "parsed_note": {"obsidian", *_VALUES},
    "makers": set(),
    **dict.fromkeys(("annotations", "bibliography", "clippings", "generated", "own_text"), _READ | {"makers"}),
    "literature": {"annotations", "bibliography", "clippings", "generated", "own_text", *_READ},
    "note": {"decoding", "limits", "literature", *_READ},
    "parser": {"note"},
}
"""The same inside `parser/`, where `markdown`, `frontmatter`, `values`, `zotero` and `vocabulary` know none of the rest."""

PURE = {
    "errors",
    "models",
    "text_keys",
    "bibliography",
    "parser",
    "vault.exclusions",
    "vault.names",
    "history.changes",
    "history.lost_words",
    "history.wording",
    "index.relations.link_targets",
    "index.rows",
    "sync.pending_deletions",
    "sync.plan",
    "sync.racy_files",
    "sync.report",
    "watch.debounce",
    "watch.scheduler",
    "query.words.fts_query",
    "zotero_library.comparing.annotations",
    "zotero_library.comparing.findings",
    "zotero_library.comparing.equality",
    "zotero_library.comparing.matching",
    "zotero_library.imported_note",
    "zotero_library.items",
}
THE_WORLD = {"asyncio", "http", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess"}
THE_WORLD |= {"sys", "tempfile", "threading", "time", "urllib"}
HARMLESS = {"urllib.parse"}

THIRD_PARTIES = {
    "citeproc": {"query.references.formatting"},
    "click": {"cli"},
    "datasette": {"cli", "datasette_plugin"},
    "duckdb": {"query.parquet"},
    "frontmatter": {"parser"},
    "jinja2": {"datasette_plugin"},
    "markdown_it": {"cli", "datasette_plugin"},
    "markupsafe": {"datasette_plugin"},
    "mcp": {"mcp.server"},
    "platformdirs": {"cli.places", "cli.vaults"},
    "pydantic": {"mcp.tools"},
    "snowballstemmer": {"query.words.word_forms"},
    "sqlite_utils": {"api", "cli", "index.schema"},
    "tabulate": {"cli"},
    "uvicorn": {"cli.commands.serve.serve"},
    "watchdog": {"watch.watchdog_adapter"},
    "yaml": {"query.datasette_config", "parser"},
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


def is_pure(module: str) -> bool:
    name = module.partition(".")[2]
    return name in PURE or top(module) in PURE


def known_to(module: str) -> set[str]:
    """A module's own name and that of the part of the house it is in."""
    return {module.partition(".")[2], top(module)}


def top(module: str) -> str:
    """`litindex.index.rows` -> `index`, `litindex` -> `litindex`."""
    return module.split(".")[1] if "." in module else module


def in_parser(module: str) -> str:
    """`litindex.parser.obsidian.links` -> `obsidian`, `litindex.parser` -> `parser`."""
    return [*module.split(".")[1:], "parser"][1 if module.count(".") > 1 else 0]


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_nothing_above_it(module: str) -> None:
    part = top(module)
    ours = {top(each) for each in imports(module) if each.split(".")[0] == "litindex"} - FREE - {part}
    assert ours <= (set() if part in FREE else HOUSE[part])


def test_no_module_imports_itself_by_way_of_others() -> None:
    waiting = {module: {each for each in imports(module) if each in FILES} - {module} for module in FILES}
    while free := {module for module, needed in waiting.items() if not needed}:
        waiting = {module: needed - free for module, needed in waiting.items() if module not in free}
    assert waiting == {}


@pytest.mark.parametrize("module", [module for module in FILES if top(module) == "parser"])
def test_a_module_of_the_parser_imports_nothing_above_it(module: str) -> None:
    part = in_parser(module)
    ours = {in_parser(each) for each in imports(module) if top(each) == "parser"} - {part}
    assert ours <= PARSER[part]


@pytest.mark.parametrize("module", [module for module in FILES if is_pure(module)])
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
            assert known_to(module) & THIRD_PARTIES[library], f"{module} imports {library}"


@pytest.mark.parametrize("module", FILES)
def test_nothing_runs_what_it_reads(module: str) -> None:
    """FAULTS section 7: no code, no extension, no object comes out of a note, a setting or a database."""
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "compile", "pickle.loads", "pickle.load", "os.system", "yaml.load"}
            assert not called.endswith((".enable_load_extension", ".load_extension", "yaml.unsafe_load"))


def test_one_module_opens_indexes() -> None:
    opening = {
        module
        for module, file in FILES.items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sqlite3.connect", "connect"}
    }
    others = {"litindex.index.schema", "litindex.zotero_library.reading.database"}
    assert opening <= {"litindex.index.database", *others}, "one in memory, one of Zotero's"


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
    assert {module for module, count in lines.items() if count > 400} == set()
    assert not {module for module in FILES if module.split(".")[-1] in {"utils", "util", "helpers", "common", "misc"}}
