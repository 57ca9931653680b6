"""Links, citations and headings to their targets (FORMAT 4.3, Z30), again only for what a change touches (B3).

Everything here is computed from the tables in the caller's transaction, and written only where it differs, so that
an index that followed a thousand edits equals one built afresh.
"""

from __future__ import annotations

import sqlite3

from litindex.index.affected import Touched
from litindex.index.canonical_names import as_json
from litindex.index.link_targets import File, find_target
from litindex.text_keys import heading_key, path_key, text_key

_COLUMNS = """
SELECT links.id, links.note_id, notes.folder, target, target_key, subpath, subpath_kind, resolution, target_note_id,
       target_attachment_id, target_heading_id, target_block_id
FROM links CROSS JOIN notes ON notes.id = links.note_id
WHERE scheme IS NULL
"""
ALL_LINKS = _COLUMNS
LINKS_OF_NOTES = f"{_COLUMNS} AND links.note_id IN (SELECT value FROM json_each(?))"
LINKS_TO_NAMES = f"{_COLUMNS} AND target_key IN (SELECT value FROM json_each(?))"
LINKS_INTO_NOTES = f"""{_COLUMNS} AND target_note_id IN (SELECT value FROM json_each(?))
AND subpath_kind IN ('heading', 'block')"""
SET_LINK = """
UPDATE links
SET resolution = ?, target_note_id = ?, target_attachment_id = ?, target_heading_id = ?, target_block_id = ?
WHERE id = ?
"""

ALL_NOTES = "SELECT name_key, id, path, path_key FROM notes"
ALL_ATTACHMENTS = "SELECT name_key, id, path, path_key FROM attachments"
NOTES_NAMED = "SELECT id, path, path_key FROM notes WHERE name_key = ?"
ATTACHMENTS_NAMED = "SELECT id, path, path_key FROM attachments WHERE name_key = ?"
HEADINGS_OF = "SELECT id, level, text_key FROM headings WHERE note_id = ? ORDER BY id"
BLOCK_OF = "SELECT min(id) FROM blocks WHERE note_id = ? AND block_key = ?"

FORGET_ALL_MISSING = "DELETE FROM problems WHERE code = 'link-subpath-missing'"
FORGET_MISSING = f"{FORGET_ALL_MISSING} AND note_id IN (SELECT value FROM json_each(?))"
# L22. Not in notes whose headings were not read: excluded ones, drawings, notes too large.
_ADD_MISSING = """
INSERT INTO problems (note_id, path, code, severity, line, message)
SELECT links.note_id, notes.path, 'link-subpath-missing', 'warning', links.line,
       links.raw || ': the note is there, this ' || links.subpath_kind || ' in it is not'
FROM links CROSS JOIN notes ON notes.id = links.note_id CROSS JOIN notes AS target ON target.id = links.target_note_id
WHERE ((links.subpath_kind = 'heading' AND links.target_heading_id IS NULL)
    OR (links.subpath_kind = 'block' AND links.target_block_id IS NULL))
  AND target.excluded = 0 AND target.kind <> 'excalidraw' AND target.sha256 <> ''
"""
ADD_ALL_MISSING = f"{_ADD_MISSING} ORDER BY links.id"
ADD_MISSING = f"{_ADD_MISSING} AND links.note_id IN (SELECT value FROM json_each(?)) ORDER BY links.id"

_CITATIONS = "SELECT id, citekey, citekey_key, target_note_id FROM citations"
ALL_CITATIONS = _CITATIONS
CITATIONS_OF_NOTES = f"{_CITATIONS} WHERE note_id IN (SELECT value FROM json_each(?))"
CITATIONS_OF_KEYS = f"{_CITATIONS} WHERE citekey_key IN (SELECT value FROM json_each(?))"
NOTE_NAMED = "SELECT id FROM notes WHERE name_key = ? ORDER BY path LIMIT 1"
WORK_WITH_KEY = """
SELECT works.note_id FROM works JOIN notes ON notes.id = works.note_id
WHERE citekey_key = ?
ORDER BY notes.path
LIMIT 1
"""
SET_CITATION = "UPDATE citations SET target_note_id = ? WHERE id = ?"

# An image annotation shows the attachment that its embed points to.
_IMAGES = """
UPDATE annotations
SET attachment_id = (SELECT target_attachment_id FROM links WHERE links.id = image_link_id)
WHERE image_link_id IS NOT NULL
  AND attachment_id IS NOT (SELECT target_attachment_id FROM links WHERE links.id = image_link_id)
"""
SET_ALL_IMAGES = _IMAGES
SET_IMAGES = f"{_IMAGES} AND image_link_id IN (SELECT value FROM json_each(?))"
SET_IMAGES_OF_NOTES = f"{_IMAGES} AND note_id IN (SELECT value FROM json_each(?))"


def resolve(connection: sqlite3.Connection, touched: Touched | None) -> int:
    """Finds the targets of what `touched` may touch (None: of everything); returns how many links were looked at."""
    links = _Links(connection, everything=touched is None)
    if touched is None:
        links.resolve_all()
        for statement in SET_ALL_IMAGES, FORGET_ALL_MISSING, ADD_ALL_MISSING:
            connection.execute(statement)
    else:
        links.resolve(_touched_links(connection, touched))
        connection.execute(SET_IMAGES, (as_json(links.changed),))
        connection.execute(SET_IMAGES_OF_NOTES, (as_json(touched.notes),))
        for statement in FORGET_MISSING, ADD_MISSING:
            connection.execute(statement, (as_json(links.with_parts | touched.notes),))
    _resolve_citations(connection, touched)
    return links.count


