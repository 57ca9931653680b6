"""The shared dimensions: tags, authors, collections, field keys. A row is shown in the spelling of the first note by
path that uses it (F14), and goes when nothing refers to it any more (B1)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from litindex.index.affected import Touched
from litindex.index.rows import TAG_LEVELS, tag_depths

WITH_ANCESTORS = """
WITH RECURSIVE up (id, parent_id) AS (
  SELECT id, parent_id FROM tags WHERE id IN (SELECT value FROM json_each(?))
  UNION
  SELECT tags.id, tags.parent_id FROM up JOIN tags ON tags.id = up.parent_id
)
SELECT tags.id, kind, tag_key, depth, name, first_note_id
FROM up JOIN tags USING (id)
"""
# '0' is the character after '/': the range holds every descendant, and no other tag. A tag deeper than `TAG_LEVELS` is
# nobody's ancestor.
FIRST_TAG_USE = """
SELECT use.note_id, notes.path, use.name
FROM tags JOIN note_tags AS use ON use.tag_id = tags.id JOIN notes ON notes.id = use.note_id
WHERE tags.kind = :kind AND (tags.tag_key = :key
  OR (:has_family AND tags.tag_key > :key || '/' AND tags.tag_key < :key || '0'))
ORDER BY notes.path, use.position
LIMIT 1
"""
_NEAR = "json_each(:near) AS near CROSS JOIN notes ON notes.id = near.value CROSS JOIN"
NEAR_TAG_USES = f"""
SELECT tags.kind, tags.tag_key, use.note_id, notes.path, use.name
FROM {_NEAR} note_tags AS use ON use.note_id = notes.id CROSS JOIN tags ON tags.id = use.tag_id
ORDER BY notes.path, use.position
"""
SET_TAG = "UPDATE tags SET first_note_id = ?, name = ?, leaf = ? WHERE id = ?"

AUTHORS = "SELECT id, name, first_note_id FROM authors WHERE id IN (SELECT value FROM json_each(?))"
_AUTHOR_USE = """
SELECT use.note_id, notes.path, use.name, use.parts
FROM {}
WHERE use.author_id = :id
ORDER BY notes.path, use.position
LIMIT 1
"""
FIRST_AUTHOR_USE = _AUTHOR_USE.format("note_authors AS use JOIN notes ON notes.id = use.note_id")
NEAR_AUTHOR_USE = _AUTHOR_USE.format(f"{_NEAR} note_authors AS use ON use.note_id = notes.id")
SET_AUTHOR = """
UPDATE authors SET first_note_id = ?, name = ?, kind = ?, family = ?, given = ?, particle = ?, suffix = ?, family_key
= ?,
  given_key = ?, initials = ?
WHERE id = ?
"""

COLLECTIONS = "SELECT id, name, first_note_id FROM collections WHERE id IN (SELECT value FROM json_each(?))"
_COLLECTION_USE = """
SELECT use.note_id, notes.path, use.name
FROM {}
WHERE use.collection_id = :id
ORDER BY notes.path
LIMIT 1
"""
FIRST_COLLECTION_USE = _COLLECTION_USE.format("note_collections AS use JOIN notes ON notes.id = use.note_id")
NEAR_COLLECTION_USE = _COLLECTION_USE.format(f"{_NEAR} note_collections AS use ON use.note_id = notes.id")
SET_COLLECTION = "UPDATE collections SET first_note_id = ?, name = ? WHERE id = ?"

DELETE_UNUSED_KEYS = """
DELETE FROM field_keys
WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM fields WHERE key_id = field_keys.id)
"""
PATH_OF = "SELECT path FROM notes WHERE id = ?"
EVERYTHING = "SELECT id FROM {}"
NONE_THERE = """
SELECT NOT (EXISTS (SELECT 1 FROM tags) OR EXISTS (SELECT 1 FROM authors)
  OR EXISTS (SELECT 1 FROM collections) OR EXISTS (SELECT 1 FROM field_keys))
