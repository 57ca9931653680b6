"""What a shell may complete: citekeys, tags, names. Quick, and silent where there is no index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from litindex.errors import LitindexError
from litindex.index import database
from litindex.query.named import TimeLimit, Value, run
from litindex.text_keys import path_key, person_key, text_key

MOST = 200
PATIENCE = 1.0
"""Seconds after which a shell gets nothing rather than later."""
_END = "\U0010ffff"

CITEKEYS = """
SELECT citekey, title FROM works WHERE citekey_key >= :start AND citekey_key < :end ORDER BY citekey_key LIMIT :most
"""
NOTE_NAMES = "SELECT name, title FROM notes WHERE name_key >= :start AND name_key < :end ORDER BY name_key LIMIT :most"
TAGS = """
SELECT name, (SELECT count(*) || ' notes' FROM note_tags nt WHERE nt.tag_id = tags.id) FROM tags
WHERE kind = 'obsidian' AND tag_key >= :start AND tag_key < :end ORDER BY tag_key LIMIT :most
"""
AUTHORS = """
SELECT name, (SELECT count(*) || ' works' FROM note_authors na WHERE na.author_id = authors.id) FROM authors
WHERE name_key >= :start AND name_key < :end ORDER BY name_key LIMIT :most
"""


def citekeys(index: Path, start: str) -> list[tuple[str, str]]:
    """(citekey, title) of the works whose citekey begins so; with a leading @ where `start` has one."""
    at = "@" if start.startswith("@") else ""
    return [(at + citekey, title) for citekey, title in _ask(index, CITEKEYS, person_key(start.removeprefix("@")))]


def note_names(index: Path, start: str) -> list[tuple[str, str]]:
    return _ask(index, NOTE_NAMES, path_key(start))


def tags(index: Path, start: str) -> list[tuple[str, str]]:
    """(tag, how many notes)."""
    return _ask(index, TAGS, text_key(start.lstrip("#")))


def authors(index: Path, start: str) -> list[tuple[str, str]]:
    """(name, how many works)."""
    return _ask(index, AUTHORS, person_key(start))


def _ask(index: Path, sql: str, start: str) -> list[tuple[str, str]]:
    try:
        connection = database.open_readonly(index)
        try:
            values: dict[str, Value] = {"start": start, "end": start + _END, "most": MOST}
            rows = list(run(connection, sql, values, TimeLimit(PATIENCE)).rows)
        finally:
            connection.close()
    except (LitindexError, sqlite3.Error):
        return []
    return [(str(word), str(about or "")) for word, about in rows]
