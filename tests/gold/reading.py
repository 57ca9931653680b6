"""Reads from an index what a gold file speaks of: one dictionary a note, by its vault path."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from litindex.index import database
from litindex.sync import indexer

WORKS = """
SELECT n.id, n.path, n.kind, w.note_id IS NOT NULL AS work, w.title, w.year, w.date, w.citekey, w.item_type,
       w.container, w.publisher, w.zotero_key, w.zotero_library, w.abstract, w.pdf,
       coalesce(t.own, '') AS own
FROM notes n LEFT JOIN works w ON w.note_id = n.id LEFT JOIN note_texts t ON t.note_id = n.id
"""
CREATORS = "SELECT role, name FROM note_authors WHERE note_id = ? ORDER BY position"
IDENTIFIERS = "SELECT value FROM identifiers WHERE note_id = ? AND scheme = ? ORDER BY position"
TAGS = """
SELECT DISTINCT nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id
WHERE nt.note_id = ? AND t.kind = ? ORDER BY nt.position
"""
COLLECTIONS = "SELECT name FROM note_collections WHERE note_id = ?"
ANNOTATIONS = "SELECT color_name, page_label, text, comment FROM annotations WHERE note_id = ? ORDER BY id"


def read_index(vault: Path) -> dict[str, dict[str, Any]]:
    """Builds an index of the vault in a temporary folder and reads it through a second connection."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "gold.db"
        indexer.sync(vault, index, jobs=1)
        with closing(database.open_readonly(index)) as connection:
            connection.row_factory = sqlite3.Row
            return {row["path"]: _note(connection, row) for row in connection.execute(WORKS).fetchall()}


def _note(connection: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    def column(sql: str, *more: str) -> list[str]:
        return [found[0] for found in connection.execute(sql, (row["id"], *more))]

    return dict(row) | {
        "work": bool(row["work"]),
        "creators": [list(found) for found in connection.execute(CREATORS, (row["id"],))],
        "doi": next(iter(column(IDENTIFIERS, "doi")), None),
        "arxiv": next(iter(column(IDENTIFIERS, "arxiv")), None),
        "isbn": column(IDENTIFIERS, "isbn"),
        "tags": column(TAGS, "obsidian"),
        "zotero_tags": column(TAGS, "zotero"),
        "collections": column(COLLECTIONS),
        "annotations": [dict(found) for found in connection.execute(ANNOTATIONS, (row["id"],))],
    }
