"""What a shell may complete: citekeys, tags, names. Quick, and silent where there is no index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from litindex.errors import LitindexError
from litindex.index import database
from litindex.query.lists.values import type_label
from litindex.query.named import TimeLimit, Value, run
from litindex.text_keys import path_key, person_key, search_key, text_key

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
SELECT a.name, count(*) || ' works' FROM authors a JOIN note_authors na ON na.author_id = a.id GROUP BY a.id ORDER BY name_key
"""
TYPES = "SELECT item_type, count(*) || ' works' FROM works WHERE item_type IS NOT NULL GROUP BY 1 ORDER BY 1"
STATUSES = "SELECT read_status, count(*) || ' works' FROM works WHERE read_status IS NOT NULL GROUP BY 1 ORDER BY 1"
CONTAINERS = "SELECT container, count(*) || ' works' FROM works WHERE container IS NOT NULL GROUP BY 1 ORDER BY 1"
FOLDERS = "SELECT folder, count(*) || ' notes' FROM notes WHERE folder <> '' GROUP BY 1 ORDER BY 1"


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
    """(name, how many works); accents do not matter, nor whether the family name comes first."""
    key = search_key(start)
    return [pair for pair in _ask(index, AUTHORS) if any(form.startswith(key) for form in _forms(pair[0]))][:MOST]


def types(index: Path, start: str) -> list[tuple[str, str]]:
    return [(type_label(name), about) for name, about in _beginning(index, TYPES, start.replace(" ", ""))]


def statuses(index: Path, start: str) -> list[tuple[str, str]]:
    return _beginning(index, STATUSES, start)


def containers(index: Path, start: str) -> list[tuple[str, str]]:
    return _beginning(index, CONTAINERS, start)


def folders(index: Path, start: str) -> list[tuple[str, str]]:
    return _beginning(index, FOLDERS, start)


def _forms(name: str) -> tuple[str, str]:
    """`Family, Given` and `Given Family`, to compare by."""
    family, _, given = search_key(name).partition(", ")
    return f"{family}, {given}" if given else family, f"{given} {family}"


def _beginning(index: Path, sql: str, start: str) -> list[tuple[str, str]]:
    key = search_key(start)
    return [pair for pair in _ask(index, sql) if search_key(pair[0]).startswith(key)][:MOST]


def _ask(index: Path, sql: str, start: str | None = None) -> list[tuple[str, str]]:
    try:
        connection = database.open_readonly(index)
        try:
            values: dict[str, Value] = {}
            if start is not None:
                values = {"start": start, "end": start + _END, "most": MOST}
            rows = list(run(connection, sql, values, TimeLimit(PATIENCE)).rows)
        finally:
            connection.close()
    except (LitindexError, sqlite3.Error):
        return []
    return [(str(word), str(about or "")) for word, about in rows]
