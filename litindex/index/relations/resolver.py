"""Links, citations and headings to their targets (FORMAT 4.3, Z30), again only for what a change touches (B3).

Everything here is computed from the tables in the caller's transaction, and written only where it differs, so that
an index that followed a thousand edits equals one built from scratch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from operator import itemgetter

from litindex.index.database import as_json
from litindex.index.relations.affected import Touched
from litindex.index.relations.citekeys import Cited, linked_citekey
from litindex.index.relations.link_targets import File, find_target
from litindex.index.rows import LISTS, Row
from litindex.text_keys import heading_key, path_key, target_key, text_key

_COLUMNS = """
SELECT links.note_id, links.position, notes.folder, target, target_key, subpath, subpath_kind, resolution, target_note_id,
       target_attachment_id, target_heading, target_block
FROM links CROSS JOIN notes ON notes.id = links.note_id
WHERE scheme IS NULL
"""
ALL_LINKS = _COLUMNS
# What names alone do not tell: headings and blocks, and citekeys.
LINKS_INTO_TEXTS = (
    f"{_COLUMNS} AND (subpath_kind IN ('heading', 'block') OR (resolution = 'unresolved' AND instr(target, '@')))"
)
LINKS_OF_NOTES = f"{_COLUMNS} AND links.note_id IN (SELECT value FROM json_each(?))"
# As the index links_open has them, and those that a file of their name answers already.
OPEN_LINKS_TO_NAMES = f"""{_COLUMNS} AND (target_note_id IS NULL OR resolution = 'citation')
AND target_key IN (SELECT value FROM json_each(?))"""
ANSWERED_LINKS_TO_NAMES = f"""{_COLUMNS}
AND target_note_id IN (SELECT id FROM notes WHERE name_key IN (SELECT value FROM json_each(?1)))
AND target_key IN (SELECT value FROM json_each(?1))"""
LINKS_INTO_NOTES = f"""{_COLUMNS} AND target_note_id IN (SELECT value FROM json_each(?))
AND subpath_kind IN ('heading', 'block')"""
# The few [[@key]] whose key may be folded otherwise than as a file name.
ODD_CITEKEY_LINKS = f"{_COLUMNS} AND target_key GLOB '@*[^ -~]*'"
SET_LINK = """
UPDATE links
SET resolution = ?, target_note_id = ?, target_attachment_id = ?, target_heading = ?, target_block = ?
WHERE note_id = ? AND position = ?
"""

ALL_NOTES = "SELECT id, path FROM notes"
ALL_ATTACHMENTS = "SELECT id, path FROM attachments"
NOTES_NAMED = "SELECT id, path, path_key FROM notes WHERE name_key = ?"
ATTACHMENTS_NAMED = "SELECT id, path, path_key FROM attachments WHERE name_key = ?"
HEADINGS_OF = "SELECT position, level, text_key FROM headings WHERE note_id = ? ORDER BY position"
BLOCK_OF = "SELECT min(position) FROM blocks WHERE note_id = ? AND block_key = ?"

FORGET_ALL_MISSING = "DELETE FROM problems WHERE code = 'link-subpath-missing'"
FORGET_MISSING = f"{FORGET_ALL_MISSING} AND note_id IN (SELECT value FROM json_each(?))"
# L22. Not in notes whose headings were not read: excluded ones, drawings, notes too large.
_ADD_MISSING = """
INSERT INTO problems (note_id, path, code, severity, line, message)
SELECT links.note_id, notes.path, 'link-subpath-missing', 'warning', links.line,
       links.target || links.subpath || ': the note is there, this ' || links.subpath_kind || ' in it is not'
FROM links CROSS JOIN notes ON notes.id = links.note_id CROSS JOIN notes AS target ON target.id = links.target_note_id
CROSS JOIN files ON files.id = target.id
WHERE ((links.subpath_kind = 'heading' AND links.target_heading IS NULL)
    OR (links.subpath_kind = 'block' AND links.target_block IS NULL))
  AND target.excluded = 0 AND target.kind <> 'excalidraw' AND files.sha256 <> ''
