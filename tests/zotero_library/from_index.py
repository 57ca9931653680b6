"""A Zotero library out of which the notes of an index could have been made: nothing differs, until a test changes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.zotero.uris import is_key
from tests.zotero_library import schema
from tests.zotero_library.zotero import Zotero

WORKS = """
SELECT w.note_id, w.citekey, w.title, w.item_type, w.date, w.date_raw, w.container, w.zotero_library, w.zotero_key,
       (SELECT group_concat(value, ' ') FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'doi') AS dois
FROM works w ORDER BY w.note_id
"""
CREATORS = "SELECT role, name, kind FROM note_authors WHERE note_id = ? ORDER BY position"
TAGS = """
SELECT DISTINCT nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id WHERE nt.note_id = ? AND t.kind = 'zotero'
"""
COLLECTIONS = "SELECT DISTINCT name FROM note_collections WHERE note_id = ?"
ANNOTATIONS = """
SELECT annotation_key, attachment_key, type, text, comment, color FROM annotations WHERE note_id = ? ORDER BY position
"""


def zotero_of(index: Path, folder: Path, version: int = schema.ZOTERO_7) -> Zotero:
    """The library, with an item for each work; of several notes about one item the first one's."""
    zotero = Zotero(folder, version)
    citekeys: dict[str, str] = {}
    with closing(sqlite3.connect(index)) as db:
        db.row_factory = sqlite3.Row
        for work in db.execute(WORKS).fetchall():
            key = work["zotero_key"]
            if key is None or not is_key(key):
                key = zotero.new_key()
            if not zotero.db.execute("SELECT 1 FROM items WHERE key = ?", (key,)).fetchone():
                _add(zotero, db, work, key)
                if work["citekey"]:
                    citekeys[key] = work["citekey"]
    zotero.better_bibtex(citekeys)
    return zotero


def _add(zotero: Zotero, db: sqlite3.Connection, work: sqlite3.Row, key: str) -> None:
    kind = known_type(work["item_type"] or "") or "journalArticle"
    fields: dict[str, Any] = {
        "title": work["title"],
        "date": work["date"] and f"{_padded(work['date'])} {work['date_raw'] or work['date']}",
        "publicationTitle": work["container"],
        "DOI": (work["dois"] or "").split(" ")[0] or None,
    }
    library = work["zotero_library"] if str(work["zotero_library"]).startswith("groups/") else "library"
    zotero.item(
        kind,
        key,
        {name: value for name, value in fields.items() if value},
        [(role, name) for role, name, _ in db.execute(CREATORS, (work["note_id"],)) if role in schema.CREATOR_TYPES],
        tags=[name for (name,) in db.execute(TAGS, (work["note_id"],))],
        collections=[name for (name,) in db.execute(COLLECTIONS, (work["note_id"],))],
        library=library,
    )
    _annotate(zotero, db, work["note_id"], key, library)


def _padded(date: str) -> str:
    """Zotero's own form: `2017-03-00`."""
    return "-".join([*date.split("-"), "00", "00"][:3])


def _annotate(zotero: Zotero, db: sqlite3.Connection, note_id: int, key: str, library: str) -> None:
    documents: dict[str | None, str] = {}
    rows = {row[0] or at: row for at, row in enumerate(db.execute(ANNOTATIONS, (note_id,)))}  # one may be quoted twice
    for annotation, document, kind, text, comment, color in rows.values():
        if document not in documents:
            documents[document] = document if document and is_key(document) else zotero.new_key()
            zotero.document(key, documents[document], library)
        zotero.annotation(
            documents[document],
            annotation or zotero.new_key(),
            kind or "highlight",
            text=text,
            comment=comment,
            color=color or "#ffd400",
            library=library,
        )
