"""Zotero's databases, read while Zotero may be writing them: no lock is taken, nothing is written or made beside them.

A database at rest is read in place, by SQLite's `immutable=1`. One that has a journal beside it is in use, or was left in the
middle of something: it is copied with its journal, and the copy is read, which SQLite brings in order. What changed
meanwhile is read again.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from litindex.errors import ZoteroError

_JOURNALS = ("-wal", "-journal")
_TRIES = 5

_Read = TypeVar("_Read")
_State = tuple[tuple[int, int, int] | None, ...]


def read(path: Path, reader: Callable[[sqlite3.Connection], _Read]) -> _Read:
    """What `reader` makes of one state of the database. ZoteroError: it is no database, or changes all the time."""
    trouble: Exception | None = None
    for _ in range(_TRIES):
        before = _state(path)
        try:
            with _opened(path, before) as connection:
                found = reader(connection)
        except (sqlite3.Error, OSError) as error:
            trouble = error
            if _state(path) == before:
                raise ZoteroError(f"{path} cannot be read as a database of Zotero ({error})") from error
        else:
            if _state(path) == before:
                return found
    raise ZoteroError(f"{path} changes while it is read: Zotero is busy, run again in a moment") from trouble


def _state(path: Path) -> _State:
    return tuple(_stamp(path.with_name(path.name + ending)) for ending in ("", *_JOURNALS))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        info = path.stat()
    except FileNotFoundError:
        return None
    return info.st_ino, info.st_size, info.st_mtime_ns


@contextmanager
def _opened(path: Path, state: _State) -> Iterator[sqlite3.Connection]:
    if not any(stamp and stamp[1] for stamp in state[1:]):
        with closing(_connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1")) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="litindex-") as folder:
        copy = Path(folder) / "zotero.sqlite"
        for ending, stamp in zip(("", *_JOURNALS), state, strict=True):
            if stamp:
                shutil.copyfile(path.with_name(path.name + ending), copy.with_name(copy.name + ending))
        with closing(_connect(copy.as_uri())) as connection:
            yield connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection
