"""What the index knows of itself and of its files."""

from __future__ import annotations

import os
import sqlite3

from litindex.crawler import MAX_NOTE_BYTES
from litindex.plan import Known

KNOWN_NOTES = """
SELECT id, path, size, mtime_ns, ctime_ns, ino, excluded, sha256 = '' AND excluded = 0 AND size <= ?
FROM notes
"""
KNOWN_ATTACHMENTS = "SELECT id, path, size, mtime_ns, ctime_ns, ino FROM attachments"
SET_META = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
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


def known_notes(connection: sqlite3.Connection) -> dict[str, Known]:
    return {row[1]: Known(*row) for row in connection.execute(KNOWN_NOTES, (MAX_NOTE_BYTES,))}


def known_attachments(connection: sqlite3.Connection) -> dict[str, Known]:
    return {row[1]: Known(*row) for row in connection.execute(KNOWN_ATTACHMENTS)}


def totals(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def problem_counts(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute(PROBLEMS_BY_CODE))
