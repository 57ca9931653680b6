"""What the index knows of itself and of its files."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from typing import Any

from litindex.models import KnownRow
from litindex.vault import read_file

KNOWN_NOTES = """
SELECT id, path, size, mtime_ns, ctime_ns, ino, excluded, sha256 = '' AND excluded = 0 AND size <= ?
FROM notes JOIN files USING (id)
"""
KNOWN_ATTACHMENTS = "SELECT id, path, size, mtime_ns, ctime_ns, ino, 0, 0 FROM attachments JOIN files USING (id)"
NEXT_FILE = "SELECT coalesce(max(id), 0) + 1 FROM files"
HASHES = "SELECT id, sha256 FROM files WHERE id IN (SELECT value FROM json_each(?))"
SET_META = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
AT_PATHS = " WHERE path IN (SELECT value FROM json_each(?))"
PATHS_OF = "SELECT path FROM notes WHERE id IN (SELECT value FROM json_each(?))"
# '0' is the character after '/'.
FILE_BELOW = """
SELECT EXISTS (
  SELECT 1 FROM json_each(?1) AS folder JOIN notes AS file
  ON file.path > folder.value || '/' AND file.path < folder.value || '0'
  UNION ALL
  SELECT 1 FROM json_each(?1) AS folder JOIN attachments AS file
  ON file.path > folder.value || '/' AND file.path < folder.value || '0'
)
"""
# Problems of files and folders as a look at the vault met them, not of what notes say. Each half has its index.
FILE_PROBLEMS = """
SELECT id, note_id, path, code, severity, line, message FROM problems WHERE id IN (
  SELECT id FROM problems WHERE note_id IS NULL AND code <> 'path-case-collision'
  UNION ALL
  SELECT id FROM problems WHERE code = 'unreadable'
)
"""
FILE_PROBLEMS_AT = f"{FILE_PROBLEMS} AND path IN (SELECT value FROM json_each(?))"
PROBLEMS_BY_CODE = "SELECT code, count(*) FROM problems GROUP BY code ORDER BY code"

COUNTED = (
    "notes", "works", "authors", "annotations", "links", "tags", "fields", "headings", "tasks", "citations",
    "attachments", "problems",
)  # fmt: skip


def load_meta(connection: sqlite3.Connection) -> dict[str, str]:
    return {
        key: value if isinstance(value, str) else os.fsdecode(value)
        for key, value in connection.execute("SELECT * FROM meta")
    }


def set_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Remembers each value; a path that is no UTF-8 as bytes."""
    connection.executemany(SET_META, ((key, _storable(value)) for key, value in values.items()))


def _storable(value: str) -> str | bytes:
    try:
        value.encode()
    except UnicodeEncodeError:
        return os.fsencode(value)
    return value


def known_notes(connection: sqlite3.Connection, paths: Iterable[str] | None = None) -> dict[str, KnownRow]:
    """What the index knows of the notes at `paths` (None: of all), by path."""
    condition, parameters = _at(paths)
    rows = connection.execute(KNOWN_NOTES + condition, (read_file.MAX_NOTE_BYTES, *parameters))
    return _by_path(rows)


def known_attachments(connection: sqlite3.Connection, paths: Iterable[str] | None = None) -> dict[str, KnownRow]:
    condition, parameters = _at(paths)
    return _by_path(connection.execute(KNOWN_ATTACHMENTS + condition, parameters))


def _by_path(rows: Iterable[tuple[Any, ...]]) -> dict[str, KnownRow]:
    return {row[1]: row for row in rows}


def _at(paths: Iterable[str] | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if paths is None else (AT_PATHS, (json.dumps(list(paths)),))


ProblemRow = tuple[int | None, str, str, str, int | None, str]
"""note_id, path, code, severity, line, message"""


def file_problems(connection: sqlite3.Connection, paths: Iterable[str] | None = None) -> list[tuple[int, *ProblemRow]]:
    """Problems of files at `paths` (None: of all), each after its id."""
    if paths is None:
        return connection.execute(FILE_PROBLEMS).fetchall()
    return connection.execute(FILE_PROBLEMS_AT, (json.dumps(list(paths)),)).fetchall()


def known_hashes(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Note id -> sha256 of its content, '' where that was not read."""
    return dict(connection.execute(HASHES, (json.dumps(list(ids)),)).fetchall())


def paths_of(connection: sqlite3.Connection, ids: Iterable[int]) -> list[str]:
    """The paths of notes, in no order."""
    return [path for (path,) in connection.execute(PATHS_OF, (json.dumps(list(ids)),))]


def hold_files(connection: sqlite3.Connection, folders: Iterable[str]) -> bool:
    """Whether a file below any of these folders is known."""
    return bool(connection.execute(FILE_BELOW, (json.dumps(list(folders)),)).fetchone()[0])


def version(connection: sqlite3.Connection) -> int:
    """A number that is another one once any other connection has committed: PRAGMA data_version."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def next_id(connection: sqlite3.Connection) -> int:
    """The first id that neither a note nor an attachment has."""
    return int(connection.execute(NEXT_FILE).fetchone()[0])


def count_notes(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


def totals(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def problem_counts(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute(PROBLEMS_BY_CODE))
