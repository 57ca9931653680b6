"""The shared dimensions: tags, authors, collections, field keys. A row is shown in the spelling of the first note by
path that uses it (F14), and goes when nothing refers to it any more (B1)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from litindex.touched import Touched

WITH_ANCESTORS = """
WITH RECURSIVE up (id, parent_id) AS (
  SELECT id, parent_id FROM tags WHERE id IN (SELECT value FROM json_each(?))
  UNION
  SELECT tags.id, tags.parent_id FROM up JOIN tags ON tags.id = up.parent_id
)
SELECT tags.id, kind, tag_key, depth, name, first_note_id
FROM up JOIN tags USING (id)
"""
# '0' is the character after '/': the range holds every descendant, and no other tag.
FIRST_TAG_USE = """
SELECT use.note_id, use.name
FROM tags JOIN note_tags AS use ON use.tag_id = tags.id
JOIN notes ON notes.id = use.note_id
WHERE tags.kind = ?1 AND (tags.tag_key = ?2 OR (?1 = 'obsidian' AND tags.tag_key > ?2 || '/' AND tags.tag_key < ?2 ||
'0')) ORDER BY notes.path, use.position
LIMIT 1
"""
SET_TAG = "UPDATE tags SET first_note_id = ?, name = ?, leaf = ? WHERE id = ?"

AUTHORS = "SELECT id, name, first_note_id FROM authors WHERE id IN (SELECT value FROM json_each(?))"
FIRST_AUTHOR_USE = """
SELECT use.note_id, use.name, use.parts
FROM note_authors AS use JOIN notes ON notes.id = use.note_id
WHERE use.author_id = ?
ORDER BY notes.path, use.position
LIMIT 1
"""
SET_AUTHOR = """
UPDATE authors SET first_note_id = ?, name = ?, kind = ?, family = ?, given = ?, particle = ?, suffix = ?, family_key
= ?,
  given_key = ?, initials = ?
WHERE id = ?
"""

COLLECTIONS = "SELECT id, name, first_note_id FROM collections WHERE id IN (SELECT value FROM json_each(?))"
FIRST_COLLECTION_USE = """
SELECT use.note_id, use.name
FROM note_collections AS use JOIN notes ON notes.id = use.note_id
WHERE use.collection_id = ?
ORDER BY notes.path
LIMIT 1
"""
SET_COLLECTION = "UPDATE collections SET first_note_id = ?, name = ? WHERE id = ?"

DELETE_UNUSED_KEYS = """
DELETE FROM field_keys
WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM fields WHERE key_id = field_keys.id)
"""


EVERYTHING = "SELECT id FROM {}"


def refresh(connection: sqlite3.Connection, touched: Touched | None) -> None:
    """Gives each row that touched notes use or used (None: each row) the spelling of its first note, and deletes those
    without any.
    """
    if touched is None:
        touched = Touched()
        for table in "tags", "authors", "collections", "field_keys":
            getattr(touched, table).update(row[0] for row in connection.execute(EVERYTHING.format(table)))
    _refresh_tags(connection, touched.tags)
    _refresh_authors(connection, touched.authors)
    _refresh_collections(connection, touched.collections)
    connection.execute(DELETE_UNUSED_KEYS, (as_json(touched.field_keys),))


def as_json(values: Iterable[int] | Iterable[str]) -> str:
    """A parameter for `json_each(?)`."""
    return json.dumps(sorted(values), ensure_ascii=False)


def _refresh_tags(connection: sqlite3.Connection, ids: set[int]) -> None:
    for tag_id, kind, key, depth, name, first in connection.execute(WITH_ANCESTORS, (as_json(ids),)).fetchall():
        use = connection.execute(FIRST_TAG_USE, (kind, key)).fetchone()
        if use is None:
            connection.execute("DELETE FROM tags WHERE id = ?", (tag_id,))
            continue
        segments = use[1].split("/")[:depth] if kind == "obsidian" else [use[1]]
        if (use[0], "/".join(segments)) != (first, name):
            connection.execute(SET_TAG, (use[0], "/".join(segments), segments[-1], tag_id))


def _refresh_authors(connection: sqlite3.Connection, ids: set[int]) -> None:
    for author_id, name, first in connection.execute(AUTHORS, (as_json(ids),)).fetchall():
        use = connection.execute(FIRST_AUTHOR_USE, (author_id,)).fetchone()
        if use is None:
            connection.execute("DELETE FROM authors WHERE id = ?", (author_id,))
        elif use[:2] != (first, name):
            connection.execute(SET_AUTHOR, (*use[:2], *json.loads(use[2]), author_id))


def _refresh_collections(connection: sqlite3.Connection, ids: set[int]) -> None:
    for collection_id, name, first in connection.execute(COLLECTIONS, (as_json(ids),)).fetchall():
        use = connection.execute(FIRST_COLLECTION_USE, (collection_id,)).fetchone()
        if use is None:
            connection.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
        elif use != (first, name):
            connection.execute(SET_COLLECTION, (*use, collection_id))
