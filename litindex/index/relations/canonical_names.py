"""How shared rows are shown: a tag, a person, a collection in the spelling that most notes use, of equally frequent ones the
least (DECISIONS 21), and none that no note uses.

Computed from the uses alone, so that an index that followed a thousand edits equals one built from scratch. Half the vault may
use a tag: its uses are counted again only where there is more than one spelling, or may be now (`spellings`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from litindex.index.database import as_json
from litindex.index.relations.affected import Touched
from litindex.index.rows import TAG_LEVELS, tag_depths
from litindex.parser.values.names import name_parts

# Every row that is to be looked at, with its ancestors: a use of a/b spells a as well.
TAGS_WITH_ANCESTORS: Final = """
WITH RECURSIVE up (id, parent_id) AS (
  SELECT id, parent_id FROM tags WHERE id IN (SELECT value FROM json_each(?))
  UNION
  SELECT tags.id, tags.parent_id FROM up JOIN tags ON tags.id = up.parent_id
)
SELECT tags.id, kind, tag_key, depth, name, spellings
FROM up JOIN tags USING (id)
"""
# '0' is the character after '/': the range holds every descendant, and no other tag.
_FAMILY: Final = """
FROM tags CROSS JOIN note_tags AS use ON use.tag_id = tags.id
WHERE tags.kind = :kind AND (tags.tag_key = :key
  OR (:has_family AND tags.tag_key > :key || '/' AND tags.tag_key < :key || '0'))
"""
TAG_SPELLINGS: Final = f"SELECT use.name, count(*) {_FAMILY} GROUP BY use.name"
TAG_IS_USED: Final = f"SELECT 1 {_FAMILY} LIMIT 1"
ALL_TAG_SPELLINGS: Final = """
SELECT kind, tag_key, use.name, count(*)
FROM note_tags AS use JOIN tags ON tags.id = use.tag_id
GROUP BY use.tag_id, use.name
"""
NEW_TAG_SPELLINGS: Final = """
SELECT DISTINCT kind, tag_key, use.name
FROM json_each(?) AS near CROSS JOIN note_tags AS use ON use.note_id = near.value JOIN tags ON tags.id = use.tag_id
"""
SET_TAG: Final = "UPDATE tags SET name = ?, leaf = ?, spellings = ? WHERE id = ?"
DELETE_TAG: Final = "DELETE FROM tags WHERE id = ?"

AUTHORS: Final = "SELECT id, name, kind, spellings FROM authors WHERE id IN (SELECT value FROM json_each(?))"
ALL_AUTHOR_SPELLINGS: Final = "SELECT author_id, name, kind, count(*) FROM note_authors GROUP BY 1, 2, 3"
AUTHOR_SPELLINGS: Final = "SELECT name, kind, count(*) FROM note_authors WHERE author_id = ? GROUP BY name, kind"
NEW_AUTHOR_SPELLINGS: Final = """
SELECT DISTINCT use.author_id, use.name, use.kind
FROM json_each(?) AS near CROSS JOIN note_authors AS use ON use.note_id = near.value
"""
AUTHOR_IS_USED: Final = "SELECT 1 FROM note_authors WHERE author_id = ? LIMIT 1"
SET_AUTHOR: Final = """
UPDATE authors SET name = ?, kind = ?, family = ?, given = ?, particle = ?, suffix = ?, family_key = ?, given_key = ?,
  initials = ?, spellings = ?
WHERE id = ?
"""

COLLECTIONS: Final = "SELECT id, name, spellings FROM collections WHERE id IN (SELECT value FROM json_each(?))"
ALL_COLLECTION_SPELLINGS: Final = "SELECT collection_id, name, NULL, count(*) FROM note_collections GROUP BY 1, 2"
COLLECTION_SPELLINGS: Final = "SELECT name, NULL, count(*) FROM note_collections WHERE collection_id = ? GROUP BY name"
SET_COLLECTION: Final = "UPDATE collections SET name = ?, spellings = ? WHERE id = ?"

DELETE_UNUSED: Final = {
    "authors": "DELETE FROM authors WHERE id NOT IN (SELECT author_id FROM note_authors)",
    "collections": "DELETE FROM collections WHERE id NOT IN (SELECT collection_id FROM note_collections)",
    "field_keys": "DELETE FROM field_keys WHERE id NOT IN (SELECT key_id FROM fields)",
}
DELETE_UNUSED_KEYS: Final = """
DELETE FROM field_keys
WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM fields WHERE key_id = field_keys.id)
"""

Spellings = Counter[tuple[str, str | None]]
"""(name, kind) -> how many notes write it so."""


def refresh(connection: sqlite3.Connection, touched: Touched | None) -> None:
    """Gives each row that touched notes use or used (None: each row) the spelling used most, and deletes those that no
    note uses.
    """
    if touched is None:
        _refresh_all(connection)
        return
    notes = as_json(touched.notes)
    _refresh_tags(connection, touched.tags, notes)
    _refresh_authors(connection, touched.authors, notes)
    _refresh_collections(connection, touched.collections)
    connection.execute(DELETE_UNUSED_KEYS, (as_json(touched.field_keys),))


def _refresh_all(connection: sqlite3.Connection) -> None:
    for statement in DELETE_UNUSED.values():
        connection.execute(statement)
    _set_tags(connection, connection.execute("SELECT id, kind, tag_key, depth, name, spellings FROM tags").fetchall(),
              _families(connection.execute(ALL_TAG_SPELLINGS)))  # fmt: skip
    authors = {row[0]: row[1:] for row in connection.execute("SELECT id, name, kind, spellings FROM authors")}
    for row_id, spellings in _grouped(connection.execute(ALL_AUTHOR_SPELLINGS)).items():
        if (*_most_used(spellings), len(spellings)) != authors[row_id]:
            _set_author(connection, row_id, spellings)
    collections = {row[0]: row[1:] for row in connection.execute("SELECT id, name, spellings FROM collections")}
    for row_id, spellings in _grouped(connection.execute(ALL_COLLECTION_SPELLINGS)).items():
        if (_most_used(spellings)[0], len(spellings)) != collections[row_id]:
            connection.execute(SET_COLLECTION, (_most_used(spellings)[0], len(spellings), row_id))


def _grouped(rows: Iterable[tuple[int, str, str | None, int]]) -> dict[int, Spellings]:
    found: dict[int, Spellings] = {}
    for row_id, name, kind, count in rows:
        found.setdefault(row_id, Counter())[name, kind] += count
    return found


def _most_used(spellings: Spellings) -> tuple[str, str | None]:
    """Of equally frequent ones the least."""
    return min(spellings, key=lambda each: (-spellings[each], _order(each[0]), each[1] or ""))


def _order(name: str) -> tuple[str, str]:
    """Small letters before capitals, a typographic apostrophe before that of a typewriter."""
    return name.swapcase().replace("'", "\uffff"), name


# ---------------------------------------------------------------------- tags

_TagRow = tuple[int, str, str, int, str, int]
"""id, kind, tag_key, depth, name, spellings"""


def _families(uses: Iterable[tuple[str, str, str, int]]) -> dict[tuple[str, str], Counter[str]]:
    """(kind, key) -> how often it is spelled how, by uses of it and of what stands below it."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for kind, key, name, count in uses:
        for part, spelling in _parts(kind, key, name):
            found.setdefault((kind, part), Counter())[spelling] += count
    return found


