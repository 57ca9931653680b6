"""What keeps an index quick that is changed note by note for years. Each step is short: nobody waits for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

# 'merge' with a negative number begins a merge wherever two segments are; with a positive one it goes on with those
# that are begun (https://sqlite.org/fts5.html#the_merge_command).
MERGE = {
    "notes_fts": "INSERT INTO notes_fts (notes_fts, rank) VALUES ('merge', ?)",
    "annotations_fts": "INSERT INTO annotations_fts (annotations_fts, rank) VALUES ('merge', ?)",
}
# https://sqlite.org/fts5.html#the_integrity_check_command
CHECK = {
    "notes_fts": "INSERT INTO notes_fts (notes_fts) VALUES ('integrity-check')",
    "annotations_fts": "INSERT INTO annotations_fts (annotations_fts) VALUES ('integrity-check')",
}
_PAGES = 16
_JOURNAL_BYTES = 4 * 2**20
LONGEST_JOURNAL_BYTES = 32 * 2**20
"""A longer one does not wait for a quiet moment."""
_LONG_JOURNAL_BYTES = 16 * 2**20
"""A journal that grew longer is cut off."""


def merge_a_little(connection: sqlite3.Connection) -> bool:
    """Merges some segments of the full text; returns whether that did something. A commit that must merge all of them
    at once takes 2 to 3 s with 50,000 notes.
    """
    for statement in MERGE.values():
        before = connection.total_changes
        connection.execute(statement, (_PAGES,))
        if connection.total_changes - before >= 2:
            return True
    return False


def refuse_damage(connection: sqlite3.Connection) -> None:
    """sqlite3.DatabaseError where the file or its full text is damaged. Reads everything."""
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise sqlite3.DatabaseError(answer)
    for statement in CHECK.values():
        connection.execute(statement)


def empty_journal(connection: sqlite3.Connection, index: Path, *, longest: int = _JOURNAL_BYTES) -> int:
    """Writes a journal longer than that into the index now, so that no reader has to look through it; cuts a long one
    off, unless a reader is in the way: that is no reason to wait (FAULTS D4). Returns how many bytes it had.
    """
    try:
        length = index.with_name(index.name + "-wal").stat().st_size
    except OSError:
        return 0
    if length > max(longest, _LONG_JOURNAL_BYTES):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA busy_timeout = 5000")
    elif length > longest:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return length


def settle(connection: sqlite3.Connection) -> bool:
    """Writes all of the journal into the index, and returns whether that could be done."""
    is_busy, length, written = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    return not is_busy and length == written
