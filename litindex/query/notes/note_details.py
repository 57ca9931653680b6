"""Everything the index knows of one work or note."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litindex.errors import NothingFound

NOTE = """
SELECT n.path, n.title, n.kind, n.created, n.modified, n.word_count, n.own_word_count, t.own,
       (SELECT value FROM meta WHERE key = 'vault')
FROM notes n LEFT JOIN note_texts t ON t.note_id = n.id WHERE n.id = ?
"""
WORK = """
SELECT citekey, item_type, year, date, container, publisher, place, volume, issue, pages, edition, series, language,
       read_status, date_read, pdf,
       'zotero://select/' || coalesce(zotero_library, 'library') || '/items/' || zotero_key, imported_at, bibliography, abstract
FROM works WHERE note_id = ?
"""
CREATORS = "SELECT role, name FROM note_authors WHERE note_id = ? ORDER BY position"
IDENTIFIERS = """
SELECT scheme, value FROM identifiers WHERE note_id = ? AND scheme NOT IN ('zotero', 'citekey') ORDER BY position
"""
ALIASES = "SELECT alias FROM aliases WHERE note_id = ? ORDER BY position"
TAGS = """
SELECT nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id
WHERE nt.note_id = ? AND t.kind = 'obsidian' ORDER BY nt.position
"""
ZOTERO_TAGS = """
SELECT nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id
WHERE nt.note_id = ? AND t.kind = 'zotero' ORDER BY nt.position
"""
COLLECTIONS = "SELECT name FROM note_collections WHERE note_id = ? ORDER BY name"
HIGHLIGHTS = """
SELECT type, color, color_name, page_label, text, comment, uri, line
FROM annotations WHERE note_id = ? ORDER BY position
"""
LINKS = """
SELECT coalesce(n.path, a.path, l.target), l.subpath, l.display, l.resolution, l.is_embed, l.line
FROM links l LEFT JOIN notes n ON n.id = l.target_note_id LEFT JOIN attachments a ON a.id = l.target_attachment_id
WHERE l.note_id = ? AND l.target <> '' ORDER BY l.position
"""
BACKLINKS = """
SELECT n.path, n.title, coalesce(l.display, l.subpath), l.line FROM links l JOIN notes n ON n.id = l.note_id
WHERE l.target_note_id = ? AND l.note_id <> l.target_note_id ORDER BY n.path, l.position
"""
CITED = """
SELECT n.path, n.title, c.locator, c.line FROM citations c JOIN notes n ON n.id = c.note_id
WHERE c.target_note_id = ? AND c.note_id <> c.target_note_id AND NOT EXISTS (
  SELECT 1 FROM links l WHERE l.note_id = c.note_id AND l.line IS c.line AND l.target_note_id = c.target_note_id
    AND c.kind <> 'pandoc')
ORDER BY n.path, c.position
"""
TASKS = "SELECT text, due, line FROM tasks WHERE note_id = ? AND completed = 0 ORDER BY position"
PROBLEMS = "SELECT severity, code, message, line FROM problems WHERE note_id = ? ORDER BY line"
PROVENANCE = """
SELECT field, verdict, value, source, key, coalesce(raw, value), line FROM provenance WHERE note_id = ? ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class Creator:
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Identifier:
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Highlight:
    type: str | None
    color: str | None
    color_name: str | None
    page: str | None
    text: str | None
    comment: str | None
    uri: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A link of the note; `target` is a vault path, an URL, or what was written where nothing is found.

    `resolution` citation: a [[@key]] that no file is called, but a work's citekey.
    """

    target: str
    subpath: str | None
    display: str | None
    resolution: str
    is_embed: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """Where another note links to this one (`words`: the link's text or heading) or cites it (`words`: the place)."""

    path: str
    title: str
    words: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    due: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Trouble:
    severity: str
    code: str
    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Bibliography:
    citekey: str | None
    item_type: str | None
    year: int | None
    date: str | None
    container: str | None
    publisher: str | None
    place: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    edition: str | None
    series: str | None
    language: str | None
    status: str | None
    date_read: str | None
    pdf: str | None
    zotero_uri: str | None
    imported_at: str | None
    reference: str | None
    """The formatted reference that the note itself gives."""
    abstract: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value was taken from, or one that it agrees with or overruled (`verdict`: used, same, overruled)."""

    field: str
    verdict: str
    value: str | None
    source: str
    key: str | None
    raw: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One note, everything about it; `work` is None where it describes no work."""

    path: str
    title: str
    kind: str
    created: str | None
    modified: str | None
    words: int
    own_words: int
    obsidian_uri: str | None
    work: Bibliography | None
    creators: tuple[Creator, ...]
    identifiers: tuple[Identifier, ...]
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    zotero_tags: tuple[str, ...]
    collections: tuple[str, ...]
    own: str
    highlights: tuple[Highlight, ...]
    links: tuple[Outgoing, ...]
    backlinks: tuple[Incoming, ...]
    cited_by: tuple[Incoming, ...]
    tasks: tuple[Task, ...]
    problems: tuple[Trouble, ...]
    provenance: tuple[Provenance, ...]


def load(connection: sqlite3.Connection, note_id: int) -> Sheet:
    """NothingFound: the note is gone since it was found."""
    note = connection.execute(NOTE, (note_id,)).fetchone()
    if note is None:
        raise NothingFound("the note is gone: run litindex build")
    path, title, kind, created, modified, words, own_words, own, vault = note
    work = connection.execute(WORK, (note_id,)).fetchone()

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, (note_id,)).fetchall()

    def names(sql: str) -> tuple[str, ...]:
        return tuple(name for (name,) in rows(sql))

    return Sheet(
        path=path,
        title=title,
        kind=kind,
        created=created,
        modified=modified,
        words=words,
        own_words=own_words,
        obsidian_uri=obsidian_uri(vault, path),
        work=Bibliography(*work) if work else None,
        creators=tuple(Creator(*row) for row in rows(CREATORS)),
        identifiers=tuple(Identifier(*row) for row in rows(IDENTIFIERS)),
        aliases=names(ALIASES),
        tags=tuple(dict.fromkeys(names(TAGS))),
        zotero_tags=tuple(dict.fromkeys(names(ZOTERO_TAGS))),
        collections=names(COLLECTIONS),
        own=own or "",
        highlights=tuple(Highlight(*row) for row in rows(HIGHLIGHTS)),
        links=tuple(Outgoing(*row) for row in rows(LINKS)),
        backlinks=tuple(Incoming(*row) for row in rows(BACKLINKS)),
        cited_by=tuple(Incoming(*row) for row in rows(CITED)),
        tasks=tuple(Task(*row) for row in rows(TASKS)),
        problems=tuple(Trouble(*row) for row in rows(PROBLEMS)),
        provenance=tuple(Provenance(*row) for row in rows(PROVENANCE)),
    )


def obsidian_uri(vault: object, path: str) -> str | None:
    """Opens the note in Obsidian, which knows a vault by the name of its folder; slashes and spaces must be encoded."""
    if not isinstance(vault, str) or not vault:
        return None
    name = re.split(r"[/\\]", vault.rstrip("/\\"))[-1]
    return f"obsidian://open?vault={quote(name, safe='')}&file={quote(path.removesuffix('.md'), safe='')}"
