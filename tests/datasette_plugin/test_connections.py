"""Datasette's own connections to an index: whatever they are asked, they read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from datasette.app import Datasette

from litindex.datasette_plugin.detect import is_ours
from litindex.query import datasette_config, named
from litindex.sync import indexer
from litindex.version import APPLICATION_ID
from tests.datasette_plugin import vault as vaults
from tests.datasette_plugin.test_serve import _get, ask, instance
from tests.index.test_database import REFUSED

_Answer = TypeVar("_Answer")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("connections")
    vaults.write(folder / "vault", vaults.NOTES)
    indexer.sync(folder / "vault", folder / "library.db", jobs=1)
    return folder / "library.db"


def on_connections(index: Path, *actions: Callable[[sqlite3.Connection], _Answer]) -> list[_Answer]:
    """What each action makes of a connection for reading, and of the one for writing."""
    datasette = instance(index)

    async def run() -> list[_Answer]:
        await datasette.invoke_startup()
        database = datasette.databases["library"]
        for_reading = [await database.execute_fn(action) for action in actions]
        return for_reading + [await database.execute_write_fn(action) for action in actions]

    return ask(run())


@pytest.mark.parametrize("statement", [each for each in REFUSED if not each.startswith("UPDATE sqlite_master")])
def test_no_connection_of_datasette_does_anything_but_read(
    index: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(index.parent)
    before, files = index.read_bytes(), {*os.listdir(), "library.db-wal", "library.db-shm"}

    def attempt(connection: sqlite3.Connection) -> bool:
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(statement).fetchall()
        return connection.in_transaction

    assert on_connections(index, attempt) == [False, False]
    assert index.read_bytes() == before
    assert set(os.listdir()) <= files


@pytest.mark.parametrize("sql", ["ATTACH 'stolen.db' AS x", "VACUUM INTO 'stolen.db'", "DELETE FROM notes", "BEGIN"])
def test_a_question_found_beside_the_index_writes_no_file(
    index: Path, sql: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    answered = ask(_get(with_question(index, sql), "/library/mine"))
    assert answered.status_code >= 400
    assert not os.listdir()


def test_a_page_of_ours_leaves_no_transaction_open(index: Path) -> None:
    datasette = instance(index)
    for path in ("/library/-/library", "/library/-/search?q=foam", "/library/-/search?q=%22"):
        assert ask(_get(datasette, path)).status_code == 200
    for connection in datasette.databases["library"]._all_file_connections:
        assert not connection.in_transaction


def test_pages_of_datasette_itself_still_read(index: Path) -> None:
    datasette = instance(index)
    for path in ("/library", "/library/works", "/library/notes/1", "/library/works?_search=foam", "/library.json"):
        assert ask(_get(datasette, path)).status_code == 200, path


def with_question(index: Path, sql: str) -> Any:
    """A Datasette that was given the question as `litindex serve` gives it those of a folder `queries`."""
    config = datasette_config.configuration({"library": {"mine": named.parse("mine", sql)}})
    datasette = instance(index)
    if hasattr(datasette, "get_canned_queries"):  # 0.65
        datasette._metadata_local = config
    else:
        datasette.config = config
    return datasette


def test_asking_whether_a_database_is_an_index_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    """A process that closes a file of its own making loses all its POSIX locks on it."""
    file = tmp_path / "library.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE moss (fern)")
        connection.execute("BEGIN IMMEDIATE")
        assert is_ours(Datasette([str(file)]), "library")
        other = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        done = subprocess.run([sys.executable, "-c", other, str(file)], capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 200])
def test_what_is_no_index_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(content)
    assert not is_ours(Datasette([str(tmp_path / "library.db")]), "library")
