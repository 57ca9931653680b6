"""The index as a file: made where there is none, opened anew when it was replaced, moved aside when it is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from litindex import db, schema


class IndexFile:
    """Holds the one connection that writes. The caller holds the lock. Errors are those of `db.open_index`."""

    connection: sqlite3.Connection

    def __init__(self, path: Path) -> None:
        self.path = path
        self.aside: Path | None = None
        """Where a damaged index is, until a new one is whole."""
        self._identity: tuple[int, int] | None = None

    def open(self) -> None:
        if not self.path.exists():
            _make_empty(self.path)
        self.connection = db.open_index(self.path)
        self._identity = _identity(self.path)
        schema.migrate(self.connection, self.path)

    def close(self) -> None:
        if self._identity is not None:
            self._identity = None
            self.connection.close()

    def is_replaced(self) -> bool:
        """Whether the name stands for another file now than the one that is open, or for none (FAULTS D13): what is
        written into a file without a name is lost.
        """
        return self._identity is None or _identity(self.path) != self._identity

    def begin_anew(self) -> None:
        """An empty index takes the place of a damaged one (FAULTS D12), until `accept` or `put_back`."""
        self.close()
        self.aside = db.move_aside(self.path)
        self.open()

    def accept(self) -> None:
        """The new index is whole: what is aside stays there."""
        self.aside = None

    def put_back(self) -> None:
        """What is aside, when nothing better came of it: a damaged index holds more than an empty one, and what was
        taken for damage may have been a bug.
        """
        if self.aside:
            self.close()
            db.put_back(self.aside, self.path)
            self.aside = None

    def interrupt(self) -> None:
        """Ends the statement that is running, from another thread."""
        with suppress(AttributeError, sqlite3.ProgrammingError):  # not open, or just closed
            self.connection.interrupt()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino


def _make_empty(path: Path) -> None:
    """Under another name at first, so that nobody ever sees an index without its tables."""
    new = path.with_name(f"{path.name}.new")
    db.remove(new)
    db.remove_journal(path)
    try:
        with closing(db.open_index(new)) as connection:
            schema.migrate(connection, new)
    except BaseException:
        db.remove(new)
        raise
    new.rename(path)