_LinkRow = tuple[int, int, str, str, str, str | None, str | None, str, int | None, int | None, int | None, int | None]
_CHUNK = 5000


def _touched_links(connection: sqlite3.Connection, touched: Touched) -> list[_LinkRow]:
    rows: set[_LinkRow] = set()
    rows.update(connection.execute(LINKS_OF_NOTES, (as_json(touched.notes),)))
    rows.update(connection.execute(LINKS_TO_NAMES, (as_json(touched.names),)))
    rows.update(connection.execute(LINKS_INTO_NOTES, (as_json(touched.notes),)))
    return sorted(rows, key=lambda row: row[0])


class _Links:
    """Points links to their targets. `with_parts`: notes with links to headings or blocks among those looked at."""

    def __init__(self, connection: sqlite3.Connection, *, everything: bool) -> None:
        self._db = connection
        self._files = FileNames(connection, load_all=everything)
        self._parts = _Parts(connection)
        self.count = 0
        self.changed: list[int] = []
        self.with_parts: set[int] = set()

    def resolve_all(self) -> None:
        """Some at a time: a large vault's links would not fit into the memory that a build may take."""
        cursor = self._db.execute(ALL_LINKS)
        while links := cursor.fetchmany(_CHUNK):
            self.resolve(links)
            self.changed.clear()
            self.with_parts.clear()

    def resolve(self, links: list[_LinkRow]) -> None:
        updates = []
        for link_id, note_id, folder, target, key, subpath, kind, *now in links:
            file = find_target(target, key, folder, self._files) if target else File(True, note_id, "", "")
            found = self._pointer(file, subpath, kind)
            if found != tuple(now):
                updates.append((*found, link_id))
            if kind in ("heading", "block"):
                self.with_parts.add(note_id)
        self._db.executemany(SET_LINK, updates)
        self.count += len(links)
        self.changed += [update[-1] for update in updates]

    def _pointer(self, file: File | None, subpath: str | None, kind: str | None) -> _Pointer:
        if file is None:
            return "unresolved", None, None, None, None
        if not file.is_note:
            return "attachment", None, file.id, None, None
        heading = self._parts.heading(file.id, subpath) if subpath and kind == "heading" else None
        block = self._parts.block(file.id, subpath) if subpath and kind == "block" else None
        return "note", file.id, None, heading, block


_Pointer = tuple[str, int | None, int | None, int | None, int | None]


class FileNames:
    """Files by the key of their name, looked up once each, or all at once."""

    def __init__(self, connection: sqlite3.Connection, *, load_all: bool) -> None:
        self._connection = connection
        self._known: dict[str, list[File]] = {}
        self._has_all = load_all
        if load_all:
            for query, is_note in (ALL_NOTES, True), (ALL_ATTACHMENTS, False):
                for key, *file in connection.execute(query):
                    self._known.setdefault(key, []).append(File(is_note, *file))

    def __call__(self, key: str) -> list[File]:
        files = self._known.get(key)
        if files is None and not self._has_all:
            execute = self._connection.execute
            files = [File(True, *row) for row in execute(NOTES_NAMED, (key,))]
            files += [File(False, *row) for row in execute(ATTACHMENTS_NAMED, (key,))]
            self._known[key] = files
        return files or []


class _Parts:
    """Headings and blocks of target notes, looked up once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._headings: dict[int, list[tuple[int, int, str]]] = {}

    def heading(self, note_id: int, subpath: str) -> int | None:
        """The first heading that fits, each further part of a chain below and deeper than the one before (L20)."""
        headings = self._headings.get(note_id)
        if headings is None:
            headings = self._headings[note_id] = self._connection.execute(HEADINGS_OF, (note_id,)).fetchall()
        found, start, depth = None, 0, 0
        for part in filter(None, map(heading_key, subpath.split("#"))):
            for at in range(start, len(headings)):
                heading_id, level, key = headings[at]
                if key == part and level > depth:
                    found, start, depth = heading_id, at + 1, level
                    break
            else:
                return None
        return found

    def block(self, note_id: int, subpath: str) -> int | None:
        """Block ids compare without case (L21)."""
        found: int | None = self._connection.execute(BLOCK_OF, (note_id, text_key(subpath[2:].strip()))).fetchone()[0]
        return found


# ---------------------------------------------------------------------------------------------------------- citations


def _resolve_citations(connection: sqlite3.Connection, touched: Touched | None) -> None:
    """Z30: the note `@key`, else the first work with that citekey."""
    targets: dict[str, int | None] = {}
    updates = []
    for citation_id, citekey, key, now in _citations(connection, touched):
        if citekey not in targets:
            targets[citekey] = _cited(connection, citekey, key)
        if targets[citekey] != now:
            updates.append((targets[citekey], citation_id))
    connection.executemany(SET_CITATION, updates)


_CitationRow = tuple[int, str, str, int | None]


def _citations(connection: sqlite3.Connection, touched: Touched | None) -> list[_CitationRow]:
    if touched is None:
        return connection.execute(ALL_CITATIONS).fetchall()
    rows: set[_CitationRow] = set()
    rows.update(connection.execute(CITATIONS_OF_NOTES, (as_json(touched.notes),)))
    rows.update(connection.execute(CITATIONS_OF_KEYS, (as_json(touched.citekeys),)))
    return list(rows)


def _cited(connection: sqlite3.Connection, citekey: str, key: str) -> int | None:
    for query, parameter in (NOTE_NAMED, path_key(f"@{citekey}")), (WORK_WITH_KEY, key):
        found = connection.execute(query, (parameter,)).fetchone()
        if found:
            return int(found[0])
    return None
