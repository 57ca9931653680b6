"""Applies `migrations/`: one numbered SQL file a version, frozen once released, all or nothing.

The book is kept where `sqlite_utils.Migrations` keeps it (`_sqlite_migrations`), so that its own tools understand
the file; sqlite_utils is imported only where something is to be applied.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from litindex.errors import IndexFileError

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATION_SET = "litindex"

_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"
# An index is a function of its vault: when it was made stands in `meta`, not among its rows.
_SCHEMA = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE NOT (type IN ('table', 'index') AND (tbl_name = '_sqlite_migrations' OR substr(name, 1, 7) = 'sqlite_'))
"""
_HEAVY = {"pandas", "numpy"}
_FORGET_TIME = "UPDATE _sqlite_migrations SET applied_at = '' WHERE migration_set = ?"


@cache
def migration_files() -> tuple[Path, ...]:
    """The numbered SQL files: inside the package when installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in package / "migrations", package.parent / "migrations":
        files = tuple(sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")))
        if files:
            return files
    raise IndexFileError(f"this installation of litindex has lost its migrations: {package / 'migrations'}")


def migrate(connection: sqlite3.Connection, path: Path) -> int:
    """Brings the database to this version's schema; returns how many migrations that took (0: nothing was written).

    Takes the write lock before it looks (a bare `Migrations.apply` lost 26 of 40 races). IndexFileError when a newer
    litindex made the database; it is left as it is. sqlite3.DatabaseError, before anything is written, when its tables,
    views and triggers are not those that our migrations make: a trigger of others would run with the first note.
    """
    if is_current(connection, path):
        _refuse_foreign(connection, len(migration_files()))
        return 0
    count = _begin(connection, path)
    connection.execute("COMMIT")
    return count


def begin_migration(connection: sqlite3.Connection, path: Path) -> bool:
    """Brings an index that an earlier version made to this version's schema, in a transaction that stays open: the run that
    reads its notes again commits, and readers see the old index until then. False: there was nothing to do.
    """
    if is_current(connection, path):
        _refuse_foreign(connection, len(migration_files()))
        return False
    connection.execute("PRAGMA foreign_keys = OFF")
    _begin(connection, path)
    return True


def is_current(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the index has this version's schema. IndexFileError when a newer litindex made it."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != len(migration_files()):
        return False
    _check_history(connection, path)
    return True


def _begin(connection: sqlite3.Connection, path: Path) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        return _apply(connection, path)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_history(connection: sqlite3.Connection, path: Path) -> int:
    """How many of ours are applied; they must be a beginning of ours."""
    try:
        applied = [name for (name,) in connection.execute(_APPLIED, (MIGRATION_SET,))]
    except sqlite3.OperationalError:
        applied = []
    ours = [file.stem for file in migration_files()]
    if applied != ours[: len(applied)]:
        raise IndexFileError(
            f"{path} was made by a newer litindex (it has {applied[-1]}): upgrade, or choose another --db"
        )
    return len(applied)


def _refuse_foreign(connection: sqlite3.Connection, applied: int) -> None:
    found = frozenset(connection.execute(_SCHEMA))
    if found != _schema_after(migration_files()[:applied]):
        raise sqlite3.DatabaseError("the file has tables, views or triggers that litindex did not make, or lacks some")


def current() -> list[tuple[str, str, str]]:
    """(type, name, SQL) of every table, index, view and trigger that this version makes, in the order of their making."""
    return [(kind, name, sql) for kind, name, _, sql in _made_by(migration_files())]


@cache
def _schema_after(migrations: tuple[Path, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(_made_by(migrations))


def _made_by(migrations: tuple[Path, ...]) -> list[tuple[str, ...]]:
    """What these of our migrations make, without the book that is kept of them. 10 ms."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for file in migrations:
            for statement in split_statements(file.read_text("utf-8")):
                made.execute(statement)
        return made.execute(f"{_SCHEMA} ORDER BY rowid").fetchall()


def _apply(connection: sqlite3.Connection, path: Path) -> int:
    sqlite_utils = _import_sqlite_utils()
    before = _check_history(connection, path)
    _refuse_foreign(connection, before)
    migrations = sqlite_utils.Migrations(MIGRATION_SET)
    for file in migration_files():
        _register(migrations, file)
    migrations.apply(sqlite_utils.Database(connection))
    connection.execute(_FORGET_TIME, (MIGRATION_SET,))
    connection.execute(f"PRAGMA user_version = {len(migration_files())}")
    return len(migration_files()) - before


def _import_sqlite_utils() -> ModuleType:
    """sqlite-utils without what it loads where it is installed, for types that we do not store: 50 MB and a quarter of a
    second. A program that uses litindex still imports it whole.
    """
    if "sqlite_utils" in sys.modules:
        return sys.modules["sqlite_utils"]
    unneeded = _HEAVY - sys.modules.keys()
    sys.modules.update(dict.fromkeys(unneeded))  # type: ignore[arg-type] # None: it cannot be imported
    try:
        return importlib.import_module("sqlite_utils")
    finally:
        for name in [each for each in sys.modules if each in unneeded or each.partition(".")[0] == "sqlite_utils"]:
            del sys.modules[name]


def _register(migrations: object, file: Path) -> None:
    def run(database: Database) -> None:
        for statement in split_statements(file.read_text("utf-8")):
            database.conn.execute(statement)

    migrations(name=file.stem)(run)  # type: ignore[operator]


def split_statements(script: str) -> list[str]:
    """One SQL statement each. `executescript` would commit the caller's transaction first."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    return [each for each in [*statements, pending.strip()] if each]
