"""Links, citations and headings to their targets (FORMAT 4.3, Z30), again only for what a change touches (B3).

Everything here is computed from the tables in the caller's transaction, and written only where it differs, so that
an index that followed a thousand edits equals one built afresh.
"""

from __future__ import annotations

import posixpath
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from litindex.dimensions import as_json
from litindex.parser.links import fold, heading_key, path_key, target_key
from litindex.touched import Touched

_COLUMNS = """
SELECT links.id, links.note_id, notes.folder, target, target_key, subpath, subpath_kind, resolution, target_note_id,
       target_attachment_id, target_heading_id, target_block_id
FROM links JOIN notes ON notes.id = links.note_id
WHERE scheme IS NULL
"""
ALL_LINKS = _COLUMNS
LINKS_OF_NOTES = f"{_COLUMNS} AND links.note_id IN (SELECT value FROM json_each(?))"
LINKS_TO_NAMES = f"{_COLUMNS} AND target_key IN (SELECT value FROM json_each(?))"
LINKS_INTO_NOTES = f"""{_COLUMNS} AND target_note_id IN (SELECT value FROM json_each(?))
AND subpath_kind IN ('heading', 'block')"""
SET_LINK = """
UPDATE links SET resolution = ?, target_note_id = ?, target_attachment_id = ?, target_heading_id = ?, target_block_id
= ?
WHERE id = ?
"""

NOTES_NAMED = "SELECT id, path, path_key FROM notes WHERE name_key = ?"
ATTACHMENTS_NAMED = "SELECT id, path, path_key FROM attachments WHERE name_key = ?"
HEADINGS_OF = "SELECT id, level, text_key FROM headings WHERE note_id = ? ORDER BY id"
BLOCK_OF = "SELECT min(id) FROM blocks WHERE note_id = ? AND block_key = ?"

FORGET_MISSING = (
    "DELETE FROM problems WHERE code = 'link-subpath-missing' AND note_id IN (SELECT value FROM json_each(?))"
)
# Not in notes whose headings were not read: excluded ones, drawings, notes too large.
ADD_MISSING = """
INSERT INTO problems (note_id, path, code, severity, line, message)
SELECT links.note_id, notes.path, 'link-subpath-missing', 'warning', links.line,
       links.raw || ': the note is there, this ' || links.subpath_kind || ' in it is not'
FROM links JOIN notes ON notes.id = links.note_id JOIN notes AS target ON target.id = links.target_note_id
WHERE links.note_id IN (SELECT value FROM json_each(?))
  AND ((links.subpath_kind = 'heading' AND links.target_heading_id IS NULL)
    OR (links.subpath_kind = 'block' AND links.target_block_id IS NULL))
  AND target.excluded = 0 AND target.kind <> 'excalidraw' AND target.sha256 <> ''
ORDER BY links.id
"""

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


class File(NamedTuple):
    is_note: bool
    id: int
    path: str
    path_key: str


def resolve(connection: sqlite3.Connection, touched: Touched | None) -> int:
    """Finds the targets of what `touched` may touch (None: of everything); returns how many links were looked at."""
    links = _links(connection, touched)
    changed = _resolve_links(connection, links)
    with_parts = {link[1] for link in links if link[6] in ("heading", "block")}
    _settle_missing(connection, with_parts if touched is None else with_parts | touched.notes)
    if touched is None:
        connection.execute(SET_ALL_IMAGES)
    else:
        connection.execute(SET_IMAGES, (as_json(link[0] for link in changed),))
    _resolve_citations(connection, touched)
    return len(links)


_LinkRow = tuple[int, int, str, str, str, str | None, str | None, str, int | None, int | None, int | None, int | None]


def _links(connection: sqlite3.Connection, touched: Touched | None) -> list[_LinkRow]:
    if touched is None:
        return connection.execute(ALL_LINKS).fetchall()
    rows: set[_LinkRow] = set()
    rows.update(connection.execute(LINKS_OF_NOTES, (as_json(touched.notes),)))
    rows.update(connection.execute(LINKS_TO_NAMES, (as_json(touched.names),)))
    rows.update(connection.execute(LINKS_INTO_NOTES, (as_json(touched.notes),)))
    return sorted(rows, key=lambda row: row[0])


def _resolve_links(connection: sqlite3.Connection, links: Iterable[_LinkRow]) -> list[_LinkRow]:
    """Returns the links that point elsewhere now."""
    files, parts = FileNames(connection), _Parts(connection)
    changed, updates = [], []
    for link in links:
        link_id, note_id, folder, target, key, subpath, kind, *now = link
        file = find_target(target, key, folder, files) if target else File(True, note_id, "", "")
        found = _pointer(file, subpath, kind, parts)
        if found != tuple(now):
            changed.append(link)
            updates.append((*found, link_id))
    connection.executemany(SET_LINK, updates)
    return changed


_Pointer = tuple[str, int | None, int | None, int | None, int | None]


def _pointer(file: File | None, subpath: str | None, kind: str | None, parts: _Parts) -> _Pointer:
    if file is None:
        return "unresolved", None, None, None, None
    if not file.is_note:
        return "attachment", None, file.id, None, None
    heading = parts.heading(file.id, subpath) if subpath and kind == "heading" else None
    block = parts.block(file.id, subpath) if subpath and kind == "block" else None
    return "note", file.id, None, heading, block


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


def find_target(target: str, key: str, folder: str, files: Callable[[str], list[File]]) -> File | None:
    """The file that the link path `target` (its name key `key`) means in a note of `folder`: L13 to L18."""
    path, exact = _from_root(target, folder)
    if path is None or target_key(path) != key:
        return None
    candidates = files(key)
    if not candidates:
        return None
    for form in [path] if path[-3:].lower() == ".md" else [f"{path}.md", path]:
        is_note = form[-3:].lower() == ".md"
        found = _pick([file for file in candidates if file.is_note == is_note], form, folder, exact)
        if found:
            return found
    return None


def _from_root(target: str, folder: str) -> tuple[str | None, bool]:
    """The path to look for, and whether it is meant exactly (L14)."""
    if target.startswith("/"):
        return target.lstrip("/"), True
    if target.startswith(("./", "../")):
        path = posixpath.normpath(posixpath.join(folder, target))
        return (None if path.startswith("..") else path), True
    return target, False


def _pick(files: list[File], form: str, folder: str, exact: bool) -> File | None:
    """L15: the file at that path, else the one in the same folder, else the shortest path, else the first."""
    key = path_key(form)
    written = unicodedata.normalize("NFC", form)
    here = [file for file in files if file.path_key == key]
    if not here and not exact:
        here = [file for file in files if file.path_key.endswith(f"/{key}")]
        if "/" not in form:
            here = [file for file in here if posixpath.dirname(file.path) == folder] or here
    if not here:
        return None
    return min(here, key=lambda file: (len(file.path), not file.path.endswith(written), file.path))


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
        found: int | None = self._connection.execute(BLOCK_OF, (note_id, fold(subpath[2:].strip()))).fetchone()[0]
        return found


def _settle_missing(connection: sqlite3.Connection, notes: set[int]) -> None:
    """L22, anew for each note with a link that may have changed."""
    parameters = (as_json(notes),)
    connection.execute(FORGET_MISSING, parameters)
    connection.execute(ADD_MISSING, parameters)


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
