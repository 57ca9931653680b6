"""Makes a large part of an index at once: indexes after the rows, full text merged once, in the same transaction."""

from __future__ import annotations

import sqlite3
from types import TracebackType

from litindex.index.database import as_json
from litindex.index.rows import Rows

# What stays finds the rows of notes that are known already, which are deleted, and the targets of links.
_STAYS = "'annotations_note', 'problems_note', 'notes_name_key', 'attachments_name_key', 'works_citekey'"
LOOSE_INDEXES = f"""
SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND name NOT IN ({_STAYS}) AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\'
ORDER BY rowid
"""
KEPT_NOTE_TERMS = """
INSERT INTO notes_fts (rowid, title, aliases, authors, abstract, own, imported, grams, own_grams)
SELECT note_id, title, aliases, authors, abstract, own, imported, grams, own_grams
FROM note_search
WHERE note_id NOT IN (SELECT value FROM json_each(?))
"""
KEPT_ANNOTATION_TERMS = """
INSERT INTO annotations_fts (rowid, text, comment, grams)
SELECT id, text, comment, grams
FROM annotations
WHERE note_id NOT IN (SELECT value FROM json_each(?))
"""
_HASH_BYTES = {"notes_fts": 8 * 2**20, "annotations_fts": 4 * 2**20}
"""Twice as much saves a hundredth of a build, and takes 14 MB more."""

# Without these a later commit of one note may have to merge everything at once: 2 to 3 s at 50,000 notes.
_MERGING = {"automerge": 4, "crisismerge": 500}


class Bulk:
    """Context manager, in a transaction with foreign keys off. Drops what slows down writing and makes it again at
    the end.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._rewritten: set[int] = set()

    def __enter__(self) -> Bulk:
        self._indexes = self._db.execute(LOOSE_INDEXES).fetchall()
        self._is_first = self._db.execute("SELECT NOT EXISTS (SELECT 1 FROM notes)").fetchone() == (1,)
        for name, _ in self._indexes:
            self._db.execute(f"DROP INDEX {name}")
        for table in "notes_fts", "annotations_fts":
            self._configure(table, "delete-all", None)
            self._configure(table, "hashsize", _HASH_BYTES[table])
            self._configure(table, "automerge", 0)
        return self

    def note_written(self, rows: Rows) -> None:
        """Remembers whose words are in the full text again, where there are others."""
        if not self._is_first:
            self._rewritten.update(row[0] for row in rows.get("note_texts", ()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            return
        if not self._is_first:
            kept = as_json(self._rewritten)
            self._db.execute(KEPT_NOTE_TERMS, (kept,))
            self._db.execute(KEPT_ANNOTATION_TERMS, (kept,))
        for table in "notes_fts", "annotations_fts":
            self._configure(table, "optimize", None)
            self._db.execute(f"DELETE FROM {table}_config WHERE k = 'hashsize'")
            for name, value in _MERGING.items():
                self._configure(table, name, value)
        for _, sql in self._indexes:
            self._db.execute(sql)

    def _configure(self, table: str, command: str, value: int | None) -> None:
        if value is None:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES (?)", (command,))
        else:
            self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (command, value))
