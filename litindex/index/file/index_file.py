"""The index as a file: made where there is none, reopened when it was replaced, rebuilt when it is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from litindex.errors import IndexFileError
from litindex.index import database, known_files, schema
from litindex.index.file.maintenance import settle
from litindex.index.file.open_files import Doubt, OpenFiles
from litindex.vault import crawler
from litindex.vault.root import Root

_BUILD_PRAGMAS = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192"


class IndexFile:
    """Holds the one connection that writes. The caller holds the lock. Errors are those of `database.open_index`."""

    connection: sqlite3.Connection

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_made_anew = False
        """Whether the connection is that of an index that will take the name when it is whole."""
        self._new = path.with_name(f"{path.name}.new")
        self._files: OpenFiles | None = None
        self._identity: tuple[int, int] | None = None
        self._damaged: tuple[int, int] | None = None

    def open(self) -> None:
        """Where there is no index yet, one is begun that appears with all its rows. What another process left of that goes."""
        database.remove(self._new)
        if self.path.exists():
            self._connect(self.path)
        else:
            self._begin()

    def close(self) -> None:
        """What was rebuilt and not accepted goes: a damaged index holds more than half of a new one."""
        self._disconnect()
        if self.is_made_anew:
            self.is_made_anew = False
            database.remove(self._new)

    def is_replaced(self) -> bool:
        """Whether the name stands for another file now than the one that is open, or for none (FAULTS D13): what is
        written into a file without a name is lost. One that is rebuilt takes the name later.
        """
        return not self.is_made_anew and (self._files is None or _identity(self.path) != self._identity)

    def doubt(self) -> Doubt:
        """Whether others were at the files that are open, or a failing disk was."""
        return self._files.doubt() if self._files else Doubt.NONE

    def remember(self, *, index: bool = False) -> None:
        """To be called after each commit, and with `index` after each checkpoint: so far it was this process."""
        if self._files:
            self._files.remember(index=index)

    def settle(self) -> bool:
        """Brings what this process wrote into the one file; returns False where it could not, and the file is damaged."""
        try:
            is_whole = settle(self.connection)
        except sqlite3.Error:
            is_whole = False
        if not is_whole:
            self.mark_damaged()
        return is_whole

    def begin_anew(self) -> None:
        """Opens an empty index beside the damaged one (FAULTS D12), until `accept` or `close`."""
        self.close()
        self._begin()

    def _begin(self) -> None:
        """Nothing is lost when this file is, so it needs no journal on disk: that is a tenth of a first build."""
        self.is_made_anew = True
        _make_empty(self._new)
        self._connect(self._new)
        self.connection.executescript(_BUILD_PRAGMAS)

    @property
    def is_instead(self) -> bool:
        """Whether the index that is rebuilt will take the place of a damaged one."""
        return self.is_made_anew and self.path.exists()

    def accept(self) -> Path | None:
        """The new index is whole, is safe on disk and takes the name. Returns where a damaged one that had it is now."""
        try:
            database.close_whole(self.connection, self._new)
        finally:
            self._disconnect()
        database.save(self._new)
        database.remove_journal(self._new)
        _refuse_without_room(self._new)
        aside = database.move_aside(self.path) if self.path.exists() else None
        database.remove_journal(self.path)
        self._new.rename(self.path)
        self.is_made_anew = False
        self._connect(self.path)
        return aside

    def mark_damaged(self) -> None:
        """Damage was met that the next opening might not notice."""
        self._damaged = self._identity

    @property
    def is_damaged(self) -> bool:
        """Whether the file that is open, or that would be opened, was marked."""
        identity = self._identity if self._files else _identity(self.path)
        return not self.is_made_anew and self._damaged is not None and self._damaged == identity

    def interrupt(self) -> None:
        """Ends the statement that is running, from another thread."""
        with suppress(AttributeError, sqlite3.ProgrammingError):  # not open, or just closed
            self.connection.interrupt()

    def _connect(self, path: Path) -> None:
        try:
            self._files = OpenFiles(path)
        except OSError as error:
            raise IndexFileError(f"{path}: the index cannot be read ({error.strerror})") from error
        try:
            self.connection = database.open_index(path)
        except BaseException:
            self._files.close()
            self._files = None
            raise
        self._identity = _identity(self.path)
        self._files.begin(self._identity)

    def _disconnect(self) -> None:
        if self._files:
            self.connection.close()
            self._files.close()
            self._files = None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino


def _make_empty(path: Path) -> None:
    """With its tables and no journal, or not at all."""
    database.remove(path)
    try:
        with closing(database.open_index(path)) as connection:
            schema.migrate(connection, path)
            database.close_whole(connection, path)
    except BaseException:
        database.remove(path)
        raise


def _refuse_without_room(index: Path) -> None:
    """Raises that the disk is full where what SQLite keeps beside an index that is open has no room."""
    probe = index.with_name(f"{index.name}-room")
    try:
        probe.write_bytes(bytes(_ROOM))
    except OSError as failed:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error from failed
    finally:
        probe.unlink(missing_ok=True)


_ROOM = 128 * 2**10
"""Bytes of the first journal and the shared memory of an index."""


def vault_of(index: Path) -> Path:
    """The vault that the index was made of; IndexFileError when there is none yet."""
    with closing(database.open_readonly(index, of_any_version=True)) as connection:
        try:
            vault = known_files.load_meta(connection).get("vault")
        except sqlite3.Error as error:
            raise database.explain_reading(error, index) from error
    if not vault:
        raise IndexFileError(f"{index} does not know its vault yet: litindex build VAULT --db {index}")
    return Path(vault)


def refuse_place(index: Path, root: Root) -> None:
    """IndexFileError where an index cannot be made, or would be taken for a file of its own vault."""
    if not index.absolute().parent.is_dir():
        raise IndexFileError(f"no such folder for the index: {index.absolute().parent}")
    if crawler.would_list(root, os.path.realpath(index)):
        raise IndexFileError(
            f"{index} would be taken for an attachment of its own vault: let its name end in .db, or put it elsewhere"
        )
