"""What the notes of an index say of Zotero's items, as values."""

from __future__ import annotations

import sqlite3
from typing import Any

from litindex.parser.vocabulary.keys import field_of
from litindex.query.notes.note_details import obsidian_uri
from litindex.zotero_library.imported_note import ImportedNote, NoteAnnotation, NoteCreator
from litindex.zotero_library.reading.statements import grouped, statement

_VAULT = "SELECT value FROM meta WHERE key = 'vault'"


def read_notes(connection: sqlite3.Connection) -> list[ImportedNote]:
    """The literature notes of the index, by path."""
    (vault,) = connection.execute(_VAULT).fetchone() or (None,)
    creators, dois, tags, collections, annotations, keys = (
        grouped(connection, f"note-{name}")
        for name in ("creators", "dois", "tags", "collections", "annotations", "keys")
    )

    def claimed(note_id: int, field: str, rows: list[tuple[Any, ...]]) -> tuple[str, ...] | None:
        has_place = any(field_of(key) == field for (key,) in keys[note_id])
        return tuple(name for (name,) in rows) if rows or has_place else None

    cursor = connection.execute(statement("notes"))
    names = [column[0] for column in cursor.description]
    notes = []
    for row in cursor:
        values = dict(zip(names, row, strict=True))
        note_id = values.pop("note_id")
        notes.append(
            ImportedNote(
                **values,
                creators=tuple(NoteCreator(*each) for each in creators[note_id]),
                dois=tuple(doi for (doi,) in dois[note_id]),
                tags=claimed(note_id, "zotero_tags", tags[note_id]),
                collections=claimed(note_id, "collections", collections[note_id]),
                annotations=tuple(NoteAnnotation(*each) for each in annotations[note_id]),
                uri=obsidian_uri(vault, values["path"]),
            )
        )
    return notes
