"""What an index holds of one note, read by SQL, in the form that vectors expect (README.md, "Keys of `expect`")."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from litindex.parser.zotero.persist_blocks import find_persist_blocks

from . import typed, zotero

Rows = list[dict[str, Any]]

VAULT_WIDE_PROBLEMS = ("path-case-collision", "symlink-skipped")

NOTE = "SELECT * FROM notes WHERE id = ?"
WORK = "SELECT *, made_by AS source FROM works WHERE note_id = ?"
FRONTMATTER = "SELECT frontmatter FROM note_texts WHERE note_id = ?"
ALIASES = "SELECT alias FROM aliases WHERE note_id = ? ORDER BY position"
TAGS = "SELECT name FROM note_tags WHERE note_id = ? AND source = ? ORDER BY position"
TAG_ROWS = """
SELECT t.tag_key, p.tag_key, t.depth FROM tags t LEFT JOIN tags p ON p.id = t.parent_id
WHERE t.kind = 'obsidian' ORDER BY t.tag_key"""
LINKS = """
SELECT l.syntax, l.is_embed AS embed, l.target, l.subpath, l.subpath_kind, l.display, l.line, l.scheme, l.resolution,
       l.property, coalesce(n.path, a.path) AS resolved, coalesce(h.line, b.line) AS resolved_line
FROM links l
LEFT JOIN notes n ON n.id = l.target_note_id
LEFT JOIN attachments a ON a.id = l.target_attachment_id
LEFT JOIN headings h ON h.note_id = l.target_note_id AND h.position = l.target_heading
LEFT JOIN blocks b ON b.note_id = l.target_note_id AND b.position = l.target_block
WHERE l.note_id = ? AND l.source = ? ORDER BY l.position"""
FIELDS = """
SELECT f.note_id, f.position, f.name, f.source, f.form, f.scope, f.occurrence, f.subkey AS path, f.item, f.type,
       f.value_text, f.value_number, f.value_date, coalesce(f.raw, f.value_text) AS raw, f.line, k.key, l.target AS link_target, l.subpath AS link_subpath, l.display AS link_display,
       l.is_embed AS link_embed
FROM fields f JOIN field_keys k ON k.id = f.key_id LEFT JOIN links l ON l.note_id = f.note_id AND l.position = f.link
WHERE f.note_id = ? ORDER BY f.source = 'inline', f.position"""
HEADINGS = "SELECT level, text, line FROM headings WHERE note_id = ? ORDER BY position"
BLOCKS = "SELECT block_id AS id, kind, line, line_start, line_end FROM blocks WHERE note_id = ? ORDER BY position"
CALLOUTS = "SELECT * FROM callouts WHERE note_id = ? ORDER BY position"
TASKS = """
SELECT t.position, t.parent, t.status, t.completed, t.text, t.line, t.created, t.scheduled, t.start, t.due, t.completion,
       h.text AS heading
