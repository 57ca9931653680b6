"""All SQL that writes the rows of one note. Nothing here commits: the caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from litindex.index.rows import AUTHOR_PARTS, LISTS, MOST_POSITIONS, NOTE_COLUMNS, WORK_COLUMNS, Row, Rows, note_of


def _insert(table: str, *columns: str, or_else: str = "") -> str:
    """INSERT of these columns; `(…)` behind a column's name is the expression that its value goes through."""
    names = [column.partition("(")[0] for column in columns]
    values = [f"({rest}" if rest else "?" for _, _, rest in (column.partition("(") for column in columns)]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values)}){or_else}"


_ONCE: Final = " ON CONFLICT DO NOTHING"
_KEY: Final = ("note_id", "position")
_TAG_ID: Final = "tag_id(SELECT id FROM tags WHERE kind = ? AND tag_key = ?)"
_FIELDS: Final = ("key_id(SELECT id FROM field_keys WHERE key = ?)", *LISTS["fields"][1:], "raw")
_CREATORS: Final = ("author_id(SELECT id FROM authors WHERE name_key = ?)", *LISTS["creators"][1:], "raw")
_FILE: Final = ("id", "size", "mtime_ns", "ctime_ns", "ino", "sha256", "path_bytes")
_SEARCH: Final = ("title", "aliases", "authors", "abstract", "own", "imported", "grams", "own_grams")


def _upsert(table: str, *columns: str) -> str:
    """A note that is known keeps its row and its id (B3)."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    return _insert(table, *columns, or_else=f" ON CONFLICT (id) DO UPDATE SET {changes}")


# The shared tables before what refers to them. A first spelling stays until `canonical_names.refresh`.
INSERTS: Final = {
    "files": _upsert("files", *_FILE),
    "notes": _upsert("notes", "id", *NOTE_COLUMNS),
    "note_texts": _insert("note_texts", "note_id", "body", "own", "grams", "own_grams", "frontmatter"),
    "imported_texts": _insert("imported_texts", "note_id", "start", "length"),
    "tags": """
INSERT INTO tags (kind, tag_key, name, leaf, depth, parent_id)
VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM tags WHERE kind = ?1 AND tag_key = ?6))
ON CONFLICT DO NOTHING
""",
    "authors": _insert("authors", "name_key", *AUTHOR_PARTS, or_else=_ONCE),
    "collections": _insert("collections", "path_key", "name", or_else=_ONCE),
    "field_keys": _insert("field_keys", "key", or_else=_ONCE),
    **{
        table: _insert(table, *_KEY, *LISTS[table])
        for table in ("aliases", "headings", "blocks", "callouts", "tasks", "footnotes", "citations", "zotero_notes")
    },
    "persist_blocks": _insert("persist_blocks", *_KEY, *LISTS["persist_blocks"]),
    "note_tags": _insert("note_tags", "note_id", _TAG_ID, "source", "position", "name", "line", "count", or_else=_ONCE),
    "links": _insert("links", *_KEY, *LISTS["links"], "resolution", "target_note_id", "target_attachment_id"),
    "fields": _insert("fields", *_KEY, *_FIELDS),
    "works": _insert("works", "note_id", "creators", "tags", "doi", "title_key", *WORK_COLUMNS),
    "identifiers": _insert("identifiers", *_KEY, *LISTS["identifiers"], "raw"),
    "note_authors": _insert("note_authors", *_KEY, *_CREATORS),
    "note_collections": _insert(
        "note_collections", "note_id", "collection_id(SELECT id FROM collections WHERE path_key = ?)", "position", "name",
        or_else=_ONCE,
    ),
    "provenance": _insert("provenance", *_KEY, *LISTS["provenance"], "raw"),
    "annotations": _insert("annotations", "id", *_KEY, *LISTS["annotations"], "grams"),
    "annotation_tags": _insert(
        "annotation_tags", "annotation_id", "tag_id(SELECT id FROM tags WHERE kind = 'obsidian' AND tag_key = ?)",
        or_else=_ONCE,
    ),
    "problems": _insert("problems", "note_id", "path", "code", "severity", "line", "message"),
}  # fmt: skip


TERMS: Final = {
    "notes_fts": _insert("notes_fts", "rowid", *_SEARCH),
    "annotations_fts": _insert("annotations_fts", "rowid", "text", "comment", "grams"),
}
"""Full text, written after the rows that it is taken from: what is refused leaves none behind."""


def _select(table: str, *columns: str) -> str:
    """The rows of one note as `INSERTS` has them: what is found later stands as it was written, ids as the keys."""
    return f"SELECT {', '.join(columns)} FROM {table} WHERE note_id = ? ORDER BY position"


WRITTEN: Final = {
    "links": _select("links", *_KEY, *LISTS["links"], "iif(scheme IS NULL, 'unresolved', 'external')", "NULL", "NULL"),
    "headings": _select("headings", *_KEY, *LISTS["headings"]),
    "tasks": _select("tasks", *_KEY, *LISTS["tasks"]),
    "fields": _select(
        "fields", *_KEY, "(SELECT key FROM field_keys WHERE field_keys.id = key_id)", *LISTS["fields"][1:], "raw"
    ),
    "annotations": _select("annotations", "id", *_KEY, *LISTS["annotations"], "grams"),
}
"""The rows of a note in the tables that are expensive to write."""

OF_A_NOTE: Final = (
    "note_texts", "imported_texts", "aliases", "note_tags", "headings", "blocks", "callouts", "tasks", "footnotes", "links", "fields", "citations",
    "annotations", "zotero_notes", "persist_blocks", "provenance", "identifiers", "note_authors", "note_collections", "works",
    "problems",
)  # fmt: skip
"""Tables with rows of notes, those before others that these refer to."""

FORGET_NOTE_TERMS: Final = f"""
INSERT INTO notes_fts (notes_fts, rowid, {", ".join(_SEARCH)})
SELECT 'delete', note_id, {", ".join(_SEARCH)} FROM note_search WHERE note_id = ?
"""
FORGET_ANNOTATION_TERMS: Final = """
INSERT INTO annotations_fts (annotations_fts, rowid, text, comment, grams)
SELECT 'delete', id, text, comment, grams FROM annotations WHERE note_id = ?
"""
FORGET_ANNOTATION_TAGS: Final = "DELETE FROM annotation_tags WHERE annotation_id BETWEEN ? AND ?"

SET_SIGNATURE: Final = """
UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, ino = ?
WHERE id = ? AND (size, mtime_ns, ctime_ns, ino) <> (?, ?, ?, ?)
"""
MOVE_NOTE: Final = "UPDATE notes SET path = ?, path_key = ?, folder = ? WHERE id = ?"
MOVE_FILE: Final = "UPDATE files SET path_bytes = ?, size = ?, mtime_ns = ?, ctime_ns = ?, ino = ? WHERE id = ?"
MOVE_PROBLEMS: Final = "UPDATE problems SET path = ? WHERE note_id = ?"

ADD_FILE: Final = _insert("files", *_FILE)
ADD_ATTACHMENT: Final = _insert(
    "attachments", "id", "path", "path_key", "name", "name_key", "folder", "extension", "kind"
)


REFUSALS = (
    sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError, UnicodeError,
)  # fmt: skip
"""What a row may meet that is to blame itself; not a full disk, a lock, an interruption or damage."""


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything in it, or nothing on any error, and the transaction goes on."""
    connection.execute("SAVEPOINT notes")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK TO notes")
            connection.execute("RELEASE notes")
        raise
    connection.execute("RELEASE notes")


