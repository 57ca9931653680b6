"""Migrations: all or nothing, in order, by one process at a time (house rule 6)."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from litindex.errors import IndexFileError
from litindex.index import database, schema

OPEN = """
import sys
from pathlib import Path
from litindex.index import database
from litindex.index import schema
path = Path(sys.argv[1])
sys.stdin.read()
schema.migrate(database.open_index(path), path)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations in the place of ours."""
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE meta (key, value);\nCREATE TABLE a (x);\n")
    monkeypatch.setattr(schema, "migration_files", lambda: tuple(sorted(tmp_path.glob("*.sql"))))
    return tmp_path


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_our_migrations_make_the_tables_and_say_so_where_sqlite_utils_looks(tmp_path: Path) -> None:
    from sqlite_utils import Database, Migrations

    path = tmp_path / "index.db"
    with closing(database.open_index(path)) as connection:
        assert schema.migrate(connection, path) == len(schema.migration_files())
        assert {"notes", "works", "links", "notes_fts"} <= tables(connection)
        applied = Migrations(schema.MIGRATION_SET).applied(Database(connection))
        assert [each.name for each in applied] == [file.stem for file in schema.migration_files()]


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
        before = connection.total_changes
        assert schema.migrate(connection, path) == 0
        assert connection.total_changes == before


def test_an_older_index_gets_what_it_lacks_and_keeps_what_it_has(folder: Path) -> None:
    path = folder / "index.db"
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
        connection.execute("INSERT INTO a VALUES (7)")
        (folder / "0002_second.sql").write_text("ALTER TABLE a ADD COLUMN y;\nUPDATE a SET y = x + 1;\n")
        assert schema.migrate(connection, path) == 1
        assert connection.execute("SELECT x, y FROM a").fetchall() == [(7, 8)]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_fails_leaves_the_index_as_it_was(folder: Path) -> None:
    path = folder / "index.db"
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
        (folder / "0002_second.sql").write_text("CREATE TABLE b (x);\n")
        (folder / "0003_third.sql").write_text("CREATE TABLE c (x);\nINSERT INTO nowhere VALUES (1);\n")
        before = list(connection.iterdump())
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            schema.migrate(connection, path)
        assert not connection.in_transaction
        assert list(connection.iterdump()) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_newer_index_is_refused_and_left_alone(folder: Path) -> None:
    path = folder / "index.db"
    (folder / "0002_second.sql").write_text("CREATE TABLE b (x);\n")
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
        (folder / "0002_second.sql").unlink()
        before = list(connection.iterdump())
        with pytest.raises(IndexFileError, match=r"made by a newer litindex .*0002_second"):
            schema.migrate(connection, path)
        assert list(connection.iterdump()) == before


def test_an_index_with_another_history_is_refused(folder: Path) -> None:
    path = folder / "index.db"
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
        (folder / "0001_first.sql").rename(folder / "0001_other.sql")
        with pytest.raises(IndexFileError, match="0001_first"):
            schema.migrate(connection, path)


def test_four_processes_at_once_make_one_schema(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    command = [sys.executable, "-c", OPEN, str(path)]
    racers = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.close()
        racer.stdin = None
    results = [racer.communicate()[1] for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 4, results
    with closing(sqlite3.connect(path)) as connection:
        names = [file.stem for file in schema.migration_files()]
        assert [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")] == names


def test_a_statement_ends_where_sqlite_says() -> None:
    script = """-- why; not
CREATE TABLE a (x TEXT DEFAULT ';');
CREATE TRIGGER t AFTER INSERT ON a BEGIN
  DELETE FROM a;
  SELECT 1;
END;
SELECT 1"""
    assert [statement.split()[-1] for statement in schema.split_statements(script)] == ["';');", "END;", "1"]


NOT_WHOLE = """
import sys
from pathlib import Path
from litindex.index import database, schema
path = Path(sys.argv[1])
schema.migrate(database.open_index(path), path)
print(sorted({"pandas", "numpy", "sqlite_utils"} & sys.modules.keys()))
import sqlite_utils.db
print(sqlite_utils.db.np is not None, "numpy" in sys.modules)
"""


def test_migrating_loads_nothing_for_types_that_are_not_stored(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    command = [sys.executable, "-c", NOT_WHOLE, str(tmp_path / "index.db")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["[]", "True True"]