"""
ADD_ALL_MISSING = f"{_ADD_MISSING} ORDER BY links.note_id, links.position"
ADD_MISSING = (
    f"{_ADD_MISSING} AND links.note_id IN (SELECT value FROM json_each(?)) ORDER BY links.note_id, links.position"
)

_CITATIONS = "SELECT note_id, position, citekey, target_note_id FROM citations"
ALL_CITATIONS = _CITATIONS
CITATIONS_OF_NOTES = f"{_CITATIONS} WHERE note_id IN (SELECT value FROM json_each(?))"
CITATIONS_OF_KEYS = f"{_CITATIONS} WHERE citekey_key IN (SELECT value FROM json_each(?))"
SET_CITATION = "UPDATE citations SET target_note_id = ? WHERE note_id = ? AND position = ?"

# An image annotation shows the attachment that its embed points to.
_IMAGE = """
(SELECT target_attachment_id FROM links WHERE links.note_id = annotations.note_id AND links.position = image_link)
"""
_IMAGES = f"""
UPDATE annotations SET attachment_id = {_IMAGE}
WHERE image_link IS NOT NULL AND attachment_id IS NOT {_IMAGE}
"""
SET_ALL_IMAGES = _IMAGES
SET_IMAGES_OF_NOTES = f"{_IMAGES} AND note_id IN (SELECT value FROM json_each(?))"


def resolve(connection: sqlite3.Connection, touched: Touched) -> int:
    """Finds the targets of what `touched` may touch; returns how many links were looked at."""
    links = _Links(connection, FileNames(connection))
    links.resolve(_touched_links(connection, touched))
    connection.execute(SET_IMAGES_OF_NOTES, (as_json(links.changed | touched.notes),))
    for statement in FORGET_MISSING, ADD_MISSING:
        connection.execute(statement, (as_json(links.with_parts | touched.notes),))
    _resolve_citations(connection, touched, links.cited)
    return links.count


def resolve_all(connection: sqlite3.Connection, names: ComingNames) -> int:
    """Finds the targets of everything, after `names` told of what has been written; returns how many links there are."""
    links = _Links(connection, names)
    links.resolve_all(connection.execute(LINKS_INTO_TEXTS if names.are_all else ALL_LINKS))
    for statement in SET_ALL_IMAGES, FORGET_ALL_MISSING, ADD_ALL_MISSING:
        connection.execute(statement)
    _resolve_citations(connection, None, links.cited)
    return names.count if names.are_all else links.count


_LinkRow = tuple[int, int, str, str, str, str | None, str | None, str, int | None, int | None, int | None, int | None]
"""note_id, position, folder, target, target_key, subpath, subpath_kind, and where it leads now"""
_CHUNK = 5000


def _touched_links(connection: sqlite3.Connection, touched: Touched) -> list[_LinkRow]:
    rows: set[_LinkRow] = set()
    rows.update(connection.execute(LINKS_OF_NOTES, (as_json(touched.notes),)))
    names = as_json(touched.names | {f"@{key}" for key in touched.citekeys})
    for query in OPEN_LINKS_TO_NAMES, ANSWERED_LINKS_TO_NAMES:
        rows.update(connection.execute(query, (names,)))
    rows.update(connection.execute(LINKS_INTO_NOTES, (as_json(touched.notes),)))
    if touched.citekeys:
        rows.update(connection.execute(ODD_CITEKEY_LINKS))
    return sorted(rows, key=lambda row: row[:2])


class _Links:
    """Points links to their targets. `with_parts`: notes with links to headings or blocks among those looked at."""

    def __init__(self, connection: sqlite3.Connection, files: Files) -> None:
        self._db = connection
        self._files = files
        self._parts = _Parts(connection)
        self.cited = Cited(connection)
        self.count = 0
        self.changed: set[int] = set()
        """Notes whose links lead elsewhere now."""
        self.with_parts: set[int] = set()

    def resolve_all(self, found: sqlite3.Cursor) -> None:
        """Some at a time: a large vault's links would not fit into the memory that a build may take."""
        while links := found.fetchmany(_CHUNK):
            self.resolve(links)
            self.changed.clear()
            self.with_parts.clear()

    def resolve(self, links: list[_LinkRow]) -> None:
        updates = []
        for note_id, position, folder, target, key, subpath, kind, *now in links:
            found = self._pointer(self._target(note_id, folder, target, key), subpath, kind)
            if found != tuple(now):
                updates.append((*found, note_id, position))
                self.changed.add(note_id)
            if kind in ("heading", "block"):
                self.with_parts.add(note_id)
        self._db.executemany(SET_LINK, updates)
        self.count += len(links)

    def _target(self, note_id: int, folder: str, target: str, key: str) -> tuple[str, File | None]:
        """How a link is resolved, and to which file: [[@key]] to the work with that citekey where no file is called so."""
        if not target:
            return "note", File(True, note_id, "", "")
        file = find_target(target, key, folder, self._files)
        if file is not None:
            return "note" if file.is_note else "attachment", file
        cited = self.cited(citekey) if (citekey := linked_citekey(target)) else None
        return ("citation", File(True, cited, "", "")) if cited is not None else ("unresolved", None)

    def _pointer(self, found: tuple[str, File | None], subpath: str | None, kind: str | None) -> _Pointer:
        resolution, file = found
        if file is None:
            return resolution, None, None, None, None
        if not file.is_note:
            return resolution, None, file.id, None, None
        heading = self._parts.heading(file.id, subpath) if subpath and kind == "heading" else None
        block = self._parts.block(file.id, subpath) if subpath and kind == "block" else None
        return resolution, file.id, None, heading, block


