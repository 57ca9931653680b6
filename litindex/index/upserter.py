"""All SQL that writes the rows of one note. Nothing here commits: the caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from litindex.index.rows import NOTE_COLUMNS, ROWS_PER_NOTE, WORK_COLUMNS, Row, Rows

# The shared dimensions first: rows after them find their ids by key. A first spelling stays until `dimensions.refresh`.
ADD_TAG = """
INSERT INTO tags (kind, tag_key, name, leaf, depth, parent_id, first_note_id)
VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM tags WHERE kind = ?1 AND tag_key = ?6), ?7)
ON CONFLICT DO NOTHING
"""
ADD_AUTHOR = """
INSERT INTO authors (name_key, first_note_id, name, kind, family, given, particle, suffix, family_key, given_key,
initials)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
ADD_COLLECTION = "INSERT INTO collections (path_key, first_note_id, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
ADD_FIELD_KEY = "INSERT INTO field_keys (key) VALUES (?) ON CONFLICT DO NOTHING"

ADD_NOTE_TAG = """
INSERT INTO note_tags (note_id, tag_id, source, line, count, name, position)
VALUES (?, (SELECT id FROM tags WHERE kind = ? AND tag_key = ?), ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
ADD_IDENTIFIER = (
    "INSERT INTO identifiers (id, note_id, scheme, value, raw) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
ADD_NOTE_AUTHOR = """
INSERT INTO note_authors (note_id, position, author_id, role, role_position, raw, line, name, parts)
VALUES (?, ?, (SELECT id FROM authors WHERE name_key = ?), ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
ADD_NOTE_COLLECTION = """
INSERT INTO note_collections (note_id, collection_id, name, position)
VALUES (?, (SELECT id FROM collections WHERE path_key = ?), ?, ?)
ON CONFLICT DO NOTHING
"""
ADD_ANNOTATION_TAG = """
INSERT INTO annotation_tags (annotation_id, tag_id)
VALUES (?, (SELECT id FROM tags WHERE kind = 'obsidian' AND tag_key = ?))
ON CONFLICT DO NOTHING
"""


def _insert(table: str, columns: str) -> str:
    names = columns.split()
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_NOTE = f"id size mtime_ns ctime_ns ino sha256 path_bytes {' '.join(NOTE_COLUMNS)}"

_LINK = "id note_id position syntax source property is_embed target target_key subpath subpath_kind display raw line"
_HEADING = "id note_id position level text text_key line parent_id"
_TASK = "id note_id position parent_id heading_id status completed text line created scheduled start due completion"
_ANNOTATION = (
    "id note_id position type color color_name heading page page_label text comment image_link_id attachment_key"
    " annotation_key library uri imported_at line"
)

_FIELD = "source form scope occurrence path item type raw value_text value_number value_date link_id task_id line"
ADD_FIELD = f"""
INSERT INTO fields (id, note_id, name, key_id, {", ".join(_FIELD.split())})
VALUES (?, ?, ?, (SELECT id FROM field_keys WHERE key = ?), {", ".join("?" * len(_FIELD.split()))})
"""

# A note that is known keeps its row and its id (B3).
UPSERT_NOTE = f"""{_insert("notes", _NOTE)}
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _NOTE.split()[1:])}
"""

INSERTS = {
    "notes": UPSERT_NOTE,
    "note_texts": _insert("note_texts", "note_id title aliases authors abstract body own grams frontmatter"),
    "tags": ADD_TAG,
    "authors": ADD_AUTHOR,
    "collections": ADD_COLLECTION,
    "field_keys": ADD_FIELD_KEY,
    "aliases": _insert("aliases", "id note_id position alias alias_key"),
    "note_tags": ADD_NOTE_TAG,
    "headings": _insert("headings", _HEADING),
    "blocks": _insert("blocks", "id note_id block_id block_key kind line line_start line_end"),
    "callouts": _insert(
        "callouts", "id note_id position parent_id depth type canonical_type metadata title fold line_start line_end"
    ),
    "tasks": _insert("tasks", _TASK),
    "footnotes": _insert("footnotes", "id note_id label label_key text line"),
    "links": _insert("links", f"{_LINK} resolution scheme"),
    "fields": ADD_FIELD,
    "works": _insert("works", f"note_id creators tags doi title_key {' '.join(WORK_COLUMNS)}"),
    "identifiers": ADD_IDENTIFIER,
    "note_authors": ADD_NOTE_AUTHOR,
    "note_collections": ADD_NOTE_COLLECTION,
    "statements": _insert("statements", "note_id position slot verdict value source key raw line"),
    "citations": _insert("citations", "id note_id position kind citekey citekey_key locator line"),
    "annotations": _insert("annotations", _ANNOTATION),
    "annotation_tags": ADD_ANNOTATION_TAG,
    "zotero_notes": _insert(
        "zotero_notes", "id note_id position zotero_key library uri modified text line_start line_end"
    ),
    "persist_blocks": _insert("persist_blocks", "id note_id position name text is_default line_start line_end"),
    "problems": _insert("problems", "note_id path code severity line message"),
}


def _select(table: str, *columns: str) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"


# What is found later (targets) or stands elsewhere (keys) as the rows of `INSERTS` have it.
WRITTEN = {
    "links": _select("links", *_LINK.split(), "iif(scheme IS NULL, 'unresolved', 'external')", "scheme"),
    "headings": _select("headings", *_HEADING.split()),
    "tasks": _select("tasks", *_TASK.split()),
    "fields": _select(
        "fields", "id", "note_id", "name", "(SELECT key FROM field_keys WHERE field_keys.id = key_id)",
        *_FIELD.split(),
    ),
    "annotations": _select("annotations", *_ANNOTATION.split()),
}  # fmt: skip
"""The rows of a note in the tables that are dear to write. Those that others refer to come first."""
_REFERS_TO = {"tasks": {"headings"}, "fields": {"links", "tasks"}, "annotations": {"links"}}

OF_A_NOTE = ("note_texts", "note_tags", "statements", "note_authors", "note_collections", "works", "problems")
"""Tables where the rows of a note are found by note_id."""
BY_POSITION = ["fields", "tasks", "aliases", "headings", "blocks", "callouts", "footnotes", "links", "citations"]
BY_POSITION += ["identifiers", "annotations", "zotero_notes", "persist_blocks"]
"""Tables whose ids are note_id * 65536 + position."""

TOUCH_NOTE = """
UPDATE notes SET size = ?, mtime_ns = ?, ctime_ns = ?, ino = ?
WHERE id = ? AND (size, mtime_ns, ctime_ns, ino) <> (?, ?, ?, ?)
"""
MOVE_NOTE = """
UPDATE notes SET path = ?, path_key = ?, folder = ?, path_bytes = ?, size = ?, mtime_ns = ?, ctime_ns = ?, ino = ?
WHERE id = ?
"""
MOVE_PROBLEMS = "UPDATE problems SET path = ? WHERE note_id = ?"

ADD_ATTACHMENT = _insert(
    "attachments", "id path path_key name name_key folder extension kind size mtime_ns ctime_ns ino"
)
TOUCH_ATTACHMENT = "UPDATE attachments SET size = ?, mtime_ns = ?, ctime_ns = ?, ino = ? WHERE id = ?"


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
            delete_note(connection, note_id)
        raise


def write_rows(connection: sqlite3.Connection, rows: Rows) -> int:
    """Adds the rows of one or many notes, of which there is no content yet; returns how many rows that were."""
    for table, statement in INSERTS.items():
        if batch := rows.get(table):
            connection.executemany(statement, batch)
    return sum(map(len, rows.values()))


def unchanged(connection: sqlite3.Connection, note_id: int, rows: Rows) -> set[str]:
    """The tables in which the note has the rows already that `rows` has for it: most of them after most edits. Rows
    whose deletion would be felt in others go with these.
    """
    same: set[str] = set()
    for table, query in WRITTEN.items():
        if same >= _REFERS_TO.get(table, set()):
            wanted = [row for row in rows.get(table, ()) if row[1] == note_id]
            if connection.execute(query, _ids(note_id)).fetchall() == wanted:
                same.add(table)
    return same


def forget_content(connection: sqlite3.Connection, note_id: int, *, spared: Collection[str] = ()) -> None:
    """Deletes all that the note says, not its own row. Relies neither on foreign keys nor on indexes by note."""
    connection.execute("DELETE FROM annotation_tags WHERE annotation_id BETWEEN ? AND ?", _ids(note_id))
    for table in BY_POSITION:
        if table not in spared:
            connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", _ids(note_id))
    for table in OF_A_NOTE:
        connection.execute(f"DELETE FROM {table} WHERE note_id = ?", (note_id,))


def _ids(note_id: int) -> tuple[int, int]:
    """The first and last id that a row of the note can have."""
    return note_id * ROWS_PER_NOTE, (note_id + 1) * ROWS_PER_NOTE - 1


def delete_note(connection: sqlite3.Connection, note_id: int) -> None:
    forget_content(connection, note_id)
    connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))


def add_attachments(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executemany(ADD_ATTACHMENT, rows)


def delete_attachments(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    connection.executemany("DELETE FROM attachments WHERE id = ?", ((each,) for each in ids))