FROM tasks t LEFT JOIN headings h ON h.note_id = t.note_id AND h.position = t.heading
WHERE t.note_id = ? ORDER BY t.position"""
FOOTNOTES = "SELECT label, text, line FROM footnotes WHERE note_id = ? ORDER BY position"
PERSIST = "SELECT name, is_default, line_start, line_end FROM persist_blocks WHERE note_id = ? ORDER BY position"
ANNOTATIONS = """
SELECT a.*, l.target AS image FROM annotations a LEFT JOIN links l ON l.note_id = a.note_id AND l.position = a.image_link
WHERE a.note_id = ? ORDER BY a.position"""
ANNOTATION_TAGS = """
SELECT coalesce(nt.name, t.name) AS tag
FROM annotation_tags x JOIN annotations a ON a.id = x.annotation_id JOIN tags t ON t.id = x.tag_id
LEFT JOIN note_tags nt ON nt.note_id = a.note_id AND nt.tag_id = t.id
WHERE x.annotation_id = ? GROUP BY t.id ORDER BY min(nt.position), t.id"""
ZOTERO_NOTES = "SELECT * FROM zotero_notes WHERE note_id = ? ORDER BY position"
CREATORS = """
SELECT na.name, na.role, na.role_position, na.position + 1 AS position, a.kind, a.family, a.given, a.particle, a.suffix
FROM note_authors na JOIN authors a ON a.id = na.author_id WHERE na.note_id = ? ORDER BY na.position"""
IDENTIFIERS = "SELECT scheme, value FROM identifiers WHERE note_id = ? ORDER BY position"
COLLECTIONS = "SELECT name FROM note_collections WHERE note_id = ? ORDER BY position"
CITATIONS = """
SELECT c.kind, c.citekey, c.locator, c.line, t.path AS target
FROM citations c LEFT JOIN notes t ON t.id = c.target_note_id WHERE c.note_id = ? ORDER BY c.position"""
PROBLEMS = f"""
SELECT DISTINCT code FROM problems
WHERE note_id = ? OR note_id IS NULL OR code IN {VAULT_WIDE_PROBLEMS} ORDER BY code"""


def read(db: sqlite3.Connection, key: str, path: str) -> object:
    """What the index holds of the note at `path` under a key of `expect`; LookupError when it has no such note."""
    db.row_factory = sqlite3.Row
    note = db.execute("SELECT id FROM notes WHERE path = ?", (nfc(path),)).fetchone()
    if note is None:
        raise LookupError(f"no note {path!r} in the index")
    return READERS[key](db, note["id"])


def files(db: sqlite3.Connection, on_disk: Iterable[str]) -> dict[str, set[str]]:
    """Where each file of the vault went: `ignored` are those that are in no table."""
    notes = {row[0]: row[1] for row in db.execute("SELECT path, excluded FROM notes")}
    attachments = {row[0] for row in db.execute("SELECT path FROM attachments")}
    return {
        "notes": {path for path, excluded in notes.items() if not excluded},
        "excluded": {path for path, excluded in notes.items() if excluded},
        "attachments": attachments,
        "ignored": {nfc(path) for path in on_disk} - notes.keys() - attachments,
    }


def nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _rows(db: sqlite3.Connection, sql: str, *parameters: object) -> Rows:
    """Rows as objects; `line_start` and `line_end` are `lines` too."""
    rows = [dict(row) for row in db.execute(sql, parameters)]
    for row in rows:
        if "line_start" in row:
            row["lines"] = [row["line_start"], row["line_end"]]
    return rows


def _reader(sql: str) -> Callable[[sqlite3.Connection, int], Rows]:
    return lambda db, note: _rows(db, sql, note)


def _column(sql: str) -> Callable[[sqlite3.Connection, int], list[Any]]:
    return lambda db, note: [row[0] for row in db.execute(sql, (note,))]


def _first(rows: Rows) -> dict[str, Any] | None:
    return rows[0] if rows else None


def _frontmatter(db: sqlite3.Connection, note: int) -> dict[str, Any]:
    row = _rows(db, NOTE, note)[0]
    text = db.execute(FRONTMATTER, (note,)).fetchone()
    return {
        "state": row["frontmatter_state"],
        "end_line": row["frontmatter_end"],
        "data": json.loads(text[0]) if text and text[0] is not None else None,
    }


def _tags(db: sqlite3.Connection, note: int) -> dict[str, list[str]]:
    sources = ("frontmatter", "inline", "zotero")
    return {source: [row[0] for row in db.execute(TAGS, (note, source))] for source in sources}


def _tag_rows(db: sqlite3.Connection, note: int) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(TAG_ROWS)]


def _fields(db: sqlite3.Connection, note: int) -> Rows:
    inline = [row for row in db.execute(FIELDS, (note,)) if row["source"] == "inline"]
    statements = (list(rows) for _, rows in groupby(inline, key=lambda row: row["occurrence"]))
    return [{**dict(rows[0]), "value": typed.field_value(rows)} for rows in statements]


def _field_values(db: sqlite3.Connection, note: int) -> dict[str, list[str | None]]:
    values: dict[str, list[str | None]] = {}
    for row in db.execute(FIELDS, (note,)):
        values.setdefault(row["key"], []).append(row["value_text"])
    return values


def _properties(db: sqlite3.Connection, note: int) -> list[sqlite3.Row]:
    return [row for row in db.execute(FIELDS, (note,)) if row["source"] == "frontmatter"]


def _property_rows(db: sqlite3.Connection, note: int) -> list[tuple[Any, ...]]:
    return [(row["key"], row["path"], row["item"], row["value_text"]) for row in _properties(db, note)]


def _property_types(db: sqlite3.Connection, note: int) -> dict[str, str]:
    return {row["key"]: row["type"] for row in reversed(_properties(db, note))}


def _persist(db: sqlite3.Connection, note: int) -> Rows:
    """With the text between the markers, which stands in the body."""
    first = db.execute("SELECT coalesce(frontmatter_end, 0) + 1 FROM notes WHERE id = ?", (note,)).fetchone()[0]
    body = db.execute("SELECT body FROM note_texts WHERE note_id = ?", (note,)).fetchone()[0].split("\n")
    texts = {block.line_start: block.text for block in find_persist_blocks(body, first)[0]}
    return [{**row, "text": texts[row["line_start"]]} for row in _rows(db, PERSIST, note)]


def _annotations(db: sqlite3.Connection, note: int) -> Rows:
    rows = _rows(db, ANNOTATIONS, note)
    return [{**row, "tags": _column(ANNOTATION_TAGS)(db, row["id"])} for row in rows]


def _creator_parts(db: sqlite3.Connection, note: int) -> list[tuple[Any, ...]]:
    return [(row["family"], row["given"], row["particle"], row["suffix"]) for row in _rows(db, CREATORS, note)]


def _identifiers(db: sqlite3.Connection, note: int) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(IDENTIFIERS, (note,))]


def _import_date(db: sqlite3.Connection, note: int) -> str | None:
    return db.execute("SELECT imported_at FROM notes WHERE id = ?", (note,)).fetchone()[0]  # type: ignore[no-any-return]


def _zotero_refs(db: sqlite3.Connection, note: int) -> list[dict[str, Any] | None]:
    return [zotero.parsed(row["target"]) for row in _rows(db, LINKS, note, "body")]


READERS: dict[str, Callable[[sqlite3.Connection, int], object]] = {
    "note": lambda db, note: _rows(db, NOTE, note)[0],
    "frontmatter": _frontmatter,
    "aliases": _column(ALIASES),
    "tags": _tags,
    "tag_rows": _tag_rows,
    "links": lambda db, note: _rows(db, LINKS, note, "body"),
    "property_links": lambda db, note: _rows(db, LINKS, note, "frontmatter"),
    "fields": _fields,
    "field_values": _field_values,
    "property_rows": _property_rows,
    "property_types": _property_types,
    "headings": _reader(HEADINGS),
    "blocks": _reader(BLOCKS),
    "callouts": _reader(CALLOUTS),
    "tasks": _reader(TASKS),
    "footnotes": _reader(FOOTNOTES),
    "persist": _persist,
    "import_date": _import_date,
    "annotations": _annotations,
    "zotero_notes": _reader(ZOTERO_NOTES),
    "zotero_refs": _zotero_refs,
    "work": lambda db, note: _first(_rows(db, WORK, note)),
    "creators": _reader(CREATORS),
    "creator_parts": _creator_parts,
    "identifiers": _identifiers,
    "collections": _column(COLLECTIONS),
    "citations": _reader(CITATIONS),
    "problems": _column(PROBLEMS),
}
"""For each key of `expect` that is about the note itself, how it is read."""
