"""Connections: whose file it is, who may do what (FAULTS 3.5, section 7)."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from litindex.errors import IndexFileError
from litindex.index import database, schema
from litindex.version import APPLICATION_ID


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index.db"
    with closing(database.open_index(path)) as connection:
        schema.migrate(connection, path)
    return path


def test_a_new_index_is_ours_and_for_its_owner_only(index: Path) -> None:
    assert stat.S_IMODE(index.stat().st_mode) == 0o600
    assert index.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")
    with closing(database.open_index(index)) as connection:
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        assert stat.S_IMODE(index.with_name("index.db-wal").stat().st_mode) == 0o600
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize("opener", [database.open_index, database.open_readonly])
@pytest.mark.parametrize("content", [b"a text\n", b"SQLite format 3\0", b"\0" * 5000], ids=["text", "header", "zeros"])
def test_a_file_of_somebody_else_is_refused_and_left_alone(tmp_path: Path, opener: object, content: bytes) -> None:
    path = tmp_path / "index.db"
    path.write_bytes(content)
    with pytest.raises(IndexFileError, match="not made by litindex"):
        opener(path)  # type: ignore[operator]
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["index.db"]


@pytest.mark.parametrize("opener", [database.open_index, database.open_readonly])
def test_a_database_of_somebody_else_is_refused_and_left_alone(tmp_path: Path, opener: object) -> None:
    path = tmp_path / "index.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id)")
    before = path.read_bytes()
    with pytest.raises(IndexFileError, match="not made by litindex"):
        opener(path)  # type: ignore[operator]
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["index.db"]


def test_an_empty_file_becomes_an_index(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    path.touch()
    database.open_index(path).close()
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")


@pytest.mark.parametrize("place", ["", "nowhere/index.db"], ids=["a folder", "no folder"])
def test_places_where_no_index_can_be_are_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(IndexFileError, match=str(tmp_path / place)):
        database.open_index(tmp_path / place)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="no index"):
        database.open_readonly(tmp_path / "index.db")
    assert os.listdir(tmp_path) == []


REFUSED = [
    "INSERT INTO meta VALUES ('a', 'b')",
    "UPDATE notes SET title = ''",
    "DELETE FROM notes",
    "DROP TABLE notes",
    "CREATE TABLE mine (x)",
    "CREATE TEMP TABLE mine (x)",
    "CREATE VIEW mine AS SELECT 1",
    "ALTER TABLE notes ADD COLUMN x",
    "ATTACH 'other.db' AS other",
    "ATTACH ':memory:' AS other",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "REINDEX",
    "ANALYZE",
    "PRAGMA user_version = 7",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "UPDATE sqlite_master SET sql = ''",
    "SELECT load_extension('evil')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT fts3_tokenizer('simple', x'00')",
    "SELECT writefile('mine', 'x')",
    "REPLACE INTO notes (id) VALUES (1)",
    "EXPLAIN DELETE FROM notes",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON notes BEGIN SELECT 1; END",
    "DETACH main",
    "INSERT INTO notes_fts (notes_fts) VALUES ('rebuild')",
    "BEGIN IMMEDIATE",
    "SAVEPOINT x",
    "CREATE VIRTUAL TABLE temp.t USING fts5vocab(main, notes_fts, row)",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_a_reader_can_do_nothing_but_read(index: Path, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(index.parent)
    before = index.read_bytes()
    with closing(database.open_readonly(index)) as connection:
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(statement).fetchall()
        assert not connection.in_transaction
    assert index.read_bytes() == before
    assert {name for name in os.listdir(index.parent) if not name.startswith("index.db")} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM notes",
        "SELECT rowid FROM notes_fts WHERE notes_fts MATCH 'bell'",
        "SELECT snippet(notes_fts, 4, '[', ']', '…', 12) FROM notes_fts WHERE notes_fts MATCH 'bell'",
        "SELECT * FROM json_each('[1]')",
        "SELECT * FROM pragma_table_info('notes')",
        "PRAGMA table_info(notes)",
        "PRAGMA user_version",
        "PRAGMA integrity_check",
        "PRAGMA foreign_key_check",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM literature",
        "EXPLAIN QUERY PLAN SELECT * FROM backlinks",
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT x FROM n",
        "SELECT row_number() OVER (ORDER BY id) FROM notes",
        "VALUES (1)",
    ],
)
def test_a_reader_can_read(index: Path, statement: str) -> None:
    with closing(database.open_readonly(index)) as connection:
        connection.execute(statement).fetchall()


def test_a_damaged_index_is_moved_aside_and_only_the_last_one_is_kept(index: Path) -> None:
    content = index.read_bytes()
    index.with_name("index.db.corrupt-20200101T000000").write_bytes(b"older")
    aside = database.move_aside(index)
    assert aside.read_bytes() == content
    assert os.listdir(index.parent) == [aside.name]


def test_errors_that_are_no_fault_of_the_file_stay_what_they_are(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("SELECT nonsense")
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        database.translate(caught.value, tmp_path)


def test_a_place_that_cannot_hold_a_journal_is_refused(tmp_path: Path) -> None:
    """FAULTS D8: SQLite answers with the mode that it could enter, as it does in memory."""
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(IndexFileError, match="choose another place"),
    ):
        database._enter_wal(connection, tmp_path / "index.db")


def test_connections_are_opened_in_one_place() -> None:
    """FAULTS D16: one that writes, one that reads, one that reads what is damaged, one in memory."""
    package = Path(database.__file__).parent
    found = sorted(
        file.name for file in package.rglob("*.py") for _ in re.findall(r"sqlite3\.connect\(", file.read_text("utf-8"))
    )
    assert found == ["database.py", "database.py", "database.py", "schema.py"]