"""

_FEW = 50
"""Up to so many touched notes the first use of a row is sought among them first."""


def are_empty(connection: sqlite3.Connection) -> bool:
    """Whether there is no row yet. Notes that are then written in the order of their paths leave nothing to `refresh`:
    the first to use a row is the one that spells it.
    """
    return bool(connection.execute(NONE_THERE).fetchone()[0])


def refresh(connection: sqlite3.Connection, touched: Touched | None) -> None:
    """Gives each row that touched notes use or used (None: each row) the spelling of its first note, and deletes those
    without any.
    """
    uses = _Uses(connection, touched)
    if touched is None:
        touched = Touched()
        for table in "tags", "authors", "collections", "field_keys":
            getattr(touched, table).update(row[0] for row in connection.execute(EVERYTHING.format(table)))
    _refresh_tags(connection, touched.tags, uses)
    _refresh_authors(connection, touched.authors, uses)
    _refresh_collections(connection, touched.collections, uses)
    connection.execute(DELETE_UNUSED_KEYS, (as_json(touched.field_keys),))


_Use = tuple[Any, ...]
"""note_id, path, and how the note writes it."""


class _Uses:
    """Finds the first note by path that uses a row. Half the vault may use it: then the one that was the first, and is
    at its place still, can only be beaten by a note that was touched.
    """

    def __init__(self, connection: sqlite3.Connection, touched: Touched | None) -> None:
        self._db = connection
        self.touched = touched.notes if touched else set()
        self._near = touched.notes if touched and len(touched.notes) <= _FEW else None
        self._places = touched.places if touched else set()

    def first(self, near: str, anywhere: str, was: int | None, **parameters: object) -> _Use | None:
        """(note_id, path, …) of the first use, or None. `was`: the note that was the first before."""
        if self._near is not None and was is not None and was not in self._places:
            found = self._ask(near, {**parameters, "near": as_json(self._near | {was})})
            if found and self.is_first(found, was):
                return found
        return self._ask(anywhere, parameters)

    def is_first(self, found: _Use, was: int | None) -> bool:
        """Whether the first use by a touched note or by the one that was the first is the first of all."""
        return was is not None and was not in self._places and (found[0] == was or found[1] < self._path(was))

    def _ask(self, query: str, parameters: dict[str, object]) -> _Use | None:
        found: _Use | None = self._db.execute(query, parameters).fetchone()
        return found

    def _path(self, note_id: int) -> str:
        return str(self._db.execute(PATH_OF, (note_id,)).fetchone()[0])


def as_json(values: Iterable[int] | Iterable[str]) -> str:
    """A parameter for `json_each(?)`."""
    return json.dumps(sorted(values), ensure_ascii=False)


def _refresh_tags(connection: sqlite3.Connection, ids: set[int], uses: _Uses) -> None:
    tags = connection.execute(WITH_ANCESTORS, (as_json(ids),)).fetchall()
    near = _near_tag_uses(connection, uses.touched, tags)
    for tag_id, kind, key, depth, name, was in tags:
        use = near.get((kind, key))
        if use is None or not uses.is_first(use, was):
            has_family = kind == "obsidian" and depth <= TAG_LEVELS
            use = connection.execute(FIRST_TAG_USE, {"kind": kind, "key": key, "has_family": has_family}).fetchone()
        if use is None:
            connection.execute("DELETE FROM tags WHERE id = ?", (tag_id,))
            continue
        segments = use[2].split("/")[:depth] if kind == "obsidian" else [use[2]]
        if (use[0], "/".join(segments)) != (was, name):
            connection.execute(SET_TAG, (use[0], "/".join(segments), segments[-1], tag_id))


def _near_tag_uses(
    connection: sqlite3.Connection, touched: set[int], tags: list[tuple[Any, ...]]
) -> dict[tuple[str, str], _Use]:
    """The first use of each tag, or of one below it, by a touched note or by one that was the first so far: all at
    once, since half the vault may use a tag, and a folder of notes many tags.
    """
    found: dict[tuple[str, str], _Use] = {}
    if not touched:
        return found
    wanted = {(kind, key) for _, kind, key, *_ in tags}
    near = touched | {was for *_, was in tags if was is not None}
    for kind, key, *use in connection.execute(NEAR_TAG_USES, {"near": as_json(near)}):
        for part in _family(kind, key):
            if (kind, part) in wanted:
                found.setdefault((kind, part), tuple(use))
    return found


def _family(kind: str, key: str) -> list[str]:
    """The tag and those of its ancestors that have rows of their own."""
    if kind != "obsidian":
        return [key]
    keys = key.split("/")
    return ["/".join(keys[:depth]) for depth in tag_depths(len(keys))]


def _refresh_authors(connection: sqlite3.Connection, ids: set[int], uses: _Uses) -> None:
    for author_id, name, was in connection.execute(AUTHORS, (as_json(ids),)).fetchall():
        use = uses.first(NEAR_AUTHOR_USE, FIRST_AUTHOR_USE, was, id=author_id)
        if use is None:
            connection.execute("DELETE FROM authors WHERE id = ?", (author_id,))
        elif (use[0], use[2]) != (was, name):
            connection.execute(SET_AUTHOR, (use[0], use[2], *json.loads(use[3]), author_id))


def _refresh_collections(connection: sqlite3.Connection, ids: set[int], uses: _Uses) -> None:
    for collection_id, name, was in connection.execute(COLLECTIONS, (as_json(ids),)).fetchall():
        use = uses.first(NEAR_COLLECTION_USE, FIRST_COLLECTION_USE, was, id=collection_id)
        if use is None:
            connection.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
        elif (use[0], use[2]) != (was, name):
            connection.execute(SET_COLLECTION, (use[0], use[2], collection_id))
