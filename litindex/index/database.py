"""Opens every connection, with its pragmas; tells whose file a database is.

One read-write connection in all the world (`open_index`, under the lock), everyone else reads (`open_readonly`):
FAULTS D16 and section 7.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from litindex.errors import DiskError, IndexFileError
from litindex.index import authorizer, schema
from litindex.vault import plain_files
from litindex.version import APPLICATION_ID, is_index_header

# Without it sqlite3 looks for an adapter for each NULL that is written, in vain: a sixth of writing rows.
_none: Any = {}.get
sqlite3.register_adapter(type(None), _none)

_WRITER_PRAGMAS = """
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA cache_size = -16384;
"""
_WAL_PRAGMAS = """
PRAGMA synchronous = NORMAL;
PRAGMA journal_size_limit = 4194304;
PRAGMA wal_autocheckpoint = 0;
"""
_HEADER_BYTES = 100
_PAGE_BYTES = 8192
_JOURNAL = ("-wal", "-shm")
_ASIDE = re.compile(r"\.corrupt-\d{8}T\d{6}(-wal|-shm)?")


def open_index(path: Path) -> sqlite3.Connection:
    """The one connection that writes, autocommit, in WAL; makes the file (for its owner's eyes only) where there is
    none.

    IndexFileError: not our database, a folder, or a place that cannot be written; sqlite3.Error: all else (`translate`).
    The caller holds the lock.
    """
    _refuse_foreign(path)
    _create_private(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_WRITER_PRAGMAS)
        _stamp(connection, path)
        _enter_wal(connection, path)
        connection.executescript(_WAL_PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection


def open_readonly(path: Path, *, of_any_version: bool = False) -> sqlite3.Connection:
    """A connection that can only read, by construction: `mode=ro`, `query_only` and an authorizer. Never makes a
    file. IndexFileError also when another version made the index, unless that does not matter.
    """
    _refuse_foreign(path)
    if not path.is_file() or not path.stat().st_size:
        raise IndexFileError(f"no index: {path} (make one: litindex build VAULT --db {path})")
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        is_readable = of_any_version or schema.is_current(connection, path)
        authorizer.restrict(connection)
    except sqlite3.Error as error:
        if _code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise IndexFileError(f"{path}: {_NO_JOURNAL} ({error})") from error
        raise explain_reading(error, path) from error
    if not is_readable:
        connection.close()
        raise IndexFileError(f"{path} was made by an earlier version of litindex: litindex build --db {path}")
    return connection


def open_damaged(path: Path) -> sqlite3.Connection:
    """A connection that reads what can be read of an index: nothing in its schema is trusted, no text has to be UTF-8.

    Where there is no journal to read, none is made: SQLite would leave it beside a file that it may not write.
    """
    is_whole = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_whole else ''}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.executescript("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def as_json(values: Iterable[int] | Iterable[str]) -> str:
    """A parameter for `json_each(?)`."""
    return json.dumps(sorted(values), ensure_ascii=False)


class Transaction:
    """BEGIN IMMEDIATE (FAULTS finding 14), then COMMIT, or ROLLBACK on any error and when nothing was written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def __enter__(self) -> Transaction:
        self._is_begun = self._db.in_transaction
        """By a migration, which is committed with what is written here."""
        if not self._is_begun:
            self._db.execute("BEGIN IMMEDIATE")
        self._before = self._db.total_changes
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """SQLite may have rolled back by itself: a full disk does that (finding 15)."""
        try:
            if error is None and self.has_written():
                self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def has_written(self) -> bool:
        return self._is_begun or self._db.total_changes != self._before


DOUBTFUL = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What work on a damaged index may end with, when SQLite itself does not notice the damage."""


def is_damage(error: BaseException) -> bool:
    """Whether such an error means that the file is damaged, or else a bug, which a new index does not help against; not
    that the disk is full, the file locked, and so on.
    """
    return is_corrupt(error) or _code(error) not in {*_CAUSES, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOMEM}


def is_corrupt(error: BaseException) -> bool:
    """Whether SQLite says that the file itself is damaged."""
    is_garbled = isinstance(error, sqlite3.OperationalError) and "Could not decode" in str(error)
    is_cut = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ
    return is_garbled or is_cut or _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: BaseException) -> int:
    """SQLite's primary result code, 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def move_aside(path: Path) -> Path:
    """Puts a damaged index out of the way, with its journal; keeps the last one only. Returns where it is now (D12)."""
    for old in path.parent.glob(f"{_escape(path.name)}.corrupt-*"):
        if _ASIDE.fullmatch(old.name[len(path.name) :]):
            old.unlink(missing_ok=True)
    aside = path.with_name(f"{path.name}.corrupt-{time.strftime('%Y%m%dT%H%M%S')}")
    for ending in (*_JOURNAL, ""):
        source = path.with_name(path.name + ending)
        if source.exists():
            source.rename(aside.with_name(aside.name + ending))
    return aside


def close_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Closes the only connection of an index that nobody else has open: it is in the one file then, and can be renamed.
    DiskError or sqlite3.Error where there is no room for that, which SQLite keeps to itself when it closes.
    """
    try:
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    journal = path.with_name(path.name + "-wal")
    if is_busy or (journal.exists() and journal.stat().st_size):
        raise DiskError(f"{path}: {_CAUSES[sqlite3.SQLITE_FULL]}")


def save(path: Path) -> None:
    """Waits until the file is on the disk."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def remove(path: Path) -> None:
    """Deletes an index that nobody has open."""
    remove_journal(path)
    path.unlink(missing_ok=True)


def remove_journal(path: Path) -> None:
    """What is left of an index that is gone: SQLite would play it into the next one of that name (FAULTS D14)."""
    for ending in _JOURNAL:
        path.with_name(path.name + ending).unlink(missing_ok=True)


_NO_JOURNAL = "to read it, you must be able to write in its folder: copy it to one of yours and read the copy"
_CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full: the index is as it was before; make room and run again",
    sqlite3.SQLITE_CANTOPEN: "the index cannot be opened: is its folder there, and may you write in it?",
    sqlite3.SQLITE_READONLY: "the index cannot be written: choose another place with --db",
    sqlite3.SQLITE_IOERR: "the disk is full, or has an error: the index is as it was before",
    sqlite3.SQLITE_BUSY: "another program keeps the index locked: close it and run again",
    sqlite3.SQLITE_LOCKED: "another program keeps the index locked: close it and run again",
}


