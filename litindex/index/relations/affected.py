"""What a run touches, as far as rows of other notes may hang on it: which links, citations, spellings and collisions
to look at again afterwards."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from litindex.text_keys import person_key

NAMES_OF = "SELECT name_key, path_key FROM notes WHERE id = ?"
CITEKEY_OF = "SELECT citekey_key FROM works WHERE note_id = ? AND citekey_key IS NOT NULL"
TAGS_OF = "SELECT tag_id FROM note_tags WHERE note_id = ?"
AUTHORS_OF = "SELECT author_id FROM note_authors WHERE note_id = ?"
COLLECTIONS_OF = "SELECT collection_id FROM note_collections WHERE note_id = ?"
KEYS_OF = "SELECT key_id FROM fields WHERE note_id = ?"


@dataclass
class Touched:
    """Ids and keys, before and after the run alike."""

    notes: set[int] = field(default_factory=set)
    """Notes with new rows, and notes that moved."""
    places: set[int] = field(default_factory=set)
    """Those of them that came, went or moved."""
    names: set[str] = field(default_factory=set)
    """Name keys of files that came, went or moved."""
    path_keys: set[str] = field(default_factory=set)
    citekeys: set[str] = field(default_factory=set)
    """citekey_keys that a note of those has or had, as its citekey or in its name (`@key`)."""
    tags: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)
    collections: set[int] = field(default_factory=set)
    field_keys: set[int] = field(default_factory=set)

    def add_note(self, connection: sqlite3.Connection, note_id: int, *, comes_or_goes: bool) -> None:
        """What hangs on the note as the tables have it now: to be called before its rows go and after new ones came."""
        self.notes.add(note_id)
        if comes_or_goes:
            self.places.add(note_id)
        self.citekeys.update(key for (key,) in connection.execute(CITEKEY_OF, (note_id,)))
        for name_key, path_key in connection.execute(NAMES_OF, (note_id,)):
            self.path_keys.add(path_key)
            if comes_or_goes:
                self._add_name(name_key)
        for ids, query in (
            (self.tags, TAGS_OF),
            (self.authors, AUTHORS_OF),
            (self.collections, COLLECTIONS_OF),
            (self.field_keys, KEYS_OF),
        ):
            ids.update(row[0] for row in connection.execute(query, (note_id,)))

    def add_attachment(self, name_key: str, path_key: str) -> None:
        self.names.add(name_key)
        self.path_keys.add(path_key)

    def _add_name(self, name_key: str) -> None:
        self.names.add(name_key)
        if name_key.startswith("@"):
            self.citekeys.add(person_key(name_key[1:]))