_Pointer = tuple[str, int | None, int | None, int | None, int | None]


class FileNames:
    """Files by the key of their name, looked up once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, list[File]] = {}

    def __call__(self, key: str) -> list[File]:
        files = self._known.get(key)
        if files is None:
            execute = self._connection.execute
            files = [File(True, *row) for row in execute(NOTES_NAMED, (key,))]
            files += [File(False, *row) for row in execute(ATTACHMENTS_NAMED, (key,))]
            self._known[key] = files
        return files


class ComingNames:
    """All files by the key of their name as they will be once the notes at `paths` (by their ids) are written: links are
    pointed at them before they are.
    """

    def __init__(self, connection: sqlite3.Connection, paths: Mapping[int, str]) -> None:
        self._first: dict[str, int] = {}
        """Ids alone: a File of each would take a tenth of what a large build may hold."""
        self._others: dict[str, list[int]] = {}
        self._notes = dict(paths)
        self._attachments: dict[int, str] = {}
        self.count = 0
        """Links that were pointed."""
        for note_id, path in connection.execute(ALL_NOTES):
            self._notes.setdefault(note_id, path)
        self._attachments.update(connection.execute(ALL_ATTACHMENTS))
        self.are_all = len(self._notes) == len(paths)
        """Whether no note stays that was there before."""
        for file_id, path in self._notes.items():
            self._add(target_key(path), file_id)
        for file_id, path in self._attachments.items():
            self._add(path_key(path.rpartition("/")[2]), file_id)

    def _add(self, key: str, file_id: int) -> None:
        if self._first.setdefault(key, file_id) != file_id:
            self._others.setdefault(key, []).append(file_id)

    def __call__(self, key: str) -> list[File]:
        first = self._first.get(key)
        return [] if first is None else [self._file(each) for each in (first, *self._others.get(key, ()))]

    def _file(self, file_id: int) -> File:
        is_note = file_id in self._notes
        path = self._notes[file_id] if is_note else self._attachments[file_id]
        return File(is_note, file_id, path, path_key(path))

    def point(self, links: Iterable[Row]) -> list[Row]:
        """Rows for `links` that lead where their names say."""
        return [row if _scheme_of(row) else (*row[:-3], *self._pointer(row)) for row in links]

    def _pointer(self, row: Row) -> tuple[str, int | None, int | None]:
        """resolution, target_note_id, target_attachment_id"""
        self.count += 1
        note_id, target, key = _link_of(row)
        if not target:
            return "note", note_id, None
        file = find_target(target, key, self._notes[note_id].rpartition("/")[0], self)
        if file is None:
            return "unresolved", None, None
        return ("note", file.id, None) if file.is_note else ("attachment", None, file.id)


Files = FileNames | ComingNames


def _column(name: str) -> int:
    """Where it stands in a row of links."""
    return 2 + LISTS["links"].index(name)


_link_of = itemgetter(0, _column("target"), _column("target_key"))
_scheme_of = itemgetter(_column("scheme"))


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
                position, level, key = headings[at]
                if key == part and level > depth:
                    found, start, depth = position, at + 1, level
                    break
            else:
                return None
        return found

    def block(self, note_id: int, subpath: str) -> int | None:
        """Block ids compare without case (L21)."""
        found: int | None = self._connection.execute(BLOCK_OF, (note_id, text_key(subpath[2:].strip()))).fetchone()[0]
        return found


# ---------------------------------------------------------------------------------------------------------- citations


def _resolve_citations(connection: sqlite3.Connection, touched: Touched | None, cited: Cited) -> None:
    updates = []
    for note_id, position, citekey, now in _citations(connection, touched):
        target = cited(citekey)
        if target != now:
            updates.append((target, note_id, position))
    connection.executemany(SET_CITATION, updates)


_CitationRow = tuple[int, int, str, int | None]
"""note_id, position, citekey, where it leads now"""


def _citations(connection: sqlite3.Connection, touched: Touched | None) -> list[_CitationRow]:
    if touched is None:
        return connection.execute(ALL_CITATIONS).fetchall()
    rows: set[_CitationRow] = set()
    rows.update(connection.execute(CITATIONS_OF_NOTES, (as_json(touched.notes),)))
    rows.update(connection.execute(CITATIONS_OF_KEYS, (as_json(touched.citekeys),)))
    return list(rows)