DAMAGED = "the index is damaged: litindex build --full VAULT rebuilds it"


def explain_reading(error: Exception, path: Path) -> IndexFileError:
    """Of an error that comes from reading what the index holds: a sound one gives none but those of `_CAUSES`."""
    if is_damage(error):
        return IndexFileError(f"{path}: {DAMAGED} ({error})")
    return translate(error, path)


def translate(error: Exception, path: Path) -> IndexFileError:
    """SQLite's error about the file `path` as one line that says what to do. Raises any other: that is a bug of
    ours.
    """
    code = _code(error)
    if is_corrupt(error):
        cause = DAMAGED
    elif code in _CAUSES:
        cause = _CAUSES[code]
    else:
        raise error
    kind = DiskError if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) else IndexFileError
    return kind(f"{path}: {cause} ({error})")


def _refuse_foreign(path: Path) -> None:
    """A file that is there and not empty must be one of ours (D9); a folder is none."""
    if path.is_dir():
        raise IndexFileError(f"{path} is a folder: the index is a file, choose one with --db")
    try:
        header = plain_files.read(path, _HEADER_BYTES)
    except FileNotFoundError:
        return
    except OSError as error:
        raise IndexFileError(f"{path}: the index cannot be read ({error.strerror})") from error
    if header and not is_index_header(header):
        raise IndexFileError(f"{path} was not made by litindex and is left alone: choose another file with --db")


def _create_private(path: Path) -> None:
    """0600 from the first moment (FAULTS section 7); SQLite gives its -wal and -shm the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
    except OSError as error:
        raise IndexFileError(f"the index cannot be written: {path} ({error.strerror})") from error


def _stamp(connection: sqlite3.Connection, path: Path) -> None:
    """Marks a new file as ours before it enters WAL, so that the mark stands in the file itself from the beginning."""
    if path.stat().st_size == 0:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _enter_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Readers never wait (FAULTS D5). A file system that cannot do it would corrupt the index sooner or later (FAULTS D8)."""
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise IndexFileError(
            f"{path}: this file system cannot hold a shared index (WAL); choose another place with --db"
        )


def _escape(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