def _parts(kind: str, key: str, name: str) -> list[tuple[str, str]]:
    """(key, spelling) of the tag and of those of its ancestors that have rows of their own."""
    if kind != "obsidian" or "/" not in key:
        return [(key, name)]
    keys, names = key.split("/"), name.split("/")
    return [("/".join(keys[:depth]), "/".join(names[:depth])) for depth in tag_depths(len(keys))]


def _refresh_tags(connection: sqlite3.Connection, ids: set[int], notes: str) -> None:
    new: dict[tuple[str, str], set[str]] = {}
    for kind, key, name in connection.execute(NEW_TAG_SPELLINGS, (notes,)):
        for part, spelling in _parts(kind, key, name):
            new.setdefault((kind, part), set()).add(spelling)
    for row in connection.execute(TAGS_WITH_ANCESTORS, (as_json(ids),)).fetchall():
        _, kind, key, depth, name, spellings = row
        family = {"kind": kind, "key": key, "has_family": kind == "obsidian" and depth <= TAG_LEVELS}
        is_settled = spellings == 1 and new.get((kind, key), {name}) == {name}
        if is_settled and connection.execute(TAG_IS_USED, family).fetchone():
            continue
        spelled: Counter[str] = Counter()
        for each, count in connection.execute(TAG_SPELLINGS, family):
            spelled["/".join(each.split("/")[:depth]) if kind == "obsidian" else each] += count
        _set_tags(connection, [row], {(kind, key): spelled})


def _set_tags(
    connection: sqlite3.Connection, rows: list[_TagRow], spelled: dict[tuple[str, str], Counter[str]]
) -> None:
    for tag_id, kind, key, _, name, spellings in rows:
        found = spelled.get((kind, key))
        if not found:
            connection.execute(DELETE_TAG, (tag_id,))
            continue
        best = min(found, key=lambda each: (-found[each], _order(each)))
        if (best, len(found)) != (name, spellings):
            leaf = best.rpartition("/")[2] if kind == "obsidian" else best
            connection.execute(SET_TAG, (best, leaf, len(found), tag_id))


# ---------------------------------------------------------------------- people and collections


def _refresh_authors(connection: sqlite3.Connection, ids: set[int], notes: str) -> None:
    new: dict[int, set[tuple[str, str]]] = {}
    for author_id, name, kind in connection.execute(NEW_AUTHOR_SPELLINGS, (notes,)):
        new.setdefault(author_id, set()).add((name, kind))
    for author_id, name, kind, spellings in connection.execute(AUTHORS, (as_json(ids),)).fetchall():
        is_settled = spellings == 1 and new.get(author_id, {(name, kind)}) == {(name, kind)}
        if is_settled and connection.execute(AUTHOR_IS_USED, (author_id,)).fetchone():
            continue
        uses = connection.execute(AUTHOR_SPELLINGS, (author_id,)).fetchall()
        if uses:
            _set_author(connection, author_id, Counter({(each, kind): count for each, kind, count in uses}))
        else:
            connection.execute("DELETE FROM authors WHERE id = ?", (author_id,))


def _set_author(connection: sqlite3.Connection, author_id: int, spellings: Spellings) -> None:
    name, kind = _most_used(spellings)
    connection.execute(SET_AUTHOR, (*name_parts(name, kind or "single"), len(spellings), author_id))


def _refresh_collections(connection: sqlite3.Connection, ids: set[int]) -> None:
    for collection_id, name, known in connection.execute(COLLECTIONS, (as_json(ids),)).fetchall():
        uses: list[tuple[Any, ...]] = connection.execute(COLLECTION_SPELLINGS, (collection_id,)).fetchall()
        if not uses:
            connection.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
            continue
        spellings: Spellings = Counter({(each, kind): count for each, kind, count in uses})
        best = _most_used(spellings)[0]
        if (best, len(spellings)) != (name, known):
            connection.execute(SET_COLLECTION, (best, len(spellings), collection_id))
