"""A file that bears our id, but not our schema: nothing in it is run, it is set aside and rebuilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from litindex.index import database
from litindex.sync import indexer
from litindex.version import APPLICATION_ID

CHANGES = {
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON notes BEGIN INSERT OR REPLACE INTO meta VALUES ('evil', '1'); END",
    "a trigger on meta": "CREATE TRIGGER evil AFTER UPDATE ON meta BEGIN DELETE FROM notes; END",
    "a trigger on the book": "CREATE TRIGGER evil AFTER UPDATE ON _sqlite_migrations BEGIN DELETE FROM notes; END",
    "a changed view": "DROP VIEW literature; CREATE VIEW literature AS SELECT randomblob(1000) AS title",
    "a missing view": "DROP VIEW note_search",
    "a missing index": "DROP INDEX problems_code",
    "a changed table": "ALTER TABLE meta ADD COLUMN more TEXT DEFAULT 'x'",
    "another table": "CREATE TABLE more (x)",
    "an index on an expression": "CREATE INDEX evil ON meta (upper(value))",
}


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    vault, index = tmp_path / "vault", tmp_path / "index.db"
    vault.mkdir()
    (vault / "a.md").write_text("A bell.\n")
    indexer.sync(vault, index, jobs=1)
    return vault, index


@pytest.mark.parametrize("change", CHANGES)
def test_a_schema_that_is_not_ours_is_set_aside_before_anything_of_it_runs(
    made: tuple[Path, Path], change: str
) -> None:
    vault, index = made
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.executescript(CHANGES[change])
    (vault / "b.md").write_text("Another.\n")
    report = indexer.sync(vault, index, jobs=1)
    assert report.rebuilt
    with closing(sqlite3.connect(report.rebuilt)) as aside:
        assert aside.execute("SELECT count(*) FROM notes").fetchone() == (1,)
        assert not aside.execute("SELECT 1 FROM meta WHERE key = 'evil'").fetchall()
    with closing(database.open_readonly(index)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (2,)
    assert not indexer.sync(vault, index, jobs=1).rebuilt


def test_a_file_of_others_that_bears_our_id_is_set_aside(made: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(
            f"PRAGMA application_id = {APPLICATION_ID}; CREATE TABLE notes (x); PRAGMA user_version = 2"
        )
    report = indexer.sync(made[0], other, jobs=1)
    assert report.rebuilt
    with closing(sqlite3.connect(report.rebuilt)) as aside:
        assert aside.execute("SELECT sql FROM sqlite_master").fetchall() == [("CREATE TABLE notes (x)",)]


def test_what_sqlite_keeps_for_itself_is_no_change(made: tuple[Path, Path]) -> None:
    vault, index = made
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("ANALYZE")
    assert not indexer.sync(vault, index, jobs=1).rebuilt


def test_the_writer_trusts_no_function_of_a_schema(made: tuple[Path, Path]) -> None:
    with closing(database.open_index(made[1])) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