@contextmanager
def deleted_on_refusal(connection: sqlite3.Connection, note_ids: Collection[int]) -> Iterator[None]:
    """What is written of these new notes goes again when a row is refused; what they share with others stays."""
    try:
        yield
    except REFUSALS:
        for note_id in note_ids:
            delete_note(connection, note_id, spared=TERMS)
        raise


def write_rows(connection: sqlite3.Connection, rows: Rows) -> int:
    """Adds the rows of one or many notes, of which there is no content yet; returns how many rows that were."""
    for table, statement in (*INSERTS.items(), *TERMS.items()):
        if batch := rows.get(table):
            connection.executemany(statement, batch)
    return sum(map(len, rows.values()))


def unchanged(connection: sqlite3.Connection, note_id: int, rows: Rows) -> set[str]:
    """The tables in which the note has the rows already that `rows` has for it: most of them after most edits."""
    same = set()
    for table, query in WRITTEN.items():
        wanted = [row for row in rows.get(table, ()) if note_of(table, row) == note_id]
        if connection.execute(query, (note_id,)).fetchall() == wanted:
            same.add(table)
    return same | ({"annotations_fts"} if "annotations" in same else set())


def forget_content(connection: sqlite3.Connection, note_id: int, *, spared: Collection[str] = ()) -> None:
    """Deletes all that the note says, not its own row. Relies not on foreign keys."""
    if "notes_fts" not in spared:
        connection.execute(FORGET_NOTE_TERMS, (note_id,))
    if "annotations_fts" not in spared:
        connection.execute(FORGET_ANNOTATION_TERMS, (note_id,))
    first = note_id * MOST_POSITIONS
    connection.execute(FORGET_ANNOTATION_TAGS, (first, first + MOST_POSITIONS - 1))
    for table in OF_A_NOTE:
        if table not in spared:
            connection.execute(f"DELETE FROM {table} WHERE note_id = ?", (note_id,))


def delete_note(connection: sqlite3.Connection, note_id: int, *, spared: Collection[str] = ()) -> None:
    """Deletes a note and all that it says."""
    forget_content(connection, note_id, spared=spared)
    connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))
    connection.execute("DELETE FROM files WHERE id = ?", (note_id,))


def add_attachments(connection: sqlite3.Connection, files: Iterable[Row], attachments: Iterable[Row]) -> None:
    """Adds files that are no notes, each with a row of `files` and one of `attachments`."""
    connection.executemany(ADD_FILE, files)
    connection.executemany(ADD_ATTACHMENT, attachments)


def delete_attachments(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Deletes files that are no notes."""
    gone = [(each,) for each in ids]
    connection.executemany("DELETE FROM attachments WHERE id = ?", gone)
    connection.executemany("DELETE FROM files WHERE id = ?", gone)
